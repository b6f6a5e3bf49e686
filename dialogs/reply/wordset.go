package reply

import (
	"encoding/binary"
	"iter"
	"math/bits"
	"slices"
)

// wordBits is a piece of a wordSet.
type wordBits struct {
	at   int
	bits uint64
}

// sparse gives the pieces of a set that hold anything, the last first.
func (s wordSet) sparse() []wordBits {
	var out []wordBits
	for i, bits := range slices.Backward(s) {
		if bits != 0 {
			out = append(out, wordBits{i, bits})
		}
	}
	return out
}

// sharedSets holds one copy of each set that the patterns of a book use.
type sharedSets map[string]wordSet

func (all sharedSets) of(s wordSet) wordSet {
	if s == nil {
		return nil
	}
	key := s.key()
	if same, ok := all[key]; ok {
		return same
	}
	all[key] = s
	return s
}

// key is the set as a string, equal for equal sets: its pieces that hold anything.
func (s wordSet) key() string {
	key := make([]byte, 0, 64)
	for i, bits := range s {
		if bits != 0 {
			key = binary.LittleEndian.AppendUint64(binary.AppendUvarint(key, uint64(i)), bits)
		}
	}
	return string(key)
}

// all goes through the words of a set.
func (s wordSet) all() iter.Seq[wordID] {
	return func(yield func(wordID) bool) {
		for i, word := range s {
			for ; word != 0; word &= word - 1 {
				if !yield(wordID(i*64 + bits.TrailingZeros64(word))) {
					return
				}
			}
		}
	}
}

func (s wordSet) size() int {
	n := 0
	for _, b := range s {
		n += bits.OnesCount64(b)
	}
	return n
}

// rarer gives the smaller of two sets, nil being the largest.
func rarer(a, b wordSet) wordSet {
	if a == nil || b != nil && b.size() < a.size() {
		return b
	}
	return a
}

// wordID numbers the words that any pattern knows; 0 is every other word.
type wordID int32

// wordSet is a set of words.
type wordSet []uint64

func (s wordSet) has(id wordID) bool {
	return int(id>>6) < len(s) && s[id>>6]&(1<<(id&63)) != 0
}

func (s *wordSet) add(id wordID) {
	s.reach(int(id>>6) + 1)
	(*s)[id>>6] |= 1 << (id & 63)
}

func (s *wordSet) join(t wordSet) {
	s.reach(len(t))
	for i, bits := range t {
		(*s)[i] |= bits
	}
}

// reach makes room for n pieces.
func (s *wordSet) reach(n int) {
	if missing := n - len(*s); missing > 0 {
		*s = append(*s, make([]uint64, missing)...)
	}
}

// vocabulary numbers all words of all patterns. It is filled while the package
// starts and never changes after.
type vocabulary struct {
	ids   map[string]wordID
	words []string
}

func (v *vocabulary) id(word string) wordID {
	if id, ok := v.ids[word]; ok {
		return id
	}
	id := wordID(len(v.words))
	v.ids[word] = id
	v.words = append(v.words, word)
	return id
}

var known = &vocabulary{ids: map[string]wordID{}, words: []string{""}}

// numberID stands for a number written in digits: # in a pattern. The few
// numbers that patterns write out have an id of their own; the reader of dangers
// tells years and large numbers (of tablets) from the others.
var (
	numberID   = known.id("#")
	manyID     = known.id("#many")
	yearID     = known.id("#year")
	ownNumbers = interned("100 50 999 112")
)
