package reply

// vagueAt finds phrases that speak of time without naming one day.
func (r dateReader) vagueAt(i int) (dayRead, bool) {
	switch {
	case r.any(i, "every") && r.any(i+1, "day", "morning", "evening", "afternoon", "night"), r.any(i, "daily", "nightly", "everyday"):
		to := i + 2
		if r.any(i, "daily", "nightly", "everyday") {
			to = i + 1
		}
		return dayRead{day: r.today.add(1), to: to, rule: "date/recurring"}, true
	case r.any(i, "couple", "few") && r.fewWeeks(i+1) > 0:
		return r.fault("date/vague", r.fewWeeks(i+1))
	case r.any(i, "weekend", "weekends"):
		if !r.any(i-1, "next", "last") && r.placedLater(i+1) || r.any(i-1, "the", "my") && r.any(i-2, "is") {
			return dayRead{}, false
		}
		return r.fault("date/no-single-day", i+1)
	case r.any(i, "next", "this", "following") && r.any(i+1, "week", "month", "year"):
		if r.placedLater(i+2) || i < r.notThisWeek.to && r.any(i, "this") {
			return dayRead{}, false
		}
		return r.fault("date/no-single-day", i+2)
	}
	return dayRead{}, false
}

// fewWeeks gives where "of weeks on Friday" ends, 0 if it is not there.
func (r dateReader) fewWeeks(i int) int {
	if r.any(i, "of") {
		i++
	}
	if !r.any(i, "week", "weeks", "month", "months") || !r.weekdayNear(i+1) {
		return 0
	}
	if r.any(i+1, "on") {
		i++
	}
	return i + 2
}

// placedLater tells "next week on Friday": the weekday behind says which day.
func (r dateReader) placedLater(i int) bool {
	for k := i; k < i+4 && k < len(r.t); k++ {
		if _, ok := weekdays[r.text(k)]; ok {
			return true
		}
		if _, ok := weekdays[r.t[k].text]; ok {
			return true
		}
		if _, _, ordinal, ok := r.dayNumber(k); ok && ordinal {
			return true
		}
	}
	for k := i - 3; k >= 0 && k > i-7; k-- {
		if _, ok := weekdays[r.text(k)]; ok {
			return true
		}
	}
	return false
}

// merge joins a weekday and the date beside it: "Thursday 5th", "Thursday the
// 5th of March". They must agree.
func (r dateReader) merge(found []dayRead) []dayRead {
	var out []dayRead
	for _, d := range found {
		if n := len(out) - 1; n >= 0 && out[n].fault == "" && d.fault == "" && r.beside(out[n].to, d.from) && !(out[n].rule == "date/today" && r.any(d.from-1, "is")) && (out[n].weekday != d.weekday) && !r.another(out[n], d) {
			a, b := out[n], d
			if b.weekday {
				a, b = b, a
			}
			m := b
			m.from, m.to = out[n].from, d.to
			m.denied = out[n].denied
			if out[n].upon.to > 0 {
				m.upon = out[n].upon
			}
			if b.day.weekday() != a.day.weekday() {
				m.fault = "date/contradicts-itself"
				if alt, ok := r.agreeing(b, a); ok {
					m.day, m.fault = alt, ""
				}
			}
			out[n] = m
			continue
		}
		if n := len(out) - 1; n >= 0 && out[n].rule == "date/recurring" && d.rule == "date/recurring" || n >= 0 && out[n].rule == "date/recurring" && d.weekday && r.any(d.from-1, "and", "or", "&") {
			if d.day.before(out[n].day) {
				out[n].day = d.day
			}
			out[n].to = d.to
			continue
		}
		out = append(out, d)
	}
	return out
}

// another tells "not tomorrow, Friday": behind a mark, a weekday that is not the
// day named before it is another day.
func (r dateReader) another(near, d dayRead) bool {
	return (near.rule == "date/tomorrow" || near.rule == "date/today") && d.weekday && near.day.weekday() != d.day.weekday() && r.t[d.from-1].kind == markToken
}

// agreeing is the day on which both agree after all: today, which a bare day of
// the month passes over.
func (r dateReader) agreeing(date, weekday dayRead) (civil, bool) {
	today := date.rule == "date/day-of-month" && date.day.d == r.today.d && weekday.day.weekday() == r.today.weekday()
	return r.today, today
}

func (r dateReader) beside(to, from int) bool {
	for k := to; k < from; k++ {
		if !r.any(k, ",", "the", "-", "(", "on", "at", "morning", "afternoon", "evening", "of", "that", "is", "ie", "a", "which") && r.t[k].kind != markToken {
			return false
		}
	}
	return true
}

// opened tells that the words right behind a day leave it open again: "tomorrow
// or the day after", "Friday or whenever".
func (r dateReader) opened(to int) bool {
	for r.any(to, "probably", "maybe", "perhaps", "possibly", ",") {
		to++
	}
	return r.any(to, "or") && to+1 < len(r.t) && !partOfDay[r.text(to+1)] && r.t[to+1].kind == wordToken && !r.any(to+1, "so", "if")
}
