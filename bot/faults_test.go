package bot_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"onestep/bot"
)

// weather is a platform on which each send fares as the test says. It knows
// what has arrived, and can be asked unless blind says why not.
type weather struct {
	mu      sync.Mutex
	decide  func(m bot.Message) (arrives bool, err *bot.SendError)
	blind   func() error
	arrived []bot.Message
	sends   int
}

func (p *weather) Platform() string                         { return "test" }
func (p *weather) Ready() error                             { return nil }
func (p *weather) Receive(context.Context, bot.Inbox) error { return errors.ErrUnsupported }

func (p *weather) Send(_ context.Context, m bot.Message) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.sends++
	arrives, err := p.decide(m)
	if arrives {
		p.arrived = append(p.arrived, m)
	}
	if err != nil {
		err.Err = errTest
		return "", err
	}
	return fmt.Sprint(p.sends), nil
}

func (p *weather) Find(_ context.Context, m bot.Message) (string, bool, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.blind(); err != nil {
		return "", false, err
	}
	i := slices.IndexFunc(p.arrived, func(a bot.Message) bool { return a.ID == m.ID })
	return fmt.Sprint(i), i >= 0, nil
}

// texts are what arrived, in order.
func (p *weather) texts() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	var all []string
	for _, m := range p.arrived {
		all = append(all, m.Text)
	}
	return all
}

// under puts the weather in place of the platform.
func (w *world) under(p *weather) {
	w.runner.Delivery = &bot.Delivery{Bot: w.bot, Outbox: w.store, Adapters: map[string]bot.Adapter{"test": p}, Wall: w.clock}
}

// puts commits messages to a chat, all in one turn.
func (w *world) puts(c bot.Chat, all ...bot.Envelope) {
	w.Helper()
	conv, err := w.store.Meet(w.ctx, c)
	if err != nil {
		w.Fatal(err)
	}
	for i := range all {
		all[i].ID, all[i].Chat = fmt.Sprintf("%s.%010d.%03d", conv.ID, conv.Version+1, i), c
	}
	if err := w.store.Commit(w.ctx, bot.Commit{Conversation: conv, Outbox: all}); err != nil {
		w.Fatal(err)
	}
}

// An attempt whose answer was lost: where it can be looked up it is sent again
// only if it is not there, and where it cannot be, a worker is told that this
// may be the second time.
func TestUnknownOutcomes(t *testing.T) {
	for _, tt := range []struct {
		name    string
		arrives bool
		why     string
		blind   func() error
		want    []string
	}{
		{"there already", true, "reply", func() error { return nil }, []string{"words"}},
		{"not there", false, "reply", func() error { return nil }, []string{"words"}},
		{"cannot be looked up, arrived", true, "reply", func() error { return bot.ErrCannotFind }, []string{"words", "words"}},
		{"cannot be looked up, dropped", false, "reply", func() error { return bot.ErrCannotFind }, []string{"words"}},
		{"a nudge that cannot be looked up", true, "nudge", func() error { return fmt.Errorf("a channel: %w", bot.ErrCannotFind) }, []string{"words", "(repeat) words"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			p := &weather{blind: tt.blind}
			p.decide = func(bot.Message) (bool, *bot.SendError) {
				if p.sends == 1 {
					return tt.arrives, &bot.SendError{Fate: bot.Unknown}
				}
				return true, nil
			}
			w.under(p)
			w.puts(patient, bot.Envelope{Text: "words", Why: tt.why})
			w.settle()
			w.waits(time.Hour)
			if got := p.texts(); !slices.Equal(got, tt.want) {
				t.Errorf("arrived: %q, want %q", got, tt.want)
			}
		})
	}
}

// A platform that is asked too often whether a message arrived is not asked before
// it says, and where the chat is gone meanwhile the message ends.
func TestLookingUpHeedsThePlatform(t *testing.T) {
	for _, tt := range []struct {
		name   string
		answer bot.SendError
		looks  int // in an hour
	}{
		{"too fast", bot.SendError{Fate: bot.Later, After: 20 * time.Minute}, 3},
		{"gone", bot.SendError{Fate: bot.Gone}, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			looks := 0
			p := &weather{
				blind: func() error {
					looks++
					answer := tt.answer
					return &answer
				},
				decide: func(bot.Message) (bool, *bot.SendError) { return true, &bot.SendError{Fate: bot.Unknown} },
			}
			w.under(p)
			w.puts(patient, bot.Envelope{Text: "words"})
			w.settle()
			w.waits(time.Hour)
			if looks > tt.looks || looks == 0 || p.sends != 1 {
				t.Errorf("asked %d times and sent %d, want %d at most and 1", looks, p.sends, tt.looks)
			}
		})
	}
}

