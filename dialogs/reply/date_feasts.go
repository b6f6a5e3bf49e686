package reply

import "time"

// easter gives Easter Sunday of a year, by the anonymous Gregorian computus.
func easter(y int) civil {
	a, b, c := y%19, y/100, y%100
	d, e := b/4, b%4
	g := (8*b + 13) / 25
	h := (19*a + b - d - g + 15) % 30
	j, k := c/4, c%4
	m := (a + 11*h) / 319
	r := (2*e + 2*j - k - h + m + 32) % 7
	month := (h - m + r + 90) / 25
	day := (h - m + r + month + 19) % 32
	return civil{y, time.Month(month), day}
}

// feast is a named day of the year.
type feast struct {
	words []string
	day   func(y int) civil
}

func fixed(m time.Month, d int) func(int) civil {
	return func(y int) civil { return civil{y, m, d} }
}

func fromEaster(days int) func(int) civil {
	return func(y int) civil { return easter(y).add(days) }
}

// nth gives the nth weekday of a month, n = -1 the last.
func nth(n int, w time.Weekday, m time.Month) func(int) civil {
	return func(y int) civil {
		if n > 0 {
			first := civil{y, m, 1}
			return first.add((int(w)-int(first.weekday())+7)%7 + 7*(n-1))
		}
		last := civil{y, m + 1, 1}.add(-1)
		return last.add(-((int(last.weekday()) - int(w) + 7) % 7))
	}
}

// feasts are the days that people in England and Wales call by name.
// Mothering Sunday is the fourth Sunday of Lent; Father's Day the third Sunday
// of June.
var feasts = []feast{
	{[]string{"christmas", "day"}, fixed(12, 25)}, {[]string{"xmas", "day"}, fixed(12, 25)}, {[]string{"christmas", "eve"}, fixed(12, 24)}, {[]string{"xmas", "eve"}, fixed(12, 24)},
	{[]string{"boxing", "day"}, fixed(12, 26)}, {[]string{"new", "years", "day"}, fixed(1, 1)}, {[]string{"new", "year", "day"}, fixed(1, 1)}, {[]string{"new", "years", "eve"}, fixed(12, 31)}, {[]string{"new", "year", "eve"}, fixed(12, 31)},
	{[]string{"valentines", "day"}, fixed(2, 14)}, {[]string{"valentine", "day"}, fixed(2, 14)}, {[]string{"st", "patricks", "day"}, fixed(3, 17)}, {[]string{"paddys", "day"}, fixed(3, 17)}, {[]string{"st", "paddys", "day"}, fixed(3, 17)}, {[]string{"st", "davids", "day"}, fixed(3, 1)}, {[]string{"st", "georges", "day"}, fixed(4, 23)}, {[]string{"st", "patrick", "day"}, fixed(3, 17)}, {[]string{"st", "david", "day"}, fixed(3, 1)}, {[]string{"st", "george", "day"}, fixed(4, 23)},
	{[]string{"bonfire", "night"}, fixed(11, 5)}, {[]string{"halloween"}, fixed(10, 31)}, {[]string{"april", "fools", "day"}, fixed(4, 1)},
	{[]string{"shrove", "tuesday"}, fromEaster(-47)}, {[]string{"pancake", "day"}, fromEaster(-47)}, {[]string{"ash", "wednesday"}, fromEaster(-46)}, {[]string{"mothers", "day"}, fromEaster(-21)}, {[]string{"mother", "day"}, fromEaster(-21)}, {[]string{"mothering", "sunday"}, fromEaster(-21)},
	{[]string{"palm", "sunday"}, fromEaster(-7)}, {[]string{"maundy", "thursday"}, fromEaster(-3)}, {[]string{"good", "friday"}, fromEaster(-2)}, {[]string{"easter", "saturday"}, fromEaster(-1)}, {[]string{"easter", "sunday"}, fromEaster(0)}, {[]string{"easter", "day"}, fromEaster(0)}, {[]string{"easter", "monday"}, fromEaster(1)}, {[]string{"whit", "sunday"}, fromEaster(49)},
	{[]string{"fathers", "day"}, nth(3, time.Sunday, 6)}, {[]string{"father", "day"}, nth(3, time.Sunday, 6)}, {[]string{"remembrance", "sunday"}, nth(2, time.Sunday, 11)},
	{[]string{"may", "day"}, nth(1, time.Monday, 5)}, {[]string{"whit", "monday"}, nth(-1, time.Monday, 5)}, {[]string{"clocks", "go", "forward"}, nth(-1, time.Sunday, 3)}, {[]string{"clocks", "go", "back"}, nth(-1, time.Sunday, 10)}, {[]string{"leap", "day"}, fixed(2, 29)},
}

func init() {
	for _, f := range feasts {
		for _, w := range f.words {
			known.id(w)
		}
	}
	known.id("bank")
	known.id("holiday")
}

// feast reads a named day, and "bank holiday Monday".
func (r dateReader) feast(i int) (dayRead, bool) {
	if d, ok := r.bankHoliday(i); ok {
		return d, true
	}
	for _, k := range feastsFrom[r.text(i)] {
		f := feasts[k]
		if !r.spellsFeast(i, f.words) {
			continue
		}
		end := i + len(f.words)
		if _, holiday := r.saysBankHoliday(end); holiday { // of a day that is none
			return r.fault("date/impossible", end+2)
		}
		if y, e := r.year(end); y > 0 {
			return dayRead{day: f.day(y), to: e, rule: "date/named-day"}, true
		}
		day := f.day(r.today.y)
		if day.before(r.today) {
			if n := f.day(r.today.y + 1); r.today.daysTo(n) <= 183 {
				day = n
			}
		}
		return dayRead{day: day, to: end, rule: "date/named-day"}, true
	}
	return dayRead{}, false
}

// feastsFrom says by first word which feasts may begin there.
var feastsFrom = func() map[string][]int {
	by := map[string][]int{}
	for k, f := range feasts {
		by[f.words[0]] = append(by[f.words[0]], k)
	}
	return by
}()

// spellsFeast takes the short names of weekdays, too: Easter Sat.
func (r dateReader) spellsFeast(i int, words []string) bool {
	for k, w := range words {
		if !r.any(i+k, w) && (k == 0 || dayNames[r.text(i+k)] != w) {
			return false
		}
	}
	return true
}
