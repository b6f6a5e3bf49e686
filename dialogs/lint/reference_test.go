package lint_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"

	"onestep/dialogs"
	"onestep/dialogs/lint"
)

var update = flag.Bool("update", false, "rewrite docs/script-reference.md")

// docs/script-reference.md is made of the schema, the vocabulary and the
// rubric, so that it says what the program does.
func TestReference(t *testing.T) {
	t.Parallel()
	const file = "../../docs/script-reference.md"
	want := reference(t)
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	have, err := os.ReadFile(file)
	if err != nil || string(have) != want {
		t.Errorf("%s is behind (%v); run go test ./dialogs/lint -run Reference -update", file, err)
	}
}

// member finds a key of an ordered mapping.
func member(m yaml.MapSlice, key string) any {
	for _, item := range m {
		if item.Key == key {
			return item.Value
		}
	}
	return nil
}

func object(m yaml.MapSlice, key string) yaml.MapSlice {
	o, _ := member(m, key).(yaml.MapSlice)
	return o
}

func reference(t *testing.T) string {
	source, err := os.ReadFile("../script.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema yaml.MapSlice
	if err := yaml.UnmarshalWithOptions(source, &schema, yaml.UseOrderedMap()); err != nil {
		t.Fatal(err)
	}
	defs := object(schema, "$defs")
	var b strings.Builder
	b.WriteString(`# Script reference

Made from ` + "`dialogs/script.schema.json`" + `, the vocabulary of tags and the rubric of ` + "`onestep lint`" + `; a test fails when it is behind.
[script-language.md](script-language.md) explains how the keys work together, [writing-check-ins.md](writing-check-ins.md) is the tutorial.

`)
	keys := func(title, about string, o yaml.MapSlice) {
		fmt.Fprintf(&b, "## %s\n\n%s\n\n| key | value | meaning |\n| --- | --- | --- |\n", title, about)
		var required []string
		list, _ := member(o, "required").([]any)
		for _, r := range list {
			required = append(required, fmt.Sprint(r))
		}
		for _, item := range object(o, "properties") {
			p, _ := item.Value.(yaml.MapSlice)
			name, kind, meaning := fmt.Sprint(item.Key), valueOf(p, defs), described(p, defs)
			if slices.Contains(required, name) {
				meaning = strings.TrimSpace(meaning + " Required.")
			}
			fmt.Fprintf(&b, "| `%s` | %s | %s |\n", name, kind, meaning)
		}
		b.WriteString("\n")
	}
	keys("A script", "The head of the file.", schema)
	keys("A step", "A step has one of `say`, `ask`, `branch`, `set`, `remember`, `nudge`, `schedule`, `call`, `pause`, `stop` and `end`, and what belongs to it.", object(defs, "step"))
	keys("A choice", "One button of `ask: choice`.", object(defs, "choice"))
	keys("A line of a branch", "`when` with `go`, or `else`.", object(defs, "branch"))
	keys("A timeout", "Of one question, or of every question of a script.", object(defs, "timeout"))
	keys("A reminder", "The one reminder of a session.", object(object(schema, "properties"), "remind"))
	keys("A waiver", "Switches a rule of lint off, on a step or for a script.", object(defs, "waiver"))

	b.WriteString("## Tags\n\nWhat a line is for. A technique stands for its move and its mechanisms too; `m1` to `m9` add others.\n\n| tag | what it is | family | move | mechanisms | meaning |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, tag := range dialogs.Tags {
		kind := "move"
		switch {
		case tag.Technique:
			kind = "technique"
		case tag.Fixed:
			kind = "fixed text"
		case tag.Move == "":
			kind = "mechanism"
		}
		var mechanisms []string
		for _, m := range tag.Mechanisms {
			mechanisms = append(mechanisms, fmt.Sprint(m))
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s | %s |\n", tag.Name, kind, tag.Family, tag.Move, strings.Join(mechanisms, " "), tag.About)
	}

	b.WriteString("\n## Nudges\n\nWhat a script may raise, and what the worker is told.\n\n| trigger | by when | what changed | a question worth asking |\n| --- | --- | --- | --- |\n")
	var triggers []string
	nudge := object(object(object(defs, "step"), "properties"), "nudge")
	list, _ := member(nudge, "enum").([]any)
	for _, name := range list {
		triggers = append(triggers, fmt.Sprint(name))
	}
	for _, name := range triggers {
		r := dialogs.Triggers[dialogs.Trigger(name)]
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", name, r.Within, r.Changed, r.Question)
	}

	b.WriteString("\n## Rules of lint\n\n| rule | what must hold | threshold | why | source |\n| --- | --- | --- | --- | --- |\n")
	for _, r := range slices.Concat(lint.Rules(), lint.AgainstRules()) {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", r.ID, cell(r.About), cell(r.Threshold), cell(r.Why), cell(r.Source))
	}
	fmt.Fprintf(&b, "| `%s` | A rule that is switched off would find something. | every waiver | A reason that outlived its line would excuse the next mistake. | ours |\n", lint.WaiverRule)
	return b.String()
}

func cell(text string) string {
	return strings.ReplaceAll(strings.Join(strings.Fields(text), " "), "|", "\\|")
}

// deref follows a $ref.
func deref(p, defs yaml.MapSlice) (name string, o yaml.MapSlice) {
	ref, _ := member(p, "$ref").(string)
	if ref == "" {
		return "", nil
	}
	name = strings.TrimPrefix(ref, "#/$defs/")
	return name, object(defs, name)
}

func described(p, defs yaml.MapSlice) string {
	if d, ok := member(p, "description").(string); ok {
		return cell(d)
	}
	if _, o := deref(p, defs); o != nil {
		return described(o, defs)
	}
	return ""
}

// valueOf says in a word or two what a key takes.
func valueOf(p, defs yaml.MapSlice) string {
	if name, _ := deref(p, defs); name != "" {
		return map[string]string{"go": "id of a step", "id": "name", "words": "words", "expression": "expression", "timeout": "timeout", "tags": "list of tags", "lint": "waiver, or a list of them", "name": "name", "duration": "time", "choice": "choice", "branch": "line"}[name]
	}
	if list, ok := member(p, "enum").([]any); ok {
		var names []string
		for _, v := range list {
			names = append(names, "`"+fmt.Sprint(v)+"`")
		}
		return strings.Join(names, ", ")
	}
	if v := member(p, "const"); v != nil {
		return "`" + fmt.Sprint(v) + "`"
	}
	switch kind := member(p, "type").(type) {
	case string:
		if items := object(p, "items"); kind == "array" && items != nil {
			if inner := valueOf(items, defs); inner != "" {
				return "list, each a " + inner
			}
			return "list"
		}
		return map[string]string{"string": "text", "boolean": "true or false", "object": "mapping", "integer": "whole number", "array": "list"}[kind]
	case []any:
		return "text or number"
	}
	return ""
}
