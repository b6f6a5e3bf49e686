package store

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"onestep/bot"
)

// Acquire takes or renews the lease on name; ok is false while a holder at
// another place has it. The fence number grows each time the lease is taken
// anew, also by a holder that let it run out; then the attempts of the holder
// before are ready again at once. Life is measured by the clock of Redis.
func (s *Store) Acquire(ctx context.Context, name, holder string, life time.Duration) (bot.Lease, bool, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	if name == "" || strings.ContainsAny(name, "{}") || holder == "" || life < time.Millisecond {
		return bot.Lease{}, false, errors.New("store: acquire: it needs a name without braces, a holder and a life")
	}
	keys := []string{s.keys.owner(name), s.keys.fence(name)}
	if shard, err := s.shardOf(bot.Lease{Name: name}); err == nil {
		keys = append(keys, s.keys.ready(shard), s.keys.flying(shard))
	}
	fence, err := s.run(ctx, acquireScript, keys,
		holder, life.Milliseconds()).Int64()
	if err != nil {
		return bot.Lease{}, false, fmt.Errorf("store: acquire %s: %w", name, err)
	}
	if fence < 0 {
		return bot.Lease{}, false, nil
	}
	return bot.Lease{Name: name, Holder: holder, Fence: fence}, true, nil
}

// Release gives a lease back if it is still ours; if not, that is no error.
func (s *Store) Release(ctx context.Context, l bot.Lease) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	if err := s.run(ctx, releaseScript, []string{s.keys.owner(l.Name)}, ownerText(l)).Err(); err != nil {
		return fmt.Errorf("store: release %s: %w", l.Name, err)
	}
	return nil
}

// Attend says that this holder is alive for life, and gives the number of
// holders alive, itself included. Life is measured by the clock of Redis.
func (s *Store) Attend(ctx context.Context, holder string, life time.Duration) (int, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	place, _, _ := strings.Cut(holder, "#") // a run that is over does not count beside the next
	n, err := s.run(ctx, attendScript, []string{s.keys.alive()}, place, max(life.Milliseconds(), 1)).Int()
	if err != nil {
		return 0, fmt.Errorf("store: attend: %w", err)
	}
	return n, nil
}

// Leave says that this holder is alive no longer.
func (s *Store) Leave(ctx context.Context, holder string) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	place, _, _ := strings.Cut(holder, "#")
	if err := s.writes.ZRem(ctx, s.keys.alive(), place).Err(); err != nil {
		return fmt.Errorf("store: leave: %w", err)
	}
	return nil
}

// ownerText is a lease as it stands in Redis while it is held.
func ownerText(l bot.Lease) string { return fmt.Sprintf("%d %s", l.Fence, l.Holder) }

// shardOf reads which shard a lease is on.
func (s *Store) shardOf(l bot.Lease) (int, error) {
	var n int
	if _, err := fmt.Sscanf(l.Name, "s%d", &n); err != nil || n < 0 || n >= s.keys.shards || bot.Shard(n) != l.Name {
		return 0, fmt.Errorf("store: the lease %q is on no shard", l.Name)
	}
	return n, nil
}
