package bot

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Errors of the storage contracts. Compare with errors.Is.
var (
	// ErrConflict: the conversation moved on since it was loaded. Load and
	// step again.
	ErrConflict = errors.New("conversation has moved on")
	// ErrSeen: this operation was committed before. Nothing was changed now.
	ErrSeen = errors.New("already committed")
	// ErrFenced: somebody else holds the lease by now. Nothing was changed.
	ErrFenced = errors.New("lease lost")
	// ErrSealed: a stored value cannot be opened. It was written under a keyset
	// that lacks here, or for another place, or altered.
	ErrSealed = errors.New("stored value cannot be opened")
)

// Turns is what the turn needs of storage.
type Turns interface {
	// Find gives the id of a chat's conversation: the one it was moved to, or
	// else an id made from the chat itself by a keyed hash. So every chat has a
	// conversation id before anything was stored of it.
	Find(ctx context.Context, c Chat) (string, error)
	// Load reads a conversation as it is now. One that was never committed comes
	// back with that ID, Version 0 and nothing else. The caller owns the result.
	// Errors: ErrSealed.
	Load(ctx context.Context, id string) (*Conversation, error)
	// Meet is Find and Load in one. What it gives may be of a moment ago: a turn
	// that commits it learns so from Commit, and one that would change nothing
	// must Load before it believes that. Its Reply is not read.
	Meet(ctx context.Context, c Chat) (*Conversation, error)
	// Commit writes a turn, all of it or nothing: ErrConflict, ErrSeen. Whatever
	// it returns, the conversation is the store's from then on.
	Commit(ctx context.Context, c Commit) error
	// Claim makes owner the holder of name unless somebody is, and returns
	// the holder. Asking again changes nothing. life 0 means for ever.
	Claim(ctx context.Context, name, owner string, life time.Duration) (holder string, err error)
	// Unclaim gives name back if owner holds it.
	Unclaim(ctx context.Context, name, owner string) error
	// Move points a chat to a conversation, whatever it pointed to before.
	Move(ctx context.Context, c Chat, id string) error
	// Kept reads the value of a Secret by its code, nil when there is none.
	Kept(ctx context.Context, code string) ([]byte, error)
	// Recent gives the latest journal entries of a conversation, oldest first.
	Recent(ctx context.Context, conversation string, limit int) ([]Entry, error)
	// Waiting gives the outbox entries of a conversation that are not settled yet,
	// in the order in which its lanes leave, but for those that cannot be read.
	Waiting(ctx context.Context, conversation string) ([]Envelope, error)
	// NewCode makes a code for a Secret of this conversation: at least 128
	// random bits, of [A-Za-z0-9_-], at most 40 characters, so that it fits a
	// Telegram deep link. It tells Kept where to look.
	NewCode(conversation string) string
}

// Commit is one turn as a value. Everything in it is written together.
type Commit struct {
	// Conversation is the next state; its Version is the one that was loaded,
	// and what is stored gets Version+1.
	Conversation *Conversation
	// Operation is the dedupe mark: an update's id or a letter's id. It is
	// remembered for at least 48 hours. Empty means that the version check
	// alone makes the turn happen once, as for timers.
	Operation string
	Journal   []Entry
	Outbox    []Envelope
	// Due is the earliest instant of all timers, zero if there are none.
	Due time.Time
	// Urgent is the earliest instant of the timers that answer somebody or protect
	// them, zero if there are none; never before Due.
	Urgent time.Time
	// DueExactly is for the turns of timers: the due instants in the indexes
	// become Due and Urgent. After other turns they may stay earlier.
	DueExactly bool
	// OpenToken names the latest showing of the open question, if there is
	// one; it is the Token of its envelope. While the
	// stored reply timer carries this token, the conversation is due at the
	// earlier of Due and that timer; a timer of any other token is dropped.
	OpenToken string
	// Secrets to keep in the same commit, such as an invite.
	Secrets []Secret
	// Off are the ids of messages of this conversation that are called off: of
	// Planned ones, or of all to a platform, since a lane keeps its class. One that
	// is in flight may still arrive, but is not tried again; of one that has left
	// nothing changes. Whatever is behind one waits as it did.
	Off []string
}

// Secret is a value kept under the hash of a random code until it expires.
type Secret struct {
	Code  string
	Value []byte
	Until time.Time
}

// Entry is one line of the append-only journal of a conversation.
type Entry struct {
	At    time.Time
	Turn  uint64
	What  string
	Name  string
	Value string
	Raw   string
	Rule  string
	By    string // who acted, when not the person
	// Asked is set when the value came after the question was asked back.
	Asked bool
	// Told is set when the reader had to choose, and the person was told what it took.
	Told bool
	// Was is the value that an edit replaced.
	Was string
}

