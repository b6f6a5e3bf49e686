package walk

import (
	"strings"

	"onestep/dialogs"
	"onestep/dialogs/transcript"
)

// Detours leaves transcripts half way, at each question that has a way on that
// nobody has gone yet, and goes that way and on at random. So whatever a
// transcript reaches, people are met there who skip, are not understood or say
// nothing. The coverage is that of the transcripts, and grows with each walk;
// done is told of each walk.
func Detours(e *dialogs.Edition, source []byte, seed uint64, coverage *transcript.Coverage, done func(Walk)) {
	head, lines := transcript.Lines(source)
	open := openWays(e, coverage)
	if len(open) == 0 {
		return
	}
	player := transcript.NewPlayer(e)
	for _, l := range head {
		if player.Head(l) != nil {
			return // whoever plays the transcript is told
		}
	}
	for i, l := range lines {
		if _, err := player.Do(l); err != nil {
			return
		}
		for _, leave := range open[standing(player.State())] {
			if !coverage.Went(standing(player.State()), leave) {
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
