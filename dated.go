package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"time"

	"onestep/config"
	"onestep/dialogs"
)

// tellsAhead is how long before its day a table that goes out of date is told of:
// time enough to get a newer onestep.
const tellsAhead = 60 * 24 * time.Hour

// outOfDate says which of the tables built in are to be looked at: the bank
// holidays, if anybody keeps them, and the help lines of each nation. A sentence
// each, with what to do.
func outOfDate(now time.Time, holidays bool, nations []string) []string {
	var notes []string
	say := func(what, source, review string) {
		switch day := now.Format(time.DateOnly); {
		case day > review:
			notes = append(notes, fmt.Sprintf("%s were to be compared with %s by %s, and nobody has: install a newer onestep, and until then look there yourself", what, source, review))
		case now.Add(tellsAhead).Format(time.DateOnly) > review:
			notes = append(notes, fmt.Sprintf("%s are good until %s: install a newer onestep before then", what, review))
		}
	}
	if holidays {
		say("The bank holidays built in", "gov.uk/bank-holidays", config.HolidaysReview)
	}
	for _, nation := range nations {
		if s, ok := dialogs.Signposts[nation]; ok {
			say("The help lines built in for "+cmp.Or(nation, "all other nations"), s.Source, s.Review)
		}
	}
	return notes
}

// datedFor is outOfDate for what these teams use.
func datedFor(now time.Time, teams []config.Team) []string {
	holidays, nations := false, map[string]bool{}
	for _, t := range teams {
		holidays = holidays || t.BankHolidays != config.NoHolidays
		nations[string(t.Nation)] = true
	}
	return outOfDate(now, holidays, slices.Sorted(maps.Keys(nations)))
}

// dated is outOfDate for all that is built in.
func dated(now time.Time) []string {
	return outOfDate(now, true, slices.Sorted(maps.Keys(dialogs.Signposts)))
}
