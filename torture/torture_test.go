package main

import (
	"os"
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
	r := run(t, defaults(50*time.Second, 20260302, t.Output()))
	t.Log("\n" + r.tell())
	if !r.fine() {
		t.Error("the record shows what must not be; see above")
	}
	for _, what := range []string{"kill -9 of onestep", "kill -9 of Redis", "SIGTERM of onestep", "SIGSTOP of onestep", "storm of 429", "updates repeated"} {
		if r.Hurt[what] == 0 {
			t.Errorf("there was no %s, so this proves less than it says", what)
		}
	}
	if r.Turns < 100 || r.Messages < 100 || r.Tokens < 10 {
		t.Errorf("too little happened to prove anything: %d turns, %d messages, %d words", r.Turns, r.Messages, r.Tokens)
	}
}
