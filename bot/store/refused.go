package store

import (
	"context"
	"errors"
	"time"

	"github.com/redis/go-redis/v9"
)

// passingRefusals are what a Redis says that has done nothing of what it was
// asked, and will before long. The first words of its answers are part of its
// protocol.
var passingRefusals = []string{
	"LOADING",     // it reads its data after a start
	"TRYAGAIN",    // cluster: the slot is moving, and some of the keys are here and some there
	"CLUSTERDOWN", // cluster: nobody has the slot, or too few masters see one another
	"MASTERDOWN",  // a replica that has lost its master
	"READONLY",    // it is a replica now; the client finds the master when it connects again
	"NOREPLICAS",  // too few replicas are connected to take a write
	"BUSY",        // somebody's script runs for too long
	"ERR max number of clients reached",
}

// passing tells whether a Redis said that it has not done it, and will later.
func passing(err error) bool {
	for _, prefix := range passingRefusals {
		if redis.HasErrorPrefix(err, prefix) {
			return true
		}
	}
	return errors.Is(err, errNoMaster)
}

// refusedWait is how long after a refusal the same is asked again, at first and
// at most: short beside what a person notices, long beside what Redis does.
const (
	refusedWait    = 20 * time.Millisecond
	longestRefused = 200 * time.Millisecond
)

// again does try until it is not refused in passing, or ctx ends. It is safe
// for writes, because what was refused was not done.
func again(ctx context.Context, try func() error) error {
	var refusal error
	for wait := refusedWait; ; wait = min(2*wait, longestRefused) {
		err := try()
		switch {
		case passing(err):
			refusal = err
		case refusal != nil && ctx.Err() != nil:
			return refusal // says more than that the time is over
		default:
			return err
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return refusal
		case <-timer.C:
		}
	}
}
