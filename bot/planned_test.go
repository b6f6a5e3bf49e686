package bot_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// planned keeps the messages to a patient that were sent first, with their times.
type planned struct {
	at   time.Time
	text string
}

// first lets time pass in steps of an hour and gives what the patient got.
func (w *world) first(d time.Duration) []planned {
	w.Helper()
	var list []planned
	for end := w.now.Add(d); w.now.Before(end); {
		before := w.platform.count()
		w.now = w.now.Add(time.Hour)
		w.settle()
		for _, m := range to(w.platform.since(before), patient) {
			list = append(list, planned{w.now, m.Text})
		}
	}
	return list
}

// days are the local days of messages that begin so.
func (w *world) days(list []planned, begins string) string {
	var days []string
	for _, p := range list {
		if strings.HasPrefix(p.text, begins) {
			days = append(days, p.at.In(w.bot.Teams[0].Zone).Format("01-02 15:04"))
		}
	}
	return strings.Join(days, " ")
}

// hello is how a check-in begins.
const hello = "Hello again. This is our check-in."

const day = 24 * time.Hour

// The ladder: one reminder a check-in; after two without a reply the worker is
// told and every second one is passed over; after three there is a kind word
// and a pause.
func TestTheLadderOfSilence(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.begins("6")
	before := w.platform.count()
	got := w.first(33 * day)
	if s := w.days(got, hello); s != "03-09 10:00 03-16 10:00 03-30 10:00" {
		t.Errorf("check-ins: %s", s)
	}
	if s := w.days(got, "No rush."); s != "03-11 10:00 03-18 10:00 04-01 10:00" {
		t.Errorf("reminders: %s", s)
	}
	if s := w.days(got, "Hello from Sam's team. I will be quiet until you send START."); s != "04-04 10:00" {
		t.Errorf("the kind word: %s", s)
	}
	w.expect(w.platform.since(before), worker, code+": Two check-ins in a row had no reply.")
	// A reply ends all of it.
	w.writes(patient, "start")
	w.writes(patient, "skip")
	if s := w.days(w.first(9*day), hello); s == "" {
		t.Error("nothing came after they started again")
	}
}

// Whose turn has come keeps it while a closed day or their hours hold it back, and
// other dialogs change nothing about whose turn it is.
func TestATurnThatIsHeldIsNotPassedOver(t *testing.T) {
	for name, c := range map[string]struct {
		closed, quietUntil, want string
	}{
		"nothing holds":    {want: "03-09 10:00 03-16 10:00 03-30 10:00"},
		"a closed day":     {closed: "2026-03-30", want: "03-09 10:00 03-16 10:00 03-31 10:00"},
		"their hours, too": {quietUntil: "11:00", want: "03-09 11:00 03-16 11:00 03-30 11:00"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.bot.Teams[0].Closed = func(d time.Time) bool { return d.Format(time.DateOnly) == c.closed }
			if c.quietUntil != "" {
				w.bot.Teams[0].Quiet.End = c.quietUntil
			}
			w.enrols()
			w.begins("6")
			if s := w.days(w.first(33*day), hello); s != c.want {
				t.Errorf("check-ins: %s, want %s", s, c.want)
			}
		})
	}
}

func TestTheWeeklyCapHoldsAReminder(t *testing.T) {
	w := newWorld(t)
	w.bot.Teams[0].WeeklyCap = 1
	code := w.enrols()
	w.begins("6")
	got := w.first(12 * day) // the check-in is of Monday 9 March; the set questions of Tuesday hold it for a day
	if s := w.days(got, hello); s != "03-10 10:00" {
		t.Errorf("check-ins: %s", s)
	}
	if s := w.days(got, "No rush."); s != "" {
		t.Errorf("a reminder beside the check-in: %s", s)
	}
	w.expect(w.writes(worker, "why "+code), worker, "they had been written to as often as a week allows")
	if s := w.days(w.first(10*day), "No rush."); s != "03-16 10:00" { // the week of the check-in's own day is over
		t.Errorf("the reminder: %s", s)
	}
}

