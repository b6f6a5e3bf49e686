package store

import (
	flags "flag"
	"testing"
	"time"

	"onestep/bot/store/redistest"
)

// rounds is how often each experiment of what is lost is done. docs/redis.md
// has the figures of 20.
var rounds = flags.Int("rounds", 1, "how often to kill Redis in each test of what is lost")

// losses are what the rounds of one experiment found.
type losses struct {
	acked, lost int64
	worst       int64         // most lost in one round
	oldest      time.Duration // how long before the end the oldest lost one was acknowledged
	newest      time.Duration // and the newest, at least
	longest     time.Duration // from the end until everybody had gone on
}

// round lets people write, ends their Redis at some moment, and counts what
// they were told was kept and is gone.
func (l *losses) round(c *crowd, ends, mends func()) {
	c.t.Helper()
	c.goesOn(failoverWithin)
	ends()
	ended := time.Now()
	mends()
	c.goesOn(failoverWithin)
	l.longest = max(l.longest, time.Since(ended))
	lost := c.lost()
	l.acked += c.count()
	l.lost += int64(len(lost))
	l.worst = max(l.worst, int64(len(lost)))
	if len(lost) > 0 {
		l.oldest = max(l.oldest, ended.Sub(lost[0]))
		if newest := max(ended.Sub(lost[len(lost)-1]), 0); l.newest == 0 || newest < l.newest {
			l.newest = newest
		}
	}
}

func (l *losses) tell(t *testing.T) {
	t.Logf("%d rounds: of %d updates acknowledged %d were lost, at most %d in a round, acknowledged %v to %v before the end; everybody had gone on after %v at most",
		*rounds, l.acked, l.lost, l.worst, l.oldest.Round(time.Millisecond), l.newest.Round(time.Millisecond), l.longest.Round(time.Millisecond))
}

// One Redis dies or its machine does, under each setting of appendfsync. What
// is lost, if anything, is what docs/redis.md says.
func TestWhatOneRedisLoses(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]struct {
		appendfsync string
		ends        func(*redistest.Server)
		bound       time.Duration // how old the oldest of what is lost may be
	}{
		"always, killed":    {"always", (*redistest.Server).Kill, 0},
		"always, power cut": {"always", (*redistest.Server).PowerCut, 0},
		// Redis puts a write off for up to 2 s while the disk is busy with the
		// sync before, and has answered by then.
		"everysec, killed":    {"everysec", (*redistest.Server).Kill, 2 * time.Second},
		"everysec, power cut": {"everysec", (*redistest.Server).PowerCut, 2 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var l losses
			for round := range *rounds {
				own := redistest.StartOnMains(t, "--appendfsync", f.appendfsync)
				s := newPlace(t, own.URL()).open(t)
				// Each round ends at another place in the second between two
				// syncs.
				at := time.Duration(round*379%1000) * time.Millisecond
				l.round(gather(t, s, 12),
					func() { time.Sleep(at); f.ends(own) },
					func() { own.Restart() })
				own.Kill()
			}
			l.tell(t)
			if l.oldest > f.bound+500*time.Millisecond || f.bound == 0 && l.lost > 0 {
				t.Errorf("%d were lost, the oldest acknowledged %v before; the bound is %v", l.lost, l.oldest, f.bound)
			}
		})
	}
}
