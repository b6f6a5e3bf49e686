package checker

import (
	"slices"
	"strings"
	"time"

	"onestep/bot"
)

// journal sees to it that a person's words stand in their journal once, that no
// check-in began twice, and that nothing planned was said in quiet hours.
func (c *check) journal(p Person) {
	all := map[string][]uint64{} // the turns whose lines hold a token
	for _, token := range p.Tokens {
		c.Tokens++
		all[token] = nil
	}
	times := map[uint64]time.Time{}
	began := map[string]bool{}
	for _, line := range p.Journal {
		times[line.Turn] = line.At
		for token := range strings.FieldsSeq(line.Raw) {
			if turns, ok := all[token]; ok && line.What != "nudge" && !slices.Contains(turns, line.Turn) {
				all[token] = append(turns, line.Turn)
			}
		}
		if line.What == "session" && line.Rule == "began" && p.Zone != nil {
			key := line.Name + " on " + line.At.In(p.Zone).Format(time.DateOnly)
			if began[key] && planned[line.Name] {
				c.fault(Doubled, "conversation %s began %s twice (turn %d)", p.Conversation, key, line.Turn)
			}
			began[key] = true
		}
	}
	for _, token := range p.Tokens {
		switch turns := all[token]; {
		case len(turns) > 1:
			c.fault(Doubled, "what conversation %s was told once stands in the turns %d", p.Conversation, turns)
		case len(turns) == 0 && !strings.Contains(p.Waiting, token):
			c.fault(Lost, "what conversation %s was told and confirmed stands nowhere in its journal", p.Conversation)
		}
	}
	if p.Patient && p.Zone != nil {
		c.quiet(p, times)
	}
}

// quiet sees to it that nothing planned was written or left in a person's quiet
// hours. A clock that was wrong may have believed otherwise.
func (c *check) quiet(p Person, times map[uint64]time.Time) {
	quiet := func(at time.Time) bool { return p.Quiet.Until(at, p.Zone).After(at) }
	for _, e := range c.ordered {
		if e.Letter != nil || e.Class != bot.Planned || e.conversation != p.Conversation {
			continue
		}
		if at, ok := times[e.turn]; ok && quiet(at) {
			c.fault(Late, "message %s was planned for %s of a person's day", e.ID, at.In(p.Zone).Format("15:04"))
			continue
		}
		if len(e.sent) == 0 || c.record.Clock == nil {
			continue
		}
		at, all := e.sent[0].At, true
		for _, wrong := range []time.Duration{-c.record.Skew, 0, c.record.Skew} {
			all = all && quiet(c.record.Clock(at.Add(wrong)))
		}
		if all && at.Before(c.record.Rested) {
			c.fault(Late, "message %s left at %s of a person's day", e.ID, c.record.Clock(at).In(p.Zone).Format("15:04"))
		}
	}
}

// planned are the check-ins that begin by plan alone.
var planned = map[string]bool{"weekly": true, "closing": true, "midpoint": true}
