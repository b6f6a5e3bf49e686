// Package slackfake is a small Slack on loopback: the Web API methods that
// onestep calls, Socket Mode with its acknowledgements and repeats, and people
// who write and press. It is as strict as Slack where strictness is known
// (limits of Block Kit, one-time addresses, one-time triggers), and it can fail
// in the ways Slack fails.
package slackfake

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Config is what a test may set; every field has a default.
type Config struct {
	Addr     string // where to listen; default a free port of 127.0.0.1
	BotToken string // default "xoxb-made-up-bot"
	AppToken string // default "xapp-made-up-app"
	Team     string // the workspace; default "T01HOME"
	// Scopes and Events are what the app was granted and has subscribed to;
	// default what onestep's manifest asks for.
	Scopes, Events []string
	// AckWithin is how long an envelope may go unacknowledged; default 3 s.
	AckWithin time.Duration
	// Repeats are the waits before each repeat of an event; default at once,
	// 1 min, 5 min. Presses and commands are never repeated.
	Repeats []time.Duration
	// Ping is the time between pings; default 10 s.
	Ping time.Duration
	// Now is the clock of timestamps; default time.Now.
	Now func() time.Time
}

// Ids of the app itself.
const (
	AppID   = "A01ONESTEP"
	BotUser = "U0BOT"
	BotID   = "B0BOT"
)

// Slack is one workspace with one app installed. All methods are safe for
// concurrent use.
type Slack struct {
	cfg  Config
	addr string

	mu         sync.Mutex
	server     *http.Server // nil during an outage
	closed     bool
	revoked    bool
	double     bool
	serial     int64 // for every id
	lastTS     int64 // microseconds
	rooms      map[string]*room
	people     map[string]*Person
	tickets    map[string]bool
	sockets    []*socket
	next       int // whose turn it is to get an envelope
	faults     map[string][]Fault
	weather    func(method, channel string) Fault
	late       func() time.Duration
	calls      map[string]int
	limits     Limits
	taken      map[string][]time.Time // calls that counted, by method or channel
	tooFast    map[string]int         // calls refused, by method
	deliveries []*Delivery
	open       map[string]*Delivery // by envelope id
	timers     map[*time.Timer]bool
	base       string       // where things are sent over HTTP; empty: over sockets
	client     *http.Client // that sends them
}

// Start opens the workspace.
func Start(cfg Config) (*Slack, error) {
	def := func(s *string, v string) {
		if *s == "" {
			*s = v
		}
	}
	def(&cfg.Addr, "127.0.0.1:0")
	def(&cfg.BotToken, "xoxb-made-up-bot")
	def(&cfg.AppToken, "xapp-made-up-app")
	def(&cfg.Team, "T01HOME")
	if cfg.Scopes == nil {
		cfg.Scopes = []string{"chat:write", "commands", "im:history", "im:write", "users:read"}
	}
	if cfg.Events == nil {
		cfg.Events = []string{"message.im", "user_change"}
	}
	if cfg.AckWithin == 0 {
		cfg.AckWithin = 3 * time.Second
	}
	if cfg.Repeats == nil {
		cfg.Repeats = []time.Duration{0, time.Minute, 5 * time.Minute}
	}
	if cfg.Ping == 0 {
		cfg.Ping = 10 * time.Second
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	s := &Slack{
		cfg: cfg, rooms: map[string]*room{}, people: map[string]*Person{}, tickets: map[string]bool{},
		faults: map[string][]Fault{}, calls: map[string]int{}, open: map[string]*Delivery{}, timers: map[*time.Timer]bool{},
		client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}},
	}
	ln, err := net.Listen("tcp", cfg.Addr)
	if err != nil {
		return nil, err
	}
	s.addr = ln.Addr().String()
	s.serve(ln)
	return s, nil
}

// serve answers on ln until an outage or the end.
func (s *Slack) serve(ln net.Listener) {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", s.api)
	mux.HandleFunc("/link", s.link)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	s.mu.Lock()
	s.server = server
	s.mu.Unlock()
	go func() { _ = server.Serve(ln) }()
}

// APIURL is what ONESTEP_SLACK_API_URL is set to.
func (s *Slack) APIURL() string { return "http://" + s.addr + "/api/" }

// Tokens are the bot's and the app's.
func (s *Slack) Tokens() (bot, app string) { return s.cfg.BotToken, s.cfg.AppToken }

// Close ends everything, repeats that are still due as well.
func (s *Slack) Close() {
	s.mu.Lock()
	s.closed = true
	for t := range s.timers {
		t.Stop()
	}
	s.mu.Unlock()
	s.cut()
	s.client.CloseIdleConnections()
}

// cut breaks every connection and refuses new ones.
func (s *Slack) cut() {
	s.mu.Lock()
	server := s.server
	s.server = nil
	s.mu.Unlock()
	if server != nil {
		_ = server.Close()
	}
	s.CutSockets()
}

// Outage makes the workspace unreachable, or reachable again.
func (s *Slack) Outage(down bool) error {
	if down {
		s.cut()
		return nil
	}
	ln, err := net.Listen("tcp", s.addr)
	if err != nil {
		return fmt.Errorf("cannot come back: %w", err)
	}
	s.serve(ln)
	return nil
}

// Revoke takes the app's tokens away for good and drops its connections.
func (s *Slack) Revoke() {
	s.mu.Lock()
	s.revoked = true
	s.mu.Unlock()
	s.CutSockets()
}

// Calls counts the requests of a method, whatever became of them.
func (s *Slack) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.calls[method]
}

// id makes an id that was never used before. The lock is held.
func (s *Slack) id(prefix string) string {
	s.serial++
	return fmt.Sprintf("%s%06d", prefix, s.serial)
}

// stamp makes a timestamp, unique in the workspace. The lock is held.
func (s *Slack) stamp() string {
	s.lastTS = max(s.lastTS+1, s.cfg.Now().UnixMicro())
	return fmt.Sprintf("%d.%06d", s.lastTS/1e6, s.lastTS%1e6)
}

// after runs f when d has passed, unless the workspace is closed by then.
func (s *Slack) after(d time.Duration, f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	var t *time.Timer
	t = time.AfterFunc(d, func() {
		s.mu.Lock()
		delete(s.timers, t)
		closed := s.closed
		s.mu.Unlock()
		if !closed {
			f()
		}
	})
	s.timers[t] = true
}

// AddChannel makes a channel, C... or G..., with the bot in it.
func (s *Slack) AddChannel(id string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rooms[id] = &room{id: id, member: true}
}

// Archive closes a channel.
func (s *Slack) Archive(id string) { s.change(id, func(r *room) { r.archived = true }) }

// Expel takes the bot out of a channel.
func (s *Slack) Expel(id string) { s.change(id, func(r *room) { r.member = false }) }

func (s *Slack) change(id string, f func(*room)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if r, ok := s.rooms[id]; ok {
		f(r)
	}
}

// errNobody is what a press or an edit finds nothing to work on with.
var errNobody = errors.New("there is no such message in this chat")

// granted tells whether the app has a scope.
func (s *Slack) granted(scope string) bool { return slices.Contains(s.cfg.Scopes, scope) }
