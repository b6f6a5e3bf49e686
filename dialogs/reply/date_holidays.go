package reply

import (
	"slices"
	"time"
)

// Bank holidays are not the same in all of the United Kingdom, and the reader does
// not know where a person lives. One that falls on the same day everywhere is
// taken; of one that does not, the day of England and Wales is, and the person is
// told which.

// nation is a part of the United Kingdom with bank holidays of its own.
type nation int

// The nations, in the order in which one's day is taken before another's.
const (
	englandAndWales nation = iota
	scotland
	northernIreland
)

var nations = []nation{englandAndWales, scotland, northernIreland}

// ofNation are the words that say whose holiday is meant.
var ofNation = map[string]nation{"english": englandAndWales, "welsh": englandAndWales, "scottish": scotland, "scots": scotland, "irish": northernIreland, "ni": northernIreland}

// holiday is a bank holiday by its name.
type holiday int

const (
	newYear holiday = iota
	secondJanuary
	stPatrick
	goodFriday
	easterMonday
	earlyMay
	spring
	boyne
	summer
	stAndrew
	christmas
	boxing
)

// holidayNames are what stands before "bank holiday", the longer ones first. Each
// word may have an s behind it: new year's day, St Patrick's.
var holidayNames = []struct {
	words []string
	means []holiday
}{
	{[]string{"new", "year", "day"}, []holiday{newYear}}, {[]string{"new", "year"}, []holiday{newYear, secondJanuary}},
	{[]string{"patrick", "day"}, []holiday{stPatrick}}, {[]string{"patrick"}, []holiday{stPatrick}}, {[]string{"paddy", "day"}, []holiday{stPatrick}},
	{[]string{"good", "friday"}, []holiday{goodFriday}}, {[]string{"easter", "monday"}, []holiday{easterMonday}}, {[]string{"easter"}, []holiday{goodFriday, easterMonday}},
	{[]string{"may", "day"}, []holiday{earlyMay}}, {[]string{"early", "may"}, []holiday{earlyMay}}, {[]string{"late", "may"}, []holiday{spring}}, {[]string{"spring"}, []holiday{spring}}, {[]string{"whit"}, []holiday{spring}},
	{[]string{"boyne"}, []holiday{boyne}}, {[]string{"summer"}, []holiday{summer}},
	{[]string{"andrew", "day"}, []holiday{stAndrew}}, {[]string{"andrew"}, []holiday{stAndrew}},
	{[]string{"christmas", "day"}, []holiday{christmas}}, {[]string{"xmas", "day"}, []holiday{christmas}}, {[]string{"christmas"}, []holiday{christmas, boxing}}, {[]string{"xmas"}, []holiday{christmas, boxing}}, {[]string{"boxing", "day"}, []holiday{boxing}},
}

// bankHoliday is one of a year.
type bankHoliday struct {
	name holiday
	day  civil
}

// bankHolidays are those of a nation in a year, in order (Banking and Financial
// Dealings Act 1971 with the days kept by custom and proclamation).
func bankHolidays(y int, n nation) []bankHoliday {
	days := []bankHoliday{{goodFriday, easter(y).add(-2)}, {earlyMay, nth(1, time.Monday, 5)(y)}, {spring, nth(-1, time.Monday, 5)(y)}}
	onWeekdays := func(list ...bankHoliday) { days = append(days, substitutes(list)...) }
	onWeekdays(bankHoliday{christmas, civil{y, 12, 25}}, bankHoliday{boxing, civil{y, 12, 26}})
	if n == scotland {
		days = append(days, bankHoliday{summer, nth(1, time.Monday, 8)(y)})
		onWeekdays(bankHoliday{newYear, civil{y, 1, 1}}, bankHoliday{secondJanuary, civil{y, 1, 2}})
		onWeekdays(bankHoliday{stAndrew, civil{y, 11, 30}})
	} else {
		days = append(days, bankHoliday{easterMonday, easter(y).add(1)}, bankHoliday{summer, nth(-1, time.Monday, 8)(y)})
		onWeekdays(bankHoliday{newYear, civil{y, 1, 1}})
	}
	if n == northernIreland {
		onWeekdays(bankHoliday{stPatrick, civil{y, 3, 17}})
		onWeekdays(bankHoliday{boyne, civil{y, 7, 12}})
	}
	slices.SortFunc(days, func(a, b bankHoliday) int { return b.day.daysTo(a.day) })
	return days
}

// substitutes moves each that falls on a weekend to the next weekday that none of
// the others has.
func substitutes(list []bankHoliday) []bankHoliday {
	for i := range list {
		taken := func(day civil) bool {
			return slices.ContainsFunc(list, func(b bankHoliday) bool { return b.name != list[i].name && b.day == day })
		}
		moved := list[i].day
		for moved.weekday() == time.Saturday || moved.weekday() == time.Sunday || moved != list[i].day && taken(moved) {
			moved = moved.add(1)
		}
		list[i].day = moved
	}
	return list
}

