package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"onestep/bot"
	"onestep/bot/store"
)

func TestRoutes(t *testing.T) {
	t.Parallel()
	bad := map[string]func() error{
		"telegram": func() error { return errors.New("Telegram cannot be reached.") },
		"redis":    func() error { return errors.New("Redis does not answer.") },
		"slack":    func() error { return nil },
	}
	good := map[string]func() error{"redis": func() error { return nil }}
	for _, c := range []struct {
		checks       map[string]func() error
		method, path string
		status       int
		body         string
	}{
		{good, "GET", "/healthz", 200, "alive\n"},
		{bad, "GET", "/healthz", 200, "alive\n"},
		{good, "GET", "/readyz", 200, "ready\n"},
		{bad, "GET", "/readyz", 503, "redis: Redis does not answer.\ntelegram: Telegram cannot be reached.\n"},
		{bad, "HEAD", "/readyz", 503, ""},
		{good, "POST", "/readyz", 405, "Method Not Allowed\n"},
		{good, "GET", "/", 404, "404 page not found\n"},
		{good, "GET", "/debug/pprof/", 404, "404 page not found\n"},
		{good, "POST", "/telegram/webhook", 404, "404 page not found\n"},
	} {
		server := httptest.NewServer(front{checks: c.checks, meter: newMetrics()}.routes())
		status, body := ask(t, c.method, server.URL+c.path)
		server.Close()
		if status != c.status || body != c.body {
			t.Errorf("%s %s: %d %q instead of %d %q", c.method, c.path, status, body, c.status, c.body)
		}
	}
}

// A request that panics is answered, and the log has no word of it.
func TestARequestThatPanics(t *testing.T) {
	t.Parallel()
	var out lockedBuffer
	server := httptest.NewServer(guarded(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("quincebramble") }), slog.New(slog.NewTextHandler(&out, nil))))
	defer server.Close()
	if status, body := ask(t, "POST", server.URL); status != 500 || body != "" {
		t.Errorf("answered %d %q", status, body)
	}
	if said := out.String(); strings.Contains(said, "quincebramble") || !strings.Contains(said, "httpserver_test.go") {
		t.Errorf("the log:\n%s", said)
	}
}

// Where a platform comes in is served and counted, by way and status alone; a
// hint for the operator leaves the replica ready.
func TestWaysAndHints(t *testing.T) {
	t.Parallel()
	f := front{
		meter: newMetrics(), hints: func() []string { return []string{"telegram: something is stuck."} },
		ways: map[string]http.Handler{"/slack/events": http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("X-Slack-Signature") == "" {
				w.WriteHeader(http.StatusUnauthorized)
			}
		})},
	}
	server := httptest.NewServer(f.routes())
	defer server.Close()
	if status, body := ask(t, "GET", server.URL+"/readyz"); status != 200 || body != "ready\nplease look: telegram: something is stuck.\n" {
		t.Errorf("/readyz: %d %q", status, body)
	}
	for range 2 {
		if status, _ := ask(t, "POST", server.URL+"/slack/events?quincebramble"); status != 401 {
			t.Errorf("/slack/events: %d", status)
		}
	}
	_, body := ask(t, "GET", server.URL+"/metrics")
	if !strings.Contains(body, `onestep_visit_seconds_count{code="401",way="/slack/events"} 2`) || strings.Contains(body, "quincebramble") {
		t.Errorf("the metrics say:\n%s", body)
	}
}

func ask(t *testing.T, method, url string) (status int, body string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(content)
}

// One slow check must not make the others wait: they run at once.
func TestChecksRunAtOnce(t *testing.T) {
	t.Parallel()
	var both sync.WaitGroup
	both.Add(2)
	meet := func() error { both.Done(); both.Wait(); return nil }
	if got := unready(map[string]func() error{"a": meet, "b": meet}); got != "" {
		t.Error(got)
	}
}

// lockedBuffer is a log that is read while the server still writes.
type lockedBuffer struct {
	mutex sync.Mutex
	bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.Buffer.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return b.Buffer.String()
}

