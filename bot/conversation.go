package bot

import (
	"time"

	"onestep/dialogs"
)

// Conversation is everything kept of one patient, worker, lead, team or
// stranger: the unit that one turn loads and commits. It is stored as one
// encrypted value: what is new here has its line in store/state.go too.
type Conversation struct {
	ID string
	// Version is 0 for a conversation never committed; each turn adds one.
	Version uint64
	Role    Role
	Team    string // team id of onestep.yaml
	// Chats are the places of this conversation; the last one written from
	// is first and gets what we say.
	Chats []Chat
	// Gone are those of Chats that cannot be reached, until somebody writes
	// from them.
	Gone []Chat
	// Joined is the conversation that the chat of a stranger now belongs to, "" if
	// it does to this one: see link.
	Joined string
	// Heir is the conversation of whoever took over from a worker who was removed.
	Heir string
	// Left is when a worker was removed, zero while they are one.
	Left time.Time
	// Doors are the platform's own ids of private chats, by the chat's: see
	// Update.
	Doors map[string]string
	Zone  string // IANA name
	// ZoneFrom is the platform that told Zone, "" if none did, and ZoneAt how new
	// that was: see Update.
	ZoneFrom string
	ZoneAt   time.Time
	Language string
	// Timers are what is due and when, by name. Redis holds the earliest.
	Timers map[string]time.Time

	// Patient is set for patients. A worker who reflects has one as well: it
	// holds their own dialog.
	Patient *Patient
	Worker  *Worker
	Crew    *Crew

	// Reply is the reply timer that delivery started. It is kept beside the
	// state, written by settling, and read with it.
	Reply ReplyTimer

	// Opened is the store's own: what it need not read again to commit this
	// conversation. Nobody else looks into it or sets it.
	Opened any
}

// ReplyTimer is when a delivered question runs out of time.
type ReplyTimer struct {
	Token string
	Due   time.Time
}

// Role is who a conversation is with.
type Role string

// The roles. A lead is a worker with Lead set.
const (
	Stranger    Role = ""
	PatientRole Role = "patient"
	WorkerRole  Role = "worker"
	TeamRole    Role = "team"
)

// Patient is what the bot keeps of a patient beside the dialogs' own state.
type Patient struct {
	Case     string // such as Wren-417
	WorkerID string // the worker's conversation
	Worker   string // the worker's name as the patient knows it
	Enrolled time.Time
	Dialog   dialogs.State
	// Unreachable is set while no chat of theirs can be reached.
	Unreachable bool
	// Weeks are what this patient adds to the summaries of the last weeks,
	// newest last; no more than two are kept.
	Weeks []Week
	// Nudged is when each trigger last made a nudge, to suppress doubles.
	Nudged map[dialogs.Trigger]time.Time
	// Showing names the latest showing of the open question, whose delivery
	// starts the reply timer. Empty once that timer has run out.
	Showing string
	// Alert is the P1 nudge that nobody has closed yet, nil if there is none.
	Alert *Alert
	// Alerts counts those of the last weeks, newest last.
	Alerts []Alerts
	// Undo is what a correction of the last answer takes back here.
	Undo *Undo
	// Pending are words that wait for more, nil if there are none.
	Pending *Pending
	// Waits are planned messages that are held back, by their timer.
	Waits map[string]Wait
	// Contacts are when the person was written to first in the last seven
	// days, a start of a plan that repeats when it was due, oldest first.
	Contacts []time.Time
	// Passed is set when the last check-in of a silent person was passed over.
	Passed bool
	// Unseen is set while no question of the open dialog is known to have reached
	// the person: see arrival.go.
	Unseen bool
}

// Undo is what the last answer has changed beside the dialog's own state. A
// turn replaces it and never changes it.
type Undo struct {
	// Weeks are those before the answer.
	Weeks []Week
	// Nudged are the nudges that the answer raised.
	Nudged []Raised
}

// Raised is a nudge that was sent.
type Raised struct {
	ID      string
	Trigger dialogs.Trigger
}

// Alerts counts the times in one week that a patient's words of danger waited for
// somebody to press: Raised, and of those InTime.
type Alerts struct {
	Of     string // the Monday, YYYY-MM-DD, in the person's zone
	Raised int
	InTime int
}

// Alert is a P1 nudge as the side of whoever wrote the words keeps it: this side
// has the clock of its acknowledgement, since a letter may not arrive.
type Alert struct {
	ID      string
	Trigger dialogs.Trigger
	// Raised is when the latest words came; more of them raise it anew.
	Raised time.Time
	// Told are the conversations that got it.
	Told []string
	// Seen is set once somebody pressed that they are on it, until they cannot be
	// reached; By is the conversation of whoever pressed last.
	Seen bool
	By   string
	// Lost are those of Told who could not be reached.
	Lost []string
	// Rounds is how often it has gone on since it was raised, and been shown again
	// while nobody had pressed it.
	Rounds int
	// News is when those told last heard that the person has written again.
	News time.Time
	// About says whose words they were, Case what those told read as their
	// code; for a patient's own alert both are left out.
	About About
	Case  string
	// Of is the conversation that could not be stored, on a team's side, and
	// Worker the name of that person's worker.
	Of     string
	Worker string
}

// Week is what one patient adds to one weekly summary.
type Week struct {
	Of           string // the Monday, YYYY-MM-DD, in the person's zone
	Sent         int
	Answered     int
	GoalsSet     int
	GoalsReached int
	GoalsChanged int
	// Moved is -1, 0 or 1 for a lower, same or higher number than before;
	// it counts only when Scored.
	Moved  int
	Scored bool
}

// Worker is a link worker or a lead.
type Worker struct {
	Name string
	Lead bool
	// Caseload are the patients' conversations by case code.
	Caseload map[string]string
	// Nudges are those not done yet, oldest first.
	Nudges []Nudge
	// Own is the alert of the worker's own words, nil if there is none.
	Own *Alert
	// Away is set while they cannot be reached and the leads know.
	Away bool
}

// Nudge is one work item of a worker.
type Nudge struct {
	ID      string
	Case    string
	Patient string // the patient's conversation
	Trigger dialogs.Trigger
	Raised  time.Time
	// Seen is set once somebody pressed a button of it.
	Seen bool
	// Copy is set when the nudge is on somebody else's list first: it counts
	// there.
	Copy bool
	// Waits is set until the next morning's digest has told of it.
	Waits bool
	// About says whose words an alert is of. Patient is the conversation that
	// keeps it: the person's own, or their team's.
	About About
	// Worker is the name of the patient's worker, for others who have an alert
	// on their list: only the worker knows whose the code is.
	Worker string
	// Told is set once the leads were told of it, as the worker was away.
	Told bool
}

// About says whose words an alert is of.
type About string

// Those whom an alert may be about.
const (
	aboutPatient   About = ""
	aboutColleague About = "colleague" // Case is their name
	aboutUnkept    About = "unkept"    // their record cannot be stored
)

// Crew is a team as a conversation: its channel is its chat.
type Crew struct {
	// Workers are the conversations of the team's workers, leads included.
	Workers []string
	// Alerts are those of people whose own record cannot be stored, by id.
	Alerts map[string]*Alert
}
