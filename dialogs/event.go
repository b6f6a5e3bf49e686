package dialogs

import "time"

// Event is what can happen to a patient's dialog.
type Event struct {
	Kind EventKind
	// At is the instant of the event; Zone the person's time zone.
	At   time.Time
	Zone *time.Location
	// Turn numbers the turn in the conversation. Question tokens are made of
	// it, so that they are the same when a step runs again after a conflict.
	Turn uint64
	// Language is the person's language tag, such as "en".
	Language string
	// About are facts that the host knows and scripts may quote: see Host.
	About Host
	// Text is what the person wrote (Replied, Edited, Media caption).
	Text string
	// Waiting are words of theirs from before that wait to be taken: see Settles.
	Waiting string
	// Token and Choice come from a button (Pressed).
	Token, Choice string
	// Due is the script to start (Began).
	Due Due
	// Sends is when something planned for an instant would be sent to somebody
	// with these own hours: then, or at the first time after it that the hours
	// and days allow. Nil is whenever it is planned.
	Sends func(at time.Time, own Awake) time.Time
	// Held are the scripts whose start has come and is held back by hours, days
	// and the contacts of the week.
	Held map[string]HeldStart
	// Unseen is set while no question of the running dialog has reached the
	// person: its silence is not theirs.
	Unseen bool
}

// Host is what the bot knows around the person and scripts may quote.
type Host struct {
	Worker string // the link worker's name, as in "Sam"
	Team   string // the team's name
	Hours  string // when people read replies, as in "Monday to Friday, 9 to 5"
	Reads  string // when a person next reads, as in "today" or "on Monday at 9"
	From   string // from when on each day planned messages may be sent, "09:00"; "" where that is not known
	To     string // until when they may, "20:00"
	Nation string // decides the help lines: a key of Signposts, or "" where it is not known
	// Closed is true while nobody of the team reads, and Duty when there is
	// somebody who is told of danger at such times as well.
	Closed, Duty bool
}

// EventKind says what happened.
type EventKind int

// The kinds of events.
const (
	Replied    EventKind = iota // the person wrote words
	Pressed                     // the person pressed a button
	Edited                      // the person changed a message already sent
	Media                       // the person sent something that is not words; Text is its caption
	Began                       // a script came due
	TimedOut                    // the open question's reply timer ran out
	Released                    // a worker cleared the hold that the distress rule set
	Unpaused                    // the end of a pause was reached
	FalseAlarm                  // a worker cleared the hold: the distress rule was wrong
	Returned                    // the person can be reached again and has not seen the open question
)

// HeldStart is a start that has come and is held back.
type HeldStart struct {
	// Due is when its rule wanted it.
	Due time.Time
	// Until is when it is looked at again.
	Until time.Time
}
