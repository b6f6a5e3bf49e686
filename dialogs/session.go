package dialogs

import (
	"maps"
	"slices"
	"time"
)

// begin takes a script that came due: it starts, waits its turn, or is dropped
// once it makes no sense any more.
func (t *turn) begin(due Due) {
	t.unplan(due.Script)
	t.came(due)
	if t.expired(due) {
		t.record(Record{What: "session", Name: due.Script, Rule: "expired"})
		return
	}
	if t.paused() {
		t.record(Record{What: "session", Name: due.Script, Rule: "dropped-paused"})
		return
	}
	double := slices.ContainsFunc(t.s.Waiting, func(d Due) bool { return d.Script == due.Script })
	if s := t.s.Session; s != nil && len(s.Frames) > 0 {
		double = double || s.Frames[0].Script == due.Script
	}
	if double {
		t.record(Record{What: "session", Name: due.Script, Rule: "double"})
	} else {
		if t.s.Session != nil {
			due = t.inLine(due)
			t.record(Record{What: "session", Name: due.Script, Rule: "waits"})
		}
		t.s.Waiting = append(t.s.Waiting, due)
	}
	if t.s.Session == nil && t.nextWaiting() {
		t.run(0)
	}
}

// waitsAtMost is how long a check-in waits behind a smaller dialog. Dropped as
// stale there, a question about a step that nobody answers would cost the
// person the week's check-in. Six days, so that it never meets the next one.
const waitsAtMost = 6 * 24 * time.Hour

// inLine is what comes due behind another dialog, with the time it may wait.
func (t *turn) inLine(due Due) Due {
	script := t.eds.Current.scripts[due.Script]
	if until := due.At.Add(waitsAtMost); script != nil && script.checkin && !t.isCheckin() && !due.Expires.IsZero() && until.After(due.Expires) {
		due.Expires = until
	}
	return due
}

func (t *turn) expired(d Due) bool { return !d.Expires.IsZero() && !t.ev.At.Before(d.Expires) }

// start runs a script because the person wishes it: that is a reply already.
func (t *turn) start(name string) {
	if t.open(name) {
		t.s.Session.Replied = true
		t.run(0)
	}
}

// open makes the session. A script that is planned but no longer exists is a
// broken conversation, and a person is told.
func (t *turn) open(name string) bool {
	t.ed = t.eds.Current
	if t.ed.scripts[name] == nil {
		t.record(Record{What: "session", Name: name, Rule: "missing"})
		t.nudge(Broken)
		return false
	}
	t.s.Session = &Session{
		Edition: t.ed.id,
		Frames:  []Frame{{Script: name}},
		Began:   t.ev.At,
	}
	t.record(Record{What: "session", Name: name, Rule: "began"})
	return true
}

// endSession closes the session without a word.
func (t *turn) endSession(rule string) {
	t.s.Missed = t.missed()
	name := "" // of a state that no turn leaves, but a store may hold
	if frames := t.s.Session.Frames; len(frames) > 0 {
		name = frames[0].Script
	}
	t.record(Record{What: "session", Name: name, Rule: rule})
	t.s.Session = nil
}

// leave ends the running script: back to its caller, back to a question that
// it interrupted, or to the next dialog that waits. on is false when the turn
// is over.
func (t *turn) leave() (next int, on bool) {
	s := t.s.Session
	depth := len(s.Frames) - 2
	if depth < 0 {
		if t.ev.Kind == TimedOut {
			return t.over("timed-out")
		}
		return t.over("ended")
	}
	s.Frames = s.Frames[:depth+1]
	s.Asked = slices.DeleteFunc(slices.Clone(s.Asked), func(p Place) bool { return p.Depth > depth })
	f := t.top()
	if f.Resume != nil {
		if t.paused() {
			return t.over("paused")
		}
		if t.putOff(s.Frames[0].Script) {
			return t.over("put-off")
		}
		s.Open, f.Resume = f.Resume, nil
		t.show()
		return 0, false
	}
	script := t.scriptOf()
	call := script.steps[script.index[f.Step]]
	return t.onward(call, call.to.step), true
}