// A chat that moved is a chat like others: what the new one says holds, and only
// the old one's move is followed.
func TestAMovedChatThatRefuses(t *testing.T) {
	moved := bot.Chat{Platform: "test", ID: "moved"}
	for _, tt := range []struct {
		name  string
		then  bot.SendError
		sends int // in an hour, to the new chat
	}{
		{"too fast", bot.SendError{Fate: bot.Later, After: 20 * time.Minute}, 3},
		{"gone", bot.SendError{Fate: bot.Gone}, 1},
		{"moved again", bot.SendError{Fate: bot.Elsewhere, MovedTo: patient}, 15},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			sends := 0
			p := &weather{blind: func() error { return bot.ErrCannotFind }}
			p.decide = func(m bot.Message) (bool, *bot.SendError) {
				if m.Chat != moved {
					return false, &bot.SendError{Fate: bot.Elsewhere, MovedTo: moved}
				}
				sends++
				then := tt.then
				return false, &then
			}
			w.under(p)
			w.puts(patient, bot.Envelope{Text: "words", Class: bot.Planned, Until: w.now.Add(day)}) // answers are tried again within five minutes
			w.settle()
			w.waits(time.Hour)
			if sends > tt.sends || sends == 0 {
				t.Errorf("sent %d times to the new chat, want %d at most", sends, tt.sends)
			}
		})
	}
}

// While the platform cannot say whether a message arrived, it is not repeated;
// what comes after it waits, and an answer does not.
func TestLookingUpFailsForAWhile(t *testing.T) {
	w := newWorld(t)
	dark := true
	p := &weather{blind: func() error {
		if dark {
			return errTest
		}
		return nil
	}}
	p.decide = func(m bot.Message) (bool, *bot.SendError) {
		if p.sends == 1 {
			return true, &bot.SendError{Fate: bot.Unknown}
		}
		return true, nil
	}
	w.under(p)
	w.puts(patient, bot.Envelope{Text: "first", Class: bot.Planned}, bot.Envelope{Text: "second", Class: bot.Planned})
	w.settle()
	w.waits(time.Hour)
	w.puts(patient, bot.Envelope{Text: "answer", Class: bot.Answer})
	w.settle()
	if got := p.texts(); !slices.Equal(got, []string{"first", "answer"}) {
		t.Errorf("in the dark arrived %q", got)
	}
	dark = false
	w.waits(time.Hour)
	if got := p.texts(); !slices.Equal(got, []string{"first", "answer", "second"}) {
		t.Errorf("arrived %q", got)
	}
}

// A storm of every fault at once: nothing is lost, nothing overtakes anything of
// its chat and class, and only what may have arrived is repeated; where it can
// be looked up, nothing is.
func TestStorm(t *testing.T) {
	for _, tt := range []struct {
		name  string
		blind error
	}{{"with looking up", nil}, {"without", bot.ErrCannotFind}} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			lots := rand.New(rand.NewPCG(7, 11))
			unknown := map[string]bool{}
			p := &weather{blind: func() error { return tt.blind }}
			p.decide = func(m bot.Message) (bool, *bot.SendError) {
				switch lots.IntN(12) {
				case 0: // too fast in this chat
					return false, &bot.SendError{Fate: bot.Later, After: time.Duration(1+lots.IntN(300)) * time.Second}
				case 1: // too fast in all
					return false, &bot.SendError{Fate: bot.Later, Whole: true, WholeFor: time.Duration(1+lots.IntN(60)) * time.Second}
				case 2, 3: // no connection
					return false, &bot.SendError{Fate: bot.Later}
				case 4, 5: // a server that fell over: before it took the message, or after
					unknown[m.ID] = true
					return lots.IntN(2) == 0, &bot.SendError{Fate: bot.Unknown}
				}
				return true, nil
			}
			w.under(p)
			const chats, turns = 12, 5
			want := 0
			for n := range turns {
				for c := range chats {
					chat := bot.Chat{Platform: "test", ID: fmt.Sprint("storm", c)}
					w.puts(chat,
						bot.Envelope{Text: fmt.Sprintf("%d planned %02d", c, 2*n), Class: bot.Planned},
						bot.Envelope{Text: fmt.Sprintf("%d answer %02d", c, n), Class: bot.Answer},
						bot.Envelope{Text: fmt.Sprintf("%d planned %02d", c, 2*n+1), Class: bot.Planned})
					want += 3
				}
				w.settle()
			}
			w.waits(12 * time.Hour)
			last, copies := map[string]string{}, map[string]int{}
			for _, m := range p.arrived {
				lane := m.Chat.ID + strings.Fields(m.Text)[1]
				if m.Text < last[lane] {
					t.Errorf("%q came after %q", m.Text, last[lane])
				}
				last[lane] = m.Text
				if copies[m.Text]++; copies[m.Text] > 1 && (tt.blind == nil || !unknown[m.ID]) {
					t.Errorf("%q came twice", m.Text)
				}
			}
			if len(copies) != want {
				t.Errorf("%d of %d arrived", len(copies), want)
			}
			if tt.blind != nil && len(p.arrived) == want {
				t.Error("nothing was ever repeated: the storm was none")
			}
			for n := range w.store.Shards() {
				lease, _, err := w.store.Acquire(w.ctx, bot.Shard(n), "test", time.Minute)
				if err != nil {
					t.Fatal(err)
				}
				room := []bot.Room{{Platform: "test", Most: 9}, {Platform: "test", Class: bot.Planned, Most: 9}}
				if left, _, err := w.store.TakeReady(w.ctx, lease, w.now.Add(24*time.Hour), room, time.Minute); err != nil || len(left) != 0 {
					t.Errorf("%d entries are left, %v", len(left), err)
				}
			}
		})
	}
}

