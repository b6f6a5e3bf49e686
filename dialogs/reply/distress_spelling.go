package reply

import _ "embed" // for the list of words

// Words of danger are short, and short words are not mended for all readers,
// since too many others are one slip away. Here an alarm too many costs less
// than a miss: a word that nobody knows, and that is one slip from one of
// these, is read as it.
var coreWords = interned(`dead kill kills killed hurt hurts hang harm self life live lives living alive die dying want wants wake woke
	rope jump pill pills stab burn hits beat beats choke safe hate hates lock locks sleep scared being going doing never born here need call
	move cuts drank drunk point take takes took feel know have wish wife pain food gone died`)

// coreShort are short forms that are mended in the same way and opened as
// aliases are.
var coreShort = []string{"dont", "cant", "wont", "didnt", "wouldnt", "couldnt", "isnt", "havent", "anymore", "wanna", "gonna"}

// nearText are words and names that lie one slip from a core word and are what
// they are: "deaf" from "dead", "hunt" from "hurt".
//
//go:embed nearwords.txt
var nearText string

var nearWords = set(nearText)

// coreLength is the shortest core word that a slip is looked for in: shorter
// ones have no neighbours that are no words.
const coreLength = 4

// longestCore is one letter more than the longest of them.
const longestCore = 9

// mended is a text with the slips in its core words taken back.
func mended(t []token) []token {
	out := t
	for i := range t {
		list := t[i].core()
		if list == nil {
			if len(out) != len(t) || &out[0] != &t[0] {
				out = append(out, t[i])
			}
			continue
		}
		if &out[0] == &t[0] {
			out = append(make([]token, 0, len(t)+4), t[:i]...)
		}
		for n, w := range list {
			m := t[i]
			m.text, m.id, m.space = w, known.id(w), m.space || n > 0
			out = append(out, m)
		}
	}
	return out
}

// core is what a word that no rule has stands for, nil when it is no slip of a core
// word.
func (t token) core() []string {
	if t.text == "gonnae" {
		return aliases["gonna"] // a wish is asked for with it, too
	}
	if t.kind != wordToken || known.ids[t.text] != 0 || len(t.text) < coreLength-1 || len(t.text) > longestCore || nearWords[t.text] || plain[t.text] {
		return nil
	}
	for _, w := range coreWords {
		if len(w) >= coreLength && oneSlip(t.text, w) {
			return []string{w}
		}
	}
	for _, w := range coreShort {
		if oneSlip(t.text, w) {
			return aliases[w]
		}
	}
	return nil
}
