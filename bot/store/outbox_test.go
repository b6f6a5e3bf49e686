package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

// texts names what was taken.
func texts(taken []bot.Leased) []string {
	var all []string
	for _, l := range taken {
		all = append(all, l.Text)
	}
	return all
}

// drain takes and delivers everything that is ready, one after the other.
func drain(t testing.TB, s *Store, l bot.Lease, now time.Time) []string {
	t.Helper()
	var all []string
	for {
		taken := take(t, s, l, now)
		if len(taken) == 0 {
			return all
		}
		for _, e := range taken {
			all = append(all, e.Text)
			settle(t, s, l, e, bot.Outcome{Done: true})
		}
	}
}

func TestTakenEntryIsWhatWasCommitted(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		c := load(t, s, "wren")
		want := bot.Envelope{
			ID: entryID(c, 0), Class: bot.Planned, Chat: bot.Chat{Platform: "telegram", ID: "-1001", Thread: "7"},
			Door: "D1", Text: "From 0 to 10?", Buttons: []bot.Button{{Label: "0", Data: "t1:0"}}, Why: "weekly", Token: "t1", Wait: time.Hour, Until: start.Add(1234 * time.Millisecond), Began: start.Add(567 * time.Millisecond),
		}
		letter := bot.Envelope{ID: entryID(c, 1), Letter: &bot.Letter{To: "robin", Kind: "nudge", From: "wren", Body: []byte{1, 2}}}
		turn(t, s, c, func(m *bot.Commit) { m.Outbox = []bot.Envelope{want, letter} })
		taken := take(t, s, hold(t, s, "wren", "me"), start)
		if len(taken) != 2 {
			t.Fatalf("took %d", len(taken))
		}
		slices.SortFunc(taken, func(a, b bot.Leased) int { return strings.Compare(a.ID, b.ID) })
		if got := taken[0]; fmt.Sprint(got.Envelope) != fmt.Sprint(want) || got.Conversation != "wren" ||
			got.Attempt != 1 || got.Unsure || got.Since != start || got.Lane == "" {
			t.Errorf("took %+v", got)
		}
		if got := taken[1].Letter; got == nil || fmt.Sprint(*got) != fmt.Sprint(*letter.Letter) {
			t.Errorf("took the letter %+v", got)
		}
	})
}

func TestAnswersLeaveFirstAndTheRestInOrder(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		c := load(t, s, "wren")
		for n := range 3 {
			c = turn(t, s, c, func(m *bot.Commit) {
				m.Outbox = []bot.Envelope{
					say(c, 0, bot.Planned, fmt.Sprintf("planned %d.0", n)),
					say(c, 1, bot.Answer, fmt.Sprintf("answer %d.1", n)),
					say(c, 2, bot.Planned, fmt.Sprintf("planned %d.2", n)),
				}
			})
		}
		l := hold(t, s, "wren", "me")
		want := []string{
			"answer 0.1", "answer 1.1", "answer 2.1",
			"planned 0.0", "planned 0.2", "planned 1.0", "planned 1.2", "planned 2.0", "planned 2.2",
		}
		if got := drain(t, s, l, start); !slices.Equal(got, want) {
			t.Errorf("left as %q", got)
		}
		if keys := p.keysNow(t); slices.ContainsFunc(keys, func(k string) bool {
			return strings.HasSuffix(k, ":out") || strings.HasSuffix(k, ":val") || strings.HasSuffix(k, ":try") || strings.HasSuffix(k, ":rdy")
		}) {
			t.Errorf("left behind: %q", keys)
		}
	})
}

func TestOrderHoldsPastTurnsOfAnyLength(t *testing.T) {
	t.Parallel()
	l := lane("wren", "c1")
	var last string
	for _, turn := range []uint64{1, 9, 10, 15, 16, 99, 100, 1 << 32, 1 << 51} {
		for _, place := range []int{0, 9, 10, 255, 4000} {
			m := member(l, bot.Answer, turn, place, "wren")
			if m <= last {
				t.Errorf("%s does not come after %s", m, last)
			}
			last = m
		}
	}
}

