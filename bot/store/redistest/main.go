package redistest

import (
	"fmt"
	"os"
	"sync"
	"testing"
)

// Main runs the tests of a package with servers that all of them share, and
// gives the exit code. prepare gets what such servers are started with, now or
// later, and end with. Each test takes a key prefix of its own.
func Main(m *testing.M, prepare func(testing.TB)) int {
	t, clean := Outside()
	defer clean()
	prepare(t)
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
	mu       sync.Mutex
	cleanups []func()
}

func (o *outside) Helper() {}

func (o *outside) Cleanup(f func()) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.cleanups = append(o.cleanups, f)
}

func (o *outside) Error(args ...any) { fmt.Fprintln(os.Stderr, args...) }

// Fatal ends the run: without a server no test of the package can say
// anything.
func (o *outside) Fatal(args ...any) {
	o.Error(args...)
	o.clean()
	os.Exit(1)
}

func (o *outside) Fatalf(format string, args ...any) { o.Fatal(fmt.Sprintf(format, args...)) }

func (o *outside) clean() {
	o.mu.Lock()
	all := o.cleanups
	o.cleanups = nil
	o.mu.Unlock()
	for i := len(all) - 1; i >= 0; i-- {
		all[i]()
	}
}
