package reply

import (
	"strings"
	"testing"
	"time"
)

// However a text repeats the words that patterns are made of, reading it takes
// time in proportion to its length: no word makes a pattern go round and round.
func TestNoTextIsSlow(t *testing.T) {
	t.Parallel()
	const (
		length = MaxLength
		// limit is some fifty times what such a text takes on an idle machine,
		// so that only a runaway pattern, never a busy machine, fails.
		limit = 2 * time.Second
	)
	for _, unit := range []string{"not ", "i ", "no ", "a ", "want to ", "not eaten or ", "the ", "7 ", "7 or ", "a half ", "not 7 ", "friday ", "next ", "k ", "k.", "stop ", "can i ", "my mum ", "he will ", "i want ", "aaaa", "1/", "5-", "((((", "....", "i am so ", "not been ", "in my ", "all of my ", "to be ", "#", "👍", "é", "½"} {
		text := strings.Repeat(unit, length/len(unit))
		start := time.Now()
		Distress(text)
		ReadCommand(text)
		Scale(text)
		YesNo(text)
		Date(text, LabelledDay)
		Choose(text, []Option{{Value: "a", Label: "Not yet"}, {Value: "b", Label: "I want to stop"}})
		if took := time.Since(start); took > limit {
			t.Errorf("%q repeated to %d bytes took %v", unit, len(text), took)
		} else if took > limit/20 {
			t.Logf("%q: %v", unit, took)
		}
	}
}
