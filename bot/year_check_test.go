package bot_test

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// What must hold, as people would say it. Nothing here asks the program: days
// come from walking a calendar, times from what the clocks of the place show,
// minute by minute.
const (
	opensAt  = 9 * 60  // nothing is sent first before nine,
	closesAt = 20 * 60 // and nothing from eight in the evening on
)

// closedDays are bank holidays from November 2027 to November 2028, as the law
// and the calendar give them: England and Wales, Scotland, Northern Ireland.
var closedDays = []map[string]bool{
	days2028("2027-12-27 2027-12-28 2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-08-28"),
	days2028("2027-11-30 2027-12-27 2027-12-28 2028-01-03 2028-01-04 2028-04-14 2028-05-01 2028-05-29 2028-08-07"),
	days2028("2027-12-27 2027-12-28 2028-01-03 2028-03-17 2028-04-14 2028-04-17 2028-05-01 2028-05-29 2028-07-12 2028-08-28"),
}

func days2028(list string) map[string]bool {
	set := map[string]bool{}
	for day := range strings.FieldsSeq(list) {
		set[day] = true
	}
	return set
}

// checkinHello is how a check-in begins: each week's, the one at half time and
// the last one.
var checkinHello = []string{"Hello again. This is our check-in.", "Hello again. This check-in is a look back", "Hello again. This can be our last check-in"}

const (
	reminderHello = "No rush."
	kindHello     = "Hello from Sam's team. I will be quiet until you send START."
)

// notes keeps when a conversation is open with a person.
func (p *person) notes(c *caseload) {
	open := c.store.conversations[p.chat.ID].Patient.Dialog.Session != nil
	n := len(p.busy)
	switch was := n > 0 && p.busy[n-1].to.IsZero(); {
	case open && !was:
		p.busy = append(p.busy, span{from: c.now})
	case !open && was:
		p.busy[n-1].to = c.now
	}
}

// judge looks at all that reached the people of a caseload.
func (c *caseload) judge() tally {
	var sum tally
	for _, p := range c.people {
		sum.add(c.judgeOne(p))
	}
	return sum
}

func (c *caseload) wrong(p *person, at time.Time, format string, args ...any) {
	c.t.Errorf("caseload %d, %s, %s: %s", c.number, p.name, at.In(p.zone).Format("Mon 2006-01-02 15:04 MST"), fmt.Sprintf(format, args...))
}

