package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onestep/launch"
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

// A program that takes an update twice is found out within seconds. How else it
// can be broken, and that it shows, takes longer: `make torture-proof`.
func TestABrokenProgramShows(t *testing.T) {
	t.Parallel()
	how := breakages["dedupe"]
	program, err := how.build(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	o := defaults(15*time.Second, 20260302, t.Output())
	o.Program, o.Patients, o.Workers, o.Replicas, o.Drain = program, 6, 2, 2, 5*time.Second
	if r := run(t.Context(), t, o); !how.shown(r) {
		t.Errorf("it has not shown:\n%s", r.tell())
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
