package lint

import (
	"math"
	"testing"
)

// Syllables as a dictionary divides the words.
func TestSyllables(t *testing.T) {
	t.Parallel()
	for n, words := range map[int][]string{
		1: {"a", "the", "week", "you", "year", "help", "helped", "hope", "hopes", "hoped", "don't", "can't", "you're", "it's", "walked", "scale", "these", "3", "8", "phone", "voice", "through", "please", "sleep", "friend"},
		2: {"better", "little", "hoping", "people", "number", "question", "7", "today", "wanted", "needed", "skipping", "choices", "didn't", "isn't", "middle", "wishes", "safely", "safety", "kindness", "something", "reply", "message", "patient", "doctor", "station"},
		3: {"tomorrow", "together", "remember", "11", "radio", "media", "medicine", "holiday", "yesterday", "999"},
		4: {"community", "activity", "information", "conversation"},
		5: {"opportunity", "organisation", "communication"},
	} {
		for _, w := range words {
			if got := syllables(w); got != n {
				t.Errorf("%q has %d syllables, want %d", w, got, n)
			}
		}
	}
}

func TestSentences(t *testing.T) {
	t.Parallel()
	for text, n := range map[string]int{
		"": 0, "Hello": 1, "Hello. How are you?": 2, "It is at 10.30 today.": 1, "One\nTwo": 2, "He said \"Yes.\" Then no.": 2, "Wait... what?": 2,
	} {
		if got := sentences(text); len(got) != n {
			t.Errorf("%q: %q, want %d sentences", text, got, n)
		}
	}
}

// The grade of texts counted by hand: 0.39 words/sentence + 11.8 syllables/word - 15.59.
func TestGrade(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]float64{
		"The cat sat on the mat.":                            0.39*6 + 11.8*1 - 15.59,
		"What has been better? You can skip this.":           0.39*4 + 11.8*9/8 - 15.59,
		"Information about community activity is here.":      0.39*6 + 11.8*16/6 - 15.59,
		"Thank you. You wrote:\n“{better}”":                  0.39*2 + 11.8*1 - 15.59,
		"{worker}'s team can read it.\nSend STOP when done.": 0.39*4.5 + 11.8*1 - 15.59,
	} {
		if got := read(text).grade(); math.Abs(got-want) > 0.01 {
			t.Errorf("%q: grade %.2f, want %.2f (%+v)", text, got, want, read(text))
		}
	}
}
