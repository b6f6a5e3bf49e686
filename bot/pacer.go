package bot

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"sync"
	"time"
)

// Figures of pacing, in messages.
const (
	// slice is how many planned messages of a process wait in hand for places, so
	// that one is there when a place comes.
	slice = 16
	// underWay is how many planned messages of a process are in hand at once, with
	// those on their way. When a platform hangs, no more than these hang.
	underWay = 2 * slice
	// longHold is from when on waiting is for Redis and not for a goroutine.
	longHold = 5 * time.Second
	// answersAgain is for how long answers are held with the rest of a platform: one
	// of them may be about a life. places.lua knows it too.
	answersAgain = 10 * time.Second
	// askTime bounds one question for places, and askAgain is how long to wait
	// after one that failed.
	askTime  = 2 * time.Second
	askAgain = 200 * time.Millisecond
)

// pacer hands out the places that this process was given on one platform: to an
// answer if one waits, else to what was planned. So answers go first over the
// whole bot, and nothing is wasted when there are none. A place that is not used
// at once is given back: what was missed is never made up for.
type pacer struct {
	platform string
	every    time.Duration // between two messages in the long run; 0: the platform has no limit
	all      int           // how many places there are
	rest     time.Duration // of a place after a call
	budget   Budget
	wall     func() time.Time
	who      string
	wake     chan struct{}
	warn     func(error) // is told of the first question of a row that failed

	mu    sync.Mutex
	held  [2]time.Time // by class and wall: the platform takes nothing before
	asked int          // how many questions
	again time.Time    // to ask again for more
	mute  time.Time    // to ask again after a question that failed
	deaf  bool         // the last question failed
	mine  []*held
	seen  map[int]sight // places in other hands
	// waiting are messages in hand, by class, in the order they came.
	waiting [2][]chan pass
	// lent is how many planned messages were allowed to be taken in hand and
	// have had no place yet, and inHand how many have not come to their end.
	lent    int
	inHand  int
	hungry  []*shift // that have something planned and may not take it
	keeping bool
}

// newPacer paces one platform. who is like nobody else's.
func newPacer(platform string, whole Limit, b Budget, wall func() time.Time, who string) *pacer {
	all := max(whole.Burst, 1)
	return &pacer{
		platform: platform, every: whole.Every, all: all, rest: time.Duration(all) * whole.Every,
		budget: b, wall: wall, who: who, wake: make(chan struct{}, 1), warn: func(error) {},
	}
}

// pass is what a message in hand gets: a place, or for how long it may not leave.
type pass struct {
	*held
	wait time.Duration
}

// hold leaves the platform alone, here and in every other replica; with answers
// for answersAgain at most.
func (p *pacer) hold(ctx context.Context, wait time.Duration) error {
	p.mu.Lock()
	p.heldFor(Answer, min(wait, answersAgain))
	p.heldFor(Planned, wait)
	p.mu.Unlock()
	if p.every == 0 {
		return nil
	}
	return p.budget.Hold(ctx, p.platform, wait)
}

// heldFor sends everybody of a class away who waits for a place. The caller holds
// mu.
func (p *pacer) heldFor(class Class, wait time.Duration) {
	if until := p.wall().Add(wait); until.After(p.held[class]) {
		p.held[class] = until
	}
	for _, c := range p.waiting[class] {
		c <- pass{wait: wait}
	}
	p.waiting[class] = nil
}

// pause is for how long the platform is to be left alone with messages of a class.
func (p *pacer) pause(class Class) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.held[class].Sub(p.wall())
}

// wait waits until a message in hand may leave, and gives its place, which is to
// begin, or to be dropped. Or it gives for how long the message may not leave, if
// that is longer than a moment. What was lent for it is given back.
func (p *pacer) wait(ctx context.Context, class Class, lent bool) (pass, error) {
	defer func() {
		if lent {
			p.giveBack(1)
		}
	}()
	if wait := p.pause(class); wait > 0 || p.every == 0 {
		return pass{wait: max(wait, 0)}, ctx.Err()
	}
	mine := make(chan pass, 1)
	p.mu.Lock()
	p.waiting[class] = append(p.waiting[class], mine)
	if class == Answer {
		p.again = time.Time{}
	}
	p.serve()
	p.mu.Unlock()
	select {
	case got := <-mine:
		return got, nil
	case <-ctx.Done():
		p.mu.Lock()
		defer p.mu.Unlock()
		p.waiting[class] = slices.DeleteFunc(p.waiting[class], func(c chan pass) bool { return c == mine })
		select {
		case got := <-mine: // it came in the same moment
			if got.held != nil {
				got.over = time.Now()
			}
			p.serve()
		default:
		}
		return pass{}, ctx.Err()
	}
}