// putOff tells whether a check-in that runs or waits was put off to another time.
func (t *turn) putOff(script string) bool {
	plan := t.s.Schedules[script]
	return plan.Instead != "" && plan.Last <= t.today()
}

// over ends the session and starts the next one that waits.
func (t *turn) over(rule string) (next int, on bool) {
	t.endSession(rule)
	return 0, t.nextWaiting()
}

// nextWaiting opens the oldest dialog that waits and still makes sense.
func (t *turn) nextWaiting() bool {
	for len(t.s.Waiting) > 0 {
		due := t.s.Waiting[0]
		t.s.Waiting = slices.Clone(t.s.Waiting[1:])
		if len(t.s.Waiting) == 0 {
			t.s.Waiting = nil
		}
		switch {
		case t.goesWith(due):
			t.record(Record{What: "session", Name: due.Script, Rule: "put-off"})
		case t.expired(due):
			t.record(Record{What: "session", Name: due.Script, Rule: "expired"})
		case t.paused():
			t.record(Record{What: "session", Name: due.Script, Rule: "dropped-paused"})
		case t.putOff(due.Script):
			t.record(Record{What: "session", Name: due.Script, Rule: "put-off"})
		case t.open(due.Script):
			return true
		}
	}
	return false
}

// looped ends a session that runs in circles. What it said on the way in this
// turn is not sent.
func (t *turn) looped() {
	t.out = slices.DeleteFunc(t.out, func(e Effect) bool { _, said := e.(Say); return said })
	t.broken()
}

// broken ends a session that cannot go on. The person gets a word and the
// worker a nudge: never silence.
func (t *turn) broken() {
	t.endSession("broken")
	t.nudge(Broken)
	t.ed = t.eds.Current
	t.say("broken", false)
}

// patience is how long the open question waits, and for what.
type patience struct {
	wait   time.Duration // until the next thing happens; 0: for ever
	remind *remind       // the reminder comes first
	rest   time.Duration // after the reminder, until the timeout
	time   *timeout
	depth  int // of the frame whose timeout it is
}

// patience looks for the timeout of a question: its own, its script's, or that
// of the script that called it. The reminder is the session's one, and only
// when it comes before the timeout.
func (t *turn) patience(st *step) patience {
	frames := t.s.Session.Frames
	p := patience{time: st.timeout, depth: len(frames) - 1}
	onTop := true // not below a frame that a wish interrupted
	for i := len(frames) - 1; i >= 0; i-- {
		script := t.ed.scripts[frames[i].Script]
		onTop = onTop && frames[i].Resume == nil
		if p.time == nil && script.timeout != nil {
			p.time, p.depth = script.timeout, i
		}
		if p.remind == nil && onTop && !t.s.Session.Reminded {
			p.remind = script.remind
		}
	}
	if p.time != nil {
		p.wait = p.time.after
		if p.remind != nil && p.remind.after >= p.time.after {
			p.remind = nil
		}
	}
	if p.remind != nil {
		p.wait = p.remind.after
		if p.time != nil {
			p.rest = p.time.after - p.remind.after
		}
	}
	return p
}

// timedOut is the end of patience with the open question: first the one
// reminder, then the timeout's way. A timeout of another question is old news.
func (t *turn) timedOut() {
	s := t.s.Session
	if t.ev.Token != s.Open.Token {
		return
	}
	st := t.question()
	p := t.patience(st)
	if p.remind != nil && !t.paused() {
		text, ok := t.fill(p.remind.say)
		s.Reminded = true
		if ok {
			t.out = append(t.out, Say{Text: text, Step: s.Frames[0].Script + "/" + remindName})
		}
		t.show()
		if i := len(t.out) - 1; i >= 0 {
			if ask, ok := t.out[i].(Ask); ok {
				ask.Wait = p.rest
				t.out[i] = ask
			}
		}
		return
	}
	if p.time == nil {
		return
	}
	if t.ev.Unseen && !s.Replied && t.isCheckin() {
		t.endSession("undelivered") // what follows on silence is not meant for this
		if t.nextWaiting() {
			t.run(0)
		}
		return
	}
	t.recordAnswer(st, nil, "timeout")
	s.Open = nil
	s.Frames = s.Frames[:p.depth+1]
	t.top().Resume = nil
	s.Asked = slices.DeleteFunc(slices.Clone(s.Asked), func(a Place) bool { return a.Depth > p.depth })
	t.run(p.time.to.step)
}

