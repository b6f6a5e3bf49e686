package walk

import (
	"math/rand/v2"
	"strings"

	"onestep/dialogs"
	"onestep/dialogs/transcript"
)

// Detours leaves transcripts half way and goes on at random: once anywhere, and
// at each question that has a way on that nobody has gone yet, by that way. So
// whatever a transcript reaches, people are met there who skip, are not
// understood or say nothing. The coverage is that of the transcripts, and grows
// with each walk; done is told of each walk.
func Detours(e *dialogs.Edition, source []byte, seed uint64, coverage *transcript.Coverage, done func(Walk)) {
	head, lines := transcript.Lines(source)
	open := openWays(e, coverage)
	player := transcript.NewPlayer(e)
	for _, l := range head {
		if player.Head(l) != nil {
			return // whoever plays the transcript is told
		}
	}
	anywhere := rand.New(rand.NewPCG(seed, uint64(len(source)))).IntN(len(lines) + 1)
	for i, l := range lines {
		if _, err := player.Do(l); err != nil {
			return
		}
		at := standing(player.State())
		if i >= anywhere && at != "" {
			anywhere = len(lines)
			done(Run(e, Begin{Head: head, Lines: lines[:i+1]}, seed+uint64(i), coverage))
		}
		for _, leave := range open[at] {
			if !coverage.Went(at, leave) {
				done(Run(e, Begin{Head: head, Lines: lines[:i+1], Leave: leave}, seed+uint64(i), coverage))
			}
		}
	}
}

// openWays lists, by question, the ways on that are missing.
func openWays(e *dialogs.Edition, coverage *transcript.Coverage) map[string][]string {
	open := make(map[string][]string)
	for _, missing := range coverage.Of(e).Missing {
		step, way, labelled := strings.Cut(missing, ": ")
		if labelled && (way == "skip" || way == "unclear" || way == "timeout") {
			open[step] = append(open[step], way)
		}
	}
	return open
}
