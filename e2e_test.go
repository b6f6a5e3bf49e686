package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"onestep/adapters/adaptertest/slackfake"
	"onestep/adapters/adaptertest/telegramfake"
	"onestep/bot/store"
	"onestep/bot/store/redistest"
)

// The tests in e2e_*_test.go start the real program as users start it, with a
// real Redis and platform-shaped servers on loopback.

// built makes the program once for all tests.
var built = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "onestep-e2e-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "onestep")
	out, err := exec.Command("go", "build", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := built(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

// site is the world around the program: Redis, platforms, settings.
type site struct {
	*testing.T
	redis    *redistest.Server
	telegram *telegramfake.Server
	slack    *slackfake.Slack
	dir      string
	env      []string
	logs     *logs
	typed    *typed
}

// The made-up people: n is told apart by id on both platforms.
const (
	leadID    = 1001
	workerID  = 1002
	patientID = 1003
	channelID = -1001234567890
	slackRoom = "C0HARBOUR"
)

func newSite(t *testing.T) *site {
	t.Helper()
	t.Parallel()
	s := &site{T: t, redis: redistest.Start(t), dir: t.TempDir(), logs: &logs{}, typed: &typed{}}
	var err error
	if s.telegram, err = telegramfake.Start(telegramfake.Config{Spacing: 50 * time.Millisecond}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.telegram.Close)
	if s.slack, err = slackfake.Start(slackfake.Config{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.slack.Close)
	s.slack.AddChannel(slackRoom)
	s.telegram.Group(channelID, "Harbour", s.telegram.Person(leadID))
	keyset, err := store.NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	bot, app := s.slack.Tokens()
	s.env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + s.dir,
		"ONESTEP_CONFIG=" + filepath.Join(s.dir, "onestep.yaml"),
		"ONESTEP_REDIS_URL=" + s.redis.URL(),
		"ONESTEP_ENCRYPTION_KEYSET=" + keyset.String(),
		"ONESTEP_TELEGRAM_TOKEN=" + s.telegram.Token, "ONESTEP_TELEGRAM_API_URL=" + s.telegram.URL,
		"ONESTEP_SLACK_BOT_TOKEN=" + bot, "ONESTEP_SLACK_APP_TOKEN=" + app, "ONESTEP_SLACK_API_URL=" + s.slack.APIURL(),
		"ONESTEP_SHARDS=4", "ONESTEP_LOG_LEVEL=debug",
	}
	s.teams(fmt.Sprintf("telegram:%d", channelID), fmt.Sprintf("telegram:%d", leadID))
	return s
}

// settings writes onestep.yaml with one team that is always open.
func (s *site) teams(channel string, leads ...string) {
	s.Helper()
	for i := range leads {
		leads[i] = strconv.Quote(leads[i])
	}
	s.write("onestep.yaml", fmt.Sprintf(`teams:
  - id: harbour
    name: Harbour team
    zone: Europe/London
    nation: england
    channel: %q
    leads: [%s]
    hours: {days: mon-sun, from: "00:00", to: "23:59"}
    quiet: {from: "03:00", to: "04:00"}
    bank_holidays: none
`, channel, strings.Join(leads, ", ")))
}

func (s *site) write(name, content string) {
	s.Helper()
	if err := os.MkdirAll(filepath.Dir(filepath.Join(s.dir, name)), 0o755); err != nil {
		s.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(s.dir, name), []byte(content), 0o600); err != nil {
		s.Fatal(err)
	}
}

// process is one running onestep.
type process struct {
	s    *site
	cmd  *exec.Cmd
	http string
	done chan struct{} // closed when it has ended
	err  error         // how; read it after done
}

// serve starts a replica and waits until it is ready.
func (s *site) serve(args ...string) *process {
	return s.serveAt(freeAddr(s), args...)
}

// serveAt starts a replica with its HTTP on addr. A replica that comes back on
// the same address of the same machine is the same holder of leases.
func (s *site) serveAt(addr string, args ...string) *process {
	s.Helper()
	p := s.launchAt(addr, args...)
	s.eventually(20*time.Second, "onestep is ready", func() bool { return p.status("/readyz") == http.StatusOK })
	return p
}

// launchAt starts a replica and does not wait.
func (s *site) launchAt(addr string, args ...string) *process {
	s.Helper()
	path, err := built()
	if err != nil {
		s.Fatal(err)
	}
	p := &process{s: s, http: addr, done: make(chan struct{})}
	p.cmd = exec.Command(path, append([]string{"serve"}, args...)...)
	p.cmd.Dir, p.cmd.Env = s.dir, append(slices.Clone(s.env), "ONESTEP_HTTP_ADDR="+p.http)
	p.cmd.Stdout, p.cmd.Stderr = s.logs, s.logs
	p.cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := p.cmd.Start(); err != nil {
		s.Fatal(err)
	}
	go func() {
		p.err = p.cmd.Wait()
		close(p.done)
	}()
	s.Cleanup(p.kill)
	return p
}

func (p *process) status(path string) int {
	client := http.Client{Timeout: 2 * time.Second}
	resp, err := client.Get("http://" + p.http + path)
	if err != nil {
		return 0
	}
	resp.Body.Close()
	return resp.StatusCode
}

// stop asks it to stop and waits for a clean end.
func (p *process) stop() {
	p.s.Helper()
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	select {
	case <-p.done:
		if p.err != nil {
			p.s.Errorf("onestep ended with %v", p.err)
		}
	case <-time.After(20 * time.Second):
		p.s.Errorf("onestep did not stop within 20 s")
		p.kill()
	}
}

// kill ends it at once, as a power cut would.
func (p *process) kill() {
	_ = p.cmd.Process.Kill()
	<-p.done
}

// eventually polls until something holds; the edge of a process has no other
// way to wait.
func (s *site) eventually(within time.Duration, what string, holds func() bool) {
	s.Helper()
	for end := time.Now().Add(within); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			s.Fatalf("not within %s: %s\nthe log ends:\n%s", within, what, s.logs.tail())
		}
	}
}

