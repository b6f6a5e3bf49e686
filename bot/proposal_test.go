package bot_test

import (
	"strings"
	"testing"
	"time"
)

// begun is a world with a patient who has had the first conversation, on a
// Monday at ten, with the check-in on Wednesdays. It gives the case code.
func (w *world) begun() (code string) {
	w.Helper()
	code = w.enrols()
	for _, press := range []string{"Yes", "Yes"} {
		w.presses(patient, press)
	}
	for _, words := range []string{"skip", "to see my sister", "skip", "5", "she sent a card", "yes", "Wednesday", "10 in the morning"} {
		w.writes(patient, words)
	}
	return code
}

const offered = "a walk with the group on Thursday"

// A worker proposes; the patient is asked in the worker's words and says yes;
// the worker hears it with a question worth asking, and can read whose goal it is.
func TestAProposalThatIsAccepted(t *testing.T) {
	w := newWorld(t)
	code := w.begun()
	got := w.writes(worker, "propose "+strings.ToLower(code)+" "+offered)
	w.expect(got, worker, "I will offer it to "+code+" in your words")
	w.expect(got, patient, "Hello. Sam has an idea, and asked me to offer it to you:\n“"+offered+"”\nYou are the one who decides.")
	w.expect(w.writes(worker, "show "+code), worker, "Not answered yet, as you proposed it: “"+offered+"”")
	got = w.presses(patient, "Yes, I would like that")
	w.expect(got, worker, code+": Said yes to what you proposed.")
	w.expect(got, worker, "“What would make it a good first time for you?”")
	if strings.Contains(texts(to(got, worker)), offered) {
		t.Error("the nudge carries the words")
	}
	w.writes(patient, "Jo goes too")
	view := w.writes(worker, "show "+code)
	w.expect(view, worker, "Their goal: “"+offered+"” (you proposed it, and they said yes, Monday 2 March)")
	w.expect(view, worker, "What would be good about it: “Jo goes too”")
	if strings.Contains(texts(view), "Not answered yet") {
		t.Errorf("it still waits:\n%s", texts(view))
	}
	w.expect(w.writes(worker, "why "+code), worker, "The last message that I sent first was the question about what you proposed")
	for _, m := range to(w.platform.since(0), lead) {
		if strings.Contains(m.Text, "walk") {
			t.Errorf("a lead reads: %s", m.Text)
		}
	}
}

// In their own words, and no: each is told as what it is.
func TestAProposalInOtherWordsOrNot(t *testing.T) {
	w := newWorld(t)
	code := w.begun()
	w.writes(worker, "propose "+code+" "+offered)
	w.presses(patient, "In my own words")
	w.expect(w.writes(patient, "a walk by the canal, no group"), worker, "Put what you proposed into their own words.")
	w.expect(w.writes(worker, "show "+code), worker, "Their goal: “a walk by the canal, no group” (their own words, after you proposed something, Monday 2 March)")
	// One more, right after: the answer is told though a week has not passed.
	w.writes(worker, "propose "+code+" a cup of tea with the group")
	got := w.presses(patient, "No, not this")
	w.expect(got, patient, "You know best what suits you.")
	w.expect(got, worker, "Said that what you proposed is not for them just now.")
	w.expect(w.writes(worker, "show "+code), worker, "a walk by the canal")
	// They correct the no: what was told no longer holds, and what holds is told.
	got = w.writes(patient, "I meant yes, I would like that")
	w.expect(got, worker, "What I sent no longer holds")
	w.expect(got, worker, "Said yes to what you proposed.")
	w.expect(w.writes(worker, "show "+code), worker, "Their goal: “a cup of tea with the group” (you proposed it")
}

// Words of danger in the answer reach a person first, and nothing is taken.
func TestDangerInTheAnswerToAProposal(t *testing.T) {
	w := newWorld(t)
	code := w.begun()
	w.writes(worker, "propose "+code+" "+offered)
	w.presses(patient, "In my own words")
	got := w.writes(patient, "I want to end my life")
	w.expect(got, patient, "If life is at risk call 999.")
	w.expect(got, worker, "Wrote words that may mean danger.")
	if view := texts(w.writes(worker, "show "+code)); strings.Contains(view, "Their goal") {
		t.Errorf("it was taken as an answer:\n%s", view)
	}
	w.expect(w.writes(worker, "propose "+code+" off"), worker, code+" has been asked already, and decides.")
}

