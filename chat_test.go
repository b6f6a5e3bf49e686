package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

func TestChatPlaysAScript(t *testing.T) {
	t.Parallel()
	in := strings.Join([]string{
		"Tea and the radio", "/why", "/state", "", "/wait soon", "/wait 1h", "2", "2", "/why", "/state", "/quit", "never read",
	}, "\n")
	code, out, err := onestep(t, in, "chat", "low", "--today", "2026-03-02")
	if code != done || err != "" {
		t.Fatalf("exit code %d: %s", code, err)
	}
	rest := out
	for _, want := range []string{
		`\* The worker is nudged: low-score\.`,
		`Chat \| Mon 2 Mar 10:00 \| onestep\n(?s:.*?)getting by`,
		`Person writes\n  Tea and the radio\n`,
		`\[1\] Yes  \[2\] No\n`,
		`\* The last message came from offer-call/offer\.`,
		`At low/offer\.(?s:.*?)At offer-call/offer\.(?s:.*?)what_helps: "Tea and the radio"`,
		`\* "soon" is not a time to wait: write 48h, 90m or 3d\n`,
		`\* It is now Mon 2 Mar 11:00\.\n`,
		`Chat \| Mon 2 Mar 11:00 \| Person presses\n  \[No\]\n(?s:.*?)ask how you are on Wednesday 4 March`,
		`Chat \| Mon 2 Mar 11:00 \| Person presses\n  \[No\]\n`,
		`\* The script has ended\.`,
		`\* The last message came from offer-call/check-not\.`,
		`No script runs\.`,
	} {
		at := regexp.MustCompile(want).FindStringIndex(rest)
		if at == nil {
			t.Fatalf("the chat lacks %s, or has it too early:\n%s", want, out)
		}
		rest = rest[at[1]:]
	}
	if strings.Contains(out, "never read") {
		t.Error("it went on after /quit")
	}
}

// Time brings reminders, timeouts and planned scripts.
func TestChatLetsTimePass(t *testing.T) {
	t.Parallel()
	in := strings.Join([]string{"monday", "[10", "skip", "/state", "/wait 7d", "/wait 2d", "/state"}, "\n")
	code, out, err := onestep(t, in, "chat", "checkin-day", "--today", "2026-03-03")
	if code != done || err != "" {
		t.Fatalf("exit code %d: %s", code, err)
	}
	for _, want := range []string{
		`\* weekly is planned, next on Mon 9 Mar 10:00\.`,
		`Known: checkin_day: "monday"`,
		`Planned: weekly on Mon 9 Mar 10:00`,
		`Chat \| Mon 9 Mar 10:00 \| onestep\n  Hello again`,
		`Chat \| Wed 11 Mar 10:00 \| onestep\n  No rush`,
	} {
		if !regexp.MustCompile(want).MatchString(out) {
			t.Errorf("the chat lacks %s:\n%s", want, out)
		}
	}
}

func TestChatRefuses(t *testing.T) {
	t.Parallel()
	broken := filepath.Join(t.TempDir(), "broken.yaml")
	if err := os.WriteFile(broken, []byte("script: broken\nsteps: 7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for args, want := range map[string]string{
		"chat weakly":               `there is no script "weakly". There are: .*weekly`,
		"chat /nowhere/weekly.yaml": `there is no file /nowhere/weekly.yaml`,
		"chat " + broken:            `broken.yaml:\d+:\d+: `,
		"chat weekly --language xx": `there is no translation into "xx"\. There are: en, cy\n`,
	} {
		if code, _, err := onestep(t, "", strings.Fields(args)...); code != failed || !regexp.MustCompile(want).MatchString(err) {
			t.Errorf("%s: exit code %d: %s", args, code, err)
		}
	}
}
