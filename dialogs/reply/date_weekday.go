package reply

import (
	"strings"
	"time"
)

// weekdayAt reads a weekday with the words that place it: "next Friday",
// "Friday week", "this Friday", "every Friday", "Friday next week".
func (r dateReader) weekdayAt(i int) (dayRead, bool) {
	start, which := i, ""
	if r.any(i, "the") {
		i++
	}
	if r.any(i, "next", "this", "coming", "following", "every", "each", "first") {
		which = r.text(i)
		i++
		if which == "this" && r.any(i, "coming") {
			which = "coming"
		}
		if r.any(i, "coming", "weeks", "week", "week's", "available", "possible", "free", "other", "single") {
			if r.any(i, "other") {
				which = "every"
			}
			i++
		}
	}
	w, ok := weekdays[r.text(i)]
	if !ok && i < len(r.t) {
		w, ok = weekdays[r.t[i].text]
	}
	if base, ish := strings.CutSuffix(r.text(i), "ish"); ish && dayNames[base] != "" {
		return r.fault("date/vague", i+1)
	}
	if !ok || r.t[i].kind != wordToken {
		return dayRead{}, false
	}
	if r.counted(i) && r.any(i+1, "from", "time") { // "two Fridays from now"
		return r.fault("date/vague", i+1)
	}
	if (r.t[i].text == "sun" || r.t[i].text == "sat" || r.t[i].text == "wed" || r.t[i].text == "mon") && r.notADay(i) {
		return dayRead{}, false
	}
	if which == "first" {
		if d, ok := r.nthWeekday(1, w, i+1); ok {
			return d, true
		}
		return r.fault("date/vague", i+1)
	}
	end := i + 1
	for r.is(end, "'") || r.any(end, "s") {
		end++
	}
	return r.placed(start, end, which, w)
}

// ofWeek reads "next week on Friday" as one.
func (r dateReader) ofWeek(i int) (dayRead, bool) {
	if !r.any(i, "next", "this") || !r.any(i+1, "week") {
		return dayRead{}, false
	}
	i += 2
	for r.any(i, "on", ",", "the", "-", "say") {
		i++
	}
	if _, ok := weekdays[r.text(i)]; !ok {
		return dayRead{}, false
	}
	return r.weekdayAt(i)
}

// counted tells "two Fridays".
func (r dateReader) counted(i int) bool {
	if i == 0 {
		return false
	}
	n, _, ok := r.count(i - 1)
	return ok && n > 1
}

// notADay tells "the sun" and "sat down" from the short names of days.
func (r dateReader) notADay(i int) bool {
	if r.any(i-1, "this", "next", "coming", "every") || r.any(i+1, "is") && r.any(i+2, "better", "best", "good", "fine", "ok") {
		return false
	}
	if !r.any(i, "sun") && (r.any(i+1, "is", "will") || r.any(i+1, "about", "around", "by", "in") && (r.digits(i+2) || r.any(i+2, "the") && (!r.any(i+1, "in") || partOfDay[r.text(i+3)])) || r.any(i-1, "the")) && !r.any(i+1, "nav", "navs") {
		return false
	}
	if r.any(i-1, "the", "i", "we", "he", "she", "in", "have", "was", "got", "my", "some", "of") && !r.any(i-2, "on") {
		return true
	}
	return r.any(i+1, "down", "in", "with", "outside", "is", "shines", "cream", "watching", "there", "shine", "nav", "navs", "up", "out", "on", "here", "by", "around", "about")
}

