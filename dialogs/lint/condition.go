package lint

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/parser"
)

// world is what is known on one way through a script: conditions taken as true
// or false, and names with a known value. Keys of variables carry their
// script's name, those of facts do not.
type world map[string]string

const (
	yes     = "true"
	no      = "false"
	unknown = ""
)

// key is a world as text, for comparing.
func (w world) key() string {
	parts := make([]string, 0, len(w))
	for k, v := range w {
		parts = append(parts, k+"="+v)
	}
	slices.Sort(parts)
	return strings.Join(parts, "\n")
}

// reader of conditions within one script: it knows which names are variables.
type scope struct {
	*script
	trees map[string]ast.Node
	keys  map[string]string   // of atoms
	names map[string][]string // in a key
}

func newScope(s *script) *scope {
	return &scope{script: s, trees: make(map[string]ast.Node), keys: make(map[string]string), names: make(map[string][]string)}
}

// tree parses an expression. The loader has compiled it, so it parses.
func (c *scope) tree(source string) ast.Node {
	if t, ok := c.trees[source]; ok {
		return t
	}
	var t ast.Node
	if parsed, err := parser.Parse(source); err == nil {
		t = parsed.Node
	}
	c.trees[source] = t
	return t
}

var identifier = regexp.MustCompile(`[A-Za-z_][A-Za-z0-9_]*`)

// key names an atom: a variable's gets the script's name before it.
func (c *scope) key(atom string) string {
	if key, ok := c.keys[atom]; ok {
		return key
	}
	key := atom
	for _, name := range identifier.FindAllString(atom, -1) {
		if _, isVar := c.vars[name]; isVar {
			key = c.name + ": " + atom
			break
		}
	}
	c.keys[atom] = key
	return key
}

// namesIn lists the names in a key of this script or of facts; nil for the
// variables of another script.
func (c *scope) namesIn(key string) []string {
	if names, ok := c.names[key]; ok {
		return names
	}
	owner, atom, isVar := strings.Cut(key, ": ")
	var names []string
	switch {
	case !isVar:
		names = identifier.FindAllString(key, -1)
	case owner == c.name:
		names = identifier.FindAllString(atom, -1)
	}
	c.names[key] = names
	return names
}

// eval is yes, no or unknown.
func (c *scope) eval(n ast.Node, w world) string {
	switch n := n.(type) {
	case nil:
		return unknown
	case *ast.BoolNode:
		return strconv.FormatBool(n.Value)
	case *ast.UnaryNode:
		if n.Operator == "!" || n.Operator == "not" {
			return not(c.eval(n.Node, w))
		}
	case *ast.BinaryNode:
		switch n.Operator {
		case "&&", "and":
			return both(c.eval(n.Left, w), c.eval(n.Right, w), no)
		case "||", "or":
			return both(c.eval(n.Left, w), c.eval(n.Right, w), yes)
		}
		if v, ok := c.compare(n, w); ok {
			return v
		}
	case *ast.IdentifierNode:
		if v := w[c.key("="+n.Value)]; v == yes || v == no {
			return v
		}
		if w[c.key("known."+n.Value)] == no {
			return no // an unset one is no
		}
	}
	return w[c.key(n.String())]
}

// compare answers name == "text" and name < 3 from a known value.
func (c *scope) compare(n *ast.BinaryNode, w world) (string, bool) {
	id, ok := n.Left.(*ast.IdentifierNode)
	if !ok {
		return "", false
	}
	have, known := w[c.key("="+id.Value)]
	switch right := n.Right.(type) {
	case *ast.StringNode:
		if !known && w[c.key("known."+id.Value)] == no {
			have, known = "", true
		}
		if known && (n.Operator == "==" || n.Operator == "!=") {
			return strconv.FormatBool((have == right.Value) == (n.Operator == "==")), true
		}
	case *ast.IntegerNode, *ast.FloatNode:
		if !known && w[c.key("known."+id.Value)] == no {
			have, known = "0", true // an unset number is zero
		}
		l, err := strconv.ParseFloat(have, 64)
		r, err2 := strconv.ParseFloat(right.String(), 64)
		if !known || err != nil || err2 != nil {
			return "", false
		}
		holds := map[string]bool{"==": l == r, "!=": l != r, "<": l < r, "<=": l <= r, ">": l > r, ">=": l >= r}
		if v, ok := holds[n.Operator]; ok {
			return strconv.FormatBool(v), true
		}
	}
	return "", false
}

