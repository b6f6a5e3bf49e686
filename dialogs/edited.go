package dialogs

import "onestep/dialogs/reply"

// edited answers a changed message. It changes nothing by itself.
func (t *turn) edited() {
	if t.editedWish() {
		return
	}
	t.s.Undo = t.undo
	t.keepWords()
	if t.offerCorrection() {
		return
	}
	if t.otherNumber() {
		t.nudge(ChangedNumber)
	}
	if t.undoes() && t.eds.Current.phrases["edited-back"] != nil {
		t.say(t.fresh("edited-back"), false)
		return
	}
	t.say(t.fresh("edited"), false) // the question stands as it was
}

// editedWish takes the wish for a person out of a changed message, in any
// state: it counts however it comes.
func (t *turn) editedWish() bool {
	if !t.wishes(reply.Human) {
		return false
	}
	t.keepWords()
	t.human()
	return true
}

// otherNumber tells whether the changed message is nothing but a number, and one
// that differs from what was given lately. Nobody knows which message it was, so no
// value is changed; a person should see both.
func (t *turn) otherNumber() bool {
	r := reply.Scale(t.ev.Text)
	if !r.OK || r.AskBack || !besideOnly(t.ev.Text[:r.Span.From]+" "+t.ev.Text[r.Span.To:]) {
		return false
	}
	since, differs := dateOf(t.ev.At.AddDate(0, 0, -numberDays), t.ev.Zone), false
	for _, v := range t.s.Facts.All() {
		if n := len(v.Series); n > 0 && v.Series[n-1].On >= since {
			if v.Series[n-1].Number == r.Value {
				return false
			}
			differs = true
		}
	}
	return differs
}

// numberDays is for how long a changed number is taken to be the latest one: until
// the next check-in asks for another.
const numberDays = 7

// offerCorrection answers a changed message that holds another value for the
// last question: the change is offered, never taken silently.
func (t *turn) offerCorrection() bool {
	u, st := t.undone()
	if u == nil || t.eds.Current.phrases["edited-offer"] == nil {
		return false
	}
	v, ok := t.plainly(st, t.ev.Text)
	if !ok || v.Kind == u.Value.Kind && v.Number == u.Value.Number && v.Yes == u.Value.Yes && v.Text == u.Value.Text {
		return false
	}
	more := map[string]string{"value": t.inWords(st, v), "was": t.inWords(st, u.Value)}
	t.out = append(t.out, Say{Text: t.eds.Current.Phrase("edited-offer", t.ev.Language, t.ev.About, more), Step: "phrases/edited-offer"})
	return true
}
