// Package simulator is a platform without accounts: chats in memory, shown in
// a terminal or on a local web page. It keeps the contract of bot.Adapter, so
// that the whole bot can be tried by one person at one machine.
package simulator

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"onestep/bot"
)

// Platform is the name that chats of the simulator carry.
const Platform = "simulator"

// maxData is how many bytes a button may carry. It is the smallest limit of
// the real platforms (Telegram's callback_data), so that what works here works
// there.
const maxData = 64

// Config is what a simulator needs.
type Config struct {
	// Now is the clock that stamps messages; required.
	Now func() time.Time
	// Log takes the outages of the inbox; nil for none.
	Log *slog.Logger
	// Run tells this run's updates from those of an earlier run that wrote to
	// the same storage. Empty takes it from the clock.
	Run string
}

// Adapter is a platform in memory. A chat exists once somebody has a Seat in
// it. All methods are safe for concurrent use.
type Adapter struct {
	now func() time.Time
	log *slog.Logger
	run string

	mu      sync.Mutex
	posts   []Post
	changed chan struct{}           // closed and replaced at each change below
	seats   map[string]bool         // chats that exist; false once the person left
	queues  map[string][]bot.Update // by chat id, oldest first, until taken
	updates int
}

var (
	_ bot.Adapter = (*Adapter)(nil)
	_ bot.Linker  = (*Adapter)(nil)
)

// New makes an empty platform.
func New(c Config) *Adapter {
	a := &Adapter{
		now: c.Now, log: c.Log, run: c.Run,
		changed: make(chan struct{}),
		seats:   map[string]bool{},
		queues:  map[string][]bot.Update{},
	}
	if a.log == nil {
		a.log = slog.New(slog.DiscardHandler)
	}
	if a.run == "" {
		a.run = strconv.FormatInt(c.Now().UnixNano(), 36)
	}
	return a
}

// Platform is "simulator".
func (a *Adapter) Platform() string { return Platform }

// Ready is always nil: memory is there as long as we are.
func (a *Adapter) Ready() error { return nil }

// Link is what a person types to begin with a code, since a terminal has
// nothing to tap.
func (a *Adapter) Link(code string) string { return "/start " + code }

// Send puts a message into its chat. It fails only for a message that no
// platform would take (Ours), and for a chat that does not exist or that the
// person has left (Gone).
func (a *Adapter) Send(ctx context.Context, m bot.Message) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", &bot.SendError{Fate: bot.Later, Err: err}
	}
	if err := check(m); err != nil {
		return "", &bot.SendError{Fate: bot.Ours, Err: err}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if err := bot.StillOurs(ctx); err != nil {
		return "", &bot.SendError{Fate: bot.Later, Err: err}
	}
	if !a.seats[m.Chat.ID] {
		return "", &bot.SendError{Fate: bot.Gone, Err: errors.New("nobody is in this chat")}
	}
	return a.post(Post{Chat: m.Chat.ID, Text: m.Text, Buttons: m.Buttons}), nil
}

// check says what is wrong with a message, without any of its words.
func check(m bot.Message) error {
	switch {
	case m.Chat.Platform != Platform:
		return fmt.Errorf("chat of platform %q", m.Chat.Platform)
	case m.Chat.ID == "":
		return errors.New("chat without an id")
	case strings.TrimSpace(m.Text) == "":
		return errors.New("message without text")
	}
	for i, b := range m.Buttons {
		switch {
		case strings.TrimSpace(b.Label) == "":
			return fmt.Errorf("button %d has no label", i+1)
		case b.Data == "" || len(b.Data) > maxData:
			return fmt.Errorf("button %d carries %d bytes, not 1 to %d", i+1, len(b.Data), maxData)
		}
	}
	return nil
}
