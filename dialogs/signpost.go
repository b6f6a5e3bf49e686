package dialogs

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Signpost holds the help lines of one nation, as words that go behind "call":
// they are fixed, signed off, and say nothing that is not true day and night.
type Signpost struct {
	Emergency string // life at risk
	Urgent    string // urgent help of any kind
	Crisis    string // urgent help with thoughts, by phone, day and night
	Listening string // lines that listen, as sentences of their own
	Source    string // where the numbers are published
	// Owner answers for the numbers, and Review (YYYY-MM-DD) is until when they
	// have been checked. A test fails once that day is past.
	Owner, Review string
}

// Samaritans and Shout answer in all four nations, at any hour (DOMAIN h).
const listeningLines = "Samaritans: 116 123, any time. Or text SHOUT to 85258."

// Signposts are the help lines by nation. Lines that are not open day and night
// (Breathing Space in Scotland) are left out: these words are read at night.
// The row "" is for people whose nation is not known.
var Signposts = map[string]Signpost{
	"england": {
		Emergency: "999", Urgent: "111", Crisis: "111, option 2", Listening: listeningLines,
		Source: "nhs.uk, Where to get urgent help for mental health", Owner: "Clinical safety officer", Review: "2027-05-31",
	},
	"wales": {
		Emergency: "999", Urgent: "111", Crisis: "111, option 2", Listening: listeningLines,
		Source: "111.wales.nhs.uk, Urgent mental health helplines; the Welsh words add Samaritans' Welsh line, samaritans.org/wales", Owner: "Clinical safety officer", Review: "2027-05-31",
	},
	"scotland": {
		Emergency: "999", Urgent: "111", Crisis: "111 and pick mental health", Listening: listeningLines,
		Source: "nhsinform.scot, Mental health hub", Owner: "Clinical safety officer", Review: "2027-05-31",
	},
	"northern-ireland": { // NHS 111 does not answer there
		Emergency: "999", Urgent: "your GP, or their out-of-hours line", Crisis: "Lifeline on 0808 808 8000", Listening: listeningLines,
		Source: "lifelinehelpline.info; nidirect.gov.uk, GP out-of-hours service", Owner: "Clinical safety officer", Review: "2027-05-31",
	},
	"": {
		Emergency: "999", Urgent: "111", Crisis: "111", Listening: listeningLines,
		Source: "nhs.uk", Owner: "Clinical safety officer", Review: "2027-05-31",
	},
}

// signs are the help lines of one nation with their translations.
type signs map[string]*words

// newSigns makes the help lines ready for an edition's translations.
func newSigns() map[string]signs {
	all := make(map[string]signs)
	for nation, s := range Signposts {
		all[nation] = signs{}
		for name, text := range map[string]string{"emergency": s.Emergency, "urgent": s.Urgent, "crisis": s.Crisis, "listening": s.Listening} {
			all[nation][name] = &words{source: text, own: template{text: []string{text}}}
		}
	}
	return all
}

// signTexts lists what of the help lines is to be translated: all that is more
// than a number.
func (e *Edition) signTexts() []text {
	var list []text
	for _, nation := range slices.Sorted(maps.Keys(e.signs)) {
		for _, name := range slices.Sorted(maps.Keys(e.signs[nation])) {
			w := e.signs[nation][name]
			if strings.Trim(w.source, "0123456789 ") == "" {
				continue
			}
			where := nation
			if where == "" {
				where = "anywhere"
			}
			list = append(list, text{context: signContext + where + "." + name, words: w, of: helpLine})
		}
	}
	return list
}

// signContext is where the help lines stand in a translation.
const signContext = "signposts/"

// helpLine is a line of the person's nation, in their language.
func (e *Edition) helpLine(name, language, nation string) (string, bool) {
	lines, ok := e.signs[nation]
	if !ok {
		lines = e.signs[""]
	}
	if w := lines[name]; w != nil {
		return w.template(language).text[0], true
	}
	return "", false
}

// Stale tells whether the lines were last checked too long ago.
func (s Signpost) Stale(now time.Time) bool {
	return s.Review < now.Format(time.DateOnly)
}