// atoms notes the conditions and names that an expression stands on.
func atoms(n ast.Node, into map[string]bool) {
	switch n := n.(type) {
	case nil:
	case *ast.UnaryNode:
		atoms(n.Node, into)
	case *ast.BinaryNode:
		if slices.Contains([]string{"&&", "and", "||", "or"}, n.Operator) {
			atoms(n.Left, into)
			atoms(n.Right, into)
			return
		}
		into[n.String()] = true
		for _, name := range identifier.FindAllString(n.String(), -1) {
			into[name] = true
		}
	default:
		into[n.String()] = true
		for _, name := range identifier.FindAllString(n.String(), -1) {
			into[name] = true
		}
	}
}

func not(v string) string {
	switch v {
	case yes:
		return no
	case no:
		return yes
	}
	return unknown
}

// both joins two parts of an and (absorbing is no) or an or (absorbing is yes).
func both(a, b, absorbing string) string {
	switch {
	case a == absorbing || b == absorbing:
		return absorbing
	case a == unknown || b == unknown:
		return unknown
	}
	return not(absorbing)
}

// assume notes in w what follows when the condition came out as told.
func (c *scope) assume(n ast.Node, truth string, w world) {
	switch n := n.(type) {
	case nil, *ast.BoolNode:
		return
	case *ast.UnaryNode:
		if n.Operator == "!" || n.Operator == "not" {
			c.assume(n.Node, not(truth), w)
			return
		}
	case *ast.BinaryNode:
		and := n.Operator == "&&" || n.Operator == "and"
		or := n.Operator == "||" || n.Operator == "or"
		switch {
		case and && truth == yes || or && truth == no:
			c.assume(n.Left, truth, w)
			c.assume(n.Right, truth, w)
			return
		case and || or:
			// One side is enough; when the other is known, this one is too.
			if c.eval(n.Left, w) == not(truth) {
				c.assume(n.Right, truth, w)
			} else if c.eval(n.Right, w) == not(truth) {
				c.assume(n.Left, truth, w)
			}
			return
		}
		id, isName := n.Left.(*ast.IdentifierNode)
		text, isText := n.Right.(*ast.StringNode)
		if isName && isText && n.Operator == "==" && truth == yes {
			w[c.key("="+id.Value)] = text.Value
			w[c.key("known."+id.Value)] = yes
			return
		}
	case *ast.IdentifierNode:
		w[c.key("="+n.Value)] = truth
		return
	}
	w[c.key(n.String())] = truth
}

// forget drops what was known about a name.
func (c *scope) forget(name string, w world) {
	for k := range w {
		if slices.Contains(c.namesIn(k), name) {
			delete(w, k)
		}
	}
}

// let notes that a name got a value; "" is one that is not known.
func (c *scope) let(name, value string, w world) {
	c.forget(name, w)
	w[c.key("known."+name)] = yes
	if value != "" {
		w[c.key("="+name)] = value
	}
}

// unset notes that a name has no value.
func (c *scope) unset(name string, w world) {
	c.forget(name, w)
	w[c.key("known."+name)] = no
}

// set notes one line of a set or remember step.
func (c *scope) set(name, source string, forget bool, w world) {
	if forget {
		c.unset(name, w)
		return
	}
	switch v := c.tree(source).(type) {
	case *ast.StringNode:
		c.let(name, v.Value, w)
	case *ast.BoolNode:
		c.let(name, strconv.FormatBool(v.Value), w)
	case *ast.IntegerNode, *ast.FloatNode:
		c.let(name, v.String(), w)
	case *ast.IdentifierNode: // a name alone that is unset sets nothing
		switch w[c.key("known."+v.Value)] {
		case yes:
			c.let(name, w[c.key("="+v.Value)], w)
		case unknown:
			c.forget(name, w)
		}
	default:
		value := c.eval(v, w)
		c.let(name, value, w)
	}
}
