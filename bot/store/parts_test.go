package store

import (
	"testing"
	"time"

	"onestep/bot"
)

// How much of a message has arrived stays with it: through attempts that brought no
// more of it, through one that nobody settled, and until it is given up.
func TestWhatHasArrivedOfAMessageStaysWithIt(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		c := load(t, s, "wren")
		turn(t, s, c, func(m *bot.Commit) {
			m.Outbox = []bot.Envelope{{ID: entryID(c, 0), Chat: bot.Chat{Platform: "telegram", ID: "1"}, Text: "long"}}
		})
		l := hold(t, s, "wren", "me")
		now := start
		for i, o := range []bot.Outcome{{Retry: now}, {Retry: now, Parts: 1}, {Retry: now, Untried: true}, {Retry: now, Parts: 2, Untried: true}, {}, {Retry: now}, {Dead: true, Reason: "too old"}} {
			taken := take(t, s, l, now)
			if len(taken) != 1 {
				t.Fatalf("attempt %d: took %d", i, len(taken))
			}
			e := taken[0]
			if want := []int{0, 0, 1, 1, 2, 2, 2}[i]; e.Parts != want || e.Attempt != i+1 || e.Unsure != (i > 4) {
				t.Errorf("attempt %d: %d parts, want %d; attempt %d, unsure %v", i, e.Parts, want, e.Attempt, e.Unsure)
			}
			if i == 4 { // nobody settles it
				now = now.Add(time.Hour)
				continue
			}
			settle(t, s, l, e, o)
		}
		dead, err := s.Dead(t.Context(), start.Add(-time.Hour))
		if err != nil || len(dead) != 1 || dead[0].Reason != "too old" || dead[0].Attempts != 5 {
			t.Errorf("given up is %+v, %v", dead, err)
		}
	})
}
