package bot_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"maps"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"onestep/bot"
)

// ledger is leases in memory, on the clock of the test's bubble.
type ledger struct {
	mu     sync.Mutex
	shards int
	owner  map[string]owned
	fences map[string]int64
	alive  map[string]time.Time
	down   bool // nobody can reach it
	// away are the keys that nobody can reach, shards or "alive", and a call for one
	// hangs for so long.
	away  func(key string) bool
	hangs time.Duration
}

type owned struct {
	holder string
	fence  int64
	until  time.Time
}

func newLedger(shards int) *ledger {
	return &ledger{shards: shards, owner: map[string]owned{}, fences: map[string]int64{}, alive: map[string]time.Time{}}
}

var errDown = errors.New("no connection")

// desk is the ledger as one replica reaches it; a dead one does not.
type desk struct {
	*ledger
	dead func() bool
}

func (d desk) enter() error {
	if d.down || d.dead() {
		return errDown
	}
	return nil
}

// reach fails for what is away, after as long as that takes.
func (d desk) reach(ctx context.Context, key string) error {
	d.mu.Lock()
	away, hangs := d.away != nil && d.away(key), d.hangs
	d.mu.Unlock()
	if !away {
		return nil
	}
	select {
	case <-ctx.Done():
	case <-time.After(hangs):
	}
	return errDown
}

func (d desk) Acquire(ctx context.Context, name, holder string, life time.Duration) (bot.Lease, bool, error) {
	if err := d.reach(ctx, name); err != nil {
		return bot.Lease{}, false, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.enter(); err != nil {
		return bot.Lease{}, false, err
	}
	o := d.owner[name]
	if time.Now().Before(o.until) && o.holder != holder {
		return bot.Lease{}, false, nil
	}
	if !time.Now().Before(o.until) {
		d.fences[name]++
		o = owned{holder: holder, fence: d.fences[name]}
	}
	o.until = time.Now().Add(life)
	d.owner[name] = o
	return bot.Lease{Name: name, Holder: holder, Fence: o.fence}, true, nil
}

func (d desk) Release(_ context.Context, l bot.Lease) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.enter(); err != nil {
		return err
	}
	if o := d.owner[l.Name]; o.holder == l.Holder && o.fence == l.Fence {
		delete(d.owner, l.Name)
	}
	return nil
}

func (d desk) Attend(ctx context.Context, holder string, life time.Duration) (int, error) {
	if err := d.reach(ctx, "alive"); err != nil {
		return 0, err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := d.enter(); err != nil {
		return 0, err
	}
	d.alive[holder] = time.Now().Add(life)
	n := 0
	for _, until := range d.alive {
		if time.Now().Before(until) {
			n++
		}
	}
	return n, nil
}

func (d desk) Leave(_ context.Context, holder string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.alive, holder)
	return d.enter()
}

func (d desk) Shards() int { return d.shards }

func (d desk) ShardOf(conversation string) int { return len(conversation) % d.shards }

// holders tells who has each lease.
func (l *ledger) holders() map[string]string {
	l.mu.Lock()
	defer l.mu.Unlock()
	out := map[string]string{}
	for name, o := range l.owner {
		out[name] = o.holder
	}
	return out
}

// valid tells whether a lease is good now.
func (l *ledger) valid(lease bot.Lease) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	o := l.owner[lease.Name]
	return !l.down && o.holder == lease.Holder && o.fence == lease.Fence && time.Now().Before(o.until)
}

// worked is an empty agenda and outbox that notes who works at which shard.
type worked struct {
	*ledger
	mu   sync.Mutex
	last map[string]string // shard -> who looked last
	sent map[string]int    // shard -> how often its outbox was looked at
	slow time.Duration     // how long a look at the agenda takes
}

func (w *worked) TakeDue(_ context.Context, lease bot.Lease, _ time.Time, _ int, _ time.Duration) ([]string, error) {
	if !w.valid(lease) {
		return nil, bot.ErrFenced
	}
	w.mu.Lock()
	w.last[lease.Name] = lease.Holder
	slow := w.slow
	w.mu.Unlock()
	time.Sleep(slow)
	return nil, nil
}

