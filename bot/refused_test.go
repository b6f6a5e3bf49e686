package bot_test

import (
	"context"
	"errors"
	"testing"

	"onestep/bot"
)

// deaf is a store that reads and writes nothing down.
type deaf struct{ bot.Turns }

var errDeaf = errors.New("the turn could not be written")

func (deaf) Commit(context.Context, bot.Commit) error { return errDeaf }

// What cannot be committed is refused, so that its platform keeps it, and nobody
// is answered; when it comes again it is taken, with all that it causes.
func TestWhatCannotBeCommittedIsRefused(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	u := bot.Update{ID: "test:refused", Kind: bot.Wrote, Chat: patient, Private: true, Sender: patient.ID, Text: "yes", At: w.now}
	before, lines := w.platform.count(), len(w.journal(patient))
	w.bot.Store = deaf{w.store}
	for range 2 {
		if err := w.bot.Take(w.ctx, u); !errors.Is(err, errDeaf) {
			t.Fatalf("taken: %v", err)
		}
	}
	w.bot.Store = w.store
	w.settle()
	if got := w.platform.since(before); len(got) != 0 || len(w.journal(patient)) != lines {
		t.Errorf("something is left of what was refused:\n%s", texts(got))
	}
	w.expect(w.update(u), patient, "Is this a private and safe place")
	if len(w.journal(patient)) == lines {
		t.Error("what came again is not in the journal")
	}
}
