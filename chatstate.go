package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"onestep/dialogs"
)

// why says where the newest message came from.
func (r *readThrough) why() string {
	if r.last == "" {
		return "Nothing has been said yet."
	}
	text := "The last message came from " + r.last + "."
	if r.rule != "" {
		text += " The reply before it was read by the rule " + r.rule + "."
	}
	return text
}

// describe shows the state in words.
func (r *readThrough) describe() string {
	s := r.state
	lines := []string{"It is " + r.instant(r.clock.now()) + "."}
	add := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	if s.Session == nil {
		add("No script runs.")
	} else {
		for i, f := range s.Session.Frames {
			add("%sAt %s/%s.", strings.Repeat("  ", i), f.Script, f.Step)
			for name, v := range f.Vars.All() {
				add("%s  %s: %s", strings.Repeat("  ", i), name, plainly(v))
			}
		}
		if !r.due.IsZero() {
			add("The question waits until %s.", r.instant(r.due))
		}
	}
	for name, v := range s.Facts.All() {
		add("Known: %s: %s", name, plainly(v))
	}
	for _, name := range slices.Sorted(maps.Keys(s.Schedules)) {
		if next, ok := s.Schedules[name].Next(r.clock.now(), r.zone); ok {
			add("Planned: %s on %s", name, r.instant(next))
		}
	}
	for _, d := range s.Waiting {
		add("Waiting its turn: %s", d.Script)
	}
	switch {
	case s.PausedUntil.Equal(dialogs.Forever):
		add("Paused until the person writes.")
	case !s.PausedUntil.IsZero():
		add("Paused until %s.", r.instant(s.PausedUntil))
	}
	if s.Stopped {
		add("Stopped.")
	}
	if s.Held {
		add("Held until a worker has looked.")
	}
	if s.Missed > 0 {
		add("Check-ins in a row without a reply: %d", s.Missed)
	}
	return strings.Join(lines, "\n")
}

// plainly is a value as a script author writes it.
func plainly(v dialogs.Value) string {
	switch v.Kind {
	case dialogs.Number:
		return strconv.FormatFloat(v.Number, 'f', -1, 64)
	case dialogs.YesNo:
		return map[bool]string{true: "yes", false: "no"}[v.Yes]
	case dialogs.Series:
		var points []string
		for _, p := range v.Series {
			points = append(points, strconv.FormatFloat(p.Number, 'f', -1, 64)+" on "+p.On)
		}
		return strings.Join(points, ", ")
	default:
		return strconv.Quote(v.Text)
	}
}
