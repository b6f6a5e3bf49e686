package slack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"onestep/adapters/adaptertest"
	"onestep/adapters/adaptertest/slackfake"
	"onestep/bot"
)

// gate is a public address that leads to whichever adapter runs now, as a
// balancer does.
type gate struct {
	server *httptest.Server
	to     atomic.Pointer[Adapter]
}

func newGate(t *testing.T) *gate {
	t.Helper()
	g := &gate{}
	g.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := g.to.Load()
		if a == nil || a.Handlers()[r.URL.Path] == nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		a.Handlers()[r.URL.Path].ServeHTTP(w, r)
	}))
	t.Cleanup(g.server.Close)
	return g
}

// overHTTP builds an adapter without sockets that stands behind the gate, in a
// workspace that sends there.
func overHTTP(t *testing.T, s *slackfake.Slack, g *gate, p pace, c Config) *Adapter {
	t.Helper()
	c.BotToken, _ = s.Tokens()
	c.APIURL, c.SigningSecret = s.APIURL(), s.SigningSecret()
	a, err := New(c)
	if err != nil {
		t.Fatal(err)
	}
	a.pace = p
	a.dial()
	g.to.Store(a)
	if err := s.PointTo(g.server.URL); err != nil {
		t.Fatal(err)
	}
	return a
}

// httpStage is Slack as the shared suite sees it, over HTTP.
type httpStage struct {
	stage
	gate *gate
	now  atomic.Pointer[Adapter]
}

func (s *httpStage) Adapter(t *testing.T, log *slog.Logger) bot.Adapter {
	t.Helper()
	a := overHTTP(t, s.slack, s.gate, patient(), Config{Log: log})
	s.now.Store(a)
	return a
}

func (s *httpStage) Secrets() []string { return append(s.stage.Secrets(), s.slack.SigningSecret()) }

func (s *httpStage) Person(n int) adaptertest.Person {
	p := s.stage.Person(n).(person)
	p.heard = func() {
		eventually(s.t, "somebody takes what comes", func() bool { return s.now.Load().Ready() == nil })
	}
	return p
}

func TestSuiteOverHTTP(t *testing.T) {
	t.Parallel()
	adaptertest.Run(t, func(t *testing.T) adaptertest.Stage {
		return &httpStage{stage: *newStage(t), gate: newGate(t)}
	})
}

// counted is a meter to look into.
type counted struct {
	mu sync.Mutex
	of map[string]int
}

func (c *counted) Noticed(what string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.of == nil {
		c.of = map[string]int{}
	}
	c.of[what]++
}

func (c *counted) count(what string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.of[what]
}

const formKind = "application/x-www-form-urlencoded"

// request is one call as Slack makes it, unless a test spoils it.
type request struct {
	method, path, kind, body string
	at                       time.Time
	signature                string // empty: the right one
	retry                    string
}

func (q request) send(t *testing.T, s *slackfake.Slack, g *gate) (status int, answer string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), q.method, g.server.URL+q.path, strings.NewReader(q.body))
	if err != nil {
		t.Fatal(err)
	}
	stamp := fmt.Sprint(q.at.Unix())
	if q.signature == "" {
		q.signature = s.Sign(stamp, []byte(q.body))
	}
	r.Header.Set("Content-Type", q.kind)
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", q.signature)
	if q.retry != "" {
		r.Header.Set("X-Slack-Retry-Num", q.retry)
		r.Header.Set("X-Slack-Retry-Reason", "http_timeout")
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, string(body)
}

func event(id, text string) string {
	return fmt.Sprintf(`{"type":"event_callback","team_id":"T01HOME","event_id":%q,"event":{"type":"message","channel":"DU1","channel_type":"im","user":"U1","text":%q,"ts":"1767225600.000100"}}`, id, text)
}

