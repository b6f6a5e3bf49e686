package dialogs

import (
	"time"

	"onestep/dialogs/reply"
)

// Effect describes something that should happen. The host makes it happen
// after the step, all effects of a turn together or none.
type Effect interface{ effect() }

// Say is one message without a question.
type Say struct {
	Text string
	// Step is where it came from, script/step, for the journal and for why.
	Step string
	// Safety marks words that quiet hours, caps and pauses never hold back.
	Safety bool
}

// Ask is one message with a question, and its buttons if it has any.
type Ask struct {
	Text    string
	Step    string
	Token   string
	Choices []Choice
	// Wait is how long after delivery the question times out; 0: never.
	Wait time.Duration
}

// Choice is one button: what it shows and what comes back when pressed.
type Choice struct {
	Label string
	Value string
}

// Record is one line for the journal.
type Record struct {
	// What is one of: answer, fact, note (words beside any question), edit,
	// media, press (of an old button), wish (stop, start, pause, human, help,
	// back), session, passed (a step with a name that is not set), distress.
	What string
	Name string // the variable, fact, wish or script
	// Value is what was understood; nil when nothing was (skipped, unclear).
	Value *Value
	// Was is the value that an edit replaced, or took away if it has no Value; an
	// edit without it is a changed message that was not taken.
	Was *Value
	// Raw is the person's reply to the letter, and Rule what read it: a rule of
	// package reply, "button", "skip", "timeout", or "back" for a fact that is as
	// it was before an answer again. For a session, Rule is what
	// became of it: began, waits, moved (to newer scripts), ended, timed-out, undelivered (no question of
	// it reached the person), stopped, paused, put-off (to another day), released,
	// broken, expired, double, missing, and dropped-stopped, dropped-held,
	// dropped-paused for a script that came due and did not start.
	Raw   string
	Rule  string
	Asked bool // the value came after the question was asked back
	Told  bool // the reader had to choose, and the person was told what it took
}

// Nudge asks a worker to act.
type Nudge struct {
	Trigger Trigger
	// Changed says what changed in neutral words without any of the person's.
	Changed string
	// Words are the person's last words, for the worker's secure view only.
	Words string
	// Rule is the id of the distress rule, for that trigger only.
	Rule reply.RuleID
}

// Plan sets when a script starts by itself; a nil Schedule removes the plan.
type Plan struct {
	Script   string
	Schedule *Schedule
	// Keeps is set where a start that is held back (Event.Held) still comes,
	// beside those of the new plan.
	Keeps bool
}

func (Say) effect()    {}
func (Ask) effect()    {}
func (Record) effect() {}
func (Nudge) effect()  {}
func (Plan) effect()   {}
