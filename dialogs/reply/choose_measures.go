package reply

import "math"

// Labels such as "Under 6 hours", "Twice a week" and "Late morning" are spans of
// one measure, and a reply names one by a figure that lies in it: "7 and a
// half", "mon and thurs", "about 11".

// measure is what labels and a reply are measured by.
type measure uint8

const (
	noMeasure measure = iota
	byCount           // any unit: what stands in the labels
	byHour            // hours of the day, from 0 to 24
	byWeek            // times a week
	byShare           // from 0, none of it, to 1, all of it
	byTime            // minutes that something lasts
)

// extent is a stretch of a measure; a single figure has from and to alike.
type extent struct {
	of       measure
	from, to float64
	open     bool // to is not in it
}

func (e extent) holds(o extent) bool {
	return e.of == o.of && e.from <= o.from && (o.to < e.to || o.to == e.to && (!e.open || o.open)) && (o.from < e.to || !e.open)
}

// measured finds the one option whose extent the reply lies in.
func (c *chooser) measured() []mention {
	plain := make([]extent, len(c.options))
	lasts := make([]extent, len(c.options))
	many := [byTime + 1]int{}
	for n := range c.options {
		label := shapesOf(nameWords(c.options[n].Label))
		plain[n], lasts[n] = extentOf(label), spanOf(label)
		many[plain[n].of]++
		if lasts[n].of == byTime {
			many[byTime]++
		}
	}
	for _, of := range []measure{byHour, byWeek, byShare, byTime, byCount} {
		if many[of] < 2 {
			continue
		}
		labels := plain
		if of == byTime {
			labels = lasts
		}
		if of == byTime {
			lengthen(labels)
		}
		if of == byWeek {
			c.seldomer(labels)
		}
		if m := c.outermost(of, labels); m != nil {
			return m
		}
		said, from, to := c.figure(of, labels)
		if said.of == noMeasure && of == byWeek && c.rarest {
			said, from, to = c.seldom()
		}
		if said.of == noMeasure {
			continue
		}
		best := -1
		for n, l := range labels {
			if !l.holds(said) {
				continue
			}
			switch {
			case best < 0 || l.to-l.from < labels[best].to-labels[best].from:
				best = n
			case l.to-l.from == labels[best].to-labels[best].from:
				return nil
			}
		}
		if best < 0 && of == byTime {
			best = c.rounded(labels, said)
		}
		if best < 0 && of == byTime {
			best = c.beyond(labels, said)
		}
		c.unheld = c.unheld || best < 0 && of == byTime
		if best >= 0 {
			return []mention{{option: best, from: from, to: to, rule: "choice/measure", rank: rankGroup, told: c.guessed}}
		}
	}
	return nil
}

// rounded takes four weeks for a month, and a month for four weeks, where a label is
// exactly so long; -1: none is.
func (c *chooser) rounded(labels []extent, said extent) int {
	for _, r := range []float64{28. / 30, 30. / 28} {
		e := extent{byTime, math.Round(said.from * r), math.Round(said.to * r), false}
		if e.from < 4*unitMinutes["week"] {
			continue
		}
		for n, l := range labels {
			if l.holds(e) && !math.IsInf(l.from, 0) && !math.IsInf(l.to, 0) {
				return n
			}
		}
	}
	return -1
}

// seldomer makes "Less often" what is less than all other labels, and "More often"
// what is more.
func (c *chooser) seldomer(labels []extent) {
	low, high := math.Inf(1), 0.0
	for _, l := range labels {
		if l.of == byWeek {
			low, high = min(low, l.from), max(high, l.to)
		}
	}
	for n := range labels {
		if labels[n].of != noMeasure {
			continue
		}
		switch gist(shapesOf(nameWords(c.options[n].Label))) {
		case lessOften, rarely, "less":
			labels[n] = extent{byWeek, 0, low, true}
			c.rarest = true
		case moreOften, "more":
			labels[n] = extent{byWeek, math.Nextafter(high, math.Inf(1)), math.Inf(1), false}
		}
	}
}

// seldom reads words such as "now and again" where "Less often" is an option. The
// person is told.
func (c *chooser) seldom() (e extent, from, to int) {
	for i := range c.tokens {
		for _, words := range seldomWords {
			if to := c.spelled(i, words, false); to > 0 && c.only(i, to) {
				c.guessed = true
				return extent{byWeek, .01, .01, false}, i, to
			}
		}
	}
	return extent{}, 0, 0
}