func (r dateReader) placed(start, end int, which string, w time.Weekday) (dayRead, bool) {
	next := r.today.next(w)
	following := r.today.monday().add(7 + (int(w)+6)%7)
	after := end
	for partOfDay[r.text(after)] {
		after++
	}
	if to, ok := r.weekAfterNext(after); ok {
		return dayRead{day: following.add(7), to: to, rule: "date/weekday-next-week"}, true
	}
	span := after
	if r.any(span, "in") {
		span++
	}
	if days, to, ok := r.span(span); ok && days > 7 && !r.any(span, "week", "fortnight") { // "Friday in two weeks"
		return r.fault("date/vague", to)
	}
	switch {
	case r.any(after, "after") && r.any(after+1, "this") && r.any(after+2, "one", "coming", w.String()):
		return dayRead{day: next.add(7), to: after + 3, rule: "date/weekday-week"}, true
	case r.any(after, "after") && (after+1 == len(r.t) || r.t[after+1].kind == markToken || r.any(after+1, "please", "thanks", "then")): // "the Thursday after"
		return r.fault("date/vague", after+1)
	case r.any(after, "after") && r.any(after+1, "that"):
		return r.fault("date/vague", after+2)
	case which == "next" && r.any(after, "coming"):
		return r.fault("date/vague", after+1)
	case r.any(after, "week") && !(r.any(after+1, "after") && (r.closes(after+2) || r.any(after+2, "next"))):
		return dayRead{day: next.add(7), to: after + 1, rule: "date/weekday-week"}, true
	case r.any(after, "a") && r.any(after+1, "week"):
		return dayRead{day: next.add(7), to: after + 2, rule: "date/weekday-week"}, true
	case r.any(after, "fortnight"):
		return dayRead{day: next.add(14), to: after + 1, rule: "date/weekday-fortnight"}, true
	case r.any(after, "after") && r.any(after+1, "next"), r.any(after, "week") && r.any(after+1, "after"):
		return r.fault("date/vague", after+2)
	case r.any(after, "next") && r.any(after+1, "week"), r.any(after, "of", "in") && r.any(after+1, "next") && r.any(after+2, "week"):
		if r.any(after, "of", "in") {
			after++
		}
		return dayRead{day: following, to: after + 2, rule: "date/weekday-next-week"}, true
	case r.any(after, "the") && r.any(after+1, "week", "following") && (r.any(after+2, "after")):
		return r.fault("date/vague", after+3)
	case r.any(after, "this") && r.any(after+1, "week"), r.any(after, "of") && r.any(after+1, "this") && r.any(after+2, "week"):
		if r.any(after, "of") {
			after++
		}
		return dayRead{day: r.today.monday().add((int(w) + 6) % 7), to: after + 2, rule: "date/weekday-this-week"}, true
	case r.any(after, "last") && r.any(after+1, "week"), r.any(after, "gone", "just") && r.any(after+1, "gone"):
		return r.fault("date/past", after+2)
	case r.any(after, "next") && which == "":
		return dayRead{day: following, to: after + 1, rule: "date/next-weekday"}, true
	}
	switch which {
	case "next":
		if r.text(start+1) == "available" {
			return dayRead{day: next, to: end, rule: "date/weekday"}, true
		}
		return dayRead{day: following, to: end, rule: "date/next-weekday"}, true
	case "this", "coming":
		if r.today.weekday() == w && which == "this" && !r.any(end, "coming") {
			return r.fault("date/vague", end)
		}
		return dayRead{day: next, to: end, rule: "date/this-weekday", weekday: r.any(start, "coming")}, true
	case "following":
		return r.fault("date/vague", end)
	case "every", "each":
		return dayRead{day: next, to: end, rule: "date/recurring", weekday: true}, true
	}
	switch week, said := r.weekBefore(start); {
	case r.notThisWeek.to > 0 && start >= r.notThisWeek.to && week != "after next":
		return dayRead{day: following, to: end, rule: "date/weekday-next-week", upon: r.notThisWeek}, true
	case week == "next":
		return dayRead{day: following, to: end, rule: "date/weekday-next-week", upon: said}, true
	case week == "this":
		return dayRead{day: following.add(-7), to: end, rule: "date/weekday-this-week", upon: said}, true
	case week == "after next":
		return dayRead{day: following.add(7), to: end, rule: "date/weekday-next-week", upon: said}, true
	}
	if after > end && r.any(after-1, "mornings", "afternoons", "evenings", "nights") {
		return dayRead{day: next, to: after, rule: "date/recurring", weekday: true}, true
	}
	if d, ok := r.numbered(end, w); ok {
		return d, true
	}
	if recurs := r.text(end-1) != "" && len(r.t[end-1].text) > 6 && r.t[end-1].text[len(r.t[end-1].text)-1] == 's' && r.t[end-1].kind == wordToken; recurs && r.t[end-1].text != "tues" && r.t[end-1].text != "weds" && r.t[end-1].text != "thurs" {
		return dayRead{day: next, to: end, rule: "date/recurring", weekday: true}, true
	}
	return dayRead{day: next, to: end, rule: "date/weekday", weekday: true}, true
}

