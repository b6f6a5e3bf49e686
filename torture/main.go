// Torture runs the real program with a real Redis and platforms that fail in
// every way they know, while everything is killed at random, and then proves
// from the record that nothing was lost, doubled, out of order or late.
//
//	go run ./torture -minutes 30
package main

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"time"

	"onestep/bot/store/redistest"
	"onestep/launch"
	"onestep/torture/checker"
)

func main() {
	minutes := flag.Float64("minutes", 30, "how long harm is done")
	seed := flag.Uint64("seed", uint64(time.Now().UnixNano()), "decides every fault and every act")
	harder := flag.Float64("harder", 1, "how many times more often than usual harm is done")
	calm := flag.Bool("calm", false, "do no harm, to see what is the program's own")
	flag.Parse()
	o := defaults(time.Duration(*minutes*float64(time.Minute)), *seed, os.Stdout)
	o.Calm, o.Harder = *calm, *harder
	t, clean := redistest.Outside()
	r := run(t, o)
	clean()
	launch.Sweep()
	fmt.Print(r.tell())
	if !r.fine() {
		os.Exit(1)
	}
	os.Remove(r.Log)
}

// tell is the verdict in words, with the evidence of each fault. It holds no
// words of a person.
func (r result) tell() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("%s in all; harm done:", r.Took.Round(time.Second))
	for _, what := range slices.Sorted(maps.Keys(r.Hurt)) {
		line("  %5d %s", r.Hurt[what], what)
	}
	line("%d updates confirmed, %d turns, %d letters, %d messages, %d words looked up in journals", r.Updates, r.Turns, r.Letters, r.Messages, r.Tokens)
	line("%d messages accepted by the platforms; %d given up, %d still waiting", r.Accepted, r.Dead, r.Waiting)
	line("answers left within %s (half), %s (99 %%), %s (all); planned messages within %s, %s, %s",
		short(r.Answers.At(0.5)), short(r.Answers.At(0.99)), short(r.Answers.At(1)),
		short(r.Planned.At(0.5)), short(r.Planned.At(0.99)), short(r.Planned.At(1)))
	for _, found := range r.Found {
		line("wrong: %s", found)
	}
	for _, slow := range r.Slow[:min(len(r.Slow), mostSlow)] {
		line("slow: %s", slow)
	}
	for _, left := range r.Left[:min(len(r.Left), mostFaults)] {
		line("still waiting: %s", left)
	}
	for i, f := range r.Faults {
		if i == mostFaults {
			line("and %d more", len(r.Faults)-i)
			break
		}
		line("%s: %s", f.Kind, f.What)
	}
	if !r.fine() {
		line("the log of the replicas is %s", r.Log)
	}
	explained := "all explained"
	if n := r.Count(checker.Unexplained); n > 0 {
		explained = fmt.Sprintf("%d not explained", n)
	}
	line("lost %d, doubled %d, unordered %d, late %d, repeated %d (%s)", r.Count(checker.Lost), r.Count(checker.Doubled),
		r.Count(checker.Unordered), r.Count(checker.Late), r.Repeated, explained)
	return b.String()
}

// mostFaults bounds the evidence: the first ones tell.
const mostFaults = 60

// mostSlow bounds what is told of the slow.
const mostSlow = 10

func short(d time.Duration) time.Duration { return d.Round(10 * time.Millisecond) }
