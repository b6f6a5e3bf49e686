package store

import (
	"encoding/binary"
	"math"
	"slices"
	"time"

	"onestep/dialogs"
)

func appendValues(dst []byte, vs dialogs.Values) []byte {
	dst = binary.AppendUvarint(dst, uint64(vs.Len()))
	for name, v := range vs.All() {
		dst = appendValue(appendName(dst, name), v)
	}
	return dst
}

// values reads what appendValues wrote, which earlier releases wrote in any order.
func (c *column) values() dialogs.Values {
	return dialogs.ValuesOf(func(yield func(string, dialogs.Value) bool) {
		for range c.count() {
			name := c.name(true)
			yield(name, c.value())
		}
	})
}

// appendValuesBefore writes how values were when they were not as they are now:
// those that were others, and the names of those that were not there.
func appendValuesBefore(dst []byte, before, now dialogs.Values) []byte {
	others, missing := 0, 0
	for _, was := range now.Changed(before) {
		if was != nil {
			others++
		} else {
			missing++
		}
	}
	dst = binary.AppendUvarint(dst, uint64(others))
	if others > 0 {
		for name, was := range now.Changed(before) {
			if was != nil {
				dst = appendValue(appendName(dst, name), *was)
			}
		}
	}
	dst = binary.AppendUvarint(dst, uint64(missing))
	if missing > 0 {
		for name, was := range now.Changed(before) {
			if was == nil {
				dst = appendName(dst, name)
			}
		}
	}
	return dst
}

func (c *column) valuesBefore(now dialogs.Values) dialogs.Values {
	before := now
	for name, v := range c.values().All() {
		before = before.With(name, v)
	}
	missing := make([]string, c.count())
	for i := range missing {
		missing[i] = c.name(true)
	}
	if len(missing) > 0 {
		before = before.Without(missing...)
	}
	return before
}

// kinds of values, by the number that stands for them. Zero is a kind that is
// written out.
var kinds = [...]dialogs.Kind{1: dialogs.Text, 2: dialogs.Number, 3: dialogs.YesNo, 4: dialogs.Date, 5: dialogs.Series}

// What a value has, above the number of its kind.
const (
	valueNumber = 8 << iota
	valueText
	valueDay // text that is a date
	valueYes
	valueSeries
)

func appendValue(dst []byte, v dialogs.Value) []byte {
	kind := max(slices.Index(kinds[:], v.Kind), 0)
	day, isDay := dayOf(v.Text)
	isText := v.Text != "" && !isDay
	number := v.Number != 0 || math.Signbit(v.Number)
	dst = binary.AppendUvarint(dst, uint64(kind)|flag(number, valueNumber)|flag(isText, valueText)|
		flag(isDay, valueDay)|flag(v.Yes, valueYes)|flag(len(v.Series) > 0, valueSeries))
	if kind == 0 {
		dst = appendText(dst, string(v.Kind))
	}
	if number {
		dst = appendNumber(dst, v.Number)
	}
	if isText {
		dst = appendName(dst, v.Text)
	}
	if isDay {
		dst = binary.AppendVarint(dst, day)
	}
	if len(v.Series) > 0 {
		dst = appendSeries(dst, v.Series)
	}
	return dst
}

func (c *column) value() (v dialogs.Value) {
	flags := c.uvarint()
	if kind := flags & 7; kind == 0 {
		v.Kind = dialogs.Kind(c.text(true))
	} else if kind < uint64(len(kinds)) {
		v.Kind = kinds[kind]
	} else {
		c.fail()
	}
	if flags&valueNumber != 0 {
		v.Number = c.number()
	}
	v.Text = c.name(flags&valueText != 0)
	if flags&valueDay != 0 {
		v.Text = dayText(c.varint())
	}
	v.Yes = flags&valueYes != 0
	if flags&valueSeries != 0 {
		v.Series = c.series()
	}
	return v
}

