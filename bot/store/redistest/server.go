// Package redistest starts a real Redis for tests, and breaks it on demand:
// stopped, frozen, killed, cut off, or with its answers lost on the way.
package redistest

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// Server is a redis-server of this test run's own, on a free port, that
// confirms nothing before it is on disk and evicts nothing.
type Server struct {
	t    testing.TB
	bin  string
	dir  string
	port int
	args []string

	process *os.Process
	ended   chan struct{} // closed once the process has ended
}

// Start starts a server that is stopped and deleted when the test ends. Each
// extra argument is one of redis-server's, such as "--maxmemory", "10mb". A
// missing redis-server fails the test.
func Start(t testing.TB, args ...string) *Server {
	t.Helper()
	bin, err := exec.LookPath("redis-server")
	if err != nil {
		t.Fatal("redis-server is not on the PATH. Get it with `apt-get install redis-server`, or run `make test`, which does.")
	}
	// Not t.TempDir: the name of a test can make it longer than Redis takes.
	dir, err := os.MkdirTemp("", "redistest")
	if err != nil {
		t.Fatal(err)
	}
	s := &Server{t: t, bin: bin, dir: dir, args: args}
	t.Cleanup(func() {
		s.Kill()
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	// Somebody else may take the free port before redis-server does.
	for try := 0; ; try++ {
		s.port = freePort(t)
		err := s.up()
		if err == nil {
			return s
		}
		if try == 4 {
			t.Fatal(err)
		}
	}
}

func freePort(t testing.TB) int {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// Addr is host and port.
func (s *Server) Addr() string { return fmt.Sprintf("127.0.0.1:%d", s.port) }

// URL is the address as a setting has it.
func (s *Server) URL() string { return "redis://" + s.Addr() }

// Dir holds the AOF and whatever else the server writes.
func (s *Server) Dir() string { return s.dir }

// Client is a raw client for looking at keys, closed when the test ends.
func (s *Server) Client() *redis.Client { return Client(s.t, s.URL()) }

// Client is a raw client for looking at keys, closed when the test ends.
func Client(t testing.TB, url string) *redis.Client {
	o, err := redis.ParseURL(url)
	if err != nil {
		t.Fatal(err)
	}
	c := redis.NewClient(o)
	t.Cleanup(func() { c.Close() })
	return c
}

// Restart starts a server that was stopped or killed, on the same port and
// files, and waits until it has read them.
func (s *Server) Restart() {
	s.t.Helper()
	if err := s.up(); err != nil {
		s.t.Fatal(err)
	}
}

// Stop asks the server to end and waits for it.
func (s *Server) Stop() { s.end(syscall.SIGTERM) }

// Kill is kill -9: nothing is tidied up.
func (s *Server) Kill() { s.end(syscall.SIGKILL) }

// Freeze stops the server in its tracks: it holds every connection and
// answers nothing.
func (s *Server) Freeze() { s.signal(syscall.SIGSTOP) }

// Thaw lets a frozen server go on.
func (s *Server) Thaw() { s.signal(syscall.SIGCONT) }

func (s *Server) signal(sig os.Signal) {
	s.t.Helper()
	if err := s.process.Signal(sig); err != nil {
		s.t.Fatal(err)
	}
}

func (s *Server) end(sig os.Signal) {
	if s.process == nil {
		return
	}
	s.process.Signal(sig) // it may have ended already
	<-s.ended
	s.process = nil
}

// up starts the process and waits until it answers.
func (s *Server) up() error {
	args := append([]string{
		"--port", fmt.Sprint(s.port), "--bind", "127.0.0.1", "--dir", s.dir, "--save", "",
		"--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction",
		"--logfile", filepath.Join(s.dir, "log"), "--daemonize", "no",
	}, s.args...)
	started := make(chan error)
	s.ended = make(chan struct{})
	var gone atomic.Bool
	go func() {
		defer close(s.ended)
		// The server dies with this thread, so that a killed test run leaves
		// none behind; the thread is held until it ends.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		cmd := exec.Command(s.bin, args...)
		cmd.SysProcAttr = dieWithParent()
		err := cmd.Start()
		s.process = cmd.Process
		started <- err
		if err == nil {
			cmd.Wait()
		}
		gone.Store(true)
	}()
	if err := <-started; err != nil {
		return err
	}
	c := redis.NewClient(&redis.Options{Addr: s.Addr(), MaxRetries: -1})
	defer c.Close()
	deadline := time.Now().Add(20 * time.Second)
	for time.Now().Before(deadline) && !gone.Load() {
		// Somebody else's server can sit on the port: ours knows its folder.
		if got, err := c.ConfigGet(context.Background(), "dir").Result(); err == nil {
			if same(got["dir"], s.dir) {
				return nil
			}
			break
		}
		time.Sleep(5 * time.Millisecond)
	}
	s.Kill()
	log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
	return fmt.Errorf("redis-server did not come up on port %d:\n%s", s.port, strings.TrimSpace(string(log)))
}

// same compares folders, since a temporary folder can be a link.
func same(a, b string) bool {
	x, errA := os.Stat(a)
	y, errB := os.Stat(b)
	return errA == nil && errB == nil && os.SameFile(x, y)
}
