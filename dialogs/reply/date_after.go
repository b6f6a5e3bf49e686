package reply

// after reads a day counted from the one named before it: "not this Friday, the
// one after", "can't do tomorrow so the day after", "not the 10th, the Tuesday
// after that".
func (r dateReader) after(i int, found []dayRead) (dayRead, bool) {
	if len(found) == 0 || found[len(found)-1].fault != "" {
		return dayRead{}, false
	}
	last := found[len(found)-1].day
	if r.any(i, "the", "on") {
		i++
	}
	if r.any(i, "the") {
		i++
	}
	if found[len(found)-1].rule == "date/recurring" {
		return r.recurs(i, last)
	}
	w, named := weekdays[r.text(i)]
	switch {
	case named && r.any(i+1, "after") && r.closes(i+2):
		return dayRead{day: last.next(w), to: i + 2, rule: "date/after-that"}, true
	case named && r.any(i+1, "following"):
		return dayRead{day: last.next(w), to: i + 2, rule: "date/after-that"}, true
	case r.any(i, "day") && r.any(i+1, "before") && r.closes(i+2):
		return dayRead{day: last.add(-1), to: i + 2, rule: "date/after-that"}, true
	case r.any(i, "day") && r.any(i+1, "after", "following") && (r.closes(i+2) || r.any(i+2, "though", "instead", "please", "would", "is", "if")):
		return dayRead{day: last.add(1), to: i + 2, rule: "date/after-that"}, true
	case r.any(i, "one", "week") && r.any(i+1, "after", "following") && r.closes(i+2):
		return dayRead{day: last.add(7), to: i + 2, rule: "date/after-that"}, true
	case r.any(i, "next", "following") && r.any(i+1, "one") && r.closes(i+2):
		return dayRead{day: last.add(7), to: i + 2, rule: "date/after-that"}, true
	case r.any(i, "next", "following") && i > 0 && (r.any(i-1, "the") || r.any(found[len(found)-1].from, "this") && r.any(found[len(found)-1].from-1, "not")) && (i+1 == len(r.t) || r.t[i+1].kind == markToken):
		return dayRead{day: last.add(7), to: i + 1, rule: "date/after-that"}, true
	}
	return dayRead{}, false
}

// recurs reads one of the days of what recurs: "it's on Tuesdays, I'll go to the
// next one", "this week's". "Starting this week" is its first day already.
func (r dateReader) recurs(i int, first civil) (dayRead, bool) {
	if r.any(i, "this") && r.any(i-1, "starting", "from", "beginning") {
		return dayRead{}, false
	}
	week := first.monday()
	switch {
	case r.any(i, "next", "this", "following", "coming") && r.any(i+1, "one"):
		return dayRead{day: first, to: i + 2, rule: "date/after-that"}, true
	case r.any(i, "one", "week") && r.any(i+1, "after") && r.closes(i+2):
		return dayRead{day: first.add(7), to: i + 2, rule: "date/after-that"}, true
	case r.any(i, "this") && r.any(i+1, "week", "week's", "weeks"):
		week = r.today.monday()
	case r.any(i, "next") && r.any(i+1, "week", "week's", "weeks"):
		week = r.today.monday().add(7)
	default:
		return dayRead{}, false
	}
	if r.weekdayNear(i + 2) {
		return dayRead{}, false
	}
	return dayRead{day: week.add((int(first.weekday()) + 6) % 7), to: i + 2, rule: "date/after-that"}, true
}

// nextTo reads a day by another that it stands next to: "the day before Good
// Friday", "the Tuesday after Easter".
func (r dateReader) nextTo(i int) (dayRead, bool) {
	if r.any(i, "the", "on") {
		i++
	}
	w, named := weekdays[r.text(i)]
	if !named && (!r.any(i, "day") || r.any(i-1, "any", "every", "some", "each")) || !r.any(i+1, "before", "after") {
		return dayRead{}, false
	}
	d, ok := r.anchor(i + 2)
	if !ok {
		return dayRead{}, false
	}
	switch before := r.any(i+1, "before"); {
	case named && before:
		d.day = d.day.add(-8).next(w)
	case named:
		d.day = d.day.next(w)
	case before:
		d.day = d.day.add(-1)
	default:
		d.day = d.day.add(1)
	}
	if !r.today.before(d.day) {
		return r.fault("date/several", d.to) // "the day before Tuesday", on a Monday
	}
	d.rule, d.weekday = "date/after-that", false
	return d, true
}

// anchor reads a day that another can be counted from: a feast, or a date.
func (r dateReader) anchor(i int) (dayRead, bool) {
	if d, ok := r.weekdayAt(i); ok {
		return d, d.fault == "" && d.day.weekday() != r.today.weekday()
	}
	for _, read := range []func(int) (dayRead, bool){r.iso, r.slashed, r.dayMonth, r.monthDay, r.feast, r.dayOfMonth} {
		if d, ok := read(i); ok && d.fault == "" {
			return d, true
		}
	}
	return dayRead{}, false
}

// closes tells that "after" has nothing of its own behind it but "that".
func (r dateReader) closes(i int) bool {
	return i >= len(r.t) || r.t[i].kind != wordToken && r.t[i].kind != numberToken || r.any(i, "that", "this", "please", "instead", "then", "x", "because", "so", "if")
}

// weekAfterNext tells "the week after next" at token i, and where it ends.
func (r dateReader) weekAfterNext(i int) (to int, ok bool) {
	for r.any(i, "of", "in", "the") {
		i++
	}
	return i + 3, r.any(i, "week") && r.any(i+1, "after") && r.any(i+2, "next")
}
