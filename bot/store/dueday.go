package store

import (
	"strings"
	"time"
)

// The reason of a planned message says when it was due: "due=2026-05-12T10:00:00+01:00".
// That is most often the day on which it was sent, which its line says too.
// Without it the same plan has the same reason every week, and takes next to no
// room.

const dueMark = " due="

// withoutDay takes the day out of a reason, and tells whether it did: withDay
// can put it back.
func withoutDay(rule string, at time.Time) (string, bool) {
	before, after, found := strings.Cut(rule, dueMark)
	if !found || len(after) < len(time.DateOnly) {
		return rule, false
	}
	short := before + dueMark + after[len(time.DateOnly):]
	if withDay(short, at) != rule {
		return rule, false
	}
	return short, true
}

// withDay puts the day of an instant back into a reason.
func withDay(short string, at time.Time) string {
	before, after, _ := strings.Cut(short, dueMark)
	clock, _, _ := strings.Cut(after, " ")
	due, err := time.Parse(time.RFC3339, time.DateOnly+clock)
	if err != nil {
		return short
	}
	// Where this machine is must not matter: the offset alone counts.
	_, offset := due.Zone()
	return before + dueMark + at.In(time.FixedZone("", offset)).Format(time.DateOnly) + after
}
