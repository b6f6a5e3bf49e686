package checker

import (
	"time"

	"onestep/bot"
)

// A record that leaves something out shows no fault there. Whatever of it can be
// known from the rest is a fault of its own.

// whole sees to it that the record leaves nothing out.
func (c *check) whole() {
	for _, part := range []struct {
		n    int
		what string
	}{
		{c.Turns, "turn"}, {c.Updates, "confirmed update"}, {c.Letters, "letter"}, {c.Accepted, "accepted message"},
		{len(c.record.People), "person"}, {c.Tokens, "word to look up in a journal"},
		{len(c.Answers), "answer that arrived"},
	} {
		if part.n == 0 {
			c.fault(Unproven, "the record holds no %s", part.what)
		}
	}
	if c.Contacts == 0 && c.lasted() >= enoughWeeks*week*24*time.Hour {
		c.fault(Unproven, "in %s of the people's time no patient was written to first", c.lasted())
	}
	if len(c.Answers) >= enoughAnswers && len(c.Prompt) == 0 {
		c.fault(Unproven, "of %d answers there is none that nothing was in the way of", len(c.Answers))
	}
	known := map[string]bool{}
	for _, p := range c.record.People {
		if known[p.Conversation] {
			c.fault(Unproven, "conversation %s is two people's", p.Conversation)
		}
		known[p.Conversation] = true
		c.complete(p)
	}
	for conversation := range c.versions {
		if !known[conversation] {
			c.fault(Unproven, "conversation %s is nobody's that the record knows", conversation)
		}
	}
}

// enoughAnswers are so many that one of them must have had nothing in its way, and
// enoughWeeks so many that somebody's weekly check-in must have come.
const (
	enoughAnswers = 500
	enoughWeeks   = 3
)

// lasted is how long the run was on the people's clock.
func (c *check) lasted() time.Duration {
	if c.record.Clock == nil || len(c.record.Deeds) == 0 {
		return 0
	}
	return c.record.Clock(c.record.Rested).Sub(c.record.Clock(c.record.Deeds[0].At))
}

// complete sees to it that what is known of a person is all that there is.
func (c *check) complete(p Person) {
	if p.Turns == 0 || p.Turns != c.versions[p.Conversation] {
		c.fault(Unproven, "conversation %s has had %d turns, and the record holds %d", p.Conversation, p.Turns, c.versions[p.Conversation])
	}
	if !p.Patient {
		return
	}
	for _, missing := range []struct {
		so   bool
		what string
	}{
		{len(p.Journal) == 0, "journal"}, {p.Zone == nil, "time zone"}, {p.Quiet == bot.Quiet{}, "quiet hours"}, {p.Cap < 1, "weekly cap"},
		{c.record.Clock == nil, "clock"},
	} {
		if missing.so {
			c.fault(Unproven, "patient %s has no %s", p.Conversation, missing.what)
		}
	}
}
