package store

import (
	"testing"
	"time"

	"onestep/bot"
)

func TestPlatformsHaveBandsOfTheirOwn(t *testing.T) {
	t.Parallel()
	whose := map[int64]string{}
	for _, platform := range []string{"", "telegram", "slack", "simulator"} {
		for _, class := range []bot.Class{bot.Answer, bot.Planned} {
			b := band(platform, class)
			if before, taken := whose[b]; taken {
				t.Errorf("%q and %q share band %d", before, platform, b)
			}
			whose[b] = platform
			// Scores are kept as doubles.
			if end := (b + 1) * bandWidth; int64(float64(end)) != end || end > 1<<53 {
				t.Errorf("the band of %q ends at %d", platform, end)
			}
		}
		if band(platform, bot.Planned) != band(platform, bot.Answer)+1 {
			t.Errorf("what is planned for %q does not come after the answers", platform)
		}
	}
	for platform, want := range map[string]int64{"telegram": 750, "slack": 720, "simulator": 540} {
		if got := band(platform, bot.Answer); got != want {
			t.Errorf("the band of %q was %d and is %d now: stored lanes would be lost", platform, want, got)
		}
	}
}

// While a great many planned messages wait, an answer is taken at once, also in
// the lane of one that waits, and so is a letter.
func TestAnswersPassWhatIsPlanned(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		ids := inShard(s, 60)
		for _, id := range ids {
			c := load(t, s, id)
			turn(t, s, c, func(m *bot.Commit) { m.Outbox = []bot.Envelope{say(c, 0, bot.Planned, "planned")} })
		}
		l := hold(t, s, "wren", "me")
		last := load(t, s, ids[len(ids)-1])
		turn(t, s, last, func(m *bot.Commit) {
			m.Outbox = []bot.Envelope{
				say(last, 0, bot.Answer, "answer"),
				{ID: entryID(last, 1), Class: bot.Planned, Letter: &bot.Letter{To: "robin", Kind: "nudge"}},
			}
		})
		rooms := rooms(2)
		rooms[3].Most = 0 // nothing planned may leave on Telegram
		taken, more, err := s.TakeReady(t.Context(), l, start, rooms, time.Minute)
		if err != nil || len(taken) != 2 {
			t.Fatalf("took %q, %v", texts(taken), err)
		}
		if taken[0].Letter == nil || taken[1].Text != "answer" {
			t.Errorf("took %+v", taken)
		}
		for i, want := range []bool{false, false, false, true, false, false} {
			if more[i] != want {
				t.Errorf("more of %+v is %v", rooms[i], more[i])
			}
		}
	})
}

// A planned message that failed waits its time and keeps no answer waiting; a
// chat that is to be left alone keeps all.
func TestAnswersWaitForTheChatAlone(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		for name, o := range map[string]bot.Outcome{
			"wren":  {Retry: start.Add(5 * time.Minute), Unsure: true, At: start},
			"robin": {Retry: start.Add(5 * time.Minute), Alone: start.Add(5 * time.Minute), At: start},
		} {
			s := p.open(t)
			c := load(t, s, name)
			c = turn(t, s, c, func(m *bot.Commit) { m.Outbox = []bot.Envelope{say(c, 0, bot.Planned, "planned")} })
			l := hold(t, s, name, "me")
			settle(t, s, l, take(t, s, l, start)[0], o)
			turn(t, s, c, func(m *bot.Commit) { m.Outbox = []bot.Envelope{say(c, 0, bot.Answer, "answer")} })
			now := start.Add(time.Second)
			got := take(t, s, l, now)
			if name == "robin" {
				if len(got) != 0 {
					t.Errorf("a chat that is to be left alone got %q", texts(got))
				}
				for _, e := range take(t, s, l, start.Add(5*time.Minute)) {
					if e.Conversation == name && e.Text != "answer" {
						t.Errorf("afterwards came %q", e.Text)
					}
				}
				continue
			}
			if len(got) != 1 || got[0].Text != "answer" {
				t.Fatalf("took %q", texts(got))
			}
			settle(t, s, l, got[0], bot.Outcome{Done: true, At: now})
		}
	})
}

