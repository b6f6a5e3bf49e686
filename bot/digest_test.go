package bot

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"onestep/dialogs"
)

func TestDigestIsOneMessageOfAtMostFiveLines(t *testing.T) {
	t.Parallel()
	friday := time.Date(2026, 3, 6, 15, 0, 0, 0, time.UTC)
	monday := time.Date(2026, 3, 9, 9, 0, 0, 0, time.UTC)
	tr := &turn{conv: &Conversation{Worker: &Worker{}, Chats: []Chat{{Platform: "test", ID: "worker"}}}, at: friday, team: Team{
		Zone: time.UTC, Next: func(now time.Time) time.Time {
			if now.After(friday) {
				return monday
			}
			return now
		},
	}}
	for i := range 7 {
		trigger := dialogs.Milestone
		if i == 6 {
			trigger = dialogs.NoReply
		}
		if err := tr.receiveNudge(nudged{ID: fmt.Sprint(i), Case: fmt.Sprintf("Wren-%d", 100+i), Trigger: trigger, Raised: friday}, false); err != nil {
			t.Fatal(err)
		}
	}
	if len(tr.outbox) != 0 {
		t.Fatalf("what can wait came at once: %q", tr.outbox[0].Text)
	}
	if due := tr.conv.Timers[digestTimer]; !due.Equal(monday) {
		t.Errorf("the digest is due %v, want %v", due, monday)
	}
	tr.at = monday
	if err := tr.digest(); err != nil {
		t.Fatal(err)
	}
	if err := tr.digest(); err != nil { // nothing is left to tell
		t.Fatal(err)
	}
	if len(tr.outbox) != 1 {
		t.Fatalf("%d messages, want one", len(tr.outbox))
	}
	text := tr.outbox[0].Text
	if strings.Count(text, "Wren-") != digestLines || !strings.Contains(text, "And 2 more.") ||
		strings.Index(text, "Wren-106: Two check-ins") > strings.Index(text, "Wren-100: Reached a milestone.") {
		t.Errorf("the digest is:\n%s", text)
	}
}
