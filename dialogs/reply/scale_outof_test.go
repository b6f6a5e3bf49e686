package reply

import "testing"

// The ten that a score is out of is never the score, however "out of" is
// spelled, nor is a number of last time where today's is near another.
func TestTheTopOfTheScaleAndLastTimeAreNoScore(t *testing.T) {
	t.Parallel()
	for _, opening := range []string{"", "id say ", "um ", "this week ", "yeah about "} {
		for _, score := range []string{"7", "seven"} {
			for _, of := range []string{"ova", "ovr", "outa", "outer", "our of", "otu of", "put of", "oot o", "out of", "outofa", "off"} {
				for _, ten := range []string{"10", "ten"} {
					for _, end := range []string{"", " thanks", ", not bad", " i think"} {
						text := opening + score + " " + of + " " + ten + end
						if r := Scale(text); !r.OK || r.Value != 7 {
							t.Errorf("%q is read as %v %v by %s", text, r.OK, r.Value, r.Rule)
						}
					}
				}
			}
		}
	}
	for _, before := range []string{"70% of the way last time", "last time 7", "it was 7 last week", "7 out of 10 last month", "70% last week"} {
		for _, near := range []string{"nearer 6", "closer to 6", "nearer 60%", "nearer to a 6"} {
			for _, now := range []string{"now", "today", "this week", "these days"} {
				text := before + ", " + near + " " + now
				if r := Scale(text); !r.OK || r.Value != 6 {
					t.Errorf("%q is read as %v %v by %s", text, r.OK, r.Value, r.Rule)
				}
			}
		}
	}
}

// What one asks to be put down for, or names as the number, is the score
// whatever else the sentence tells, and classes and hours are none.
func TestAScoreAskedForIsTaken(t *testing.T) {
	t.Parallel()
	for _, story := range []string{"the tablets are not working", "got the heating fixed at last", "Good morning", "not touched a drop", "the tablets help a bit"} {
		for _, said := range []string{"put me down for 3", "pop me down for a 3", "we're up at 3", "number three is correct", "thats worth at least a 3"} {
			for _, join := range []string{" so ", ", ", ". "} {
				text := story + join + said
				if r := Scale(text); !r.OK || r.Value != 3 {
					t.Errorf("%q is read as %v %v by %s", text, r.OK, r.Value, r.Rule)
				}
			}
		}
	}
	for _, text := range []string{"put me down for 2 classes", "he put me down for 4", "the number 7 is late", "up at 6 with the baby", "be there at 4"} {
		if r := Scale(text); r.OK {
			t.Errorf("%q is read as %v by %s", text, r.Value, r.Rule)
		}
	}
}
