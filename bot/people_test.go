package bot_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// begins goes through the first conversation with a first number.
func (w *world) begins(number string) {
	w.Helper()
	w.presses(patient, "Yes")
	w.presses(patient, "Yes")
	w.writes(patient, "Sitting in the allotment")
	w.writes(patient, "Getting out more")
	w.writes(patient, "The curtains would be open")
	w.presses(patient, number)
	w.writes(patient, "My sister rings on Sundays")
	w.presses(patient, "Yes")
	w.presses(patient, "Monday")
	w.presses(patient, "10 in the morning")
}

func TestEnrolment(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	if !strings.Contains(code, "-") {
		t.Errorf("the case code is %q", code)
	}
	w.expect(w.platform.since(0), worker, code+" has started.")
	w.expect(w.platform.since(0), patient, "I am a computer helper for Sam's team.")
}

func TestInviteWorksOnce(t *testing.T) {
	w := newWorld(t)
	w.writes(lead, "name Ada")
	code := codeIn(w, w.writes(lead, "invite"))
	w.writes(patient, "start "+code)
	other := bot.Chat{Platform: "test", ID: "other"}
	w.expect(w.writes(other, "start "+code), other, "This link has been used already.")
	w.expect(w.writes(other, "hello?"), other, "I need an invite")
	w.expect(w.writes(patient, "start "+code), patient, "") // pressed again by the same person: no harm
}

func TestAUsedInviteStaysUsedAfterErase(t *testing.T) {
	w := newWorld(t)
	w.writes(lead, "name Ada")
	code := codeIn(w, w.writes(lead, "invite"))
	w.writes(patient, "start "+code)
	id, err := w.store.Find(w.ctx, patient)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.store.Erase(w.ctx, id); err != nil {
		t.Fatal(err)
	}
	for _, c := range []bot.Chat{{Platform: "test", ID: "other"}, patient} {
		w.expect(w.writes(c, "start "+code), c, "This link has been used already.")
	}
}

func TestInviteEnds(t *testing.T) {
	w := newWorld(t)
	w.writes(lead, "name Ada")
	code := codeIn(w, w.writes(lead, "invite"))
	w.now = w.now.AddDate(0, 0, 15)
	w.expect(w.writes(patient, "start "+code), patient, "This link no longer works.")
	w.expect(w.writes(patient, "start abcdefghijklmnopqrstuvwxyz"), patient, "This link no longer works.")
}

func TestOnlyLeadsAddWorkers(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.expect(w.writes(worker, "worker Kim"), worker, "Only a lead can add a link worker.")
}

func TestSecondPlatformIsOneConversation(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	second := bot.Chat{Platform: "test", ID: "second"}
	code := codeIn(w, w.writes(patient, "link"))
	w.expect(w.writes(second, "start "+code), second, "This app now belongs to our chat too.")
	// The open question is answered from the new chat, and goes on there.
	got := w.writes(second, "yes")
	w.expect(got, second, "private and safe place")
}

// behind is a replica that remembers of a chat what another one has changed.
type behind struct {
	bot.Turns
	met *bot.Conversation
}

func (b *behind) Meet(ctx context.Context, c bot.Chat) (*bot.Conversation, error) {
	if met := b.met; met != nil {
		b.met = nil
		return met, nil
	}
	return b.Turns.Meet(ctx, c)
}

// A replica met somebody as a stranger; then another one linked that chat to a
// patient. What they write next is the patient's, also through the first.
func TestAChatLinkedElsewhereIsNoStrangersAnyMore(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	second := bot.Chat{Platform: "test", ID: "second"}
	w.writes(second, "hello")
	before, err := w.store.Meet(w.ctx, second)
	if err != nil || before.Version == 0 {
		t.Fatalf("met %+v, %v", before, err)
	}
	w.writes(second, "start "+codeIn(w, w.writes(patient, "link")))
	w.bot.Store = &behind{Turns: w.store, met: before}
	w.expect(w.writes(second, danger), worker, code+": Wrote words that may mean danger")
}

func TestWorkerSeesOnlyTheirCaseload(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.begins("5")
	got := w.writes(worker, "show "+code)
	w.expect(got, worker, "“My sister rings on Sundays”")
	w.expect(got, worker, "Weekly numbers, latest last: 5")
	w.expect(w.writes(lead, "show "+code), lead, "not on your caseload")
	id, err := w.store.Find(w.ctx, patient)
	if err != nil {
		t.Fatal(err)
	}
	journal, err := w.store.Recent(w.ctx, id, 5)
	if err != nil {
		t.Fatal(err)
	}
	if last := journal[len(journal)-1]; last.What != "read" || last.By == "" {
		t.Errorf("the look was not recorded; the last entry is %q", last.What)
	}
}

