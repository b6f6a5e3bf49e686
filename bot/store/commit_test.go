package store

import (
	"errors"
	"testing"
	"time"

	"onestep/bot"
)

func TestTurnComesBack(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, p *place) {
		s := p.open(t)
		c := load(t, s, "wren")
		if c.Version != 0 || c.ID != "wren" {
			t.Fatalf("a new conversation is %+v", c)
		}
		c.Role, c.Chats, c.Zone = bot.PatientRole, []bot.Chat{home}, "Europe/London"
		c.Timers = map[string]time.Time{"weekly": start.Add(time.Hour + 123*time.Millisecond)}
		got := turn(t, s, c, nil)
		if got.Version != 1 || got.Chats[0] != home || got.Timers["weekly"] != c.Timers["weekly"] {
			t.Errorf("came back as %+v", got)
		}
	})
}

func TestCommitOnceForEachVersionAndOperation(t *testing.T) {
	t.Parallel()
	both(t, func(t *testing.T, p *place) {
		s := p.open(t)
		first := load(t, s, "wren")
		turn(t, s, first, func(c *bot.Commit) { c.Operation = "telegram:1" })

		if err := s.Commit(t.Context(), bot.Commit{Conversation: first, Operation: "telegram:2"}); !errors.Is(err, bot.ErrConflict) {
			t.Errorf("the version of before: %v", err)
		}
		if err := s.Commit(t.Context(), bot.Commit{Conversation: load(t, s, "wren"), Operation: "telegram:1"}); !errors.Is(err, bot.ErrSeen) {
			t.Errorf("the operation of before: %v", err)
		}
		if got := load(t, s, "wren"); got.Version != 1 {
			t.Errorf("version %d after refusals", got.Version)
		}
	})
}