// holidayAsked is what the words say of a bank holiday.
type holidayAsked struct {
	names  []holiday  // one of these; nil: any
	month  time.Month // in this one; 0: in any
	which  string     // early or late in it
	w      time.Weekday
	onDay  bool // on w
	nation nation
	ofOne  bool // of nation alone
}

func (a holidayAsked) fits(b bankHoliday) bool {
	switch {
	case a.names != nil && !slices.Contains(a.names, b.name),
		a.month != 0 && b.day.m != a.month,
		a.onDay && b.day.weekday() != a.w,
		a.which == "late" && b.day.d < 8,
		a.which == "early" && a.month != 0 && b.day.d >= 8:
		return false
	}
	return true
}

// in gives the first of a year that fits in a nation and is after a day. More is
// set where another has the same name or month.
func (a holidayAsked) in(y int, n nation, today civil) (day civil, more, ok bool) {
	for _, b := range bankHolidays(y, n) {
		switch {
		case !today.before(b.day) || !a.fits(b):
		case !ok:
			day, ok = b.day, true
		case a.names != nil || a.month != 0:
			more = true
		}
	}
	return day, more, ok
}

// saysBankHoliday tells the words and where they end.
func (r dateReader) saysBankHoliday(i int) (to int, ok bool) {
	switch {
	case r.any(i, "bankholiday"):
		return i + 1, true
	case r.any(i, "bank") && r.any(i+1, "holiday", "hol", "hols"):
		return i + 2, true
	}
	return 0, false
}

// bankHoliday reads "bank holiday Monday", "the early May bank holiday" and
// "Boxing Day bank holiday".
func (r dateReader) bankHoliday(i int) (dayRead, bool) {
	a, end, ok := r.asksHoliday(i)
	if !ok {
		return dayRead{}, false
	}
	if r.any(end, "weekend") {
		return r.fault("date/no-single-day", end+1)
	}
	if behind, ok := weekdays[r.text(end)]; ok && !a.onDay {
		a.w, a.onDay = behind, true
		end++
	}
	if said, to := r.earlyOrLate(end); a.which == "" && a.month != 0 && to > end {
		a.which, end = said, to
	}
	for _, y := range []int{r.today.y, r.today.y + 1} {
		if d, ok := r.holidayIn(y, a); ok {
			d.to = end
			return d, true
		}
	}
	return r.fault("date/impossible", end)
}

// holidayIn reads the bank holiday of a year, false where no nation has such a one.
func (r dateReader) holidayIn(y int, a holidayAsked) (d dayRead, ok bool) {
	asked := nations
	if a.ofOne {
		asked = []nation{a.nation}
	}
	for _, n := range asked {
		day, more, has := a.in(y, n, r.today)
		switch {
		case !has:
			d.ask = true
		case !ok && more:
			return dayRead{fault: "date/several"}, true
		case !ok:
			d.day, ok = day, true
		case more || day != d.day:
			d.ask = true
			d.elsewhere = append(d.elsewhere, day)
		}
	}
	d.rule = "date/bank-holiday"
	return d, ok
}

// asksHoliday reads which bank holiday the words at token i name, and where they
// end.
func (r dateReader) asksHoliday(i int) (a holidayAsked, end int, ok bool) {
	for r.any(i, "the", "next", "st", "saint") || r.any(i, "northern") && r.any(i+1, "irish") {
		i++
	}
	if n, is := ofNation[r.text(i)]; is {
		a.nation, a.ofOne = n, true
		i++
	}
	for _, name := range holidayNames {
		if r.spells(i, name.words) {
			a.names = name.means
			i += len(name.words)
			break
		}
	}
	for r.any(i, "late", "early") || a.names == nil && a.month == 0 && monthName(r, i) {
		if m, ok := r.month(i); ok {
			a.month = m
		} else {
			a.which = r.text(i)
		}
		i++
	}
	if w, is := weekdays[r.text(i)]; is {
		a.w, a.onDay = w, true
		i++
	}
	end, ok = r.saysBankHoliday(i)
	return a, end, ok
}

// spells tells that these words stand at token i, as they are or with an s.
func (r dateReader) spells(i int, words []string) bool {
	for k, w := range words {
		if !r.any(i+k, w, w+"s") {
			return false
		}
	}
	return true
}

// earlyOrLate reads which of the two in May is meant: "the first one".
func (r dateReader) earlyOrLate(i int) (which string, to int) {
	for r.any(i, ",", "the", "-") {
		i++
	}
	switch {
	case r.any(i, "first", "early", "earlier"):
		which = "early"
	case r.any(i, "second", "late", "later", "last"):
		which = "late"
	default:
		return "", 0
	}
	if r.any(i+1, "one") {
		i++
	}
	return which, i + 1
}

func monthName(r dateReader, i int) bool { _, ok := r.month(i); return ok }

// holidayOn gives a bank holiday the day that is said with it, where it is one of
// another nation: "the bank holiday, Monday 3 August".
func holidayOn(found []dayRead) []dayRead {
	for i := range found {
		for _, d := range found {
			if d.fault == "" && len(d.elsewhere) == 0 && slices.Contains(found[i].elsewhere, d.day) {
				found[i].day, found[i].ask = d.day, false
			}
		}
	}
	return found
}
