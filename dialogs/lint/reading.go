package lint

import (
	"regexp"
	"strings"
	"unicode"
)

// reading counts what the Flesch-Kincaid formula needs.
type reading struct{ sentences, words, syllables int }

// grade is the Flesch-Kincaid grade level (Kincaid et al. 1975): about the
// years of school that a text needs; reading age is about grade + 5.
func (r reading) grade() float64 {
	if r.sentences == 0 || r.words == 0 {
		return 0
	}
	return 0.39*float64(r.words)/float64(r.sentences) + 11.8*float64(r.syllables)/float64(r.words) - 15.59
}

func (r reading) and(other reading) reading {
	return reading{r.sentences + other.sentences, r.words + other.words, r.syllables + other.syllables}
}

// read counts the sentences, words and syllables of a text. Names put in
// ({worker}) are left out: their words are not the bot's.
func read(text string) reading {
	var r reading
	for _, s := range sentences(anySlot.ReplaceAllString(ours(text), "")) {
		words := wordsOf(s)
		if len(words) == 0 {
			continue
		}
		r.sentences++
		for _, w := range words {
			r.words++
			r.syllables += syllables(w)
		}
	}
	return r
}

// sentences cuts a text at full stops, question and exclamation marks, and at
// line ends. A dot inside a number or a word ("10.30", "e.g.") does not end one.
func sentences(text string) []string {
	var list []string
	from := 0
	runes := []rune(text)
	cut := func(to int) {
		if s := strings.TrimSpace(string(runes[from:to])); s != "" {
			list = append(list, s)
		}
		from = to
	}
	for i, c := range runes {
		switch c {
		case '\n':
			cut(i + 1)
		case '.', '!', '?', '…':
			if i+1 == len(runes) || unicode.IsSpace(runes[i+1]) || strings.ContainsRune(`"”’'»)`, runes[i+1]) {
				cut(i + 1)
			}
		}
	}
	cut(len(runes))
	return list
}

// wordsOf lists the words of a text: letters and digits, with the apostrophes
// and hyphens inside them.
var word = regexp.MustCompile(`[\p{L}\p{N}]+(?:['’-][\p{L}\p{N}]+)*`)

func wordsOf(text string) []string { return word.FindAllString(text, -1) }

// irregular words whose syllables the rules below miscount. It holds words
// that check-ins use; one that is missing is off by one at most.
var irregular = map[string]int{
	"being": 2, "doing": 2, "going": 2, "seeing": 2, "area": 3, "idea": 3, "ideas": 3, "diary": 3, "quiet": 2, "quieter": 3, "create": 2,
	"every": 2, "everyone": 3, "everything": 3, "everyday": 3, "evening": 2, "evenings": 2, "business": 2, "different": 2, "difference": 2, "wednesday": 2, "wednesdays": 2,
	"something": 2, "sometimes": 2, "someone": 2, "somewhere": 2, "somebody": 3, "anyone": 3, "anywhere": 3, "nowhere": 2, "people": 2, "people's": 2,
	"science": 2, "real": 1, "really": 2, "ready": 2, "already": 3, "steady": 2, "poem": 2, "poetry": 3, "lion": 2, "trial": 2, "dial": 2,
	"wanted": 2, "needed": 2, "started": 2, "noted": 2, "decided": 3, "added": 2, "hopeful": 2, "hopefully": 3, "useful": 2, "safety": 2, "careful": 2, "homework": 2,
	"yes": 1, "the": 1, "me": 1, "he": 1, "she": 1, "we": 1, "be": 1, "ok": 2, "id": 2, "tv": 2, "gp": 2, "nhs": 3, "sms": 3,
	"hours": 1, "hour": 1, "our": 1, "ours": 1, "fire": 1, "tired": 1, "phone": 1, "phones": 1, "lives": 1, "live": 1, "cafe": 2, "recipe": 3, "maybe": 2,
	"samaritans": 4, "shall": 1, "whole": 1, "worse": 1, "place": 1, "places": 2, "choice": 1, "choices": 2, "message": 2, "messages": 3, "changes": 2, "exercises": 4,
	"does": 1, "goes": 1, "shoes": 1, "toes": 1, "heroes": 2, "wellbeing": 3, "reply": 2, "area's": 3, "usual": 3, "usually": 4, "actual": 3, "february": 4, "family": 3, "families": 3,
	"interest": 2, "interested": 3, "interesting": 3, "several": 2, "favourite": 3, "general": 3, "comfortable": 3, "vegetable": 3, "vegetables": 3, "chocolate": 2, "camera": 3,
}

