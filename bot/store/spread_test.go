package store

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"onestep/bot"
)

// What is due for many at one instant begins for nobody before it, and leaves in
// the order of a keyed hash of the person, whoever was enrolled or committed first:
// each comes at the same place each week, as fast as the platform lets them.
func TestABurstLeavesInTheSameOrderEachWeek(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		o := p.options()
		wall := start
		o.Wall = func() time.Time { return wall }
		s, err := Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		ids := inShard(s, 12)
		shuffle := rand.New(rand.NewPCG(1, 2))
		due := start
		for _, id := range ids {
			turn(t, s, load(t, s, id), func(m *bot.Commit) { m.Due = due })
		}
		l := hold(t, s, "wren", "me")
		for week := range 3 {
			if got, err := s.TakeDue(t.Context(), l, due.Add(-time.Millisecond), 100, time.Minute); len(got) != 0 || err != nil {
				t.Fatalf("week %d: %d are due before the promised instant, %v", week, len(got), err)
			}
			got, err := s.TakeDue(t.Context(), l, due, 100, time.Minute)
			if err != nil || !slices.Equal(got, slices.Sorted(slices.Values(ids))) {
				t.Fatalf("week %d: due are %v, %v", week, got, err)
			}
			// Their turns run side by side, so they end in any order.
			shuffle.Shuffle(len(got), func(i, j int) { got[i], got[j] = got[j], got[i] })
			next := due.Add(7 * 24 * time.Hour)
			for _, id := range got {
				c := load(t, s, id)
				turn(t, s, c, func(m *bot.Commit) {
					m.Due, m.DueExactly = next, true
					m.Outbox = []bot.Envelope{say(c, 0, bot.Planned, id)}
				})
			}
			// They leave a few at a time.
			var left []string
			rooms := rooms(5)
			for range 3 {
				taken, _, err := s.TakeReady(t.Context(), l, wall, rooms, time.Minute)
				if err != nil {
					t.Fatal(err)
				}
				for _, e := range taken {
					left = append(left, e.Text)
					settle(t, s, l, e, bot.Outcome{Done: true, At: wall})
				}
			}
			if want := slices.Sorted(slices.Values(ids)); !slices.Equal(left, want) {
				t.Errorf("week %d: they left in the order %v, want %v", week, left, want)
			}
			due, wall = next, wall.Add(7*24*time.Hour)
		}
	})
}
