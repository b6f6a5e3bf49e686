package simulator

import (
	"context"
	"log/slog"
	"strconv"
	"sync"
	"testing"
	"time"

	"onestep/adapters/adaptertest"
	"onestep/bot"
)

func TestSuite(t *testing.T) {
	t.Parallel()
	adaptertest.Run(t, func(*testing.T) adaptertest.Stage { return new(stage) })
}

// stage is a simulator for the suite. The platform is its own memory, so a
// restart of the adapter is a new Receive on the same one; nothing can fail on
// the way to it.
type stage struct {
	mu    sync.Mutex
	a     *Adapter
	taken []bot.Update
}

func (s *stage) Steady() {}

func (s *stage) Adapter(_ *testing.T, log *slog.Logger) bot.Adapter {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.a == nil {
		s.a = New(Config{Now: time.Now, Log: log})
		for n := range 9 {
			s.a.Private(id(n))
		}
	}
	return remembers{s.a, s}
}

// remembers notes what was acknowledged, for Repeat.
type remembers struct {
	*Adapter
	s *stage
}

func (r remembers) Receive(ctx context.Context, in bot.Inbox) error {
	return r.Adapter.Receive(ctx, inboxFunc(func(ctx context.Context, u bot.Update) error {
		if err := in.Take(ctx, u); err != nil {
			return err
		}
		r.s.mu.Lock()
		defer r.s.mu.Unlock()
		r.s.taken = append(r.s.taken, u)
		return nil
	}))
}

type inboxFunc func(context.Context, bot.Update) error

func (f inboxFunc) Take(ctx context.Context, u bot.Update) error { return f(ctx, u) }

func (s *stage) Repeat() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.a.mu.Lock()
	defer s.a.mu.Unlock()
	for _, u := range s.taken {
		s.a.queues[u.Chat.ID] = append(s.a.queues[u.Chat.ID], u)
	}
	s.a.wake()
}

func (s *stage) Waiting() int {
	s.a.mu.Lock()
	defer s.a.mu.Unlock()
	n := 0
	for _, q := range s.a.queues {
		n += len(q)
	}
	return n
}

func (s *stage) Attempts() int {
	n := 0
	posts, _ := s.a.Since(0)
	for _, p := range posts {
		if p.From == "" {
			n++
		}
	}
	return n
}

func (s *stage) Sent(c bot.Chat) []adaptertest.Sent {
	var sent []adaptertest.Sent
	for _, p := range s.a.Transcript(c.ID) {
		if p.From != "" {
			continue
		}
		m := adaptertest.Sent{Text: p.Text}
		for _, b := range p.Buttons {
			m.Buttons = append(m.Buttons, b.Label)
		}
		sent = append(sent, m)
	}
	return sent
}

func (s *stage) Person(n int) adaptertest.Person { return person{s.a.Private(id(n))} }
func (s *stage) Nowhere() bot.Chat               { return bot.Chat{Platform: Platform, ID: "nobody"} }
func (s *stage) Secrets() []string               { return nil }
func (s *stage) Fail(adaptertest.Fault) bool     { return false }
func (s *stage) Outage(bool)                     { panic("a steady platform") }
func (s *stage) Revoke()                         { panic("a steady platform") }

func id(n int) string { return "person" + strconv.Itoa(n) }

type person struct{ Seat }

func (p person) Writes(text string)        { _ = p.Write(text) } // only an empty text fails
func (p person) SendsPhoto(caption string) { p.SendMedia(caption) }
func (p person) Leaves() bool              { p.Leave(); return true }
func (p person) Returns() bool             { p.Return(); return true }

func (p person) Presses(t *testing.T, label string) {
	t.Helper()
	must(t, p.Press(label))
}

func (p person) Edits(text string) {
	newest := ""
	for _, post := range p.a.Transcript(p.chat) {
		if post.Kind == Words && post.From == p.person {
			newest = post.ID
		}
	}
	_ = p.Edit(newest, text) // the suite looks for the update
}
