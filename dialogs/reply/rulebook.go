package reply

import (
	"fmt"
	"strings"
)

// rule is one named rule: any of its patterns makes it fire.
type rule struct {
	id       RuleID
	patterns []string
}

// rulebook finds the phrases of many rules in one pass over a text.
type rulebook struct {
	rules    []rule
	patterns []pattern
	owner    []int      // the rule of each pattern
	negates  []bool     // whether the pattern itself says "not"
	starts   [][]uint16 // by word, the patterns that can begin with it
	seconds  []wordSet  // the words that can follow the first; nil: any, or none
}

// newRulebook compiles rules. A rule that does not compile is a mistake in
// this package, which every test run shows.
func newRulebook(cl classes, rules []rule) *rulebook {
	b := &rulebook{rules: rules}
	for i, r := range rules {
		for _, src := range r.patterns {
			if err := b.add(i, src, cl); err != nil {
				panic(fmt.Sprintf("rule %s: %v", r.id, err))
			}
		}
	}
	return b
}

func (b *rulebook) add(owner int, src string, cl classes) error {
	p, err := compile(src, cl)
	if err != nil {
		return err
	}
	var first wordSet
	if err := p.firsts(0, &first); err != nil {
		return fmt.Errorf("pattern %q: %w", src, err)
	}
	n := uint16(len(b.patterns))
	b.patterns = append(b.patterns, p)
	b.owner = append(b.owner, owner)
	b.negates = append(b.negates, saysNot(src))
	b.seconds = append(b.seconds, p.seconds())
	for id := range wordID(len(known.words)) {
		if first.has(id) {
			for int(id) >= len(b.starts) {
				b.starts = append(b.starts, nil)
			}
			b.starts[id] = append(b.starts[id], n)
		}
	}
	return nil
}

// saysNot tells whether a pattern itself holds a negation.
func saysNot(src string) bool {
	for _, w := range strings.FieldsFunc(src, func(r rune) bool { return !('a' <= r && r <= 'z') }) {
		switch w {
		case "not", "no", "never", "nobody", "nothing", "without", "none", "nor", "cannot", "stopped":
			return true
		}
	}
	return false
}

// hit is one phrase found: the rule, its pattern, and the words from..to.
type hit struct {
	rule, pattern int
	from, to      int
}

// find calls f for every phrase found, by its first word and then in the order
// of the rules, until f returns false.
func (b *rulebook) find(m matcher, f func(hit) bool) {
	present := make(wordSet, len(known.words)/64+1)
	for _, w := range m.words {
		present.add(w.id)
	}
	for i, w := range m.words {
		if int(w.id) >= len(b.starts) {
			continue
		}
		next := wordID(-1)
		if i+1 < len(m.words) {
			next = m.words[i+1].id
		}
		for _, n := range b.starts[w.id] {
			if second := b.seconds[n]; second != nil && (next < 0 || !second.has(next) && !m.words[i+1].idle) {
				continue
			}
			if must := b.patterns[n].must; must != nil && !present.hasAny(must) {
				continue
			}
			if end := m.match(b.patterns[n], i); end >= 0 {
				if !f(hit{b.owner[n], int(n), i, end}) {
					return
				}
			}
		}
	}
}