// syllables counts the syllables of an English word: runs of vowels, less a
// silent last e, less the e of -ed and -es where it is not spoken; a number
// counts one for each digit, or as it is spoken up to 20. A hyphen joins two
// words, an apostrophe adds no syllable (didn't, isn't: counted as spoken).
func syllables(text string) int {
	text = strings.ReplaceAll(strings.ToLower(text), "’", "'")
	if left, right, ok := strings.Cut(text, "-"); ok {
		return syllables(left) + syllables(right)
	}
	if n, ok := irregular[text]; ok {
		return n
	}
	if text != "" && text[0] >= '0' && text[0] <= '9' {
		return digits(text)
	}
	spoken := 0
	if stem, ok := strings.CutSuffix(text, "n't"); ok {
		if !strings.HasSuffix(stem, "ca") && !strings.HasSuffix(stem, "wo") && !strings.HasSuffix(stem, "do") && !strings.HasSuffix(stem, "are") && !strings.HasSuffix(stem, "were") {
			spoken = 1 // did-n't, is-n't
		}
		text = stem
	}
	text, _, _ = strings.Cut(text, "'")
	if n, ok := irregular[text]; ok {
		return n + spoken
	}
	n, vowel := 0, false
	for i, c := range text {
		is := strings.ContainsRune("aeiouyàâäáèéêëìíîïòóôöùúûüœæ", c)
		if c == 'y' && i == 0 {
			is = false // "you", "year"
		}
		if is && !vowel {
			n++
		}
		vowel = is
	}
	n -= silent(text)
	for _, two := range []string{"ia", "io", "iu", "uou", "eo", "ying", "uing"} { // spoken apart: media, radio, studying
		if i := strings.Index(text, two); i > 0 && !strings.Contains(text, "tion") && !strings.Contains(text, "sion") && !strings.Contains(text, "cial") && !strings.Contains(text, "tial") && !strings.Contains(text, "cious") && !strings.Contains(text, "peopl") {
			n++
			break
		}
	}
	return max(1, n) + spoken
}

// silent counts vowels at the end of a word that are written and not spoken.
func silent(text string) int {
	consonant := func(i int) bool { return i >= 0 && i < len(text) && !strings.ContainsRune("aeiouy", rune(text[i])) }
	n := len(text)
	switch {
	case strings.HasSuffix(text, "le") && consonant(n-3):
		return 0 // lit-tle
	case strings.HasSuffix(text, "les") && consonant(n-4):
		return 0
	case strings.HasSuffix(text, "e") && consonant(n-2):
		return 1 // hope
	case strings.HasSuffix(text, "ed") && consonant(n-3) && text[n-3] != 't' && text[n-3] != 'd':
		return 1 // helped
	case strings.HasSuffix(text, "es") && consonant(n-3) && !strings.ContainsRune("szxcg", rune(text[n-3])) && !strings.HasSuffix(text, "shes") && !strings.HasSuffix(text, "ches"):
		return 1 // hopes
	case strings.HasSuffix(text, "ely") && n > 4:
		return 1 // safely
	case strings.HasSuffix(text, "eful") || strings.HasSuffix(text, "ement") || strings.HasSuffix(text, "eless"):
		return 1
	}
	return 0
}

// small numbers as they are spoken.
var small = [21]int{2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 1, 3, 1, 2, 2, 2, 2, 3, 2, 2, 2}

func digits(text string) int {
	n := 0
	for _, c := range text {
		if c >= '0' && c <= '9' {
			n = n*10 + int(c-'0')
		}
		if n > len(small)-1 {
			return len([]rune(text)) // 999: nine nine nine
		}
	}
	return small[n]
}
