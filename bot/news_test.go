package bot_test

import (
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// held is a hold that the lead is on, as nobody pressed in time.
func held(t *testing.T) (w *world, code string) {
	w = newWorld(t)
	code = w.enrols()
	w.writes(patient, danger)
	w.waits(16 * time.Minute)
	w.presses(lead, "I am on it")
	return w, code
}

// What somebody in a hold writes, asks or sends reaches the worker and whoever
// else has the alert, and they are answered with the fixed words alone.
func TestWhatComesInAHoldReachesWhoeverHasTheAlert(t *testing.T) {
	const wish, answer = "can I talk to a real person please", "I stay quiet until one of them has been in touch."
	for name, x := range map[string]struct {
		update           bot.Update
		toWorker, toLead string
	}{
		"words":              {bot.Update{Kind: bot.Wrote, Text: "I cannot do this, sorry"}, "Has written again.", "Has written again."},
		"a changed message":  {bot.Update{Kind: bot.Edited, Text: "I cannot do this, sorry"}, "Has written again.", "Has written again."},
		"a voice note":       {bot.Update{Kind: bot.Media}, "Sent something the bot cannot read.", "Has written again."},
		"a wish":             {bot.Update{Kind: bot.Wrote, Text: wish}, "Asked to talk to a person.", "Asked to talk to a person."},
		"a wish as an edit":  {bot.Update{Kind: bot.Edited, Text: wish}, "Asked to talk to a person.", "Asked to talk to a person."},
		"a wish, on a photo": {bot.Update{Kind: bot.Media, Text: wish}, "Asked to talk to a person.", "Asked to talk to a person."},
	} {
		t.Run(name, func(t *testing.T) {
			w, code := held(t)
			x.update.Chat = patient
			got := w.update(x.update)
			w.expect(got, worker, code+": "+x.toWorker)
			w.expect(got, lead, code+": "+x.toLead)
			w.expect(got, patient, answer)
			if n := len(to(got, patient)); n != 1 {
				t.Errorf("the patient was told %d things:\n%s", n, texts(got))
			}
			if s := texts(append(to(got, worker), to(got, lead)...)); x.update.Text != "" && strings.Contains(s, x.update.Text) {
				t.Errorf("the person's words were sent: %s", s)
			}
			w.presses(lead, "Done")
			if got := w.waits(time.Hour); strings.Contains(texts(got), "again") {
				t.Errorf("after it was closed was sent:\n%s", texts(got))
			}
		})
	}
}

// Somebody who writes line after line is told of once in fifteen minutes, and the
// last of it not later than that.
func TestManyMessagesInAHoldAreToldTogether(t *testing.T) {
	w, code := held(t)
	w.expect(w.writes(patient, "are you there"), lead, code+": Has written again.")
	for range 3 {
		w.now = w.now.Add(time.Minute)
		if got := w.writes(patient, "please answer me"); len(to(got, lead))+len(to(got, worker)) != 0 {
			t.Errorf("at once was sent:\n%s", texts(got))
		}
	}
	w.expect(w.writes(patient, "I want to talk to a person"), lead, code+": Asked to talk to a person.")
	w.now = w.now.Add(time.Minute)
	w.writes(patient, "the cat is with me")
	got := w.waits(30 * time.Minute)
	if n := strings.Count(texts(to(got, lead)), "Has written again."); n != 1 {
		t.Errorf("the rest was told %d times:\n%s", n, texts(got))
	}
}

// A wish for a person outlives an alert that was none, and what only a human can
// hear stands in the worker's view.
func TestAWishInAHoldOutlivesAFalseAlarm(t *testing.T) {
	w, code := held(t)
	w.writes(patient, "can I talk to a real person please")
	w.update(bot.Update{Kind: bot.Media, Chat: patient})
	w.presses(worker, "False alarm")
	w.expect(w.writes(worker, "nudges"), worker, code+": Asked to talk to a person.")
	w.expect(w.writes(worker, "show "+code), worker, ": sent something that I cannot read")
}

// A voice note is one more thing that only a human can hear, once the one before
// it has been seen to.
func TestAVoiceNoteAfterOneThatIsDone(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	const told = ": Sent something the bot cannot read."
	w.expect(w.update(bot.Update{Kind: bot.Media, Chat: patient}), worker, code+told)
	if got := w.update(bot.Update{Kind: bot.Media, Chat: patient}); len(to(got, worker)) != 0 {
		t.Errorf("while the first is open the worker was told:\n%s", texts(got))
	}
	w.presses(worker, "Done")
	w.expect(w.update(bot.Update{Kind: bot.Media, Chat: patient}), worker, code+told)
}

// What is told of at the end of the fifteen minutes is what came since the last
// time: a wish, and new words of danger, have told of all before them.
func TestNewsThatWasToldIsNotToldAgain(t *testing.T) {
	for name, last := range map[string]string{"a wish": "I want to talk to a person", "danger": danger} {
		t.Run(name, func(t *testing.T) {
			w, code := held(t)
			w.expect(w.writes(patient, "are you there"), lead, code+": Has written again.")
			w.now = w.now.Add(time.Minute)
			w.writes(patient, "please answer me")
			w.now = w.now.Add(time.Minute)
			w.expect(w.writes(patient, last), lead, code)
			if got := w.waits(14 * time.Minute); strings.Contains(texts(got), "Has written again.") {
				t.Errorf("sent was:\n%s", texts(got))
			}
		})
	}
}

// A clock that is set back by hours keeps no news for hours.
func TestNewsAfterTheClockWasSetBack(t *testing.T) {
	w, code := held(t)
	w.expect(w.writes(patient, "are you there"), lead, code+": Has written again.")
	w.now = w.now.Add(-6 * time.Hour)
	w.expect(w.writes(patient, "please answer me"), lead, code+": Has written again.")
	if got := w.writes(patient, "please"); len(to(got, lead)) != 0 {
		t.Errorf("at once again was sent:\n%s", texts(got))
	}
}
