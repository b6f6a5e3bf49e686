package dialogs_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"onestep/dialogs"
)

const header = "script: x\nformat: 1\nlanguage: en\nabout: A test.\nvars: {n: number, w: text, d: date, y: yesno}\nsteps:\n"

// folder is an edition of one script x and the example facts and phrases.
func folder(t testing.TB, files map[string]string) fstest.MapFS {
	t.Helper()
	f := fstest.MapFS{}
	for _, name := range []string{"facts.yaml", "phrases.yaml"} {
		source, err := os.ReadFile("testdata/scripts/" + name)
		if err != nil {
			t.Fatal(err)
		}
		f[name] = &fstest.MapFile{Data: source}
	}
	for name, source := range files {
		if strings.HasSuffix(name, ".yaml") && strings.HasPrefix(source, "  -") {
			source = strings.Replace(header, "script: x", "script: "+strings.TrimSuffix(name, ".yaml"), 1) + source
		}
		f[name] = &fstest.MapFile{Data: []byte(source)}
	}
	return f
}

// Each thing that the loader refuses, with its place. Steps start in line 7.
func TestRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ source, want string }{
		"unknown key":            {"  - {id: a, say: Hello., sya: x}\n", `x.yaml:7:26: unknown key "sya" in a step that has "say" (did you mean say?)`},
		"unknown key of ask":     {"  - id: a\n    ask: text\n    say: Hello?\n    kep: w\n", `x.yaml:10:5: unknown key "kep"`},
		"unknown tag":            {"  - {id: a, say: Hello., tags: [ers]}\n", `x.yaml:7:33: tags: unknown tag "ers" (did you mean ears?)`},
		"tag twice":              {"  - {id: a, say: Hello., tags: [ears, ears]}\n", `x.yaml:7:39: tags: "ears" stands twice`},
		"no tags":                {"  - {id: a, say: Hello., tags: []}\n", "tags: at least one"},
		"tags without words":     {"  - {id: a, nudge: drop, tags: [ears]}\n", `unknown key "tags"`},
		"waiver without reason":  {"  - {id: a, say: Hello., lint: {off: length}}\n", "lint: {off: RULE, because:"},
		"no verb":                {"  - {id: a}\n", "x.yaml:7:5: a step does one thing"},
		"no id":                  {"  - {say: Hello.}\n", "x.yaml:7:5: the step has no id"},
		"double id":              {"  - {id: a, say: Hello.}\n  - {id: a, say: Hello.}\n", `x.yaml:8:10: the id "a" is used already in line 7`},
		"unknown step":           {"  - {id: abc, say: Hello., go: abd}\n", `x.yaml:7:32: unknown step "abd" (did you mean abc?)`},
		"unknown name in words":  {"  - {id: a, say: \"Hello {wroker}.\"}\n", "x.yaml:7:18: say: unknown name {wroker} (did you mean worker?)"},
		"series in words":        {"  - {id: a, say: \"{scores}\"}\n", "x.yaml:7:18: say: {scores} is a series"},
		"bad slot":               {"  - {id: a, say: \"Hello {best hopes}\"}\n", "{best hopes} is not a name to put in"},
		"open brace":             {"  - {id: a, say: \"Hello {\"}\n", "{ is not a name"},
		"unset in words":         {"  - {id: a, say: \"So {n}.\"}\n", "x.yaml:7:18: {n} may not be set here"},
		"maybe unset in words":   {"  - {id: a, ask: scale, say: N?, keep: n}\n  - {id: b, say: \"So {n}.\"}\n", "x.yaml:8:18: {n} may not be set here"},
		"unset as a value":       {"  - {id: a, remember: {visits: n}}\n", "x.yaml:7:24: visits: \"n\" may not be set here"},
		"unknown name":           {"  - {id: a, when: \"nn > 2\", say: Hello.}\n", "x.yaml:7:20: when: unknown name nn (did you mean n?)"},
		"unknown name in known":  {"  - {id: a, when: known.hops, say: Hello.}\n", "when: unknown name hops (did you mean hopes?)"},
		"ill-typed condition":    {"  - {id: a, when: n + 1, say: Hello.}\n", "when: expected bool, but got float64"},
		"ill-typed comparison":   {"  - {id: a, when: n < w, say: Hello.}\n", "x.yaml:7:21: when: invalid operation: <"},
		"clock":                  {"  - {id: a, when: now() > now(), say: Hello.}\n", "when: unknown name now"},
		"number for text":        {"  - {id: a, set: {w: \"1 + 1\"}}\n", "x.yaml:7:22: w: this gives number, but a text is wanted"},
		"text for number":        {"  - {id: a, set: {n: \"w\"}}\n", "n: expected float64, but got string"},
		"text for date":          {"  - {id: a, set: {d: w}}\n", "d: this gives text, but a date is wanted"},
		"no date":                {"  - {id: a, set: {d: '\"2026-02-30\"'}}\n", "a date is wanted"},
		"set a fact":             {"  - {id: a, set: {hopes: w}}\n", `x.yaml:7:19: set: "hopes" is not a variable of this script`},
		"remember a variable":    {"  - {id: a, remember: {w: '\"x\"'}}\n", `remember: "w" is not a fact`},
		"keep of another kind":   {"  - {id: a, ask: scale, say: N?, keep: w}\n", `x.yaml:7:40: keep: "w" is a text, but ask: scale gives a number`},
		"keep in a series":       {"  - {id: a, ask: scale, say: N?, keep: scores}\n", `keep: "scores" is a series`},
		"unknown keep":           {"  - {id: a, ask: scale, say: N?, keep: m}\n", `keep: unknown name "m"`},
		"unknown kind":           {"  - {id: a, ask: number, say: N?}\n", `x.yaml:7:18: ask: unknown kind "number"`},
		"unknown trigger":        {"  - {id: a, nudge: distress}\n", `x.yaml:7:20: nudge: unknown trigger "distress"`},
		"unknown script":         {"  - {id: a, call: y}\n", `x.yaml:7:5: call: unknown script "y"`},
		"unknown planned script": {"  - {id: a, schedule: y, weekly: monday, at: \"10:00\"}\n", `schedule: unknown script "y"`},
		"day and date":           {"  - {id: a, schedule: x, weekly: monday, on: d, at: \"10:00\"}\n", "either weekly: DAY or on: DATE"},
		"no time":                {"  - {id: a, schedule: x, weekly: monday}\n", "a schedule needs at: TIME"},
		"no such day":            {"  - {id: a, schedule: x, weekly: mondy, at: \"10:00\"}\n", "weekly: unknown name mondy"},
		"unreached":              {"  - {id: a, say: Hello., go: c}\n  - {id: b, say: Never.}\n  - {id: c, end: true}\n", `x.yaml:8:5: nothing reaches the step "b"`},
		"unreached after end":    {"  - {id: a, end: true}\n  - {id: b, say: Never.}\n", `nothing reaches the step "b"`},
		"loop":                   {"  - {id: a, say: Hello.}\n  - {id: b, say: Again., go: a}\n", `x.yaml:7:5: a loop without a question: the step "a" comes back to itself`},
		"loop on itself":         {"  - {id: a, say: Hello., go: a}\n", "a loop without a question"},
		"no buttons":             {"  - {id: a, ask: choice, say: N?}\n", "x.yaml:7:5: a choice without buttons"},
		"empty buttons":          {"  - {id: a, ask: choice, say: N?, choices: []}\n", "a choice without buttons"},
		"same button twice":      {"  - {id: a, ask: choice, say: N?, choices: [{value: a, label: A}, {value: b, label: B, also: [a]}]}\n", `"a" names two choices`},
		"two questions":          {"  - {id: a, ask: text, say: How? And who?}\n", "x.yaml:7:29: say: two questions in one message"},
		"two questions again":    {"  - {id: a, ask: text, say: How?, again: How? And who?}\n", "again: two questions in one message"},
		"no else":                {"  - {id: a, branch: [{when: y, go: a}]}\n", "a branch ends with {else: ID}"},
		"else first":             {"  - {id: a, branch: [{else: b}, {when: y, go: b}]}\n  - {id: b, end: true}\n", "else comes last"},
		"yes of a scale":         {"  - {id: a, ask: scale, say: N?, \"yes\": a}\n", "x.yaml:7:34: yes belongs to ask: yesno"},
		"skip of a required":     {"  - {id: a, ask: yesno, say: N?, required: true, skip: a}\n", "a required question has no skip"},
		"empty words":            {"  - {id: a, say: \"\"}\n", "say is empty"},
		"not YAML":               {"  - {id: a, say: [}\n", "this is not YAML"},
		"duration":               {"  - {id: a, ask: text, say: N?, timeout: {after: 2 days}}\n", "after: a time such as 48h or 30m"},
		"pause in words":         {"  - {id: a, pause: w}\n", "pause: expected float64"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := dialogs.Load(folder(t, map[string]string{"x.yaml": c.source}))
			var faults dialogs.Faults
			if !errors.As(err, &faults) {
				t.Fatalf("want Faults with %q, got %v", c.want, err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Fatalf("want %q in:\n%v", c.want, err)
			}
		})
	}
}

