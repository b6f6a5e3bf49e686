package main

import (
	"context"
	"fmt"
	"io"
	"slices"
)

type benchMemory struct {
	JSON     bool  `name:"json" help:"Print one JSON object."`
	Patients []int `sep:"," default:"1000,100000,1000000" help:"With how many patients to measure."`
}

func (benchMemory) Help() string {
	return `Stores patients as the program itself has made them, and asks Redis how much memory they take: between check-ins, with twelve weeks of numbers, a goal, a schedule, their key and their whole journal; and in the middle of a check-in. What the server itself and its clients need is left out.

The rates are of storing them, and those of the bare reference: one script that reads 600 bytes, writes them, and adds an outbox entry of 300 bytes and a timer.

It fills the database of ONESTEP_REDIS_URL, which must be empty, and empties it again. A million patients need 3 GB.

Example:

    ONESTEP_REDIS_URL=redis://127.0.0.1:6379/15 onestep bench memory --patients 1000,10000`
}

// memoryResult is what bench memory tells. The rates are of the largest size.
type memoryResult struct {
	Bench     string       `json:"bench"`
	Ratio     float64      `json:"ratio"`
	PerSecond float64      `json:"per_second"`
	Reference float64      `json:"reference_per_second"`
	Sizes     []memorySize `json:"sizes"`
}

// memorySize tells bytes of Redis for each of so many patients.
type memorySize struct {
	Patients int     `json:"patients"`
	Idle     float64 `json:"idle_bytes"`
	Open     float64 `json:"open_bytes"`
}

func (c benchMemory) Run(w world) error {
	return measured(w, "memory", c.JSON, func(b *bench, told io.Writer) (fmt.Stringer, error) {
		r := memoryResult{Bench: "memory"}
		var err error
		for _, n := range c.Patients {
			size := memorySize{Patients: n}
			if size.Open, _, err = b.memory(w.Context, b.life.open, n); err != nil {
				return r, err
			}
			if size.Idle, r.PerSecond, err = b.memory(w.Context, b.life.idle, n); err != nil {
				return r, err
			}
			r.Sizes = append(r.Sizes, size)
			fmt.Fprintf(told, "%8d patients   idle %6.0f bytes each   mid-dialog %6.0f bytes each\n", n, size.Idle, size.Open)
		}
		reference, err := b.reference(w.Context, slices.Max(c.Patients))
		if err != nil {
			return r, err
		}
		r.Reference = reference.perSecond
		r.Ratio = r.PerSecond / r.Reference
		return r, nil
	})
}

func (r memoryResult) String() string {
	return fmt.Sprintf("stored %.0f patients/s, reference %.0f/s, ratio %.2f\n", r.PerSecond, r.Reference, r.Ratio)
}

// memory stores so many patients in an empty Redis, tells the bytes for each
// and how many were stored in a second, and empties Redis again.
func (b *bench) memory(ctx context.Context, p past, patients int) (bytes, stored float64, err error) {
	before, err := b.bare.Memory(ctx)
	if err != nil {
		return 0, 0, err
	}
	storing, err := b.timed(ctx, patients, func() error { return p.commits(ctx, b, 0, patients) })
	if err != nil {
		return 0, 0, err
	}
	after, err := b.bare.Memory(ctx)
	if err != nil {
		return 0, 0, err
	}
	return float64(after-before) / float64(patients), storing.perSecond, b.bare.Wipe(ctx, "{s")
}
