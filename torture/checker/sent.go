package checker

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"onestep/bot"
)

// sent finds the attempt behind each message that a platform accepted. Where the
// platform's record tells the entry, it is one of that entry's; else one at the
// same words for the same chat.
func (c *check) sent() {
	type key struct {
		chat bot.Chat
		text string // or the entry
	}
	attempts, arrivals := map[key][]*attempt{}, map[key][]arrival{}
	marked := map[bot.Chat]bool{}
	for i, s := range c.record.Sent {
		c.Accepted++
		k := key{s.Chat, plain(s.Text)}
		if s.Entry != "" {
			marked[s.Chat], k.text = true, s.Entry
		}
		arrivals[k] = append(arrivals[k], arrival{Sent: s, place: i})
	}
	for _, e := range c.ordered {
		k := key{e.Chat, plain(e.Text)}
		if marked[e.Chat] {
			k.text = e.ID
		}
		if e.Letter == nil {
			attempts[k] = append(attempts[k], e.attempts...)
		}
	}
	for k, arrived := range arrivals {
		tried := attempts[k]
		slices.SortFunc(tried, func(a, b *attempt) int { return cmp.Compare(a.place, b.place) })
		for _, s := range match(tried, arrived) {
			switch {
			case s.by == nil && c.bare(s.Sent):
				c.Bare++
				continue
			case s.by == nil:
				c.fault(Doubled, "message %s of %s was accepted at %s and belongs to no attempt at anything; near it: %s",
					s.ID, s.Chat.Platform, clock(s.At), near(tried, arrived, s.At))
				continue
			}
			s.by.of.sent = append(s.by.of.sent, s)
		}
	}
}

// rescue is how long the way around the store and then past it take at most, by
// the figures of the program, with a second for the platform's yes.
const rescue = 21 * time.Second

// bare tells whether a message is one that goes out past the store, and Redis was
// away then.
func (c *check) bare(s Sent) bool {
	return c.record.Bare != nil && c.record.Bare(s.Text) && slices.ContainsFunc(c.record.Blows, func(b Blow) bool {
		return b.Harm == Outage && !s.At.Before(b.From) && s.At.Before(b.To.Add(rescue))
	})
}

// around is how far from it something is worth telling.
const around = 2 * time.Minute

// near tells what else was done with the same words at about that time.
func near(tried []*attempt, arrived []arrival, at time.Time) string {
	var told []string
	var last *entry
	for _, a := range tried {
		if a.of != last && a.at.Sub(at).Abs() < around {
			last = a.of
			told = append(told, a.of.story())
		}
	}
	for _, s := range arrived {
		if s.At.Sub(at).Abs() < around {
			told = append(told, "accepted at "+clock(s.At))
		}
	}
	return strings.Join(told, "; ")
}

// plain is a text as both sides know it: a message that is repeated to a worker
// says so.
func plain(text string) string {
	return strings.TrimSpace(strings.TrimPrefix(text, "(repeat) "))
}

// match gives each arrival its attempt, so that all is explained as well as can
// be. Both are in order, and stay so: a lane makes one attempt at a time.
func match(tried []*attempt, arrived []arrival) []arrival {
	n, m := len(tried), len(arrived)
	cost := make([][]int, n+1)
	for i := range cost {
		cost[i] = make([]int, m+1)
		for j := range cost[i] {
			switch {
			case i == 0 && j == 0:
			case i == 0:
				cost[i][j] = cost[i][j-1] + strange
			default:
				cost[i][j] = cost[i-1][j] + tried[i-1].absence()
				if j > 0 {
					cost[i][j] = min(cost[i][j], cost[i][j-1]+strange, cost[i-1][j-1]+tried[i-1].fits(arrived[j-1].Sent))
				}
			}
		}
	}
	for i, j := n, m; i > 0 && j > 0; {
		switch cost[i][j] {
		case cost[i-1][j-1] + tried[i-1].fits(arrived[j-1].Sent):
			i, j = i-1, j-1
			arrived[j].by = tried[i]
		case cost[i-1][j] + tried[i-1].absence():
			i--
		default:
			j--
		}
	}
	return arrived
}

// How badly a story fits: what cannot be, and what is odd.
const (
	strange = 1000
	odd     = 10
)

// absence is how badly it fits that an attempt did not arrive.
func (a *attempt) absence() int {
	switch {
	case a.arrived && a.again && a.of.Chat.Platform == "slack":
		return odd // it was looked up and found
	case a.arrived:
		return strange
	}
	return 0
}

// fits is how badly it fits that this attempt was accepted as s. The store tells
// whole seconds, rounded down.
func (a *attempt) fits(s Sent) int {
	switch {
	case a.at.After(s.At), a.settled && a.ended.Add(2*time.Second).Before(s.At):
		return 2*strange + 1 // it is another one
	case a.settled && !a.arrived && !a.unsure:
		return strange - 1 // it said that it did not arrive
	case a.arrived && s.Unheard && a.again && a.of.Chat.Platform == "slack":
		return odd + 1 // an earlier attempt is likelier, and this one looked it up
	case a.arrived && s.Unheard, a.settled && a.unsure && !s.Unheard:
		return odd
	}
	return 0
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
		slices.SortFunc(arrived, func(a, b *entry) int { return cmp.Compare(a.sent[0].place, b.sent[0].place) })
		for i, x := range arrived {
			// Few overtake, and not by far, so only the next ones are looked at.
			for _, y := range arrived[i+1 : min(len(arrived), i+50)] {
				// x may have been on its way when y was committed.
				if leavesBefore(y, x) && y.place < x.sent[0].by.place {
					c.fault(Unordered, "message %s arrived before %s (%s, %s)", x.ID, y.ID, clock(x.sent[0].At), clock(y.sent[0].At))
				}
			}
		}
	}
}

// leavesBefore tells whether a is to leave before b when both wait. What two
// conversations say to one chat has no order.
func leavesBefore(a, b *entry) bool {
	if a.conversation != b.conversation {
		return false
	}
	return cmp.Or(cmp.Compare(a.Class, b.Class), cmp.Compare(a.turn, b.turn), strings.Compare(a.ID, b.ID)) < 0
}
