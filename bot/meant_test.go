package bot_test

import (
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// A correction behind words that wait is one of those, not of the answer to the
// question before.
func TestACorrectionBehindWordsThatWaitBelongsToThem(t *testing.T) {
	w := newWorld(t)
	w.freeText()
	w.writes(patient, "The allotment")
	w.expect(w.passes(2*time.Second), patient, "The allotment")
	w.writes(patient, "See my sister")
	if got := to(w.writes(patient, "No, I meant my brother"), patient); len(got) != 0 {
		t.Errorf("they got at once:\n%s", texts(got))
	}
	w.expect(w.passes(2*time.Second), patient, "See my sister\nNo, I meant my brother")
	facts := w.conversation(patient).Patient.Dialog.Facts
	if likes, _ := facts.Get("likes"); likes.Text != "The allotment" {
		t.Errorf("what they like is now %q", likes.Text)
	}
}

// A number that is corrected while words wait reaches the worker, and the words
// are kept.
func TestANumberThatIsCorrectedBehindWordsThatWait(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.begins("6")
	w.checkIn()
	w.writes(patient, "7")
	w.settles(2 * time.Second)
	w.writes(patient, "My sister came")
	got := w.writes(patient, "I meant 4")
	w.expect(got, worker, code+": Changed a number after I had taken it. I kept the first one.")
	w.expect(w.passes(2*time.Second), patient, "“My sister came”")
	w.expect(w.writes(worker, "show "+code), worker, "latest last: 6, 7\n")
}

// Each change that nobody has heard of is told: not the same one again and again,
// but the next one after it was seen to.
func TestANumberThatIsChangedAgainAfterDone(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.begins("6")
	w.checkIn()
	w.writes(patient, "7")
	w.writes(patient, "My sister came")
	edit := func(text string) string {
		return texts(to(w.update(bot.Update{Kind: bot.Edited, Chat: patient, Text: text}), worker))
	}
	changed := code + ": Changed a number"
	if got := edit("5"); !strings.Contains(got, changed) {
		t.Errorf("the worker got %q", got)
	}
	if got := edit("4"); got != "" {
		t.Errorf("before it was seen to the worker got %q", got)
	}
	w.presses(worker, "Done")
	if got := edit("2"); !strings.Contains(got, changed) {
		t.Errorf("after it was seen to the worker got %q", got)
	}
}

// A change while words wait is not theirs when it is another value for the answer
// before, and it never takes their place when it is not like them.
func TestAChangeOfAnEarlierAnswerWhileWordsWait(t *testing.T) {
	for name, x := range map[string]struct{ answer, changed, says, then string }{
		"a number": {"7", "6", "I still have 7. To change it, send: I meant 6.", "“My sister came”"},
		"words":    {"7", "I went out once", "", "“My sister came\nI went out once”"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.enrols()
			w.begins("6")
			w.checkIn()
			w.writes(patient, x.answer)
			w.settles(2 * time.Second)
			w.writes(patient, "My sister came")
			got := w.update(bot.Update{Kind: bot.Edited, Chat: patient, Text: x.changed})
			if says := texts(to(got, patient)); !strings.Contains(says, x.says) || x.says == "" && says != "" {
				t.Errorf("they were told %q", says)
			}
			w.expect(w.passes(2*time.Second), patient, x.then)
		})
	}
}

// Danger that only all of the words together tell is heard in a changed one too.
func TestAChangeOfWordsThatWaitMayTellOfDanger(t *testing.T) {
	w := newWorld(t)
	w.freeText()
	w.writes(patient, "The toddler's been")
	w.writes(patient, "at the dishwasher again")
	got := w.update(bot.Update{Kind: bot.Edited, Chat: patient, Text: "at the dishwasher tablet, she ate it"})
	w.expect(got, patient, "Samaritans: 116 123")
	w.expect(got, worker, "Wrote words that may mean danger.")
}
