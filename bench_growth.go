package main

import (
	"context"
	"fmt"
	"io"
	"time"

	"onestep/bot"
)

type benchGrowth struct {
	JSON     bool  `name:"json" help:"Print one JSON object."`
	Patients []int `sep:"," default:"1000,10000,100000,1000000" help:"With how many patients to measure, smallest first."`
}

func (benchGrowth) Help() string {
	return `Measures what a turn and a due timer cost while more and more other patients are stored: the same 1000 patients answer a whole weekly check-in each, 64 replies at once, and 2000 of the others are taken as due. At each size it also measures the bare reference: one script that reads 600 bytes, writes them, and adds an outbox entry of 300 bytes and a timer.

It fills the database of ONESTEP_REDIS_URL, which must be empty, and empties it again. A million patients need 3 GB and some minutes.

Example:

    ONESTEP_REDIS_URL=redis://127.0.0.1:6379/15 onestep bench growth --patients 1000,10000`
}

// growthResult is what bench growth tells. Ratio and rates are of the largest
// size.
type growthResult struct {
	Bench     string  `json:"bench"`
	Ratio     float64 `json:"ratio"`
	PerSecond float64 `json:"per_second"`
	Reference float64 `json:"reference_per_second"`
	// Turn and Due are the cost at the largest size by that at the smallest,
	// each measured against the reference of its own size.
	Turn  float64      `json:"turn_growth"`
	Due   float64      `json:"due_growth"`
	Sizes []growthSize `json:"sizes"`
}

type growthSize struct {
	Patients  int     `json:"patients"`
	Turns     float64 `json:"turns_per_second"`
	Due       float64 `json:"due_per_second"`
	Reference float64 `json:"reference_per_second"`
}

// Figures of growth. referencePatients are those of the bare reference.
const (
	growthAnswer      = 1000
	growthDue         = 2000
	referencePatients = 1000
)

func (c benchGrowth) Run(w world) error {
	return measured(w, "growth", c.JSON, func(b *bench, told io.Writer) (fmt.Stringer, error) {
		r := growthResult{Bench: "growth"}
		stored := 0
		for _, n := range c.Patients {
			// The first ones answer; the others are only there.
			idle := growthAnswer * (len(c.Patients) + 1)
			if err := b.life.idle.commits(w.Context, b, idle+stored, idle+n); err != nil {
				return r, err
			}
			stored = max(stored, n)
			size, err := b.growth(w.Context, len(r.Sizes))
			if err != nil {
				return r, err
			}
			size.Patients = n
			r.Sizes = append(r.Sizes, size)
			fmt.Fprintf(told, "%8d patients   %6.0f turns/s   %7.0f due/s   reference %6.0f/s\n", n, size.Turns, size.Due, size.Reference)
		}
		first, last := r.Sizes[0], r.Sizes[len(r.Sizes)-1]
		r.PerSecond, r.Reference, r.Ratio = last.Turns, last.Reference, last.Turns/last.Reference
		r.Turn = first.Turns / first.Reference / r.Ratio
		r.Due = first.Due / first.Reference / (last.Due / last.Reference)
		return r, nil
	})
}

func (r growthResult) String() string {
	return fmt.Sprintf("against the reference a turn costs %.2f and a due timer %.2f of what they cost at the smallest size\n", r.Turn, r.Due)
}

// growth measures turns and due timers with what is stored now.
func (b *bench) growth(ctx context.Context, round int) (size growthSize, err error) {
	from := round * growthAnswer
	if err := b.life.open.commits(ctx, b, from, from+growthAnswer); err != nil {
		return size, err
	}
	before, err := b.reference(ctx, referencePatients)
	if err != nil {
		return size, err
	}
	turns := growthAnswer * len(b.life.replies)
	began := time.Now()
	err = atOnce(ctx, benchInFlight, turns, func(ctx context.Context, i int) error {
		reply, patient := i/growthAnswer, i%growthAnswer
		return b.reply(ctx, reply, from+patient, b.life.replies[reply])
	})
	if err != nil {
		return size, err
	}
	size.Turns = perSecond(turns, time.Since(began))
	if size.Due, err = b.takeDue(ctx); err != nil {
		return size, err
	}
	after, err := b.reference(ctx, referencePatients)
	size.Reference = (before + after) / 2
	return size, err
}

// takeDue takes due patients from shard after shard, 100 at a time, and puts
// them back for next year.
func (b *bench) takeDue(ctx context.Context) (perSec float64, err error) {
	var leases []bot.Lease
	for n := range b.store.Shards() {
		lease, _, err := b.store.Acquire(ctx, bot.Shard(n), "bench", time.Hour)
		if err != nil {
			return 0, err
		}
		leases = append(leases, lease)
	}
	now := b.life.open.at.Add(14 * 24 * time.Hour)
	taken := 0
	began := time.Now()
	for round := range growthDue / 10 {
		some, err := b.store.TakeDue(ctx, leases[round%len(leases)], now, 100, 365*24*time.Hour)
		if err != nil {
			return 0, err
		}
		if taken += len(some); taken >= growthDue {
			break
		}
	}
	return perSecond(taken, time.Since(began)), nil
}
