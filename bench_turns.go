package main

import (
	"context"
	"fmt"
	"io"
)

type benchTurns struct {
	JSON     bool `name:"json" help:"Print one JSON object."`
	Patients int  `default:"10000" help:"How many patients answer a whole check-in each."`
}

func (benchTurns) Help() string {
	return `Lets patients answer a whole weekly check-in, reply by reply, 64 replies at once, through the real scripts to the commit of their encrypted state; no platform is spoken to. Before and after, it measures a bare reference: one script that reads 600 bytes, writes them, and adds an outbox entry of 300 bytes and a timer.

It fills the database of ONESTEP_REDIS_URL, which must be empty, and empties it again.

Example:

    ONESTEP_REDIS_URL=redis://127.0.0.1:6379/15 onestep bench turns`
}

// turnsResult is what bench turns tells. Rates are a second.
type turnsResult struct {
	Bench     string  `json:"bench"`
	Ratio     float64 `json:"ratio"` // of the two below
	PerSecond float64 `json:"per_second"`
	Reference float64 `json:"reference_per_second"`
	Patients  int     `json:"patients"`
	InFlight  int     `json:"in_flight"`
	Turns     int     `json:"turns"`
	Scripts   float64 `json:"scripts_per_turn"`
	// CPU and ReferenceCPU are µs of processors for one, Redis included.
	CPU          float64 `json:"cpu_us"`
	ReferenceCPU float64 `json:"reference_cpu_us"`
}

func (c benchTurns) Run(w world) error {
	return measured(w, "turns", c.JSON, func(b *bench, _ io.Writer) (fmt.Stringer, error) {
		return b.turns(w.Context, c.Patients)
	})
}

func (r turnsResult) String() string {
	return fmt.Sprintf(`turns      %8.0f/s   %4.0f µs of processors each; %d turns of %d patients, %d in flight, %.2f scripts a turn
reference  %8.0f/s   %4.0f µs
ratio      %8.2f     %4.2f by the time of processors
`, r.PerSecond, r.CPU, r.Turns, r.Patients, r.InFlight, r.Scripts, r.Reference, r.ReferenceCPU, r.Ratio, r.ReferenceCPU/r.CPU)
}

// turns measures the reference, the turns, and the reference again.
func (b *bench) turns(ctx context.Context, patients int) (turnsResult, error) {
	r := turnsResult{Bench: "turns", Patients: patients, InFlight: benchInFlight, Turns: patients * len(b.life.replies)}
	if err := b.life.open.commits(ctx, b, 0, patients); err != nil {
		return r, err
	}
	before, err := b.reference(ctx, r.Turns)
	if err != nil {
		return r, err
	}
	scripts, err := b.bare.Scripts(ctx)
	if err != nil {
		return r, err
	}
	turns, err := b.timed(ctx, r.Turns, func() error {
		return atOnce(ctx, benchInFlight, r.Turns, func(ctx context.Context, i int) error {
			round, patient := i/patients, i%patients
			return b.reply(ctx, round, patient, b.life.replies[round])
		})
	})
	if err != nil {
		return r, err
	}
	after, err := b.bare.Scripts(ctx)
	if err != nil {
		return r, err
	}
	r.Scripts = float64(after-scripts) / float64(r.Turns)
	again, err := b.reference(ctx, r.Turns)
	if err != nil {
		return r, err
	}
	reference := between(before, again)
	r.PerSecond, r.CPU, r.Reference, r.ReferenceCPU = turns.perSecond, turns.micros, reference.perSecond, reference.micros
	r.Ratio = r.PerSecond / r.Reference
	return r, nil
}

// Figures of the reference: how many bare turns one measurement takes at most,
// and of how many patients.
const (
	referenceTurns    = 60_000
	referencePatients = 1000
)

// reference is the pace of bare turns, beside a measurement of so many things.
func (b *bench) reference(ctx context.Context, beside int) (pace, error) {
	turns := min(10*beside, referenceTurns)
	if err := b.bare.Seed(ctx, referencePatients); err != nil {
		return pace{}, err
	}
	p, err := b.timed(ctx, turns, func() error {
		return atOnce(ctx, benchInFlight, turns, func(ctx context.Context, i int) error {
			return b.bare.Turn(ctx, i%referencePatients, i)
		})
	})
	if err != nil {
		return pace{}, err
	}
	return p, b.bare.Wipe(ctx, "{bare}")
}