var seldomWords = func() (out [][]shape) {
	for _, s := range []string{"now and again", "now and then", "every now and then", "every now and again", "once in a while", "once in a blue moon", "hardly ever", "hardly", "rarely", "very rarely", "seldom", "occasionally", "from time to time", "every so often", "the odd time", "not often", "not very often", "not much", "on occasion"} {
		out = append(out, shapesOf(nameWords(s)))
	}
	return out
}()

var lessOften, moreOften, rarely = gist(shapesOf(nameWords("less often"))), gist(shapesOf(nameWords("more often"))), gist(shapesOf(nameWords("rarely")))

// beyond takes a length of time that is less than all labels as the least of them:
// "a couple of minutes". The person is told. Days are too long to be rounded up,
// and of a length that is more, nobody knows.
func (c *chooser) beyond(labels []extent, said extent) int {
	best := outermostOf(byTime, labels, true)
	if best < 0 || labels[best].from <= said.to || labels[best].from >= unitMinutes["day"] || said.from < 0 {
		return -1
	}
	c.guessed = true
	return best
}

// namedExtents are labels of a measure, by their gist.
var namedExtents = func() map[string]extent {
	m := map[string]extent{}
	for name, e := range map[string]extent{
		"first thing": {byHour, 5, 9, false}, "early morning": {byHour, 5, 9, false}, "morning": {byHour, 5, 12, true}, "mid morning": {byHour, 9.5, 11, false}, "late morning": {byHour, 10, 12, true},
		"lunchtime": {byHour, 12, 14, true}, "midday": {byHour, 12, 13, true}, "afternoon": {byHour, 12, 17, false}, "late afternoon": {byHour, 15, 17.5, false}, "early afternoon": {byHour, 12, 15, true},
		"teatime": {byHour, 17, 18, false}, "evening": {byHour, 17.5, 23, false}, "early evening": {byHour, 17, 19, false}, "late evening": {byHour, 20, 23, false}, "night": {byHour, 21, 24, false},
		"before lunch": {byHour, 5, 12, true}, "after lunch": {byHour, 13, 17, false}, "after tea": {byHour, 18, 23, false}, "after work": {byHour, 17, 22, false}, "before work": {byHour, 5, 9, false}, "dinnertime": {byHour, 12, 14, true}, "daytime": {byHour, 9, 17, false}, "before breakfast": {byHour, 5, 8, true},
		"every day": {byWeek, 7, 7, false}, "daily": {byWeek, 7, 7, false}, "once a day": {byWeek, 7, 7, false}, "most days": {byWeek, 5, 6, false},
		"a few times a week": {byWeek, 2, 4, false}, "several times a week": {byWeek, 3, 6, false}, "a couple of times a week": {byWeek, 2, 2, false},
		"once a week": {byWeek, 1, 1, false}, "weekly": {byWeek, 1, 1, false}, "every week": {byWeek, 1, 1, false}, "twice a week": {byWeek, 2, 2, false}, "three times a week": {byWeek, 3, 3, false},
		"fortnightly": {byWeek, .5, .5, false}, "once a fortnight": {byWeek, .5, .5, false}, "every fortnight": {byWeek, .5, .5, false}, "every two weeks": {byWeek, .5, .5, false},
		"monthly": {byWeek, .25, .25, false}, "once a month": {byWeek, .25, .25, false}, "every month": {byWeek, .25, .25, false},
		"all": {byShare, 1, 1, false}, "all of it": {byShare, 1, 1, false}, "most": {byShare, .6, 1, true}, "most of it": {byShare, .6, 1, true}, "half": {byShare, .4, .6, true}, "about half": {byShare, .4, .6, true},
		"half of it": {byShare, .4, .6, true}, "some": {byShare, .05, 1, true}, "some of it": {byShare, .05, 1, true}, "a little": {byShare, .01, .4, true}, "a bit": {byShare, .01, .4, true}, "a bit of it": {byShare, .01, .4, true}, "a little of it": {byShare, .01, .4, true},
		"none": {byShare, 0, 0, false}, "none of it": {byShare, 0, 0, false},
	} {
		m[gist(shapesOf(nameWords(name)))] = e
	}
	return m
}()

