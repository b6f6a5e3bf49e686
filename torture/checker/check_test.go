package checker

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/bot"
	"onestep/bot/store"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func second(n float64) time.Time { return noon.Add(time.Duration(n * float64(time.Second))) }

var (
	telegram = bot.Chat{Platform: "telegram", ID: "7"}
	slack    = bot.Chat{Platform: "slack", ID: "U7"}
)

func id(conversation string, turn, place int) string {
	return fmt.Sprintf("%s.%010d.%03d", conversation, turn, place)
}

func committed(at float64, conversation string, turn int, operation string, out ...bot.Envelope) store.Deed {
	for i := range out {
		out[i].ID = id(conversation, turn, i)
	}
	return store.Deed{Kind: store.Committed, At: second(at), Conversation: conversation, Version: uint64(turn), Operation: operation, Outbox: out}
}

// did is a deed; what is taken, one process takes whose clock is right.
func did(kind store.DeedKind, at float64, entry string) store.Deed {
	d := store.Deed{Kind: kind, At: second(at), Entry: entry}
	if kind == store.Taken {
		d.Holder, d.Until = "host :1#a", second(at).Add(attemptLife)
	}
	return d
}

func perhaps(d store.Deed) store.Deed {
	d.Unsure = true
	return d
}

func answer(text string) bot.Envelope { return bot.Envelope{Chat: telegram, Text: text} }
func plan(text string) bot.Envelope {
	return bot.Envelope{Chat: telegram, Text: text, Class: bot.Planned}
}

// good is a run in which all is well: two answers and something planned, the
// second answer repeated since its answer was lost.
func good() Record {
	return Record{
		Mark:    func(operation string) string { return "m" + operation },
		Updates: []Update{{Operation: "u1", Confirmed: true}, {Operation: "u2", Confirmed: true}, {Operation: "u3"}},
		Deeds: []store.Deed{
			committed(0, "wren", 1, "mu1", answer("One?")),
			did(store.Taken, 0, id("wren", 1, 0)),
			did(store.Delivered, 0, id("wren", 1, 0)),
			committed(4, "wren", 2, "mu2", answer("Two?"), bot.Envelope{Letter: &bot.Letter{To: "robin", Kind: "nudge"}}),
			did(store.Taken, 4, id("wren", 2, 0)),
			perhaps(did(store.PutBack, 5, id("wren", 2, 0))),
			did(store.Taken, 4, id("wren", 2, 1)),
			committed(4, "robin", 1, "m"+id("wren", 2, 1)),
			did(store.Delivered, 4, id("wren", 2, 1)),
			perhaps(did(store.Taken, 6, id("wren", 2, 0))),
			did(store.Delivered, 6, id("wren", 2, 0)),
			committed(20, "wren", 3, "", plan("How are things?")),
			did(store.Taken, 20, id("wren", 3, 0)),
			did(store.Delivered, 20, id("wren", 3, 0)),
		},
		Sent: []Sent{
			{Chat: telegram, ID: "1", At: second(0.1), Text: "One?"},
			{Chat: telegram, ID: "2", At: second(4.1), Text: "Two?", Unheard: true},
			{Chat: telegram, ID: "3", At: second(6.1), Text: "Two?"},
			{Chat: telegram, ID: "4", At: second(20.1), Text: "How are things?"},
		},
		People: []Person{{
			Conversation: "wren", Turns: 3, Patient: true, Zone: time.UTC, Quiet: bot.Quiet{Start: "20:00", End: "09:00"}, Cap: 1,
			Tokens: []string{"kalo", "muni"}, Waiting: "and muni",
			Journal: []bot.Entry{
				{Turn: 1, At: noon, What: "answer", Raw: "I saw kalo"},
				{Turn: 3, At: noon, What: "asked"},
				{Turn: 3, At: noon, What: "session", Name: "weekly", Rule: "began"},
			},
		}, {Conversation: "robin", Turns: 1}},
		Clock: func(at time.Time) time.Time { return at }, Rested: second(3600),
		Starts: []Start{{Place: "host :1", At: second(-60)}, {Place: "host :2", At: second(-60)}},
	}
}

func TestWhatIsWellIsNotFound(t *testing.T) {
	t.Parallel()
	v := Check(good())
	if len(v.Faults) > 0 {
		t.Errorf("found %v", v.Faults)
	}
	if v.Turns != 4 || v.Updates != 2 || v.Messages != 3 || v.Letters != 1 || v.Accepted != 4 || v.In(Unheard) != 1 || len(v.Repeats) != 1 || v.Waiting != 0 || len(v.Dead) != 0 || v.Contacts != 1 || v.Tokens != 2 {
		t.Errorf("counted %+v", v)
	}
	if v.Answers.At(1) != time.Duration(0) || len(v.Planned) != 1 {
		t.Errorf("waits %v %v", v.Answers, v.Planned)
	}
}

