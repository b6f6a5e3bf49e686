package bot

import (
	"fmt"
	"slices"
)

// A message is written by its turn, and leaves when it can. Mostly that is the same
// moment; a worker who asks is told where it is not, and by the person's clock.

// sentFirst says when and why the first of these lines of a journal was sent, or
// what it waits for.
func (t *turn) sentFirst(lines []Entry, waiting []Envelope) []string {
	written, zone := lines[0], t.zone()
	reason, _ := parseReason(written.Rule)
	if i := slices.IndexFunc(waiting, func(e Envelope) bool { return e.Why == written.Rule && !e.Began.IsZero() }); i >= 0 {
		return append(reason.words("wrote", written.At, zone), t.waitsFor(waiting[i]))
	}
	i := slices.IndexFunc(lines, func(e Entry) bool { return e.What == arrivedLine && e.Rule == written.Rule })
	if i < 0 {
		return reason.words("sent", written.At, zone)
	}
	return append(reason.words("sent", lines[i].At, zone),
		fmt.Sprintf("I wrote it on %s; it could not leave before.", when(written.At, zone)))
}

// waitsFor says what keeps a message that is written from leaving.
func (t *turn) waitsFor(e Envelope) string {
	until, held := t.hushedUntil()
	switch {
	case until.After(t.at) && !t.at.Before(e.Until):
		return fmt.Sprintf("It has not left yet, and waits until %s: %s.", when(until, t.zone()), causes(held))
	case t.Paused != nil && t.Paused(e.Chat.Platform):
		return fmt.Sprintf("It has not left yet: %s takes nothing from me just now. I go on trying by myself.", title(e.Chat.Platform))
	}
	return "It has not left yet. I go on trying by myself, for a day at most."
}