func TestOneInFlightPerLane(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		ids := inShard(s, 3)
		for _, id := range ids {
			c := load(t, s, id)
			turn(t, s, c, func(m *bot.Commit) {
				m.Outbox = []bot.Envelope{say(c, 0, bot.Answer, id+" first"), say(c, 1, bot.Answer, id+" second")}
			})
		}
		l := hold(t, s, "wren", "me")
		two, _, err := s.TakeReady(t.Context(), l, start, rooms(2), time.Minute)
		if err != nil || len(two) != 2 {
			t.Fatalf("took %v, %v; want 2", texts(two), err)
		}
		rest := take(t, s, l, start)
		if len(rest) != 1 {
			t.Fatalf("took %v besides %v", texts(rest), texts(two))
		}
		all := append(texts(two), texts(rest)...)
		slices.Sort(all)
		var want []string
		for _, id := range ids {
			want = append(want, id+" first")
		}
		slices.Sort(want)
		if !slices.Equal(all, want) {
			t.Errorf("took %q, want %q", all, want)
		}
		// An answer committed meanwhile does not fly beside the first.
		c := load(t, s, ids[0])
		turn(t, s, c, func(m *bot.Commit) { m.Outbox = []bot.Envelope{say(c, 0, bot.Answer, "late")} })
		if more := take(t, s, l, start); len(more) != 0 {
			t.Errorf("two in flight: %v", texts(more))
		}
	})
}

// Who settles learns whether the lane has more that may leave now, so that only
// then somebody looks again at once.
func TestSettlingTellsWhetherMoreMayLeave(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		c := load(t, s, "wren")
		turn(t, s, c, func(m *bot.Commit) {
			m.Outbox = []bot.Envelope{say(c, 0, bot.Answer, "first"), say(c, 1, bot.Answer, "second"), say(c, 2, bot.Answer, "third")}
		})
		l := hold(t, s, "wren", "me")
		pace := bot.Limit{Every: time.Second, Burst: 1}
		for _, step := range []struct {
			text    string
			outcome bot.Outcome
			at      time.Duration
			more    bool
		}{
			{"first", bot.Outcome{Retry: start.Add(time.Minute)}, 0, false},
			{"first", bot.Outcome{Done: true}, time.Minute, true},
			{"second", bot.Outcome{Done: true, Pace: pace}, time.Minute, false}, // the chat has to wait
			{"third", bot.Outcome{Dead: true, Reason: "gone"}, 2 * time.Minute, false},
		} {
			now := start.Add(step.at)
			taken := take(t, s, l, now)
			if len(taken) != 1 || taken[0].Text != step.text {
				t.Fatalf("took %q, want %q", texts(taken), step.text)
			}
			step.outcome.At = now
			more, err := s.Settle(t.Context(), l, taken[0], step.outcome)
			if err != nil || more != step.more {
				t.Errorf("after %s: more is %v, want %v (%v)", step.text, more, step.more, err)
			}
			if again, err := s.Settle(t.Context(), l, taken[0], step.outcome); again || err != nil {
				t.Errorf("after %s, said twice: %v, %v", step.text, again, err)
			}
		}
		if left := take(t, s, l, start.Add(time.Hour)); len(left) != 0 {
			t.Errorf("left is %v", texts(left))
		}
	})
}

