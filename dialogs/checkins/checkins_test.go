package checkins_test

import (
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"onestep/dialogs"
	"onestep/dialogs/checkins"
	"onestep/dialogs/transcript"
)

var update = flag.Bool("update", false, "rewrite the transcripts with today's answers")

func current(t *testing.T) *dialogs.Edition {
	t.Helper()
	e, err := checkins.Current()
	if err != nil {
		t.Fatalf("the check-ins do not load:\n%v", err)
	}
	return e
}

// Every step of every check-in and every branch, with each skip, each reply that
// stays unclear and each silence, is reached by a conversation in testdata.
func TestTranscripts(t *testing.T) {
	t.Parallel()
	e := current(t)
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
	for _, missing := range r.Coverage.Of(e).Missing {
		t.Errorf("no transcript reaches %s", missing)
	}
}

// What the folder holds is what the program carries: a translation that is
// not embedded would never be spoken.
func TestEverythingIsEmbedded(t *testing.T) {
	t.Parallel()
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	embedded, err := fs.Glob(checkins.Files, "*")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		name := entry.Name()
		if strings.HasSuffix(name, ".go") || entry.IsDir() {
			continue
		}
		if !slices.Contains(embedded, name) {
			t.Errorf("%s is not embedded: add it to go:embed", name)
		}
	}
}
