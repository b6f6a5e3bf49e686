package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

const testEvery = 33500 * time.Microsecond

var nobodyElse atomic.Int64

// pace is a pacer of one more replica, of a platform that takes 30 a second.
func pace(b Budget) *pacer {
	return newPacer("test", Limit{Every: testEvery, Burst: 30}, b, time.Now, "r"+strconv.FormatInt(nobodyElse.Add(1), 10))
}

// leave makes the call that a message was given a place for, and is false if it
// may not leave. The platform answers after so long.
func (p *pacer) leave(got pass, d *departures, class Class, after time.Duration) bool {
	if got.held == nil || !p.begin(got.held, class) {
		return false
	}
	d.note(class)
	time.Sleep(after)
	p.rested(got.held)
	return true
}

// departures are when messages left, by class.
type departures struct {
	mu sync.Mutex
	at [2][]time.Time
}

func (d *departures) note(class Class) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.at[class] = append(d.at[class], time.Now())
}

// sendAll sends n planned messages from so many shards, each of which takes in
// hand what it may.
func sendAll(ctx context.Context, p *pacer, shards, n int, d *departures) *sync.WaitGroup {
	var wg sync.WaitGroup
	left := make(chan struct{}, n)
	for range n {
		left <- struct{}{}
	}
	for range shards {
		wg.Go(func() {
			pokes := make(chan struct{}, 1)
			s := &shift{poke: func() {
				select {
				case pokes <- struct{}{}:
				default:
				}
			}}
			for len(left) > 0 && ctx.Err() == nil {
				lent := p.lend(8, s)
				for range lent {
					select {
					case <-left:
						wg.Go(func() {
							defer p.end(1)
							if got, err := p.wait(ctx, Planned, true); err == nil {
								p.leave(got, d, Planned, 5*time.Millisecond)
							}
						})
					default:
						p.giveBack(1)
						p.end(1)
					}
				}
				if lent == 0 {
					select {
					case <-pokes:
					case <-time.After(100 * time.Millisecond):
					}
				}
			}
		})
	}
	return &wg
}

// most is the largest number of instants within any span.
func most(all []time.Time, span time.Duration) int {
	most, from := 0, 0
	for i, at := range all {
		for !all[from].After(at.Add(-span)) {
			from++
		}
		most = max(most, i-from+1)
	}
	return most
}

// Two replicas together send nearly as fast as is allowed and never faster, and ask
// for places a few times a message at most.
func TestReplicasShareTheRate(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(2 * longHold) // whoever still asks for places sees that nobody waits
		const n = 3000
		budget, d, began := &shared{}, &departures{}, time.Now()
		one := sendAll(t.Context(), pace(budget), 16, n/2, d)
		sendAll(t.Context(), pace(budget), 16, n/2, d).Wait()
		one.Wait()
		if len(d.at[Planned]) != n {
			t.Fatalf("%d of %d left", len(d.at[Planned]), n)
		}
		if most := most(d.at[Planned], time.Second); most > 30 {
			t.Errorf("%d in one second", most)
		}
		if took, ideal := time.Since(began), n*time.Second/30; took > ideal*100/95 {
			t.Errorf("took %v, where %v is the least", took, ideal)
		}
		budget.mu.Lock() // a last question may be on its way
		defer budget.mu.Unlock()
		if budget.asked > 3*n {
			t.Errorf("asked %d times for %d messages", budget.asked, n)
		}
	})
}

// An answer leaves at the next place, which is never far since what is planned is
// spread, however much of it is in hand; with nothing planned it leaves at once.
func TestAnswersTakeTheNextPlace(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(2 * longHold) // whoever still asks for places sees that nobody waits
		budget, d := &shared{}, &departures{}
		here, there := pace(budget), pace(budget)
		sending, stop := context.WithCancel(t.Context())
		first := sendAll(sending, here, 16, 1_000_000, d)
		asking := func(p *pacer, most time.Duration, what string) {
			t.Helper()
			began := time.Now()
			got, err := p.wait(t.Context(), Answer, false)
			if err != nil || !p.leave(got, d, Answer, 0) {
				t.Errorf("%s: %v, %v", what, got, err)
			}
			if took := time.Since(began); took > most {
				t.Errorf("%s waited %v, want at most %v", what, took, most)
			}
		}
		for range 100 {
			time.Sleep(700 * time.Millisecond)
			asking(here, 5*testEvery, "an answer beside the broadcast")
			time.Sleep(300 * time.Millisecond)
			asking(there, 10*testEvery, "an answer of another replica")
		}
		stop()
		first.Wait()
		all := slices.SortedFunc(slices.Values(append(d.at[Planned], d.at[Answer]...)), time.Time.Compare)
		if most := most(all, time.Second); most > 30 {
			t.Errorf("%d in one second", most)
		}
		if len(d.at[Planned]) < 100*27 {
			t.Errorf("%d planned messages left meanwhile", len(d.at[Planned]))
		}
		time.Sleep(time.Minute)
		asking(here, 0, "an answer after a rest")
	})
}

