package bot_test

import (
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// freeText takes the patient to a question for free text, with a settling time.
func (w *world) freeText() {
	w.Helper()
	w.enrols()
	w.presses(patient, "Yes")
	w.presses(patient, "Yes")
	w.settles(2 * time.Second)
}

func (w *world) passes(d time.Duration) []sent {
	w.Helper()
	before := w.platform.count()
	w.now = w.now.Add(d)
	w.settle()
	return w.platform.since(before)
}

func TestSeveralShortMessagesAreOneAnswer(t *testing.T) {
	w := newWorld(t)
	w.freeText()
	for _, text := range []string{"Sitting in the allotment", "with a flask", "and the robin"} {
		if got := w.writes(patient, text); len(got) != 0 {
			t.Fatalf("after %q they got at once:\n%s", text, texts(got))
		}
		w.passes(time.Second)
	}
	w.expect(w.passes(time.Second), patient, "Sitting in the allotment\nwith a flask\nand the robin")
	answers := 0
	for _, e := range w.journal(patient) {
		if e.What == "answer" && strings.Contains(e.Raw, "allotment") {
			answers++
		}
	}
	if answers != 1 {
		t.Errorf("%d answers, want one", answers)
	}
	// A question with buttons does not wait.
	w.writes(patient, "Getting out more")
	w.passes(2 * time.Second)
	w.writes(patient, "The curtains would be open")
	w.passes(2 * time.Second)
	w.expect(w.writes(patient, "5"), patient, "?")
}

func TestDangerAndWishesDoNotWait(t *testing.T) {
	w := newWorld(t)
	w.freeText()
	w.writes(patient, "I want to")
	got := w.writes(patient, "end my life") // only the whole tells
	w.expect(got, patient, "Samaritans: 116 123")
	if got := w.passes(time.Minute); len(to(got, patient)) != 0 {
		t.Errorf("while held they got:\n%s", texts(got))
	}
}

func TestWhatWaitedIsKeptWhenItsQuestionIsGone(t *testing.T) {
	w := newWorld(t)
	w.freeText()
	w.writes(patient, "Sitting in the allotment")
	w.expect(w.writes(patient, "stop"), patient, "I have stopped")
	if got := w.passes(time.Minute); len(got) != 0 {
		t.Errorf("after stop they got:\n%s", texts(got))
	}
	kept := false
	for _, e := range w.journal(patient) {
		kept = kept || e.What == "note" && e.Raw == "Sitting in the allotment"
	}
	if !kept {
		t.Error("what waited is lost")
	}
}

func TestSomebodyWhoGoesOnWritingIsAnsweredInTheEnd(t *testing.T) {
	w := newWorld(t)
	w.freeText()
	for range 20 {
		if got := append(w.writes(patient, "and then"), w.passes(time.Second)...); len(got) > 0 {
			return
		}
	}
	t.Error("they wrote for 20 s and got no answer")
}

// A message that is changed while it waits for more is that message: the words of
// before are gone, and nobody is told that they are kept.
func TestWordsThatWaitMayBeChanged(t *testing.T) {
	w := newWorld(t)
	w.freeText()
	w.writes(patient, "Sitting in the allotment")
	w.writes(patient, "with my bother")
	if got := to(w.update(bot.Update{Kind: bot.Edited, Chat: patient, Text: "with my brother"}), patient); len(got) != 0 {
		t.Errorf("they got at once:\n%s", texts(got))
	}
	w.expect(w.passes(2*time.Second), patient, "Sitting in the allotment\nwith my brother")
	w.writes(patient, "Getting out more")
	w.expect(w.update(bot.Update{Kind: bot.Edited, Chat: patient, Text: "I want to end my life"}), patient, "Samaritans: 116 123")
}

// Nobody tells which of the words that wait was changed. Whichever it was, those of
// the others are not lost.
func TestAnEarlierOneOfTheWordsThatWaitMayBeChanged(t *testing.T) {
	for name, x := range map[string]struct{ changed, want string }{
		"the first":           {"Sitting in the allotment", "Sitting in the allotment\nwith my brother\nand a flask"},
		"the second":          {"with my big brother", "Sitting in the alotment\nwith my big brother\nand a flask"},
		"the last":            {"and a flask of tea", "Sitting in the alotment\nwith my brother\nand a flask of tea"},
		"nobody knows which":  {"Gardening", "Sitting in the alotment\nwith my brother\nand a flask\nGardening"},
		"the same once again": {"with my brother", "Sitting in the alotment\nwith my brother\nand a flask"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.freeText()
			for _, words := range []string{"Sitting in the alotment", "with my brother", "and a flask"} {
				w.writes(patient, words)
			}
			w.update(bot.Update{Kind: bot.Edited, Chat: patient, Text: x.changed})
			w.expect(w.passes(2*time.Second), patient, "“"+x.want+"”")
		})
	}
}
