package reply

import "testing"

// A yes that hangs on something is never taken silently, and one that is only
// put politely is; who says that they are all right is never read as a yes, even
// where they go on to say that they will remember.
func TestYesOnConditionIsTold(t *testing.T) {
	t.Parallel()
	for _, yes := range []string{"yes ", "ok ", "aye ", "yes please ", "yes I will "} {
		for _, hangs := range []string{"if it stops raining", "if my legs hold up", "unless it's icy", "provided there's a ramp", "as long as it's not a Tuesday", "but only if my son comes", "but not today", "when the weather's better"} {
			if r := YesNo(yes + hangs); r.OK && !r.AskBack {
				t.Errorf("%q is taken silently by %s", yes+hangs, r.Rule)
			}
		}
		for _, polite := range []string{"if you like", "if that's ok", "if it's no trouble", "if you don't mind", "if possible"} {
			if r := YesNo(yes + polite); !r.OK || !r.Value {
				t.Errorf("%q is read as %v %v by %s", yes+polite, r.OK, r.Value, r.Rule)
			}
		}
	}
	for _, fine := range []string{"you're ok", "your alright love", "naw yer fine pal", "im grand thanks", "I'm alright ta", "dont bother", "its ok"} {
		for _, own := range []string{", ill remember", ", mam reminds me", ", my daughter's gonna remind me", ", it's in my diary"} {
			notRead(t, fine+own, true)
		}
	}
}
