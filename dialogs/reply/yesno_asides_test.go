package reply

import "testing"

// What people put around an answer changes nothing about it: each frame with each
// answer is never read as the contrary.
func TestFramesKeepTheAnswer(t *testing.T) {
	t.Parallel()
	before := []string{"hi ", "Hi Sam, ", "sorry for the late reply, ", "thanks for asking, ", "to be honest ", "tbh ", "believe it or not ", "not being funny but ",
		"don't shout but ", "I know I said I would but ", "i must admit ", "to tell you the truth ", "ok so ", "hmm ", "erm ", "well ", "happy to say ", "sad to say ",
		"it was a struggle but ", "wasn't easy but ", "nearly didn't but ", "my mate said not to but ", "I didn't want to but "}
	behind := []string{" x", " lol", " 👍", " 😊", " sorry", " to be honest", " I'm afraid", " in the end", " after all", " this week", ", thanks for asking", ". hope you are well", ", no thanks to the bus"}
	answers := map[string]bool{
		"I did it": true, "managed it": true, "I went": true, "I've finally been": true, "did go": true, "I gave it a go": true, "I walked to the shop": true,
		"kept it up": true, "that sums it up": true, "exactly that": true, "you've got that right": true, "still want it": true, "I still want that": true,
		"it's still right for me": true, "I wouldn't change it": true,
		"didn't do it": false, "i dint do it": false, "I never went": false, "haven't been able to": false, "managed to miss it": false, "I forgot": false,
		"didn't get round to it": false, "I didn't even try": false, "couldn't face it": false, "that's wrong": false, "you've got the wrong day": false,
		"that's not what I said": false, "it's not right for me": false, "gone off it": false, "I'd rather you didn't": false, "don't need it": false,
	}
	for answer, yes := range answers {
		for _, frame := range before {
			notRead(t, frame+answer, !yes)
		}
		for _, frame := range behind {
			notRead(t, answer+frame, !yes)
		}
		if r := YesNo(answer); !r.OK || r.Value != yes {
			t.Errorf("%q is read as %v %v by %s", answer, r.OK, r.Value, r.Rule)
		}
	}
}

func notRead(t *testing.T, text string, wrong bool) {
	t.Helper()
	if r := YesNo(text); r.OK && r.Value == wrong {
		t.Errorf("%q is read as %v by %s", text, r.Value, r.Rule)
	}
}
