package bare

import (
	"context"
	_ "embed"
	"strconv"
	"time"

	"github.com/redis/go-redis/v9"
)

//go:embed drain.lua
var drainLua string
var drainScript = redis.NewScript(drainLua)

// SeedDue makes so many patients due at one instant.
func (r *Redis) SeedDue(ctx context.Context, patients int, at time.Time) error {
	if err := r.Seed(ctx, patients); err != nil {
		return err
	}
	const page = 10_000
	for from := 0; from < patients; from += page {
		var due []redis.Z
		for patient := from; patient < min(from+page, patients); patient++ {
			due = append(due, redis.Z{Score: float64(at.UnixMilli()), Member: strconv.Itoa(patient)})
		}
		if err := r.client.ZAdd(ctx, r.prefix+"{bare}:due", due...).Err(); err != nil {
			return err
		}
	}
	return nil
}

// TakeDue leases up to limit patients that are due.
func (r *Redis) TakeDue(ctx context.Context, now time.Time, limit int) ([]int, error) {
	got, err := drainScript.Run(ctx, r.client, []string{r.prefix + "{bare}:due"},
		now.UnixMilli(), limit, now.Add(time.Hour).UnixMilli()).StringSlice()
	if err != nil {
		return nil, err
	}
	patients := make([]int, len(got))
	for i, text := range got {
		if patients[i], err = strconv.Atoi(text); err != nil {
			return nil, err
		}
	}
	return patients, nil
}
