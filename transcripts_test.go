package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestTranscripts(t *testing.T) {
	t.Parallel()
	const script = "dialogs/testdata/scripts"
	folder := t.TempDir()
	path := filepath.Join(folder, "weekly.txt")
	written := "clock: 2026-03-02 10:00 Europe/London\n\nbegin weekly\npatient: 7\n"
	if err := os.WriteFile(path, []byte(written), 0o600); err != nil {
		t.Fatal(err)
	}
	// Nothing is written below what happens yet, so that all of it differs.
	code, out, err := onestep(t, "", "test", "--scripts", script, folder)
	if code != failed || !strings.HasPrefix(out, path+":") || !regexp.MustCompile(`^onestep: 2 answers are no longer as written`).MatchString(err) {
		t.Errorf("exit code %d, out %q, err %q", code, out, err)
	}
	// Today's answers are taken, and then it plays.
	if code, _, err := onestep(t, "", "test", "--update", "--scripts", script, path); code != done {
		t.Errorf("exit code %d, err %q", code, err)
	}
	code, out, err = onestep(t, "", "test", "--scripts", script, folder)
	if code != done || err != "" || out != "1 transcript plays as written\n" {
		t.Errorf("exit code %d, out %q, err %q", code, out, err)
	}
	// A script that says something else is noticed.
	changed := copyScripts(t, [3]string{"weekly.yaml", "Where are things today?", "How is it today?"})
	code, out, err = onestep(t, "", "test", "--scripts", changed, folder)
	if code != failed || !strings.Contains(out, "Where are things today?") || !strings.Contains(out, "How is it today?") || !strings.Contains(err, "no longer as written") {
		t.Errorf("exit code %d, out %q, err %q", code, out, err)
	}
	broken := copyScripts(t, [3]string{"weekly.yaml", "\nsteps:", "\nbanana: 1\nsteps:"})
	if code, _, err := onestep(t, "", "test", "--scripts", broken, folder); code != failed || !strings.Contains(err, "the scripts cannot be played:\nweekly.yaml:") {
		t.Errorf("exit code %d, err %q", code, err)
	}

	// Without --scripts, those that belong to the transcript are found: above
	// it, and beside it.
	above := filepath.Join(changed, "testdata")
	if err := os.CopyFS(above, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	if code, out, _ := onestep(t, "", "test", above); code != failed || !strings.Contains(out, "How is it today?") {
		t.Errorf("scripts above: exit code %d, out %q", code, out)
	}
	if code, out, _ := onestep(t, "", "test", changed); code != failed || !strings.Contains(out, "How is it today?") {
		t.Errorf("a folder of scripts: exit code %d, out %q", code, out)
	}
	if err := os.CopyFS(filepath.Join(folder, "scripts"), os.DirFS(script)); err != nil {
		t.Fatal(err)
	}
	if code, out, err := onestep(t, "", "test", folder, filepath.Join(folder, "weekly.txt")); code != done || out != "2 transcripts play as written\n" {
		t.Errorf("scripts beside: exit code %d, out %q, err %q", code, out, err)
	}

	for _, c := range []struct{ args, err string }{
		{"/nowhere.txt", "there is no transcript at /nowhere.txt (no such file or directory)"},
		{t.TempDir(), "there are no transcripts (*.txt) in "},
	} {
		if code, _, err := onestep(t, "", "test", "--scripts", script, c.args); code != failed || !strings.Contains(err, c.err) {
			t.Errorf("%s: exit code %d, err %q", c.args, code, err)
		}
	}
}

// The transcripts alone reach every step and every branch of the check-ins.
func TestCoverage(t *testing.T) {
	t.Parallel()
	code, out, err := onestep(t, "", "test", "--coverage", "dialogs/checkins/testdata")
	reached := regexp.MustCompile(`(?m)^steps (\d+)/(\d+), branches (\d+)/(\d+)$`).FindStringSubmatch(out)
	if code != done || err != "" || len(reached) == 0 || reached[1] != reached[2] || reached[3] != reached[4] {
		t.Errorf("exit code %d, err %q, out %q", code, err, out)
	}
	// One transcript alone leaves gaps, which are named.
	code, out, _ = onestep(t, "", "test", "--coverage", "dialogs/checkins/testdata/weekly-up.txt", "--scripts", "dialogs/checkins")
	if code != done || !strings.Contains(out, "Gap: nothing reaches closing/hello.") {
		t.Errorf("exit code %d, out %q", code, out)
	}
}

// Walks find what breaks a promise.
func TestWalks(t *testing.T) {
	t.Parallel()
	code, out, err := onestep(t, "", "test", "--coverage", "--walks", "60", "dialogs/checkins/testdata")
	if code != done || err != "" || !regexp.MustCompile(`(?m)^\d+ walks$\n^steps (\d+)/(\d+), branches (\d+)/(\d+)$`).MatchString(out) || strings.Contains(out, "Gap:") {
		t.Errorf("exit code %d, err %q, out %q", code, err, out)
	}
	// A dialog that nothing ends is caught, and the walk is kept as a transcript
	// that can be played.
	kept := t.TempDir()
	folder := copyCheckins(t, "weekly.yaml", "timeout: {after: 120h, go: unanswered}", "")
	change(t, folder, "weekly.yaml", "  - id: unanswered\n    call: unanswered\n", "")
	code, out, err = onestep(t, "", "test", "--walks", "60", "--keep", kept, "--scripts", folder, "dialogs/checkins/testdata/pause.txt")
	if code != failed || !strings.Contains(out, "still open after 672h0m0s of silence") || !strings.Contains(err, "broke a promise") {
		t.Errorf("a dialog without an end: exit code %d, err %q, out %q", code, err, out)
	}
	walks, e := filepath.Glob(filepath.Join(kept, "walk-*.txt"))
	if e != nil || len(walks) == 0 {
		t.Fatal("no walk was kept")
	}
	if code, out, _ := onestep(t, "", "test", "--scripts", folder, walks[0]); code != done {
		t.Errorf("a kept walk does not play: %s", out)
	}
}

// A transcript in which nothing happens shows nothing.
func TestAnEmptyTranscriptIsRefused(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "empty.txt")
	if err := os.WriteFile(file, []byte("\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out, err := onestep(t, "", "test", file); code != failed || out != "" || !strings.Contains(err, file+" is empty") {
		t.Errorf("exit code %d, out %q, err %q", code, out, err)
	}
}
