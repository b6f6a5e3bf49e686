package bot_test

import (
	"testing"
	"time"

	"onestep/bot"
)

// A replica of a newer release may have set it while this one was still there. It is
// left for that one, and nothing else waits for it.
func TestATimerOfANewerReleaseStays(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.begins("6")
	c := w.conversation(patient)
	due := w.now.Add(time.Hour)
	c.Timers["greeting:7"] = due
	if err := w.store.Commit(w.ctx, bot.Commit{Conversation: c, Due: due, DueExactly: true}); err != nil {
		t.Fatal(err)
	}
	w.now = due
	w.settle()
	if at := w.conversation(patient).Timers["greeting:7"]; !at.After(due) || at.After(due.Add(time.Hour)) {
		t.Errorf("at %s it is due at %s", due, at)
	}
	if s := w.days(w.first(7*day), hello); s != "03-09 10:00" {
		t.Errorf("check-ins: %s", s)
	}
}
