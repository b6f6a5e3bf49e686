package reply

import (
	_ "embed" // for the thesaurus
	"slices"
	"strings"
)

//go:embed thesaurus.txt
var thesaurusText string

// gist is what a label says, without articles and with each word in the form
// that its other forms share: "Keep it" and "keeping it" are "keep".
func gist(words []shape) string {
	var out []byte
	for i := range words {
		w := &words[i]
		if gistless[w.text] {
			continue
		}
		if len(out) > 0 {
			out = append(out, ' ')
		}
		if w.number {
			out = append(out, w.key...)
		} else {
			out = append(out, w.stem...)
		}
	}
	return string(out)
}

var gistless = set("a an the it my your me us please i want to would like we")

// phrase is one phrase of a group.
type phrase struct {
	group  int
	senses bool // of a group behind ~
	words  []shape
}

// thesaurus are phrases that mean the same where they are a choice.
type thesaurus struct {
	// of finds the groups that a label is in, by its gist.
	of map[string][]int
	// by are all phrases, by the key of their first word.
	by map[string][]phrase
	// denials are, by group, what stands behind the not of its phrases.
	denials map[int][][]shape
	// needs are the groups of which a lack speaks as well.
	needs map[int]bool
}

// senses are the groups that hold a single word, by its stem: any as what is
// said, labels as what a label may say for all of its group.
var senses = struct{ any, labels map[string][]int }{map[string][]int{}, map[string][]int{}}

var groups = readThesaurus(thesaurusText)

// readThesaurus reads thesaurus.txt, which says at its top what its signs mean.
func readThesaurus(text string) thesaurus {
	th := thesaurus{map[string][]int{}, map[string][]phrase{}, map[int][][]shape{}, map[int]bool{}}
	n := 0
	for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		line, needed := strings.CutPrefix(line, "!")
		line, hasSenses := strings.CutPrefix(line, "~ ")
		th.needs[n] = needed
		same, kinds, _ := strings.Cut(line, " < ")
		for text := range strings.SplitSeq(same, "|") {
			words := shapesOf(nameWords(text))
			th.add(phrase{n, hasSenses, words})
			if g := gist(words); g != "" && !slices.Contains(th.of[g], n) {
				th.of[g] = append(th.of[g], n)
			}
			if hasSenses && len(words) == 1 && words[0].kind == wordToken {
				senses.any[words[0].stem] = append(senses.any[words[0].stem], n)
				senses.labels[words[0].stem] = append(senses.labels[words[0].stem], n)
			}
		}
		for text := range strings.SplitSeq(kinds, "|") {
			words := shapesOf(nameWords(text))
			if len(words) == 0 {
				continue
			}
			th.add(phrase{n, hasSenses, words})
			if hasSenses && len(words) == 1 && words[0].kind == wordToken {
				senses.any[words[0].stem] = append(senses.any[words[0].stem], n)
			}
		}
		n++
	}
	return th
}

func (th *thesaurus) add(p phrase) {
	first := p.words[0].key
	th.by[first] = append(th.by[first], p)
	if rest := denial(p.words); rest != nil && p.words[0].text == "not" {
		th.denials[p.group] = append(th.denials[p.group], rest)
	}
}

// groupsOf gives the groups that a label is in.
func groupsOf(label []shape) labelGroups {
	in := labelGroups{whole: groups.of[gist(label)]}
	if len(in.whole) == 0 && len(label) > 1 && (label[0].text == "yes" || label[0].text == "no" && (negation[label[1].text] || label[1].text == "i")) { // "Yes, I did it"
		in.whole = groups.of[gist(label[1:])]
	}
	for _, w := range label {
		if !emptyWord[w.text] && !lightWord[w.text] {
			in.part = append(in.part, senses.labels[w.stem]...)
		}
	}
	lack := func(g int) bool { return groups.needs[g] }
	in.need = slices.ContainsFunc(in.whole, lack) || slices.ContainsFunc(in.part, lack)
	return in
}
