package bot

import (
	"strings"
	"time"
)

// Codes of what holds a planned message back, as they stand in reasons.
const (
	heldQuiet  = "quiet"     // the team's quiet hours, on the person's clock
	heldOwn    = "own-hours" // hours in which the person wants no message
	heldClosed = "closed"    // a bank holiday or another closed day
	heldCap    = "cap"       // as many contacts this week as may be
	heldLate   = "late"      // the program was not there at its time
)

// Kinds of reasons.
const (
	whyPlan    = "plan"    // a plan came due
	whySilence = "silence" // a question had no reply for its time
)

// Reason says why a message was sent first, and then: in codes, since it stands
// in the log and in the outbox. Answers have none; what they answer is theirs.
type Reason struct {
	Kind   string
	Script string
	// Rule is the plan's recurrence rule and At its local time of day.
	Rule, At string
	// Due is when the rule wanted it, in the Zone of the person.
	Due  time.Time
	Zone *time.Location
	// Held is what held it back until it was sent.
	Held []string
}

// planReason is the reason of a planned start.
func (t *turn) planReason(script string, w Wait) Reason {
	plan := t.conv.Patient.Dialog.Schedules[script]
	if once, ok := plan.PutOff(w.Due, t.zone()); ok {
		plan = once
	}
	r := Reason{Kind: whyPlan, Script: script, At: plan.At, Due: w.Due, Zone: t.zone(), Held: w.Held}
	if plan.At != "" {
		r.Rule = plan.Rule()
	}
	return r
}

// because is what the journal keeps of the reason of a message, once in a turn;
// an answer needs none.
func (t *turn) because(safety bool) string {
	if t.class != Planned || safety || t.gave {
		return ""
	}
	if _, ok := parseReason(t.why); !ok {
		return ""
	}
	t.gave = true
	return t.why
}

// String writes it as "why=plan script=weekly rule=FREQ=WEEKLY;BYDAY=WE
// at=10:00 due=2026-11-25T10:00:00Z zone=Europe/London held=quiet,closed".
func (r Reason) String() string {
	s := "why=" + r.Kind + " script=" + r.Script
	if r.Rule != "" {
		s += " rule=" + r.Rule + " at=" + r.At
	}
	s += " due=" + r.Due.In(r.Zone).Format(time.RFC3339) + " zone=" + r.Zone.String()
	if len(r.Held) > 0 {
		s += " held=" + strings.Join(r.Held, ",")
	}
	return s
}

// parseReason reads what String wrote; ok is false for anything else.
func parseReason(s string) (r Reason, ok bool) {
	if !strings.HasPrefix(s, "why=") {
		return Reason{}, false
	}
	r.Zone = time.UTC
	for field := range strings.FieldsSeq(s) {
		key, value, _ := strings.Cut(field, "=")
		switch key {
		case "why":
			r.Kind = value
		case "script":
			r.Script = value
		case "rule":
			r.Rule = value
		case "at":
			r.At = value
		case "due":
			r.Due, _ = time.Parse(time.RFC3339, value)
		case "zone":
			if z, err := zoneOf(value); err == nil {
				r.Zone = z
			}
		case "held":
			r.Held = strings.Split(value, ",")
		}
	}
	return r, true
}
