package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// What a worker reads about what comes next, and why, is what will happen.

func TestWhyNamesTheCheckInThatWillBeSent(t *testing.T) {
	w := newWorld(t)
	w.bot.Teams[0].Closed = func(day time.Time) bool { return day.Format(time.DateOnly) == "2026-03-30" }
	code := w.enrols()
	w.begins("6")
	w.waits(20 * day) // two check-ins without a reply
	got := w.writes(worker, "why "+code)
	for _, words := range []string{
		"The check-in of Monday 23 March at 10:00 is left out: they had left two check-ins without a reply, and get only every second one.",
		"Next is the check-in, on Tuesday 31 March at 10:00, their time. It is due on Monday 30 March at 10:00, but nothing is sent on closed days.",
	} {
		w.expect(got, worker, words)
	}
	if s := w.days(w.first(14*day), hello); s != "03-31 10:00" {
		t.Errorf("check-ins: %s", s)
	}
}

func TestWhyTellsAllThatHoldsACheckIn(t *testing.T) {
	w := newWorld(t)
	w.bot.Teams[0].Closed = func(day time.Time) bool { return day.Format(time.DateOnly) == "2026-03-09" }
	w.bot.Teams[0].Quiet.End = "11:00"
	code := w.enrols()
	w.begins("6")
	w.waits(7*day + 2*time.Hour)
	w.expect(w.writes(worker, "why "+code), worker, "and waits: nothing is sent in the quiet hours of their day; nothing is sent on closed days.")
}

func TestWhySaysThatADayWasAskedForOnce(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.begins("6")
	w.waits(4 * day)
	w.writes(patient, "can we do thursday instead this time please")
	w.presses(patient, "Yes")
	w.waits(7 * day)
	w.expect(w.writes(worker, "why "+code), worker, "The last message that I sent first was the check-in, on Thursday 12 March at 10:00, their time.\nIt follows what was agreed: once on Thursday 12 March at 10:00.")
}

// Whoever left three check-ins without a reply has asked for nothing: their worker
// may want to call.
func TestAWorkerIsToldWhoseBreakItIs(t *testing.T) {
	const quiet, theirs = "I went quiet since they left my messages without a reply.", "They are on a break until they write START."
	w := newWorld(t)
	code := w.enrols()
	w.begins("6")
	w.waits(34 * day)
	w.expect(w.writes(worker, "show "+code), worker, quiet)
	w.expect(w.writes(worker, "why "+code), worker, quiet)
	w.writes(patient, "start")
	w.writes(patient, "skip")
	w.writes(patient, "pause")
	w.presses(patient, "Until I say")
	w.expect(w.writes(worker, "show "+code), worker, theirs)
	w.writes(patient, "start")
	w.writes(patient, "skip")
	w.writes(patient, "pause until 20 may")
	w.expect(w.writes(worker, "show "+code), worker, "They are on a break until Wednesday 20 May.")
}

func TestACodeIsFoundAmongWords(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	for _, words := range []string{"why " + code + "?", "show " + code + ".", "Show me " + strings.ToLower(code), "why (" + code + ") please"} {
		if got := w.writes(worker, words); !slices.ContainsFunc(got, func(m sent) bool { return strings.HasPrefix(m.Text, code+"\n") || m.Text == code }) {
			t.Errorf("%q: %s", words, texts(got))
		}
	}
	w.expect(w.writes(worker, "why Wren-99"), worker, "That code is not on your caseload.")
}

// A break until a date ends on that date wherever they are: no check-in of the day
// is lost to the east, and none comes a day early in the west.
func TestABreakEndsOnItsDateAfterAMove(t *testing.T) {
	for zone, c := range map[string]struct{ wish, want string }{
		"Australia/Sydney":    {"mondays at 10 in the morning please", "03-08 23:00"},
		"America/Los_Angeles": {"sundays at 5 in the afternoon please", "03-16 00:00"},
	} {
		t.Run(zone, func(t *testing.T) {
			w := newWorld(t)
			w.enrols()
			w.begins("6")
			w.writes(patient, c.wish)
			if strings.HasPrefix(c.wish, "sundays") {
				w.presses(patient, "Yes")
			}
			w.waits(day + time.Hour)
			w.writes(patient, "no") // to the set questions
			w.writes(patient, "pause until monday")
			w.waits(day)
			w.update(bot.Update{Kind: bot.Wrote, Chat: patient, Text: "hello", Zone: zone})
			if s := w.days(w.first(14*day), hello); !strings.HasPrefix(s, c.want) {
				t.Errorf("check-ins: %s", s)
			}
		})
	}
}
