package dialogs

import (
	_ "embed" // for the phrases
	"slices"
	"strconv"
	"strings"
)

//go:embed planwish_welsh.txt
var welshSource string

// Welsh wishes about times are put into the English words of the readers here,
// phrase by phrase. A word that no phrase has stays as it is, and no reader knows
// it: so a story in Welsh is no more a wish than one in English.

var (
	welshDays = map[string]int{
		"sul": 0, "llun": 1, "lun": 1, "mawrth": 2, "fawrth": 2, "mercher": 3, "fercher": 3, "iau": 4, "gwener": 5, "wener": 5, "sadwrn": 6,
	}
	welshMonths = map[string]int{
		"ionawr": 0, "chwefror": 1, "mawrth": 2, "fawrth": 2, "ebrill": 3, "mai": 4, "fai": 4, "mehefin": 5, "fehefin": 5, "gorffennaf": 6, "orffennaf": 6,
		"awst": 7, "medi": 8, "fedi": 8, "hydref": 9, "tachwedd": 10, "dachwedd": 10, "rhagfyr": 11, "ragfyr": 11,
	}
	welshNumbers = map[string]int{
		"un": 1, "dau": 2, "ddau": 2, "dwy": 2, "ddwy": 2, "tri": 3, "dri": 3, "tair": 3, "dair": 3, "pedwar": 4, "bedwar": 4, "pedair": 4, "bedair": 4,
		"pump": 5, "bump": 5, "pum": 5, "bum": 5, "chwech": 6, "chwe": 6, "saith": 7, "wyth": 8, "naw": 9, "deg": 10, "ddeg": 10, "deuddeg": 12, "ddeuddeg": 12,
	}
)

// welshPhrase is one line of planwish_welsh.txt.
type welshPhrase struct{ from, to []string }

// welshPhrases are the phrases, the longest first.
var welshPhrases = func() (list []welshPhrase) {
	for line := range strings.SplitSeq(welshSource, "\n") {
		if from, to, ok := strings.Cut(line, " = "); ok {
			list = append(list, welshPhrase{strings.Fields(from), strings.Fields(to)})
		}
	}
	slices.SortStableFunc(list, func(a, b welshPhrase) int { return len(b.from) - len(a.from) })
	return list
}()

// welshOnly are words of the phrases, and the names of days, that no English
// wish holds: one of them, and the words are read as Welsh.
var welshOnly = func() map[string]bool {
	words := map[string]bool{}
	for _, names := range []map[string]int{welshDays, welshMonths} {
		for name := range names {
			words[name] = true
		}
	}
	for _, p := range welshPhrases {
		for _, w := range p.from {
			words[w] = true
		}
	}
	for _, both := range strings.Fields("# <day> <month> a am i o y yr un ar or in do on to dim tan fin chi ni bore fore well iawn nos sori fi sul lun mai medi") {
		delete(words, both)
	}
	return words
}()

// withoutAccents writes Welsh letters plainly, as many people do.
var withoutAccents = strings.NewReplacer("â", "a", "ê", "e", "î", "i", "ô", "o", "û", "u", "ŵ", "w", "ŷ", "y")

// inEnglish puts Welsh words into English ones; other words come back as they
// are.
func inEnglish(words []string) (out []string, welsh bool) {
	if !slices.ContainsFunc(words, func(w string) bool { return welshOnly[w] }) {
		return words, false
	}
	out = make([]string, 0, len(words)+4)
	for i := 0; i < len(words); {
		p := slices.IndexFunc(welshPhrases, func(p welshPhrase) bool { return p.at(words[i:]) })
		switch {
		case p >= 0:
			out = append(out, welshPhrases[p].say(words[i:])...)
			i += len(welshPhrases[p].from)
		default:
			out = append(out, welshWord(words[i]))
			i++
		}
	}
	return out, true
}

// welshWord is a single word that no phrase has: a day or a number alone.
func welshWord(w string) string {
	if d, ok := welshDays[w]; ok {
		return strings.ToLower(english.days[d])
	}
	if n, ok := welshNumbers[w]; ok {
		return strconv.Itoa(n)
	}
	return w
}

// at tells whether words begin with the phrase.
func (p welshPhrase) at(words []string) bool {
	if len(words) < len(p.from) {
		return false
	}
	for k, w := range p.from {
		_, isDay := welshDays[words[k]]
		_, isMonth := welshMonths[words[k]]
		_, isNumber := welshNumbers[words[k]]
		switch {
		case w == "#" && !isNumber && (words[k][0] < '0' || words[k][0] > '9'),
			w == "<day>" && !isDay, w == "<month>" && !isMonth,
			w[0] != '#' && w[0] != '<' && w != words[k]:
			return false
		}
	}
	return true
}

// say gives the phrase in English, with the numbers and names of the words that
// it stands for.
func (p welshPhrase) say(words []string) []string {
	var numbers []string
	var day, month string
	for k, w := range p.from {
		switch w {
		case "#":
			numbers = append(numbers, welshWord(words[k]))
		case "<day>":
			day = strings.ToLower(english.days[welshDays[words[k]]])
		case "<month>":
			month = strings.ToLower(english.months[welshMonths[words[k]]])
		}
	}
	out := make([]string, 0, len(p.to))
	for _, w := range p.to {
		switch {
		case w == "#":
			w, numbers = numbers[0], numbers[1:]
		case w == "<month>":
			w = month
		default:
			w = strings.Replace(w, "<day>", day, 1)
		}
		out = append(out, w)
	}
	return out
}