func (w *worked) TakeReady(_ context.Context, lease bot.Lease, _ time.Time, rooms []bot.Room, _ time.Duration) ([]bot.Leased, []bool, error) {
	if !w.valid(lease) {
		return nil, nil, bot.ErrFenced
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent[lease.Name]++
	return nil, make([]bool, len(rooms)), nil
}

func (w *worked) Settle(context.Context, bot.Lease, bot.Leased, bot.Outcome) (bool, error) {
	return false, nil
}

// notebook is a log that can be read while it is written.
type notebook struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (n *notebook) Write(p []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.b.Write(p)
}

func (n *notebook) String() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.b.String()
}

// replica is one runner of several at a ledger.
type replica struct {
	*bot.Runner
	log  *notebook
	stop func() // gracefully, and returns when it has stopped
	kill func() // it reaches nobody any more
}

func start(t *testing.T, w *worked, name string) *replica {
	t.Helper()
	var mu sync.Mutex
	dead := false
	log := &notebook{}
	b := &bot.Bot{Log: slog.New(slog.NewTextHandler(log, nil)), Meter: noMeter{}, Now: time.Now}
	r := &replica{log: log, Runner: &bot.Runner{
		Bot: b, Delivery: &bot.Delivery{Bot: b, Outbox: w, Wall: time.Now}, Agenda: w, Holder: name,
		Leases: desk{w.ledger, func() bool { mu.Lock(); defer mu.Unlock(); return dead }},
	}}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	go func() { defer close(done); r.Run(ctx) }()
	r.stop = func() { cancel(); <-done }
	r.kill = func() { mu.Lock(); defer mu.Unlock(); dead = true }
	t.Cleanup(r.stop)
	return r
}

// until waits for something and tells how long it took, in the bubble's time.
func until(t *testing.T, most time.Duration, what string, ok func() bool) time.Duration {
	t.Helper()
	began := time.Now()
	for !ok() {
		if time.Since(began) > most {
			t.Fatalf("not within %v: %s", most, what)
		}
		time.Sleep(10 * time.Millisecond)
	}
	return time.Since(began)
}

func crew(t *testing.T, w *worked, names ...string) (crew []*replica) {
	for _, name := range names {
		crew = append(crew, start(t, w, name))
	}
	return crew
}

func holds(each int, crew ...*replica) func() bool {
	return func() bool {
		for _, r := range crew {
			if r.Held() != each {
				return false
			}
		}
		return true
	}
}

func newWorked(shards int) *worked {
	return &worked{ledger: newLedger(shards), last: map[string]string{}, sent: map[string]int{}}
}

// While a part of the store is away, as one master of a cluster, the shards that lie
// elsewhere are worked at all the time, also when nobody can say who is alive; and
// all of them soon after it is back.
func TestAPartOfTheStoreIsAway(t *testing.T) {
	t.Parallel()
	const shards = 12
	for name, alive := range map[string]bool{"some shards": false, "some shards and who is alive": true} {
		for _, hangs := range []time.Duration{0, 4 * time.Second} {
			t.Run(name+" "+hangs.String(), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					w := newWorked(shards)
					c := crew(t, w, "a", "b")
					until(t, 5*time.Second, "two have six each", holds(shards/2, c...))
					gone := map[string]bool{"alive": alive}
					for n := 0; n < shards; n += 3 {
						gone[bot.Shard(n)] = true
					}
					w.ledger.mu.Lock()
					w.away, w.hangs = func(key string) bool { return gone[key] }, hangs
					w.ledger.mu.Unlock()
					idle := func() (idle []string) {
						w.mu.Lock()
						clear(w.sent)
						w.mu.Unlock()
						time.Sleep(time.Second)
						w.mu.Lock()
						defer w.mu.Unlock()
						for n := range shards {
							if name := bot.Shard(n); w.sent[name] == 0 && !gone[name] {
								idle = append(idle, name)
							}
						}
						return idle
					}
					for range 60 {
						if left := idle(); left != nil {
							t.Fatalf("nobody works at %v", left)
						}
					}
					w.ledger.mu.Lock()
					clear(gone)
					w.ledger.mu.Unlock()
					until(t, 10*time.Second, "all are worked at again", func() bool { return idle() == nil })
				})
			})
		}
	}
}

