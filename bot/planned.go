package bot

import (
	"context"
	"slices"
	"strings"
	"time"

	"onestep/dialogs"
)

// What a planned message has to pass before it leaves, in this order: it is
// not stale, a silent person's turn has come, the hours are not quiet, the day
// is not closed, and the week has room for one more contact. Replies and safety
// words pass by all of it.

const (
	// staleAfter is how long a check-in that could not start on time, because
	// the program was down or the person busy with another dialog, still makes
	// sense.
	staleAfter = 24 * time.Hour
	// heldAtMost is how long quiet hours, closed days and the weekly cap may
	// hold a start back; six days, so that it never meets the next week's.
	heldAtMost = 6 * 24 * time.Hour
	// begunGoesOn is how far into quiet hours that what began to leave before
	// them may still go on leaving, so that no check-in is cut in two.
	begunGoesOn = 15 * time.Minute
	// freeAtMost is how long something planned may leave without another look at
	// the person's hours, which they may have changed: somewhat longer than a
	// message to each of 100,000 people takes on Telegram.
	freeAtMost = time.Hour
	// lateFrom is from when on a start counts as late in its reason.
	lateFrom = 15 * time.Minute
	// longestClosed bounds how many closed days in a row are passed over.
	longestClosed = 30
	// silentFrom is how many check-ins in a row without a reply make the
	// spacing wider: from then on each second start is passed over, where they
	// are less than spacedEnough weeks apart.
	silentFrom   = 2
	spacedEnough = 3
	// capDays is for how many days the weekly cap counts, to the same local time.
	capDays = 7
)

// Wait is a planned message that is held back.
type Wait struct {
	// Due is when its rule wanted it.
	Due time.Time
	// Held are the codes of what has held it, in the order in which they did.
	Held []string
}

// scriptDue starts a planned script and sets its next start. However many
// starts were missed, one is made up for, and none that is stale.
func (t *turn) scriptDue(script string, at time.Time) error {
	p := t.conv.Patient
	if p == nil {
		return nil
	}
	name := scriptTimer + script
	w := t.waited(name, at)
	if latest := t.latest(script, w.Due); latest.After(w.Due) { // its place is taken by a newer one
		w = Wait{Due: latest}
		if latest.After(at) {
			at = latest
		}
	}
	reason := t.planReason(script, w)
	switch {
	case script != dialogs.ProposalScript && (t.at.Sub(at) > staleAfter || t.at.Sub(w.Due) > heldAtMost): // a proposal says itself until when
		t.nextStart(script)
		t.note(Entry{What: "session", Name: script, Value: "stale", Rule: reason.String()})
		return nil
	case t.capped(script, w.Due):
		t.nextStart(script)
		t.note(Entry{What: "session", Name: script, Value: "capped", Rule: reason.String()})
		return nil
	case len(w.Held) == 0 && t.passesOver(script): // the turn of what was held had come
		t.nextStart(script)
		t.note(Entry{What: "session", Name: script, Value: "spaced", Rule: reason.String()})
		return nil
	}
	if !t.silenced() && t.hold(name, w, !t.checkin(script)) {
		return nil
	}
	t.nextStart(script)
	if t.at.Sub(at) > lateFrom {
		reason.Held = append(reason.Held, heldLate)
	}
	t.why = reason.String()
	return t.step(dialogs.Event{Kind: dialogs.Began, Due: dialogs.Due{Script: script, At: w.Due, Expires: at.Add(staleAfter)}})
}

// capped tells whether the weekly cap holds a start of a plan until it is nearer to
// the next than to its own day. The next one is then enough.
func (t *turn) capped(script string, due time.Time) bool {
	until, held := t.free(due, !t.checkin(script))
	next, ok := t.conv.Patient.Dialog.Schedules[script].Next(due, t.zone())
	return ok && slices.Contains(held, heldCap) && until.Sub(due) > next.Sub(until)
}

