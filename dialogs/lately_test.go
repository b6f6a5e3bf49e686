package dialogs_test

import (
	"testing"
	"time"

	"onestep/dialogs"
)

// What can be no part of danger takes no place from words that can.
func TestLateWordsKeepTheirPlace(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	var s dialogs.State
	for i, text := range []string{"I dont want to", "skip", "👍", "be", "Skip"} {
		s = s.Wrote(at.Add(time.Duration(i)*time.Second), text)
	}
	if l := s.Lately; len(l) != 2 || l[0].Text != "I dont want to" || l[1].Text != "be" {
		t.Errorf("kept is %v", l)
	}
}
