package checker

import (
	"fmt"
	"testing"

	"onestep/bot"
	"onestep/bot/store"
)

// A record that leaves something out is found out, instead of showing no fault.
func TestARecordThatLeavesSomethingOutProvesNothing(t *testing.T) {
	t.Parallel()
	if v := Check(Record{}); v.Count(Unproven) < 5 {
		t.Errorf("an empty record: %v", v.Faults)
	}
	for name, c := range map[string]struct {
		change func(*Record)
		also   int // faults of other kinds
	}{
		"nobody's words were looked for": {func(r *Record) { r.People[0].Tokens = nil }, 0},
		"nobody was written to first in weeks": {func(r *Record) {
			r.Deeds, r.Sent, r.People[0].Turns = r.Deeds[:11], r.Sent[:3], 2
			r.Rested = second(22 * 24 * 3600)
		}, 0},
		"a person is left out":              {func(r *Record) { r.People = r.People[:1] }, 0},
		"a person stands there twice":       {func(r *Record) { r.People = append(r.People, r.People[1]) }, 0},
		"a person of whom nothing is known": {func(r *Record) { r.People = append(r.People, Person{Conversation: "finch"}) }, 0},
		"the last turn is missing":          {func(r *Record) { r.People[1].Turns++ }, 0},
		"a turn that the store forgot":      {func(r *Record) { r.People[1].Turns = 0 }, 0},
		"a patient without quiet hours":     {func(r *Record) { r.People[0].Quiet = bot.Quiet{} }, 0},
		"a patient without a zone":          {func(r *Record) { r.People[0].Zone = nil }, 0},
		"a patient without a cap":           {func(r *Record) { r.People[0].Cap = 0 }, 0},
		"no clock":                          {func(r *Record) { r.Clock = nil }, 0},
		"no journal":                        {func(r *Record) { r.People[0].Journal, r.People[0].Tokens = nil, nil }, 0},
		"no answer had nothing in its way": {func(r *Record) {
			all := make([]bot.Envelope, enoughAnswers)
			for i := range all {
				all[i] = answer(fmt.Sprint("Words ", i))
			}
			r.Deeds, r.People[0].Turns = append(r.Deeds, committed(30, "wren", 4, "", all...)), 4
			for i, e := range all {
				r.Deeds = append(r.Deeds, did(store.Taken, 30, id("wren", 4, i)), did(store.Delivered, 30, id("wren", 4, i)))
				r.Sent = append(r.Sent, Sent{Chat: telegram, ID: "9", At: second(30.1), Text: e.Text})
			}
		}, 0},
		"no updates":  {func(r *Record) { r.Updates = nil }, 0},
		"no messages": {func(r *Record) { r.Sent = nil }, 3},
	} {
		r := good()
		c.change(&r)
		v := Check(r)
		if n := v.Count(Unproven); n == 0 || len(v.Faults) != n+c.also {
			t.Errorf("%s: %v", name, v.Faults)
		}
	}
}
