package bot

import (
	"time"

	"onestep/dialogs"
)

// Conversation is everything kept of one patient, worker, lead, team or
// stranger: the unit that one turn loads and commits. It is stored as one
// encrypted value; the cbor keys are part of the stored format.
type Conversation struct {
	ID string `cbor:"1,keyasint"`
	// Version is 0 for a conversation never committed; each turn adds one.
	Version uint64 `cbor:"-"`
	Role    Role   `cbor:"2,keyasint,omitempty"`
	Team    string `cbor:"3,keyasint,omitempty"` // team id of onestep.yaml
	// Chats are the places of this conversation; the last one written from
	// is first and gets what we say.
	Chats    []Chat `cbor:"4,keyasint,omitempty"`
	Zone     string `cbor:"5,keyasint,omitempty"` // IANA name
	Language string `cbor:"6,keyasint,omitempty"`
	// Timers are what is due and when, by name. Redis holds the earliest.
	Timers map[string]time.Time `cbor:"7,keyasint,omitempty"`

	// Patient is set for patients. A worker who reflects has one as well: it
	// holds their own dialog.
	Patient *Patient `cbor:"8,keyasint,omitempty"`
	Worker  *Worker  `cbor:"9,keyasint,omitempty"`
	Crew    *Crew    `cbor:"10,keyasint,omitempty"`

	// Reply is the reply timer that delivery started. It is kept beside the
	// state, written by settling, and read with it.
	Reply ReplyTimer `cbor:"-"`

	// Opened is the store's own: what it need not read again to commit this
	// conversation. Nobody else looks into it or sets it.
	Opened any `cbor:"-"`
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
	Case     string        `cbor:"1,keyasint"` // such as Wren-417
	WorkerID string        `cbor:"2,keyasint"` // the worker's conversation
	Worker   string        `cbor:"3,keyasint"` // the worker's name as the patient knows it
	Enrolled time.Time     `cbor:"4,keyasint"`
	Dialog   dialogs.State `cbor:"5,keyasint"`
	// Unreachable is set while no chat of theirs can be reached.
	Unreachable bool `cbor:"6,keyasint,omitempty"`
	// Weeks are what this patient adds to the summaries of the last weeks,
	// newest last; no more than two are kept.
	Weeks []Week `cbor:"7,keyasint,omitempty"`
	// Nudged is when each trigger last made a nudge, to suppress doubles.
	Nudged map[dialogs.Trigger]time.Time `cbor:"8,keyasint,omitempty"`
	// Showing names the latest showing of the open question, whose delivery
	// starts the reply timer. Empty once that timer has run out.
	Showing string `cbor:"9,keyasint,omitempty"`
	// Alert is the P1 nudge that nobody has closed yet, nil if there is none.
	Alert *Alert `cbor:"10,keyasint,omitempty"`
	// Undo is what a correction of the last answer takes back here.
	Undo *Undo `cbor:"11,keyasint,omitempty"`
	// Pending are words that wait for more, nil if there are none.
	Pending *Pending `cbor:"12,keyasint,omitempty"`
	// Waits are planned messages that are held back, by their timer.
	Waits map[string]Wait `cbor:"13,keyasint,omitempty"`
	// Contacts are when the person was written to first in the last seven
	// days, oldest first.
	Contacts []time.Time `cbor:"14,keyasint,omitempty"`
	// Passed is set when the last check-in of a silent person was passed over.
	Passed bool `cbor:"15,keyasint,omitempty"`
}

// Undo is what the last answer has changed beside the dialog's own state. A
// turn replaces it and never changes it.
type Undo struct {
	// Weeks are those before the answer.
	Weeks []Week `cbor:"1,keyasint,omitempty"`
	// Nudged are the nudges that the answer raised.
	Nudged []Raised `cbor:"2,keyasint,omitempty"`
}

// Raised is a nudge that was sent.
type Raised struct {
	ID      string          `cbor:"1,keyasint"`
	Trigger dialogs.Trigger `cbor:"2,keyasint"`
}

