// Package checker proves from a record of a run that nothing was lost, doubled,
// out of order or late. The record is the platforms' own (what they accepted,
// what they told) and the store's own (its append-only file, its journals); the
// program that ran is not asked. It holds no figure that depends on luck.
package checker

import (
	"fmt"
	"time"

	"onestep/bot"
	"onestep/bot/store"
)

// Record is what is known of a run.
type Record struct {
	// Deeds are what was done to the store, in order.
	Deeds []store.Deed
	// Mark is how an operation stands in a deed.
	Mark func(operation string) string
	// Updates are what people did, as the platforms told it.
	Updates []Update
	// Sent is what the platforms accepted, in order.
	Sent []Sent
	// People are the conversations that were had.
	People []Person
	// Blows are the harm that was done from outside.
	Blows []Blow
	// Bare tells the words that go out past the store when words of danger can
	// be stored nowhere.
	Bare func(text string) bool
	// Clock tells the people's time at an instant before Rested, when their
	// clock was turned back.
	Clock  func(time.Time) time.Time
	Rested time.Time
	// Starts are those of the program, in order: each has a clock of its own.
	Starts []Start
}

// Start is one process of the program from its start on.
type Start struct {
	// Place is where it runs, as in a holder of leases.
	Place string
	At    time.Time
	// Ahead is by how much its own clock was wrong.
	Ahead time.Duration
}

// Update is one thing that a person did.
type Update struct {
	// Operation is the update's id as the program knows it.
	Operation string
	// Confirmed is set when the program told the platform that it has it.
	Confirmed bool
	// Dropped is set when the platform gave up telling it, and Press when it was one
	// press of a button, which the person sees fail and can do again.
	Dropped, Press bool
}

// Sent is one message that a platform accepted.
type Sent struct {
	Chat bot.Chat
	// ID is the platform's.
	ID string
	At time.Time
	// Entry is the outbox entry, where the platform's record tells it.
	Entry string
	Text  string
	// Unheard is set when the platform's answer did not arrive.
	Unheard bool
	// Known is set where the platform can be asked whether a message arrived: it
	// is not to come twice there, whatever happens.
	Known bool
}

// Person is one conversation with a person or a team.
type Person struct {
	Conversation string
	// Turns are those that the store says the conversation has had.
	Turns uint64
	// Patient tells whether quiet hours and the weekly cap hold for what is planned
	// for them.
	Patient bool
	Zone    *time.Location
	Quiet   bot.Quiet
	// Cap is how often they are written to first in any seven days.
	Cap     int
	Journal []bot.Entry
	// Tokens are words that this person typed once each in an update that was
	// confirmed, and that must stand in the journal.
	Tokens []string
	// Waiting are the words that wait for more in the last state.
	Waiting string
}

// Blow is harm done from outside for a span of time: a process or a server that
// was killed, frozen or told to end.
type Blow struct {
	What string
	Harm Harm
	// Place is whose process it was, as in a holder of leases; empty for Redis and
	// the platforms.
	Place string
	// Platform is what Weather befell; empty for all.
	Platform string
	// Cuts is a Weather that cut all connections when it began: what the platform
	// answered just then may not have arrived, and it cannot know.
	Cuts     bool
	From, To time.Time
}

// Harm is what a blow can explain.
type Harm int

// The harms.
const (
	Other   Harm = iota // nothing that keeps an answer from being noted
	Death               // a process of the program was killed
	Freeze              // a process of the program stood still and went on at To
	Outage              // Redis was away or stood still until To
	Weather             // a platform was away or refused everything until To
)

// Kind is what kind of fault was found.
type Kind string

// The kinds. Doubled is in state, or sent by nobody who had it to send; Late is in
// quiet hours; Often is more than the weekly cap; Delayed is an answer that waited
// with nothing in its way; Unexplained is a message that was repeated outside the
// windows; Unproven is what the record does not show, so that it proves nothing.
const (
	Lost        Kind = "lost"
	Doubled     Kind = "doubled"
	Unordered   Kind = "unordered"
	Late        Kind = "late"
	Often       Kind = "too often"
	Delayed     Kind = "delayed"
	Unexplained Kind = "unexplained"
	Unproven    Kind = "unproven"
)

// Window is why a message was sent twice, where that cannot be helped: between
// the platform's yes and the note of it.
type Window string

// The windows; there are no others.
const (
	Unheard Window = "the platform took it and its answer was lost"
	Killed  Window = "its sender was killed before the answer was noted"
	Frozen  Window = "its sender stood still before the answer was noted, until another had its shard"
	Away    Window = "Redis was away before the answer was noted, until another had the shard"
)

// Windows lists them.
var Windows = []Window{Unheard, Killed, Frozen, Away}

// Repeat is a message that was sent twice in a window.
type Repeat struct {
	Window Window
	Entry  string
	// First and Again are when the platform took it, and From and To the blow in
	// between; zero when the answer was lost.
	First, Again time.Time
	From, To     time.Time
}

// String tells it in ids and times.
func (r Repeat) String() string {
	out := fmt.Sprintf("%s: %s was taken at %s and again at %s", r.Window, r.Entry, clock(r.First), clock(r.Again))
	if !r.From.IsZero() {
		out += fmt.Sprintf("; the blow was from %s to %s", clock(r.From), clock(r.To))
	}
	return out
}

// Fault is one thing that must not be.
type Fault struct {
	Kind Kind
	// What says it in ids and times, without any words of a person.
	What string
}

// Verdict is what a record proves.
type Verdict struct {
	Faults []Fault

	Turns    int // committed
	Updates  int // confirmed
	Letters  int // committed
	Messages int // committed
	Accepted int // by the platforms, repeats included
	// Repeats are the messages that were accepted once more in a window.
	Repeats []Repeat
	Bare    int // accepted past the store, while Redis was away
	Dropped int // presses that the platform gave up telling
	// Dead are given up, by the program's reason: each is lost as well.
	Dead    map[string]int
	Off     int // called off, since the person wants no more of it
	Waiting int // still in the outbox
	// Left tells what became of those so far.
	Left []string
	// Slow tells the same of messages that waited for long.
	Slow   []string
	Tokens int // words looked for in journals
	// Delays are from commit to acceptance, of answers and of what was planned;
	// the store tells whole seconds.
	Answers, Planned Delays
	// Prompt are the waits of the answers that nothing was in the way of.
	Prompt Delays
	// Contacts are how often patients were written to first, and Capped how many of
	// these the weekly cap had held back.
	Contacts, Capped int
}

// Delays are sorted waits.
type Delays []time.Duration

// At gives the wait that a share of all, from 0 to 1, does not exceed.
func (d Delays) At(share float64) time.Duration {
	if len(d) == 0 {
		return 0
	}
	return d[min(len(d)-1, int(share*float64(len(d))))]
}

// In is how many repeats fell in a window.
func (v Verdict) In(w Window) (n int) {
	for _, r := range v.Repeats {
		if r.Window == w {
			n++
		}
	}
	return n
}

// Count is how many faults of a kind there are.
func (v Verdict) Count(k Kind) (n int) {
	for _, f := range v.Faults {
		if f.Kind == k {
			n++
		}
	}
	return n
}
