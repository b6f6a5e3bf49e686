package store

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"onestep/bot"
)

func TestTurnComesBack(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		c := load(t, s, "wren")
		if c.Version != 0 || c.ID != "wren" {
			t.Fatalf("a new conversation is %+v", c)
		}
		c.Role, c.Chats, c.Zone = bot.PatientRole, []bot.Chat{home}, "Europe/London"
		c.Timers = map[string]time.Time{"weekly": start.Add(time.Hour + 123*time.Millisecond)}
		c.Patient = &bot.Patient{Case: "Wren-417", Enrolled: start.In(time.FixedZone("", 3600))}
		turn(t, s, c, nil)
		got := load(t, p.open(t), "wren") // from Redis, not from what s has open
		if got.Version != 1 || got.Chats[0] != home || got.Timers["weekly"] != c.Timers["weekly"] ||
			got.Patient.Case != "Wren-417" || got.Patient.Enrolled != start {
			t.Errorf("came back as %+v", got)
		}
	})
}

func TestCommitWritesTheseKeys(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		c := load(t, s, "wren")
		code := s.NewCode("wren")
		turn(t, s, c, func(m *bot.Commit) {
			m.Operation = "telegram:4711"
			m.Journal = []bot.Entry{{At: start, What: "answer"}, {At: start, What: "fact"}}
			m.Outbox = []bot.Envelope{
				say(c, 0, bot.Planned, "planned"),
				{ID: entryID(c, 1), Letter: &bot.Letter{To: "robin", Kind: "nudge"}},
			}
			m.Due, m.Urgent, m.OpenToken = start.Add(1500*time.Microsecond), start.Add(time.Minute), "t1"
			m.Secrets = []bot.Secret{{Code: code, Value: []byte("x"), Until: start.Add(time.Hour)}}
		})
		slot := "{" + bot.Shard(s.keys.shard("wren")) + "}"
		want := []string{
			"base",
			slot + ":c:wren", slot + ":i:wren",
			slot + ":due", slot + ":urg", slot + ":out", slot + ":val", slot + ":rdy",
			slot + ":k:" + s.codeHash(code),
		}
		slices.Sort(want)
		got := p.keysNow(t)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("keys are\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		ctx, at := t.Context(), p.prefix+slot
		if v := p.raw.HGet(ctx, at+":c:wren", "v").Val(); !strings.HasPrefix(v, "1.") || len(v) != 6 {
			t.Errorf("v is %q", v)
		}
		if r := p.raw.HGet(ctx, at+":c:wren", "r").Val(); r != "|t1" {
			t.Errorf("r is %q: a question that was not delivered has no instant", r)
		}
		if ms, _ := p.score(t, at+":due", "wren"); int64(ms) != start.UnixMilli()+2 {
			t.Errorf("due at %d, want the millisecond after %d.5", int64(ms), start.UnixMilli()+1)
		}
		chatLane, letterLane := "wren:c"+s.chatHash(home), "wren:lrobin"
		out := p.raw.ZRange(ctx, at+":out", 0, -1).Val()
		wantOut := []string{chatLane + ":1:0000000000001000:wren.1.0", letterLane + ":0:0000000000001001:wren.1.1"}
		slices.Sort(wantOut)
		if !slices.Equal(out, wantOut) {
			t.Errorf("out is %q, want %q", out, wantOut)
		}
		for l, band := range map[string]int64{chatLane: band("telegram", bot.Planned), letterLane: 0} {
			score, ok := p.score(t, at+":rdy", l)
			if second := int64(score) - band*bandWidth; !ok || second < 1e9 || second > 1e10 {
				t.Errorf("lane %s is at %.0f, %v: want the second of the commit in band %d", l, score, ok, band)
			}
		}
		for key, life := range map[string]time.Duration{
			":i:wren": time.Hour, ":k:" + s.codeHash(code): time.Hour,
		} {
			if ttl := p.raw.PTTL(ctx, at+key).Val(); ttl > life || ttl < life-time.Minute {
				t.Errorf("%s lives %v, want %v", key, ttl, life)
			}
		}
	})
}

