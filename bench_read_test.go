package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// readBench runs bench read without a Redis: it needs none.
func readBench(t *testing.T, args ...string) (out, errs string, code int) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(append([]string{"bench", "read"}, args...), world{Context: t.Context(), In: strings.NewReader(""), Out: &stdout, Err: &stderr})
	return stdout.String(), stderr.String(), code
}

// The scoreboard of what comes with onestep: every context, and counts that add up.
func TestBenchReadOwnReplies(t *testing.T) {
	t.Parallel()
	out, errs, code := readBench(t, "--json")
	if code != done {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	var got readResult
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	if got.Bench != "read" || len(got.Splits) < 2 || got.Splits[0].Split != "tune" || got.Splits[1].Split != "measure" {
		t.Fatalf("splits: %s", out)
	}
	for _, s := range got.Splits[:2] {
		if len(s.Scores) != 6 {
			t.Errorf("%s has %d contexts", s.Split, len(s.Scores))
		}
		for _, r := range s.Scores {
			if r.Replies < 150 || r.Right+r.AskedBack+r.Refused+r.WrongTold+r.SilentlyWrong != r.Replies {
				t.Errorf("%s %s: %+v", s.Split, r.Context, r)
			}
			if r.Context == "scale" && (r.FirstNumber == 0 || r.FirstNumber > r.Right) {
				t.Errorf("%s: the first number is right %d times, the reader %d", s.Split, r.FirstNumber, r.Right)
			}
			if r.Context == "distress" && r.Dangers+r.NearMisses != r.Replies {
				t.Errorf("%s: %+v", s.Split, r)
			}
		}
	}
}

// A folder of one's own is scored, and told what is wrong with it.
func TestBenchReadFolder(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "ours")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	if _, errs, code := readBench(t, folder); code != failed || !strings.Contains(errs, "holds no labelled replies") {
		t.Errorf("an empty folder: %d %s", code, errs)
	}
	if _, errs, code := readBench(t, folder+"-none"); code != failed || !strings.Contains(errs, "cannot be read") {
		t.Errorf("no folder: %d %s", code, errs)
	}
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("scale.tsv", "context\ttext\tvalue\task_back\nscale\t7\t7\t-\nscale\tup from 3 to 5\t5\t-\nscale\tsix\t4\t-\nscale\t6 or 7\t6\t-\n")
	write("distress.tsv", "context\ttext\tvalue\task_back\ndistress\tI want to die\tyes\t-\ndistress\tdying for a cuppa\tnone\t-\n")
	out, errs, code := readBench(t, folder)
	want := strings.Join([]string{
		"   ours  replies   right  asked back  refused  wrong, told  silently wrong  first number",
		"  scale        4  50.0 %       0.0 %    0.0 %       25.0 %          25.0 %        50.0 %",
		"distress: seen 100.0 % of 1, false alarms on 0.0 % of 1 near misses", "",
	}, "\n")
	if code != done || out != want {
		t.Errorf("%d %s\n%s\nwant\n%s", code, errs, out, want)
	}
	write("yesno.tsv", "yesno\tyes\n")
	if _, errs, code := readBench(t, folder); code != failed || !strings.Contains(errs, "yesno.tsv line 1 has 2 columns") {
		t.Errorf("a broken file: %d %s", code, errs)
	}
}
