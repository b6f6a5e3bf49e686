package bot

import (
	"strings"

	"onestep/dialogs"
)

// What was planned and has not left when somebody stops, pauses or may be in
// danger must not follow the answer to that: a platform may have been away, or
// the hours quiet. It is called off in the very turn that silences the dialog.
// Answers, safety words and letters are never called off.

// callOff takes back what was planned, once a person's words silence it, or lay
// another dialog on top of the question that it leads to.
func (t *turn) callOff(before dialogs.State) error {
	now := t.conv.Patient.Dialog
	if !(silenced(now, t.at) && !silenced(before, t.at)) && !(interrupted(now) && !interrupted(before)) {
		return nil
	}
	waiting, err := t.Store.Waiting(t.ctx, t.conv.ID)
	for _, e := range waiting {
		if e.checkin() {
			t.takeBack(e)
		}
	}
	return err
}

// callOffRest takes back what the same turn said beside a message that is too
// old, so that no question comes without the words before it.
func (t *turn) callOffRest(l Leased) error {
	if !l.checkin() {
		return nil
	}
	waiting, err := t.Store.Waiting(t.ctx, t.conv.ID)
	for _, e := range waiting {
		if e.checkin() && e.ID != l.ID && sameTurn(e.ID, l.ID) {
			t.takeBack(e)
			t.unseen(e)
		}
	}
	return err
}

func (t *turn) takeBack(e Envelope) {
	t.off = append(t.off, e.ID)
	t.note(Entry{What: "called off", Name: e.ID})
}

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
