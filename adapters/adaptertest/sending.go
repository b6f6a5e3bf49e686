package adaptertest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

func message(c bot.Chat, text string) bot.Message {
	return bot.Message{ID: "c1.1.1", Chat: c, Text: text}
}

func goesOut(t *testing.T, open Open) {
	s := raise(t, open)
	c := s.Person(1).Chat()
	m := message(c, "Where are things today? "+secretWord)
	var labels []string
	for i := range 11 {
		m.Buttons = append(m.Buttons, bot.Button{Label: fmt.Sprint(i), Data: fmt.Sprintf("q1:%d", i)})
		labels = append(labels, fmt.Sprint(i))
	}
	first, e := s.send(t.Context(), m)
	if e != nil {
		t.Fatal(e)
	}
	second, e := s.send(t.Context(), message(c, "Thanks. "+secretWord))
	if e != nil {
		t.Fatal(e)
	}
	if first == second {
		t.Error("two messages have one id")
	}
	got := s.Sent(c)
	if len(got) != 2 || got[0].Text != m.Text || got[1].Text != "Thanks. "+secretWord {
		t.Fatalf("the chat shows %q", got)
	}
	if !slices.Equal(got[0].Buttons, labels) || len(got[1].Buttons) != 0 {
		t.Errorf("buttons %q and %q", got[0].Buttons, got[1].Buttons)
	}
	if n := s.Attempts(); n != 2 {
		t.Errorf("%d requests for two messages", n)
	}
}

func arrivesAsIs(t *testing.T, open Open) {
	s := raise(t, open)
	c := s.Person(1).Chat()
	for i, text := range []string{
		odd,
		secretWord + " @here <!channel> <@U1> https://example.org/?a=1&b=2 /start :smile: :-) ~x~ ||y|| [a](b)",
		secretWord + " \u202ertl\u202c z\u200dw\u200cj ﷽ 𝒳 " + strings.Repeat("🙂", 50),
	} {
		if _, e := s.send(t.Context(), message(c, text)); e != nil {
			t.Fatal(e)
		}
		if got := s.Sent(c)[i].Text; got != text {
			t.Errorf("sent  %q\nshows %q", text, got)
		}
	}
}

func longText(t *testing.T, open Open) {
	s := raise(t, open)
	c := s.Person(1).Chat()
	var b strings.Builder
	for i := range 1500 {
		fmt.Fprintf(&b, "%d %s 🙂", i, secretWord[:5])
		if i%40 == 39 {
			b.WriteString("\n\n")
		} else {
			b.WriteString(" ")
		}
	}
	m := message(c, b.String())
	m.Buttons = []bot.Button{{Label: "Done", Data: "d"}}
	if _, e := s.send(t.Context(), m); e != nil {
		t.Fatal(e)
	}
	var words []string
	sent := s.Sent(c)
	for i, part := range sent {
		words = append(words, strings.Fields(part.Text)...)
		if last := i == len(sent)-1; (len(part.Buttons) > 0) != last {
			t.Errorf("part %d of %d has buttons %q", i+1, len(sent), part.Buttons)
		}
	}
	if !slices.Equal(words, strings.Fields(b.String())) {
		t.Errorf("%d words of %d arrived, or in another order", len(words), len(strings.Fields(b.String())))
	}
}

func fates(t *testing.T, open Open) {
	for name, c := range map[string]struct {
		fault   Fault
		fates   []bot.Fate
		arrives int
	}{
		"throttled":    {Throttled, []bot.Fate{bot.Later}, 0},
		"server error": {ServerError, []bot.Fate{bot.Later, bot.Unknown}, 0},
		"proxy's page": {Proxy502, []bot.Fate{bot.Later, bot.Unknown}, 0},
		"dropped":      {Dropped, []bot.Fate{bot.Unknown}, 0},
		"lost reply":   {LostReply, []bot.Fate{bot.Unknown}, 1},
		"blocked":      {Blocked, []bot.Fate{bot.Gone}, 0},
		"refused":      {Refused, []bot.Fate{bot.Ours}, 0},
		"moved":        {MovedChat, []bot.Fate{bot.Elsewhere}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := raise(t, open)
			s.ready()
			p := s.Person(1)
			if !s.Fail(c.fault) {
				return // this platform cannot fail so
			}
			_, e := s.send(t.Context(), message(p.Chat(), "How are things? "+secretWord))
			if e == nil {
				t.Fatal("no error")
			}
			if !slices.Contains(c.fates, e.Fate) {
				t.Errorf("fate %v, want one of %v (%v)", e.Fate, c.fates, e.Err)
			}
			if c.fault == Throttled && e.After != ThrottledFor {
				t.Errorf("told to wait %v, want %v", e.After, ThrottledFor)
			}
			if c.fault == MovedChat && (e.MovedTo.ID == "" || e.MovedTo == p.Chat() || e.MovedTo.Platform != p.Chat().Platform) {
				t.Errorf("moved to %v", e.MovedTo)
			}
			if n := s.Attempts(); n != 1 {
				t.Errorf("%d requests, want 1", n)
			}
			if n := len(s.Sent(p.Chat())); n != c.arrives {
				t.Errorf("%d messages arrived, want %d", n, c.arrives)
			}
			// A failure leaves nothing behind.
			if c.fault == Throttled || c.fault == LostReply {
				if _, e := s.send(t.Context(), message(p.Chat(), "Once more "+secretWord)); e != nil {
					t.Errorf("the next message failed: %v", e)
				}
			}
		})
	}
}

