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
	// Known are platforms for which something may wait although there is no adapter
	// any more. It is given up like what cannot be sent for other reasons.
	Known []string
	// Budget is what all replicas share of the limits of platforms; nil: the
	// limits are not kept, as where all platforms are our own.
	Budget Budget
	// Wall is real time: attempts, waits and leases run on it even when the
	// people's clock is fast.
	Wall func() time.Time
	// Rate is how many times faster than Wall the people's clock runs; 0 is 1.
	Rate float64

	once      sync.Once
	platforms []string // in order, with the empty one for letters
	limits    map[string]Limits
	pacers    map[string]*pacer
	calls     map[string]map[string]*pacer // by platform and call: see Limits
	outages   map[string]*outage
}

// Figures of delivery.
const (
	// attemptLife is longer than any one attempt takes, so that an entry whose
	// lease ran out has certainly been left behind by a process that died.
	attemptLife = 60 * time.Second
	// attemptTime bounds one attempt (PLATFORMS B4: sends 15 to 30 s).
	attemptTime = 25 * time.Second
	// stopTime is how long an attempt may go on once we are told to stop: cut
	// off, nobody would know whether the message arrived, and it would be
	// repeated. A shard is to be handed over within 2 s.
	stopTime = 1500 * time.Millisecond
	// settleTime is how long the settling of an attempt is tried: together with
	// the attempt less than its life. A try takes up to settleTry, as long as a
	// call of the store, and the next begins after settlePause.
	settleTime  = 30 * time.Second
	settleTry   = 5 * time.Second
	settlePause = 100 * time.Millisecond
	// atOnce is how many attempts of one shard, platform and class run side by
	// side.
	atOnce = 16
	// lateArrival is how long after its turn a message arrives late, of real time.
	lateArrival = time.Minute
	// giveUpAfter is how long a message is tried: a check-in that arrives a
	// day late does no good.
	giveUpAfter = 24 * time.Hour
	firstWait   = time.Second
	longestWait = 5 * time.Minute
	// longestHold is for how long a platform is believed that asks to be left alone
	// by the whole bot. Telegram has told one chat five hours (PLATFORMS A2); should
	// it be meant for all, a few messages a minute find it out anew.
	longestHold = time.Minute
	// longestAlone is for how long answers leave one chat alone that is told to wait
	// for longer.
	longestAlone = 30 * time.Minute
)

// one makes one attempt and settles it. A settling that fails for long leaves the
// lease to run out: the entry is then tried again as unsure. lent tells that its
// platform lent for it: see pacer. more tells whether its lane has another entry
// that may leave now.
func (d *Delivery) one(ctx context.Context, c claim, l Leased, lent bool) (more bool, err error) {
	defer Recover(d.Bot.Log, &err) // around all of it: the goroutine of an attempt begins here
	place, outcome, err := d.inTurn(ctx, l, lent)
	// Its time begins when it may leave: whoever waited long for a place is no
	// slower than the others. Stopping must not cut off what is on its way, nor
	// leave an attempt unsettled that has just succeeded.
	attempt, cancel := context.WithDeadline(context.WithoutCancel(ctx), c.ends(time.Now()))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(stopTime, cancel) })()

	if err == nil && outcome.Reason == "" {
		attempt := Guard(attempt, c.err)
		if place != nil {
			defer place.leaves()
			attempt = seated(attempt, place)
		}
		began := time.Now()
		outcome, err = d.attempt(attempt, l)
		if err == nil {
			d.Bot.Meter.Send(l.platform(), outcome.Reason, time.Since(began))
		}
	}
	if err != nil {
		return false, err
	}
	level := slog.LevelDebug
	switch {
	case outcome.Dead:
		level = slog.LevelError
	case outcome.Done && !l.Began.IsZero(): // somebody was written to first: once, not for each part
		level = slog.LevelInfo
	}
	d.Bot.Log.Log(ctx, level, "sent", "entry", l.ID, "platform", l.platform(), "outcome", outcome.Reason, "attempt", l.Attempt, "why", l.Why)
	outcome.At = d.Wall()
	if more, err = d.settle(ctx, c, l, outcome); err == nil && outcome.Done {
		d.lateNoted(ctx, l)
	}
	return more, err
}

