package adaptertest

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"onestep/bot"
)

// inbox is a bot.Inbox that remembers what it was given and can refuse.
type inbox struct {
	mu     sync.Mutex
	tried  []bot.Update // every call of Take, in the order of their beginning
	taken  []bot.Update // those that returned nil, in the order of their end
	refuse func(bot.Update) error
	hold   func(context.Context, bot.Update)
}

var errRefused = errors.New("the store cannot be reached")

func (in *inbox) Take(ctx context.Context, u bot.Update) error {
	in.mu.Lock()
	in.tried = append(in.tried, u)
	refuse, hold := in.refuse, in.hold
	in.mu.Unlock()
	if hold != nil {
		hold(ctx, u)
	}
	if refuse != nil {
		if err := refuse(u); err != nil {
			return err
		}
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	in.taken = append(in.taken, u)
	return nil
}

// all gives the updates of a person's chat that were taken.
func (in *inbox) all(c bot.Chat) []bot.Update {
	in.mu.Lock()
	defer in.mu.Unlock()
	return of(in.taken, c)
}

func (in *inbox) tries(c bot.Chat) []bot.Update {
	in.mu.Lock()
	defer in.mu.Unlock()
	return of(in.tried, c)
}

func of(us []bot.Update, c bot.Chat) []bot.Update {
	return slices.DeleteFunc(slices.Clone(us), func(u bot.Update) bool { return u.Chat != c })
}

func (in *inbox) set(refuse func(bot.Update) error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.refuse = refuse
}

// times refuses the first n calls.
func times(n int) func(bot.Update) error {
	var mu sync.Mutex
	return func(bot.Update) error {
		mu.Lock()
		defer mu.Unlock()
		if n == 0 {
			return nil
		}
		n--
		return errRefused
	}
}

// diary catches log lines, at every level, and what else must be clean.
type diary struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (d *diary) Write(b []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.buf.Write(b)
}

func (d *diary) log() *slog.Logger {
	return slog.New(slog.NewTextHandler(d, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func (d *diary) error(err error) {
	if err != nil {
		d.Write([]byte(err.Error() + "\n"))
	}
}

// secretWord stands in everything that the suite's people write and the suite
// sends, so that a log line with anybody's words gives itself away.
const secretWord = "quincebramble"

func (d *diary) check(t *testing.T, secrets []string) {
	t.Helper()
	d.mu.Lock()
	defer d.mu.Unlock()
	text := d.buf.String()
	for _, s := range append(slices.Clone(secrets), secretWord) {
		if s != "" && strings.Contains(strings.ToLower(text), strings.ToLower(s)) {
			t.Errorf("a log line or an error holds a secret, a name or somebody's words:\n%s", text)
			return
		}
	}
}

// patience is how long the suite waits for what must happen.
const patience = 15 * time.Second

// eventually waits until ok.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(patience); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("this did not happen in %v: %s", patience, what)
		}
	}
}

// scene is one test's stage with the adapter receiving.
type scene struct {
	Stage
	t       *testing.T
	adapter bot.Adapter
	in      *inbox
	diary   *diary
	ended   chan struct{} // closed when Receive has returned
	stop    func() error  // ends Receive and gives its result; more calls give the same
}

// raise opens a stage and starts an adapter on it.
func raise(t *testing.T, open Open) *scene {
	t.Helper()
	s := &scene{Stage: open(t), t: t, in: &inbox{}, diary: &diary{}}
	s.start()
	return s
}

// start builds a new adapter on the stage and lets it receive into s.in.
func (s *scene) start() {
	s.t.Helper()
	a := s.Adapter(s.t, s.diary.log())
	s.adapter = a
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	s.ended = ended
	var result error
	in := s.in
	go func() {
		defer close(ended)
		result = a.Receive(ctx, in)
	}()
	s.stop = sync.OnceValue(func() error {
		cancel()
		select {
		case <-ended:
			s.diary.error(result)
			return result
		case <-time.After(patience):
			return errors.New("Receive did not return")
		}
	})
	stop := s.stop
	s.t.Cleanup(func() {
		_ = stop()
		s.diary.check(s.t, s.Secrets())
	})
}

// ready waits until the adapter is.
func (s *scene) ready() {
	s.t.Helper()
	eventually(s.t, "the adapter is ready", func() bool { return s.adapter.Ready() == nil })
}

// one waits for the nth update of a chat that is taken and gives it.
func (s *scene) nth(c bot.Chat, n int) bot.Update {
	s.t.Helper()
	eventually(s.t, "the update is taken", func() bool { return len(s.in.all(c)) >= n })
	return s.in.all(c)[n-1]
}

// send sends and notes the error.
func (s *scene) send(ctx context.Context, m bot.Message) (string, *bot.SendError) {
	s.t.Helper()
	id, err := s.adapter.Send(ctx, m)
	if err == nil {
		if id == "" {
			s.t.Error("a message that was sent has no id")
		}
		return id, nil
	}
	s.diary.error(err)
	var e *bot.SendError
	if !errors.As(err, &e) {
		s.t.Fatalf("the error of Send is a %T, not a *bot.SendError", err)
	}
	if e.Err == nil {
		s.t.Fatal("a SendError without its cause")
	}
	return id, e
}
