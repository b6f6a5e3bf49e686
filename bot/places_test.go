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
	far := r.fails(once)
	r.mu.Lock()
	defer r.mu.Unlock()
	d := time.Duration(r.random.Int64N(int64(4 * time.Millisecond)))
	if far {
		d += time.Duration(r.random.Int64N(int64(most)))
	}
	return d
}

// fails is true once in so many times, until all is calm.
func (r *replica) fails(once int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.random.IntN(once) == 0 && !r.calm
}

// Places is the way to the budget and back: either may take long, and be lost.
func (r *replica) Places(ctx context.Context, platform string, a Ask) (Given, error) {
	r.thaw()
	time.Sleep(r.moment(20, time.Second))
	lost := r.fails(300)
	r.mu.Lock()
	dead := r.dead
	r.mu.Unlock()
	if dead {
		return Given{}, errors.New("made up by the test")
	}
	got, err := r.shared.Places(ctx, platform, a)
	once := 20
	if len(a.Back) > 0 { // others may have these by now
		once = 4
	}
	time.Sleep(r.moment(once, time.Second))
	r.thaw()
	if lost {
		return Given{}, errors.New("made up by the test")
	}
	return got, err
}

// send makes the calls of one message, as an adapter does, and notes when each
// arrives at the platform. Some are called off before they have a place, and some
// calls are given up before they arrive.
func (r *replica) send(ctx context.Context, class Class, lent bool, d *arrivals) {
	waits := time.Hour
	if r.fails(3) {
		waits = r.moment(2, 200*time.Millisecond)
	}
	waiting, done := context.WithTimeout(ctx, waits)
	defer done()
	got, err := r.wait(waiting, class, lent)
	if err != nil || got.held == nil {
		return
	}
	r.thaw()
	s := &seat{p: r.pacer, class: class, place: got.held}
	defer s.leaves()
	ctx = seated(ctx, s)
	for more := true; more; more = r.fails(6) {
		end, err := Begin(ctx)
		if err != nil {
			return
		}
		time.Sleep(r.moment(100, time.Second)) // for a connection
		r.thaw()
		body, _ := InTime(ctx, io.NopCloser(strings.NewReader("text=hello")), nil)
		if _, err := io.ReadAll(body); err != nil {
			end(err)
			return
		}
		onTheWay := r.moment(50, arriveIn-leaveIn-4*time.Millisecond)
		if r.fails(30) {
			end(context.Canceled)
			time.Sleep(onTheWay)
			d.arrives(s.call.N)
			return
		}
		time.Sleep(onTheWay)
		d.arrives(s.call.N)
		time.Sleep(r.moment(50, 10*time.Second))
		r.thaw()
		end(nil)
	}
}

// arrivals are when calls arrived at the platform, by the place that carried them.
type arrivals struct {
	mu sync.Mutex
	at map[int][]time.Time
}

func (a *arrivals) arrives(place int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.at[place] = append(a.at[place], time.Now())
}

// closest is the shortest time between two calls of one place.
func (a *arrivals) closest() time.Duration {
	closest := time.Hour
	for _, all := range a.at {
		for i := range all[1:] {
			closest = min(closest, all[i+1].Sub(all[i]))
		}
	}
	return closest
}

// all are in order.
func (a *arrivals) all() (all []time.Time) {
	for _, at := range a.at {
		all = append(all, at...)
	}
	return slices.SortedFunc(slices.Values(all), time.Time.Compare)
}

// Whatever happens between taking places and arriving (replicas that stand still,
// die, come and go, ways that take long, answers that are lost, messages that are
// called off and calls that are given up, a budget whose clock is set forward and
// back), no place carries two calls within its rest, and so no second of the
// platform's holds more than it takes; and when all is calm again, they get through.
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
	budget, d := &shared{}, &arrivals{at: map[int][]time.Time{}}
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
	if closest := d.closest(); closest < 30*testEvery {
		t.Errorf("a place carried two calls within %v\n%s", closest, told)
	}
	all := d.all()
	if n := most(all, time.Second); n > 30 {
		t.Errorf("%d in one second\n%s", n, told)
	}
	i, _ := slices.BinarySearchFunc(all, calm, time.Time.Compare)
	if n := len(all) - i; n < 120 {
		t.Errorf("only %d arrived in the last five seconds\n%s", n, told)
	}
}
