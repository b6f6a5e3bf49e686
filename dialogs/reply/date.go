package reply

import "time"

// Date reads the one day that a reply names, as midnight in today's location.
// Days are British: 5/3 is 5 March, a bare weekday is the next one after
// today, "next Friday" lies in the following Monday-to-Sunday week and "Friday
// week" is seven days after Friday. What recurs gives its first day. A day
// that is past, impossible, contradicts itself or is not one day gives none.
func Date(text string, today time.Time) Reading[time.Time] {
	f := fold(text)
	t := spellDays(fromWelsh(verbS(f, spelledWill(scan(f)))))
	y, m, d := today.Date()
	r := dateReader{numberReader: numberReader{t}, today: civil{y, m, d}}
	r.notThisWeek = r.beyondThisWeek()
	out := r.read()
	reading := Reading[time.Time]{OK: out.ok, Rule: out.rule, AskBack: out.ask}
	if out.ok {
		reading.Value = time.Date(out.day.y, out.day.m, out.day.d, 0, 0, 0, 0, today.Location())
	}
	if out.to > out.from {
		reading.Span = f.source(t[out.from].from, t[out.to-1].to)
	}
	if out.ok && out.upon.to > 0 {
		reading.Upon = f.source(t[out.upon.from].from, t[out.upon.to-1].to)
	}
	return reading
}

// civil is a day of the calendar, free of clocks and zones.
type civil struct {
	y int
	m time.Month
	d int
}

func (c civil) utc() time.Time { return time.Date(c.y, c.m, c.d, 0, 0, 0, 0, time.UTC) }

func civilOf(t time.Time) civil {
	y, m, d := t.Date()
	return civil{y, m, d}
}

func (c civil) add(days int) civil        { return civilOf(c.utc().AddDate(0, 0, days)) }
func (c civil) weekday() time.Weekday     { return c.utc().Weekday() }
func (c civil) before(o civil) bool       { return c.utc().Before(o.utc()) }
func (c civil) daysTo(o civil) int        { return int(o.utc().Sub(c.utc()).Hours() / 24) }
func (c civil) valid() bool               { return c.m >= 1 && c.m <= 12 && c.d >= 1 && civilOf(c.utc()) == c }
func (c civil) next(w time.Weekday) civil { return c.add((int(w)-int(c.weekday())+6)%7 + 1) }

// monday is the first day of the week that c lies in.
func (c civil) monday() civil { return c.add(-(int(c.weekday()) + 6) % 7) }

// stretch are tokens of the text, none where to is 0.
type stretch struct{ from, to int }

// dayRead is one day named in the text.
type dayRead struct {
	day  civil
	ok   bool
	rule RuleID
	ask  bool
	from int
	to   int
	// upon is what it is counted from, where that stands apart.
	upon stretch
	// fault says why a phrase names no day that can be taken.
	fault RuleID
	// weekday is set for a weekday without more, which a date beside it refines.
	weekday bool
	// denied and corrected days do not count.
	denied bool
	// told days are those of something else.
	told bool
	// putOff days are those that it is left until, which bounds nothing.
	putOff bool
	// said days are put in the words that one answers with; apart is set on a
	// day in a clause of its own, behind one of another clause.
	said, apart bool
	// elsewhere are the days of other nations, where a bank holiday is not the
	// same in all.
	elsewhere []civil
}

type dateReader struct {
	numberReader
	today civil
	// notThisWeek is where a "not this week" stands, if it is said.
	notThisWeek stretch
}

func (r dateReader) none(id RuleID, from, to int) dayRead {
	return dayRead{rule: id, ask: true, from: from, to: to}
}

func (r dateReader) read() dayRead {
	if len(r.t) == 0 {
		return dayRead{rule: "date/nothing"}
	}
	var found []dayRead
	for i := 0; i < len(r.t); {
		d, ok := r.after(i, found)
		if ok && d.rule == "date/after-that" && !r.any(i-1, "or", "and", "not") {
			found[len(found)-1].told = true // only what the other is counted from
		}
		if ok {
			last := found[len(found)-1]
			d.ask, d.upon = last.ask, stretch{last.from, last.to}
		}
		if !ok {
			d, ok = r.at(i)
		}
		if !ok {
			i++
			continue
		}
		d.from = i
		found = append(found, d)
		i = max(d.to, i+1)
	}
	found = holidayOn(r.merge(found))
	r.context(found)
	return r.decide(found)
}

// gone tells a day that is past and has another behind it in a clause of its
// own: "did nothing last Friday, this Friday I will". Where only the verb says
// that it is past, one of what is to come must stand between: "went Saturday and
// going again this Saturday".
func (r dateReader) gone(found []dayRead, n int) bool {
	if found[n].fault == "date/bounded" && n+1 < len(found) {
		if r.any(found[n+1].to, "then", "instead") {
			return true // "nights till Thursday, Saturday then"
		}
		for i := found[n].to; i < found[n+1].from; i++ {
			if r.any(i, "so", "say") || r.t[i].kind == markToken && breakOf(r.t, i) == fullStop {
				return true // "away till the 19th, so the 21st"
			}
		}
	}
	past := found[n].fault == "date/past" || found[n].fault == "" && found[n].day.before(r.today)
	if !past || n+1 == len(found) {
		return false
	}
	for i := found[n].to; i < found[n+1].from; i++ {
		if found[n].rule == "" && r.t[i].kind == markToken || r.any(i, "so", "but", "now", "will", "ill", "going", "trying", "try") {
			return true
		}
	}
	return false
}

// farthest is how many days ahead a day may lie; ten years are a slip of the
// keyboard, not a plan.
const farthest = 3653

func (r dateReader) decide(found []dayRead) dayRead {
	var one *dayRead
	told := false
	for i := range found {
		d := &found[i]
		if d.denied || d.told || r.gone(found, i) || boundThenSaid(found[i:]) {
			told = told || d.told
			continue
		}
		if d.fault != "" {
			return r.none(d.fault, d.from, d.to)
		}
		if one != nil && d.weekday && !one.weekday && one.rule != "date/today" && one.day.weekday() == d.day.weekday() && !r.any(d.from-1, "or", "and", "&") {
			continue // "the 2nd of April, I think it's a Thursday"
		}
		if one != nil && one.day != d.day {
			if said, ok := onlySaid(found); ok {
				return said
			}
			return r.none("date/several", one.from, d.to)
		}
		if one == nil {
			one = d
		}
		one.ask = one.ask && d.ask // a day that is said twice is sure
	}
	switch {
	case one == nil && told:
		return r.none("date/told", found[0].from, found[0].to)
	case one == nil && len(found) > 0:
		return r.none("date/denied", found[0].from, found[0].to)
	case one == nil:
		return r.none("date/no-day", 0, 0)
	case one.day.before(r.today):
		return r.none("date/past", one.from, one.to)
	case r.today.add(farthest).before(one.day):
		return r.none("date/too-far", one.from, one.to)
	case r.opened(one.to):
		return r.none("date/several", one.from, one.to)
	case r.unsure(one.to):
		return r.none("date/unsure", one.from, one.to)
	}
	one.ok = true
	return *one
}
