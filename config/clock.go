package config

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Clock is a time of day, in minutes since midnight on the wall clock of a
// team. 24:00, the end of a day, is 1440.
type Clock int

// midnight is the end of a day.
const midnight Clock = 24 * 60

// parseClock reads "09:00", "9:30" or "24:00".
func parseClock(s string) (Clock, bool) {
	hours, minutes, ok := strings.Cut(s, ":")
	if !ok || len(hours) == 0 || len(hours) > 2 || len(minutes) != 2 {
		return 0, false
	}
	h, err1 := strconv.ParseUint(hours, 10, 8)
	m, err2 := strconv.ParseUint(minutes, 10, 8)
	c := Clock(h*60 + m)
	return c, err1 == nil && err2 == nil && m < 60 && c <= midnight
}

// String writes the time as 09:00.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", int(c)/60, int(c)%60) }

// On is the instant of this time on the day of the given instant, in that
// instant's zone. Where a clock change leaves the time out, it is the instant
// that the clocks jump to.
func (c Clock) On(day time.Time) time.Time {
	y, m, d := day.Date()
	t := time.Date(y, m, d, int(c)/60, int(c)%60, 0, 0, day.Location())
	// time.Date does not promise on which side of a left-out hour it lands.
	wall := time.Date(y, m, d, int(c)/60, int(c)%60, 0, 0, time.UTC)
	_, offset := t.Zone()
	landed := t.Add(time.Duration(offset) * time.Second)
	switch before, after := t.ZoneBounds(); {
	case landed.Before(wall):
		return after
	case landed.After(wall):
		return before
	}
	return t
}
