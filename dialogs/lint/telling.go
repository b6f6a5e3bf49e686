package lint

import "slices"

// Telling finds the first words by which a text tells somebody what to do,
// blames, pushes, makes light or labels: what the rubric keeps out of every line
// of a script. It is for words that people write at run time, such as what a
// worker proposes.
func Telling(text string) (words string, found bool) {
	for _, s := range sentences(text) {
		for _, h := range slices.Concat(advice, blame, pressure, minimising, diagnosis) {
			if words := h.in(s); words != "" {
				return words, true
			}
		}
	}
	return "", false
}
