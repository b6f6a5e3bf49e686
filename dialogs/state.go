package dialogs

import "time"

// State is everything the dialogs keep of one patient. It is a plain value:
// Step never changes the one it is given. The cbor keys are part of the stored
// format: never reuse a number.
type State struct {
	// Facts are what scripts remember about the person, by declared name.
	Facts map[string]Value `cbor:"1,keyasint,omitempty"`
	// Session is the running dialog, nil between dialogs.
	Session *Session `cbor:"2,keyasint,omitempty"`
	// Waiting are dialogs that came due during another, oldest first.
	Waiting []Due `cbor:"3,keyasint,omitempty"`
	// Schedules say when scripts start by themselves, by script name.
	Schedules map[string]Schedule `cbor:"4,keyasint,omitempty"`
	// Stopped is set by the person's own stop and cleared only by the person.
	Stopped bool `cbor:"5,keyasint,omitempty"`
	// PausedUntil silences scheduled dialogs; zero means not paused and
	// Forever means until the person says that they want to start again.
	PausedUntil time.Time `cbor:"6,keyasint,omitempty"`
	// Held is set by the distress rule and cleared only by a worker's act.
	Held bool `cbor:"7,keyasint,omitempty"`
	// Missed counts check-ins in a row that ended without any reply.
	Missed int `cbor:"8,keyasint,omitempty"`
	// Undo is where a correction of the last answer goes back to, nil when
	// anything else has happened since.
	Undo *Undo `cbor:"9,keyasint,omitempty"`
	// Said is the phrase that was said last between dialogs, if it was one that
	// is not said three times in a row.
	Said string `cbor:"10,keyasint,omitempty"`
	// Awake are the hours in which the person wants to be written to first; the
	// zero value is whenever the team's hours of sending are.
	Awake Awake `cbor:"11,keyasint,omitzero"`
}

// Awake is a span of the day on the person's clock, "11:00" to "18:00".
type Awake struct {
	From string `cbor:"1,keyasint,omitempty"`
	To   string `cbor:"2,keyasint,omitempty"`
}

// Forever is the PausedUntil of a pause without an end date.
var Forever = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// Session is one run of one script by one person.
type Session struct {
	// Edition is the content hash of the scripts this session began with.
	Edition string `cbor:"1,keyasint"`
	// Frames is the call stack; the last one is running.
	Frames []Frame `cbor:"2,keyasint"`
	// Open is the question that waits for an answer, nil while none does.
	Open *Question `cbor:"3,keyasint,omitempty"`
	// Asked lists the questions already answered, oldest first, for "back".
	Asked []Place `cbor:"4,keyasint,omitempty"`
	// Began is when the session started.
	Began time.Time `cbor:"5,keyasint"`
	// Replied is set by the first reply of the person in this session.
	Replied bool `cbor:"6,keyasint,omitempty"`
	// Reminded is set once the one reminder of this session was sent.
	Reminded bool `cbor:"7,keyasint,omitempty"`
	// Questioned is set once this session has asked anything.
	Questioned bool `cbor:"8,keyasint,omitempty"`
}

// Frame is one script on the call stack.
type Frame struct {
	Script string           `cbor:"1,keyasint"`
	Step   string           `cbor:"2,keyasint"`
	Vars   map[string]Value `cbor:"3,keyasint,omitempty"`
	// Resume is the question that was open here when a wish (pause) put
	// another script on top; it is shown again when that script ends.
	Resume *Question `cbor:"4,keyasint,omitempty"`
}

// Place names a step and the depth of the call stack it stands at.
type Place struct {
	Depth  int    `cbor:"1,keyasint"`
	Script string `cbor:"2,keyasint"`
	Step   string `cbor:"3,keyasint"`
}

// Question is the open question of a session.
type Question struct {
	// Token names this question on its buttons. It stays the same while the
	// question stays open, also when it is shown again.
	Token string `cbor:"1,keyasint"`
	// Repaired is set after the one repair that a question has.
	Repaired bool `cbor:"2,keyasint,omitempty"`
}

// Due is a script that is to start, why, and until when that makes sense.
type Due struct {
	Script  string    `cbor:"1,keyasint"`
	At      time.Time `cbor:"2,keyasint"`
	Expires time.Time `cbor:"3,keyasint"`
}

// Kind is the type of a value, variable or fact.
type Kind string

// The kinds of values a script can keep.
const (
	Text   Kind = "text"
	Number Kind = "number"
	YesNo  Kind = "yesno"
	Date   Kind = "date"   // YYYY-MM-DD
	Series Kind = "series" // numbers with the day they were given
)

// Value is one kept value. A missing value is a missing map entry, never a
// zero Value: silence is never a score.
type Value struct {
	Kind   Kind    `cbor:"1,keyasint"`
	Number float64 `cbor:"2,keyasint,omitempty"`
	Text   string  `cbor:"3,keyasint,omitempty"` // text and dates
	Yes    bool    `cbor:"4,keyasint,omitempty"`
	Series []Point `cbor:"5,keyasint,omitempty"`
}

// Point is one number of a series.
type Point struct {
	On     string  `cbor:"1,keyasint"` // YYYY-MM-DD in the person's zone
	Number float64 `cbor:"2,keyasint"`
}
