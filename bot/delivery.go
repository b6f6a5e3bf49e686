package bot

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// Delivery takes messages from the outbox to the platforms and letters to
// their conversations. Fields are set once before use.
type Delivery struct {
	Bot      *Bot
	Outbox   Outbox
	Adapters map[string]Adapter // by platform
	// Wall is real time: attempts, waits and leases run on it even when the
	// people's clock is fast.
	Wall func() time.Time

	mu     sync.Mutex
	paused map[string]time.Time // by platform, until when it takes nothing from us
}

// Figures of delivery.
const (
	// attemptLife is longer than any one attempt takes, so that an entry whose
	// lease ran out has certainly been left behind by a process that died.
	attemptLife = 60 * time.Second
	// attemptTime bounds one attempt (PLATFORMS B4: sends 15 to 30 s).
	attemptTime = 25 * time.Second
	// batch is how many lanes one round takes; atOnce how many attempts run
	// side by side. A slow platform then holds up a round by one attempt's
	// time and no lane of another shard.
	batch  = 64
	atOnce = 16
	// giveUpAfter is how long a message is tried: a check-in that arrives a
	// day late does no good.
	giveUpAfter = 24 * time.Hour
	firstWait   = time.Second
	longestWait = 5 * time.Minute
)

// Round attempts what is ready in one shard, and tells how many entries that
// were. It returns when all outcomes are settled.
func (d *Delivery) Round(ctx context.Context, lease Lease) (int, error) {
	ready, err := d.Outbox.TakeReady(ctx, lease, d.Wall(), batch, attemptLife)
	if err != nil {
		return 0, err
	}
	slots := make(chan struct{}, atOnce)
	var wg sync.WaitGroup
	errs := make(chan error, len(ready))
	for _, l := range ready {
		slots <- struct{}{}
		wg.Go(func() {
			defer func() { <-slots }()
			errs <- d.one(ctx, lease, l)
		})
	}
	wg.Wait()
	close(errs)
	for e := range errs {
		err = errors.Join(err, e)
	}
	return len(ready), err
}

// one makes one attempt and settles it. A settling that fails leaves the lease
// to run out: the entry is then tried again as unsure.
func (d *Delivery) one(ctx context.Context, lease Lease, l Leased) error {
	began := time.Now()
	attempt, cancel := context.WithTimeout(ctx, attemptTime)
	defer cancel()
	outcome, err := d.attempt(attempt, l)
	if err != nil {
		return err
	}
	d.Bot.Meter.Send(l.platform(), outcome.Reason, time.Since(began))
	level := slog.LevelDebug
	if outcome.Dead {
		level = slog.LevelError
	}
	d.Bot.Log.Log(ctx, level, "sent", "entry", l.ID, "platform", l.platform(), "outcome", outcome.Reason, "attempt", l.Attempt, "why", l.Why)
	// Stopping must not leave an attempt unsettled that has just succeeded.
	settle, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	return d.Outbox.Settle(settle, lease, l, outcome)
}

func (e Envelope) platform() string {
	if e.Letter != nil {
		return "letter"
	}
	return e.Chat.Platform
}

func (d *Delivery) attempt(ctx context.Context, l Leased) (Outcome, error) {
	if l.Letter != nil {
		if err := d.Bot.Open(ctx, l.Envelope); err != nil {
			d.Bot.Log.Error("letter not taken", "entry", l.ID, "kind", l.Letter.Kind, "err", err)
			return Outcome{Retry: d.Wall().Add(backoff(l.Attempt)), Reason: "later"}, nil
		}
		return Outcome{Done: true, Reason: "delivered"}, nil
	}
	adapter, ok := d.Adapters[l.Chat.Platform]
	if !ok {
		return d.later(ctx, l, longestWait, "no adapter")
	}
	if wait := d.pause(l.Chat.Platform); wait > 0 {
		return d.later(ctx, l, wait, "paused")
	}
	m := Message{ID: l.ID, Chat: l.Chat, Text: l.Text, Buttons: l.Buttons, Unsure: l.Unsure, Since: l.Since}
	if l.Unsure {
		switch found, err := look(ctx, adapter, m); {
		case errors.Is(err, ErrCannotFind):
			if l.Why == "nudge" {
				m.Text = "(repeat) " + m.Text
			}
		case err != nil:
			return d.unsure(ctx, l, backoff(l.Attempt))
		case found:
			return d.delivered(l), nil
		}
	}
	_, err := adapter.Send(ctx, m)
	if err == nil {
		return d.delivered(l), nil
	}
	return d.failed(ctx, adapter, l, m, err)
}

