package bot

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// brimful is an outbox in which something planned is always ready.
type brimful struct{ looks int }

func (a *brimful) TakeReady(_ context.Context, _ Lease, _ time.Time, rooms []Room, _ time.Duration) ([]Leased, []bool, error) {
	a.looks++
	more := make([]bool, len(rooms))
	for i, r := range rooms {
		more[i] = r.Platform == "test" && r.Class == Planned
		if more[i] && r.Most > 0 {
			panic("it takes while the platform is to be left alone")
		}
	}
	// Looking takes a moment, as in Redis: without one a loop of looks would
	// never let the test's clock go on.
	time.Sleep(100 * time.Microsecond)
	return nil, more, nil
}

func (*brimful) Settle(context.Context, Lease, Leased, Outcome) (bool, error) { return false, nil }

// While a platform is to be left alone, no shard asks the store for its messages
// more often than at rest.
func TestAPlatformLeftAloneIsNotAskedForInALoop(t *testing.T) {
	t.Parallel()
	for how, leave := range map[string]func(context.Context, *Delivery) error{
		"it asked for that": func(ctx context.Context, d *Delivery) error { return d.pacers["test"].hold(ctx, time.Minute) },
		"it cannot be reached": func(_ context.Context, d *Delivery) error {
			for range 5 {
				d.outages["test"].fails(time.Now())
				time.Sleep(d.outages["test"].pause(time.Now()))
			}
			d.outages["test"].fails(time.Now())
			return nil
		},
	} {
		t.Run(how, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				out := &brimful{}
				d := delivers(out, &sleeper{})
				if err := leave(t.Context(), d); err != nil {
					t.Fatal(err)
				}
				ctx, stop := context.WithTimeout(t.Context(), 10*time.Second)
				defer stop()
				d.Work(ctx, func() Hold { return Hold{} }, make(chan struct{}, 1))
				if most := int(10*time.Second/rest) + 1; out.looks > most {
					t.Errorf("%d looks in 10 s, want %d at most", out.looks, most)
				}
			})
		})
	}
}

// delivers is a delivery of one platform.
func delivers(out Outbox, p Adapter) *Delivery {
	d := &Delivery{
		Bot:    &Bot{Log: slog.New(slog.DiscardHandler), Meter: deafMeter{}, Now: time.Now},
		Outbox: out, Wall: time.Now, Adapters: map[string]Adapter{"test": p}, Budget: &shared{},
	}
	d.once.Do(d.prepare)
	return d
}

// crowd is an outbox of answers, each in a lane of its own.
type crowd struct {
	mu       sync.Mutex
	ready    []Leased
	outcomes map[string]int
}

func (c *crowd) TakeReady(_ context.Context, _ Lease, now time.Time, rooms []Room, _ time.Duration) (got []Leased, more []bool, err error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	more = make([]bool, len(rooms))
	for i, r := range rooms {
		if r.Platform == "test" && r.Class == Answer {
			n := min(r.Most, len(c.ready))
			got, c.ready = append(got, c.ready[:n]...), c.ready[n:]
			more[i] = len(c.ready) > 0
		}
	}
	return got, more, nil
}

func (c *crowd) Settle(_ context.Context, _ Lease, l Leased, o Outcome) (bool, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.outcomes[o.Reason]++
	if !o.Done && !o.Dead {
		c.ready = append(c.ready, l)
	}
	return false, nil
}

// slow takes five messages a second, each of which takes a moment, and keeps
// how much time the shortest of calls had.
type slow struct {
	sleeper
	mu    sync.Mutex
	least time.Duration
}

func (*slow) Limits() Limits { return Limits{Whole: Limit{Every: 200 * time.Millisecond, Burst: 10}} }

func (p *slow) Send(ctx context.Context, _ Message) (string, error) {
	end, err := Begin(ctx)
	if err != nil {
		return "", &SendError{Fate: Later, Err: err}
	}
	defer end(nil)
	until, _ := ctx.Deadline()
	p.mu.Lock()
	p.least = min(p.least, time.Until(until))
	p.mu.Unlock()
	select {
	case <-time.After(1500 * time.Millisecond):
		return "1", nil
	case <-ctx.Done():
		return "", &SendError{Fate: Unknown, Err: ctx.Err()}
	}
}

// Where more answers are in hand than a platform takes in the time of an attempt,
// the last of them have as much time for their call as the first.
func TestWaitingForAPlaceTakesNothingFromTheAttempt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const answers, shards = 200, 16
		p := &slow{least: time.Hour}
		out := &crowd{outcomes: map[string]int{}}
		for i := range answers {
			out.ready = append(out.ready, Leased{Envelope: Envelope{ID: fmt.Sprint(i), Chat: Chat{Platform: "test", ID: fmt.Sprint(i)}, Text: "hello"}})
		}
		d := delivers(out, p)
		ctx, stop := context.WithTimeout(t.Context(), 2*time.Minute)
		defer stop()
		var hands sync.WaitGroup
		for range shards {
			hands.Go(func() { d.Work(ctx, func() Hold { return Hold{} }, make(chan struct{}, 1)) })
		}
		hands.Wait()
		if out.outcomes["delivered"] != answers || out.outcomes["unknown"]+out.outcomes["later"] > 0 {
			t.Errorf("%d answers came to %v", answers, out.outcomes)
		}
		if least := attemptTime - settleTry; p.least < least {
			t.Errorf("a call had %v, want %v", p.least, least)
		}
	})
}

// afar is a drawer on a slow way: what it gives is lost if nobody waits for it.
type afar struct{ drawer }

func (a *afar) TakeReady(ctx context.Context, l Lease, now time.Time, rooms []Room, life time.Duration) ([]Leased, []bool, error) {
	got, more, err := a.drawer.TakeReady(ctx, l, now, rooms, life)
	select {
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	case <-time.After(500 * time.Millisecond):
		return got, more, err
	}
}

// What the store gives at the moment of a stop goes back as it was, and not as
// something that may have been sent.
func TestWhatIsTakenAtAStopGoesBack(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		out := &afar{drawer{entry: Leased{Envelope: Envelope{ID: "1", Class: Answer, Chat: Chat{Platform: "test", ID: "1"}, Text: "hello"}}}}
		p := &sleeper{}
		d := delivers(out, p)
		ctx, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer stop()
		d.Work(ctx, func() Hold { return Hold{} }, make(chan struct{}, 1))
		if len(out.settled) != 1 || !out.settled[0].Untried || out.settled[0].Unsure || p.sent > 0 {
			t.Errorf("sent %d, settled %+v", p.sent, out.settled)
		}
	})
}
