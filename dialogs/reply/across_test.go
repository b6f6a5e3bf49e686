package reply

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// Danger in several short messages, none of which says it, is seen in all of
// them together.
func TestDangerIsSeenAcrossMessages(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"I dont want to|be here", "I just want|to die", "i want to|end|my life", "i cant|go on", "I am going to|kill|myself", "dw i eisiau|marw",
		"I wish I|was dead", "I cant keep|myself safe", "there is no point|in living",
	} {
		parts := strings.Split(text, "|")
		for i, p := range parts {
			if rule, found := Distress(p); found {
				t.Errorf("%q of %q is danger by itself: %s", parts[i], text, rule)
			}
		}
		if _, found := DistressAcross(parts); !found {
			t.Errorf("%q is not seen", text)
		}
	}
}

// Only what runs over into the last message counts: what stands in earlier ones
// alone was seen when they came.
func TestDangerInOneOfSeveralMessagesIsNotSeenAgain(t *testing.T) {
	t.Parallel()
	for _, texts := range [][]string{{"I want to die", "hello"}, {"hello", "I want to die"}, {"I want", "to die", "hello"}, {"I cooked", "Planning it"}} {
		if rule, found := DistressAcross(texts); found {
			t.Errorf("%q: %s", texts, rule)
		}
	}
}

// What no phrase of danger has a word of is no part of one; whatever is a part of one
// has such a word.
func TestPartsOfDangerAreKnown(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"skip", "Skip.", "👍", "", "..."} {
		if PartOfDanger(text) {
			t.Errorf("%q is a part of danger", text)
		}
	}
	for _, text := range []string{"I dont want to", "i cant", "go on", "my life", "dw i eisiau", "marw", "to", "he won't", "stop hitting me", "30", "tablets"} {
		if !PartOfDanger(text) {
			t.Errorf("%q is no part of danger", text)
		}
	}
}

// Messages without danger that follow each other make no danger together, or
// hardly ever.
func TestMessagesTogetherRaiseFewFalseAlarms(t *testing.T) {
	t.Parallel()
	var quiet []string
	for _, c := range Contexts {
		for _, s := range everySample(t, c) {
			if _, found := Distress(s.Text); !found && (c != "distress" || s.Want == none) {
				quiet = append(quiet, s.Text)
			}
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	const most = 4000
	alarms := 0
	for range most {
		var texts []string
		for range 2 + random.IntN(2) {
			texts = append(texts, quiet[random.IntN(len(quiet))])
		}
		if rule, found := DistressAcross(texts); found {
			alarms++
			t.Logf("%q: %s", texts, rule)
		}
	}
	t.Logf("%d of %d", alarms, most)
	if alarms > most/200 {
		t.Errorf("%d false alarms in %d pairs and threes of replies without danger", alarms, most)
	}
}