func (c *caseload) judgeOne(p *person) tally {
	sum := tally{Moves: len(p.moves), Changes: p.changes, Answers: len(p.did)}
	for _, s := range p.spans {
		if s.why == "stop" {
			sum.Stops++
		} else {
			sum.Pauses++
		}
	}
	var contacts []time.Time
	had := map[string]bool{} // dates of the plan that were kept
	var lastAny, kindAt, lastDay, counted time.Time
	reminders, unanswered := 0, 0
	var lastStarts []time.Time
	for _, g := range p.got {
		start := hasPrefix(g.text, checkinHello...)
		if start {
			sum.Checkins++
			day := c.occurrence(p, g)
			if day.IsZero() {
				c.wrong(p, g.at, "a check-in on no day of the plan")
			} else if key := day.Format(time.DateOnly); had[key] {
				c.wrong(p, g.at, "the check-in of %s comes twice", key)
			} else {
				had[key] = true
			}
			if !lastDay.IsZero() && !day.After(lastDay) {
				c.wrong(p, g.at, "the check-in of %s comes after that of %s", day.Format(time.DateOnly), lastDay.Format(time.DateOnly))
			}
			before := lastDay
			lastDay = day
			reminders = 0
			if p.actedSince(lastStarts, g.at) {
				lastStarts, unanswered = nil, 0
			}
			if unanswered++; unanswered > 3 {
				c.wrong(p, g.at, "the %dth check-in in a row without a reply", unanswered)
			}
			if apart := day.Sub(before); unanswered == 3 && apart < 14*24*time.Hour {
				c.wrong(p, g.at, "two check-ins had no reply, and the third is of %s later", apart)
			}
			lastStarts = append(lastStarts, g.at)
		}
		if g.first {
			sum.First++
			c.judgeFirst(p, g)
			if !g.at.Equal(counted) {
				counted = g.at
				if !c.room(p, g.at, contacts) {
					c.wrong(p, g.at, "more than %d contacts in seven days", c.cap)
				}
				contacts = append(contacts, c.counts(p, g))
				slices.SortFunc(contacts, time.Time.Compare)
			}
			if !kindAt.IsZero() && !g.at.Equal(kindAt) && !slices.ContainsFunc(p.did, func(at time.Time) bool { return at.After(kindAt) && !at.After(g.at) }) {
				c.wrong(p, g.at, "written to first after the kind word, and before they wrote")
			}
		}
		if hasPrefix(g.text, reminderHello) {
			sum.Reminders++
			if reminders++; reminders > 1 {
				c.wrong(p, g.at, "a second reminder of one check-in")
			}
			if g.at.Sub(lastAny) < 48*time.Hour {
				c.wrong(p, g.at, "a reminder %s after the question", g.at.Sub(lastAny))
			}
			if slices.ContainsFunc(p.did, func(at time.Time) bool { return at.After(lastAny) && !at.After(g.at) }) {
				c.wrong(p, g.at, "a reminder of a question that was answered")
			}
		}
		if hasPrefix(g.text, kindHello) {
			sum.Kind++
			kindAt = g.at
			if unanswered != 3 {
				c.wrong(p, g.at, "the kind word after %d check-ins without a reply", unanswered)
			}
		}
		lastAny = g.at
		if g.first && start {
			if c.judgeStart(p, g, contacts) {
				sum.Held++
			}
		}
	}
	sum.Missing = c.missing(p, had, contacts)
	c.judgePromises(p, had)
	return sum
}

// actedSince tells whether they did anything since the latest start.
func (p *person) actedSince(starts []time.Time, now time.Time) bool {
	if len(starts) == 0 {
		return true
	}
	last := starts[len(starts)-1]
	return slices.ContainsFunc(p.did, func(at time.Time) bool { return at.After(last) && !at.After(now) })
}

// judgeFirst is what holds for every message that is sent first.
func (c *caseload) judgeFirst(p *person, g got) {
	local := g.at.In(g.zone)
	if m := local.Hour()*60 + local.Minute(); m < opensAt || m >= closesAt {
		c.wrong(p, g.at, "in the quiet hours of %s: %q", g.zone, g.text)
	}
	if c.closed[local.Format(time.DateOnly)] {
		c.wrong(p, g.at, "on a closed day: %q", g.text)
	}
	for _, s := range p.spans {
		if g.at.After(s.from) && (s.to.IsZero() || g.at.Before(s.to)) {
			c.wrong(p, g.at, "after their %s of %s: %q", s.why, s.from.Format(time.DateOnly), g.text)
		}
	}
	for _, d := range c.down {
		if !g.at.Before(d.from) && g.at.Before(d.to) {
			c.wrong(p, g.at, "while the program was down") // the year itself is wrong
		}
	}
}

// zoneAt is where the person's clocks were.
func (p *person) zoneAt(at time.Time) *time.Location {
	z := p.home
	for _, m := range p.moves {
		if !m.at.After(at) {
			z = m.to
		}
	}
	return z
}

// planAt is the promise that holds at an instant.
func (p *person) planAt(at time.Time) (promise, bool) {
	var last promise
	ok := false
	for _, q := range p.promises {
		if q.said.Before(at) {
			last, ok = q, true
		}
	}
	return last, ok
}

