package reply

import (
	"math"
	"slices"
)

// figure reads what a reply says in a measure, and the tokens that say it.
func (c *chooser) figure(of measure, labels []extent) (e extent, from, to int) {
	switch of {
	case byHour:
		if e, from, to = c.hour(); e.of == noMeasure {
			e, from, to = c.aTime()
		}
		return e, from, to
	case byWeek:
		return c.aWeek()
	case byShare:
		return c.share()
	case byTime:
		return c.lasting()
	case byCount:
		return c.count(labels)
	}
	return extent{}, 0, 0
}

// hour reads a time of day: "half 10", "2 oclock", "8 at night".
func (c *chooser) hour() (e extent, from, to int) {
	for i := range c.tokens {
		t := &c.shapes[i]
		if !t.number || t.count < 1 || t.count >= 25 {
			continue
		}
		h, end := t.count, i+1
		if t.count == math.Trunc(t.count) && end+1 < len(c.tokens) && (c.tokens[end].text == ":" || c.tokens[end].text == ".") && c.shapes[end+1].number { // 10:30
			h, end = h+c.shapes[end+1].count/60, end+2
		}
		from := i
		if i > 0 && c.tokens[i-1].text == "half" {
			h, from = h+.5, i-1
		}
		if i > 1 && c.tokens[i-2].text == "quarter" && (c.tokens[i-1].text == "past" || c.tokens[i-1].text == "to") {
			from = i - 2
			if h += .25; c.tokens[i-1].text == "to" {
				h -= .5
			}
		}
		half := t.suffix
		for end < len(c.tokens) && clockWords[c.tokens[end].text] {
			switch c.tokens[end].text {
			case "am", "morning":
				half = "am"
			case "pm", "night", "evening", "afternoon":
				half = "pm"
			}
			end++
		}
		end = c.sameHour(h, end)
		if end+1 < len(c.tokens) && hourJoins[c.tokens[end].text] && c.shapes[end+1].number && half == "" { // 5 to 7
			high := c.shapes[end+1].count
			if late := c.shapes[end+1].suffix == "pm" || c.word(end+2) == "pm"; late && high < 12 && h < 12 { // about 2 or 3pm
				return extent{byHour, h + 12, high + 12, true}, from, end + 2
			}
			if c.tokens[end].text == "or" && h <= float64(len(c.options)) && !hourLeads[c.word(from-1)] { // options 1 or 2
				return extent{}, 0, 0
			}
			return c.hours(h, high, from, end+2)
		}
		switch {
		case half == "am" && h >= 12 && h < 13:
			return extent{}, 0, 0
		case half == "pm" && h < 12, half == "" && h < 5.5:
			h += 12
		case half == "am" || half == "pm" || h >= 9:
		default:
			return extent{}, 0, 0 // 7 may be either
		}
		if half == "" && from < i && end < i+4 && !c.only(from, end) { // "after the school run about quarter past nine"
			c.guessed = true
			return extent{byHour, h, h, false}, from, end
		}
		if half == "" && (!c.only(from, end) || end == i+1 && from == i && t.suffix != "ish" && !(i > 0 && hourLeads[c.tokens[i-1].text])) { // the number of an option, or none
			return extent{}, 0, 0
		}
		return extent{byHour, h, h, false}, from, end
	}
	return extent{}, 0, 0
}

// sameHour passes over a time of day that is said twice: "half one/1.30".
func (c *chooser) sameHour(h float64, end int) int {
	if end+1 >= len(c.tokens) || !c.shapes[end+1].number || !saidAgain[c.tokens[end].text] {
		return end
	}
	again, to := c.shapes[end+1].count, end+2
	whole := math.Trunc(again)
	if again > whole { // 1.30
		again = whole + (again-whole)*100/60
	} else if to+1 < len(c.tokens) && c.tokens[to].text == ":" && c.shapes[to+1].number {
		again, to = again+c.shapes[to+1].count/60, to+2
	}
	if math.Abs(math.Mod(again, 12)-math.Mod(h, 12)) > .01 {
		return end
	}
	return to
}

var saidAgain = set("/ , ( - ie or")

