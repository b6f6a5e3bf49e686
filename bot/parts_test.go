package bot_test

import (
	"testing"
	"time"

	"onestep/bot"
)

// A message leaves in three parts, and the platform holds the second back, then the
// third: what has arrived is passed over each time, also by another replica.
func TestPartsThatArrivedAreNotSentAgain(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	var began []int
	fates := []*bot.SendError{
		{Fate: bot.Later, After: time.Minute, Parts: 1, Err: errTest},
		{Fate: bot.Unknown, Parts: 2, Err: errTest},
		{Fate: bot.Later, Err: errTest}, // as from an adapter that counts none
	}
	w.platform.during = func(m bot.Message) {
		if m.Chat != worker {
			return
		}
		began = append(began, m.Parts)
		if n := len(began) - 1; n < len(fates) {
			w.platform.fail[worker] = fates[n]
		}
	}
	w.writes(worker, "caseload")
	for range 3 {
		w.waits(5 * time.Minute)
	}
	if len(began) != 4 || began[0] != 0 || began[1] != 1 || began[2] != 2 || began[3] != 2 {
		t.Errorf("the attempts passed over %v parts", began)
	}
}