// Only what Slack has signed a moment ago comes in; everything else is turned
// away without a look into it, and nothing of it is logged.
func TestHTTPTurnsAway(t *testing.T) {
	t.Parallel()
	s, g, log, meter, in := home(t, slackfake.Config{}), newGate(t), &journal{}, &counted{}, &tray{}
	clock := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	a := overHTTPAt(t, s, g, func() time.Time { return clock }, log, meter)
	good := request{method: "POST", path: EventsPath, kind: "application/json; charset=utf-8", body: event("Ev1", "quincebramble"), at: clock}
	if status, _ := good.send(t, s, g); status != 503 {
		t.Errorf("before Receive: %d", status)
	}
	receiving(t, a, in)
	eventually(t, "ready", func() bool { return a.Ready() == nil })
	form := func(path, body string) request {
		return request{method: "POST", path: path, kind: formKind, body: body, at: clock}
	}
	spoil := func(f func(*request)) request {
		q := good
		f(&q)
		return q
	}
	stamp := fmt.Sprint(clock.Unix())
	for name, c := range map[string]struct {
		request
		status int
		answer string
	}{
		"good":              {good, 200, ""},
		"again, as a retry": {spoil(func(q *request) { q.retry = "1" }), 200, ""},
		"five minutes old":  {spoil(func(q *request) { q.at = clock.Add(-5 * time.Minute) }), 200, ""},
		"older":             {spoil(func(q *request) { q.at = clock.Add(-5*time.Minute - time.Second) }), 401, ""},
		"of the future":     {spoil(func(q *request) { q.at = clock.Add(5*time.Minute + time.Second) }), 401, ""},
		"another body's":    {spoil(func(q *request) { q.signature = s.Sign(stamp, []byte(q.body+" ")) }), 401, ""},
		"another time's":    {spoil(func(q *request) { q.signature = s.Sign("1", []byte(q.body)) }), 401, ""},
		"no version":        {spoil(func(q *request) { q.signature = strings.TrimPrefix(s.Sign(stamp, []byte(q.body)), "v0=") }), 401, ""},
		"in capitals":       {spoil(func(q *request) { q.signature = strings.ToUpper(s.Sign(stamp, []byte(q.body))) }), 401, ""},
		"half a signature":  {spoil(func(q *request) { q.signature = s.Sign(stamp, []byte(q.body))[:20] }), 401, ""},
		"words for it":      {spoil(func(q *request) { q.signature = "quincebramble" }), 401, ""},
		"a look":            {spoil(func(q *request) { q.method = "GET" }), 405, ""},
		"a form to events":  {spoil(func(q *request) { q.kind = formKind }), 415, ""},
		"no kind":           {spoil(func(q *request) { q.kind = "" }), 415, ""},
		"not JSON":          {spoil(func(q *request) { q.body = "quincebramble" }), 400, ""},
		"far too much":      {spoil(func(q *request) { q.body = strings.Repeat("quincebramble", 100_000) }), 413, ""},
		"an unknown kind": {spoil(func(q *request) {
			q.body = `{"type":"event_callback","team_id":"T01HOME","event":{"type":"telepathy"}}`
		}), 200, ""},
		"no event in it": {spoil(func(q *request) { q.body = `{"type":"event_callback"}` }), 200, ""},
		"too many events": {spoil(func(q *request) {
			q.body = `{"type":"app_rate_limited","team_id":"T01HOME","minute_rate_limited":1518467820}`
		}), 200, ""},
		"a challenge":         {spoil(func(q *request) { q.body = `{"type":"url_verification","challenge":"3eZbrw1aB"}` }), 200, "3eZbrw1aB"},
		"a forged challenge":  {spoil(func(q *request) { q.body, q.signature = `{"type":"url_verification","challenge":"3eZbrw1aB"}`, "v0=00" }), 401, ""},
		"a press of nothing":  {form(InteractionsPath, "payload=quincebramble"), 400, ""},
		"a press without it":  {form(InteractionsPath, "x=1"), 400, ""},
		"a broken form":       {form(InteractionsPath, "payload=%zz"), 400, ""},
		"a broken command":    {form(CommandsPath, "text=%zz"), 400, ""},
		"JSON to commands":    {request{method: "POST", path: CommandsPath, kind: "application/json", body: "{}", at: clock}, 415, ""},
		"a certificate check": {form(CommandsPath, "ssl_check=1&token=deprecated"), 200, ""},
		"a stranger's":        {form(CommandsPath, "team_id=T02AWAY&user_id=U9&text=quincebramble&trigger_id=1.9"), 200, ""},
	} {
		if status, answer := c.send(t, s, g); status != c.status || answer != c.answer {
			t.Errorf("%s: %d %q, want %d %q", name, status, answer, c.status, c.answer)
		}
	}
	for _, u := range in.updates() {
		if u.ID != "slack:Ev1" || u.Text != "quincebramble" {
			t.Errorf("taken: %+v", u)
		}
	}
	if n := len(in.updates()); n != 3 {
		t.Errorf("%d taken, want 3", n)
	}
	for what, want := range map[string]int{"forged": 7, "stale": 2, "repeated": 1, "events withheld": 1, "foreign": 1, "unreadable": 1} {
		if got := meter.count(what); got != want {
			t.Errorf("%d %s, want %d", got, what, want)
		}
	}
	text := log.String()
	for _, word := range []string{"quincebramble", s.SigningSecret(), "3eZbrw1aB"} {
		if strings.Contains(text, word) {
			t.Errorf("the log holds %q:\n%s", word, text)
		}
	}
	if n := strings.Count(text, "turned away"); n != 2 {
		t.Errorf("turning away is logged %d times, want once for each reason:\n%s", n, text)
	}
}

