package bot

import (
	"context"
	"time"
)

// Hold is a shard in our hands: its lease, and until when that is certainly ours.
type Hold struct {
	Lease
	// Until is when the lease ends unless it is renewed, by this machine's own
	// clocks, counted from before it was asked for. Zero: not known, as in a
	// program that is alone with its store.
	Until time.Time
}

// holdMargin is the last part of a lease, in which no call is begun: a call needs
// a moment to leave, and two machines' clocks do not run equally fast.
const holdMargin = time.Second

// over tells whether another may have the shard by now. It asks both clocks: the
// one that nobody sets, which goes on while a process is frozen, and the one on
// the wall, which also goes on while the machine sleeps.
func (h Hold) over(now time.Time) bool {
	if h.Until.IsZero() {
		return false
	}
	return passed(h.Until.Add(-holdMargin), now)
}

// claim is the right to make one attempt at an entry. It ends with the lease of
// the shard under which the entry was taken, and with the entry's own.
type claim struct {
	hold  func() Hold // as it is now
	fence int64       // of the lease under which the entry was taken
	// until is the latest instant to begin an attempt, by both clocks: the entry's
	// own lease ends by the one on the wall, and if that is set forward we are given
	// the entry once more ourselves.
	until time.Time
}

// claim is the right to attempt what is taken from now on.
func (h Hold) claim(now time.Time, hold func() Hold) claim {
	return claim{hold: hold, fence: h.Fence, until: now.Add(attemptLife - attemptTime)}
}

// err is nil while nobody else can have the entry: ErrFenced.
func (c claim) err() error {
	now, hold := time.Now(), c.hold()
	if hold.Fence != c.fence || hold.over(now) || passed(c.until, now) {
		return ErrFenced
	}
	return nil
}

// ends is when an attempt that begins now is given up: in time to settle it while
// the entry is still ours.
func (c claim) ends(now time.Time) time.Time {
	return earlier(now.Add(attemptTime), c.until.Add(attemptTime-settleTry))
}

type claimKey struct{}

// Guard makes a Send ask ours before each of its calls.
func Guard(ctx context.Context, ours func() error) context.Context {
	return context.WithValue(ctx, claimKey{}, ours)
}

// StillOurs tells whether a Send may still make a call to its platform. An adapter
// asks at the last moment before a message leaves, and makes no call on an error,
// but fails with Later: a process that was frozen wakes up with messages in
// hand that another one has sent meanwhile.
func StillOurs(ctx context.Context) error {
	if ours, ok := ctx.Value(claimKey{}).(func() error); ok {
		return ours()
	}
	return nil
}
