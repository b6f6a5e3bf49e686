package reply

import (
	"math"
	"slices"
)

// unitMinutes is how long a unit of time is, in minutes, so that a quarter of an
// hour is exactly 15 of them.
var unitMinutes = map[string]float64{
	"minute": 1, "minutes": 1, "mins": 1, "min": 1, "hour": 60, "hours": 60, "hrs": 60, "hr": 60,
	"day": 1440, "days": 1440, "week": 10080, "weeks": 10080, "fortnight": 20160, "month": 43200, "months": 43200, "year": 525600, "years": 525600, "decade": 5256000, "decades": 5256000,
}

// span is a length of time that words say, from and to alike where it is one.
type span struct {
	from, to float64 // minutes
	first    int     // tokens
	last     int
}

// spans finds the lengths of time that stand in words: "half an hour", "ten
// days", "1 to 2 weeks".
func spans(words []shape) (out []span) {
	const unset = -1.
	low, high, first := unset, unset, 0
	half := false
	for i := range words {
		w := &words[i]
		unit := unitMinutes[w.text]
		switch {
		case w.number:
			if high != unset {
				low = high
			} else {
				first = i
			}
			high = w.count
		case w.text == "a" || w.text == "an":
			if high == unset {
				high, first = 1, i
			}
		case w.text == "half":
			half = true
			if high == unset {
				high, first = 1, i
			}
		case (w.text == "full" || w.text == "whole") && high == unset: // the whole hour
			high, first = 1, i
		case w.text == "couple":
			high = 2
		case w.text == "few":
			low, high = 3, 5
		case unit > 0 && high != unset:
			if low == unset {
				low = high
			}
			if half {
				unit /= 2
			}
			out = append(out, span{low * unit, high * unit, first, i + 1})
			low, high, half = unset, unset, false
		case unit > 0 && w.text[len(w.text)-1] == 's': // "years"
			out = append(out, span{2 * unit, math.Inf(1), i, i + 1})
		case !besideSpans[w.text]:
			low, high, half = unset, unset, false
		}
	}
	return out
}

// besidesSpan are words that leave a length of time open.
var besidesSpan = set("ago or not no than if but ?")

// oftenWords are in what says how often, not how long.
var oftenWords = set("every each once twice times per daily weekly other")

var besideSpans = set("to or of - and good full about whole solid")

// spanOf gives the extent of a label such as "Less than a week".
func spanOf(label []shape) extent {
	if len(label) > 0 && label[0].text == "longer" {
		return extent{byTime, math.MaxFloat64, math.Inf(1), false}
	}
	at := spans(label)
	if len(at) == 1 && slices.ContainsFunc(label, func(w shape) bool { return w.text == "few" }) { // "A few days" are a couple, too
		at[0].from *= 2. / 3
	}
	if len(at) != 1 || slices.ContainsFunc(label, func(w shape) bool { return oftenWords[w.text] }) {
		return extent{}
	}
	s := at[0]
	for _, w := range label {
		switch {
		case lowWords[w.text] && w.text != "most":
			return extent{byTime, math.Inf(-1), s.to, true}
		case highWords[w.text] || w.text == "longer":
			return extent{byTime, math.Nextafter(s.from, math.Inf(1)), math.Inf(1), false}
		case (w.text == "about" || w.text == "around") && s.from == s.to:
			return extent{byTime, s.from * .85, s.to * 1.15, false}
		}
	}
	return extent{byTime, s.from, s.to, false}
}

// lasting reads a length of time, where nothing but small words stand with it.
func (c *chooser) lasting() (e extent, from, to int) {
	at := spans(c.shapes)
	if len(at) == 0 {
		return c.bareMinutes()
	}
	if len(at) != 1 || c.word(at[0].first-1) != "for" && !c.only(at[0].first, at[0].last) {
		return extent{}, 0, 0
	}
	s := at[0]
	if c.said(s.last, "and a bit") || c.said(s.last, "and a few") || c.said(s.last, "and a couple") {
		return extent{}, 0, 0
	}
	e = extent{byTime, s.from, s.to, false}
	for i, t := range c.tokens {
		switch {
		case i >= s.first && i < s.last:
		case lowWords[t.text] && t.text != "most":
			e.from, e.open = math.Inf(-1), true
		case highWords[t.text] && t.text != "plus":
			e.from, e.to = math.Nextafter(e.to, math.Inf(1)), math.Inf(1)
		case t.text == "or" && i+1 < len(c.tokens) && orSo[c.tokens[i+1].text]:
		case oftenWords[t.text] || besidesSpan[t.text] && !(t.text == "if" && c.word(i+1) == "that") || c.shapes[i].number:
			return extent{}, 0, 0
		}
	}
	return e, s.first, s.last
}

// bareMinutes reads the "30" that stands for minutes, where it is all that is
// said and too many to be a place in the list.
func (c *chooser) bareMinutes() (e extent, from, to int) {
	for i := range c.shapes {
		s := &c.shapes[i]
		if !s.number || s.text == "one" {
			continue
		}
		if to > 0 || s.count < 10 || s.suffix != "" || !c.only(i, i+1) || !c.minuteLabels() {
			return extent{}, 0, 0
		}
		e, from, to = extent{byTime, s.count, s.count, false}, i, i+1
	}
	return e, from, to
}

// minuteLabels tells that a label is in minutes.
func (c *chooser) minuteLabels() bool {
	return slices.ContainsFunc(c.names, func(n optionName) bool {
		return slices.ContainsFunc(n.words, func(w shape) bool { return unitMinutes[w.text] == 1 })
	})
}

// lengthen makes "Longer" begin where the longest other label ends.
func lengthen(labels []extent) {
	most := 0.0
	for _, l := range labels {
		if l.of == byTime && l.to < math.Inf(1) {
			most = max(most, l.to)
		}
	}
	for n := range labels {
		if labels[n].from == math.MaxFloat64 {
			labels[n].from = math.Nextafter(most, math.Inf(1))
		}
	}
}