// Each fault that is put into the record is found, as what it is, and nothing
// else is.
func TestEveryKindOfFaultIsFound(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		want   Kind
		change func(*Record)
	}{
		"a confirmed update without a turn": {Lost, func(r *Record) { r.Updates = append(r.Updates, Update{Operation: "u9", Confirmed: true}) }},
		"an update that made two turns": {Doubled, func(r *Record) {
			r.Deeds = append(r.Deeds, committed(30, "wren", 4, "mu2"))
		}},
		"a letter that was opened twice": {Doubled, func(r *Record) {
			r.Deeds = append(r.Deeds, committed(30, "robin", 2, "m"+id("wren", 2, 1)))
		}},
		"an update that the platform gave up telling": {Lost, func(r *Record) { r.Updates[2].Dropped = true }},
		"a letter that was given up":                  {Lost, func(r *Record) { r.Deeds[8].Kind = store.GivenUp }},
		"a letter that nobody opened": {Lost, func(r *Record) {
			r.Deeds[7].Operation = "another"
		}},
		"a message that was given up": {Lost, func(r *Record) {
			r.Deeds[2].Kind, r.Deeds[2].Reason = store.GivenUp, "gone"
			r.Sent = r.Sent[1:]
		}},
		"a message that was given up and had arrived": {Lost, func(r *Record) {
			r.Deeds[2].Kind, r.Deeds[2].Reason = store.GivenUp, "too old"
			r.Deeds[2].Unsure, r.Sent[0].Unheard = true, true
		}},
		"a turn that follows none": {Doubled, func(r *Record) { r.Deeds = append(r.Deeds, committed(30, "wren", 5, "")) }},
		"a turn that was written twice": {Doubled, func(r *Record) {
			r.Deeds = append(r.Deeds, committed(30, "wren", 3, ""))
		}},
		"a message of another turn": {Doubled, func(r *Record) {
			e := answer("Three?")
			d := committed(30, "wren", 4, "")
			e.ID = id("wren", 2, 7)
			d.Outbox = []bot.Envelope{e}
			r.Deeds = append(r.Deeds, d)
		}},
		"a message that was never accepted": {Lost, func(r *Record) { r.Sent = r.Sent[1:] }},
		"a message that nobody committed": {Doubled, func(r *Record) {
			r.Sent = append(r.Sent, Sent{Chat: telegram, ID: "9", At: second(30), Text: "Who said this?"})
		}},
		"a message that came twice for no reason":               {Unexplained, func(r *Record) { r.Sent[1].Unheard = false }},
		"a message that came twice where it could be looked up": {Doubled, func(r *Record) { r.Sent[1].Known = true }},
		"a message that came twice in one attempt": {Doubled, func(r *Record) {
			r.Sent = slices.Insert(r.Sent, 1, Sent{Chat: telegram, ID: "1b", At: second(0.2), Text: "One?"})
		}},
		"a message that overtook the one before": {Unordered, func(r *Record) {
			// Both are committed before either is taken.
			r.Deeds[1], r.Deeds[2], r.Deeds[3] = r.Deeds[3], r.Deeds[1], r.Deeds[2]
			r.Deeds = append(r.Deeds[:1:1], append([]store.Deed{r.Deeds[1]}, slices.Concat(r.Deeds[4:6], r.Deeds[6:11], []store.Deed{
				did(store.Taken, 8, id("wren", 1, 0)), did(store.Delivered, 8, id("wren", 1, 0)),
			}, r.Deeds[11:])...)...)
			r.Sent[0].At = second(8.1)
			r.Sent = []Sent{r.Sent[1], r.Sent[2], r.Sent[0], r.Sent[3]}
		}},
		"a reply that waited behind what was planned": {Unordered, func(r *Record) {
			r.Deeds = append(r.Deeds,
				committed(30, "wren", 4, "", plan("Planned")),
				committed(31, "wren", 5, "", answer("Reply")),
				did(store.Taken, 40, id("wren", 4, 0)), did(store.Delivered, 40, id("wren", 4, 0)),
				did(store.Taken, 41, id("wren", 5, 0)), did(store.Delivered, 41, id("wren", 5, 0)),
			)
			r.People[0].Journal = append(r.People[0].Journal, bot.Entry{Turn: 4, At: noon, What: "said"})
			r.People[0].Cap = 2
			r.Sent = append(r.Sent, Sent{Chat: telegram, ID: "5", At: second(40.1), Text: "Planned"}, Sent{Chat: telegram, ID: "6", At: second(41.1), Text: "Reply"})
		}},
		"a check-in in the night": {Late, func(r *Record) {
			r.People[0].Journal[1].At = second(-3600 * 4)
			r.People[0].Journal[2].At = second(-3600 * 4)
		}},
		"a check-in that began twice in a day": {Doubled, func(r *Record) {
			r.People[0].Journal = append(r.People[0].Journal, bot.Entry{Turn: 4, At: second(60), What: "session", Name: "weekly", Rule: "began"})
		}},
		"words that stand nowhere":  {Lost, func(r *Record) { r.People[0].Waiting = "" }},
		"words that were told once": {Doubled, func(r *Record) { r.People[0].Journal[1].Raw = "I saw kalo" }},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := good()
			c.change(&r)
			v := judge(r)
			if len(v.Faults) != 1 || v.Count(c.want) != 1 {
				t.Errorf("found %v, want one of kind %s", v.Faults, c.want)
			}
			for _, f := range v.Faults {
				for _, words := range []string{"kalo", "muni", "One?", "Two?", "things"} {
					if strings.Contains(f.What, words) {
						t.Errorf("the evidence holds somebody's words: %s", f.What)
					}
				}
			}
		})
	}
}

