package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// atWork closes the team outside its hours, Monday to Friday 9 to 17.
func (w *world) atWork() {
	w.bot.Teams[0].Next = func(now time.Time) time.Time {
		at := now
		for at.Weekday() == time.Saturday || at.Weekday() == time.Sunday || at.Hour() < 9 || at.Hour() >= 17 {
			at = at.Truncate(time.Hour).Add(time.Hour)
		}
		return at
	}
}

// shownOver lets a time pass, and says when a chat was shown the words.
func (w *world) shownOver(d time.Duration, c bot.Chat, words string) (at []string) {
	w.Helper()
	for end := w.now.Add(d); w.now.Before(end); {
		if strings.Contains(texts(to(w.waits(15*time.Minute), c)), words) {
			at = append(at, w.now.Format("Mon 15:04"))
		}
	}
	return at
}

// Whoever pressed may forget: until it is closed an alert is shown again at each
// opening of the service, after a day to the leads as well.
func TestAnAlertThatIsNotClosedIsShownAtEachOpening(t *testing.T) {
	const still = "Somebody is on this alert, and it is still open."
	for name, x := range map[string]struct {
		to   bot.Chat
		want []string
	}{
		"who is on it": {worker, []string{"Thu 09:00", "Fri 09:00", "Mon 09:00", "Tue 09:00", "Wed 09:00"}},
		"the duty":     {duty, []string{"Thu 09:00", "Fri 09:00", "Mon 09:00", "Tue 09:00", "Wed 09:00"}},
		"the lead":     {lead, []string{"Fri 09:00", "Mon 09:00", "Tue 09:00", "Wed 09:00"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.hasDuty()
			w.now = w.now.Add(49 * time.Hour) // Wednesday at 11
			w.enrols()
			w.atWork()
			w.writes(patient, danger)
			w.presses(worker, "I am on it")
			before := w.platform.count()
			if got := w.shownOver(7*24*time.Hour, x.to, still); !slices.Equal(got, x.want) {
				t.Errorf("shown on %v, not on %v", got, x.want)
			}
			if got := to(w.platform.since(before), patient); len(got) != 0 {
				t.Errorf("the patient was told:\n%s", texts(got))
			}
			w.presses(worker, "Done")
			if got := w.shownOver(3*24*time.Hour, x.to, still); got != nil {
				t.Errorf("after it was closed it was shown on %v", got)
			}
		})
	}
}

// What nobody has pressed is not silent until the next opening: it is shown after an
// hour, two, four and so on, by day and over a long weekend.
func TestAnAlertThatNobodyPressesIsShownUntilSomebodyDoes(t *testing.T) {
	for name, x := range map[string]struct {
		at   time.Duration // from Monday at 10
		over time.Duration
		want []string
	}{
		"by day":  {49 * time.Hour, 25 * time.Hour, []string{"Wed 12:30", "Wed 14:30", "Wed 18:30", "Thu 02:30", "Thu 09:00"}},
		"weekend": {4*day + 8*time.Hour, 64 * time.Hour, []string{"Fri 19:30", "Fri 21:30", "Sat 01:30", "Sat 09:30", "Sun 01:30", "Mon 09:00"}},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			code := w.enrols()
			w.atWork()
			w.now = w.now.Add(x.at)
			w.settle()
			w.writes(patient, danger)
			w.waits(45 * time.Minute)
			if got := w.shownOver(x.over, worker, "Nobody has pressed this alert yet. It needs a person now.\n"+code); !slices.Equal(got, x.want) {
				t.Errorf("shown on %v, not on %v", got, x.want)
			}
			w.presses(lead, "I am on it")
			if got := w.shownOver(12*time.Hour, lead, "Nobody has pressed"); got != nil {
				t.Errorf("after a press it was shown on %v", got)
			}
			w.presses(lead, "False alarm")
			if got := w.shownOver(48*time.Hour, lead, code); got != nil {
				t.Errorf("after it was closed it was shown on %v", got)
			}
		})
	}
}

// An apology answers what they wrote: after a stop it comes too, with no question
// behind it, and the stop stays.
func TestAFalseAlarmAfterAStopIsEnded(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.writes(patient, "stop")
	w.writes(patient, danger)
	got := w.writes(worker, "show "+code)
	w.expect(got, worker, "They have stopped the messages.")
	w.expect(got, worker, "Messages are on hold until the alert is marked done.")
	got = w.presses(worker, "False alarm")
	w.expect(got, patient, "Sorry if I got that wrong. I would rather check.")
	if n := len(to(got, patient)); n != 1 || strings.Contains(texts(got), "go on") {
		t.Errorf("they were told:\n%s", texts(got))
	}
	if p := w.conversation(patient).Patient; p.Dialog.Held || !p.Dialog.Stopped {
		t.Errorf("held %t, stopped %t", p.Dialog.Held, p.Dialog.Stopped)
	}
}

// In an earlier release a press ended the clock of an alert. Such a one gets it back
// with the next turn of its person, here the Monday's check-in that is not sent.
func TestAnAlertWithoutAClockGetsOne(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.begins("6")
	w.atWork()
	w.now = w.now.Add(49 * time.Hour) // Wednesday at 11
	w.settle()
	w.writes(patient, danger)
	w.presses(worker, "I am on it")
	c := w.conversation(patient)
	as := bot.Commit{Conversation: c, Due: w.now.Add(30 * day), DueExactly: true}
	for name, at := range c.Timers {
		if strings.HasPrefix(name, "alert:") {
			delete(c.Timers, name)
		} else if at.Before(as.Due) {
			as.Due = at
		}
	}
	if err := w.store.Commit(w.ctx, as); err != nil {
		t.Fatal(err)
	}
	got := w.shownOver(7*24*time.Hour, worker, "Somebody is on this alert, and it is still open.")
	if want := []string{"Tue 09:00", "Wed 09:00"}; !slices.Equal(got, want) {
		t.Errorf("shown on %v, not on %v", got, want)
	}
}

// In a channel nobody can write to the bot, so nobody is told there what to write.
func TestADutyChannelIsToldNothingToWrite(t *testing.T) {
	w := newWorld(t)
	w.bot.Teams[0].DutyChannel = true
	w.hasDuty()
	code := w.enrols()
	alert := to(w.writes(patient, danger), duty)
	w.now = w.now.Add(time.Minute)
	news := to(w.writes(patient, "are you there"), duty)
	if len(alert) != 1 || len(news) != 1 || strings.Contains(texts(append(alert, news...)), "show "+code) {
		t.Errorf("they were told:\n%s%s", texts(alert), texts(news))
	}
	w.expect(alert, duty, "Their link worker is Sam, who knows whose code this is.")
}
