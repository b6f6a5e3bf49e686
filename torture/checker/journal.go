package checker

import (
	"slices"
	"strings"
	"time"

	"onestep/bot/store"
)

// journal sees to it that a person's words stand in their journal once, that no
// check-in began twice, that it says what was called off, and that nothing planned
// was said in quiet hours or too often.
func (c *check) journal(p Person) {
	all := map[string][]uint64{} // the turns whose lines hold a token
	for _, token := range p.Tokens {
		c.Tokens++
		all[token] = nil
	}
	times := map[uint64]time.Time{}
	began := map[string]bool{}
	off := map[string]bool{} // entries
	for _, line := range p.Journal {
		times[line.Turn] = line.At
		if line.What == "called off" {
			off[line.Name] = true
		}
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
	for _, e := range c.ordered {
		if e.conversation == p.Conversation && e.end == store.CalledOff && !off[e.ID] {
			c.fault(Lost, "message %s was called off, and the journal does not say why", e.ID)
		}
	}
	if p.Patient && p.Zone != nil && c.record.Clock != nil {
		c.quiet(p, times)
		c.often(p, times)
	}
}

// planned are the check-ins that begin by plan alone.
var planned = map[string]bool{"weekly": true, "closing": true, "midpoint": true}
