package reply

import (
	"fmt"
	"strings"
	"testing"
)

func optionsOf(labels ...string) (out []Option) {
	for _, l := range labels {
		out = append(out, Option{Value: l, Label: l})
	}
	return out
}

// A no before or behind a label turns it down, whatever small words stand
// between.
func TestDenialsPickNothing(t *testing.T) {
	t.Parallel()
	var frames []string
	for _, no := range []string{"not", "never", "please not", "anything but", "preferably not", "definitely not", "just not"} {
		for _, between := range []string{"by", "via", "through", "with", "on", "in", "at", "the", "a", "any", "my", "over the", "with a", "with any", "on my", "in the", "at the", "from the", "through the"} {
			frames = append(frames, no+" "+between+" {one}")
		}
	}
	frames = append(frames, "{one} no thanks", "{one} isnt for me", "{one} no good", "{one} no way", "{one} not for me", "{one}? no ta", "{one} - never", "dont want any {one}", "no {one} thanks", "cant be doing with {one}")
	framed(frames, func(options []Option, text, _ string) {
		if strings.Contains(text, "sleeping") { // not sleeping is why somebody picks it
			return
		}
		if r := Choose(text, options); r.OK && !r.AskBack {
			t.Errorf("%q is read as %q by %s", text, r.Value, r.Rule)
		}
	})
}

// "ill" before a verb of doing is "I will", and no illness.
func TestIllThatIsNoIllness(t *testing.T) {
	t.Parallel()
	options := optionsOf("By phone", "By text", "I am too ill")
	for text, want := range map[string]string{
		"ill phone": "By phone", "ill text": "By text", "ill tell you later": "",
		"i feel ill": "I am too ill", "too ill": "I am too ill", "still ill": "I am too ill",
	} {
		if r := Choose(text, options); r.Value != want && !(r.AskBack && !r.OK) || want == "" && r.OK {
			t.Errorf("%q is read as %q by %s", text, r.Value, r.Rule)
		}
	}
}

// A time of day is one time where it is said twice.
func TestATimeOfDaySaidTwice(t *testing.T) {
	t.Parallel()
	options := optionsOf("Morning", "Afternoon", "Evening")
	for _, text := range []string{"half one/1.30", "half two (2:30)", "2 / 2pm", "Sunday aft"} {
		if r := Choose(text, options); r.Value != "Afternoon" || r.AskBack {
			t.Errorf("%q is read as %q by %s, told: %v", text, r.Value, r.Rule, r.AskBack)
		}
	}
}

// A length of time is read in every wording, and never by its last words.
func TestLengthsInEveryWording(t *testing.T) {
	t.Parallel()
	options := optionsOf("Five minutes", "Fifteen minutes", "Half an hour", "An hour")
	ways := []string{"%s", "%s please", "about %s", "i could do %s", "%s i think", "probably %s", "maybe %s if thats ok", "%s max"}
	for want, said := range map[string][]string{
		"Five minutes":    {"5 mins", "five mins", "5m", "five minutes", "just five minutes"},
		"Fifteen minutes": {"quarter of an hour", "a quarter of an hour", "quarter hour", "1/4 hour", "¼ of an hour", "a quarter of an hr", "15 mins", "15m", "15"},
		"Half an hour":    {"half an hour", "half hour", "a half hour", "1/2 hour", "1/2 an hour", "30 mins", "30m", "30", "arf an hour", "half an hr", "two quarters of an hour"},
		"An hour":         {"an hour", "one hour", "1 hr", "1hr", "1h", "60 mins", "60", "a full hour", "the whole hour"},
		"":                {"three quarters of an hour", "3/4 of an hour", "3/4 hour", "an hour and a half", "hour and a half", "an hour and a quarter", "one and a half hours", "1 and a half hours", "1 1/2 hours", "1.5 hours", "an hour and ten minutes", "an hour and 10 mins", "an hour twenty minutes", "two hours", "a couple of hours", "twenty five minutes", "thirty five mins", "forty five minutes", "45", "20 minutes"},
	} {
		for _, s := range said {
			for _, way := range ways {
				text := fmt.Sprintf(way, s)
				if r := Choose(text, options); r.Value != want {
					t.Errorf("%q is read as %q by %s, want %q", text, r.Value, r.Rule, want)
				}
			}
		}
	}
}

