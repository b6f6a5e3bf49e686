package store

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"onestep/bot"
)

// asker asks for places in questions that are like no others.
type asker struct {
	t   *testing.T
	s   *Store
	who string
	n   int
}

func (a *asker) ask(q bot.Ask) (bot.Given, string) {
	a.t.Helper()
	a.n++
	q.ID, q.Who, q.All, q.Every = fmt.Sprintf("%s.%d", a.who, a.n), a.who, 5, time.Second
	g, err := a.s.Places(a.t.Context(), "telegram", q)
	if err != nil {
		a.t.Fatal(err)
	}
	return g, q.ID
}

// named are places as one question was given them.
func named(by string, all ...int) (places []bot.Place) {
	for _, n := range all {
		places = append(places, bot.Place{N: n, By: by})
	}
	return places
}

// A place is in one pair of hands until these give it back, or somebody does who
// has seen it there for long; who comes too late with it changes nothing.
func TestAPlaceIsInOneHand(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		here, there := &asker{t: t, s: p.open(t), who: "here"}, &asker{t: t, s: p.open(t), who: "there"}
		got, first := here.ask(bot.Ask{Answers: 3})
		if !slices.Equal(got.Places, []int{0, 1, 2}) || len(got.Held) != 0 {
			t.Fatalf("first %+v", got)
		}
		got, second := there.ask(bot.Ask{Answers: 9})
		if !slices.Equal(got.Places, []int{3, 4}) || !slices.Equal(got.Held, named(first, 0, 1, 2)) {
			t.Errorf("the other got %+v", got)
		}
		if got, _ = here.ask(bot.Ask{Answers: 1}); len(got.Places) != 0 || !slices.Equal(got.Held, slices.Concat(named(first, 0, 1, 2), named(second, 3, 4))) {
			t.Errorf("then %+v, where there is none", got)
		}
		// Given back by their own question, and by another's who found them lost.
		got, third := there.ask(bot.Ask{Answers: 2, Back: slices.Concat(named(first, 1), named(second, 4))})
		if !slices.Equal(got.Places, []int{1, 4}) {
			t.Errorf("of two given back came %+v", got)
		}
		if got, _ = here.ask(bot.Ask{Answers: 1, Back: named(first, 1)}); len(got.Places) != 0 {
			t.Errorf("what somebody else has by now was given away: %+v", got)
		}
		got, _ = here.ask(bot.Ask{})
		if want := slices.Concat(named(first, 0), named(third, 1), named(first, 2), named(second, 3), named(third, 4)); !slices.Equal(got.Held, want) {
			t.Errorf("held are %+v, want %+v", got.Held, want)
		}
		// Another platform has places of its own.
		g, err := here.s.Places(t.Context(), "slack", bot.Ask{ID: "x", Who: "here", All: 2, Every: time.Second, Answers: 9})
		if err != nil || !slices.Equal(g.Places, []int{0, 1}) {
			t.Errorf("another platform: %+v, %v", g, err)
		}
	})
}

// What is planned gets places one after the other, in turn where two ask, and none
// while an answer lacks one anywhere. So it is with places that would be kept.
func TestWhatIsPlannedIsSpread(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		here, there := &asker{t: t, s: p.open(t), who: "here"}, &asker{t: t, s: p.open(t), who: "there"}
		got, first := here.ask(bot.Ask{Planned: 5})
		if !slices.Equal(got.Places, []int{0, 1, 2}) || got.Wait < 500*time.Millisecond || got.Wait > time.Second {
			t.Fatalf("at first %+v; want a few, and more in 0.95 s", got)
		}
		if got, _ = here.ask(bot.Ask{Planned: 1}); len(got.Places) != 0 || got.Wait == 0 {
			t.Errorf("right then %+v", got)
		}
		if got, _ = there.ask(bot.Ask{Keep: named(first, 0)}); len(got.Kept) != 0 {
			t.Errorf("another kept %+v", got)
		}
		got, kept := here.ask(bot.Ask{Keep: named(first, 0, 1, 2)})
		if !slices.Equal(got.Kept, []int{0, 1}) {
			t.Errorf("kept are %+v; want two, which are not too near", got)
		}
		if got, _ = here.ask(bot.Ask{Back: named(first, 0, 2)}); !slices.Contains(got.Held, named(kept, 0)[0]) || len(got.Held) != 2 {
			t.Errorf("held are %+v", got)
		}
		if got, _ = there.ask(bot.Ask{Answers: 9}); len(got.Places) != 3 {
			t.Errorf("answers got %+v", got)
		}
		if got, _ = here.ask(bot.Ask{Planned: 1, Keep: named(kept, 1), Back: named(kept, 0)}); len(got.Places)+len(got.Kept) != 0 {
			t.Errorf("while an answer lacks a place, what is planned got %+v", got)
		}
	})
}

