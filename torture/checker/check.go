package checker

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"onestep/bot"
	"onestep/bot/store"
)

// Check looks for everything that must not be, and for whatever the record leaves
// out.
func Check(r Record) Verdict {
	c := judge(r)
	c.whole()
	return c.Verdict
}

// judge looks for everything that must not be, in what the record shows.
func judge(r Record) *check {
	c := &check{record: r, entries: map[string]*entry{}, marks: map[string]int{}, versions: map[string]uint64{}}
	c.Dead = map[string]int{}
	c.read()
	c.updates()
	c.sent()
	c.order()
	c.ends()
	c.answers()
	for _, p := range r.People {
		c.journal(p)
	}
	for _, all := range []Delays{c.Answers, c.Planned, c.Prompt} {
		slices.Sort(all)
	}
	return c
}

type check struct {
	record Record
	Verdict
	entries  map[string]*entry // by id
	ordered  []*entry          // by commit
	marks    map[string]int    // of operations: how many turns
	versions map[string]uint64 // by conversation: its last turn
}

// entry is one outbox entry and what became of it.
type entry struct {
	bot.Envelope
	conversation string
	turn         uint64
	operation    string // the mark of the turn
	place        int    // among all deeds
	at           time.Time
	holder       string // of its shard, as it was committed
	attempts     []*attempt
	end          store.DeedKind // Delivered, GivenUp or CalledOff; Committed while it waits
	reason       string         // why it was given up
	sent         []arrival
}

// arrival is one acceptance of an entry, and the attempt that it is of.
type arrival struct {
	Sent
	place int // among all that was accepted
	by    *attempt
}

// attempt is one attempt at an entry.
type attempt struct {
	of      *entry
	holder  string
	place   int // among all deeds
	at      time.Time
	until   time.Time // when its lease runs out, by the holder's own clock
	again   bool      // an earlier one may have arrived
	ended   time.Time
	settled bool
	unsure  bool // as it was settled
	arrived bool // likewise
}

func (c *check) fault(k Kind, format string, args ...any) {
	c.Faults = append(c.Faults, Fault{k, fmt.Sprintf(format, args...)})
}

// read takes in what was done to the store, and sees to it that each turn
// follows the one before.
func (c *check) read() {
	for i, d := range c.record.Deeds {
		switch d.Kind {
		case store.Committed:
			c.Turns++
			if last := c.versions[d.Conversation]; d.Version != last+1 {
				c.fault(Doubled, "conversation %s went from turn %d to turn %d", d.Conversation, last, d.Version)
			}
			c.versions[d.Conversation] = d.Version
			if d.Operation != "" {
				c.marks[d.Operation]++
			}
			for _, e := range d.Outbox {
				c.commit(i, d, e)
			}
		default:
			c.attempt(i, d)
		}
	}
}

func (c *check) commit(place int, d store.Deed, e bot.Envelope) {
	if !strings.HasPrefix(e.ID, fmt.Sprintf("%s.%010d.", d.Conversation, d.Version)) {
		c.fault(Doubled, "turn %d of %s wrote the entry %s, which is not its own", d.Version, d.Conversation, e.ID)
	}
	if c.entries[e.ID] != nil {
		c.fault(Doubled, "entry %s was written twice", e.ID)
	}
	if e.Letter != nil {
		c.Letters++
	} else {
		c.Messages++
	}
	made := &entry{Envelope: e, conversation: d.Conversation, turn: d.Version, operation: d.Operation, place: place, at: d.At, holder: d.Holder}
	c.entries[e.ID] = made
	c.ordered = append(c.ordered, made)
}

