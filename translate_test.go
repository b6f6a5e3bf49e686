package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// translatable is a folder with one script and the phrases that ship.
func translatable(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	phrases, err := os.ReadFile("dialogs/checkins/phrases.yaml")
	if err != nil {
		t.Fatal(err)
	}
	script := `script: x
format: 1
language: en
about: A test.
vars: {n: number}
steps:
  - {id: a, ask: scale, say: "From 0 to 10, how was it, {worker}?", keep: n, skip: end}
  - {id: b, say: "You picked {n}."}
`
	for name, text := range map[string]string{"phrases.yaml": string(phrases), "x.yaml": script} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

var emptyText = regexp.MustCompile(`(?m)^(msgctxt ".*"\nmsgid )((?:".*"\n)+)msgstr ""\n`)

// A translator gets a file with every text, fills it in, and it is taken; what
// they forgot is named with file and line; and when the English changes, only
// the changed line comes back.
func TestTranslate(t *testing.T) {
	t.Parallel()
	folder := translatable(t)
	file := filepath.Join(t.TempDir(), "pl.po")
	code, _, err := onestep(t, "", "translate", "export", "pl", "--scripts", folder, "-o", file)
	if code != done || !strings.Contains(err, "texts: ") {
		t.Fatalf("export: exit code %d, %q", code, err)
	}
	exported, e := os.ReadFile(file)
	if e != nil {
		t.Fatal(e)
	}
	for _, want := range []string{
		"#. A question (x.yaml, step a); it is answered with a number from 0 to 10.\n#. {worker} is the first name of the link worker.\nmsgctxt \"x/a\"\n",
		"#. {n} is a number, in digits.\nmsgctxt \"x/b\"\n", "\"X-Checked-By: \\n\"\n", "msgctxt \"signposts/wales.crisis\"\n",
	} {
		if !strings.Contains(string(exported), want) {
			t.Errorf("the file for translators does not hold %q", want)
		}
	}
	if code, out, err := onestep(t, "", "translate", "import", file, "--scripts", folder); code != failed || !strings.Contains(out, file+":") || !strings.Contains(out, "x/a is not translated: msgstr is empty") || !strings.Contains(err, "faults in "+file) {
		t.Errorf("an empty file: exit code %d, out %.200q, err %q", code, out, err)
	}

	filled := emptyText.ReplaceAllString(string(exported), "${1}${2}msgstr ${2}")
	write := func(text string) {
		t.Helper()
		if e := os.WriteFile(file, []byte(text), 0o600); e != nil {
			t.Fatal(e)
		}
	}
	lost := strings.Replace(filled, `msgstr "You picked {n}."`, `msgstr "Wybrano."`, 1)
	write(lost)
	line := 1 + strings.Count(lost[:strings.Index(lost, `msgstr "Wybrano."`)], "\n")
	if code, out, _ := onestep(t, "", "translate", "import", file, "--scripts", folder); code != failed || strings.TrimSpace(out) != fmt.Sprintf("%s:%d:1: x/b: {n} is lost; the English puts it in", file, line) {
		t.Errorf("a lost name: exit code %d, out %q", code, out)
	}
	write(strings.Replace(filled, `msgstr "You picked {n}."`, `msgstr "Wybrano {n}."`, 1))
	if code, out, err := onestep(t, "", "translate", "import", file, "--scripts", folder); code != done || !strings.Contains(out, "is complete, and stands in "+filepath.Join(folder, "pl.po")) {
		t.Fatalf("a complete file: exit code %d, out %q, err %q", code, out, err)
	}
	if code, out, err := onestep(t, "5\n", "chat", filepath.Join(folder, "x.yaml"), "--language", "pl", "--today", "2026-03-04"); code != done || !strings.Contains(out, "Wybrano 5.") {
		t.Errorf("chat: exit code %d, out %q, err %q", code, out, err)
	}
	if _, out, _ := onestep(t, "", "lint", folder); !strings.Contains(out, "(pl.po) has not been checked by a native speaker") {
		t.Errorf("lint does not say that nobody has checked it: %s", out)
	}

	// The English changes: the old words come back marked, and it is refused
	// until somebody has looked.
	script := filepath.Join(folder, "x.yaml")
	source, e := os.ReadFile(script)
	if e != nil {
		t.Fatal(e)
	}
	if e := os.WriteFile(script, []byte(strings.Replace(string(source), "You picked", "You took", 1)), 0o600); e != nil {
		t.Fatal(e)
	}
	if code, out, _ := onestep(t, "", "lint", folder); code != failed || !strings.Contains(out, `pl.po`) || !strings.Contains(out, `The English has changed and now says "You took {n}."`) && !strings.Contains(out, `the English has changed and now says "You took {n}."`) {
		t.Errorf("stale words: exit code %d, out %q", code, out)
	}
	if code, _, err := onestep(t, "", "translate", "export", "pl", "--scripts", folder, "-o", file); code != done || !strings.Contains(err, "0 are to be translated, 1 to be looked at again") {
		t.Errorf("a second export: exit code %d, err %q", code, err)
	}
	again, e := os.ReadFile(file)
	if e != nil || !strings.Contains(string(again), "#, fuzzy\n#| msgid \"\"\n#| \"You picked {n}.\"\nmsgctxt \"x/b\"\nmsgid \"You took {n}.\"\nmsgstr \"Wybrano {n}.\"\n") {
		t.Errorf("the changed line is not marked: %v", e)
	}
	if code, out, _ := onestep(t, "", "translate", "import", file, "--scripts", folder); code != failed || !strings.Contains(out, "x/b is marked fuzzy") {
		t.Errorf("a fuzzy file: exit code %d, out %q", code, out)
	}
	write(strings.Replace(string(again), "#, fuzzy\n", "", 1))
	if code, out, _ := onestep(t, "", "translate", "import", file, "--scripts", folder); code != done {
		t.Errorf("looked at: exit code %d, out %q", code, out)
	}
}

// What cannot be done is said in a sentence.
func TestTranslateRefuses(t *testing.T) {
	t.Parallel()
	folder := translatable(t)
	for _, args := range [][]string{
		{"translate", "export", "en", "--scripts", folder},
		{"translate", "export", "not a language", "--scripts", folder},
	} {
		if code, _, err := onestep(t, "", args...); code != failed || !strings.Contains(err, "is no language to translate to") {
			t.Errorf("%q: exit code %d, err %q", args, code, err)
		}
	}
	file := filepath.Join(t.TempDir(), "pl.po")
	if e := os.WriteFile(file, []byte("Dear translator,\n"), 0o600); e != nil {
		t.Fatal(e)
	}
	if code, out, _ := onestep(t, "", "translate", "import", file); code != failed || !strings.Contains(out, file+":1:1: this is no line of a PO file") {
		t.Errorf("something else than a PO file: exit code %d, out %q", code, out)
	}
}