// Who joins gets a fair share within a second; who leaves, even in the middle of
// a round, gives everything to the others within another.
func TestShardsAreShared(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorked(12)
		c := crew(t, w, "a")
		until(t, time.Second, "one has all", holds(12, c...))
		c = append(c, crew(t, w, "b", "c")...)
		until(t, time.Second, "three have four each", holds(4, c...))
		c = append(c, crew(t, w, "d")...)
		until(t, time.Second, "four have three each", holds(3, c...))
		until(t, time.Second, "all are worked at", func() bool {
			w.mu.Lock()
			defer w.mu.Unlock()
			return len(w.last) == 12
		})
		c[0].stop()
		if took := until(t, time.Second, "three have four each", holds(4, c[1:]...)); c[0].Held() != 0 || took > 300*time.Millisecond {
			t.Errorf("handed over in %v, and %d are left with the one that went", took, c[0].Held())
		}
		// A round in hand is finished before its shard goes.
		w.mu.Lock()
		w.slow = 700 * time.Millisecond
		w.mu.Unlock()
		time.Sleep(time.Second)
		began := time.Now()
		go c[1].stop()
		until(t, 2*time.Second, "two have six each", holds(6, c[2:]...))
		if took := time.Since(began); took > 1200*time.Millisecond {
			t.Errorf("handed over in %v", took)
		}
		for _, r := range c {
			if text := r.log.String(); text != "" {
				t.Errorf("it complains: %s", text)
			}
		}
	})
}

// Who dies is replaced within ten seconds, whenever it dies.
func TestShardsOfTheDead(t *testing.T) {
	t.Parallel()
	for _, after := range []time.Duration{3000, 3600, 4100, 4900} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorked(7)
			c := crew(t, w, "a", "b", "c")
			time.Sleep(after * time.Millisecond)
			c[0].kill()
			began := time.Now()
			until(t, 10*time.Second, "the others have all", func() bool { return c[1].Held()+c[2].Held() == 7 })
			t.Logf("replaced after %v", time.Since(began))
		})
	}
}

// A store that is away stops nothing for good, and is told of once.
func TestShardsThroughAnOutage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorked(6)
		c := crew(t, w, "a", "b")
		until(t, time.Second, "three each", holds(3, c...))
		before := w.holders()
		w.ledger.mu.Lock()
		w.down = true
		w.ledger.mu.Unlock()
		time.Sleep(20 * time.Second)
		w.ledger.mu.Lock()
		w.down = false
		w.last = map[string]string{}
		w.ledger.mu.Unlock()
		until(t, 3*time.Second, "all are worked at again", func() bool {
			w.mu.Lock()
			defer w.mu.Unlock()
			return len(w.last) == 6
		})
		until(t, 10*time.Second, "three each", holds(3, c...))
		if after := w.holders(); !maps.Equal(before, after) {
			t.Errorf("shards changed hands, with calls in them: %v, then %v", before, after)
		}
		for _, r := range c {
			if n := strings.Count(r.log.String(), "cannot reach the store"); n != 1 {
				t.Errorf("told %d times: %s", n, r.log)
			}
		}
	})
}

// A commit makes the delivery of its own shard look at once, and no other's; one
// of a shard in other hands disturbs nobody.
func TestACommitWakesItsShard(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorked(8)
		r := crew(t, w, "one", "two")[0]
		until(t, 10*time.Second, "both have their share", holds(4, r))
		looks := func() map[string]int {
			w.mu.Lock()
			defer w.mu.Unlock()
			return maps.Clone(w.sent)
		}
		for shard := range 8 {
			mine := strings.HasPrefix(w.holders()[bot.Shard(shard)], "one")
			synctest.Wait()
			// Shards look by themselves ten times a second, each at its own time:
			// a look between two of those is the commit's.
			before := looks()
			r.Wake(strings.Repeat("w", 8+shard))
			synctest.Wait()
			after := looks()
			for n := range 8 {
				name := bot.Shard(n)
				if want := before[name]; mine && n == shard && after[name] != want+1 || (!mine || n != shard) && after[name] != want {
					t.Errorf("a commit in shard %d (ours: %v): shard %d was looked at %d times", shard, mine, n, after[name]-want)
				}
			}
			time.Sleep(7 * time.Millisecond)
		}
	})
}
