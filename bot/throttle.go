package bot

import (
	"sync"
	"time"
)

// A platform that throttles does not say whether one chat or the whole bot is too
// fast (PLATFORMS A2, C8). Several chats at once mean the bot: a broadcast of 30
// messages a second meets three chats at once when it is too fast.
const (
	throttledChats  = 3
	throttledWithin = 10 * time.Second
)

// Throttles remembers which chats of a platform were throttled lately. The zero
// value is ready; it is safe for concurrent use.
type Throttles struct {
	mu   sync.Mutex
	last map[string]throttle // by the chat's id, whatever the topic
}

type throttle struct {
	at    time.Time
	after time.Duration
}

// Note remembers a chat that is to be left alone for after, and gives for how long
// the whole bot should wait: 0 if this is about the chat. It is the shortest of what
// was told for those chats, since one that is too fast by itself may be told hours.
func (t *Throttles) Note(c Chat, after time.Duration, now time.Time) (whole time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.last == nil {
		t.last = map[string]throttle{}
	}
	after = max(after, time.Second) // where the platform did not say
	t.last[c.ID] = throttle{now, after}
	whole = after
	for id, one := range t.last {
		if now.Sub(one.at) > throttledWithin {
			delete(t.last, id)
			continue
		}
		whole = min(whole, one.after)
	}
	if len(t.last) < throttledChats {
		return 0
	}
	return whole
}