// extentOf gives the extent that a label names.
func extentOf(label []shape) extent {
	for k := 0; k < len(label) && (k == 0 || atWords[label[k-1].text]); k++ { // "In the mornings"
		if e, ok := namedExtents[gist(label[k:])]; ok {
			return e
		}
	}
	if e := clockOf(label); e.of != noMeasure {
		return e
	}
	var figures []float64
	low, high, strict := false, false, false
	for _, w := range label {
		switch {
		case w.number:
			figures = append(figures, w.count)
		case lowWords[w.text]:
			low, strict = true, w.text != "most"
		case highWords[w.text]:
			high, strict = true, w.text == "over" || w.text == "above"
		}
	}
	switch {
	case len(figures) == 2 && figures[0] < figures[1] && !low && !high:
		return extent{byCount, figures[0], figures[1], false}
	case len(figures) == 1 && len(label) == 1:
		return extent{byCount, figures[0], figures[0], false}
	case len(figures) == 1 && low && !high:
		return extent{byCount, math.Inf(-1), figures[0], strict}
	case len(figures) == 1 && high && !low:
		from := figures[0]
		if strict || len(label) > 1 && label[0].text == "more" {
			from = math.Nextafter(from, math.Inf(1))
		}
		return extent{byCount, from, math.Inf(1), false}
	}
	return extent{}
}

var (
	atWords   = set("in at the during on")
	lowWords  = set("under less fewer below upto up until most")
	highWords = set("over more above plus least beyond")
)

// outermost reads "the shortest one" and "the most often". The least may stand
// beside labels of no measure, such as "Until I say", and the most may not.
func (c *chooser) outermost(of measure, labels []extent) []mention {
	if of == byShare {
		return nil
	}
	for i, t := range c.tokens {
		least, to := c.extreme(i)
		if of == byHour {
			least, to = c.earliest(i)
		}
		if to == 0 || c.inLabel(&c.shapes[i]) || c.denies(i) || ordinalWords[c.word(i-1)] > 0 {
			continue
		}
		if c.word(to) == "often" || c.word(to) == "frequent" || c.word(to) == "amount" || c.word(to) == "time" {
			to++
		} else if t.text == "most" && c.word(to) != "" && !hasWords[c.word(to)] {
			continue
		}
		if c.word(to) == "of" && (c.word(to+1) == "time" || c.word(to+1) == "them") {
			to += 2
		}
		to = c.pastNoun(to)
		best := outermostOf(of, labels, least)
		if best < 0 || !c.praised(i, to) {
			continue
		}
		return []mention{{option: best, from: i, to: to, rule: "choice/measure", rank: rankGroup, told: !c.only(i, to)}}
	}
	return nil
}

// extreme reads, at token i, "shortest", "the short one" and "as long as possible":
// whether it is the least, and where it ends; 0: there is none.
func (c *chooser) extreme(i int) (least bool, to int) {
	w, next := c.word(i), c.word(i+1)
	switch {
	case leastWords[w] || mostWords[w]:
		return leastWords[w], i + 1
	case placeNouns[next] && (littleWords[w] || longWords[w]):
		return littleWords[w], i + 1
	case w == "as" && c.word(i+2) == "as" && (littleWords[next] || longWords[next] || next == "often" || next == "much"):
		if c.word(i+3) == "possible" {
			return littleWords[next], i + 4
		}
		if (c.word(i+3) == "you" || pronouns[c.word(i+3)]) && (c.word(i+4) == "can" || c.word(i+4) == "could") && !(next == "often" && c.word(i+3) == "i") { // "as often as you like" leaves it to you
			return littleWords[next], i + 5
		}
	}
	return false, 0
}

// earliest is extreme for times of day: "as early as poss", "the latest".
func (c *chooser) earliest(i int) (least bool, to int) {
	switch w, next := c.word(i), c.word(i+1); {
	case w == "earliest" || w == "latest":
		return w == "earliest", i + 1
	case (w == "early" || w == "late") && placeNouns[next]:
		return w == "early", i + 1
	case w == "as" && (next == "early" || next == "late") && c.word(i+2) == "as" && c.word(i+3) != "you":
		for to = i + 3; to < i+6 && possible[c.word(to)]; to++ {
		}
		return next == "early", to
	}
	return false, 0
}

var possible = set("possible poss you i they he she can could")

func outermostOf(of measure, labels []extent, least bool) int {
	best := -1
	for n, l := range labels {
		switch {
		case l.of != of && !least:
			return -1
		case l.of == of && (best < 0 || least && l.to < labels[best].to || !least && l.to > labels[best].to):
			best = n
		}
	}
	return best
}

var (
	leastWords = set("shortest quickest smallest least briefest lowest fewest minimum")
	mostWords  = set("longest most biggest largest highest maximum")
	hasWords   = set("you we that i on there please thanks")
	// littleWords and longWords say so of one of the list: "the short one".
	littleWords = set("short shorter quick quicker small smaller little brief briefer")
	longWords   = set("long longer big bigger large larger")
)
