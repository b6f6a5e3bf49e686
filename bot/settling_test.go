package bot_test

import (
	"context"
	"testing"

	"onestep/bot"
)

// forgetful is an outbox that cannot be told how attempts ended for a while.
type forgetful struct {
	bot.Outbox
	fails int
}

func (f *forgetful) Settle(ctx context.Context, lease bot.Lease, l bot.Leased, o bot.Outcome) (bool, error) {
	if f.fails > 0 {
		f.fails--
		return false, errTest
	}
	return f.Outbox.Settle(ctx, lease, l, o)
}

// What arrived while the store was away for a moment is noted once it is back:
// it is not sent again, and what follows does not wait.
func TestOutageBetweenSendingAndNoting(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	outbox := &forgetful{w.runner.Delivery.Outbox, 3}
	w.runner.Delivery.Outbox = outbox
	first := texts(w.writes(patient, "help"))
	if outbox.fails != 0 {
		t.Fatal("nothing was to be noted, so this proves nothing")
	}
	again := texts(w.writes(patient, "help"))
	if len(first) == 0 || first != again {
		t.Errorf("with the store away for a moment\n%s\nand without\n%s", first, again)
	}
}
