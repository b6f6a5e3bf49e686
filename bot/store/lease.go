package store

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/redis/go-redis/v9"

	"onestep/bot"
)

//go:embed arrive.lua
var arriveLua string

var arriveScript = redis.NewScript(arriveLua)

// Arrive says that a new run begins at a holder's place, where only one can be
// at a time: the one before is over. Its leases, on shards and on names, are
// free at once, and it counts as alive no longer. It gives how many leases those
// were.
//
// It is said once, at the start. Were every Acquire to take over like this, two
// machines of one name would take everything from each other for ever; as it
// is, they share.
func (s *Store) Arrive(ctx context.Context, holder string, names ...string) (ended int, err error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	for n := range s.keys.shards {
		names = append(names, bot.Shard(n))
	}
	for _, name := range names {
		n, err := s.run(ctx, arriveScript, []string{s.keys.owner(name)}, holder).Int()
		if err != nil {
			return ended, fmt.Errorf("store: arrive: %w", err)
		}
		ended += n
	}
	alive, err := s.reads.ZRange(ctx, s.keys.alive(), 0, -1).Result()
	if err != nil {
		return ended, fmt.Errorf("store: arrive: %w", err)
	}
	place, _, _ := strings.Cut(holder, "#")
	for _, other := range alive {
		if strings.HasPrefix(other, place+"#") && other != holder {
			if err := s.Leave(ctx, other); err != nil {
				return ended, err
			}
		}
	}
	return ended, nil
}

// Acquire takes or renews the lease on name; ok is false while another holder
// has it. The fence number grows each time the lease is taken anew, also by a
// holder that let it run out or has given it back. Then the attempts of the holder
// before are ready again at once, but not if that was the same one: it has them
// in hand, and settles them under its new lease. Life is measured by the clock of
// Redis.
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
	had, _ := s.had.Load(ownership{keys[0], holder})
	last, _ := had.(int64)
	fence, err := s.run(ctx, acquireScript, keys,
		holder, life.Milliseconds(), last).Int64()
	if err != nil {
		return bot.Lease{}, false, fmt.Errorf("store: acquire %s: %w", name, err)
	}
	if fence < 0 {
		return bot.Lease{}, false, nil
	}
	s.had.Store(ownership{keys[0], holder}, fence)
	return bot.Lease{Name: name, Holder: holder, Fence: fence}, true, nil
}

// ownership is a lease, by its key, and a holder of it.
type ownership struct{ key, holder string }

// Release gives a lease back if it is still ours; if not, that is no error. What
// was not settled under it is over.
func (s *Store) Release(ctx context.Context, l bot.Lease) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	s.had.Delete(ownership{s.keys.owner(l.Name), l.Holder})
	if err := s.run(ctx, releaseScript, []string{s.keys.owner(l.Name)}, ownerText(l)).Err(); err != nil {
		return fmt.Errorf("store: release %s: %w", l.Name, err)
	}
	return nil
}

// Attend says that this holder is alive for life, and gives the number of
// holders alive, itself included. Life is measured by the clock of Redis, which is
// compared with ours on the way: see clocks.
func (s *Store) Attend(ctx context.Context, holder string, life time.Duration) (int, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	before := s.wall()
	got, err := s.run(ctx, attendScript, []string{s.keys.alive()}, holder, max(life.Milliseconds(), 1)).Int64Slice()
	if err != nil {
		return 0, fmt.Errorf("store: attend: %w", err)
	}
	if len(got) != 2 {
		return 0, errors.New("store: attend: the script answered in a shape we do not know")
	}
	s.clocks.compare(before, time.UnixMilli(got[1]), s.wall(), s.log)
	return int(got[0]), nil
}

// Leave says that this holder is alive no longer.
func (s *Store) Leave(ctx context.Context, holder string) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	if err := s.writes.ZRem(ctx, s.keys.alive(), holder).Err(); err != nil {
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
