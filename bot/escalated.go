package bot

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// What an alert did to reach somebody stands in the journal of whoever wrote the
// words: each time it goes on, why, and to how many people, without who they are.

// Why an alert went on. They are stored: only add.
const (
	onUnpressed  = "unpressed"   // nobody had pressed it in time
	onLost       = "lost"        // somebody who was told cannot be reached
	onOpen       = "open"        // it is not closed
	onHandedBack = "handed-back" // whoever was on it cannot be reached any more
)

// wentOnWords say why, and to how many, with when before them.
var wentOnWords = map[string]string{
	onUnpressed:  "On %s nobody had pressed the alert in time: it went to %s.",
	onLost:       "On %s somebody who was told of the alert could not be reached: it went on to %s.",
	onOpen:       "On %s the alert was still open: it was shown again to %s.",
	onHandedBack: "On %s whoever was on the alert could not be reached any more: it is open again for %s.",
}

// wentOn writes down that an alert went on.
func (t *turn) wentOn(a *Alert, why string, told int) {
	t.note(Entry{What: "escalated", Name: a.ID, Value: strconv.Itoa(told), Rule: why})
}

// wentOnLine tells in words when an alert last went on; "" if it did not, as far as
// these entries reach.
func wentOnLine(a *Alert, recent []Entry, zone *time.Location) string {
	for _, e := range slices.Backward(recent) {
		words, known := wentOnWords[e.Rule]
		told, err := strconv.Atoi(e.Value)
		if a == nil || e.What != "escalated" || e.Name != a.ID || !known || err != nil {
			continue
		}
		people := fmt.Sprintf("%d people", told)
		switch told {
		case 0:
			people = "nobody"
		case 1:
			people = "1 person"
		}
		return fmt.Sprintf(words, when(e.At, zone), people)
	}
	return ""
}
