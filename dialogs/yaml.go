package dialogs

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// node is one value of a YAML file with its place. Its readers add a fault and
// return a zero where the file says something else than expected.
type node struct {
	ast ast.Node
	pos
	faults *faults
}

// entry is one key of a mapping.
type entry struct {
	key string
	at  pos
	node
}

// object is a mapping whose keys are known.
type object struct {
	node
	entries []entry
}

// parseYAML reads one document; ok is false when it is not YAML at all.
func parseYAML(file string, source []byte, f *faults) (root node, ok bool) {
	tree, err := parser.ParseBytes(source, 0)
	if err != nil {
		at := pos{file: file, line: 1, column: 1}
		message := err.Error()
		var bad yaml.Error
		if errors.As(err, &bad) {
			message = bad.GetMessage()
			if t := bad.GetToken(); t != nil && t.Position != nil {
				at.line, at.column = t.Position.Line, t.Position.Column
			}
		}
		f.add(at, "this is not YAML: %s", message)
		return node{}, false
	}
	if len(tree.Docs) != 1 || tree.Docs[0].Body == nil {
		f.add(pos{file, 1, 1}, "a file holds one document")
		return node{}, false
	}
	return at(file, tree.Docs[0].Body, f), true
}

// at wraps a node of the tree.
func at(file string, n ast.Node, f *faults) node {
	p := pos{file: file, line: 1, column: 1}
	token := n.GetToken()
	if m, isMap := n.(*ast.MappingNode); isMap && len(m.Values) > 0 && !m.IsFlowStyle {
		token = m.Values[0].Key.GetToken()
	}
	if token != nil && token.Position != nil {
		p.line, p.column = token.Position.Line, token.Position.Column
	}
	return node{ast: n, pos: p, faults: f}
}

func (n node) fault(format string, args ...any) { n.faults.add(n.pos, format, args...) }

// present tells whether the key was in the file.
func (n node) present() bool { return n.ast != nil }

// object reads a mapping. With known keys, any other one is a fault.
func (n node) object(what string, known []string) (object, bool) {
	m, ok := n.ast.(*ast.MappingNode)
	if !ok {
		if single, isPair := n.ast.(*ast.MappingValueNode); isPair {
			m, ok = &ast.MappingNode{Values: []*ast.MappingValueNode{single}}, true
		}
	}
	if !ok {
		n.fault("%s is a list of \"key: value\" lines", what)
		return object{}, false
	}
	o := object{node: n}
	for _, v := range m.Values {
		key := at(n.file, v.Key, n.faults)
		name, isName := scalar(v.Key)
		if !isName {
			key.fault("a key is a plain word")
			continue
		}
		if known != nil && !slices.Contains(known, name) {
			key.fault("unknown key %q in %s%s", name, what, nearest(name, known))
			continue
		}
		o.entries = append(o.entries, entry{key: name, at: key.pos, node: at(n.file, v.Value, n.faults)})
	}
	return o, true
}

// get is the value of a key; absent ones have no tree.
func (o object) get(key string) node {
	for _, e := range o.entries {
		if e.key == key {
			return e.node
		}
	}
	return node{pos: o.pos, faults: o.faults}
}

// keyAt is the place of a key, or of the object when the key is absent.
func (o object) keyAt(key string) pos {
	for _, e := range o.entries {
		if e.key == key {
			return e.at
		}
	}
	return o.pos
}

// isList tells whether the value is a sequence.
func (n node) isList() bool {
	_, ok := n.ast.(*ast.SequenceNode)
	return ok
}

// list reads a sequence.
func (n node) list(what string) []node {
	s, ok := n.ast.(*ast.SequenceNode)
	if !ok {
		n.fault("%s is a list, each line starting with \"-\"", what)
		return nil
	}
	nodes := make([]node, len(s.Values))
	for i, v := range s.Values {
		nodes[i] = at(n.file, v, n.faults)
	}
	return nodes
}

// text reads a scalar as it is written; absent is "".
func (n node) text(what string) string {
	if !n.present() {
		return ""
	}
	s, ok := scalar(n.ast)
	if !ok {
		n.fault("%s is one piece of text", what)
		return ""
	}
	return s
}

// words reads text that people see. Line breaks inside a folded text stay as
// YAML has them; the ends are trimmed.
func (n node) words(what string) string {
	s := strings.TrimSpace(n.text(what))
	if n.present() && s == "" {
		n.fault("%s is empty", what)
	}
	return s
}

// yes reads true or false; absent is false.
func (n node) yes(what string) bool {
	if !n.present() {
		return false
	}
	b, ok := n.ast.(*ast.BoolNode)
	if !ok {
		n.fault("%s is true or false", what)
		return false
	}
	return b.Value
}

// number reads a whole number; absent is otherwise.
func (n node) number(what string, otherwise int) int {
	if !n.present() {
		return otherwise
	}
	i, err := strconv.Atoi(n.text(what))
	if err != nil {
		n.fault("%s is a whole number", what)
		return otherwise
	}
	return i
}

// scalar is the text of a plain, quoted or block scalar.
func scalar(n ast.Node) (string, bool) {
	switch v := n.(type) {
	case *ast.StringNode:
		return v.Value, true
	case *ast.LiteralNode:
		return v.Value.Value, true
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return v.GetToken().Value, true
	case *ast.MappingKeyNode:
		return scalar(v.Value)
	case *ast.NullNode:
		return "", v.GetToken().Value == ""
	}
	return "", false
}

// inside moves a place by the column of an error within a one-line scalar.
func (n node) inside(line, column int) pos {
	p := n.pos
	if line == 1 {
		if s, ok := n.ast.(*ast.StringNode); ok {
			p.column += column - 1
			if q := s.GetToken().Origin; strings.HasPrefix(strings.TrimSpace(q), `"`) || strings.HasPrefix(strings.TrimSpace(q), `'`) {
				p.column++
			}
		}
	}
	return p
}
