package bot

import (
	"strings"
	"testing"
	"time"

	"onestep/dialogs"

	"pgregory.net/rapid"
)

func TestSummaryOfASmallTeamTellsNothing(t *testing.T) {
	t.Parallel()
	got := Counts{Active: 9, Up: 3, Alerted: 1}.words("Harbour", time.Date(2026, 4, 3, 9, 0, 0, 0, time.UTC))
	want := "Harbour, the week from Monday 30 March\nPeople with check-ins: fewer than 10.\nWith so few people the rest stays hidden, so that nobody can be picked out."
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

func TestSummaryOfATeam(t *testing.T) {
	t.Parallel()
	got := Counts{
		Active: 41, New: 2, Paused: 6, Closed: 5, Sent: 40, Answered: 30,
		Up: 12, Same: 15, Down: 3, GoalsSet: 9, GoalsReached: 0, GoalsChanged: 6, Alerted: 5, InTime: 5,
	}.words("Harbour", time.Date(2026, 4, 3, 9, 0, 0, 0, time.UTC))
	want := `Harbour, the week from Monday 30 March
People: 41 active, 6 paused, 5 closed. New: fewer than 5.
Check-ins answered: 75%.
Weekly number: 5 or more higher, 15 the same, fewer than 5 lower.
Steps: 9 set, 0 done, 6 changed.
People with an alert: 5, picked up in time: 5, open now: 0.`
	if got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
}

// A count of 1 to 4 never shows, and never stands hidden alone among counts
// that could give it away.
func TestHideProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		counts := rapid.SliceOfN(rapid.IntRange(0, 40), 2, 5).Draw(t, "counts")
		words := hide(counts...)
		hidden, others := 0, 0
		for i, w := range words {
			isNumber := !strings.Contains(w, "fewer") && !strings.Contains(w, "or more")
			if c := counts[i]; c > 0 && c < hideBelow && isNumber {
				t.Fatalf("%d shows in %v", c, words)
			}
			if !isNumber {
				hidden++
			} else if counts[i] > 0 {
				others++
			}
		}
		if hidden == 1 && others > 0 {
			t.Fatalf("a single hidden count can be worked out: %v of %v", words, counts)
		}
	})
}

// Who has had the last check-in is closed, until they start again; and a team
// with few people under way is not told apart because many have closed.
func TestSummaryCountsWhoHasFinishedAsClosed(t *testing.T) {
	t.Parallel()
	day := time.Date(2026, 4, 3, 9, 0, 0, 0, time.UTC)
	var c Counts
	for state, n := range map[string]int{"": 9, "next": 1, "done": 12} {
		p := new(Patient)
		if state != "" {
			p.Dialog.Facts = p.Dialog.Facts.With("closing_state", dialogs.Value{Kind: dialogs.Text, Text: state})
		}
		for range n {
			c.patient(p, "2026-03-30", day)
		}
	}
	if c.Active != 10 || c.Closed != 12 {
		t.Errorf("%d active, %d closed", c.Active, c.Closed)
	}
	if got := c.words("Harbour", day); !strings.Contains(got, "People: 10 active, 0 paused, 12 closed.") {
		t.Errorf("got:\n%s", got)
	}
	c.Active--
	if got := c.words("Harbour", day); !strings.Contains(got, "fewer than 10") || strings.Contains(got, "12") {
		t.Errorf("with nine under way:\n%s", got)
	}
}

// Of six people with an alert one was late: no number tells of that one.
func TestSummaryHidesTheOneWhoWasPickedUpLate(t *testing.T) {
	t.Parallel()
	got := Counts{Active: 41, Alerted: 6, InTime: 5}.words("Harbour", time.Date(2026, 4, 3, 9, 0, 0, 0, time.UTC))
	if !strings.HasSuffix(got, "\nPeople with an alert: 6, picked up in time: 5 or more, open now: 0.") {
		t.Errorf("got:\n%s", got)
	}
}
