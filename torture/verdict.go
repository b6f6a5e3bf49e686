package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"onestep/torture/checker"
)

// mostFaults bounds the evidence: the first ones tell.
const mostFaults = 60

// mostSlow bounds what is told of the slow.
const mostSlow = 10

func short(d time.Duration) time.Duration { return d.Round(10 * time.Millisecond) }

// tell is the verdict in words, with the evidence of each fault. It holds no
// words of a person.
func (r result) tell() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	counts := func(all map[string]int) {
		for _, what := range slices.Sorted(maps.Keys(all)) {
			line("  %5d %s", all[what], what)
		}
	}
	line("%s in all, %s of it harm; harm done:", r.Took.Round(time.Second), r.Harmed.Round(time.Second))
	counts(r.Hurt)
	line("faults of the platforms:")
	counts(r.Met)
	line("%d updates confirmed, %d turns, %d letters, %d messages, %d words looked up in journals", r.Updates, r.Turns, r.Letters, r.Messages, r.Tokens)
	line("%d messages accepted by the platforms; %d given up, %d called off, %d still waiting; %d presses of buttons came to nothing", r.Accepted, r.dead(), r.Off, r.Waiting, r.Dropped)
	for _, reason := range slices.Sorted(maps.Keys(r.Dead)) {
		line("  %5d given up: %s", r.Dead[reason], reason)
	}
	line("answers left within %s (half), %s (99 %%), %s (all); planned messages within %s, %s, %s",
		short(r.Answers.At(0.5)), short(r.Answers.At(0.99)), short(r.Answers.At(1)),
		short(r.Planned.At(0.5)), short(r.Planned.At(0.99)), short(r.Planned.At(1)))
	line("%d answers had nothing in their way and left within %s (half), %s (99 %%), %s (all) of when they might", len(r.Prompt),
		short(r.Prompt.At(0.5)), short(r.Prompt.At(0.99)), short(r.Prompt.At(1)))
	line("patients were written to first %d times, %d of them after the weekly cap had held it back", r.Contacts, r.Capped)
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
	line("%d messages about danger went past the store while Redis was away", r.Bare)
	line("%d messages came twice, each in a window that the record shows:", len(r.Repeats))
	for _, w := range checker.Windows {
		line("  %5d %s", r.In(w), w)
	}
	for _, repeat := range r.Repeats {
		if repeat.Window != checker.Unheard {
			line("        %s", repeat)
		}
	}
	if !r.fine() || r.Keep {
		line("the log of the replicas is %s", r.Log)
	}
	line("lost %d, doubled %d, doubled outside the windows %d, unordered %d, late %d, too often %d, delayed %d, unproven %d", r.Count(checker.Lost), r.Count(checker.Doubled),
		r.Count(checker.Unexplained), r.Count(checker.Unordered), r.Count(checker.Late), r.Count(checker.Often), r.Count(checker.Delayed), r.Count(checker.Unproven))
	return b.String()
}

// dead is how many entries were given up, for whatever reason.
func (r result) dead() (n int) {
	for _, some := range r.Dead {
		n += some
	}
	return n
}

// verdict is the same as figures, for programs.
type verdict struct {
	Fine    bool    `json:"fine"`
	Seed    uint64  `json:"seed"`
	Seconds float64 `json:"seconds"` // of harm

	Lost      int `json:"lost"`
	Doubled   int `json:"doubled"`
	Outside   int `json:"doubled_outside_windows"`
	Unordered int `json:"unordered"`
	Late      int `json:"late"`
	Often     int `json:"too_often"`
	Delayed   int `json:"delayed"`
	Unproven  int `json:"unproven"`
	Wrong     int `json:"wrong"`
	Waiting   int `json:"waiting"`

	Windows map[checker.Window]int `json:"doubled_in_windows"`

	Kills      int            `json:"kills_of_onestep"`
	RedisKills int            `json:"kills_of_redis"`
	Harm       map[string]int `json:"harm"`
	Faults     map[string]int `json:"faults"`

	Updates  int `json:"updates"`
	Turns    int `json:"turns"`
	Messages int `json:"messages"`
	Accepted int `json:"accepted"`
	Dead     int `json:"given_up"`
	Prompt   int `json:"answers_with_nothing_in_the_way"`
	Contacts int `json:"contacts"`
	Capped   int `json:"contacts_held_by_the_cap"`
	Dropped  int `json:"presses_dropped"`

	AnswersP50 float64 `json:"answers_p50_seconds"`
	AnswersP99 float64 `json:"answers_p99_seconds"`
}

func (r result) verdict() verdict {
	v := verdict{
		Fine: r.fine(), Seed: r.Seed, Seconds: r.Harmed.Seconds(),
		Lost: r.Count(checker.Lost), Doubled: r.Count(checker.Doubled), Outside: r.Count(checker.Unexplained),
		Unordered: r.Count(checker.Unordered), Late: r.Count(checker.Late), Often: r.Count(checker.Often), Delayed: r.Count(checker.Delayed),
		Unproven: r.Count(checker.Unproven), Wrong: len(r.Found), Waiting: r.Waiting,
		Windows: map[checker.Window]int{}, Kills: r.Hurt[killed], RedisKills: r.Hurt[redisKilled], Harm: r.Hurt, Faults: r.Met,
		Updates: r.Updates, Turns: r.Turns, Messages: r.Messages, Accepted: r.Accepted, Dead: r.dead(),
		Prompt: len(r.Prompt), Contacts: r.Contacts, Capped: r.Capped, Dropped: r.Dropped,
		AnswersP50: r.Answers.At(0.5).Seconds(), AnswersP99: r.Answers.At(0.99).Seconds(),
	}
	for _, w := range checker.Windows {
		v.Windows[w] = r.In(w)
	}
	return v
}
