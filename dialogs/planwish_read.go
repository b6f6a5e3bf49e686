package dialogs

import (
	"slices"
	"strconv"
	"strings"
)

// rhythm takes how often: "every two weeks", "once a month", "fortnightly".
func (r *planReader) rhythm() bool {
	weeks, months, words := r.often()
	switch {
	case words > 0:
	case r.everyDay() > 0:
		n := r.everyDay()
		if c := r.count(1); n > 1 && c > 1 {
			r.w.Weeks = c
		}
		r.w.Always = true
		r.i += n
		return r.day()
	case r.is("less often"), r.is("less frequently"), r.is("so often"), r.is("too often"), r.is("as often"), r.is("that often"), r.is("less frequent"),
		r.is("too frequent"), r.is("spread out"), r.is("further apart"), r.is("biweekly"):
		r.w.Less, words = true, len(strings.Fields("less often"))
		if r.at(0) == "biweekly" { // twice a week to some and every two weeks to others
			words = 1
		}
		r.denied = true
	case r.is("more often"), r.is("more frequently"), r.is("more frequent"), r.is("every day"), r.is("each day"), r.is("twice a week"),
		r.is("two times a week"), r.is("daily"):
		r.w.More = true
		for words = 2; words < 4 && slices.Contains([]string{"a", "week", "times"}, r.at(words)); words++ {
		}
		if r.at(0) == "daily" {
			words = 1
		}
	default:
		return false
	}
	r.said, r.w.Always = true, true
	switch {
	case r.old || weeks == 0 && months == 0:
	case r.deny:
		r.w.Less, r.denied = true, true
	default:
		r.w.Weeks, r.w.Months = weeks, months
	}
	r.i += words
	return true
}

// everyDay is how many words stand before the day in "every other Thursday".
func (r *planReader) everyDay() int {
	if r.at(0) != "every" && r.at(0) != "each" {
		return 0
	}
	for n := 1; n < 3; n++ {
		if _, ok := dayWords[strings.TrimSuffix(r.at(n), "s")]; ok {
			return n
		}
		if r.count(n) == 0 {
			break
		}
	}
	return 0
}

// often reads a rhythm that is named; words is how many words it has, 0 for none.
func (r *planReader) often() (weeks, months, words int) {
	switch r.at(0) {
	case "weekly":
		return 1, 0, 1
	case "fortnightly":
		return 2, 0, 1
	case "monthly":
		return 0, 1, 1
	case "every", "each", "once", "twice", "one", "two":
	default:
		if n := r.count(0); n > 0 && (r.at(1) == "weekly" || r.at(1) == "week" && r.at(2) == "apart" || r.at(1) == "weeks" && r.at(2) == "apart") {
			if r.at(1) == "weekly" {
				return n, 0, 2
			}
			return n, 0, 3
		}
		return 0, 0, 0
	}
	per, n := 1, 1
	if first := r.at(0); first != "every" && first != "each" {
		if first == "one" || first == "two" {
			if r.at(1) != "weekly" && !(r.at(1) == "weeks" && r.at(2) == "apart") {
				return 0, 0, 0
			}
			return countWords[first], 0, map[bool]int{true: 2, false: 3}[r.at(1) == "weekly"]
		}
		if first == "twice" {
			per = 2
		}
		if !slices.Contains([]string{"a", "per", "every", "each", "in"}, r.at(1)) {
			return 0, 0, 0
		}
		words = 1
	}
	words++
	if r.at(words) == "single" {
		words++
	}
	if c := r.count(words); c > 0 && r.at(words) != "a" {
		n = c
		words++
		if r.at(words) == "of" {
			words++
		}
	}
	switch r.at(words) {
	case "week", "weeks", "weekly", "wk", "wks":
		weeks = n
	case "fortnight":
		weeks = 2 * n
	case "month", "months":
		months = n
	default:
		return 0, 0, 0
	}
	if per == 2 {
		if months != 1 {
			return 0, 0, 0 // twice a week is too often, and twice a fortnight is every week
		}
		weeks, months = 2, 0
	}
	return weeks, months, words + 1
}

// count reads a small number n words from here, or gives 0.
func (r *planReader) count(n int) int {
	word := strings.TrimRight(r.at(n), "stndrh")
	if c, err := strconv.Atoi(word); err == nil && c > 0 && c <= 52 {
		return c
	}
	return countWords[r.at(n)]
}

