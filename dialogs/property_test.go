package dialogs_test

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"onestep/dialogs"
)

// Words that people send in the random dialogs: answers, wishes and more.
var someWords = []string{
	"7", "3", "0", "10", "5 or 6", "yes", "no", "perhaps", "Red", "blue", "2026-03-20", "I slept well", "", " ", "one week",
	"stop", "pause", "help", "human", "skip", "back", "start", "I would like to start again please", "I want to die",
	"No, I meant 6", "sorry, 2", "I meant yes", "should be blue", "Until I say", "1 week", "No break", "Friday", strings.Repeat("long ", 200),
}

var fixedWords = []string{"phrases/distress", "phrases/held", "phrases/stopped", "phrases/stop-done"}

// Random lives keep every promise of Step.
func TestPromises(t *testing.T) {
	t.Parallel()
	e := examples(t)
	scripts := []string{"asks", "weekly", "agree", "plans", "visit", "words", "circle", "offer", "no-such-script"}
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		at := time.Date(2026, 3, 2, 10, 0, 0, 0, london)
		var s dialogs.State
		var ask dialogs.Ask
		for turn := range uint64(rapid.IntRange(1, 25).Draw(t, "turns")) {
			at = at.Add(time.Duration(rapid.IntRange(0, 72).Draw(t, "hours")) * time.Hour)
			ev := dialogs.Event{
				Kind: dialogs.EventKind(rapid.IntRange(0, int(dialogs.FalseAlarm)).Draw(t, "kind")),
				At:   at, Zone: london, Turn: turn + 1, Language: "en", About: dialogs.Host{Worker: "Sam"},
			}
			switch ev.Kind {
			case dialogs.Replied, dialogs.Edited, dialogs.Media:
				ev.Text = rapid.SampledFrom(someWords).Draw(t, "words")
			case dialogs.Pressed:
				ev.Token = rapid.SampledFrom([]string{ask.Token, "x.1", ""}).Draw(t, "token")
				ev.Choice = rapid.SampledFrom([]string{"0", "2", "9", "yes", "no", "red", "open", "77"}).Draw(t, "choice")
			case dialogs.TimedOut:
				ev.Token = rapid.SampledFrom([]string{ask.Token, "x.1"}).Draw(t, "token")
			case dialogs.Began:
				ev.Due = dialogs.Due{Script: rapid.SampledFrom(scripts).Draw(t, "script"), At: at, Expires: at.Add(24 * time.Hour)}
			}
			before := copied(s)
			next, effects, err := dialogs.Step(dialogs.Editions{Current: e}, s, ev)
			if err != nil {
				t.Fatal(err)
			}
			if !reflect.DeepEqual(before, s) {
				t.Fatalf("the given state was changed: %+v became %+v", before, s)
			}
			again, effectsAgain, err := dialogs.Step(dialogs.Editions{Current: e}, s, ev)
			if err != nil || !reflect.DeepEqual(next, again) || !reflect.DeepEqual(effects, effectsAgain) {
				t.Fatalf("the same input gave another output")
			}
			check(t, s, ev, next, effects)
			for _, effect := range effects {
				if a, ok := effect.(dialogs.Ask); ok {
					ask = a
				}
			}
			s = next
		}
	})
}

