package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// document is a YAML file being read. It walks the syntax tree itself, because
// a decoder stops at its first complaint and an operator wants to see them all,
// each with its line and column.
type document struct {
	path   string
	faults *Faults
}

// text is one scalar of a file, or the value of a variable, with its place.
type text struct {
	value string
	where string
}

// parse gives the one mapping that the file is, or nil after a fault.
func (d document) parse(content []byte) ast.Node {
	file, err := parser.ParseBytes(content, 0, parser.AllowDuplicateMapKey())
	if syntax, ok := errors.AsType[yaml.Error](err); ok {
		// What follows a quote or a colon quotes the file, which may hold a secret.
		why := syntax.GetMessage()
		if i := strings.IndexAny(why, `":`); i >= 0 {
			why = why[:i]
		}
		d.faults.add(d.at(syntax.GetToken()), "this is not readable as YAML: %s. Mend the spelling here or on the line above.", strings.TrimSpace(why))
		return nil
	}
	if err != nil {
		d.faults.add(d.path, "this is not readable as YAML. Mend its spelling.")
		return nil
	}
	var body ast.Node
	for _, doc := range file.Docs {
		switch {
		case doc.Body == nil:
		case body != nil:
			d.faults.add(d.at(doc.Body.GetToken()), "there is a second document after \"---\"; put everything into one.")
		default:
			body = doc.Body
		}
	}
	if body == nil {
		d.faults.add(d.path, "the file is empty; put your teams in, as in onestep.example.yaml.")
	}
	return body
}

func (d document) at(t *token.Token) string {
	if t == nil || t.Position == nil {
		return d.path
	}
	return fmt.Sprintf("%s:%d:%d", d.path, t.Position.Line, t.Position.Column)
}

func (d document) where(n ast.Node) string { return d.at(n.GetToken()) }

// table gives the entries of a mapping by key. Keys that are not known, and
// keys given twice, are faults.
func (d document) table(n ast.Node, what string, known []string) map[string]ast.Node {
	mapping, ok := n.(*ast.MappingNode)
	if !ok {
		d.faults.add(d.where(n), "%s must be \"key: value\" lines; write it as in onestep.example.yaml.", what)
		return nil
	}
	entries := make(map[string]ast.Node, len(mapping.Values))
	for _, entry := range mapping.Values {
		name := entry.Key.GetToken().Value
		where := d.at(entry.Key.GetToken())
		switch _, double := entries[name]; {
		case !slices.Contains(known, name):
			d.faults.add(where, "%q is not a key of %s; %s", name, what, orDidYouMean(name, known))
		case double:
			d.faults.add(where, "%q stands twice in %s; remove one of them.", name, what)
		default:
			entries[name] = entry.Value
		}
	}
	return entries
}

// list gives the items of a sequence.
func (d document) list(n ast.Node, what string) []ast.Node {
	sequence, ok := n.(*ast.SequenceNode)
	if !ok {
		d.faults.add(d.where(n), "%s must be a list; start each item with \"- \".", what)
		return nil
	}
	return sequence.Values
}

// scalar gives the words of a single value, as they stand in the file.
func (d document) scalar(n ast.Node, what string) (text, bool) {
	t := text{where: d.where(n)}
	switch n := n.(type) {
	case *ast.NullNode:
		d.faults.add(t.where, "%s is empty; give it a value or remove the line.", what)
		return t, false
	case *ast.LiteralNode:
		t.value = strings.TrimSpace(n.Value.Value)
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		t.value = strings.TrimSpace(n.GetToken().Value)
	default:
		d.faults.add(t.where, "%s must be a single value, written out here.", what)
		return t, false
	}
	if t.value == "" {
		d.faults.add(t.where, "%s is empty; give it a value or remove the line.", what)
		return t, false
	}
	return t, true
}
