package reply

import "testing"

// A word of praise in front of talk of something else is no yes; alone, or in front of
// the offer, it is one.
func TestPraiseBeforeSomethingElseIsNoYes(t *testing.T) {
	t.Parallel()
	for _, praise := range []string{"Brilliant, ", "marvellous, ", "Oh great, ", "Fantastic. "} {
		for _, other := range []string{"the bus is late", "another form", "the lift's broken", "it's raining again"} {
			if r := YesNo(praise + other); r.OK && !r.AskBack {
				t.Errorf("%q is taken silently by %s", praise+other, r.Rule)
			}
		}
		for _, offer := range []string{"that would help", "thank you", "I'd like that", "when would it be"} {
			if r := YesNo(praise + offer); r.OK && !r.Value {
				t.Errorf("%q is a no by %s", praise+offer, r.Rule)
			}
		}
		if r := YesNo(praise + "that would help"); !r.OK || !r.Value {
			t.Errorf("%q is no yes by %s", praise+"that would help", r.Rule)
		}
	}
}
