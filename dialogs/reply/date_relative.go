package reply

// count reads how many: 3, three, a, a couple of.
func (r dateReader) count(i int) (n, to int, ok bool) {
	if v, ok := r.whole(i); ok && r.t[i].suffix == "" {
		return v, i + 1, true
	}
	if r.any(i, "a", "an", "one") {
		return 1, i + 1, true
	}
	if i < len(r.t) && r.t[i].kind == wordToken {
		if v, ok := numberWords[r.text(i)]; ok && v >= 1 {
			return int(v), i + 1, true
		}
	}
	return 0, 0, false
}

// unit reads a length of time in days.
func (r dateReader) unit(i int) (days int, ok bool) {
	switch r.text(i) {
	case "day", "days":
		return 1, true
	case "week", "weeks":
		return 7, true
	case "fortnight", "fortnights":
		return 14, true
	}
	return 0, false
}

// span reads a length: "3 days", "a week", "2wks".
func (r dateReader) span(i int) (days, to int, ok bool) {
	if r.digits(i) {
		switch r.t[i].suffix {
		case "d", "day", "days":
			return int(r.t[i].value), i + 1, true
		case "w", "wk", "wks", "week", "weeks":
			return 7 * int(r.t[i].value), i + 1, true
		}
	}
	n, j, ok := r.count(i)
	if !ok {
		if u, ok := r.unit(i); ok && u >= 7 && r.any(i, "week", "fortnight") {
			return u, i + 1, true
		}
		return 0, 0, false
	}
	u, ok := r.unit(j)
	if !ok || n > 3660 {
		return 0, 0, false
	}
	return n * u, j + 1, true
}

// inDays reads "in 3 days", "3 days' time", "a week today", "a week on
// Friday", "two weeks tomorrow", "10 days".
func (r dateReader) inDays(i int) (dayRead, bool) {
	j, in := i, false
	if r.any(i, "in", "within") {
		j, in = i+1, r.any(i, "in")
		if !in {
			return dayRead{}, false
		}
	}
	in = in || r.any(i-1, "me", "it", "us") && r.any(i-2, "give", "leave", "giving", "leaving")
	days, k, ok := r.span(j)
	if !ok {
		return r.inMonths(j, in)
	}
	if r.is(k, "'") {
		k++
	}
	lead := i > 0 && r.any(i-1, "every", "each", "this", "next", "last", "the", "for", "per", "within", "about", "around", "under", "over", "first", "second", "third", "all", "than", "couple", "few", "any", "mid", "least", "roughly", "another", "other", "once", "twice", "times", "maybe", "or", "to", "half", "end")
	if r.any(i-1, "or", "to", "-") && i > 1 {
		if _, _, ok := r.count(i - 2); ok {
			return r.fault("date/vague", k)
		}
	}
	if r.any(k, "ago") {
		return r.fault("date/past", k+1)
	}
	if r.any(k, "or", "to", "and", "ish", "-") && !r.any(k, "and", "or", "to") {
		return r.fault("date/vague", k+1)
	}
	if r.any(k, "or", "to") && (r.any(k+1, "so", "two", "three", "2", "3", "4", "more")) {
		return r.fault("date/vague", k+2)
	}
	if days%7 == 0 && days > 0 && !in { // a week today, two weeks on Friday
		m := k
		if r.any(m, "on", "from", "this", "come", "after") {
			m++
		}
		if r.any(m, "next") && !r.any(m-1, "after") && r.weekdayNear(m+1) {
			return r.fault("date/vague", m+2)
		}
		if r.any(m, "this") {
			m++
		}
		if r.any(m, "today", "now") {
			return dayRead{day: r.today.add(days), to: m + 1, rule: "date/week-today"}, true
		}
		if r.any(m, "tomorrow") {
			return dayRead{day: r.today.add(days + 1), to: m + 1, rule: "date/week-tomorrow"}, true
		}
		if w, ok := weekdays[r.text(m)]; ok && !r.any(i-1, "the", "this", "next", "every", "each") && r.weekOn(j, k, m) {
			return dayRead{day: r.today.next(w).add(days), to: m + 1, rule: "date/week-on-weekday"}, true
		}
	}
	end := k
	if r.any(k, "time", "later") {
		end = k + 1
	} else if r.any(k, "from") && r.any(k+1, "now", "today") {
		end = k + 2
	}
	switch {
	case lead && end == k:
		return dayRead{}, false
	case !in && end == k && days == 1: // "one day" is any day
		return dayRead{}, false
	case in || end > k || j == i && r.alone(i, k):
		if in && r.weekdayNear(end) {
			return r.fault("date/vague", end)
		}
		return dayRead{day: r.today.add(days), to: end, rule: "date/in-days"}, true
	}
	return dayRead{}, false
}

