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
	for _, yes := range []string{"yes ", "aye ", "Yes, ", "yes please "} {
		for _, far := range []string{"in the summer", "but in the new year", "after christmas", "next month", "in a few weeks", "once I'm over this cold", "after my operation", "soon", "some day", "from April", "apparently", "in theory", "so they say", "I was told that", "you said", "whatever", "right", "very funny", "I wish"} {
			if r := YesNo(yes + far); r.OK && !r.AskBack {
				t.Errorf("%q is taken silently by %s", yes+far, r.Rule)
			}
		}
		for _, near := range []string{"this week", "I did it in the summer", "since easter", "most days", "one day last week", "after tea"} {
			if r := YesNo(yes + near); !r.OK || !r.Value || r.AskBack {
				t.Errorf("%q is read as %v %v by %s", yes+near, r.OK, r.Value, r.Rule)
			}
		}
	}
	for text, told := range map[string]bool{"absolutely freezing": true, "definitely raining": true, "totally lost": true, "absolutely love": false, "totally agree": false, "definitely tomorrow": false} {
		if r := YesNo(text); !r.OK || r.AskBack != told {
			t.Errorf("%q is read as %v %v by %s, told: %v", text, r.OK, r.Value, r.Rule, r.AskBack)
		}
	}
	for _, fine := range []string{"you're ok", "your alright love", "naw yer fine pal", "im grand thanks", "I'm alright ta", "dont bother", "its ok"} {
		for _, own := range []string{", ill remember", ", mam reminds me", ", my daughter's gonna remind me", ", it's in my diary"} {
			notRead(t, fine+own, true)
		}
	}
}

// A "no" that goes on to say who or which it is may be an answer, and may put
// right what was asked; one with a reason behind it is an answer.
func TestNoThatNamesIsTold(t *testing.T) {
	t.Parallel()
	for _, names := range []string{"No that's my sister", "no he's my son", "No, it's my mum", "no thats my dads number", "no this is his wife", "no I'm the carer", "no that was last year", "no that's the other one"} {
		if r := YesNo(names); r.OK && !r.AskBack {
			t.Errorf("%q is taken silently by %s", names, r.Rule)
		}
	}
	for _, reason := range []string{"no it's my knee", "no he's poorly", "no my husband was ill", "no that was too far", "no that's my day off", "no it's not for me", "no this is hard"} {
		if r := YesNo(reason); !r.OK || r.Value || r.AskBack {
			t.Errorf("%q is read as %v %v by %s", reason, r.OK, r.Value, r.Rule)
		}
	}
}
