package bot

import (
	"context"
	"slices"
	"time"
)

// Budget is what all replicas share of a platform's limits: so many places. A
// place carries one call at a time and rests after it, by the clock of whoever
// made the call, before anybody makes the next. So no span as long as that rest
// holds more calls than there are places, whoever stands still and whichever
// clock is set: nothing that counts is read off a clock that two machines share.
type Budget interface {
	// Places takes places back and gives others. A question whose answer is lost
	// loses the places that it was given: see Given.Held.
	Places(ctx context.Context, platform string, a Ask) (Given, error)
	// Hold keeps every replica from a platform for so long, with answers for
	// answersAgain at most.
	Hold(ctx context.Context, platform string, wait time.Duration) error
}

// Place is one of a platform's places in somebody's hands.
type Place struct {
	N  int    // from 0
	By string // the question in whose answer it was given
}

// Ask is a question for places.
type Ask struct {
	ID  string // of this question, like no other
	Who string // asks, over all questions
	All int    // how many places the platform has
	// Back are places that are anybody's from now on, also lost ones of others. One
	// that was given to somebody else in the meantime stays with them.
	Back []Place
	// Keep are places that rest with the asker and that it would use again for what
	// is planned, so that nobody has to ask once they have rested.
	Keep []Place
	// Answers and Planned are how many are wanted for messages of each class. While
	// an answer lacks a place anywhere, nothing planned gets one.
	Answers, Planned int
	// Every is the time from one planned message to the next in the long run. They
	// are given places nearly as evenly: a clock that was set makes them uneven for
	// a moment, and no more of them.
	Every time.Duration
}

// Given is the answer.
type Given struct {
	Places []int
	// Kept are those of Keep that belong to this question now. The others stay with
	// the one that they were given to.
	Kept []int
	// Held are all other places that are in somebody's hands. One that is held by
	// the same question for a long time is lost: see lost.
	Held []Place
	// Hold is for how long the platform is to be left alone with messages of each
	// class.
	Hold [2]time.Duration
	// Wait is after which time it is worth asking again for what is planned; 0: that
	// depends on when places come back.
	Wait time.Duration
}

// What may happen when with a place. A call whose process is frozen at the last
// moment, or whose bytes are under way for longer, would be the only one to come
// at a time that nobody counts on.
const (
	// beginIn is from the question to the beginning of the call at most.
	beginIn = time.Second
	// leaveIn is from then to its first byte, with all that makes a connection.
	leaveIn = 500 * time.Millisecond
	// keepIn is how long before the end of its rest a place may be kept.
	keepIn = 150 * time.Millisecond
	// arriveIn is from its beginning to its arrival, if it has no answer before.
	arriveIn = leaveIn + 500*time.Millisecond
	// clocksApart is more than what two machines' clocks, which nobody sets, come
	// apart in such a time.
	clocksApart = 500 * time.Millisecond
)

// held is a place in our hands.
type held struct {
	Place
	from  time.Time // its call begins from then on
	until time.Time // and before, or never
	over  time.Time // from when on it may be given back
	leave time.Time // the first byte of its call leaves before, or never
	taken bool      // a message has it
	begun bool      // its call has begun
	asked bool      // whether it may be kept
}

// passed tells whether an instant is over by either clock: the one that nobody
// sets, and the one on the wall, which knows of a machine that slept.
func passed(at, now time.Time) bool {
	return !now.Before(at) || !now.Round(0).Before(at.Round(0))
}

// sight is what was seen of a place in other hands, and since when.
type sight struct {
	by    string
	since time.Time
}

// lost is from when on a place that was seen all the time in the same hands is
// certainly not used any more, and has rested.
func (p *pacer) lost() time.Duration {
	return beginIn + arriveIn + p.rest + clocksApart
}

// look notes what is in other hands. The caller holds mu.
func (p *pacer) look(all []Place, now time.Time) {
	seen := make(map[int]sight, len(all))
	for _, one := range all {
		if slices.ContainsFunc(p.mine, func(h *held) bool { return h.N == one.N }) {
			continue
		}
		s, known := p.seen[one.N]
		if !known || s.by != one.By {
			s = sight{one.By, now}
		}
		seen[one.N] = s
	}
	p.seen = seen
}
