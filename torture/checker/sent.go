package checker

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"onestep/bot"
)

// sent finds the outbox entry of each message that a platform accepted: by its
// id where the platform's record has one, else by chat and text.
func (c *check) sent() {
	byText := map[bot.Chat]map[string][]*entry{}
	for _, e := range c.ordered {
		if e.Letter != nil {
			continue
		}
		if byText[e.Chat] == nil {
			byText[e.Chat] = map[string][]*entry{}
		}
		byText[e.Chat][plain(e.Text)] = append(byText[e.Chat][plain(e.Text)], e)
	}
	for i, s := range c.record.Sent {
		c.Accepted++
		var e *entry
		if s.Entry != "" {
			e = c.entries[s.Entry]
		} else {
			e = whose(byText[s.Chat][plain(s.Text)], s.At)
		}
		if e == nil {
			c.fault(Doubled, "message %s of %s was accepted and never committed", s.ID, s.Chat.Platform)
			continue
		}
		if len(e.sent) == 0 {
			e.first = i
		}
		e.sent = append(e.sent, s)
	}
}

// plain is a text as both sides know it: a message that is repeated to a worker
// says so.
func plain(text string) string {
	return strings.TrimSpace(strings.TrimPrefix(text, "(repeat) "))
}

// whose tells which of several entries with the same words was accepted at an
// instant: one that was under way then. Of several (the store tells whole
// seconds) it is the first that was not accepted yet, else the last.
func whose(entries []*entry, at time.Time) *entry {
	var found *entry
	for _, e := range entries {
		a := e.attemptAt(at)
		if a == nil || a.settled && a.ended.Before(at.Truncate(time.Second)) {
			continue
		}
		if found == nil || len(found.sent) > 0 {
			found = e
		}
	}
	return found
}

// order sees to it that the messages of a chat arrived in the order of their
// commits, answers first: what arrived before must leave before, or must have
// been on its way when the other was committed.
func (c *check) order() {
	byChat := map[bot.Chat][]*entry{}
	for _, e := range c.ordered {
		if e.Letter == nil && len(e.sent) > 0 {
			byChat[e.Chat] = append(byChat[e.Chat], e)
		}
	}
	for _, arrived := range byChat {
		slices.SortFunc(arrived, func(a, b *entry) int { return cmp.Compare(a.first, b.first) })
		for i, x := range arrived {
			// Few overtake, and not by far, so only the next ones are looked at.
			for _, y := range arrived[i+1 : min(len(arrived), i+50)] {
				if !leavesBefore(y, x) {
					continue
				}
				// x may have been on its way when y was committed.
				if a := x.attemptAt(x.sent[0].At); a == nil || y.place < a.place {
					c.fault(Unordered, "message %s arrived before %s (%s, %s)", x.ID, y.ID, clock(x.sent[0].At), clock(y.sent[0].At))
				}
			}
		}
	}
}

// leavesBefore tells whether a is to leave before b when both wait.
func leavesBefore(a, b *entry) bool {
	return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.turn, b.turn), strings.Compare(a.ID, b.ID)) < 0
}
