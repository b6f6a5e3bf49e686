package main

import (
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"onestep/adapters/adaptertest/slackfake"
	"onestep/adapters/adaptertest/telegramfake"
	"onestep/bot/store"
	"onestep/bot/store/redistest"
	"onestep/launch"
)

// The tests in e2e_*_test.go start the real program as users start it, with a
// real Redis and platform-shaped servers on loopback.

func TestMain(m *testing.M) {
	// They wait for processes, platforms and clocks more than they work, so more
	// of them run side by side than there are processors, if not told otherwise.
	flag.Parse()
	parallel := strconv.Itoa(2 * runtime.GOMAXPROCS(0))
	flag.Visit(func(f *flag.Flag) {
		if f.Name == "test.parallel" {
			parallel = f.Value.String()
		}
	})
	if err := flag.Set("test.parallel", parallel); err != nil {
		panic(err)
	}
	code := m.Run()
	launch.Sweep()
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
	logs     *launch.Log
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
	s := &site{T: t, redis: redistest.Start(t), dir: t.TempDir(), logs: &launch.Log{}, typed: &typed{}}
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

// teams writes onestep.yaml with one team that is always open, and quiet only in an
// hour that is as far away as can be: these tests run on the real clock, also at night.
func (s *site) teams(channel string, leads ...string) {
	s.Helper()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		s.Fatal(err)
	}
	quiet := time.Now().In(london).Add(12 * time.Hour)
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
    quiet: {from: "%s:00", to: "%s:00"}
    bank_holidays: none
`, channel, strings.Join(leads, ", "), quiet.Format("15"), quiet.Add(time.Hour).Format("15")))
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
	*launch.Replica
	s    *site
	http string
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
	r, err := launch.Start(launch.Spec{Dir: s.dir, Env: s.env, Addr: addr, Args: args, Log: s.logs})
	if err != nil {
		s.Fatal(err)
	}
	p := &process{Replica: r, s: s, http: addr}
	s.Cleanup(p.kill)
	return p
}

func (p *process) status(path string) int { return p.Status(path) }

// stop asks it to stop and waits for a clean end.
func (p *process) stop() {
	p.s.Helper()
	if err := p.Stop(20 * time.Second); err != nil {
		p.s.Error(err)
	}
}

// kill ends it at once, as a power cut would.
func (p *process) kill() {
	p.Kill()
}

// eventually polls until something holds; the edge of a process has no other
// way to wait.
func (s *site) eventually(within time.Duration, what string, holds func() bool) {
	s.Helper()
	for end := time.Now().Add(within); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			s.Fatalf("not within %s: %s\nthe log ends:\n%s", within, what, s.logs.Tail(40))
		}
	}
}

func freeAddr(t testing.TB) string {
	addr, err := launch.FreeAddr()
	if err != nil {
		t.Fatal(err)
	}
	return addr
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
			p.s.Fatalf("%s did not hear %q within %s; they heard, %d of them before:\n%s\nthe log ends:\n%s", p.name, words, within, p.heard, p.transcript(), p.s.logs.Tail(40))
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
