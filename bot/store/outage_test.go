package store

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"onestep/bot"
	"onestep/bot/store/redistest"
)

// soon is the longest that a call may take: the limit and a slow machine.
const soon = patienceLimit + 3*time.Second

// calls is one call of each method, by name. None of them changes much.
func calls(s *Store, l bot.Lease) map[string]func(context.Context) error {
	c := &bot.Conversation{ID: "outage"}
	return map[string]func(context.Context) error{
		"Ready":   s.Ready,
		"Find":    func(ctx context.Context) error { _, err := s.Find(ctx, home); return err },
		"Load":    func(ctx context.Context) error { _, err := s.Load(ctx, "wren"); return err },
		"Commit":  func(ctx context.Context) error { return s.Commit(ctx, bot.Commit{Conversation: c}) },
		"Claim":   func(ctx context.Context) error { _, err := s.Claim(ctx, "x", "wren", 0); return err },
		"Move":    func(ctx context.Context) error { return s.Move(ctx, other, "wren") },
		"Kept":    func(ctx context.Context) error { _, err := s.Kept(ctx, s.NewCode("wren")); return err },
		"Recent":  func(ctx context.Context) error { _, err := s.Recent(ctx, "wren", 3); return err },
		"Journal": func(ctx context.Context) error { _, err := s.Journal(ctx, "wren", 0, -1); return err },
		"TakeDue": func(ctx context.Context) error {
			_, err := s.TakeDue(ctx, l, start, 1, time.Minute)
			return err
		},
		"TakeReady": func(ctx context.Context) error {
			_, _, err := s.TakeReady(ctx, l, start, rooms(1), time.Minute)
			return err
		},
		"Settle": func(ctx context.Context) error {
			_, err := s.Settle(ctx, l, bot.Leased{Conversation: "wren"}, bot.Outcome{Done: true})
			return err
		},
		"Dead":        func(ctx context.Context) error { _, err := s.Dead(ctx, start); return err },
		"Acquire":     func(ctx context.Context) error { _, _, err := s.Acquire(ctx, "x", "me", time.Minute); return err },
		"Release":     func(ctx context.Context) error { return s.Release(ctx, bot.Lease{Name: "x"}) },
		"Attend":      func(ctx context.Context) error { _, err := s.Attend(ctx, "me", time.Minute); return err },
		"Leave":       func(ctx context.Context) error { return s.Leave(ctx, "me") },
		"Arrive":      func(ctx context.Context) error { _, err := s.Arrive(ctx, "here#me", "x"); return err },
		"SaveEdition": func(ctx context.Context) error { return s.SaveEdition(ctx, "abc", nil) },
		"Edition":     func(ctx context.Context) error { _, err := s.Edition(ctx, "abc"); return err },
		"Erase":       func(ctx context.Context) error { _, err := s.Erase(ctx, "nobody"); return err },
		"Check":       s.Check,
	}
}

// all runs every call at once, and hands each one's error and time to test.
func all(t *testing.T, calls map[string]func(context.Context) error, test func(name string, err error, took time.Duration)) {
	t.Helper()
	var group sync.WaitGroup
	var mu sync.Mutex
	for name, call := range calls {
		group.Go(func() {
			began := time.Now()
			err := call(t.Context())
			took := time.Since(began)
			mu.Lock()
			defer mu.Unlock()
			test(name, err, took)
		})
	}
	group.Wait()
}

