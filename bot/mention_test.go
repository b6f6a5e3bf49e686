package bot_test

import (
	"testing"
)

// Who writes the bot's name first, as in a channel, is read as if they had not.
func TestTheBotsNameInFrontSaysNothing(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.expect(w.writes(worker, "@onestep, caseload"), worker, code)
	w.presses(patient, "Yes")
	w.presses(patient, "Yes")
	w.writes(patient, "onestep stop") // at a question that takes any words
	if !w.conversation(patient).Patient.Dialog.Stopped {
		t.Error("they are not stopped")
	}
}