func TestCommitRefused(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		first := load(t, p.open(t), "wren")
		turn(t, s, load(t, s, "wren"), func(c *bot.Commit) { c.Operation = "telegram:1" })
		second := load(t, s, "wren")

		full := bot.Commit{
			Conversation: first,
			Operation:    "telegram:2",
			Journal:      []bot.Entry{{What: "answer"}},
			Outbox:       []bot.Envelope{say(first, 0, bot.Answer, "text")},
			Due:          start,
			OpenToken:    "t",
			Secrets:      []bot.Secret{{Code: s.NewCode("wren"), Until: start.Add(time.Hour)}},
		}
		p.unchanged(t, "the version of before", func() {
			if err := s.Commit(t.Context(), full); !errors.Is(err, bot.ErrConflict) {
				t.Errorf("the version of before: %v", err)
			}
		})
		full.Conversation, full.Operation = second, "telegram:1"
		p.unchanged(t, "the operation of before", func() {
			if err := s.Commit(t.Context(), full); !errors.Is(err, bot.ErrSeen) {
				t.Errorf("the operation of before: %v", err)
			}
		})
		ahead := *second
		ahead.Version = 7
		p.unchanged(t, "a version to come", func() {
			if err := s.Commit(t.Context(), bot.Commit{Conversation: &ahead}); !errors.Is(err, bot.ErrConflict) {
				t.Errorf("a version to come: %v", err)
			}
		})
		p.unchanged(t, "a conversation that does not exist", func() {
			err := s.Commit(t.Context(), bot.Commit{Conversation: &bot.Conversation{ID: "robin", Version: 3}})
			if !errors.Is(err, bot.ErrConflict) {
				t.Errorf("a conversation that does not exist: %v", err)
			}
		})
	})
}

func TestCommitOfNonsense(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		c := &bot.Conversation{ID: "wren"}
		letter := &bot.Letter{To: "robin"}
		shardOfAnother := "code"
		for n := 0; s.keys.shard(shardOfAnother) == s.keys.shard("wren"); n++ {
			shardOfAnother += "x"
		}
		for name, commit := range map[string]bot.Commit{
			"no conversation": {},
			"no id":           {Conversation: &bot.Conversation{}},
			"odd id":          {Conversation: &bot.Conversation{ID: "a:b"}},
			"no entry id":     {Conversation: c, Outbox: []bot.Envelope{{Chat: home}}},
			"nowhere":         {Conversation: c, Outbox: []bot.Envelope{{ID: "e"}}},
			"both":            {Conversation: c, Outbox: []bot.Envelope{{ID: "e", Chat: home, Letter: letter}}},
			"letter to no id": {Conversation: c, Outbox: []bot.Envelope{{ID: "e", Letter: &bot.Letter{To: "a:b"}}}},
			"class":           {Conversation: c, Outbox: []bot.Envelope{{ID: "e", Chat: home, Class: 2}}},
			"foreign code":    {Conversation: c, Secrets: []bot.Secret{{Code: s.NewCode(shardOfAnother), Until: start.Add(1)}}},
			"made-up code":    {Conversation: c, Secrets: []bot.Secret{{Code: "abc", Until: start.Add(1)}}},
		} {
			p.unchanged(t, name, func() {
				err := s.Commit(t.Context(), commit)
				if err == nil || errors.Is(err, bot.ErrConflict) || errors.Is(err, bot.ErrSeen) {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
	})
}

func TestOneOfFiftyWins(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		for round := range 3 {
			at := load(t, s, "wren")
			var won, lost atomic.Int64
			var group sync.WaitGroup
			for range 50 {
				group.Go(func() {
					mine := *at
					mine.Zone = "Europe/London"
					switch err := s.Commit(t.Context(), bot.Commit{
						Conversation: &mine,
						Outbox:       []bot.Envelope{say(&mine, 0, bot.Answer, "text")},
						Journal:      []bot.Entry{{What: "answer"}},
					}); {
					case err == nil:
						won.Add(1)
					case errors.Is(err, bot.ErrConflict):
						lost.Add(1)
					default:
						t.Error(err)
					}
				})
			}
			group.Wait()
			if won.Load() != 1 || lost.Load() != 49 {
				t.Errorf("round %d: %d won and %d lost", round, won.Load(), lost.Load())
			}
			if got := load(t, s, "wren"); got.Version != uint64(round+1) {
				t.Errorf("round %d: version %d", round, got.Version)
			}
		}
		lines, err := s.Journal(t.Context(), "wren", 0, -1)
		if err != nil || len(lines) != 3 {
			t.Errorf("%d lines in the journal, %v", len(lines), err)
		}
	})
}

