package store

import (
	"fmt"
	"slices"
	"testing"

	"onestep/bot"
)

func TestJournal(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		ctx := t.Context()
		if lines, err := s.Journal(ctx, "wren", 0, -1); err != nil || len(lines) != 0 {
			t.Errorf("nobody's journal: %v, %v", lines, err)
		}
		c := load(t, s, "wren")
		var want []string
		for n := range 7 {
			c = turn(t, s, c, func(m *bot.Commit) {
				for i := range n % 3 {
					m.Journal = append(m.Journal, bot.Entry{
						At: start, Turn: c.Version + 1, What: "answer", Name: fmt.Sprintf("%d.%d", n, i), Value: "7", Raw: "seven", Rule: "scale/word", By: "sam",
					})
				}
				for _, e := range m.Journal {
					want = append(want, e.Name)
				}
			})
		}
		names := func(lines []bot.Entry, err error) []string {
			t.Helper()
			if err != nil {
				t.Fatal(err)
			}
			var all []string
			for _, e := range lines {
				all = append(all, e.Name)
			}
			return all
		}
		for _, c := range []struct{ from, to, wantFrom, wantTo int }{
			{0, -1, 0, 6}, {0, 6, 0, 6}, {2, 4, 2, 4}, {4, 99, 4, 6}, {-3, 2, 0, 2}, {6, -1, 6, 6}, {9, 3, 3, 3},
		} {
			if got := names(s.Journal(ctx, "wren", c.from, c.to)); !slices.Equal(got, want[c.wantFrom:c.wantTo]) {
				t.Errorf("from %d to %d: %q", c.from, c.to, got)
			}
		}
		for limit := range 9 {
			if got := names(s.Recent(ctx, "wren", limit)); !slices.Equal(got, want[max(0, 6-limit):]) {
				t.Errorf("the last %d: %q of %q", limit, got, want)
			}
		}
		lines, _ := s.Recent(ctx, "wren", 1)
		if got, want := lines[0], (bot.Entry{At: start, Turn: 6, What: "answer", Name: "5.1", Value: "7", Raw: "seven", Rule: "scale/word", By: "sam"}); got != want {
			t.Errorf("came back as %+v, want %+v", got, want)
		}
	})
}
