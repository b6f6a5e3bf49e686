package simulator

import (
	"context"
	"sync"
	"time"

	"onestep/bot"
)

// How long to wait before an update that the inbox refused is handed to it
// again: short, because the person sits there and waits, then longer, because
// an outage of storage is not mended by asking.
const (
	firstRetry = 100 * time.Millisecond
	lastRetry  = 5 * time.Second
)

// takeLimit bounds one Take when everything else is already stopping. A turn
// takes milliseconds; whoever needs longer has lost its storage.
const takeLimit = 15 * time.Second

// Receive hands updates to the inbox, in order within a chat, chats side by
// side, each until the inbox has taken it. It returns nil when ctx ends. What
// was not taken stays queued for the next Receive; only one may run at a time.
func (a *Adapter) Receive(ctx context.Context, in bot.Inbox) error {
	var chats sync.WaitGroup
	defer chats.Wait()
	busy := map[string]chan struct{}{} // closed when that chat's drain is done
	for {
		a.mu.Lock()
		changed := a.changed
		for chat := range a.queues {
			if done, ok := busy[chat]; ok {
				select {
				case <-done:
				default:
					continue
				}
			}
			done := make(chan struct{})
			busy[chat] = done
			chats.Go(func() {
				defer a.finish(done)
				a.drain(ctx, in, chat)
			})
		}
		a.mu.Unlock()
		select {
		case <-ctx.Done():
			return nil
		case <-changed:
		}
	}
}

// finish marks a drain as done and wakes Receive, which may have skipped an
// update that came while the drain was ending.
func (a *Adapter) finish(done chan struct{}) {
	a.mu.Lock()
	defer a.mu.Unlock()
	close(done)
	a.wake()
}

// drain hands over one chat's updates until none is left or ctx ends.
func (a *Adapter) drain(ctx context.Context, in bot.Inbox, chat string) {
	wait := firstRetry
	for ctx.Err() == nil {
		u, ok := a.head(chat)
		if !ok {
			return
		}
		if err := take(ctx, in, u); err != nil {
			a.log.Warn("simulator: update not taken, will try again", "update", u.ID, "wait", wait, "err", err)
			select {
			case <-ctx.Done():
			case <-time.After(wait):
			}
			wait = min(2*wait, lastRetry)
			continue
		}
		wait = firstRetry
		a.taken(chat)
	}
}

// take lets an update in hand finish although ctx ends meanwhile.
func take(ctx context.Context, in bot.Inbox, u bot.Update) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), takeLimit)
	defer cancel()
	return in.Take(ctx, u)
}

func (a *Adapter) head(chat string) (bot.Update, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.queues[chat]) == 0 {
		return bot.Update{}, false
	}
	return a.queues[chat][0], true
}

func (a *Adapter) taken(chat string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.queues[chat] = a.queues[chat][1:]; len(a.queues[chat]) == 0 {
		delete(a.queues, chat)
	}
	a.wake()
}

// Drained waits until the inbox has taken everything people did so far.
func (a *Adapter) Drained(ctx context.Context) error {
	for {
		a.mu.Lock()
		left, changed := len(a.queues), a.changed
		a.mu.Unlock()
		if left == 0 {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}
