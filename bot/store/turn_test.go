package store

import (
	"context"
	"errors"
	"fmt"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

// trips counts how often a client has waited for an answer.
type trips struct{ n atomic.Int64 }

func (c *trips) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) { return next(ctx, network, addr) }
}

func (c *trips) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error { c.n.Add(1); return next(ctx, cmd) }
}

func (c *trips) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error { c.n.Add(1); return next(ctx, cmds) }
}

// A turn is one trip to write, and one to read when it was not lately here.
func TestATurnTakesTwoTripsAtMost(t *testing.T) {
	t.Parallel()
	p := newPlace(t, server.URL())
	s := p.open(t)
	id, err := s.Find(t.Context(), home)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Move(t.Context(), other, id); err != nil {
		t.Fatal(err)
	}
	turn(t, s, load(t, s, id), nil) // the script is known from here on
	cold := p.open(t)
	for _, b := range []*nodes{cold.reading, cold.writing} { // connections have trips of their own
		if err := b.do(t.Context(), redis.NewStatusCmd(t.Context(), "ping")); err != nil {
			t.Fatal(err)
		}
	}
	var count trips
	cold.reads.AddHook(&count)
	cold.writes.AddHook(&count)
	for n, c := range []struct {
		chat bot.Chat
		want int64
	}{{home, 2}, {home, 1}, {other, 3}, {other, 1}, {home, 1}} { // where a chat was moved to is learned once
		count.n.Store(0)
		met, err := cold.Meet(t.Context(), c.chat)
		if err != nil || met.ID != id || met.Version != uint64(n+1) {
			t.Fatalf("met %+v, %v", met, err)
		}
		met.Zone = fmt.Sprint(n)
		if err := cold.Commit(t.Context(), bot.Commit{
			Conversation: met, Operation: fmt.Sprint("telegram:", n), Due: start,
			Journal: []bot.Entry{{At: start, Turn: met.Version + 1, What: "answer"}},
			Outbox:  []bot.Envelope{say(met, 0, bot.Answer, "one"), say(met, 1, bot.Answer, "two")},
		}); err != nil {
			t.Fatal(err)
		}
		if got := count.n.Load(); got != c.want {
			t.Errorf("turn %d took %d trips, want %d", n, got, c.want)
		}
	}
}

// What is kept opened is never believed: turns of two replicas in turn see each
// other's, and what the one that loads changes stays its own.
func TestWhatIsKeptOpenedIsNeverStale(t *testing.T) {
	t.Parallel()
	p := newPlace(t, server.URL())
	replicas := []*Store{p.open(t), p.open(t)}
	for n := range 10 {
		s := replicas[n/2%2]
		c := load(t, s, "wren")
		if c.Version != uint64(n) || n > 0 && c.Timers["n"] != start.Add(time.Duration(n)*time.Second) {
			t.Fatalf("turn %d loaded %+v", n, c)
		}
		c.Timers = map[string]time.Time{"n": start.Add(time.Duration(n+1) * time.Second)}
		if err := s.Commit(t.Context(), bot.Commit{Conversation: c}); err != nil {
			t.Fatal(err)
		}
		load(t, s, "wren").Timers["n"] = start // a turn that never happens
	}
	if _, err := replicas[0].Erase(t.Context(), "wren"); err != nil {
		t.Fatal(err)
	}
	for _, s := range replicas {
		if c := load(t, s, "wren"); c.Version != 0 || c.Timers != nil {
			t.Errorf("after erasing: %+v", c)
		}
	}
}

// Many calls at once each get their own answer, and one that gives up takes
// nobody with it.
func TestBatchesKeepCallsApart(t *testing.T) {
	t.Parallel()
	p := newPlace(t, server.URL())
	s := p.open(t)
	var wg sync.WaitGroup
	for n := range 500 {
		wg.Go(func() {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			if n%5 == 4 {
				cancel()
			}
			key, id := fmt.Sprint(p.prefix, n), fmt.Sprint(n)
			set, wrong := redis.NewStatusCmd(ctx, "set", key, id), redis.NewIntCmd(ctx, "llen", key)
			get := redis.NewStringCmd(ctx, "get", key)
			err := s.writing.do(ctx, set, wrong, get)
			if n%5 == 4 {
				if !errors.Is(err, context.Canceled) {
					t.Errorf("call %d: %v", n, err)
				}
				return
			}
			if err != nil || set.Err() != nil || get.Val() != id || !redis.HasErrorPrefix(wrong.Err(), "WRONGTYPE") {
				t.Errorf("call %d: %v, %v, %q, %v", n, err, set.Err(), get.Val(), wrong.Err())
			}
		})
	}
	wg.Wait()
}

// A load and a commit of a patient, as many at once as the machine has cores.
func BenchmarkTurn(b *testing.B) {
	p := newPlace(b, server.URL())
	s := p.open(b)
	var people atomic.Int64
	b.ReportAllocs()
	b.SetParallelism(32)
	b.RunParallel(func(pb *testing.PB) {
		chat := bot.Chat{Platform: "telegram", ID: fmt.Sprint(people.Add(1))}
		for n := 0; pb.Next(); n++ {
			c, err := s.Meet(b.Context(), chat)
			if err != nil {
				b.Fatal(err)
			}
			c.Chats, c.Patient = []bot.Chat{chat}, &bot.Patient{Case: "Wren-417", Enrolled: start}
			err = s.Commit(b.Context(), bot.Commit{
				Conversation: c, Operation: fmt.Sprint(n), Due: start,
				Journal: []bot.Entry{{At: start, Turn: c.Version + 1, What: "answer", Name: "today", Value: "7", Raw: "7"}},
				Outbox:  []bot.Envelope{say(c, 0, bot.Answer, "Thank you."), say(c, 1, bot.Answer, "What helped?")},
			})
			if err != nil {
				b.Fatal(err)
			}
		}
	})
}

// A load alone, of a conversation that nobody has opened yet.
func BenchmarkColdLoad(b *testing.B) {
	p := newPlace(b, server.URL())
	s := p.open(b)
	c, err := s.Load(b.Context(), "wren")
	if err != nil {
		b.Fatal(err)
	}
	c.Patient = &bot.Patient{Case: "Wren-417", Enrolled: start}
	if err := s.Commit(b.Context(), bot.Commit{Conversation: c}); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		s.opened.forget("wren")
		if _, err := s.Load(b.Context(), "wren"); err != nil {
			b.Fatal(err)
		}
	}
}
