package dialogs

import (
	"regexp"
	"slices"
	"strings"

	"onestep/dialogs/reply"
)

// rewords are words that put other words in the place of the last ones: "No, I meant
// once", "Correction: my sister". A bare "I meant to" begins a story, "it should be
// fine" answers what is asked now, and "I meant it" stands by what was written.
var rewords = regexp.MustCompile(`(?i)^(?:(?:oh|ah)[\s,.!;:-]+)?(?:(?:no|nope|nah|sorry|soz|oops|whoops|wait|my mistake|my bad|typo|scrap that)[\s,.!;:-]+)+` +
	`(?:i\s+(?:really\s+)?meant(?:\s+to\s+(?:say|put|type|write))?|(?:it|that|this)\s+should(?:\s+have)?\s+(?:say|said)|(?:please\s+)?(?:change|correct)\s+(?:that|it)\s+to)[\s,:;-]+(.+)$|` +
	`^(?:correction[\s,:;-]+|(?:please\s+)?(?:can you\s+|could you\s+)?(?:change|correct)\s+(?:that|my\s+(?:last\s+)?(?:answer|reply))\s+to[\s,:;-]+|cywir(?:o|iad)(?:\s+i)?[\s,:;-]+)(.+)$`)

// meantAsWritten follows "I meant" where nothing is to be changed.
var meantAsWritten = regexp.MustCompile(`(?i)^(?:it|that|this|what i (?:said|wrote)|every word|well|nothing|no (?:harm|offence|offense)|none of it)\b[\s,.!]*(?:really|honestly|all|by it|by that)?[\s.!]*$`)

// reworded are the words that stand for the last ones, as they are written.
func (t *turn) reworded(u *Undo) (v Value, rule string, ok bool) {
	m := rewords.FindStringSubmatch(strings.TrimSpace(strings.ReplaceAll(t.ev.Text, "’", "'")))
	if m == nil {
		return Value{}, "", false
	}
	words := strings.TrimSpace(m[1] + m[2])
	if first, _, _ := strings.Cut(strings.ToLower(words), " "); first == "to" || strings.ContainsAny(words, "?\n") {
		return Value{}, "", false // what they had meant to do, or a question
	}
	if meantAsWritten.MatchString(words) || barer(words, u.Value.Text) || t.readBack() {
		return Value{}, "", false
	}
	return Value{Kind: Text, Text: words}, "correct/meant", true
}

// fewWords is how long an answer in words is at most of which a bare number or yes
// can be the better one: "at 3", "not yet".
const fewWords = 3

// barer tells whether words are a bare number, yes or no where the answer before was
// more than that: they are meant for another question.
func barer(words, was string) bool {
	few := len(strings.Fields(was)) <= fewWords
	if _, ok := bareNumber(words); ok {
		return !few || !reply.Scale(was).OK && !strings.ContainsAny(was, "0123456789")
	}
	if r := reply.YesNo(words); r.OK && len(strings.Fields(words)) == 1 {
		return !few || !reply.YesNo(was).OK
	}
	return false
}

// readBack tells whether the open question reads other words of the person back and
// asks for a yes or a no. "No, I meant" is its answer, as it may mean any of them.
func (t *turn) readBack() bool {
	s := t.s.Session
	if s == nil || s.Open == nil || t.lost() {
		return false
	}
	q, frames := t.question(), t.undo.Before.Session.Frames
	if q.asks != askYesNo {
		return false
	}
	f := frames[len(frames)-1]
	last := t.editionOf(t.undo).scripts[f.Script]
	kept := last.steps[last.index[f.Step]].keep
	return slices.ContainsFunc(q.say.own.names, func(name string) bool {
		return name != kept && t.kind(name) == Text
	})
}
