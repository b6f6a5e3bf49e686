package config

import "time"

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