// check holds one step against what is promised.
func check(t *rapid.T, s dialogs.State, ev dialogs.Event, next dialogs.State, effects []dialogs.Effect) {
	asks, last := 0, dialogs.Effect(nil)
	danger := false
	for _, effect := range effects {
		switch e := effect.(type) {
		case dialogs.Ask:
			asks++
			last = e
			if next.Session == nil || next.Session.Open == nil || next.Session.Open.Token != e.Token || len(e.Token) > 16 || e.Token == "" {
				t.Fatalf("the question asked is not the open one: %+v", e)
			}
			if e.Text == "" || strings.Contains(e.Text, "{") {
				t.Fatalf("a text with a hole: %q", e.Text)
			}
			if s.Held && ev.Kind != dialogs.FalseAlarm || next.Held || next.Stopped {
				t.Fatalf("a question while held or stopped")
			}
		case dialogs.Say:
			last = e
			if e.Text == "" || strings.Contains(e.Text, "{") {
				t.Fatalf("a text with a hole: %q", e.Text)
			}
			if (s.Held && ev.Kind != dialogs.FalseAlarm || next.Held) && !slices.Contains(fixedWords, e.Step) {
				t.Fatalf("said %s while held", e.Step)
			}
			danger = danger || e.Step == "phrases/distress" && e.Safety
		}
	}
	if asks > 1 {
		t.Fatalf("%d questions in one turn", asks)
	}
	if _, isAsk := last.(dialogs.Ask); asks == 1 && !isAsk {
		t.Fatal("a message after the question")
	}
	if len(effects) > 120 {
		t.Fatalf("%d effects in one turn", len(effects))
	}
	words := ev.Kind == dialogs.Replied || ev.Kind == dialogs.Edited || ev.Kind == dialogs.Media
	if words && ev.Text == "stop" && (!next.Stopped || next.Session != nil) {
		t.Fatal("stop did not stop")
	}
	if words && ev.Text == "I want to die" && (!danger || !next.Held) {
		t.Fatal("the distress rule was silent")
	}
	if s.Stopped && !next.Stopped && (ev.Kind != dialogs.Replied || !strings.Contains(ev.Text, "start")) {
		t.Fatal("something else than the person's start ended a stop")
	}
	if s.Held && !next.Held && ev.Kind != dialogs.Released && ev.Kind != dialogs.FalseAlarm {
		t.Fatal("something else than a worker ended a hold")
	}
	if next.Session != nil && next.Session.Open == nil {
		t.Fatal("a session without a question was left behind")
	}
	if ev.Kind == dialogs.TimedOut || ev.Kind == dialogs.Began {
		for _, effect := range effects {
			if r, ok := effect.(dialogs.Record); ok && r.What == "answer" && r.Value != nil {
				t.Fatal("silence became an answer")
			}
		}
	}
}

// copied is a deep copy of a state.
func copied(s dialogs.State) dialogs.State {
	if s.Undo != nil {
		u := *s.Undo
		u.Before = copied(u.Before)
		s.Undo = &u
	}
	s.Facts, s.Schedules, s.Waiting = values(s.Facts), maps.Clone(s.Schedules), slices.Clone(s.Waiting)
	if s.Session != nil {
		session := *s.Session
		session.Asked = slices.Clone(session.Asked)
		session.Frames = slices.Clone(session.Frames)
		for i, f := range session.Frames {
			session.Frames[i].Vars = values(f.Vars)
			if f.Resume != nil {
				q := *f.Resume
				session.Frames[i].Resume = &q
			}
		}
		if session.Open != nil {
			q := *session.Open
			session.Open = &q
		}
		s.Session = &session
	}
	return s
}

func values(vs dialogs.Values) dialogs.Values {
	return dialogs.ValuesOf(func(yield func(string, dialogs.Value) bool) {
		for name, v := range vs.All() {
			v.Series = slices.Clone(v.Series)
			yield(name, v)
		}
	})
}

// A caller's mistake is an error and changes nothing.
func TestCallersMistakes(t *testing.T) {
	t.Parallel()
	e := examples(t)
	now := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		eds dialogs.Editions
		ev  dialogs.Event
	}{
		"no edition": {dialogs.Editions{}, dialogs.Event{At: now, Zone: time.UTC}},
		"no time":    {dialogs.Editions{Current: e}, dialogs.Event{Zone: time.UTC}},
		"no zone":    {dialogs.Editions{Current: e}, dialogs.Event{At: now}},
	} {
		if _, effects, err := dialogs.Step(c.eds, dialogs.State{}, c.ev); err == nil || effects != nil {
			t.Errorf("%s: got %v, %v", name, effects, err)
		}
	}
}

