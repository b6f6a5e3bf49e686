package bot

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Budget is what all replicas share of a platform's limits.
type Budget interface {
	// Reserve gives up to n of the next places of a platform, every apart and
	// none later than ahead from now: given of them, the first in so long from
	// now. When there is none, given is 0, and one can be had in so long.
	Reserve(ctx context.Context, platform string, every, ahead time.Duration, n int) (given int, in time.Duration, err error)
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
	// longHold is from when on waiting is for Redis and not for a goroutine.
	longHold = time.Second
	// reserveTime bounds one question for places, and askAgain is how long to
	// wait after one that failed.
	reserveTime = 2 * time.Second
	askAgain    = 200 * time.Millisecond
)

// pacer hands out the places that this process was given on one platform. An
// answer takes the next one there is; what was planned takes what answers
// leave. So answers go first over the whole bot, and nothing is wasted when
// there are none.
type pacer struct {
	platform string
	every    time.Duration // between two places; 0: the platform has no limit
	budget   Budget
	wall     func() time.Time

	mu      sync.Mutex
	held    time.Time   // by wall: the platform takes nothing before
	places  []time.Time // not used yet, in order
	last    time.Time   // the latest place that we were given for what was planned
	answers []chan turnToSend
	hungry  []*shift // that have something planned and no place for it
	asking  [2]bool  // by class
}

// turnToSend is a place, or how long there will be none.
type turnToSend struct {
	at   time.Time
	wait time.Duration
}

// hold leaves the platform alone, here and in every other replica.
func (p *pacer) hold(ctx context.Context, wait time.Duration) error {
	p.mu.Lock()
	if until := p.wall().Add(wait); until.After(p.held) {
		p.held = until
	}
	p.places = nil
	p.mu.Unlock()
	if p.every == 0 {
		return nil
	}
	return p.budget.Hold(ctx, p.platform, wait)
}

// pause is for how long the platform is to be left alone.
func (p *pacer) pause() time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.held.Sub(p.wall())
}

// wait waits for the next place of all and until it has come. It returns for
// how long there will be none if that is longer than a moment.
func (p *pacer) wait(ctx context.Context) (time.Duration, error) {
	if p.every == 0 {
		return 0, ctx.Err()
	}
	mine := make(chan turnToSend, 1)
	p.mu.Lock()
	p.answers = append(p.answers, mine)
	p.serve()
	p.mu.Unlock()
	select {
	case t := <-mine:
		if t.wait > 0 {
			return t.wait, nil
		}
		if err := until(ctx, t.at); err != nil {
			p.giveBack([]time.Time{t.at})
			return 0, err
		}
		return 0, nil
	case <-ctx.Done():
		p.mu.Lock()
		defer p.mu.Unlock()
		p.answers = slices.DeleteFunc(p.answers, func(c chan turnToSend) bool { return c == mine })
		select {
		case t := <-mine: // it came at the same moment
			if t.wait == 0 {
				p.places = slices.Insert(p.places, 0, t.at)
				p.serve()
			}
		default:
		}
		return 0, ctx.Err()
	}
}

// until waits for an instant.
func until(ctx context.Context, at time.Time) error {
	wait := time.Until(at)
	if wait <= 0 {
		return ctx.Err()
	}
	select {
	case <-time.After(wait):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// borrow gives up to n places for what was planned. When there is none, s is
// poked as soon as there is.
func (p *pacer) borrow(n int, s *shift) []time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.forget()
	n = min(n, len(p.places))
	mine := slices.Clone(p.places[:n])
	p.places = p.places[n:]
	if n == 0 && !slices.Contains(p.hungry, s) {
		p.hungry = append(p.hungry, s)
	}
	p.serve()
	return mine
}

// giveBack takes places that were not used.
func (p *pacer) giveBack(places []time.Time) {
	if len(places) == 0 {
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.places = append(p.places, places...)
	slices.SortFunc(p.places, time.Time.Compare)
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

// serve gives places to those who wait, answers first, and asks for more when
// there are too few. The caller holds mu.
func (p *pacer) serve() {
	p.forget()
	for len(p.answers) > 0 && len(p.places) > 0 {
		p.answers[0] <- turnToSend{at: p.places[0]}
		p.answers, p.places = p.answers[1:], p.places[1:]
	}
	if len(p.answers) > 0 && !p.asking[Answer] {
		p.asking[Answer] = true
		go p.askForAnswers()
	}
	if len(p.hungry) > 0 && len(p.places) > 0 {
		// One after the other: who leaves some wakes the next.
		p.hungry[0].poke()
		p.hungry = p.hungry[1:]
	}
	if len(p.hungry) > 0 && !p.asking[Planned] {
		p.asking[Planned] = true
		go p.askForPlanned()
	}
}

// askForAnswers gets places until no answer waits for one.
func (p *pacer) askForAnswers() {
	for {
		p.mu.Lock()
		n := len(p.answers)
		p.asking[Answer] = n > 0
		p.mu.Unlock()
		if n == 0 {
			return
		}
		time.Sleep(p.ask(Answer, answersAhead, n))
	}
}

// askForPlanned gets slice after slice while something planned waits.
func (p *pacer) askForPlanned() {
	for {
		p.mu.Lock()
		n := len(p.hungry)
		p.asking[Planned] = n > 0
		// Half a slice is enough to live on until the next one comes.
		early := time.Until(p.last.Add(-slice / 2 * p.every))
		p.mu.Unlock()
		if n == 0 {
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
	given, in, err := p.budget.Reserve(ctx, p.platform, p.every, time.Duration(ahead)*p.every, n)
	now := time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case err != nil:
		return askAgain // whoever waits gives up by itself
	case given == 0 && in > longHold:
		if until := p.wall().Add(in); until.After(p.held) {
			p.held = until
		}
		for _, c := range p.answers {
			c <- turnToSend{wait: in}
		}
		p.answers = nil
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
