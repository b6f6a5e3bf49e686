package lint

import (
	"fmt"
	"slices"
	"strings"
)

const (
	techniquesJourney = 4
	familiesJourney   = 3
	startsAWeek       = 1.0
)

var libraryRules = []Rule{
	{
		ID: "journey", About: "A journey uses techniques of all three families.", Threshold: fmt.Sprintf("at least %d techniques over %d families", techniquesJourney, familiesJourney), Source: "Franklin 2023 (doi 10.1177/10497315231162611)",
		Why: "Community trials with such a mix found moderate effects.",
		check: library(func(b *book, add func(string, ...any)) {
			used, families := []string{}, []string{}
			for _, s := range b.scripts {
				for i := range s.lines {
					for _, t := range s.lines[i].tags {
						if t.Technique && !slices.Contains(used, t.Name) {
							used = append(used, t.Name)
						}
						if t.Technique && !slices.Contains(families, string(t.Family)) {
							families = append(families, string(t.Family))
						}
					}
				}
			}
			if len(used) < techniquesJourney || len(families) < familiesJourney {
				slices.Sort(families)
				add("%d techniques over %d families (%s); at least %d over %d", len(used), len(families), strings.Join(families, ", "), techniquesJourney, familiesJourney)
			}
		}),
	},
	{
		ID: "readability-mean", About: "The library as a whole can be read at the age of 9 to 10.", Threshold: fmt.Sprintf("mean Flesch-Kincaid grade at most %.0f", maxMeanGrade), Source: "NHS content guidance; mapping ours",
		Why: "What is hard to read is left unread.",
		check: library(func(b *book, add func(string, ...any)) {
			var all reading
			for _, s := range b.scripts {
				all = all.and(readScript(s))
			}
			if all.words >= 15 && all.grade() > maxMeanGrade {
				add("mean Flesch-Kincaid grade %.1f; at most %.0f", all.grade(), maxMeanGrade)
			}
		}),
	},
	{
		ID: "weekly-starts", About: "In the worst week the bot begins one check-in, with one reminder.", Threshold: "1 check-in begun by the week", Source: "ours; more messages went with more opt-outs (Kaiser Colorado opt-out cohort 2024)",
		Why: "Many messages make people leave.",
		check: library(func(b *book, add func(string, ...any)) {
			rate := make(map[string]float64)
			for _, s := range b.scripts {
				for _, st := range s.steps {
					if called := b.byName[st.Script]; st.Does == "schedule" && st.Every > 0 && called != nil && called.checkin {
						rate[st.Script] = max(rate[st.Script], 1/float64(st.Every))
					}
				}
			}
			sum, list := 0.0, []string{}
			for name, r := range rate {
				sum += r
				list = append(list, name)
			}
			if sum > startsAWeek {
				slices.Sort(list)
				add("check-ins begin up to %.3g times a week (%s); once is the most", sum, strings.Join(list, ", "))
			}
		}),
	},
}

// library makes a rule of what holds for an edition that has a check-in; its
// findings stand at the first check-in.
func library(check func(*book, func(string, ...any))) func(*book, func(spot, string, ...any)) {
	return func(b *book, add func(spot, string, ...any)) {
		for _, s := range b.scripts {
			if s.checkin {
				at := s.spot("")
				check(b, func(message string, args ...any) { add(at, message, args...) })
				return
			}
		}
	}
}