func TestRetryWaitsForItsTimeAndKeepsItsPlace(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		c := load(t, s, "wren")
		turn(t, s, c, func(m *bot.Commit) {
			m.Outbox = []bot.Envelope{say(c, 0, bot.Planned, "first"), say(c, 1, bot.Planned, "second")}
		})
		l := hold(t, s, "wren", "me")
		first := take(t, s, l, start)[0]
		settle(t, s, l, first, bot.Outcome{Retry: start.Add(time.Minute)})
		if got := take(t, s, l, start.Add(59*time.Second)); len(got) != 0 {
			t.Errorf("too early: %v", texts(got))
		}
		now := start.Add(time.Minute)
		again := take(t, s, l, now)
		if len(again) != 1 || again[0].Text != "first" || again[0].Attempt != 2 || again[0].Unsure || again[0].Since != start {
			t.Fatalf("again %+v", again)
		}
		// It may have arrived; from now on nobody can be sure.
		settle(t, s, l, again[0], bot.Outcome{Retry: now, Unsure: true})
		third := take(t, s, l, now)[0]
		if third.Attempt != 3 || !third.Unsure || third.Since != start {
			t.Errorf("third %+v", third)
		}
		settle(t, s, l, third, bot.Outcome{Retry: now})
		fourth := take(t, s, l, now)[0]
		if !fourth.Unsure {
			t.Error("a later attempt that failed for sure made an earlier one sure")
		}
		settle(t, s, l, fourth, bot.Outcome{Done: true})
		if got := drain(t, s, l, now); !slices.Equal(got, []string{"second"}) {
			t.Errorf("then %v", got)
		}
	})
}

// What ended before the message left is fenced as every attempt is, and counts
// in no wait that is made from how often it was tried.
func TestWhatNeverLeftIsNoTry(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		c := load(t, s, "wren")
		turn(t, s, c, func(m *bot.Commit) { m.Outbox = []bot.Envelope{say(c, 0, bot.Answer, "held back")} })
		l := hold(t, s, "wren", "me")
		now, tries := start, 1
		for attempt, untried := range []bool{true, true, false, true} {
			e := take(t, s, l, now)[0]
			if e.Attempt != attempt+1 || e.Tries != tries || e.Unsure || e.Since != start {
				t.Fatalf("attempt %d: %+v", attempt+1, e)
			}
			now = now.Add(time.Second)
			settle(t, s, l, e, bot.Outcome{Retry: now, Untried: untried})
			if !untried {
				tries++
			}
			if _, err := s.Settle(t.Context(), l, bot.Leased{Envelope: e.Envelope, Conversation: e.Conversation, Lane: e.Lane, Attempt: tries + 9}, bot.Outcome{Done: true}); !errors.Is(err, bot.ErrFenced) {
				t.Errorf("another attempt was settled: %v", err)
			}
		}
		settle(t, s, l, take(t, s, l, now)[0], bot.Outcome{Dead: true, Reason: "too old"})
		if all, err := s.Dead(t.Context(), time.Time{}); err != nil || len(all) != 1 || all[0].Attempts != 2 || all[0].Reason != "too old" {
			t.Errorf("dead: %+v, %v", all, err)
		}
	})
}

func TestLeaseOfAnEntryRunsOut(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		c := load(t, s, "wren")
		c = turn(t, s, c, func(m *bot.Commit) { m.Outbox = []bot.Envelope{say(c, 0, bot.Planned, "planned")} })
		l := hold(t, s, "wren", "me")
		lost := take(t, s, l, start)[0]
		if got := take(t, s, l, start.Add(time.Minute-time.Millisecond)); len(got) != 0 {
			t.Errorf("taken while leased: %v", texts(got))
		}
		// An answer came meanwhile, and goes first once the lease is over.
		turn(t, s, c, func(m *bot.Commit) { m.Outbox = []bot.Envelope{say(c, 0, bot.Answer, "answer")} })
		now := start.Add(time.Minute)
		answer := take(t, s, l, now)
		if len(answer) != 1 || answer[0].Text != "answer" || answer[0].Unsure {
			t.Fatalf("took %+v", answer)
		}
		// The one that was lost comes back late and says that it is done. That
		// must not let go of the answer's lane.
		settle(t, s, l, lost, bot.Outcome{Done: true})
		if got := take(t, s, l, now); len(got) != 0 {
			t.Errorf("two in flight: %v", texts(got))
		}
		settle(t, s, l, answer[0], bot.Outcome{Done: true})
		if got := take(t, s, l, now.Add(time.Hour)); len(got) != 0 {
			t.Errorf("came again: %v", texts(got))
		}
	})
}

