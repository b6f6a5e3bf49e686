package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

// Figures of the leases on shards. A shard whose holder died is free after
// shardLife at most and taken a look later, so within ten seconds; a holder
// renews four times in that span.
const (
	shardLife  = 8 * time.Second
	shardRenew = 2 * time.Second
	// shardLook is how often a holder looks whether another has come or gone:
	// the most that a shard which was given back waits for its next holder.
	shardLook = 250 * time.Millisecond
	// rest is how long a shard with nothing to do is left alone. It is the
	// most that a timer waits, and another replica's commit for delivery.
	rest = 100 * time.Millisecond
	// dueLife is how long a due conversation is left to the process that took
	// it, on the clock of the timers at rate 1.
	dueLife = 10 * time.Second
	dueTake = 100
	// dueAtOnce are taken side by side.
	dueAtOnce = 16
)

// Worker of shards: Runner holds its share of the shards and runs the timers
// and the delivery of each. Any number of replicas run one; the leases see to
// it that each shard has one holder.
type Runner struct {
	Bot      *Bot
	Delivery *Delivery
	Agenda   Agenda
	Leases   Leases
	// Holder names this process, for ever unique.
	Holder string
	// Rate is how many times faster than real time the people's clock runs.
	Rate float64

	holds   atomic.Int64 // shards
	working sync.Map     // number of a shard -> its *holding
}

// Held is how many shards are in our hands. It may be called at any time.
func (r *Runner) Held() int { return int(r.holds.Load()) }

// Wake tells of a commit of a conversation: the delivery of its shard, if that
// is ours, looks at once for what may leave. It never blocks.
func (r *Runner) Wake(conversation string) {
	if h, ok := r.working.Load(r.Leases.ShardOf(conversation)); ok {
		h.(*holding).poke()
	}
}

// Run works until ctx ends, then finishes the rounds in hand and gives the
// shards back, so that another replica can go on at once.
func (r *Runner) Run(ctx context.Context) {
	p := &portion{Runner: r, held: map[int]*holding{}}
	defer p.leave()
	ticker := time.NewTicker(shardLook)
	defer ticker.Stop()
	p.look(ctx)
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			p.look(ctx)
		}
	}
}

// holding is one shard in our hands.
type holding struct {
	mu    sync.Mutex
	hold  Hold
	sends chan struct{} // makes the delivery look again
	stop  context.CancelFunc
	done  chan struct{}
}

func (h *holding) poke() {
	select {
	case h.sends <- struct{}{}:
	default:
	}
}

// now is the lease as it was renewed last.
func (h *holding) now() Hold {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.hold
}

func (h *holding) renew(hold Hold) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.hold = hold
}

// lose ends the work, since another has the shard: what is in hand begins no call
// any more.
func (h *holding) lose() {
	h.mu.Lock()
	h.hold.Until = time.Now()
	h.mu.Unlock()
	h.stop()
}

func (r *Runner) hold(ctx context.Context, n int, hold Hold) *holding {
	ctx, stop := context.WithCancel(ctx)
	h := &holding{hold: hold, sends: make(chan struct{}, 1), stop: stop, done: make(chan struct{})}
	r.working.Store(n, h)
	go func() {
		defer close(h.done)
		defer r.working.CompareAndDelete(n, h)
		r.work(ctx, h)
	}()
	return h
}

// work runs the timers and the delivery of one shard until ctx ends, side by
// side: what is due in great numbers does not keep an answer waiting, nor does
// a slow platform a timer.
func (r *Runner) work(ctx context.Context, h *holding) {
	var delivery sync.WaitGroup
	defer delivery.Wait()
	delivery.Go(func() { r.Delivery.Work(ctx, h.now, h.sends) })
	for ctx.Err() == nil {
		n, err := r.Due(ctx, h.now().Lease)
		wait := rest
		switch {
		case errors.Is(err, ErrFenced):
			// The lease ran out, as in an outage of the store. Either it is
			// taken anew, or balance ends this work.
		case err != nil && ctx.Err() == nil:
			r.Bot.Log.LogAttrs(ctx, slog.LevelWarn, "timers failed", slog.String("shard", h.now().Name), slog.Any("err", err))
			wait = time.Second
		case n > 0:
			continue
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
	}
}

// Round does once what is due and ready in a shard, and tells whether there was
// anything.
func (r *Runner) Round(ctx context.Context, lease Lease) (busy bool, err error) {
	due, err := r.Due(ctx, lease)
	if due == 0 && err != nil {
		return false, err
	}
	n, e := r.Delivery.Round(ctx, lease)
	return due+n > 0, errors.Join(err, e)
}

// Due takes once what is due in a shard, and tells how many conversations that
// were.
func (r *Runner) Due(ctx context.Context, lease Lease) (int, error) {
	life := time.Duration(float64(dueLife) * max(r.Rate, 1))
	due, err := r.Agenda.TakeDue(ctx, lease, r.Bot.Now(), dueTake, life)
	if err != nil {
		return 0, err
	}
	// Conversations know nothing of each other, so they need not wait for each
	// other's trips to the store.
	ids, errs := make(chan string), make([]error, dueAtOnce)
	var workers sync.WaitGroup
	for i := range min(dueAtOnce, len(due)) {
		workers.Go(func() {
			for id := range ids {
				errs[i] = errors.Join(errs[i], r.Bot.Due(ctx, id))
			}
		})
	}
	for _, id := range due {
		ids <- id
	}
	close(ids)
	workers.Wait()
	return len(due), errors.Join(errs...)
}