// A message may come again only in a window that the record shows: the answer was
// lost and both sides say so, or a blow to the very process that had it, or to
// Redis, kept the answer from being noted.
func TestOnlyAWindowExplainsARepeat(t *testing.T) {
	t.Parallel()
	const here, there = "host :1#a", "host :2#b"
	death := func(place string, at float64) Blow {
		return Blow{What: "kill", Harm: Death, Place: place, From: second(at), To: second(at)}
	}
	freeze := func(place string, from, to float64) Blow {
		return Blow{What: "freeze", Harm: Freeze, Place: place, From: second(from), To: second(to)}
	}
	outage := func(from, to float64) Blow {
		return Blow{What: "redis", Harm: Outage, From: second(from), To: second(to)}
	}
	cut := func(platform string, from float64) Blow {
		return Blow{What: "cut", Harm: Weather, Platform: platform, Cuts: true, From: second(from), To: second(from + 1)}
	}
	for _, c := range []struct {
		name    string
		settled bool   // the first attempt, as unsure
		unheard bool   // the platform says that its answer was lost
		next    string // who makes the second attempt
		again   float64
		blows   []Blow
		want    Window
	}{
		{"the answer was lost", true, true, here, 6, nil, Unheard},
		{"the platform knows of no lost answer", true, false, here, 6, nil, ""},
		{"the platform was cut off just then", true, false, here, 6, []Blow{cut("telegram", 4.2)}, Unheard},
		{"another platform was cut off just then", true, false, here, 6, []Blow{cut("slack", 4.2)}, ""},
		{"the platform was cut off later", true, false, here, 8, []Blow{cut("telegram", 6)}, ""},
		{"never noted for no reason", false, false, there, 6, nil, ""},
		{"never noted for no reason, and the answer was lost", false, true, there, 6, nil, ""},
		{"killed in between", false, false, there, 6, []Blow{death("host :1", 4.3)}, Killed},
		{"killed with the call on its way", false, false, there, 6, []Blow{death("host :1", 4)}, Killed},
		{"another was killed", false, false, there, 6, []Blow{death("host :2", 4.3)}, ""},
		{"killed long before", false, false, there, 6, []Blow{death("host :1", 2)}, ""},
		{"killed long after", false, false, there, 20, []Blow{death("host :1", 9)}, ""},
		{"killed long after, Redis being away", false, false, there, 20, []Blow{death("host :1", 9), outage(5, 8)}, Killed},
		{"settled, and killed", true, false, there, 6, []Blow{death("host :1", 4.3)}, ""},
		{"frozen over it", false, false, there, 14, []Blow{freeze("host :1", 4.2, 15)}, Frozen},
		{"frozen, and nobody else had the shard", false, false, here, 14, []Blow{freeze("host :1", 4.2, 15)}, ""},
		{"frozen before it", false, false, there, 14, []Blow{freeze("host :1", 2, 15)}, ""},
		{"another was frozen", false, false, there, 14, []Blow{freeze("host :2", 4.2, 15)}, ""},
		{"frozen and gone on before it", false, false, there, 14, []Blow{freeze("host :1", 1, 3)}, ""},
		{"Redis was away, and another had the shard", false, false, there, 14, []Blow{outage(4.2, 13)}, Away},
		{"Redis was away, and the lease of the entry ran out", false, false, here, 70, []Blow{outage(4.2, 60)}, Away},
		{"Redis was away, and the same process came back", false, false, here, 14, []Blow{outage(4.2, 13)}, ""},
		{"Redis had been away", false, false, there, 14, []Blow{outage(1, 3)}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := good()
			r.Blows = c.blows
			r.Sent[1].Unheard = c.unheard
			r.Sent[2].At = second(c.again + 0.1)
			r.Deeds[4].Holder = here
			for _, n := range []int{9, 10} {
				r.Deeds[n].At = second(c.again)
			}
			r.Deeds[9].Holder = c.next
			// Without the planned message, which comes before the latest of these.
			r.Deeds, r.Sent, r.People = r.Deeds[:11], r.Sent[:3], nil
			if !c.settled {
				r.Deeds = slices.Delete(r.Deeds, 5, 6)
			}
			v := judge(r)
			if c.want == "" {
				if len(v.Repeats) != 0 || v.Count(Unexplained) != 1 || len(v.Faults) != 1 {
					t.Errorf("explained by %v, found %v", v.Repeats, v.Faults)
				}
				return
			}
			if len(v.Faults) != 0 || len(v.Repeats) != 1 || v.In(c.want) != 1 {
				t.Errorf("explained by %v, found %v; want %q", v.Repeats, v.Faults, c.want)
			}
		})
	}
}

