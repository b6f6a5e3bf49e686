package reply

import "testing"

// What people tell beside their score is never taken for it, whatever numbers
// are in it, and the score is found before it and behind it.
func TestNumbersOfOtherThingsAreNoScore(t *testing.T) {
	t.Parallel()
	told := []string{
		"got up at 6", "was up at 5 with the dog", "the carer comes at 7", "the nurse is due at 2", "shops shut at 4", "the alarm went off at 5", "I work 9 to 5",
		"the man is coming between 8 and 1", "my grandson is 4", "our Sue is 6 now", "the kids are 4 and 7", "I have two kids, 3 and 5", "I am 64 years old",
		"took 2 paracetamol", "they put me up to 10 mg", "my sugar was 9 this morning", "I have 4 units of insulin", "the number 7 bus never came", "missed the 9 by a minute",
		"the 7 was late", "I live on floor 9", "we lost 3 nil", "City lost 4-0", "they beat them 3-1", "the heating is stuck on 18", "it was 10 below last night",
		"it cost me 8 pounds", "had 6 visitors", "walked 2 miles", "got 4 hours sleep", "only 2 turned up", "there was 5 of us at group", "read 2 books", "I did 2 classes",
		"2 steps forward 1 back", "saw it on channel 4", "I am in ward 7", "my daughter is a size 10", "my mate Dave is a 9", "my sister is always a 10", "my wife says 8",
		"last week was a 4", "was a 3 last time", "I said 5 last week", "I was 5 on monday", "I used to be a 9", "no one called all week", "it is 24/7 pain",
	}
	scores := []string{"I'd say 7", "put me down for a 7", "I am a 7", "call it seven", "overall a 7", "7 out of 10"}
	joins := []func(story, score string) string{
		func(story, score string) string { return story + ". " + score },
		func(story, score string) string { return story + ", " + score },
		func(story, score string) string { return story + " so " + score },
		func(story, score string) string { return story + " but " + score },
		func(story, score string) string { return score + ". " + story },
		func(story, score string) string { return score + ", " + story },
		func(story, score string) string { return score + " because " + story },
	}
	for _, story := range told {
		if r := Scale(story); r.OK {
			t.Errorf("%q is read as %v by %s", story, r.Value, r.Rule)
		}
		for _, score := range scores {
			for _, join := range joins {
				text := join(story, score)
				if r := Scale(text); !r.OK || r.Value != 7 {
					t.Errorf("%q is read as %v %v by %s", text, r.OK, r.Value, r.Rule)
				}
			}
		}
	}
}

// Each stands for a rule: whose number it is, of when, and what joins it to
// another.
func TestScoresBesideOthers(t *testing.T) {
	t.Parallel()
	const no = -1
	for text, want := range map[string]float64{
		"sue 6":                    6,
		"3 kids, 2 jobs, 1 me":     no,
		"knee's a 2, rest of me 7": no,
		"Ive no slept right so 4 is what youre getting":                    4,
		"8 no sorry hit the wrong key its 4":                               4,
		"my two are driving me up the wall but im coping, so ill say five": 5,
		"say 6 as the knee is bad":                                         6,
		"it's been a 4 week":                                               4,
		"shops shut at 4":                                                  no,
		"only 2 turned up":                                                 no,
		"our Sue is 6 now":                                                 no,
		"id say 8 cos last week 4":                                         8,
		"10 today cos up from 4":                                           10,
		"8 better than last weeks 6":                                       no,
		"some days 5":                                                      no,
		"7 in the morning 3 at night":                                      no,
		"4 with people 2 on my own":                                        no,
		"no way is it 7":                                                   no,
		"can i change 9 to 3":                                              3,
		"put 7 but meant 9":                                                9,
		"6ish 7ish":                                                        6.5,
		"it was late so overall 7":                                         7,
		"i feel one":                                                       1,
		"3-nil":                                                            no,
		"the heating is stuck on 18 but call it a 7":                       7,
	} {
		if r := Scale(text); r.OK != (want != no) || r.OK && r.Value != want {
			t.Errorf("%q is read as %v %v by %s", text, r.OK, r.Value, r.Rule)
		}
	}
	for _, text := range []string{"sue 6", "pain is 6 out of 10"} {
		if r := Scale(text); !r.AskBack {
			t.Errorf("%q: the person is not told", text)
		}
	}
}
