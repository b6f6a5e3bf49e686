package telegram

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"onestep/bot"
)

// inbox takes all updates, or those that take lets through.
type inbox struct {
	take func(context.Context, bot.Update) error

	mu    sync.Mutex
	taken []bot.Update
}

func (in *inbox) Take(ctx context.Context, u bot.Update) error {
	if in.take != nil {
		if err := in.take(ctx, u); err != nil {
			return err
		}
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	in.taken = append(in.taken, u)
	return nil
}

// texts lists the texts taken so far.
func (in *inbox) texts() []string {
	in.mu.Lock()
	defer in.mu.Unlock()
	var out []string
	for _, u := range in.taken {
		out = append(out, u.Text)
	}
	return out
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("this did not happen: %s", what)
		}
	}
}

// receive lets the adapter receive; stop ends that and gives its result.
func receive(t *testing.T, a *Adapter, in bot.Inbox) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	result := make(chan error, 1)
	go func() { result <- a.Receive(ctx, in) }()
	stop = sync.OnceValue(func() error {
		cancel()
		select {
		case err := <-result:
			return err
		case <-time.After(15 * time.Second):
			return errors.New("Receive did not return")
		}
	})
	t.Cleanup(func() { _ = stop() })
	return stop
}

// notes is a log and a meter to look into.
type notes struct {
	mu      sync.Mutex
	buf     bytes.Buffer
	noticed map[string]int
	called  map[string]int
}

func (n *notes) Write(b []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.buf.Write(b)
}

func (n *notes) log() *slog.Logger {
	return slog.New(slog.NewTextHandler(n, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func (n *notes) text() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.buf.String()
}

func (n *notes) Called(method, end string, took time.Duration) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.called == nil {
		n.called = map[string]int{}
	}
	n.called[method+" "+end]++
}

func (n *notes) Noticed(what string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.noticed == nil {
		n.noticed = map[string]int{}
	}
	n.noticed[what]++
}

func (n *notes) count(m func() map[string]int, key string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return m()[key]
}

func (n *notes) oddities(what string) int {
	return n.count(func() map[string]int { return n.noticed }, what)
}

func (n *notes) calls(what string) int {
	return n.count(func() map[string]int { return n.called }, what)
}