// A process that was frozen and sends what it had in hand when it goes on, although
// another has sent it since, is not excused by the freeze.
func TestWhoWakesUpAndSendsIsFound(t *testing.T) {
	t.Parallel()
	r := good()
	r.Sent[1].Unheard = false
	r.Deeds[4].Holder, r.Deeds[9].Holder = "host :1#a", "host :2#b"
	r.Deeds = slices.Delete(r.Deeds, 5, 6)
	// The second attempt arrived first, and the frozen one's long after it.
	r.Sent[1].At, r.Sent[2].At = second(6.1), second(12.1)
	r.Blows = []Blow{{What: "freeze", Harm: Freeze, Place: "host :1", From: second(4.2), To: second(12)}}
	if v := judge(r); v.Count(Doubled) != 1 || len(v.Faults) != 1 || len(v.Repeats) != 0 {
		t.Errorf("repeats %v, found %v", v.Repeats, v.Faults)
	}
}

// Words of danger that can be stored nowhere are met past the store, while Redis
// is away and at no other time; nothing else goes that way.
func TestOnlyDangerGoesPastTheStore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		at     float64
		text   string
		faults int
	}{{50, "call 999", 0}, {65, "call 999", 0}, {50, "Two?", 1}, {90, "call 999", 1}, {30, "call 999", 1}} {
		r := good()
		r.Bare = func(text string) bool { return strings.Contains(text, "999") }
		r.Blows = append(r.Blows, Blow{Harm: Outage, From: second(40), To: second(60)})
		r.Sent = append(r.Sent, Sent{Chat: telegram, ID: "99", At: second(c.at), Text: c.text})
		if v := judge(r); len(v.Faults) != c.faults || v.Bare != 1-c.faults {
			t.Errorf("%q at %v: %v, %d past the store", c.text, c.at, v.Faults, v.Bare)
		}
	}
}

// On Slack the record tells which entry a message is of, and one that was looked
// up and found needs no second acceptance.
func TestSlackIsMatchedByMark(t *testing.T) {
	t.Parallel()
	e := bot.Envelope{Chat: slack, Text: "Same words"}
	r := Record{
		Mark: func(operation string) string { return operation },
		Deeds: []store.Deed{
			committed(0, "wren", 1, "", e, e),
			did(store.Taken, 0, id("wren", 1, 0)),
			perhaps(did(store.PutBack, 1, id("wren", 1, 0))),
			perhaps(did(store.Taken, 2, id("wren", 1, 0))),
			did(store.Delivered, 2, id("wren", 1, 0)),
			did(store.Taken, 3, id("wren", 1, 1)),
			did(store.Delivered, 3, id("wren", 1, 1)),
		},
		Sent: []Sent{
			{Chat: slack, ID: "1", At: second(0.2), Entry: id("wren", 1, 0), Unheard: true},
			{Chat: slack, ID: "2", At: second(3.2), Entry: id("wren", 1, 1)},
		},
	}
	if v := judge(r); len(v.Faults) > 0 || len(v.Repeats) != 0 {
		t.Errorf("repeats %v, found %v", v.Repeats, v.Faults)
	}
	r.Sent[1].Entry = id("wren", 1, 0)
	if v := judge(r); v.Count(Lost) != 1 {
		t.Errorf("found %v", v.Faults)
	}
}

