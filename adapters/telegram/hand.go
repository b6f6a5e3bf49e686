package telegram

// The updates in hand: asked for, and not yet confirmed to Telegram.

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"time"

	"onestep/bot"
)

// hand holds the last batch. Updates of one chat go to the inbox one after the
// other, those of different chats side by side. Telegram is told an offset
// below which everything is committed or on the shelf. So one chat that cannot
// be committed keeps the offset back, and Telegram shows at most 100 updates
// from there: before that many stand behind it, it goes to the shelf.
type hand struct {
	a      *Adapter
	in     bot.Inbox
	ctx    context.Context // ends when no new try may begin
	try    context.Context // of a try itself: it outlives ctx by the grace
	free   context.CancelFunc
	places places
	lanes  sync.WaitGroup

	next  int64     // the offset once the whole batch is passed
	told  int64     // the last offset Telegram answered to
	stood time.Time // since when Telegram shows a full batch from the same offset

	mu      sync.Mutex
	batch   []*job // the last batch, in Telegram's order
	byID    map[int64]*job
	shelved map[int64]*job    // what is on the shelf
	queues  map[string][]*job // by chat; the lane of a chat runs while its queue is here
	changed chan struct{}     // closed and renewed when a job is passed
}

// job is one update on its way into the inbox.
type job struct {
	id      int64
	raw     json.RawMessage
	update  bot.Update
	press   press
	refused time.Time // by the inbox, for the first time
	done    bool      // taken, or nothing to take
	shelved bool
}

// passed: Telegram need not keep it any longer.
func (j *job) passed() bool { return j.done || j.shelved }

func newHand(ctx context.Context, a *Adapter, in bot.Inbox) *hand {
	h := &hand{
		a: a, in: in, ctx: ctx,
		places:  newPlaces(a.log),
		stood:   time.Now(),
		shelved: map[int64]*job{},
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
	if offset != h.told || len(raw) < maxBatch {
		h.stood = time.Now()
	}
	h.told = offset
	if offset == h.next { // everything of the last batch is passed
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
			j = h.shelved[*head.ID]
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
	h.a.greet(j)
	h.enqueue(j)
	return j
}

func (h *hand) enqueue(j *job) {
	if j.done {
		return
	}
	lane := j.update.Chat.ID
	queue, running := h.queues[lane]
	h.queues[lane] = append(queue, j)
	if !running {
		h.lanes.Go(func() { h.run(lane) })
	}
}

// greet answers a press at once.
func (a *Adapter) greet(j *job) {
	if j.press.query != "" {
		a.answer(j.press)
	}
}

// read puts an update into our words. The job is done already when there is
// nothing to take in it.
func (a *Adapter) read(id int64, raw json.RawMessage) *job {
	j := &job{id: id, raw: raw, done: true}
	var u update
	if err := json.Unmarshal(raw, &u); err != nil {
		a.quarantine(id, raw, err)
		return j
	}
	if u.Callback != nil {
		j.press = u.Callback.press()
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
		h.wake()
		h.mu.Unlock()
		h.a.clear(j.press)
	}
}

// wake tells rest that something is passed.
func (h *hand) wake() {
	close(h.changed)
	h.changed = make(chan struct{})
}

// deliver tries until the inbox has taken the update or ctx ends.
func (h *hand) deliver(j *job) bool {
	b := h.a.nearby()
	for again := false; ; again = true {
		err := h.places.bring(h.ctx, h.try, h.in, j.update, again)
		if err == nil {
			return true
		}
		if h.ctx.Err() != nil {
			return false
		}
		wait := h.refused(j, b.next())
		if errors.Is(err, bot.ErrPanicked) {
			wait = h.a.waits.most // it will again
		}
		h.a.log.Warn("An update was not taken; trying again.", "update", j.update.ID, "wait", wait, "cause", err)
		if !sleep(h.ctx, wait) {
			return false
		}
	}
}

// refused notes it, shows what stands behind it, and says how long to wait: the
// longer, the more stand on the shelf, for they are no crowd to ask with.
func (h *hand) refused(j *job, wait time.Duration) time.Duration {
	h.mu.Lock()
	if j.refused.IsZero() {
		j.refused = time.Now()
	}
	behind := slices.Clone(h.queues[j.update.Chat.ID][1:])
	wait = min(wait*time.Duration(1+len(h.shelved)/crowd), max(wait, h.a.waits.most))
	h.mu.Unlock()
	if lookout, ok := h.in.(bot.Lookout); ok {
		for _, j := range behind {
			lookout.Behind(h.try, j.update)
		}
	}
	return wait
}

// offset is the first update of the batch that is not passed, or the one
// after its last.
func (h *hand) offset() int64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.offsetLocked()
}

func (h *hand) offsetLocked() int64 {
	for _, j := range h.batch {
		if !j.passed() {
			return j.id
		}
	}
	return h.next
}

// busy tells whether something of the batch is not passed.
func (h *hand) busy() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.offsetLocked() != h.next
}

// rest waits until the batch is passed, but not longer than patience.
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
