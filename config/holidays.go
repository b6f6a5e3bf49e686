package config

import (
	"sync"
	"time"
)

// Region is where bank holidays are the same.
type Region string

// The regions, as GOV.UK divides the bank holidays of the United Kingdom, and
// one for teams that keep none.
const (
	EnglandAndWales Region = "england-and-wales"
	Scotland        Region = "scotland"
	NorthernIreland Region = "northern-ireland"
	NoHolidays      Region = "none"
)

// HolidaysReview is the day by which the rules below are next to be compared
// with what GOV.UK publishes (gov.uk/bank-holidays, some two years ahead).
// Days proclaimed for one occasion are known only from there: teams are told to
// write them under `closed`. A test fails on the day after.
const HolidaysReview = "2027-05-01"

// HolidaysStale tells whether nobody has compared the bank holidays in time.
func HolidaysStale(now time.Time) bool { return now.Format(time.DateOnly) > HolidaysReview }

var regions = []string{string(EnglandAndWales), string(Scotland), string(NorthernIreland), string(NoHolidays)}

// Closed tells whether that day, in the day's own zone, is a bank holiday. It
// follows the standing rules of the Banking and Financial Dealings Act 1971
// and of the yearly proclamations. Days proclaimed for one year, such as a
// coronation, are not in the rules: a team writes them under `closed`.
func (r Region) Closed(day time.Time) bool {
	if r == NoHolidays || r == "" {
		return false
	}
	y, m, d := day.Date()
	date := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	for _, holiday := range r.year(y) {
		if holiday.Equal(date) {
			return true
		}
	}
	return false
}

// years remembers what was worked out of a region's years: every turn asks
// whether somebody reads today.
var years sync.Map

type regionYear struct {
	region Region
	year   int
}

// year lists the bank holidays of a year. The list belongs to all callers.
func (r Region) year(y int) []time.Time {
	key := regionYear{r, y}
	if list, ok := years.Load(key); ok {
		return list.([]time.Time)
	}
	list := r.holidays(y)
	years.Store(key, list)
	return list
}

// holidays works out the bank holidays of a year, with the days given instead of
// those that fall on a weekend.
func (r Region) holidays(y int) []time.Time {
	on := func(m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, time.UTC) }
	easter := easterSunday(y)
	list := []time.Time{
		easter.AddDate(0, 0, -2),     // Good Friday
		mondayFrom(on(time.May, 1)),  // early May
		mondayFrom(on(time.May, 25)), // spring: the last Monday of May
	}
	list = append(list, instead(on(time.December, 25), on(time.December, 26))...)
	if r == Scotland {
		list = append(list, instead(on(time.January, 1), on(time.January, 2))...)
		list = append(list, instead(on(time.November, 30))...) // St Andrew's Day
		return append(list, mondayFrom(on(time.August, 1)))    // summer: the first Monday
	}
	list = append(list, instead(on(time.January, 1))...)
	list = append(list,
		easter.AddDate(0, 0, 1),         // Easter Monday
		mondayFrom(on(time.August, 25))) // summer: the last Monday
	if r == NorthernIreland {
		list = append(list, instead(on(time.March, 17))...) // St Patrick's Day
		list = append(list, instead(on(time.July, 12))...)  // Battle of the Boyne
	}
	return list
}

// instead moves each day that falls on a weekend to the next weekday that is
// not one of the list already.
func instead(days ...time.Time) []time.Time {
	taken := map[time.Time]bool{}
	for _, day := range days {
		taken[day] = true
	}
	for i, day := range days {
		for day.Weekday() == time.Saturday || day.Weekday() == time.Sunday || day != days[i] && taken[day] {
			day = day.AddDate(0, 0, 1)
		}
		taken[day] = true
		days[i] = day
	}
	return days
}

// mondayFrom is the first Monday on or after a day.
func mondayFrom(day time.Time) time.Time {
	for day.Weekday() != time.Monday {
		day = day.AddDate(0, 0, 1)
	}
	return day
}

// easterSunday is by the Gregorian reckoning, in the anonymous form that Meeus
// gives (Astronomical Algorithms, chapter 8).
func easterSunday(y int) time.Time {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (b - (b+8)/25 + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	l := (32 + 2*e + 2*(c/4) - h - c%4) % 7
	m := (a + 11*h + 22*l) / 451
	n := h + l - 7*m + 114
	return time.Date(y, time.Month(n/31), n%31+1, 0, 0, 0, 0, time.UTC)
}
