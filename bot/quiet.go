package bot

import (
	"time"

	"onestep/dialogs"
)

// Quiet is the part of the day in which nothing planned is sent, in a person's
// own zone: from Start until End, both "15:04", usually over midnight. The zero
// value is never quiet. Default 20:00 to 09:00 (DOMAIN h).
type Quiet struct{ Start, End string }

// Until gives the end of the quiet time that t lies in, or t itself when it is
// not quiet.
func (q Quiet) Until(t time.Time, zone *time.Location) time.Time {
	start, err1 := time.Parse("15:04", q.Start)
	end, err2 := time.Parse("15:04", q.End)
	if err1 != nil || err2 != nil || q.Start == q.End {
		return t
	}
	local := t.In(zone)
	minutes := local.Hour()*60 + local.Minute()
	from, to := start.Hour()*60+start.Minute(), end.Hour()*60+end.Minute()
	y, m, d := local.Date()
	switch {
	case from > to && minutes >= from: // this evening
		d++
	case from > to && minutes < to: // this morning
	case from <= minutes && minutes < to: // within one day
	default:
		return t
	}
	return dialogs.LocalTime(time.Date(y, m, d, 0, 0, 0, 0, time.UTC), to, zone)
}

// Next gives the first instant from t on at which a quiet time begins; the zero
// time when none ever does.
func (q Quiet) Next(t time.Time, zone *time.Location) time.Time {
	start, err1 := time.Parse("15:04", q.Start)
	_, err2 := time.Parse("15:04", q.End)
	if err1 != nil || err2 != nil || q.Start == q.End {
		return time.Time{}
	}
	y, m, d := t.In(zone).Date()
	for day := d; ; day++ {
		begins := dialogs.LocalTime(time.Date(y, m, day, 0, 0, 0, 0, time.UTC), start.Hour()*60+start.Minute(), zone)
		if !begins.Before(t) {
			return begins
		}
	}
}

// ownQuiet is the part of the day that a person keeps for themselves.
func ownQuiet(awake dialogs.Awake) Quiet { return Quiet{Start: awake.To, End: awake.From} }
