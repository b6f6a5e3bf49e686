package dialogs

import "onestep/dialogs/reply"

// Settles tells whether words would be taken as the whole answer to an open
// question for free text. People often send such an answer in several short
// messages, so the host may wait a moment and hand them to Step together.
// Whatever else words can be (danger, a wish, a correction, words beside any
// question) is not to wait.
func Settles(eds Editions, s State, ev Event) bool {
	if eds.Current == nil || ev.Kind != Replied && ev.Kind != Edited || s.Session == nil || s.Held || s.Stopped {
		return false
	}
	t := newTurn(eds, s, ev)
	if t.lost() || s.Session.Open == nil {
		return false
	}
	st := t.question()
	if st == nil || st.asks != askText || pressedStart(ev.Text) || reply.ReadCommand(ev.Text).OK {
		return false
	}
	if _, _, danger := t.danger(ev.Text); danger {
		return false
	}
	if t.changesNumber() || ev.Kind == Edited && t.otherValue() != nil {
		return false
	}
	corrected, _, _, _ := t.correction()
	return corrected == nil
}
