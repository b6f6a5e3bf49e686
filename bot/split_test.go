package bot_test

import (
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// Danger in several short messages is seen in each state that a dialog can be in,
// and whatever the bot has asked or said between them.
func TestDangerOverSeveralMessagesIsSeenInEveryState(t *testing.T) {
	checkIn := func(w *world) { w.begins("5"); w.waits(7 * 24 * time.Hour) }
	for name, before := range map[string]func(w *world){
		"at yes or no":     func(*world) {},
		"at free text":     func(w *world) { w.presses(patient, "Yes"); w.presses(patient, "Yes") },
		"text that waits":  func(w *world) { w.freeText() },
		"at a scale":       func(w *world) { checkIn(w); w.writes(patient, "Nothing much") },
		"between dialogs":  func(w *world) { w.begins("5") },
		"on a break":       func(w *world) { w.begins("5"); w.writes(patient, "pause"); w.presses(patient, "1 week") },
		"after a stop":     func(w *world) { w.begins("5"); w.writes(patient, "stop") },
		"in a hold":        func(w *world) { w.begins("5"); w.writes(patient, danger) },
		"after a question": func(w *world) { checkIn(w); w.writes(patient, "skip") },
	} {
		for _, parts := range []string{"I dont want to|be here", "I just want|to|die"} {
			t.Run(name+"/"+parts, func(t *testing.T) {
				w := newWorld(t)
				if name != "text that waits" {
					w.enrols()
				}
				before(w)
				w.now = w.now.Add(10 * time.Minute)
				w.settle()
				all := strings.Split(parts, "|")
				for _, part := range all[:len(all)-1] {
					was := w.alerted()
					if w.writes(patient, part); w.alerted() != was {
						t.Fatalf("%q by itself is danger", part)
					}
					w.now = w.now.Add(40 * time.Second)
					w.settle()
				}
				got := w.writes(patient, all[len(all)-1])
				w.expect(got, patient, "Samaritans: 116 123")
				w.expect(got, worker, "Wrote words that may mean danger.")
				if raw := w.alerted(); raw != strings.Join(all, "\n") {
					t.Errorf("the alert holds %q", raw)
				}
			})
		}
	}
}

// alerted are the words of the patient's latest alert.
func (w *world) alerted() (words string) {
	w.Helper()
	for _, e := range w.journal(patient) {
		if e.What == "nudge" && e.Name == "distress" {
			words = e.Raw
		}
	}
	return words
}

// Words that wait for more are there for a caption, for a wish that ends their
// question, and for what comes when they have been taken.
func TestDangerThatBeginsInWordsThatWait(t *testing.T) {
	for name, then := range map[string]func(w *world) []sent{
		"a caption": func(w *world) []sent {
			return w.update(bot.Update{Kind: bot.Media, Chat: patient, Text: "be here"})
		},
		"a change of the last": func(w *world) []sent {
			w.writes(patient, "see the sea")
			return w.update(bot.Update{Kind: bot.Edited, Chat: patient, Text: "be here"})
		},
		"a skip between":  func(w *world) []sent { w.writes(patient, "skip"); return w.writes(patient, "be here") },
		"the next answer": func(w *world) []sent { w.passes(2 * time.Second); return w.writes(patient, "be here") },
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.freeText()
			w.writes(patient, "I dont want to")
			got := then(w)
			w.expect(got, patient, "Samaritans: 116 123")
			w.expect(got, worker, "Wrote words that may mean danger.")
		})
	}
}

// What came minutes before, or was seen already, begins no sentence.
func TestOnlyLateMessagesAreReadTogether(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.begins("5")
	w.writes(patient, "I dont want to")
	w.now = w.now.Add(6 * time.Minute)
	for _, m := range w.writes(patient, "be here") {
		if m.Chat == worker {
			t.Errorf("after six minutes the worker got %q", m.Text)
		}
	}
	w.now = w.now.Add(6 * time.Minute)
	w.update(bot.Update{Kind: bot.Pressed, Chat: patient, Data: "a:x:y"})
	if kept := w.conversation(patient).Patient.Dialog.Lately; len(kept) > 0 {
		t.Errorf("a turn later they are still kept: %v", kept)
	}
	w.writes(patient, "I dont want to")
	w.writes(patient, "be here")
	if kept := w.conversation(patient).Patient.Dialog.Lately; len(kept) > 0 {
		t.Errorf("behind an alert is kept what was told: %v", kept)
	}
	w.writes(patient, strings.Repeat("é", 4000))
	w.writes(patient, "and more")
	w.writes(patient, "and more still")
	if kept := w.conversation(patient).Patient.Dialog.Lately; len(kept) != 2 || kept[0].Text != "and more" {
		t.Errorf("kept is %v", kept)
	}
}
