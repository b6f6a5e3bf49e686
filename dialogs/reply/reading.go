// Package reply reads what a person wrote: a score, a yes, a choice, a date, a
// command, or words that may mean danger. Every reader is a pure function over
// the whole message. A reader that is not sure returns no value: a reply that
// could mean two things is asked back, and is never silently wrong.
package reply

// RuleID names the rule that read a reply, such as "scale/n-of-10". It is
// stored beside the value and never changes meaning.
type RuleID string

// Span is the part of the text that a rule read, in bytes.
type Span struct{ From, To int }

// Reading is what a reader made of a text.
type Reading[T any] struct {
	// Value is what was understood; only meaningful when OK.
	Value T
	OK    bool
	// Rule says which rule gave the value, or which rule refused it.
	Rule RuleID
	Span Span
	// Upon is what the words of Span are counted from, where they do not stand
	// alone: the "Friday" of "not Friday, the one after".
	Upon Span
	// AskBack is set when the text could be an answer but is not a clear one:
	// the question deserves its one repair. With OK it means that the reader
	// had to choose (a midpoint) and the person should be told what was taken.
	AskBack bool
}

// Command is a wish that a person may utter at any time.
type Command string

// The commands.
const (
	NoCommand Command = ""
	Stop      Command = "stop"
	Pause     Command = "pause"
	Human     Command = "human"
	Help      Command = "help"
	Skip      Command = "skip"
	Back      Command = "back"
)

// Option is one choice that a reply may name.
type Option struct {
	Value string
	Label string
	Also  []string // synonyms
}
