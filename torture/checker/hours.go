package checker

import (
	"slices"
	"strings"
	"time"

	"onestep/bot"
	"onestep/bot/store"
)

// What the program is given, and no more.
const (
	// begun is how far into quiet hours, on the people's clock, what began to leave
	// before them goes on leaving: the program's own rule, so that no check-in is cut
	// in two.
	begun = 15 * time.Minute
	// inHand is how long, on real clocks, a message may be in hand after the look at a
	// person's hours: a place under the platform's limits is waited for five seconds at
	// most, and landing comes on top. It counts only for what was taken before the
	// hours began, so at no pace does it let anything through that was taken in them.
	inHand = 5*time.Second + landing
	// attemptLife is how long the lease of an attempt is, which tells when, by its own
	// clock, a process took a message.
	attemptLife = 60 * time.Second
)

// quiet sees to it that nothing planned was written, promised or left in a person's
// quiet hours. Each process is judged by its own clock, wrong or not: it can know no
// other.
func (c *check) quiet(p Person, times map[uint64]time.Time) {
	c.disguised(p)
	for _, e := range c.plannedFor(p) {
		at, ok := times[e.turn]
		switch {
		case !ok:
			c.fault(Unproven, "message %s was planned in a turn of which the journal has nothing", e.ID)
		case quietAt(p, at):
			c.fault(Late, "message %s was planned for %s of a person's day", e.ID, at.In(p.Zone).Format("15:04"))
			continue
		case e.Until.After(at) && p.Quiet.Next(at, p.Zone).Before(e.Until):
			c.fault(Late, "message %s, planned for %s of a person's day, may leave unlooked at until %s",
				e.ID, at.In(p.Zone).Format("15:04"), e.Until.In(p.Zone).Format("15:04"))
		}
		for _, s := range e.sent {
			if s.At.Before(c.record.Rested) {
				c.left(p, e, s)
			}
		}
	}
}

// disguised sees to it that what a turn sends first counts as planned: some of it may
// be words of safety, which are never held back, but not all.
func (c *check) disguised(p Person) {
	first, open := map[uint64]string{}, map[uint64]bool{} // by turn
	for _, e := range c.ordered {
		if e.Letter != nil || e.conversation != p.Conversation || !strings.HasPrefix(e.Why, "why=") {
			continue
		}
		if first[e.turn] == "" {
			first[e.turn] = e.ID
		}
		open[e.turn] = open[e.turn] || e.Class == bot.Planned
	}
	for turn, id := range first {
		if !open[turn] {
			c.fault(Late, "message %s was sent first and counts as an answer, which nothing holds back", id)
		}
	}
}

// left sees to it that a message that left in quiet hours was let go before them:
// between the latest instant at which it was taken in hand and its acceptance there
// must be one at which it might.
func (c *check) left(p Person, e *entry, s arrival) {
	if s.by.until.IsZero() {
		c.fault(Unproven, "message %s was taken in hand at a time that is not known", e.ID)
		return
	}
	// By the clock of whoever took it.
	taken := s.by.until.Add(-attemptLife)
	var starts []Start
	for _, start := range c.startsOf(placeOf(s.by.holder)) {
		// It was taken before that was written. The store rounds seconds down, and
		// reads its clock every tenth of one.
		if from := taken.Add(-start.Ahead); !from.Before(start.At) && !from.After(s.by.at.Add(1500*time.Millisecond)) && !from.After(s.At) {
			starts = append(starts, start)
		}
	}
	if len(starts) == 0 {
		c.fault(Unproven, "message %s was taken in hand by a clock that no process had", e.ID)
		return
	}
	// Where two processes may have been it, the one that might.
	for _, start := range starts {
		look := s.At.Add(-inHand - c.still(s)).Add(start.Ahead)
		for _, earliest := range []time.Time{taken, s.by.at.Add(start.Ahead)} {
			if earliest.After(look) {
				look = earliest
			}
		}
		first, last := c.record.Clock(look), c.record.Clock(s.At.Add(start.Ahead))
		if !quietAt(p, first) || !quietAt(p, first.Add(-begun)) || !p.Quiet.Until(first, p.Zone).After(last) {
			return
		}
	}
	c.fault(Late, "message %s left at %s of a person's day: %s", e.ID,
		c.record.Clock(s.At.Add(starts[0].Ahead)).In(p.Zone).Format("15:04"), e.story())
}

// startsOf are the starts at a place.
func (c *check) startsOf(place string) []Start {
	return slices.DeleteFunc(slices.Clone(c.record.Starts), func(s Start) bool { return s.Place != place })
}

// still is for how long, while a message was in hand, its process or Redis stood
// still, so that it could get no place.
func (c *check) still(s arrival) (sum time.Duration) {
	for _, b := range c.record.Blows {
		if b.Harm != Outage && (b.Harm != Freeze || b.Place != placeOf(s.by.holder)) {
			continue
		}
		from, to := b.From, b.To.Add(landing) // and it gets going again
		if from.Before(s.by.at) {
			from = s.by.at
		}
		if to.After(s.At) {
			to = s.At
		}
		sum += max(0, to.Sub(from))
	}
	return sum
}

func quietAt(p Person, at time.Time) bool { return p.Quiet.Until(at, p.Zone).After(at) }

// plannedFor are the messages that were planned for a person, by commit.
func (c *check) plannedFor(p Person) []*entry {
	return slices.DeleteFunc(slices.Clone(c.ordered), func(e *entry) bool {
		return e.Letter != nil || e.Class != bot.Planned || e.conversation != p.Conversation
	})
}

// week is for how many days the weekly cap counts, to the same local time.
const week = 7

// often sees to it that a person was written to first no more often in any seven
// days than their team lets be. One turn is one contact, if anything of it arrived.
// What was called off is none: nobody could know that it was on its way.
func (c *check) often(p Person, times map[uint64]time.Time) {
	if p.Cap < 1 {
		return // the record leaves it out
	}
	var contacts []time.Time
	last := uint64(0)
	for _, e := range c.plannedFor(p) {
		at, ok := times[e.turn]
		if !ok || e.turn == last || len(e.sent) == 0 || e.end == store.CalledOff {
			continue
		}
		last = e.turn
		c.Contacts++
		if strings.Contains(held(e.Why), "cap") {
			c.Capped++
		}
		contacts = slices.DeleteFunc(contacts, func(before time.Time) bool {
			return !before.In(p.Zone).AddDate(0, 0, week).After(at)
		})
		if len(contacts) >= p.Cap {
			c.fault(Often, "message %s of turn %d, at %s, is the contact number %d in seven days, and %d may be",
				e.ID, e.turn, at.In(p.Zone).Format(time.DateTime), len(contacts)+1, p.Cap)
		}
		contacts = append(contacts, counts(e.Why, at))
	}
}

// counts is for when a contact counts that was made at an instant: what comes by a
// rule that repeats, for when the rule wanted it, since what came late would hold
// back the next.
func counts(why string, at time.Time) time.Time {
	due, err := time.Parse(time.RFC3339, field(why, "due"))
	if err != nil || !strings.HasPrefix(field(why, "rule"), "FREQ=") || due.After(at) {
		return at
	}
	return due
}

// held is what held a message back.
func held(why string) string { return field(why, "held") }

// field reads one field of the reason of a message.
func field(why, name string) string {
	for f := range strings.FieldsSeq(why) {
		if value, ok := strings.CutPrefix(f, name+"="); ok {
			return value
		}
	}
	return ""
}
