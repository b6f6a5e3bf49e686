package dialogs_test

import (
	"testing"
	"time"

	"onestep/dialogs"
)

// A number that nobody has checked for too long is worse than none: this test
// fails on the day after the review date. Then the owner checks every line at
// its source and sets the next date.
func TestSignpostsAreReviewed(t *testing.T) {
	t.Parallel()
	for nation, s := range dialogs.Signposts {
		if s.Stale(time.Now()) {
			t.Errorf("the help lines of %q were to be reviewed by %s by: %s", nation, s.Review, s.Owner)
		}
		if s.Emergency == "" || s.Urgent == "" || s.Crisis == "" || s.Listening == "" || s.Owner == "" || s.Source == "" {
			t.Errorf("the help lines of %q are not complete: %+v", nation, s)
		}
		if _, err := time.Parse(time.DateOnly, s.Review); err != nil {
			t.Errorf("the review date of %q: %v", nation, err)
		}
	}
	if s := (dialogs.Signpost{Review: "2026-03-01"}); !s.Stale(time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)) || s.Stale(time.Date(2026, 3, 1, 23, 0, 0, 0, time.UTC)) {
		t.Error("a review date is good until its day is over")
	}
}
