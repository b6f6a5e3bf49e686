package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/redis/go-redis/v9"
)

// Fault is what makes a Redis unfit to be the record.
type Fault int

// The faults.
const (
	Unreachable Fault = iota // no Redis answers
	Forgetful                // it would lose everything when it stops: no AOF
	Evicting                 // it would throw data away when memory is short
	Untold                   // it does not say: an in-process Redis, or one that hides INFO
	Refusing                 // it answers and does not let us in, or will not do it
	Starting                 // it reads its data
	NoMaster                 // it takes no writes, because it is no master
	Full                     // it takes no writes, for want of memory or disk
	Alone                    // too few replicas
	Slow                     // it does not answer in time
	Crowded                  // it has as many connections as it allows
)

// CheckError is one fault as a plain sentence and the line that mends it.
type CheckError struct {
	Fault Fault
	Says  string
	Mend  string
	Err   error // the cause, if there is one
}

// Error is the sentence and the line.
func (e *CheckError) Error() string { return e.Says + "\n    " + e.Mend }

// Unwrap gives the cause.
func (e *CheckError) Unwrap() error { return e.Err }

// startLine starts a Redis that loses nothing it has confirmed.
const startLine = "redis-server --appendonly yes --appendfsync always --maxmemory-policy noeviction"

// Check looks whether this Redis, or every master of a cluster, keeps what it
// confirms. It gives every fault at once, joined; each is a *CheckError. What
// is durable but less than it could be is a warning in the log, not a fault.
func (s *Store) Check(ctx context.Context) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	var mu sync.Mutex
	var all []error // each once, whichever master it was
	err := each(ctx, s.reads, func(ctx context.Context, master *redis.Client) error {
		found := s.checkOne(ctx, master)
		mu.Lock()
		defer mu.Unlock()
		for _, f := range found {
			if !slices.ContainsFunc(all, func(other error) bool { return other.Error() == f.Error() }) {
				all = append(all, f)
			}
		}
		return nil
	})
	if err != nil {
		return advise(err)
	}
	return errors.Join(all...)
}

// checkOne gives the faults of one master.
func (s *Store) checkOne(ctx context.Context, master *redis.Client) (faults []error) {
	if err := master.Ping(ctx).Err(); err != nil {
		return []error{advise(err)}
	}
	info := make(map[string]string)
	for _, section := range []string{"persistence", "memory", "replication"} {
		text, err := master.Info(ctx, section).Result()
		if err != nil {
			return []error{untold(err)}
		}
		info[section] = text
	}
	switch infoField(info["persistence"], "aof_enabled") {
	case "1":
		s.checkSync(ctx, master)
	case "":
		return []error{untold(nil)}
	default:
		faults = append(faults, &CheckError{
			Fault: Forgetful,
			Says:  "Redis writes no append-only file, so a restart would lose conversations. Turn it on:",
			Mend:  `redis-cli CONFIG SET appendonly yes, and in redis.conf: "appendonly yes" and "appendfsync always"`,
		})
	}
	switch policy := infoField(info["memory"], "maxmemory_policy"); policy {
	case "noeviction":
	case "":
		return []error{untold(nil)}
	default:
		faults = append(faults, &CheckError{
			Fault: Evicting,
			Says:  fmt.Sprintf("Redis throws data away when memory is short (its policy is %s). Forbid it:", policy),
			Mend:  `redis-cli CONFIG SET maxmemory-policy noeviction, and in redis.conf: "maxmemory-policy noeviction"`,
		})
	}
	if fault := s.checkReplicas(infoField(info["replication"], "connected_slaves")); fault != nil {
		faults = append(faults, fault)
	}
	return faults
}

// checkSync warns when a power cut could lose the last second. Hosted servers
// may not tell.
func (s *Store) checkSync(ctx context.Context, master *redis.Client) {
	got, err := master.ConfigGet(ctx, "appendfsync").Result()
	if how := got["appendfsync"]; err == nil && how != "always" {
		s.log.Warn("a power cut of the Redis machine could lose up to 2 seconds of confirmed answers",
			"appendfsync", how, "mend", "redis-cli CONFIG SET appendfsync always")
	}
}

// checkReplicas looks whether there are the replicas that are to confirm each
// turn, and warns when there are some and none has to.
func (s *Store) checkReplicas(connected string) error {
	n, err := strconv.Atoi(connected)
	if err != nil {
		return nil // a Redis that does not tell has none that we could know of
	}
	if n < s.replicas {
		return &CheckError{
			Fault: Alone,
			Says: fmt.Sprintf("Redis has %d of the %d replicas that must have a turn before it is acknowledged. "+
				"Start them, or say that fewer are enough:", n, s.replicas),
			Mend: fmt.Sprintf("redis-server --replicaof HOST PORT --appendonly yes, or ?replicas=%d at the end of ONESTEP_REDIS_URL", n),
		}
	}
	if n > 0 && s.replicas == 0 {
		s.log.Warn("if a replica takes over, the last answers that were confirmed can be lost, because none has to have them first",
			"mend", "?replicas=1 at the end of ONESTEP_REDIS_URL")
	}
	return nil
}

func untold(err error) error {
	return &CheckError{
		Fault: Untold,
		Says:  "This Redis does not say whether it keeps its data. Use one that does:",
		Mend:  startLine,
		Err:   err,
	}
}

// infoField reads one line of INFO.
func infoField(info, name string) string {
	for line := range strings.Lines(info) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
