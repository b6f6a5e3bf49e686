// Package adaptertest is the suite that every adapter must pass. It knows no
// platform: an adapter's own test opens a Stage, which is the adapter together
// with a fake of its platform on loopback, and calls Run.
package adaptertest

import (
	"log/slog"
	"testing"
	"time"

	"onestep/bot"
)

// Open starts a new fake platform for one test and closes it at the test's
// end. The suite opens one for each of its tests and runs them in parallel.
type Open func(t *testing.T) Stage

// Stage is one platform, played by its fake. All methods may be called from
// any goroutine.
type Stage interface {
	// Adapter builds an adapter on this platform that logs to log. Each call
	// is a restart: a new one, with nothing in memory. Waits between tries
	// should be short (milliseconds), the rest as in production.
	Adapter(t *testing.T, log *slog.Logger) bot.Adapter
	// Secrets are the tokens and keys that may stand in no log line or error.
	Secrets() []string
	// Person gives the made-up person n = 1, 2, ... whom the bot may write to.
	// The same number is the same person.
	Person(n int) Person
	// Nowhere is a private chat that does not exist.
	Nowhere() bot.Chat
	// Sent lists what people see in a chat from the bot, oldest first.
	Sent(c bot.Chat) []Sent
	// Attempts counts the requests to send a message that reached the
	// platform, whatever became of them.
	Attempts() int
	// Waiting counts the updates that the platform still holds for the bot:
	// not delivered yet, or delivered and not acknowledged.
	Waiting() int
	// Repeat makes the platform deliver the updates that were acknowledged so
	// far once more, unchanged.
	Repeat()
	// Fail arms a fault for the next request to send, whatever its chat. It
	// returns false if the platform has no such fault.
	Fail(f Fault) bool
	// Outage(true) makes the platform refuse connections and cuts those that
	// stand, until Outage(false).
	Outage(down bool)
	// Revoke takes the bot's right to speak and listen away for good.
	Revoke()
}

// Steady is a Stage whose platform is never away and turns no bot out, because
// it is part of the program. Outage and Revoke are then not called.
type Steady interface {
	Stage
	Steady()
}

// Person is somebody in a private chat with the bot.
type Person interface {
	// Chat is the private chat as the bot names it.
	Chat() bot.Chat
	// Writes sends words to the bot.
	Writes(text string)
	// Presses taps the newest button with this label in their chat. It fails
	// the test when there is none.
	Presses(t *testing.T, label string)
	// Edits changes the words of the person's newest message.
	Edits(text string)
	// SendsPhoto sends a picture, with words under it or without.
	SendsPhoto(caption string)
	// Leaves blocks or removes the bot, and Returns takes that back. They
	// return false if the platform does not tell the bot.
	Leaves() bool
	Returns() bool
}

// Sent is one message as people see it: escapes and markup already resolved.
type Sent struct {
	Text    string
	Buttons []string // labels in reading order
}

// Fault is one way in which a request to send goes wrong.
type Fault int

// The faults, with the fate they must lead to.
const (
	Throttled   Fault = iota // refused, too fast, wait ThrottledFor: Later with After
	ServerError              // the platform answers 500 in its own format and takes nothing: Later or Unknown
	Proxy502                 // a proxy answers with a page of HTML: Later or Unknown
	Dropped                  // the request was read whole, then the connection breaks; nothing arrived: Unknown
	LostReply                // the message arrives, then the connection breaks: Unknown
	Slow                     // the message arrives, the answer does not come before the caller loses patience: Unknown
	Blocked                  // the person blocked the bot or cannot be written to: Gone
	Refused                  // the platform finds the message itself wrong: Ours
	MovedChat                // the chat has a new id: Elsewhere
)

// ThrottledFor is the wait that a Throttled answer asks for.
const ThrottledFor = 7 * time.Second
