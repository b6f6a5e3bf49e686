package main

import (
	"context"
	"time"

	"onestep/bot"
)

// pollerLife is how long another replica waits before it polls Telegram, or sees
// to its webhook, in place of one that died. It looks eight times in that span,
// so it goes on within ten seconds of a death and one of a graceful stop.
const pollerLife = 8 * time.Second

// pollerLease is the name of that lease.
const pollerLease = "telegram"

// poller lets one replica poll Telegram at a time, by a lease in the store.
type poller struct {
	leases bot.Leases
	holder string
	lease  bot.Lease
}

func (p *poller) Hold(ctx context.Context) (time.Duration, bool, error) {
	lease, ok, err := p.leases.Acquire(ctx, pollerLease, p.holder, pollerLife)
	if ok {
		p.lease = lease
	}
	return pollerLife, ok, err
}

func (p *poller) Release(ctx context.Context) error { return p.leases.Release(ctx, p.lease) }