// Alert is a P1 nudge as the side of whoever wrote the words keeps it: this side
// has the clock of its acknowledgement, since a letter may not arrive.
type Alert struct {
	ID      string          `cbor:"1,keyasint"`
	Trigger dialogs.Trigger `cbor:"2,keyasint"`
	// Raised is when the latest words came; more of them raise it anew.
	Raised time.Time `cbor:"3,keyasint"`
	// Told are the conversations that got it.
	Told []string `cbor:"4,keyasint,omitempty"`
	// Seen is set once somebody pressed that they are on it.
	Seen bool `cbor:"5,keyasint,omitempty"`
	// Lost are those of Told who could not be reached.
	Lost []string `cbor:"6,keyasint,omitempty"`
	// Rounds is how often it has gone on since it was raised.
	Rounds int `cbor:"7,keyasint,omitempty"`
	// About says whose words they were, Case what those told read as their
	// code; for a patient's own alert both are left out.
	About About  `cbor:"8,keyasint,omitempty"`
	Case  string `cbor:"9,keyasint,omitempty"`
	// Of is the conversation that could not be stored, on a team's side.
	Of string `cbor:"10,keyasint,omitempty"`
}

// Week is what one patient adds to one weekly summary.
type Week struct {
	Of           string `cbor:"1,keyasint"` // the Monday, YYYY-MM-DD, in the person's zone
	Sent         int    `cbor:"2,keyasint,omitempty"`
	Answered     int    `cbor:"3,keyasint,omitempty"`
	GoalsSet     int    `cbor:"4,keyasint,omitempty"`
	GoalsReached int    `cbor:"5,keyasint,omitempty"`
	GoalsChanged int    `cbor:"6,keyasint,omitempty"`
	// Moved is -1, 0 or 1 for a lower, same or higher number than before;
	// it counts only when Scored.
	Moved  int  `cbor:"7,keyasint,omitempty"`
	Scored bool `cbor:"8,keyasint,omitempty"`
}

// Worker is a link worker or a lead.
type Worker struct {
	Name string `cbor:"1,keyasint,omitempty"`
	Lead bool   `cbor:"2,keyasint,omitempty"`
	// Caseload are the patients' conversations by case code.
	Caseload map[string]string `cbor:"3,keyasint,omitempty"`
	// Nudges are those not done yet, oldest first.
	Nudges []Nudge `cbor:"4,keyasint,omitempty"`
	// Alerts are the P1 nudges of the last weeks, newest last.
	Alerts []Alerts `cbor:"5,keyasint,omitempty"`
	// Own is the alert of the worker's own words, nil if there is none.
	Own *Alert `cbor:"6,keyasint,omitempty"`
}

// Alerts counts the P1 nudges of one worker in one week.
type Alerts struct {
	Of     string `cbor:"1,keyasint"` // the Monday, YYYY-MM-DD, in the team's zone
	Raised int    `cbor:"2,keyasint,omitempty"`
	InTime int    `cbor:"3,keyasint,omitempty"`
}

// Nudge is one work item of a worker.
type Nudge struct {
	ID      string          `cbor:"1,keyasint"`
	Case    string          `cbor:"2,keyasint"`
	Patient string          `cbor:"3,keyasint"` // the patient's conversation
	Trigger dialogs.Trigger `cbor:"4,keyasint"`
	Raised  time.Time       `cbor:"5,keyasint"`
	// Seen is set once somebody pressed a button of it.
	Seen bool `cbor:"6,keyasint,omitempty"`
	// Copy is set when the nudge is on somebody else's list first: it counts
	// there.
	Copy bool `cbor:"7,keyasint,omitempty"`
	// Waits is set until the next morning's digest has told of it.
	Waits bool `cbor:"8,keyasint,omitempty"`
	// About says whose words an alert is of. Patient is the conversation that
	// keeps it: the person's own, or their team's.
	About About `cbor:"9,keyasint,omitempty"`
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
	Workers []string `cbor:"1,keyasint,omitempty"`
	// Alerts are those of people whose own record cannot be stored, by id.
	Alerts map[string]*Alert `cbor:"2,keyasint,omitempty"`
}