// What was found by a look-up arrived when an earlier attempt made it arrive, so an
// answer that was written between the two has overtaken nothing.
func TestALookUpIsNoArrival(t *testing.T) {
	t.Parallel()
	r := Record{
		Mark: func(operation string) string { return operation },
		Deeds: []store.Deed{
			committed(0, "wren", 1, "", bot.Envelope{Chat: slack, Text: "How are things?", Class: bot.Planned}),
			did(store.Taken, 5, id("wren", 1, 0)),
			perhaps(did(store.PutBack, 5, id("wren", 1, 0))),
			committed(5, "wren", 2, "", bot.Envelope{Chat: slack, Text: "Thank you"}),
			did(store.Taken, 5, id("wren", 2, 0)),
			did(store.Delivered, 5, id("wren", 2, 0)),
			perhaps(did(store.Taken, 5, id("wren", 1, 0))),
			did(store.Delivered, 5, id("wren", 1, 0)),
		},
		Sent: []Sent{
			{Chat: slack, ID: "1", At: second(5.54), Entry: id("wren", 1, 0), Unheard: true},
			{Chat: slack, ID: "2", At: second(5.60), Entry: id("wren", 2, 0)},
		},
	}
	if v := judge(r); len(v.Faults) > 0 {
		t.Errorf("found %v", v.Faults)
	}
	// The look-up found nothing and sent it, before the answer.
	r.Sent[0].Unheard = false
	if v := judge(r); v.Count(Unordered) != 1 {
		t.Errorf("found %v", v.Faults)
	}
}

// What a turn called off is not lost, whether or not it was on its way; but only
// what was planned may be called off, and it is not tried again.
func TestWhatIsCalledOffIsNotLost(t *testing.T) {
	t.Parallel()
	why := "called off"
	off := func(of func(string) bot.Envelope, more ...store.Deed) Verdict {
		r := good()
		r.Deeds = append(r.Deeds, committed(30, "wren", 4, "", of("Three?")), did(store.Taken, 31, id("wren", 4, 0)),
			did(store.CalledOff, 32, id("wren", 4, 0)), committed(32, "wren", 5, ""))
		r.Deeds = append(r.Deeds, more...)
		r.People[0].Journal = append(r.People[0].Journal, bot.Entry{Turn: 4, At: noon, What: "said"},
			bot.Entry{Turn: 5, At: noon, What: why, Name: id("wren", 4, 0)})
		return judge(r).Verdict
	}
	if v := off(plan); v.Off != 1 || v.Waiting != 0 || len(v.Faults) > 0 {
		t.Errorf("%d called off, %d waiting, %v", v.Off, v.Waiting, v.Faults)
	}
	if v := off(answer); v.Count(Lost) != 1 {
		t.Errorf("an answer: %v", v.Faults)
	}
	if v := off(plan, did(store.Taken, 33, id("wren", 4, 0))); v.Count(Doubled) != 1 {
		t.Errorf("tried again: %v", v.Faults)
	}
	why = "note"
	if v := off(plan); v.Count(Lost) != 1 || len(v.Faults) != 1 {
		t.Errorf("for no reason: %v", v.Faults)
	}
}

// News of an alert that is over changes nothing, and no other letter may.
func TestALetterMayBeMoot(t *testing.T) {
	t.Parallel()
	for kind, faults := range map[string]int{"news": 0, "taken": 0, "nudge": 1, "closed": 1} {
		r := good()
		r.Deeds[3].Outbox[1].Letter.Kind, r.Deeds[7].Operation = kind, ""
		if v := judge(r); v.Count(Lost) != faults || len(v.Faults) != faults {
			t.Errorf("%s: %v", kind, v.Faults)
		}
	}
}

// What is not yet at its end counts as waiting, and what was given up as dead, by
// the reason, and as lost.
func TestWhatWaitsIsCounted(t *testing.T) {
	t.Parallel()
	r := good()
	r.Deeds = append(r.Deeds, committed(30, "wren", 4, "", answer("Three?"), answer("Four?")), did(store.Taken, 31, id("wren", 4, 0)), did(store.GivenUp, 32, id("wren", 4, 0)))
	r.Deeds[len(r.Deeds)-1].Reason = "ours"
	v := judge(r)
	if v.Waiting != 1 || len(v.Left) != 1 || len(v.Dead) != 1 || v.Dead["ours"] != 1 || v.Count(Lost) != 1 || len(v.Faults) != 1 {
		t.Errorf("%d waiting, %v dead, %v", v.Waiting, v.Dead, v.Faults)
	}
}