// inMonths reads "in a month", "in two months' time", "a month from now".
func (r dateReader) inMonths(i int, in bool) (dayRead, bool) {
	n, k, ok := r.count(i)
	if !ok && r.any(i, "month") && r.any(i+1, "from") {
		n, k, ok = 1, i, true
	}
	if !ok || n > 120 || !r.any(k, "month", "months") {
		return dayRead{}, false
	}
	k++
	for r.is(k, "'") || r.any(k, "s") {
		k++
	}
	switch {
	case r.any(k, "or", "ish", "to"):
		return dayRead{fault: "date/vague", to: k + 1}, in
	case r.any(k, "time"):
		in, k = true, k+1
	case r.any(k, "from") && r.any(k+1, "now", "today"):
		in, k = true, k+2
	}
	if !in && r.any(k, "on") && r.weekdayNear(k) {
		return r.fault("date/vague", k+2)
	}
	if !in {
		return dayRead{}, false
	}
	first := civilOf(civil{r.today.y, r.today.m, 1}.utc().AddDate(0, n, 0))
	last := civilOf(first.utc().AddDate(0, 1, 0)).add(-1)
	return dayRead{day: civil{first.y, first.m, min(r.today.d, last.d)}, to: k, rule: "date/month-today"}, true
}

// weekOn tells "a week on Friday" and "week Friday" from a count of weeks and
// a weekday that merely follows it.
func (r dateReader) weekOn(from, unit, day int) bool {
	return day > unit || r.any(from, "a", "week", "fortnight", "two", "2")
}

func (r dateReader) weekdayNear(i int) bool {
	if r.any(i, "on") {
		i++
	}
	_, ok := weekdays[r.text(i)]
	return ok
}

// alone tells that nothing but polite words stands around tokens from..to.
func (r dateReader) alone(from, to int) bool {
	for i, t := range r.t {
		if (i < from || i >= to) && t.kind != markToken && t.kind != faceToken && !politeWord[t.text] {
			return false
		}
	}
	return true
}

var politeWord = set("please thanks thank you ok yes say i think maybe um er probably lets let us make it ask me how about time x lol from now")

// ago finds what is past by its own words.
func (r dateReader) ago(i int) (dayRead, bool) {
	switch {
	case r.any(i, "yesterday", "ddoe"):
		return r.fault("date/past", i+1)
	case r.any(i, "last") && r.lastOf(i):
		return dayRead{}, false
	case r.any(i, "last") && r.any(i-1, "as", "like", "than"):
		return dayRead{}, false
	case r.any(i, "last") && (r.any(i+1, "week", "month", "night", "year", "weekend") || r.weekdayNear(i+1)):
		return r.fault("date/past", i+2)
	case r.any(i, "day") && r.any(i+1, "before") && r.any(i+2, "yesterday"):
		return r.fault("date/past", i+3)
	}
	return dayRead{}, false
}

