package reply

import "testing"

// What one sees to oneself is no yes for all its "no worries", a wish to wish is
// none, and a "no" behind what is not given up agrees with it.
func TestWhatIsSeenToOneselfIsNoYes(t *testing.T) {
	t.Parallel()
	silently := func(text string, wrong bool) {
		if r := YesNo(text); r.OK && r.Value == wrong {
			t.Errorf("%q is read as %v by %s", text, r.Value, r.Rule)
		}
	}
	for _, opening := range []string{"", "oh ", "thanks but "} {
		for _, what := range []string{"I'll set the alarm on my phone", "I can put it in my diary", "I'll stick a note on the fridge", "it's on my calendar"} {
			for _, end := range []string{", no worries", ", no problem", " so no worries", ", no bother"} {
				silently(opening+what+end, true)
			}
		}
		for _, wish := range []string{"I want to want it", "I want to like it", "I wish I wanted it", "I want to believe it", "I want to say yes"} {
			silently(opening+wish, true)
		}
	}
	for _, kept := range []string{"I've not given up on it", "I haven't given up on that", "not giving up on it"} {
		silently(kept+", no", false)
		silently("no, "+kept, false)
	}
	for _, text := range []string{"no change there no"} {
		silently(text, true)
	}
}
