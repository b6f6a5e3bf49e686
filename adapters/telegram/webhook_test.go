package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"onestep/adapters/adaptertest"
	"onestep/adapters/adaptertest/telegramfake"
	"onestep/bot"
)

const testSecret = "made-up-webhook-secret_0123456789"

// gate is a public address that leads to whichever adapter runs now, as a
// balancer does.
type gate struct {
	server *httptest.Server
	to     atomic.Pointer[http.Handler]
}

func newGate(t *testing.T) *gate {
	t.Helper()
	g := &gate{}
	g.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := g.to.Load()
		if h == nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		(*h).ServeHTTP(w, r)
	}))
	t.Cleanup(g.server.Close)
	return g
}

func (g *gate) url() string { return g.server.URL + WebhookPath }

// hooked builds an adapter that takes updates at the gate.
func hooked(t *testing.T, s *telegramfake.Server, g *gate, c Config) *Adapter {
	t.Helper()
	c.WebhookURL, c.WebhookSecret = g.url(), testSecret
	a := to(t, s, c)
	h := a.Handlers()[WebhookPath]
	g.to.Store(&h)
	return a
}

// hookedStage is Telegram as the shared suite sees it, with a webhook.
type hookedStage struct {
	stage
	gate *gate
}

func (s *hookedStage) Adapter(t *testing.T, log *slog.Logger) bot.Adapter {
	return hooked(t, s.s, s.gate, Config{Log: log})
}

func (s *hookedStage) Secrets() []string { return append(s.stage.Secrets(), testSecret) }

func TestAdapterWithWebhook(t *testing.T) {
	t.Parallel()
	adaptertest.Run(t, func(t *testing.T) adaptertest.Stage {
		return &hookedStage{stage{t, fake(t)}, newGate(t)}
	})
}

// bring hands an update over as Telegram does, and gives the status.
func bring(t *testing.T, g *gate, body string) int {
	t.Helper()
	resp := knock(t, http.MethodPost, g.url(), body, map[string]string{"Content-Type": "application/json", secretHeader: testSecret})
	return resp.StatusCode
}