func TestServeHTTP(t *testing.T) {
	t.Parallel()
	var out lockedBuffer
	log := slog.New(slog.NewTextHandler(&out, nil))
	begun, end := make(chan struct{}), make(chan struct{})
	checks := map[string]func() error{"slow": func() error { close(begun); <-end; return nil }}
	stop, err := serveHTTP("127.0.0.1:0", front{checks: checks, meter: newMetrics()}, log)
	if err != nil {
		t.Fatal(err)
	}
	address := regexp.MustCompile(`address=(127\.0\.0\.1:[0-9]+)`).FindStringSubmatch(out.String())[1]

	_, err = serveHTTP(address, front{meter: newMetrics()}, log)
	want := "cannot listen on " + address + " (bind: address already in use). Stop what uses that address, or set ONESTEP_HTTP_ADDR to another"
	if err == nil || err.Error() != want {
		t.Errorf("a second server on the address: %v", err)
	}

	// A request in hand ends in peace; the next one is refused.
	answered := make(chan string)
	go func() {
		_, body := ask(t, "GET", "http://"+address+"/readyz")
		answered <- body
	}()
	<-begun
	stopped := make(chan struct{})
	go func() { stop(); close(stopped) }()
	for deadline := time.Now().Add(10 * time.Second); ; {
		connection, err := net.Dial("tcp", address)
		if err != nil {
			break
		}
		connection.Close()
		if time.Now().After(deadline) {
			t.Fatal("the server still listens while it stops")
		}
	}
	close(end)
	if body := <-answered; body != "ready\n" {
		t.Errorf("the request in hand got %q", body)
	}
	<-stopped
}

func TestMetrics(t *testing.T) {
	t.Parallel()
	m := newMetrics()
	m.Turn("wrote", "committed", 3*time.Millisecond)
	m.Turn("letter nudge", "committed", time.Second)
	m.Send("telegram", "too old", time.Second)
	m.Send("telegram", "too old", time.Second)
	e := edge{m, "telegram"}
	e.Called("getUpdates", "409", time.Second)
	e.Called("sendMessage", "ok", time.Second)
	e.Noticed("passed over")
	// What could be somebody's must not become a label.
	for _, private := range []string{
		"I feel lonely", "slack:U0123456789", "123456789", "Wren-417", "Sam", "sam@example.org",
		"1234:made-up-token", "a b c d e", "averyveryverylongwordofsomebody", "", "é",
	} {
		m.Turn(private, private, time.Second)
		m.Send(private, private, time.Second)
		e.Noticed(private)
		if private != "Sam" && private != "I feel lonely" {
			e.Called(private, private, time.Second)
		}
	}
	var away error
	m.outbox(func(_ context.Context, rooms []bot.Room) (store.Backlog, error) {
		if len(rooms) != 4 {
			t.Errorf("asked for %+v", rooms)
		}
		return store.Backlog{Lanes: []int{1, 2, 3, 4}, Dead: 5}, away
	}, []string{"telegram"})
	server := httptest.NewServer(m.handler())
	defer server.Close()
	_, body := ask(t, "GET", server.URL)
	away = errors.New("no Redis")
	if status, without := ask(t, "GET", server.URL); status != 200 || !strings.Contains(without, "onestep_turns_total") || strings.Contains(without, "onestep_outbox") {
		t.Errorf("without Redis: %d %s", status, without)
	}
	for _, want := range []string{
		`onestep_outbox_chats{class="planned",platform="letter"} 2`,
		`onestep_outbox_chats{class="answer",platform="telegram"} 3`,
		`onestep_dead_messages 5`,
		`onestep_turns_total{kind="wrote",outcome="committed"} 1`,
		`onestep_turns_total{kind="letter nudge",outcome="committed"} 1`,
		`onestep_turns_total{kind="other",outcome="other"} 11`,
		`onestep_sends_total{outcome="too old",platform="telegram"} 2`,
		`onestep_sends_total{outcome="other",platform="other"} 11`,
		`onestep_turn_seconds_bucket{kind="wrote",le="0.005"} 1`,
		`onestep_turn_seconds_bucket{kind="wrote",le="0.0025"} 0`,
		`onestep_send_seconds_sum{platform="telegram"} 2`,
		`onestep_calls_total{end="409",method="getUpdates",platform="telegram"} 1`,
		`onestep_calls_total{end="ok",method="sendMessage",platform="telegram"} 1`,
		`onestep_oddities_total{platform="telegram",what="passed over"} 1`,
		`onestep_oddities_total{platform="telegram",what="other"} 11`,
		"process_open_fds ", "go_goroutines ",
	} {
		if !strings.Contains(body, "\n"+want) {
			t.Errorf("%s is missing from:\n%s", want, body)
		}
	}
	for _, word := range []string{"lonely", "U0123456789", "123456789", "Wren", "Sam", "example", "token", "somebody"} {
		if strings.Contains(body, word) {
			t.Errorf("%q is shown", word)
		}
	}
}
