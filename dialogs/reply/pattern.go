package reply

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"
)

// A pattern is a small composed phrase, such as
//
//	{want} to (die|be dead)
//
// Its elements: a word; {name}, any word of a class; (a|b c), one of several
// phrases; x?, an element that may be missing; .., up to three words of any
// kind (..5: up to five); ..., up to ten, also over the end of a sentence; _,
// exactly one word; !x and !(a|b c), not this here;
// &(a|b c), this here, without taking it; # a number; ^ and $, the start and
// end of a clause; ^^ and $$, of the text. A phrase never runs over the end of
// a sentence.
type pattern struct {
	ops []op
	// must holds words of which at least one stands in every text that the
	// pattern matches, its first word aside; nil: nothing is known.
	must []wordBits
}

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

type opKind uint8

const (
	opWord  opKind = iota // one word of set
	opAny                 // one word of any kind
	opGap                 // up to n words, as few as possible
	opFar                 // up to n words of any kind, over the ends of sentences too
	opSplit               // a, or else b
	opJump                // a
	opStart               // start of a clause (n=2: of the text)
	opEnd                 // end of a clause (n=2: of the text)
	opNot                 // the next word is not of set
	opNone                // the phrase up to its own opMatch does not follow; then a
	opAhead               // the phrase up to its own opMatch follows; then a
	opMatch
)