// day is the day of the plan that a promise names, as in "Thursday 26 November
// at 6 in the evening": the day before where that was closed.
func (q promise) day() time.Time {
	f := strings.Fields(q.text)
	for _, year := range []int{q.said.Year(), q.said.Year() + 1} {
		at, err := time.Parse("Monday 2 January 2006", strings.Join(f[:3], " ")+fmt.Sprint(" ", year))
		if err == nil && at.After(q.said.AddDate(0, 0, -2)) {
			for before := at; !slices.Contains(q.plan.days, at.Weekday()) && q.closed[before.AddDate(0, 0, -1).Format(time.DateOnly)]; {
				if before = before.AddDate(0, 0, -1); slices.Contains(q.plan.days, before.Weekday()) {
					at = before
				}
			}
			return at
		}
	}
	return time.Time{}
}

// dates are the days of a promise's plan, from the promised one on.
func (q promise) dates(until time.Time) []time.Time {
	first := q.day()
	if first.IsZero() {
		return nil
	}
	var list []time.Time
	nth, last := (first.Day()-1)/7, first.AddDate(0, 0, 7).Month() != first.Month()
	for day := first; !day.After(until); day = day.AddDate(0, 0, 1) {
		if !slices.Contains(q.plan.days, day.Weekday()) {
			continue
		}
		if q.plan.weeks > 0 {
			if weeks := int(day.Sub(first).Hours()) / 24 / 7; weeks%q.plan.weeks == 0 {
				list = append(list, day)
			}
			continue
		}
		isLast := day.AddDate(0, 0, 7).Month() != day.Month()
		if (day.Day()-1)/7 == nth && !q.lastOfMonth || isLast && last && q.lastOfMonth {
			list = append(list, day)
		}
	}
	return list
}

// occurrence is the day of the plan that a check-in is for: the latest that
// has come, by the clocks of the place.
func (c *caseload) occurrence(p *person, g got) time.Time {
	q, ok := p.planAt(g.at)
	if !ok {
		return time.Time{}
	}
	var found time.Time
	for _, day := range q.dates(g.at.AddDate(0, 0, 2)) {
		if at := shows(day, q.plan.clock, g.zone); !at.After(g.at) {
			found = day
		}
	}
	return found
}

// shows is the first minute at which the clocks of a place show a time of a
// day, or a later one.
func shows(day time.Time, minutes int, z *time.Location) time.Time {
	wall := day.Add(time.Duration(minutes) * time.Minute)
	// The clocks of these places are within 14 hours of UTC.
	for at := wall.Add(-15 * time.Hour); ; at = at.Add(15 * time.Minute) {
		y, m, d := at.In(z).Date()
		local := time.Date(y, m, d, at.In(z).Hour(), at.In(z).Minute(), 0, 0, time.UTC)
		if !local.Before(wall) {
			return at
		}
	}
}

// judgeStart tells whether a check-in that was sent first came at the first
// minute at which it might, from the time that was agreed on.
func (c *caseload) judgeStart(p *person, g got, contacts []time.Time) (held bool) {
	q, _ := p.planAt(g.at)
	day := c.occurrence(p, g)
	if day.IsZero() {
		return false
	}
	due := p.due(q, day, g)
	// After a closed day it comes at their time, not in the morning, whatever had
	// led into that day: its own plan, the week's cap or an outage.
	onTime := func(at time.Time) bool {
		local := at.In(p.zoneAt(at))
		return local.Hour()*60+local.Minute() >= q.plan.clock || !c.closed[local.AddDate(0, 0, -1).Format(time.DateOnly)]
	}
	for at := due; at.Before(g.at); at = at.Add(time.Minute) {
		if onTime(at) && c.may(p, at, contacts) {
			c.wrong(p, g.at, "the check-in of %s came at %s, and could have come at %s", day.Format(time.DateOnly), g.at.In(g.zone).Format("Mon 2 Jan 15:04"), at.In(g.zone).Format("Mon 2 Jan 15:04"))
			break
		}
	}
	if late := g.at.Sub(c.released(p, due, contacts)); late > 24*time.Hour {
		c.wrong(p, g.at, "the check-in of %s came %s after an outage", day.Format(time.DateOnly), late)
	}
	if late := g.at.Sub(due); late > 7*24*time.Hour {
		c.wrong(p, g.at, "the check-in of %s came %s late", day.Format(time.DateOnly), late)
	}
	return g.at.After(due)
}

