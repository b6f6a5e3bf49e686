package lint_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"onestep/dialogs"
	"onestep/dialogs/checkins"
	"onestep/dialogs/lint"
)

// versions loads scripts, each with its head and its steps, beside the facts
// and phrases that ship.
func versions(t *testing.T, scripts map[string]string) *dialogs.Edition {
	t.Helper()
	files := fstest.MapFS{}
	for _, name := range []string{"facts.yaml", "phrases.yaml"} {
		source, err := os.ReadFile("../checkins/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: source}
	}
	for name, rest := range scripts {
		files[name+".yaml"] = &fstest.MapFile{Data: []byte("script: " + name + "\nformat: 1\nlanguage: en\nabout: A test.\nvars: {n: number, w: text, v: text}\n" + rest)}
	}
	e, err := dialogs.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

const older = `steps:
  - {id: hello, say: Hello.}
  - {id: number, ask: scale, say: "How much?", keep: n, skip: words}
  - {id: about, say: "You said {n}."}
  - {id: words, ask: text, say: "What helped?", keep: w, skip: deep}
  - {id: deep, call: y}
  - {id: last, ask: yesno, say: "Is that all?"}
`

const olderDeep = "steps:\n  - {id: q, ask: text, say: \"And?\"}\n"

// Faults of mappings, each with the rule that finds it, its place, and what it
// says.
func TestAgainstFindsWhatAMappingForgot(t *testing.T) {
	t.Parallel()
	old := versions(t, map[string]string{"x": older, "y": olderDeep})
	with := func(head string, changes ...string) string {
		return head + strings.NewReplacer(changes...).Replace(older)
	}
	for name, c := range map[string]struct {
		x, y    string
		want    []string // rule at line:column, and words of the message
		summary string
	}{
		"untouched":             {older, olderDeep, nil, "5 stay on the step of that name, 0 move to another name, 0 are dropped and go on elsewhere, 0 stay on the older words, 0 have no place"},
		"edited and pinned":     {with("", "Hello.", "Hi."), olderDeep, nil, "1 stay on the step of that name, 0 move to another name, 0 are dropped and go on elsewhere, 4 stay on the older words, 0 have no place"},
		"renamed":               {with("renamed: {number: score}\n", "id: number", "id: score"), olderDeep, nil, "4 stay on the step of that name, 1 move to another name, 0 are dropped"},
		"dropped":               {with("dropped: {last: end}\n", "  - {id: last, ask: yesno, say: \"Is that all?\"}\n", ""), olderDeep, nil, "4 stay on the step of that name, 0 move to another name, 1 are dropped"},
		"gone":                  {with("renamed: {}\n", "id: number", "id: score"), olderDeep, []string{`6:1 place-gone "number" of the older script (line 8)`}, "1 have no place"},
		"gone by a slip":        {with("renamed: {nunber: score}\n", "id: number", "id: score"), olderDeep, []string{`6:1 place-gone add renamed: {number: ...}`}, "1 have no place"},
		"two gone":              {with("dropped: {}\n", "id: number", "id: score", "id: last", "id: final"), olderDeep, []string{`6:1 place-gone "last"`, `6:1 place-gone "number"`}, "2 have no place"},
		"a gone call":           {with("renamed: {number: score}\n", "id: number", "id: score", "id: deep", "id: deeper", "skip: deep", "skip: deeper"), olderDeep, []string{`6:1 place-gone "deep"`}, "1 have no place"},
		"another kind":          {with("renamed: {}\n", "ask: yesno", "ask: text"), olderDeep, []string{`13:5 place-kind older script (line 12): ask: yesno`}, "1 have no place"},
		"no question any more":  {with("renamed: {words: note}\n", `id: words, ask: text, say: "What helped?", keep: w, skip: deep`, "id: note, say: Thank you.", "skip: words", "skip: note"), olderDeep, []string{`11:5 place-kind ask: text`}, "1 have no place"},
		"another script called": {with("renamed: {}\n", "call: y", "call: z"), olderDeep, []string{`12:5 place-kind call: y`}, "1 have no place"},
		"a new variable needed": {with("renamed: {}\n", "  - {id: hello, say: Hello.}\n", "  - {id: hello, ask: text, say: \"Who?\", keep: v, skip: end}\n", "Is that all?", "Is that all, {v}?"), olderDeep,
			[]string{`9:5 place-unset {v}`, `11:5 place-unset {v}`, `12:5 place-unset {v}`, `13:5 place-unset {v}`}, "4 have no place"},
		"needed where a dropped one leads": {with("dropped: {number: about}\n", "  - {id: number, ask: scale, say: \"How much?\", keep: n, skip: words}\n", "  - {id: score, ask: scale, say: \"How much?\", keep: n, skip: words}\n"), olderDeep,
			[]string{`10:5 place-unset {n} is used, which is not always set`}, "1 have no place"},
		"a fact in the question":  {with("renamed: {}\n", "Is that all?", "Is that all for {best_hopes}?"), olderDeep, []string{`13:5 place-unset {best_hopes}`}, "1 have no place"},
		"a called one that moves": {with("", "Hello.", "Hi."), "renamed: {q: p}\nsteps:\n  - {id: p, ask: text, say: \"And now?\"}\n", nil, "0 stay on the step of that name, 1 move to another name"},
	} {
		now := versions(t, map[string]string{"x": c.x, "y": c.y, "z": olderDeep})
		report := lint.Against(now, old)
		if !strings.Contains(report.Places.Summary(), c.summary) {
			t.Errorf("%s: %s", name, report.Places.Summary())
		}
		if len(report.Findings) != len(c.want) {
			t.Errorf("%s: %d findings, want %d: %+v", name, len(report.Findings), len(c.want), report.Findings)
			continue
		}
		for i, f := range report.Findings {
			at, rest, _ := strings.Cut(c.want[i], " ")
			rule, words, _ := strings.Cut(rest, " ")
			var line, column int
			if _, err := fmt.Sscanf(at, "%d:%d", &line, &column); err != nil {
				t.Fatal(err)
			}
			if f.File != "x.yaml" || f.Line != line || f.Column != column || f.Rule != rule || !strings.Contains(f.Message, words) || f.Why == "" || f.Script != "x" || f.Step == "" {
				t.Errorf("%s: got %+v, want %s", name, f, c.want[i])
			}
		}
	}
}

// A script that is gone keeps its sessions on its words.
func TestAgainstAScriptThatIsNoMore(t *testing.T) {
	t.Parallel()
	report := lint.Against(versions(t, map[string]string{"y": olderDeep}), versions(t, map[string]string{"x": older, "y": olderDeep}))
	if len(report.Findings) != 0 || !strings.Contains(report.Places.Summary(), "4 stay on the older words") {
		t.Errorf("%v, %s", report.Findings, report.Places.Summary())
	}
}

// Against the very same scripts nothing moves, and every question and call of
// the check-ins that ship is looked at.
func TestAgainstThemselves(t *testing.T) {
	t.Parallel()
	e, err := checkins.Current()
	if err != nil {
		t.Fatal(err)
	}
	report, stands := lint.Against(e, e), 0
	for _, s := range e.Scripts() {
		for _, st := range s.Steps() {
			if st.Does == "ask" || st.Does == "call" {
				stands++
			}
		}
	}
	if len(report.Findings) != 0 || len(report.Places) != stands || stands < 100 {
		t.Errorf("%d places, want %d: %v", len(report.Places), stands, report.Findings)
	}
	var out bytes.Buffer
	var read struct {
		Summary string
		Places  []struct{ Script, Step, Fate, To string }
	}
	if err := report.JSON(&out); err != nil || json.Unmarshal(out.Bytes(), &read) != nil || len(read.Places) != stands || read.Summary == "" {
		t.Errorf("%v: %s", err, out.String())
	}
}
