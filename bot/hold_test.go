package bot

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
	"unsafe"
)

// drawer is an outbox with one message in it.
type drawer struct {
	mu      sync.Mutex
	entry   Leased
	taken   bool
	fenced  func(Lease) bool // which leases may settle nothing; nil: none
	settled []Outcome
	under   []Lease // what each settling was tried under
}

func (d *drawer) TakeReady(context.Context, Lease, time.Time, []Room, time.Duration) ([]Leased, []bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.taken {
		return nil, make([]bool, 4), nil
	}
	d.taken = true
	return []Leased{d.entry}, make([]bool, 4), nil
}

func (d *drawer) Settle(_ context.Context, l Lease, _ Leased, o Outcome) (bool, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.under = append(d.under, l)
	if d.fenced != nil && d.fenced(l) {
		return false, ErrFenced
	}
	d.settled = append(d.settled, o)
	return false, nil
}

// sleeper is a platform on whose ways a process can be frozen.
type sleeper struct {
	look, send time.Duration
	sent       int
}

func (p *sleeper) Platform() string                     { return "test" }
func (p *sleeper) Receive(context.Context, Inbox) error { return errors.ErrUnsupported }
func (p *sleeper) Ready() error                         { return nil }
func (p *sleeper) Limits() Limits                       { return Limits{Whole: Limit{Every: testEvery, Burst: 30}} }

func (p *sleeper) Find(context.Context, Message) (string, bool, error) {
	time.Sleep(p.look)
	return "", false, nil
}

func (p *sleeper) Send(ctx context.Context, _ Message) (string, error) {
	time.Sleep(p.send)
	end, err := Begin(ctx)
	if err != nil {
		return "", &SendError{Fate: Later, Err: err}
	}
	defer end(nil)
	p.sent++
	return "1", nil
}

// late gives no place for so long, and then as many as there are.
type late struct {
	shared
	until time.Time
}

func (l *late) Places(ctx context.Context, platform string, a Ask) (Given, error) {
	if left := time.Until(l.until); left > 0 {
		return Given{Wait: left}, nil
	}
	return l.shared.Places(ctx, platform, a)
}

type deafMeter struct{}

func (deafMeter) Turn(string, string, time.Duration) {}
func (deafMeter) Send(string, string, time.Duration) {}

// A process that stands still with a message in hand, wherever that happens,
// sends it when it goes on only if the shard is certainly still its own.
func TestWhoWakesUpSendsOnlyWhatIsStillTheirs(t *testing.T) {
	t.Parallel()
	const freeze = 12 * time.Second // longer than a lease
	lease := Lease{Name: "s00", Holder: "me", Fence: 7}
	for _, where := range []struct {
		name     string
		platform sleeper
		place    time.Duration
		unsure   bool
	}{
		{"before its place", sleeper{}, freeze, false},
		{"while it is looked up", sleeper{look: freeze}, 0, true},
		{"on its way to the call", sleeper{send: freeze}, 0, false},
	} {
		for _, then := range []struct {
			name string
			hold func(began time.Time) Hold
			sent int
		}{
			{"the lease ran out", func(began time.Time) Hold { return Hold{lease, began.Add(shardLife)} }, 0},
			{"the lease was renewed", func(time.Time) Hold { return Hold{lease, time.Now().Add(shardLife)} }, 1},
			{"the lease was lost and won again", func(began time.Time) Hold {
				again := lease
				if time.Since(began) > shardLife {
					again.Fence = 9
				}
				return Hold{again, time.Now().Add(shardLife)}
			}, 0},
			{"nobody knows when it ends", func(time.Time) Hold { return Hold{Lease: lease} }, 1},
		} {
			t.Run(where.name+", "+then.name, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					defer time.Sleep(2 * longHold) // until the places are given back
					p := where.platform
					out := &drawer{entry: Leased{Envelope: Envelope{ID: "wren.0000000001.000", Chat: Chat{Platform: "test", ID: "7"}, Text: "Hello"}, Attempt: 1, Unsure: where.unsure}}
					d := &Delivery{
						Bot: &Bot{Log: slog.New(slog.DiscardHandler), Meter: deafMeter{}, Now: time.Now}, Outbox: out, Wall: time.Now,
						Adapters: map[string]Adapter{"test": &p}, Budget: &late{until: time.Now().Add(where.place)},
					}
					began := time.Now()
					ctx, stop := context.WithCancel(t.Context())
					done := make(chan struct{})
					go func() {
						defer close(done)
						d.Work(ctx, func() Hold { return then.hold(began) }, make(chan struct{}, 1))
					}()
					time.Sleep(freeze + time.Second)
					stop()
					<-done
					if p.sent != then.sent {
						t.Errorf("sent %d times, want %d", p.sent, then.sent)
					}
					if len(out.settled) != 1 {
						t.Fatalf("settled as %+v", out.settled)
					}
					if o := out.settled[0]; o.Done != (then.sent == 1) || !o.Done && (o.Retry.IsZero() || o.Unsure != where.unsure || o.Dead) {
						t.Errorf("settled as %+v", o)
					}
				})
			})
		}
	}
}

