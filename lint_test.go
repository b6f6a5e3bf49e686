package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// scripts copies the scripts that the dialogs are tested with, changed as told:
// file, what stands there, what is to stand there.
func copyScripts(t *testing.T, changes ...[3]string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("dialogs/testdata/scripts")); err != nil {
		t.Fatal(err)
	}
	for _, c := range changes {
		path := filepath.Join(folder, c[0])
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(content), c[1]) {
			t.Fatalf("%s does not hold %q any more", c[0], c[1])
		}
		if err := os.WriteFile(path, []byte(strings.Replace(string(content), c[1], c[2], 1)), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func TestLint(t *testing.T) {
	t.Parallel()
	code, out, err := onestep(t, "", "lint")
	if code != done || err != "" || !regexp.MustCompile(`^the check-ins built in: \d+ scripts, nothing to mend\n$`).MatchString(out) {
		t.Errorf("the check-ins built in: exit code %d, out %q, err %q", code, out, err)
	}

	good := copyScripts(t)
	code, out, err = onestep(t, "", "lint", good)
	if code != done || err != "" || !strings.HasPrefix(out, good+": ") || !strings.HasSuffix(out, " scripts, nothing to mend\n") {
		t.Errorf("good scripts: exit code %d, out %q, err %q", code, out, err)
	}

	bad := copyScripts(t, [3]string{"weekly.yaml", "\nsteps:", "\nbanana: 1\nsteps:"}, [3]string{"visit.yaml", "\nsteps:", "\napple: 1\nsteps:"})
	code, out, err = onestep(t, "", "lint", good, bad)
	if code != failed || !strings.Contains(err, bad+": 2 faults to mend") {
		t.Errorf("bad scripts: exit code %d, err %q", code, err)
	}
	for _, pattern := range []string{`(?m)^` + regexp.QuoteMeta(bad) + `/visit\.yaml:\d+:1: .*apple`, `(?m)^` + regexp.QuoteMeta(bad) + `/weekly\.yaml:\d+:1: .*banana`} {
		if !regexp.MustCompile(pattern).MatchString(out) {
			t.Errorf("%s is missing from:\n%s", pattern, out)
		}
	}

	if code, _, err := onestep(t, "", "lint", "/nowhere"); code != notUnderstood || !strings.Contains(err, "/nowhere") {
		t.Errorf("no such folder: exit code %d, err %q", code, err)
	}
}
