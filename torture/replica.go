package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"sync"
	"time"

	"onestep/launch"
	"onestep/torture/checker"
)

// replica is one process of the program that is started again whenever it ends.
type replica struct {
	w    *world
	addr string

	mu      sync.Mutex
	running *launch.Replica
	args    []string      // of the next start
	ahead   time.Duration // by how much its clock is wrong then
	pause   time.Duration // before the next start
	busy    bool          // something is being done to it
	since   time.Time     // of the latest start
}

// keep runs it until ctx ends.
func (r *replica) keep(ctx context.Context) {
	for ctx.Err() == nil {
		r.mu.Lock()
		spec := launch.Spec{Dir: r.w.dir, Env: r.w.env(), Addr: r.addr, Args: r.args, Log: &watched{w: r.w, to: r.w.log}, Program: r.w.Program}
		r.w.starts(checker.Start{Place: r.place(), At: time.Now(), Ahead: r.ahead})
		running, err := launch.Start(spec)
		if err != nil {
			r.mu.Unlock()
			r.w.wrong("a replica cannot be started: %v", err)
			return
		}
		r.running = running
		r.since = time.Now()
		r.mu.Unlock()
		<-running.Done
		r.mu.Lock()
		pause := r.pause
		r.pause = 100 * time.Millisecond
		r.mu.Unlock()
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
}

// place is where it runs, as a holder of leases: see place in serve.go.
func (r *replica) place() string { return r.w.host + " " + r.addr }

// seize gives the process if nothing else is being done to it; free ends that.
func (r *replica) seize() (running *launch.Replica, free func(), ok bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.busy || r.running == nil {
		return nil, nil, false
	}
	select {
	case <-r.running.Done:
		return nil, nil, false
	default:
	}
	r.busy = true
	return r.running, func() {
		r.mu.Lock()
		r.busy = false
		r.mu.Unlock()
	}, true
}

// listens tells whether it has been up for long enough to hear a signal: one that
// comes before kills it, as it does any program.
func (r *replica) listens() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return time.Since(r.since) > 4*time.Second // a start takes that on a busy machine
}

// next says how it is started after it has ended.
func (r *replica) next(pause, ahead time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.pause, r.ahead, r.args = pause, ahead, r.w.args(ahead)
	if ahead != 0 {
		r.w.blow(wrongClock)
	}
}

// args are those of a rehearsal with a clock that is wrong by ahead.
func (w *world) args(ahead time.Duration) []string {
	args := []string{"--rehearsal", fmt.Sprintf("%dx", w.Rate)}
	if ahead != 0 {
		args = append(args, "--ahead="+ahead.String())
	}
	return args
}

// stop asks it to end for good and waits.
func (r *replica) stop() {
	r.mu.Lock()
	running := r.running
	r.mu.Unlock()
	if running == nil {
		return
	}
	for !r.listens() { // it may have been started a moment ago
		time.Sleep(50 * time.Millisecond)
	}
	if err := running.Stop(30 * time.Second); err != nil {
		r.w.wrong("at the end: %v", err)
	}
}

// watched is the log of one process: it goes into the file of all, and is looked
// through, line by line, for what must never be there.
type watched struct {
	w    *world
	to   io.Writer
	rest []byte // of a line that has not come to its end
}

func (l *watched) Write(p []byte) (int, error) {
	l.rest = append(l.rest, p...)
	lines := l.rest[:bytes.LastIndexByte(l.rest, '\n')+1]
	for _, bad := range []string{"panic: ", "panicked", "fatal error: ", "DATA RACE", "an outbox entry cannot be read"} {
		if bytes.Contains(lines, []byte(bad)) {
			l.w.wrong("the log says %q", bad)
		}
	}
	l.rest = append([]byte(nil), l.rest[len(lines):]...)
	return l.to.Write(p)
}

var _ io.Writer = (*watched)(nil)
