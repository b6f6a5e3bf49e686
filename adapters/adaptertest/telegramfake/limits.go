package telegramfake

import "time"

// Allowance is so many messages at once, and so many in each Per: in any of them for
// the whole bot, in the long run for a chat. The zero value allows any number.
type Allowance struct {
	N   int
	Per time.Duration
}

// Limits are how fast the bot may send and edit, by the server's clock. What
// is too fast is refused with 429.
type Limits struct {
	Whole, Private, Group Allowance
}

// RealLimits are Telegram's as far as they are known (Bots FAQ): about 30
// messages a second in all, one a second in a chat with short bursts, 20 a
// minute in a group.
func RealLimits() Limits {
	return Limits{
		Whole:   Allowance{30, time.Second},
		Private: Allowance{3, 3 * time.Second},
		Group:   Allowance{20, time.Minute},
	}
}

// Limit sets limits, and begins to count.
func (s *Server) Limit(l Limits) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.limiter = &limiter{limits: l, used: map[int64]time.Time{}}
}

// Traffic is what passed since Limit was called.
type Traffic struct {
	Messages int // sent and edited
	// Busiest is the most messages in any one second by the server's clock.
	Busiest int
	// OverWhole, OverPrivate and OverGroup count the refusals by the limit that
	// was passed.
	OverWhole, OverPrivate, OverGroup int
}

// Traffic tells what passed since Limit was called.
func (s *Server) Traffic() Traffic {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.limiter == nil {
		return Traffic{}
	}
	return s.limiter.traffic
}

// limiter keeps for each chat the instant up to which its allowance is used up, and
// for all together when the last messages came: a quiet spell before earns nothing.
type limiter struct {
	limits  Limits
	used    map[int64]time.Time
	traffic Traffic
	last    []time.Time // of messages within the longer of a second and the whole bot's Per
}

// check counts a message, or refuses it.
func (l *limiter) check(chat int64, now time.Time) *refusal {
	one, over := l.limits.Private, &l.traffic.OverPrivate
	if chat < 0 {
		one, over = l.limits.Group, &l.traffic.OverGroup
	}
	span := max(l.limits.Whole.Per, time.Second)
	for len(l.last) > 0 && !l.last[0].After(now.Add(-span)) {
		l.last = l.last[1:]
	}
	whole, alone := l.full(now), l.room(chat, one, now)
	if whole > 0 || alone > 0 {
		if whole > 0 {
			over = &l.traffic.OverWhole
		}
		*over++
		f := TooMany(int(max(whole, alone)/time.Second) + 1)
		return &refusal{code: f.Code, text: f.Text, retryAfter: f.RetryAfter}
	}
	l.use(chat, one, now)
	l.traffic.Messages++
	l.last = append(l.last, now)
	l.traffic.Busiest = max(l.traffic.Busiest, l.within(time.Second, now))
	return nil
}

// within is how many messages came in the span that ends now.
func (l *limiter) within(span time.Duration, now time.Time) (n int) {
	for _, at := range l.last {
		if at.After(now.Add(-span)) {
			n++
		}
	}
	return n
}

// full is how long the whole bot has to wait; it need not when that is not above 0.
func (l *limiter) full(now time.Time) time.Duration {
	a := l.limits.Whole
	if a.N == 0 || l.within(a.Per, now) < a.N {
		return 0
	}
	return l.last[len(l.last)-a.N].Add(a.Per).Sub(now)
}

// room is how long a message has to wait; it need not when that is not above 0.
func (l *limiter) room(key int64, a Allowance, now time.Time) time.Duration {
	used := l.used[key]
	if a.N == 0 || used.Before(now) {
		return 0
	}
	return used.Add(a.Per/time.Duration(a.N)).Sub(now) - a.Per
}

func (l *limiter) use(key int64, a Allowance, now time.Time) {
	if a.N == 0 {
		return
	}
	from := l.used[key]
	if from.Before(now) {
		from = now
	}
	l.used[key] = from.Add(a.Per / time.Duration(a.N))
}
