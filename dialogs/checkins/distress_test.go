package checkins_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/dialogs"
	"onestep/dialogs/checkins"
)

// safetyWords are what is said when words may mean danger, and to whoever writes
// again while the check-ins are held.
var safetyWords = []string{"distress", "distress-duty", "distress-closed", "distress-stranger", "held"}

// mostSafetyWords is how many words somebody in danger is given to read.
const mostSafetyWords = 59

// The fixed words are short in every nation, in each language and at every hour,
// also for people whose worker has no name and with the longest words for when
// people next read.
func TestSafetyWordsAreShort(t *testing.T) {
	t.Parallel()
	e := current(t)
	for _, language := range append([]string{"en"}, e.Languages()...) {
		reads := longestReads(e, language)
		for nation := range dialogs.Signposts {
			for _, about := range []dialogs.Host{{Worker: "Sam", Reads: reads, Nation: nation}, {Reads: reads, Nation: nation}, {Worker: "Sam", Nation: nation}} {
				for _, key := range safetyWords {
					text := e.Phrase(key, language, about, nil)
					if n := len(strings.Fields(text)); n == 0 || n > mostSafetyWords {
						t.Errorf("%s in %s and %q has %d words; people in danger read little: %s", key, language, nation, n, text)
					}
				}
			}
		}
	}
}

// longestReads says when people next read in the most words that a language has:
// of every day of a year, at every half hour.
func longestReads(e *dialogs.Edition, language string) string {
	now := time.Date(2026, 3, 2, 18, 0, 0, 0, time.UTC)
	all := []string{e.Reads(now, time.Time{}, language)}
	for next := now; next.Before(now.AddDate(1, 0, 0)); next = next.Add(30 * time.Minute) {
		all = append(all, e.Reads(now, next, language))
	}
	return slices.MaxFunc(all, func(a, b string) int { return len(strings.Fields(a)) - len(strings.Fields(b)) })
}

// The fixed words name the lines of each nation, say that a computer speaks, and
// promise nobody who is not there.
func TestDistressWords(t *testing.T) {
	t.Parallel()
	e, err := checkins.Current()
	if err != nil {
		t.Fatal(err)
	}
	for nation, lines := range dialogs.Signposts {
		about := dialogs.Host{Worker: "Sam", Reads: "on Monday at 9", Nation: nation}
		for _, key := range []string{"distress", "distress-duty", "distress-closed", "distress-stranger"} {
			text := e.Phrase(key, "en", about, nil)
			for _, want := range []string{"Thank you", "I am a computer", "call " + lines.Emergency, "call " + lines.Crisis, lines.Listening} {
				if !strings.Contains(text, want) {
					t.Errorf("%s in %q does not say %q: %s", key, nation, want, text)
				}
			}
		}
		if help := e.Phrase("help", "en", about, nil); !strings.Contains(help, "call "+lines.Urgent+".") {
			t.Errorf("help in %q does not name its urgent line: %s", nation, help)
		}
	}
	closed := e.Phrase("distress-closed", "en", dialogs.Host{Worker: "Sam", Reads: "on Monday at 9"}, nil)
	if !strings.Contains(closed, "Nobody reads this now. They are back on Monday at 9.") {
		t.Errorf("out of hours nobody is promised: %s", closed)
	}
}