// Envelope is one outbox entry: a message to a chat, or a letter to another
// conversation. Exactly one of Chat and Letter is set.
type Envelope struct {
	// ID is conversation, turn and place: unique, and ordered within a lane.
	ID      string
	Class   Class
	Chat    Chat
	Door    string // of a private chat: see Message
	Text    string
	Buttons []Button
	Letter  *Letter
	// Why says why this is sent now: the rule, never any words.
	Why string
	// Token and Wait start the reply timer of a question when this showing of
	// it is settled as delivered.
	Token string
	Wait  time.Duration
	// Until is before when something planned may leave with no look at the
	// person's hours; zero: delivery has to look. It keeps milliseconds.
	Until time.Time
	// Began is when the turn was that wrote to a person first, on the first message
	// that it wrote them; zero on all others. It keeps milliseconds.
	Began time.Time
}

// Class orders what leaves a lane: answers go before what was planned.
type Class int

// The classes.
const (
	Answer  Class = iota // replies to a person, safety words, alerts
	Planned              // check-ins, reminders, summaries
)

// Letter is a message from one conversation to another.
type Letter struct {
	To   string // conversation id
	Kind string
	From string
	Body []byte
}

// Agenda is what the timers need of storage.
type Agenda interface {
	// TakeDue leases up to limit conversations of the lease's shard with
	// something due at now: those first in which something urgent is. It moves each one's due instant to now+life; the
	// conversation's next commit sets the true one, and if none comes it is
	// due again then. Both times are on the clock of the timers.
	TakeDue(ctx context.Context, lease Lease, now time.Time, limit int, life time.Duration) ([]string, error)
}

// Outbox is what delivery needs of storage.
type Outbox interface {
	// TakeReady leases the heads of lanes of a shard that may be attempted at
	// now, as many of each kind as there is room, and records that an attempt
	// begins. more tells for each room whether there are more that could be
	// attempted. An entry whose lease runs out is handed out again as Unsure.
	TakeReady(ctx context.Context, lease Lease, now time.Time, rooms []Room, life time.Duration) (taken []Leased, more []bool, err error)
	// Settle ends an attempt, and tells whether the lane has another entry that
	// may leave now; when an earlier call has ended it, that is not known and
	// more is false. ErrFenced when the lease was not ours any more.
	Settle(ctx context.Context, lease Lease, l Leased, o Outcome) (more bool, err error)
}

// Room is how many lanes of one kind a take may bring: those to one platform
// whose next entry is of one class.
type Room struct {
	Platform string // empty: letters
	Class    Class
	Most     int // 0 asks only whether there are any
}

// Leased is one outbox entry in our hands.
type Leased struct {
	Envelope
	Conversation string
	Lane         string
	// Attempt counts how often the entry was taken in hand: the fence of its
	// settling.
	Attempt int
	// Tries is Attempt without those that came to nothing before the message
	// left: what waits are made from.
	Tries int
	// Unsure is true when an earlier attempt may have arrived.
	Unsure bool
	// Since is when the first attempt began.
	Since time.Time
	// Parts is how many parts of it earlier attempts brought to the chat.
	Parts int
}

// Outcome is how an attempt ended.
type Outcome struct {
	Done bool // delivered
	Dead bool // given up; kept in the dead list with Reason
	// Retry is when to try again, if neither; on the clock of TakeReady.
	Retry time.Time
	// ReplyDue is when the reply timer of a delivered question runs out, on
	// the clock of the timers; zero if it has none.
	ReplyDue time.Time
	// Unsure marks that this attempt may have arrived.
	Unsure bool
	// Parts is how many parts of the message are in the chat by now; what was noted
	// before is kept if it is more.
	Parts int
	// Untried marks that the message never left, for a reason that is not its
	// own, as when its platform is left alone. It does not count in Tries.
	Untried bool
	Reason  string
	// At is when the attempt ended, on the clock of TakeReady, and Pace the
	// limit of the chat that it used up a piece of; zero if it used none.
	At   time.Time
	Pace Limit
	// Alone is before when nothing at all may go to this chat, on the clock of
	// TakeReady; zero if nothing keeps it.
	Alone time.Time
}

// Leases hands out what only one process may do.
type Leases interface {
	// Acquire takes or renews the lease on name; ok is false while another
	// holder has it. The fence number grows with each new holder. A new holder
	// of a shard finds every attempt of the one before ready again, as unsure.
	Acquire(ctx context.Context, name, holder string, life time.Duration) (l Lease, ok bool, err error)
	// Release gives it back if it is still ours.
	Release(ctx context.Context, l Lease) error
	// Attend says that this holder is alive for life, and gives the number of
	// holders alive, itself included.
	Attend(ctx context.Context, holder string, life time.Duration) (int, error)
	// Leave says that this holder is alive no longer.
	Leave(ctx context.Context, holder string) error
	// Shards is how many shards there are, numbered from 0.
	Shards() int
	// ShardOf is the number of a conversation's shard.
	ShardOf(conversation string) int
}

// Shard names shard n; a lease on a shard has this name.
func Shard(n int) string { return fmt.Sprintf("s%02d", n) }

// Holder names one run of the program at a place that only one run can have at
// a time, such as an address that it listens on.
func Holder(place, run string) string { return place + "#" + run }

// Lease is the right to do what only one may do.
type Lease struct {
	Name   string
	Holder string
	Fence  int64
}
