package dialogs

import (
	"encoding/json"
	"time"
)

// Schedule is when a script starts by itself, in the person's own time zone:
// weekly when Every > 0, monthly when Months > 0, once on the day On otherwise.
// It is a comparable value and part of the stored state: never reuse a number.
type Schedule struct {
	// Weekly is the day of the week of a weekly start, and of a monthly one
	// with Nth.
	Weekly time.Weekday
	// Every is the number of weeks between weekly starts.
	Every int
	// On is the date (YYYY-MM-DD) of a single start.
	On string
	// At is the local time of day, "15:04".
	At string
	// From is the instant the schedule was agreed; no start lies at or before it.
	From time.Time
	// Days are the days of a weekly start on several days; none: Weekly alone.
	Days Days
	// Months is the number of months between monthly starts, which are on the
	// Nth Weekly of the month (1 to 4, -1 the last one) or else on its Day (1 to
	// 31, -1 the last one; a month that is too short takes its last day).
	Months int
	Nth    int
	Day    int
	// First is the date of the first start: weeks and months are counted from
	// it, whatever the time zone becomes. Empty in plans of the first format,
	// which are counted from From.
	First string
	// Until is the last date on which it may start; empty: no end.
	Until string
	// Last is the day of the rule, as a date, whose start came last. A day of
	// the rule starts once, also when the time zone moves.
	Last string
	// Instead is the local time ("2006-01-02 15:04") of one start in place of
	// that of the day Last, which has not been had then.
	Instead string
	// Had is, beside Instead, the day of the rule whose start came before that.
	Had string
}

// Days is a set of days of the week: bit n is time.Weekday n.
type Days uint8

// Has tells whether a day is in the set.
func (d Days) Has(w time.Weekday) bool { return d>>w&1 == 1 }

// With is the set with one more day.
func (d Days) With(w time.Weekday) Days { return d | 1<<w }

// Repeats tells whether it starts more than once.
func (s Schedule) Repeats() bool { return s.Every > 0 || s.Months > 0 }

// instead is how Instead is written.
const instead = "2006-01-02 15:04"

// Next is the first instant of the schedule strictly after the given one, in
// the person's zone; ok is false when there is none. A local time that a clock
// change skips is taken at the first instant after the gap; one that happens
// twice is taken the first time.
func (s Schedule) Next(after time.Time, zone *time.Location) (next time.Time, ok bool) {
	clock, err := time.Parse("15:04", s.At)
	if err != nil {
		return time.Time{}, false
	}
	if at, ok := s.instead(zone); ok && at.After(after) {
		return at, true
	}
	if s.From.After(after) {
		after = s.From
	}
	if !s.Repeats() {
		day, err := time.Parse(time.DateOnly, s.On)
		if err != nil {
			return time.Time{}, false
		}
		if at := localTime(day, clock, zone); at.After(after) {
			return at, true
		}
		return time.Time{}, false
	}
	// A clock change can put a day's start a day later, as in a zone that
	// leaves a whole day out.
	first := s.first(clock, zone)
	day := later(first, civil(after, zone).AddDate(0, 0, -2))
	if last, err := time.Parse(time.DateOnly, s.Last); err == nil {
		day = later(day, last.AddDate(0, 0, 1))
	}
	for range s.longest() {
		if s.Until != "" && day.Format(time.DateOnly) > s.Until {
			break
		}
		if s.on(day, first) {
			if at := localTime(day, clock, zone); at.After(after) {
				return at, true
			}
		}
		day = day.AddDate(0, 0, 1)
	}
	return time.Time{}, false
}

// Moved is Next for somebody whose clocks have just changed from one zone to
// another: the rule's first day that has not come yet. Where the move jumps
// over its time, the instant is past, and it is due at once; where the move
// brings the same day's time back, that day does not come again.
func (s Schedule) Moved(now time.Time, from, to *time.Location) (next time.Time, ok bool) {
	if !s.Repeats() {
		if at, ok := s.Next(s.From, from); !ok || !at.After(now) {
			return time.Time{}, false
		}
		return s.Next(s.From, to)
	}
	if at, ok := s.instead(from); ok && at.After(now) {
		return s.instead(to)
	}
	if last, ok := s.last(now, from); ok {
		s.Last = last.Format(time.DateOnly)
	}
	return s.Next(s.From, to)
}

// instead is the one start that was put elsewhere.
func (s Schedule) instead(zone *time.Location) (time.Time, bool) {
	wall, err := time.Parse(instead, s.Instead)
	if err != nil {
		return time.Time{}, false
	}
	return localTime(wall, wall, zone), true
}

