package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/bot"
	"onestep/dialogs/reply"
)

// checkIn takes the patient to the number of the weekly check-in.
func (w *world) checkIn() {
	w.Helper()
	w.waits(7 * 24 * time.Hour)
	w.writes(patient, "Saw a neighbour")
}

// What was read stands beside what was written and the rule that read it, also
// where it was asked back, or taken of two and told.
func TestTheJournalKeepsRawWordsAndTheRuleThatReadThem(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.begins("6")
	w.checkIn()
	const vague, clear = "hard to put a figure on it", "6 or 7 I think"
	w.expect(w.writes(patient, vague), patient, "I want to get this right.")
	w.writes(patient, clear)
	read := reply.Scale(clear)
	if !read.OK || read.Value != 6.5 {
		t.Fatalf("%q is read as %+v", clear, read)
	}
	entries := w.journal(patient)
	for _, want := range []bot.Entry{
		{What: "answer", Raw: vague, Rule: string(reply.Scale(vague).Rule)},
		{What: "answer", Raw: clear, Rule: string(read.Rule), Value: "6.5", Asked: true, Told: true},
	} {
		if !slices.ContainsFunc(entries, func(e bot.Entry) bool {
			return e.What == want.What && e.Raw == want.Raw && e.Rule == want.Rule && e.Value == want.Value && e.Asked == want.Asked && e.Told == want.Told
		}) {
			t.Errorf("the journal has no %+v: %+v", want, entries)
		}
	}
}

func TestACorrectedNumberTakesItsNudgeBack(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.begins("6")
	w.checkIn()
	w.expect(w.presses(patient, "1"), worker, code+": Gave a low number this week.")
	got := w.writes(patient, "No, I meant 7")
	w.expect(got, patient, "I have changed that to 7.")
	w.expect(got, worker, code+" has changed or taken back an answer. What I sent no longer holds: Gave a low number this week.")
	w.expect(w.writes(worker, "nudges"), worker, "Nothing is open.")
	w.expect(w.writes(worker, "show "+code), worker, "latest last: 6, 7")
	conv := w.conversation(patient)
	weeks := conv.Patient.Weeks
	if got := weeks[len(weeks)-1]; got.Sent != 1 || got.Answered != 1 || !got.Scored || got.Moved != 1 {
		t.Errorf("the week counts %+v, want one check-in, answered, moved up", got)
	}
	var found bool
	for _, e := range w.journal(patient) {
		found = found || e.What == "edit" && e.Value == "7" && e.Was == "1" && e.Raw == "No, I meant 7"
	}
	if !found {
		t.Errorf("the journal has no edit with both values: %+v", w.journal(patient))
	}
}

func TestACorrectedNumberNudgesOnce(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.begins("6")
	w.checkIn()
	if got := w.presses(patient, "7"); len(to(got, worker)) != 0 {
		t.Errorf("for a 7 the worker got:\n%s", texts(got))
	}
	w.expect(w.writes(patient, "sorry, 2"), worker, code+": Gave a low number this week.")
	got := to(w.writes(patient, "I meant 1"), worker)
	if len(got) != 0 {
		t.Errorf("still low, and the worker got:\n%s", texts(got))
	}
	if got := w.writes(worker, "nudges"); strings.Count(texts(got), "Gave a low number") != 1 {
		t.Errorf("the list is:\n%s", texts(got))
	}
}

// A number that BACK takes away is in no series, no week and no nudge, whether
// another one follows it, and when.
func TestANumberThatIsTakenBackTakesItsNudgeBack(t *testing.T) {
	for name, c := range map[string]struct {
		wait   time.Duration
		answer string
		series string
	}{
		"and skipped":              {0, "skip", "latest last: 6\n"},
		"and another the next day": {20 * time.Hour, "7", "latest last: 6, 7\n"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			code := w.enrols()
			w.begins("6")
			w.checkIn()
			w.expect(w.presses(patient, "1"), worker, code+": Gave a low number this week.")
			w.waits(c.wait)
			got := w.writes(patient, "back")
			w.expect(got, patient, "From 0 to 10, where are things today?")
			w.expect(got, worker, code+" has changed or taken back an answer. What I sent no longer holds: Gave a low number this week.")
			w.writes(patient, c.answer)
			w.expect(w.writes(worker, "nudges"), worker, "Nothing is open.")
			w.expect(w.writes(worker, "show "+code), worker, c.series)
		})
	}
}

// After something else in between, BACK still takes the number away; the worker
// keeps the nudge, and sees the number that holds.
func TestANumberThatIsTakenBackLaterIsNotCounted(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.begins("6")
	w.checkIn()
	w.presses(patient, "1")
	w.writes(patient, "help")
	w.writes(patient, "back")
	w.writes(patient, "skip")
	w.expect(w.writes(worker, "show "+code), worker, "latest last: 6\n")
	conv := w.conversation(patient)
	weeks := conv.Patient.Weeks
	if got := weeks[len(weeks)-1]; got.Answered != 1 || got.Scored || got.Moved != 0 {
		t.Errorf("the week counts %+v, want one check-in, answered without a number", got)
	}
}

func TestAnEditedAnswerIsOffered(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.begins("6")
	w.checkIn()
	w.writes(patient, "5")
	got := w.update(bot.Update{Kind: bot.Edited, Chat: patient, Text: "3"})
	w.expect(got, patient, "I still have 5. To change it, send: I meant 3.")
	w.expect(w.writes(patient, "I meant 3"), patient, "I have changed that to 3.")
}
