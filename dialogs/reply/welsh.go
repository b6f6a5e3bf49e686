package reply

import (
	_ "embed" // for the phrases
	"slices"
	"strings"
)

//go:embed welsh.txt
var welshSource string

// welshWords are words that no English reply holds: one of them, and the text
// is read as Welsh. Names (Allan, Ella) and English words (pump, do) are not
// among them.
var welshWords = func() wordSet {
	var s wordSet
	for _, w := range strings.Fields(`dwi ddeg dw rwy rwyf mae wedi ddim heddiw yfory fory diolch wythnos dydd ddydd saith wyth chwech pedwar neu efallai falle hwyrach
nac nage naddo ydw ydy ydi mewn ymhen rhwng mawrth gwener wener mercher fercher ebrill mehefin gorffennaf hydref tachwedd rhagfyr chwefror ionawr pythefnos fyny lawr eto diwedd
diwrnod drennydd cytuno saib seibiant peidiwch peidio stopiwch stopio tecstio stopia cymorth siarad helpwch ffoniwch ffonia gadewch sgipio hepgor rhoi wrth prynhawn nesaf diwethaf llynedd
heno ddoe nawr rwan bellach marciau penwythnos nadolig tabledi wnes nes oedd roedd sero bydda byddaf gwnaf fydda fyddaf plis ysmygu eisiau isio moyn hwn hoffwn licien fedra fedrwch allwch gyrru anfon deall ffonio tynnwch egwyl bedwar bythefnos sadwrn`) {
		s.add(known.id(w))
	}
	return s
}()

// welshYes are words that say yes where a clause begins, and only there.
var welshYes = set("do oes ie ydw ydy ydi ydyn bydda byddaf gwnaf gwna wnaf fydda")

var (
	welshDays = map[string]string{
		"llun": "monday", "lun": "monday", "mawrth": "tuesday", "fawrth": "tuesday", "mercher": "wednesday", "fercher": "wednesday", "iau": "thursday",
		"gwener": "friday", "wener": "friday", "sadwrn": "saturday", "sul": "sunday",
	}
	welshMonths = map[string]string{
		"ionawr": "january", "chwefror": "february", "mawrth": "march", "fawrth": "march", "ebrill": "april", "mai": "may", "fai": "may", "mehefin": "june", "fehefin": "june",
		"gorffennaf": "july", "orffennaf": "july", "awst": "august", "medi": "september", "fedi": "september", "hydref": "october", "tachwedd": "november", "dachwedd": "november",
		"rhagfyr": "december", "ragfyr": "december",
	}
)

// welshPhrase is one line of welsh.txt.
type welshPhrase struct{ from, to []string }

// welshPhrases are the phrases by their first word, the longest first.
var welshPhrases = func() map[string][]welshPhrase {
	by := map[string][]welshPhrase{}
	for line := range strings.SplitSeq(welshSource, "\n") {
		from, to, ok := strings.Cut(line, " = ")
		if !ok {
			continue
		}
		p := welshPhrase{strings.Fields(from), strings.Fields(to)}
		for _, w := range slices.Concat(p.from, p.to) {
			known.id(w)
		}
		by[p.from[0]] = append(by[p.from[0]], p)
	}
	for _, list := range by {
		slices.SortStableFunc(list, func(a, b welshPhrase) int { return len(b.from) - len(a.from) })
	}
	return by
}()

// fromWelsh puts a Welsh text into the English words that readers know, phrase
// by phrase; any other text comes back as it is.
func fromWelsh(t []token) []token {
	if !slices.ContainsFunc(t, func(t token) bool { return welshWords.has(t.id) && known.words[t.id] == t.text }) {
		return t
	}
	out := make([]token, 0, len(t)+4)
	for i := 0; i < len(t); {
		if p, ok := welshAt(t, i); ok {
			out = append(out, p.say(t[i:i+len(p.from)])...)
			i += len(p.from)
			continue
		}
		w := t[i]
		if w.kind == wordToken && welshYes[w.text] && (i == 0 || t[i-1].kind == markToken) {
			w.text, w.id = "yes", known.ids["yes"]
		}
		if w.kind == numberToken && slices.Contains(welshOrdinals, w.suffix) {
			w.suffix = "th"
		}
		out = append(out, w)
		i++
	}
	return out
}

// welshOrdinals are the ends of ordinals written in digits: 1af, 2il, 10fed.
var welshOrdinals = []string{"af", "il", "ydd", "edd", "ed", "fed", "ain", "eg"}

func welshAt(t []token, i int) (welshPhrase, bool) {
	for _, first := range []string{t[i].text, "#", "<day>"} {
		for _, p := range welshPhrases[first] {
			if p.at(t[i:]) {
				return p, true
			}
		}
	}
	return welshPhrase{}, false
}

// at tells whether a text begins with the phrase.
func (p welshPhrase) at(t []token) bool {
	if len(t) < len(p.from) {
		return false
	}
	for k, w := range p.from {
		switch {
		case w == "#":
			if _, isWord := numberWords[t[k].text]; t[k].kind != numberToken && !isWord {
				return false
			}
		case t[k].kind != wordToken:
			return false
		case w == "<day>":
			if welshDays[t[k].text] == "" {
				return false
			}
		case w == "<month>":
			if welshMonths[t[k].text] == "" {
				return false
			}
		case t[k].text != w:
			return false
		}
	}
	return true
}

// say gives the phrase in English. A word keeps the place in the text of the
// phrase it came from; numbers keep their own.
func (p welshPhrase) say(t []token) []token {
	var out []token
	number := 0
	for _, w := range p.to {
		said := token{from: t[0].from, to: t[len(t)-1].to, space: t[0].space || len(out) > 0}
		switch w {
		case "#":
			for t[number].kind != numberToken && p.from[number] != "#" {
				number++
			}
			said = t[number]
			if slices.Contains(welshOrdinals, said.suffix) {
				said.suffix = "th"
			}
			number++
		case "<day>", "<month>":
			k := slices.Index(p.from, w)
			said.text = map[string]map[string]string{"<day>": welshDays, "<month>": welshMonths}[w][t[k].text]
		default:
			said.text = w
		}
		if w != "#" {
			said.id = lookup(said.text)
		}
		out = append(out, said)
	}
	return out
}
