package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// without tells that none of the messages is from the weekly check-in.
func (w *world) without(got []sent, when string) {
	w.Helper()
	for _, m := range got {
		if strings.Contains(m.Text, "Hello again") || strings.Contains(m.Text, "What has been better") || strings.Contains(m.Text, "No rush") {
			w.Errorf("%s they got %q; all of it:\n%s", when, m.Text, texts(got))
			return
		}
	}
}

// silences are the ways in which a person ends the messages, each with how to go
// on after the first words.
var silences = map[string][]string{
	"stop": {"stop"}, "danger": {danger}, "pause": {"pause", "1 week"},
}

// says writes the first of some words, and presses the buttons that follow.
func (w *world) says(words []string) {
	w.Helper()
	w.writes(patient, words[0])
	for _, label := range words[1:] {
		w.platform.down = nil
		w.waits(15 * time.Minute)
		w.presses(patient, label)
	}
}

// The platform is away when the check-in comes due. Whoever stops, pauses or may
// be in danger before it is back gets the answer to that, and no cheerful hello
// behind it; nor does one that the quiet of the night held back come in the
// morning.
func TestNoCheckInFollowsAStop(t *testing.T) {
	for name, words := range silences {
		for _, c := range []struct {
			name  string
			away  time.Duration // from a quarter to ten on
			pause time.Duration // from when the platform is back to the words
		}{
			{"while the platform is away", 30 * time.Minute, 0},
			{"in the evening after", 11 * time.Hour, 15 * time.Minute},
		} {
			t.Run(name+" "+c.name, func(t *testing.T) {
				w := newWorld(t)
				w.toCheckIn()
				before := w.platform.count()
				w.platform.down = map[bot.Chat]bool{patient: true}
				w.waits(c.away)
				if waiting := w.outbox(patient); len(waiting) < 2 || w.missing(waiting, "Hello again") {
					t.Fatalf("no check-in waits, so this proves nothing: %v", waiting)
				}
				if c.pause > 0 {
					w.platform.down = nil
					w.waits(c.pause)
				}
				w.says(words)
				w.platform.down = nil
				w.waits(15 * time.Hour)
				got := to(w.platform.since(before), patient)
				w.without(got, "after "+words[0])
				if len(got) == 0 {
					t.Error("their words were not answered")
				}
				if waiting := w.outbox(patient); len(waiting) > 0 {
					t.Errorf("there still waits: %v", waiting)
				}
				// Their worker is not told that it was sent.
				w.writes(worker, "show "+codeOf(w))
				why := w.presses(worker, "Why then?")
				w.expect(why, worker, "I called off the check-in before it had left")
				if strings.Contains(texts(why), "sent first was the check-in, on Monday 9") {
					t.Errorf("it was not sent:\n%s", texts(why))
				}
			})
		}
	}
}

// codeOf is the patient's case code.
func codeOf(w *world) string { return w.conversation(patient).Patient.Case }

// outbox is what waits to be sent of a chat's conversation.
func (w *world) outbox(c bot.Chat) (texts []string) {
	w.Helper()
	waiting, err := w.store.Waiting(w.ctx, w.conversation(c).ID)
	if err != nil {
		w.Fatal(err)
	}
	for _, e := range waiting {
		texts = append(texts, e.Text)
	}
	return texts
}

func (w *world) missing(texts []string, words string) bool {
	return !slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(s, words) })
}

// The words come while the check-in is in flight. That cannot be taken back; but
// when it did not arrive, it is not tried again.
func TestWhatWasInFlightIsNotTriedAgainAfterAStop(t *testing.T) {
	w := newWorld(t)
	w.toCheckIn()
	before := w.platform.count()
	w.platform.during = func(m bot.Message) {
		if strings.Contains(m.Text, "Hello again") {
			w.platform.during = nil
			w.platform.down = map[bot.Chat]bool{patient: true}
			if err := w.bot.Take(w.ctx, bot.Update{ID: "test:stop", Kind: bot.Wrote, Private: true, Chat: patient, Sender: patient.ID, Text: "stop", At: w.now}); err != nil {
				t.Error(err)
			}
		}
	}
	w.waits(30 * time.Minute)
	if w.platform.during != nil {
		t.Fatal("no check-in left, so this proves nothing")
	}
	w.platform.down = nil
	w.waits(time.Hour)
	got := to(w.platform.since(before), patient)
	w.without(got, "after the stop")
	if len(got) != 1 || len(w.outbox(patient)) != 0 {
		t.Errorf("got:\n%sthere waits: %v", texts(got), w.outbox(patient))
	}
}