// Other calls that count have places of their own, behind all messages: beside a
// broadcast with them there is never more than is allowed, and none while the
// platform is held.
func TestOtherCallsTakePlacesToo(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(2 * longHold) // whoever still asks for places sees that nobody waits
		out, d := &drawer{taken: true}, &departures{}
		platform := &pacedPlatform{}
		delivery := &Delivery{Outbox: out, Adapters: map[string]Adapter{"test": platform}, Budget: &shared{}, Wall: time.Now}
		delivery.once.Do(delivery.prepare)
		p := delivery.pacers["test"]
		sending, stop := context.WithCancel(t.Context())
		planned := sendAll(sending, p, 16, 1_000_000, d)
		time.Sleep(10 * time.Second)
		var edits sync.WaitGroup
		for range 200 {
			time.Sleep(100 * time.Millisecond)
			edits.Go(func() {
				ctx, err := platform.place(t.Context(), time.Minute)
				if err != nil {
					t.Error(err)
					return
				}
				end, err := Begin(ctx)
				if err != nil {
					t.Error(err)
					return
				}
				d.note(Answer)
				end(nil)
			})
		}
		edits.Wait()
		stop()
		planned.Wait()
		all := slices.SortedFunc(slices.Values(append(d.at[Planned], d.at[Answer]...)), time.Time.Compare)
		if most := most(all, time.Second); most > 30 || len(d.at[Answer]) != 200 {
			t.Errorf("%d in one second, with %d other calls in all", most, len(d.at[Answer]))
		}
		if err := p.hold(t.Context(), time.Minute); err != nil {
			t.Fatal(err)
		}
		if _, err := platform.place(t.Context(), time.Minute); !errors.Is(err, ErrHeld) {
			t.Errorf("while the platform is held: %v", err)
		}
	})
}

// pacedPlatform is a platform with limits that makes calls of its own.
type pacedPlatform struct {
	sleeper
	place func(context.Context, time.Duration) (context.Context, error)
}

func (p *pacedPlatform) Pace(place func(context.Context, time.Duration) (context.Context, error)) {
	p.place = place
}

// Far more answers at once than places may be taken ahead leave one after the
// other, at every place there is and without one that is sent away, in both of two
// replicas; what is planned waits behind them and does not make them wait.
func TestManyAnswersAtOnceKeepTheirPlaces(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(2 * longHold) // whoever still asks for places sees that nobody waits
		const n = 150
		budget, d := &shared{}, &departures{}
		here, there := pace(budget), pace(budget)
		sending, stop := context.WithCancel(t.Context())
		planned := sendAll(sending, here, 16, 1_000_000, d)
		time.Sleep(10 * time.Second)
		began := time.Now()
		var answers sync.WaitGroup
		for i := range n {
			p := []*pacer{here, there}[i%2]
			answers.Go(func() {
				got, err := p.wait(t.Context(), Answer, false)
				if err != nil || !p.leave(got, d, Answer, 5*time.Millisecond) {
					t.Errorf("an answer was sent away: %v, %v", got, err)
				}
			})
		}
		answers.Wait()
		// What was planned when they came has its slice in each replica.
		if took, ideal := time.Since(began), (n+2*slice)*testEvery; took > ideal {
			t.Errorf("%d answers took %v, want %v", n, took, ideal)
		}
		time.Sleep(2 * time.Second)
		stop()
		planned.Wait()
		all := slices.SortedFunc(slices.Values(append(d.at[Planned], d.at[Answer]...)), time.Time.Compare)
		if most := most(all, time.Second); most > 30 {
			t.Errorf("%d in one second", most)
		}
		i, _ := slices.BinarySearchFunc(all, began, time.Time.Compare)
		if used, ideal := len(all)-i, int(time.Since(began)/testEvery); used < ideal*95/100 {
			t.Errorf("%d left from then on, where %d could", used, ideal)
		}
	})
}

// After a rest there is no burst: places that nobody used are gone.
func TestNoBurstAfterARest(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(2 * longHold) // whoever still asks for places sees that nobody waits
		p, d := pace(&shared{}), &departures{}
		sendAll(t.Context(), p, 4, 20, d).Wait()
		time.Sleep(10 * time.Second)
		d.at[Planned] = nil
		sendAll(t.Context(), p, 4, 100, d).Wait()
		if most := most(d.at[Planned], time.Second); most > 30 || len(d.at[Planned]) != 100 {
			t.Errorf("%d left, %d in one second", len(d.at[Planned]), most)
		}
	})
}

