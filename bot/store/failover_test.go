package store

import (
	"testing"
	"time"

	"onestep/bot/store/redistest"
)

// failoverWithin bounds the time from the death of a master to everybody's next
// turns: redistest.DownAfter until the sentinels are sure, their vote and the
// promotion, and a machine under test.
const failoverWithin = 20 * time.Second

// failsOver kills the master and waits until everybody goes on with the next
// one.
func failsOver(t *testing.T, own *redistest.Sentinels, c *crowd) {
	t.Helper()
	dead := own.Master()
	if dead == nil {
		t.Fatal("the sentinels disagree about the master")
	}
	dead.Kill()
	killed := time.Now()
	c.goesOn(failoverWithin)
	t.Logf("everybody went on %v after the master was killed", time.Since(killed).Round(time.Millisecond))
}

// The master is killed under load. A turn that was acknowledged was on a
// replica first, so none is lost.
func TestSentinelFailoverLosesNothing(t *testing.T) {
	t.Parallel()
	own := redistest.StartSentinels(t, 2, "--min-replicas-to-write", "1", "--min-replicas-max-lag", "10")
	p := newPlaceOf(t, own.URL(""), own.Client(t))
	s := p.open(t)
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
	crowd := gather(t, s, 12)
	crowd.goesOn(goesOnWithin)
	failsOver(t, own, crowd)
	crowd.check()
}

// With one replica that need not confirm, the program goes on with what that
// replica has.
func TestSentinelFailoverToTheOnlyReplica(t *testing.T) {
	t.Parallel()
	own := redistest.StartSentinels(t, 1)
	p := newPlaceOf(t, own.URL("?replicas=0"), own.Client(t))
	s := p.open(t)
	crowd := gather(t, s, 12)
	crowd.goesOn(goesOnWithin)
	failsOver(t, own, crowd)
	lost := crowd.lost()
	t.Logf("%d of %d acknowledged updates were lost", lost, crowd.count())
	if lost > 12 { // one for each person, the ones that were on their way
		t.Errorf("%d lost, more than were on their way to the replica", lost)
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