// due is when the plan wanted the check-in of a day.
func (p *person) due(q promise, day time.Time, g got) time.Time {
	due := shows(day, q.plan.clock, g.zone)
	for _, m := range p.moves { // a move can jump over its time
		if m.at.After(due) && !m.at.After(g.at) && shows(day, q.plan.clock, p.zoneAt(m.at.Add(-time.Minute))).After(m.at) {
			due = m.at
		}
	}
	return due
}

// counts is for when a contact counts: a check-in for when the plan wanted it, so
// that one that came late holds no other back.
func (c *caseload) counts(p *person, g got) time.Time {
	day := c.occurrence(p, g)
	if q, ok := p.planAt(g.at); ok && g.greets() && !day.IsZero() {
		return p.due(q, day, g)
	}
	return g.at
}

// open tells whether the hours and the day allow to send something first.
func (c *caseload) open(p *person, at time.Time) bool {
	local := at.In(p.zoneAt(at))
	m := local.Hour()*60 + local.Minute()
	return m >= opensAt && m < closesAt && !c.closed[local.Format(time.DateOnly)]
}

// may tells whether something planned could have been sent at a minute.
func (c *caseload) may(p *person, at time.Time, contacts []time.Time) bool {
	if !c.open(p, at) {
		return false
	}
	if slices.ContainsFunc(c.down, func(d span) bool { return !at.Before(d.from) && at.Before(d.to) }) {
		return false
	}
	if p.isBusy(at) {
		return false
	}
	return c.room(p, at, contacts)
}

// room tells whether the week before a minute, by their clocks, leaves room for one
// more contact.
func (c *caseload) room(p *person, at time.Time, contacts []time.Time) bool {
	week := 0
	for _, contact := range slices.Backward(contacts) {
		if !contact.In(p.zoneAt(at)).AddDate(0, 0, 7).After(at) {
			break
		}
		if contact.Before(at) {
			week++
		}
	}
	return week < c.cap
}

// released is when a check-in would have been sent had the program been there;
// if it was, there is nothing to make up for and it is for ever from now.
func (c *caseload) released(p *person, due time.Time, contacts []time.Time) time.Time {
	could := due
	for !c.open(p, could) || !c.room(p, could, contacts) {
		could = could.Add(time.Minute)
	}
	for _, d := range c.down {
		if !could.Before(d.from) && could.Before(d.to) && !p.isBusy(could) {
			return could
		}
	}
	return yearEnds.AddDate(1, 0, 0)
}

// silent tells whether the last two check-ins before an instant were left
// without a word.
func (p *person) silent(at time.Time) bool {
	var came []time.Time
	for _, g := range p.got {
		if g.at.Before(at) && g.greets() {
			came = append(came, g.at)
		}
	}
	return len(came) > 1 && !slices.ContainsFunc(p.did, func(did time.Time) bool { return did.After(came[len(came)-2]) && did.Before(at) })
}

// greets tells whether it is the beginning of a check-in that was sent first.
func (g got) greets() bool {
	return g.first && hasPrefix(g.text, checkinHello...)
}

func (p *person) isBusy(at time.Time) bool {
	return slices.ContainsFunc(p.busy, func(b span) bool { return !at.Before(b.from) && (b.to.IsZero() || at.Before(b.to)) })
}

