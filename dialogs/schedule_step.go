package dialogs

import (
	"errors"
	"maps"
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
		plan.On, plan.From = text.Text, t.ev.At
		if p.instead != nil {
			if plan, ok = old.move(day, plan.At, t.ev.At, t.ev.Zone); !ok {
				return false, nil
			}
		}
	case p.rule != nil:
		rule, ok, err := t.value(p.rule, Text)
		if err != nil || !ok {
			return false, err
		}
		if plan, err = ParseRule(rule.Text, plan.At); err != nil {
			return false, err
		}
		plan = plan.begin(old, t.ev.At, t.ev.Zone)
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
		plan = plan.begin(old, t.ev.At, t.ev.Zone)
	}
	t.setSchedule(st.script, &plan)
	return true, nil
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
