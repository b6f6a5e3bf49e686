package telegram

// The updates in hand: asked for, and not yet confirmed to Telegram.

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"onestep/bot"
)

// atOnce is how many updates are given to the inbox at the same time.
const atOnce = 16

// hand holds the last batch. Updates of one chat go to the inbox one after the
// other, those of different chats side by side. Telegram is told an offset
// below which everything is committed; so one chat that cannot be committed
// keeps the offset back, and the others go on until 100 updates, the most that
// Telegram shows at once, stand behind it.
type hand struct {
	a     *Adapter
	in    bot.Inbox
	ctx   context.Context // ends when no new try may begin
	try   context.Context // of a try itself: it outlives ctx by the grace
	free  context.CancelFunc
	slots chan struct{}
	lanes sync.WaitGroup

	next int64 // the offset once the whole batch is committed
	told int64 // the last offset Telegram answered to

	mu      sync.Mutex
	batch   []*job // the last batch, in Telegram's order
	byID    map[int64]*job
	queues  map[string][]*job // by chat; the lane of a chat runs while its queue is here
	changed chan struct{}     // closed and renewed when a job ends
}

// job is one update on its way into the inbox.
type job struct {
	id     int64
	update bot.Update
	press  press
	done   bool
}

func newHand(ctx context.Context, a *Adapter, in bot.Inbox) *hand {
	h := &hand{
		a: a, in: in, ctx: ctx,
		slots:   make(chan struct{}, atOnce),
		queues:  map[string][]*job{},
		changed: make(chan struct{}),
	}
	h.try, h.free = outlive(ctx, a.waits.grace)
	return h
}

// outlive is a context for what is in hand: it ends a grace later than ctx, or
// with free, which must be called.
func outlive(ctx context.Context, grace time.Duration) (longer context.Context, free context.CancelFunc) {
	longer, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		sleep(longer, grace)
		cancel()
	})
	return longer, func() { stop(); cancel() }
}

// take replaces the batch with what Telegram shows from offset on, and
// starts what is new in it. An update is new when it was not in the batch
// before: ids start anywhere after a quiet week, also lower, so they are never
// compared.
func (h *hand) take(offset int64, raw []json.RawMessage) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.told = offset
	if offset == h.next { // everything of the last batch is confirmed
		h.batch, h.byID = nil, nil
	}
	if len(raw) == 0 {
		return nil
	}
	batch := make([]*job, 0, len(raw))
	byID := make(map[int64]*job, len(raw))
	for _, r := range raw {
		var head struct {
			ID *int64 `json:"update_id"`
		}
		if err := json.Unmarshal(r, &head); err != nil || head.ID == nil {
			h.a.quarantine(0, r, err)
			continue
		}
		j := h.byID[*head.ID]
		if j == nil {
			j = byID[*head.ID]
		}
		if j == nil {
			j = h.open(*head.ID, r)
		}
		batch, byID[j.id] = append(batch, j), j
	}
	if len(batch) == 0 {
		return errors.New("getUpdates: a batch without a single readable id")
	}
	h.batch, h.byID = batch, byID
	h.next = batch[len(batch)-1].id + 1
	return nil
}

// open reads one update and puts it into its chat's queue.
func (h *hand) open(id int64, raw json.RawMessage) *job {
	j := h.a.read(id, raw)
	if j.done {
		return j
	}
	lane := j.update.Chat.ID
	queue, running := h.queues[lane]
	h.queues[lane] = append(queue, j)
	if !running {
		h.lanes.Go(func() { h.run(lane) })
	}
	return j
}

// read puts an update into our words, and answers a press at once. The job is
// done already when there is nothing to take in it.
func (a *Adapter) read(id int64, raw json.RawMessage) *job {
	j := &job{id: id, done: true}
	var u update
	if err := json.Unmarshal(raw, &u); err != nil {
		a.quarantine(id, raw, err)
		return j
	}
	if u.Callback != nil {
		j.press = u.Callback.press()
		a.answer(j.press)
	}
	var ok bool
	if j.update, ok = a.translate(u); !ok {
		a.meter.Noticed("passed over")
		return j
	}
	j.done = false
	return j
}

// run gives the updates of one chat to the inbox until there are none.
func (h *hand) run(lane string) {
	for {
		h.mu.Lock()
		if len(h.queues[lane]) == 0 {
			delete(h.queues, lane)
			h.mu.Unlock()
			return
		}
		j := h.queues[lane][0]
		h.mu.Unlock()
		if !h.deliver(j) {
			return // its context ended; Telegram will show the rest again
		}
		h.mu.Lock()
		j.done = true
		h.queues[lane] = h.queues[lane][1:]
		close(h.changed)
		h.changed = make(chan struct{})
		h.mu.Unlock()
		h.a.clear(j.press)
	}
}

// deliver tries until the inbox has taken the update or ctx ends.
func (h *hand) deliver(j *job) bool {
	for b := h.a.nearby(); ; {
		select {
		case h.slots <- struct{}{}:
		case <-h.ctx.Done():
			return false
		}
		if h.ctx.Err() != nil {
			<-h.slots
			return false
		}
		err := h.in.Take(h.try, j.update)
		<-h.slots
		if err == nil {
			return true
		}
		wait := b.next()
		if h.ctx.Err() == nil {
			h.a.log.Warn("An update was not taken; trying again.", "update", j.update.ID, "wait", wait, "cause", err)
		}
		if !sleep(h.ctx, wait) {
			return false
		}
	}
}

// offset is the first update of the batch that is not committed, or the one
// after its last.
func (h *hand) offset() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.offsetLocked()
}

func (h *hand) offsetLocked() int64 {
	for _, j := range h.batch {
		if !j.done {
			return j.id
		}
	}
	return h.next
}

// busy tells whether something of the batch is not committed.
func (h *hand) busy() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.offsetLocked() != h.next
}

// rest waits until the batch is committed, but not longer than patience.
func (h *hand) rest(ctx context.Context, patience time.Duration) {
	enough := time.NewTimer(patience)
	defer enough.Stop()
	for {
		h.mu.Lock()
		changed, busy := h.changed, h.offsetLocked() != h.next
		h.mu.Unlock()
		if !busy {
			return
		}
		select {
		case <-changed:
		case <-enough.C:
			return
		case <-ctx.Done():
			return
		}
	}
}

// finish waits for the tries that are under way; ctx must have ended or no
// more batches come.
func (h *hand) finish() {
	h.lanes.Wait()
	h.free()
}

// quarantine passes over an update that cannot be read, for it would come
// again for ever. Its content stays out of the log: size and reason alone.
func (a *Adapter) quarantine(id int64, raw json.RawMessage, err error) {
	why := "no update id"
	var t *json.UnmarshalTypeError
	if errors.As(err, &t) {
		why = "unexpected type of " + t.Field
	} else if err != nil {
		why = "not an update"
	}
	a.meter.Noticed("quarantined")
	a.log.Error("An update of Telegram's cannot be read and is passed over.", "update", id, "bytes", len(raw), "why", why)
}
