package checker

import (
	"slices"
	"strings"
	"time"

	"onestep/bot"
	"onestep/bot/store"
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
	if !p.Patient {
		return
	}
	for _, d := range c.record.Deeds {
		if d.Kind != store.Committed || d.Conversation != p.Conversation {
			continue
		}
		at, ok := times[d.Version]
		if !ok || p.Zone == nil || !slices.ContainsFunc(d.Outbox, func(e bot.Envelope) bool { return e.Class == bot.Planned && e.Letter == nil }) {
			continue
		}
		if p.Quiet.Until(at, p.Zone).After(at) {
			c.fault(Late, "conversation %s was told something planned at %s of its day (turn %d)", p.Conversation, at.In(p.Zone).Format("15:04"), d.Version)
		}
	}
}

// planned are the check-ins that begin by plan alone.
var planned = map[string]bool{"weekly": true, "closing": true, "midpoint": true}