func overHTTPAt(t *testing.T, s *slackfake.Slack, g *gate, now func() time.Time, log io.Writer, m Meter) *Adapter {
	t.Helper()
	token, _ := s.Tokens()
	a, err := New(Config{
		BotToken: token, APIURL: s.APIURL(), SigningSecret: s.SigningSecret(), Now: now, Meter: m,
		Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	a.pace = brisk()
	a.dial()
	g.to.Store(a)
	return a
}

// There is one reader: the table of envelopes of the sockets goes through HTTP
// and gives the same updates.
func TestHTTPReadsAsTheSocketDoes(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/envelopes/*.json")
	if err != nil || len(files) < 40 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	s, g, in := home(t, slackfake.Config{}), newGate(t), &tray{}
	now := time.Date(2026, 1, 1, 0, 10, 0, 0, time.UTC)
	a := overHTTPAt(t, s, g, func() time.Time { return now }, io.Discard, nil)
	receiving(t, a, in)
	eventually(t, "ready", func() bool { return a.Ready() == nil })
	u := us{team: "T01HOME", self: "U0BOT"}
	if a.self != u.self || a.team != u.team {
		t.Fatalf("we are %s in %s", a.self, a.team)
	}
	ways := map[string]int{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var c struct{ Envelope json.RawMessage }
		if err := json.Unmarshal(raw, &c); err != nil {
			t.Fatal(err)
		}
		e, _ := unpack(c.Envelope)
		e.ID = "" // only sockets have it
		var compact bytes.Buffer
		if json.Compact(&compact, e.Payload) != nil {
			continue // a payload that is no JSON cannot come over HTTP
		}
		q := request{method: "POST", at: now}
		switch e.Type {
		case "events_api":
			q.path, q.kind, q.body = EventsPath, "application/json", compact.String()
		case "interactive":
			q.path, q.kind, q.body = InteractionsPath, formKind, url.Values{"payload": {compact.String()}}.Encode()
		case "slash_commands":
			var fields map[string]string
			if json.Unmarshal(e.Payload, &fields) != nil {
				continue
			}
			values := url.Values{}
			for k, v := range fields {
				values.Set(k, v)
			}
			q.path, q.kind, q.body = CommandsPath, formKind, values.Encode()
		default:
			continue
		}
		ways[e.Type]++
		in.mu.Lock()
		in.took = nil
		in.mu.Unlock()
		if status, answer := q.send(t, s, g); status != 200 || answer != "" {
			t.Errorf("%s: %d %q", file, status, answer)
		}
		want := u.read(e, now)
		got := in.updates()
		for i := range got {
			if got[i].Kind != bot.Zoned { // else asked for on the way
				got[i].Zone, got[i].ZoneAt = "", time.Time{}
			}
		}
		if (want.verdict == take) != (len(got) == 1) || want.verdict == take && got[0] != want.update {
			t.Errorf("%s: took %+v, want %d %+v", file, got, want.verdict, want.update)
		}
	}
	if ways["events_api"] < 20 || ways["interactive"] < 5 || ways["slash_commands"] < 3 {
		t.Errorf("payloads by way: %v", ways)
	}
}

// An event that cannot be taken in time is refused within Slack's three
// seconds, comes again, and is taken once.
func TestHTTPRefusesInTime(t *testing.T) {
	t.Parallel()
	s, g, meter := home(t, slackfake.Config{Repeats: []time.Duration{0, 0, 0}}), newGate(t), &counted{}
	p := brisk()
	p.reply, p.patience = 100*time.Millisecond, 60*time.Millisecond
	release := make(chan struct{})
	in := &tray{hook: func(bot.Update) error { <-release; return nil }}
	a := overHTTP(t, s, g, p, Config{Meter: meter})
	receiving(t, a, in)
	eventually(t, "ready", func() bool { return a.Ready() == nil })
	d := s.Person("U1").Writes("hello")
	eventually(t, "it comes again", func() bool { return d.Attempts() == 2 })
	close(release)
	<-d.Over()
	// A repeat that comes when the first is done goes to the inbox, which knows it.
	for _, u := range in.updates() {
		if u.ID != in.updates()[0].ID {
			t.Errorf("taken as %s and as %s", in.updates()[0].ID, u.ID)
		}
	}
	if !d.Acked() || in.attempts() > d.Attempts() {
		t.Errorf("acked %v, given to the inbox %d times in %d attempts", d.Acked(), in.attempts(), d.Attempts())
	}
	if meter.count("repeated") == 0 {
		t.Error("the repeat was not counted")
	}

	in.set(func(bot.Update) error { return errJammed })
	c := s.Person("U1").Slash("/onestep", "help")
	<-c.Over()
	if c.Acked() || c.Attempts() != 1 {
		t.Errorf("a command that nobody took: acked %v after %d attempts", c.Acked(), c.Attempts())
	}
}

// With both ways configured an app changes over without a deaf moment, in either
// direction, and what comes by both is one update.
func TestBothWaysAtOnce(t *testing.T) {
	t.Parallel()
	s, g, in := home(t, slackfake.Config{}), newGate(t), &tray{}
	_, app := s.Tokens()
	token, _ := s.Tokens()
	a, err := New(Config{BotToken: token, AppToken: app, SigningSecret: s.SigningSecret(), APIURL: s.APIURL()})
	if err != nil {
		t.Fatal(err)
	}
	a.pace = brisk()
	a.dial()
	g.to.Store(a)
	receiving(t, a, in)
	ready(t, a, s)
	<-s.Person("U1").Writes("over the socket").Over()
	if err := s.PointTo(g.server.URL); err != nil {
		t.Fatal(err)
	}
	<-s.Person("U1").Writes("over HTTP").Over()
	if got := in.updates(); len(got) != 2 || got[0].Text != "over the socket" || got[1].Text != "over HTTP" {
		t.Errorf("taken %+v", got)
	}
}

func TestASlackNeedsAWayIn(t *testing.T) {
	t.Parallel()
	if _, err := New(Config{BotToken: "xoxb-1"}); err == nil || !strings.Contains(err.Error(), "ONESTEP_SLACK_SIGNING_SECRET") {
		t.Errorf("without a way in: %v", err)
	}
	s := home(t, slackfake.Config{})
	a, _ := adapterAt(t, s, brisk())
	if a.Handlers() != nil {
		t.Error("there is a way in over HTTP without a signing secret")
	}
}
