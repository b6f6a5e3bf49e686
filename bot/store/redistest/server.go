// Package redistest starts a real Redis for tests, one, with sentinels or as a
// cluster, and breaks it on demand: stopped, frozen, killed, cut off, slow, or
// with its answers lost on the way.
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
	// sentinel is the text of a sentinel's settings; empty for a Redis.
	sentinel string
	// preload is a library for the server's process; empty for none.
	preload string

	process *os.Process
	ended   chan struct{} // closed once the process has ended
}

// Start starts a server that is stopped and deleted when the test ends. Each
// extra argument is one of redis-server's, such as "--maxmemory", "10mb". A
// missing redis-server fails the test.
func Start(t testing.TB, args ...string) *Server {
	t.Helper()
	return start(t, &Server{args: args})
}

func start(t testing.TB, s *Server) *Server {
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
	s.t, s.bin, s.dir = t, bin, dir
	t.Cleanup(func() {
		s.Kill()
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	// Somebody else may take the free port before redis-server does.
	for try := 0; ; try++ {
		s.port = freePort(t)
		err := s.up(true)
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

// ReplicaOf is the value of --replicaof for a replica of this server.
func (s *Server) ReplicaOf() string { return fmt.Sprintf("127.0.0.1 %d", s.port) }

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
// files, and waits until it has read them. Arguments are added to those it had.
func (s *Server) Restart(args ...string) {
	s.t.Helper()
	s.restart(true, args)
}

// Begin is Restart that does not wait until the files are read.
func (s *Server) Begin(args ...string) {
	s.t.Helper()
	s.restart(false, args)
}

func (s *Server) restart(loaded bool, args []string) {
	s.t.Helper()
	s.args = append(s.args, args...)
	if err := s.up(loaded); err != nil {
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

// up starts the process and waits until it answers, or until it has read all
// of its files.
func (s *Server) up(loaded bool) error {
	args := append([]string{
		"--port", fmt.Sprint(s.port), "--bind", "127.0.0.1", "--dir", s.dir, "--save", "",
		"--appendonly", "yes", "--appendfsync", "always", "--maxmemory-policy", "noeviction",
		"--repl-diskless-sync-delay", "0",
		"--logfile", filepath.Join(s.dir, "log"), "--daemonize", "no",
	}, s.args...)
	if s.sentinel != "" {
		var err error
		if args, err = s.sentinelArgs(); err != nil {
			return err
		}
	}
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
		if s.preload != "" {
			cmd.Env = append(os.Environ(), "LD_PRELOAD="+s.preload, "REDISTEST_SYNCED="+s.notes())
		}
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
	deadline := time.Now().Add(2 * time.Minute) // it may have much to read
	for time.Now().Before(deadline) && !gone.Load() {
		// Somebody else's server can sit on the port: ours has our process.
		info, err := c.Info(context.Background()).Result()
		if err == nil && !strings.Contains(info, fmt.Sprintf("\nprocess_id:%d\r\n", s.process.Pid)) {
			break
		}
		if err == nil && !(loaded && strings.Contains(info, "\nloading:1\r\n")) {
			return nil
		}
		time.Sleep(5 * time.Millisecond)
	}
	s.Kill()
	log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
	return fmt.Errorf("redis-server did not come up on port %d:\n%s", s.port, strings.TrimSpace(string(log)))
}
