package dialogs

import (
	"regexp"
	"strings"

	"onestep/dialogs/reply"
)

// edited answers a changed message. It changes nothing by itself. Where no answer
// was given right before, nobody knows that there is one: what is asked stands open,
// and is shown again.
func (t *turn) edited() {
	if t.editedWish() {
		return
	}
	t.s.Undo = t.undo
	t.keepWords()
	if t.offerCorrection() {
		return
	}
	last, _ := t.lastAnswer()
	if (last != nil || t.openAsks() != askScale) && t.changesNumber() {
		t.nudge(ChangedNumber)
	}
	switch {
	case t.undoes() && t.eds.Current.phrases["edited-back"] != nil:
		t.say(t.fresh("edited-back"), false)
	case last == nil && t.s.Session != nil && t.eds.Current.phrases["edited-open"] != nil:
		t.phrase("edited-open")
	default:
		t.say(t.fresh("edited"), false) // the question stands as it was
	}
}

// meantNumber are words that can only correct a number, if they hold one.
var meantNumber = regexp.MustCompile(`^` + slipped + `*` +
	`(?:i\s+(?:really\s+)?meant(?:\s+to\s+(?:say|put|type|press|send|write|pick|choose))?|(?:please\s+)?(?:can you\s+|could you\s+)?(?:change|correct)\s+my\s+(?:last\s+)?(?:answer|number|score|reply)\s+to|correction|cywir(?:o|iad)(?:\s+i)?)[\s,:;-]+(.+)$`)

// correctedLate takes words that correct a number when something else has been
// answered or said since. No value is changed, and what is asked stands: a person
// should see both.
func (t *turn) correctedLate() bool {
	if !t.changesNumber() {
		return false
	}
	t.keepWords()
	t.nudge(ChangedNumber)
	t.phrase("noted")
	return true
}

// changesNumber tells whether a changed message or such words hold another number than
// was given lately.
func (t *turn) changesNumber() bool {
	number, ok := t.ev.Text, t.ev.Kind == Edited
	if t.ev.Kind == Replied {
		number, ok = t.lateNumber()
	}
	return ok && t.otherNumber(number)
}

// lateNumber is the number of such words, where the open question is not one that a
// number can answer.
func (t *turn) lateNumber() (words string, ok bool) {
	switch t.openAsks() {
	case "", askText, askYesNo:
	default:
		return "", false
	}
	m := meantNumber.FindStringSubmatch(strings.ToLower(strings.TrimSpace(strings.ReplaceAll(t.ev.Text, "’", "'"))))
	if m == nil {
		return "", false
	}
	_, ok = bareNumber(m[1])
	return m[1], ok
}

// openAsks is what the open question asks for, "" if there is none.
func (t *turn) openAsks() asked {
	if s := t.s.Session; s != nil && s.Open != nil && !t.lost() {
		return t.question().asks
	}
	return ""
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

// otherNumber tells whether words are nothing but a number, and one that differs from
// what was given lately. Nobody knows which message is meant, so no value is changed;
// a person should see both.
func (t *turn) otherNumber(words string) bool {
	number, ok := bareNumber(words)
	if !ok {
		return false
	}
	since, differs := dateOf(t.ev.At.AddDate(0, 0, -numberDays), t.ev.Zone), false
	for _, v := range t.s.Facts.All() {
		if n := len(v.Series); n > 0 && v.Series[n-1].On >= since {
			if v.Series[n-1].Number == number {
				return false
			}
			differs = true
		}
	}
	return differs
}

// numberDays is for how long a changed number is taken to be the latest one: until
// the next check-in, a week later, asks for another.
const numberDays = 6

// offerCorrection answers a changed message that holds another value for the
// last question: the change is offered, never taken silently.
func (t *turn) offerCorrection() bool {
	v := t.otherValue()
	if v == nil || t.eds.Current.phrases["edited-offer"] == nil {
		return false
	}
	u, st := t.undone()
	more := map[string]string{"value": t.inWords(st, *v), "was": t.inWords(st, u.Value)}
	t.out = append(t.out, Say{Text: t.eds.Current.Phrase("edited-offer", t.ev.Language, t.ev.About, more), Step: "phrases/edited-offer"})
	return true
}

// otherValue is what a changed message holds for the last question instead of what
// was answered, nil if it is nothing else.
func (t *turn) otherValue() *Value {
	u, st := t.undone()
	if u == nil {
		return nil
	}
	v, ok := t.plainly(st, t.ev.Text)
	if !ok || v.Kind == u.Value.Kind && v.Number == u.Value.Number && v.Yes == u.Value.Yes && v.Text == u.Value.Text {
		return nil
	}
	return &v
}
