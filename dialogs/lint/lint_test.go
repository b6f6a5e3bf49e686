package lint_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"onestep/dialogs"
	"onestep/dialogs/checkins"
	"onestep/dialogs/lint"
)

// edition compiles one script x of these steps, with the example facts and
// phrases. A first line "#checkin: true" goes to the script's head.
func edition(t *testing.T, steps string) *dialogs.Edition {
	t.Helper()
	files := fstest.MapFS{"extra.yaml": {Data: []byte("script: extra\nformat: 1\nlanguage: en\nabout: A second check-in.\ncheckin: true\nsteps:\n  - {id: z, end: true}\n")}}
	for _, name := range []string{"facts.yaml", "phrases.yaml"} {
		source, err := os.ReadFile("../testdata/scripts/" + name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: source}
	}
	head := "script: x\nformat: 1\nlanguage: en\nabout: A test.\nvars: {n: number, w: text, d: date, y: yesno}\n"
	if strings.HasPrefix(steps, "#") {
		line, rest, _ := strings.Cut(steps, "\n")
		head, steps = head+line[1:]+"\n", rest
	} else {
		delete(files, "extra.yaml")
	}
	files["x.yaml"] = &fstest.MapFile{Data: []byte(head + "steps:\n" + steps)}
	if strings.Contains(steps, "#cy ") {
		files["cy.po"] = &fstest.MapFile{Data: translation(t, files, steps)}
	}
	e, err := dialogs.Load(files)
	if err != nil {
		t.Fatalf("%v\n%s", err, files["x.yaml"].Data)
	}
	return e
}

// translation is a Welsh file in which all stands in English, but for the lines
// "#cy CONTEXT: WORDS" of a case.
func translation(t *testing.T, files fstest.MapFS, steps string) []byte {
	t.Helper()
	original, err := dialogs.LoadOriginals(files)
	if err != nil {
		t.Fatal(err)
	}
	file, _, err := original.ExportTranslation("cy", nil)
	if err != nil {
		t.Fatal(err)
	}
	po := regexp.MustCompile(`(?m)^(msgctxt .*\nmsgid )((?:".*"\n)+)msgstr ""\n`).ReplaceAllString(string(file), "${1}${2}msgstr ${2}")
	for _, m := range regexp.MustCompile(`(?m)^#cy (\S+): (.*)$`).FindAllStringSubmatch(steps, -1) {
		entry := regexp.MustCompile(`(msgctxt "` + regexp.QuoteMeta(m[1]) + `"\nmsgid (?:".*"\n)+msgstr )(?:".*"\n)+`)
		if !entry.MatchString(po) {
			t.Fatalf("there is no text %s", m[1])
		}
		po = entry.ReplaceAllString(po, "${1}\""+strings.ReplaceAll(m[2], "$", "$$")+"\"\n")
	}
	return []byte(po)
}

// Every rule finds each fault that is seeded for it: testdata/faults has a
// file for each rule, with at least two scripts that break it.
func TestFaults(t *testing.T) {
	t.Parallel()
	ids := []string{lint.WaiverRule}
	for _, r := range lint.Rules() {
		ids = append(ids, r.ID)
	}
	all := 0
	for _, id := range ids {
		source, err := os.ReadFile(filepath.Join("testdata", "faults", id+".yaml"))
		if err != nil {
			t.Errorf("no faults are seeded for %s: %v", id, err)
			continue
		}
		cases := strings.Split(string(source), "---\n")
		if all += len(cases); len(cases) < 2 {
			t.Errorf("%s: %d faults, want two or more", id, len(cases))
		}
		for i, steps := range cases {
			found := lint.Check(edition(t, steps)).Findings
			at := slices.IndexFunc(found, func(f lint.Finding) bool { return f.Rule == id })
			if at < 0 {
				t.Errorf("%s: fault %d is not found, but %v:\n%s", id, i+1, rules(found), steps)
				continue
			}
			if f := found[at]; f.File != "x.yaml" && f.File != "extra.yaml" && f.File != "cy.po" || f.Line < 1 || f.Column < 1 || f.Message == "" || f.Why == "" {
				t.Errorf("%s: fault %d is found incompletely: %+v", id, i+1, f)
			}
		}
	}
	if all < 60 {
		t.Errorf("%d seeded faults, want 60 or more", all)
	}
	if files, err := filepath.Glob("testdata/faults/*.yaml"); err != nil || len(files) != len(ids) {
		t.Errorf("%d files of faults for %d rules: %v", len(files), len(ids), err)
	}
}