// clock takes a time of day. A bare number is one only behind "at" and its
// like, or behind a day.
func (r *planReader) clock() bool {
	minutes, words, bare := r.clockAt()
	if words == 0 || ordinal(r.at(0)) { // "the 17th" is a day
		return false
	}
	half, end := r.half(words)
	before := r.at(-1)
	_, behindDay := dayWords[strings.TrimSuffix(before, "s")]
	placed := behindDay || !isNumber(r.at(0)) && words > 1 || strings.ContainsAny(r.at(0), ":.") || slices.Contains([]string{"at", "after", "before", "between", "and", "to", "for", "than", "of", "say", "it", "do", "by"}, before)
	if bare && half == "" && r.at(words) != "o'clock" && r.at(words) != "oclock" && !placed {
		return false
	}
	if minutes >= 24*60 {
		return false
	}
	r.said = true
	r.i += end
	if r.bound(before, minutes, half, bare) {
		return true
	}
	if r.old || r.deny {
		r.denied = r.denied || r.deny
		return true
	}
	hour := minutes / 60
	switch {
	case half == "am" && hour == 12:
		minutes -= 12 * 60
	case half == "pm" && hour < 12:
		minutes += 12 * 60
	case half == "" && bare && hour >= 1 && hour <= 12:
		r.w.Half = true
	}
	r.w.Clock = minutes
	return true
}

// ordinal tells "17th" from "17".
func ordinal(word string) bool {
	return len(word) > 2 && word[0] >= '0' && word[0] <= '9' && strings.ContainsAny(word[len(word)-1:], "tdh")
}

// bound takes "not before 11", "no later than 6" and "between 10 and 4": when
// they want to be written to at all.
func (r *planReader) bound(before string, minutes int, half string, bare bool) bool {
	than := before == "than" && r.deny
	early := before == "before" && r.deny || than && r.than == "earlier" || before == "between" || before == "from" && !r.old
	late := before == "after" && r.deny || than && r.than == "later" || before == "and" && r.w.Earliest >= 0
	r.span = r.span || before == "between"
	if !early && !late {
		return false
	}
	switch hour := minutes / 60; {
	case half == "pm" && hour < 12, half == "" && bare && late && hour < 12, half == "" && bare && early && hour < 5:
		minutes += 12 * 60
	case half == "am" && hour == 12:
		minutes -= 12 * 60
	}
	if early {
		r.w.Earliest = minutes
	} else {
		r.w.Latest = minutes
	}
	r.denied, r.w.Always = r.denied || r.deny, true
	return true
}

// half reads which half of the day a time belongs to, n words from here.
func (r *planReader) half(words int) (half string, end int) {
	for n := words; n < words+4; n++ {
		switch w := r.at(n); {
		case w == "am" || w == "pm":
			return w, n + 1
		case (w == "a" || w == "p") && r.at(n+1) == "m":
			return w + "m", n + 2
		case partWords[w] == "morning":
			return "am", n + 1
		case partWords[w] != "":
			return "pm", n + 1
		case !slices.Contains([]string{"o'clock", "oclock", "in", "the", "at"}, w):
			return "", words
		}
	}
	return "", words
}

// clockAt reads "6", "six", "6:30", "18:00", "half past six", "noon"; bare is
// set where it could be of either half of the day.
func (r *planReader) clockAt() (minutes, words int, bare bool) {
	word := r.at(0)
	switch word {
	case "noon", "midday", "lunchtime":
		return 12 * 60, 1, false
	case "half", "quarter":
		past := 30
		n := 1
		if word == "quarter" {
			past = 15
		}
		back := r.at(1) == "to"
		if r.at(1) == "past" || back {
			n++
		} else if word == "quarter" {
			return 0, 0, false
		}
		hour := r.count(n)
		if hour < 1 || hour > 12 || r.at(n) == "a" || r.at(n) == "an" {
			return 0, 0, false
		}
		if back {
			return (hour*60 - past + 12*60) % (12 * 60), n + 1, true
		}
		return hour*60 + past, n + 1, true
	}
	if h, m, ok := strings.Cut(strings.ReplaceAll(word, ".", ":"), ":"); ok && len(m) == 2 {
		hour, err1 := strconv.Atoi(h)
		minute, err2 := strconv.Atoi(m)
		if err1 != nil || err2 != nil || hour > 23 || minute > 59 {
			return 0, 0, false
		}
		return hour*60 + minute, 1, hour >= 1 && hour <= 12 && h[0] != '0'
	}
	hour := r.count(0)
	if hour < 1 || hour > 23 || word == "one" && r.at(-1) != "at" || slices.Contains([]string{"a", "an", "other", "second", "third", "fourth", "couple"}, word) {
		return 0, 0, false
	}
	if next := r.at(1); strings.HasPrefix(next, "week") || strings.HasPrefix(next, "month") || next == "times" || monthWords[next] > 0 {
		return 0, 0, false
	}
	return hour * 60, 1, hour <= 12
}
