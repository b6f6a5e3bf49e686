package slack

import (
	"sync"
	"time"

	"onestep/bot"
)

// Bounds of what is in hand. A full hand takes no more: Slack repeats events,
// and shows an error for a press.
const (
	maxHeld  = 1000
	maxTakes = 16 // at the inbox at once
)

// order hands items to work one after the other within a chat and several chats
// at once. Two connections can bring two messages of one chat the wrong way
// round, so an item waits a moment and takes its place by Slack's clock.
type order struct {
	work   func(*item)
	settle time.Duration
	slots  chan struct{} // a place at the inbox
	// repeats have half of the places: a part of the store that is slow to refuse
	// keeps nobody waiting who lives elsewhere.
	repeats chan struct{}
	stop    chan struct{} // closed when no item may begin any more

	mu     sync.Mutex
	lanes  map[bot.Chat][]*item // a lane runs while it is here, also an empty one
	held   map[string]*item     // by update id
	closed bool
	wg     sync.WaitGroup
}

func newOrder(settle time.Duration, work func(*item)) *order {
	return &order{
		work:    work,
		settle:  settle,
		slots:   make(chan struct{}, maxTakes),
		repeats: make(chan struct{}, maxTakes/2),
		stop:    make(chan struct{}),
		lanes:   map[bot.Chat][]*item{},
		held:    map[string]*item{},
	}
}

// enter waits for a place, and is false when no item may begin any more.
func (o *order) enter(places chan struct{}) bool {
	select {
	case places <- struct{}{}:
		return true
	case <-o.stop:
		return false
	}
}

// add puts an item in its chat's lane and returns false when there is no room.
// A repeat of an item in hand only adds its acknowledgement.
func (o *order) add(it *item) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	if first, ok := o.held[it.update.ID]; ok {
		first.acks = append(first.acks, it.acks...)
		return true
	}
	if o.closed || len(o.held) >= maxHeld {
		return false
	}
	o.held[it.update.ID] = it
	it.came = time.Now()
	lane, running := o.lanes[it.update.Chat]
	lane = append(lane, it)
	for i := len(lane) - 1; i > 0 && it.before(lane[i-1]); i-- {
		lane[i-1], lane[i] = lane[i], lane[i-1]
	}
	o.lanes[it.update.Chat] = lane
	if !running {
		o.wg.Go(func() { o.run(it.update.Chat) })
	}
	return true
}

// run empties one lane.
func (o *order) run(chat bot.Chat) {
	for {
		o.mu.Lock()
		lane := o.lanes[chat]
		if len(lane) == 0 || o.closed {
			delete(o.lanes, chat)
			o.mu.Unlock()
			return
		}
		it := lane[0]
		if rest := o.settle - time.Since(it.came); rest > 0 {
			o.mu.Unlock()
			select {
			case <-time.After(rest):
			case <-o.stop:
			}
			continue
		}
		it.begun = true
		o.mu.Unlock()

		o.work(it)

		o.mu.Lock()
		o.lanes[chat] = o.lanes[chat][1:]
		delete(o.held, it.update.ID)
		acks := it.acks
		o.mu.Unlock()
		if !it.taken {
			continue
		}
		for _, ack := range acks {
			ack()
		}
		if it.after != nil {
			it.after()
		}
	}
}

// close lets the items at work come to their end and begins no other.
func (o *order) close() {
	o.mu.Lock()
	o.closed = true
	close(o.stop)
	o.mu.Unlock()
	o.wg.Wait()
}
