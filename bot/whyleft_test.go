package bot_test

import (
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// What a worker reads of the last message is when it left, by the person's clock,
// and while it has not, what it waits for.

// why is what the worker reads of the one patient.
func (w *world) why(code string) string {
	w.Helper()
	return texts(to(w.writes(worker, "why "+code), worker))
}

func (w *world) reads(said, words string) {
	w.Helper()
	if !strings.Contains(said, words) {
		w.Errorf("it does not say %q:\n%s", words, said)
	}
}

const sentOnTime = "The last message that I sent first was the check-in, on Monday 9 March at 10:00, their time.\n"

// beforeCheckIn lives up to so long before the check-in of Monday at ten.
func (w *world) beforeCheckIn(left time.Duration) (code string) {
	w.Helper()
	code = w.enrols()
	w.begins("6")
	w.waits(7*day - left)
	return code
}

// fails has the next message to the patient fail, at the check-in of Monday at ten.
func (w *world) failsCheckIn(e bot.SendError) (code string) {
	w.Helper()
	code = w.beforeCheckIn(15 * time.Minute)
	e.Err = errTest
	w.platform.fail[patient] = &e
	w.waits(15 * time.Minute)
	return code
}

func TestWhyTellsWhenAMessageLeft(t *testing.T) {
	const late = "I wrote it on Monday 9 March at 10:00; it could not leave before."
	for name, x := range map[string]struct {
		alone time.Duration // how long its chat is to be left alone
		first string
		late  bool
	}{
		"at once":          {0, sentOnTime, false},
		"in a moment":      {30 * time.Second, sentOnTime, false},
		"an hour later":    {time.Hour, "I sent first was the check-in, on Monday 9 March at 11:00, their time.\n", true},
		"the next morning": {12 * time.Hour, "I sent first was the check-in, on Tuesday 10 March at 09:00, their time.\n", true},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			code := w.beforeCheckIn(15 * time.Minute)
			if x.alone > 0 {
				w.platform.fail[patient] = &bot.SendError{Fate: bot.Later, After: x.alone, Err: errTest}
			}
			w.waits(15 * time.Minute)
			w.now = w.now.Add(min(x.alone, 45*time.Second))
			w.settle()
			w.waits(25 * time.Hour)
			said := w.why(code)
			w.reads(said, x.first)
			if strings.Contains(said, late) != x.late {
				t.Errorf("late: %v, want %v:\n%s", !x.late, x.late, said)
			}
			arrived := 0
			for _, e := range w.journal(patient) {
				if e.What == "arrived" {
					arrived++
				}
			}
			if want := map[bool]int{true: 1}[x.late]; arrived != want {
				t.Errorf("the journal has %d lines of late messages, want %d", arrived, want)
			}
		})
	}
}

func TestWhyTellsWhatAMessageWaitsFor(t *testing.T) {
	const wrote = "The last message that I wrote first was the check-in, on Monday 9 March at 10:00, their time.\nIt follows what was agreed: every week on Monday at 10:00.\n"
	for name, x := range map[string]struct {
		fails bot.SendError
		after time.Duration
		says  string
	}{
		"its chat":     {bot.SendError{Fate: bot.Later, After: 2 * time.Hour}, 0, "It has not left yet. I go on trying by myself, for a day at most."},
		"the platform": {bot.SendError{Fate: bot.Later, Whole: true, WholeFor: time.Minute}, 0, "It has not left yet: Test takes nothing from me just now. I go on trying by myself."},
		"quiet hours":  {bot.SendError{Fate: bot.Later, After: 11 * time.Hour}, 11*time.Hour + 30*time.Minute, "It has not left yet, and waits until Tuesday 10 March at 09:00: nothing is sent in the quiet hours of their day."},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			code := w.failsCheckIn(x.fails)
			w.waits(x.after)
			before := w.platform.count()
			w.writes(worker, "why "+code)
			w.now = w.now.Add(10 * time.Second) // for answers a platform is tried sooner
			w.settle()
			said := texts(to(w.platform.since(before), worker))
			w.reads(said, wrote+x.says)
		})
	}
}

// What was given up is told with its cause, and is not the last that was sent.
func TestWhyTellsWhatDidNotArrive(t *testing.T) {
	refused := &bot.SendError{Fate: bot.Ours, Err: errTest}
	for name, x := range map[string]struct {
		harm func(w *world)
		says string
	}{
		"refused, all of it": {func(w *world) {
			w.platform.during = func(m bot.Message) {
				if m.Chat == patient {
					w.platform.fail[patient] = refused
				}
			}
		}, "On Monday 9 March at 10:00 I gave up the check-in: it was refused."},
		"refused, its question": {func(w *world) {
			w.platform.during = func(m bot.Message) {
				if strings.Contains(m.Text, "What has been better") {
					w.platform.fail[patient] = refused
				}
			}
		}, sentOnTime + "It follows what was agreed: every week on Monday at 10:00.\nA part of it did not arrive: it was refused."},
		"too old, all of it": {func(w *world) {
			w.platform.down = map[bot.Chat]bool{patient: true}
		}, "On Tuesday 10 March at 10:15 I called off the check-in before it had left: it was too late"},
		"too old, its reminder": {func(w *world) {
			w.waits(47 * time.Hour)
			w.platform.down = map[bot.Chat]bool{patient: true}
		}, sentOnTime + "It follows what was agreed: every week on Monday at 10:00.\nOn Thursday 12 March at 10:15 I called off the reminder of the check-in before it had left: it was too late"},
		"too old, its question": {func(w *world) {
			w.platform.during = func(m bot.Message) {
				if strings.Contains(m.Text, "What has been better") {
					w.platform.down = map[bot.Chat]bool{patient: true}
				}
			}
		}, sentOnTime + "It follows what was agreed: every week on Monday at 10:00.\nA part of it did not arrive: it could not be delivered for a day."},
		"gone": {func(w *world) {
			w.platform.gone = map[bot.Chat]bool{patient: true}
		}, "On Monday 9 March at 10:00 I gave up the check-in: they could not be reached."},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			code := w.beforeCheckIn(15 * time.Minute)
			x.harm(w)
			w.waits(26 * time.Hour)
			said := w.why(code)
			w.reads(said, x.says)
			if !strings.HasPrefix(x.says, sentOnTime) && strings.Contains(said, sentOnTime) {
				t.Errorf("it is told as sent:\n%s", said)
			}
		})
	}
}
