package bot_test

import (
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

const danger = "I want to end my life"

func TestDistressInTheMiddleOfAQuestion(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	got := w.writes(patient, danger)
	w.expect(got, patient, "If life is at risk call 999.")
	w.expect(got, worker, code+": Wrote words that may mean danger.")
	for _, m := range got {
		if m.Chat != patient && strings.Contains(m.Text, "end my life") {
			t.Errorf("the alert carries the person's words: %q", m.Text)
		}
	}
	// Nothing else is said until a person has looked.
	w.expect(w.writes(patient, "yes"), patient, "I stay quiet until one of them has been in touch.")
	if got := w.waits(10 * 24 * time.Hour); len(to(got, patient)) != 0 {
		t.Errorf("while held they got:\n%s", texts(to(got, patient)))
	}
	w.presses(worker, "Done")
	w.expect(w.writes(patient, "hello"), patient, "Thank you.")
}

func TestAlertNobodyPressesEscalates(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.writes(patient, danger)
	if got := w.waits(14 * time.Minute); len(to(got, lead)) != 0 {
		t.Errorf("before 15 minutes the lead got:\n%s", texts(got))
	}
	w.expect(w.waits(2*time.Minute), lead, "Nobody has pressed this alert yet. It needs a person now.\n"+code)
}

func TestAlertThatIsPressedDoesNotEscalate(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.writes(patient, danger)
	w.presses(worker, "I am on it")
	if got := w.waits(time.Hour); len(to(got, lead)) != 0 {
		t.Errorf("the lead got:\n%s", texts(got))
	}
}

func TestAlertForAWorkerWhoCannotBeReachedEscalatesAtOnce(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.platform.fail[worker] = &bot.SendError{Fate: bot.Gone, Err: errTest}
	w.expect(w.writes(patient, danger), lead, "It needs a person now.")
}

func TestDistressEverywhere(t *testing.T) {
	for name, before := range map[string]func(w *world){
		"stopped":       func(w *world) { w.writes(patient, "stop") },
		"paused":        func(w *world) { w.begins("5"); w.writes(patient, "pause"); w.presses(patient, "1 week") },
		"no question":   func(w *world) { w.begins("5") },
		"scale":         func(w *world) { w.begins("5"); w.waits(7 * 24 * time.Hour); w.writes(patient, "Nothing much") },
		"right at once": func(*world) {},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			code := w.enrols()
			before(w)
			got := w.writes(patient, danger)
			w.expect(got, patient, "Samaritans: 116 123")
			w.expect(got, worker, code+": Wrote words that may mean danger.")
		})
	}
	for name, kind := range map[string]bot.UpdateKind{"edit": bot.Edited, "caption": bot.Media} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.enrols()
			got := w.update(bot.Update{Kind: kind, Chat: patient, Text: danger})
			w.expect(got, patient, "Samaritans: 116 123")
			w.expect(got, worker, "Wrote words that may mean danger.")
		})
	}
}

func TestDistressOfAStrangerAndOfAWorker(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	stranger := bot.Chat{Platform: "test", ID: "stranger"}
	got := w.writes(stranger, danger)
	w.expect(got, stranger, "Samaritans: 116 123")
	w.expect(got, stranger, "I cannot tell anyone else from here.")
	got = w.writes(worker, danger)
	w.expect(got, worker, "I am telling Sam's team now.")
	w.expect(got, lead, "Sam, a colleague of yours, wrote words to me that may mean danger")
}

// A worker's own words are an alert like any other: it has a clock, goes on to
// the duty contact and once more to everybody, and ends with a press.
func TestAWorkersOwnWordsEscalateUntilSomebodyPresses(t *testing.T) {
	w := newWorld(t)
	duty := bot.Chat{Platform: "test", ID: "duty"}
	w.bot.Teams[0].Duty = duty
	if err := w.bot.Prepare(w.ctx); err != nil {
		t.Fatal(err)
	}
	w.enrols()
	got := w.writes(worker, danger)
	w.expect(got, worker, "If life is at risk call 999.")
	for _, c := range []bot.Chat{lead, duty} {
		w.expect(got, c, "Sam, a colleague of yours, wrote words to me that may mean danger")
	}
	if strings.Contains(texts(got), "end my life") || len(to(got, worker)) != 1 {
		t.Errorf("sent were:\n%s", texts(got))
	}
	if got := w.waits(14 * time.Minute); len(got) != 0 {
		t.Errorf("before 15 minutes were sent:\n%s", texts(got))
	}
	for range 2 { // nobody presses, twice
		got = w.waits(15 * time.Minute)
		for _, c := range []bot.Chat{lead, duty} {
			w.expect(got, c, "Nobody has pressed this alert yet. It needs a person now.\nSam, a colleague")
		}
	}
	w.expect(w.presses(duty, "I am on it"), lead, "Sam: A colleague is on it.")
	got = w.presses(lead, "False alarm")
	w.expect(got, worker, "Sorry if I got that wrong.")
	w.expect(got, duty, "Sam: Ada has closed this alert.")
	if got := w.waits(2 * time.Hour); len(got) != 0 {
		t.Errorf("after it was closed were sent:\n%s", texts(got))
	}
	var seen, closed bool
	for _, e := range w.journal(worker) {
		seen = seen || strings.HasSuffix(e.Value, " seen")
		closed = closed || strings.HasSuffix(e.Value, " false alarm")
		if strings.Contains(e.Raw, "life") {
			t.Errorf("the worker's words are in the journal: %+v", e)
		}
	}
	if !seen || !closed {
		t.Errorf("seen %t, closed %t in the worker's journal", seen, closed)
	}
}

