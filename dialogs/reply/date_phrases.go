package reply

import "time"

// at reads the day named at token i, if one is named there.
func (r dateReader) at(i int) (dayRead, bool) {
	for _, read := range []func(int) (dayRead, bool){r.iso, r.slashed, r.dayMonth, r.monthDay, r.lastDay, r.ago, r.nextTo, r.ofWeek, r.inDays, r.near, r.feast, r.weekdayAt, r.dayOfMonth, r.vagueAt} {
		if d, ok := read(i); ok {
			return d, true
		}
	}
	return dayRead{}, false
}

func (r dateReader) fault(id RuleID, to int) (dayRead, bool) {
	return dayRead{fault: id, to: to}, true
}

func (r dateReader) text(i int) string {
	if i < 0 || i >= len(r.t) {
		return ""
	}
	if r.t[i].id != 0 && r.t[i].kind == wordToken {
		return known.words[r.t[i].id]
	}
	return r.t[i].text
}

func (r dateReader) any(i int, words ...string) bool {
	t := r.text(i)
	for _, w := range words {
		if t == w {
			return true
		}
	}
	return false
}

// whole gives the whole number at token i.
func (r dateReader) whole(i int) (int, bool) {
	if !r.digits(i) || r.t[i].value != float64(int(r.t[i].value)) || len(r.t[i].digits) > 4 {
		return 0, false
	}
	return int(r.t[i].value), true
}

// date makes a day of parts; a year below 100 is of this century.
func (r dateReader) date(y, m, d, to int, id RuleID) (dayRead, bool) {
	if y < 100 {
		y += r.today.y / 100 * 100
	}
	c := civil{y, time.Month(m), d}
	if !c.valid() {
		return r.fault("date/impossible", to)
	}
	return dayRead{day: c, to: to, rule: id}, true
}

// undated makes a day without a year: this year's, or next year's when that
// is the near one, as 2 January is in December.
func (r dateReader) undated(m time.Month, d, to int, id RuleID) (dayRead, bool) {
	c := civil{r.today.y, m, d}
	if c.before(r.today) {
		if n := (civil{r.today.y + 1, m, d}); n.valid() && r.today.daysTo(n) <= 183 {
			c = n
		}
	}
	return r.date(c.y, int(m), d, to, id)
}

// iso reads 2026-03-05.
func (r dateReader) iso(i int) (dayRead, bool) {
	y, ok := r.whole(i)
	if !ok || len(r.t[i].digits) != 4 || !r.is(i+1, "-") && !r.is(i+1, "/") {
		return dayRead{}, false
	}
	m, ok1 := r.whole(i + 2)
	d, ok2 := r.whole(i + 4)
	if !ok1 || !ok2 || !r.is(i+3, r.t[i+1].text) {
		return dayRead{}, false
	}
	return r.date(y, m, d, i+5, "date/iso")
}

// slashed reads 5/3, 05/03/26, 5.3.26 and 5-3-2026, day first. Points and
// dashes need the year: 5.30 is a time, 5-3 a range.
func (r dateReader) slashed(i int) (dayRead, bool) {
	d, ok := r.whole(i)
	if !ok || i+2 >= len(r.t) || r.t[i].suffix != "" {
		return dayRead{}, false
	}
	if m, ok := r.whole(i + 1); ok && m <= 12 && r.digits(i+2) && r.t[i+2].suffix == "" { // 14 03 2026
		if y, ok := r.whole(i + 2); ok && (len(r.t[i+2].digits) == 4 || y == r.today.y%100) {
			return r.date(y, m, d, i+3, "date/day-month-year")
		}
	}
	mark := r.t[i+1].text
	if mark != "/" && mark != "-" && mark != "." {
		return dayRead{}, false
	}
	m, ok := r.whole(i + 2)
	if !ok || r.t[i+2].suffix != "" {
		return dayRead{}, false
	}
	if r.is(i+3, mark) && r.digits(i+4) {
		if y, ok := r.whole(i + 4); ok {
			return r.date(y, m, d, i+5, "date/day-month-year")
		}
	}
	if mark == "/" {
		return r.undated(time.Month(m), d, i+3, "date/day-month")
	}
	return dayRead{}, false
}