// A place is picked with whatever is said of it, but not where that is a no; and
// the shortest and the longest are places of their own.
func TestPlacesArePraisedOrTurnedDown(t *testing.T) {
	t.Parallel()
	lengths := optionsOf("Ten minutes", "Twenty minutes", "Forty minutes")
	often := optionsOf("Every day", "Twice a week", "Once a week", "Once a month")
	for _, options := range [][]Option{lengths, often, optionsOf("Bingo", "Bowls", "Choir"), optionsOf("On foot", "Bus", "Car", "Taxi")} {
		for n, places := range [][]string{{"the first one", "first option", "the first of those", "the top one"}, {"the second one", "2nd option", "second of those"}, {"the last one", "the bottom one", "last option"}} {
			want := options[n].Value
			if n == 2 {
				want = options[len(options)-1].Value
			}
			for _, place := range places {
				for _, way := range []string{"%s sounds doable", "%s looks manageable", "%s seems realistic", "%s is the one for me", "%s would suit me down to the ground", "%s would be grand", "%s feels achievable", "%s might be nice", "i could manage %s", "leaning towards %s"} {
					text := fmt.Sprintf(way, place)
					if r := Choose(text, options); r.Value != want {
						t.Errorf("%q is read as %q by %s, want %q", text, r.Value, r.Rule, want)
					}
				}
				for _, way := range []string{"%s isnt doable", "%s is too much", "%s is beyond me", "%s sounds awful", "not %s", "%s is out of the question", "%s looks hard", "i couldnt manage %s", "%s is no good", "%s was rubbish", "never %s"} {
					text := fmt.Sprintf(way, place)
					if r := Choose(text, options); r.OK && !r.AskBack {
						t.Errorf("%q is read as %q by %s", text, r.Value, r.Rule)
					}
				}
			}
		}
	}
	for want, said := range map[string][]string{
		"Ten minutes":   {"the shortest one", "shortest", "the quickest please", "the smallest one you have", "least amount of time"},
		"Forty minutes": {"the longest one", "longest please", "the most you've got", "the longest of them", "give me the longest", "the longest one would be doable"},
		"":              {"not the longest", "shorter", "long", "second shortest", "the second shortest", "the longest is too much"},
	} {
		for _, s := range said {
			if r := Choose(s, lengths); r.Value != want {
				t.Errorf("%q is read as %q by %s, want %q", s, r.Value, r.Rule, want)
			}
		}
	}
}

// What is hard is the answer, and no degree of anything.
func TestHardToSayIsNoDegree(t *testing.T) {
	t.Parallel()
	for _, options := range [][]Option{optionsOf("Much better", "A bit better", "The same", "Worse"), optionsOf("Too easy", "About right", "Too hard"), optionsOf("Easy", "OK", "Hard"), optionsOf("Good", "So so", "Bad")} {
		for _, hard := range []string{"hard", "difficult", "tricky", "tough", "not easy", "bit hard", "really hard"} {
			for _, way := range []string{"%s to say", "%s to say really", "%s to tell", "%s to know love", "%s to judge", "%s to put into words", "%s to answer that", "its %s to say", "that's a %s one", "%s one that", "that's a %s question"} {
				text := fmt.Sprintf(way, hard)
				if r := Choose(text, options); r.OK {
					t.Errorf("%q of %v is read as %q by %s", text, options, r.Value, r.Rule)
				}
			}
		}
	}
}

// A thing that is done and another that is not are some of it; who did not like
// what they did has done it.
func TestDoneInPart(t *testing.T) {
	t.Parallel()
	options := optionsOf("All of it", "Some of it", "None of it")
	for _, done := range []string{"i did the phone call", "rang them", "went to the group", "i made the list", "got the shopping done", "sent the form"} {
		for _, not := range []string{"but didnt get to the visit", "but not the rest", "but i didnt manage the exercises", "but never went in", "but couldnt do the stretches"} {
			text := done + " " + not
			if r := Choose(text, options); r.Value != "Some of it" || !r.AskBack {
				t.Errorf("%q is read as %q by %s", text, r.Value, r.Rule)
			}
		}
		for _, felt := range []string{"but didnt enjoy it", "but i didnt like it much", "but i didnt feel any better"} {
			text := done + " " + felt
			if r := Choose(text, options); r.Value == "Some of it" {
				t.Errorf("%q is read as %q by %s", text, r.Value, r.Rule)
			}
		}
	}
}

// A saying with the word of an option in it is no pick of that option.
func TestSayingsPickNothing(t *testing.T) {
	t.Parallel()
	options := []Option{{Value: "easy", Label: "Too easy"}, {Value: "right", Label: "About right"}, {Value: "hard", Label: "Too hard"}}
	for _, text := range []string{"easy to say, hard to do", "easier said than done", "easy for some", "taking it easy", "hard luck"} {
		if r := Choose(text, options); r.OK && !r.AskBack {
			t.Errorf("%q is read as %s by %s and nobody is told", text, r.Value, r.Rule)
		}
	}
}
