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
)

func TestTwoPollersWithoutLease(t *testing.T) {
	t.Parallel()
	s := fake(t)
	n := &notes{}
	one, two := &inbox{}, &inbox{}
	receive(t, to(t, s, Config{Meter: n, Log: n.log()}), one)
	receive(t, to(t, s, Config{Meter: n, Log: n.log()}), two)
	eventually(t, "a conflict is noticed", func() bool { return n.oddities("conflict") > 1 })
	for i := range 10 {
		s.Person(int64(i + 1)).Writes(fmt.Sprint(i))
	}
	eventually(t, "each update comes to one of them", func() bool {
		seen := map[string]bool{}
		for _, x := range append(one.texts(), two.texts()...) {
			seen[x] = true
		}
		return len(seen) == 10 && s.Waiting() == 0
	})
}

// lease is a Poller of several replicas on a clock of their own.
type lease struct {
	mu     sync.Mutex
	holder string
	down   bool
}

type leaseOf struct {
	l    *lease
	name string
}

func (o leaseOf) Hold(context.Context) (time.Duration, bool, error) {
	o.l.mu.Lock()
	defer o.l.mu.Unlock()
	if o.l.down {
		return 0, false, errors.New("no connection")
	}
	if o.l.holder == "" {
		o.l.holder = o.name
	}
	return 60 * time.Millisecond, o.l.holder == o.name, nil
}

func (o leaseOf) Release(context.Context) error {
	o.l.mu.Lock()
	defer o.l.mu.Unlock()
	if o.l.holder == o.name {
		o.l.holder = ""
	}
	return nil
}

func (l *lease) set(holder string, down bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.holder, l.down = holder, down
}

func TestLease(t *testing.T) {
	t.Parallel()
	s := fake(t)
	l := &lease{}
	n := &notes{}
	one, two := &inbox{}, &inbox{}
	stop := receive(t, to(t, s, Config{Poller: leaseOf{l, "one"}, Meter: n, Log: n.log()}), one)
	eventually(t, "the first polls", func() bool { return len(s.Calls("getUpdates")) > 0 })
	second := to(t, s, Config{Poller: leaseOf{l, "two"}, Meter: n, Log: n.log()})
	receive(t, second, two)
	s.Person(1).Writes("a")
	eventually(t, "the first takes it", func() bool { return len(one.texts()) == 1 })
	if second.Ready() != nil {
		t.Errorf("the one that stands by is not ready: %v", second.Ready())
	}
	// It looks now and then whether Telegram is there.
	if err := s.Outage(true); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the one that stands by sees the outage", func() bool { return second.Ready() != nil })
	if err := s.Outage(false); err != nil {
		t.Fatal(err)
	}
	eventually(t, "and its end", func() bool { return second.Ready() == nil })

	if err := stop(); err != nil {
		t.Fatal(err)
	}
	s.Person(1).Writes("b")
	eventually(t, "the second takes over", func() bool { return slices.Equal(two.texts(), []string{"b"}) })
	// The lease goes to a third: polling stops until it is free again.
	l.set("three", false)
	eventually(t, "polling has ended", func() bool { return strings.Contains(n.text(), "Another replica has taken over") })
	s.Person(1).Writes("c")
	if len(two.texts()) != 1 {
		t.Error("it polls without the lease")
	}
	l.set("", false)
	eventually(t, "it polls again", func() bool { return len(two.texts()) == 2 })
	// The store of leases is down: the lease runs out, and polling with it.
	l.set("two", true)
	eventually(t, "polling has ended", func() bool { return strings.Contains(n.text(), "could not be renewed") })
	s.Person(1).Writes("d")
	l.set("", false)
	eventually(t, "it polls again", func() bool { return len(two.texts()) == 3 })
	if n.oddities("conflict") != 0 {
		t.Errorf("%d conflicts under a lease", n.oddities("conflict"))
	}
}
