package slack

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"onestep/adapters/adaptertest/slackfake"
	"onestep/bot"
)

// home opens a made-up workspace.
func home(t *testing.T, cfg slackfake.Config) *slackfake.Slack {
	t.Helper()
	s, err := slackfake.Start(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// brisk is the usual pace with every wait between tries shortened.
func brisk() pace {
	p := usualPace
	p.call = 2 * time.Second
	p.again, p.atMost = 5*time.Millisecond, 20*time.Millisecond
	p.apart, p.redial = 10*time.Millisecond, 50*time.Millisecond
	p.flush = 50 * time.Millisecond
	p.look = 20 * time.Millisecond
	return p
}

// adapterAt builds an adapter to a workspace and returns its log as well.
func adapterAt(t *testing.T, s *slackfake.Slack, p pace) (*Adapter, *journal) {
	t.Helper()
	log := &journal{}
	botToken, appToken := s.Tokens()
	a, err := New(Config{
		BotToken: botToken, AppToken: appToken, APIURL: s.APIURL(),
		Log: slog.New(slog.NewTextHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})),
	})
	if err != nil {
		t.Fatal(err)
	}
	a.pace = p
	a.dial()
	return a, log
}

// journal is a log that can be read while it is written.
type journal struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (j *journal) Write(p []byte) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.Write(p)
}

func (j *journal) String() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.buf.String()
}

// tray is an inbox that a test can jam.
type tray struct {
	mu    sync.Mutex
	took  []bot.Update
	tries int
	hook  func(bot.Update) error // before an update is taken; may block
}

var errJammed = errors.New("jammed")

func (b *tray) Take(_ context.Context, u bot.Update) error {
	b.mu.Lock()
	b.tries++
	hook := b.hook
	b.mu.Unlock()
	if hook != nil {
		if err := hook(u); err != nil {
			return err
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.took = append(b.took, u)
	return nil
}

func (b *tray) set(hook func(bot.Update) error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.hook = hook
}

func (b *tray) updates() []bot.Update {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]bot.Update(nil), b.took...)
}

func (b *tray) attempts() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.tries
}

// receiving runs the adapter until the test's end, and returns a way to end it
// sooner that hands back what Receive returned.
func receiving(t *testing.T, a *Adapter, in bot.Inbox) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- a.Receive(ctx, in) }()
	var once sync.Once
	var err error
	stop = func() error {
		once.Do(func() {
			cancel()
			select {
			case err = <-done:
			case <-time.After(10 * time.Second):
				t.Error("Receive does not come to its end")
			}
		})
		return err
	}
	t.Cleanup(func() { _ = stop() })
	return stop
}

// eventually waits for what another goroutine does.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("never came: %s", what)
}

func ready(t *testing.T, a *Adapter, s *slackfake.Slack) {
	t.Helper()
	eventually(t, "both connections", func() bool { return a.Ready() == nil && s.Connections() == 2 })
}

func private(id string) bot.Chat { return bot.Chat{Platform: Platform, ID: id} }
