package reply

import "testing"

// What was not done is never read as done, however it is put together, nor what
// was done as not done.
func TestDenialsAreNoYes(t *testing.T) {
	t.Parallel()
	who := []string{"", "I ", "we ", "sorry I "}
	done := []string{"done it", "been", "gone", "managed it", "managed to go", "got there", "got round to it", "got it done", "tried it",
		"finished it", "started", "made it", "rung her", "spoken to him", "been for my walk", "done my steps", "joined", "signed up",
		"had a chance", "booked it", "seen anyone", "sorted it", "got out", "done anything"}
	do := []string{"do it", "go", "manage it", "get there", "get round to it", "get it done", "try it", "finish", "start", "make it", "ring her",
		"speak to him", "do my steps", "join", "sign up", "have time", "book it", "see anyone", "sort it", "get out", "bother"}
	did := []string{"did it", "went", "managed it", "got there", "got round to it", "got it done", "finished it", "made it", "rang her",
		"spoke to him", "went for my walk", "did my steps", "joined", "signed up", "booked it", "got out"}
	silently := func(text string, wrong bool) {
		if r := YesNo(text); r.OK && r.Value == wrong {
			t.Errorf("%q is read as %v by %s", text, r.Value, r.Rule)
		}
	}
	for _, w := range who {
		for _, not := range []string{"haven't ", "havent ", "still havent ", "have not ", "never ", "not ", "hadn't "} {
			for _, what := range done {
				silently(w+not+what, true)
			}
		}
		for _, not := range []string{"didn't ", "didnt ", "could not ", "cant ", "wasn't able to ", "never managed to ", "just didn't "} {
			for _, what := range do {
				silently(w+not+what, true)
			}
		}
	}
	for _, yes := range []string{"I ", "I finally ", "yeah I ", "we ", "I did, I "} {
		for _, what := range did {
			silently(yes+what, false)
		}
	}
}
