package main

import (
	"context"
	"errors"
	"log/slog"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"onestep/bot"
)

type inboxFunc func(bot.Update) error

func (f inboxFunc) Take(_ context.Context, u bot.Update) error { return f(u) }

// around is a way around the store that is open or not.
type around struct {
	fails error
	tried int
}

func (a *around) Unkept(context.Context, bot.Update) error { a.tried++; return a.fails }

func (a *around) Bare(u bot.Update) []bot.Message {
	return []bot.Message{{ID: u.ID + ".bare.0", Chat: u.Chat}, {ID: u.ID + ".bare.1", Chat: bot.Chat{Platform: "slack", ID: "U1"}}}
}

func nobody(context.Context, bot.Message) error { return errors.New("nobody is to be sent anything") }

// Words of danger that are refused go around the store once, and past it when
// that fails: each message once, as soon as it can be sent.
func TestDangerThatIsRefusedGoesAround(t *testing.T) {
	t.Parallel()
	way := &around{fails: errors.New("away")}
	down := map[string]bool{"slack": true}
	sent := map[string]int{}
	var mu sync.Mutex
	var out lockedBuffer
	m := newMetrics()
	refuse := errors.New("no")
	w := watch(inboxFunc(func(bot.Update) error { return refuse }), way, func(_ context.Context, m bot.Message) error {
		mu.Lock()
		defer mu.Unlock()
		if down[m.Chat.Platform] {
			return errors.New("not now")
		}
		sent[m.ID]++
		return nil
	}, m, slog.New(slog.NewTextHandler(&out, nil)))
	u := bot.Update{ID: "telegram:1:5", Private: true, Chat: bot.Chat{Platform: "telegram", ID: "7"}, Text: "I want to end my life"}
	try := func(u bot.Update) { _ = w.Take(t.Context(), u) }
	calm, group, press := u, u, u
	calm.ID, calm.Text = "telegram:1:6", "a lovely walk"
	group.ID, group.Private = "telegram:1:7", false
	press.ID, press.Kind = "telegram:1:8", bot.Pressed
	for _, other := range []bot.Update{calm, group, press} {
		try(other)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	_ = w.Take(stopped, u) // another replica takes it
	if way.tried != 0 {
		t.Errorf("tried %d times without need", way.tried)
	}
	try(u)
	try(u)
	if sent[u.ID+".bare.0"] != 1 || sent[u.ID+".bare.1"] != 0 {
		t.Errorf("sent %v", sent)
	}
	down["slack"] = false
	try(u)
	try(u)
	if sent[u.ID+".bare.0"] != 1 || sent[u.ID+".bare.1"] != 1 {
		t.Errorf("sent %v", sent)
	}
	way.fails = nil
	before := way.tried
	try(u)
	try(u)
	if way.tried != before+1 {
		t.Errorf("tried %d times after it was kept", way.tried-before-1)
	}
	refuse = nil
	try(u)
	if len(w.dangers) != 0 {
		t.Error("it is remembered after it was stored")
	}
	if log := out.String(); strings.Contains(log, "my life") || !strings.Contains(log, "call the teams' leads") || !strings.Contains(log, "in their place") {
		t.Errorf("the log:\n%s", log)
	}
	server := httptest.NewServer(m.handler())
	defer server.Close()
	_, body := ask(t, "GET", server.URL)
	for how, n := range map[string]string{"partly": "2", "bare": "1", "kept": "1"} {
		if want := `onestep_unkept_dangers_total{how="` + how + `",platform="telegram"} ` + n; !strings.Contains(body, "\n"+want+"\n") {
			t.Errorf("%s is missing", want)
		}
	}
}

// Words of danger do not wait behind what cannot be stored: they go around the
// store as they would in front of it, once.
func TestDangerBehindWhatIsRefusedDoesNotWait(t *testing.T) {
	t.Parallel()
	way := &around{}
	w := watch(inboxFunc(func(bot.Update) error { t.Error("what waits behind is tried"); return nil }), way, nobody, newMetrics(), slog.New(slog.DiscardHandler))
	u := bot.Update{ID: "telegram:1:5", Private: true, Chat: bot.Chat{Platform: "telegram", ID: "7"}, Text: "a lovely walk"}
	w.Behind(t.Context(), u)
	if way.tried != 0 {
		t.Error("a lovely walk is no danger")
	}
	u.ID, u.Text = "telegram:1:6", "I want to end my life"
	for range 3 {
		w.Behind(t.Context(), u)
	}
	if way.tried != 1 {
		t.Errorf("tried %d times", way.tried)
	}
}

// An update that cannot be stored for long raises an alarm, which ends when it
// is stored or when nobody tries it any more.
func TestStuckUpdatesAreTold(t *testing.T) {
	t.Parallel()
	broken := map[string]bool{"telegram:1:5": true, "slack:Ev7": true, "slack:1.once": true}
	var out lockedBuffer
	m := newMetrics()
	w := watch(inboxFunc(func(u bot.Update) error {
		if broken[u.ID] {
			return errors.New("commit: this record cannot be opened")
		}
		return nil
	}), &around{}, nobody, m, slog.New(slog.NewTextHandler(&out, nil)))
	m.watch(w, []string{"telegram", "slack"})
	clock := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	w.now = func() time.Time { return clock }
	take := func(id, platform string) {
		err := w.Take(t.Context(), bot.Update{ID: id, Chat: bot.Chat{Platform: platform, ID: "7"}, Text: "quincebramble"})
		if (err != nil) != broken[id] {
			t.Errorf("%s: %v", id, err)
		}
	}
	metric := func() string {
		server := httptest.NewServer(m.handler())
		defer server.Close()
		_, body := ask(t, "GET", server.URL)
		return body
	}
	take("telegram:1:4", "telegram")
	take("slack:1.once", "slack")
	for range 4 {
		take("telegram:1:5", "telegram")
		clock = clock.Add(25 * time.Second)
	}
	if got := w.hints(); len(got) != 1 || !strings.HasPrefix(got[0], "telegram: ") || !strings.Contains(got[0], ": 1. ") {
		t.Errorf("hints %q", got)
	}
	take("slack:Ev7", "slack")
	take("telegram:1:5", "telegram")
	take("telegram:1:5", "telegram")
	if got := strings.Count(out.String(), "level=ERROR"); got != 1 {
		t.Errorf("told %d times:\n%s", got, out.String())
	}
	body := metric()
	for _, want := range []string{
		`onestep_stuck_updates{platform="telegram"} 1`, `onestep_stuck_updates{platform="slack"} 0`,
		`onestep_refused_updates_total{platform="telegram"} 6`, `onestep_refused_updates_total{platform="slack"} 2`,
	} {
		if !strings.Contains(body, "\n"+want+"\n") {
			t.Errorf("%s is missing", want)
		}
	}
	delete(broken, "telegram:1:5")
	take("telegram:1:5", "telegram")
	clock = clock.Add(2 * time.Minute)
	take("slack:Ev7", "slack")
	if got := w.hints(); len(got) != 1 || !strings.HasPrefix(got[0], "slack: ") {
		t.Errorf("hints %q", got)
	}
	clock = clock.Add(forgottenAfter)
	if got := w.hints(); got != nil || len(w.refused) != 0 {
		t.Errorf("nobody tries it any more, and still %q", got)
	}
	if slices.ContainsFunc([]string{out.String(), body}, func(s string) bool { return strings.Contains(s, "quincebramble") }) {
		t.Error("words are shown")
	}
}

// What is remembered of an outage is bounded.
func TestWatchIsBounded(t *testing.T) {
	t.Parallel()
	w := watch(inboxFunc(func(bot.Update) error { return errors.New("no") }), &around{}, nobody, newMetrics(), slog.New(slog.DiscardHandler))
	for n := range mostRefused + 10 {
		_ = w.Take(t.Context(), bot.Update{ID: string(rune('a'+n%26)) + time.Duration(n).String()})
	}
	if len(w.refused) != mostRefused {
		t.Errorf("%d remembered", len(w.refused))
	}
}

func TestAHeldPlatformIsSeen(t *testing.T) {
	t.Parallel()
	left := map[string]time.Duration{"telegram": 40 * time.Second}
	held := func(platform string) time.Duration { return left[platform] }
	platforms := []string{"telegram", "slack"}
	if got := heldHints(held, platforms); len(got) != 1 || !strings.HasPrefix(got[0], "telegram: it asked to be left alone.") {
		t.Errorf("hints %q", got)
	}
	m := newMetrics()
	m.held(held, platforms)
	page := httptest.NewRecorder()
	m.handler().ServeHTTP(page, httptest.NewRequest("GET", "/metrics", nil))
	for _, want := range []string{`onestep_platform_held_seconds{platform="telegram"} 40`, `onestep_platform_held_seconds{platform="slack"} 0`} {
		if !strings.Contains(page.Body.String(), want) {
			t.Errorf("no %s", want)
		}
	}
}
