package slackfake

import (
	"maps"
	"time"
)

// Allowance is so many calls in any Per. The zero value allows any number.
type Allowance struct {
	N   int
	Per time.Duration
}

// Limits are how fast a method may be called, by its name, and how fast a channel
// may be posted to. What is too fast is refused with 429 and Retry-After.
type Limits struct {
	Methods map[string]Allowance
	Channel Allowance // chat.postMessage in one channel
}

// RealLimits are Slack's as far as they are known ("Rate limits" and the methods'
// own pages): tiers 3 and 4 for what reads and opens, and for posting one a second
// in a channel with short bursts and several hundred a minute in all.
func RealLimits() Limits {
	return Limits{
		Methods: map[string]Allowance{
			"chat.postMessage":      {300, time.Minute},
			"chat.update":           {50, time.Minute},
			"conversations.open":    {50, time.Minute},
			"conversations.history": {50, time.Minute},
			"users.info":            {100, time.Minute},
		},
		Channel: Allowance{4, 3 * time.Second},
	}
}

// Times are limits of a Slack whose clock runs so many times faster.
func (l Limits) Times(speed int) Limits {
	l.Methods = maps.Clone(l.Methods)
	for name, a := range l.Methods {
		l.Methods[name] = a.times(speed)
	}
	l.Channel = l.Channel.times(speed)
	return l
}

func (a Allowance) times(speed int) Allowance { return Allowance{a.N, a.Per / time.Duration(speed)} }

// Limit sets limits, and begins to count.
func (s *Slack) Limit(l Limits) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limits, s.taken, s.tooFast = l, map[string][]time.Time{}, map[string]int{}
}

// TooFast counts the calls that were refused as too fast, by method.
func (s *Slack) TooFast() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.tooFast)
}

// limit is the refusal of a call that is too fast, or none; a call that is let
// through is counted. The lock is held.
func (s *Slack) limit(method, channel string) (f Fault, refused bool) {
	now := time.Now()
	wait := s.full(method, s.limits.Methods[method], now)
	if method == "chat.postMessage" {
		wait = max(wait, s.full(channel, s.limits.Channel, now))
	}
	if wait > 0 {
		s.tooFast[method]++
		return Fault{Status: 429, RetryAfter: int(wait/time.Second) + 1}, true
	}
	for key, a := range map[string]Allowance{method: s.limits.Methods[method], channel: s.limits.Channel} {
		if a.N > 0 && (key == method || method == "chat.postMessage") {
			s.taken[key] = append(s.taken[key], now)
		}
	}
	return Fault{}, false
}

// full is for how long the next call is too fast; it is not when that is 0.
func (s *Slack) full(key string, a Allowance, now time.Time) time.Duration {
	if a.N == 0 {
		return 0
	}
	all := s.taken[key]
	for len(all) > 0 && !all[0].After(now.Add(-a.Per)) {
		all = all[1:]
	}
	s.taken[key] = all
	if len(all) < a.N {
		return 0
	}
	return all[len(all)-a.N].Add(a.Per).Sub(now)
}