// A false alarm shows the question whose check-in was called off, and a pause that
// is thought better of does too: nothing stays open unseen.
func TestTheQuestionOfACheckInThatWasCalledOffIsShown(t *testing.T) {
	for name, after := range map[string]func(*world) []sent{
		danger:  func(w *world) []sent { return w.presses(worker, "False alarm") },
		"pause": func(w *world) []sent { return w.writes(patient, "skip") },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.toCheckIn()
			w.platform.down = map[bot.Chat]bool{patient: true}
			w.waits(30 * time.Minute)
			w.writes(patient, name)
			w.platform.down = nil
			w.without(to(w.waits(time.Minute), patient), "after the words")
			w.expect(after(w), patient, "What has been better")
		})
	}
}

// Answers and letters are nothing that was planned: both messages of somebody who
// asks for a person and then stops are answered, and their worker hears of it.
func TestAStopCallsOffNothingElse(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.platform.down = map[bot.Chat]bool{patient: true}
	w.writes(patient, "can I talk to a real person please")
	w.writes(patient, "stop")
	w.platform.down = nil
	w.expect(w.platform.since(0), worker, code)
	got := to(w.waits(time.Minute), patient)
	if len(got) < 2 {
		t.Errorf("both messages are answered:\n%s", texts(got))
	}
	if slices.ContainsFunc(w.journal(patient), func(e bot.Entry) bool { return e.What == "called off" }) {
		t.Error("an answer was called off")
	}
}

// A worker who puts an end to their own check-in gets none that waited, and the
// morning's digest all the same.
func TestAWorkersStopCallsOffTheirOwnCheckInAlone(t *testing.T) {
	for _, words := range []string{"stop", "reflect off", danger} {
		t.Run(words, func(t *testing.T) {
			w := newWorld(t) // Monday 2 March
			w.enrols()
			w.writes(worker, "reflect monthly")
			w.platform.down = map[bot.Chat]bool{worker: true}
			w.waits(24*time.Hour + 15*time.Minute) // Tuesday, past 10
			// A digest is planned, too, and no dialog.
			c := w.conversation(worker)
			digest := bot.Envelope{ID: fmt.Sprintf("%s.%010d.000", c.ID, c.Version+1), Class: bot.Planned, Chat: worker, Text: "This can wait", Why: "timer"}
			if err := w.store.Commit(w.ctx, bot.Commit{Conversation: c, Outbox: []bot.Envelope{digest}}); err != nil {
				t.Fatal(err)
			}
			if w.missing(w.outbox(worker), "best moment") {
				t.Fatalf("no check-in waits, so this proves nothing: %v", w.outbox(worker))
			}
			w.writes(worker, words)
			w.platform.down = nil
			got := to(w.waits(2*time.Hour), worker)
			if strings.Contains(texts(got), "best moment") || !strings.Contains(texts(got), "This can wait") {
				t.Errorf("afterwards came:\n%s", texts(got))
			}
		})
	}
}

// A platform that is away for longer than a check-in is of use: it goes whole or
// not at all, and its question without the words before it never.
func TestACheckInThatIsTooOldIsGivenUpWhole(t *testing.T) {
	w := newWorld(t)
	w.toCheckIn()
	w.platform.down = map[bot.Chat]bool{patient: true}
	w.waits(26 * time.Hour)
	w.platform.down = nil
	got := to(w.waits(20*time.Hour), patient) // the reminder is due after 48
	w.without(got, "after 26 hours")
	// The question is not lost: it comes with its reminder.
	w.expect(w.waits(48*time.Hour), patient, "What has been better")
}