func rules(found []lint.Finding) []string {
	var list []string
	for _, f := range found {
		list = append(list, f.Rule)
	}
	return list
}

// No rule about words takes an innocent line for a fault.
func TestInnocent(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("testdata/innocent.txt")
	if err != nil {
		t.Fatal(err)
	}
	aboutWords := []string{"one-question", "unheard-question", "asks-something", "fits", "length", "sentence", "advice", "blame", "pressure",
		"minimising", "diagnosis", "jargon", "why-question", "empty-praise", "exclamation", "emoji", "readability"}
	n := 0
	for line := range strings.Lines(string(source)) {
		line = strings.TrimSpace(line)
		if strings.HasPrefix(line, "#") || line == "" {
			continue
		}
		n++
		verb := "say: \"" + line + "\", tags: [structure]"
		if strings.HasSuffix(line, "?") || strings.HasPrefix(line, "Tell me") {
			verb = "ask: text, say: \"" + line + "\", tags: [open-question]"
			if word, _, _ := strings.Cut(line, " "); slices.Contains([]string{"Is", "Would", "Do"}, word) {
				verb = strings.Replace(verb, "ask: text", "ask: yesno", 1)
			}
		}
		for _, f := range lint.Check(edition(t, "  - {id: a, "+verb+"}\n")).Findings {
			if slices.Contains(aboutWords, f.Rule) {
				t.Errorf("%q is taken for %s: %s", line, f.Rule, f.Message)
			}
		}
	}
	if n < 60 {
		t.Errorf("%d innocent lines, want 60 or more", n)
	}
}

// The check-ins that ship keep every rule, or say why not.
func TestCheckins(t *testing.T) {
	t.Parallel()
	e, err := checkins.Current()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range lint.Check(e).Findings {
		t.Errorf("%s:%d:%d: %s: %s", f.File, f.Line, f.Column, f.Rule, f.Message)
	}
}

// A finding stands where its words stand.
func TestPlaces(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		steps        string
		line, column int
	}{
		"plain":  {"  - id: a\n    say: Hello. You should rest.\n    tags: [structure]\n", 8, 17},
		"quoted": {"  - id: a\n    say: \"Hello. You should rest.\"\n    tags: [structure]\n", 8, 18},
		"block":  {"  - id: a\n    say: |-\n      Hello.\n      Then you should rest.\n    tags: [structure]\n", 10, 12},
		"flow":   {"  - {id: a, say: You should rest., tags: [structure]}\n", 7, 18},
		"repair": {"  - id: a\n    ask: text\n    say: What helped?\n    again: You should write.\n    tags: [ears]\n", 10, 12},
	} {
		found := lint.Check(edition(t, c.steps)).Findings
		i := slices.IndexFunc(found, func(f lint.Finding) bool { return f.Rule == "advice" })
		if i < 0 || found[i].Line != c.line || found[i].Column != c.column {
			t.Errorf("%s: want advice at %d:%d in %+v", name, c.line, c.column, found)
		}
	}
}

// A rule is off where the script says so with a reason, and nowhere else.
func TestWaivers(t *testing.T) {
	t.Parallel()
	steps := "  - {id: a, say: You should rest., tags: [structure], lint: {off: advice, because: The nurse said so.}}\n  - {id: b, say: You should rest., tags: [structure]}\n"
	r := lint.Check(edition(t, steps))
	if len(r.Waived) != 1 || r.Waived[0].Step != "a" || r.Waived[0].Because != "The nurse said so." {
		t.Errorf("waived: %+v", r.Waived)
	}
	if len(r.Findings) != 1 || r.Findings[0].Step != "b" {
		t.Errorf("findings: %+v", r.Findings)
	}
	r = lint.Check(edition(t, "#lint: {off: advice, because: A test.}\n"+steps))
	for _, f := range r.Findings {
		if f.Rule == "advice" || f.Rule == lint.WaiverRule {
			t.Errorf("off for the script, and still found: %+v", f)
		}
	}
}

// Checking changes nothing and finds the same each time.
func TestSame(t *testing.T) {
	t.Parallel()
	e := edition(t, "  - {id: a, say: You should rest. You must go., tags: [m1]}\n")
	a, b := lint.Check(e), lint.Check(e)
	if !slices.Equal(a.Findings, b.Findings) || len(a.Findings) < 3 {
		t.Errorf("%+v\n%+v", a.Findings, b.Findings)
	}
}

func BenchmarkCheck(b *testing.B) {
	e, err := checkins.Current()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		lint.Check(e)
	}
}