// dayNumber reads a day of the month: 5, 5th, fifth, twenty first.
func (r dateReader) dayNumber(i int) (d, to int, ordinal, ok bool) {
	if n, ok := r.whole(i); ok {
		s := r.t[i].suffix
		switch {
		case s == "st" || s == "nd" || s == "rd" || s == "th":
			return n, i + 1, true, true
		case s == "" && r.any(i+1, "st", "nd", "rd", "th"):
			return n, i + 2, true, true
		}
		return n, i + 1, false, s == ""
	}
	if i >= len(r.t) || r.t[i].kind != wordToken {
		return 0, 0, false, false
	}
	w := r.text(i)
	if v, ok := ordinalWords[w]; ok {
		return int(v), i + 1, true, true
	}
	if v, ok := numberWords[w]; ok {
		j := i + 1
		if r.is(j, "-") {
			j++
		}
		if u, ok := ordinalWords[r.text(j)]; ok && (v == 20 || v == 30) && u < 10 {
			return int(v + u), j + 1, true, true
		}
		return int(v), i + 1, false, true
	}
	return 0, 0, false, false
}

func (r dateReader) year(i int) (int, int) {
	if n, ok := r.whole(i); ok && n >= 2000 && n < 2100 && len(r.t[i].digits) == 4 {
		return n, i + 1
	}
	if r.is(i, "'") || r.is(i, ",") {
		if n, ok := r.whole(i + 1); ok && (r.is(i, "'") && n < 100 || n >= 2000 && n < 2100) {
			return n, i + 2
		}
	}
	if r.any(i, "next") && r.any(i+1, "year") {
		return r.today.y + 1, i + 2
	}
	if r.any(i, "this") && r.any(i+1, "year") {
		return r.today.y, i + 2
	}
	return 0, i
}

func (r dateReader) month(i int) (time.Month, bool) {
	m, ok := months[r.text(i)]
	if !ok && i < len(r.t) {
		m, ok = months[r.t[i].text]
	}
	return m, ok
}

// dayMonth reads "5 March", "the 5th of March 2026", "5th of next month".
func (r dateReader) dayMonth(i int) (dayRead, bool) {
	if r.any(i, "the") {
		i++
	}
	d, j, ordinal, ok := r.dayNumber(i)
	if !ok {
		return dayRead{}, false
	}
	if r.any(j, "day") {
		j++
	}
	if r.any(j, "of") {
		j++
	}
	if m, end, named, ok := r.dayNumber(j + 1); ok && named && ordinal && r.any(j-1, "of") && r.any(j, "the") && m <= 12 { // the 10th of the 3rd
		return r.withYear(time.Month(m), d, end)
	}
	if r.is(j, "-") || r.is(j, "/") {
		j++
	}
	if r.any(j, "next", "this", "the") && r.any(j+1, "month") && (j > i+1 || ordinal && !r.any(j, "the")) {
		first := civil{r.today.y, r.today.m, 1}
		if r.any(j, "next") || r.any(j, "the") && d <= r.today.d {
			first = civilOf(first.utc().AddDate(0, 1, 0))
		}
		return r.date(first.y, int(first.m), d, j+2, "date/day-of-month")
	}
	m, ok := r.month(j)
	if !ok {
		return dayRead{}, false
	}
	return r.withYear(m, d, j+1)
}

func (r dateReader) withYear(m time.Month, d, to int) (dayRead, bool) {
	if r.is(to, ".") && to+1 < len(r.t) && r.digits(to+1) {
		to++
	}
	if y, end := r.year(to); y > 0 {
		return r.date(y, int(m), d, end, "date/day-month-year")
	}
	if n, ok := r.whole(to); ok && len(r.t[to].digits) == 2 && r.t[to].suffix == "" && n >= r.today.y%100 && n <= r.today.y%100+2 && !r.any(to+1, ":", "am", "pm", "oclock") {
		return r.date(n, int(m), d, to+1, "date/day-month-year")
	}
	return r.undated(m, d, to, "date/day-month")
}

// monthDay reads "March 5", "March the 5th".
func (r dateReader) monthDay(i int) (dayRead, bool) {
	m, ok := r.month(i)
	if !ok {
		return dayRead{}, false
	}
	j := i + 1
	if r.any(j, "the") {
		j++
	}
	d, end, _, ok := r.dayNumber(j)
	if !ok || d > 31 && d < 2000 {
		if ok && d < 2000 {
			return r.fault("date/impossible", end)
		}
		return dayRead{}, false
	}
	if d >= 2000 {
		return dayRead{}, false
	}
	if r.any(end, "weeks", "days", "week", "months") {
		return dayRead{}, false
	}
	return r.withYear(m, d, end)
}
