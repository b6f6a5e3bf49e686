package bot_test

import (
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// Each time that an alert goes on, the journal of whoever wrote the words says why
// and to how many people, and not who they are; their worker reads it in words.
func TestTheJournalSaysThatAnAlertWentOn(t *testing.T) {
	for name, c := range map[string]struct {
		happens func(w *world)
		told    []string // each entry's reason and number
		words   string
	}{
		"pressed in time": {func(w *world) { w.presses(worker, "I am on it"); w.waits(time.Hour) }, nil, ""},
		"nobody pressed": {func(w *world) { w.waits(16 * time.Minute) }, []string{"unpressed 1"},
			"On Monday 2 March at 10:15 nobody had pressed the alert in time: it went to 1 person."},
		"nobody pressed twice": {func(w *world) { w.waits(31 * time.Minute) }, []string{"unpressed 1", "unpressed 2"},
			"On Monday 2 March at 10:30 nobody had pressed the alert in time: it went to 2 people."},
		"a lead who was on it has gone": {func(w *world) {
			w.waits(16 * time.Minute)
			w.presses(lead, "I am on it")
			w.update(bot.Update{Kind: bot.Left, Chat: lead})
		}, []string{"unpressed 1", "handed-back 1"}, "whoever was on the alert could not be reached any more: it is open again for 1 person."},
		"not closed by the next day": {func(w *world) {
			w.presses(worker, "I am on it")
			w.waits(day)
		}, []string{"open 1"}, "On Tuesday 3 March at 09:00 the alert was still open: it was shown again to 1 person."},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.atWork()
			code := w.enrols()
			w.writes(patient, danger)
			c.happens(w)
			var told []string
			for _, e := range w.journal(patient) {
				if e.What != "escalated" {
					continue
				}
				told = append(told, e.Rule+" "+e.Value)
				if e.By != "" || e.Raw != "" || strings.Contains(e.Name+e.Value+e.Rule, "Ada") {
					t.Errorf("the entry names somebody: %+v", e)
				}
			}
			if strings.Join(told, ", ") != strings.Join(c.told, ", ") {
				t.Errorf("the journal has %q, want %q", told, c.told)
			}
			got := w.writes(worker, "why "+code)
			if w.expect(got, worker, c.words); c.words == "" && strings.Contains(texts(got), "the alert was") {
				t.Errorf("nothing went on, and the worker read:\n%s", texts(got))
			}
		})
	}
}

// Somebody who cannot be told is one more reason to go on.
func TestTheJournalSaysThatAnAlertWentOnSinceItWasLost(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.platform.fail[worker] = &bot.SendError{Fate: bot.Gone, Err: errTest}
	w.writes(patient, danger)
	w.expect(w.writes(worker, "why "+code), worker, "On Monday 2 March at 10:00 somebody who was told of the alert could not be reached: it went on to 1 person.")
}
