package reply

import "testing"

// Scores by the handful, some of ten things, what another says and a point that
// stands alone are never taken without telling the person.
func TestScoresByTheHandfulAreNotTakenSilently(t *testing.T) {
	t.Parallel()
	for _, opening := range []string{"", "well ", "this week "} {
		for _, text := range []string{
			"a couple of 3s and a 7", "a 6 with a few 3s", "7 but some fours as well", "two 5s and an 8",
			"seven of ten people there were nice", "3 over ten years", "5 out of 10 days were good", "eight out of ten cats",
			"6 says Pat", "6, says Pat", "5 or so says my wife", "5 . 5", "8 . 2", "7.10",
		} {
			if r := Scale(opening + text); r.OK && !r.AskBack {
				t.Errorf("%q is read as %v by %s and nobody is told", opening+text, r.Value, r.Rule)
			}
		}
	}
	for text, want := range map[string]float64{"at sixes and sevens this week, 4": 4, "helped with the under 5s, I'm a 7": 7, "7/10 this week": 7, "the little ones cheer me up, 6": 6, "7.5": 7.5} {
		if r := Scale(text); !r.OK || r.Value != want {
			t.Errorf("%q is read as %v by %s", text, r.Value, r.Rule)
		}
	}
}
