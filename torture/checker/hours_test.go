package checker

import (
	"fmt"
	"testing"
	"time"

	"onestep/bot"
	"onestep/bot/store"
)

// night is a run in which a check-in was written at 19:59 of a person's day, at a
// pace of the clock, and taken in hand and accepted so long after that in real time.
func night(pace int, taken, accepted time.Duration) Record {
	r := good()
	written := time.Date(2026, 3, 2, 19, 59, 0, 0, time.UTC)
	r.Clock = func(at time.Time) time.Time {
		return written.Add(time.Duration(pace) * at.Sub(second(20)))
	}
	for i := range r.People[0].Journal {
		r.People[0].Journal[i].At = written
	}
	r.Deeds[12].At = second(20).Add(taken).Truncate(time.Second)
	r.Deeds[13].At = second(20).Add(accepted).Truncate(time.Second)
	r.Deeds[12].Until = second(20).Add(taken + attemptLife)
	r.Sent[3].At = second(20).Add(accepted)
	return r
}

// At any pace of the people's clock, what is taken in hand in quiet hours by more
// than a quarter of an hour of theirs must not leave in them; what was taken before
// may have been in hand for so many real seconds.
func TestWhatLeavesInTheNightIsSeenAtAnyPace(t *testing.T) {
	t.Parallel()
	const minute, hour = time.Minute, time.Hour
	for _, c := range []struct {
		pace            int
		taken, accepted time.Duration // on the people's clock, after 19:59
		late            bool
	}{
		{1, 0, 0, false},
		{1, 0, minute + inHand, false},        // it had begun before
		{1, 0, 17*minute + inHand, true},      // it was in hand for too long
		{60, 15 * minute, 15 * minute, false}, // a check-in is not cut in two
		{60, 17 * minute, 17 * minute, true},  // but it had begun too late
		{2400, 0, hour, false},                // 1.5 real seconds in hand
		{2400, 0, 5 * hour, true},             // 7.5, which is too many
		{2400, 17 * minute, 17*minute + 30*time.Second, true},
		{2400, 18 * minute, 3 * hour, true},
		{8000, 0, hour, false},
		{8000, 0, 10 * hour, false}, // 4.5 real seconds in hand
		{8000, 17 * minute, 18 * minute, true},
		{8000, hour, 12 * hour, true},
		{8000, 12 * hour, 12*hour + 59*minute, true}, // two minutes before the morning
		{8000, 12 * hour, 13*hour + 2*minute, false}, // it waited for the morning
	} {
		t.Run(fmt.Sprint(c.pace, "x ", c.taken, " ", c.accepted), func(t *testing.T) {
			t.Parallel()
			for _, ahead := range []time.Duration{0, 2 * time.Second, -2 * time.Second} {
				pace := time.Duration(c.pace)
				r := night(c.pace, c.taken/pace-ahead, c.accepted/pace-ahead)
				r.Deeds[12].Until = r.Deeds[12].Until.Add(ahead) // by the clock that is wrong
				r.Deeds = append(r.Deeds[11:12:12], r.Deeds[12:]...)
				r.Deeds[0].Version, r.Deeds[0].Outbox[0].ID = 3, id("wren", 3, 0)
				r.Sent, r.Updates, r.People[0].Tokens = r.Sent[3:], nil, nil
				r.Starts = []Start{{Place: "host :1", At: second(-60), Ahead: ahead}}
				v := judge(r)
				n := 0
				if c.late {
					n = 1
				}
				if v.Count(Late) != n || v.Count(Unproven) > 0 {
					t.Errorf("ahead by %s: %v", ahead, v.Faults)
				}
			}
		})
	}
}

// A process or a Redis that stood still while a message was in hand explains as much
// as it stood still, and no more.
func TestStandingStillExplainsTheNight(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		harm  Harm
		place string
		to    float64
		late  int
	}{
		{Freeze, "host :1", 1000, 0}, {Outage, "", 1000, 0}, {Freeze, "host :2", 1000, 1}, {Death, "host :1", 1000, 1}, {Freeze, "host :1", 30, 1},
	} {
		r := night(1, 0, 17*time.Minute)
		r.Rested = second(7200)
		r.Blows = []Blow{{Harm: c.harm, Place: c.place, From: second(20), To: second(20 + c.to)}}
		if v := judge(r); v.Count(Late) != c.late || len(v.Faults) != c.late {
			t.Errorf("%v: %v", c, v.Faults)
		}
	}
}

// A message says until when it may leave unlooked at: never into quiet hours.
func TestNothingIsPromisedForTheNight(t *testing.T) {
	t.Parallel()
	for until, late := range map[time.Duration]int{0: 0, time.Minute: 0, 2 * time.Minute: 1, time.Hour: 1} {
		r := night(1, 0, 0)
		r.Deeds[11].Outbox[0].Until = time.Date(2026, 3, 2, 19, 59, 0, 0, time.UTC).Add(until)
		if v := judge(r); v.Count(Late) != late || len(v.Faults) != late {
			t.Errorf("%s: %v", until, v.Faults)
		}
	}
}

