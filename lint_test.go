package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"onestep/dialogs/checkins"
	"onestep/dialogs/lint"
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

// copyCoping copies the coping check-in and what it needs, in English, with the
// official questions beside it, for which rules are switched off. The whole library
// takes the better part of ten seconds to look through with the race detector.
func copyCoping(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for _, name := range []string{"facts", "phrases", "coping", "offer-call", "wellbeing"} {
		content, err := checkins.Files.ReadFile(name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(folder, name+".yaml"), content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

// copyCheckins copies the check-ins built in, changed as told. A changed copy
// speaks English alone, since no translation belongs to its words.
func copyCheckins(t *testing.T, file, old, new string) string {
	t.Helper()
	folder := t.TempDir()
	if err := os.CopyFS(folder, checkins.Files); err != nil {
		t.Fatal(err)
	}
	if file == "" {
		return folder
	}
	english(t, folder)
	path := filepath.Join(folder, file)
	content, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(content), old) {
		t.Fatalf("%s does not hold %q any more: %v", file, old, err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(content), old, new, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder
}

func TestLint(t *testing.T) {
	t.Parallel()
	code, out, err := onestep(t, "", "lint")
	if code != done || err != "" || !regexp.MustCompile(`(?s)^Switched off, with the reason given:\n.*    Because: .*\nthe check-ins built in: \d+ scripts, nothing to mend\n$`).MatchString(out) {
		t.Errorf("the check-ins built in: exit code %d, out %q, err %q", code, out, err)
	}

	good := copyCoping(t)
	code, out, err = onestep(t, "", "lint", good)
	if code != done || err != "" || !strings.Contains(out, good+"/") || !strings.HasSuffix(out, " scripts, nothing to mend\n") {
		t.Errorf("good scripts: exit code %d, out %q, err %q", code, out, err)
	}

	// A folder inside the working folder is named from there.
	if code, out, _ := onestep(t, "", "lint", "dialogs/checkins"); code != done || !strings.Contains(out, "\ndialogs/checkins: ") {
		t.Errorf("from here: exit code %d, out %q", code, out)
	}

	// What does not load.
	bad := copyScripts(t, [3]string{"weekly.yaml", "\nsteps:", "\nbanana: 1\nsteps:"}, [3]string{"visit.yaml", "\nsteps:", "\napple: 1\nsteps:"})
	code, out, err = onestep(t, "", "lint", good, bad)
	if code != failed || !strings.Contains(err, bad+": 2 findings to mend") {
		t.Errorf("bad scripts: exit code %d, err %q", code, err)
	}
	for _, pattern := range []string{`(?m)^` + regexp.QuoteMeta(bad) + `/visit\.yaml:\d+:1: load: .*apple`, `(?m)^` + regexp.QuoteMeta(bad) + `/weekly\.yaml:\d+:1: load: .*banana`} {
		if !regexp.MustCompile(pattern).MatchString(out) {
			t.Errorf("%s is missing from:\n%s", pattern, out)
		}
	}

	if code, _, err := onestep(t, "", "lint", "/nowhere"); code != notUnderstood || !strings.Contains(err, "/nowhere") {
		t.Errorf("no such folder: exit code %d, err %q", code, err)
	}
}

// A line that tells people what to do is found at its place, in all outputs.
func TestLintFindings(t *testing.T) {
	t.Parallel()
	folder := copyCoping(t)
	change(t, folder, "coping.yaml", "say: You picked {coping}. What", "say: You should rest. You picked {coping}. What")
	at := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(folder) + `/coping\.yaml:\d+:10: advice: "You should" .*\n    Why: `)

	code, out, err := onestep(t, "", "lint", folder)
	if code != failed || err != "onestep: "+folder+": 1 finding to mend\n" || !at.MatchString(out) {
		t.Errorf("text: exit code %d, err %q, out %q", code, err, out)
	}

	code, out, _ = onestep(t, "", "lint", "--json", folder)
	var report struct {
		Findings []struct {
			Rule, File, Script, Step, Message, Why string
			Line, Column                           int
		}
		Waived []struct{ Rule, Because string }
	}
	if e := json.Unmarshal([]byte(out), &report); code != failed || e != nil || len(report.Findings) != 1 || len(report.Waived) == 0 {
		t.Fatalf("json: exit code %d, %v, out %q", code, e, out)
	}
	if f := report.Findings[0]; f.Rule != "advice" || f.File != filepath.Join(folder, "coping.yaml") || f.Script != "coping" || f.Step != "holding" || f.Line == 0 || f.Column != 10 || f.Why == "" {
		t.Errorf("json: %+v", f)
	}
	if report.Waived[0].Because == "" {
		t.Error("json: a waiver without its reason")
	}

	code, out, _ = onestep(t, "", "lint", "--sarif", folder)
	var sarif struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID       string
				Suppressions []struct{ Kind, Justification string }
				Locations    []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine, StartColumn int }
					}
				}
			}
		}
	}
	if e := json.Unmarshal([]byte(out), &sarif); code != failed || e != nil || sarif.Version != "2.1.0" || len(sarif.Runs) != 1 || len(sarif.Runs[0].Results) < 2 {
		t.Fatalf("sarif: exit code %d, %v, out %q", code, e, out)
	}
	known, open := map[string]bool{}, 0
	for _, r := range sarif.Runs[0].Tool.Driver.Rules {
		known[r.ID] = true
	}
	for _, r := range sarif.Runs[0].Results {
		if !known[r.RuleID] || r.Locations[0].PhysicalLocation.Region.StartLine < 1 || !strings.HasPrefix(r.Locations[0].PhysicalLocation.ArtifactLocation.URI, folder) {
			t.Errorf("sarif: %+v", r)
		}
		if len(r.Suppressions) == 0 {
			open++
		} else if r.Suppressions[0].Kind != "inSource" || r.Suppressions[0].Justification == "" {
			t.Errorf("sarif: %+v", r.Suppressions)
		}
	}
	if open != 1 {
		t.Errorf("sarif: %d findings are not suppressed, want 1", open)
	}
}