// What looks like the above but is fine.
func TestAllowed(t *testing.T) {
	t.Parallel()
	for name, source := range map[string]string{
		"known by branch":      "  - {id: a, ask: scale, say: N?, keep: n}\n  - {id: b, branch: [{when: known.n && n > 3, go: c}, {else: d}]}\n  - {id: c, say: \"So {n}.\"}\n  - {id: d, end: true}\n",
		"known by not":         "  - {id: a, ask: scale, say: N?, keep: n}\n  - {id: b, branch: [{when: \"!known.n\", go: d}, {else: c}]}\n  - {id: c, say: \"So {n}.\"}\n  - {id: d, end: true}\n",
		"known by its value":   "  - {id: a, ask: text, say: N?, keep: w}\n  - {id: b, when: 'w != \"\"', say: \"So {w}.\"}\n",
		"known by comparison":  "  - {id: a, ask: scale, say: N?, keep: n}\n  - {id: b, when: n >= 3, say: \"So {n}.\"}\n",
		"known since skipped":  "  - {id: a, ask: scale, say: N?, keep: n, skip: c}\n  - {id: b, say: \"So {n}.\"}\n  - {id: c, end: true}\n",
		"loop with a question": "  - {id: a, say: Hello.}\n  - {id: b, ask: text, say: N?, go: a}\n",
		"off without quotes":   "  - {id: a, schedule: x, off: true}\n",
		"no without quotes":    "  - {id: a, ask: yesno, say: N?, no: b, yes: b}\n  - {id: b, end: true}\n",
		"literal day and time": "  - {id: a, schedule: x, weekly: monday, at: 9:30}\n",
		"one or other number":  "  - {id: a, remember: {visits: \"known.visits ? visits + 1 : 1\"}}\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if _, err := dialogs.Load(folder(t, map[string]string{"x.yaml": source})); err != nil {
				t.Fatal(err)
			}
		})
	}
}

