package bot

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"onestep/dialogs"
)

// Names of timers. A script's timer is scriptTimer and the script's name; an
// alert's, on the patient's side, is alertTimer and the nudge's id, and what came
// since is told of by newsTimer and that id; a snoozed
// nudge's is snoozeTimer and its id; a summary that could not be made has
// summaryTimer and the instant it was due.
const (
	scriptTimer  = "script:"
	alertTimer   = "alert:"
	newsTimer    = "news:"
	snoozeTimer  = "snooze:"
	unpause      = "unpause"
	timeout      = "timeout"
	summaryTimer = "summary"
	digestTimer  = "digest"
	settleTimer  = "settle"
	showTimer    = "show"
)

// newerAgain is how long a timer that this release does not know is left alone: it
// is for a replica of a newer release, which may look next.
const newerAgain = 5 * time.Minute

// urgent tells whether a timer answers somebody who has just written or come back,
// or is the clock of an alert or of its news. Such a one waits behind nothing that was planned.
func urgent(name string) bool {
	return name == settleTimer || name == showTimer || strings.HasPrefix(name, alertTimer) || strings.HasPrefix(name, newsTimer)
}

// Due takes everything that is due in a conversation, one turn each: the
// earliest first, but of the scripts that are due the check-in first. The first
// to start is the contact; what is due beside it waits until the dialog is over
// and then goes on in the same chat, or is dropped once it is stale. A timer that
// fails keeps no other waiting: a summary that cannot be made must not hold back
// the clock of an alert. It stays due, and its error is returned.
func (b *Bot) Due(ctx context.Context, id string) error {
	var failed []string
	var errs []error
	for more := true; more; {
		name := ""
		err := b.take(ctx, "timer", id, "", func(t *turn) error {
			var at time.Time
			more = false
			if name, at = t.earliest(failed); name == "" {
				if len(failed) > 0 {
					t.nothing() // what failed comes again when its time with us is over
				}
				return nil // the index was early: a commit sets it right
			}
			t.class = Planned
			t.timer(name, time.Time{})
			err := t.due(name, at)
			t.contacted()
			t.leaves()
			next, _ := t.earliest(failed)
			more = next != ""
			return err
		})
		switch {
		case err != nil && name == "":
			return errors.Join(append(errs, err)...)
		case err != nil:
			failed, errs, more = append(failed, name), append(errs, err), true
		}
	}
	return errors.Join(errs...)
}

// earliest is the timer to take first, without those that have failed. The reply
// timer of the open question is among them, before another of the same instant: a
// check-in that starts knows whether the one before it was answered.
func (t *turn) earliest(failed []string) (name string, at time.Time) {
	for n, due := range t.conv.Timers {
		if due.After(t.at) || slices.Contains(failed, n) {
			continue
		}
		if name == "" || t.before(n, due, name, at) {
			name, at = n, due
		}
	}
	if r := t.conv.Reply; t.question() != nil && r.Token != "" && r.Token == t.conv.Patient.Showing &&
		!r.Due.After(t.at) && !slices.Contains(failed, timeout) && (name == "" || !r.Due.After(at)) {
		name, at = timeout, r.Due
	}
	return name, at
}

// before tells which of two timers is taken first.
func (t *turn) before(a string, dueA time.Time, b string, dueB time.Time) bool {
	scriptA, isA := strings.CutPrefix(a, scriptTimer)
	scriptB, isB := strings.CutPrefix(b, scriptTimer)
	if isA && isB {
		if firstA, firstB := t.checkin(scriptA), t.checkin(scriptB); firstA != firstB {
			return firstA
		}
	}
	return dueA.Before(dueB) || dueA.Equal(dueB) && a < b
}

// due is one timer that ran out.
func (t *turn) due(name string, at time.Time) error {
	switch kind, rest, _ := strings.Cut(name, ":"); {
	case name == timeout:
		return t.replyDue(at)
	case kind+":" == scriptTimer:
		return t.scriptDue(rest, at)
	case name == unpause:
		return t.step(dialogs.Event{Kind: dialogs.Unpaused})
	case kind+":" == alertTimer:
		t.class = Answer
		return t.escalate(rest)
	case kind+":" == newsTimer:
		return t.newsDue(rest)
	case kind+":" == snoozeTimer:
		return t.remindNudge(rest)
	case kind == summaryTimer:
		return t.summarise(at, rest)
	case name == settleTimer:
		return t.settled()
	case name == showTimer:
		return t.showAgain()
	case name == digestTimer:
		return t.digest()
	}
	t.timer(name, t.at.Add(newerAgain))
	return nil
}
