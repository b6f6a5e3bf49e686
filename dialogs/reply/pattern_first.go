package reply

import "fmt"

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
