package telegram

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"onestep/adapters/adaptertest/telegramfake"
	"onestep/bot"
)

func TestBadSettings(t *testing.T) {
	t.Parallel()
	s := fake(t)
	for name, c := range map[string]struct {
		Config
		token bool // the token is to blame
	}{
		"no token":     {Config{APIURL: s.URL}, true},
		"half a token": {Config{Token: "123", APIURL: s.URL}, true},
		"a quote":      {Config{Token: `123:abc"d`, APIURL: s.URL}, true},
		"another bot":  {Config{Token: "7000000009:SECRETxyz", APIURL: s.URL}, true},
		"no host":      {Config{Token: s.Token, APIURL: "api.telegram.org"}, false},
		"ftp":          {Config{Token: s.Token, APIURL: "ftp://api.telegram.org"}, false},
		"a password":   {Config{Token: s.Token, APIURL: "https://me:pass@api.telegram.org"}, false},
	} {
		_, err := New(t.Context(), c.Config)
		if err == nil || errors.Is(err, ErrToken) != c.token {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, secret := range []string{"SECRETxyz", "abc", "pass@"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%s: %q stands in %v", name, secret, err)
			}
		}
	}
	s.Revoke()
	if _, err := New(t.Context(), Config{Token: s.Token, APIURL: s.URL + "/"}); !errors.Is(err, ErrToken) || !strings.Contains(err.Error(), "@BotFather") {
		t.Errorf("a revoked token: %v", err)
	}
}

func TestDownAtStart(t *testing.T) {
	t.Parallel()
	s := fake(t)
	if err := s.Outage(true); err != nil {
		t.Fatal(err)
	}
	a := to(t, s, Config{})
	if a.Ready() == nil || a.Link("x") != "" {
		t.Errorf("ready %v, link %q without a word from Telegram", a.Ready(), a.Link("x"))
	}
	in := &inbox{}
	receive(t, a, in)
	if err := s.Outage(false); err != nil {
		t.Fatal(err)
	}
	s.Person(1).Start("c0de")
	eventually(t, "the start arrives", func() bool { return slices.Equal(in.texts(), []string{"/start c0de"}) })
	eventually(t, "ready", func() bool { return a.Ready() == nil })
	if got := a.Link("a-B_9"); got != "https://t.me/OnestepTestBot?start=a-B_9" {
		t.Errorf("link %q", got)
	}
}

func TestMeter(t *testing.T) {
	t.Parallel()
	s := fake(t)
	n := &notes{}
	a := to(t, s, Config{Meter: n})
	m := bot.Message{Chat: chatOf(s.Person(1).ID), Text: "hello"}
	s.Fail("sendMessage", telegramfake.Fault{}, telegramfake.TooMany(1), telegramfake.Fault{Drop: true})
	for range 3 {
		a.Send(t.Context(), m)
	}
	if err := s.Outage(true); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a request that never left is counted", func() bool {
		a.Send(t.Context(), m)
		return n.calls("sendMessage unsent") > 0
	})
	for _, end := range []string{"getMe ok", "sendMessage ok", "sendMessage 429", "sendMessage lost"} {
		if n.calls(end) == 0 {
			t.Errorf("%q is not counted", end)
		}
	}
}
