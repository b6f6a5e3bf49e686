package bot_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// What was planned for ten to eight and could not leave before ten at night
// leaves in the morning; an answer that comes meanwhile leaves at once. What had
// just begun to leave goes on.
func TestQuietHoursHoldWhenAMessageLeaves(t *testing.T) {
	for _, c := range []struct {
		name   string
		outage time.Duration
		leaves time.Time // London, in winter
	}{
		{"two hours late", 130 * time.Minute, time.Date(2026, 3, 3, 9, 0, 0, 0, time.UTC)},
		{"a few minutes late", 20 * time.Minute, time.Date(2026, 3, 2, 20, 10, 0, 0, time.UTC)},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.enrols()
			w.now = time.Date(2026, 3, 2, 19, 50, 0, 0, time.UTC)
			id, err := w.store.Find(w.ctx, patient)
			if err != nil {
				t.Fatal(err)
			}
			conv, err := w.store.Load(w.ctx, id)
			if err != nil {
				t.Fatal(err)
			}
			planned := bot.Envelope{ID: fmt.Sprintf("%s.%010d.000", id, conv.Version+1), Class: bot.Planned, Chat: patient, Text: "What has been better?"}
			before := w.platform.count()
			w.platform.fail[patient] = &bot.SendError{Fate: bot.Later, After: c.outage, Err: errTest}
			if err := w.store.Commit(w.ctx, bot.Commit{Conversation: conv, Outbox: []bot.Envelope{planned}}); err != nil {
				t.Fatal(err)
			}
			arrived := func() (n int) {
				for _, m := range w.platform.since(before) {
					if m.Text == planned.Text {
						n++
					}
				}
				return n
			}
			w.settle()
			for ; w.now.Before(c.leaves); w.now = w.now.Add(5 * time.Minute) {
				if w.settle(); arrived() > 0 {
					t.Fatalf("it left at %s", w.now)
				}
			}
			if w.settle(); arrived() != 1 {
				t.Errorf("at %s it has left %d times", w.now, arrived())
			}
		})
	}
}

// ledgerOf is an outbox that keeps what was taken from it.
type ledgerOf struct {
	bot.Outbox
	taken []bot.Leased
}

func (o *ledgerOf) TakeReady(ctx context.Context, lease bot.Lease, now time.Time, rooms []bot.Room, life time.Duration) ([]bot.Leased, []bool, error) {
	taken, more, err := o.Outbox.TakeReady(ctx, lease, now, rooms, life)
	o.taken = append(o.taken, taken...)
	return taken, more, err
}

// A reminder, and whatever else comes due, knows why it is sent, and until when it
// may leave, so that delivery need not read who it is for.
func TestWhatComesDueKnowsUntilWhenItMayLeave(t *testing.T) {
	w := newWorld(t)
	outbox := &ledgerOf{Outbox: w.runner.Delivery.Outbox}
	w.runner.Delivery.Outbox = outbox
	w.enrols()
	w.waits(72 * time.Hour)
	planned := 0
	for _, l := range outbox.taken {
		switch ahead := l.Until.Sub(l.Since); {
		case l.Class == bot.Answer || l.Chat != patient:
			if !l.Until.IsZero() && l.Chat == patient {
				t.Errorf("an answer has hours: until %s", l.Until)
			}
		case ahead <= 0 || ahead > time.Hour:
			t.Errorf("taken at %s, it may leave until %s", l.Since, l.Until)
		case !strings.HasPrefix(l.Why, "why=") || !strings.Contains(l.Why, " due=2026-03-") || !strings.Contains(l.Why, " zone=Europe/London"):
			t.Errorf("it cannot say why it is sent: %q", l.Why)
		default:
			planned++
		}
	}
	if planned == 0 {
		t.Error("nothing planned came due, so this proves nothing")
	}
}