func TestALeadsOwnWordsNeverReachThemselvesAlone(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	got := w.writes(lead, danger)
	w.expect(got, lead, "I am telling Ada's team now.")
	w.expect(got, worker, "Ada, a colleague of yours, wrote words to me that may mean danger")
	got = w.waits(15 * time.Minute)
	w.expect(got, worker, "Nobody has pressed this alert yet.")
	if len(to(got, lead)) != 0 {
		t.Errorf("the lead was told of their own words:\n%s", texts(got))
	}
}

func TestALeadWithoutAnybodyElseIsNotPromisedAnybody(t *testing.T) {
	w := newWorld(t)
	w.writes(lead, "name Ada")
	got := w.writes(lead, danger)
	w.expect(got, lead, "I cannot tell anyone else from here.")
	if len(got) != 1 {
		t.Errorf("sent were:\n%s", texts(got))
	}
}

// An alert of their own words that cannot be sent to a lead goes on at once.
func TestAnAlertAboutAWorkerThatIsLostGoesOn(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.platform.fail[lead] = &bot.SendError{Fate: bot.Ours, Err: errTest}
	got := w.writes(worker, danger)
	w.expect(got, worker, "If life is at risk call 999.")
	w.expect(w.waits(15*time.Minute), lead, "Nobody has pressed this alert yet.")
}

// Nobody presses at all: the second time everybody has it again, and the
// operator is called.
func TestAnAlertThatNobodyPressesGoesToEverybodyAgainAndToTheOperator(t *testing.T) {
	w := newWorld(t)
	var log strings.Builder
	w.bot.Log = slog.New(slog.NewTextHandler(&log, nil))
	code := w.enrols()
	w.writes(patient, danger)
	w.expect(w.waits(15*time.Minute), lead, code)
	if strings.Contains(log.String(), "nobody has pressed") {
		t.Error("the operator was called after one round")
	}
	got := w.waits(15 * time.Minute)
	for _, c := range []bot.Chat{worker, lead} {
		w.expect(got, c, "Nobody has pressed this alert yet. It needs a person now.\n"+code)
	}
	if n := strings.Count(log.String(), "nobody has pressed an alert"); n != 1 || strings.Contains(log.String(), "end my life") {
		t.Errorf("the operator was called %d times: %s", n, log.String())
	}
	if got := w.waits(45 * time.Minute); len(got) != 0 {
		t.Errorf("within the hour were sent:\n%s", texts(got))
	}
}

func TestStopHoldsUntilTheyStart(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.begins("6")
	w.expect(w.writes(patient, "stop"), patient, "I have stopped")
	if got := w.waits(14 * 24 * time.Hour); len(to(got, patient)) != 0 {
		t.Errorf("after stop they got:\n%s", texts(got))
	}
	w.expect(w.writes(patient, "hello?"), patient, "I will not write first again.")
	w.expect(w.writes(patient, "start"), patient, "Good to hear from you.")
}

func TestAskForAPersonKeepsThePlace(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.presses(patient, "Yes")
	got := w.writes(patient, "can I talk to a real person please")
	w.expect(got, worker, code+": Asked to talk to a person.")
	w.expect(got, patient, "I have asked for Sam to get in touch.")
	w.expect(got, patient, "private and safe place")
}

