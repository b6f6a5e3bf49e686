package bot

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"
)

// Budget is what all replicas share of a platform's limits.
type Budget interface {
	// Reserve gives up to n of the next places of a platform, every apart and
	// none later than ahead from now, nor earlier than late before now: given of
	// them, the first in so long from now. When there is none, given is 0, and
	// one can be had in so long.
	Reserve(ctx context.Context, platform string, every, late, ahead time.Duration, n int) (given int, in time.Duration, err error)
	// Hold keeps every replica from a platform for so long.
	Hold(ctx context.Context, platform string, wait time.Duration) error
}

// Figures of pacing, in places: 30 of them are a second on Telegram.
const (
	// slice is how many places a process gets at once for what was planned. It
	// is all that can lie between an answer and its sending while other
	// replicas send what was planned.
	slice = 16
	// answersAhead is how far ahead an answer may take its place. An answer
	// that comes when even these are taken waits its turn in Redis.
	answersAhead = 3 * slice
	// underWay is how many planned messages of a process may be on their way to
	// a platform: a second of them. When the network stalls, no more than these
	// arrive at once afterwards, all too fast.
	underWay = 2 * slice
	// longHold is from when on waiting is for Redis and not for a goroutine.
	longHold = 5 * time.Second
	// reserveTime bounds one question for places, and askAgain is how long to
	// wait after one that failed.
	reserveTime = 2 * time.Second
	askAgain    = 200 * time.Millisecond
)

// pacer hands out the places that this process was given on one platform, each
// when it has come: to an answer if one waits, else to what was planned. So
// answers go first over the whole bot, and nothing is wasted when there are
// none.
type pacer struct {
	platform string
	every    time.Duration // between two places; 0: the platform has no limit
	budget   Budget
	wall     func() time.Time

	mu     sync.Mutex
	held   time.Time   // by wall: the platform takes nothing before
	places []time.Time // not used yet, in order
	last   time.Time   // the latest place that we were given for what was planned
	// waiting are messages in hand, by class, in the order they came.
	waiting [2][]chan time.Duration
	// lent is how many planned messages were allowed to be taken in hand and
	// have had no place yet, and inHand how many have not come to their end.
	lent    int
	inHand  int
	hungry  []*shift // that have something planned and may not take it
	asking  [2]bool  // by class
	handing bool
}

// hold leaves the platform alone, here and in every other replica.
func (p *pacer) hold(ctx context.Context, wait time.Duration) error {
	p.mu.Lock()
	p.heldFor(wait)
	p.mu.Unlock()
	if p.every == 0 {
		return nil
	}
	return p.budget.Hold(ctx, p.platform, wait)
}

// heldFor sends everybody away who waits for a place. The caller holds mu.
func (p *pacer) heldFor(wait time.Duration) {
	if until := p.wall().Add(wait); until.After(p.held) {
		p.held = until
	}
	p.places = nil
	for class, all := range p.waiting {
		for _, c := range all {
			c <- wait
		}
		p.waiting[class] = nil
	}
}

// pause is for how long the platform is to be left alone.
func (p *pacer) pause() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.held.Sub(p.wall())
}

// wait waits until a message in hand may leave. It returns for how long it may
// not, if that is longer than a moment. What was lent for it is given back.
func (p *pacer) wait(ctx context.Context, class Class, lent bool) (time.Duration, error) {
	defer func() {
		if lent {
			p.giveBack(1)
		}
	}()
	if wait := p.pause(); wait > 0 || p.every == 0 {
		return max(wait, 0), ctx.Err()
	}
	mine := make(chan time.Duration, 1)
	p.mu.Lock()
	p.waiting[class] = append(p.waiting[class], mine)
	p.serve()
	p.mu.Unlock()
	select {
	case wait := <-mine:
		return wait, nil
	case <-ctx.Done():
		p.mu.Lock()
		defer p.mu.Unlock()
		p.waiting[class] = slices.DeleteFunc(p.waiting[class], func(c chan time.Duration) bool { return c == mine })
		return 0, ctx.Err()
	}
}

// errHeld: the platform asked to be left alone, for longer than a moment.
var errHeld = errors.New("the platform is held")

// place waits for a place that is no message's: see Paced.
func (p *pacer) place(ctx context.Context) error {
	wait, err := p.wait(ctx, Planned, false)
	if err == nil && wait > 0 {
		return errHeld
	}
	return err
}

// lend tells how many planned messages may be taken in hand, n at most. When
// there is none, s is poked as soon as there is. Each of them is to be ended.
func (p *pacer) lend(n int, s *shift) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forget()
	n = max(0, min(n, p.room()))
	p.lent += n
	p.inHand += n
	if n == 0 {
		p.wants(s)
	}
	p.serve()
	return n
}

// free tells whether any planned message may be taken in hand. When none may, s
// is poked as soon as one may.
func (p *pacer) free(s *shift) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forget()
	free := p.room() > 0
	if !free {
		p.wants(s)
	}
	p.serve()
	return free
}

