package bot_test

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// A worker was on an alert and has gone: the leads have it with its buttons, its
// clock runs again, and whoever presses next is on it.
func TestAnAlertIsOpenAgainWhenWhoWasOnItHasGone(t *testing.T) {
	for name, leave := range map[string]func(w *world) []sent{
		"blocked": func(w *world) []sent { return w.update(bot.Update{Kind: bot.Left, Chat: worker}) },
		"account deleted": func(w *world) []sent {
			w.platform.gone = map[bot.Chat]bool{worker: true}
			return w.writes(worker, "caseload") // the answer finds no chat
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			code := w.enrols()
			w.writes(patient, danger)
			w.presses(worker, "I am on it")
			got := leave(w)
			w.expect(got, lead, "Sam was on this alert and cannot be reached now. It needs another person.\n"+code+": Wrote words that may mean danger.")
			if a := w.conversation(patient).Patient.Alert; a == nil || a.Seen {
				t.Errorf("the alert is not open: %+v", a)
			}
			// Its clock runs: nobody presses, so it comes again.
			w.expect(w.waits(16*time.Minute), lead, "Nobody has pressed this alert yet.")
			w.expect(w.presses(lead, "I am on it"), lead, "Thank you. "+code+" is with you.")
			if got := to(w.waits(2*time.Hour), lead); len(got) != 0 {
				t.Errorf("somebody is on it, and the lead was told:\n%s", texts(got))
			}
			// One person, picked up in time once.
			if got := w.conversation(patient).Patient.Alerts; len(got) != 1 || got[0].Raised != 1 || got[0].InTime != 1 {
				t.Errorf("counted are %+v", got)
			}
			w.presses(lead, "Done")
			if c := w.conversation(patient).Patient; c.Alert != nil || c.Dialog.Held {
				t.Error("the lead cannot end it")
			}
		})
	}
}

// A lead who was on it has gone, and the worker is the one who is left.
func TestAnAlertGoesBackToTheWorkerWhenALeadHasGone(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.writes(patient, danger)
	w.waits(16 * time.Minute)
	w.presses(lead, "I am on it")
	got := w.update(bot.Update{Kind: bot.Left, Chat: lead})
	w.expect(got, worker, "Ada was on this alert and cannot be reached now. It needs another person.\n"+code)
}

// Somebody else is on it: it stays with them when the worker has gone, and when the
// worker has another app to be reached in, it stays with the worker.
func TestAnAlertStaysWithWhoeverIsOnItAndCanBeReached(t *testing.T) {
	t.Run("another", func(t *testing.T) {
		w := newWorld(t)
		w.enrols()
		w.writes(patient, danger)
		w.waits(16 * time.Minute)
		w.presses(lead, "I am on it")
		got := w.update(bot.Update{Kind: bot.Left, Chat: worker})
		if a := w.conversation(patient).Patient.Alert; a == nil || !a.Seen || strings.Contains(texts(got), "on this alert") {
			t.Errorf("alert %+v; sent were:\n%s", a, texts(got))
		}
	})
	t.Run("another app", func(t *testing.T) {
		w := newWorld(t)
		w.enrols()
		second := bot.Chat{Platform: "test", ID: "second"}
		w.writes(second, "start "+codeIn(w, w.writes(worker, "link")))
		w.writes(patient, danger)
		w.presses(second, "I am on it")
		got := w.update(bot.Update{Kind: bot.Left, Chat: worker})
		if a := w.conversation(patient).Patient.Alert; a == nil || !a.Seen || len(to(got, lead)) > 0 {
			t.Errorf("alert %+v; sent were:\n%s", a, texts(got))
		}
	})
}

// When nobody is left, the operator is called.
func TestAnAlertThatNobodyIsLeftForCallsTheOperator(t *testing.T) {
	w := newWorld(t)
	var log strings.Builder
	w.bot.Log = slog.New(slog.NewTextHandler(&log, nil))
	w.enrols()
	w.writes(patient, danger)
	w.presses(worker, "I am on it")
	w.update(bot.Update{Kind: bot.Left, Chat: lead})
	w.update(bot.Update{Kind: bot.Left, Chat: worker})
	w.waits(time.Hour)
	if !strings.Contains(log.String(), "call the team's leads") {
		t.Errorf("the log: %s", log.String())
	}
}
