package checker

import (
	"slices"
	"strings"
	"time"
)

// How long things take at most between a process and a platform on one machine
// that is busy.
const (
	// noting is from the platform's yes to the note of it, the platform's own
	// slowness (1.5 s) included, while Redis takes writes.
	noting = 4 * time.Second
	// answering is from the platform's yes to its last byte at the program.
	answering = time.Second
	// landing is from the last moment of a process to the platform's yes to what
	// it had just sent: on a machine with ten at work for each processor, a second
	// and more.
	landing = 2 * time.Second
	// owned is from when on an entry is handed out anew to the same process, less
	// the second that the store's times are rounded by.
	owned = 59 * time.Second
)

// explain finds out why a message was sent again. Only what the record shows in
// full counts: the platform's word that its answer was lost, or a blow to the very
// process that made the attempt, or to Redis, between the platform's yes and the
// note of it.
func (c *check) explain(e *entry, was, again arrival) {
	r := Repeat{Entry: e.ID, First: was.At, Again: again.At}
	switch {
	case was.Known:
		c.fault(Doubled, "message %s was accepted at %s and again at %s, where it could have been looked up", e.ID, clock(was.At), clock(again.At))
		return
	case was.by.settled:
		// The program says that it heard nothing, and so does the platform.
		if was.by.unsure && (was.Unheard || c.cut(e.Chat.Platform, was.At)) {
			r.Window = Unheard
		}
	default:
		r.Window, r.From, r.To = c.blow(was, again)
	}
	if r.Window == "" {
		c.fault(Unexplained, "message %s was accepted at %s and again at %s, and nothing tells why: %s", e.ID, clock(was.At), clock(again.At), e.story())
		return
	}
	c.Repeats = append(c.Repeats, r)
}

// cut tells whether a platform's connections were cut while an answer of this
// instant was on its way.
func (c *check) cut(platform string, at time.Time) bool {
	return slices.ContainsFunc(c.record.Blows, func(b Blow) bool {
		return b.Cuts && b.Platform == platform && b.To.After(at) && b.From.Before(at.Add(answering))
	})
}

// blow finds what kept the answer to an attempt from being noted.
func (c *check) blow(was, again arrival) (w Window, from, to time.Time) {
	by, next := was.by, again.by
	// While Redis is away the process keeps trying.
	until := was.At.Add(noting)
	var away Blow
	for _, b := range c.record.Blows {
		if b.Harm == Outage && b.From.Before(until) && b.To.After(was.At) {
			away, until = b, b.To.Add(noting)
		}
	}
	for _, b := range c.record.Blows {
		// Who was dead or stood still has sent nothing.
		if b.Place == "" || b.Place != placeOf(by.holder) || b.From.After(until) || b.From.Before(was.At.Add(-landing)) {
			continue
		}
		switch {
		case b.Harm == Death:
			return Killed, b.From, b.To
		case b.Harm == Freeze && next.holder != by.holder:
			return Frozen, b.From, b.To
		}
	}
	if away.Harm == Outage && (next.holder != by.holder || next.at.Sub(by.at) >= owned) {
		return Away, away.From, away.To
	}
	return "", from, to
}

// placeOf is where a holder of leases runs.
func placeOf(holder string) string {
	place, _, _ := strings.Cut(holder, "#")
	return place
}
