package dialogs

import "time"

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
		Source: "111.wales.nhs.uk, Urgent mental health helplines", Owner: "Clinical safety officer", Review: "2027-05-31",
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

// signposts are the lines of a nation, or those for people anywhere.
func signposts(nation string) Signpost {
	if s, ok := Signposts[nation]; ok {
		return s
	}
	return Signposts[""]
}

// Stale tells whether the lines were last checked too long ago.
func (s Signpost) Stale(now time.Time) bool {
	return s.Review < now.Format(time.DateOnly)
}
