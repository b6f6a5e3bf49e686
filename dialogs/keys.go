package dialogs

// The keys of the script language, in one place. script.schema.json says the
// same for editors, and a test compares the two.
var (
	scriptKeys   = []string{"script", "format", "language", "about", "checkin", "remind", "timeout", "vars", "given", "renamed", "dropped", "lint", "steps"}
	remindKeys   = []string{"after", "say", "tags"}
	timeoutKeys  = []string{"after", "go"}
	branchKeys   = []string{"when", "go", "else"}
	choiceKeys   = []string{"value", "label", "also", "go"}
	factsKeys    = []string{"format", "facts"}
	factKeys     = []string{"kind", "about"}
	phrasesKeys  = []string{"format", "language", "phrases"}
	lintKeys     = []string{"off", "because"}
	commonKeys   = []string{"id", "when", "go", "lint"}
	scheduleKeys = []string{"schedule", "weekly", "every", "rule", "on", "instead", "at", "off"}
	askKeys      = []string{"ask", "say", "tags", "keep", "choices", "again", "unclear", "skip", "yes", "no", "timeout", "required"}
)

// verbs are the keys that say what a step does, each with the other keys that
// such a step may have beside the common ones. A step with "ask" has "say" for
// its words, so "ask" is looked for first.
var verbs = []struct {
	verb verb
	keys []string
}{
	{doAsk, askKeys},
	{doSay, []string{"say", "tags"}},
	{doBranch, []string{"branch"}},
	{doSet, []string{"set"}},
	{doRemember, []string{"remember"}},
	{doNudge, []string{"nudge"}},
	{doSchedule, scheduleKeys},
	{doCall, []string{"call"}},
	{doPause, []string{"pause", "until"}},
	{doStop, []string{"stop"}},
	{doEnd, []string{"end"}},
}

// verb is what a step does; its text is the key in the file.
type verb string

const (
	doSay      verb = "say"
	doAsk      verb = "ask"
	doBranch   verb = "branch"
	doSet      verb = "set"
	doRemember verb = "remember"
	doNudge    verb = "nudge"
	doSchedule verb = "schedule"
	doCall     verb = "call"
	doPause    verb = "pause"
	doStop     verb = "stop"
	doEnd      verb = "end"
)

// asked is the kind of a question.
type asked string

const (
	askScale  asked = "scale"
	askYesNo  asked = "yesno"
	askChoice asked = "choice"
	askDate   asked = "date"
	askText   asked = "text"
)

// keeps is the kind of value that a question gives.
var keeps = map[asked]Kind{askScale: Number, askYesNo: YesNo, askChoice: Text, askDate: Date, askText: Text}

var askNames = []string{"scale", "yesno", "choice", "date", "text"}

// varKinds are what a run may keep; only facts can be a series.
var (
	varKinds  = []string{"text", "number", "yesno", "date"}
	factKinds = []string{"text", "number", "yesno", "date", "series"}
)

// scriptTriggers are the nudges that a script may raise; the others are raised
// by the rules around it.
var scriptTriggers = []string{"low-score", "drop", "no-reply", "not-started", "asked-for-a-person", "step-not-yet-twice", "milestone",
	"half-time", "finished", "proposal-yes", "proposal-own-words", "proposal-no", "proposal-open", "proposal-not-asked"}

// hostWords are the names that the host fills in, beside variables and facts.
// The first ones, alwaysKnown of them, have a value for everybody.
var hostWords = []string{
	"worker", "team", "hours", "reads", "emergency", "urgent", "crisis", "listening",
	"next_checkin", "next_time", "paused_until",
}

const alwaysKnown = 8

// corePhrases are the phrases that Step itself says, with the names that each
// one may put in beside the host's words. An edition without one of them does
// not load.
var corePhrases = map[string][]string{
	"help": nil, "stopped": nil, "paused": nil, "held": nil, "human": nil, "media": nil, "edited": nil,
	"old-button": nil, "distress": nil, "noted": nil, "took": {"value"}, "broken": nil,
	"again-scale": nil, "again-yesno": nil, "again-choice": nil, "again-date": nil, "again-text": nil,
	"yes": nil, "no": nil,
}
