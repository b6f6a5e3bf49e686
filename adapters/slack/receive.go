package slack

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/slack-go/slack/socketmode"

	"onestep/bot"
)

// receiver is one run of Receive.
type receiver struct {
	a     *Adapter
	in    bot.Inbox
	us    us
	ctx   context.Context // lives on until the last acknowledgement is out
	order *order
	late  sync.WaitGroup // chat.updates under way
	busy  chan struct{}  // a place for each of them
	over  chan struct{}  // closed when nothing will be taken any more
}

// Receive holds the connections to Slack, or opens the ways in over HTTP, or
// both, and hands what comes to the inbox. An envelope is acknowledged when the
// inbox has taken its update, and not before.
func (a *Adapter) Receive(ctx context.Context, in bot.Inbox) error {
	if err := a.introduce(ctx); err != nil || ctx.Err() != nil {
		return err
	}
	lasting, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	a.mu.Lock()
	r := &receiver{
		a: a, in: in, us: us{a.team, a.self, a.organisation}, ctx: lasting,
		busy: make(chan struct{}, maxTakes), over: make(chan struct{}),
	}
	a.mu.Unlock()
	r.order = newOrder(a.pace.settle, r.deliver)
	a.admit(r)

	// Connections outlive ctx by a moment, so that what is taken can still be
	// acknowledged; until then they accept nothing new.
	starting, started := context.WithCancel(ctx)
	defer started()
	ended := make(chan error, len(a.links)+1)
	var conns sync.WaitGroup
	for n := range a.links {
		conns.Go(func() {
			if !pause(starting, time.Duration(n)*a.pace.apart) {
				return
			}
			if err := r.connection(lasting, n); a.cfg.SigningSecret == "" {
				ended <- err
			} else if err != nil { // there is another way in
				a.log.Error("Socket Mode has ended; events are taken over HTTP alone", "err", err)
			}
		})
	}
	if a.cfg.SigningSecret != "" {
		conns.Go(func() { ended <- r.watch() })
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-ended: // only when going on is senseless
	}
	started()
	a.admit(nil)
	r.order.close()
	close(r.over)
	r.late.Wait()
	a.mu.Lock()
	rest := a.pace.flush - time.Since(a.lastAck)
	a.mu.Unlock()
	pause(lasting, rest) // the library does not tell when an acknowledgement is written
	cancel()
	conns.Wait()
	return err
}

// admit lets what comes over HTTP in to a receiver, or turns it away with nil.
func (a *Adapter) admit(r *receiver) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.cfg.SigningSecret != "" {
		a.open = r
	}
}

// introduce asks Slack who we are, as long as it takes.
func (a *Adapter) introduce(ctx context.Context) error {
	for wait := a.pace.again; ; wait = min(2*wait, a.pace.redial) {
		a.mu.Lock()
		known := a.team != ""
		a.mu.Unlock()
		if known {
			return nil
		}
		err := a.identify(ctx)
		if errors.Is(err, ErrRefused) {
			return err
		}
		if err == nil || !pause(ctx, wait) {
			return nil
		}
		a.log.Warn("Slack cannot be reached", "cause", err.Error())
	}
}

// handle takes one envelope, and calls ack when it is done with. It is false when
// there is no room, and ack is then never called. It must not block: Slack's
// pings are answered by the same reader.
func (r *receiver) handle(e envelope, ack func()) bool {
	got := r.us.read(e, r.a.cfg.Now())
	switch got.verdict {
	case garbled:
		r.a.setAside(&r.a.unreadable, "unreadable")
		r.a.log.Warn("an envelope of Slack could not be read", "type", known(e.Type))
	case foreign:
		r.a.setAside(&r.a.foreign, "foreign")
		r.a.log.Info("refused somebody of another workspace", "type", known(e.Type))
	case take:
		if got.update.Kind == bot.Zoned {
			r.a.zones.learn(got.update.Sender, zone{name: got.update.Zone, at: got.update.ZoneAt, until: time.Now().Add(zoneLife)})
		}
		if got.door != "" {
			r.a.doors.learn(got.update.Sender, got.door)
		}
		return r.accept(got, ack)
	}
	ack()
	return true
}

// accept puts an update in its place in the order, if there is one.
func (r *receiver) accept(got reading, ack func()) bool {
	life := r.a.pace.held
	switch {
	case got.once:
		life = r.a.pace.patience
	case got.update.Kind == bot.Zoned:
		// All members of the workspace have a profile. While the inbox takes
		// nothing they must not fill our hands; Slack repeats them.
		life = r.a.pace.take
	}
	it := &item{update: got.update, said: got.said, deadline: time.Now().Add(life), acks: []func(){ack}}
	if got.pressed != nil {
		it.after = func() { r.afterPress(*got.pressed) }
	}
	if r.order.add(it) {
		return true
	}
	r.a.setAside(&r.a.dropped, "dropped")
	return false
}

// afterPress closes a pressed message beside the order of things, since nothing
// depends on it; when too many are under way, its buttons stay.
func (r *receiver) afterPress(p pressed) {
	select {
	case r.busy <- struct{}{}:
		r.late.Go(func() {
			defer func() { <-r.busy }()
			r.a.close(r.ctx, p)
		})
	default:
	}
}

// ack acknowledges an envelope through the connection that brought it. What
// cannot be acknowledged is repeated by Slack and recognised by the inbox.
func (r *receiver) ack(smc *socketmode.Client, id string) {
	if id == "" {
		return
	}
	ctx, cancel := context.WithTimeout(r.ctx, time.Second)
	defer cancel()
	if err := smc.AckCtx(ctx, id, nil); err != nil {
		r.a.log.Debug("an acknowledgement could not leave", "cause", cause(err))
		return
	}
	r.a.mu.Lock()
	r.a.lastAck = time.Now()
	r.a.mu.Unlock()
}

// known passes on a type only if it is one of Slack's.
func known(kind string) string {
	switch kind {
	case "events_api", "interactive", "slash_commands":
		return kind
	}
	return "other"
}

// unpack reads the envelope of a frame that the library could not read.
func unpack(frame json.RawMessage) (envelope, bool) {
	var e envelope
	err := json.Unmarshal(frame, &e)
	return e, err == nil && e.ID != ""
}

// pause waits, and returns false when ctx ended first.
func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return true
	case <-ctx.Done():
		return false
	}
}
