package bot_test

import (
	"testing"

	"onestep/bot"
)

// A second message that is given up within a week is told as well, once the worker has
// seen to the first; while that is open it says the same.
func TestASecondMessageGivenUpIsTold(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	refused := func() (told int) {
		w.platform.fail[patient] = &bot.SendError{Fate: bot.Ours, Err: errTest}
		before := w.platform.count()
		w.writes(patient, "help")
		return len(to(w.platform.since(before), worker))
	}
	w.platform.fail[patient] = &bot.SendError{Fate: bot.Ours, Err: errTest}
	before := w.platform.count()
	w.writes(patient, "help")
	w.expect(w.platform.since(before), worker, code+": A message to them was refused, and I do not send it again. Others may still reach them.")
	if n := refused(); n != 0 {
		t.Errorf("told %d times more while the first is open", n)
	}
	w.presses(worker, "Done")
	if n := refused(); n != 1 {
		t.Errorf("told %d times of the next one, want once", n)
	}
}
