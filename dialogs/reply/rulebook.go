package reply

import (
	"fmt"
	"regexp"
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
	// needs holds the sets of which patterns need a word; of says, by word, in
	// which of them it is.
	needs   map[string]int
	of      [][]uint64
	lacking [][]wordBits // by pattern, the sets that it needs
}

// newRulebook compiles rules. A rule that does not compile is a mistake in
// this package, which every test run shows.
func newRulebook(cl classes, rules []rule) *rulebook {
	b := &rulebook{rules: rules, needs: map[string]int{}}
	shared := sharedSets{}
	cl.sets = map[string]wordSet{}
	for i, r := range rules {
		for _, src := range r.patterns {
			if err := b.add(i, src, cl, shared); err != nil {
				panic(fmt.Sprintf("rule %s: %v", r.id, err))
			}
		}
	}
	return b
}

func (b *rulebook) add(owner int, src string, cl classes, shared sharedSets) error {
	p, err := compile(src, cl, shared)
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
	b.negates = append(b.negates, saysNot(src, cl.phrases))
	b.need(p.needs)
	for id := range first.all() {
		for int(id) >= len(b.starts) {
			b.starts = append(b.starts, nil)
		}
		b.starts[id] = append(b.starts[id], n)
	}
	return nil
}

// need writes down which sets of words the next pattern needs.
func (b *rulebook) need(sets []wordSet) {
	var lacking wordSet
	for _, set := range sets {
		key := set.key()
		n, ok := b.needs[key]
		if !ok {
			n = len(b.needs)
			b.needs[key] = n
			for id := range set.all() {
				for int(id) >= len(b.of) {
					b.of = append(b.of, nil)
				}
				(*wordSet)(&b.of[id]).add(wordID(n))
			}
		}
		lacking.add(wordID(n))
	}
	b.lacking = append(b.lacking, lacking.sparse())
}

// unwanted matches what a pattern says must not come next.
var unwanted = regexp.MustCompile(`!(\{?\w+\}?|\((?:[^()]|\([^()]*\))*\))`)

// saysNot tells whether a pattern itself holds a negation, or a phrase that it
// takes by name does. What must not come next is none.
func saysNot(src string, phrases map[string]string) bool {
	src = unwanted.ReplaceAllString(src, "")
	for _, w := range strings.FieldsFunc(src, func(r rune) bool { return !('a' <= r && r <= 'z') }) {
		switch w {
		case "not", "no", "never", "nobody", "nothing", "without", "none", "nor", "cannot", "stopped":
			return true
		}
	}
	for name, body := range phrases {
		if strings.Contains(src, name) && saysNot(body, phrases) {
			return true
		}
	}
	return false
}

// wants tells whether a phrase begins with a word or needs it.
func (b *rulebook) wants(w wordID) bool {
	return int(w) < len(b.starts) && len(b.starts[w]) > 0 || int(w) < len(b.of) && len(b.of[w]) > 0
}

// hit is one phrase found: the rule, its pattern, and the words from..to.
type hit struct {
	rule, pattern int
	from, to      int
}

// find calls f for every phrase found, by its first word and then in the order
// of the rules, until f returns false.
func (b *rulebook) find(m matcher, f func(hit) bool) {
	there := make([]uint64, len(b.needs)/64+1)
	for _, w := range m.words {
		if int(w.id) < len(b.of) {
			for i, bits := range b.of[w.id] {
				there[i] |= bits
			}
		}
	}
	for i, w := range m.words {
		if int(w.id) >= len(b.starts) {
			continue
		}
	candidates:
		for _, n := range b.starts[w.id] {
			for _, l := range b.lacking[n] {
				if l.bits&^there[l.at] != 0 {
					continue candidates
				}
			}
			if end := m.match(b.patterns[n], i); end >= 0 {
				if !f(hit{b.owner[n], int(n), i, end}) {
					return
				}
			}
		}
	}
}