// PutOff is the plan of the one start that was put elsewhere, as a single start;
// ok is false where the start of that instant is one of the rule.
func (s Schedule) PutOff(at time.Time, zone *time.Location) (once Schedule, ok bool) {
	put, ok := s.instead(zone)
	if !ok || !put.Equal(at) {
		return Schedule{}, false
	}
	return Schedule{On: s.Instead[:len(time.DateOnly)], At: s.Instead[len(time.DateOnly)+1:], From: s.From}, true
}

// last is the day of the rule that came last, by the record or by the rule.
func (s Schedule) last(now time.Time, zone *time.Location) (time.Time, bool) {
	clock, err := time.Parse("15:04", s.At)
	if err != nil {
		return time.Time{}, false
	}
	first, day := s.first(clock, zone), civil(now, zone)
	recorded, err := time.Parse(time.DateOnly, s.Last)
	for range s.longest() {
		if day.Before(first) || err == nil && day.Before(recorded) {
			break
		}
		at := localTime(day, clock, zone)
		if s.on(day, first) && !at.After(now) && at.After(s.From) {
			return day, true
		}
		day = day.AddDate(0, 0, -1)
	}
	return recorded, err == nil
}

// on tells whether a day is one of the rule.
func (s Schedule) on(day, first time.Time) bool {
	if day.Before(first) || !s.fits(day) {
		return false
	}
	if s.Every > 0 {
		return int(monday(day).Sub(monday(first)).Hours()/24/7+0.5)%s.Every == 0
	}
	return (monthsOf(day)-monthsOf(first))%s.Months == 0
}

// fits tells whether a day is of the kind that the rule wants, in any week or
// month.
func (s Schedule) fits(day time.Time) bool {
	lastOfMonth := time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	switch {
	case s.Every > 0 && s.Days != 0:
		return s.Days.Has(day.Weekday())
	case s.Every > 0:
		return day.Weekday() == s.Weekly
	case s.Nth > 0:
		return day.Weekday() == s.Weekly && (day.Day()-1)/7 == s.Nth-1
	case s.Nth < 0:
		return day.Weekday() == s.Weekly && day.Day()+7 > lastOfMonth
	case s.Day < 0:
		return day.Day() == lastOfMonth
	}
	return day.Day() == min(s.Day, lastOfMonth)
}

// first is the day from which weeks and months are counted.
func (s Schedule) first(clock time.Time, zone *time.Location) time.Time {
	if day, err := time.Parse(time.DateOnly, s.First); err == nil {
		return day
	}
	day := civil(s.From, zone)
	for i := 0; !s.fits(day) && i < longestGap; i++ {
		day = day.AddDate(0, 0, 1)
	}
	if at := localTime(day, clock, zone); !at.After(s.From) {
		day = day.AddDate(0, s.Months, 7*s.Every)
	}
	return day
}

// longest bounds how many days are looked through for the next start.
func (s Schedule) longest() int { return 7*s.Every + 31*s.Months + 40 }

// longestGap is more days than lie between any two days of one kind.
const longestGap = 64

// begin gives a new plan its first day: the first that fits after now, after the
// day on which somebody first agrees on one, and after the week or month whose
// start the plan before it has already had, so that a change of plan never makes
// two chats where one was agreed, and every second week counts from the last one.
// A start that has come and is held back (its day; zero: there is none) has not
// been had.
func (s Schedule) begin(old Schedule, now time.Time, zone *time.Location, held time.Time) Schedule {
	s.From, s.First = now, ""
	clock, err := time.Parse("15:04", s.At)
	if err != nil || !s.Repeats() {
		return s
	}
	day := civil(now, zone)
	had := false
	if old.Repeats() {
		last, ok := old.had(now, zone)
		if !held.IsZero() {
			last, ok = old.before(held, zone)
		}
		if ok {
			s.Last = last.Format(time.DateOnly)
			next := monday(last).AddDate(0, 0, 7*s.Every)
			if s.Months > 0 {
				next = time.Date(last.Year(), last.Month()+time.Month(s.Months), 1, 0, 0, 0, 0, time.UTC)
			}
			day, had = later(day, next), true
		}
	}
	if !had && (!old.Repeats() || civil(old.From, zone).Equal(day)) {
		day = day.AddDate(0, 0, 1) // the first never comes on the heels of the talk that agrees on it
	}
	for i := 0; i < longestGap && (!s.fits(day) || !localTime(day, clock, zone).After(now)); i++ {
		day = day.AddDate(0, 0, 1)
	}
	s.First = day.Format(time.DateOnly)
	return s
}