// A week is one by the person's clocks: their change makes no check-in late.
func TestTheWeekOfTheCapChangesItsClocksWithThePerson(t *testing.T) {
	w := newWorld(t)
	w.bot.Teams[0].WeeklyCap = 1
	w.enrols()
	w.begins("6")
	var got []planned
	for range 10 {
		got = append(got, w.first(3*day)...)
		for w.conversation(patient).Patient.Dialog.Session != nil {
			w.writes(patient, "skip")
		}
	}
	if s := w.days(got, hello); s != "03-10 10:00 03-16 10:00 03-23 10:00 03-30 10:00" {
		t.Errorf("check-ins: %s", s) // the set questions of Tuesday 3 March hold the first one for a day
	}
}

// A minor dialog leaves the last place of a week to the check-in.
func TestTheCheckInHasTheLastPlaceOfAWeek(t *testing.T) {
	w := newWorld(t)
	w.bot.Teams[0].WeeklyCap = 2
	w.enrols()
	w.begins("6")
	got := w.first(8 * day) // the set questions are due the day after
	if s := w.days(got, hello); s != "03-09 10:00" {
		t.Errorf("check-ins: %s", s)
	}
}

func TestWhyTellsRuleTimeAndWhatHeldIt(t *testing.T) {
	w := newWorld(t)
	w.bot.Teams[0].Closed = func(day time.Time) bool { return day.Format(time.DateOnly) == "2026-03-09" }
	code := w.enrols()
	w.begins("6")
	w.expect(w.writes(worker, "why "+code), worker, "Next is the four set questions, on Tuesday 3 March at 10:00, their time.")
	w.waits(8 * day)
	got := w.writes(worker, "why "+code)
	for _, words := range []string{
		"The last message that I sent first was the check-in, on Tuesday 10 March at 10:00, their time.",
		"It follows what was agreed: every week on Monday at 10:00.",
		"It was due on Monday 9 March at 10:00 and waited: nothing is sent on closed days.",
		"Next is the check-in, on Monday 16 March at 10:00, their time.",
	} {
		w.expect(got, worker, words)
	}
	// By a button as well, and each look is recorded.
	w.writes(worker, "show "+code)
	w.expect(w.presses(worker, "Why then?"), worker, "It follows what was agreed")
	looks := 0
	for _, e := range w.journal(patient) {
		if e.What == "read" && e.Name == "why" {
			looks++
		}
	}
	if looks != 3 {
		t.Errorf("%d looks are recorded", looks)
	}
	// Not on somebody else's patient.
	w.expect(w.writes(lead, "why "+code), lead, "not on your caseload")
	w.expect(w.writes(worker, "why"), worker, "Please write the code as well, such as: why Wren-417.")
	w.writes(patient, "stop")
	w.expect(w.writes(worker, "why "+code), worker, "they have stopped the messages, and only they can start them again")
}

// The reason stands in the outbox, the log and the journal as codes, without a
// word of the person's.
func TestReasonsAreCodes(t *testing.T) {
	w := newWorld(t)
	var log strings.Builder
	w.bot.Log = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	w.enrols()
	w.begins("6")
	w.waits(10 * day)
	reasons := map[string]int{}
	for _, e := range w.journal(patient) {
		if e.What == "said" || e.What == "asked" {
			reasons[e.Rule]++
		}
	}
	for _, want := range []string{
		"why=plan script=weekly rule=FREQ=WEEKLY;BYDAY=MO at=10:00 due=2026-03-09T10:00:00Z zone=Europe/London",
		"why=silence script=weekly due=2026-03-11T10:00:00Z zone=Europe/London",
	} {
		if reasons[want] != 1 {
			t.Errorf("%q stands %d times in the journal: %v", want, reasons[want], reasons)
		}
		if !strings.Contains(log.String(), fmt.Sprintf("why=%q", want)) {
			t.Errorf("no message left with the reason %q", want)
		}
	}
	if strings.Contains(log.String(), `why=""`) || strings.Contains(log.String(), "allotment") {
		t.Errorf("a message without a reason, or a person's words, in:\n%s", log.String())
	}
}

// A long outage makes up for one check-in at most, and for none that is stale.
func TestAfterAnOutage(t *testing.T) {
	for _, tt := range []struct {
		name string
		down time.Duration // from Sunday 8 March, 10:00
		want string
	}{
		{"back within the day: late, once", 30 * time.Hour, "03-09 17:00 03-16 10:00"},
		{"two days late: not at all, and the next one as planned", 73 * time.Hour, "03-16 10:00"},
		{"three weeks: none of the missed ones", 21*day + 2*time.Hour, "03-30 10:00"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			w.enrols()
			w.begins("6")
			w.waits(6 * day)
			w.now = w.now.Add(tt.down)
			got := w.first(7 * day)
			if s := w.days(got, hello); s != tt.want {
				t.Errorf("check-ins: %s, want %s", s, tt.want)
			}
		})
	}
}