// look asks a platform that can be asked whether a message has arrived.
func look(ctx context.Context, a Adapter, m Message) (found bool, err error) {
	finder, ok := a.(Finder)
	if !ok {
		return false, ErrCannotFind
	}
	_, found, err = finder.Find(ctx, m)
	return found, err
}

func (d *Delivery) delivered(l Leased) Outcome {
	o := Outcome{Done: true, Reason: "delivered"}
	if l.Token != "" && l.Wait > 0 {
		o.ReplyDue = d.Bot.Now().Add(l.Wait)
	}
	return o
}

// failed is the one place that reads why a message was not sent.
func (d *Delivery) failed(ctx context.Context, adapter Adapter, l Leased, m Message, err error) (Outcome, error) {
	var send *SendError
	if !errors.As(err, &send) {
		send = &SendError{Fate: Unknown, Err: err}
	}
	d.Bot.Log.Warn("send failed", "entry", l.ID, "platform", l.Chat.Platform, "fate", send.Fate.String(), "err", send.Err)
	wait := max(send.After, backoff(l.Attempt))
	if send.Whole {
		d.hold(l.Chat.Platform, wait)
	}
	switch send.Fate {
	case Later:
		return d.later(ctx, l, wait, "later")
	case Unknown:
		return d.unsure(ctx, l, wait)
	case Elsewhere:
		move := Update{ID: l.ID + ".moved", Kind: Moved, Chat: l.Chat, MovedTo: send.MovedTo}
		if err := d.Bot.Take(ctx, move); err != nil {
			return Outcome{}, err
		}
		m.Chat = send.MovedTo
		if _, err := adapter.Send(ctx, m); err != nil {
			return d.unsure(ctx, l, wait)
		}
		return d.delivered(l), nil
	case Gone:
		if err := d.Bot.gone(ctx, l); err != nil {
			return Outcome{}, err
		}
		return Outcome{Dead: true, Reason: "gone"}, nil
	case Revoked:
		return d.later(ctx, l, longestWait, "revoked")
	default:
		if err := d.Bot.undelivered(ctx, l); err != nil {
			return Outcome{}, err
		}
		return Outcome{Dead: true, Reason: "ours"}, nil
	}
}

// later tries again after a wait, or gives up on what is too old to be of use.
func (d *Delivery) later(ctx context.Context, l Leased, wait time.Duration, reason string) (Outcome, error) {
	now := d.Wall()
	if !l.Since.IsZero() && now.Sub(l.Since) > giveUpAfter {
		if err := d.Bot.undelivered(ctx, l); err != nil {
			return Outcome{}, err
		}
		return Outcome{Dead: true, Reason: "too old"}, nil
	}
	return Outcome{Retry: now.Add(wait), Unsure: l.Unsure, Reason: reason}, nil
}

// unsure is later for an attempt that may have arrived.
func (d *Delivery) unsure(ctx context.Context, l Leased, wait time.Duration) (Outcome, error) {
	l.Unsure = true
	return d.later(ctx, l, wait, "unknown")
}

// hold keeps everything from a platform that has throttled the whole bot.
func (d *Delivery) hold(platform string, wait time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.paused == nil {
		d.paused = map[string]time.Time{}
	}
	if until := d.Wall().Add(wait); until.After(d.paused[platform]) {
		d.paused[platform] = until
	}
}

// pause is how long a platform is to be left alone.
func (d *Delivery) pause(platform string) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.paused[platform].Sub(d.Wall())
}

// backoff doubles the wait with each attempt, up to longestWait.
func backoff(attempt int) time.Duration {
	wait := firstWait
	for range min(attempt-1, 10) {
		wait *= 2
	}
	return min(wait, longestWait)
}