// lateNoted has the journal know when a person was written to first, where that is
// not when its turn was: it waited for the platform, or for the morning. It comes
// after the settling, which must not wait for it, and keeps no stop for long.
func (d *Delivery) lateNoted(ctx context.Context, l Leased) {
	if l.Began.IsZero() || d.real(d.Bot.Now().Sub(l.Began)) < lateArrival {
		return
	}
	call, cancel := context.WithTimeout(context.WithoutCancel(ctx), stopTime)
	defer cancel()
	if err := d.Bot.arrivedLate(call, l); err != nil {
		d.Bot.Log.Warn("the journal does not know how late a message left", "entry", l.ID, "err", err)
	}
}

// settle notes how an attempt ended, through an outage of the store: a message
// that arrived and is not noted would be repeated, and its chat would wait until
// the lease runs out. Noting it again changes nothing. A lease that ran out in the
// outage and is ours again serves as well: nobody had the shard in between, or
// the attempt is not the latest any more.
func (d *Delivery) settle(ctx context.Context, c claim, l Leased, o Outcome) (more bool, err error) {
	for end := time.Now().Add(settleTime); ; {
		hold := c.hold()
		call, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTry)
		more, err := d.Outbox.Settle(call, hold.Lease, l, o)
		cancel()
		now := time.Now()
		lost := errors.Is(err, ErrFenced) && !hold.over(now) && c.hold().Fence == hold.Fence
		if err == nil || lost || now.After(end) {
			return more, err
		}
		select {
		case <-ctx.Done():
			return false, err // another replica takes the shard over
		case <-time.After(settlePause):
		}
	}
}

// inTurn waits until a message may leave, and gives what it may leave with: nil
// where there are no limits. An outcome with a reason means that it may not: the
// platform is to be left alone for longer than a moment, or we are to stop.
func (d *Delivery) inTurn(ctx context.Context, l Leased, lent bool) (*seat, Outcome, error) {
	p := d.pacers[l.Chat.Platform]
	if l.Letter != nil || p == nil {
		return nil, Outcome{}, nil
	}
	if !l.Unsure { // what may have arrived is looked for first: see attempt
		if o, err := d.hush(ctx, l); err != nil || o.Reason != "" {
			if lent {
				p.giveBack(1)
			}
			return nil, o, err
		}
	}
	got, err := p.wait(ctx, l.Class, lent)
	if err != nil { // nothing was attempted
		return nil, untried(Outcome{Retry: d.Wall(), Unsure: l.Unsure, Reason: "stopped"}), nil
	}
	var s *seat
	if got.held != nil {
		s = &seat{p: p, calls: d.calls[l.Chat.Platform], class: l.Class, place: got.held}
	}
	if wait := max(got.wait, d.pause(l.Chat.Platform, l.Class)); wait > 0 {
		if s != nil {
			s.leaves()
		}
		o, err := d.later(ctx, l, wait, "paused")
		return nil, untried(o), err
	}
	return s, Outcome{}, nil
}

// pause is for how long a platform is to be left alone with messages of a class:
// since it asked for that, or since it cannot be reached.
func (d *Delivery) pause(platform string, class Class) time.Duration {
	return max(d.pacers[platform].pause(class), d.outages[platform].pause(d.Wall()))
}

func (e Envelope) platform() string {
	if e.Letter != nil {
		return "letter"
	}
	return e.Chat.Platform
}

// attempt makes one attempt. One that panics, in the adapter or anywhere else, has
// an unknown outcome, so that it is given up one day like any other.
func (d *Delivery) attempt(ctx context.Context, l Leased) (o Outcome, err error) {
	defer func() {
		if errors.Is(err, ErrPanicked) {
			o, err = d.unsure(ctx, l, backoff(l.Tries))
		}
	}()
	defer Recover(d.Bot.Log, &err)
	if l.Letter != nil {
		if err := d.Bot.Open(ctx, l.Envelope); err != nil {
			d.Bot.Log.Error("letter not taken", "entry", l.ID, "kind", l.Letter.Kind, "err", err)
			return Outcome{Retry: d.Wall().Add(backoff(l.Tries)), Reason: "later"}, nil
		}
		return Outcome{Done: true, Reason: "delivered"}, nil
	}
	adapter, ok := d.Adapters[l.Chat.Platform]
	if !ok {
		return d.later(ctx, l, longestWait, "no adapter")
	}
	m := Message{ID: l.ID, Chat: l.Chat, Door: l.Door, Text: l.Text, Buttons: l.Buttons, Unsure: l.Unsure, Since: l.Since, Parts: l.Parts}
	if l.Unsure {
		if StillOurs(ctx) != nil {
			return d.notOurs(l), nil
		}
		switch found, err := look(ctx, adapter, m); {
		case errors.Is(err, ErrCannotFind):
			if l.Why == "nudge" && l.Parts == 0 {
				m.Text = "(repeat) " + m.Text
			}
		case err != nil && StillOurs(ctx) != nil:
			return d.notOurs(l), nil
		case err != nil:
			return d.failed(ctx, adapter, l, m, err)
		case found:
			return d.delivered(l), nil
		}
		if o, err := d.hush(ctx, l); err != nil || o.Reason != "" {
			return o, err
		}
	}
	if StillOurs(ctx) != nil {
		return d.notOurs(l), nil
	}
	if _, err = adapter.Send(ctx, m); err != nil {
		return d.failed(ctx, adapter, l, m, err)
	}
	return d.delivered(l), nil
}

