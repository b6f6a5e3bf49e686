package reply

import "math/bits"

// wordBits is a piece of a wordSet.
type wordBits struct {
	at   int
	bits uint64
}

// sparse gives the pieces of a set that hold anything.
func (s wordSet) sparse() []wordBits {
	var out []wordBits
	for i, bits := range s {
		if bits != 0 {
			out = append(out, wordBits{i, bits})
		}
	}
	return out
}

func (s wordSet) hasAny(of []wordBits) bool {
	for _, p := range of {
		if s[p.at]&p.bits != 0 {
			return true
		}
	}
	return false
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
	for int(id>>6) >= len(*s) {
		*s = append(*s, 0)
	}
	(*s)[id>>6] |= 1 << (id & 63)
}

func (s *wordSet) join(t wordSet) {
	for i, bits := range t {
		for i >= len(*s) {
			*s = append(*s, 0)
		}
		(*s)[i] |= bits
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
