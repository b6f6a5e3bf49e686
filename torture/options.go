package main

import (
	"fmt"
	"io"
	"time"
)

// options say how long and how hard a run is.
type options struct {
	Length time.Duration
	// Seed decides every fault and every act. The order in which they meet is
	// the machine's, so a run with the same seed is alike and not the same.
	Seed     uint64
	Patients int // on Telegram
	// Slackers are patients on Slack: fewer, since a workspace takes five messages
	// a second in all.
	Slackers int
	Workers  int // of each team
	Replicas int
	// Rate is how many times faster than real time the people's clock runs.
	Rate int
	// Harder is how many times more often than usual harm is done.
	Harder float64
	// Freezes is how many times more often than that a process is frozen.
	Freezes float64
	// PerSecond is how many messages a second may leave to Telegram; 0: as usual.
	PerSecond float64
	// Drain is how long everything may take to come to rest at the end.
	Drain time.Duration
	// Calm runs without any harm, to see what is the program's own.
	Calm bool
	// Program is the file to torture; empty: the program as it is.
	Program string
	// Keep keeps the log of the replicas also when all is well.
	Keep bool
	Out  io.Writer
}

// defaults fit the length: a short run has faster weeks.
func defaults(length time.Duration, seed uint64, out io.Writer) options {
	o := options{Length: length, Seed: seed, Patients: 32, Slackers: 6, Workers: 6, Replicas: 3, Rate: 2400, Harder: 1, Freezes: 1, Drain: 7 * time.Minute, Out: out}
	if length < 5*time.Minute {
		o.Patients, o.Slackers, o.Workers, o.Rate, o.Drain = 20, 2, 4, 8000, time.Minute
	}
	return o
}

func (o options) say(format string, args ...any) { fmt.Fprintf(o.Out, format+"\n", args...) }
