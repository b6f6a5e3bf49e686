package reply

import "testing"

// What was promised or claimed, the one day on which it was not, and a wish with
// a hindrance behind it never decide: what is said beside them does.
func TestWhatIsReportedDoesNotDecide(t *testing.T) {
	t.Parallel()
	for _, vowed := range []string{"said I would", "I promised I'd go", "told you I'd do it", "I swore I would", "I told her I'd been", "I know I said I would", "yes I know I should have"} {
		for _, but := range []string{" but ", " and ", ", but "} {
			for _, not := range []string{"I didn't", "I haven't", "I never did", "then I didn't"} {
				notRead(t, vowed+but+not, true)
			}
		}
	}
	for _, not := range []string{"didn't go Monday", "I couldn't go on Monday", "never did it last week", "missed it the first time", "not on the day I said"} {
		for _, did := range []string{" but went Tuesday", ", went on Tuesday instead", " but I did it this week", " so I went on Friday", " but I did it Wednesday"} {
			notRead(t, not+did, false)
		}
	}
	for _, wish := range []string{"I'd love to", "It sounds lovely", "that would be lovely", "I'd really like that", "sounds great"} {
		for _, cannot := range []string{" but I can't leave the dog", " but it's too far for me", " but I couldn't", ", but my legs won't let me", " but I'd rather not"} {
			notSilent(t, wish+cannot, true)
		}
		for _, why := range []string{" as I don't see anyone", " because I can't get out on my own", " because I never know what day it is"} {
			notRead(t, wish+why, false)
		}
	}
}

func notSilent(t *testing.T, text string, wrong bool) {
	t.Helper()
	if r := YesNo(text); r.OK && r.Value == wrong && !r.AskBack {
		t.Errorf("%q is silently read as %v by %s", text, r.Value, r.Rule)
	}
}