// hours reads from one time of day to another: the evening in "5 to 7".
func (c *chooser) hours(low, high float64, from, end int) (extent, int, int) {
	for end < len(c.tokens) && clockWords[c.tokens[end].text] {
		end++
	}
	if low < 5.5 {
		low += 12
	}
	if high < low {
		high += 12
	}
	if from > 0 && c.tokens[from-1].text == "between" {
		from--
	}
	if low > 23 || high > low+4 || low < 9 || !c.only(from, end) {
		return extent{}, 0, 0
	}
	return extent{byHour, low, high, true}, from, end
}

var hourJoins = set("to till til until and or -")

var hourLeads = set("between about around at round by from after before roughly nearly gone past")

var clockWords = set("oclock o clock ish am pm at night in the morning evening afternoon")

// aWeek reads how often: "3 times a week", "every other day", "mon and thurs".
func (c *chooser) aWeek() (e extent, from, to int) {
	days := map[string]bool{}
	first, last := -1, 0
	n, period, nth := 0.0, 0.0, 0.0
	lead, bareDays, other := false, false, false
words:
	for i, t := range c.tokens {
		s := &c.shapes[i]
		if !c.inLabel(s) {
			t.text = t.plainText()
		}
		_, day := weekdays[t.text]
		switch {
		case t.kind == markToken || often[t.text]:
			bareDays = bareDays || t.text == "days"
			lead = lead || t.text == "every" || t.text == "each" || t.text == "only" || t.text == "just"
			if p := periods[t.text]; p > 0 {
				if period > 0 && period != p && t.text[len(t.text)-1] == 'y' { // "weekly or monthly"
					return extent{}, 0, 0
				}
				period = p
			}
		case t.text == "other" || t.text == "alternate" || t.text == "second" && c.word(i-1) == "every":
			other = true
		case day:
			days[dayNames[t.text]] = true
			lead = lead || t.text[len(t.text)-1] == 's' && t.text != "tues" && t.text != "thurs" && t.text != "weds"
		case t.text == "once":
			n = 1
		case t.text == "twice" || t.text == "couple":
			n = 2
		case s.number && n == 0:
			n = s.count
		case ordinalWords[t.text] > 0 || t.text == "last":
			nth++
		case aroundChoice[t.text]:
			continue
		case len(days) > 0 && last > 0 && whyDays[t.text]: // "on a Thursday when I go for my pension"
			break words
		default:
			return extent{}, 0, 0
		}
		if first < 0 {
			first = i
		}
		last = i + 1
	}
	skipping, spaced := c.spaced(period, n, other, lead)
	switch {
	case spaced:
		n = skipping
	case len(days) > 0 && period > 0 && period < 1: // the first Sunday of each month
		n = max(n, nth, 1) * float64(len(days)) * period
	case len(days) > 0 && (n == 0 || n == 1 && len(days) == 1 && period == 0) && (len(days) > 1 || lead):
		n = float64(len(days))
	case len(days) == 0 && n == 0 && period > 0: // "month"
		c.guessed, n = true, period
	case len(days) == 0 && n >= 1 && n <= 7 && period == 0 && bareDays: // "seven days"
		c.guessed = true
	case len(days) > 0 || n == 0 || period == 0:
		return extent{}, 0, 0
	default:
		n *= period
	}
	return extent{byWeek, n, n, false}, first, last
}

// spaced reads how often by what lies between: "every other day", "4 weekly",
// "every 3 weeks".
func (c *chooser) spaced(period, n float64, other, lead bool) (perWeek float64, ok bool) {
	days := slices.ContainsFunc(c.tokens, func(t token) bool { return t.text == "day" || t.text == "days" })
	units := slices.ContainsFunc(c.tokens, func(t token) bool {
		return t.text == "weekly" || lead && (t.text == "weeks" || t.text == "months" || t.text == "days")
	})
	switch {
	case other && days && period == 0:
		return 3.5, true
	case other && (period == 1 || period == .25):
		return period / 2, true
	case n > 1 && units && period > 0 && !c.any(0, len(c.tokens), timesWords):
		return period / n, true
	case n > 1 && units && days && period == 0 && lead:
		return 7 / n, true
	}
	return 0, false
}

var timesWords = set("times time x twice or to")

// whyDays begin what is said of days.
var whyDays = set("when because while after before as since straight")

