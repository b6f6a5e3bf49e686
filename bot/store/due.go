package store

import (
	"context"
	"fmt"
	"time"

	"onestep/bot"
)

// TakeDue leases up to limit conversations of the lease's shard with something
// due at now, what is urgent before the rest and then the earliest first:
// bot.ErrFenced. If the answer is lost they are due again after life.
func (s *Store) TakeDue(ctx context.Context, lease bot.Lease, now time.Time, limit int, life time.Duration) ([]string, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	shard, err := s.shardOf(lease)
	if err != nil {
		return nil, err
	}
	got, err := s.run(ctx, dueScript, []string{s.keys.owner(lease.Name), s.keys.due(shard), s.keys.urgent(shard)},
		ownerText(lease), now.UnixMilli(), limit, millis(now.Add(life))).StringSlice()
	if err != nil {
		return nil, fmt.Errorf("store: take due of %s: %w", lease.Name, err)
	}
	switch {
	case len(got) > 0 && got[0] == "done":
		return got[1:], nil
	case len(got) == 1 && got[0] == "fenced":
		return nil, bot.ErrFenced
	}
	return nil, fmt.Errorf("store: take due of %s: unknown answer", lease.Name)
}