// replyDue is the open question's timer: the reminder, or the end of patience.
// What it says waits like anything planned; what ends in silence does not.
func (t *turn) replyDue(at time.Time) error {
	p := t.conv.Patient
	q := t.question()
	if q == nil {
		return nil
	}
	if p.Showing != "" { // its own clock ran out, which its delivery started
		t.arrived()
	}
	ev := dialogs.Event{Kind: dialogs.TimedOut, Token: q.Token}
	speaks, err := t.speaks(ev)
	if err != nil {
		return err
	}
	w := t.waited(timeout, at)
	p.Showing = ""
	if speaks && t.hold(timeout, w, false) {
		return nil
	}
	frames := p.Dialog.Session.Frames
	t.why = Reason{Kind: whySilence, Script: frames[0].Script, Due: w.Due, Zone: t.zone(), Held: w.Held}.String()
	return t.step(ev)
}

// waited is what is known of a timer that has been held back, or the beginning
// of it. It is taken out of the record.
func (t *turn) waited(name string, at time.Time) Wait {
	p := t.conv.Patient
	w, ok := p.Waits[name]
	delete(p.Waits, name)
	if !ok {
		return Wait{Due: at}
	}
	return w
}

// hold moves a timer to when something planned may be sent, and is false if
// that is now. Minor is whatever is no check-in.
func (t *turn) hold(name string, w Wait, minor bool) bool {
	until, held := t.free(w.Due, minor)
	if !until.After(t.at) {
		return false
	}
	for _, code := range held {
		if !slices.Contains(w.Held, code) {
			w.Held = append(slices.Clip(w.Held), code)
		}
	}
	p := t.conv.Patient
	if p.Waits == nil {
		p.Waits = map[string]Wait{}
	}
	p.Waits[name] = w
	t.timer(name, until)
	return true
}

// heldStarts are the planned scripts whose start is held back now.
func (t *turn) heldStarts() map[string]dialogs.HeldStart {
	var held map[string]dialogs.HeldStart
	if t.conv.Patient == nil {
		return nil
	}
	for name, w := range t.conv.Patient.Waits {
		if script, ok := strings.CutPrefix(name, scriptTimer); ok {
			if held == nil {
				held = map[string]dialogs.HeldStart{}
			}
			held[script] = dialogs.HeldStart{Due: w.Due, Until: t.conv.Timers[name]}
		}
	}
	return held
}

// rule is one thing that holds back what is planned.
type rule struct {
	code string
	// end is until when it holds at an instant: that instant itself when it
	// does not.
	end func(time.Time) time.Time
	// next is when it holds next, from an instant on; zero if it is not known
	// to do so within a day.
	next func(time.Time) time.Time
}

// hours are the rules of the clock for somebody with these own hours, and for
// what was due at an instant, zero if it is not known.
func (t *turn) hours(awake dialogs.Awake, due time.Time) []rule {
	team, own, zone := t.team.Quiet, ownQuiet(awake), t.zone()
	return []rule{
		{heldQuiet, func(at time.Time) time.Time { return team.Until(at, zone) }, func(at time.Time) time.Time { return team.Next(at, zone) }},
		{heldOwn, func(at time.Time) time.Time { return own.Until(at, zone) }, func(at time.Time) time.Time { return own.Next(at, zone) }},
		{heldClosed, func(at time.Time) time.Time { return t.opens(at, due) }, t.closes},
	}
}

// leaves notes in each planned message of this turn to the person until when it
// may leave with no look at their hours, and in the first of what is said first
// when that was.
func (t *turn) leaves() {
	if t.conv.Patient == nil {
		return // workers and teams have no such hours
	}
	var until time.Time
	began := false
	for i := range t.outbox {
		if e := &t.outbox[i]; e.Class == Planned && e.Letter == nil {
			if until.IsZero() {
				until = t.freeUntil()
			}
			e.Until = until
			if !began && e.checkin() {
				e.Began, began = t.at, true
			}
		}
	}
}

// freeUntil is until when something planned may leave from now on, as far as
// that is said ahead: now, if it may not.
func (t *turn) freeUntil() time.Time {
	hours := t.hours(t.conv.Patient.Dialog.Awake, time.Time{})
	if held, _ := passes(t.at, hours); held.After(t.at) {
		return t.at
	}
	until := t.at.Add(freeAtMost)
	for _, rule := range hours {
		if next := rule.next(t.at); !next.IsZero() && next.Before(until) {
			until = next
		}
	}
	return until
}

