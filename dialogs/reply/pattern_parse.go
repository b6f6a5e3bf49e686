package reply

import (
	"fmt"
	"slices"
	"strings"
)

// node is one element of a pattern, as written.
type node struct {
	kind nodeKind
	set  wordSet  // of a word, of what is not here, of what stops a gap
	n    int      // how far a gap reaches; 1 or 2 for ^ and $
	alts [][]node // of brackets: one of these sequences
	// maybe: the element may be missing.
	maybe bool
}

type nodeKind uint8

const (
	nodeWord nodeKind = iota
	nodeAny
	nodeGap
	nodeFar
	nodeStart
	nodeEnd
	nodeNot
	nodeAlt
	nodeNone  // !(…)
	nodeAhead // &(…)
)

type parser struct {
	classes
	rest string
}

// parse reads a pattern into its sequences: a|b|c.
func parsePattern(src string, cl classes) ([][]node, error) {
	p := &parser{classes: cl, rest: src}
	alts, err := p.alternatives()
	if err == nil && p.rest != "" {
		err = fmt.Errorf("%q is left over", p.rest)
	}
	if err != nil {
		return nil, fmt.Errorf("pattern %q: %w", src, err)
	}
	return alts, nil
}

// alternatives reads a|b|c up to a closing bracket or the end. Those that are
// one word each become one set of words.
func (p *parser) alternatives() ([][]node, error) {
	var out [][]node
	var words wordSet
	single := -1
	for {
		seq, err := p.sequence()
		if err != nil {
			return nil, err
		}
		if len(seq) == 1 && seq[0].kind == nodeWord && !seq[0].maybe {
			if single < 0 {
				single = len(out)
				out = append(out, nil)
			}
			words.join(seq[0].set)
		} else {
			out = append(out, seq)
		}
		if !strings.HasPrefix(p.rest, "|") {
			break
		}
		p.rest = p.rest[1:]
	}
	if single >= 0 {
		out[single] = []node{{kind: nodeWord, set: words}}
	}
	return out, nil
}

func (p *parser) sequence() (out []node, err error) {
	for {
		p.rest = strings.TrimLeft(p.rest, " ")
		if p.rest == "" || p.rest[0] == '|' || p.rest[0] == ')' {
			return out, nil
		}
		list, err := p.element()
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(p.rest, "?") {
			p.rest = p.rest[1:]
			if len(list) == 1 {
				list[0].maybe = true
			} else {
				list = []node{{kind: nodeAlt, alts: [][]node{list}, maybe: true}}
			}
		}
		out = append(out, list...)
	}
}

// element reads one element: mostly one node, more for a short form that
// stands for several words.
func (p *parser) element() ([]node, error) {
	for _, b := range []struct {
		open string
		kind nodeKind
	}{{"(", nodeAlt}, {"!(", nodeNone}, {"&(", nodeAhead}} {
		if rest, ok := strings.CutPrefix(p.rest, b.open); ok {
			p.rest = rest
			return p.bracket(b.kind)
		}
	}
	end := strings.IndexAny(p.rest, " |)?")
	if end < 0 {
		end = len(p.rest)
	}
	word := p.rest[:end]
	p.rest = p.rest[end:]
	switch {
	case word == "_":
		return []node{{kind: nodeAny}}, nil
	case word == "...":
		return []node{{kind: nodeFar, n: 10}}, nil
	case strings.HasPrefix(word, ".."):
		return p.gap(word)
	case word == "^" || word == "^^":
		return []node{{kind: nodeStart, n: len(word)}}, nil
	case word == "$" || word == "$$":
		return []node{{kind: nodeEnd, n: len(word)}}, nil
	case strings.HasPrefix(word, "!"):
		set, err := p.set(word[1:])
		return []node{{kind: nodeNot, set: set}}, err
	case p.phrases[word] != "":
		return p.phrase(word)
	}
	var out []node
	for _, w := range opened(word) {
		set, err := p.set(w)
		if err != nil {
			return nil, err
		}
		out = append(out, node{kind: nodeWord, set: set})
	}
	return out, nil
}

// bracket reads the rest of (…), !(…) or &(…).
func (p *parser) bracket(kind nodeKind) ([]node, error) {
	alts, err := p.alternatives()
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(p.rest, ")") {
		return nil, fmt.Errorf("a bracket is not closed")
	}
	p.rest = p.rest[1:]
	if one := alts[0]; kind == nodeAlt && len(alts) == 1 && len(one) == 1 && !one[0].maybe {
		return one, nil
	}
	return []node{{kind: kind, alts: alts}}, nil
}

// gap reads ..5 and ..5-{name}.
func (p *parser) gap(word string) ([]node, error) {
	gap := node{kind: nodeGap, n: 3}
	size, without, limited := strings.Cut(word, "-")
	if size != ".." {
		if _, err := fmt.Sscanf(size, "..%d", &gap.n); err != nil {
			return nil, fmt.Errorf("%q is no gap", word)
		}
	}
	var err error
	if limited {
		gap.set, err = p.set(without)
	}
	return []node{gap}, err
}

// phrase reads what a named phrase stands for, in the place of its name.
func (p *parser) phrase(name string) ([]node, error) {
	inner := parser{classes: p.classes, rest: p.phrases[name]}
	list, err := inner.sequence()
	if err == nil && inner.rest != "" {
		err = fmt.Errorf("%q is left over in %s", inner.rest, name)
	}
	return list, err
}

// opened gives the words that a short form stands for.
func opened(word string) []string {
	if long, ok := aliases[word]; ok {
		return long
	}
	return []string{word}
}

// set is the set of a word or {name}. All who ask for it share it.
func (p *parser) set(word string) (wordSet, error) {
	if s, ok := p.sets[word]; ok {
		return s, nil
	}
	words := []string{word}
	if name, isClass := strings.CutPrefix(word, "{"); isClass {
		var ok bool
		name = strings.TrimSuffix(name, "}")
		if words, ok = p.words[name]; !ok {
			return nil, fmt.Errorf("there is no class {%s}", name)
		}
	} else if word == "" {
		return nil, fmt.Errorf("a word is missing")
	}
	var s wordSet
	for _, w := range words {
		if err := s.addWord(w); err != nil {
			return nil, err
		}
	}
	p.sets[word] = s
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