func (c *check) attempt(place int, d store.Deed) {
	e := c.entries[d.Entry]
	if e == nil {
		c.fault(Doubled, "entry %s was attempted and never committed", d.Entry)
		return
	}
	switch {
	case d.Kind == store.CalledOff && (e.Letter != nil || e.Class != bot.Planned):
		c.fault(Lost, "entry %s was called off and is nothing planned", e.ID)
		return
	case d.Kind == store.CalledOff:
		e.end = d.Kind
		return
	case d.Kind == store.Taken && e.end == store.CalledOff:
		c.fault(Doubled, "entry %s was tried again after it was called off", e.ID)
	}
	if d.Kind == store.Taken {
		e.attempts = append(e.attempts, &attempt{of: e, holder: d.Holder, place: place, at: d.At, until: d.Until, again: d.Unsure})
		return
	}
	if n := len(e.attempts); n > 0 {
		a := e.attempts[n-1]
		a.ended, a.settled, a.unsure, a.arrived = d.At, true, d.Unsure, d.Kind == store.Delivered
	}
	if d.Kind != store.PutBack {
		e.end, e.reason = d.Kind, d.Reason
	}
}

// updates sees to it that each update that was confirmed is one turn, and that
// no update and no letter is more than one.
func (c *check) updates() {
	for _, u := range c.record.Updates {
		n := c.marks[c.record.Mark(u.Operation)]
		if u.Confirmed {
			c.Updates++
		}
		switch {
		case n > 1:
			c.fault(Doubled, "update %s made %d turns", u.Operation, n)
		case n == 0 && u.Confirmed:
			c.fault(Lost, "update %s was confirmed and made no turn", u.Operation)
		case n == 0 && u.Dropped && u.Press:
			c.Dropped++
		case n == 0 && u.Dropped:
			c.fault(Lost, "update %s was not taken until the platform gave up telling it", u.Operation)
		}
	}
	for _, e := range c.ordered {
		if e.Letter == nil {
			continue
		}
		switch n := c.marks[c.record.Mark(e.ID)]; {
		case n > 1:
			c.fault(Doubled, "letter %s made %d turns", e.ID, n)
		case n == 0 && e.end == store.Delivered && !moot[e.Letter.Kind]:
			c.fault(Lost, "letter %s (%s) counts as delivered and made no turn", e.ID, e.Letter.Kind)
		}
	}
}

// moot are the letters about an alert that may find that it is over, and then change
// nothing; any other letter between people who are all there makes a turn.
var moot = map[string]bool{"taken": true, "news": true, "lost": true}

// ends sees to it that each message arrived, and why some came more than once. In
// no run does a platform refuse anything for good, nor does one last for as long as a
// message is tried, so what was given up would have been taken: it is lost.
func (c *check) ends() {
	for _, e := range c.ordered {
		switch {
		case e.end == store.GivenUp:
			reason := cmp.Or(e.reason, "for no reason")
			c.Dead[reason]++
			c.fault(Lost, "%s was given up (%s), and accepted %d times: %s", e.ID, reason, len(e.sent), e.story())
		case e.end == store.CalledOff:
			c.Off++
		case e.end == store.Committed:
			c.Waiting++
			c.Left = append(c.Left, e.story())
		case e.Letter == nil && len(e.sent) == 0:
			c.fault(Lost, "message %s counts as delivered and was never accepted", e.ID)
		}
		if e.Letter != nil || len(e.sent) == 0 {
			continue
		}
		c.wait(e)
		for i := 1; i < len(e.sent); i++ {
			c.explain(e, e.sent[i-1], e.sent[i])
		}
	}
}

// slow is from when on a wait is worth a look.
const slow = 30 * time.Second

func (c *check) wait(e *entry) {
	wait := max(0, e.sent[0].At.Sub(e.at.Add(time.Second)))
	if wait > slow {
		c.Slow = append(c.Slow, fmt.Sprintf("%s and arrived at %s", e.story(), clock(e.sent[0].At)))
	}
	if e.Class == bot.Answer {
		c.Answers = append(c.Answers, wait)
	} else {
		c.Planned = append(c.Planned, wait)
	}
}

// story tells what became of an entry.
func (e *entry) story() string {
	out := e.ID + " of " + clock(e.at) + " (" + e.Why + ")"
	for _, a := range e.attempts {
		out += ", taken at " + clock(a.at)
		switch {
		case a.arrived:
			out += " and arrived"
		case a.settled && a.unsure:
			out += " and perhaps arrived"
		case a.settled:
			out += " and put back"
		default:
			out += " and never settled"
		}
	}
	return out
}

func clock(t time.Time) string { return t.UTC().Format("15:04:05.000") }
