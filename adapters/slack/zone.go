package slack

import (
	"context"
	"sync"
	"time"
)

// zoneLife is how long a time zone is remembered; a user_change event, which
// tells of a move, comes to one replica and replaces it there at once. Whoever
// remembers an older one elsewhere says how old it is. zoneMiss is how long a failed look-up is
// not tried again, so that an outage does not slow every message.
const (
	zoneLife = 24 * time.Hour
	zoneMiss = 5 * time.Minute
)

// zones remembers the time zone that each person has set in Slack.
type zones struct {
	mu sync.Mutex
	of map[string]zone
}

type zone struct {
	name  string
	at    time.Time // when the profile was last changed, by Slack
	until time.Time // how long to remember it
}

// zone gives a person's IANA time zone, "" when Slack does not tell it soon, and
// when their profile was last changed.
func (a *Adapter) zone(ctx context.Context, user string) (name string, at time.Time) {
	now := time.Now()
	a.zones.mu.Lock()
	known, ok := a.zones.of[user]
	a.zones.mu.Unlock()
	if ok && now.Before(known.until) {
		return known.name, known.at
	}
	ctx, cancel := context.WithTimeout(ctx, a.pace.zone)
	defer cancel()
	// After a failure an old answer is better than none.
	fresh := zone{name: known.name, at: known.at, until: now.Add(zoneMiss)}
	if info, err := a.api.GetUserInfoContext(ctx, user); err == nil {
		fresh = zone{name: info.TZ, at: changed(int64(info.Updated)), until: now.Add(zoneLife)}
	}
	fresh = a.zones.learn(user, fresh)
	return fresh.name, fresh.at
}

// learn remembers a zone, unless one of a newer profile is known, and gives the
// one that is.
func (z *zones) learn(user string, fresh zone) zone {
	z.mu.Lock()
	defer z.mu.Unlock()
	if known := z.of[user]; known.at.After(fresh.at) {
		return known
	}
	if z.of == nil {
		z.of = map[string]zone{}
	}
	z.of[user] = fresh
	return fresh
}
