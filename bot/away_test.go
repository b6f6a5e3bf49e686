package bot_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// asksTheGoneWorker has a patient ask for a person while their worker's account is gone.
func (w *world) asksTheGoneWorker() []sent {
	w.Helper()
	w.platform.fail[worker] = &bot.SendError{Fate: bot.Gone, Err: errTest}
	return w.writes(patient, "can I talk to a real person please")
}

// A person who was promised a call is handed over, when the worker cannot be
// reached: the leads hear of it once, of what comes new, and no more once the
// worker is back.
func TestALeadHearsWhatIsOpenWithAWorkerWhoIsGone(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	got := w.asksTheGoneWorker()
	w.expect(got, patient, "I have asked for Sam to get in touch.")
	w.expect(got, lead, "Sam cannot be reached: a message to them did not arrive. Please see who takes over what is open with them:\n"+code+": Asked to talk to a person. Please act: today.")
	if len(to(got, lead)) != 1 || strings.Contains(texts(got), "real person") {
		t.Errorf("sent were:\n%s", texts(got))
	}
	w.update(bot.Update{Kind: bot.Left, Chat: worker})
	if got := to(w.waits(48*time.Hour), lead); len(got) != 0 {
		t.Errorf("in two days the lead was told:\n%s", texts(got))
	}
	// What is new is.
	w.expect(w.asksTheGoneWorker(), lead, code+": Asked to talk to a person.")

	// The worker is back, and finds what they missed.
	w.expect(w.writes(worker, "caseload"), worker, "Messages to you did not arrive lately.")
	w.expect(w.writes(worker, "nudges"), worker, code+": Asked to talk to a person.")
	w.now = w.now.Add(time.Hour)
	w.expect(w.asksTheGoneWorker(), lead, "Sam cannot be reached")
}

// Where there is no lead but themselves, the operator is called.
func TestALeadWhoIsGoneAndAlone(t *testing.T) {
	w := newWorld(t)
	var log strings.Builder
	w.bot.Log = slog.New(slog.NewTextHandler(&log, nil))
	w.update(bot.Update{Kind: bot.Left, Chat: lead})
	if !strings.Contains(log.String(), "there is nobody to hand over to") {
		t.Errorf("the log: %s", log.String())
	}
}

// An alert is told as an alert, and not twice.
func TestAnAlertIsNotHandedOverAsWell(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.platform.fail[worker] = &bot.SendError{Fate: bot.Gone, Err: errTest}
	got := w.writes(patient, danger)
	w.expect(got, lead, "It needs a person now.\n"+code)
	w.expect(got, lead, "Sam cannot be reached: a message to them did not arrive.\nI tell you of anything new until they write to me again.")
}
