package slack

import (
	"context"
	"sync"
	"time"
)

// zoneLife is how long a time zone is believed; a user_change event, which
// tells of a move, ends it at once. zoneMiss is how long a failed look-up is
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
	until time.Time
}

// zone gives a person's IANA time zone, "" when Slack does not tell it soon.
func (a *Adapter) zone(ctx context.Context, user string) string {
	now := time.Now()
	a.zones.mu.Lock()
	known, ok := a.zones.of[user]
	a.zones.mu.Unlock()
	if ok && now.Before(known.until) {
		return known.name
	}
	ctx, cancel := context.WithTimeout(ctx, a.pace.zone)
	defer cancel()
	// After a failure an old answer is better than none.
	fresh := zone{name: known.name, until: now.Add(zoneMiss)}
	if info, err := a.api.GetUserInfoContext(ctx, user); err == nil {
		fresh = zone{name: info.TZ, until: now.Add(zoneLife)}
	}
	a.zones.mu.Lock()
	defer a.zones.mu.Unlock()
	if a.zones.of == nil {
		a.zones.of = map[string]zone{}
	}
	a.zones.of[user] = fresh
	return fresh.name
}

// forget makes the next update of this person ask again.
func (z *zones) forget(user string) {
	z.mu.Lock()
	defer z.mu.Unlock()
	delete(z.of, user)
}
