package store

import (
	"bytes"
	"log/slog"
	"strings"
	"testing"
	"time"
)

// A machine whose clock is not that of Redis says so, in the log once an hour and
// to whoever asks, until it is right.
func TestClocksThatDifferAreTold(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		wrong time.Duration
		says  string
	}{
		"as it should be": {0, ""},
		"a little":        {-3 * time.Second, ""},
		"slow":            {-42 * time.Second, "redis: its clock is 42s ahead of this machine's."},
		"fast":            {2 * time.Hour, "redis: its clock is 2h0m0s behind this machine's."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			everywhere(t, func(t *testing.T, p *place) {
				var log bytes.Buffer
				s := p.open(t)
				s.log = slog.New(slog.NewTextHandler(&log, nil))
				p.later(c.wrong)
				attend := func() (logged int) {
					for range 3 {
						if _, err := s.Attend(t.Context(), "me", time.Minute); err != nil {
							t.Fatal(err)
						}
					}
					return strings.Count(log.String(), "redis: its clock is")
				}
				logged, hints := attend(), s.ClockHints()
				if c.says == "" {
					if logged != 0 || len(hints) != 0 {
						t.Errorf("told %d times: %q", logged, hints)
					}
					return
				}
				if len(hints) != 1 || !strings.HasPrefix(hints[0], c.says) || !strings.Contains(hints[0], "time server") {
					t.Errorf("it says %q", hints)
				}
				if logged != 1 {
					t.Errorf("the log says it %d times:\n%s", logged, &log)
				}
				// It is set.
				p.later(-c.wrong)
				if attend(); len(s.ClockHints()) != 0 {
					t.Errorf("once it is set it says %q", s.ClockHints())
				}
			})
		})
	}
}

// The log says it again after an hour, and no sooner.
func TestClocksThatDifferAreToldOnceInAnHour(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	logger, c := slog.New(slog.NewTextHandler(&log, nil)), &clocks{}
	for minutes := range 150 {
		now := start.Add(time.Duration(minutes) * time.Minute)
		c.compare(now, now.Add(time.Minute), now, logger)
	}
	if n := strings.Count(log.String(), "level=WARN"); n != 3 {
		t.Errorf("told %d times in 150 minutes:\n%s", n, &log)
	}
}

// A call that took long says nothing of the clocks.
func TestASlowCallIsNoWrongClock(t *testing.T) {
	t.Parallel()
	c := &clocks{}
	for _, late := range []time.Duration{0, 30 * time.Second, time.Minute} {
		c.compare(start, start.Add(late), start.Add(time.Minute), slog.New(slog.DiscardHandler))
		if c.hint() != "" {
			t.Errorf("answered after %s: %s", late, c.hint())
		}
	}
}
