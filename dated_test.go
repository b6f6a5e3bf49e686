package main

import (
	"strings"
	"testing"
	"time"

	"onestep/config"
)

// What is good for long yet is not spoken of; what ends soon and what has ended
// is, for the tables that the teams use.
func TestWhatGoesOutOfDateIsTold(t *testing.T) {
	t.Parallel()
	review, err := time.Parse(time.DateOnly, config.HolidaysReview)
	if err != nil {
		t.Fatal(err)
	}
	keeps := []config.Team{{Nation: "scotland", BankHolidays: config.Scotland}}
	none := []config.Team{{Nation: "scotland", BankHolidays: config.NoHolidays}}
	for _, c := range []struct {
		name  string
		now   time.Time
		teams []config.Team
		want  []string // the beginning of each
	}{
		{"half a year before", review.AddDate(0, -6, 0), keeps, nil},
		{"two months before the help lines", review.AddDate(0, 0, -40), keeps, []string{"The bank holidays built in are good until " + config.HolidaysReview}},
		{"the day after", review.AddDate(0, 0, 1), keeps, []string{"The bank holidays built in were to be compared with gov.uk/bank-holidays by " + config.HolidaysReview, "The help lines built in for scotland are good until 2027-05-31"}},
		{"nobody keeps bank holidays", review.AddDate(0, 0, 1), none, []string{"The help lines built in for scotland are good until 2027-05-31"}},
		{"a year after", review.AddDate(1, 0, 0), none, []string{"The help lines built in for scotland were to be compared with nhsinform.scot"}},
	} {
		got := datedFor(c.now, c.teams)
		if len(got) != len(c.want) {
			t.Errorf("%s: told %q, want %q", c.name, got, c.want)
			continue
		}
		for i, note := range got {
			if !strings.HasPrefix(note, c.want[i]) || !strings.Contains(note, "install a newer onestep") {
				t.Errorf("%s: told %q, want %q", c.name, note, c.want[i])
			}
		}
	}
	if n := len(dated(review.AddDate(5, 0, 0))); n < 5 {
		t.Errorf("lint tells of %d tables that are out of date", n)
	}
}
