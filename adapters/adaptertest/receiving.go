package adaptertest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"onestep/bot"
)

// odd is a text that a careless adapter spoils: markup, escapes, wide
// characters, joined emoji, right-to-left, a decomposed accent.
const odd = secretWord + " <b>&amp;</b> *not bold* _x_ `y` & < > \"q\" 7\u00a0½ 👩‍👩‍👧 🇬🇧 e\u0301 שלום\nsecond line"

func wordsComeIn(t *testing.T, open Open) {
	s := raise(t, open)
	before := time.Now().Add(-2 * time.Minute)
	p := s.Person(1)
	p.Writes(odd)
	u := s.nth(p.Chat(), 1)
	if u.Kind != bot.Wrote || u.Text != odd {
		t.Errorf("got kind %v, text %q", u.Kind, u.Text)
	}
	if !u.Private {
		t.Error("a private chat came as a public one")
	}
	if u.Chat.Platform != s.adapter.Platform() || u.Sender != u.Chat.ID {
		t.Errorf("chat %v, sender %q: a private chat has the person's id", u.Chat, u.Sender)
	}
	if !strings.HasPrefix(u.ID, s.adapter.Platform()+":") {
		t.Errorf("id %q does not begin with the platform", u.ID)
	}
	if u.At.Before(before) || u.At.After(time.Now().Add(2*time.Minute)) {
		t.Errorf("it happened at %v", u.At)
	}
	p.Writes("6 " + secretWord)
	if v := s.nth(p.Chat(), 2); v.ID == u.ID {
		t.Error("two updates have one id")
	}
}

func acknowledgedAfter(t *testing.T, open Open) {
	s := raise(t, open)
	s.ready()
	release := make(chan struct{})
	s.in.hold = func(context.Context, bot.Update) { <-release }
	p := s.Person(1)
	p.Writes("hello " + secretWord)
	eventually(t, "the update is in hand", func() bool { return len(s.in.tries(p.Chat())) == 1 })
	if n := s.Waiting(); n != 1 {
		t.Errorf("%d updates wait at the platform while one is in hand, want 1", n)
	}
	close(release)
	eventually(t, "it is acknowledged", func() bool { return s.Waiting() == 0 })
}

func comesAgain(t *testing.T, open Open) {
	s := raise(t, open)
	s.in.set(times(2))
	p := s.Person(1)
	p.Writes("hello " + secretWord)
	u := s.nth(p.Chat(), 1)
	tries := s.in.tries(p.Chat())
	if len(tries) != 3 {
		t.Errorf("given to the inbox %d times, want 3", len(tries))
	}
	for _, v := range tries {
		if v != u {
			t.Errorf("came again as %v, was %v", v, u)
		}
	}
	eventually(t, "it is acknowledged", func() bool { return s.Waiting() == 0 })
}

func outlivesRestart(t *testing.T, open Open) {
	s := raise(t, open)
	s.in.set(func(bot.Update) error { return errRefused })
	p := s.Person(1)
	p.Writes("hello " + secretWord)
	eventually(t, "the update was refused", func() bool { return len(s.in.tries(p.Chat())) > 0 })
	if err := s.stop(); err != nil {
		t.Fatalf("stopping: %v", err)
	}
	first := s.in.tries(p.Chat())[0]
	s.in = &inbox{}
	s.start()
	if u := s.nth(p.Chat(), 1); u.ID != first.ID || u.Text != first.Text {
		t.Errorf("came after the restart as %v, was %v", u, first)
	}
}

func repeatsSame(t *testing.T, open Open) {
	s := raise(t, open)
	p := s.Person(1)
	p.Writes("hello " + secretWord)
	u := s.nth(p.Chat(), 1)
	eventually(t, "it is acknowledged", func() bool { return s.Waiting() == 0 })
	s.Repeat()
	if v := s.nth(p.Chat(), 2); v.ID != u.ID {
		t.Errorf("the repeat has id %q, the first %q", v.ID, u.ID)
	}
	p.Writes("and on " + secretWord)
	if v := s.nth(p.Chat(), 3); v.ID == u.ID {
		t.Error("a new update has the id of an old one")
	}
	eventually(t, "all is acknowledged", func() bool { return s.Waiting() == 0 })
}

func keepsOrder(t *testing.T, open Open) {
	s := raise(t, open)
	var mu sync.Mutex
	busy, refused := map[bot.Chat]bool{}, map[string]bool{}
	s.in.hold = func(_ context.Context, u bot.Update) {
		mu.Lock()
		defer mu.Unlock()
		if busy[u.Chat] {
			t.Error("two updates of one chat are in hand at once")
		}
		busy[u.Chat] = true
	}
	s.in.set(func(u bot.Update) error {
		mu.Lock()
		defer mu.Unlock()
		busy[u.Chat] = false
		if strings.Contains(u.Text, "7") && !refused[u.ID] {
			refused[u.ID] = true
			return errRefused
		}
		return nil
	})
	const each = 12
	var want []string
	for i := range each {
		want = append(want, fmt.Sprintf("%s %d", secretWord, i))
		for n := range 3 {
			s.Person(n + 1).Writes(want[i])
		}
	}
	for n := range 3 {
		c := s.Person(n + 1).Chat()
		s.nth(c, each)
		var got []string
		for _, u := range s.in.all(c) {
			got = append(got, u.Text)
		}
		if !slices.Equal(got, want) {
			t.Errorf("person %d: came in the order %q", n+1, got)
		}
	}
}