// Through each kind of outage every call fails soon, and works again after it.
func TestOutages(t *testing.T) {
	t.Parallel()
	for name, outage := range map[string]struct {
		breaks, mends func(*redistest.Server, *redistest.Proxy)
	}{
		"stopped": {
			func(s *redistest.Server, _ *redistest.Proxy) { s.Stop() },
			func(s *redistest.Server, _ *redistest.Proxy) { s.Restart() },
		},
		"killed": {
			func(s *redistest.Server, _ *redistest.Proxy) { s.Kill() },
			func(s *redistest.Server, _ *redistest.Proxy) { s.Restart() },
		},
		"frozen": {
			func(s *redistest.Server, _ *redistest.Proxy) { s.Freeze() },
			func(s *redistest.Server, _ *redistest.Proxy) { s.Thaw() },
		},
		"cut": {
			func(_ *redistest.Server, p *redistest.Proxy) { p.Cut() },
			func(_ *redistest.Server, p *redistest.Proxy) { p.Mend() },
		},
		"black hole": {
			func(_ *redistest.Server, p *redistest.Proxy) { p.Blackhole() },
			func(_ *redistest.Server, p *redistest.Proxy) { p.Mend() },
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			own := redistest.Start(t)
			proxy := redistest.NewProxy(t, own.Addr())
			p := newPlace(t, proxy.URL())
			s := p.open(t)
			l := hold(t, s, "wren", "me")
			turn(t, s, load(t, s, "wren"), nil)

			outage.breaks(own, proxy)
			all(t, calls(s, l), func(name string, err error, took time.Duration) {
				if err == nil || errors.Is(err, bot.ErrConflict) || errors.Is(err, bot.ErrFenced) || errors.Is(err, bot.ErrSeen) {
					t.Errorf("%s: %v in an outage", name, err)
				}
				if took > soon {
					t.Errorf("%s took %v", name, took)
				}
			})
			// A caller in a hurry is not kept.
			ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
			defer cancel()
			began := time.Now()
			if err := s.Commit(ctx, bot.Commit{Conversation: &bot.Conversation{ID: "outage"}}); err == nil || time.Since(began) > 2*time.Second {
				t.Errorf("in a hurry: %v after %v", err, time.Since(began))
			}
			if _, err := Open(ctx, p.options()); err == nil {
				t.Error("opened in an outage")
			}

			outage.mends(own, proxy)
			deadline := time.Now().Add(20 * time.Second)
			for s.Ready(t.Context()) != nil {
				if time.Now().After(deadline) {
					t.Fatal("never came back")
				}
			}
			if c := load(t, s, "wren"); c.Version != 1 {
				t.Errorf("came back at version %d", c.Version)
			}
			if err := takeUpdate(t, s, "wren", "telegram:2"); err != nil {
				t.Error(err)
			}
		})
	}
}

// The answer to each kind of write is lost on the way. Whoever repeats what he
// was doing, from the start, gets it done once.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	t.Run("redis", func(t *testing.T) {
		t.Parallel()
		proxy := redistest.NewProxy(t, redistest.Start(t).Addr())
		losesAnswers(t, newPlace(t, proxy.URL()), proxy)
	})
	// The cluster's client repeats what it may, unless it is told not to.
	t.Run("cluster", func(t *testing.T) {
		t.Parallel()
		own := redistest.StartCluster(t, 1, 0)
		proxy := redistest.NewProxy(t, own.Servers[0].Addr())
		own.Announce(0, proxy.Addr())
		p := newPlaceOf(t, "redis+cluster://"+proxy.Addr()+"?replicas=0", own.Client(t))
		losesAnswers(t, p, proxy)
	})
}

func losesAnswers(t *testing.T, p *place, proxy *redistest.Proxy) {
	s := p.open(t)
	ctx := t.Context()
	// lose makes act lose its answer, once.
	lose := func(what string, act func() error) {
		t.Helper()
		proxy.LoseAnswers(1)
		if err := act(); err == nil || errors.Is(err, bot.ErrSeen) || errors.Is(err, bot.ErrConflict) {
			t.Errorf("%s: %v although its answer was lost", what, err)
		}
		if n := proxy.Lost(); n != 1 {
			t.Errorf("%s: %d answers were lost", what, n)
		}
	}

	lose("commit", func() error { return takeUpdate(t, s, "wren", "telegram:1") })
	if err := takeUpdate(t, s, "wren", "telegram:1"); !errors.Is(err, bot.ErrSeen) {
		t.Errorf("the turn again: %v", err)
	}
	if c := load(t, s, "wren"); c.Version != 1 {
		t.Errorf("version %d after one update", c.Version)
	}

	var l bot.Lease
	acquire := func() (err error) {
		var ok bool
		l, ok, err = s.Acquire(ctx, bot.Shard(s.keys.shard("wren")), "me", time.Minute)
		if err == nil && !ok {
			t.Error("somebody else has the lease: us")
		}
		return err
	}
	lose("acquire", acquire)
	if err := acquire(); err != nil || l.Fence != 2 { // one that it never heard of is taken anew
		t.Errorf("acquired again: %+v, %v", l, err)
	}

	var claimed string
	claim := func() (err error) { claimed, err = s.Claim(ctx, "x", "wren", 0); return err }
	lose("claim", claim)
	if err := claim(); err != nil || claimed != "wren" {
		t.Errorf("claimed again: %q, %v", claimed, err)
	}

	lose("take", func() error { _, _, err := s.TakeReady(ctx, l, start, rooms(1), time.Minute); return err })
	if got := take(t, s, l, start); len(got) != 0 {
		t.Errorf("taken twice at once: %+v", got)
	}
	e := take(t, s, l, start.Add(time.Minute))[0]
	if !e.Unsure || e.Attempt != 2 {
		t.Errorf("after its lease: %+v", e)
	}
	lose("settle", func() error {
		_, err := s.Settle(ctx, l, e, bot.Outcome{Done: true})
		return err
	})
	p.unchanged(t, "settling again", func() { settle(t, s, l, e, bot.Outcome{Done: true}) })

	turn(t, s, load(t, s, "wren"), func(m *bot.Commit) { m.Due = start })
	lose("take due", func() error { _, err := s.TakeDue(ctx, l, start, 1, time.Minute); return err })
	if got, err := s.TakeDue(ctx, l, start.Add(time.Minute), 1, time.Minute); err != nil || len(got) != 1 {
		t.Errorf("due again: %v, %v", got, err)
	}

	lose("erase", func() error { _, err := s.Erase(ctx, "wren"); return err })
	if r, err := s.Erase(ctx, "wren"); err != nil || r.Claims != 1 {
		t.Errorf("erased again: %+v, %v", r, err)
	}

	lose("release", func() error { return s.Release(ctx, l) })
	if err := s.Release(ctx, l); err != nil {
		t.Error(err)
	}
}