// The check-ins built in use every technique and every mechanism, and a
// library that lacks one is told which.
func TestLintCoverage(t *testing.T) {
	t.Parallel()
	code, out, err := onestep(t, "", "lint", "--coverage")
	if code != done || err != "" || !strings.HasSuffix(out, "\nmechanisms 9/9, techniques 24/24\n") || strings.Contains(out, "Gap:") {
		t.Errorf("exit code %d, err %q, out:\n%s", code, err, out)
	}
	code, out, _ = onestep(t, "", "lint", "--coverage", copyScripts(t))
	if code != done || !strings.Contains(out, "Gap: no line uses the technique ears.") || !strings.HasSuffix(out, "\nmechanisms 0/9, techniques 0/24\n") {
		t.Errorf("scripts without tags: exit code %d, out:\n%s", code, out)
	}
}

// The rubric can be read.
func TestLintRules(t *testing.T) {
	t.Parallel()
	code, out, _ := onestep(t, "", "lint", "--rules")
	for _, rule := range slices.Concat(lint.Rules(), lint.AgainstRules()) {
		if code != done || !strings.Contains(out, rule.ID+" ") || !strings.Contains(out, rule.Why) {
			t.Errorf("exit code %d; %s is missing from\n%s", code, rule.ID, out)
		}
	}
}

// Older scripts, and what becomes of those who are in the middle of them.
func TestLintAgainst(t *testing.T) {
	t.Parallel()
	const file, step = "low.yaml", "  - id: coping\n"
	older := copyCheckins(t, "", "", "")
	english(t, older)
	code, out, err := onestep(t, "", "lint", "--against", older, older)
	if code != done || err != "" || !regexp.MustCompile(`^\d+ steps where a session can stand: \d+ stay on the step of that name, 0 move to another name, 0 are dropped and go on elsewhere, 0 stay on the older words, 0 have no place\n.*nothing to mend\n$`).MatchString(out) {
		t.Errorf("the same scripts: exit code %d, out %q, err %q", code, out, err)
	}

	// The step has another name now, and the mapping forgot it.
	forgot := copyCheckins(t, file, step, "  - id: getting-by\n")
	change(t, forgot, file, "\nsteps:", "\nrenamed: {}\nsteps:")
	place := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(forgot) + `/low\.yaml:\d+:1: place-gone: A session can stand on "coping" .*\n    Why: `)
	code, out, err = onestep(t, "", "lint", "--against", older, forgot)
	if code != failed || err != "onestep: "+forgot+": 1 finding to mend\n" || !place.MatchString(out) || !strings.Contains(out, ", 1 have no place\n") {
		t.Errorf("text: exit code %d, err %q, out %q", code, err, out)
	}
	code, out, _ = onestep(t, "", "lint", "--json", "--against", older, forgot)
	var report struct {
		Findings []struct {
			Rule, File, Script, Step string
			Line, Column             int
		}
		Places  []struct{ Script, Step, Fate, To string }
		Summary string
	}
	if e := json.Unmarshal([]byte(out), &report); code != failed || e != nil || len(report.Findings) != 1 || report.Findings[0].Rule != "place-gone" || report.Findings[0].Step != "coping" || len(report.Places) < 100 || report.Summary == "" {
		t.Errorf("json: exit code %d, %v, out %q", code, e, out)
	}
	code, out, _ = onestep(t, "", "lint", "--sarif", "--against", older, forgot)
	if code != failed || !strings.Contains(out, `"ruleId": "place-gone"`) || !strings.Contains(out, `"id": "place-gone"`) {
		t.Errorf("sarif: exit code %d, out %q", code, out)
	}

	// With the entry it has a place.
	change(t, forgot, file, "renamed: {}", "renamed: {coping: getting-by}")
	code, out, err = onestep(t, "", "lint", "--against", older, forgot)
	if code != done || err != "" || !strings.Contains(out, " 1 move to another name,") {
		t.Errorf("mapped: exit code %d, err %q, out %q", code, err, out)
	}

	broken := copyScripts(t, [3]string{"weekly.yaml", "\nsteps:", "\nbanana: 1\nsteps:"})
	if code, _, err := onestep(t, "", "lint", "--against", broken, older); code != failed || !strings.Contains(err, "the older scripts in "+broken+" do not load:\nweekly.yaml:") {
		t.Errorf("older scripts that do not load: exit code %d, err %q", code, err)
	}
}

// english takes the translations out of a folder.
func english(t *testing.T, folder string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.po"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
}

// change replaces words in a file, once.
func change(t *testing.T, folder, file, old, with string) {
	t.Helper()
	path := filepath.Join(folder, file)
	source, err := os.ReadFile(path)
	if err != nil || !strings.Contains(string(source), old) {
		t.Fatalf("%s has no %q (%v)", path, old, err)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(string(source), old, with, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}