// weekBefore tells which week is named shortly before a weekday: "next week,
// probably Friday", "early next week, say Tuesday"; and where.
func (r dateReader) weekBefore(i int) (week string, said stretch) {
	for i--; i >= 0 && betweenMonthAndDay[r.text(i)]; i-- {
	}
	switch {
	case r.any(i, "next") && r.any(i-1, "after") && r.any(i-2, "week"):
		return "after next", stretch{i - 2, i + 1}
	case r.any(i, "week", "weeks") && r.any(i-1, "next", "this"):
		if _, ok := weekdays[r.text(i-2)]; ok {
			return "", said // "away Sunday next week. Friday then": a day of its own
		}
		return r.text(i - 1), stretch{i - 1, i + 1}
	}
	return "", said
}

// numbered reads a bare number that ends a clause behind a weekday: a day of the
// month where only that can be meant, as in "Friday 27", and an hour where only
// that can, as in "Friday 2".
func (r dateReader) numbered(i int, w time.Weekday) (dayRead, bool) {
	n, ok := r.whole(i)
	if !ok || r.t[i].suffix != "" || n < 1 || n > 31 || i+1 < len(r.t) && !r.any(i+1, ",", "!", "?", "please") {
		return dayRead{}, false
	}
	day := civil{r.today.y, r.today.m, n}
	if n < r.today.d {
		day = civilOf(day.utc().AddDate(0, 1, 0))
	}
	switch next := r.today.next(w); {
	case n <= 12 && day != next && day.weekday() == w:
		return r.fault("date/vague", i+1)
	case n <= 12:
		return dayRead{day: next, to: i + 1, rule: "date/weekday"}, true
	case !day.valid() || day.weekday() != w:
		return r.fault("date/contradicts-itself", i+1)
	}
	return dayRead{day: day, to: i + 1, rule: "date/day-of-month"}, true
}

// nthWeekday reads "first Monday in April", "third Thursday of the month".
func (r dateReader) nthWeekday(n int, w time.Weekday, i int) (dayRead, bool) {
	if !r.any(i, "of", "in") {
		return dayRead{}, false
	}
	i++
	first, end, ok := r.monthStart(i)
	if !ok {
		return dayRead{}, false
	}
	if n < 0 {
		last := civilOf(first.utc().AddDate(0, 1, 0)).add(-1)
		return dayRead{day: last.add(-((int(last.weekday()) - int(w) + 7) % 7)), to: end, rule: "date/nth-weekday"}, true
	}
	day := first.add((int(w)-int(first.weekday())+7)%7 + 7*(n-1))
	if day.m != first.m {
		return r.fault("date/impossible", end)
	}
	return dayRead{day: day, to: end, rule: "date/nth-weekday"}, true
}

// lastOf tells "last Friday of March" and "last day of the month".
func (r dateReader) lastOf(i int) bool {
	_, day := weekdays[r.text(i+1)]
	if !day && !r.any(i+1, "day") || !r.any(i+2, "of", "in") {
		return false
	}
	_, _, ok := r.monthStart(i + 3)
	return ok
}

