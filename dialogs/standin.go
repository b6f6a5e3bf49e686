package dialogs

import (
	"maps"
	"slices"
	"strings"
)

// standIns are phrases that every edition has: words for what the host puts
// in, and the ways in which hours and dates are said. Where phrases.yaml has
// none of that key these stand in, so they are English; a translation has them
// all, and phrases in another language must have them too.
var standIns = map[string]string{
	"unknown-worker": "your link worker",
	"unknown-team":   "the team",
	"unknown-hours":  "in working hours",
	"unknown-reads":  "when they are next at work",

	"link-way": "write to the onestep app there: start {code}",

	"language":         "English",
	"language-also":    "saesneg",
	"language-changed": "OK. I write in English from now on.",
	"language-help":    "To change the language, send its name: {languages}.",

	"days":   "Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday",
	"months": "January, February, March, April, May, June, July, August, September, October, November, December",
	"date":   "{weekday} {day} {month}",

	"hours":      "{days}, {from} to {to}",
	"days-all":   "every day",
	"days-one":   "{day}",
	"days-span":  "{first} to {last}",
	"days-comma": "{list}, {next}",
	"days-and":   "{list} and {next}",

	"time-morning":   "{time}am",
	"time-afternoon": "{time}pm",
	"time-noon":      "noon",
	"time-midnight":  "midnight",

	"reads-now":      "today",
	"reads-today":    "today at {time}",
	"reads-tomorrow": "tomorrow at {time}",
	"reads-weekday":  "on {weekday} at {time}",
	"reads-date":     "on {date} at {time}",
	"reads-never":    "when the service opens again",
}

// lists are the stand-ins that hold names with commas, and how many.
var lists = map[string]int{"days": 7, "months": 12}

// standIn adds the phrases that phrases.yaml leaves out.
func (e *Edition) standIn(f *faults, at pos) {
	for _, key := range slices.Sorted(maps.Keys(standIns)) {
		original, _ := parseTemplate(standIns[key])
		w := e.phrases[key]
		switch {
		case w == nil && baseOf(e.language) != "en":
			f.add(at, "the phrase %q is missing; in English it is %q", key, standIns[key])
		case w == nil:
			e.phrases[key] = &words{source: standIns[key], own: original}
		case !w.own.sameNames(&original):
			f.add(w.at, "%s: it puts in the names that %q does", key, standIns[key])
		case lists[key] > 0 && len(splitList(&w.own)) != lists[key]:
			f.add(w.at, "%s: %d names with commas between them", key, lists[key])
		}
	}
}

// english are the English names, for readers of what people write.
var english = struct{ days, months []string }{strings.Split(standIns["days"], ", "), strings.Split(standIns["months"], ", ")}
