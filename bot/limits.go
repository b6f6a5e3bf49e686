package bot

import (
	"context"
	"maps"
	"time"
)

// Limit is how fast messages may follow one another. The zero value is none.
type Limit struct {
	// Every is the time that one message takes, in the long run.
	Every time.Duration
	// Burst is how many may follow at once when there was quiet before; 0 is 1.
	Burst int
}

// Ahead is by how much messages may run ahead of the long run.
func (l Limit) Ahead() time.Duration { return time.Duration(max(l.Burst-1, 0)) * l.Every }

func (l Limit) times(speed float64) Limit {
	l.Every = time.Duration(float64(l.Every) / speed)
	return l
}

// Limited is an adapter whose platform limits how fast it may be spoken to.
// Delivery keeps below the limits, over all replicas, so that none is ever
// told of in steady state.
type Limited interface {
	// Limits are asked for once, before the first message.
	Limits() Limits
}

// Paced is an adapter that makes calls beside Send which count as messages for its
// platform, such as taking buttons away.
type Paced interface {
	// Pace hands over what gets a place for such a call, behind all messages. It
	// returns when the place has come, with the context to make that call in, which
	// asks Begin like a Send. An error means that the call is not to be made: the
	// platform is to be left alone, ctx has ended, or no place came within most.
	// Pace is called once, before the first message and maybe after the first
	// update.
	Pace(place func(ctx context.Context, most time.Duration) (context.Context, error))
}

// Limits are those of one bot on one platform.
type Limits struct {
	// Whole is for all chats together, and is kept strictly: no span of Burst times
	// Every holds more than Burst messages of all replicas, by when they arrive.
	Whole Limit
	// Private is for each private chat, and Group for each group or channel.
	Private, Group Limit
	// IsGroup tells one from the other; nil: all chats are private.
	IsGroup func(Chat) bool
	// Calls are for calls that a message may need beside its own and that the platform
	// limits by themselves, by name: see BeginCall.
	Calls map[string]Limit
}

// Times gives limits for a platform whose clock runs so many times faster, as in
// measurements.
func (l Limits) Times(speed float64) Limits {
	for _, limit := range []*Limit{&l.Whole, &l.Private, &l.Group} {
		*limit = limit.times(speed)
	}
	l.Calls = maps.Clone(l.Calls)
	for name, limit := range l.Calls {
		l.Calls[name] = limit.times(speed)
	}
	return l
}

// of is the limit of one chat.
func (l Limits) of(c Chat) Limit {
	if l.IsGroup != nil && l.IsGroup(c) {
		return l.Group
	}
	return l.Private
}
