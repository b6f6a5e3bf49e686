package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"time"

	"onestep/bot"
)

type benchGrowth struct {
	JSON     bool  `name:"json" help:"Print one JSON object."`
	Patients []int `sep:"," default:"1000,10000,100000,1000000" help:"With how many patients to measure, smallest first."`
	Rounds   int   `default:"9" help:"How many rounds at each size."`
}

func (benchGrowth) Help() string {
	return `Measures what a turn and a due entry cost while more and more other patients are stored. In each round at a size 300 more patients answer a whole weekly check-in each, 64 replies at once, 20000 due entries are leased in batches of 50, and the bare reference is measured: one script that reads 600 bytes, writes them, and adds an outbox entry of 300 bytes and a timer.

What is told of a size is the median of its rounds, in µs of processors for one, in this process and in Redis together: other programs on the machine hardly change it, as they change rates. At the end all is emptied and the smallest size measured once more; growth is the cost at the largest size by the mean of both. So a machine that has become slower or faster meanwhile shows.

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
	// Turn, Due and Bare are the cost of a turn, a due entry and a bare turn at
	// the largest size by that at the smallest, in time of processors.
	Turn  float64      `json:"turn_growth"`
	Due   float64      `json:"due_growth"`
	Bare  float64      `json:"reference_growth"`
	Sizes []growthSize `json:"sizes"` // the smallest comes first and last
}

// growthSize tells medians: rates a second, and costs in µs of processors.
type growthSize struct {
	Patients     int     `json:"patients"`
	Turns        float64 `json:"turns_per_second"`
	Due          float64 `json:"due_per_second"`
	Reference    float64 `json:"reference_per_second"`
	TurnCPU      float64 `json:"turn_cpu_us"`
	DueCPU       float64 `json:"due_cpu_us"`
	ReferenceCPU float64 `json:"reference_cpu_us"`
}

// Figures of growth, each of one round; fewer where there are fewer patients.
const (
	growthAnswer = 300
	growthDue    = 20_000
	// growthTake is how many due entries are taken at once: fewer than any
	// shard has at 1000 patients, so that all sizes take as many.
	growthTake = 50
)

func (c benchGrowth) Run(w world) error {
	return measured(w, "growth", c.JSON, func(b *bench, told io.Writer) (fmt.Stringer, error) {
		r := growthResult{Bench: "growth"}
		err := c.measure(w.Context, b, &r, told)
		return r, err
	})
}

func (r growthResult) String() string {
	return fmt.Sprintf("a turn costs %.2f, a due entry %.2f and a bare turn %.2f of what they cost at the smallest size\n", r.Turn, r.Due, r.Bare)
}

func (c benchGrowth) measure(ctx context.Context, b *bench, r *growthResult, told io.Writer) error {
	g := growing{
		bench: b, rounds: max(c.Rounds, 1), due: b.life.open.at.Add(14 * 24 * time.Hour),
		answer: min(growthAnswer, c.Patients[0]), entries: min(growthDue, 20*c.Patients[0]),
	}
	// The first numbers are for those who answer; the others are only there.
	others := g.answer * g.rounds * (len(c.Patients) + 1)
	stored := 0
	for _, n := range append(slices.Clone(c.Patients), c.Patients[0]) {
		if n < stored || len(r.Sizes) == len(c.Patients) {
			if err := b.bare.Wipe(ctx, "{s"); err != nil {
				return err
			}
			stored = 0
		}
		if err := b.life.idle.commits(ctx, b, others+stored, others+n); err != nil {
			return err
		}
		stored = n
		size, err := g.size(ctx)
		if err != nil {
			return err
		}
		size.Patients = n
		r.Sizes = append(r.Sizes, size)
		fmt.Fprintf(told, "%8d patients   a turn %4.0f µs, %6.0f/s   a due entry %4.1f µs, %7.0f/s   reference %4.1f µs, %6.0f/s\n",
			n, size.TurnCPU, size.Turns, size.DueCPU, size.Due, size.ReferenceCPU, size.Reference)
	}
	first, last, again := r.Sizes[0], r.Sizes[len(r.Sizes)-2], r.Sizes[len(r.Sizes)-1]
	r.PerSecond, r.Reference, r.Ratio = last.Turns, last.Reference, last.Turns/last.Reference
	r.Turn = 2 * last.TurnCPU / (first.TurnCPU + again.TurnCPU)
	r.Due = 2 * last.DueCPU / (first.DueCPU + again.DueCPU)
	r.Bare = 2 * last.ReferenceCPU / (first.ReferenceCPU + again.ReferenceCPU)
	return nil
}

// growing is a run of rounds, size after size.
type growing struct {
	*bench
	rounds   int
	answer   int       // patients who do in a round
	entries  int       // that are taken as due in a round
	answered int       // patients who have
	due      time.Time // when who was taken last is due again
}

// size measures some rounds with what is stored now.
func (g *growing) size(ctx context.Context) (growthSize, error) {
	var turns, due, reference []pace
	for range g.rounds {
		t, err := g.answers(ctx)
		if err != nil {
			return growthSize{}, err
		}
		d, err := g.takeDue(ctx)
		if err != nil {
			return growthSize{}, err
		}
		r, err := g.reference(ctx, g.answer*len(g.life.replies))
		if err != nil {
			return growthSize{}, err
		}
		turns, due, reference = append(turns, t), append(due, d), append(reference, r)
	}
	t, d, r := median(turns), median(due), median(reference)
	return growthSize{
		Turns: t.perSecond, TurnCPU: t.micros, Due: d.perSecond, DueCPU: d.micros,
		Reference: r.perSecond, ReferenceCPU: r.micros,
	}, nil
}

// answers lets the patients of one round answer their check-in.
func (g *growing) answers(ctx context.Context) (pace, error) {
	from := g.answered
	g.answered += g.answer
	if err := g.life.open.commits(ctx, g.bench, from, g.answered); err != nil {
		return pace{}, err
	}
	turns := g.answer * len(g.life.replies)
	return g.timed(ctx, turns, func() error {
		return atOnce(ctx, benchInFlight, turns, func(ctx context.Context, i int) error {
			reply, patient := i/g.answer, i%g.answer
			return g.reply(ctx, reply, from+patient, g.life.replies[reply])
		})
	})
}

// takeDue takes due patients from shard after shard, and makes them due again
// after all others.
func (g *growing) takeDue(ctx context.Context) (pace, error) {
	var leases []bot.Lease
	for n := range g.store.Shards() {
		lease, _, err := g.store.Acquire(ctx, bot.Shard(n), "bench", time.Hour)
		if err != nil {
			return pace{}, err
		}
		leases = append(leases, lease)
	}
	return g.timed(ctx, g.entries, func() error {
		for taken, turn := 0, 0; taken < g.entries; turn++ {
			g.due = g.due.Add(time.Millisecond)
			some, err := g.store.TakeDue(ctx, leases[turn%len(leases)], g.due, growthTake, 0)
			if err != nil {
				return err
			}
			if taken += len(some); turn > g.entries {
				return fmt.Errorf("%d of %d due entries were handed out", taken, g.entries)
			}
		}
		return nil
	})
}