// lastDay reads them.
func (r dateReader) lastDay(i int) (dayRead, bool) {
	if !r.any(i, "last") || !r.lastOf(i) {
		return dayRead{}, false
	}
	if w, ok := weekdays[r.text(i+1)]; ok {
		return r.nthWeekday(-1, w, i+2)
	}
	first, end, _ := r.monthStart(i + 3)
	return dayRead{day: civilOf(first.utc().AddDate(0, 1, 0)).add(-1), to: end, rule: "date/last-day"}, true
}

// monthStart reads "April", "the month", "next month" as its first day.
func (r dateReader) monthStart(i int) (civil, int, bool) {
	if m, ok := r.month(i); ok {
		c := civil{r.today.y, m, 1}
		if m < r.today.m {
			c.y++
		}
		return c, i + 1, true
	}
	first := civil{r.today.y, r.today.m, 1}
	switch {
	case r.any(i, "next") && r.any(i+1, "month"):
		return civilOf(first.utc().AddDate(0, 1, 0)), i + 2, true
	case r.any(i, "the", "this") && r.any(i+1, "month"):
		return first, i + 2, true
	}
	return civil{}, 0, false
}

// dayOfMonth reads "the 5th" and "on the 5th": the next one to come.
func (r dateReader) dayOfMonth(i int) (dayRead, bool) {
	lead := r.any(i, "the")
	j := i
	if lead {
		j++
	}
	d, end, ordinal, ok := r.dayNumber(j)
	if !ok || !ordinal {
		return dayRead{}, false
	}
	if w, ok := weekdays[r.text(end)]; ok && d <= 5 {
		if n, ok := r.nthWeekday(d, w, end+1); ok {
			return n, true
		}
	}
	if r.any(end, "week", "one", "time", "option", "of", "thing", "half", "quarter", "weekend", "day", "choice", "floor", "birthday", "anniversary", "wedding", "year", "century", "lucky", "street", "avenue", "road", "lane", "grandchild", "grandson", "granddaughter", "visit", "session", "appointment", "attempt", "go") {
		return dayRead{}, false
	}
	if r.any(i-1, "-") && i > 1 && r.digits(i-2) && r.t[i-2].value <= 31 { // 12-13th
		return r.fault("date/several", end)
	}
	if r.t[j].kind == wordToken && !lead && d < 10 && !r.any(i-1, "on") {
		return dayRead{}, false
	}
	if d > 31 && !lead && r.any(i-1, "my", "his", "her", "our", "mums", "dads", "mum", "dad") {
		return dayRead{}, false // "my 80th is Saturday"
	}
	if d < 1 || d > 31 {
		return r.fault("date/impossible", end)
	}
	if m, said, ok := r.monthBefore(i); ok { // "mid April, the 15th"
		day, ok := r.undated(m, d, end, "date/day-month")
		day.upon = said
		return day, ok
	}
	c := civil{r.today.y, r.today.m, d}
	if d <= r.today.d {
		next := civilOf(civil{r.today.y, r.today.m, 1}.utc().AddDate(0, 1, 0))
		c = civil{next.y, next.m, d}
	}
	if !c.valid() {
		return r.fault("date/impossible", end)
	}
	return dayRead{day: c, to: end, rule: "date/day-of-month"}, true
}

// monthBefore finds a month named shortly before a day of it: "April sometime,
// maybe the 9th", "next month on the 9th".
func (r dateReader) monthBefore(i int) (m time.Month, said stretch, ok bool) {
	for i--; i >= 0 && betweenMonthAndDay[r.text(i)]; i-- {
	}
	if i > 0 && r.any(i, "month") && r.any(i-1, "next") {
		return r.today.m%12 + 1, stretch{i - 1, i + 1}, true
	}
	if i < 0 {
		return 0, said, false
	}
	m, ok = r.month(i)
	return m, stretch{i, i + 1}, ok
}

var betweenMonthAndDay = set(", on the - . now maybe probably perhaps sometime about say then it is so a like in")