// A platform that is to be left alone gets nothing from any replica, no
// goroutine waits for it, and afterwards all goes on: answers after a moment, and
// what was planned at the end.
func TestHoldKeepsAllReplicasAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(2 * longHold) // whoever still asks for places sees that nobody waits
		budget := &shared{}
		here, there := pace(budget), pace(budget)
		both := map[string]*pacer{"who was told": here, "another": there}
		began := time.Now()
		if err := here.hold(t.Context(), time.Hour); err != nil {
			t.Fatal(err)
		}
		held := func(class Class, least, most time.Duration) {
			for name, p := range both {
				got, err := p.wait(t.Context(), class, false)
				if err != nil || got.held != nil || got.wait < least || got.wait > most {
					t.Errorf("%s, class %d: wait %v, %v, after %v", name, class, got.wait, err, time.Since(began))
				}
				if got := p.pause(class); got < least || got > most {
					t.Errorf("%s, class %d: pauses for %v", name, class, got)
				}
			}
		}
		goes := func(class Class) {
			for name, p := range both {
				got, err := p.wait(t.Context(), class, false)
				if err != nil || !p.leave(got, &departures{}, class, 0) {
					t.Errorf("%s, class %d, after %v: %v, %v", name, class, time.Since(began), got, err)
				}
			}
		}
		held(Answer, answersAgain-time.Second, answersAgain)
		held(Planned, 59*time.Minute, time.Hour)
		time.Sleep(answersAgain)
		goes(Answer)
		held(Planned, 59*time.Minute, time.Hour)
		time.Sleep(time.Hour)
		goes(Planned)
	})
}

// While the store is away nobody sends, whoever gives up goes away, and what was
// lent for them is there again.
func TestPacingThroughAnOutage(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(2 * longHold) // whoever still asks for places sees that nobody waits
		budget := &shared{down: true}
		p := pace(budget)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		if _, err := p.wait(ctx, Answer, false); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		budget.mu.Lock()
		budget.down = false
		budget.mu.Unlock()
		d := &departures{}
		giving, stop := context.WithCancel(t.Context())
		first := sendAll(giving, p, 4, 1000, d)
		time.Sleep(time.Second)
		stop()
		first.Wait()
		time.Sleep(time.Second)
		if p.lent != 0 || p.inHand != 0 || len(p.waiting[Answer])+len(p.waiting[Planned]) != 0 {
			t.Errorf("lent %d, in hand %d, waiting %d and %d", p.lent, p.inHand, len(p.waiting[Answer]), len(p.waiting[Planned]))
		}
		sendAll(t.Context(), p, 4, 50, d).Wait()
		if len(d.at[Planned]) < 70 {
			t.Errorf("%d left", len(d.at[Planned]))
		}
	})
}

// slowBack is a budget whose answers take their time.
type slowBack struct {
	*shared
	takes time.Duration
}

func (s slowBack) Places(ctx context.Context, platform string, a Ask) (Given, error) {
	got, err := s.shared.Places(ctx, platform, a)
	time.Sleep(s.takes)
	return got, err
}

// While a place is on its way back, it is somebody else's by then, and no message
// gets it.
func TestAPlaceOnItsWayBackIsNobodys(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(2 * longHold)
		budget, d := &shared{}, &departures{}
		only := Limit{Every: time.Second, Burst: 1}
		slow := newPacer("test", only, slowBack{budget, 100 * time.Millisecond}, time.Now, "slow")
		quick := newPacer("test", only, budget, time.Now, "quick")
		var sent sync.WaitGroup
		defer sent.Wait()
		send := func(p *pacer) {
			sent.Go(func() {
				if got, err := p.wait(t.Context(), Answer, false); err != nil || !p.leave(got, d, Answer, 0) {
					t.Errorf("got %v, %v", got, err)
				}
			})
		}
		given, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if _, err := slow.wait(given, Answer, false); err == nil {
			t.Error("a message that was called off has a place")
		}
		time.Sleep(75 * time.Millisecond) // its place came when nobody wanted it, and is on its way back
		send(quick)
		time.Sleep(10 * time.Millisecond)
		send(slow)
		sent.Wait()
		if n := most(d.at[Answer], time.Second); n != 1 || len(d.at[Answer]) != 2 {
			t.Errorf("%d of %d within one second", n, len(d.at[Answer]))
		}
	})
}

// When the platform hangs, no more planned messages are on their way than may
// arrive at once, and answers still leave.
func TestFewAreUnderWay(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(2 * longHold)
		p, s := pace(&shared{}), &shift{poke: func() {}}
		all := 0
		for range 1000 {
			n := p.lend(8, s)
			for range n {
				got, err := p.wait(t.Context(), Planned, true)
				if err != nil || got.held == nil || !p.begin(got.held, Planned) {
					t.Fatal(got, err)
				}
			}
			all += n
			time.Sleep(testEvery)
		}
		if all != underWay {
			t.Errorf("%d are under way, want %d", all, underWay)
		}
		got, err := p.wait(t.Context(), Answer, false)
		if err != nil || !p.leave(got, &departures{}, Answer, 0) {
			t.Errorf("an answer: %v, %v", got, err)
		}
		p.end(1)
		more := 0
		for range 100 {
			n := p.lend(8, s)
			more += n
			time.Sleep(testEvery)
		}
		if more != 1 {
			t.Errorf("%d may go when one has arrived", more)
		}
		p.giveBack(1)
		p.end(1)
		p.mu.Lock()
		p.hungry = nil
		p.mu.Unlock()
	})
}
