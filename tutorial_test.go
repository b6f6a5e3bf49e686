package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"onestep/dialogs/checkins"
)

// block is the fenced text after a mark of the tutorial.
func block(t *testing.T, tutorial, mark string) string {
	t.Helper()
	_, rest, ok := strings.Cut(tutorial, "<!-- "+mark+" -->")
	_, rest, fence := strings.Cut(rest, "\n```")
	_, rest, head := strings.Cut(rest, "\n")
	text, _, end := strings.Cut(rest, "\n```")
	if !ok || !fence || !head || !end {
		t.Fatalf("the tutorial has no block %q", mark)
	}
	return text + "\n"
}

// Whoever follows docs/writing-check-ins.md gets what it says: findings for
// the first try, none for the second, a chat, a picture and a transcript.
func TestTutorial(t *testing.T) {
	t.Parallel()
	source, err := os.ReadFile("docs/writing-check-ins.md")
	if err != nil {
		t.Fatal(err)
	}
	tutorial := string(source)
	folder := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(folder, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, name := range []string{"phrases.yaml", "facts.yaml"} {
		text, err := checkins.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		write(name, string(text))
	}

	script := write("good-thing.yaml", block(t, tutorial, "first"))
	code, out, _ := onestep(t, "", "lint", folder)
	var found []string
	for _, m := range regexp.MustCompile(`(?m)^\S+: ([a-z-]+): `).FindAllStringSubmatch(out, -1) {
		found = append(found, m[1])
	}
	says := regexp.MustCompile(`<!-- says ([a-z -]+) -->`).FindStringSubmatch(tutorial)
	if says == nil {
		t.Fatal("the tutorial does not say what lint finds")
	}
	want := strings.Fields(says[1])
	slices.Sort(found)
	slices.Sort(want)
	if code != failed || !slices.Equal(found, want) {
		t.Errorf("the first try: exit code %d, found %q, the tutorial says %q", code, found, want)
	}

	write("good-thing.yaml", block(t, tutorial, "file good-thing.yaml"))
	if code, out, err := onestep(t, "", "lint", folder); code != done || !strings.HasSuffix(out, ": 1 script, nothing to mend\n") {
		t.Errorf("lint: exit code %d, out %q, err %q", code, out, err)
	}
	if code, out, err := onestep(t, "", "lint", "--coverage", folder); code != done || !strings.Contains(out, "good-thing 3") {
		t.Errorf("coverage: exit code %d, out %q, err %q", code, out, err)
	}
	if code, out, err := onestep(t, "", "graph", script, "--format", "svg"); code != done || !strings.HasPrefix(out, "<svg ") {
		t.Errorf("graph: exit code %d, out %.80q, err %q", code, out, err)
	}
	if code, out, err := onestep(t, "My sister came by\nI had asked her\nI would be up before ten\n", "chat", script, "--today", "2026-03-04"); code != done || !strings.Contains(out, "That is all for today.") {
		t.Errorf("chat: exit code %d, out %q, err %q", code, out, err)
	}
	file := write("testdata/good-thing.txt", block(t, tutorial, "transcript good-thing.txt"))
	if code, _, err := onestep(t, "", "test", "--update", filepath.Dir(file)); code != done {
		t.Errorf("test --update: exit code %d, err %q", code, err)
	}
	written, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(written), "“My sister came by”") {
		t.Errorf("the transcript: %v\n%s", err, written)
	}
	if code, out, err := onestep(t, "", "test", filepath.Dir(file)); code != done {
		t.Errorf("test: exit code %d, out %q, err %q", code, out, err)
	}
}
