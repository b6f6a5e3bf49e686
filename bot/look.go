package bot

import (
	"slices"
	"strings"
	"unicode"

	"onestep/dialogs"
)

// look opens one of the worker's own patients, with so many of the newest
// entries of their journal, and has the look recorded there. It gives nil where
// the worker has no such patient; then they were told so.
func (t *turn) look(code, what string, entries int) (patient *Conversation, recent []Entry, err error) {
	id, ok := t.ownCase(code)
	if !ok {
		t.say(wordsNotYours)
		return nil, nil, nil
	}
	patient, err = t.Store.Load(t.ctx, id)
	if err != nil {
		return nil, nil, err
	}
	if patient.Patient == nil { // erased since
		t.say(wordsNotYours)
		return nil, nil, nil
	}
	if recent, err = t.Store.Recent(t.ctx, id, entries); err != nil {
		return nil, nil, err
	}
	t.letter(id, letterRead, read{What: what})
	return patient, recent, nil
}

// ownCase finds the conversation of one of the worker's own patients by the first
// of their codes among the words: "why Wren-417?", "show me Wren-417".
func (t *turn) ownCase(words string) (id string, ok bool) {
	for word := range strings.FieldsSeq(words) {
		word = strings.TrimFunc(word, unicode.IsPunct)
		for code, id := range t.conv.Worker.Caseload {
			if strings.EqualFold(code, word) {
				return id, true
			}
		}
	}
	return "", false
}

// alertOn finds an alert of a patient on the worker's list by its code: whoever is
// to act on it, or to say that it was none, may read its words while it is open.
func (t *turn) alertOn(words string) (Nudge, bool) {
	for word := range strings.FieldsSeq(words) {
		word = strings.TrimFunc(word, unicode.IsPunct)
		for _, n := range t.conv.Worker.Nudges {
			if n.alert() && n.About == aboutPatient && strings.EqualFold(n.Case, word) {
				return n, true
			}
		}
	}
	return Nudge{}, false
}

// showAlert shows what an alert was raised by and what its person has written
// since, and nothing else of them; the look is recorded.
func (t *turn) showAlert(n Nudge) error {
	patient, err := t.Store.Load(t.ctx, n.Patient)
	if err != nil {
		return err
	}
	if p := patient.Patient; p == nil || p.Alert == nil || p.Alert.ID != n.ID { // closed since
		t.say(wordsNudgeGone)
		return nil
	}
	recent, err := t.Store.Recent(t.ctx, n.Patient, shownEntries)
	if err != nil {
		return err
	}
	t.letter(n.Patient, letterRead, read{What: "alert"})
	raised := slices.IndexFunc(recent, func(e Entry) bool { return e.What == "nudge" && e.Name == string(dialogs.Distress) && e.Value == n.ID })
	if raised < 0 { // everything that is at hand came since
		raised = 0
	}
	words := latestWords(patient.Patient, recent[raised:])
	t.say(strings.Join(append([]string{n.Case, wordsTheirWords}, saidWhen(words, t.zone())...), "\n"))
	return nil
}

// of is a turn of somebody else's, to look at what is theirs by their own clock. It
// is never committed.
func (t *turn) of(c *Conversation) *turn {
	of := &turn{Bot: t.Bot, ctx: t.ctx, conv: c, at: t.at}
	of.team, _ = t.Bot.team(c.Team)
	return of
}
