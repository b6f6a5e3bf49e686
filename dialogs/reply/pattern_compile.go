package reply

import (
	"fmt"
	"slices"
	"strings"
)

type compiler struct {
	ops     []op
	classes map[string][]string
	phrases map[string]string
	rest    string
}

func compile(src string, cl classes) (pattern, error) {
	c := &compiler{classes: cl.words, phrases: cl.phrases, rest: src}
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
		gap, err := c.gap(word)
		if err != nil {
			return nil, err
		}
		c.emit(gap)
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
	case c.phrases[word] != "":
		return c.phrase(word, first)
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

// gap reads ..5 and ..5-{name}.
func (c *compiler) gap(word string) (op, error) {
	o := op{kind: opGap, n: 3}
	size, without, limited := strings.Cut(word, "-")
	if size != ".." {
		if _, err := fmt.Sscanf(size, "..%d", &o.n); err != nil {
			return o, fmt.Errorf("%q is no gap", word)
		}
	}
	if !limited {
		return o, nil
	}
	var err error
	o.set, err = c.set(without)
	return o, err
}

// phrase reads what a named phrase stands for, in the place of its name.
func (c *compiler) phrase(name string, first bool) (must wordSet, err error) {
	rest := c.rest
	c.rest = c.phrases[name]
	if must, err = c.alternatives(first); err == nil && c.rest != "" {
		err = fmt.Errorf("%q is left over in %s", c.rest, name)
	}
	c.rest = rest
	return must, err
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
