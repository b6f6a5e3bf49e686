package store

import (
	"testing"
	"time"

	"onestep/bot"
)

// A turn may keep a secret, call off and write at once; what was called off is
// gone from the outbox, and what flew is tried no more.
func TestATurnThatCallsOff(t *testing.T) {
	t.Parallel()
	p := newPlace(t, server.URL())
	s := p.open(t)
	c := load(t, s, "wren")
	flies, waits, stays := say(c, 0, bot.Planned, "one"), say(c, 1, bot.Planned, "two"), say(c, 2, bot.Planned, "three")
	c = turn(t, s, c, func(m *bot.Commit) { m.Outbox = []bot.Envelope{flies, waits, stays} })
	lease := hold(t, s, "wren", "me")
	taken := take(t, s, lease, start)
	if len(taken) != 1 || taken[0].ID != flies.ID {
		t.Fatalf("took %v", taken)
	}
	code := s.NewCode("wren")
	turn(t, s, c, func(m *bot.Commit) {
		m.Off = []string{waits.ID, flies.ID, "wren.of.no.turn"}
		m.Secrets = []bot.Secret{{Code: code, Value: []byte("kept"), Until: start.Add(time.Hour)}}
	})
	if kept, err := s.Kept(t.Context(), code); err != nil || string(kept) != "kept" {
		t.Errorf("the secret is %q, %v", kept, err)
	}
	waiting, err := s.Waiting(t.Context(), "wren")
	if err != nil || len(waiting) != 1 || waiting[0].ID != stays.ID {
		t.Errorf("there wait %v, %v", waiting, err)
	}
	settle(t, s, lease, taken[0], bot.Outcome{Retry: start, Reason: "later"})
	if next := take(t, s, lease, start); len(next) != 1 || next[0].ID != stays.ID {
		t.Errorf("next is %v", next)
	}
}
