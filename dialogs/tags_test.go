package dialogs_test

import (
	"encoding/json"
	"os"
	"slices"
	"testing"

	"onestep/dialogs"
)

// The vocabulary covers what it is for: every mechanism, the three families,
// the 24 rows of the technique catalogue, and editors know the same words.
func TestTags(t *testing.T) {
	t.Parallel()
	techniques, families, mechanisms := 0, map[dialogs.Family]int{}, map[int]int{}
	for _, tag := range dialogs.Tags {
		if tag.Technique {
			techniques++
			families[tag.Family]++
			for _, m := range tag.Mechanisms {
				mechanisms[m]++
			}
		}
		if tag.Technique && (tag.Family == "" || tag.Move == "" || len(tag.Mechanisms) == 0) {
			t.Errorf("%s: a technique has a family, a move and a mechanism", tag.Name)
		}
		if tag.Fixed && (tag.Technique || tag.Move != "" || len(tag.Mechanisms) > 0) {
			t.Errorf("%s: a fixed text is no technique", tag.Name)
		}
	}
	if techniques != 24 || len(families) != 3 || len(mechanisms) != 9 {
		t.Errorf("%d techniques in %v by %v, want 24 in 3 families by 9 mechanisms", techniques, families, mechanisms)
	}
	source, err := os.ReadFile("script.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var schema struct {
		Defs struct {
			Tags struct{ Items struct{ Enum []string } }
		} `json:"$defs"`
	}
	if err := json.Unmarshal(source, &schema); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(schema.Defs.Tags.Items.Enum, dialogs.TagNames()) {
		t.Errorf("the schema has %q, the loader %q", schema.Defs.Tags.Items.Enum, dialogs.TagNames())
	}
}

// Readers of a script see tags, waivers and where the words stand.
func TestTagsInViews(t *testing.T) {
	t.Parallel()
	e, err := dialogs.Load(folder(t, map[string]string{"x.yaml": `script: x
format: 1
language: en
about: A test.
remind: {after: 48h, say: No rush., tags: [structure, m5]}
lint: {off: one, because: It is a test.}
steps:
  - id: a
    ask: text
    say: What is better?
    again: Once more?
    tags: [ears, m9]
    lint:
      - {off: two, because: "So."}
      - {off: three, because: "And so."}
`}))
	if err != nil {
		t.Fatal(err)
	}
	s, _ := e.Script("x")
	a := s.Steps()[0]
	if !slices.Equal(a.Tags, []string{"ears", "m9"}) || a.SayAt != (dialogs.Position{Line: 10, Column: 10}) || a.AgainAt != (dialogs.Position{Line: 11, Column: 12}) {
		t.Errorf("the step: %+v", a)
	}
	if len(a.Waivers) != 2 || a.Waivers[1].Off != "three" || a.Waivers[1].Because != "And so." || a.Waivers[1].Line != 15 {
		t.Errorf("its waivers: %+v", a.Waivers)
	}
	if w := s.Waivers(); len(w) != 1 || w[0].Off != "one" {
		t.Errorf("the script's waivers: %+v", w)
	}
	r, ok := s.ReminderView()
	if !ok || r.Say != "No rush." || !slices.Equal(r.Tags, []string{"structure", "m5"}) || s.File() != "x.yaml" {
		t.Errorf("the reminder: %+v %v", r, ok)
	}
}