func sideBySide(t *testing.T, open Open) {
	s := raise(t, open)
	stuck := s.Person(1)
	var mu sync.Mutex
	open1 := false
	s.in.set(func(u bot.Update) error {
		mu.Lock()
		defer mu.Unlock()
		if u.Chat == stuck.Chat() && !open1 {
			return errRefused
		}
		return nil
	})
	stuck.Writes("stuck " + secretWord)
	eventually(t, "one chat is stuck", func() bool { return len(s.in.tries(stuck.Chat())) > 0 })
	for n := range 3 {
		p := s.Person(n + 2)
		p.Writes("free " + secretWord)
		s.nth(p.Chat(), 1)
	}
	mu.Lock()
	open1 = true
	mu.Unlock()
	s.nth(stuck.Chat(), 1)
	eventually(t, "all is acknowledged", func() bool { return s.Waiting() == 0 })
	for n := range 4 {
		if got := s.in.all(s.Person(n + 1).Chat()); len(got) != 1 {
			t.Errorf("person %d: %d updates taken, want 1", n+1, len(got))
		}
	}
}

func presses(t *testing.T, open Open) {
	s := raise(t, open)
	p := s.Person(1)
	m := bot.Message{ID: "c.1.1", Chat: p.Chat(), Text: "Ready? " + secretWord,
		Buttons: []bot.Button{{Label: "Yes", Data: "t1:yes"}, {Label: "No", Data: "t1:no"}}}
	if _, e := s.send(t.Context(), m); e != nil {
		t.Fatal(e)
	}
	s.in.set(times(1))
	p.Presses(t, "No")
	u := s.nth(p.Chat(), 1)
	if u.Kind != bot.Pressed || u.Data != "t1:no" || !u.Private || u.Sender != u.Chat.ID {
		t.Errorf("got %+v", u)
	}
	if tries := s.in.tries(p.Chat()); len(tries) != 2 || tries[0].ID != u.ID {
		t.Errorf("a refused press was given %d times, want 2 with one id", len(tries))
	}
	eventually(t, "it is acknowledged", func() bool { return s.Waiting() == 0 })
}

func edits(t *testing.T, open Open) {
	s := raise(t, open)
	p := s.Person(1)
	p.Writes("6 " + secretWord)
	p.Edits("7 " + secretWord)
	u := s.nth(p.Chat(), 2)
	if u.Kind != bot.Edited || u.Text != "7 "+secretWord || !u.Private {
		t.Errorf("got %+v", u)
	}
	if u.ID == s.nth(p.Chat(), 1).ID {
		t.Error("an edit has the id of the message")
	}
}

func pictures(t *testing.T, open Open) {
	s := raise(t, open)
	p := s.Person(1)
	for i, caption := range []string{"", odd} {
		p.SendsPhoto(caption)
		if u := s.nth(p.Chat(), i+1); u.Kind != bot.Media || u.Text != caption || !u.Private {
			t.Errorf("got %+v", u)
		}
	}
}

func leaves(t *testing.T, open Open) {
	s := raise(t, open)
	p := s.Person(1)
	n := 0
	if p.Leaves() {
		n++
		if u := s.nth(p.Chat(), n); u.Kind != bot.Left || !u.Private {
			t.Errorf("leaving came as %+v", u)
		}
	}
	if p.Returns() {
		n++
		if u := s.nth(p.Chat(), n); u.Kind != bot.Joined || !u.Private {
			t.Errorf("coming back came as %+v", u)
		}
	}
}

func stopsGracefully(t *testing.T, open Open) {
	s := raise(t, open)
	s.ready()
	release := make(chan struct{})
	var inHand error
	s.in.hold = func(ctx context.Context, _ bot.Update) {
		<-release
		inHand = ctx.Err()
	}
	p := s.Person(1)
	p.Writes("hello " + secretWord)
	eventually(t, "the update is in hand", func() bool { return len(s.in.tries(p.Chat())) == 1 })
	stopped := make(chan error)
	go func() { stopped <- s.stop() }()
	select {
	case <-stopped:
		t.Fatal("Receive returned with an update in hand")
	case <-time.After(100 * time.Millisecond):
	}
	close(release)
	if err := <-stopped; err != nil {
		t.Errorf("Receive returned %v", err)
	}
	if inHand != nil {
		t.Errorf("the update in hand was cut short: %v", inHand)
	}
	// Nobody takes anything now, so this is the acknowledgement of the one in
	// hand, which over HTTP is on its way for a moment.
	eventually(t, "it is acknowledged", func() bool { return s.Waiting() == 0 })
}
