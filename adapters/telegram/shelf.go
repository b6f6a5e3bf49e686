package telegram

// What cannot be stored goes to the shelf before it keeps Telegram from showing
// what others write. It stays in its chat's lane and is tried as before.

import (
	"context"
	"errors"
	"strconv"
	"time"

	"onestep/bot"
)

// Figures of the shelf.
const (
	// crowd is how long a batch may be before what was refused in it makes room:
	// Telegram is the best place to wait, but shows 100 at once and no more.
	crowd = maxBatch / 2
	// mostShelved bounds what one poller carries along.
	mostShelved = 10_000
)

// begin takes in hand what is on the shelf. finish ends the tries and leaves
// nothing in hand.
func (a *Adapter) begin(ctx context.Context, in bot.Inbox) (h *hand, finish func()) {
	ctx, end := context.WithCancel(ctx)
	h = newHand(ctx, a, in)
	whole := h.restore()
	h.lanes.Go(func() { h.tend(whole) })
	return h, func() { end(); h.finish() }
}

// tend sees to the shelf until the hand's context ends. whole tells whether all
// of it has been read. It is read again now and then: a replica that stood still may
// put there what has long been taken, and after two days the inbox would not know it
// again.
func (h *hand) tend(whole bool) {
	read := time.Now()
	for sleep(h.ctx, h.a.waits.patience) {
		if !whole || time.Since(read) >= h.a.waits.stuck {
			whole, read = h.restore(), time.Now()
		}
		h.setAside()
		h.clearShelf()
	}
}

// restore puts what is on the shelf before what Telegram shows, and tells whether
// all of it could be read. Presses were answered when they came.
func (h *hand) restore() (whole bool) {
	list, err := h.a.shelf.All(h.ctx)
	if err != nil && h.ctx.Err() == nil {
		h.a.log.Warn("Not all of the updates that were set aside can be read; trying again.", "cause", err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range list {
		id, e := strconv.ParseInt(s.ID, 10, 64)
		if e != nil || h.shelved[id] != nil {
			continue
		}
		j := h.byID[id]
		if j == nil {
			j = h.a.read(id, s.Raw)
			h.enqueue(j)
		}
		j.shelved = true
		h.shelved[id] = j
	}
	return err == nil
}

// setAside puts on the shelf what is refused and keeps others from being shown,
// or was refused for long: Telegram throws away what is a day old.
func (h *hand) setAside() {
	jobs := h.refusals()
	if len(jobs) == 0 {
		return
	}
	list := make([]bot.Shelved, len(jobs))
	for i, j := range jobs {
		list[i] = bot.Shelved{ID: strconv.FormatInt(j.id, 10), Raw: j.raw}
	}
	if err := h.a.shelf.Put(h.ctx, list); err != nil {
		if h.ctx.Err() == nil {
			h.a.log.Warn("Updates that cannot be stored cannot be set aside either; they stay at Telegram.", "updates", len(list), "cause", err)
		}
		return
	}
	h.a.log.Info("Updates that cannot be stored were set aside, so that others are heard; they are tried again.", "updates", len(list))
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, j := range jobs {
		j.shelved = true
		h.shelved[j.id] = j
	}
	h.wake()
}

// refusals are the updates of the batch whose chat is to make room, in order.
func (h *hand) refusals() (jobs []*job) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, j := range h.batch {
		if j.passed() || len(h.shelved)+len(jobs) >= mostShelved {
			continue
		}
		queue := h.queues[j.update.Chat.ID]
		if len(queue) == 0 || queue[0].refused.IsZero() {
			continue
		}
		if len(h.batch) >= crowd || time.Since(queue[0].refused) >= h.a.waits.stuck {
			jobs = append(jobs, j)
		}
	}
	return jobs
}

// clearShelf takes away what the inbox has taken.
func (h *hand) clearShelf() {
	h.mu.Lock()
	var ids []string
	for id, j := range h.shelved {
		if j.done {
			ids = append(ids, strconv.FormatInt(id, 10))
		}
	}
	h.mu.Unlock()
	if len(ids) == 0 {
		return
	}
	if err := h.a.shelf.Drop(h.ctx, ids); err != nil {
		return // they are taken, so it can wait for the next time
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, text := range ids {
		id, _ := strconv.ParseInt(text, 10, 64)
		delete(h.shelved, id)
	}
}

// deaf: Telegram has shown the same full batch for long, and shows no others.
func (h *hand) deaf() bool { return time.Since(h.stood) >= h.a.waits.deaf }

// nowhere is the shelf of an adapter that has none.
type nowhere struct{}

var errNoShelf = errors.New("there is no shelf")

func (nowhere) Put(context.Context, []bot.Shelved) error   { return errNoShelf }
func (nowhere) All(context.Context) ([]bot.Shelved, error) { return nil, nil }
func (nowhere) Drop(context.Context, []string) error       { return nil }