// A session finishes on the words it began with; the next one has the new ones.
func TestPinned(t *testing.T) {
	t.Parallel()
	load := func(word string) *dialogs.Edition {
		e, err := dialogs.Load(folder(t, map[string]string{
			"x.yaml": "  - {id: a, ask: text, say: \"" + word + " one?\"}\n  - {id: b, ask: text, say: \"" + word + " two?\"}\n",
		}))
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	old, current := load("Old"), load("New")
	ev := dialogs.Event{At: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), Zone: time.UTC, Turn: 1}
	began, reply := ev, ev
	began.Kind, began.Due = dialogs.Began, dialogs.Due{Script: "x"}
	reply.Kind, reply.Text = dialogs.Replied, "fine"

	s, effects := mustStep(t, dialogs.Editions{Current: old}, dialogs.State{}, began)
	if got := said(effects); got != "Old one?" {
		t.Fatalf("said %q", got)
	}
	if got := dialogs.DueEdition(s, current); got != old.ID() {
		t.Fatalf("pinned to %q", got)
	}
	both := dialogs.Editions{Current: current, Pinned: old}
	lost, lostEffects := mustStep(t, dialogs.Editions{Current: current}, s, reply)
	if lost.Session != nil || said(lostEffects) != "BROKEN. I have told your link worker." {
		t.Errorf("a session whose edition is gone should end with a word, said %q", said(lostEffects))
	}
	s, _ = mustStep(t, both, s, withDue(began, "x")) // no double of the running one
	s, effects = mustStep(t, both, s, reply)
	if got := said(effects); got != "Old two?" {
		t.Fatalf("said %q", got)
	}
	s, _ = mustStep(t, both, s, reply)
	if dialogs.DueEdition(s, current) != "" {
		t.Fatal("the session should be over")
	}
	_, effects = mustStep(t, dialogs.Editions{Current: current}, s, began)
	if got := said(effects); got != "New one?" {
		t.Fatalf("said %q", got)
	}
}

// A dialog that waited starts on the current words, not on those of the
// session before it.
func TestWaitingTakesTheCurrentEdition(t *testing.T) {
	t.Parallel()
	load := func(word string) *dialogs.Edition {
		e, err := dialogs.Load(folder(t, map[string]string{
			"x.yaml": "  - {id: a, ask: text, say: \"" + word + " x?\"}\n",
			"y.yaml": "  - {id: a, ask: text, say: \"" + word + " y?\"}\n",
		}))
		if err != nil {
			t.Fatal(err)
		}
		return e
	}
	old, current := load("Old"), load("New")
	ev := dialogs.Event{At: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), Zone: time.UTC, Turn: 1}
	began, reply := ev, ev
	began.Kind = dialogs.Began
	reply.Kind, reply.Text = dialogs.Replied, "fine"
	s, _ := mustStep(t, dialogs.Editions{Current: old}, dialogs.State{}, withDue(began, "x"))
	both := dialogs.Editions{Current: current, Pinned: old}
	s, _ = mustStep(t, both, s, withDue(began, "y"))
	s, effects := mustStep(t, both, s, reply)
	if got := said(effects); got != "New y?" || s.Session.Edition != current.ID() {
		t.Fatalf("said %q on %s", got, s.Session.Edition)
	}
}

func withDue(ev dialogs.Event, script string) dialogs.Event {
	ev.Due = dialogs.Due{Script: script}
	return ev
}

func mustStep(t *testing.T, eds dialogs.Editions, s dialogs.State, ev dialogs.Event) (dialogs.State, []dialogs.Effect) {
	t.Helper()
	next, effects, err := dialogs.Step(eds, s, ev)
	if err != nil {
		t.Fatal(err)
	}
	return next, effects
}

// said is the text of all messages, one a line.
func said(effects []dialogs.Effect) string {
	var lines []string
	for _, e := range effects {
		switch e := e.(type) {
		case dialogs.Say:
			lines = append(lines, e.Text)
		case dialogs.Ask:
			lines = append(lines, e.Text)
		}
	}
	return strings.Join(lines, "\n")
}

// BenchmarkStep answers a scale question of the weekly example, which runs
// through a set, a remember, a branch and the next question.
func BenchmarkStep(b *testing.B) {
	e := examples(b)
	ev := dialogs.Event{At: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), Zone: time.UTC, Turn: 7, Language: "en", About: dialogs.Host{Worker: "Sam"}}
	eds := dialogs.Editions{Current: e}
	begin := ev
	begin.Kind, begin.Due = dialogs.Began, dialogs.Due{Script: "weekly"}
	s := dialogs.State{Facts: dialogs.Values{}.With("scores", dialogs.Value{Kind: dialogs.Series, Series: []dialogs.Point{{On: "2026-02-23", Number: 6}}})}
	s, _, _ = dialogs.Step(eds, s, begin)
	ev.Kind = dialogs.Replied
	ev.Text = "I slept well"
	s, _, _ = dialogs.Step(eds, s, ev)
	ev.Kind, ev.Token, ev.Choice, ev.Text = dialogs.Pressed, s.Session.Open.Token, "4", ""
	if _, effects, err := dialogs.Step(eds, s, ev); err != nil || len(effects) < 4 {
		b.Fatal(fmt.Sprint(effects, err))
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := dialogs.Step(eds, s, ev); err != nil {
			b.Fatal(err)
		}
	}
}
