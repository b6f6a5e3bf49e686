package reply

// A pattern is a small composed phrase, such as
//
//	{want} to (die|be dead)
//
// Its elements: a word; {name}, any word of a class, or a phrase with a name of
// its own; (a|b c), one of several phrases; x?, an element that may be missing;
// .., up to three words of any kind (..5: up to five; ..5-{name}: none of them
// of that class); ..., up to ten, also over the end of a sentence; _,
// exactly one word; !x and !(a|b c), not this here;
// &(a|b c), this here, without taking it; # a number; ^ and $, the start and
// end of a clause; ^^ and $$, of the text. A phrase never runs over the end of
// a sentence.
type pattern struct {
	ops []op
	// needs are sets of words; one of each stands in every text that matches.
	needs []wordSet
}

type opKind uint8

const (
	opWord  opKind = iota // one word of set
	opAny                 // one word of any kind
	opGap                 // up to n words, as few as possible, none of set
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
	// first are the words that what is tried first, or follows a gap, can
	// begin with; nil: any.
	first wordSet
}

// classes are what patterns share by name.
type classes struct {
	words   map[string][]string // by name, words that stand for one another
	phrases map[string]string   // by {name}, a piece of a pattern
	sets    map[string]wordSet  // by word or {name}, what a book has read before
}

// symbol is one word of a text as patterns see it.
type symbol struct {
	id  wordID
	brk uint8 // what stands before it
	// idle words, such as "really", may stand between any two words of a
	// pattern: it steps over those that it does not name.
	idle  bool
	token int // which token it came from
	// clause: a clause with a subject of its own begins here.
	clause bool
}

// What may stand between two words.
const (
	noBreak  uint8 = iota
	comma          // a comma, colon, dash, bracket or new line
	fullStop       // the end of a sentence
)

// matcher runs one pattern over the words of one text.
type matcher struct {
	words []symbol
	// limit is the strongest break that a phrase may run over.
	limit uint8
	// wall is a word that a gap never runs over, as it then does not run over
	// "but"; 0: none.
	wall wordID
	// clause: a gap never runs into another clause.
	clause bool
	// seam is the first word of another message, 0: none. A gap may not end in
	// front of it or run over it, as what was left open there goes on right behind.
	seam int
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
			for i > start && m.open(i, start) && m.words[i].idle && !o.set.has(m.words[i].id) {
				i++
			}
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
			gap := i
			for n := 0; ; n++ {
				if gap < m.seam && i >= m.seam {
					return -1
				}
				if m.may(o.first, i) {
					if end := m.run(ops, pc+1, i, start); end >= 0 {
						return end
					}
				}
				if n == o.n || !m.open(i, start) || o.set.has(m.words[i].id) || m.wall != 0 && (m.words[i].id == m.wall || m.words[i].id == butID) || m.clause && i > start && m.words[i].clause {
					return -1
				}
				i++
			}
		case opFar:
			for n := 0; n <= o.n && i < len(m.words); n++ {
				if m.may(o.first, i) {
					if end := m.run(ops, pc+1, i, i); end >= 0 {
						return end
					}
				}
				i++
			}
			return -1
		case opSplit:
			if m.may(o.first, i) {
				if end := m.run(ops, o.a, i, start); end >= 0 {
					return end
				}
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
			first := i
			for first > 0 && first < len(m.words) && m.words[first].brk == noBreak && m.words[first-1].idle {
				first--
			}
			if first != 0 && (o.n == 2 || first == len(m.words) || m.words[first].brk == noBreak) {
				return -1
			}
		case opEnd:
			end := i
			for end < len(m.words) && m.words[end].idle {
				end++
			}
			if end != len(m.words) && (o.n == 2 || m.words[end].brk == noBreak) && (end == i || o.n == 2 || m.words[i].brk == noBreak) {
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

// may tells whether one of a set of words comes next, idle words aside.
func (m *matcher) may(first wordSet, i int) bool {
	if first == nil {
		return true
	}
	for ; i < len(m.words); i++ {
		if first.has(m.words[i].id) {
			return true
		}
		if !m.words[i].idle {
			return false
		}
	}
	return false
}

// open tells whether the phrase may go on to word i.
func (m *matcher) open(i, start int) bool {
	return i < len(m.words) && (i == start || m.words[i].brk <= m.limit)
}