func TestUnsettledComesBackUnsure(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		c := load(t, s, "wren")
		turn(t, s, c, func(m *bot.Commit) { m.Outbox = []bot.Envelope{say(c, 0, bot.Planned, "text")} })
		l := hold(t, s, "wren", "me")
		first := take(t, s, l, start)[0]
		second := take(t, s, l, start.Add(time.Minute))[0]
		if second.Attempt != 2 || !second.Unsure || second.Since != start {
			t.Errorf("second %+v", second)
		}
		p.unchanged(t, "settling an attempt that is over", func() {
			if _, err := s.Settle(t.Context(), l, first, bot.Outcome{Done: true}); !errors.Is(err, bot.ErrFenced) {
				t.Errorf("got %v", err)
			}
		})
		settle(t, s, l, second, bot.Outcome{Done: true})
	})
}

func TestSettlingAgainChangesNothing(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		c := load(t, s, "wren")
		turn(t, s, c, func(m *bot.Commit) {
			m.Outbox = []bot.Envelope{
				say(c, 0, bot.Planned, "a"), say(c, 1, bot.Planned, "b"), say(c, 2, bot.Planned, "c"), say(c, 3, bot.Planned, "d"),
			}
		})
		l := hold(t, s, "wren", "me")
		for _, o := range []bot.Outcome{
			{Retry: start, Unsure: true},
			{Done: true},
			{Dead: true, Reason: "gone"},
			{Done: true},
		} {
			e := take(t, s, l, start)[0]
			settle(t, s, l, e, o)
			p.unchanged(t, "settling again", func() { settle(t, s, l, e, o) })
		}
		last := take(t, s, l, start)[0]
		for _, o := range []bot.Outcome{{}, {Done: true, Dead: true}} {
			if _, err := s.Settle(t.Context(), l, last, o); err == nil {
				t.Errorf("settled with %+v", o)
			}
		}
	})
}

func TestDead(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		ids := inShard(s, 2)
		var leases []bot.Lease
		for i, id := range ids {
			c := load(t, s, id)
			turn(t, s, c, func(m *bot.Commit) {
				m.Outbox = []bot.Envelope{say(c, 0, bot.Answer, id+" dies"), say(c, 1, bot.Answer, id+" lives")}
			})
			l := hold(t, s, id, "me")
			leases = append(leases, l)
			p.set(start.Add(time.Duration(i) * time.Hour))
			e := take(t, s, l, start)[0]
			settle(t, s, l, e, bot.Outcome{Dead: true, Reason: "gone: chat not found", Unsure: i == 1})
			if got := drain(t, s, l, start); !slices.Equal(got, []string{id + " lives"}) {
				t.Errorf("after the dead one came %v", got)
			}
		}
		all, err := s.Dead(t.Context(), time.Time{})
		if err != nil || len(all) != 2 {
			t.Fatalf("%d dead, %v", len(all), err)
		}
		if d := all[1]; d.Text != ids[1]+" dies" || d.Conversation != ids[1] || d.Reason != "gone: chat not found" ||
			d.Attempts != 1 || !d.Unsure || d.Since != start || d.At != start.Add(time.Hour) {
			t.Errorf("dead: %+v", d)
		}
		if later, err := s.Dead(t.Context(), start.Add(time.Minute)); err != nil || len(later) != 1 {
			t.Errorf("%d dead since, %v", len(later), err)
		}

		// A month later the next one to die takes the old ones along.
		p.set(start.Add(deadLife + time.Minute))
		c := load(t, s, ids[0])
		turn(t, s, c, func(m *bot.Commit) { m.Outbox = []bot.Envelope{say(c, 0, bot.Answer, "dies later")} })
		settle(t, s, leases[0], take(t, s, leases[0], start)[0], bot.Outcome{Dead: true, Reason: "ours"})
		all, err = s.Dead(t.Context(), time.Time{})
		if err != nil || len(all) != 2 || all[0].Text != ids[1]+" dies" || all[1].Text != "dies later" {
			t.Errorf("after a month: %+v, %v", all, err)
		}
		shard := s.keys.shard(ids[0])
		if n := p.raw.HLen(t.Context(), s.keys.values(shard)).Val(); n != 2 {
			t.Errorf("%d values are kept for 2 dead", n)
		}
		if n := p.raw.HLen(t.Context(), s.keys.tries(shard)).Val(); n != 2 {
			t.Errorf("%d tries are kept for 2 dead", n)
		}
	})
}

