package bot

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"onestep/dialogs"
)

// monday names the week of an instant by its Monday, in a zone.
func monday(at time.Time, zone *time.Location) string {
	local := at.In(zone)
	return local.AddDate(0, 0, -(int(local.Weekday())+6)%7).Format(time.DateOnly)
}

// week is what the patient adds to the summary of the week that an instant lies
// in. A week that is no longer kept is counted nowhere.
func (t *turn) week(at time.Time) *Week {
	p := t.conv.Patient
	of := monday(at, t.zone())
	i, known := slices.BinarySearchFunc(p.Weeks, of, func(w Week, of string) int { return strings.Compare(w.Of, of) })
	if known {
		return &p.Weeks[i]
	}
	p.Weeks = slices.Insert(p.Weeks, i, Week{Of: of})
	if extra := len(p.Weeks) - keptWeeks; extra > 0 {
		p.Weeks = p.Weeks[extra:]
		if i -= extra; i < 0 {
			return &Week{}
		}
	}
	return &p.Weeks[i]
}

// weekOf is the week in which the last number of a series was given, nil if
// there is none.
func (t *turn) weekOf(scores *dialogs.Value) *Week {
	if scores == nil || len(scores.Series) == 0 {
		return nil
	}
	day, err := time.ParseInLocation(time.DateOnly, scores.Series[len(scores.Series)-1].On, t.zone())
	if err != nil {
		return nil
	}
	return t.week(day)
}

// keptWeeks are this week and the one before, of which the summary tells.
const keptWeeks = 2

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
			t.week(t.at).Sent++
		case r.What == "fact" && r.Name == "scores" && r.Rule == "back":
			if w := t.weekOf(r.Was); w != nil {
				w.Scored, w.Moved = false, 0
			}
		case r.What == "fact" && r.Name == "scores":
			if scores, _ := after.Facts.Get("scores"); len(scores.Series) > 1 {
				s, w := scores.Series, t.week(t.at)
				w.Scored = true
				w.Moved = cmp.Compare(s[len(s)-1].Number, s[len(s)-2].Number)
			}
		case r.What == "fact" && r.Name == "step" && r.Value != nil:
			t.week(t.at).GoalsSet++
		case r.What == "fact" && r.Name == "steps_done":
			t.week(t.at).GoalsReached++
		case r.What == "fact" && r.Name == "steps_changed":
			t.week(t.at).GoalsChanged++
		}
	}
	if s := after.Session; s != nil && s.Replied && s.Frames[0].Script == "weekly" && !t.conv.Patient.Unseen &&
		(before.Session == nil || !before.Session.Replied) {
		t.week(s.Began).Answered++ // of the week that the check-in belongs to
	}
}