// wants notes who is to be poked. The caller holds mu.
func (p *pacer) wants(s *shift) {
	if !slices.Contains(p.hungry, s) {
		p.hungry = append(p.hungry, s)
	}
}

// room is how many more planned messages may be taken in hand. The caller holds
// mu.
func (p *pacer) room() int { return min(len(p.places)-p.lent, underWay-p.inHand) }

// end is told of n messages that came to their end.
func (p *pacer) end(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.inHand -= n
	p.serve()
}

// giveBack ends what was lent for n messages that need no place any more.
func (p *pacer) giveBack(n int) {
	if n == 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.lent -= n
	p.serve()
}

// forget lets places go that were not used in time: what they would carry now
// would come on top of those of today.
func (p *pacer) forget() {
	late := time.Now().Add(-slice * p.every)
	for len(p.places) > 0 && p.places[0].Before(late) {
		p.places = p.places[1:]
	}
}

// serve gets going what hands places out, and what gets more. The caller holds
// mu.
func (p *pacer) serve() {
	p.forget()
	answers, planned := len(p.waiting[Answer]), len(p.waiting[Planned])
	if answers+planned > 0 && len(p.places) > 0 && !p.handing {
		p.handing = true
		go p.handOut()
	}
	if answers > len(p.places) && !p.asking[Answer] {
		p.asking[Answer] = true
		go p.askForAnswers()
	}
	if len(p.hungry) > 0 && p.room() > 0 {
		// One after the other: who leaves some wakes the next.
		p.hungry[0].poke()
		p.hungry = p.hungry[1:]
	}
	if p.starved() && !p.asking[Planned] {
		p.asking[Planned] = true
		go p.askForPlanned()
	}
}

// starved tells whether what was planned needs more places. The caller holds
// mu.
func (p *pacer) starved() bool {
	return len(p.hungry) > 0 || len(p.waiting[Answer])+len(p.waiting[Planned]) > len(p.places)
}

// handOut gives each place to whom it belongs when it has come, until nobody
// waits or there are no places.
func (p *pacer) handOut() {
	for {
		p.mu.Lock()
		p.forget()
		var next *[]chan time.Duration
		for class := range p.waiting {
			if len(p.waiting[class]) > 0 {
				next = &p.waiting[class]
				break
			}
		}
		if next == nil || len(p.places) == 0 {
			p.handing = false
			p.serve()
			p.mu.Unlock()
			return
		}
		early := time.Until(p.places[0])
		if early <= 0 {
			(*next)[0] <- 0
			*next, p.places = (*next)[1:], p.places[1:]
		}
		p.mu.Unlock()
		time.Sleep(early)
	}
}

// askForAnswers gets places until there are enough for the answers that wait.
func (p *pacer) askForAnswers() {
	for {
		p.mu.Lock()
		n := len(p.waiting[Answer]) - len(p.places)
		p.asking[Answer] = n > 0
		p.mu.Unlock()
		if n <= 0 {
			return
		}
		time.Sleep(p.ask(Answer, answersAhead, n))
	}
}

// askForPlanned gets slice after slice while something planned waits.
func (p *pacer) askForPlanned() {
	for {
		p.mu.Lock()
		p.asking[Planned] = p.starved()
		on := p.asking[Planned]
		// Half a slice is enough to live on until the next one comes.
		early := time.Until(p.last.Add(-slice / 2 * p.every))
		p.mu.Unlock()
		if !on {
			return
		}
		if early > 0 {
			time.Sleep(min(early, longHold))
			continue
		}
		time.Sleep(p.ask(Planned, slice, slice))
	}
}

// ask asks once for places, and gives how long to wait before the next time.
func (p *pacer) ask(class Class, ahead, n int) time.Duration {
	ctx, cancel := context.WithTimeout(context.Background(), reserveTime)
	defer cancel()
	// In the middle of sending, what was missed for being late ourselves is made
	// up for. After a rest nothing is: that would be a burst.
	late := time.Duration(0)
	p.mu.Lock()
	if idle := time.Since(p.last); class == Planned && idle > 0 && idle < 2*slice*p.every {
		late = min(idle, slice*p.every)
	}
	p.mu.Unlock()
	given, in, err := p.budget.Reserve(ctx, p.platform, p.every, late, time.Duration(ahead)*p.every, n)
	now := time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case err != nil:
		return askAgain // whoever waits gives up by itself
	case given == 0 && in > longHold:
		p.heldFor(in)
		return longHold
	case given == 0:
		return in
	}
	for i := range given {
		p.places = append(p.places, now.Add(in+time.Duration(i)*p.every))
	}
	if class == Planned {
		p.last = p.places[len(p.places)-1]
	}
	slices.SortFunc(p.places, time.Time.Compare)
	p.serve()
	return 0
}
