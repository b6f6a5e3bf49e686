package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"onestep/dialogs"
)

// The digest is one message at the start of a worker's day with what could wait
// (DOMAIN g), so that alerts and wishes stand out among fewer messages.

// digestLines is how many nudges one digest names (DOMAIN g).
const digestLines = 5

// digestClock is the hour of the digest in a team that is always at work.
const digestClock = 9

// waitForDigest keeps a nudge for the next morning.
func (t *turn) waitForDigest(id string) {
	w := t.conv.Worker
	if i := w.listed(id); i >= 0 {
		w.Nudges[i].Waits = true
	}
	if t.conv.Timers[digestTimer].IsZero() {
		t.timer(digestTimer, t.nextMorning())
	}
}

// nextMorning is when the team's next day at work begins.
func (t *turn) nextMorning() time.Time {
	local := t.at.In(t.zone())
	y, m, d := local.Date()
	if t.team.Next == nil {
		return time.Date(y, m, d+1, digestClock, 0, 0, 0, t.zone())
	}
	if next := t.team.Next(t.at); next.After(t.at) {
		return next
	}
	midnight := time.Date(y, m, d+1, 0, 0, 0, 0, t.zone())
	if next := t.team.Next(midnight); next.After(midnight) {
		return next
	}
	return time.Date(y, m, d+1, digestClock, 0, 0, 0, t.zone())
}

// digest tells what waits, most pressing first. What was done or taken back
// meanwhile is not told.
func (t *turn) digest() error {
	if t.conv.Worker == nil {
		return nil
	}
	var waits []Nudge
	for i := range t.conv.Worker.Nudges {
		if n := &t.conv.Worker.Nudges[i]; n.Waits {
			n.Waits = false
			waits = append(waits, *n)
		}
	}
	if len(waits) == 0 {
		return nil
	}
	slices.SortStableFunc(waits, func(a, b Nudge) int {
		return int(dialogs.Triggers[a.Trigger].Priority - dialogs.Triggers[b.Trigger].Priority)
	})
	lines := []string{wordsDigest}
	for _, n := range waits[:min(len(waits), digestLines)] {
		lines = append(lines, waiting{Case: n.Case, Trigger: n.Trigger}.line())
	}
	if more := len(waits) - digestLines; more > 0 {
		lines = append(lines, fmt.Sprintf(wordsDigestMore, more))
	}
	t.why = "digest"
	t.say(strings.Join(append(lines, wordsDigestActs), "\n"))
	return nil
}
