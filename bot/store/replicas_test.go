package store

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"onestep/bot"
)

func TestOutboxIsFenced(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		c := load(t, s, "wren")
		turn(t, s, c, func(m *bot.Commit) { m.Outbox = []bot.Envelope{say(c, 0, bot.Answer, "text")} })
		old := hold(t, s, "wren", "me")
		e := take(t, s, old, start)[0]
		// We froze, the lease ran out, and another took over.
		if err := p.raw.Del(t.Context(), s.keys.owner(old.Name)).Err(); err != nil {
			t.Fatal(err)
		}
		fresh := hold(t, s, "wren", "you")
		if fresh.Fence <= old.Fence {
			t.Fatalf("fence %d after %d", fresh.Fence, old.Fence)
		}
		forged := old
		forged.Fence = fresh.Fence
		for name, l := range map[string]bot.Lease{"the old lease": old, "a forged lease": forged} {
			p.unchanged(t, name, func() {
				if _, err := s.Settle(t.Context(), l, e, bot.Outcome{Done: true}); !errors.Is(err, bot.ErrFenced) {
					t.Errorf("%s: settle: %v", name, err)
				}
				if _, _, err := s.TakeReady(t.Context(), l, start.Add(time.Hour), rooms(1), time.Minute); !errors.Is(err, bot.ErrFenced) {
					t.Errorf("%s: take: %v", name, err)
				}
			})
		}
		// The holder before is fenced out, so its attempts need not be waited for.
		again := take(t, s, fresh, start.Add(time.Second))
		if len(again) != 1 || !again[0].Unsure {
			t.Errorf("taken over as %+v", again)
		}
	})
}

// Three replicas work at one shard, the lease changing hands: each message
// leaves once, and in order.
func TestReplicasShareDelivery(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		const people, turns = 4, 10
		s := p.open(t)
		ids := inShard(s, people)
		for _, id := range ids {
			c := load(t, s, id)
			for n := range turns {
				c = turn(t, s, c, func(m *bot.Commit) {
					m.Outbox = []bot.Envelope{say(c, 0, bot.Answer, fmt.Sprintf("%d", n))}
				})
			}
		}
		var mu sync.Mutex
		sent := make(map[string][]string)
		left := people * turns
		deadline := time.Now().Add(time.Minute)
		var group sync.WaitGroup
		for n := range 3 {
			mine := p.open(t)
			group.Go(func() {
				for {
					mu.Lock()
					done := left == 0
					mu.Unlock()
					if done {
						return
					}
					if time.Now().After(deadline) {
						t.Error("not all was sent within a minute")
						return
					}
					l, ok, err := mine.Acquire(t.Context(), bot.Shard(s.keys.shard("wren")), fmt.Sprint(n), time.Minute)
					if err != nil {
						t.Error(err)
						return
					}
					if !ok {
						continue
					}
					taken, _, err := mine.TakeReady(t.Context(), l, start, rooms(3), time.Minute)
					if err != nil {
						t.Error(err)
						return
					}
					for _, e := range taken {
						mu.Lock()
						sent[e.Conversation] = append(sent[e.Conversation], e.Text)
						left--
						mu.Unlock()
						if _, err := mine.Settle(t.Context(), l, e, bot.Outcome{Done: true}); err != nil {
							t.Error(err)
							return
						}
					}
					if err := mine.Release(t.Context(), l); err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
		group.Wait()
		for _, id := range ids {
			if got := strings.Join(sent[id], " "); got != "0 1 2 3 4 5 6 7 8 9" {
				t.Errorf("%s got %s", id, got)
			}
		}
	})
}