// A worker with people of their own reads nothing of a colleague's, under any
// code, and acts on none of a colleague's nudges, whatever a button carries.
func TestAColleaguesPeopleStayTheirs(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.begins("5")
	colleague, other := bot.Chat{Platform: "test", ID: "colleague"}, bot.Chat{Platform: "test", ID: "other"}
	w.writes(colleague, "start "+codeIn(w, w.writes(lead, "worker Rob")))
	w.writes(other, "start "+codeIn(w, w.writes(colleague, "invite")))
	w.writes(other, "could Rob call me please, I want to talk to a person")
	w.writes(patient, "could Sam call me please, I want to talk to a person")
	looks := len(w.journal(patient)) + len(w.journal(other))
	for _, ask := range []string{"show " + code, "why " + code, "show Wren-000"} {
		got := to(w.writes(colleague, ask), colleague)
		if len(got) != 1 || !strings.Contains(got[0].Text, "not on your caseload") {
			t.Errorf("%s: the colleague got:\n%s", ask, texts(got))
		}
	}
	if n := len(w.journal(patient)) + len(w.journal(other)); n != looks {
		t.Errorf("%d entries more in the patients' journals", n-looks)
	}
	var data string
	for _, m := range to(w.platform.since(0), worker) {
		for _, b := range m.Buttons {
			if b.Label == "Done" {
				data = b.Data
			}
		}
	}
	if data == "" {
		t.Fatal("the worker was shown no nudge")
	}
	w.expect(w.update(bot.Update{Kind: bot.Pressed, Chat: colleague, Data: data}), colleague, "already closed")
	for _, c := range []bot.Chat{worker, colleague} {
		if got := to(w.writes(c, "nudges"), c); len(got) != 1 || len(got[0].Buttons) == 0 {
			t.Errorf("%s has no nudge open any more:\n%s", c.ID, texts(got))
		}
	}
}

func TestWeeklyCheckInNudgesAndSummary(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.begins("6")
	got := w.waits(7 * 24 * time.Hour)
	w.expect(got, patient, "This is our check-in.")
	w.expect(got, channel, "Harbour team, the week from Monday 2 March")
	w.writes(patient, "Saw a neighbour")
	got = w.presses(patient, "1")
	w.expect(got, worker, code+": Gave a low number this week.")
	for _, m := range got {
		if m.Chat != patient && strings.Contains(m.Text, "neighbour") {
			t.Errorf("a nudge carries the person's words: %q", m.Text)
		}
	}
	w.expect(w.presses(worker, "Done"), worker, "Done, and noted: "+code)
	w.expect(w.presses(worker, "Done"), worker, "already closed")
}

func TestTwoCheckInsWithoutReply(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.begins("6")
	got := w.waits(21*24*time.Hour - time.Hour)
	w.expect(got, worker, "Good morning. What has come together, none of it urgent:\n"+code+": Two check-ins in a row had no reply.")
	reminders := 0
	for _, m := range got {
		if m.Chat == patient && strings.HasPrefix(m.Text, "No rush") {
			reminders++
		}
	}
	if reminders != 2 {
		t.Errorf("%d reminders for two check-ins, want one each", reminders)
	}
}

func TestQuietHoursHoldAReminder(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.begins("6")
	w.waits(7 * 24 * time.Hour)     // Monday 10:00: the check-in
	w.waits(13 * time.Hour)         // 23:00
	w.writes(patient, "Slept well") // the next question, at night
	got := w.waits(48*time.Hour + 30*time.Minute)
	if len(got) != 0 {
		t.Errorf("at 23:30 they got:\n%s", texts(got))
	}
	w.expect(w.waits(9*time.Hour+30*time.Minute), patient, "No rush.") // 09:00
}

func TestClosedDaysHoldWhatIsPlanned(t *testing.T) {
	w := newWorld(t)
	w.bot.Teams[0].Closed = func(day time.Time) bool { return day.Format(time.DateOnly) == "2026-03-09" }
	w.enrols()
	w.begins("6")
	w.waits(6*24*time.Hour + 14*time.Hour) // the last minute of Sunday
	if got := to(w.waits(22*time.Hour), patient); len(got) != 0 {
		t.Errorf("on a closed Monday they got:\n%s", texts(got))
	}
	w.expect(w.waits(12*time.Hour), patient, "This is our check-in.") // Tuesday, 10:00
}

