package config

import (
	"strings"
	"time"
)

// Days is a set of days of the week, indexed by time.Weekday.
type Days [7]bool

// Hours are the service hours of a team: when people read what patients write.
// From is before To, on the same day.
type Hours struct {
	Days     Days
	From, To Clock
}

// Quiet are the hours in which nothing planned is sent. They may run over
// midnight: From 20:00 To 09:00.
type Quiet struct{ From, To Clock }

// horizon is how many days ahead the next service day is looked for. The rules
// of any team open within it: at most two Mondays in a row are holidays.
const horizon = 60

// Words says the hours to a patient: "Monday to Friday, 9 to 5".
func (h Hours) Words() string {
	from, to := h.From.plain(), h.To.plain()
	// "9 to 5" can only mean one thing when the day starts in the morning, ends
	// in the afternoon and is shorter than twelve hours.
	if h.From < 7*60 || h.From >= 12*60 || h.To <= 12*60 || h.To-h.From >= 12*60 {
		from, to = h.From.full(), h.To.full()
	}
	return h.Days.words() + ", " + from + " to " + to
}

// words lists the days from Monday on; three or more in a row become a span.
func (d Days) words() string {
	var parts []string
	for first := 0; first < 7; {
		last := first
		for last < 7 && d[weekday(last)] {
			last++
		}
		switch run := last - first; {
		case run == 7:
			return "every day"
		case run >= 3:
			parts = append(parts, weekday(first).String()+" to "+weekday(last-1).String())
		default:
			for day := first; day < last; day++ {
				parts = append(parts, weekday(day).String())
			}
		}
		first = last + 1
	}
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1]
}

// weekday counts from Monday: 0 is Monday, 6 is Sunday.
func weekday(n int) time.Weekday { return time.Weekday((n + 1) % 7) }

// Open tells whether somebody reads at that instant. The zone of now is the
// team's; closed tells whether a day is a holiday of the team.
func (h Hours) Open(now time.Time, closed func(day time.Time) bool) bool {
	return h.Days[now.Weekday()] && !closed(now) &&
		!now.Before(h.From.On(now)) && now.Before(h.To.On(now))
}

// Next is the next instant at which somebody reads: now while the service is
// open, else the start of the next service day. It is the zero time when
// nothing opens within sixty days.
func (h Hours) Next(now time.Time, closed func(day time.Time) bool) time.Time {
	if h.Open(now, closed) {
		return now
	}
	for ahead := range horizon {
		// Noon is on the same day in every zone and through every clock change.
		y, m, d := now.Date()
		day := time.Date(y, m, d+ahead, 12, 0, 0, 0, now.Location())
		if opens := h.From.On(day); h.Days[day.Weekday()] && !closed(day) && opens.After(now) {
			return opens
		}
	}
	return time.Time{}
}

// Reads says to a patient when a person next reads: "today", "today at 9",
// "tomorrow at 9", "on Monday at 9", and with the date when that is a week or
// more away.
func (h Hours) Reads(now time.Time, closed func(day time.Time) bool) string {
	next := h.Next(now, closed)
	if next.IsZero() {
		return "when the service opens again"
	}
	if next.Equal(now) {
		return "today"
	}
	at := " at " + h.From.alone()
	switch days := daysBetween(now, next); {
	case days == 0:
		return "today" + at
	case days == 1:
		return "tomorrow" + at
	case days < 7:
		return "on " + next.Weekday().String() + at
	default:
		return "on " + next.Format("Monday 2 January") + at
	}
}

// daysBetween counts the midnights between two instants of one zone.
func daysBetween(from, to time.Time) int {
	midnight := func(t time.Time) time.Time {
		y, m, d := t.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(midnight(to).Sub(midnight(from)) / (24 * time.Hour))
}