// free is the first instant from now on at which something planned may be
// sent that was due at an instant, with the codes of what holds it until then.
func (t *turn) free(due time.Time, minor bool) (until time.Time, held []string) {
	return passes(t.at, append(t.hours(t.conv.Patient.Dialog.Awake, due), rule{code: heldCap, end: func(at time.Time) time.Time { return t.room(at, minor) }}))
}

// sends is when something planned for an instant would be sent, by the clock
// alone: what the weekly cap will hold is not known so far ahead.
func (t *turn) sends(at time.Time, own dialogs.Awake) time.Time {
	until, _ := passes(at, t.hours(own, at))
	return until
}

// passes is the first instant from at on that all rules let pass, with the codes
// of those that did not.
func passes(at time.Time, rules []rule) (until time.Time, held []string) {
	until = at
	for range longestClosed {
		before := until
		for _, rule := range rules {
			if end := rule.end(until); end.After(until) {
				until, held = end, append(held, rule.code)
			}
		}
		if until.Equal(before) {
			break
		}
	}
	return until, held
}

// hushed is for how long something planned that was committed in time may not
// leave now, since it has waited in the outbox until quiet hours, the person's
// own hours or a closed day.
func (b *Bot) hushed(ctx context.Context, conversation string) (time.Duration, error) {
	c, err := b.Store.Load(ctx, conversation)
	if err != nil || c.Patient == nil {
		return 0, err // workers and teams have no such hours
	}
	t := &turn{Bot: b, ctx: ctx, conv: c, at: b.Now()}
	t.team, _ = b.team(c.Team)
	until, _ := t.hushedUntil()
	return until.Sub(t.at), nil
}

// hushedUntil is until when such a message may not leave: now if it may, else with
// the codes of what keeps it.
func (t *turn) hushedUntil() (until time.Time, held []string) {
	hours := t.hours(t.conv.Patient.Dialog.Awake, time.Time{})
	if begun, _ := passes(t.at.Add(-begunGoesOn), hours); begun.Before(t.at) {
		return t.at, nil
	}
	return passes(t.at, hours)
}

// opens is the same time on the next day while the person's day is closed, or the
// time of day at which it was due if that is earlier: nobody's check-in of the
// afternoon comes in the morning after a bank holiday.
func (t *turn) opens(at, due time.Time) time.Time {
	local := at.In(t.zone())
	if t.team.Closed == nil || !t.team.Closed(local) {
		return at
	}
	minutes := 0
	if !due.IsZero() {
		due = due.In(t.zone())
		minutes = min(60*local.Hour()+local.Minute(), 60*due.Hour()+due.Minute())
	}
	y, m, d := local.Date()
	return dialogs.LocalTime(time.Date(y, m, d+1, 0, 0, 0, 0, time.UTC), minutes, t.zone())
}

// closes is the next local midnight if the day that it begins is closed.
func (t *turn) closes(at time.Time) time.Time {
	y, m, d := at.In(t.zone()).Date()
	midnight := dialogs.LocalTime(time.Date(y, m, d+1, 0, 0, 0, 0, time.UTC), 0, t.zone())
	if t.team.Closed == nil || !t.team.Closed(midnight.In(t.zone())) {
		return time.Time{}
	}
	return midnight
}

// room is when the person may be written to first once more in a week. The
// last place of a week is kept for the check-in.
func (t *turn) room(at time.Time, minor bool) time.Time {
	limit := t.team.WeeklyCap
	if minor && limit > 1 {
		limit--
	}
	recent := t.recent(at)
	if limit <= 0 || len(recent) < limit {
		return at
	}
	return t.weekAfter(recent[len(recent)-limit])
}

// recent are the contacts of the week before an instant, oldest first.
func (t *turn) recent(at time.Time) []time.Time {
	return slices.DeleteFunc(slices.Clone(t.conv.Patient.Contacts), func(c time.Time) bool { return !t.weekAfter(c).After(at) })
}

// weekAfter is when a contact counts no longer: a week later by the person's
// clocks, which may have been changed meanwhile.
func (t *turn) weekAfter(at time.Time) time.Time { return at.In(t.zone()).AddDate(0, 0, capDays) }