func TestSecondWordsOfDangerRaiseTheAlertAnew(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.writes(patient, danger)
	w.presses(worker, "I am on it")
	w.waits(10 * time.Minute)
	w.expect(w.writes(patient, "I have taken pills to kill myself"), worker, code+": Wrote words that may mean danger.")
	w.expect(w.waits(16*time.Minute), lead, "It needs a person now.\n"+code)
	// Whoever closes it closes it for everybody.
	got := w.presses(lead, "Done")
	w.expect(got, worker, code+": Ada has closed this alert.")
	w.expect(w.writes(worker, "nudges"), worker, "Nothing is open.")
	w.expect(w.writes(patient, "talk to a person"), patient, "I have asked for Sam to get in touch.")
}

func TestFalseAlarmEndsKindlyWhereTheyWere(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.presses(patient, "Yes")
	w.writes(patient, danger)
	got := w.presses(worker, "False alarm")
	w.expect(got, patient, "Sorry if I got that wrong. I would rather check.")
	w.expect(got, patient, "private and safe place")
	w.expect(got, worker, code)
	w.expect(w.presses(patient, "Yes"), patient, "?")
	if got := w.waits(time.Hour); len(to(got, lead)) != 0 {
		t.Errorf("after the press the lead got:\n%s", texts(got))
	}
}

func TestAcknowledgementIsInThePatientsJournal(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.writes(patient, danger)
	w.now = w.now.Add(4 * time.Minute)
	w.presses(worker, "I am on it")
	w.presses(worker, "Done")
	by, err := w.store.Find(w.ctx, worker)
	if err != nil {
		t.Fatal(err)
	}
	var seen, done bool
	for _, e := range w.journal(patient) {
		if e.What == "nudge" && e.Name == "distress" && e.By == by && e.At.Equal(w.now) {
			seen = seen || strings.HasSuffix(e.Value, " seen")
			done = done || strings.HasSuffix(e.Value, " done")
		}
	}
	if !seen || !done {
		t.Errorf("seen %t, done %t in the journal:\n%+v", seen, done, w.journal(patient))
	}
}

func TestDutyContactIsToldAtOnce(t *testing.T) {
	w := newWorld(t)
	duty := bot.Chat{Platform: "test", ID: "duty"}
	w.bot.Teams[0].Duty = duty
	if err := w.bot.Prepare(w.ctx); err != nil {
		t.Fatal(err)
	}
	code := w.enrols()
	monday := time.Date(2026, 3, 9, 9, 0, 0, 0, time.UTC)
	w.closedUntil(monday)
	got := w.writes(patient, danger)
	w.expect(got, patient, "team and duty person. The team is back")
	w.expect(got, duty, code+": Wrote words that may mean danger.")
	w.expect(got, worker, code+": Wrote words that may mean danger.")
	w.expect(w.presses(duty, "I am on it"), worker, code+": A colleague is on it.")
	if got := w.waits(time.Hour); len(to(got, lead)) != 0 {
		t.Errorf("after the press the lead got:\n%s", texts(got))
	}
}

func TestOutOfHoursNobodyIsPromised(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.closedUntil(time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC))
	w.expect(w.writes(patient, danger), patient, "Nobody reads this now. They are back tomorrow at 9.")
	// Nobody pressed all night: it is shown again when the service opens.
	w.expect(w.waits(time.Hour), lead, code)
	w.now = w.now.Add(22 * time.Hour)
	got := w.waits(30 * time.Minute)
	w.expect(got, worker, "Nobody has pressed this alert yet.")
	w.expect(got, lead, "Nobody has pressed this alert yet.")
}

// Should no letter be taken at all, the patient's side still has the clock.
func TestAlertWhoseLetterIsLostEscalates(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.platform.fail[worker] = &bot.SendError{Fate: bot.Ours, Err: errTest}
	w.expect(w.writes(patient, danger), lead, "It needs a person now.")
}

func TestHelpLinesOfTheNation(t *testing.T) {
	w := newWorld(t)
	w.bot.Teams[0].Nation = "northern-ireland"
	w.enrols()
	stranger := bot.Chat{Platform: "test", ID: "stranger"}
	w.expect(w.writes(stranger, danger), stranger, "call Lifeline on 0808 808 8000.")
	w.expect(w.writes(patient, danger), patient, "call Lifeline on 0808 808 8000.")
}

// data is what the latest button with that label carries.
func (w *world) data(c bot.Chat, label string) string {
	w.Helper()
	for _, m := range slices.Backward(to(w.platform.since(0), c)) {
		for _, b := range m.Buttons {
			if b.Label == label {
				return b.Data
			}
		}
	}
	w.Fatalf("%s was shown no button %q", c.ID, label)
	return ""
}

