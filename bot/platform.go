// Package bot is what happens around a step: the turn, the timers, the
// delivery, and the contracts that adapters and the store fulfil.
package bot

import (
	"context"
	"errors"
	"time"
)

// Chat is one place to talk on a platform. It is comparable and can be a map
// key. A private chat has the person's user id as its ID, on every platform;
// a group or channel has the platform's own id for it.
type Chat struct {
	Platform string // "telegram", "slack", "simulator"
	ID       string
	Thread   string // topic of a group, if it has topics
}

// Update is one thing that a platform reports, in our words.
type Update struct {
	// ID is unique for this bot and the same each time the platform repeats
	// the update. It starts with the platform's name. What was sent as one thing,
	// such as the photos of an album, has one id, and is taken once.
	ID   string
	Kind UpdateKind
	Chat Chat
	// Private is true for a chat with one person. Groups and channels can only
	// use commands and buttons.
	Private bool
	// Sender is the person's user id on the platform.
	Sender string
	// Text is what was written, with the platform's own escapes decoded; the
	// caption for Media; the new text for Edit.
	Text string
	// Data is what the pressed button carried. It is not to be trusted.
	Data string
	// Door is the platform's own id of a private chat, where that is another than
	// the person's: see Message.
	Door string
	// Zone is the person's IANA time zone where the platform tells it, and ZoneAt
	// how new that is, by the platform's own mark of it, such as when the profile
	// was last changed; zero when it has none. What an adapter has remembered of an
	// earlier answer comes with the mark of then.
	Zone   string
	ZoneAt time.Time
	// MovedTo is the new chat for Moved.
	MovedTo Chat
	// At is when it happened, by the platform's clock if it tells, else the
	// time of receipt.
	At time.Time
}

// UpdateKind says what happened on the platform.
type UpdateKind int

// The kinds of updates.
const (
	Wrote   UpdateKind = iota // a new message in words; "/start CODE" and "/help" come as words
	Pressed                   // a button was pressed
	Edited                    // an earlier message was changed
	Media                     // a photo, voice note, sticker, file...; Text is the caption
	Left                      // the person blocked the bot or removed it
	Joined                    // the person unblocked the bot or added it to a group
	Moved                     // the chat has a new id (a group became a supergroup)
	Zoned                     // the person has changed something, perhaps their Zone; they said nothing
)

// Inbox takes what adapters receive.
type Inbox interface {
	// Take returns nil once everything the update causes is committed, and
	// only then may the adapter acknowledge it. On an error nothing was lost
	// and nothing is to be acknowledged: try again, or let the platform
	// repeat. Safe for concurrent use; updates of one chat must come in order,
	// one after the other.
	Take(ctx context.Context, u Update) error
}

// Lookout is an inbox that wants to see at once what cannot be taken in its turn.
type Lookout interface {
	// Behind shows an update that waits because one of the same chat before it
	// cannot be taken. Nothing of it counts as taken: it comes again, in its turn.
	Behind(ctx context.Context, u Update)
}

// Shelf keeps updates that the inbox refuses, so that one of them keeps nobody
// else from being heard. Safe for concurrent use.
type Shelf interface {
	// Put keeps updates in the order of the list; they may be acknowledged once it
	// returns nil. One that is there already stays as it was, in its place.
	Put(ctx context.Context, list []Shelved) error
	// All gives what is there, in the order in which it came. With an error it is
	// what could be read.
	All(ctx context.Context) ([]Shelved, error)
	// Drop takes away what was taken by the inbox.
	Drop(ctx context.Context, ids []string) error
}

// Shelved is one update as the platform sent it.
type Shelved struct {
	ID  string // the platform's own, unique on the platform
	Raw []byte
}

// Message is one thing to send.
type Message struct {
	// ID is the outbox entry's id, unique for ever: conversation, turn, place.
	ID   string
	Chat Chat
	// Door is what the platform last called this private chat, "" if it never did:
	// who knows it need not ask.
	Door string
	Text string
	// Buttons stand under the text, in reading order. Labels are short words;
	// Data is at most 64 bytes and carries no words of a person.
	Buttons []Button
	// Unsure is true when an earlier attempt at this very message may have
	// reached the chat.
	Unsure bool
	// Since is when the first attempt was made.
	Since time.Time
	// Parts is how many of the parts that its platform makes of it have arrived by
	// earlier attempts: see SendError. They are not sent again.
	Parts int
}

// Button is one tap.
type Button struct {
	Label string
	Data  string
}

// Adapter speaks to one platform and decides nothing.
type Adapter interface {
	// Platform is the name that Chat.Platform carries.
	Platform() string
	// Receive hands updates to the inbox until ctx ends, through every outage
	// of the platform and of the inbox. It returns nil when ctx ended, after
	// the last update in hand is done, and an error only when going on is
	// senseless (the token was revoked).
	Receive(ctx context.Context, in Inbox) error
	// Send makes one attempt and never retries by itself. The returned string
	// is the platform's id of the message. Every error is a *SendError. Right
	// before each call to the platform it asks StillOurs, or Begin where the
	// platform limits such calls.
	Send(ctx context.Context, m Message) (string, error)
	// Ready is nil while the platform can be reached, else a plain sentence.
	Ready() error
}

// Finder is an adapter that can look up whether a message has arrived.
type Finder interface {
	// Find looks for a message whose outcome is unknown. found is false only
	// when the platform says that it is not there. An error that Is
	// ErrCannotFind will be the same each time. Others are read as those of Send:
	// a *SendError says for how long to wait, or that the chat is gone.
	Find(ctx context.Context, m Message) (id string, found bool, err error)
}

// ErrCannotFind is why a message will never be looked up in a chat: the bot may
// not read there. It is then sent again, as on a platform without Finder.
var ErrCannotFind = errors.New("messages of this chat cannot be looked up")

// Linker is an adapter on which a one-time code can be opened by a tap.
type Linker interface {
	// Link is the address that starts a chat with the code.
	Link(code string) string
}

// SendError is why a message was not sent, with the fate that follows.
type SendError struct {
	Fate Fate
	// After is how long this chat is to be left alone, for Later; zero leaves it
	// to the caller.
	After time.Duration
	// Whole is true, of Later, when the whole bot has to wait, not this chat
	// alone: for WholeFor where the platform makes it wait, as all replicas then
	// do; with none, because no connection could be made from here.
	Whole    bool
	WholeFor time.Duration
	// MovedTo is the new chat, for Elsewhere.
	MovedTo Chat
	// Parts is how many parts of the message have arrived, where a platform makes
	// several of one; the fate is that of the next. They come back in Message.Parts.
	Parts int
	// Err is the cause, for the log: without token, words or names.
	Err error
}

// Error says what happened without any word of a person.
func (e *SendError) Error() string { return e.Fate.String() + ": " + e.Err.Error() }

// Unwrap gives the cause.
func (e *SendError) Unwrap() error { return e.Err }

// Fate is what becomes of a message that could not be sent: a closed list.
type Fate int

// The fates.
const (
	Later     Fate = iota // it certainly did not arrive; try again (throttled, no connection)
	Unknown               // the answer was lost, or came from a server that failed on the way; it may have arrived
	Gone                  // this chat cannot be reached any more (blocked, deactivated, not found)
	Ours                  // the message or our configuration is wrong; a repeat would fail as well
	Elsewhere             // the chat has moved; send to MovedTo
	Revoked               // the bot itself may not speak any more (token revoked)
)

// String names the fate as it stands in logs and metrics.
func (f Fate) String() string {
	return [...]string{"later", "unknown", "gone", "ours", "elsewhere", "revoked"}[f]
}
