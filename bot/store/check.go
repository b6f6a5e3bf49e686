package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

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
	Refusing                 // it answers and does not let us in
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

// Check looks whether this Redis keeps what it confirms. It gives every fault
// at once, joined; each is a *CheckError. Durable but slower to the disk than
// it could be is a warning in the log, not a fault.
func (s *Store) Check(ctx context.Context) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	if err := s.reads.Ping(ctx).Err(); err != nil {
		return unusable(err)
	}
	kept, err := s.reads.Info(ctx, "persistence").Result()
	if err != nil {
		return untold(err)
	}
	memory, err := s.reads.Info(ctx, "memory").Result()
	if err != nil {
		return untold(err)
	}
	var faults []error
	switch infoField(kept, "aof_enabled") {
	case "1":
		s.checkSync(ctx)
	case "":
		return untold(nil)
	default:
		faults = append(faults, &CheckError{
			Fault: Forgetful,
			Says:  "Redis writes no append-only file, so a restart would lose conversations. Turn it on:",
			Mend:  `redis-cli CONFIG SET appendonly yes, and in redis.conf: "appendonly yes" and "appendfsync always"`,
		})
	}
	switch policy := infoField(memory, "maxmemory_policy"); policy {
	case "noeviction":
	case "":
		return untold(nil)
	default:
		faults = append(faults, &CheckError{
			Fault: Evicting,
			Says:  fmt.Sprintf("Redis throws data away when memory is short (its policy is %s). Forbid it:", policy),
			Mend:  `redis-cli CONFIG SET maxmemory-policy noeviction, and in redis.conf: "maxmemory-policy noeviction"`,
		})
	}
	return errors.Join(faults...)
}

// checkSync warns when a power cut could lose the last second. Hosted servers
// may not tell.
func (s *Store) checkSync(ctx context.Context) {
	got, err := s.reads.ConfigGet(ctx, "appendfsync").Result()
	if how := got["appendfsync"]; err == nil && how != "always" {
		s.log.Warn("a power cut of the Redis machine could lose up to 2 seconds of confirmed answers",
			"appendfsync", how, "mend", "redis-cli CONFIG SET appendfsync always")
	}
}

// unusable says why a first command failed: nobody there, or a refusal, whose
// text is the server's own and carries no password.
func unusable(err error) error {
	var refusal redis.Error
	if errors.As(err, &refusal) {
		return &CheckError{
			Fault: Refusing,
			Says:  "Redis answers and refuses: " + refusal.Error() + ". If it wants a password, put it into the address:",
			Mend:  "ONESTEP_REDIS_URL=redis://:PASSWORD@HOST:6379/0",
			Err:   err,
		}
	}
	return &CheckError{
		Fault: Unreachable,
		Says:  "No Redis answers at ONESTEP_REDIS_URL. Start one, or correct the address:",
		Mend:  startLine,
		Err:   err,
	}
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