// A press on an alert is about the words that it was shown for. Newer ones, which
// have not arrived yet, keep the hold and the clock, and are shown.
func TestAPressOnAnOlderAlertEndsNothingOfTheNewer(t *testing.T) {
	for _, label := range []string{"I am on it", "Done", "False alarm"} {
		t.Run(label, func(t *testing.T) {
			w := newWorld(t)
			code := w.enrols()
			w.writes(patient, danger)
			older := w.data(worker, label)
			w.now = w.now.Add(10 * time.Minute)
			w.platform.down = map[bot.Chat]bool{worker: true}
			w.writes(patient, "I have taken pills to kill myself")
			got := w.update(bot.Update{Kind: bot.Pressed, Chat: worker, Data: older})
			if len(to(got, patient)) != 0 || !w.conversation(patient).Patient.Dialog.Held {
				t.Errorf("the patient was released, and told:\n%s", texts(to(got, patient)))
			}
			w.expect(w.waits(16*time.Minute), lead, "Nobody has pressed this alert yet.")
			w.platform.down = nil
			w.expect(w.waits(15*time.Minute), worker, "That button was from before the newest words, so nothing has changed. Please press here:\n"+code)
			w.presses(worker, "Done")
			if p := w.conversation(patient).Patient; p.Alert != nil || p.Dialog.Held {
				t.Errorf("after the press on the newest: alert %+v, held %t", p.Alert, p.Dialog.Held)
			}
		})
	}
}

// A button from before buttons said which words they were for is no press.
func TestAnAlertsButtonFromAnOlderReleaseShowsItAgain(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.writes(patient, danger)
	now := w.data(worker, "Done")
	got := w.update(bot.Update{Kind: bot.Pressed, Chat: worker, Data: now[:strings.LastIndex(now, ":")]})
	w.expect(got, worker, "Please press here:\n"+code)
	w.expect(w.presses(worker, "Done"), worker, "Done, and noted: "+code)
}

// Somebody who goes on writing does not put off the time at which the leads hear.
func TestMoreWordsOfDangerDoNotPutOffTheLeads(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.writes(patient, danger)
	w.waits(10 * time.Minute)
	w.writes(patient, "I have taken pills to kill myself")
	w.expect(w.waits(6*time.Minute), lead, "Nobody has pressed this alert yet. It needs a person now.\n"+code)
}

// Whoever is to say whether it was a false alarm can read what was written, by a
// look that is recorded: the worker as of all their people, and whoever else has the
// alert while it is open, and nothing else of the person.
func TestAnAlertCanBeReadByWhoeverHasIt(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.begins("5")
	w.writes(patient, "my cousin Jo was here")
	w.expect(w.writes(lead, "show "+code), lead, "That code is not on your caseload.")
	w.expect(w.writes(patient, danger), worker, "To read more: show "+code)
	for _, words := range []string{"are you there", "please", "I cannot sleep at all", "it is so quiet here", "the cat is with me now", "I sit by the window now", "I wait for somebody here"} {
		w.now = w.now.Add(time.Minute)
		w.writes(patient, words)
	}
	told := to(w.waits(16*time.Minute), lead)
	w.expect(told, lead, code+": Wrote words that may mean danger.")
	w.expect(told, lead, "Their link worker is Sam, who knows whose code this is.\nTo read what they wrote: show "+code)
	if s := texts(told); strings.Contains(s, "end my life") {
		t.Errorf("the lead was told:\n%s", s)
	}
	for _, c := range []bot.Chat{worker, lead} {
		got := w.writes(c, "show "+code)
		w.expect(got, c, "“"+danger+"”")
		w.expect(got, c, "“I wait for somebody here”")
		if n := strings.Count(texts(got), danger); n != 1 {
			t.Errorf("the words stand there %d times:\n%s", n, texts(got))
		}
		if s := texts(got); c == lead && (strings.Contains(s, "cousin") || strings.Contains(s, "numbers")) {
			t.Errorf("the lead read more than the alert:\n%s", s)
		}
	}
	by := w.conversation(lead).ID
	if !slices.ContainsFunc(w.journal(patient), func(e bot.Entry) bool { return e.What == "read" && e.Name == "alert" && e.By == by }) {
		t.Error("the lead's look is not in the journal")
	}
	w.expect(w.writes(lead, "why "+code), lead, "That code is not on your caseload.")
	w.expect(w.writes(worker, "nudges"), worker, "To read more: show "+code)
	w.presses(worker, "Done")
	w.expect(w.writes(lead, "show "+code), lead, "That code is not on your caseload.")
}

// What somebody wrote when they asked for a person is there to be read as well.
func TestAWishForAPersonCanBeRead(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.writes(patient, "can I talk to a real person please, my rent has gone up")
	w.expect(w.writes(worker, "show "+code), worker, "“can I talk to a real person please, my rent has gone up”")
}