// often are the words between the figures of how often.
var often = set("morning mornings afternoon afternoons evening evenings night nights times time a day days per week weeks month months fortnight fortnightly weekly monthly every each only just and of on x or so about")

// periods are how many times a week "once" in one of them is.
var periods = map[string]float64{"week": 1, "weeks": 1, "fortnight": .5, "fortnightly": .5, "month": .25, "months": .25, "weekly": 1, "monthly": .25}

// share reads a part of the whole: "two of the four days", "3 out of 4", "80 %".
func (c *chooser) share() (e extent, from, to int) {
	for i := range c.shapes {
		s := &c.shapes[i]
		if !s.number {
			continue
		}
		k := i + 1
		if k < len(c.tokens) && (c.tokens[k].text == "%" || c.tokens[k].text == "percent" || s.suffix == "pc") && s.count <= 100 {
			return extent{byShare, s.count / 100, s.count / 100, false}, i, k + 1
		}
		if k+1 < len(c.tokens) && c.tokens[k].kind == wordToken && !ofWords[c.tokens[k].text] && (c.tokens[k+1].text == "of" || c.tokens[k+1].text == "out") { // two pages out of
			k++
		}
		of := k
		for k < len(c.tokens) && ofWords[c.tokens[k].text] {
			k++
		}
		if k > of && k < len(c.tokens) && c.shapes[k].number && s.count <= c.shapes[k].count && c.shapes[k].count > 0 {
			r := s.count / c.shapes[k].count
			return extent{byShare, r, r, false}, i, k + 1
		}
	}
	return extent{}, 0, 0
}

var ofWords = set("of out the my / those")

// count reads a figure in the unit of the labels: "about 7 hours", "over 8",
// "4 or 5". A number that only counts the options up is one as well, where the
// labels are figures.
func (c *chooser) count(labels []extent) (e extent, from, to int) {
	e = extent{of: byCount, from: math.Inf(1), to: math.Inf(-1)}
	first, last := -1, 0
	low, high := false, false
	for i := range c.tokens {
		s := &c.shapes[i]
		w := s.text
		switch {
		case w == "one" && i > 0: // "the second one", "that one" are places
			return extent{}, 0, 0
		case i > 0 && s.number && s.count < 10 && s.kind == wordToken && tens[c.shapes[i-1].text]: // twenty five
			e.to += s.count
			if e.from == c.shapes[i-1].count {
				e.from = e.to
			}
			last = i + 1
		case s.number || figureWords[w] != nil && len(c.owners[i].of) == 0:
			n := s.count
			if !s.number {
				n = *figureWords[w]
			}
			e.from, e.to = min(e.from, n), max(e.to, n)
			if first < 0 {
				first = i
			}
			last = i + 1
		case s.kind == markToken:
		case lowWords[w] && w != "most" && w != "up":
			low = true
		case highWords[w] && w != "plus":
			high = true
		case w == "option" || w == "number":
			return extent{}, 0, 0
		case !aroundChoice[w] && len(c.owners[i].of) == 0 && !countWords[w]:
			return extent{}, 0, 0
		}
	}
	switch {
	case first < 0 || low && high:
		return extent{}, 0, 0
	case low:
		e.from, e.open = math.Inf(-1), true
	case high:
		e.from, e.to = math.Nextafter(e.to, math.Inf(1)), math.Inf(1)
	}
	return e, first, last
}

// figureWords are figures of their own.
var figureWords = func() map[string]*float64 {
	m := map[string]*float64{}
	for w, n := range map[string]float64{"couple": 2, "twice": 2, "once": 1, "dozen": 12, "fiver": 5, "tenner": 10, "none": 0, "nothing": 0, "nowt": 0, "zero": 0, "nil": 0, "zilch": 0} {
		m[w] = &n
	}
	return m
}()

var tens = set("twenty thirty forty fourty fifty sixty seventy eighty ninety")

var countWords = set("£ quid pounds pound of penny minutes mins hours hour times about around roughly approx between and to or than nearly almost ish usually normally average night per a so say")

// only tells that nothing but small words stands around tokens from to to.
func (c *chooser) only(from, to int) bool {
	return c.others[from] == 0 && c.others[len(c.tokens)] == c.others[to]
}
