package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
	"onestep/bot/store/redistest"
)

// Slots move from master to master while people write, some keys at a time, so
// that a shard is here and there meanwhile. Nobody is refused.
func TestSlotsMoveUnderLoad(t *testing.T) {
	t.Parallel()
	own := redistest.StartCluster(t, 3, 0)
	p := newPlaceOf(t, own.URL("?replicas=0"), own.Client(t))
	s := p.open(t)
	crowd := gather(t, s, 16)
	crowd.goesOn(goesOnWithin)
	for range 3 {
		for shard := range s.keys.shards {
			slot := own.Slot(s.keys.due(shard))
			own.Move(slot, (own.Owner(slot)+1)%3, 3, 5*time.Millisecond)
		}
		crowd.goesOn(goesOnWithin)
	}
	crowd.check()
	if n := crowd.refused.Load(); n > 0 {
		t.Errorf("%d calls failed, the last: %v", n, *crowd.last.Load())
	}
	// That it was so: the nodes counted what they said.
	var mu sync.Mutex
	said := ""
	if err := each(t.Context(), p.raw, func(ctx context.Context, c *redis.Client) error {
		mu.Lock()
		defer mu.Unlock()
		said += c.Info(ctx, "errorstats").Val()
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	for _, word := range []string{"MOVED", "ASK", "TRYAGAIN"} {
		if !strings.Contains(said, "errorstat_"+word+":") {
			t.Errorf("no node said %s, so this proves nothing:\n%s", word, said)
		}
	}
}

// Every call of the store works while the slot of its shard is half moved, if
// only when the move ends.
func TestEveryCallWhileItsSlotMoves(t *testing.T) {
	t.Parallel()
	own := redistest.StartCluster(t, 3, 0)
	p := newPlaceOf(t, own.URL("?replicas=0"), own.Client(t))
	s := p.open(t)
	l := hold(t, s, "wren", "me")
	for n := range 3 {
		if err := takeUpdate(t, s, "wren", fmt.Sprint(n)); err != nil {
			t.Fatal(err)
		}
	}
	all(t, calls(s, l), func(string, error, time.Duration) {}) // so that each has its keys
	slots := map[int]bool{}
	for _, key := range p.keysNow(t) {
		slots[own.Slot(p.prefix+key)] = true
	}
	var moving sync.WaitGroup
	moving.Go(func() {
		for slot := range slots {
			own.Move(slot, (own.Owner(slot)+1)%3, 1, 20*time.Millisecond)
		}
	})
	moved := make(chan struct{})
	go func() { moving.Wait(); close(moved) }()
	rounds := 0
	for ended := false; !ended; rounds++ {
		select {
		case <-moved:
			ended = true
		default:
		}
		all(t, calls(s, l), func(name string, err error, took time.Duration) {
			if err != nil && !errors.Is(err, bot.ErrConflict) {
				t.Errorf("%s: %v after %v", name, err, took)
			}
		})
	}
	t.Logf("%d slots moved during %d rounds of all calls", len(slots), rounds)
}

// One master is away. Those whose data is on it wait, the others notice
// nothing, and when it is back everybody goes on.
func TestOneMasterOfAClusterIsAway(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string]struct {
		breaks, mends func(*redistest.Server)
	}{
		"killed": {func(s *redistest.Server) { s.Kill() }, func(s *redistest.Server) { s.Restart() }},
		"frozen": {func(s *redistest.Server) { s.Freeze() }, func(s *redistest.Server) { s.Thaw() }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			own := redistest.StartCluster(t, 3, 0, "--cluster-require-full-coverage", "no")
			p := newPlaceOf(t, own.URL("?replicas=0"), own.Client(t))
			s := p.open(t)
			away := own.Owner(own.Slot(s.keys.due(0)))
			there, elsewhere := gatherOn(t, s, 6, func(id string) bool {
				return own.Owner(own.Slot(s.keys.conversation(id))) == away
			})
			there.goesOn(goesOnWithin)
			elsewhere.goesOn(goesOnWithin)

			fault.breaks(own.Servers[away])
			there.stands(300 * time.Millisecond)
			elsewhere.goesOn(goesOnWithin)
			var said *CheckError
			for end := time.Now().Add(2 * soon); said == nil; {
				ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
				said, _ = s.Ready(ctx).(*CheckError)
				cancel()
				if time.Now().After(end) {
					t.Fatal("it says that it is ready")
				}
			}
			elsewhere.goesOn(goesOnWithin)

			fault.mends(own.Servers[away])
			mended := time.Now()
			there.goesOn(2 * goesOnWithin)
			elsewhere.goesOn(goesOnWithin)
			t.Logf("everybody went on %v after it was back; of those elsewhere %d calls had failed", time.Since(mended), elsewhere.refused.Load())
			if n := elsewhere.refused.Load(); n > 0 {
				t.Errorf("%d calls of people elsewhere failed, the last: %v", n, *elsewhere.last.Load())
			}
			there.check()
			elsewhere.check()
		})
	}
}

