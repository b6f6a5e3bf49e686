// Package launch starts the real program as users start it, for tests that look
// at it from outside: the built binary, its settings in the environment, its
// signals and its log.
package launch

import (
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"syscall"
	"time"
)

// Built makes the program once and gives its path. Sweep deletes it.
var Built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "onestep-launch-")
	if err != nil {
		return "", err
	}
	return Build(filepath.Join(dir, "onestep"))
})

// Build makes the program as a file, with more arguments for go build.
func Build(path string, more ...string) (string, error) {
	args := append([]string{"build", "-o", path}, more...)
	out, err := exec.Command("go", append(args, "onestep")...).CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return path, nil
}

// Sweep deletes what Built made.
func Sweep() {
	if path, err := Built(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
}

// Spec says how a replica is started. All fields but Program are required.
type Spec struct {
	// Dir is where it runs, and Env all of its environment but
	// ONESTEP_HTTP_ADDR, which is Addr. A replica that comes back on the same
	// address of the same machine is the same holder of leases.
	Dir  string
	Env  []string
	Addr string
	// Args stand behind "serve".
	Args []string
	Log  io.Writer
	// Program is the file to start; empty: the one that Built makes.
	Program string
}

// Replica is one running onestep.
type Replica struct {
	Addr string
	// Done is closed when it has ended, and Err says how; read it after that.
	Done chan struct{}
	Err  error

	process *os.Process
}

// Start starts a replica and does not wait for it to be ready. It dies with
// the caller's process.
func Start(s Spec) (*Replica, error) {
	path := s.Program
	if path == "" {
		var err error
		if path, err = Built(); err != nil {
			return nil, err
		}
	}
	r := &Replica{Addr: s.Addr, Done: make(chan struct{})}
	cmd := exec.Command(path, append([]string{"serve"}, s.Args...)...)
	cmd.Dir, cmd.Env = s.Dir, append(slices.Clone(s.Env), "ONESTEP_HTTP_ADDR="+s.Addr)
	cmd.Stdout, cmd.Stderr = s.Log, s.Log
	cmd.SysProcAttr = dieWithParent()
	started := make(chan error)
	go func() {
		defer close(r.Done)
		// It dies with this thread, so the thread is held until it ends.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		err := cmd.Start()
		r.process = cmd.Process
		started <- err
		if err == nil {
			r.Err = cmd.Wait()
		}
	}()
	return r, <-started
}

// Status asks for a path of its HTTP and gives the status, 0 for no answer.
func (r *Replica) Status(path string) int {
	client := http.Client{Timeout: 2 * time.Second}
	resp, err := client.Get("http://" + r.Addr + path)
	if err != nil {
		return 0
	}
	resp.Body.Close()
	return resp.StatusCode
}

// Ask asks it to end. It may have ended before.
func (r *Replica) Ask() { _ = r.process.Signal(syscall.SIGTERM) }

// Stop asks it to end and waits for a clean end.
func (r *Replica) Stop(within time.Duration) error {
	r.Ask()
	select {
	case <-r.Done:
		if r.Err != nil {
			return fmt.Errorf("onestep ended with %w", r.Err)
		}
		return nil
	case <-time.After(within):
		r.Kill()
		return fmt.Errorf("onestep did not stop within %s", within)
	}
}

// Kill ends it at once, as a power cut would. It may have ended before.
func (r *Replica) Kill() {
	_ = r.process.Kill()
	<-r.Done
}

// Reload asks it to read its scripts again.
func (r *Replica) Reload() { _ = r.process.Signal(syscall.SIGHUP) }

// Freeze stops it in its tracks, as an overloaded machine does, until Thaw.
func (r *Replica) Freeze() { _ = r.process.Signal(syscall.SIGSTOP) }

// Thaw lets it go on.
func (r *Replica) Thaw() { _ = r.process.Signal(syscall.SIGCONT) }

// ErrStill is an Exit that did not come.
var ErrStill = errors.New("still running")

// Exit waits for a replica that should end by itself, and gives its code.
func (r *Replica) Exit(within time.Duration) (code int, err error) {
	select {
	case <-r.Done:
		ended, ok := errors.AsType[*exec.ExitError](r.Err)
		if !ok {
			return 0, r.Err
		}
		return ended.ExitCode(), nil
	case <-time.After(within):
		return 0, ErrStill
	}
}

// FreeAddr is an address of this machine that nobody listens on.
func FreeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}