func freeAddr(t testing.TB) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// builtInScripts reads the scripts that the program has built in.
func builtInScripts() (map[string]string, error) {
	files := map[string]string{}
	paths, err := filepath.Glob("dialogs/checkins/*.yaml")
	for _, path := range paths {
		content, e := os.ReadFile(path)
		err = errors.Join(err, e)
		files[filepath.Base(path)] = string(content)
	}
	return files, err
}

// logs collects what the program writes.
type logs struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logs) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logs) all() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func (l *logs) tail() string {
	lines := strings.Split(l.all(), "\n")
	return strings.Join(lines[max(0, len(lines)-40):], "\n")
}

// typed remembers what people typed, to look for it in the logs.
type typed struct {
	mu    sync.Mutex
	words []string
}

func (t *typed) add(text string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.words = append(t.words, text)
}

// seat is one person in their private chat, on whichever platform.
type seat struct {
	s        *site
	name     string
	writes   func(text string)
	presses  func(label string) error
	messages func() []bubble
	heard    int // messages up to here were heard already
}

// bubble is one message in a chat.
type bubble struct {
	text    string
	buttons []string
}

func (s *site) onTelegram(id int64) *seat {
	p := s.telegram.Person(id)
	return &seat{s: s, name: fmt.Sprintf("telegram %d", id),
		writes:  func(text string) { p.Writes(text) },
		presses: p.Presses,
		messages: func() (list []bubble) {
			for _, m := range s.telegram.Messages(id) {
				list = append(list, bubble{m.Text, m.Labels()})
			}
			return list
		}}
}

func (s *site) onSlack(id string) *seat {
	p := s.slack.Person(id)
	return &seat{s: s, name: "slack " + id,
		writes:  func(text string) { p.Writes(text) },
		presses: func(label string) error { _, err := p.Presses(label); return err },
		messages: func() (list []bubble) {
			for _, m := range p.Messages() {
				var labels []string
				for _, b := range m.Buttons {
					labels = append(labels, b.Label)
				}
				list = append(list, bubble{m.Text, labels})
			}
			return list
		}}
}

// Writes types words.
func (p *seat) Writes(text string) {
	p.s.typed.add(text)
	p.writes(text)
}

// Presses taps the newest button with a label.
func (p *seat) Presses(label string) {
	p.s.Helper()
	if err := p.presses(label); err != nil {
		p.s.Fatalf("%s cannot press %q: %v\n%s", p.name, label, err, p.transcript())
	}
}

// Hears waits for a message with these words that came after the last one
// heard, and gives its text.
func (p *seat) Hears(within time.Duration, words string) string {
	p.s.Helper()
	for end := time.Now().Add(within); ; time.Sleep(5 * time.Millisecond) {
		for i, m := range p.messages() {
			if i >= p.heard && strings.Contains(m.text, words) {
				p.heard = i + 1
				return m.text
			}
		}
		if time.Now().After(end) {
			p.s.Fatalf("%s did not hear %q within %s; they heard, %d of them before:\n%s\nthe log ends:\n%s", p.name, words, within, p.heard, p.transcript(), p.s.logs.tail())
		}
	}
}

// count is how many messages hold these words.
func (p *seat) count(words string) (n int) {
	for _, m := range p.messages() {
		if strings.Contains(m.text, words) {
			n++
		}
	}
	return n
}

func (p *seat) transcript() string {
	var b strings.Builder
	for _, m := range p.messages() {
		fmt.Fprintf(&b, "  %s %v\n", m.text, m.buttons)
	}
	return b.String()
}

// codeOf finds the one-time code in an invitation, for a platform's line.
func (p *seat) codeOf(text string) string {
	p.s.Helper()
	for _, f := range strings.Fields(text) {
		if _, code, ok := strings.Cut(f, "?start="); ok {
			return code
		}
	}
	p.s.Fatalf("no link in %q", text)
	return ""
}

var errStill = errors.New("still running")

// exit waits for a process that should refuse to start.
func (p *process) exit(ctx context.Context) (code int, err error) {
	select {
	case <-p.done:
		return p.cmd.ProcessState.ExitCode(), nil
	case <-ctx.Done():
		return 0, errStill
	}
}
