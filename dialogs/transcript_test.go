package dialogs_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onestep/dialogs"
	"onestep/dialogs/transcript"
)

var update = flag.Bool("update", false, "rewrite the transcripts with today's answers")

func examples(t testing.TB) *dialogs.Edition {
	t.Helper()
	e, err := dialogs.Load(os.DirFS("testdata/scripts"))
	if err != nil {
		t.Fatalf("the example scripts do not load:\n%v", err)
	}
	return e
}

// Every feature of the language has a conversation in testdata.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	e := examples(t)
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	r, err := transcript.Files(e, files, *update)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range r.Mismatches {
		t.Error(m)
	}
	missing := r.Coverage.Of(e).Missing
	for _, s := range e.Scripts() {
		for _, step := range s.Steps() {
			if path := s.Name() + "/" + step.ID; slices.Contains(missing, path) {
				t.Errorf("no transcript reaches %s", path)
			}
		}
	}
}

// A transcript that does not fit says where, what was written and what is.
func TestMismatch(t *testing.T) {
	t.Parallel()
	r, err := transcript.Run(examples(t), "made-up.txt", []byte("begin words\n  says Something else.\n"))
	if err != nil || len(r.Mismatches) != 1 {
		t.Fatalf("want one mismatch, got %v, %v", r.Mismatches, err)
	}
	got := r.Mismatches[0].String()
	for _, want := range []string{"made-up.txt:2:", "written:", "Something else.", "now:"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is missing in:\n%s", want, got)
		}
	}
	if _, err := transcript.Run(examples(t), "made-up.txt", []byte("shout hello\n")); err == nil || !strings.Contains(err.Error(), "made-up.txt:1:") {
		t.Errorf("an unknown line should be refused with its place, got %v", err)
	}
}