// near reads today, tomorrow, tonight, the day after tomorrow.
func (r dateReader) near(i int) (dayRead, bool) {
	switch {
	case r.any(i, "day", "the") && r.near2(i) > 0:
		j := r.near2(i)
		return dayRead{day: r.today.add(2), to: j, rule: "date/day-after-tomorrow"}, true
	case r.any(i, "the") && r.any(i+1, "day") && r.any(i+2, "after") && r.said(i, "tomorrow"):
		return dayRead{day: r.today.add(2), to: i + 3, rule: "date/day-after-tomorrow"}, true
	case r.any(i, "a") && r.any(i+1, "month") && (r.any(i+2, "today") || r.any(i+2, "from") && r.any(i+3, "today")):
		end := i + 3
		if r.any(i+2, "from") {
			end++
		}
		return dayRead{day: civilOf(r.today.utc().AddDate(0, 1, 0)), to: end, rule: "date/month-today"}, true
	case r.any(i, "overmorrow"):
		return dayRead{day: r.today.add(2), to: i + 1, rule: "date/day-after-tomorrow"}, true
	case r.any(i, "the") && r.any(i+1, "morn", "morns", "morrow"): // Scots
		end := i + 2
		if r.any(end, "morn", "nicht") {
			end++
		}
		return dayRead{day: r.today.add(1), to: end, rule: "date/tomorrow"}, true
	case r.any(i, "the") && r.any(i+1, "day", "night") && (i+2 == len(r.t) || r.t[i+2].kind == markToken) && !r.any(i-1, "on", "of", "in", "for", "all", "during", "through", "and", "is", "at", "not"): // Scots
		return dayRead{day: r.today, to: i + 2, rule: "date/today"}, true
	case r.any(i, "the") && r.any(i+1, "nicht"):
		return dayRead{day: r.today, to: i + 2, rule: "date/today"}, true
	case r.any(i, "tomorrow", "yfory"):
		if n := r.weeks(i + 1); n > 0 {
			return dayRead{day: r.today.add(n + 1), to: i + 2, rule: "date/week-tomorrow"}, true
		}
		return dayRead{day: r.today.add(1), to: i + 1, rule: "date/tomorrow"}, true
	case r.any(i, "today", "tonight", "heddiw", "heno"):
		if n := r.weeks(i + 1); n > 0 {
			return dayRead{day: r.today.add(n), to: i + 2, rule: "date/week-today"}, true
		}
		return dayRead{day: r.today, to: i + 1, rule: "date/today"}, true
	case r.any(i, "this") && r.any(i+1, "morning", "afternoon", "evening", "lunchtime", "aft", "arvo", "avo", "avvy", "evng"):
		return dayRead{day: r.today, to: i + 2, rule: "date/today"}, true
	case r.any(i, "this") && r.any(i+1, "very") && r.any(i+2, "minute", "second", "instant", "day", "moment"):
		return dayRead{day: r.today, to: i + 3, rule: "date/today"}, true
	case r.any(i, "straight", "right") && r.any(i+1, "away") || r.any(i, "this") && r.any(i+1, "minute", "instant", "second") || r.any(i, "we") && r.any(i-1, "as") && r.any(i+1, "speak"):
		return dayRead{day: r.today, to: i + 2, rule: "date/today"}, true
	case r.any(i, "in") && (r.any(i+1, "half") || r.any(i+2, "minute", "minutes", "hour", "hours", "mo", "sec", "half")) && (r.any(i+2, "minute", "minutes", "hour", "hours", "mo", "sec") || r.any(i+3, "hour")):
		end := i + 3
		for r.any(end, "hour", "time") {
			end++
		}
		return dayRead{day: r.today, to: end, rule: "date/today"}, true
	case r.any(i, "immediately"):
		return dayRead{day: r.today, to: i + 1, rule: "date/today"}, true
	case r.any(i, "this") && r.any(i+1, "very", "coming") && r.any(i+2, "morning", "afternoon", "evening", "day", "night"):
		return dayRead{day: r.today, to: i + 3, rule: "date/today"}, true
	case r.any(i, "later") && r.any(i+1, "on") && r.any(i+2, "today"):
		return dayRead{day: r.today, to: i + 3, rule: "date/today"}, true
	case r.any(i, "now") && (r.alone(i, i+1) || r.any(i-1, "right") && r.alone(i-1, i+1) || r.doing(i)):
		return dayRead{day: r.today, to: i + 1, rule: "date/today"}, true
	case r.any(i, "same", "this") && r.any(i+1, "time", "day") && (r.any(i+2, "next") && r.any(i+3, "week") || r.any(i+2, "in") && r.any(i+3, "a") && r.any(i+4, "week")):
		end := i + 4
		if r.any(i+2, "in") {
			end = i + 5
		}
		return dayRead{day: r.today.add(7), to: end, rule: "date/same-day-next-week"}, true
	case r.any(i, "same", "this") && r.any(i+1, "day") && r.weeks(i+2) > 0:
		return dayRead{day: r.today.add(r.weeks(i + 2)), to: i + 3, rule: "date/week-today"}, true
	case r.any(i, "same", "this") && r.any(i+1, "time", "day") && r.any(i+2, "tomorrow"):
		return dayRead{day: r.today.add(1), to: i + 3, rule: "date/tomorrow"}, true
	}
	return dayRead{}, false
}

// weeks is how much later "tomorrow week" and "today fortnight" are.
func (r dateReader) weeks(i int) int {
	switch r.text(i) {
	case "week":
		return 7
	case "fortnight":
		return 14
	}
	return 0
}

// said tells whether a word stands somewhere before token i.
func (r dateReader) said(i int, word string) bool {
	for k := range i {
		if r.any(k, word) {
			return true
		}
	}
	return false
}

func (r dateReader) near2(i int) int {
	if r.any(i, "the") {
		i++
	}
	if r.any(i, "day") && r.any(i+1, "after") {
		if r.any(i+2, "the") { // Scots
			i++
		}
		if r.any(i+2, "tomorrow", "morn", "morns") {
			return i + 3
		}
	}
	return 0
}
