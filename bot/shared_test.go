package bot

import (
	"context"
	"errors"
	"sync"
	"time"
)

// shared is a budget as Redis keeps it (see places.lua), for tests on a clock that
// jumps. ahead is by how much its own clock is.
type shared struct {
	mu          sync.Mutex
	by          map[int]string
	hold, quick time.Time // for what is planned, for answers
	even, short time.Time
	turn        string
	turnUntil   time.Time
	ahead       time.Duration
	asked       int
	down        bool
}

func (s *shared) Places(_ context.Context, _ string, a Ask) (Given, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked++
	if s.down {
		return Given{}, errors.New("made up by the test")
	}
	now := time.Now().Add(s.ahead).Round(0)
	for _, b := range a.Back {
		if s.by[b.N] == b.By {
			delete(s.by, b.N)
		}
	}
	var g Given
	var free []int
	for n := range a.All {
		if by := s.by[n]; by != "" {
			g.Held = append(g.Held, Place{n, by})
		} else {
			free = append(free, n)
		}
	}
	g.Hold[Planned] = max(s.hold.Sub(now), 0)
	if g.Hold[Answer] = max(s.quick.Sub(now), 0); g.Hold[Answer] > 0 {
		return g, nil
	}
	if g.Hold[Planned] > 0 {
		a.Planned, a.Keep = 0, nil
	}
	still := func(at time.Time, most time.Duration) time.Duration {
		if left := at.Sub(now); left > 0 && left <= most {
			return left
		}
		return 0
	}
	if s.by == nil {
		s.by = map[int]string{}
	}
	give := func(n int) {
		for range n {
			s.by[free[0]] = a.ID
			g.Places, free = append(g.Places, free[0]), free[1:]
		}
	}
	patience := max(2*a.Every, 5*time.Millisecond)
	enough := a.Answers <= len(free)
	give(min(a.Answers, len(free)))
	if a.Answers > 0 && !enough {
		s.short = now.Add(patience)
	} else if a.Answers > 0 {
		s.short = time.Time{}
	}
	if a.Planned+len(a.Keep) == 0 {
		return g, nil
	}
	theirs := s.turn != "" && s.turn != a.Who && still(s.turnUntil, patience) > 0
	mine := enough && !theirs && still(s.short, patience) == 0
	space := a.Every * 95 / 100
	even := s.even
	if even.Sub(now) > 4*a.Every { // the clock was set back
		even = now
	}
	if least := now.Add(-2 * space); even.Before(least) {
		even = least
	}
	for _, k := range a.Keep {
		if mine && !even.After(now.Add(2*a.Every)) && s.by[k.N] == k.By {
			s.by[k.N] = a.ID
			g.Kept = append(g.Kept, k.N)
			even = even.Add(space)
		}
	}
	n := 0
	if mine && !even.After(now) {
		n = min(a.Planned, len(free), int(now.Sub(even)/space)+1)
	}
	give(n)
	even = even.Add(time.Duration(n) * space)
	if n+len(g.Kept) > 0 {
		s.even = even
	}
	if n > 0 && s.turn == a.Who {
		s.turn = ""
	}
	if n == 0 && a.Planned > 0 && !theirs {
		s.turn, s.turnUntil = a.Who, now.Add(patience)
	}
	if n < a.Planned && len(free) > 0 {
		g.Wait = max(even.Sub(now), 0)
	}
	return g, nil
}

func (s *shared) Hold(_ context.Context, _ string, wait time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now().Add(s.ahead).Round(0)
	if until := now.Add(wait); until.After(s.hold) {
		s.hold, s.quick = until, now.Add(min(wait, answersAgain))
	}
	return nil
}