// had is the last day of the rule whose start has been had: not one that was put
// elsewhere and is still to come.
func (s Schedule) had(now time.Time, zone *time.Location) (time.Time, bool) {
	last, err := time.Parse(time.DateOnly, s.Last)
	if put, ok := s.instead(zone); ok && put.After(now) && err == nil {
		return s.before(last, zone)
	}
	return s.last(now, zone)
}

// before is the last day of the rule whose start was had before that of another
// day of it.
func (s Schedule) before(day time.Time, zone *time.Location) (time.Time, bool) {
	clock, err := time.Parse("15:04", s.At)
	if err != nil {
		return time.Time{}, false
	}
	if s.Last == day.Format(time.DateOnly) {
		s.Last = s.Had
	}
	return s.last(localTime(day, clock, zone).Add(-time.Second), zone)
}

// came notes the day whose start has come, and that a start put elsewhere is over.
func (s Schedule) came(at time.Time, zone *time.Location) Schedule {
	if s.Instead != "" {
		s.Instead, s.Had = "", ""
		return s
	}
	day, ok := s.last(at, zone)
	if !ok { // started by hand, before the plan's own first day
		day = civil(at, zone)
	}
	s.Last = day.Format(time.DateOnly)
	return s
}

// move puts one start elsewhere: the one that was put elsewhere before and is
// still to come, else the one of the day of the rule that has come and is not
// over (zero: there is none), else the next one. It is false where there is no
// such start, or the time is past.
func (s Schedule) move(day time.Time, at string, now time.Time, zone *time.Location, come time.Time) (Schedule, bool) {
	clock, err := time.Parse("15:04", at)
	if err != nil || !s.Repeats() || !localTime(day, clock, zone).After(now) {
		return s, false
	}
	if put, ok := s.instead(zone); !ok || !put.After(now) && come.IsZero() {
		s.Instead, s.Had = "", ""
		if come.IsZero() {
			next, ok := s.Next(now, zone)
			if !ok {
				return s, false
			}
			come = civil(next, zone)
		}
		if had, ok := s.before(come, zone); ok {
			s.Had = had.Format(time.DateOnly)
		}
		s.Last = come.Format(time.DateOnly)
	}
	s.Instead = day.Format(time.DateOnly) + " " + at
	return s, true
}

// kept is the plan as a text, for a change that may be taken back; what it has
// had stands in it.
func (s Schedule) kept(now time.Time, zone *time.Location) string {
	if put, ok := s.instead(zone); !ok || !put.After(now) {
		s.Instead, s.Had = "", ""
		if had, ok := s.last(now, zone); ok {
			s.Last = had.Format(time.DateOnly)
		}
	}
	text, _ := json.Marshal(s) // plain fields: it cannot fail
	return string(text)
}

// parseKept reads what kept wrote.
func parseKept(text string) (s Schedule, ok bool) {
	return s, json.Unmarshal([]byte(text), &s) == nil
}

// localTime is a wall-clock time on a day in a zone: the first instant at which
// the clocks there show that time or, where a change skips it, a later one.
func localTime(day, clock time.Time, zone *time.Location) time.Time {
	y, m, d := day.Date()
	wall := time.Date(y, m, d, clock.Hour(), clock.Minute(), 0, 0, time.UTC)
	// No zone is further from UTC than 26 hours, even across the date line.
	at := wall.Add(-26 * time.Hour).In(zone)
	for {
		start, end := at.ZoneBounds()
		_, offset := at.Zone()
		hit := wall.Add(-time.Duration(offset) * time.Second)
		switch {
		case !start.IsZero() && hit.Before(start):
			return start
		case end.IsZero() || hit.Before(end):
			return hit.In(zone)
		}
		at = end
	}
}

// LocalTime is the first instant at which the clocks of a zone show a time of
// day, in minutes since midnight, or later. Of day only the date counts.
func LocalTime(day time.Time, minutes int, zone *time.Location) time.Time {
	return localTime(day, time.Date(1, 1, 1, 0, minutes, 0, 0, time.UTC), zone)
}

// civil is the date of an instant in a zone, as midnight UTC.
func civil(t time.Time, zone *time.Location) time.Time {
	y, m, d := t.In(zone).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func monday(day time.Time) time.Time { return day.AddDate(0, 0, -(int(day.Weekday())+6)%7) }

func monthsOf(day time.Time) int { return 12*day.Year() + int(day.Month()) }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
