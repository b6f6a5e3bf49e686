package store

import (
	"errors"
	"testing"
	"time"

	"onestep/bot"
	"onestep/bot/store/redistest"
)

// failoverWithin bounds the time from the death of a master to everybody's next
// turns: redistest.DownAfter until the sentinels are sure, their vote and the
// promotion, and a machine under test.
const failoverWithin = 20 * time.Second

// A master dies behind sentinels, while people write. With a replica that must
// have a turn first, nothing is lost; without, what was on its way to the
// replica, however long that takes, unless the master takes no writes while no
// replica keeps up.
func TestWhatSentinelFailoverLoses(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]failover{
		"confirmed":                   {replicas: 2, min: "1"},
		"confirmed, replicas cut off": {replicas: 2, min: "1", cut: time.Second},
		"not confirmed":               {replicas: 1, query: "?replicas=0", min: "0", bound: time.Second},
		"not confirmed, replica cut off": {
			replicas: 1, query: "?replicas=0", min: "0", cut: 2 * time.Second, bound: 3 * time.Second,
		},
		"not confirmed, replica cut off, min-replicas-to-write 1": {
			replicas: 1, query: "?replicas=0", min: "1", cut: 4 * time.Second, bound: 5 * time.Second, least: time.Second,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var l losses
			for range *rounds {
				l.failsOver(t, f)
			}
			l.tell(t)
			if f.bound == 0 && l.lost > 0 || l.oldest > f.bound {
				t.Errorf("%d were lost, the oldest acknowledged %v before; the bound is %v", l.lost, l.oldest, f.bound)
			}
			if l.newest < f.least {
				t.Errorf("the newest that was lost was acknowledged %v before the end; the master was to take none for %v", l.newest, f.least)
			}
		})
	}
}

// failover is one experiment.
type failover struct {
	replicas int
	query    string
	min      string        // min-replicas-to-write
	cut      time.Duration // how long the replicas get nothing before the end
	bound    time.Duration // how old the oldest of what is lost may be
	least    time.Duration // how old the newest of what is lost must be
}

// failsOver is one round of it. A replica may be 1 s behind before a master
// that wants one takes no more writes.
func (l *losses) failsOver(t *testing.T, f failover) {
	t.Helper()
	own := redistest.StartSentinels(t, f.replicas, "--min-replicas-max-lag", "1", "--min-replicas-to-write", f.min)
	var lines []*redistest.Proxy
	if f.cut > 0 {
		lines = own.Behind()
	}
	p := newPlaceOf(t, own.URL(f.query), own.Client(t))
	s := p.open(t)
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
	l.round(gather(t, s, 12), func() {
		for _, line := range lines {
			line.Blackhole()
		}
		time.Sleep(f.cut)
		own.Servers[0].Kill()
		for _, line := range lines {
			line.Cut()
		}
	}, func() {
		if f.min == "1" && f.replicas == 1 {
			// The only replica has none itself now.
			next := own.TakenOver(own.Servers[0])
			if err := next.Client().ConfigSet(t.Context(), "min-replicas-to-write", "0").Err(); err != nil {
				t.Error(err)
			}
		}
	})
	own.Stop()
}

// A turn that is on the master alone is not taken for kept by whoever finds it
// there either: the platform's repeat, or another replica of onestep.
func TestWhatIsFoundUnconfirmedIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	master := redistest.Start(t)
	replica := redistest.Start(t, "--replicaof", master.ReplicaOf())
	p := newPlaceOf(t, master.URL()+"?replicas=1", master.Client())
	s, other := p.open(t), p.open(t)
	if err := takeUpdate(t, s, "wren", "telegram:1"); err != nil {
		t.Fatal(err)
	}
	conv := load(t, s, "wren")
	replica.Freeze()
	if err := s.Commit(t.Context(), bot.Commit{Conversation: conv, Operation: "telegram:2"}); !errors.Is(err, errUnconfirmed) {
		t.Errorf("a turn that no replica has: %v", err)
	}
	for name, who := range map[string]*Store{"the same": s, "another": other} {
		if err := takeUpdate(t, who, "wren", "telegram:2"); !errors.Is(err, errUnconfirmed) {
			t.Errorf("%s finds a turn that no replica has: %v", name, err)
		}
	}
	replica.Thaw()
	for name, who := range map[string]*Store{"the same": s, "another": other} {
		if err := takeUpdate(t, who, "wren", "telegram:2"); !errors.Is(err, bot.ErrSeen) {
			t.Errorf("%s, when the replica has it: %v", name, err)
		}
	}
	if c := load(t, s, "wren"); c.Version != 2 {
		t.Errorf("version %d after two updates", c.Version)
	}
}

// Without a replica to confirm it nothing is acknowledged, and readiness says
// why; when one is back everybody goes on.
func TestUnconfirmedTurnsAreNotAcknowledged(t *testing.T) {
	t.Parallel()
	master := redistest.Start(t)
	replica := redistest.Start(t, "--replicaof", master.ReplicaOf())
	p := newPlaceOf(t, master.URL()+"?replicas=1", master.Client())
	s := p.open(t)
	crowd := gather(t, s, 12)
	crowd.goesOn(failoverWithin)
	replica.Freeze()
	crowd.readies(failure{fault: Alone, words: "?replicas=0"})
	crowd.stands(300 * time.Millisecond)
	replica.Thaw()
	crowd.goesOn(goesOnWithin)
	replica.Kill()
	crowd.readies(failure{fault: Alone, words: "?replicas=0"})
	crowd.stands(300 * time.Millisecond)
	if err := s.Check(t.Context()); len(faults(err)) != 1 || faults(err)[0] != Alone {
		t.Errorf("checked without its replica: %v", err)
	}
	replica.Restart()
	crowd.goesOn(goesOnWithin)
	crowd.check()
}
