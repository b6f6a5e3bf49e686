package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// lives lets time pass in steps of three hours.
func (w *world) lives(d time.Duration) []sent {
	w.Helper()
	before := w.platform.count()
	for end := w.now.Add(d); w.now.Before(end); {
		w.now = w.now.Add(min(3*time.Hour, end.Sub(w.now)))
		w.settle()
	}
	return w.platform.since(before)
}

// only sends a person's words, and lets nothing that they cause happen yet.
func (w *world) only(c bot.Chat, text string) {
	w.Helper()
	w.updates++
	u := bot.Update{ID: fmt.Sprintf("test:%d", w.updates), Kind: bot.Wrote, Chat: c, Sender: c.ID, Private: c != channel, Text: text, At: w.now}
	if err := w.bot.Take(w.ctx, u); err != nil {
		w.Fatalf("take: %v", err)
	}
}

// counted is what the summary counts of the patient, and the contacts of their week
// from an instant on.
func (w *world) counted(from time.Time) (sent, answered, contacts int) {
	w.Helper()
	p := w.conversation(patient).Patient
	for _, week := range p.Weeks {
		sent, answered = sent+week.Sent, answered+week.Answered
	}
	for _, at := range p.Contacts {
		if at.After(from) {
			contacts++
		}
	}
	return sent, answered, contacts
}

// What of a check-in never arrived counts neither in the summary nor as a contact
// of the week; what arrives after all does.
func TestACheckInCountsWhenItHasArrived(t *testing.T) {
	type counts struct{ sent, answered, contacts int }
	down := func(w *world) { w.platform.down = map[bot.Chat]bool{patient: true} }
	up := func(w *world) { w.platform.down, w.platform.gone = nil, nil }
	for name, c := range map[string]struct {
		happens func(w *world)
		want    counts
	}{
		"it arrives":                    {func(w *world) { w.waits(30 * time.Minute) }, counts{1, 0, 1}},
		"it arrives and they stop":      {func(w *world) { w.waits(30 * time.Minute); w.writes(patient, "stop") }, counts{1, 0, 1}},
		"called off by a stop":          {func(w *world) { down(w); w.waits(30 * time.Minute); w.writes(patient, "stop") }, counts{}},
		"called off by a pause":         {func(w *world) { down(w); w.waits(30 * time.Minute); w.writes(patient, "pause") }, counts{}},
		"called off by words of danger": {func(w *world) { down(w); w.waits(30 * time.Minute); w.writes(patient, danger) }, counts{}},
		"too old":                       {func(w *world) { down(w); w.waits(26 * time.Hour) }, counts{}},
		"blocked":                       {func(w *world) { w.platform.gone = map[bot.Chat]bool{patient: true}; w.waits(30 * time.Minute) }, counts{}},
		"too old, and the reminder came": {func(w *world) {
			down(w)
			w.waits(26 * time.Hour)
			up(w)
			w.lives(2 * day)
			w.writes(patient, "I saw Jo")
		}, counts{1, 1, 1}},
		"blocked, and the reminder came, and no reply to it": {func(w *world) {
			w.platform.gone = map[bot.Chat]bool{patient: true}
			w.waits(30 * time.Minute)
			up(w)
			w.lives(6 * day)
		}, counts{1, 0, 1}},
		"a pause that is thought better of": {func(w *world) {
			down(w)
			w.waits(30 * time.Minute)
			w.writes(patient, "pause")
			up(w)
			w.waits(time.Minute)
			w.writes(patient, "skip")
			w.writes(patient, "I saw Jo")
		}, counts{1, 1, 0}},
		"only its first words arrived": {func(w *world) {
			w.platform.during = func(m bot.Message) {
				if strings.Contains(m.Text, "What has been better") {
					w.platform.during = nil
					w.platform.fail[patient] = &bot.SendError{Fate: bot.Ours, Err: errTest}
				}
			}
			w.waits(30 * time.Minute)
		}, counts{0, 0, 1}},
		"only its first words arrived, and they stop while its question is refused": {func(w *world) {
			w.platform.during = func(m bot.Message) {
				if strings.Contains(m.Text, "What has been better") {
					w.platform.during = nil
					w.only(patient, "stop")
					w.platform.fail[patient] = &bot.SendError{Fate: bot.Ours, Err: errTest}
				}
			}
			w.waits(30 * time.Minute)
		}, counts{0, 0, 1}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.bot.Teams[0].WeeklyCap = 3
			w.toCheckIn()
			began := w.now
			sent, answered, _ := w.counted(began)
			c.happens(w)
			s, a, n := w.counted(began)
			if got := (counts{s - sent, a - answered, n}); got != c.want {
				t.Errorf("counted are %+v, want %+v", got, c.want)
			}
		})
	}
}

// Somebody whom nothing can reach for weeks has left no check-in without a reply:
// no nudge says so, nothing is passed over, and nothing pauses. When they can be
// reached again, the next one comes on its day.
func TestWhoCouldNotBeReachedWasNotSilent(t *testing.T) {
	for name, c := range map[string]struct {
		fails func(w *world)
		why   string
	}{
		"blocked": {func(w *world) { w.platform.gone = map[bot.Chat]bool{patient: true} }, "they could not be reached"},
		"away":    {func(w *world) { w.platform.down = map[bot.Chat]bool{patient: true} }, "it was too late for it"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.toCheckIn() // before Monday 9 March
			c.fails(w)
			got := w.lives(27 * day) // to Sunday 5 April
			w.platform.down, w.platform.gone = nil, nil
			d := w.conversation(patient).Patient.Dialog
			if d.Missed != 0 || !d.PausedUntil.IsZero() {
				t.Errorf("missed %d, paused until %s", d.Missed, d.PausedUntil)
			}
			if s := texts(to(got, worker)); strings.Contains(s, "had no reply") || !strings.Contains(s, "reach") {
				t.Errorf("the worker was told:\n%s", s)
			}
			ends := 0
			for _, e := range w.journal(patient) {
				if e.What == "session" && e.Name == "weekly" && e.Rule == "undelivered" {
					ends++
				}
			}
			if ends != 4 {
				t.Errorf("the journal tells of %d undelivered check-ins", ends)
			}
			w.expect(w.writes(worker, "why "+codeOf(w)), worker, c.why)
			after := texts(to(w.lives(14*day), patient))
			if n := strings.Count(after, "Hello again"); n != 2 { // half time is one of them
				t.Errorf("in two weeks came %d check-ins:\n%s", n, after)
			}
		})
	}
}

// Silence counts from what they have seen: a check-in whose reminder alone arrived
// is theirs to answer.
func TestAReminderThatArrivedIsTheirsToAnswer(t *testing.T) {
	w := newWorld(t)
	w.toCheckIn()
	w.platform.gone = map[bot.Chat]bool{patient: true}
	w.waits(time.Hour)
	w.platform.gone = nil
	w.expect(w.lives(3*day), patient, "No rush")
	w.lives(3 * day)
	if d := w.conversation(patient).Patient.Dialog; d.Missed != 1 {
		t.Errorf("missed are %d", d.Missed)
	}
	if !slices.ContainsFunc(w.journal(patient), func(e bot.Entry) bool { return e.What == "session" && e.Rule == "timed-out" }) {
		t.Error("it did not end as one without a reply")
	}
}