// contactOf is for when what is said first at an instant for a reason counts: a
// start of a plan that repeats for when it was due. Else a bank holiday would move a weekly plan
// for good where the cap is one: what comes a day late holds back the next by a day.
func contactOf(why string, at time.Time) time.Time {
	if r, ok := parseReason(why); ok && strings.HasPrefix(r.Rule, "FREQ=") && r.Due.Before(at) {
		return r.Due
	}
	return at
}

// contacted counts this turn as a contact if it writes to the person first.
func (t *turn) contacted() {
	p := t.conv.Patient
	if p == nil || t.team.WeeklyCap <= 0 {
		return
	}
	if slices.ContainsFunc(t.outbox, func(e Envelope) bool { return e.Letter == nil && e.Class == Planned }) {
		p.Contacts = append(t.recent(t.at), contactOf(t.why, t.at))
		slices.SortFunc(p.Contacts, time.Time.Compare)
	}
}

// speaks tells whether an event makes the dialog say something. The step is
// pure, so it can be tried.
func (t *turn) speaks(ev dialogs.Event) (bool, error) {
	eds, err := t.editions()
	if err != nil {
		return false, err
	}
	_, effects, err := dialogs.Step(eds, t.conv.Patient.Dialog, t.event(ev))
	return slices.ContainsFunc(effects, func(e dialogs.Effect) bool {
		switch e.(type) {
		case dialogs.Say, dialogs.Ask:
			return true
		}
		return false
	}), err
}

// silenced tells whether nothing planned would be said at all, so that there
// is nothing to hold back.
func (t *turn) silenced() bool { return silenced(t.conv.Patient.Dialog, t.at) }

func silenced(d dialogs.State, at time.Time) bool {
	return d.Stopped || d.Held || d.PausedUntil.After(at)
}

// passesOver tells whether a silent person's check-in is passed over this time.
func (t *turn) passesOver(script string) bool {
	if !t.checkin(script) {
		return false
	}
	p := t.conv.Patient
	p.Passed = t.spaced(script) && !p.Passed
	return p.Passed
}

// spaced tells whether only each second start of a script is sent, since the
// person is silent.
func (t *turn) spaced(script string) bool {
	d := t.conv.Patient.Dialog
	plan := d.Schedules[script]
	return t.checkin(script) && d.Missed >= silentFrom && !t.silenced() && plan.Every > 0 && plan.Every < spacedEnough
}

// checkin tells whether a script is a check-in.
func (t *turn) checkin(script string) bool {
	s, ok := t.Scripts.Current().Script(script)
	return ok && s.Checkin()
}

// nextStart sets the timer of a planned script to its next start.
func (t *turn) nextStart(script string) {
	if s, ok := t.conv.Patient.Dialog.Schedules[script]; ok {
		next, _ := s.Next(t.at, t.zone()) // zero, and no timer, when there is none
		t.timer(scriptTimer+script, next)
	}
}

// latest is the last start of a plan that has come by now, from one on.
func (t *turn) latest(script string, from time.Time) time.Time {
	plan := t.conv.Patient.Dialog.Schedules[script]
	for plan.Repeats() {
		next, ok := plan.Next(from, t.zone())
		if !ok || next.After(t.at) {
			break
		}
		from = next
	}
	return from
}

// replan sets the starts of all planned scripts anew, after the person moved
// from one time zone to another: by the new clocks, each day of a rule once, and
// a break to the same date.
func (t *turn) replan(from *time.Location) {
	p := t.conv.Patient
	if p == nil {
		return
	}
	p.Dialog = p.Dialog.Moved(from, t.zone())
	if until := p.Dialog.PausedUntil; !until.IsZero() && !until.Equal(dialogs.Forever) {
		t.timer(unpause, until)
	}
	for script, s := range p.Dialog.Schedules {
		name := scriptTimer + script
		w, held := p.Waits[name]
		if !held {
			next, _ := s.Moved(t.at, from, t.zone())
			t.timer(name, next)
			continue
		}
		// Its day has come already: it is that same day's by the new clocks.
		if next, ok := s.Moved(w.Due.Add(-time.Second), from, t.zone()); ok {
			w.Due = next
		}
		if p.Waits[name] = w; w.Due.After(t.at) {
			delete(p.Waits, name)
			t.timer(name, w.Due)
		} else {
			t.timer(name, t.at)
		}
	}
	if _, held := p.Waits[timeout]; held {
		t.timer(timeout, t.at)
	}
}