var (
	// ErrHeld is why a call did not leave: the platform asked to be left alone, for
	// longer than a moment.
	ErrHeld = errors.New("the platform is held")
	// ErrLate is why a call did not leave: its place was over by then. See InTime.
	ErrLate = errors.New("too late for its place under the platform's limits")
)

// place waits for a place that is no message's: see Paced.
func (p *pacer) place(ctx context.Context, most time.Duration) (context.Context, error) {
	waiting, done := context.WithTimeout(ctx, most)
	defer done()
	got, err := p.wait(waiting, Planned, false)
	switch {
	case err != nil:
		return nil, err
	case got.wait > 0:
		return nil, ErrHeld
	case got.held == nil: // no limits
		return ctx, nil
	}
	return seated(ctx, &seat{p: p, class: Planned, place: got.held}), nil
}

// begin tells whether the call of a place may begin: not when it is too late for
// that, or the platform is to be left alone by now. It may no second time.
func (p *pacer) begin(h *held, class Class) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if h.begun {
		return false
	}
	if passed(h.until, now) || passed(h.over, now) || p.held[class].After(p.wall()) {
		h.over = earlier(h.over, now)
		p.serve()
		return false
	}
	h.begun = true
	h.leave = now.Add(leaveIn)
	h.over = now.Add(arriveIn + p.rest)
	return true
}

// rested is told that the call of a place has had its answer: it has arrived before,
// and the rest of the place begins.
func (p *pacer) rested(h *held) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h.over = earlier(h.over, time.Now().Add(p.rest))
	p.serve()
}

// drop gives a place back whose call has not begun and never will.
func (p *pacer) drop(h *held) {
	p.mu.Lock()
	defer p.mu.Unlock()
	h.over = time.Now()
	p.serve()
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

// lend tells how many planned messages may be taken in hand, n at most. When
// there is none, s is poked as soon as there is. Each of them is to be ended.
func (p *pacer) lend(n int, s *shift) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	n = max(0, min(n, p.room()))
	p.lent += n
	p.inHand += n
	if n == 0 {
		p.wants(s)
	}
	return n
}

// free tells whether any planned message may be taken in hand. When none may, s
// is poked as soon as one may.
func (p *pacer) free(s *shift) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	free := p.room() > 0
	if !free {
		p.wants(s)
	}
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
func (p *pacer) room() int { return min(slice-p.lent, underWay-p.inHand) }

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

// serve gives places to whom they belong, and gets going what gets more. The
// caller holds mu.
func (p *pacer) serve() {
	p.match(time.Now())
	if len(p.hungry) > 0 && p.room() > 0 {
		// One after the other: who leaves some wakes the next.
		p.hungry[0].poke()
		p.hungry = p.hungry[1:]
	}
	if p.keeping {
		select {
		case p.wake <- struct{}{}:
		default:
		}
	} else if len(p.mine) > 0 || p.wanted(Answer)+p.wanted(Planned) > 0 {
		p.keeping = true
		go p.keep()
	}
}

func (p *pacer) wanted(c Class) int { return len(p.waiting[c]) }

// match gives the places that nobody has to those who wait, answers first. The
// caller holds mu.
func (p *pacer) match(now time.Time) {
	for _, h := range p.mine {
		if h.taken || now.Before(h.from) || passed(h.until, now) {
			continue
		}
		for class, all := range p.waiting {
			if len(all) > 0 {
				h.taken = true
				all[0] <- pass{held: h}
				p.waiting[class] = all[1:]
				break
			}
		}
	}
}

// keep gives back what is over and asks for what is wanted, until there is neither.
func (p *pacer) keep() {
	for {
		p.mu.Lock()
		ask, wait := p.next(time.Now())
		if ask == nil && wait < 0 {
			p.keeping = false
			p.mu.Unlock()
			return
		}
		p.mu.Unlock()
		if ask != nil {
			p.ask(*ask)
			continue
		}
		timer := time.NewTimer(wait)
		select {
		case <-p.wake:
		case <-timer.C:
		}
		timer.Stop()
	}
}

