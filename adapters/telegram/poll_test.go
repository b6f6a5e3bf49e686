package telegram

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"onestep/adapters/adaptertest/telegramfake"
	"onestep/bot"
)

func TestPollAsksForWhatItWants(t *testing.T) {
	t.Parallel()
	s := fake(t)
	s.SetWebhook("https://example.org/old")
	s.Person(1).Writes("before")
	in, n := &inbox{}, &notes{}
	stop := receive(t, to(t, s, Config{Meter: n}), in)
	eventually(t, "what waited arrives", func() bool { return len(in.texts()) == 1 })
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if n.oddities("conflict") != 0 {
		t.Error("it polled before the webhook was removed")
	}
	for _, c := range s.Calls("deleteWebhook") {
		if c.Params["drop_pending_updates"] != "" {
			t.Error("pending updates are dropped at the start")
		}
	}
	polls := s.Calls("getUpdates")
	for _, c := range polls {
		if c.Params["allowed_updates"] != allowed {
			t.Errorf("a poll allows %q", c.Params["allowed_updates"])
		}
	}
	if last := polls[len(polls)-1].Params["offset"]; last != "880000002" {
		t.Errorf("the last poll confirms what is below %q", last)
	}
	if n := s.Waiting(); n != 0 {
		t.Errorf("%d updates wait", n)
	}
}

func TestWebhookSetLater(t *testing.T) {
	t.Parallel()
	s := fake(t)
	n := &notes{}
	in := &inbox{}
	a := to(t, s, Config{Meter: n, Log: n.log()})
	receive(t, a, in)
	eventually(t, "polling", func() bool { return len(s.Calls("getUpdates")) > 0 })
	s.SetWebhook("https://example.org/else")
	eventually(t, "the conflict is noticed", func() bool { return n.oddities("conflict") > 0 })
	s.Person(1).Writes("after")
	eventually(t, "updates come again", func() bool { return len(in.texts()) == 1 })
	eventually(t, "ready", func() bool { return a.Ready() == nil })
}

func TestThrottledPoll(t *testing.T) {
	t.Parallel()
	s := fake(t)
	s.Fail("getUpdates", telegramfake.TooMany(1))
	s.Person(1).Writes("a")
	in := &inbox{}
	receive(t, to(t, s, Config{}), in)
	eventually(t, "the update comes", func() bool { return len(in.texts()) == 1 })
	polls := s.Calls("getUpdates")
	if len(polls) < 2 || polls[1].At.Sub(polls[0].At) < time.Second {
		t.Errorf("%d polls, not a second apart", len(polls))
	}
}

func TestFaultyPolls(t *testing.T) {
	t.Parallel()
	s := fake(t)
	s.Fail("getMe", telegramfake.BadGateway())
	s.Fail("deleteWebhook", telegramfake.ServerError(), telegramfake.Fault{Drop: true})
	s.Fail("getUpdates", telegramfake.ServerError(), telegramfake.BadGateway(), telegramfake.Fault{Drop: true}, telegramfake.Fault{Lose: true},
		telegramfake.Fault{Code: 200, Page: `{"ok":true,"result":{"not":"a list"}}`}, telegramfake.Fault{Code: 200, Page: `{"ok":true,"result":[{"no":"id"}]}`})
	s.Person(1).Writes("a")
	in := &inbox{}
	a := to(t, s, Config{})
	receive(t, a, in)
	eventually(t, "the update comes", func() bool { return len(in.texts()) == 1 })
	eventually(t, "ready", func() bool { return a.Ready() == nil })
	eventually(t, "it is confirmed", func() bool { return s.Waiting() == 0 })
}

func TestQuarantine(t *testing.T) {
	t.Parallel()
	s := fake(t)
	n := &notes{}
	p := s.Person(1)
	p.Writes("before")
	s.Inject("message", "quincebramble is no message")
	s.Inject("message", map[string]any{"message_id": 5, "date": 1772445600, "text": "quincebramble",
		"chat": map[string]any{"id": "a thousand", "type": "private"}})
	p.Writes("after")
	in := &inbox{}
	receive(t, to(t, s, Config{Log: n.log(), Meter: n}), in)
	eventually(t, "the good ones arrive", func() bool { return slices.Equal(in.texts(), []string{"before", "after"}) })
	eventually(t, "all is confirmed", func() bool { return s.Waiting() == 0 })
	if k := n.oddities("quarantined"); k != 2 {
		t.Errorf("%d quarantined, want 2", k)
	}
	text := n.text()
	if strings.Contains(text, "quincebramble") || strings.Contains(text, "thousand") {
		t.Errorf("the log holds words: %s", text)
	}
	if k := strings.Count(text, "passed over"); k != 2 {
		t.Errorf("logged %d times: %s", k, text)
	}
}