func nowhere(t *testing.T, open Open) {
	s := raise(t, open)
	s.ready()
	if _, e := s.send(t.Context(), message(s.Nowhere(), "Hello "+secretWord)); e == nil || e.Fate != bot.Gone {
		t.Errorf("got %v, want gone", e)
	}
}

func impossible(t *testing.T, open Open) {
	s := raise(t, open)
	s.ready()
	c := s.Person(1).Chat()
	blank := message(c, " \n\t ")
	other := message(bot.Chat{Platform: "pigeon", ID: c.ID}, "Hello "+secretWord)
	huge := message(c, "Hello "+secretWord)
	huge.Buttons = []bot.Button{{Label: "Yes", Data: strings.Repeat("x", 3000)}}
	for name, m := range map[string]bot.Message{"blank": blank, "another platform's": other, "a button with too much in it": huge} {
		if _, e := s.send(t.Context(), m); e == nil || e.Fate != bot.Ours {
			t.Errorf("%s: got %v, want ours", name, e)
		}
	}
	if got := s.Sent(c); len(got) != 0 {
		t.Errorf("something arrived: %d messages", len(got))
	}
}

func cancelled(t *testing.T, open Open) {
	s := raise(t, open)
	s.ready()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, e := s.send(ctx, message(s.Person(1).Chat(), "Hello "+secretWord)); e == nil || e.Fate != bot.Later {
		t.Errorf("got %v, want later: nothing was sent", e)
	}
	if n := s.Attempts(); n != 0 {
		t.Errorf("%d requests after the caller gave up", n)
	}
}

func inOtherHands(t *testing.T, open Open) {
	s := raise(t, open)
	s.ready()
	c := s.Person(1).Chat()
	lost := true
	ctx := bot.Guard(t.Context(), func() error {
		if lost {
			return bot.ErrFenced
		}
		return nil
	})
	if _, e := s.send(ctx, message(c, "Hello "+secretWord)); e == nil || e.Fate != bot.Later {
		t.Errorf("got %v, want later: nothing was sent", e)
	}
	if n := s.Attempts(); n != 0 {
		t.Errorf("%d requests for a message that another has", n)
	}
	lost = false
	if _, e := s.send(ctx, message(c, "Hello "+secretWord)); e != nil {
		t.Errorf("ours, and not sent: %v", e)
	}
}

func patienceKept(t *testing.T, open Open) {
	s := raise(t, open)
	s.ready()
	if !s.Fail(Slow) {
		return
	}
	c := s.Person(1).Chat()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	// The caller gives up when the message is there and the answer is not.
	go func() {
		for ctx.Err() == nil && len(s.Sent(c)) == 0 {
			time.Sleep(time.Millisecond)
		}
		cancel()
	}()
	began := time.Now()
	_, e := s.send(ctx, message(c, "Hello "+secretWord))
	if e == nil || e.Fate != bot.Unknown {
		t.Errorf("got %v, want unknown: it arrived and nobody knows", e)
	}
	if took := time.Since(began); took > 3*time.Second {
		t.Errorf("it took %v to give up", took)
	}
}

func outage(t *testing.T, open Open) {
	s := raise(t, open)
	s.ready()
	if _, ok := s.Stage.(Steady); ok {
		return // this platform cannot fail so
	}
	p := s.Person(1)
	s.Outage(true)
	eventually(t, "the adapter is not ready", func() bool { return s.adapter.Ready() != nil })
	s.diary.error(s.adapter.Ready())
	eventually(t, "a send certainly does not arrive", func() bool {
		_, e := s.send(t.Context(), message(p.Chat(), "Hello "+secretWord))
		if e == nil || (e.Fate != bot.Later && e.Fate != bot.Unknown) {
			t.Fatalf("got %v, want later", e)
		}
		// Nobody can be reached: the messages of all others wait as well.
		return e.Fate == bot.Later && e.Whole && e.After == 0
	})
	s.Outage(false)
	p.Writes("still here " + secretWord)
	s.nth(p.Chat(), 1)
	s.ready()
	if _, e := s.send(t.Context(), message(p.Chat(), "Hello again "+secretWord)); e != nil {
		t.Errorf("after the outage: %v", e)
	}
}

func revoked(t *testing.T, open Open) {
	s := raise(t, open)
	s.ready()
	if _, ok := s.Stage.(Steady); ok {
		return // this platform cannot fail so
	}
	// Receive is under way once something has come in.
	p := s.Person(1)
	p.Writes("hello " + secretWord)
	s.nth(p.Chat(), 1)
	s.Revoke()
	if _, e := s.send(t.Context(), message(p.Chat(), "Hello "+secretWord)); e == nil || e.Fate != bot.Revoked {
		t.Errorf("got %v, want revoked", e)
	}
	select {
	case <-s.ended:
	case <-time.After(patience):
		t.Fatal("Receive goes on with a revoked token")
	}
	if s.adapter.Ready() == nil {
		t.Error("a revoked adapter is ready")
	}
	if err := s.stop(); err == nil {
		t.Error("Receive ended without an error although the token is revoked")
	}
}
