package store

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"onestep/bot"
)

// crowd are people whose platform sends update after update, and each again
// until it is acknowledged, while something happens to Redis.
type crowd struct {
	t       *testing.T
	s       *Store
	acked   []atomic.Int64 // updates of each person that were acknowledged
	refused atomic.Int64   // tries that failed
	last    atomic.Pointer[error]
	stop    chan struct{}
	group   sync.WaitGroup
}

// repeatWait is how long the platform waits before it sends an update again.
const repeatWait = 10 * time.Millisecond

// gather lets so many people write. They end with the test.
func gather(t *testing.T, s *Store, people int) *crowd {
	t.Helper()
	c := &crowd{t: t, s: s, acked: make([]atomic.Int64, people), stop: make(chan struct{})}
	for person := range people {
		c.group.Go(func() { c.writes(person) })
	}
	t.Cleanup(c.leave)
	return c
}

func (c *crowd) id(person int) string { return fmt.Sprintf("p%d", person) }

func (c *crowd) writes(person int) {
	for n := 0; ; {
		select {
		case <-c.stop:
			return
		default:
		}
		err := takeUpdate(c.t, c.s, c.id(person), fmt.Sprintf("%s:%d", c.id(person), n))
		if err == nil || errors.Is(err, bot.ErrSeen) {
			n++
			c.acked[person].Add(1)
			continue
		}
		c.refused.Add(1)
		c.last.Store(&err)
		timer := time.NewTimer(repeatWait)
		select {
		case <-c.stop:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// leave ends the writing; what is under way is finished.
func (c *crowd) leave() {
	select {
	case <-c.stop:
	default:
		close(c.stop)
	}
	c.group.Wait()
}

// count is how many updates were acknowledged so far.
func (c *crowd) count() (n int64) {
	for i := range c.acked {
		n += c.acked[i].Load()
	}
	return n
}

// goesOn waits until each person has had some more updates acknowledged, and
// gives how long that took.
func (c *crowd) goesOn(within time.Duration) time.Duration {
	c.t.Helper()
	began, before := time.Now(), make([]int64, len(c.acked))
	for i := range c.acked {
		before[i] = c.acked[i].Load()
	}
	for {
		behind := -1
		for i := range c.acked {
			if c.acked[i].Load() < before[i]+3 {
				behind = i
			}
		}
		took := time.Since(began)
		if behind < 0 {
			return took
		}
		if took > within {
			var err error
			if last := c.last.Load(); last != nil {
				err = *last
			}
			c.t.Fatalf("%s has not gone on within %v; the last failure was: %v", c.id(behind), within, err)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// stands fails the test if anything is acknowledged for so long.
func (c *crowd) stands(long time.Duration) {
	c.t.Helper()
	before := c.count()
	time.Sleep(long)
	if n := c.count() - before; n > 0 {
		c.t.Errorf("%d updates were acknowledged meanwhile", n)
	}
}

// check ends the writing and looks that what was acknowledged is there once
// and in order, with its message, and nothing else.
func (c *crowd) check() {
	c.t.Helper()
	c.leave()
	if lost := c.lost(); lost > 0 {
		c.t.Errorf("%d of %d acknowledged updates are lost", lost, c.count())
	}
}

// lost ends the writing and counts what was acknowledged and is not there. It
// fails the test for what is there twice, out of order, or in part.
func (c *crowd) lost() (lost int64) {
	c.t.Helper()
	c.leave()
	for person := range c.acked {
		id, acked := c.id(person), c.acked[person].Load()
		conv := load(c.t, c.s, id)
		lines, err := c.s.Journal(c.t.Context(), id, 0, -1)
		if err != nil || uint64(len(lines)) != conv.Version {
			c.t.Errorf("%s: %d journal lines at version %d, %v", id, len(lines), conv.Version, err)
			continue
		}
		// One more may be committed whose answer came too late.
		kept := int64(len(lines))
		if kept > acked+1 {
			c.t.Errorf("%s: %d updates are kept and %d were sent", id, kept, acked+1)
		}
		lost += max(acked-kept, 0)
		for n, line := range lines {
			if want := fmt.Sprintf("%s:%d", id, n); line.Name != want {
				c.t.Errorf("%s: line %d is %s, want %s: an update is lost, doubled or out of order", id, n, line.Name, want)
				break
			}
		}
	}
	return lost
}
