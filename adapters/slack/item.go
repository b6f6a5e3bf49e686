package slack

import (
	"context"
	"errors"
	"fmt"
	"time"

	"onestep/bot"
)

// item is one update on its way to the inbox.
type item struct {
	update   bot.Update
	acks     []func()  // one for each envelope that brought it; guarded by order
	after    func()    // once it is taken and acknowledged; may be nil
	deadline time.Time // not tried after this
	taken    bool      // the inbox said yes

	said  time.Time // by Slack's clock; zero for a command, which carries no time
	came  time.Time // by ours
	begun bool      // at work, or was; guarded by order
}

// before tells whether it belongs before another item that came earlier.
func (it *item) before(other *item) bool {
	return !other.begun && !it.said.IsZero() && !other.said.IsZero() && it.said.Before(other.said)
}

// deliver tries until the inbox takes the item, its time is over, or the end
// has come. Only what was taken is acknowledged.
//
// A message is held and tried again for long: Slack repeats it for six minutes
// only, and late is better than lost. A press or command is given up just
// before Slack shows the person its error, so that what they see is true.
func (r *receiver) deliver(it *item) {
	wait := r.a.pace.again
	for again := false; ; again = true {
		err := r.attempt(it, again)
		if err == nil {
			it.taken = true
			return
		}
		if errors.Is(err, bot.ErrPanicked) || !time.Now().Add(wait).Before(it.deadline) {
			r.a.setAside(&r.a.dropped, "dropped")
			r.a.log.Warn("an update was not taken", "kind", int(it.update.Kind), "cause", kindOf(err))
			return
		}
		select {
		case <-r.order.stop:
			return
		case <-time.After(wait):
			wait = min(2*wait, r.a.pace.atMost)
		}
	}
}

// attempt hands the item to the inbox once. The inbox may finish what it has
// begun when the end comes, hence the context that does not end with Receive.
func (r *receiver) attempt(it *item, again bool) (err error) {
	defer bot.Recover(r.a.log, &err)
	if again {
		if !r.order.enter(r.order.repeats) {
			return context.Canceled
		}
		defer func() { <-r.order.repeats }()
	}
	if !r.order.enter(r.order.slots) {
		return context.Canceled
	}
	defer func() { <-r.order.slots }()
	ctx, cancel := context.WithTimeout(r.ctx, r.a.pace.take)
	defer cancel()
	ctx, cancelToo := context.WithDeadline(ctx, it.deadline)
	defer cancelToo()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if it.update.Private && it.update.Zone == "" {
		it.update.Zone, it.update.ZoneAt = r.a.zone(ctx, it.update.Sender)
	}
	return r.in.Take(ctx, it.update)
}

// kindOf names an error of the inbox without repeating what it says.
func kindOf(err error) string {
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return "not in time"
	case errors.Is(err, bot.ErrPanicked):
		return "panic"
	}
	return fmt.Sprintf("%T", err)
}
