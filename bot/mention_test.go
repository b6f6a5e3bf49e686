package bot_test

import (
	"testing"
)

// Who writes the bot's name first, as in a channel, is read as if they had not.
func TestTheBotsNameInFrontSaysNothing(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.expect(w.writes(worker, "@onestep, caseload"), worker, code)
	const link = "You can use another app as well."
	w.expect(w.writes(worker, "@onestep link"), worker, link)
	w.writes(worker, "reflect") // its first question takes any words, and these are none of it
	w.expect(w.writes(worker, "onestep, nudges"), worker, "Nothing is open.")
	w.presses(patient, "Yes")
	w.presses(patient, "Yes")
	w.expect(w.writes(patient, "onestep, link"), patient, link)
	w.writes(patient, "onestep stop") // at a question that takes any words
	if !w.conversation(patient).Patient.Dialog.Stopped {
		t.Error("they are not stopped")
	}
}
