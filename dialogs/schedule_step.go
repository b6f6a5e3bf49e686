package dialogs

import (
	"errors"
	"maps"
	"slices"
	"time"
)

// plan sets when a script starts by itself. done is false when the day or the
// time is not set.
func (t *turn) plan(st *step) (done bool, err error) {
	p := st.schedule
	if p.off {
		t.setSchedule(st.script, nil)
		return true, nil
	}
	clock, ok, err := t.value(p.at, Text)
	if err != nil || !ok {
		return false, err
	}
	at, err := time.Parse("15:04", clock.Text)
	if err != nil {
		return false, err
	}
	old := t.s.Schedules[st.script]
	plan := Schedule{At: at.Format("15:04")}
	switch {
	case p.on != nil || p.instead != nil:
		e := p.on
		if e == nil {
			e = p.instead
		}
		text, ok, err := t.value(e, Date)
		if err != nil || !ok {
			return false, err
		}
		day, err := time.Parse(time.DateOnly, text.Text)
		if err != nil {
			return false, err
		}
		if p.instead != nil {
			come := t.come(st.script)
			if next, ok := old.Next(t.ev.At, t.ev.Zone); ok && old.Instead == "" && !day.Before(civil(next, t.ev.Zone)) {
				come = zeroTime // that far off it is the next one's place
			}
			if plan, ok = old.move(day, plan.At, t.goesOn(), t.ev.Zone, come); !ok {
				return false, nil
			}
			t.wakes(st.script, at)
			break
		}
		plan = t.once(day, at)
		if t.scriptOf().vars[e.bare] == Date {
			t.setVar(e.bare, Value{Kind: Date, Text: plan.On}) // what is said of it is true
		}
	case p.rule != nil:
		rule, ok, err := t.value(p.rule, Text)
		if err != nil || !ok {
			return false, err
		}
		if kept, ok := parseKept(rule.Text); ok {
			plan = t.putBack(st.script, kept)
			break
		}
		if plan, err = ParseRule(rule.Text, plan.At); err != nil {
			return false, err
		}
		plan = t.anew(st.script, plan, at)
	default:
		day, ok, err := t.value(p.weekly, Text)
		if err != nil || !ok {
			return false, err
		}
		weekday, isDay := weekdayOf(day.Text)
		if !isDay {
			return false, errors.New("this is no day of the week")
		}
		plan.Weekly, plan.Every = weekday, p.every
		plan = t.anew(st.script, plan, at)
	}
	t.setSchedule(st.script, &plan)
	return true, nil
}

// anew gives a plan that is agreed on its first day. A start that waits behind this
// dialog still comes if that day is in a later week, for else its week would have
// none; one that hours, days or the contacts of the week hold back gives way.
func (t *turn) anew(script string, plan Schedule, clock time.Time) Schedule {
	t.wakes(script, clock)
	held := t.held(script)
	plan = plan.begin(t.s.Schedules[script], t.ev.At, t.ev.Zone, held)
	if plan.Every > 0 && t.waits(script) && plan.First >= monday(held).AddDate(0, 0, 7*plan.Every).Format(time.DateOnly) {
		plan.Last = held.Format(time.DateOnly)
	}
	return plan
}

// waits tells whether a start has come and waits behind this dialog.
func (t *turn) waits(script string) bool {
	return slices.ContainsFunc(t.s.Waiting, func(d Due) bool { return d.Script == script && !t.goesWith(d) })
}

// putBack gives the plan as it was before a change that is not to be. A start of it
// that fell due while the change was talked over comes after this dialog, unless it
// gets another day yet.
func (t *turn) putBack(script string, kept Schedule) Schedule {
	at, ok := kept.Next(kept.From, t.ev.Zone)
	if _, held := t.ev.Held[script]; held || !ok || at.After(t.ev.At) {
		return kept
	}
	kept = kept.came(at, t.ev.Zone)
	waits := slices.ContainsFunc(t.s.Waiting, func(d Due) bool { return d.Script == script })
	if !waits && t.s.Session.Frames[0].Script != script {
		t.s.Waiting = append(slices.Clip(t.s.Waiting), Due{Script: script, At: at, Expires: at.Add(waitsAtMost)})
		t.record(Record{What: "session", Name: script, Rule: "waits"})
	}
	return kept
}

// once is a plan for one start: on that day, or the first after it on which it
// can be sent. Where its time has passed today it is put into the evening, since
// whoever said "today" wants to be asked today, if that is an hour off or more.
func (t *turn) once(day, clock time.Time) Schedule {
	plan := Schedule{At: clock.Format("15:04"), From: t.ev.At}
	today := civil(t.ev.At, t.ev.Zone)
	day = later(day, today)
	start := localTime(day, clock, t.ev.Zone)
	if !start.After(t.ev.At) {
		evening := t.within(partTimes["evening"])
		start = LocalTime(today, minutesOf(evening.at), t.ev.Zone)
		if start.Sub(t.ev.At) >= time.Hour && t.sends(start).Equal(start) {
			plan.At = evening.at
		} else {
			start = localTime(today.AddDate(0, 0, 1), clock, t.ev.Zone)
		}
	}
	plan.On = dateOf(t.sends(start), t.ev.Zone)
	return plan
}

// come is the day of the rule whose start has come and is not over: the dialog
// runs, waits behind another one, or is held back by hours and days.
func (t *turn) come(script string) time.Time {
	plan := t.s.Schedules[script]
	last, _ := time.Parse(time.DateOnly, plan.Last)
	if s := t.s.Session; s != nil && len(s.Frames) > 0 && s.Frames[0].Script == script {
		return last
	}
	return t.held(script)
}

// held is the day of the rule whose start has come and has not begun: it waits
// behind another dialog, or is held back by hours and days.
func (t *turn) held(script string) time.Time {
	if t.waits(script) {
		last, _ := time.Parse(time.DateOnly, t.s.Schedules[script].Last)
		return last
	}
	start, held := t.ev.Held[script]
	if !held {
		return time.Time{}
	}
	plan := t.s.Schedules[script]
	if last, err := time.Parse(time.DateOnly, plan.Last); err == nil && plan.Instead != "" {
		return last
	}
	return civil(start.Due, t.ev.Zone)
}

// came notes in a repeating plan that a day of it has come.
func (t *turn) came(due Due) {
	plan, ok := t.s.Schedules[due.Script]
	if !ok || !plan.Repeats() {
		return
	}
	if !t.ownSchedules {
		t.s.Schedules, t.ownSchedules = maps.Clone(t.s.Schedules), true
	}
	t.s.Schedules[due.Script] = plan.came(due.At, t.ev.Zone)
}
