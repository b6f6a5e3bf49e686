package store

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// inShard makes ids of n conversations that share a shard with "wren".
func inShard(s *Store, n int) []string {
	var ids []string
	for i := 0; len(ids) < n; i++ {
		id := "wren" + string(rune('a'+i%26)) + version(uint64(i))
		if s.keys.shard(id) == s.keys.shard("wren") {
			ids = append(ids, id)
		}
	}
	return ids
}

// exactly makes a commit that of a timer's turn.
func exactly(c *bot.Commit) { c.DueExactly = true }

func TestTakeDue(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		ids := inShard(s, 4)
		for i, id := range ids {
			turn(t, s, load(t, s, id), func(c *bot.Commit) { c.Due = start.Add(time.Duration(i) * time.Minute) })
		}
		l := hold(t, s, "wren", "me")
		due := func(now time.Time, limit int) []string {
			got, err := s.TakeDue(t.Context(), l, now, limit, 30*time.Second)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if got := due(start.Add(-time.Millisecond), 10); len(got) != 0 {
			t.Errorf("due too early: %v", got)
		}
		now := start.Add(2 * time.Minute)
		if got := due(now, 2); !slices.Equal(got, ids[:2]) {
			t.Errorf("took %v, want the two earliest", got)
		}
		if got := due(now, 10); !slices.Equal(got, ids[2:3]) {
			t.Errorf("took %v, want the third alone", got)
		}
		// One commits and is due when it says; another crashes and is due again.
		turn(t, s, load(t, s, ids[0]), func(c *bot.Commit) { c.Due, c.DueExactly = now.Add(time.Hour), true })
		turn(t, s, load(t, s, ids[1]), exactly)
		if got := due(now.Add(29*time.Second), 10); len(got) != 0 {
			t.Errorf("taken again while leased: %v", got)
		}
		if got := due(now.Add(30*time.Second), 10); !slices.Equal(got, ids[2:3]) {
			t.Errorf("took %v, want the one that crashed", got)
		}
		// The third and the fourth are due at the same instant.
		want := append(slices.Sorted(slices.Values(ids[2:])), ids[0])
		if got := due(now.Add(time.Hour), 10); !slices.Equal(got, want) {
			t.Errorf("took %v at last", got)
		}
	})
}

// Twenty thousand are due, and something urgent becomes due behind them: it is
// taken first, once, and is out of the way of the others while it is leased.
func TestWhatIsUrgentIsTakenBeforeABurst(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		ids := inShard(s, 4)
		// The first has a check-in in the burst as well; the last is urgent later.
		for i, at := range []time.Duration{2 * time.Second, time.Second, 2 * time.Second, time.Minute} {
			turn(t, s, load(t, s, ids[i]), func(c *bot.Commit) {
				c.Due, c.Urgent = start.Add(at), start.Add(at)
				if i == 0 {
					c.Due = start
				}
			})
		}
		shard := s.keys.shard("wren")
		for n := range 20 {
			parts := []any{"zadd", s.keys.due(shard)}
			for i := range 1000 {
				parts = append(parts, start.UnixMilli(), "check-in-"+version(uint64(n*1000+i)))
			}
			if err := p.raw.Do(t.Context(), parts...).Err(); err != nil {
				t.Fatal(err)
			}
		}
		l := hold(t, s, "wren", "me")
		now := start.Add(3 * time.Second)
		due := func(limit int) []string {
			got, err := s.TakeDue(t.Context(), l, now, limit, 30*time.Second)
			if err != nil {
				t.Fatal(err)
			}
			return got
		}
		if got := due(2); len(got) != 2 || got[0] != ids[1] || got[1] != min(ids[0], ids[2]) {
			t.Fatalf("took %v, want the two earliest that are urgent", got)
		}
		got := due(100)
		if len(got) != 100 || got[0] != max(ids[0], ids[2]) || !strings.HasPrefix(got[1], "check-in-") {
			t.Fatalf("took %d: %v", len(got), got)
		}
		all := len(got)
		for len(got) > 0 {
			got = due(5000)
			all += len(got)
			for _, id := range got {
				if slices.Contains(ids, id) {
					t.Errorf("%s was taken twice, or early", id)
				}
			}
		}
		if all != 20001 {
			t.Errorf("%d were taken after the first two, want 20001", all)
		}
		// Whoever took them crashed: they are due again, and urgent again.
		now = now.Add(30 * time.Second)
		if got := due(3); !slices.Equal(got, slices.Sorted(slices.Values(ids[:3]))) {
			t.Errorf("took %v again, want %v", got, ids[:3])
		}
	})
}

