package dialogs

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The text of a schedule is a recurrence rule as RFC 5545 (iCalendar, section
// 3.3.10) writes it: "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH". We take the part of
// it that people agree on with each other: weeks with their days, and months
// with one day or one weekday (BYDAY=2TU, BYDAY=-1FR, BYMONTHDAY=15 or -1), and
// UNTIL as a date. Where the standard leaves out a month that has no 31st, its
// last day is taken: nobody means to be left alone in February.

// dayCodes are the standard's names of days, from Sunday on.
var dayCodes = [7]string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// ParseRule reads a recurrence rule for a local time of day ("15:04"). The
// result has no From and no First yet.
func ParseRule(rule, at string) (Schedule, error) {
	clock, err := time.Parse("15:04", at)
	if err != nil {
		return Schedule{}, fmt.Errorf("%q is no time of day; write it as 10:00", at)
	}
	s := Schedule{At: clock.Format("15:04")}
	interval, freq := 1, ""
	for part := range strings.SplitSeq(rule, ";") {
		key, value, _ := strings.Cut(part, "=")
		ok := true
		switch key {
		case "FREQ":
			freq, ok = value, value == "WEEKLY" || value == "MONTHLY"
		case "INTERVAL":
			interval, err = strconv.Atoi(value)
			ok = err == nil && interval >= 1 && interval <= 52
		case "BYDAY":
			ok = s.parseDays(value)
		case "BYMONTHDAY":
			s.Day, err = strconv.Atoi(value)
			ok = err == nil && (s.Day == -1 || s.Day >= 1 && s.Day <= 31)
		case "UNTIL":
			var day time.Time
			day, err = time.Parse("20060102", value)
			s.Until, ok = day.Format(time.DateOnly), err == nil
		default:
			ok = false
		}
		if !ok {
			return Schedule{}, fmt.Errorf("rule %q: %q is not understood here", rule, part)
		}
	}
	return s, s.settle(rule, freq, interval)
}

// parseDays reads "MO,TH" or "2TU", and days that scripts know by their names:
// "monday,thursday".
func (s *Schedule) parseDays(value string) bool {
	list := strings.Split(value, ",")
	for _, code := range list {
		day := strings.TrimLeft(code, "-0123456789")
		w := slices.Index(dayCodes[:], day)
		if named, ok := weekdayOf(day); ok && len(day) > 3 {
			w = int(named)
		}
		if w < 0 {
			return false
		}
		if n := strings.TrimSuffix(code, day); n != "" {
			nth, err := strconv.Atoi(n)
			if err != nil || nth != -1 && (nth < 1 || nth > 4) || len(list) > 1 {
				return false
			}
			s.Nth = nth
		}
		s.Weekly, s.Days = time.Weekday(w), s.Days.With(time.Weekday(w))
	}
	return true
}

// settle checks that the parts go together.
func (s *Schedule) settle(rule, freq string, interval int) error {
	days := s.Days
	if len(days.list()) < 2 {
		s.Days = 0 // Weekly says it
	}
	switch {
	case freq == "WEEKLY" && days != 0 && s.Nth == 0 && s.Day == 0:
		s.Every = interval
	case freq == "MONTHLY" && (days != 0 && s.Nth != 0) != (s.Day != 0):
		s.Months = interval
	default:
		return fmt.Errorf("rule %q: it is FREQ=WEEKLY with BYDAY, or FREQ=MONTHLY with BYDAY such as 2TU, or with BYMONTHDAY", rule)
	}
	return nil
}

// list are the days of the set from Monday on.
func (d Days) list() []time.Weekday {
	var list []time.Weekday
	for i := range 7 {
		if w := time.Weekday((i + 1) % 7); d.Has(w) {
			list = append(list, w)
		}
	}
	return list
}

// days are the weekdays of a weekly schedule.
func (s Schedule) days() Days {
	if s.Days != 0 {
		return s.Days
	}
	return Days(0).With(s.Weekly)
}

// WeekDays are the days of a weekly schedule, from Monday on.
func (s Schedule) WeekDays() []time.Weekday { return s.days().list() }

// Rule is the schedule as a recurrence rule, without its time of day; of a
// single start it is "ON=2026-03-06", which the standard writes elsewhere.
func (s Schedule) Rule() string {
	if !s.Repeats() {
		return "ON=" + s.On
	}
	rule, interval := "FREQ=WEEKLY", s.Every
	if s.Months > 0 {
		rule, interval = "FREQ=MONTHLY", s.Months
	}
	if interval > 1 {
		rule += ";INTERVAL=" + strconv.Itoa(interval)
	}
	switch {
	case s.Every > 0:
		var codes []string
		for _, w := range s.days().list() {
			codes = append(codes, dayCodes[w])
		}
		rule += ";BYDAY=" + strings.Join(codes, ",")
	case s.Nth != 0:
		rule += ";BYDAY=" + strconv.Itoa(s.Nth) + dayCodes[s.Weekly]
	default:
		rule += ";BYMONTHDAY=" + strconv.Itoa(s.Day)
	}
	if s.Until != "" {
		rule += ";UNTIL=" + strings.ReplaceAll(s.Until, "-", "")
	}
	return rule
}