// next is the question to ask now; nil: none for so long, and none at all if that
// is negative. The caller holds mu.
func (p *pacer) next(now time.Time) (*Ask, time.Duration) {
	p.match(now)
	answers, planned := p.wanted(Answer), p.wanted(Planned)
	if answers+planned+len(p.mine) == 0 {
		return nil, -1
	}
	a := &Ask{Who: p.who, All: p.all, Every: p.every, Answers: answers}
	at := now.Add(time.Hour)
	soon := min(4*p.every, keepIn)
	for _, h := range p.mine {
		switch {
		case !h.taken && now.Before(h.from):
			at = earlier(at, h.from)
			planned--
		case !h.taken || !now.Before(h.over): // nobody wants it, or it has rested
			a.Back = append(a.Back, h.Place)
			at = now
		case h.begun && !h.asked && !now.Before(h.over.Add(-soon)) && planned > 0:
			at = earlier(at, h.over.Add(-soon/2))
			a.Keep = append(a.Keep, h.Place)
			planned--
		default:
			at = earlier(at, h.over)
		}
	}
	if a.Planned = max(planned, 0); answers+a.Planned > 0 {
		at = earlier(at, p.again)
		for n, s := range p.seen {
			if gone := s.since.Add(p.lost()); now.Before(gone) {
				at = earlier(at, gone)
			} else {
				a.Back = append(a.Back, Place{n, s.by})
				at = now
			}
		}
	}
	if at.Before(p.mute) {
		at = p.mute
	}
	if now.Before(at) {
		return nil, at.Sub(now)
	}
	for _, h := range p.mine {
		if slices.Contains(a.Back, h.Place) { // it may be somebody else's before we hear of it
			h.until = now
		}
	}
	p.asked++
	a.ID = p.who + "." + strconv.Itoa(p.asked)
	return a, 0
}

// ask asks once.
func (p *pacer) ask(a Ask) {
	ctx, cancel := context.WithTimeout(context.Background(), askTime)
	defer cancel()
	asked := time.Now()
	got, err := p.budget.Places(ctx, p.platform, a)
	now := time.Now()
	p.mu.Lock()
	defer p.mu.Unlock()
	if err != nil { // whoever waits goes on waiting: nobody knows what others send
		if !p.deaf {
			p.deaf = true
			p.warn(err)
		}
		p.mute = now.Add(askAgain)
		return
	}
	p.deaf = false
	p.take(a, got, asked)
	p.look(got.Held, now)
	for _, class := range []Class{Answer, Planned} {
		if got.Hold[class] > longHold {
			p.heldFor(class, got.Hold[class])
		}
	}
	p.again = now
	if len(got.Places) < a.Answers+a.Planned {
		p.again = now.Add(p.patience(got))
	}
	p.serve()
}

// take takes in what we were given. The caller holds mu.
func (p *pacer) take(a Ask, got Given, asked time.Time) {
	until := asked.Add(beginIn)
	p.mine = slices.DeleteFunc(p.mine, func(h *held) bool { return slices.Contains(a.Back, h.Place) })
	for i, h := range p.mine {
		if !slices.Contains(a.Keep, h.Place) {
			continue
		}
		h.asked = true
		if slices.Contains(got.Kept, h.N) {
			p.mine[i] = &held{Place: Place{h.N, a.ID}, from: h.over, until: until, over: until}
		}
	}
	for _, n := range got.Places {
		p.mine = append(p.mine, &held{Place: Place{n, a.ID}, from: asked, until: until, over: until})
	}
}

// patience is how long to wait before asking again, unless one of ours has rested
// before.
func (p *pacer) patience(got Given) time.Duration {
	switch {
	case p.wanted(Answer) > 0 && got.Hold[Answer] > 0:
		return got.Hold[Answer]
	case p.wanted(Answer) == 0 && got.Hold[Planned] > 0:
		return got.Hold[Planned]
	case got.Wait > 0:
		return got.Wait
	case len(p.seen) == 0: // nobody else has any
		return time.Second
	case p.wanted(Answer) > 0:
		return max(p.every/2, time.Millisecond)
	}
	return max(p.every, time.Millisecond)
}
