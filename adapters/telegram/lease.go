package telegram

import (
	"context"
	"time"
)

// Poller lets one replica poll at a time: Telegram throws a poller out when a
// second one comes (409). With a webhook it is the right to set it. It needs no fence: two pollers for a moment deliver
// an update twice, which the inbox takes once, and confirm only what is
// committed.
type Poller interface {
	// Hold takes the right to poll, or keeps it. It is ours for life from the
	// moment of the call; ok is false while another replica has it.
	Hold(ctx context.Context) (life time.Duration, ok bool, err error)
	// Release gives the right back, so that another replica need not wait.
	Release(ctx context.Context) error
}

// always is the right to poll of the only replica.
type always struct{}

func (always) Hold(context.Context) (time.Duration, bool, error) { return time.Hour, true, nil }
func (always) Release(context.Context) error                     { return nil }

// reign waits for the right to poll, runs work under a context that ends when
// the right is lost, and gives the right back when ctx ends. It returns work's
// error.
func (a *Adapter) reign(ctx context.Context, work func(context.Context) error) error {
	life, ok := a.enthrone(ctx)
	if !ok {
		return nil
	}
	held, lose := context.WithCancel(ctx)
	kept := make(chan struct{})
	go func() {
		defer close(kept)
		defer lose()
		a.keep(held, life)
	}()
	err := work(held)
	lose()
	<-kept
	if ctx.Err() != nil || err != nil {
		brief, done := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer done()
		if e := a.poller.Release(brief); e != nil {
			a.log.Warn("The right to poll Telegram could not be given back; it runs out by itself.", "cause", e)
		}
	}
	return err
}

// enthrone waits until this replica may poll; ok is false when ctx ended.
func (a *Adapter) enthrone(ctx context.Context) (life time.Duration, ok bool) {
	waited := false
	look := time.Now().Add(a.waits.standby)
	for b := a.nearby(); ; {
		life, ok, err := a.poller.Hold(ctx)
		if ok && err == nil {
			return life, true
		}
		wait := b.next()
		if err == nil {
			b = a.nearby()
			// Soon enough that a right that was given back is taken within a second.
			wait = max(min(life/8, a.waits.most), a.waits.first)
			if !waited {
				waited = true
				a.log.Info("Another replica polls Telegram; this one stands by.")
			}
		} else if ctx.Err() == nil {
			a.log.Warn("Who may poll Telegram cannot be found out; trying again.", "cause", err, "wait", wait)
		}
		if !sleep(ctx, wait) {
			return 0, false
		}
		if time.Now().After(look) {
			err := a.meet(ctx) // it notes for Ready how this went
			look = time.Now().Add(patient(a.waits.standby, err))
		}
	}
}

// keep renews the right to poll until it is lost or ctx ends.
func (a *Adapter) keep(ctx context.Context, life time.Duration) {
	until := time.Now().Add(life)
	for sleep(ctx, life/3) {
		asked := time.Now()
		brief, done := context.WithDeadline(ctx, until)
		l, ok, err := a.poller.Hold(brief)
		done()
		switch {
		case err == nil && ok:
			life, until = l, asked.Add(l)
		case err == nil:
			a.log.Warn("Another replica has taken over polling Telegram.")
			return
		case ctx.Err() == nil && time.Now().Add(life/3).After(until):
			a.log.Warn("The right to poll Telegram could not be renewed in time.", "cause", err)
			return
		}
	}
}

// backoff doubles a wait after each failure.
type backoff struct{ now, most time.Duration }

func (a *Adapter) backoff() *backoff { return &backoff{a.waits.first, a.waits.most} }

// nearby is the backoff for what is our own: people wait for answers, so it
// goes on soon after an outage.
func (a *Adapter) nearby() *backoff { return &backoff{a.waits.first, a.waits.near} }

func (b *backoff) next() time.Duration {
	w := b.now
	b.now = min(2*b.now, b.most)
	return w
}

// sleep waits, and is false when ctx ended before.
func sleep(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return ctx.Err() == nil
	}
}
