package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"time"

	"github.com/redis/go-redis/v9"
)

var (
	//go:embed reserve.lua
	reserveLua    string
	reserveScript = redis.NewScript(reserveLua)

	//go:embed hold.lua
	holdLua    string
	holdScript = redis.NewScript(holdLua)
)

// Reserve gives up to n of the next places of a platform, every apart and none
// later than ahead from now, nor earlier than late before now: given of them,
// the first in so long from now. When there is none, given is 0, and one can be
// had in so long. All replicas get theirs here. Time is measured by the clock of Redis. An answer that is lost
// loses its places, which stay unused.
func (s *Store) Reserve(ctx context.Context, platform string, every, late, ahead time.Duration, n int) (given int, in time.Duration, err error) {
	if platform == "" || every < time.Microsecond || late < 0 || ahead < 0 || n < 1 {
		return 0, 0, errors.New("store: reserve: it needs a platform, a space of at least 1 µs and a number of places")
	}
	ctx, cancel := patience(ctx)
	defer cancel()
	got, err := s.run(ctx, reserveScript, []string{s.keys.budget(platform)},
		every.Microseconds(), n, ahead.Microseconds(), late.Microseconds()).Int64Slice()
	if err != nil {
		return 0, 0, fmt.Errorf("store: reserve places on %s: %w", platform, err)
	}
	if len(got) != 2 {
		return 0, 0, fmt.Errorf("store: reserve places on %s: unknown answer", platform)
	}
	return int(got[0]), time.Duration(got[1]) * time.Microsecond, nil
}

// Hold keeps every replica from a platform for so long.
func (s *Store) Hold(ctx context.Context, platform string, wait time.Duration) error {
	if platform == "" || wait < 0 {
		return errors.New("store: hold: it needs a platform and a time")
	}
	ctx, cancel := patience(ctx)
	defer cancel()
	if err := s.run(ctx, holdScript, []string{s.keys.budget(platform)}, wait.Microseconds()).Err(); err != nil {
		return fmt.Errorf("store: hold %s: %w", platform, err)
	}
	return nil
}
