package redistest

import (
	"fmt"
	"os"
	"testing"
)

// Main runs the tests of a package with one server for all of them, and gives
// the exit code. Each test takes a key prefix of its own.
func Main(m *testing.M, server **Server) int {
	t := &outside{}
	defer t.clean()
	*server = Start(t)
	return m.Run()
}

// Outside stands in for a test in a program that is none. What is started with
// it ends with clean, and what fails ends the program with code 1.
func Outside() (t testing.TB, clean func()) {
	o := &outside{}
	return o, o.clean
}

// outside stands in for a test where there is none.
type outside struct {
	testing.TB
	cleanups []func()
}

func (o *outside) Helper()           {}
func (o *outside) Cleanup(f func())  { o.cleanups = append(o.cleanups, f) }
func (o *outside) Error(args ...any) { fmt.Fprintln(os.Stderr, args...) }

// Fatal ends the run: without a server no test of the package can say
// anything.
func (o *outside) Fatal(args ...any) {
	o.Error(args...)
	o.clean()
	os.Exit(1)
}

func (o *outside) clean() {
	for i := len(o.cleanups) - 1; i >= 0; i-- {
		o.cleanups[i]()
	}
	o.cleanups = nil
}
