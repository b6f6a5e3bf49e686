package reply

import (
	"math"
	"slices"
)

// Labels that are steps of a scale, and which of them a value is nearest to.

// ladder are the steps that the labels are on one scale.
type ladder struct {
	steps []float64 // by option; NaN: none
	many  int       // different steps; 0: too few for the labels to be steps of it
}

// ladders gives the ladder of each scale, and whether there is any.
func (c *chooser) ladders() (out []ladder, fits bool) {
	labels := make([][][]degree, len(c.options))
	for n, o := range c.options {
		tokens := nameWords(o.Label)
		l := chooser{tokens: tokens, shapes: shapesOf(tokens)}
		labels[n] = l.degrees(nil)
	}
	out = make([]ladder, len(scales.oneWay))
	for s := range out {
		steps, many := stepsOf(labels, s)
		if many > 1 && many >= len(labels)-1 && (many == len(labels) || !scales.every[s]) {
			out[s], fits = ladder{steps, many}, true
		}
	}
	return out, fits
}

// stepsOf gives the step of each label on a scale, NaN where it has none, and how
// many labels have one of their own.
func stepsOf(labels [][][]degree, scale int) (steps []float64, many int) {
	for _, l := range labels {
		step := math.NaN()
		if d := l[scale]; len(d) == 1 || len(d) > 1 && allAlike(d) {
			step = d[0].value
			if !slices.Contains(steps, step) {
				many++
			}
		}
		steps = append(steps, step)
	}
	return steps, many
}

func allAlike(d []degree) bool {
	return !slices.ContainsFunc(d, func(o degree) bool { return o.value != d[0].value })
}

// nearest gives the label whose step is plainly the nearest; -1: none is.
func nearest(steps []float64, v float64) int {
	const plain = .12 // by so much the next label has to be further away
	v = within(steps, v)
	best, first, second := -1, math.Inf(1), math.Inf(1)
	for n, s := range steps {
		switch d := math.Abs(s - v); {
		case math.IsNaN(s):
		case d < first:
			best, first, second = n, d, first
		case d < second:
			second = d
		}
	}
	if n := onlyBelow(steps); v < -.2 && n >= 0 {
		return n
	}
	if n := onlyBetween(steps, v); n >= 0 {
		return n
	}
	if first > .42 || second-first < plain {
		return -1
	}
	return best
}

// within takes what lies beyond all steps as the outermost one of its side: a
// "disaster" is no less than "Did not go well". "A bit harder" ends no scale.
func within(steps []float64, v float64) float64 {
	low, high := math.Inf(1), math.Inf(-1)
	for _, s := range steps {
		if !math.IsNaN(s) {
			low, high = min(low, s), max(high, s)
		}
	}
	if low < -mildly && high > mildly {
		return max(low, min(high, v))
	}
	return v
}

// onlyBetween gives the only label between all and none, for whatever is neither;
// -1: there is no such label.
func onlyBetween(steps []float64, v float64) int {
	found := -1
	low, high := slices.Min(steps), slices.Max(steps)
	if low >= 0 || high <= 1 || v < 0 || v > 1 {
		return -1
	}
	for n, s := range steps {
		switch {
		case s == low || s == high:
		case found >= 0:
			return -1
		default:
			found = n
		}
	}
	return found
}

// onlyBelow gives the only label below the middle, where none is in the middle;
// -1: there is no such label.
func onlyBelow(steps []float64) int {
	found := -1
	for n, s := range steps {
		switch {
		case s > -.2 && s < .2, s <= -.2 && found >= 0:
			return -1
		case s <= -.2:
			found = n
		}
	}
	return found
}
