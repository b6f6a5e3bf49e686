package store

import (
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// People are written to by the clock of the machine that holds their shard. What
// lives in Redis for a time lives by the clock of Redis, and no instant goes from
// one clock to the other. So clocks that differ break nothing here; but one of them
// is wrong, and if it is ours, check-ins come at the wrong time of day. Redis is the
// one clock that every replica can be compared with.

const (
	// clocksApart is from when on somebody is told: far more than two machines differ
	// by that a time server sets, and less than any person would notice.
	clocksApart = 5 * time.Second
	// clocksTold is how often the log says so.
	clocksTold = time.Hour
)

// clocks is by how much the clock of Redis was ahead of ours when they were last
// compared, at the least.
type clocks struct {
	mu    sync.Mutex
	ahead time.Duration
	told  time.Time
}

// compare takes what Redis said the time was, in a call that began and ended at
// two instants of our clock. What the call may have taken is no difference.
func (c *clocks) compare(began, redis, ended time.Time, log *slog.Logger) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead = min(redis.Sub(began), 0) + max(redis.Sub(ended), 0)
	hint := c.hint()
	if hint == "" || !c.told.IsZero() && ended.Sub(c.told) < clocksTold {
		return
	}
	c.told = ended
	log.Warn(hint)
}

// hint says in a plain sentence that the clocks differ, and what to do.
func (c *clocks) hint() string {
	if c.ahead.Abs() < clocksApart {
		return ""
	}
	how := "ahead of"
	if c.ahead < 0 {
		how = "behind"
	}
	return fmt.Sprintf("redis: its clock is %s %s this machine's. People are written to by this machine's clock, so if that is the wrong one, messages come at the wrong time. "+
		"Let a time server set both (timedatectl set-ntp true).", c.ahead.Abs().Round(time.Second), how)
}

// ClockHints says in a plain sentence when the clock of Redis and that of this
// machine differ by more than a few seconds. They are compared by Attend.
func (s *Store) ClockHints() []string {
	s.clocks.mu.Lock()
	defer s.clocks.mu.Unlock()
	if hint := s.clocks.hint(); hint != "" {
		return []string{hint}
	}
	return nil
}
