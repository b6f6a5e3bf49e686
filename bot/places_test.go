package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// replica is one process on the way between messages, budget and platform. It can
// stand still, and die with all that it has in hand.
type replica struct {
	*shared
	*pacer

	mu     sync.Mutex
	random *rand.Rand
	until  time.Time // it stands still
	dead   bool
	calm   bool // no way takes long any more
}

func (r *replica) stand(d time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.until = time.Now().Add(d)
}

// thaw returns when the replica does not stand still.
func (r *replica) thaw() {
	r.mu.Lock()
	d := time.Until(r.until)
	r.mu.Unlock()
	time.Sleep(d)
}

// moment is mostly short, and once in so many times up to most.
func (r *replica) moment(once int, most time.Duration) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	d := time.Duration(r.random.Int64N(int64(4 * time.Millisecond)))
	if r.random.IntN(once) == 0 && !r.calm {
		d += time.Duration(r.random.Int64N(int64(most)))
	}
	return d
}

// Places is the way to the budget and back: either may take long, and be lost.
func (r *replica) Places(ctx context.Context, platform string, a Ask) (Given, error) {
	r.thaw()
	time.Sleep(r.moment(20, time.Second))
	r.mu.Lock()
	lost, dead := r.random.IntN(300) == 0 && !r.calm, r.dead
	r.mu.Unlock()
	if dead {
		return Given{}, errors.New("made up by the test")
	}
	got, err := r.shared.Places(ctx, platform, a)
	time.Sleep(r.moment(20, time.Second))
	r.thaw()
	if lost {
		return Given{}, errors.New("made up by the test")
	}
	return got, err
}

// send makes the calls of one message, as an adapter does, and notes when each
// arrives at the platform.
func (r *replica) send(ctx context.Context, class Class, lent bool, d *departures) {
	got, err := r.wait(ctx, class, lent)
	if err != nil || got.held == nil {
		return
	}
	r.thaw()
	s := &seat{p: r.pacer, class: class, place: got.held}
	defer s.leaves()
	ctx = seated(ctx, s)
	r.mu.Lock()
	parts := 1 + r.random.IntN(10)/9
	r.mu.Unlock()
	for range parts {
		end, err := Begin(ctx)
		if err != nil {
			return
		}
		time.Sleep(r.moment(100, time.Second)) // for a connection
		r.thaw()
		body, _ := InTime(ctx, io.NopCloser(strings.NewReader("text=hello")), nil)
		if _, err := io.ReadAll(body); err == nil {
			time.Sleep(r.moment(50, arriveIn-leaveIn-4*time.Millisecond))
			d.note(class)
			time.Sleep(r.moment(50, 10*time.Second))
		}
		r.thaw()
		end()
	}
}

// Whatever happens between taking places and arriving (replicas that stand still,
// die, come and go, ways that take long, answers that are lost, a budget whose clock
// is set forward and back), no second of the platform's holds more calls than it
// takes; and when all is calm again, they get through.
func TestNoSecondHoldsTooMany(t *testing.T) {
	t.Parallel()
	for seed := range uint64(40) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { anyHistory(t, rand.New(rand.NewPCG(seed, 5))) })
		})
	}
}

func anyHistory(t *testing.T, random *rand.Rand) {
	defer time.Sleep(time.Minute)
	budget, d := &shared{}, &departures{}
	var running sync.WaitGroup
	ctx, end := context.WithCancel(t.Context())
	var replicas []*replica
	stops := map[*replica]context.CancelFunc{}
	begin := func() {
		r := &replica{shared: budget, random: rand.New(rand.NewPCG(random.Uint64(), 1))}
		r.pacer = pace(r)
		own, stop := context.WithCancel(ctx)
		replicas, stops[r] = append(replicas, r), stop
		running.Go(func() {
			s := &shift{poke: func() {}}
			for own.Err() == nil {
				for range r.lend(8, s) {
					running.Go(func() {
						defer r.end(1)
						r.send(own, Planned, true, d)
					})
				}
				time.Sleep(20 * time.Millisecond)
			}
		})
		rate := time.Duration(1+random.IntN(400)) * time.Millisecond
		running.Go(func() {
			for own.Err() == nil {
				running.Go(func() { r.send(own, Answer, false, d) })
				time.Sleep(rate)
			}
		})
	}
	begin()
	began := time.Now()
	var told []string
	var dead []*replica
	for range 60 {
		time.Sleep(time.Duration(random.Int64N(int64(time.Second))))
		what := ""
		switch random.IntN(12) {
		case 0, 1, 2:
			long := time.Duration(random.Int64N(int64(3 * time.Second)))
			replicas[random.IntN(len(replicas))].stand(long)
			what = fmt.Sprintf("stands still for %v", long)
		case 3, 4:
			step := time.Duration(random.Int64N(int64(4*time.Second))) - 2*time.Second
			if random.IntN(2) == 0 {
				step *= 3600
			}
			budget.mu.Lock()
			budget.ahead += step
			budget.mu.Unlock()
			what = fmt.Sprintf("the clock is set by %v", step)
		case 5, 6:
			if len(replicas) < 4 {
				begin()
				what = "one more"
			}
		case 7:
			if len(replicas) > 1 {
				stops[replicas[0]]()
				replicas = replicas[1:]
				what = "one ends"
			}
		case 8:
			if len(replicas) > 1 {
				r := replicas[0]
				r.mu.Lock()
				r.dead = true
				r.mu.Unlock()
				stops[r]()
				replicas, dead = replicas[1:], append(dead, r)
				what = "one dies"
			}
		case 9:
			for _, r := range replicas {
				r.stand(2 * time.Second)
			}
			what = "all stand still"
		}
		told = append(told, fmt.Sprintf("%v %s", time.Since(began), what))
	}
	for _, r := range replicas {
		r.mu.Lock()
		r.calm = true
		r.mu.Unlock()
	}
	time.Sleep(20 * time.Second) // whatever it was, it is over
	calm := time.Now().Add(-5 * time.Second)
	end()
	running.Wait()
	for _, r := range dead { // so that nothing of it goes on after the test
		r.mu.Lock()
		r.dead = false
		r.mu.Unlock()
	}
	all := slices.SortedFunc(slices.Values(append(d.at[Planned], d.at[Answer]...)), time.Time.Compare)
	if n := most(all, time.Second); n > 30 {
		t.Errorf("%d in one second\n%s", n, told)
	}
	i, _ := slices.BinarySearchFunc(all, calm, time.Time.Compare)
	if n := len(all) - i; n < 120 {
		t.Errorf("only %d arrived in the last five seconds\n%s", n, told)
	}
}
