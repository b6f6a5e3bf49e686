package main

import (
	"context"
	"fmt"
	"io"
	"time"
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
}

func (c benchTurns) Run(w world) error {
	return measured(w, "turns", c.JSON, func(b *bench, _ io.Writer) (fmt.Stringer, error) {
		return b.turns(w.Context, c.Patients)
	})
}

func (r turnsResult) String() string {
	return fmt.Sprintf(`turns      %8.0f/s   %d turns of %d patients, %d in flight, %.2f scripts a turn
reference  %8.0f/s
ratio      %8.2f
`, r.PerSecond, r.Turns, r.Patients, r.InFlight, r.Scripts, r.Reference, r.Ratio)
}

// turns measures the reference, the turns, and the reference again.
func (b *bench) turns(ctx context.Context, patients int) (turnsResult, error) {
	r := turnsResult{Bench: "turns", Patients: patients, InFlight: benchInFlight, Turns: patients * len(b.life.replies)}
	if err := b.life.open.commits(ctx, b, 0, patients); err != nil {
		return r, err
	}
	before, err := b.reference(ctx, patients)
	if err != nil {
		return r, err
	}
	scripts, err := b.bare.Scripts(ctx)
	if err != nil {
		return r, err
	}
	began := time.Now()
	err = atOnce(ctx, benchInFlight, r.Turns, func(ctx context.Context, i int) error {
		round, patient := i/patients, i%patients
		return b.reply(ctx, round, patient, b.life.replies[round])
	})
	if err != nil {
		return r, err
	}
	r.PerSecond = perSecond(r.Turns, time.Since(began))
	after, err := b.bare.Scripts(ctx)
	if err != nil {
		return r, err
	}
	r.Scripts = float64(after-scripts) / float64(r.Turns)
	again, err := b.reference(ctx, patients)
	if err != nil {
		return r, err
	}
	r.Reference = (before + again) / 2
	r.Ratio = r.PerSecond / r.Reference
	return r, nil
}

// referenceTurns is how many bare turns one measurement takes.
const referenceTurns = 60_000

// reference is how many bare turns this Redis does in a second.
func (b *bench) reference(ctx context.Context, patients int) (float64, error) {
	if err := b.bare.Seed(ctx, patients); err != nil {
		return 0, err
	}
	began := time.Now()
	err := atOnce(ctx, benchInFlight, referenceTurns, func(ctx context.Context, i int) error {
		return b.bare.Turn(ctx, i%patients, i)
	})
	if err != nil {
		return 0, err
	}
	per := perSecond(referenceTurns, time.Since(began))
	return per, b.bare.Wipe(ctx, "{bare}")
}