// What is due together is one contact: the check-in goes first, and what
// waits beside it follows in the same chat or not at all.
func TestDueTogetherIsOneContact(t *testing.T) {
	w := newWorld(t)
	// The set questions of Tuesday and the check-in of Monday a week later are
	// both held by a closed week.
	w.bot.Teams[0].Closed = func(day time.Time) bool { return day.Before(time.Date(2026, 3, 9, 0, 0, 0, 0, time.UTC)) }
	w.enrols()
	w.begins("6")
	got := w.first(8 * day)
	if n := len(got); n == 0 || got[0].at.Format("01-02 15:04") != "03-09 10:00" {
		t.Fatalf("%d messages, the first %+v", n, got)
	}
	for _, p := range got {
		if p.at.Day() == 9 && p.at.Hour() == 10 && p.at.Minute() > 0 {
			t.Errorf("at %s: %s", p.at, p.text)
		}
	}
}

// A reminder that waits for the morning is not lost when a script comes due
// beside it.
func TestAHeldReminderOutlivesWhatComesDue(t *testing.T) {
	w := newWorld(t)
	w.bot.Teams[0].Closed = func(day time.Time) bool {
		s := day.Format(time.DateOnly)
		return s >= "2026-03-11" && s <= "2026-03-13"
	}
	w.enrols()
	w.begins("6")
	w.waits(7 * day)                // Monday: the check-in
	w.writes(patient, "a good day") // the number is asked
	w.presses(patient, "6")
	got := w.first(20 * day)
	if s := w.days(got, "No rush."); !strings.HasPrefix(s, "03-14 10:00") {
		t.Errorf("reminders: %s", s)
	}
}

func TestAMoveJumpsOverNoCheckInAndRepeatsNone(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.begins("6")
	w.waits(7*day - 2*time.Hour) // Monday 9 March, 08:00 in London, 17:00 in Tokyo
	got := w.update(bot.Update{Kind: bot.Wrote, Chat: patient, Text: "hello", Zone: "Asia/Tokyo"})
	if s := to(got, patient); len(s) < 2 || !strings.HasPrefix(s[len(s)-2].Text, hello) {
		t.Errorf("Monday's check-in is jumped over:\n%s", texts(got))
	}
	w.writes(patient, "stop")
	w.writes(patient, "start")
	w.writes(patient, "skip")
	w.update(bot.Update{Kind: bot.Wrote, Chat: patient, Text: "hello", Zone: "America/Los_Angeles"}) // Monday, 01:00 there
	if s := w.days(w.first(2*day), hello); s != "" {
		t.Errorf("Monday comes twice: %s", s)
	}
}

// With one contact a week, a bank holiday puts off one check-in and moves no other;
// and a start that the cap holds until the next is nearer is left to that one. The
// set questions of Tuesday 3 March are the first contact.
func TestTheWeeklyCapMovesNoPlanForGood(t *testing.T) {
	for name, c := range map[string]struct{ closed, wish, want string }{
		"a bank holiday":     {"2026-03-16", "", "03-10 10:00 03-17 10:00 03-23 10:00"},
		"the next is nearer": {"", "thursdays please", "03-12 10:00 03-19 10:00 03-26 10:00"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.bot.Teams[0].WeeklyCap = 1
			w.bot.Teams[0].Closed = func(d time.Time) bool { return d.Format(time.DateOnly) == c.closed }
			code := w.enrols()
			w.begins("6")
			if c.wish != "" {
				w.writes(patient, c.wish)
				w.expect(w.presses(patient, "Yes"), patient, "Thank you. I have noted that.")
			}
			w.waits(4 * day)
			if c.wish != "" {
				w.expect(w.writes(worker, "why "+code), worker, "until the next was nearer")
			}
			var got []planned
			for range 11 {
				got = append(got, w.first(2*day)...)
				for w.conversation(patient).Patient.Dialog.Session != nil {
					w.writes(patient, "skip")
				}
			}
			if s := w.days(got, hello); s != c.want {
				t.Errorf("check-ins: %s, want %s", s, c.want)
			}
		})
	}
}
