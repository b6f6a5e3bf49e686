package checker

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"onestep/bot"
	"onestep/bot/store"
)

// prompt is how long an answer may take to be accepted, from when it is due, while
// nothing is in its way: on real clocks, with a second for the store's rounding. A
// chat or a platform that refuses a call or two is left alone for three seconds, as
// it asked, and a machine with ten at work for each processor takes the rest. What is
// planned may add nothing: not by waiting for its hours, nor by failing.
const prompt = 5 * time.Second

// What a blow is felt for after its end.
const (
	// aftermath is of Redis, or of a process that stood still.
	aftermath = 5 * time.Second
	// clearing is of a platform that could not be reached or refused everything: it
	// is left alone for up to 15 s more.
	clearing = 17 * time.Second
)

// answers sees to it that each answer that nothing was in the way of left in time,
// and that what answers an update counts as an answer.
func (c *check) answers() {
	updates := map[string]bool{} // by mark
	for _, u := range c.record.Updates {
		updates[c.record.Mark(u.Operation)] = true
	}
	byChat := map[bot.Chat][]*entry{}
	for _, e := range c.ordered {
		if e.Letter != nil {
			continue
		}
		byChat[e.Chat] = append(byChat[e.Chat], e)
		if e.Class != bot.Answer && updates[e.operation] {
			c.fault(Delayed, "message %s answers an update and counts as planned", e.ID)
		}
	}
	for chat, entries := range byChat {
		var tries []*attempt
		var taken []arrival
		for _, e := range entries {
			tries, taken = append(tries, e.attempts...), append(taken, e.sent...)
		}
		slices.SortFunc(taken, func(a, b arrival) int { return cmp.Compare(a.place, b.place) })
		for _, e := range entries {
			if e.Class != bot.Answer || len(e.sent) == 0 || len(e.attempts) == 0 || !c.healthy(e, tries) {
				continue
			}
			due := c.due(chat, e, tries, taken)
			wait := max(0, e.sent[0].At.Sub(due))
			c.Prompt = append(c.Prompt, wait)
			if wait > prompt {
				c.fault(Delayed, "an answer waited for %s with nothing in its way, from %s to %s: %s", wait.Round(10*time.Millisecond), clock(due), clock(e.sent[0].At), e.story())
			}
		}
	}
}

// healthy tells whether nothing was in the way of an answer: one process had its
// shard all the time and was well, as were Redis and the platform, and no answer in
// the same chat failed. That something planned did is no excuse.
func (c *check) healthy(e *entry, tries []*attempt) bool {
	first, at := e.sent[0], e.attempts[0]
	if e.holder == "" || e.holder != at.holder || first.by != at || !at.arrived {
		return false
	}
	for _, b := range c.record.Blows {
		after := aftermath
		switch b.Harm {
		case Outage:
		case Freeze:
			if b.Place != placeOf(e.holder) {
				continue
			}
		case Weather:
			if b.Platform != "" && b.Platform != e.Chat.Platform {
				continue
			}
			after = clearing
		default:
			continue
		}
		if b.From.Before(first.At) && b.To.Add(after).After(e.at) {
			return false
		}
	}
	return !slices.ContainsFunc(tries, func(a *attempt) bool {
		if a.of.Class != bot.Answer || a.place > at.place || a.arrived {
			return false
		}
		last := a.of.attempts[len(a.of.attempts)-1]
		return a.of.end == store.Committed || !last.settled || last.ended.Add(time.Second).After(e.at)
	})
}

// due is when an answer might leave: it was committed, what was on its way in the same
// chat then or went before it as an answer had come to its end, and the chat had room.
// The store tells whole seconds, rounded down.
func (c *check) due(chat bot.Chat, e *entry, tries []*attempt, taken []arrival) time.Time {
	due := e.at.Add(time.Second)
	later := func(t time.Time) {
		if t.After(due) {
			due = t
		}
	}
	mine := e.attempts[0].place
	for _, a := range tries {
		if a.settled && a.place < mine && (a.of.Class == bot.Answer || a.place < e.place) {
			later(a.ended.Add(time.Second))
		}
	}
	every, burst := pace(chat)
	var room time.Time
	for _, s := range taken {
		if s.place >= e.sent[0].place {
			break
		}
		if from := s.At.Add(-time.Duration(burst-1) * every); from.After(room) {
			room = from
		}
		room = room.Add(every)
	}
	later(room)
	return due
}

// pace is how fast one chat is spoken to at most: so many at once, and one each so
// often.
func pace(chat bot.Chat) (every time.Duration, burst int) {
	if chat.Platform == "telegram" && strings.HasPrefix(chat.ID, "-") {
		return 3500 * time.Millisecond, 3 // a group
	}
	return time.Second, 3
}
