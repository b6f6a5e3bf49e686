package dialogs

import (
	"regexp"
	"strings"
)

// rewords are words that put other words in the place of the last ones: "No, I meant
// once", "Correction: my sister". A bare "I meant to" begins a story, and says
// nothing about what was written.
var rewords = regexp.MustCompile(`(?i)^(?:(?:oh|ah)[\s,.!;:-]+)?(?:(?:no|nope|nah|sorry|soz|oops|whoops|wait|my mistake|my bad|typo|scrap that)[\s,.!;:-]+)+` +
	`(?:i\s+(?:really\s+)?meant(?:\s+to\s+(?:say|put|type|write))?|(?:it|that|this)\s+should(?:\s+have)?\s+(?:be|been|say|said)|(?:please\s+)?(?:change|correct)\s+(?:that|it)\s+to)[\s,:;-]+(.+)$|` +
	`^(?:correction[\s,:;-]+|(?:please\s+)?(?:can you\s+|could you\s+)?(?:change|correct)\s+(?:that|my\s+(?:last\s+)?(?:answer|reply))\s+to[\s,:;-]+|cywir(?:o|iad)(?:\s+i)?[\s,:;-]+)(.+)$`)

// reworded are the words that stand for the last ones, as they are written.
func (t *turn) reworded() (v Value, rule string, ok bool) {
	m := rewords.FindStringSubmatch(strings.TrimSpace(strings.ReplaceAll(t.ev.Text, "’", "'")))
	if m == nil {
		return Value{}, "", false
	}
	words := strings.TrimSpace(m[1] + m[2])
	if first, _, _ := strings.Cut(strings.ToLower(words), " "); first == "to" || strings.ContainsAny(words, "?\n") {
		return Value{}, "", false // what they had meant to do, or a question
	}
	return Value{Kind: Text, Text: words}, "correct/meant", true
}
