package reply

import "fmt"

// compile turns a pattern into the steps that match it.
func compile(src string, cl classes, shared sharedSets) (pattern, error) {
	alts, err := parsePattern(src, cl)
	if err != nil {
		return pattern{}, err
	}
	c := compiler{shared: shared}
	c.alternatives(alts)
	c.emit(op{kind: opMatch})
	p := pattern{ops: c.ops, needs: needsOf(alts)}
	p.guard(shared)
	return p, nil
}

type compiler struct {
	ops    []op
	shared sharedSets
}

func (c *compiler) emit(o op) int {
	c.ops = append(c.ops, o)
	return len(c.ops) - 1
}

func (c *compiler) alternatives(alts [][]node) {
	var jumps []int
	for i, seq := range alts {
		if i == len(alts)-1 {
			c.sequence(seq)
			break
		}
		split := c.emit(op{kind: opSplit})
		c.sequence(seq)
		jumps = append(jumps, c.emit(op{kind: opJump}))
		c.ops[split].a, c.ops[split].b = split+1, len(c.ops)
	}
	for _, j := range jumps {
		c.ops[j].a = len(c.ops)
	}
}

func (c *compiler) sequence(seq []node) {
	for _, n := range seq {
		if !n.maybe {
			c.node(n)
			continue
		}
		split := c.emit(op{kind: opSplit})
		c.node(n)
		c.ops[split].a, c.ops[split].b = split+1, len(c.ops)
	}
}

func (c *compiler) node(n node) {
	switch n.kind {
	case nodeAlt:
		c.alternatives(n.alts)
	case nodeNone, nodeAhead:
		look := c.emit(op{kind: map[nodeKind]opKind{nodeNone: opNone, nodeAhead: opAhead}[n.kind]})
		c.alternatives(n.alts)
		c.emit(op{kind: opMatch})
		c.ops[look].a = len(c.ops)
	default:
		c.emit(op{kind: plainOps[n.kind], n: n.n, set: c.shared.of(n.set)})
	}
}

var plainOps = map[nodeKind]opKind{
	nodeWord: opWord, nodeAny: opAny, nodeGap: opGap, nodeFar: opFar, nodeStart: opStart, nodeEnd: opEnd, nodeNot: opNot,
}

// needsOf gives sets of words: of each, at least one stands in every text that
// matches.
func needsOf(alts [][]node) (needs []wordSet) {
	if len(alts) == 1 {
		for _, n := range alts[0] {
			switch {
			case n.maybe:
			case n.kind == nodeWord:
				needs = append(needs, n.set)
			case n.kind == nodeAlt:
				needs = append(needs, needsOf(n.alts)...)
			}
		}
		return needs
	}
	var any wordSet
	for _, seq := range alts {
		var rarest wordSet
		for _, set := range needsOf([][]node{seq}) {
			rarest = rarer(rarest, set)
		}
		if rarest == nil {
			return nil
		}
		any.join(rarest)
	}
	return []wordSet{any}
}

// guard writes down, for each place where a match may go two ways, the words
// that the first way can begin with, so that it is not tried in vain.
func (p *pattern) guard(shared sharedSets) {
	for pc := range p.ops {
		o := &p.ops[pc]
		var from int
		switch o.kind {
		case opSplit:
			from = o.a
		case opGap, opFar:
			from = pc + 1
		default:
			continue
		}
		var set wordSet
		if p.firsts(from, &set) == nil {
			o.first = shared.of(set)
		}
	}
}

// firsts adds the words that a pattern can begin with from one step on.
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