// appendSeries writes for each point the days since the point before, doubled,
// or 1 and its text if that is no date; and its number.
func appendSeries(dst []byte, points []dialogs.Point) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(points)))
	var last int64
	for _, p := range points {
		if day, ok := dayOf(p.On); ok {
			dst, last = binary.AppendVarint(dst, (day-last)<<1), day
		} else {
			dst = appendText(binary.AppendVarint(dst, 1), p.On)
		}
		dst = appendNumber(dst, p.Number)
	}
	return dst
}

func (c *column) series() []dialogs.Point {
	points := make([]dialogs.Point, c.count())
	var last int64
	for i := range points {
		if gap := c.varint(); gap&1 == 0 {
			last += gap >> 1
			points[i].On = dayText(last)
		} else {
			points[i].On = c.text(true)
		}
		points[i].Number = c.number()
	}
	return points
}

// appendNumber writes a number in halves if it is a small one of these, doubled;
// else 1 and its bits.
func appendNumber(dst []byte, n float64) []byte {
	if halves := n * 2; halves == math.Trunc(halves) && math.Abs(halves) < 1<<40 && !(n == 0 && math.Signbit(n)) {
		return binary.AppendVarint(dst, int64(halves)<<1)
	}
	return binary.LittleEndian.AppendUint64(binary.AppendVarint(dst, 1), math.Float64bits(n))
}

func (c *column) number() float64 {
	if halves := c.varint(); halves&1 == 0 {
		return float64(halves>>1) / 2
	}
	if len(c.b) < 8 {
		c.fail()
		return 0
	}
	n := math.Float64frombits(binary.LittleEndian.Uint64(c.b))
	c.b = c.b[8:]
	return n
}

// appendTime writes an instant to the millisecond, 0 for none.
func appendTime(dst []byte, t time.Time) []byte {
	ms := t.Round(time.Millisecond).UnixMilli()
	switch {
	case t.IsZero():
		ms = 0
	case ms >= 0:
		ms++
	}
	return binary.AppendVarint(dst, ms)
}

// millis is an instant in whole milliseconds, rounded up: never before it.
func millis(t time.Time) int64 {
	ms := t.UnixMilli()
	if time.UnixMilli(ms).Before(t) {
		ms++
	}
	return ms
}

func (c *column) time() time.Time {
	ms := c.varint()
	switch {
	case ms == 0:
		return time.Time{}
	case ms > 0:
		ms--
	}
	return time.UnixMilli(ms).UTC()
}

// dayOf numbers the day of a date as YYYY-MM-DD, from 1970 on. It is false for
// any other text.
func dayOf(text string) (int64, bool) {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return 0, false
	}
	var parts [3]int
	for i, at := range [...][2]int{{0, 4}, {5, 7}, {8, 10}} {
		for _, digit := range []byte(text[at[0]:at[1]]) {
			if digit < '0' || digit > '9' {
				return 0, false
			}
			parts[i] = parts[i]*10 + int(digit-'0')
		}
	}
	day := time.Date(parts[0], time.Month(parts[1]), parts[2], 0, 0, 0, 0, time.UTC)
	if parts[0] < 1970 || int(day.Month()) != parts[1] || day.Day() != parts[2] {
		return 0, false
	}
	return day.Unix() / 86400, true
}

func dayText(day int64) string {
	if n := day - firstLate; n >= 0 && n < int64(len(lateDays)) {
		return lateDays[n]
	}
	return writeDay(day)
}

func writeDay(day int64) string { return time.Unix(day*86400, 0).UTC().Format(time.DateOnly) }

// firstLate is 2020-01-01. The days of twenty years from then on are written once,
// since each stands in thousands of records.
const firstLate = 18262

var lateDays = func() (texts [20 * 366]string) {
	for n := range texts {
		texts[n] = writeDay(firstLate + int64(n))
	}
	return texts
}()
