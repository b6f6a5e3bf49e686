package config

import (
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
)

// hours reads {days: mon-fri, from: 09:00, to: 17:00}.
func (d document) hours(n ast.Node) Hours {
	var h Hours
	entries := d.table(n, "hours", []string{"days", "from", "to"})
	if entries == nil {
		return h
	}
	faults := len(*d.faults)
	for _, key := range []string{"days", "from", "to"} {
		if entries[key] == nil {
			d.faults.add(d.where(n), "the hours have no %s; write them as {days: mon-fri, from: \"09:00\", to: \"17:00\"}.", key)
		}
	}
	if days := entries["days"]; days != nil {
		h.Days = d.days(days)
	}
	d.with(entries, "from", func(v text) { h.From = d.clock(v) })
	d.with(entries, "to", func(v text) { h.To = d.clock(v) })
	if faults == len(*d.faults) && h.From >= h.To {
		d.faults.add(d.where(entries["to"]), "the service ends at %s, before it begins at %s; swap them, or write the end as 24:00 for midnight.", h.To, h.From)
	}
	return h
}

// quiet reads {from: 20:00, to: 09:00}.
func (d document) quiet(n ast.Node) Quiet {
	var q Quiet
	entries := d.table(n, "quiet", []string{"from", "to"})
	if entries == nil {
		return q
	}
	faults := len(*d.faults)
	for _, key := range []string{"from", "to"} {
		if entries[key] == nil {
			d.faults.add(d.where(n), "the quiet hours have no %s; write them as {from: \"20:00\", to: \"09:00\"}.", key)
		}
	}
	d.with(entries, "from", func(v text) { q.From = d.clock(v) % midnight })
	d.with(entries, "to", func(v text) { q.To = d.clock(v) % midnight })
	switch {
	case faults != len(*d.faults):
	case q.From == q.To:
		d.faults.add(d.where(entries["to"]), "the quiet hours begin and end at %s; leave `quiet` out for 20:00 to 09:00.", q.From)
	case q.covers(12 * 60):
		d.faults.add(d.where(n), "quiet hours from %s to %s would silence the middle of the day; did you mean from %s to %s?", q.From, q.To, q.To, q.From)
	}
	return q
}

// covers tells whether a time of day lies in the quiet hours.
func (q Quiet) covers(c Clock) bool {
	if q.From < q.To {
		return q.From <= c && c < q.To
	}
	return c >= q.From || c < q.To
}

// weekly reads {day: monday, at: 09:00}; what is left out keeps its default.
func (d document) weekly(n ast.Node, w Weekly) Weekly {
	entries := d.table(n, "summary", []string{"day", "at"})
	d.with(entries, "day", func(v text) {
		day, ok := parseDay(v.value)
		if !ok {
			d.faults.add(v.where, "%q is not a day; write it as monday or mon.", v.value)
		}
		w.Day = day
	})
	d.with(entries, "at", func(v text) { w.At = d.clock(v) % midnight })
	return w
}

func (d document) clock(v text) Clock {
	c, ok := parseClock(v.value)
	if !ok {
		d.faults.add(v.where, "%q is not a time of day; write it as \"09:00\".", v.value)
	}
	return c
}

// days reads "mon-fri", "mon, wed" or a list of such words.
func (d document) days(n ast.Node) Days {
	var spans []text
	if list, ok := n.(*ast.SequenceNode); ok {
		for _, item := range list.Values {
			if v, ok := d.scalar(item, "a day"); ok {
				spans = append(spans, v)
			}
		}
	} else if v, ok := d.scalar(n, "days"); ok {
		for span := range strings.SplitSeq(v.value, ",") {
			spans = append(spans, text{value: strings.TrimSpace(span), where: v.where})
		}
	}
	var days Days
	for _, span := range spans {
		first, last, isSpan := strings.Cut(span.value, "-")
		if !isSpan {
			last = first
		}
		from, ok1 := parseDay(first)
		to, ok2 := parseDay(last)
		if !ok1 || !ok2 {
			d.faults.add(span.where, "%q are no days; write them as mon-fri, or mon, wed, fri.", span.value)
			continue
		}
		for day := from; ; day = (day + 1) % 7 {
			days[day] = true
			if day == to {
				break
			}
		}
	}
	if len(spans) == 0 && n.Type() == ast.SequenceType {
		d.faults.add(d.where(n), "there is no day on which anybody reads; write them as mon-fri.")
	}
	return days
}

// parseDay reads a day's name or its first three letters.
func parseDay(s string) (time.Weekday, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	for day := time.Sunday; day <= time.Saturday; day++ {
		name := strings.ToLower(day.String())
		if s == name || s == name[:3] {
			return day, true
		}
	}
	return 0, false
}
