package dialogs

import "strings"

// schedule reads a schedule step.
func (r *reader) schedule(s *step, o object, arg node) {
	s.script = arg.text("schedule")
	weekly, rule, on, instead := o.get("weekly"), o.get("rule"), o.get("on"), o.get("instead")
	every, at, off := o.get("every"), o.get("at"), o.get("off")
	var days int
	for _, n := range []node{weekly, rule, on, instead} {
		if n.present() {
			days++
		}
	}
	p := &s.schedule
	if p.off = off.yes("off"); p.off {
		if days > 0 || at.present() || every.present() {
			off.fault("off: true removes the plan and stands alone")
		}
		return
	}
	if days != 1 {
		arg.fault("a schedule has either weekly: DAY or on: DATE, or one of rule: RULE and instead: DATE")
		return
	}
	if !at.present() {
		arg.fault("a schedule needs at: TIME, such as at: \"10:00\"")
		return
	}
	if text := strings.TrimSpace(at.text("at")); clockTime.MatchString(text) {
		p.at = literal(text)
	} else {
		p.at = r.compile(at, "at", Text)
	}
	if every.present() && !weekly.present() {
		every.fault("every belongs to weekly")
	}
	switch {
	case on.present():
		p.on = r.date(on, "on")
	case instead.present():
		p.instead = r.date(instead, "instead")
	case rule.present():
		text := rule.text("rule")
		if !strings.HasPrefix(text, "FREQ=") {
			p.rule = r.compile(rule, "rule", Text)
			return
		}
		if _, err := ParseRule(text, "10:00"); err != nil {
			rule.fault("%v", err)
		}
		p.rule = literal(text)
	default:
		if p.every = every.number("every", 1); p.every < 1 || p.every > 52 {
			every.fault("every: 1 to 52 weeks")
		}
		if text := weekly.text("weekly"); isDay(text) && r.kinds[text] == "" {
			p.weekly = literal(text)
		} else {
			p.weekly = r.compile(weekly, "weekly", Text)
		}
	}
}

// date reads a day as it is or as an expression.
func (r *reader) date(n node, key string) *expression {
	if text := n.text(key); isoDate.MatchString(text) {
		return literal(text)
	}
	return r.compile(n, key, Date)
}

// isDay tells a day's name from an expression.
func isDay(text string) bool { _, ok := weekdayOf(text); return ok }