type op struct {
	kind opKind
	n    int
	a, b int
	set  wordSet
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

// classes are named groups of words that patterns share.
type classes map[string][]string

// symbol is one word of a text as patterns see it.
type symbol struct {
	id    wordID
	brk   uint8 // what stands before it
	token int   // which token it came from
}

// What may stand between two words.
const (
	noBreak  uint8 = iota
	comma          // a comma, colon, dash, bracket or new line
	fullStop       // the end of a sentence
)

type compiler struct {
	ops     []op
	classes classes
	src     string
	rest    string
}

func compile(src string, cl classes) (pattern, error) {
	c := &compiler{classes: cl, src: src, rest: src}
	must, err := c.alternatives(true)
	if err != nil {
		return pattern{}, fmt.Errorf("pattern %q: %w", src, err)
	}
	if c.rest != "" {
		return pattern{}, fmt.Errorf("pattern %q: %q is left over", src, c.rest)
	}
	c.emit(op{kind: opMatch})
	return pattern{c.ops, must.sparse()}, nil
}

func (c *compiler) emit(o op) int {
	c.ops = append(c.ops, o)
	return len(c.ops) - 1
}

// alternatives reads a|b|c up to a closing bracket or the end, and gives words
// of which every match has one; not the first word of all, if first is set.
func (c *compiler) alternatives(first bool) (must wordSet, err error) {
	var jumps []int
	sure := true
	for {
		split := c.emit(op{kind: opSplit})
		one, err := c.sequence(first)
		if err != nil {
			return nil, err
		}
		sure = sure && one != nil
		must.join(one)
		if !strings.HasPrefix(c.rest, "|") {
			c.ops[split] = op{kind: opJump, a: split + 1}
			break
		}
		c.rest = c.rest[1:]
		jumps = append(jumps, c.emit(op{kind: opJump}))
		c.ops[split].a, c.ops[split].b = split+1, len(c.ops)
	}
	for _, j := range jumps {
		c.ops[j].a = len(c.ops)
	}
	if !sure {
		return nil, nil
	}
	return must, nil
}

func (c *compiler) sequence(first bool) (must wordSet, err error) {
	for {
		c.rest = strings.TrimLeft(c.rest, " ")
		if c.rest == "" || c.rest[0] == '|' || c.rest[0] == ')' {
			return must, nil
		}
		start := c.emit(op{kind: opJump, a: len(c.ops) + 1})
		one, err := c.element(first)
		if err != nil {
			return nil, err
		}
		switch {
		case strings.HasPrefix(c.rest, "?"):
			c.rest = c.rest[1:]
			c.ops[start] = op{kind: opSplit, a: start + 1, b: len(c.ops)}
			first = false // what follows may be first, but need not
		case one != nil && !first:
			must = rarer(must, one)
		case c.ops[len(c.ops)-1].kind != opStart:
			must, first = rarer(must, one), false
		}
	}
}

// element reads one element and gives the words of which it needs one.
func (c *compiler) element(first bool) (must wordSet, err error) {
	if c.rest[0] == '(' {
		c.rest = c.rest[1:]
		must, err := c.alternatives(first)
		if err != nil {
			return nil, err
		}
		if !strings.HasPrefix(c.rest, ")") {
			return nil, fmt.Errorf("a bracket is not closed")
		}
		c.rest = c.rest[1:]
		return must, nil
	}
	if rest, ok := strings.CutPrefix(c.rest, "!("); ok {
		c.rest = rest
		return nil, c.ahead(opNone)
	}
	if rest, ok := strings.CutPrefix(c.rest, "&("); ok {
		c.rest = rest
		return nil, c.ahead(opAhead)
	}
	end := strings.IndexAny(c.rest, " |)?")
	if end < 0 {
		end = len(c.rest)
	}
	word := c.rest[:end]
	c.rest = c.rest[end:]
	switch {
	case word == "_":
		c.emit(op{kind: opAny})
	case word == "...":
		c.emit(op{kind: opFar, n: 10})
	case strings.HasPrefix(word, ".."):
		n := 3
		if word != ".." {
			if _, err := fmt.Sscanf(word, "..%d", &n); err != nil {
				return nil, fmt.Errorf("%q is no gap", word)
			}
		}
		c.emit(op{kind: opGap, n: n})
	case word == "^" || word == "^^":
		c.emit(op{kind: opStart, n: len(word)})
	case word == "$" || word == "$$":
		c.emit(op{kind: opEnd, n: len(word)})
	case strings.HasPrefix(word, "!"):
		set, err := c.set(word[1:])
		if err != nil {
			return nil, err
		}
		c.emit(op{kind: opNot, set: set})
	default:
		for _, w := range opened(word) {
			set, err := c.set(w)
			if err != nil {
				return nil, err
			}
			c.emit(op{kind: opWord, set: set})
			if !first {
				must = rarer(must, set)
			}
			first = false
		}
	}
	return must, nil
}

// opened gives the words that a short form stands for.
func opened(word string) []string {
	if long, ok := aliases[word]; ok {
		return long
	}
	return []string{word}
}

// ahead reads !(a|b c) and &(a|b c): none, or one, of these phrases follows.
func (c *compiler) ahead(kind opKind) error {
	look := c.emit(op{kind: kind})
	if _, err := c.alternatives(false); err != nil {
		return err
	}
	if !strings.HasPrefix(c.rest, ")") {
		return fmt.Errorf("a bracket is not closed")
	}
	c.rest = c.rest[1:]
	c.emit(op{kind: opMatch})
	c.ops[look].a = len(c.ops)
	return nil
}

func (c *compiler) set(word string) (wordSet, error) {
	var s wordSet
	name, isClass := strings.CutPrefix(word, "{")
	if !isClass {
		if word == "" {
			return nil, fmt.Errorf("a word is missing")
		}
		return s, s.addWord(word)
	}
	name = strings.TrimSuffix(name, "}")
	words, ok := c.classes[name]
	if !ok {
		return nil, fmt.Errorf("there is no class {%s}", name)
	}
	for _, w := range words {
		if err := s.addWord(w); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// addWord adds a word as texts are read: with short forms opened.
func (s *wordSet) addWord(w string) error {
	if long, ok := aliases[w]; ok {
		if len(long) != 1 {
			return fmt.Errorf("%q is read as %q: write that", w, strings.Join(long, " "))
		}
		w = long[0]
	}
	if isDigit(w[0]) && !slices.Contains(ownNumbers, w) && aliases[w] == nil {
		return fmt.Errorf("%q is read as a number: write #, or give it a name of its own", w)
	}
	s.add(known.id(w))
	if w == "#" {
		s.add(manyID)
		s.add(yearID)
		for _, n := range ownNumbers {
			s.add(known.id(n))
		}
	}
	return nil
}

// numberWordID is the word that a number in digits is in patterns.
func numberWordID(digits string) wordID {
	if slices.Contains(ownNumbers, digits) {
		return known.ids[digits]
	}
	return numberID
}

// matcher runs one pattern over the words of one text.
type matcher struct {
	words []symbol
	// limit is the strongest break that a phrase may run over.
	limit uint8
	// wall is a word that a gap never runs over, as it then does not run over
	// "but"; 0: none.
	wall wordID
}

// match gives where the phrase that starts at word i ends, or -1.
func (m *matcher) match(p pattern, i int) int { return m.run(p.ops, 0, i, i) }

func (m *matcher) run(ops []op, pc, i, start int) int {
	for {
		o := &ops[pc]
		switch o.kind {
		case opMatch:
			return i
		case opWord:
			if !m.open(i, start) || !o.set.has(m.words[i].id) {
				return -1
			}
			i++
		case opAny:
			if !m.open(i, start) {
				return -1
			}
			i++
		case opGap:
			for n := 0; ; n++ {
				if end := m.run(ops, pc+1, i, start); end >= 0 {
					return end
				}
				if n == o.n || !m.open(i, start) || m.wall != 0 && (m.words[i].id == m.wall || m.words[i].id == butID) {
					return -1
				}
				i++
			}
		case opFar:
			for n := 0; n <= o.n && i < len(m.words); n++ {
				if end := m.run(ops, pc+1, i, i); end >= 0 {
					return end
				}
				i++
			}
			return -1
		case opSplit:
			if end := m.run(ops, o.a, i, start); end >= 0 {
				return end
			}
			pc = o.b
			continue
		case opJump:
			pc = o.a
			continue
		case opNone, opAhead:
			if follows := m.run(ops, pc+1, i, start) >= 0; follows == (o.kind == opNone) {
				return -1
			}
			pc = o.a
			continue
		case opStart:
			if i != 0 && (o.n == 2 || m.words[i].brk == noBreak) {
				return -1
			}
		case opEnd:
			if i != len(m.words) && (o.n == 2 || m.words[i].brk == noBreak) {
				return -1
			}
		case opNot:
			if i < len(m.words) && (i == start || m.words[i].brk <= m.limit) && o.set.has(m.words[i].id) {
				return -1
			}
		}
		pc++
	}
}

// open tells whether the phrase may go on to word i.
func (m *matcher) open(i, start int) bool {
	return i < len(m.words) && (i == start || m.words[i].brk <= m.limit)
}

// firsts adds the words that a pattern can begin with.
func (p pattern) firsts(pc int, into *wordSet) error {
	for {
		o := p.ops[pc]
		switch o.kind {
		case opWord:
			into.join(o.set)
			return nil
		case opSplit:
			if err := p.firsts(o.a, into); err != nil {
				return err
			}
			pc = o.b
		case opJump, opNone, opAhead:
			pc = o.a
		case opStart, opNot:
			pc++
		default:
			return fmt.Errorf("a pattern must begin with a word")
		}
	}
}

// seconds gives the words that can stand behind the first word of a pattern,
// or nil when any word can, or none needs to.
func (p pattern) seconds() wordSet {
	set := wordSet{0}
	if !p.after(0, false, &set) {
		return nil
	}
	return set
}

// after collects what opens behind the first word; false: anything.
func (p pattern) after(pc int, behind bool, into *wordSet) bool {
	for {
		o := p.ops[pc]
		switch o.kind {
		case opWord:
			if behind {
				into.join(o.set)
				return true
			}
			behind = true
			pc++
		case opSplit:
			if !p.after(o.a, behind, into) {
				return false
			}
			pc = o.b
		case opJump, opNone, opAhead:
			pc = o.a
		case opStart, opNot:
			pc++
		default: // a gap, any word, the end
			return false
		}
	}
}