// takeUpdate is what a turn does with one update: load, step, commit, and again
// after a conflict.
func takeUpdate(t *testing.T, s *Store, id, operation string) error {
	for {
		c, err := s.Load(t.Context(), id)
		if err != nil {
			return err
		}
		err = s.Commit(t.Context(), bot.Commit{
			Conversation: c,
			Operation:    operation,
			Journal:      []bot.Entry{{At: start, What: "answer", Name: operation}},
			Outbox:       []bot.Envelope{say(c, 0, bot.Answer, operation)},
		})
		if !errors.Is(err, bot.ErrConflict) {
			return err
		}
	}
}

func TestSameOperationFiveTimesAtOnceOnTwoReplicas(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		replicas := []*Store{p.open(t), p.open(t)}
		var done, seen atomic.Int64
		var group sync.WaitGroup
		for i := range 5 {
			for _, operation := range []string{"telegram:1", "telegram:2", "slack:Ev1"} {
				group.Go(func() {
					switch err := takeUpdate(t, replicas[i%2], "wren", operation); {
					case err == nil:
						done.Add(1)
					case errors.Is(err, bot.ErrSeen):
						seen.Add(1)
					default:
						t.Error(err)
					}
				})
			}
		}
		group.Wait()
		if done.Load() != 3 || seen.Load() != 12 {
			t.Errorf("%d done and %d seen, want 3 and 12", done.Load(), seen.Load())
		}
		s := replicas[0]
		lines, err := s.Journal(t.Context(), "wren", 0, -1)
		if err != nil || len(lines) != 3 || load(t, s, "wren").Version != 3 {
			t.Errorf("journal %v, version %d, %v", lines, load(t, s, "wren").Version, err)
		}
	})
}

func TestOperationsAreForgottenAfterTheirTime(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		again := func(c *bot.Conversation) error {
			return s.Commit(t.Context(), bot.Commit{Conversation: c, Operation: "telegram:1"})
		}
		c := turn(t, s, load(t, s, "wren"), func(c *bot.Commit) { c.Operation = "telegram:1" })
		p.later(48 * time.Hour)
		c = turn(t, s, c, func(c *bot.Commit) { c.Operation = "telegram:2" })
		if err := again(c); !errors.Is(err, bot.ErrSeen) {
			t.Errorf("48 hours later: %v", err)
		}
		p.later(2 * time.Hour)
		c = turn(t, s, load(t, s, "wren"), func(c *bot.Commit) { c.Operation = "telegram:3" })
		if err := again(c); err != nil {
			t.Errorf("50 hours later: %v", err)
		}
		// The same operation of another conversation is another one.
		turn(t, s, load(t, s, "robin"), func(c *bot.Commit) { c.Operation = "telegram:1" })
	})
}

func TestNoOperationLeavesTheVersionToTell(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		c := turn(t, s, load(t, s, "wren"), nil)
		stale := load(t, p.open(t), "wren")
		turn(t, s, c, nil)
		if err := s.Commit(t.Context(), bot.Commit{Conversation: stale}); !errors.Is(err, bot.ErrConflict) {
			t.Error(err)
		}
	})
}

