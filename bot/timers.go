package bot

import (
	"context"
	"strings"
	"time"

	"onestep/dialogs"
)

// Names of timers. A script's timer is scriptTimer and the script's name; an
// alert's, on the patient's side, is alertTimer and the nudge's id; a snoozed
// nudge's is snoozeTimer and its id.
const (
	scriptTimer  = "script:"
	alertTimer   = "alert:"
	snoozeTimer  = "snooze:"
	unpause      = "unpause"
	timeout      = "timeout"
	summaryTimer = "summary"
	digestTimer  = "digest"
	settleTimer  = "settle"
)

// staleAfter is how long a check-in that could not start on time, because the
// program was down or the person busy with another dialog, still makes sense.
const staleAfter = 24 * time.Hour

// Due takes everything that is due in a conversation, one turn each, earliest
// first.
func (b *Bot) Due(ctx context.Context, id string) error {
	for more, first := true, true; more; first = false {
		err := b.take(ctx, "timer", id, "", func(t *turn) error {
			name, at := t.earliest()
			if more = name != ""; !more {
				if !first {
					t.nothing()
				}
				return nil // the index was early: a commit sets it right
			}
			t.class = Planned
			t.timer(name, time.Time{})
			return t.due(name, at)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// earliest is the timer that was due first, with the reply timer of the open
// question among them.
func (t *turn) earliest() (name string, at time.Time) {
	for n, due := range t.conv.Timers {
		if due.After(t.at) {
			continue
		}
		if name == "" || due.Before(at) || due.Equal(at) && n < name {
			name, at = n, due
		}
	}
	if r := t.conv.Reply; t.question() != nil && r.Token != "" && r.Token == t.conv.Patient.Showing &&
		!r.Due.After(t.at) && (name == "" || r.Due.Before(at)) {
		name, at = timeout, r.Due
	}
	return name, at
}

// due is one timer that ran out.
func (t *turn) due(name string, at time.Time) error {
	switch kind, rest, _ := strings.Cut(name, ":"); {
	case name == timeout:
		q := t.question()
		if q == nil {
			return nil
		}
		t.conv.Patient.Showing = ""
		if t.heldByQuiet(timeout) {
			return nil
		}
		t.why = "reply timer"
		return t.step(dialogs.Event{Kind: dialogs.TimedOut, Token: q.Token})
	case kind+":" == scriptTimer:
		return t.scriptDue(rest, at)
	case name == unpause:
		return t.step(dialogs.Event{Kind: dialogs.Unpaused})
	case kind+":" == alertTimer:
		t.class = Answer
		return t.escalate(rest)
	case kind+":" == snoozeTimer:
		return t.remindNudge(rest)
	case name == summaryTimer:
		return t.summarise(at)
	case name == settleTimer:
		return t.settled()
	case name == digestTimer:
		return t.digest()
	}
	return nil // a timer of a later version: forget it
}

// scriptDue starts a planned script and sets its next start. However many
// starts were missed, one is made up for, and none that is stale.
func (t *turn) scriptDue(script string, at time.Time) error {
	if t.conv.Patient == nil || t.heldByQuiet(scriptTimer+script) {
		return nil
	}
	if s, ok := t.conv.Patient.Dialog.Schedules[script]; ok {
		if next, ok := s.Next(t.at, t.zone()); ok {
			t.timer(scriptTimer+script, next)
		}
	}
	if t.at.Sub(at) > staleAfter {
		t.note(Entry{What: "session", Name: script, Value: "stale"})
		return nil
	}
	t.why = "planned " + script
	return t.step(dialogs.Event{Kind: dialogs.Began, Due: dialogs.Due{Script: script, At: at, Expires: at.Add(staleAfter)}})
}

// heldByQuiet moves a timer to the end of the person's quiet time, if it is
// quiet now, or past the days on which nothing planned is sent.
func (t *turn) heldByQuiet(name string) bool {
	until := t.team.Quiet.Until(t.at, t.zone())
	for range longestClosed {
		local := until.In(t.zone())
		if t.team.Closed == nil || !t.team.Closed(local) {
			break
		}
		y, m, d := local.Date()
		until = t.team.Quiet.Until(time.Date(y, m, d+1, 0, 0, 0, 0, t.zone()), t.zone())
	}
	if !until.After(t.at) {
		return false
	}
	t.timer(name, until)
	return true
}

// longestClosed bounds how many closed days in a row are passed over.
const longestClosed = 30

// replan sets the starts of all planned scripts anew, after the person moved
// to another time zone.
func (t *turn) replan() {
	if t.conv.Patient == nil {
		return
	}
	for script, s := range t.conv.Patient.Dialog.Schedules {
		next, _ := s.Next(t.at, t.zone())
		t.timer(scriptTimer+script, next)
	}
}