// A clock that was set back keeps nothing waiting: what was noted lies far ahead.
func TestPlacesAfterTheClockWasSetBack(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		a := &asker{t: t, s: p.open(t), who: "here"}
		ahead := fmt.Sprint(time.Now().Add(time.Hour).UnixMicro())
		for field, value := range map[string]string{"hold": ahead, "holds": "5000000", "even": ahead, "short": ahead, "turn": "there " + ahead} {
			if err := p.raw.HSet(t.Context(), a.s.keys.places("telegram"), field, value).Err(); err != nil {
				t.Fatal(err)
			}
		}
		if got, _ := a.ask(bot.Ask{Planned: 1}); len(got.Places) != 1 {
			t.Errorf("got %+v", got)
		}
		// A hold from then gives way to a shorter one from now.
		if err := p.raw.HSet(t.Context(), a.s.keys.places("telegram"), "hold", ahead, "holds", "5000000").Err(); err != nil {
			t.Fatal(err)
		}
		if err := a.s.Hold(t.Context(), "telegram", time.Second); err != nil {
			t.Fatal(err)
		}
		if got, _ := a.ask(bot.Ask{Answers: 1}); got.Hold[bot.Answer] <= 0 || got.Hold[bot.Answer] > time.Second || got.Hold[bot.Planned] != got.Hold[bot.Answer] {
			t.Errorf("held for %v, want a second at most", got.Hold)
		}
	})
}

func TestHoldIsForAll(t *testing.T) {
	t.Parallel()
	everywhere(t, func(t *testing.T, p *place) {
		one, other := p.open(t), &asker{t: t, s: p.open(t), who: "other"}
		_, first := other.ask(bot.Ask{Answers: 2})
		// Longer than a script's numbers are written in full without care.
		for _, wait := range []time.Duration{time.Minute, 18053 * time.Second, time.Second} {
			if err := one.Hold(t.Context(), "telegram", wait); err != nil {
				t.Fatal(err)
			}
		}
		got, _ := other.ask(bot.Ask{Answers: 1, Planned: 1, Keep: named(first, 0), Back: named(first, 1)})
		want := 18053 * time.Second
		if hold := got.Hold[bot.Planned]; hold > want || hold < want-5*time.Second {
			t.Errorf("what is planned is held for %v, want %v", hold, want)
		}
		if hold := got.Hold[bot.Answer]; hold > 10*time.Second || hold < 5*time.Second {
			t.Errorf("answers are held for %v, want ten seconds", hold)
		}
		if len(got.Places)+len(got.Kept) != 0 || !slices.Equal(got.Held, named(first, 0)) {
			t.Errorf("got %+v; want none", got)
		}
		// Once the ten seconds are over, answers get places.
		began := time.Now().Add(-11 * time.Second)
		for field, value := range map[string]string{"hold": fmt.Sprint(began.Add(want).UnixMicro()), "holds": fmt.Sprint(want.Microseconds())} {
			if err := p.raw.HSet(t.Context(), one.keys.places("telegram"), field, value).Err(); err != nil {
				t.Fatal(err)
			}
		}
		got, _ = other.ask(bot.Ask{Answers: 1, Planned: 1, Keep: named(first, 0)})
		if hold := got.Hold; len(got.Places) != 1 || len(got.Kept) != 0 || hold[bot.Answer] != 0 || hold[bot.Planned] < want-20*time.Second {
			t.Errorf("after ten seconds: %+v", got)
		}
	})
}