// A chat gets a short burst and then one message each so often, also when its
// lane was empty in between.
func TestChatsArePaced(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		l := hold(t, s, "wren", "me")
		c := load(t, s, "wren")
		limit := bot.Limit{Every: time.Second, Burst: 3}
		var sent []time.Duration
		for at := start; at.Before(start.Add(10 * time.Second)); at = at.Add(100 * time.Millisecond) {
			c = turn(t, s, c, func(m *bot.Commit) { m.Outbox = []bot.Envelope{say(c, 0, bot.Answer, "x")} })
			for _, e := range take(t, s, l, at) {
				settle(t, s, l, e, bot.Outcome{Done: true, At: at, Pace: limit})
				sent = append(sent, at.Sub(start))
			}
		}
		if len(sent) != 12 || sent[2] != 200*time.Millisecond || sent[3] != time.Second || sent[11] != 9*time.Second {
			t.Errorf("sent at %v; want three at once and then one a second", sent)
		}
	})
}

// A clock that is set back by an hour lets nobody wait that long who has just been
// written to, not even where an attempt was under way; a clock that is a little behind
// another changes nothing.
func TestPacedChatsAfterTheClockWasSetBack(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		for i, x := range []struct {
			back time.Duration
			want int
		}{{time.Second, 0}, {time.Hour, 1}} {
			ids := inShard(s, 4)[2*i:]
			l := hold(t, s, ids[0], "me")
			limit := bot.Limit{Every: 10 * time.Second, Burst: 1}
			first, second := load(t, s, ids[0]), load(t, s, ids[1])
			first = turn(t, s, first, func(m *bot.Commit) { m.Outbox = []bot.Envelope{say(first, 0, bot.Answer, "x")} })
			second = turn(t, s, second, func(m *bot.Commit) { m.Outbox = []bot.Envelope{say(second, 0, bot.Answer, "y")} })
			got := take(t, s, l, start)
			if len(got) != 2 {
				t.Fatalf("took %q", texts(got))
			}
			settle(t, s, l, got[0], bot.Outcome{Done: true, At: start, Pace: limit})
			now := start.Add(-x.back)
			settle(t, s, l, got[1], bot.Outcome{Done: true, At: now, Pace: limit})
			c := map[string]*bot.Conversation{ids[0]: first, ids[1]: second}[got[0].Conversation]
			turn(t, s, c, func(m *bot.Commit) { m.Outbox = []bot.Envelope{say(c, 0, bot.Answer, "answer")} })
			if got := take(t, s, l, now.Add(time.Second)); len(got) != x.want {
				t.Errorf("set back by %v: took %q, want %d", x.back, texts(got), x.want)
			}
		}
	})
}

func TestBacklogCountsWhatWaits(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		for n, id := range inShard(s, 5) {
			c := load(t, s, id)
			turn(t, s, c, func(m *bot.Commit) {
				m.Outbox = []bot.Envelope{say(c, 0, bot.Class(n%2), "x"), say(c, 1, bot.Planned, "y")}
			})
		}
		l := hold(t, s, "wren", "me")
		rooms := rooms(0)
		rooms[2].Most = 1 // one answer on Telegram
		taken, _, err := s.TakeReady(t.Context(), l, start, rooms, time.Minute)
		if err != nil || len(taken) != 1 {
			t.Fatal(len(taken), err)
		}
		count := func(planned, answers, dead int) {
			t.Helper()
			b, err := s.Backlog(t.Context(), rooms)
			if err != nil || b.Lanes[2] != answers || b.Lanes[3] != planned || b.Lanes[0]+b.Lanes[4] != 0 || b.Dead != dead {
				t.Errorf("backlog %+v, %v; want %d answers, %d planned, %d dead", b, err, answers, planned, dead)
			}
		}
		count(2, 2, 0)
		settle(t, s, l, taken[0], bot.Outcome{Dead: true, Reason: "gone", At: start})
		count(3, 2, 1)
	})
}
