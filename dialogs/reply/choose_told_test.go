package reply

import "testing"

// What people say in a sentence of their own picks the option that it speaks of,
// and they are told which.
func TestSentencesPickWhatTheySpeakOf(t *testing.T) {
	t.Parallel()
	for _, ask := range []struct {
		options []Option
		said    map[string][]string
	}{
		{optionsOf("Went well", "Mixed", "Did not go well"), map[string][]string{
			"Went well":       {"It was brilliant, they made me so welcome", "I had a lovely time", "really enjoyed myself", "it couldn't have gone better"},
			"Mixed":           {"good in parts, bad in parts", "some good some bad", "the people were lovely but the room was awful"},
			"Did not go well": {"it was a disaster, the lift was broken", "fell flat", "I walked out after ten minutes"},
		}},
		{optionsOf("Better than expected", "As expected", "Harder than expected"), map[string][]string{
			"Better than expected": {"went really well, I was surprised how easy it was", "not as bad as I feared", "I'd built it up in my head and it was fine"},
			"As expected":          {"just how I pictured it", "no surprises", "pretty much what I thought"},
			"Harder than expected": {"it took it out of me", "I struggled", "it nearly finished me off"},
		}},
		{optionsOf("Keep it", "Change it", "Drop it"), map[string][]string{
			"Keep it":   {"leave it the way it is", "im happy plodding on with it"},
			"Change it": {"make it a bit smaller", "something a bit easier", "shorten it"},
			"Drop it":   {"I want to let that one go", "i've gone off the idea"},
		}},
		{optionsOf("Every day", "Every two weeks", "Once a month"), map[string][]string{
			"Every day":    {"seven days", "as often as you can"},
			"Once a month": {"month", "months"},
		}},
		{optionsOf("Pain", "Tiredness", "Weather", "Caring for someone"), map[string][]string{
			"Caring for someone": {"mum needed me all week", "my wife is just out of hospital", "i had to see to dad"},
			"Weather":            {"it chucked it down", "blew a gale"},
		}},
		{optionsOf("Very lonely", "A bit lonely", "Not lonely"), map[string][]string{
			"Very lonely":  {"never see anyone", "all the time", "extremely"},
			"A bit lonely": {"now and again at night", "some days", "weekends are hard"},
			"Not lonely":   {"got my family round me", "not at all"},
		}},
		{optionsOf("Very safe", "Fairly safe", "Not safe"), map[string][]string{"Not safe": {"not at all", "too scared to go out"}, "Very safe": {"extremely"}}},
		{optionsOf("Too easy", "About right", "Too hard"), map[string][]string{
			"Too easy": {"did it standing on my head", "could have done more", "needs to be harder"},
			"Too hard": {"took it out of me", "it nearly killed me"},
		}},
		{optionsOf("Five minutes", "Fifteen minutes", "Half an hour"), map[string][]string{"Five minutes": {"couple of minutes"}}},
		{optionsOf("Interpreter", "Large print", "Step free", "Nothing needed"), map[string][]string{
			"Interpreter": {"my english is not good"}, "Step free": {"cant do stairs"}, "Nothing needed": {"no thanks", "im fine as i am"},
		}},
		{optionsOf("Slept well", "Slept badly", "Hardly slept"), map[string][]string{
			"Slept well": {"like a log"}, "Slept badly": {"tossing and turning"}, "Hardly slept": {"not a wink"},
		}},
		{optionsOf("Stairs", "Bath", "Shopping", "Cleaning"), map[string][]string{
			"Stairs": {"climbing up to bed"}, "Bath": {"getting in and out of the tub"}, "Shopping": {"carrying the bags"}, "Cleaning": {"hoovering"},
		}},
		{optionsOf("Pain", "Breathing", "Balance", "Tiredness"), map[string][]string{"Breathing": {"short of puff", "asthma"}, "Balance": {"wobbly on my feet"}}},
		{optionsOf("A friend", "Family", "A volunteer"), map[string][]string{"Family": {"my sister or my mum, one of them always comes"}}},
		{optionsOf("Swimming", "Walking", "Dancing", "None of these"), map[string][]string{"None of these": {"i'd rather bake", "fishing"}}},
		{optionsOf("Walk", "Bus", "Car", "Lift from someone"), map[string][]string{"Lift from someone": {"my daughter will take me", "he picks me up"}}},
	} {
		for want, said := range ask.said {
			for _, text := range said {
				if r := Choose(text, ask.options); r.Value != want {
					t.Errorf("%q is read as %q by %s, want %q", text, r.Value, r.Rule, want)
				}
			}
		}
	}
}
