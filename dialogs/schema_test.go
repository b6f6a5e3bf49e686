package dialogs

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const schemaFile = "script.schema.json"

func schema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	s, err := jsonschema.NewCompiler().Compile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func instance(t *testing.T, source []byte) any {
	t.Helper()
	text, err := yaml.YAMLToJSON(source)
	if err != nil {
		t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// The schema that editors use accepts every script that loads.
func TestSchemaAccepts(t *testing.T) {
	t.Parallel()
	s := schema(t)
	var files []string
	for _, folder := range []string{"testdata/scripts", "checkins"} {
		found, err := filepath.Glob(folder + "/*.yaml")
		if err != nil || len(found) == 0 {
			t.Fatalf("no scripts in %s: %v", folder, err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		if base := filepath.Base(file); base == factsFile || base == phrasesFile {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(instance(t, source)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// And it refuses what an editor should underline.
func TestSchemaRefuses(t *testing.T) {
	t.Parallel()
	s := schema(t)
	head := "script: x\nformat: 1\nlanguage: en\nabout: A test.\nsteps:\n"
	if err := s.Validate(instance(t, []byte(head+"  - {id: a, say: Hello.}\n"))); err != nil {
		t.Fatal(err)
	}
	for name, step := range map[string]string{
		"unknown key":  "  - {id: a, say: Hello., sya: x}\n",
		"no verb":      "  - {id: a}\n",
		"two verbs":    "  - {id: a, say: Hello., nudge: drop}\n",
		"no id":        "  - {say: Hello.}\n",
		"unknown kind": "  - {id: a, ask: number, say: N?}\n",
		"no words":     "  - {id: a, ask: scale}\n",
		"keep of say":  "  - {id: a, say: Hello., keep: n}\n",
		"bad branch":   "  - {id: a, branch: [{when: x, else: a}]}\n",
		"bad nudge":    "  - {id: a, nudge: distress}\n",
		"bad duration": "  - {id: a, ask: text, say: N?, timeout: {after: 2 days}}\n",
		"no time":      "  - {id: a, schedule: x, weekly: monday}\n",
	} {
		if err := s.Validate(instance(t, []byte(head+step))); err == nil {
			t.Errorf("%s: the schema accepts\n%s", name, step)
		}
	}
}

// The schema knows the same keys as the loader.
func TestSchemaKeys(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	type object struct {
		Properties map[string]json.RawMessage
		Enum       []string
	}
	var root struct {
		object
		Defs map[string]object `json:"$defs"`
	}
	if err := json.Unmarshal(source, &root); err != nil {
		t.Fatal(err)
	}
	var remind object
	if err := json.Unmarshal(root.Properties["remind"], &remind); err != nil {
		t.Fatal(err)
	}
	step := slices.Clone(commonKeys)
	for _, v := range verbs {
		step = append(step, v.keys...)
	}
	slices.Sort(step)
	for name, c := range map[string]struct {
		schema object
		keys   []string
	}{
		"script":  {root.object, scriptKeys},
		"remind":  {remind, remindKeys},
		"timeout": {root.Defs["timeout"], timeoutKeys},
		"branch":  {root.Defs["branch"], branchKeys},
		"choice":  {root.Defs["choice"], choiceKeys},
		"step":    {root.Defs["step"], slices.Compact(step)},
	} {
		got, want := slices.Sorted(maps.Keys(c.schema.Properties)), slices.Sorted(slices.Values(c.keys))
		if !slices.Equal(got, want) {
			t.Errorf("%s: the schema has %q, the loader %q", name, got, want)
		}
	}
	var stepProperties map[string]object
	all, err := json.Marshal(root.Defs["step"].Properties)
	if err == nil {
		err = json.Unmarshal(all, &stepProperties)
	}
	if err != nil {
		t.Fatal(err)
	}
	if got := stepProperties["nudge"].Enum; !slices.Equal(got, scriptTriggers) {
		t.Errorf("nudge: the schema has %q, the loader %q", got, scriptTriggers)
	}
	if got := stepProperties["ask"].Enum; !slices.Equal(got, askNames) {
		t.Errorf("ask: the schema has %q, the loader %q", got, askNames)
	}
}
