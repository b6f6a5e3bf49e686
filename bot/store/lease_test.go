package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

func TestLeases(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		acquire := func(holder string) (bot.Lease, bool) {
			l, ok, err := s.Acquire(t.Context(), "telegram", holder, time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			return l, ok
		}
		mine, ok := acquire("me")
		if !ok || mine != (bot.Lease{Name: "telegram", Holder: "me", Fence: 1}) {
			t.Fatalf("got %+v, %v", mine, ok)
		}
		if ttl := p.raw.PTTL(t.Context(), s.keys.owner("telegram")).Val(); ttl <= 0 || ttl > time.Minute {
			t.Errorf("it lives %v", ttl)
		}
		if l, ok := acquire("you"); ok {
			t.Errorf("two holders: %+v", l)
		}
		// Nearly over, and renewed.
		if err := p.raw.PExpire(t.Context(), s.keys.owner("telegram"), 20*time.Second).Err(); err != nil {
			t.Fatal(err)
		}
		if again, ok := acquire("me"); !ok || again != mine {
			t.Errorf("renewed as %+v, %v", again, ok)
		}
		if ttl := p.raw.PTTL(t.Context(), s.keys.owner("telegram")).Val(); ttl <= 30*time.Second {
			t.Errorf("renewed for %v", ttl)
		}
		if err := s.Release(t.Context(), mine); err != nil {
			t.Fatal(err)
		}
		yours, ok := acquire("you")
		if !ok || yours.Fence != 2 {
			t.Errorf("after release: %+v, %v", yours, ok)
		}
		// Ours is over: giving it back takes nothing from the new holder.
		if err := s.Release(t.Context(), mine); err != nil {
			t.Fatal(err)
		}
		if _, ok := acquire("me"); ok {
			t.Error("a lease that was over gave back another's")
		}
		// It runs out.
		if err := p.raw.Del(t.Context(), s.keys.owner("telegram")).Err(); err != nil {
			t.Fatal(err)
		}
		if l, ok := acquire("you"); !ok || l.Fence != 3 {
			t.Errorf("taken anew by the same holder: %+v, %v; the fence must grow", l, ok)
		}
		for _, name := range []string{"", "a{b}"} {
			if _, _, err := s.Acquire(t.Context(), name, "me", time.Minute); err == nil {
				t.Errorf("a lease on %q", name)
			}
		}
	})
}

