package checkins_test

import (
	"strings"
	"testing"

	"onestep/dialogs"
	"onestep/dialogs/checkins"
)

// The fixed words are short in every nation and at every hour, name its lines,
// say that a computer speaks, and promise nobody who is not there.
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
			if n := len(strings.Fields(text)); n == 0 || n > 70 {
				t.Errorf("%s in %q has %d words; people in distress read little", key, nation, n)
			}
			for _, want := range []string{"I am a computer", "call " + lines.Emergency, "call " + lines.Crisis, lines.Listening} {
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
	if !strings.Contains(closed, "nobody reads this now") || !strings.Contains(closed, "They next read messages on Monday at 9.") {
		t.Errorf("out of hours nobody is promised: %s", closed)
	}
}
