package bot

import (
	"strings"

	"onestep/dialogs"
)

// What was planned and has not left when somebody stops, pauses or may be in
// danger must not follow the answer to that: a platform may have been away, or
// the hours quiet. It is called off in the very turn that silences the dialog.
// Answers, safety words and letters are never called off, but for what waits for a
// worker who is removed: see parts.

// callOff takes back what was planned, once a person's words silence it, or lay
// another dialog on top of the question that it leads to.
func (t *turn) callOff(before dialogs.State) error {
	now := t.conv.Patient.Dialog
	if !(silenced(now, t.at) && !silenced(before, t.at)) && !(interrupted(now) && !interrupted(before)) {
		return nil
	}
	cause := offOther
	switch {
	case now.Held:
		cause = offHeld
	case now.Stopped:
		cause = offStopped
	case silenced(now, t.at):
		cause = offPaused
	}
	return t.callOffAll(cause, before.Session)
}

// callOffAll takes back all of that kind that has not left, which the session says
// that was open before.
func (t *turn) callOffAll(cause string, open *dialogs.Session) error {
	waiting, err := t.Store.Waiting(t.ctx, t.conv.ID)
	if err != nil {
		return err
	}
	for _, e := range waiting {
		if !e.checkin() {
			continue
		}
		t.takeBack(e, cause)
		if open != nil && open.Open != nil && strings.HasPrefix(e.Token, open.Open.Token+".") {
			t.missed(open)
		}
	}
	return t.uncontacted()
}

// Causes of calling off, as they stand in the journal. See notSent.
const (
	offStopped = "dropped-stopped"
	offPaused  = "dropped-paused"
	offHeld    = "dropped-held"
	offOther   = "interrupted"
	offOld     = "stale"
)

// callOffRest takes back what the same turn said beside a message that is too
// old, so that no question comes without the words before it.
func (t *turn) callOffRest(l Leased) error {
	if !l.checkin() {
		return nil
	}
	waiting, err := t.Store.Waiting(t.ctx, t.conv.ID)
	for _, e := range waiting {
		if e.checkin() && e.ID != l.ID && sameTurn(e.ID, l.ID) {
			t.takeBack(e, offOld)
			t.unseen(e, giveUpAfter)
		}
	}
	return err
}

// takeBack calls one entry off and writes down why, with the reason that it was to
// be sent for.
func (t *turn) takeBack(e Envelope, cause string) {
	t.off = append(t.off, e.ID)
	t.note(Entry{What: calledOff, Name: e.ID, Value: cause, Rule: e.Why})
}

// calledOff is such a line of the journal.
const calledOff = "called off"

// checkin tells whether an entry is part of a dialog that started by itself: the
// reason that it is sent for says so. A worker's digest has none.
func (e Envelope) checkin() bool {
	_, ok := parseReason(e.Why)
	return ok && e.Class == Planned && e.Letter == nil
}

// sameTurn tells whether one turn wrote both entries.
func sameTurn(a, b string) bool {
	i := strings.LastIndexByte(a, '.')
	return i == strings.LastIndexByte(b, '.') && i > 0 && a[:i] == b[:i]
}

// interrupted tells whether a wish lies on top of a question.
func interrupted(d dialogs.State) bool {
	if d.Session != nil {
		for _, f := range d.Session.Frames {
			if f.Resume != nil {
				return true
			}
		}
	}
	return false
}