// It waits for a free moment: not during a dialog nor right behind it, not at
// night, not on a break; and only one waits.
func TestAProposalWaitsForAFreeMoment(t *testing.T) {
	w := newWorld(t)
	code := w.begun()
	w.waits(48 * time.Hour) // to the check-in on Wednesday
	w.writes(patient, "the garden")
	got := w.writes(worker, "propose "+code+" "+offered)
	w.expect(got, worker, "at their next free moment")
	if strings.Contains(texts(to(got, patient)), "idea") {
		t.Fatalf("asked during a dialog:\n%s", texts(got))
	}
	w.expect(w.writes(worker, "propose "+code+" a swim"), worker, "has something waiting that you proposed before")
	for _, words := range []string{"6", "the roses", "skip", "skip"} {
		got = w.writes(patient, words)
	}
	w.expect(got, patient, "That is all for today.")
	if got := w.waits(45 * time.Minute); len(to(got, patient)) > 0 {
		t.Errorf("right behind the check-in came:\n%s", texts(got))
	}
	w.expect(w.waits(30*time.Minute), patient, offered)
	w.presses(patient, "Another time")
	if got := w.waits(5 * 24 * time.Hour); strings.Contains(texts(got), offered) {
		t.Errorf("asked again within a week:\n%s", texts(got))
	}
	// The next one comes due during the break that they take then.
	w.writes(patient, "pause")
	w.presses(patient, "2 weeks")
	w.now = w.now.Add(12 * 24 * time.Hour)
	if got := w.waits(23 * time.Hour); len(to(got, patient)) > 0 {
		t.Errorf("on the break came:\n%s", texts(to(got, patient)))
	}
	w.expect(w.waits(25*time.Hour), patient, offered)
}

func TestAProposalKeepsQuietHours(t *testing.T) {
	w := newWorld(t)
	code := w.begun()
	w.waits(11 * time.Hour) // nine in the evening
	if got := w.writes(worker, "propose "+code+" "+offered); len(to(got, patient)) > 0 {
		t.Errorf("in quiet hours came:\n%s", texts(got))
	}
	w.expect(w.writes(worker, "why "+code), worker, "the question about what you proposed, on Tuesday 3 March at 09:00, their time. It was due on Monday 2 March at 21:00 and waits: nothing is sent in the quiet hours of their day.")
	if got := w.waits(11*time.Hour + 45*time.Minute); strings.Contains(texts(got), offered) {
		t.Errorf("before nine came:\n%s", texts(got))
	}
	w.expect(w.waits(30*time.Minute), patient, offered)
}

// The last place of a week is kept for the check-in, also when that takes longer
// than a planned start is held otherwise.
func TestAProposalStaysInsideTheWeeklyCap(t *testing.T) {
	w := newWorld(t)
	w.bot.Teams[0].WeeklyCap = 3
	code := w.begun()
	for _, words := range []string{offered, "a swim"} {
		w.writes(worker, "propose "+code+" "+words)
		w.presses(patient, "No, not this")
	}
	got := append(w.writes(worker, "propose "+code+" a cup of tea"), w.waits(48*time.Hour)...)
	w.expect(got, patient, "This is our check-in")
	for range 4 {
		w.writes(patient, "skip")
	}
	got = append(got, w.waits(4*24*time.Hour+23*time.Hour)...)
	if words := texts(to(got, patient)); strings.Contains(words, "a cup of tea") {
		t.Errorf("in the week came:\n%s", words)
	}
	w.expect(w.writes(worker, "why "+code), worker, "they had been written to as often as a week allows")
	w.expect(w.waits(90*time.Minute), patient, "a cup of tea")
}