func knock(t *testing.T, method, url, body string, headers map[string]string) *http.Response {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range headers {
		r.Header.Set(k, v)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if answer, err := io.ReadAll(resp.Body); err != nil || len(answer) != 0 {
		t.Errorf("the answer has a body, which Telegram takes for a call: %q, %v", answer, err)
	}
	return resp
}

func wrote(id int, text string) string {
	return fmt.Sprintf(`{"update_id":%d,"message":{"message_id":5,"date":1772445600,"text":%q,"from":{"id":7,"is_bot":false},"chat":{"id":7,"type":"private"}}}`, id, text)
}

// What is not Telegram's is turned away, without a look into it.
func TestWebhookTurnsAway(t *testing.T) {
	t.Parallel()
	s, g, n, in := fake(t), newGate(t), &notes{}, &inbox{}
	a := hooked(t, s, g, Config{Log: n.log(), Meter: n})
	if got := bring(t, g, wrote(1, "early")); got != http.StatusServiceUnavailable {
		t.Errorf("an update before Receive: %d", got)
	}
	receive(t, a, in)
	eventually(t, "the webhook is set", func() bool { return len(s.Calls("setWebhook")) == 1 })
	good := map[string]string{"Content-Type": "application/json; charset=utf-8", secretHeader: testSecret}
	with := func(key, value string) map[string]string {
		out := map[string]string{}
		for k, v := range good {
			out[k] = v
		}
		out[key] = value
		return out
	}
	for name, c := range map[string]struct {
		method, body string
		headers      map[string]string
		want         int
	}{
		"good":                          {"POST", wrote(2, "quincebramble"), good, 200},
		"the same again":                {"POST", wrote(2, "quincebramble"), good, 200},
		"a look":                        {"GET", "", good, 405},
		"another method":                {"PUT", wrote(3, "quincebramble"), good, 405},
		"no secret":                     {"POST", wrote(3, "quincebramble"), map[string]string{"Content-Type": "application/json"}, 401},
		"a wrong secret":                {"POST", wrote(3, "quincebramble"), with(secretHeader, "quincebramble"), 401},
		"the start of the secret":       {"POST", wrote(3, "quincebramble"), with(secretHeader, testSecret[:10]), 401},
		"the secret and more":           {"POST", wrote(3, "quincebramble"), with(secretHeader, testSecret+"x"), 401},
		"a form":                        {"POST", "update_id=3", with("Content-Type", "application/x-www-form-urlencoded"), 415},
		"no kind":                       {"POST", wrote(3, "quincebramble"), with("Content-Type", ""), 415},
		"not JSON":                      {"POST", "quincebramble", good, 400},
		"half of it":                    {"POST", wrote(3, "quincebramble")[:40], good, 400},
		"a list":                        {"POST", "[" + wrote(3, "quincebramble") + "]", good, 400},
		"no id":                         {"POST", `{"message":{"text":"quincebramble"}}`, good, 400},
		"nothing":                       {"POST", "", good, 400},
		"far too much":                  {"POST", wrote(3, strings.Repeat("quincebramble", 100_000)), good, 413},
		"a message that cannot be read": {"POST", `{"update_id":4,"message":"quincebramble"}`, good, 200},
		"a kind of tomorrow":            {"POST", `{"update_id":5,"telepathy":{"text":"quincebramble"}}`, good, 200},
	} {
		resp := knock(t, c.method, g.url(), c.body, c.headers)
		if resp.StatusCode != c.want {
			t.Errorf("%s: %d, want %d", name, resp.StatusCode, c.want)
		}
		if c.want == 405 && resp.Header.Get("Allow") != "POST" {
			t.Errorf("%s: allows %q", name, resp.Header.Get("Allow"))
		}
	}
	if got := in.texts(); !slices.Equal(got, []string{"quincebramble", "quincebramble"}) {
		t.Errorf("taken %q", got)
	}
	if n.oddities("forged") != 4 {
		t.Errorf("%d forged, want 4", n.oddities("forged"))
	}
	for _, word := range []string{"quincebramble", testSecret} {
		if strings.Contains(n.text(), word) {
			t.Errorf("the log holds %q:\n%s", word, n.text())
		}
	}
}

// Whatever comes over one way comes over the other: the table of real payloads
// goes through the webhook, and gives what polling gives.
func TestWebhookReadsAsPollingDoes(t *testing.T) {
	t.Parallel()
	files, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	s, g, in := fake(t), newGate(t), &inbox{}
	now := time.Unix(1772445600, 0)
	a := hooked(t, s, g, Config{Now: func() time.Time { return now }})
	receive(t, a, in)
	eventually(t, "the webhook is set", func() bool { return len(s.Calls("setWebhook")) == 1 })
	count := 0
	for _, f := range files {
		raw, err := os.ReadFile("testdata/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		var cases []struct {
			About  string
			Update json.RawMessage
		}
		if err := json.Unmarshal(raw, &cases); err != nil {
			t.Fatal(f.Name(), err)
		}
		for _, c := range cases {
			var u update
			if err := json.Unmarshal(c.Update, &u); err != nil {
				t.Fatal(err)
			}
			want, ok := a.translate(u)
			in.mu.Lock()
			in.taken = nil
			in.mu.Unlock()
			if got := bring(t, g, string(c.Update)); got != 200 {
				t.Errorf("%s: status %d", c.About, got)
			}
			count++
			in.mu.Lock()
			if taken := in.taken; ok != (len(taken) == 1) || ok && taken[0] != want {
				t.Errorf("%s: took %+v, want %+v", c.About, taken, want)
			}
			in.mu.Unlock()
		}
	}
	if count < 20 {
		t.Errorf("only %d payloads", count)
	}
}

// A yes comes after the commit; a no says when to come again.
func TestWebhookAnswersAfterTheInbox(t *testing.T) {
	t.Parallel()
	s, g := fake(t), newGate(t)
	release := make(chan struct{})
	in := &inbox{take: func(context.Context, bot.Update) error { <-release; return nil }}
	receive(t, hooked(t, s, g, Config{}), in)
	eventually(t, "the webhook is set", func() bool { return len(s.Calls("setWebhook")) == 1 })
	answered := make(chan int, 1)
	go func() { answered <- bring(t, g, wrote(1, "a")) }()
	select {
	case status := <-answered:
		t.Fatalf("answered %d before the inbox did", status)
	case <-time.After(50 * time.Millisecond):
	}
	close(release)
	if status := <-answered; status != 200 {
		t.Errorf("status %d", status)
	}

	refuse := newGate(t)
	receive(t, hooked(t, fake(t), refuse, Config{}), &inbox{take: func(context.Context, bot.Update) error { return errors.New("no") }})
	var resp *http.Response
	eventually(t, "a refusal is answered within the reply's time", func() bool {
		began := time.Now()
		resp = knock(t, "POST", refuse.url(), wrote(1, "a"), map[string]string{"Content-Type": "application/json", secretHeader: testSecret})
		took := time.Since(began)
		return resp.StatusCode == 503 && took > quick.reply/2 && took < 3*quick.reply
	})
	if resp.Header.Get("Retry-After") != "2" {
		t.Errorf("comes again after %q", resp.Header.Get("Retry-After"))
	}
}

// One update at one instant, many times: it is at the inbox one after the
// other, never twice at once.
func TestWebhookTakesRepeatsInTurn(t *testing.T) {
	t.Parallel()
	s, g := fake(t), newGate(t)
	var at, most, tries atomic.Int32
	in := &inbox{take: func(context.Context, bot.Update) error {
		most.Store(max(most.Load(), at.Add(1)))
		defer at.Add(-1)
		tries.Add(1)
		time.Sleep(time.Millisecond) // long enough to overlap
		return nil
	}}
	receive(t, hooked(t, s, g, Config{}), in)
	eventually(t, "the webhook is set", func() bool { return len(s.Calls("setWebhook")) == 1 })
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if status := bring(t, g, wrote(1, "a")); status != 200 {
				t.Errorf("status %d", status)
			}
		})
	}
	all.Wait()
	if most.Load() != 1 || tries.Load() != 20 {
		t.Errorf("%d tries, %d at once", tries.Load(), most.Load())
	}
}

