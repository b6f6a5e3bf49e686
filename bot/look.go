package bot

import (
	"strings"
	"unicode"
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