// The index of what is urgent follows the commit as the due index does.
func TestUrgentFollowsTheCommit(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		key := s.keys.urgent(s.keys.shard("wren"))
		at := func(want time.Time) {
			t.Helper()
			ms, ok := p.score(t, key, "wren")
			if ok == want.IsZero() || ok && int64(ms) != want.UnixMilli() {
				t.Errorf("urgent at %v, %v; want %v", int64(ms), ok, want)
			}
		}
		urgent := func(due, urgent time.Duration, exactly bool) func(*bot.Commit) {
			return func(c *bot.Commit) {
				c.Due, c.Urgent, c.DueExactly = start.Add(due), start.Add(urgent), exactly
			}
		}
		c := turn(t, s, load(t, s, "wren"), func(c *bot.Commit) { c.Due = start.Add(time.Hour) })
		at(time.Time{})
		c = turn(t, s, c, urgent(time.Hour, 2*time.Hour, false))
		at(start.Add(2 * time.Hour))
		c = turn(t, s, c, urgent(time.Hour, 90*time.Minute, false))
		at(start.Add(90 * time.Minute))
		c = turn(t, s, c, urgent(time.Hour, 2*time.Hour, true))
		at(start.Add(2 * time.Hour))
		c = turn(t, s, c, urgent(time.Minute, time.Minute, false))
		at(start.Add(time.Minute))
		turn(t, s, c, func(c *bot.Commit) { c.Due, c.DueExactly = start.Add(time.Hour), true })
		at(time.Time{})
	})
}

func TestDueFollowsTheCommit(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		due := s.keys.due(s.keys.shard("wren"))
		c := turn(t, s, load(t, s, "wren"), func(c *bot.Commit) { c.Due = start.Add(time.Hour) })
		if ms, ok := p.score(t, due, "wren"); !ok || int64(ms) != start.Add(time.Hour).UnixMilli() {
			t.Errorf("due at %v, %v", ms, ok)
		}
		c = turn(t, s, c, func(c *bot.Commit) { c.Due = start.Add(2 * time.Hour) })
		if ms, _ := p.score(t, due, "wren"); int64(ms) > start.Add(2*time.Hour).UnixMilli() {
			t.Errorf("later than its timer: due at %v", ms)
		}
		c = turn(t, s, c, func(c *bot.Commit) { c.Due, c.DueExactly = start.Add(3*time.Hour), true })
		if ms, _ := p.score(t, due, "wren"); int64(ms) != start.Add(3*time.Hour).UnixMilli() {
			t.Errorf("not moved on by a timer's turn: due at %v", ms)
		}
		c = turn(t, s, c, func(c *bot.Commit) { c.Due = start.Add(time.Minute) })
		if ms, _ := p.score(t, due, "wren"); int64(ms) != start.Add(time.Minute).UnixMilli() {
			t.Errorf("not moved to an earlier timer: due at %v", ms)
		}
		turn(t, s, c, func(c *bot.Commit) { c.DueExactly = true })
		if _, ok := p.score(t, due, "wren"); ok {
			t.Error("due without a timer")
		}
	})
}

func TestKeyIsOneForLifeAndAnotherForEach(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		wrapped := func(id string) []byte {
			b, err := p.raw.HGet(t.Context(), s.keys.conversation(id), "k").Bytes()
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		c := turn(t, s, load(t, s, "wren"), nil)
		first := wrapped("wren")
		turn(t, s, c, nil)
		if !bytes.Equal(first, wrapped("wren")) {
			t.Error("the key changed with a turn")
		}
		turn(t, s, load(t, s, "robin"), nil)
		if bytes.Equal(first, wrapped("robin")) {
			t.Error("two conversations share a key")
		}
	})
}
