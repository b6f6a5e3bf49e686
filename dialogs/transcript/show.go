package transcript

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"onestep/dialogs"
)

// show writes down one effect.
func (p *Player) show(e dialogs.Effect) {
	switch e := e.(type) {
	case dialogs.Say:
		verb := "says"
		if e.Safety {
			verb = "says at once"
		}
		p.line("%s %s", verb, oneLine(e.Text))
	case dialogs.Ask:
		if p.asked.Token != e.Token {
			p.old = p.asked.Token
		}
		p.asked = e
		p.line("asks %s", oneLine(e.Text))
		if len(e.Choices) > 0 {
			p.line("  %s", buttons(e.Choices))
		}
		p.timer, p.token = time.Time{}, e.Token
		if e.Wait > 0 {
			p.line("  waits %s", short(e.Wait))
			p.timer = p.at.Add(e.Wait)
		}
	case dialogs.Nudge:
		p.line("nudge %s", e.Trigger)
	case dialogs.Plan:
		if e.Schedule == nil {
			p.line("no plan for %s", e.Script)
			return
		}
		p.line("plan %s %s", e.Script, planned(*e.Schedule))
	case dialogs.Record:
		p.line("record %s", recorded(e))
	}
}

func (p *Player) line(format string, args ...any) {
	p.out = append(p.out, strings.TrimRight("  "+fmt.Sprintf(format, args...), " "))
}

// showState writes down what is kept between turns.
func (p *Player) showState() {
	s := p.state
	for name, v := range s.Facts.All() {
		p.line("fact %s = %s", name, value(v))
	}
	for _, script := range slices.Sorted(maps.Keys(s.Schedules)) {
		p.line("plan %s %s", script, planned(s.Schedules[script]))
	}
	if s.Session != nil {
		f := s.Session.Frames[len(s.Session.Frames)-1]
		p.line("at %s/%s", f.Script, f.Step)
		for name, v := range f.Vars.All() {
			p.line("  %s = %s", name, value(v))
		}
	}
	for _, d := range s.Waiting {
		p.line("waiting %s", d.Script)
	}
	if s.Held {
		p.line("held")
	}
	if s.Stopped {
		p.line("stopped")
	}
	switch {
	case s.PausedUntil.Equal(dialogs.Forever):
		p.line("paused until they say")
	case s.PausedUntil.After(p.at):
		p.line("paused until %s", s.PausedUntil.In(p.zone).Format("2006-01-02 15:04"))
	}
	if s.Awake != (dialogs.Awake{}) {
		p.line("hours %s to %s", s.Awake.From, s.Awake.To)
	}
	if s.Missed > 0 {
		p.line("missed %d", s.Missed)
	}
}

func oneLine(s string) string { return strings.ReplaceAll(s, "\n", `\n`) }

// buttons writes [yes] [no], and the scale's eleven in short.
func buttons(list []dialogs.Choice) string {
	labels := make([]string, len(list))
	for i, c := range list {
		labels[i] = "[" + c.Label + "]"
	}
	if len(list) == 11 && list[0].Label == "0" && list[10].Label == "10" {
		return "[0 to 10]"
	}
	return strings.Join(labels, " ")
}

// short writes a duration without its zeros: 48h, 1h30m.
func short(d time.Duration) string {
	s := d.String()
	for _, zero := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(s, zero) {
			s = s[:len(s)-2]
		}
	}
	return s
}

func planned(s dialogs.Schedule) string {
	switch {
	case s.Instead != "":
		return fmt.Sprintf("once on %s, then %s at %s", strings.Replace(s.Instead, " ", " at ", 1), s.Rule(), s.At)
	case s.Every > 0 && s.Days == 0 && s.Until == "":
		return fmt.Sprintf("every %d on %s at %s", s.Every, s.Weekly, s.At)
	case s.Repeats():
		return fmt.Sprintf("%s at %s", s.Rule(), s.At)
	}
	return fmt.Sprintf("on %s at %s", s.On, s.At)
}

// recorded writes a journal record: what, name, value, raw words and rule.
func recorded(r dialogs.Record) string {
	var b strings.Builder
	b.WriteString(r.What)
	if r.Name != "" {
		b.WriteString(" " + r.Name)
	}
	if r.Value != nil {
		b.WriteString(" = " + value(*r.Value))
	}
	if r.Was != nil {
		b.WriteString(" was " + value(*r.Was))
	}
	if r.Raw != "" && r.What != "fact" {
		b.WriteString(" from " + strconv.Quote(r.Raw))
	}
	if r.Rule != "" {
		b.WriteString(" (" + r.Rule)
		if r.Asked {
			b.WriteString(", asked back")
		}
		if r.Told {
			b.WriteString(", told")
		}
		b.WriteString(")")
	}
	return b.String()
}

func value(v dialogs.Value) string {
	switch v.Kind {
	case dialogs.Number:
		return strconv.FormatFloat(v.Number, 'f', -1, 64)
	case dialogs.YesNo:
		if v.Yes {
			return "yes"
		}
		return "no"
	case dialogs.Series:
		points := make([]string, len(v.Series))
		for i, p := range v.Series {
			points[i] = p.On + " " + strconv.FormatFloat(p.Number, 'f', -1, 64)
		}
		return strings.Join(points, ", ")
	}
	return strconv.Quote(v.Text)
}