// A lease ends by the clock of Redis alone.
func TestLeaseRunsOut(t *testing.T) {
	t.Parallel()
	p := newPlace(t, server.URL())
	s := p.open(t)
	if _, ok, err := s.Acquire(t.Context(), "telegram", "me", 20*time.Millisecond); err != nil || !ok {
		t.Fatal(ok, err)
	}
	deadline := time.Now().Add(10 * time.Second)
	for {
		l, ok, err := s.Acquire(t.Context(), "telegram", "you", time.Minute)
		if err != nil {
			t.Fatal(err)
		}
		if ok {
			if l.Fence != 2 {
				t.Errorf("fence %d", l.Fence)
			}
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("it never ran out")
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestAttend(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		for _, step := range []struct {
			holder string
			want   int
		}{{"me", 1}, {"you", 2}, {"me", 2}} {
			if n, err := s.Attend(t.Context(), step.holder, time.Minute); err != nil || n != step.want {
				t.Errorf("%s: %d alive, %v; want %d", step.holder, n, err, step.want)
			}
		}
		if ttl := p.raw.PTTL(t.Context(), s.keys.alive()).Val(); ttl <= 0 || ttl > time.Minute {
			t.Errorf("the list lives %v", ttl)
		}
		// One falls silent: its time is up.
		if err := p.raw.ZAdd(t.Context(), s.keys.alive(), redis.Z{Score: 1, Member: "you"}).Err(); err != nil {
			t.Fatal(err)
		}
		if n, err := s.Attend(t.Context(), "me", time.Minute); err != nil || n != 1 {
			t.Errorf("%d alive, %v; want 1", n, err)
		}
		// One goes, and says so; it need not be there.
		for range 2 {
			if err := s.Leave(t.Context(), "me"); err != nil {
				t.Fatal(err)
			}
		}
		if n, err := s.Attend(t.Context(), "you", time.Minute); err != nil || n != 1 {
			t.Errorf("%d alive, %v; want 1", n, err)
		}
		// A short one must not shorten the life of the list.
		if _, err := s.Attend(t.Context(), "brief", 10*time.Millisecond); err != nil {
			t.Fatal(err)
		}
		if ttl := p.raw.PTTL(t.Context(), s.keys.alive()).Val(); ttl < 30*time.Second {
			t.Errorf("the list lives %v", ttl)
		}
	})
}

// A second run at the same place says that it has arrived, and what the first
// left behind is free at once; a run at another place waits for the lease to end.
func TestLeaseOfAnotherRunAtTheSamePlace(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		acquire := func(name, holder string) (bot.Lease, bool) {
			l, ok, err := s.Acquire(t.Context(), name, holder, time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			return l, ok
		}
		attend := func(holder string) int {
			n, err := s.Attend(t.Context(), holder, time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		arrive := func(holder string) int {
			n, err := s.Arrive(t.Context(), holder, "telegram")
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		one, two, there := bot.Holder("here :8080", "one"), bot.Holder("here :8080", "two"), bot.Holder("there :8080", "one")
		if n := arrive(one); n != 0 {
			t.Errorf("the first run ended %d leases", n)
		}
		first, _ := acquire("s00", one)
		acquire("telegram", one)
		if n := attend(one); n != 1 {
			t.Errorf("%d alive, want 1", n)
		}
		if _, ok := acquire("s00", there); ok {
			t.Error("another place took a lease that is held")
		}
		if n := arrive(there); n != 0 || attend(there) != 2 {
			t.Error("another place ended what was not its own")
		}
		if _, ok := acquire("s00", two); ok {
			t.Error("the next run took a lease without a word")
		}
		if n := arrive(two); n != 2 {
			t.Errorf("the next run ended %d leases, want 2", n)
		}
		second, ok := acquire("s00", two)
		if !ok || second.Fence <= first.Fence {
			t.Errorf("the next run got %v with fence %d after %d", ok, second.Fence, first.Fence)
		}
		if _, _, err := s.TakeReady(t.Context(), first, start, nil, time.Minute); !errors.Is(err, bot.ErrFenced) {
			t.Errorf("the run that is over: %v", err)
		}
		if n := attend(two); n != 2 {
			t.Errorf("%d alive, want 2: the run that is over counts no more", n)
		}
		// Two machines of one name: the first is alive after all. They share,
		// and neither takes anything from the other.
		if n := attend(one); n != 3 {
			t.Errorf("%d alive, want 3", n)
		}
		if _, ok := acquire("s00", one); ok {
			t.Error("it takes its lease back, and so they would for ever")
		}
		if _, ok := acquire("s01", one); !ok {
			t.Error("it cannot take what is free")
		}
		if again, ok := acquire("s00", two); !ok || again != second {
			t.Errorf("renewed as %+v, %v", again, ok)
		}
	})
}

// Whoever gives a lease back and takes it again has another one, since the word of the
// giving back may be carried out late: that ends nothing then.
func TestALeaseThatIsGivenBackLate(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		acquire := func(holder string) (bot.Lease, bool) {
			l, ok, err := s.Acquire(t.Context(), "s00", holder, time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			return l, ok
		}
		first, _ := acquire("me")
		lost, cancel := context.WithCancel(t.Context())
		cancel()
		if err := s.Release(lost, first); err == nil {
			t.Fatal("the word was not lost on its way, so this proves nothing")
		}
		again, ok := acquire("me")
		if !ok || again.Fence <= first.Fence {
			t.Errorf("taken again: %+v, %v, after %+v", again, ok, first)
		}
		if err := s.Release(t.Context(), first); err != nil {
			t.Fatal(err)
		}
		if l, ok := acquire("you"); ok {
			t.Errorf("another has it as well: %+v", l)
		}
	})
}

// Whoever let a lease run out, took it again and did not hear so has its attempts in
// hand still.
func TestALeaseTakenUnheard(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		s := p.open(t)
		turn(t, s, load(t, s, "wren"), func(c *bot.Commit) {
			c.Outbox = []bot.Envelope{say(c.Conversation, 0, bot.Answer, "hello")}
		})
		l := hold(t, s, "wren", "me")
		got := take(t, s, l, start)
		if len(got) != 1 {
			t.Fatalf("took %d", len(got))
		}
		// It ran out, and was taken anew under a fence of which we know nothing.
		if err := p.raw.Set(t.Context(), s.keys.owner(l.Name), "2 me", time.Minute).Err(); err != nil {
			t.Fatal(err)
		}
		if err := p.raw.Set(t.Context(), s.keys.fence(l.Name), 2, 0).Err(); err != nil {
			t.Fatal(err)
		}
		again := hold(t, s, "wren", "me")
		if again.Fence != 3 {
			t.Errorf("fence %d", again.Fence)
		}
		if twice := take(t, s, again, start); len(twice) != 0 {
			t.Error("what is in hand is handed out once more")
		}
		settle(t, s, again, got[0], bot.Outcome{Done: true, At: start})
	})
}