// notOurs ends an attempt that was not made, since another may have the message
// by now: if so, it makes it. Else the message is ready again at once.
func (d *Delivery) notOurs(l Leased) Outcome {
	return untried(Outcome{Retry: d.Wall(), Unsure: l.Unsure, Reason: "not ours"})
}

// untried marks an attempt that ended before the message left, through no fault
// of its own.
func untried(o Outcome) Outcome {
	o.Untried = true
	return o
}

// hush keeps what was planned, and is only leaving now, out of a person's quiet
// hours. An outcome without a reason lets it leave.
func (d *Delivery) hush(ctx context.Context, l Leased) (Outcome, error) {
	if l.Class != Planned || d.Bot.Now().Before(l.Until) {
		return Outcome{}, nil
	}
	// What waited behind others, or behind a platform that was away, was never tried
	// and is as old all the same.
	if !l.Until.IsZero() && d.real(d.Bot.Now().Sub(l.Until)) > giveUpAfter {
		return d.tooOld(ctx, l)
	}
	wait, err := d.Bot.hushed(ctx, l.Conversation)
	switch {
	case ctx.Err() != nil: // we are to stop, and nothing was attempted
		return untried(Outcome{Retry: d.Wall(), Unsure: l.Unsure, Reason: "stopped"}), nil
	case err != nil:
		d.Bot.Log.Warn("whose hours these are cannot be read", "entry", l.ID, "err", err)
		return d.later(ctx, l, backoff(l.Tries), "later")
	case wait > 0:
		o, err := d.later(ctx, l, max(d.real(wait), firstWait), "quiet")
		return untried(o), err
	}
	return Outcome{}, nil
}

// real is how long a time on the people's clock takes.
func (d *Delivery) real(span time.Duration) time.Duration {
	return time.Duration(float64(span) / max(d.Rate, 1))
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
	d.outages[l.Chat.Platform].ends()
	o := Outcome{Done: true, Reason: "delivered", Pace: d.limits[l.Chat.Platform].of(l.Chat)}
	if l.Token != "" && l.Wait > 0 {
		o.ReplyDue = d.Bot.Now().Add(l.Wait)
	}
	return o
}

// failed reads why a message was not sent, and notes what of it was.
func (d *Delivery) failed(ctx context.Context, adapter Adapter, l Leased, m Message, err error) (Outcome, error) {
	var send *SendError
	if !errors.As(err, &send) {
		send = &SendError{Fate: Unknown, Err: err}
	}
	o, err := d.read(ctx, adapter, l, m, send)
	if o.Parts = max(o.Parts, send.Parts); send.Parts > m.Parts {
		o.Pace = d.limits[l.Chat.Platform].of(l.Chat)
	}
	return o, err
}