// A master of the cluster dies, its replica takes over, and the dead one comes
// back as the replica of that. What had to be on a replica first is not lost.
func TestWhatClusterFailoverLoses(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]struct {
		query string
		bound time.Duration
	}{"confirmed": {"", 0}, "not confirmed": {"?replicas=0", time.Second}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var l losses
			for range *rounds {
				own := redistest.StartCluster(t, 3, 1)
				p := newPlaceOf(t, own.URL(f.query), own.Client(t))
				s := p.open(t)
				if err := s.Check(t.Context()); err != nil {
					t.Error(err)
				}
				slot := own.Slot(s.keys.due(0))
				dead := own.Owner(slot)
				l.round(gather(t, s, 12), func() { own.Servers[dead].Kill() }, func() {
					own.TakenOver(slot, dead)
					own.Servers[dead].Restart()
				})
				own.Stop()
			}
			l.tell(t)
			if f.bound == 0 && l.lost > 0 || l.oldest > f.bound {
				t.Errorf("%d were lost, the oldest acknowledged %v before; the bound is %v", l.lost, l.oldest, f.bound)
			}
		})
	}
}

// slowReader holds back the first command of a name until it is let go.
type slowReader struct {
	nothingAtDial
	hold  func() // before that command
	heard func() // after another one
	once  *sync.Once
}

func (slowReader) ProcessHook(next redis.ProcessHook) redis.ProcessHook { return next }

func (r slowReader) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, commands []redis.Cmder) error {
		if commands[0].Name() == "hmget" {
			r.once.Do(r.hold)
			return next(ctx, commands)
		}
		defer r.heard()
		return next(ctx, commands)
	}
}

// A chat is given to another conversation while a replica reads whose it is, from two
// masters: the replica does not believe for ever that it is what it was.
func TestAChatThatMovesWhileItIsRead(t *testing.T) {
	t.Parallel()
	own := cluster()
	p := newPlaceOf(t, own.URL("?replicas=0"), own.Client(t))
	here, there := p.open(t), p.open(t)
	chat, id := home, ""
	for n := 0; id == "" || own.Owner(own.Slot(here.keys.conversation(id))) == own.Owner(own.Slot(here.keys.chat(id))); n++ {
		chat.ID = fmt.Sprint(n)
		id = here.chatHash(chat)
	}
	turn(t, there, load(t, there, id), nil)
	pointed := make(chan struct{})
	here.reads.AddHook(slowReader{
		once: &sync.Once{}, heard: sync.OnceFunc(func() { close(pointed) }),
		hold: func() {
			select {
			case <-pointed:
			case <-time.After(200 * time.Millisecond): // whose it is, is read later
			}
			if err := there.Move(t.Context(), chat, "robin"); err != nil {
				t.Error(err)
			}
		},
	})
	for n, want := range []string{"", "robin"} {
		c, err := here.Meet(t.Context(), chat)
		if err != nil {
			t.Fatal(err)
		}
		if want != "" && c.ID != want {
			t.Errorf("after the move it is met as %s, want %s", c.ID, want)
		}
		if err := here.Commit(t.Context(), bot.Commit{Conversation: c, Operation: fmt.Sprint(n)}); err != nil && !errors.Is(err, bot.ErrConflict) {
			t.Fatal(err)
		}
	}
}