// What nobody can have taken in hand when the record says so proves nothing, nor does
// what was planned in a turn that the journal does not know.
func TestWhatTheHoursCannotBeSeenOfIsUnproven(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*Record){
		"no process":    func(r *Record) { r.Starts = nil },
		"a later one":   func(r *Record) { r.Starts[0].At = second(30) },
		"another clock": func(r *Record) { r.Deeds[12].Until = second(400) },
		"no time":       func(r *Record) { r.Deeds[12].Until = time.Time{} },
		"no journal":    func(r *Record) { r.People[0].Journal = r.People[0].Journal[:1] },
	} {
		r := good()
		change(&r)
		if v := judge(r); v.Count(Unproven) != 1 || len(v.Faults) != 1 {
			t.Errorf("%s: %v", name, v.Faults)
		}
	}
}

// What is sent first may not pass as an answer; words of safety beside it may.
func TestWhatIsSentFirstIsNoAnswer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		first, second bot.Class
		faults        int
	}{{bot.Planned, bot.Planned, 0}, {bot.Answer, bot.Planned, 0}, {bot.Answer, bot.Answer, 1}} {
		r := good()
		words, question := plan("In an emergency"), plan("How are things?")
		words.Class, question.Class = c.first, c.second
		words.Why = "why=silence script=weekly due=2026-03-02T12:00:00Z zone=UTC"
		question.Why = words.Why
		r.Deeds[11] = committed(20, "wren", 3, "", question, words)
		if v := judge(r); v.Count(Late) != c.faults || len(v.Faults) != c.faults {
			t.Errorf("%v: %v", c, v.Faults)
		}
	}
}

// contacts is a run in which somebody was written to first on these days, by rules
// that wanted it so many days earlier.
func contacts(limit int, zone *time.Location, days ...[2]float64) Record {
	r := good()
	r.Deeds, r.Sent, r.Updates, r.Starts = nil, nil, nil, nil
	p := Person{Conversation: "wren", Patient: true, Zone: zone, Cap: limit}
	for i, day := range days {
		turn := i + 1
		at := time.Date(2026, 3, 16, 10, 0, 0, 0, zone).Add(time.Duration(day[0] * float64(24*time.Hour)))
		e := plan(fmt.Sprint("Check-in ", turn))
		e.Why = "why=silence script=weekly due=" + at.Add(-time.Hour).Format(time.RFC3339) + " zone=UTC held=quiet,cap"
		if early := day[1]; early > 0 {
			e.Why = "why=plan script=weekly rule=FREQ=WEEKLY;BYDAY=WE at=10:00 due=" +
				at.Add(-time.Duration(early*float64(24*time.Hour))).Format(time.RFC3339) + " zone=UTC"
		}
		second := float64(10 * turn)
		r.Deeds = append(r.Deeds, committed(second, "wren", turn, "", e, plan("And more")),
			did(store.Taken, second, id("wren", turn, 0)), did(store.Delivered, second, id("wren", turn, 0)),
			did(store.CalledOff, second, id("wren", turn, 1)))
		r.Sent = append(r.Sent, Sent{Chat: telegram, ID: fmt.Sprint(turn), At: noon.Add(time.Duration(second*1000+100) * time.Millisecond), Text: e.Text})
		p.Journal = append(p.Journal, bot.Entry{Turn: uint64(turn), At: at, What: "asked"},
			bot.Entry{Turn: uint64(turn), At: at, What: "called off", Name: id("wren", turn, 1)})
	}
	r.People = []Person{p}
	r.Starts = []Start{{Place: "host :1", At: second(-60)}}
	return r
}

func TestMoreThanTheWeeklyCapIsFound(t *testing.T) {
	t.Parallel()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		limit  int
		days   [][2]float64
		faults int
	}{
		{"one a week", 1, [][2]float64{{0}, {7}, {14}}, 0},
		{"a minute too early", 1, [][2]float64{{0}, {7 - 1.0/1440}}, 1},
		{"as many as may be", 3, [][2]float64{{0}, {1}, {2}, {7}, {8}, {9}}, 0},
		{"one too many", 3, [][2]float64{{0}, {1}, {2}, {6.9}}, 1},
		{"the next after one that came late", 1, [][2]float64{{1, 1}, {7}}, 0},
		{"late for another reason", 1, [][2]float64{{1}, {7}}, 1},
		{"over a change of the clocks, by the same local time", 1, [][2]float64{{8}, {15 - 1.0/24}}, 0},
	} {
		r := contacts(c.limit, london, c.days...)
		v := judge(r)
		if v.Count(Often) != c.faults || len(v.Faults) != c.faults || v.Contacts != len(c.days) {
			t.Errorf("%s: %d contacts, %v", c.name, v.Contacts, v.Faults)
		}
	}
	// What did not arrive, or was called off, is no contact.
	r := contacts(1, london, [2]float64{0}, [2]float64{1})
	if v := judge(r); v.Count(Often) != 1 || v.Capped != 2 {
		t.Errorf("%d held by the cap, %v", v.Capped, v.Faults)
	}
	r.Deeds[2].Kind = store.CalledOff
	r.People[0].Journal = append(r.People[0].Journal, bot.Entry{Turn: 1, What: "called off", At: r.People[0].Journal[0].At, Name: id("wren", 1, 0)})
	if v := judge(r); len(v.Faults) != 0 || v.Contacts != 1 {
		t.Errorf("called off: %d contacts, %v", v.Contacts, v.Faults)
	}
}