// read is the one place that reads the fate of a message.
func (d *Delivery) read(ctx context.Context, adapter Adapter, l Leased, m Message, send *SendError) (Outcome, error) {
	d.Bot.Log.Warn("send failed", "entry", l.ID, "platform", l.Chat.Platform, "fate", send.Fate.String(), "err", send.Err)
	after := send.After
	if l.Class == Answer {
		after = min(after, longestAlone)
	}
	wait := max(after, backoff(l.Tries))
	alone := wait // its chat
	switch send.Fate {
	case Later:
		if send.After == 0 && StillOurs(ctx) != nil {
			return d.notOurs(l), nil
		}
		if errors.Is(send.Err, ErrLate) || errors.Is(send.Err, ErrHeld) {
			o, err := d.later(ctx, l, max(d.pacers[l.Chat.Platform].pause(l.Class), firstWait), "paused")
			return untried(o), err
		}
		if send.Whole {
			wait, alone = d.pausedBy(ctx, l, send.WholeFor), after
		}
		o, err := d.later(ctx, l, wait, "later")
		// That all have to wait is no fault of this message.
		o.Untried = send.Whole
		if send.After > 0 && !o.Dead {
			// Also for answers that come meanwhile, but never for hours: they may be
			// about a life.
			o.Alone = d.Wall().Add(min(alone, longestAlone))
		}
		return o, err
	case Unknown:
		return d.unsure(ctx, l, wait)
	case Elsewhere:
		move := Update{ID: l.ID + ".moved", Kind: Moved, Chat: l.Chat, MovedTo: send.MovedTo}
		if err := d.Bot.Take(ctx, move); err != nil {
			return Outcome{}, err
		}
		l.Chat, m.Chat, m.Door, m.Parts = send.MovedTo, send.MovedTo, "", send.Parts
		_, err := adapter.Send(ctx, m)
		var again *SendError
		switch {
		case err == nil:
			return d.delivered(l), nil
		case errors.As(err, &again) && again.Fate == Elsewhere: // one move in one attempt
			return d.later(ctx, l, wait, "later")
		}
		return d.failed(ctx, adapter, l, m, err)
	case Gone:
		if err := d.Bot.gone(ctx, l); err != nil {
			return Outcome{}, err
		}
		return Outcome{Dead: true, Reason: "gone"}, nil
	case Revoked:
		return d.later(ctx, l, longestWait, "revoked")
	default:
		if err := d.Bot.undelivered(ctx, l, false); err != nil {
			return Outcome{}, err
		}
		return Outcome{Dead: true, Reason: "ours"}, nil
	}
}

// pausedBy leaves a platform alone, for as long as it says, which is believed up to
// longestHold, or, when it cannot be reached, for some time. It gives for how long
// this message waits. How often any one message was tried is no matter of all.
func (d *Delivery) pausedBy(ctx context.Context, l Leased, told time.Duration) time.Duration {
	platform := l.Chat.Platform
	if told == 0 {
		return d.outages[platform].fails(d.Wall())
	}
	level := slog.LevelWarn
	if told > longestHold {
		level = slog.LevelError
	}
	wait := min(told, longestHold)
	d.Bot.Log.Log(ctx, level, "the platform asks to be left alone by all", "platform", platform, "for", wait, "told", told)
	if err := d.pacers[platform].hold(ctx, wait); err != nil {
		d.Bot.Log.Warn("other replicas do not know that the platform is to be left alone", "platform", platform, "err", err)
	}
	return max(d.pacers[platform].pause(l.Class), firstWait)
}

// Held is for how long a platform is left alone with what is planned, since it
// asked for that: 0 if it is not. Answers are tried sooner.
func (d *Delivery) Held(platform string) time.Duration {
	d.once.Do(d.prepare)
	if p := d.pacers[platform]; p != nil {
		return max(p.pause(Planned), 0)
	}
	return 0
}

// Paused tells whether a platform is left alone with what is planned, since it asked
// for that or cannot be reached from here.
func (d *Delivery) Paused(platform string) bool {
	d.once.Do(d.prepare)
	return d.pacers[platform] != nil && d.pause(platform, Planned) > 0
}

// later tries again after a wait, or gives up on what is too old to be of use.
func (d *Delivery) later(ctx context.Context, l Leased, wait time.Duration, reason string) (Outcome, error) {
	now := d.Wall()
	if !l.Since.IsZero() && now.Sub(l.Since) > giveUpAfter {
		return d.tooOld(ctx, l)
	}
	return Outcome{Retry: now.Add(wait), Unsure: l.Unsure, Reason: reason}, nil
}

// tooOld gives a message up, with whom it concerns told.
func (d *Delivery) tooOld(ctx context.Context, l Leased) (Outcome, error) {
	if err := d.Bot.undelivered(ctx, l, true); err != nil {
		return Outcome{}, err
	}
	return Outcome{Dead: true, Reason: "too old"}, nil
}

// unsure is later for an attempt that may have arrived.
func (d *Delivery) unsure(ctx context.Context, l Leased, wait time.Duration) (Outcome, error) {
	l.Unsure = true
	o, err := d.later(ctx, l, wait, "unknown")
	o.Pace = d.limits[l.Chat.Platform].of(l.Chat)
	return o, err
}

// backoff doubles the wait with each attempt, up to longestWait.
func backoff(attempt int) time.Duration {
	wait := firstWait
	for range min(attempt-1, 10) {
		wait *= 2
	}
	return min(wait, longestWait)
}