// Redis forgets its scripts at a restart, and at a failover.
func TestForgottenScripts(t *testing.T) {
	t.Parallel()
	own := redistest.Start(t)
	p := newPlace(t, own.URL())
	s := p.open(t)
	for n := range 3 {
		if err := p.raw.ScriptFlush(t.Context()).Err(); err != nil {
			t.Fatal(err)
		}
		if err := takeUpdate(t, s, "wren", fmt.Sprint(n)); err != nil {
			t.Error(err)
		}
	}
	if c := load(t, s, "wren"); c.Version != 3 {
		t.Errorf("version %d", c.Version)
	}
}

// Redis is killed again and again under load. What was confirmed is there, and
// nothing is there twice.
func TestKilledUnderLoad(t *testing.T) {
	t.Parallel()
	own := redistest.Start(t)
	p := newPlace(t, own.URL())
	s := p.open(t)
	const people, updates, kills = 6, 30, 5
	// confirmed has one for each update that was confirmed.
	confirmed := make(chan struct{}, people*updates)
	var group sync.WaitGroup
	for person := range people {
		group.Go(func() {
			id := fmt.Sprintf("p%d", person)
			for n := range updates {
				// What a platform does: repeat until it is acknowledged.
				deadline := time.Now().Add(time.Minute)
				for {
					err := takeUpdate(t, s, id, fmt.Sprintf("%s:%d", id, n))
					if err == nil || errors.Is(err, bot.ErrSeen) {
						break
					}
					if time.Now().After(deadline) {
						t.Errorf("%s: %v", id, err)
						return
					}
				}
				confirmed <- struct{}{}
			}
		})
	}
	for range kills {
		for range people * updates / (kills + 1) {
			<-confirmed
		}
		own.Kill()
		own.Restart()
	}
	group.Wait()
	for person := range people {
		id := fmt.Sprintf("p%d", person)
		c := load(t, s, id)
		lines, err := s.Journal(t.Context(), id, 0, -1)
		if err != nil || c.Version != updates || len(lines) != updates {
			t.Errorf("%s: version %d and %d journal lines after %d updates, %v", id, c.Version, len(lines), updates, err)
			continue
		}
		for n, line := range lines {
			if line.Name != fmt.Sprintf("%s:%d", id, n) {
				t.Errorf("%s: line %d is %s", id, n, line.Name)
			}
		}
	}
}

// Memory is at its limit: a turn is refused as a whole.
func TestFullMemory(t *testing.T) {
	t.Parallel()
	own := redistest.Start(t)
	p := newPlace(t, own.URL())
	s := p.open(t)
	c := turn(t, s, load(t, s, "wren"), func(m *bot.Commit) {
		m.Outbox = []bot.Envelope{say(m.Conversation, 0, bot.Answer, "text")}
	})
	l := hold(t, s, "wren", "me")
	e := take(t, s, l, start)[0]
	if err := p.raw.ConfigSet(t.Context(), "maxmemory", "1").Err(); err != nil {
		t.Fatal(err)
	}
	p.unchanged(t, "a commit without memory", func() {
		if err := s.Commit(t.Context(), bot.Commit{Conversation: c, Operation: "x", Due: start}); err == nil {
			t.Error("committed without memory")
		}
	})
	// What was sent can still be noted.
	settle(t, s, l, e, bot.Outcome{Done: true})
	if err := p.raw.ConfigSet(t.Context(), "maxmemory", "0").Err(); err != nil {
		t.Fatal(err)
	}
	if got := take(t, s, l, start.Add(time.Hour)); len(got) != 0 {
		t.Errorf("sent again: %v", texts(got))
	}
	turn(t, s, c, nil)
}
