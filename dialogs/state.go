package dialogs

import "time"

// State is everything the dialogs keep of one patient. It is a plain value:
// Step never changes the one it is given.
type State struct {
	// Facts are what scripts remember about the person, by declared name.
	Facts Values
	// Session is the running dialog, nil between dialogs.
	Session *Session
	// Waiting are dialogs that came due during another, oldest first.
	Waiting []Due
	// Schedules say when scripts start by themselves, by script name.
	Schedules map[string]Schedule
	// Stopped is set by the person's own stop and cleared only by the person.
	Stopped bool
	// PausedUntil silences scheduled dialogs; zero means not paused and
	// Forever means until the person says that they want to start again.
	PausedUntil time.Time
	// Held is set by the distress rule and cleared only by a worker's act.
	Held bool
	// Missed counts check-ins in a row that ended without any reply.
	Missed int
	// Undo is where a correction of the last answer goes back to, nil when
	// anything else has happened since.
	Undo *Undo
	// Said is the phrase that was said last between dialogs, if it was one that
	// is not said three times in a row.
	Said string
	// Awake are the hours in which the person wants to be written to first; the
	// zero value is whenever the team's hours of sending are.
	Awake Awake
	// Lately are the person's last messages, oldest first, while they count: see
	// lately.go.
	Lately []Written
}

// Awake is a span of the day on the person's clock, "11:00" to "18:00".
type Awake struct {
	From string
	To   string
}

// Forever is the PausedUntil of a pause without an end date.
var Forever = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// Moved is the state of somebody whose clocks have just changed from one zone to
// another: a break ends on the date that was said, by the new clocks.
func (s State) Moved(from, to *time.Location) State {
	if !s.PausedUntil.IsZero() && !s.PausedUntil.Equal(Forever) {
		wall := s.PausedUntil.In(from)
		s.PausedUntil = localTime(wall, wall, to).UTC()
	}
	return s
}

// Session is one run of one script by one person.
type Session struct {
	// Edition is the content hash of the scripts this session began with.
	Edition string
	// Frames is the call stack; the last one is running.
	Frames []Frame
	// Open is the question that waits for an answer, nil while none does.
	Open *Question
	// Asked lists the questions already answered, oldest first, for "back".
	Asked []Place
	// Began is when the session started.
	Began time.Time
	// Replied is set by the first reply of the person in this session.
	Replied bool
	// Reminded is set once the one reminder of this session was sent.
	Reminded bool
	// Questioned is set once this session has asked anything.
	Questioned bool
}

// Frame is one script on the call stack.
type Frame struct {
	Script string
	Step   string
	Vars   Values
	// Resume is the question that was open here when a wish (pause) put
	// another script on top; it is shown again when that script ends.
	Resume *Question
}

// Place names a step and the depth of the call stack it stands at.
type Place struct {
	Depth  int
	Script string
	Step   string
	// Was are the facts that the answer there went into, as they were before.
	Was []Was
}

// Was is a fact as it was, with a nil Value if there was none.
type Was struct {
	Name  string
	Value *Value // never changed
}

// Question is the open question of a session.
type Question struct {
	// Token names this question on its buttons. It stays the same while the
	// question stays open, also when it is shown again.
	Token string
	// Repaired is set after the one repair that a question has.
	Repaired bool
}

// Due is a script that is to start, why, and until when that makes sense.
type Due struct {
	Script  string
	At      time.Time
	Expires time.Time
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

// Value is one kept value. What is missing is missing among the Values, never a
// zero Value: silence is never a score.
type Value struct {
	Kind   Kind
	Number float64
	Text   string // text and dates
	Yes    bool
	Series []Point
}

// Point is one number of a series.
type Point struct {
	On     string // YYYY-MM-DD in the person's zone
	Number float64
}
