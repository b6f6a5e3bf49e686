package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"onestep/bot"
	"onestep/bot/store"
	"onestep/dialogs"
	"onestep/dialogs/checkins"
	"onestep/launch"
	"onestep/torture/checker"
)

func TestMain(m *testing.M) {
	code := m.Run()
	launch.Sweep()
	os.Exit(code)
}

// One minute of what `make torture` does for longer, with the same seed each
// time. Getting to know everybody is part of the minute.
func TestTorture(t *testing.T) {
	t.Parallel()
	r := run(t.Context(), t, defaults(50*time.Second, 20260302, t.Output()))
	t.Log("\n" + r.tell())
	if !r.fine() {
		t.Error("the record shows what must not be; see above")
	}
	for _, what := range everyHarm {
		if r.Hurt[what] == 0 {
			t.Errorf("there was no %s, so this proves less than it says", what)
		}
	}
	for _, what := range everyFault {
		if r.Met[what] == 0 {
			t.Errorf("no call was %s, so this proves less than it says", what)
		}
	}
	if r.Turns < 100 || r.Messages < 100 || r.Tokens < 10 {
		t.Errorf("too little happened to prove anything: %d turns, %d messages, %d words", r.Turns, r.Messages, r.Tokens)
	}
}

// A run is at rest when all that was put into the outbox has come to an end, also what
// a turn called off.
func TestWhatWasCalledOffIsWaitedForNoLonger(t *testing.T) {
	t.Parallel()
	deeds := []store.Deed{{Kind: store.Committed, Outbox: make([]bot.Envelope, 4)}, {Kind: store.Taken}, {Kind: store.Delivered}, {Kind: store.PutBack}}
	if n := waiting(deeds); n != 3 {
		t.Errorf("%d wait, want 3", n)
	}
	if n := waiting(append(deeds, store.Deed{Kind: store.GivenUp}, store.Deed{Kind: store.CalledOff}, store.Deed{Kind: store.CalledOff})); n != 0 {
		t.Errorf("%d wait, want none", n)
	}
}

// A program that takes an update twice is found out within seconds, and a run that
// is told to end gives its verdict on what there was. How else the program can be
// broken, and that it shows, takes longer: `make torture-proof`.
func TestABrokenProgramShows(t *testing.T) {
	t.Parallel()
	how := breakages["dedupe"]
	program, err := how.build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	ctx, end := context.WithCancel(t.Context())
	defer end()
	// The first that it says is that people are there.
	var first sync.Once
	o := defaults(time.Minute, 20260302, said(func() { first.Do(func() { time.AfterFunc(12*time.Second, end) }) }))
	o.Program, o.Patients, o.Workers, o.Replicas, o.Drain = program, 6, 2, 2, 5*time.Second
	r := run(ctx, t, o)
	if !how.shown(r) || r.fine() {
		t.Errorf("it has not shown:\n%s", r.tell())
	}
	if r.Harmed < 12*time.Second || r.Harmed > 30*time.Second {
		t.Errorf("told to end after 12 s, it did harm for %s", r.Harmed)
	}
}

// said is called for each line that a run says.
type said func()

func (s said) Write(p []byte) (int, error) {
	s()
	return len(p), nil
}

// The verdict as figures says what the one in words says.
func TestVerdictInFigures(t *testing.T) {
	t.Parallel()
	r := result{Seed: 7, Hurt: map[string]int{killed: 3, redisKilled: 2}, Harmed: 90 * time.Second}
	r.Faults = []checker.Fault{{Kind: checker.Lost}, {Kind: checker.Unexplained}, {Kind: checker.Unexplained}, {Kind: checker.Often}, {Kind: checker.Delayed}, {Kind: checker.Unproven}}
	r.Dead = map[string]int{"gone": 1, "too old": 2}
	r.Repeats = []checker.Repeat{{Window: checker.Killed}}
	line, err := json.Marshal(r.verdict())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"fine":false`, `"seed":7`, `"seconds":90`, `"lost":1`, `"doubled":0`, `"doubled_outside_windows":2`, `"too_often":1`, `"delayed":1`, `"unproven":1`, `"given_up":3`, `"kills_of_onestep":3`, `"kills_of_redis":2`, `"its sender was killed before the answer was noted":1`} {
		if !strings.Contains(string(line), want) {
			t.Errorf("%s does not hold %s", line, want)
		}
	}
	words := r.tell()
	for _, want := range []string{"lost 1, doubled 0, doubled outside the windows 2, unordered 0, late 0, too often 1, delayed 1, unproven 1", "3 given up", "2 given up: too old"} {
		if !strings.Contains(words, want) {
			t.Errorf("it does not say %q: %s", want, words)
		}
	}
}

// The words that go out past the store are known by heart, and no others: a check-in
// that comes twice while Redis is away is no such thing, though it names 999.
func TestOnlyTheWordsOfDangerAreBare(t *testing.T) {
	t.Parallel()
	scripts, err := checkins.Current()
	if err != nil {
		t.Fatal(err)
	}
	for _, told := range []bool{true, false} {
		effects, _, _ := dialogs.Danger(scripts, dialogs.Event{Kind: dialogs.Replied, Text: "I want to end my life"}, told)
		if len(effects) != 1 || !bare(effects[0].(dialogs.Say).Text) {
			t.Errorf("told %v: %v", told, effects)
		}
	}
	if bare("Nobody watches this chat live. In an emergency call 999. For urgent help call 111.") {
		t.Error("an ordinary message goes past the store")
	}
}

// What must never be in the log is found wherever the pipe cuts a line.
func TestTheLogIsReadLineByLine(t *testing.T) {
	t.Parallel()
	const text = "level=INFO msg=ok\npanic: runtime error\nlevel=INFO msg=ok\n"
	for cut := range len(text) {
		var log strings.Builder
		l := &watched{w: &world{}, to: &log}
		for _, part := range []string{text[:cut], text[cut:]} {
			if n, err := l.Write([]byte(part)); n != len(part) || err != nil {
				t.Fatal(n, err)
			}
		}
		if len(l.w.found) != 1 || log.String() != text {
			t.Errorf("cut at %d: found %q, kept %q", cut, l.w.found, log.String())
		}
	}
}

// Each way to break it fits the program as it is.
func TestBreakagesFit(t *testing.T) {
	t.Parallel()
	top, err := moduleTop()
	if err != nil {
		t.Fatal(err)
	}
	for name, b := range breakages {
		text, err := os.ReadFile(filepath.Join(top, b.file))
		if err != nil || strings.Count(string(text), b.old) != 1 {
			t.Errorf("%s: %s does not hold %q once; %v", name, b.file, b.old, err)
		}
	}
}
