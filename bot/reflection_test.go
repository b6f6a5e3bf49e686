package bot_test

import (
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// A worker's own check-in: asked for, answered, and gone.
func TestAWorkerReflects(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.expect(w.writes(worker, "reflect"), worker, "What was your best moment with someone you support")
	w.expect(w.writes(worker, "Show me how she smiled on the allotment"), worker, "“Show me how she smiled on the allotment”")
	// A command is still one, and the question stays open.
	w.expect(w.writes(worker, "caseload"), worker, "You have 1 here:")
	w.expect(w.writes(worker, "help"), worker, "The question above is still open.")
	got := w.presses(worker, "6")
	w.expect(got, worker, "You picked 6. What keeps it from being lower?")
	w.expect(w.writes(worker, "skip"), worker, "at your next supervision?")
	w.expect(w.writes(worker, "ask for a second pair of eyes"), worker, "You choose whom you tell, if anyone.")
	for _, c := range []bot.Chat{lead, channel, patient} {
		for _, m := range to(w.platform.since(0), c) {
			if strings.Contains(m.Text, "allotment") || strings.Contains(m.Text, "pair of eyes") {
				t.Errorf("%s reads the worker's words: %s", c.ID, m.Text)
			}
		}
	}
	for _, e := range w.journal(worker) {
		if strings.Contains(e.Raw+e.Value, "allotment") || strings.Contains(e.Raw+e.Value, "pair of eyes") || e.What == "answer" || e.What == "nudge" {
			t.Errorf("the journal keeps %+v", e)
		}
	}
	if words := w.keptOf(worker); strings.Contains(words, "allotment") || strings.Contains(words, "pair of eyes") {
		t.Error("the words are kept after the dialog")
	}
	// Between dialogs an answer is no answer, and an old button is met kindly.
	w.expect(w.writes(worker, "7"), worker, "You can write:")
	w.expect(w.update(bot.Update{Kind: bot.Pressed, Chat: worker, Data: "a:1.2:6"}), worker, "That button is from an earlier question.")
}

// keptOf is all that is kept of a person, as words.
func (w *world) keptOf(c bot.Chat) string {
	w.Helper()
	conv := w.conversation(c)
	var b strings.Builder
	if p := conv.Patient; p != nil {
		for name, v := range p.Dialog.Facts.All() {
			b.WriteString(name + v.Text)
		}
		if s := p.Dialog.Session; s != nil {
			for _, f := range s.Frames {
				for name, v := range f.Vars.All() {
					b.WriteString(name + v.Text)
				}
			}
		}
		if p.Dialog.Undo != nil {
			b.WriteString("undo " + p.Dialog.Undo.Value.Text)
		}
	}
	return b.String()
}

// The monthly one is wished for, comes, is left alone without a word more, and
// can be ended. Nudges go on beside it.
func TestAWorkerReflectsMonthly(t *testing.T) {
	w := newWorld(t) // Monday 2 March
	w.enrols()
	w.expect(w.writes(worker, "reflect monthly"), worker, "The next time is Tuesday 3 March.")
	w.expect(w.writes(worker, "reflect weekly"), worker, "Please write reflect for a few questions now")
	if got := to(w.waits(25*time.Hour), worker); len(got) != 2 || !strings.Contains(got[1].Text, "best moment") {
		t.Errorf("on the day came:\n%s", texts(got))
	}
	// A nudge comes as ever, and its buttons are its own.
	w.expect(w.writes(patient, "I would like to talk to a person please"), worker, "Asked to talk to a person.")
	w.expect(w.presses(worker, "Done"), worker, "Done, and noted")
	w.expect(w.writes(worker, "a good talk in the park"), worker, "“a good talk in the park”")
	// Silence ends it without a reminder.
	before := len(to(w.platform.since(0), worker))
	w.waits(4 * 24 * time.Hour)
	for _, m := range to(w.platform.since(0), worker)[before:] {
		if strings.Contains(m.Text, "supported") || strings.Contains(m.Text, "rush") {
			t.Errorf("after silence came: %s", m.Text)
		}
	}
	if words := w.keptOf(worker); words != "" {
		t.Errorf("kept: %q", words)
	}
	// The next month it comes again; stop ends that one and all to come.
	got := to(w.passesDays(32), worker)
	if !strings.Contains(texts(got), "best moment") {
		t.Errorf("in April came:\n%s", texts(got))
	}
	w.expect(w.writes(worker, "stop"), worker, "That is over, and I will not ask again.")
	if got := to(w.passesDays(70), worker); strings.Contains(texts(got), "best moment") {
		t.Error("it came after a stop")
	}
}

// Off ends the plan between dialogs, a pause only the one that is open.
func TestAWorkersReflectionIsPutOff(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.writes(worker, "reflect monthly")
	w.writes(worker, "reflect")
	w.expect(w.writes(worker, "can we have a break please"), worker, "Write reflect when it suits you.")
	w.expect(w.writes(worker, "hello"), worker, "You can write:")
	if got := to(w.waits(25*time.Hour), worker); !strings.Contains(texts(got), "best moment") {
		t.Errorf("a pause ended the plan:\n%s", texts(got))
	}
	w.expect(w.writes(worker, "reflect off"), worker, "That is over, and I will not ask again.")
	if got := to(w.passesDays(40), worker); strings.Contains(texts(got), "best moment") {
		t.Error("it came after it was put off")
	}
}

// Words of danger in a worker's own check-in are met with the fixed words,
// reach a lead, and end it.
func TestDangerInAWorkersReflection(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.writes(worker, "reflect")
	got := w.writes(worker, "honestly I want to die")
	w.expect(got, worker, "If life is at risk call 999.")
	w.expect(got, lead, "wrote words to me that may mean danger")
	w.expect(w.writes(worker, "never mind"), worker, "You can write:")
	if strings.Contains(texts(to(got, lead)), "honestly") {
		t.Error("the lead reads the worker's words")
	}
}

// A lead may have one too, and a summary or the caseload knows nothing of it.
func TestALeadReflectsAndTheTeamSeesNothing(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.expect(w.writes(lead, "reflect"), lead, "best moment")
	w.writes(lead, "the team meeting")
	w.expect(w.writes(lead, "caseload"), lead, "Nobody has used an invitation of yours yet.")
	summary := texts(to(w.waits(8*24*time.Hour), channel))
	if summary == "" || strings.Contains(summary, "meeting") || strings.Contains(strings.ToLower(summary), "reflect") {
		t.Errorf("the summary says: %s", summary)
	}
}
