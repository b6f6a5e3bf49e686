package store

import (
	"testing"
	"time"

	"onestep/bot"
)

func TestChatsAndClaims(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		ctx := t.Context()
		find := func(c bot.Chat) string {
			id, err := s.Find(ctx, c)
			if err != nil {
				t.Fatal(err)
			}
			return id
		}
		topic := home
		topic.Thread = "7"
		if ids := []string{find(home), find(other), find(topic)}; ids[0] == ids[1] || ids[0] == ids[2] || !validID(ids[0]) || find(home) != ids[0] {
			t.Errorf("ids of chats: %q", ids)
		}
		for _, id := range []string{"wren", "robin", "robin"} {
			if err := s.Move(ctx, home, id); err != nil || find(home) != id {
				t.Errorf("moved to %s: %s, %v", id, find(home), err)
			}
		}
		for _, step := range []struct {
			owner, want string
			life        time.Duration
		}{{"wren", "wren", 0}, {"robin", "wren", 0}, {"wren", "wren", time.Hour}} {
			if got, err := s.Claim(ctx, "case Wren-417", step.owner, step.life); err != nil || got != step.want {
				t.Errorf("%+v: %q, %v", step, got, err)
			}
		}
		if got, err := s.Claim(ctx, "invite", "robin", time.Hour); err != nil || got != "robin" {
			t.Errorf("%q, %v", got, err)
		}
		life := func(name string) time.Duration {
			return p.raw.PTTL(ctx, s.keys.claim(s.keyset.hash("claim", name))).Val()
		}
		if life("case Wren-417") >= 0 {
			t.Errorf("a claim for ever lives %v", life("case Wren-417"))
		}
		if l := life("invite"); l <= 0 || l > time.Hour {
			t.Errorf("a claim for an hour lives %v", l)
		}
		if _, err := s.Claim(ctx, "x", "", 0); err == nil {
			t.Error("claimed by nobody")
		}
	})
}
