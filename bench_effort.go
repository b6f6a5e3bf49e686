package main

import (
	"cmp"
	"context"
	"slices"
	"time"
)

// pace is how fast something is done, and what it costs. On a machine that has
// other things to do, the rate says much about those and the cost little.
type pace struct {
	perSecond float64
	// micros is the time of processors that one takes, in our own process and in
	// Redis together; in Redis alone where nobody counts the other.
	micros float64
}

// timed does n things, and tells at which pace.
func (b *bench) timed(ctx context.Context, n int, do func() error) (pace, error) {
	redis, err := b.bare.Spent(ctx)
	if err != nil {
		return pace{}, err
	}
	own, began := ownTime(), time.Now()
	if err := do(); err != nil {
		return pace{}, err
	}
	took, spent := time.Since(began), ownTime()-own
	after, err := b.bare.Spent(ctx)
	if err != nil {
		return pace{}, err
	}
	spent += after - redis
	return pace{
		perSecond: float64(n) / took.Seconds(),
		micros:    float64(spent.Nanoseconds()) / 1e3 / float64(n),
	}, nil
}

// between is the pace in the middle of two.
func between(a, b pace) pace {
	return pace{perSecond: (a.perSecond + b.perSecond) / 2, micros: (a.micros + b.micros) / 2}
}

// median is the one in the middle by what it costs.
func median(all []pace) pace {
	sorted := slices.SortedFunc(slices.Values(all), func(a, b pace) int { return cmp.Compare(a.micros, b.micros) })
	return sorted[len(sorted)/2]
}
