package store

import (
	"errors"
	"testing"
	"time"

	"onestep/bot"
)

func TestErase(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		ctx := t.Context()
		ids := inShard(s, 2)
		wren, stays := ids[0], ids[1]
		fillOther := func() {
			c := load(t, s, stays)
			turn(t, s, c, func(m *bot.Commit) {
				m.Due = start
				m.Journal = []bot.Entry{{At: start, What: "fact"}}
				m.Outbox = []bot.Envelope{say(c, 0, bot.Answer, "dies"), say(c, 1, bot.Answer, "waits")}
			})
			l := hold(t, s, stays, "me")
			settle(t, s, l, take(t, s, l, start)[0], bot.Outcome{Dead: true, Reason: "ours"})
			take(t, s, l, start)
			if _, err := s.Claim(ctx, "case Robin-111", stays, 0); err != nil {
				t.Fatal(err)
			}
		}
		fillOther()
		without := p.contents(t)
		code := fill(t, s, wren)

		key := s.keys.conversation(wren)
		old := p.raw.HGetAll(ctx, key).Val()
		oldBlock := p.raw.LIndex(ctx, s.keys.journal(wren), 0).Val()

		receipt, err := s.Erase(ctx, wren)
		if err != nil {
			t.Fatal(err)
		}
		want := Receipt{
			Conversation: wren, At: start, Turns: 1, Journal: 2, Waiting: 2, Dead: 1,
			Chats: 2, Claims: 1, Secrets: 1,
		}
		if receipt != want {
			t.Errorf("receipt\n%+v, want\n%+v", receipt, want)
		}
		if d := difference(without, p.contents(t)); d != "" {
			t.Errorf("Redis is not as it was before that person:\n%s", d)
		}
		for _, chat := range []bot.Chat{home, other} {
			if id, err := s.Find(ctx, chat); err != nil || id == wren {
				t.Errorf("a chat still leads to %q, %v", id, err)
			}
		}
		if kept, err := s.Kept(ctx, code); err != nil || kept != nil {
			t.Errorf("kept %q, %v", kept, err)
		}

		// Somebody has a copy of everything but the key: the person comes back
		// with a key of their own, and the copy stays shut.
		turn(t, s, load(t, s, wren), nil)
		for field, value := range map[string]string{"s": old["s"], "v": old["v"]} {
			if err := p.raw.HSet(ctx, key, field, value).Err(); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := p.open(t).Load(ctx, wren); !errors.Is(err, ErrSealed) {
			t.Errorf("the old state under the new key: %v", err)
		}
		if err := p.raw.RPush(ctx, s.keys.journal(wren), oldBlock).Err(); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Journal(ctx, wren, 0, -1); !errors.Is(err, ErrSealed) {
			t.Errorf("the old journal under the new key: %v", err)
		}
		// What cannot be read can still be erased, and erasing twice is nothing.
		if again, err := s.Erase(ctx, wren); err != nil || again.Turns != 1 || again.Journal != 1 {
			t.Errorf("erased again: %+v, %v", again, err)
		}
		if again, err := s.Erase(ctx, wren); err != nil || again != (Receipt{Conversation: wren, At: start}) {
			t.Errorf("erased nobody: %+v, %v", again, err)
		}
		if d := difference(without, p.contents(t)); d != "" {
			t.Errorf("Redis is not as it was before that person:\n%s", d)
		}
	})
}

