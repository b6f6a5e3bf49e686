package telegramfake

import (
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// mailbox is a bot's webhook: it notes what comes, and answers as it is told.
type mailbox struct {
	mu     sync.Mutex
	got    []string // texts, in the order they came
	secret []string
	answer func(text string) int
}

func (m *mailbox) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	_, rest, _ := strings.Cut(string(body), `"text":"`)
	text, _, _ := strings.Cut(rest, `"`)
	m.mu.Lock()
	m.got = append(m.got, text)
	m.secret = append(m.secret, r.Header.Get("X-Telegram-Bot-Api-Secret-Token"))
	answer := m.answer
	m.mu.Unlock()
	status := 200
	if answer != nil {
		status = answer(text)
	}
	if status == 503 {
		w.Header().Set("Retry-After", "1")
	}
	w.WriteHeader(status)
}

func (m *mailbox) texts() []string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.got)
}

func soon(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("this did not happen: %s", what)
		}
	}
}

// A refused update comes again, and holds up its own chat alone.
func TestWebhookRepeatsWhatIsRefused(t *testing.T) {
	t.Parallel()
	s, err := Start(Config{Spacing: 30 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	var mu sync.Mutex
	refusals := 3
	m := &mailbox{answer: func(text string) int {
		mu.Lock()
		defer mu.Unlock()
		if text == "one" && refusals > 0 {
			refusals--
			return 500 + refusals // 502, 501, 500
		}
		return 200
	}}
	bot := httptest.NewServer(m)
	t.Cleanup(bot.Close)
	s.Person(1).Writes("one")
	s.Person(1).Writes("two")
	if n := s.Waiting(); n != 2 {
		t.Fatalf("%d wait", n)
	}
	for name, params := range map[string][]string{
		"a secret with a blank": {"url", bot.URL, "secret_token", "a b"},
		"no address":            {"url", "nowhere"},
	} {
		if a := call(t, s, "setWebhook", params...); a.OK || a.Code != 400 {
			t.Errorf("%s: %+v", name, a)
		}
	}
	if a := call(t, s, "setWebhook", "url", bot.URL, "secret_token", "s3cret", "allowed_updates", `["message"]`); !a.OK {
		t.Fatalf("setWebhook: %+v", a)
	}
	s.Person(2).Writes("three")
	soon(t, "all is taken", func() bool { return s.Waiting() == 0 })
	got := m.texts()
	if want := []string{"one", "one", "one", "one", "two"}; !slices.Equal(slices.DeleteFunc(slices.Clone(got), func(s string) bool { return s == "three" }), want) {
		t.Errorf("came in the order %q", got)
	}
	for _, secret := range m.secret {
		if secret != "s3cret" {
			t.Errorf("came with the secret %q", secret)
		}
	}
	if a := call(t, s, "getUpdates"); a.Code != 409 {
		t.Errorf("getUpdates beside a webhook: %+v", a)
	}
	if a := call(t, s, "getWebhookInfo"); !a.OK || !strings.Contains(string(a.Result), bot.URL) || !strings.Contains(string(a.Result), "Wrong response") {
		t.Errorf("getWebhookInfo: %s", a.Result)
	}
	s.Repeat(1)
	soon(t, "all three come once more", func() bool { return len(m.texts()) == 9 && s.Waiting() == 0 })
	if a := call(t, s, "deleteWebhook"); !a.OK {
		t.Fatalf("deleteWebhook: %+v", a)
	}
	s.Person(1).Writes("four")
	if got := poll(t, s); len(got) != 1 {
		t.Errorf("polled %v after the webhook was removed", got)
	}
	if n := len(s.Handed()); n != 9 {
		t.Errorf("%d attempts are noted, want 9", n)
	}
}