// Whoever has a bank holiday as their day is told the day on which the check-in
// does come, which is at their own time, also after an afternoon.
func TestTheDayThatIsSaidIsOneOnWhichSomethingIsSent(t *testing.T) {
	w := newWorld(t)
	closed := []string{"2026-03-03", "2026-03-09", "2026-03-11"}
	w.bot.Teams[0].Closed = func(day time.Time) bool { return slices.Contains(closed, day.Format(time.DateOnly)) }
	w.enrols()
	w.begins("6")
	shown := to(w.platform.since(0), patient)
	w.expect(shown, patient, "Our next check-in is on Tuesday 10 March at 10 in the morning.")
	w.expect(shown, patient, "On Wednesday 4 March I send 4 set questions")
	w.waits(2*day + time.Hour)
	w.expect(w.writes(patient, "no"), patient, "That is fine.") // to the set questions
	w.writes(patient, "mondays at 5 in the afternoon please")
	got := w.presses(patient, "Yes")
	w.expect(to(w.platform.since(0), patient), patient, "Next one: Tuesday 10 March at 5 in the")
	if got = to(w.waits(5*day), patient); len(got) != 0 {
		t.Errorf("before Tuesday's check-in they got:\n%s", texts(got))
	}
	w.waits(day + 5*time.Hour) // Tuesday, 16:00
	if got = to(w.waits(45*time.Minute), patient); len(got) != 0 {
		t.Errorf("on Tuesday before their time they got:\n%s", texts(got))
	}
	w.expect(w.waits(30*time.Minute), patient, "This is our check-in.")
}

// A check-in that is held back by a closed day is the next one, and no later one.
func TestACheckInThatIsHeldIsTheNextOne(t *testing.T) {
	w := newWorld(t)
	w.bot.Teams[0].Closed = func(day time.Time) bool { return day.Format(time.DateOnly) == "2026-03-09" }
	w.enrols()
	w.begins("6")
	w.waits(7*day + 2*time.Hour) // Monday, 12:00
	w.writes(patient, "stop")
	w.writes(patient, "start")
	w.presses(patient, "Pick up where we were")
	w.expect(w.writes(patient, "skip"), patient, "Our next check-in is on Tuesday 10 March at 10 in the morning.")
	w.expect(w.waits(day), patient, "This is our check-in.")
}

func TestSameUpdateFiveTimes(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	before := w.platform.count()
	u := bot.Update{ID: "test:once", Kind: bot.Wrote, Chat: patient, Text: "yes"}
	w.update(u)
	n := w.platform.count() - before
	for range 4 {
		w.update(u)
	}
	if again := w.platform.count() - before; n == 0 || again != n {
		t.Errorf("%d messages after the first, %d after the fifth", n, again)
	}
}

// Whoever was a lead and is taken out of the settings keeps their own people, and
// adds nobody any more; the new lead does, also from a second app.
func TestALeadWhoIsTakenOutOfTheSettingsIsNone(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	next, second := bot.Chat{Platform: "test", ID: "next"}, bot.Chat{Platform: "test", ID: "second"}
	w.bot.Teams[0].Leads = []bot.Chat{next}
	if err := w.bot.Prepare(w.ctx); err != nil {
		t.Fatal(err)
	}
	w.expect(w.writes(lead, "worker Eve"), lead, "Only a lead can add a link worker.")
	w.expect(w.writes(lead, "invite"), lead, "is the code for this person here.")
	w.writes(second, "start "+codeIn(w, w.writes(next, "link")))
	w.expect(w.writes(second, "worker Eve"), second, "Please give this to Eve.")
}

// A new name reaches the people who know the old one, and those whose invitation
// still has it.
func TestPeopleSeeTheNewNameOfTheirWorker(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	invitation := codeIn(w, w.writes(worker, "invite"))
	w.writes(worker, "name Samira")
	w.expect(w.writes(patient, "help"), patient, "Samira's team")
	other := bot.Chat{Platform: "test", ID: "other"}
	w.writes(other, "start "+invitation)
	w.expect(w.writes(other, "help"), other, "Samira's team")
}

func TestShowAsksForTheCode(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.expect(w.writes(worker, "show"), worker, "Please write the code as well")
}

func TestOutOfHoursAnActForTodayNamesTheNextHours(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.closedUntil(time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC))
	w.expect(w.writes(patient, "can I talk to a real person please"), worker, "Please act: when you are next at work, tomorrow at 9.")
}

// Whoever delivered a letter may die before that is noted; the next one delivers
// it again.
func TestALetterThatComesTwiceIsTakenOnce(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	id, err := w.store.Find(w.ctx, patient)
	if err != nil {
		t.Fatal(err)
	}
	letter := bot.Envelope{ID: "worker.0000000007.000", Letter: &bot.Letter{To: id, From: "worker", Kind: "read", Body: []byte(`{"what":"show"}`)}}
	for range 3 {
		if err := w.bot.Open(w.ctx, letter); err != nil {
			t.Fatal(err)
		}
	}
	reads := slices.DeleteFunc(w.journal(patient), func(e bot.Entry) bool { return e.What != "read" })
	if len(reads) != 1 {
		t.Errorf("the journal has %d reads, want 1: %+v", len(reads), reads)
	}
}