// A turn that was under way when the person was erased must not bring back
// anything.
func TestEraseStopsATurnUnderWay(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		c := turn(t, s, load(t, s, "wren"), func(m *bot.Commit) { m.OpenToken = "t" })
		turn(t, s, c, func(m *bot.Commit) {
			e := say(c, 0, bot.Answer, "text")
			e.Token = "t"
			m.Outbox, m.OpenToken = []bot.Envelope{e}, "t"
		})
		under := load(t, s, "wren")
		l := hold(t, s, "wren", "me")
		e := take(t, s, l, start)[0]
		if _, err := s.Erase(t.Context(), "wren"); err != nil {
			t.Fatal(err)
		}
		p.unchanged(t, "what was under way", func() {
			if err := s.Commit(t.Context(), bot.Commit{Conversation: under}); !errors.Is(err, bot.ErrConflict) {
				t.Errorf("commit: %v", err)
			}
			settle(t, s, l, e, bot.Outcome{Done: true, ReplyDue: start})
		})
		// The same conversation again, at the version of before, under another key.
		c = load(t, s, "wren")
		for c.Version < under.Version {
			c = turn(t, s, c, nil)
		}
		wrapped := p.raw.HGet(t.Context(), s.keys.conversation("wren"), "k").Val()
		key, err := p.keyset.newDataKey("wren")
		if err != nil {
			t.Fatal(err)
		}
		stale := writing{store: s, commit: bot.Commit{Conversation: under}, turn: under.Version + 1,
			old: []byte("the key of before"), is: &kept{key: key}}
		if err := stale.build(); err != nil {
			t.Fatal(err)
		}
		if answer, err := s.sent(t.Context(), commitScript, stale.parts).Text(); err != nil || answer != "conflict" {
			t.Errorf("a commit under the key of before: %q, %v", answer, err)
		}
		if now := p.raw.HGet(t.Context(), s.keys.conversation("wren"), "k").Val(); now != wrapped {
			t.Error("the key was changed")
		}
	})
}

// A chat that wrote before it was linked has a record of its own, as a stranger's.
// That goes as well; what is somebody else's in its own right stays.
func TestEraseTakesWhatChatsLeftAsStrangers(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		ctx := t.Context()
		patient := turn(t, s, load(t, s, s.chatHash(other)), func(m *bot.Commit) { m.Conversation.Role = bot.PatientRole })
		without := p.contents(t)
		stranger := s.chatHash(home)
		c := load(t, s, stranger)
		c.Chats = []bot.Chat{home}
		turn(t, s, c, nil)
		for _, chat := range []bot.Chat{home, other} {
			if err := s.Move(ctx, chat, "wren"); err != nil {
				t.Fatal(err)
			}
		}
		turn(t, s, load(t, s, "wren"), nil)
		r, err := s.Erase(ctx, "wren")
		if err != nil || r.Strangers != 1 || r.Chats != 2 || r.Turns != 1 {
			t.Errorf("%+v, %v", r, err)
		}
		if c := load(t, s, stranger); c.Version != 0 {
			t.Errorf("left is %+v", c)
		}
		if c := load(t, s, patient.ID); c.Role != bot.PatientRole {
			t.Errorf("of somebody else is left %+v", c)
		}
		p.raw.HDel(ctx, s.keys.conversation(patient.ID), "m") // the mark of the move
		if d := difference(without, p.contents(t)); d != "" {
			t.Errorf("Redis is not as it was before that person:\n%s", d)
		}
	})
}

// What a person has claimed for a time stays taken when they are erased, by
// nobody, and is free when that time ends.
func TestAClaimStaysTakenAfterErase(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		ctx := t.Context()
		if err := s.Move(ctx, home, "wren"); err != nil {
			t.Fatal(err)
		}
		for name, owner := range map[string]string{"invite": "wren", "link": s.chatHash(home)} {
			if _, err := s.Claim(ctx, name, owner, time.Hour); err != nil {
				t.Fatal(err)
			}
		}
		if r, err := s.Erase(ctx, "wren"); err != nil || r.Claims != 2 {
			t.Errorf("%+v, %v", r, err)
		}
		for _, name := range []string{"invite", "link"} {
			if holder, err := s.Claim(ctx, name, "robin", time.Hour); err != nil || holder != nobody {
				t.Errorf("%s is held by %q, %v", name, holder, err)
			}
			key := s.keys.claim(s.keyset.hash("claim", name))
			if left := p.raw.PTTL(ctx, key).Val(); left <= 0 || left > time.Hour {
				t.Errorf("%s ends in %v", name, left)
			}
		}
		if r, err := s.Erase(ctx, "wren"); err != nil || r.Claims != 0 {
			t.Errorf("erased again: %+v, %v", r, err)
		}
	})
}

func TestGlobbed(t *testing.T) {
	t.Parallel()
	p := newPlace(t, server.URL())
	p.prefix += "a*b?[c]^\\:"
	s := p.open(t)
	if _, err := s.Claim(t.Context(), "name", "wren", 0); err != nil {
		t.Fatal(err)
	}
	if r, err := s.Erase(t.Context(), "wren"); err != nil || r.Claims != 1 {
		t.Errorf("erased %+v, %v", r, err)
	}
}
