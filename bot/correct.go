package bot

import (
	"fmt"
	"slices"

	"onestep/dialogs"
)

// A correction is the dialogs' business; here it takes back what its answer had
// changed around them: the week's counts, and nudges that no longer hold.

// answers tells whether a step took an answer, and whether it took the last one
// back: it was corrected, or is asked again.
func answers(effects []dialogs.Effect) (answered, edited bool) {
	for _, e := range effects {
		if r, ok := e.(dialogs.Record); ok && (r.What == "answer" || r.What == "edit") {
			edited = edited || r.Was != nil
			answered = answered || r.Value != nil
		}
	}
	return answered, edited
}

// again tells whether the corrected answer had raised this nudge already: it
// still holds, and is not sent twice.
func (t *turn) again(trigger dialogs.Trigger) bool {
	i := slices.IndexFunc(t.editing, func(r Raised) bool { return r.Trigger == trigger })
	if i < 0 || dialogs.Triggers[trigger].Acknowledge > 0 {
		return false
	}
	t.raised = append(t.raised, t.editing[i])
	return true
}

// withdraw takes back the nudges that the corrected answer had raised and the
// new one did not.
func (t *turn) withdraw() {
	p := t.conv.Patient
	for _, r := range t.editing {
		if dialogs.Triggers[r.Trigger].Acknowledge > 0 || slices.Contains(t.raised, r) {
			continue
		}
		delete(p.Nudged, r.Trigger)
		t.note(Entry{What: "nudge", Name: string(r.Trigger), Value: r.ID + " withdrawn"})
		t.letter(p.WorkerID, letterWithdrawn, nudged{ID: r.ID, Case: p.Case, Trigger: r.Trigger, Patient: t.conv.ID})
	}
	t.editing = nil
}

// nudgeWithdrawn tells a worker that a nudge no longer holds, also when they
// have it done: they may have acted on it.
func (t *turn) nudgeWithdrawn(n nudged) error {
	w := t.conv.Worker
	if w == nil {
		t.nothing()
		return nil
	}
	w.Nudges = slices.DeleteFunc(w.Nudges, func(open Nudge) bool { return open.ID == n.ID })
	t.why = "nudge"
	t.say(fmt.Sprintf(wordsWithdrawn, n.Case, dialogs.Triggers[n.Trigger].Changed))
	return nil
}