// judgePromises checks the dates that were read back after a change of plan:
// of the day and the time that was asked for, and so many weeks after the last
// check-in before it.
func (c *caseload) judgePromises(p *person, had map[string]bool) {
	for i, q := range p.promises {
		day := q.day()
		hour, minute := (q.plan.clock/60+11)%12+1, q.plan.clock%60
		clock := fmt.Sprint("at ", hour)
		if minute > 0 {
			clock += fmt.Sprintf(":%02d", minute)
		}
		if (day.IsZero() || !slices.Contains(q.plan.days, day.Weekday()) || !strings.Contains(q.text, clock+" ")) && !p.kept(q) {
			c.wrong(p, q.said, "promised %q for %+v", q.text, q.plan)
		}
		if i == 0 || q.plan.weeks == 0 {
			continue
		}
		last := time.Time{} // the plan's last day before, whether kept or not
		for _, before := range p.promises[i-1].dates(q.said.AddDate(0, 0, 2)) {
			if !shows(before, p.promises[i-1].plan.clock, p.zoneAt(q.said)).After(q.said) {
				last = before
			}
		}
		week := func(day time.Time) time.Time { return day.AddDate(0, 0, -(int(day.Weekday())+6)%7) }
		due := week(last).AddDate(0, 0, 7*q.plan.weeks)
		if !last.IsZero() && had[last.Format(time.DateOnly)] && (day.Before(due) || due.After(localDay(q.said, p.zoneAt(q.said))) && !week(day).Equal(due)) {
			c.wrong(p, q.said, "every %d weeks, the last check-in was on %s, and %s was promised", q.plan.weeks, last.Format(time.DateOnly), q.text)
		}
	}
}

// kept tells whether a check-in came when a promise said, though the plan has no
// such time: one that had come before was held back till then.
func (p *person) kept(q promise) bool {
	return slices.ContainsFunc(p.got, func(g got) bool {
		local := g.at.In(p.zoneAt(g.at))
		clock := fmt.Sprint("at ", (local.Hour()+11)%12+1)
		if local.Minute() > 0 {
			clock += local.Format(":04")
		}
		return g.greets() && g.at.After(q.said) && g.at.Before(q.said.AddDate(0, 0, 7)) &&
			strings.HasPrefix(q.text, local.Format("Monday 2 January ")+clock+" ")
	})
}

func localDay(at time.Time, z *time.Location) time.Time {
	y, m, d := at.In(z).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

// missing counts days of the plan on which nothing came although nothing was
// in the way, and calls each of them wrong.
func (c *caseload) missing(p *person, had map[string]bool, contacts []time.Time) int {
	n := 0
	for i, q := range p.promises {
		until, changed := yearEnds.AddDate(0, 0, -8), yearEnds.AddDate(1, 0, 0)
		if i+1 < len(p.promises) {
			changed = p.promises[i+1].said
			until = changed.AddDate(0, 0, -1)
		}
		for _, day := range q.dates(until) {
			due := shows(day, q.plan.clock, p.zoneAt(day))
			if had[day.Format(time.DateOnly)] || c.excused(p, due, changed, contacts) {
				continue
			}
			n++
			c.wrong(p, due, "no check-in on a day of the plan")
		}
	}
	return n
}

// excused tells whether a check-in rightly did not come: they wanted none,
// another conversation was open, the program was down for long, hours, days and
// cap let nothing through for six days or until the plan was changed, or they
// have left check-ins without a reply.
func (c *caseload) excused(p *person, due, changed time.Time, contacts []time.Time) bool {
	could := due
	for !(c.open(p, could) && c.room(p, could, contacts)) && could.Sub(due) < 8*24*time.Hour {
		could = could.Add(time.Minute)
	}
	if could.Sub(due) > 6*24*time.Hour || !changed.After(could) {
		return true
	}
	if next := due.AddDate(0, 0, 7); !c.room(p, due, contacts) && could.Sub(due) > next.Sub(could) {
		return true // the next was nearer
	}
	meets := func(from, to time.Time) bool { return !could.Before(from) && (to.IsZero() || !due.After(to)) }
	for _, b := range p.busy {
		if meets(b.from, b.to) {
			return true
		}
	}
	for _, s := range p.spans {
		if meets(s.from, s.to) {
			return true
		}
	}
	for _, d := range c.down {
		if meets(d.from, d.to) && d.to.Sub(due) > 10*time.Hour {
			return true
		}
	}
	return p.silent(due)
}
