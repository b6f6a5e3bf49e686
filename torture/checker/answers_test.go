package checker

import (
	"testing"
	"time"

	"onestep/bot"
	"onestep/bot/store"
)

// waiting is a run in which an answer is committed at 100 s and accepted at a time,
// by the process that has its shard.
func waiting(accepted float64, before ...store.Deed) Record {
	r := good()
	r.People = nil
	last := committed(100, "wren", 4, "", answer("Three?"))
	last.Holder = "host :1#a"
	r.Deeds = append(append(r.Deeds, before...), last,
		did(store.Taken, accepted, id("wren", 4, 0)), did(store.Delivered, accepted, id("wren", 4, 0)))
	r.Sent = append(r.Sent, Sent{Chat: telegram, ID: "9", At: second(accepted + 0.1), Text: "Three?"})
	return r
}

func TestAnAnswerThatWaitsForNothingIsFound(t *testing.T) {
	t.Parallel()
	far := prompt.Seconds() + 2
	blow := func(b Blow, from, to float64) func(*Record) {
		b.From, b.To = second(from), second(to)
		return func(r *Record) { r.Blows = append(r.Blows, b) }
	}
	// A planned message of the same chat, before the answer.
	planned := func(deeds ...store.Deed) func(*Record) {
		return func(r *Record) {
			last := r.Deeds[len(r.Deeds)-3:]
			r.Deeds = append(append(r.Deeds[:len(r.Deeds)-3:len(r.Deeds)-3], deeds...), last...)
		}
	}
	other := did(store.Taken, 100+far, id("wren", 4, 0))
	other.Holder = "host :2#b"
	for name, c := range map[string]struct {
		accepted float64
		change   func(*Record)
		judged   bool
		late     bool
	}{
		"at once":                           {100, nil, true, false},
		"within the limit":                  {100 + prompt.Seconds(), nil, true, false},
		"for nothing":                       {100 + far, nil, true, true},
		"another process was killed":        {100 + far, blow(Blow{Harm: Death, Place: "host :2"}, 101, 101), true, true},
		"another process stood still":       {100 + far, blow(Blow{Harm: Freeze, Place: "host :2"}, 101, 109), true, true},
		"its process stood still":           {100 + far, blow(Blow{Harm: Freeze, Place: "host :1"}, 101, 109), false, false},
		"its process had stood still":       {100 + far, blow(Blow{Harm: Freeze, Place: "host :1"}, 80, 90), true, true},
		"Redis was away":                    {100 + far, blow(Blow{Harm: Outage}, 99, 101), false, false},
		"Redis came back a while ago":       {100 + far, blow(Blow{Harm: Outage}, 80, 90), true, true},
		"its platform was away":             {100 + far, blow(Blow{Harm: Weather, Platform: "telegram"}, 80, 90), false, false},
		"another platform was away":         {100 + far, blow(Blow{Harm: Weather, Platform: "slack"}, 80, 101), true, true},
		"both platforms refused all":        {100 + far, blow(Blow{Harm: Weather}, 101, 103), false, false},
		"some other harm":                   {100 + far, blow(Blow{}, 101, 110), true, true},
		"its shard went to another":         {100 + far, func(r *Record) { r.Deeds[len(r.Deeds)-2] = other }, false, false},
		"a planned message waits":           {100 + far, planned(committed(90, "finch", 1, "", plan("Later")), did(store.Taken, 91, id("finch", 1, 0)), did(store.PutBack, 91, id("finch", 1, 0))), true, true},
		"a planned message was under way":   {100 + far, planned(committed(90, "finch", 1, "", plan("Later")), did(store.Taken, 91, id("finch", 1, 0)), did(store.PutBack, 104, id("finch", 1, 0))), true, false},
		"another answer in its chat failed": {100 + far, planned(committed(90, "finch", 1, "", answer("Later")), did(store.Taken, 91, id("finch", 1, 0)), did(store.PutBack, 91, id("finch", 1, 0))), false, false},
		"it failed itself": {100 + far, func(r *Record) {
			last := r.Deeds[len(r.Deeds)-2:]
			r.Deeds = append(r.Deeds[:len(r.Deeds)-2:len(r.Deeds)-2], did(store.Taken, 100, id("wren", 4, 0)), did(store.PutBack, 101, id("wren", 4, 0)), last[0], last[1])
		}, false, false},
	} {
		r := waiting(c.accepted)
		if c.change != nil {
			c.change(&r)
		}
		v := judge(r)
		faults := 0
		if c.late {
			faults = 1
		}
		if (len(v.Prompt) == 1) != c.judged || v.Count(Delayed) != faults || len(v.Faults) != faults {
			t.Errorf("%s: %d judged, %v", name, len(v.Prompt), v.Faults)
		}
	}
}

// What answers somebody counts as an answer, so that it waits for nothing planned.
func TestAnAnswerIsNotPlanned(t *testing.T) {
	t.Parallel()
	r := good()
	r.People = nil
	r.Deeds[0].Outbox[0].Class = bot.Planned
	if v := judge(r); v.Count(Delayed) != 1 || len(v.Faults) != 1 {
		t.Errorf("found %v", v.Faults)
	}
}

// A chat that is spoken to as fast as may be is not spoken to faster.
func TestAnAnswerWaitsForRoomInItsChat(t *testing.T) {
	t.Parallel()
	// Ten answers in one turn to a group: three at once, and then one each 3.5 s.
	group := bot.Chat{Platform: "telegram", ID: "-7"}
	for late, faults := range map[float64]int{0: 0, prompt.Seconds() + 2: 1} {
		r := Record{Mark: func(operation string) string { return operation }}
		all := make([]bot.Envelope, 10)
		for i := range all {
			all[i] = bot.Envelope{Chat: group, Text: "Again"}
		}
		turn := committed(0, "wren", 1, "", all...)
		turn.Holder = "host :1#a"
		r.Deeds = append(r.Deeds, turn)
		for i := range all {
			at := 3.5 * float64(max(i-2, 0))
			if i == 9 {
				at += late
			}
			r.Deeds = append(r.Deeds, did(store.Taken, at, id("wren", 1, i)), did(store.Delivered, at, id("wren", 1, i)))
			r.Sent = append(r.Sent, Sent{Chat: group, ID: "1", At: second(at + 0.1), Text: "Again"})
		}
		if v := judge(r); v.Count(Delayed) != faults || len(v.Faults) != faults || len(v.Prompt) != 10 || faults == 0 && v.Prompt.At(1) > time.Second {
			t.Errorf("%v: %v, %v", late, v.Prompt, v.Faults)
		}
	}
}
