package dialogs

import (
	"cmp"
	"maps"

	"github.com/expr-lang/expr/ast"
)

// nameSet is a set of variables.
type nameSet map[string]bool

// checkKnown refuses a variable that is used where it may not be set: in the
// words of a step, or alone as a value. It follows every way through the
// script and keeps what is set on all of them. Facts come from other days and
// other scripts, so the loader cannot see them; a step that would put in an
// unset one is passed over when it runs.
func (s *Script) checkKnown(f *faults, facts map[string]Kind) {
	if len(s.steps) == 0 {
		return
	}
	s.given = s.follow(0, nameSet{}, false)
	for _, l := range s.lacks(s.given, -1, facts) {
		if l.as == "" {
			f.add(l.at, "{%s} may not be set here; add \"when: known.%s\" or a branch before", l.name, l.name)
		} else {
			f.add(l.at, "%s: %q may not be set here; add \"when: known.%s\" or a branch before", l.as, l.name, l.name)
		}
	}
}

// follow goes every way from a step and tells for each step, the end included,
// what is set on all ways to it; nil where none leads. A session that stands at
// the first step has that step's condition behind it.
func (s *Script) follow(from int, given nameSet, stands bool) []nameSet {
	set := make([]nameSet, len(s.steps)+1)
	set[from] = given
	work := []int{from}
	flow := func(to int, known nameSet) {
		if set[to] == nil {
			set[to] = maps.Clone(known)
		} else {
			before := len(set[to])
			maps.DeleteFunc(set[to], func(name string, _ bool) bool { return !known[name] })
			if len(set[to]) == before {
				return
			}
		}
		if to < len(s.steps) {
			work = append(work, to)
		}
	}
	for len(work) > 0 {
		i := work[len(work)-1]
		work = work[:len(work)-1]
		if i == len(s.steps) {
			continue
		}
		st := s.steps[i]
		in := set[i]
		inside := in
		if !stands || i != from {
			inside = with(in, implied(st.when, true))
		}
		falsified := in // what the lines above of a branch tell
		for _, w := range s.ways(i) {
			out := inside
			switch {
			case w.over:
				out = with(in, implied(st.when, false))
			case st.does == doAsk && w.answered && st.keep != "":
				out = with(inside, nameSet{st.keep: true})
			case st.does == doAsk && st.keep != "" && (w.label == "skip" || w.label == "unclear"):
				out = maps.Clone(inside)
				delete(out, st.keep)
			case st.does == doSet:
				for _, a := range st.assigns {
					if a.value != nil && (a.value.bare == "" || inside[a.value.bare] || a.value.bare == "missed") {
						out = with(out, nameSet{a.name: true})
					}
				}
			case st.does == doBranch:
				out = with(with(inside, falsified), implied(w.when, true))
				falsified = with(falsified, implied(w.when, false))
			}
			flow(w.to, out)
		}
		if st.does == doCall && s.timeout != nil {
			flow(s.timeout.to.step, inside)
		}
	}
	return set
}

// lack is a place that uses a variable which may not be set there.
type lack struct {
	name string
	at   pos
	as   string // what it would set; "" in words
}

// lacks finds those places, given what is set at each step; at the step that a
// session stands at, the condition is behind it.
func (s *Script) lacks(set []nameSet, stands int, facts map[string]Kind) []lack {
	var list []lack
	for i, st := range s.steps {
		if set[i] == nil {
			continue
		}
		inside := set[i]
		if i != stands {
			inside = with(inside, implied(st.when, true))
		}
		for _, w := range []*words{st.say, st.again} {
			if w == nil {
				continue
			}
			for _, name := range w.own.names {
				if _, isVar := s.vars[name]; isVar && !inside[name] {
					list = append(list, lack{name: name, at: w.at})
				}
			}
		}
		for _, a := range st.assigns {
			if a.value == nil || facts[a.value.bare] != "" {
				continue
			}
			if _, isVar := s.vars[a.value.bare]; isVar && !inside[a.value.bare] {
				list = append(list, lack{name: a.value.bare, at: a.at, as: a.name})
			}
		}
	}
	return list
}

func with(a, b nameSet) nameSet {
	if len(b) == 0 {
		return a
	}
	both := make(nameSet, len(a)+len(b))
	maps.Copy(both, a)
	maps.Copy(both, b)
	return both
}

// implied is what must be set when a condition turned out true, or false.
func implied(e *expression, truth bool) nameSet {
	if e == nil || e.tree == nil {
		return nil
	}
	return impliedBy(e.tree, truth)
}

func impliedBy(tree ast.Node, truth bool) nameSet {
	switch n := tree.(type) {
	case *ast.IdentifierNode:
		if truth {
			return nameSet{trimKnown(n.Value): true} // known.x, or a yes: an unset one is no
		}
	case *ast.UnaryNode:
		if n.Operator == "!" || n.Operator == "not" {
			return impliedBy(n.Node, !truth)
		}
	case *ast.BinaryNode:
		and := n.Operator == "&&" || n.Operator == "and"
		or := n.Operator == "||" || n.Operator == "or"
		if and && truth || or && !truth {
			return with(impliedBy(n.Left, truth), impliedBy(n.Right, truth))
		}
		if and || or {
			return common(impliedBy(n.Left, truth), impliedBy(n.Right, truth))
		}
		return impliedByZero(n, truth)
	}
	return nil
}

func common(a, b nameSet) nameSet {
	both := nameSet{}
	for name := range a {
		if b[name] {
			both[name] = true
		}
	}
	return both
}

// impliedByZero uses that an unset name is its kind's zero: when a comparison
// with a constant comes out otherwise than for zero, the name is set.
func impliedByZero(n *ast.BinaryNode, truth bool) nameSet {
	id, isName := n.Left.(*ast.IdentifierNode)
	if !isName {
		return nil
	}
	var order int // of zero against the constant
	switch c := n.Right.(type) {
	case *ast.IntegerNode:
		order = cmp.Compare(0, c.Value)
	case *ast.FloatNode:
		order = cmp.Compare(0, c.Value)
	case *ast.StringNode:
		if c.Value != "" {
			order = -1
		}
	default:
		return nil
	}
	holds := map[string]bool{
		"==": order == 0, "!=": order != 0, "<": order < 0, "<=": order <= 0, ">": order > 0, ">=": order >= 0,
	}
	zero, isComparison := holds[n.Operator]
	if isComparison && zero != truth {
		return nameSet{id.Value: true}
	}
	return nil
}

func trimKnown(name string) string {
	if len(name) > len(knownPrefix) && name[:len(knownPrefix)] == knownPrefix {
		return name[len(knownPrefix):]
	}
	return name
}