// Ids start anywhere after a quiet week, and two replicas see them in any order:
// a lower one is as good as a higher one.
func TestWebhookTakesAnyOrder(t *testing.T) {
	t.Parallel()
	s, g, in := fake(t), newGate(t), &inbox{}
	receive(t, hooked(t, s, g, Config{}), in)
	eventually(t, "the webhook is set", func() bool { return len(s.Calls("setWebhook")) == 1 })
	for _, id := range []int{900, 5, 899, 901, 5} {
		if status := bring(t, g, wrote(id, fmt.Sprint(id))); status != 200 {
			t.Errorf("update %d: %d", id, status)
		}
	}
	if got := in.texts(); !slices.Equal(got, []string{"900", "5", "899", "901", "5"}) {
		t.Errorf("taken %q", got)
	}
}

// The webhook is set with what we want, by one replica, and set again when
// somebody else has changed it. Nothing pending is dropped.
func TestWebhookIsSetAndKept(t *testing.T) {
	t.Parallel()
	s, g, n := fake(t), newGate(t), &notes{}
	l := &lease{}
	s.Person(1).Writes("before")
	one := hooked(t, s, g, Config{Poller: leaseOf{l, "one"}, Meter: n, Log: n.log()})
	two := hooked(t, s, g, Config{Poller: leaseOf{l, "two"}, Meter: n, Log: n.log()})
	first, second := &inbox{}, &inbox{}
	stop := receive(t, one, first)
	eventually(t, "the webhook is set", func() bool { return len(s.Calls("setWebhook")) == 1 })
	receive(t, two, second)
	eventually(t, "what waited comes to the other", func() bool { return slices.Equal(second.texts(), []string{"before"}) })
	set := s.Calls("setWebhook")[0].Params
	if set["url"] != g.url() || set["secret_token"] != testSecret || set["allowed_updates"] != allowed || set["drop_pending_updates"] != "" {
		t.Errorf("set with %v", set)
	}
	eventually(t, "both are ready", func() bool { return one.Ready() == nil && two.Ready() == nil })
	if k := len(s.Calls("setWebhook")); k != 1 {
		t.Errorf("set %d times by two replicas", k)
	}
	s.SetWebhook("https://example.org/else")
	eventually(t, "it is set right", func() bool { return len(s.Calls("setWebhook")) == 2 })
	if n.oddities("conflict") != 1 {
		t.Errorf("%d conflicts", n.oddities("conflict"))
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the other keeps it", func() bool { return len(s.Calls("setWebhook")) == 3 })
	if len(s.Calls("deleteWebhook"))+len(s.Calls("getUpdates")) != 0 {
		t.Error("it was removed on the way")
	}
	if strings.Contains(n.text(), testSecret) || strings.Contains(n.text(), s.Token) {
		t.Error("the log holds a secret")
	}
}

// Back to polling: the webhook goes, and what waits does not.
func TestBackToPolling(t *testing.T) {
	t.Parallel()
	s, g, in := fake(t), newGate(t), &inbox{}
	stop := receive(t, hooked(t, s, g, Config{}), in)
	s.Person(1).Writes("a")
	eventually(t, "it comes by webhook", func() bool { return len(in.texts()) == 1 })
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if len(s.Calls("deleteWebhook")) != 0 {
		t.Error("a stop removes the webhook, so that the next start finds a gap")
	}
	s.Person(1).Writes("b")
	receive(t, to(t, s, Config{}), in)
	// The first one may come again, when its acknowledgement was on the way.
	eventually(t, "what waited comes by polling", func() bool { return slices.Contains(in.texts(), "b") })
	for _, c := range s.Calls("deleteWebhook") {
		if c.Params["drop_pending_updates"] != "" {
			t.Error("pending updates are dropped")
		}
	}
}

// What Telegram says about the webhook reaches the operator, without a secret.
func TestWebhookTroubleIsTold(t *testing.T) {
	t.Parallel()
	s, g, n := fake(t), newGate(t), &notes{}
	s.Fail("setWebhook", telegramfake.Fault{Code: 400, Text: "Bad Request: bad webhook: HTTPS url must be provided for webhook"})
	a := hooked(t, s, g, Config{Meter: n, Log: n.log()})
	a.waits.look, a.waits.most = 100*time.Millisecond, 100*time.Millisecond
	nobody := http.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(404) }))
	g.to.Store(&nobody)
	receive(t, a, &inbox{})
	eventually(t, "the refused address is told", func() bool {
		return a.Ready() != nil && strings.Contains(a.Ready().Error(), "ONESTEP_TELEGRAM_WEBHOOK_URL")
	})
	eventually(t, "it is ready once Telegram takes it", func() bool { return a.Ready() == nil })
	s.Person(1).Writes("quincebramble")
	eventually(t, "what cannot be handed over is told", func() bool { return n.oddities("undelivered") > 0 })
	if a.Ready() != nil {
		t.Errorf("not ready, so that a balancer would send nobody: %v", a.Ready())
	}
	if text := n.text(); !strings.Contains(text, "404") || strings.Contains(text, testSecret) || strings.Contains(text, "quincebramble") {
		t.Errorf("the log says:\n%s", text)
	}
	s.Revoke()
	eventually(t, "a revoked token is told", func() bool { return a.Ready() != nil && strings.Contains(a.Ready().Error(), "token") })
}

func TestWebhookNeedsASecret(t *testing.T) {
	t.Parallel()
	s := fake(t)
	if _, err := New(t.Context(), Config{Token: s.Token, APIURL: s.URL, WebhookURL: "https://bot.example/x"}); err == nil || !strings.Contains(err.Error(), "ONESTEP_TELEGRAM_WEBHOOK_SECRET") {
		t.Errorf("without a secret: %v", err)
	}
	if to(t, s, Config{}).Handlers() != nil {
		t.Error("there is a webhook beside long polling")
	}
}
