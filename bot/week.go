package bot

import (
	"time"

	"onestep/dialogs"
)

// monday names the week of an instant by its Monday, in a zone.
func monday(at time.Time, zone *time.Location) string {
	local := at.In(zone)
	return local.AddDate(0, 0, -(int(local.Weekday())+6)%7).Format(time.DateOnly)
}

// week is what the patient adds to this week's summary.
func (t *turn) week() *Week {
	p := t.conv.Patient
	of := monday(t.at, t.zone())
	if n := len(p.Weeks); n == 0 || p.Weeks[n-1].Of != of {
		p.Weeks = append(p.Weeks, Week{Of: of})
		p.Weeks = p.Weeks[max(0, len(p.Weeks)-2):]
	}
	return &p.Weeks[len(p.Weeks)-1]
}

// count reads from a step what the weekly summary counts.
func (t *turn) count(before dialogs.State, effects []dialogs.Effect) {
	after := t.conv.Patient.Dialog
	for _, e := range effects {
		r, ok := e.(dialogs.Record)
		if !ok {
			continue
		}
		switch {
		case r.What == "session" && r.Name == "weekly" && r.Rule == "began":
			t.week().Sent++
		case r.What == "fact" && r.Name == "scores":
			if s := after.Facts["scores"].Series; len(s) > 1 {
				w := t.week()
				w.Scored = true
				w.Moved = sign(s[len(s)-1].Number - s[len(s)-2].Number)
			}
		case r.What == "fact" && r.Name == "step" && r.Value != nil:
			t.week().GoalsSet++
		case r.What == "fact" && r.Name == "steps_done":
			t.week().GoalsReached++
		case r.What == "fact" && r.Name == "steps_changed":
			t.week().GoalsChanged++
		}
	}
	if s := after.Session; s != nil && s.Replied && s.Frames[0].Script == "weekly" &&
		(before.Session == nil || !before.Session.Replied) {
		t.week().Answered++
	}
}

func sign(x float64) int {
	switch {
	case x < 0:
		return -1
	case x > 0:
		return 1
	}
	return 0
}
