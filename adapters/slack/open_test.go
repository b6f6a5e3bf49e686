package slack

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"onestep/adapters/adaptertest/slackfake"
	"onestep/bot"
)

// fast is how much faster than the real one the Slack of these tests runs.
const fast = 60

// queue is an outbox with one shard, and the places of all platforms.
type queue struct {
	mu      sync.Mutex
	waiting []bot.Leased
	done    map[string]string
	refused []string
	places  map[string]map[int]string
}

func (q *queue) TakeReady(_ context.Context, _ bot.Lease, _ time.Time, rooms []bot.Room, _ time.Duration) (taken []bot.Leased, more []bool, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	more = make([]bool, len(rooms))
	for i, r := range rooms {
		var left []bot.Leased
		for _, l := range q.waiting {
			switch {
			case l.Chat.Platform != r.Platform || l.Class != r.Class:
				left = append(left, l)
			case r.Most > 0:
				r.Most--
				taken = append(taken, l)
			default:
				left = append(left, l)
				more[i] = true
			}
		}
		q.waiting = left
	}
	return taken, more, nil
}

func (q *queue) Settle(_ context.Context, _ bot.Lease, l bot.Leased, o bot.Outcome) (bool, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if o.Done || o.Dead {
		q.done[l.ID] = o.Reason
		return false, nil
	}
	if !o.Untried {
		q.refused = append(q.refused, l.ID+": "+o.Reason)
	}
	q.waiting = append(q.waiting, l)
	return true, nil
}

func (q *queue) Places(_ context.Context, platform string, a bot.Ask) (g bot.Given, err error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.places[platform] == nil {
		q.places[platform] = map[int]string{}
	}
	by := q.places[platform]
	for _, b := range a.Back {
		if by[b.N] == b.By {
			delete(by, b.N)
		}
	}
	wanted := a.Answers + a.Planned
	for n := range a.All {
		if by[n] == "" && wanted > 0 {
			by[n] = a.ID
			g.Places = append(g.Places, n)
			wanted--
		} else if by[n] != "" {
			g.Held = append(g.Held, bot.Place{N: n, By: by[n]})
		}
	}
	return g, nil
}

func (q *queue) Hold(context.Context, string, time.Duration) error { return errors.New("too fast") }

// unmetered counts nothing.
type unmetered struct{}

func (unmetered) Turn(string, string, time.Duration) {}
func (unmetered) Send(string, string, time.Duration) {}

// broadcast sends one message to each of so many people through the adapter of a
// process that has just begun, and tells what was refused.
func broadcast(t *testing.T, people int, doors bool) (s *slackfake.Slack, q *queue) {
	s = home(t, slackfake.Config{})
	s.Limit(slackfake.RealLimits().Times(fast))
	a, _ := adapterAt(t, s, brisk())
	limits := UsualLimits().Times(fast)
	a.cfg.Limits = &limits
	q = &queue{done: map[string]string{}, places: map[string]map[int]string{}}
	for i := range people {
		id := fmt.Sprintf("U%d", i+1)
		s.Person(id)
		e := bot.Envelope{ID: "to " + id, Chat: private(id), Text: "hello"}
		if doors {
			e.Door = "D" + id
		}
		q.waiting = append(q.waiting, bot.Leased{Envelope: e, Tries: 1})
	}
	d := &bot.Delivery{
		Bot:    &bot.Bot{Now: time.Now, Log: slog.New(slog.DiscardHandler), Meter: unmetered{}},
		Outbox: q, Budget: q, Adapters: map[string]bot.Adapter{Platform: a}, Wall: time.Now,
	}
	ctx, stop := context.WithCancel(t.Context())
	var work sync.WaitGroup
	hold := bot.Hold{Lease: bot.Lease{Name: bot.Shard(0), Fence: 1}}
	work.Go(func() { d.Work(ctx, func() bot.Hold { return hold }, make(chan struct{}, 1)) })
	defer work.Wait()
	defer stop()
	eventually(t, "all have their message", func() bool {
		q.mu.Lock()
		defer q.mu.Unlock()
		return len(q.done) == people
	})
	return s, q
}

// A restart knows where to post from what lies in the outbox: nobody's chat is opened
// again, and no limit is passed.
func TestABroadcastAfterARestartOpensNobodysChatAgain(t *testing.T) {
	t.Parallel()
	s, q := broadcast(t, 120, true)
	if n := s.Calls("conversations.open"); n != 0 || len(s.TooFast()) != 0 || len(q.refused) != 0 {
		t.Errorf("%d chats opened; too fast: %v; refused: %q", n, s.TooFast(), q.refused)
	}
}

// Chats that are not known are opened as fast as Slack allows and no faster.
func TestOpeningManyChatsEarnsNoRefusal(t *testing.T) {
	t.Parallel()
	s, q := broadcast(t, 120, false)
	if n := s.Calls("conversations.open"); n != 120 || len(s.TooFast()) != 0 || len(q.refused) != 0 {
		t.Errorf("%d chats opened, want 120; too fast: %v; refused: %q", n, s.TooFast(), q.refused)
	}
}