// setSchedule plans a script, or removes its plan.
func (t *turn) setSchedule(script string, plan *Schedule) {
	if !t.ownSchedules {
		schedules := make(map[string]Schedule, len(t.s.Schedules)+1)
		maps.Copy(schedules, t.s.Schedules)
		t.s.Schedules, t.ownSchedules = schedules, true
	}
	if plan == nil {
		delete(t.s.Schedules, script)
	} else {
		t.s.Schedules[script] = *plan
	}
	held, keeps := t.ev.Held[script]
	keeps = keeps && plan != nil && plan.Repeats() && !t.goesWith(Due{Script: script, At: held.Due})
	t.out = append(t.out, Plan{Script: script, Schedule: plan, Keeps: keeps})
}

// unplan removes a plan for a single start once that start has come.
func (t *turn) unplan(script string) {
	plan, ok := t.s.Schedules[script]
	if !ok || plan.Repeats() {
		return
	}
	if _, ahead := plan.Next(t.ev.At, t.ev.Zone); !ahead {
		t.setSchedule(script, nil)
	}
}

// expectsCheckin tells whether a check-in is planned.
func (t *turn) expectsCheckin() bool {
	t.ed = t.eds.Current
	_, planned := t.nextCheckin()
	return planned
}

// nextCheckin is when the next planned check-in is sent, after a pause if there
// is one: the one that has come and waits, or is held back, before any other.
func (t *turn) nextCheckin() (time.Time, bool) {
	if at, ok := t.comeCheckin(); ok {
		return at, true
	}
	after := t.ev.At
	if t.paused() {
		after = t.s.PausedUntil
	}
	if after.Equal(Forever) {
		return time.Time{}, false
	}
	var next time.Time
	for name, plan := range t.s.Schedules {
		if s := t.ed.scripts[name]; s == nil || !s.checkin {
			continue
		}
		if at, ok := plan.Next(after, t.ev.Zone); ok && (next.IsZero() || at.Before(next)) {
			next = at
		}
	}
	if next.IsZero() {
		return time.Time{}, false
	}
	return t.sends(next), true
}

// comeCheckin is when a check-in is sent that has come already: today if it waits
// behind the dialog that runs, else when what holds it back is over.
func (t *turn) comeCheckin() (time.Time, bool) {
	if t.paused() {
		return time.Time{}, false
	}
	for _, due := range t.s.Waiting {
		if s := t.ed.scripts[due.Script]; s != nil && s.checkin && !t.expired(due) && !t.goesWith(due) {
			if dateOf(due.At, t.ev.Zone) == t.today() {
				return due.At, true
			}
			return t.ev.At, true
		}
	}
	var next time.Time
	for name, held := range t.ev.Held {
		if s := t.ed.scripts[name]; s != nil && s.checkin && !t.goesWith(Due{Script: name, At: held.Due}) {
			at := t.sends(later(held.Until, t.ev.At)) // own hours may have changed since
			if next.IsZero() || at.Before(next) {
				next = at
			}
		}
	}
	return next, !next.IsZero()
}

// goesWith tells whether a start that has come is not to be any more, since its
// plan was changed or it was put off meanwhile: it comes on the day that was said.
func (t *turn) goesWith(due Due) bool {
	plan := t.s.Schedules[due.Script]
	day := dateOf(due.At, t.ev.Zone)
	anew := plan.First > day || plan.First == day && plan.From.After(due.At)
	return plan.Repeats() && (anew && plan.Last < day || plan.Instead != "" && plan.Last <= day)
}

// sends is when something planned for an instant is sent.
func (t *turn) sends(at time.Time) time.Time {
	if t.ev.Sends == nil {
		return at
	}
	return t.ev.Sends(at, t.s.Awake)
}