func TestIDsStartAnew(t *testing.T) {
	t.Parallel()
	s := fake(t)
	in := &inbox{}
	receive(t, to(t, s, Config{}), in)
	p := s.Person(1)
	p.Writes("high")
	eventually(t, "the first arrives", func() bool { return len(in.texts()) == 1 })
	eventually(t, "and is confirmed", func() bool { return s.Waiting() == 0 })
	for i, id := range []int64{4711, 900_000_000, 12} {
		if !s.JumpTo(id) {
			t.Fatal("updates wait")
		}
		p.Writes("one")
		p.Writes("two")
		eventually(t, "both arrive", func() bool { return len(in.texts()) == 3+2*i })
		eventually(t, "both are confirmed", func() bool { return s.Waiting() == 0 })
	}
}

func TestAStuckChatHoldsUpNobody(t *testing.T) {
	t.Parallel()
	s := fake(t)
	n := &notes{}
	var mu sync.Mutex
	mended := false
	in := &inbox{take: func(_ context.Context, u bot.Update) error {
		mu.Lock()
		defer mu.Unlock()
		if u.Chat.ID == "13" && !mended {
			return errors.New("this conversation cannot be read")
		}
		return nil
	}}
	receive(t, to(t, s, Config{Log: n.log()}), in)
	s.Person(13).Writes("stuck")
	eventually(t, "one is stuck", func() bool { return strings.Contains(n.text(), "not taken") })
	for i := range 60 {
		s.Person(int64(100 + i%7)).Writes(fmt.Sprint(i))
	}
	eventually(t, "the others go on", func() bool { return len(in.texts()) == 60 })
	if w := s.Waiting(); w != 61 {
		t.Errorf("%d updates wait for confirmation, want all 61: the first of them is not committed", w)
	}
	mu.Lock()
	mended = true
	mu.Unlock()
	eventually(t, "all is confirmed", func() bool { return s.Waiting() == 0 })
	if got := in.texts(); len(got) != 61 {
		t.Errorf("%d updates taken, want 61: each once", len(got))
	}
}

func TestManyUpdates(t *testing.T) {
	t.Parallel()
	s := fake(t)
	for i := range 350 {
		s.Person(int64(100 + i%9)).Writes(fmt.Sprint(i))
	}
	in := &inbox{}
	receive(t, to(t, s, Config{}), in)
	eventually(t, "all arrive", func() bool { return len(in.texts()) == 350 && s.Waiting() == 0 })
	last := map[string]int{}
	for _, u := range in.taken {
		var i int
		fmt.Sscan(u.Text, &i)
		if before, ok := last[u.Chat.ID]; ok && i != before+9 {
			t.Errorf("chat %s: %d after %d", u.Chat.ID, i, before)
		}
		last[u.Chat.ID] = i
	}
}

func TestGroups(t *testing.T) {
	t.Parallel()
	s := fake(t)
	in := &inbox{}
	receive(t, to(t, s, Config{}), in)
	p := s.Person(1)
	g := s.Group(-4001, "Team", p)
	p.In(g).Writes("hello everyone")
	p.In(g).Writes("/summary@OnestepTestBot")
	g.Migrates(p)
	eventually(t, "all arrive", func() bool { return len(in.texts()) == 4 })
	in.mu.Lock()
	defer in.mu.Unlock()
	for i, want := range []bot.UpdateKind{bot.Joined, bot.Wrote, bot.Moved, bot.Moved} {
		u := in.taken[i]
		if i == 3 { // the two signals of a move are of two chats: either may be first
			continue
		}
		if u.Kind != want || u.Private {
			t.Errorf("%d. update: %+v", i+1, u)
		}
	}
	for _, u := range in.taken[2:] {
		if u.Kind != bot.Moved || u.Chat != chatOf(-4001) || u.MovedTo != chatOf(-1000000004001) {
			t.Errorf("the move came as %+v", u)
		}
	}
}

// TestGrace shows that a stop does not wait for ever for an inbox that hangs.
func TestGrace(t *testing.T) {
	t.Parallel()
	s := fake(t)
	inHand := make(chan struct{})
	in := &inbox{take: func(ctx context.Context, _ bot.Update) error { close(inHand); <-ctx.Done(); return ctx.Err() }}
	a := to(t, s, Config{})
	a.waits.grace = 50 * time.Millisecond
	stop := receive(t, a, in)
	s.Person(1).Writes("a")
	<-inHand
	if err := stop(); err != nil {
		t.Errorf("Receive gave %v", err)
	}
	if s.Waiting() != 1 {
		t.Error("an update that was not taken is confirmed")
	}
}