// Silence is told as what it is, without a reminder; a stop takes it back.
func TestAProposalWithoutAnAnswer(t *testing.T) {
	w := newWorld(t)
	code := w.begun()
	w.writes(worker, "propose "+code+" "+offered)
	w.writes(patient, "pause")
	w.presses(patient, "Until I say")
	w.writes(patient, "start")
	w.expect(w.writes(worker, "propose "+code+" a swim"), worker, "has something waiting")
	w.writes(patient, "stop")
	got := w.platform.since(0)
	w.expect(got, worker, code+" has stopped the messages before they answered what you proposed.")
	w.expect(w.writes(worker, "propose "+code+" a swim"), worker, code+" has stopped the messages, so I cannot ask.")
	w.expect(w.writes(worker, "propose "+code+" off"), worker, "Nothing that you proposed waits for "+code)
	w.writes(patient, "start")
	w.writes(patient, "skip")
	w.writes(worker, "propose "+code+" a swim")
	w.waits(45 * time.Minute)
	before := len(to(w.platform.since(0), patient))
	w.expect(w.waits(4*24*time.Hour), worker, "Left open what you proposed. I do not ask again.")
	for _, m := range to(w.platform.since(0), patient)[before:] {
		if strings.Contains(m.Text, "swim") || strings.Contains(m.Text, "No rush") {
			t.Errorf("after silence came: %s", m.Text)
		}
	}
}

// What two weeks leave no moment for is not asked any more.
func TestAProposalThatIsTooLate(t *testing.T) {
	w := newWorld(t)
	code := w.begun()
	w.writes(patient, "pause")
	w.presses(patient, "4 weeks")
	w.expect(w.writes(worker, "propose "+code+" "+offered), worker, code+" is on a break.")
	w.now = w.now.Add(27 * 24 * time.Hour)
	got := w.waits(25 * time.Hour)
	w.expect(got, worker, "Was not asked about what you proposed")
	if strings.Contains(texts(to(got, patient)), offered) {
		t.Errorf("asked after a month:\n%s", texts(to(got, patient)))
	}
}

// A worker can take it back before it is asked, and is told how to write one.
func TestHowAProposalIsWritten(t *testing.T) {
	w := newWorld(t)
	code := w.begun()
	w.waits(11 * time.Hour)
	w.writes(worker, "propose "+code+" “a walk.”")
	w.expect(w.writes(worker, "propose "+code+" off"), worker, "Taken back. "+code+" was not asked.")
	if got := w.waits(24 * time.Hour); strings.Contains(texts(to(got, patient)), "walk") {
		t.Errorf("asked though taken back:\n%s", texts(got))
	}
	for words, want := range map[string]string{
		"propose":                                       "such as: propose Wren-417 a walk with the group on Thursday",
		"propose " + code:                               "such as: propose Wren-417 a walk with the group on Thursday",
		"propose Wren-000 a walk":                       "That code is not on your caseload.",
		"propose " + code + " why not a walk?":          "without a question mark",
		"propose " + code + " you should go for a walk": "“you should” may read as being told.",
		"propose " + code + " " + strings.Repeat("a walk and ", 12): "At most 120 letters",
		"help": "propose Wren-417 a walk with the group - I offer it",
	} {
		w.expect(w.writes(worker, words), worker, want)
	}
	if got := texts(to(w.platform.since(0), patient)); strings.Contains(got, "idea") {
		t.Errorf("the patient was asked:\n%s", got)
	}
	// A lead has no case of this worker's, and a patient no such command.
	w.expect(w.writes(lead, "propose "+code+" a walk"), lead, "That code is not on your caseload.")
}

// The check-ins are over: nothing is written first any more.
func TestNoProposalAfterTheLastCheckIn(t *testing.T) {
	w := newWorld(t)
	code := w.begun()
	w.finishes()
	w.expect(w.writes(worker, "propose "+code+" a walk"), worker, code+" has had the last check-in, so I do not write first.")
	w.expect(w.writes(worker, "show "+code), worker, "They have had the last check-in.")
	if strings.Contains(texts(w.platform.since(0)), "idea") {
		t.Error("they were asked")
	}
}

// finishes takes the patient to the last check-in: three weeks at the
// good-enough point, and the wish to finish.
func (w *world) finishes() {
	w.Helper()
	w.waits(48 * time.Hour)
	for _, words := range [][]string{
		{"skip", "7", "rest", "7", "skip"},
		{"skip", "8", "rest", "every week", "skip"},
		{"skip", "8", "rest", "finish next time", "skip"},
		{"yes", "8", "skip", "skip", "skip", "skip", "skip", "no"},
	} {
		for _, answer := range words {
			w.writes(patient, answer)
		}
		w.now = w.now.Add(7*24*time.Hour - time.Hour)
		w.waits(time.Hour)
	}
}