// All that one conversation has in the outbox can be read, and nobody else's.
func TestMessagesOfOneConversation(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		ids := inShard(s, 2)
		for _, id := range ids {
			c := load(t, s, id)
			turn(t, s, c, func(m *bot.Commit) {
				m.Outbox = []bot.Envelope{
					say(c, 0, bot.Answer, id+" dies"), say(c, 1, bot.Planned, id+" planned"), say(c, 2, bot.Answer, id+" answer"),
				}
			})
		}
		l := hold(t, s, ids[0], "me")
		for _, e := range take(t, s, l, start) {
			settle(t, s, l, e, bot.Outcome{Dead: true, Reason: "gone"})
		}
		waiting, dead, err := s.Messages(t.Context(), ids[0])
		if err != nil || len(waiting) != 2 || waiting[0].Text != ids[0]+" answer" || waiting[1].Text != ids[0]+" planned" {
			t.Errorf("waiting: %+v, %v", waiting, err)
		}
		if len(dead) != 1 || dead[0].Text != ids[0]+" dies" || dead[0].Reason != "gone" || dead[0].Conversation != ids[0] {
			t.Errorf("given up: %+v", dead)
		}
		if _, err := s.Erase(t.Context(), ids[0]); err != nil {
			t.Fatal(err)
		}
		if waiting, dead, err = s.Messages(t.Context(), ids[0]); err != nil || len(waiting)+len(dead) != 0 {
			t.Errorf("after erasing: %+v %+v, %v", waiting, dead, err)
		}
		if waiting, _, err = s.Messages(t.Context(), ids[1]); err != nil || len(waiting) != 2 {
			t.Errorf("the other's: %+v, %v", waiting, err)
		}
		if _, _, err = s.Messages(t.Context(), "no:id"); err == nil {
			t.Error("what is no id was looked up")
		}
	})
}

// A lane without entries must not hold up the shard.
func TestEmptyLaneGoes(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		ready := s.keys.ready(s.keys.shard("wren"))
		if err := p.raw.ZAdd(t.Context(), ready, redis.Z{Member: "wren:cnothing"}).Err(); err != nil {
			t.Fatal(err)
		}
		if got := take(t, s, hold(t, s, "wren", "me"), start); len(got) != 0 {
			t.Errorf("took %v", got)
		}
		if _, ok := p.score(t, ready, "wren:cnothing"); ok {
			t.Error("it is still there")
		}
	})
}

// What cannot be read must not stand in the way of others.
func TestUnreadableEntryHoldsUpItsOwnLaneAlone(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		ids := inShard(s, 2)
		for _, id := range ids {
			c := load(t, s, id)
			turn(t, s, c, func(m *bot.Commit) { m.Outbox = []bot.Envelope{say(c, 0, bot.Answer, id)} })
		}
		values := s.keys.values(s.keys.shard("wren"))
		if err := p.raw.HSet(t.Context(), values, ids[0]+".1.0", "\x01nonsense").Err(); err != nil {
			t.Fatal(err)
		}
		if got := texts(take(t, s, hold(t, s, "wren", "me"), start)); !slices.Equal(got, ids[1:]) {
			t.Errorf("took %v", got)
		}
	})
}
