package dialogs_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/dialogs"
)

// edits is one script x over several editions: its head, its steps.
func edit(t testing.TB, mapping, steps string, others ...string) *dialogs.Edition {
	t.Helper()
	head := "script: x\nformat: 1\nlanguage: en\nabout: A test.\nvars: {n: number, w: text, d: date, y: yesno, v: text}\n"
	files := map[string]string{"x.yaml": head + mapping + "steps:\n" + steps}
	for i := 0; i < len(others); i += 2 {
		files[others[i]+".yaml"] = others[i+1]
	}
	e, err := dialogs.Load(folder(t, files))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// life is a person whose scripts are edited while they talk.
type life struct {
	t     *testing.T
	known []*dialogs.Edition // the store: every edition that there was
	now   *dialogs.Edition
	state dialogs.State
	ask   dialogs.Ask
	last  []dialogs.Effect
	turn  uint64
	at    time.Time
}

func begin(t *testing.T, e *dialogs.Edition) *life {
	t.Helper()
	l := &life{t: t, at: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	l.publish(e)
	l.do(dialogs.Event{Kind: dialogs.Began, Due: dialogs.Due{Script: "x"}})
	return l
}

func (l *life) publish(e *dialogs.Edition) {
	l.known = append(l.known, e)
	l.now = e
}

// do takes an event as the host does, with the edition that the state needs,
// and gives what was said.
func (l *life) do(ev dialogs.Event) string {
	l.t.Helper()
	l.turn++
	l.at = l.at.Add(time.Minute)
	ev.At, ev.Zone, ev.Turn, ev.Language, ev.About = l.at, time.UTC, l.turn, "en", dialogs.Host{Worker: "Sam"}
	eds := dialogs.Editions{Current: l.now}
	if id := dialogs.DueEdition(l.state, l.now); id != "" {
		i := slices.IndexFunc(l.known, func(e *dialogs.Edition) bool { return e.ID() == id })
		eds.Pinned = l.known[i]
	}
	before := copied(l.state)
	next, effects := mustStep(l.t, eds, l.state, ev)
	if !reflect.DeepEqual(before, l.state) {
		l.t.Fatal("the given state was changed")
	}
	l.state, l.last = next, effects
	for _, e := range effects {
		if a, ok := e.(dialogs.Ask); ok {
			l.ask = a
		}
	}
	return said(effects)
}

func (l *life) says(words string) string {
	l.t.Helper()
	return l.do(dialogs.Event{Kind: dialogs.Replied, Text: words})
}

func (l *life) presses(value string) string {
	l.t.Helper()
	return l.do(dialogs.Event{Kind: dialogs.Pressed, Token: l.ask.Token, Choice: value})
}

// on tells whether the session is on the newest edition.
func (l *life) on(e *dialogs.Edition) bool {
	return l.state.Session != nil && l.state.Session.Edition == e.ID()
}

// number is the number that the running script's variable has.
func (l *life) number(name string) float64 {
	l.t.Helper()
	v, _ := l.state.Session.Frames[0].Vars.Get(name)
	return v.Number
}

func (l *life) want(got, want string) {
	l.t.Helper()
	if got != want {
		l.t.Errorf("said %q, want %q", got, want)
	}
}

const (
	askOld = "  - {id: a, ask: scale, say: \"Old a?\", keep: n}\n  - {id: b, ask: text, say: \"Old b?\", keep: w}\n  - {id: c, ask: text, say: \"Old c?\"}\n"
	askNew = "  - {id: first, ask: scale, say: \"New a?\", keep: n}\n  - {id: b, ask: text, say: \"New b?\", keep: w}\n  - {id: c, ask: text, say: \"New c?\"}\n"
	mapped = "renamed: {a: first}\n"
)

func TestASessionOnARenamedStepMovesAtItsNextEvent(t *testing.T) {
	t.Parallel()
	now := edit(t, mapped, askNew)
	l := begin(t, edit(t, "", askOld))
	l.publish(now)
	l.want(l.presses("7"), "New b?") // the button of before still works
	if !l.on(now) || l.number("n") != 7 {
		t.Errorf("the session is %+v", l.state.Session)
	}
	if !slices.ContainsFunc(l.last, func(e dialogs.Effect) bool {
		r, ok := e.(dialogs.Record)
		return ok && r.What == "session" && r.Rule == "moved" && r.Name == "x"
	}) {
		t.Error("the journal does not tell that it moved")
	}
	// Back goes to the question that has another name now.
	l.want(l.says("back"), "New a?")
	l.want(l.says("6"), "New b?")
	// And the last answer can be corrected.
	l.want(l.says("No, I meant 4"), "CORRECTED to 4.\nNew b?")
}

func TestWithoutAMappingASessionStaysPinned(t *testing.T) {
	t.Parallel()
	l := begin(t, edit(t, "", askOld))
	l.publish(edit(t, "", strings.ReplaceAll(askOld, "Old", "New")))
	l.want(l.presses("7"), "Old b?")
	l.want(l.says("fine"), "Old c?")
}

func TestAnEmptyMappingTakesSessionsAlong(t *testing.T) {
	t.Parallel()
	now := edit(t, "renamed: {}\n", strings.ReplaceAll(askOld, "Old", "New"))
	l := begin(t, edit(t, "", askOld))
	l.publish(now)
	l.want(l.says("help"), "HELP from the team. Send STOP to end.\nNew a?")
	if !l.on(now) {
		t.Error("the session did not move")
	}
}

func TestAnAnsweredQuestionThatWasDroppedGoesOnElsewhere(t *testing.T) {
	t.Parallel()
	now := edit(t, "dropped: {a: c}\n", "  - {id: b, ask: text, say: \"New b?\", keep: w}\n  - {id: c, ask: text, say: \"New c?\"}\n")
	for name, do := range map[string]func(*life) string{
		"a reply": func(l *life) string { return l.says("7") },
		"a press": func(l *life) string { return l.presses("7") },
		"a skip":  func(l *life) string { return l.says("skip") },
		"unclear twice": func(l *life) string {
			l.want(l.says("perhaps"), "AGAIN. Which number from 0 to 10?")
			return l.says("perhaps")
		},
	} {
		l := begin(t, edit(t, "", askOld))
		l.publish(now)
		if got := do(l); got != "New c?" {
			t.Errorf("%s: said %q", name, got)
		}
		if !l.on(now) || len(l.state.Session.Asked) != 0 {
			t.Errorf("%s: the session is %+v", name, l.state.Session)
		}
	}
	// What is no answer leaves the question open, as it was asked.
	l := begin(t, edit(t, "", askOld))
	l.publish(now)
	l.want(l.says("help"), "HELP from the team. Send STOP to end.\nOld a?")
	// The answer is kept, and can be corrected though its question is gone.
	l.want(l.presses("7"), "New c?")
	if got := l.number("n"); got != 7 {
		t.Errorf("kept %v", got)
	}
	l.want(l.says("I meant 6"), "CORRECTED to 6.\nNew c?")
	if got := l.number("n"); got != 6 || !l.on(now) {
		t.Errorf("kept %v", got)
	}
	// Silence is met with the words of before: nobody gets one more question.
	const patient = "timeout: {after: 48h, go: over}\n"
	l = begin(t, edit(t, patient, "  - {id: a, ask: text, say: \"Old a?\"}\n  - {id: over, end: true}\n"))
	l.publish(edit(t, patient+"dropped: {a: c}\n", "  - {id: c, ask: text, say: \"New c?\"}\n  - {id: over, end: true}\n"))
	l.want(l.do(dialogs.Event{Kind: dialogs.TimedOut, Token: l.ask.Token}), "")
	if l.state.Session != nil {
		t.Error("the session goes on")
	}
}

func TestADroppedQuestionMayLeadToTheEnd(t *testing.T) {
	t.Parallel()
	l := begin(t, edit(t, "", askOld))
	l.publish(edit(t, "dropped: {a: end}\n", "  - {id: c, ask: text, say: \"New c?\"}\n"))
	l.want(l.says("7"), "")
	if l.state.Session != nil {
		t.Error("the session goes on")
	}
}

func TestButtonsThatAreNoMoreAreMetKindly(t *testing.T) {
	t.Parallel()
	const choose = "  - {id: %, ask: choice, say: \"Which?\", keep: w, choices: [{value: red, label: Red}, {value: blue, label: Blue}]}\n  - {id: b, ask: text, say: \"And?\"}\n"
	l := begin(t, edit(t, "", strings.Replace(choose, "%", "a", 1)))
	now := edit(t, "renamed: {a: colour}\n", strings.Replace(strings.Replace(choose, "%", "colour", 1), "{value: red, label: Red}", "{value: green, label: Green}", 1))
	l.publish(now)
	l.want(l.presses("red"), "OLD BUTTON. Nothing has changed.\nWhich?")
	l.want(l.presses("blue"), "And?")
}

// A session of two editions ago needs no stop on the way: entries are followed.
func TestEntriesOfSeveralEditionsAreFollowed(t *testing.T) {
	t.Parallel()
	third := edit(t, "renamed: {a: aa, aa: aaa}\ndropped: {b: cc}\n", "  - {id: aaa, ask: scale, say: \"Third a?\", keep: n}\n  - {id: cc, ask: text, say: \"Third c?\"}\n", "y", "script: y\nformat: 1\nlanguage: en\nabout: A test.\nsteps:\n  - {id: q, say: Hello.}\n")
	second := edit(t, mapped2, "  - {id: aa, ask: scale, say: \"Second a?\", keep: n}\n  - {id: b, ask: text, say: \"Second b?\"}\n  - {id: cc, ask: text, say: \"Second c?\"}\n")
	for name, stop := range map[string]bool{"straight": false, "with a stop": true} {
		l := begin(t, edit(t, "", askOld))
		l.publish(second)
		if stop {
			l.want(l.says("help"), "HELP from the team. Send STOP to end.\nSecond a?")
		}
		l.publish(third)
		if got := l.says("7"); got != "Third c?" || !l.on(third) {
			t.Errorf("%s: said %q", name, got)
		}
	}
}

const mapped2 = "renamed: {a: aa, c: cc}\n"

// What a moved session would come upon and does not have keeps it where it is.
func TestASessionStaysWhereItWouldLackSomething(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ mapping, steps string }{
		"no place":                 {"renamed: {}\n", strings.ReplaceAll(askNew, "New", "No")},
		"another kind of question": {mapped, "  - {id: first, ask: text, say: \"New a?\"}\n" + "  - {id: b, ask: text, say: \"New b?\", keep: w}\n"},
		"a variable that nothing sets on its way": {mapped,
			"  - {id: q, ask: text, say: \"Q?\", keep: v, skip: over}\n  - {id: first, ask: scale, say: \"New a?\", keep: n}\n  - {id: b, ask: text, say: \"About {v}?\"}\n  - {id: over, end: true}\n"},
		"a fact in the question that is not known": {mapped, strings.Replace(askNew, "New a?", "Your hope {hopes}?", 1)},
		"a step that says and asks nothing":        {mapped, "  - {id: first, say: New a.}\n  - {id: b, ask: text, say: \"New b?\", keep: w}\n"},
	} {
		l := begin(t, edit(t, "", askOld))
		l.publish(edit(t, c.mapping, c.steps))
		if got := l.presses("7"); got != "Old b?" {
			t.Errorf("%s: said %q", name, got)
		}
	}
	// With the fact known, it moves.
	l := begin(t, edit(t, "", askOld))
	l.state.Facts = l.state.Facts.With("hopes", dialogs.Value{Kind: dialogs.Text, Text: "to walk"})
	l.publish(edit(t, mapped, strings.Replace(askNew, "New a?", "Your hope {hopes}?", 1)))
	l.want(l.says("help"), "HELP from the team. Send STOP to end.\nYour hope to walk?")
}

func script(name, mapping, steps string) string {
	return "script: " + name + "\nformat: 1\nlanguage: en\nabout: A test.\n" + mapping + "steps:\n" + steps
}

// The whole call stack moves, or nothing of it.
func TestACallStackMovesAsOne(t *testing.T) {
	t.Parallel()
	const call = "  - {id: go-there, call: y}\n  - {id: after, ask: text, say: \"Old after?\"}\n"
	const inside = "  - {id: q, ask: text, say: \"Old q?\"}\n  - {id: r, ask: text, say: \"Old r?\"}\n"
	const callNow = "  - {id: visit, call: y}\n  - {id: after, ask: text, say: \"New after?\"}\n"
	insideNow := strings.ReplaceAll(inside, "Old", "New")
	start := func() *life { return begin(t, edit(t, "", call, "y", script("y", "", inside))) }

	l := start()
	now := edit(t, "renamed: {go-there: visit}\n", callNow, "y", script("y", "renamed: {}\n", insideNow))
	l.publish(now)
	l.want(l.says("x"), "New r?")
	l.want(l.says("x"), "New after?")

	l = start() // the called script is as it was
	l.publish(edit(t, "renamed: {go-there: visit}\n", callNow, "y", script("y", "", inside)))
	l.want(l.says("x"), "Old r?")
	l.want(l.says("x"), "New after?")

	l = start() // the called script was edited and takes nobody along
	now = edit(t, "renamed: {go-there: visit}\n", callNow, "y", script("y", "", insideNow))
	l.publish(now)
	l.want(l.says("x"), "Old r?")
	l.want(l.says("x"), "Old after?")
	l.want(l.says("help"), "HELP from the team. Send STOP to end.\nNew after?") // it moves once it stands where it can

	l = start() // the call itself was dropped: once it is over, on where it says
	l.publish(edit(t, "dropped: {go-there: after}\n", "  - {id: after, ask: text, say: \"New after?\"}\n", "y", script("y", "", inside)))
	l.want(l.says("x"), "Old r?")
	l.want(l.says("x"), "New after?")
}

// A question that a pause interrupted is found again under its new name.
func TestAnInterruptedQuestionMovesToo(t *testing.T) {
	t.Parallel()
	pause := script("pause", "", "  - {id: how-long, ask: choice, say: \"How long?\", choices: [{value: none, label: No break}, {value: one, label: One week}]}\n")
	l := begin(t, edit(t, "", askOld, "pause", pause))
	l.want(l.says("pause"), "How long?")
	l.publish(edit(t, mapped, askNew, "pause", pause))
	l.want(l.says("No break"), "New a?")
	l.want(l.says("7"), "New b?")
}

// Stop and danger come before any move.
func TestStopAndDangerComeBeforeAMove(t *testing.T) {
	t.Parallel()
	l := begin(t, edit(t, "", askOld))
	l.publish(edit(t, mapped, askNew))
	l.says("stop")
	if l.state.Session != nil || !l.state.Stopped {
		t.Error("stop did not stop")
	}
	l = begin(t, edit(t, "", askOld))
	l.publish(edit(t, mapped, askNew))
	l.says("I want to die")
	if !l.state.Held {
		t.Error("the words of danger were not met")
	}
	l.want(l.do(dialogs.Event{Kind: dialogs.FalseAlarm}), "RELEASED. Sorry if I got that wrong.\nNew a?")
}

func TestMappingsThatAreRefused(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ mapping, want string }{
		"a name that stands":    {"renamed: {b: c}\n", `x.yaml:6:11: renamed: this script has a step "b"`},
		"nowhere":               {"renamed: {q: cc}\n", `x.yaml:6:14: renamed: "cc" leads to no step (did you mean c?)`},
		"dropped nowhere":       {"dropped: {q: nowhere}\n", `x.yaml:6:14: dropped: "nowhere" leads to no step`},
		"renamed to the end":    {"renamed: {q: end}\n", `renamed: "end" leads to no step`},
		"twice":                 {"renamed: {q: b}\ndropped: {q: c}\n", `x.yaml:7:11: "q" stands twice`},
		"a circle":              {"renamed: {q: r, r: q}\n", `"r" leads to no step`},
		"a list":                {"renamed: [a, b]\n", "renamed is a list of"},
		"a step without a name": {"dropped: {q: [a]}\n", "dropped is one piece of text"},
	} {
		head := "script: x\nformat: 1\nlanguage: en\nabout: A test.\nvars: {n: number, w: text}\n"
		_, err := dialogs.Load(folder(t, map[string]string{"x.yaml": head + c.mapping + "steps:\n" + askOld}))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: got %v, want %s", name, err, c.want)
		}
	}
}