// A message in hand for so long that its own lease could end within the attempt is
// put back, since it is handed out once more then.
func TestAnAttemptBeginsInTime(t *testing.T) {
	t.Parallel()
	now := time.Now()
	hold := func() Hold { return Hold{Lease: Lease{Fence: 1}} }
	if err := hold().claim(now, hold).err(); err != nil {
		t.Errorf("at once: %v", err)
	}
	if err := hold().claim(now.Add(attemptTime-attemptLife-time.Second), hold).err(); !errors.Is(err, ErrFenced) {
		t.Errorf("too late: %v", err)
	}
	// By the clock on the wall its own lease is over, and we are given it once more.
	if err := hold().claim(wallAhead(now, -time.Hour), hold).err(); !errors.Is(err, ErrFenced) {
		t.Errorf("once the clock on the wall was set forward: %v", err)
	}
}

// wallAhead is an instant at which the clock on the wall is ahead of what it was, and
// the one that nobody sets is not.
func wallAhead(t time.Time, d time.Duration) time.Time {
	// Its first word has the seconds of the wall above 30 bits of nanoseconds.
	*(*uint64)(unsafe.Pointer(&t)) += uint64(d/time.Second) << 30
	return t
}

// elsewhere are leases that another has.
type elsewhere struct{ Leases }

func (elsewhere) Acquire(context.Context, string, string, time.Duration) (Lease, bool, error) {
	return Lease{}, false, nil
}

// As soon as it is heard that another has a shard, what is in hand of it begins no
// call any more, however long its lease would have lasted.
func TestALostShardSendsNothing(t *testing.T) {
	t.Parallel()
	now := time.Now()
	h := &holding{hold: Hold{Lease{Name: "s00", Fence: 7}, now.Add(shardLife)}, stop: func() {}, done: make(chan struct{})}
	close(h.done)
	c := h.now().claim(now, h.now)
	if err := c.err(); err != nil {
		t.Fatal(err)
	}
	p := &portion{Runner: &Runner{Leases: elsewhere{}}, held: map[int]*holding{0: h}}
	p.renew(t.Context())
	if err := c.err(); !errors.Is(err, ErrFenced) || len(p.held) != 0 {
		t.Errorf("%v, and %d are held", err, len(p.held))
	}
}

// The last second of a lease is not used, and a clock on the wall that was
// ahead of the other one is believed.
func TestALeaseIsOverByEitherClock(t *testing.T) {
	t.Parallel()
	now := time.Now()
	h := Hold{Until: now.Add(shardLife)}
	for _, c := range []struct {
		name string
		at   time.Time
		want bool
	}{
		{"at once", now, false},
		{"before its last second", now.Add(shardLife - holdMargin - time.Millisecond), false},
		{"in its last second", now.Add(shardLife - holdMargin), true},
		{"the machine slept, and only the wall's clock knows", wallAhead(now, time.Hour), true},
	} {
		if got := h.over(c.at); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
	if (Hold{}).over(now) {
		t.Error("a lease of which nobody knows the end is over")
	}
}

// What was sent under a lease that ran out in an outage is noted under the next
// one if it is ours again, and not at all when another has it.
func TestSettledUnderTheNextLease(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		fence int64 // once the store is back
		want  []int64
		err   error
	}{
		{"ours again", 8, []int64{7, 7, 7, 8}, nil},
		{"lost, and not known yet", 7, []int64{7, 7, 7, 7}, ErrFenced},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				began := time.Now()
				hold := func() Hold {
					if time.Since(began) < 5*settlePause/2 {
						return Hold{Lease{Fence: 7}, began}
					}
					return Hold{Lease{Fence: c.fence}, began.Add(time.Hour)}
				}
				out := &drawer{fenced: func(l Lease) bool { return l.Fence == 7 }}
				d := &Delivery{Outbox: out}
				_, err := d.settle(t.Context(), Hold{Lease: Lease{Fence: 7}}.claim(began, hold), Leased{}, Outcome{Done: true})
				if !errors.Is(err, c.err) {
					t.Errorf("got %v, want %v", err, c.err)
				}
				var fences []int64
				for _, l := range out.under {
					fences = append(fences, l.Fence)
				}
				if !slices.Equal(fences, c.want) {
					t.Errorf("tried under the fences %v, want %v", fences, c.want)
				}
			})
		})
	}
}
