package store

import (
	"errors"
	"fmt"
	"slices"
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
	ids     []string
	acked   []atomic.Int64 // updates of each person that were acknowledged
	at      [][]time.Time  // when each of them was; read it when the writing has ended
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
	ids := make([]string, people)
	for i := range ids {
		ids[i] = fmt.Sprintf("p%d", i)
	}
	return gatherThese(t, s, ids)
}

// gatherOn gathers two crowds: so many people that fit, and so many that do
// not.
func gatherOn(t *testing.T, s *Store, people int, fits func(id string) bool) (those, others *crowd) {
	t.Helper()
	var here, there []string
	for i := 0; len(here) < people || len(there) < people; i++ {
		if id := fmt.Sprintf("p%d", i); fits(id) {
			here = append(here, id)
		} else {
			there = append(there, id)
		}
	}
	return gatherThese(t, s, here[:people]), gatherThese(t, s, there[:people])
}

func gatherThese(t *testing.T, s *Store, ids []string) *crowd {
	t.Helper()
	c := &crowd{t: t, s: s, ids: ids, acked: make([]atomic.Int64, len(ids)), at: make([][]time.Time, len(ids)), stop: make(chan struct{})}
	for person := range ids {
		c.group.Go(func() { c.writes(person) })
	}
	t.Cleanup(c.leave)
	return c
}

func (c *crowd) id(person int) string { return c.ids[person] }

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
			c.at[person] = append(c.at[person], time.Now())
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

// stands fails the test if anything is acknowledged for so long, but for the
// one update of a person that may have been answered already.
func (c *crowd) stands(long time.Duration) {
	c.t.Helper()
	before := make([]int64, len(c.acked))
	for i := range c.acked {
		before[i] = c.acked[i].Load()
	}
	time.Sleep(long)
	for i := range c.acked {
		if n := c.acked[i].Load() - before[i]; n > 1 {
			c.t.Errorf("%d updates of %s were acknowledged meanwhile", n, c.id(i))
		}
	}
}

// check ends the writing and looks that what was acknowledged is there once
// and in order, with its message, and nothing else.
func (c *crowd) check() {
	c.t.Helper()
	if lost := c.lost(); len(lost) > 0 {
		c.t.Errorf("%d of %d acknowledged updates are lost", len(lost), c.count())
	}
}

// lost ends the writing and tells when each update was acknowledged that is not
// there, the earliest first. It fails the test for what is there twice, out of
// order, in part, or uncalled.
func (c *crowd) lost() (lost []time.Time) {
	c.t.Helper()
	c.leave()
	for person := range c.acked {
		id, acked := c.id(person), c.acked[person].Load()
		conv, err := c.s.Load(c.t.Context(), id)
		for end := time.Now().Add(failoverWithin); err != nil && time.Now().Before(end); {
			conv, err = c.s.Load(c.t.Context(), id) // the replicas may still be joining
		}
		if err != nil {
			c.t.Fatalf("%s: %v", id, err)
		}
		lines, err := c.s.Journal(c.t.Context(), id, 0, -1)
		if err != nil || uint64(len(lines)) != conv.Version {
			c.t.Errorf("%s: %d journal lines at version %d, %v", id, len(lines), conv.Version, err)
			continue
		}
		there, last := make([]bool, acked), int64(-1)
		for _, line := range lines {
			var n int64
			if _, err := fmt.Sscanf(line.Name, id+":%d", &n); err != nil || n <= last || n > acked {
				c.t.Errorf("%s: %s stands after update %d of %d: doubled, out of order, or never sent", id, line.Name, last, acked)
				break
			}
			// One more may be committed than was acknowledged, whose answer
			// came too late.
			if last = n; n < acked {
				there[n] = true
			}
		}
		for n, is := range there {
			if !is {
				lost = append(lost, c.at[person][n])
			}
		}
	}
	slices.SortFunc(lost, time.Time.Compare)
	return lost
}