func TestCallsInACircle(t *testing.T) {
	t.Parallel()
	_, err := dialogs.Load(folder(t, map[string]string{
		"x.yaml": "  - {id: a, call: y}\n",
		"y.yaml": "  - {id: a, call: z}\n",
		"z.yaml": "  - {id: a, call: x}\n",
	}))
	if err == nil || !strings.Contains(err.Error(), "x.yaml:7:5: scripts call each other in a circle: y calls z calls x calls y") {
		t.Fatalf("want a circle, got %v", err)
	}
}

// All faults of all files come at once, in the order of the files.
func TestAllFaultsAtOnce(t *testing.T) {
	t.Parallel()
	_, err := dialogs.Load(folder(t, map[string]string{
		"x.yaml":     "  - {id: a, say: \"{nobody}\"}\n  - {id: b, nudge: nothing}\n",
		"a.yaml":     "script: b\n",
		"facts.yaml": "format: 2\nfacts: {n: {kind: list, about: x}}\n",
	}))
	var faults dialogs.Faults
	if !errors.As(err, &faults) || len(faults) < 6 {
		t.Fatalf("want at least 6 faults, got %v", err)
	}
	if faults[0].File != "a.yaml" || faults[len(faults)-1].File != "x.yaml" {
		t.Errorf("not in the order of the files:\n%v", err)
	}
}

func TestMissingPhrase(t *testing.T) {
	t.Parallel()
	f := folder(t, map[string]string{"x.yaml": "  - {id: a, say: Hello.}\n"})
	f["phrases.yaml"] = &fstest.MapFile{Data: []byte("format: 1\nlanguage: en\nphrases:\n  help: Help.\n")}
	if _, err := dialogs.Load(f); err == nil || !strings.Contains(err.Error(), `the phrase "distress" is missing`) {
		t.Fatalf("want the missing phrase, got %v", err)
	}
	delete(f, "phrases.yaml")
	if _, err := dialogs.Load(f); err == nil || !strings.Contains(err.Error(), "phrases.yaml: this file is missing") {
		t.Fatalf("want the missing file, got %v", err)
	}
}

// The blob opens to the same edition; another word is another edition.
func TestSource(t *testing.T) {
	t.Parallel()
	e := examples(t)
	again, err := dialogs.Open(e.Source())
	if err != nil {
		t.Fatal(err)
	}
	if again.ID() != e.ID() || len(e.ID()) != 24 {
		t.Errorf("ids %q and %q", e.ID(), again.ID())
	}
	if len(again.Scripts()) != len(e.Scripts()) {
		t.Errorf("%d scripts became %d", len(e.Scripts()), len(again.Scripts()))
	}
	other := folder(t, map[string]string{"x.yaml": "  - {id: a, say: Hello.}\n"})
	one, err := dialogs.Load(other)
	if err != nil {
		t.Fatal(err)
	}
	other["x.yaml"].Data = []byte(strings.Replace(string(other["x.yaml"].Data), "Hello.", "Hallo.", 1))
	two, err := dialogs.Load(other)
	if err != nil {
		t.Fatal(err)
	}
	if one.ID() == two.ID() {
		t.Error("a changed word did not change the id")
	}
	if _, err := dialogs.Open([]byte("not an edition")); err == nil {
		t.Error("opened what is no edition")
	}
}