// slow is a platform on which some sends take long.
type slow struct {
	weather
	begun chan string   // texts of sends that begin
	end   chan struct{} // closed: they end
	cut   chan error    // why a send was cut off, nil if it was not
}

func (p *slow) Send(ctx context.Context, m bot.Message) (string, error) {
	p.begun <- m.Text
	if strings.HasPrefix(m.Text, "slow") {
		select {
		case <-p.end:
		case <-ctx.Done():
		}
		p.cut <- ctx.Err()
	}
	return p.weather.Send(ctx, m)
}

// works runs the real loops of one replica until stop is called, which returns
// when they have ended.
func (w *world) works(p bot.Adapter) (stop func()) {
	w.Helper()
	r := &bot.Runner{
		Bot: w.bot, Agenda: w.store, Leases: w.store, Holder: "works", Rate: 1,
		Delivery: &bot.Delivery{Bot: w.bot, Outbox: w.store, Budget: w.store, Adapters: map[string]bot.Adapter{"test": p}, Wall: time.Now},
	}
	ctx, cancel := context.WithCancel(w.ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.Run(ctx)
	}()
	w.Cleanup(func() { cancel(); <-done })
	return func() { cancel(); <-done }
}

// within waits for a value, or fails the test.
func within[T any](t *testing.T, c <-chan T, what string) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(20 * time.Second):
		t.Fatalf("%s did not come", what)
	}
	return v
}

// Planned sends that hang, as many as go side by side, hold up no answer; and
// when the program is told to stop, an attempt in hand is ended and not cut off
// and repeated by the next replica.
func TestSlowSendsHoldUpNobodyAndAreNotCutOff(t *testing.T) {
	w := newWorld(t)
	p := &slow{begun: make(chan string, 100), end: make(chan struct{}), cut: make(chan error, 100)}
	p.blind = func() error { return bot.ErrCannotFind }
	p.decide = func(bot.Message) (bool, *bot.SendError) { return true, nil }
	const chats = 80 // more than two shards let go at once
	for n := range chats {
		w.puts(bot.Chat{Platform: "test", ID: fmt.Sprint("slow", n)}, bot.Envelope{Text: "slow", Class: bot.Planned})
	}
	stop := w.works(p)
	for range 32 {
		within(t, p.begun, "a slow send")
	}
	w.puts(bot.Chat{Platform: "test", ID: "slow3"}, bot.Envelope{Text: "held by its own lane", Class: bot.Answer})
	w.puts(patient, bot.Envelope{Text: "answer", Class: bot.Answer})
	for text := within(t, p.begun, "the answer"); text != "answer"; text = within(t, p.begun, "the answer") {
		if text == "slow" {
			t.Error("more run side by side than may")
		}
	}
	stopped := make(chan struct{})
	go func() {
		stop()
		close(stopped)
	}()
	time.AfterFunc(100*time.Millisecond, func() { close(p.end) }) // the platform answers after all
	within(t, stopped, "the end")
	close(p.cut)
	for err := range p.cut {
		if err != nil {
			t.Errorf("a send was cut off: %v", err)
		}
	}
	sent := len(p.texts())
	// What began before the stop and was not looked at is no beginning of the rest.
	p.begun, p.end, p.cut = make(chan string, 100), make(chan struct{}), make(chan error, 100)
	close(p.end)
	next := w.works(p)
	for range chats + 2 - sent {
		within(t, p.begun, "the rest")
	}
	next()
	if got := len(p.texts()); got != chats+2 {
		t.Errorf("%d arrived, want %d: %q", got, chats+2, p.texts()[sent:])
	}
}
