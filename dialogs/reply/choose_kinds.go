package reply

import (
	_ "embed" // for the kinds
	"slices"
	"strings"
)

//go:embed kinds.txt
var kindsText string

// kinds are what everyday words are about. They are apart from the thesaurus,
// whose phrases mean the same as a label: these only speak of the same thing.
var kinds = readKinds(kindsText)

// kindBook is kinds.txt, which says at its top what its signs mean.
type kindBook struct {
	labels map[string][]kindWord // by the stem of their first word
	said   map[string][]kindWord
	marks  []byte // by kind, the sign before it; 0: none
	part   []int  // by kind, how many headings stand above it
}

// kindWord is a word or phrase of a kind.
type kindWord struct {
	kind  int
	words []shape
}

func readKinds(text string) kindBook {
	b := kindBook{labels: map[string][]kindWord{}, said: map[string][]kindWord{}}
	part, heading := 0, false
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		if line == "" || line[0] == '#' {
			if heading {
				part++
			}
			heading = line == ""
			continue
		}
		heading = false
		var mark byte
		if line[0] == '!' || line[0] == '?' || line[0] == '~' {
			mark, line = line[0], line[1:]
		}
		labels, said, ok := strings.Cut(line, " < ")
		if !ok {
			panic("kinds: " + line)
		}
		kind := len(b.marks)
		b.marks, b.part = append(b.marks, mark), append(b.part, part)
		addKind(b.labels, kind, labels)
		addKind(b.said, kind, said)
		for label := range strings.SplitSeq(labels, "|") {
			if first, _, _ := strings.Cut(label, " "); !negation[first] { // "no one knows"
				addKind(b.said, kind, label)
			}
		}
	}
	return b
}

func addKind(to map[string][]kindWord, kind int, phrases string) {
	for phrase := range strings.SplitSeq(phrases, "|") {
		w := kindWord{kind, shapesOf(nameWords(phrase))}
		first := w.words[0].index()
		to[first] = append(to[first], w)
	}
}

// kindsOf gives the kinds that a label is of, and whether all of it names them.
func kindsOf(label string) (out []int, all bool) {
	tokens := nameWords(label)
	l := chooser{tokens: tokens, shapes: shapesOf(tokens)}
	var part []int
	lead := 0 // "Yes, I did it", "My home"
	for lead < len(tokens)-1 && (gistless[l.word(lead)] || l.word(lead) == "yes") {
		lead++
	}
	for i := range l.shapes {
		for _, w := range kinds.labels[l.shapes[i].index()] {
			switch to := l.phraseEnd(i, w.words); {
			case to == 0 || i > 0 && to == i+1 && gatherings[l.word(i)]: // an art group is about art
			case i <= lead && to == len(tokens): // "Men's shed" before "shed"
				out = append(out, w.kind)
			default:
				part = append(part, w.kind)
			}
		}
	}
	if len(out) > 0 {
		return unique(out), true
	}
	return unique(part), false
}

var gatherings = set("group groups class club")

func unique(n []int) []int {
	slices.Sort(n)
	return slices.Compact(n)
}

// phraseEnd tells where a phrase at token i ends, a single word in any of its forms;
// 0 if it does not stand there.
func (c *chooser) phraseEnd(i int, words []shape) int {
	switch {
	case len(words) > 1:
		return c.loosely(i, words)
	case sameForm(&c.shapes[i], &words[0]):
		return i + 1
	}
	return 0
}

// loosely tells where a phrase at token i ends that may have small words in it:
// "after dinner" in "after I've had my dinner"; 0 if it does not stand there.
func (c *chooser) loosely(i int, words []shape) int {
	skips := 0
	for n := 0; n < len(words); i++ {
		switch {
		case i >= len(c.tokens) || c.tokens[i].kind == markToken && n > 0 && !joiningMark[c.tokens[i].text]:
			return 0
		case sameVerb(&c.shapes[i], &words[n]):
			n++
		case n > 0 && skips < 3 && (betweenName[c.tokens[i].text] || inPhrases[c.tokens[i].text] && !negation[words[n-1].text] || c.tokens[i].kind == markToken):
			skips++
		default:
			return 0
		}
	}
	return i
}

// sameVerb tells whether two words are forms of one, "chucking" and "chucked", of
// which neither compares: "hard" is no "harder".
func sameVerb(a, b *shape) bool {
	return sameWord(a, b) || sameForm(a, b) && strings.HasSuffix(a.text, "er") == strings.HasSuffix(b.text, "er")
}

// inPhrases are words that may stand between the words of a phrase.
var inPhrases = set("i have had has been is am are was were me his her their our you really real right well proper so very s all down up go to for")

// kindred gives the words that speak of what an option is about.
func (c *chooser) kindred() []mention {
	if c.kin == nil {
		c.kin = append(make([]mention, 0, 4), c.findKindred()...)
	}
	return c.kin
}

func (c *chooser) findKindred() (out []mention) {
	of := map[int][]int{}
	whole := map[int]bool{}
	for n, o := range c.options {
		in, all := kindsOf(o.Label)
		for _, k := range in {
			switch {
			case all && !whole[k]:
				of[k], whole[k] = []int{n}, true
			case all || !whole[k]:
				of[k] = append(of[k], n)
			}
		}
	}
	for i := range c.tokens {
		for _, w := range kinds.said[c.shapes[i].index()] {
			if len(of[w.kind]) == 0 || len(w.words) == 1 && !c.noun(i) {
				continue
			}
			to := c.phraseEnd(i, w.words)
			if to == 0 {
				continue
			}
			for _, n := range of[w.kind] {
				out = append(out, kindMention(n, i, to, kinds.marks[w.kind]))
			}
		}
	}
	return out
}

// kindMention is what words of a kind with the given mark make of an option.
func kindMention(option, from, to int, mark byte) mention {
	if mark == '~' {
		return mention{option: option, from: from, to: to, rank: rankWeak}
	}
	return mention{option: option, from: from, to: to, rank: rankSlip, lack: mark}
}

// contested tells that words of a reply speak of another option than the one that
// was read by words that mean the same, so that the person is told.
func (c *chooser) contested(r Reading[string]) bool {
	if r.Rule != "choice/synonym" && r.Rule != "choice/word-of-label" {
		return false
	}
	return slices.ContainsFunc(c.kindred(), func(m mention) bool {
		outside := m.from < c.from || m.to > c.to
		return c.options[m.option].Value != r.Value && (outside || r.Rule == "choice/synonym" && m.from >= c.from && m.to == c.to)
	})
}

// noun tells a word that may speak by itself: no "course" but "a course".
func (c *chooser) noun(i int) bool {
	t := c.tokens[i]
	if t.kind != wordToken || c.verb(i, i+1) {
		return false
	}
	return !aroundChoice[t.text] || len(c.tokens) == 1 || i > 0 && gistless[c.tokens[i-1].text] && !emptyWord[t.text] && !lightWord[t.text] && c.tokens[i-1].text != "i" && c.tokens[i-1].text != "to"
}
