package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"sync/atomic"
	"time"

	"onestep/bot"
)

type benchDue struct {
	JSON     bool  `name:"json" help:"Print one JSON object."`
	Patients []int `sep:"," default:"100000,1000000" help:"How many patients' check-ins come due at one instant."`
}

func (benchDue) Help() string {
	return `Lets the weekly check-ins of many patients come due at one instant, and takes each through its turn until its first question is in the outbox, as serve does; no platform is spoken to. The bare reference leases due entries in batches of 100 and does for each one script that reads 600 bytes, writes them, and adds an outbox entry of 300 bytes and a timer.

At the end the smallest size is measured once more. Linear tells how long each patient of the largest size takes, by how long each of the smallest does in the mean of both times; 1 is best. On a machine with other things to do the time of processors tells more than rates, which say much about the others.

It fills the database of ONESTEP_REDIS_URL, which must be empty, and empties it again. A million patients need 4 GB.

Example:

    ONESTEP_REDIS_URL=redis://127.0.0.1:6379/15 onestep bench due --patients 100000`
}

// dueResult is what bench due tells. Ratio and rates are of the largest size.
type dueResult struct {
	Bench     string  `json:"bench"`
	Ratio     float64 `json:"ratio"`
	PerSecond float64 `json:"per_second"`
	Reference float64 `json:"reference_per_second"`
	// Linear is the time that one takes at the largest size by that at the
	// smallest, and LinearCPU the same in time of processors.
	Linear    float64   `json:"linear"`
	LinearCPU float64   `json:"linear_cpu"`
	Sizes     []dueSize `json:"sizes"` // the smallest comes first and last
}

type dueSize struct {
	Patients  int     `json:"patients"`
	Due       float64 `json:"due_per_second"`
	Reference float64 `json:"reference_per_second"`
	// CPU and ReferenceCPU are µs of processors for one, Redis included.
	CPU          float64 `json:"cpu_us"`
	ReferenceCPU float64 `json:"reference_cpu_us"`
}

func (c benchDue) Run(w world) error {
	return measured(w, "due", c.JSON, func(b *bench, told io.Writer) (fmt.Stringer, error) {
		r := dueResult{Bench: "due"}
		for _, n := range append(slices.Clone(c.Patients), c.Patients[0]) {
			due, err := b.due(w.Context, n)
			if err != nil {
				return r, err
			}
			reference, err := b.bareDue(w.Context, n)
			if err != nil {
				return r, err
			}
			size := dueSize{Patients: n, Due: due.perSecond, Reference: reference.perSecond, CPU: due.micros, ReferenceCPU: reference.micros}
			r.Sizes = append(r.Sizes, size)
			fmt.Fprintf(told, "%8d due at once   %7.0f/s, %4.0f µs of processors each   reference %7.0f/s, %4.0f µs   ratio %.2f, by processors %.2f\n",
				n, size.Due, size.CPU, size.Reference, size.ReferenceCPU, size.Due/size.Reference, size.ReferenceCPU/size.CPU)
		}
		first, last, again := r.Sizes[0], r.Sizes[len(r.Sizes)-2], r.Sizes[len(r.Sizes)-1]
		r.PerSecond, r.Reference, r.Ratio = last.Due, last.Reference, last.Due/last.Reference
		r.Linear = 2 / last.Due / (1/first.Due + 1/again.Due)
		r.LinearCPU = 2 * last.CPU / (first.CPU + again.CPU)
		return r, nil
	})
}

func (r dueResult) String() string {
	return fmt.Sprintf("linear %.2f, by processors %.2f\n", r.Linear, r.LinearCPU)
}

// due takes so many patients through the start of their check-in.
func (b *bench) due(ctx context.Context, n int) (pace, error) {
	if err := b.life.idle.commits(ctx, b, 0, n); err != nil {
		return pace{}, err
	}
	at := b.life.open.at // when the check-in that nobody answers has come
	runner := &bot.Runner{Bot: b.bot, Agenda: b.store, Leases: b.store, Holder: bot.Holder("bench", "due"), Rate: 1}
	var leases []bot.Lease
	for shard := range b.store.Shards() {
		lease, ok, err := b.store.Acquire(ctx, bot.Shard(shard), runner.Holder, time.Hour)
		if err != nil || !ok {
			return pace{}, fmt.Errorf("lease of shard %d: %v, %w", shard, ok, err)
		}
		leases = append(leases, lease)
	}
	var done atomic.Int64
	p, err := b.timed(ctx, n, func() error {
		return atOnce(ctx, len(leases), len(leases), func(ctx context.Context, i int) error {
			for {
				some, err := runner.Due(ctx, leases[i])
				if done.Add(int64(some)); some == 0 || err != nil {
					return err
				}
			}
		})
	})
	if err == nil && int(done.Load()) != n {
		err = fmt.Errorf("%d were due at %s, want %d", done.Load(), at.Format(time.RFC3339), n)
	}
	if err != nil {
		return pace{}, err
	}
	return p, b.bare.Wipe(ctx, "{")
}

// bareDue is the pace at which this Redis could at most hand out due entries and
// take a bare turn of each.
func (b *bench) bareDue(ctx context.Context, n int) (pace, error) {
	now := time.Now()
	if err := b.bare.SeedDue(ctx, n, now); err != nil {
		return pace{}, err
	}
	p, err := b.timed(ctx, n, func() error {
		for done := 0; done < n; {
			some, err := b.bare.TakeDue(ctx, now, 100)
			if err != nil {
				return err
			}
			if len(some) == 0 {
				return fmt.Errorf("%d of %d were handed out", done, n)
			}
			err = atOnce(ctx, benchInFlight, len(some), func(ctx context.Context, i int) error {
				return b.bare.Turn(ctx, some[i], done+i)
			})
			if err != nil {
				return err
			}
			done += len(some)
		}
		return nil
	})
	if err != nil {
		return pace{}, err
	}
	return p, b.bare.Wipe(ctx, "{bare}")
}
