package store

import (
	"errors"
	"testing"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

// Redis comes back with a past: a power cut under everysec, or a replica that
// did not have the last turn. What another process then writes has the number
// of the turn that was lost, and nobody takes the one for the other.
func TestATurnThatWasLostIsNotTakenForAnother(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		a, b := p.open(t), p.open(t)
		first := load(t, a, "wren")
		first.Zone = "first"
		turn(t, a, first, nil)
		at := a.keys.conversation("wren")
		past, err := p.raw.HGetAll(t.Context(), at).Result()
		if err != nil {
			t.Fatal(err)
		}

		second := load(t, a, "wren")
		second.Zone = "lost"
		turn(t, a, second, nil)
		known := load(t, b, "wren")
		if known.Zone != "lost" || known.Version != 2 {
			t.Fatalf("loaded %+v", known)
		}
		if _, err := p.raw.Pipelined(t.Context(), func(pipe redis.Pipeliner) error {
			pipe.Del(t.Context(), at)
			pipe.HSet(t.Context(), at, past)
			return nil
		}); err != nil {
			t.Fatal(err)
		}

		second = load(t, a, "wren")
		if second.Zone != "first" {
			t.Fatalf("a turn that is lost is still believed: %q", second.Zone)
		}
		second.Zone = "true"
		turn(t, a, second, nil)
		if c := load(t, b, "wren"); c.Version != 2 || c.Zone != "true" {
			t.Errorf("version %d is %q", c.Version, c.Zone)
		}
		known.Zone = "on what was lost"
		if err := b.Commit(t.Context(), bot.Commit{Conversation: known}); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("committed on a turn that was lost: %v", err)
		}
		if c := load(t, p.open(t), "wren"); c.Zone != "true" {
			t.Errorf("at the end it is %q", c.Zone)
		}
	})
}