func TestTakeDueIsFenced(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		turn(t, s, load(t, s, "wren"), func(c *bot.Commit) { c.Due = start })
		l := hold(t, s, "wren", "me")
		if err := s.Release(t.Context(), l); err != nil {
			t.Fatal(err)
		}
		refused := func(l bot.Lease) {
			t.Helper()
			p.unchanged(t, "a fenced take", func() {
				if _, err := s.TakeDue(t.Context(), l, start, 10, time.Minute); !errors.Is(err, bot.ErrFenced) {
					t.Errorf("got %v", err)
				}
			})
		}
		refused(l) // nobody holds it
		hold(t, s, "wren", "you")
		refused(l) // somebody else does
		if _, err := s.TakeDue(t.Context(), bot.Lease{Name: "poller", Holder: "me"}, start, 10, time.Minute); err == nil {
			t.Error("a lease on no shard takes what is due")
		}
	})
}

// A question's reply timer is written by settling and read by the next take.
func TestReplyTimer(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		due := s.keys.due(s.keys.shard("wren"))
		l := hold(t, s, "wren", "me")
		dueAt := func() int64 {
			ms, _ := p.score(t, due, "wren")
			return int64(ms)
		}
		ask := func(c *bot.Conversation, token string) *bot.Conversation {
			return turn(t, s, c, func(m *bot.Commit) {
				e := say(c, 0, bot.Answer, "How are things?")
				e.Token, e.Wait = token, time.Hour
				m.Outbox, m.OpenToken, m.Due, m.DueExactly = []bot.Envelope{e}, token, start.Add(24*time.Hour), true
			})
		}
		c := ask(load(t, s, "wren"), "t1")
		if c.Reply != (bot.ReplyTimer{}) {
			t.Errorf("a timer before delivery: %+v", c.Reply)
		}
		question := take(t, s, l, start)[0]
		settle(t, s, l, question, bot.Outcome{Done: true, ReplyDue: start.Add(time.Hour)})
		c = load(t, s, "wren")
		if want := (bot.ReplyTimer{Token: "t1", Due: start.Add(time.Hour)}); c.Reply != want || c.Version != 1 {
			t.Errorf("after delivery: %+v at version %d, want %+v at 1", c.Reply, c.Version, want)
		}
		if dueAt() != start.Add(time.Hour).UnixMilli() {
			t.Errorf("due at %d", dueAt())
		}

		// A turn that leaves the question open keeps the timer, and the earlier
		// of the two instants.
		c = turn(t, s, c, func(m *bot.Commit) { m.OpenToken, m.Due = "t1", start.Add(2*time.Hour) })
		if c.Reply.Due != start.Add(time.Hour) || dueAt() != start.Add(time.Hour).UnixMilli() {
			t.Errorf("timer %+v, due %d", c.Reply, dueAt())
		}
		c = turn(t, s, c, func(m *bot.Commit) { m.OpenToken, m.Due = "t1", start.Add(time.Minute) })
		if dueAt() != start.Add(time.Minute).UnixMilli() {
			t.Errorf("due %d, not at the earlier timer", dueAt())
		}
		c = turn(t, s, c, func(m *bot.Commit) { m.OpenToken, m.DueExactly = "t1", true })
		if dueAt() != start.Add(time.Hour).UnixMilli() {
			t.Errorf("due %d, not at the reply timer", dueAt())
		}

		// A later instant never puts off an earlier one.
		c = turn(t, s, c, func(m *bot.Commit) {
			e := say(c, 0, bot.Answer, "Again: how are things?")
			e.Token = "t1"
			m.Outbox, m.OpenToken, m.Due = []bot.Envelope{e}, "t1", start.Add(time.Minute)
		})
		settle(t, s, l, take(t, s, l, start)[0], bot.Outcome{Done: true, ReplyDue: start.Add(3 * time.Hour)})
		c = load(t, s, "wren")
		if c.Reply.Due != start.Add(3*time.Hour) || dueAt() != start.Add(time.Minute).UnixMilli() {
			t.Errorf("shown again: timer %+v, due %d", c.Reply, dueAt())
		}

		// Another question drops it; so does none.
		c = ask(c, "t2")
		if c.Reply != (bot.ReplyTimer{}) || dueAt() != start.Add(24*time.Hour).UnixMilli() {
			t.Errorf("timer %+v, due %d", c.Reply, dueAt())
		}
		late := take(t, s, l, start)[0]
		c = turn(t, s, c, exactly)
		if _, ok := p.score(t, due, "wren"); ok {
			t.Error("still due after the question was answered")
		}
		// The platform's yes to a question that was answered meanwhile.
		settle(t, s, l, late, bot.Outcome{Done: true, ReplyDue: start.Add(time.Hour)})
		if got := load(t, s, "wren"); got.Reply != (bot.ReplyTimer{}) {
			t.Errorf("a timer of an answered question: %+v", got.Reply)
		}
		if _, ok := p.score(t, due, "wren"); ok {
			t.Error("due for an answered question")
		}
	})
}
