package bot

import (
	"sync"
	"time"
)

// longestOutage bounds how long a platform that cannot be reached is left alone
// at a time: the most that messages wait once it is back.
const longestOutage = 15 * time.Second

// outage is how this process leaves a platform alone that it cannot reach: once
// for all messages, since what fails for all says nothing of any of them. Other
// replicas go on: the fault may be in our own network.
type outage struct {
	mu    sync.Mutex
	until time.Time
	wait  time.Duration // the last one; 0: the platform could be reached
}

// fails is told that the platform could not be reached, and gives for how long
// to leave it alone. Each wait is twice the one before; attempts that were under
// way together make one.
func (o *outage) fails(now time.Time) time.Duration {
	o.mu.Lock()
	defer o.mu.Unlock()
	if left := o.until.Sub(now); left > 0 {
		return left
	}
	o.wait = min(max(2*o.wait, firstWait), longestOutage)
	o.until = now.Add(o.wait)
	return o.wait
}

// ends is told that the platform was reached.
func (o *outage) ends() {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.wait = 0
}

// pause is for how long the platform is to be left alone.
func (o *outage) pause(now time.Time) time.Duration {
	o.mu.Lock()
	defer o.mu.Unlock()
	return max(o.until.Sub(now), 0)
}
