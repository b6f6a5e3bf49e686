package dialogs

import "time"

// Next is the first instant of the schedule strictly after the given one, in
// the person's zone; ok is false when there is none. A local time that a clock
// change skips is taken at the first instant after the gap; one that happens
// twice is taken the first time.
func (s Schedule) Next(after time.Time, zone *time.Location) (next time.Time, ok bool) {
	if s.From.After(after) {
		after = s.From
	}
	clock, err := time.Parse("15:04", s.At)
	if err != nil {
		return time.Time{}, false
	}
	if s.Every == 0 {
		day, err := time.Parse(time.DateOnly, s.On)
		if err != nil {
			return time.Time{}, false
		}
		at := localTime(day, clock, zone)
		return at, at.After(after)
	}
	from := s.From.In(zone)
	day := time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, time.UTC)
	for day.Weekday() != s.Weekly {
		day = day.AddDate(0, 0, 1)
	}
	if at := localTime(day, clock, zone); !at.After(s.From) {
		day = day.AddDate(0, 0, 7*s.Every)
	}
	for {
		if at := localTime(day, clock, zone); at.After(after) {
			return at, true
		}
		if gap := int(after.Sub(day).Hours() / 24 / float64(7*s.Every)); gap > 2 {
			day = day.AddDate(0, 0, (gap-1)*7*s.Every)
			continue
		}
		day = day.AddDate(0, 0, 7*s.Every)
	}
}

// localTime is a wall-clock time on a day in a zone. time.Date leaves open
// which instant a skipped or doubled time means, so both are settled here.
func localTime(day, clock time.Time, zone *time.Location) time.Time {
	y, m, d := day.Date()
	at := time.Date(y, m, d, clock.Hour(), clock.Minute(), 0, 0, zone)
	if at.Hour() != clock.Hour() || at.Minute() != clock.Minute() {
		// Skipped: time.Date moved it by the width of the gap, in one
		// direction or the other. The gap's end is where the offset changes.
		start, end := at.ZoneBounds()
		if !end.IsZero() && end.Sub(at) < 24*time.Hour && end.Sub(at) > 0 {
			return end
		}
		return start
	}
	// Doubled: the earlier instant shows the same wall clock one offset ago.
	if start, _ := at.ZoneBounds(); !start.IsZero() {
		_, offset := at.Zone()
		_, before := start.Add(-time.Second).Zone()
		earlier := at.Add(-time.Duration(before-offset) * time.Second)
		if before > offset && earlier.Before(start) && earlier.Hour() == clock.Hour() && earlier.Minute() == clock.Minute() {
			return earlier
		}
	}
	return at
}
