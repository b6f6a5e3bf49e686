package reply

import (
	"slices"
	"strconv"
)

// shape is a word with the forms by which it is compared with others.
type shape struct {
	token
	// key is one for all spellings of a word: 7 and seven, till and until.
	key  string
	stem string
	// number is set for a number, in digits or words, whose value it gives.
	number bool
	count  float64
	// common is set for a word by itself, which is never taken for a slip.
	common bool
	// senses are the groups that hold it as a single word; heads those of them
	// that it stands for in a label.
	senses, heads []int
}

func shapeOf(t token) shape {
	s := shape{token: t, key: t.text}
	if t.kind == markToken || t.kind == faceToken {
		return s
	}
	if s.count, s.number = countOf(t); s.number {
		s.key = "#" + strconv.FormatFloat(s.count, 'f', -1, 64) + t.suffix
	}
	if t.kind != wordToken {
		return s
	}
	s.stem, s.common = stem(t.text), known.ids[t.text] != 0 || plain[t.text]
	switch {
	case s.number:
	case t.text == "till" || t.text == "til":
		s.key = "until"
	case dayNames[t.text] != "":
		s.key = dayNames[t.text]
	case len(t.text) > 3:
		s.key = squeeze(t.text, 1)
	}
	return s
}

func shapesOf(t []token) []shape {
	out := make([]shape, len(t))
	for i := range t {
		out[i] = shapeOf(t[i])
		out[i].senses, out[i].heads = senses.any[out[i].stem], senses.labels[out[i].stem]
	}
	return out
}

// countOf gives the value of a number in digits or words.
func countOf(t token) (float64, bool) {
	if t.kind == numberToken {
		return t.value, true
	}
	v, ok := numberWords[t.text]
	return v, ok
}

// sameWord tells whether a word of the reply is a word of a name: "a" may stand
// for one.
func sameWord(a, b *shape) bool {
	return a.key == b.key || b.number && b.count == 1 && (a.text == "a" || a.text == "an")
}

// sameForm tells whether two words are forms of one.
func sameForm(a, b *shape) bool {
	return sameWord(a, b) || a.stem != "" && a.stem == b.stem && stemTells(a.text, b.text, a.stem)
}

// sameSense tells whether a word of the reply is in a group that a word of a
// label stands for.
func sameSense(a, b *shape) bool {
	for _, g := range a.senses {
		if slices.Contains(b.heads, g) {
			return true
		}
	}
	return false
}

// nearWord tells whether a word of the reply is a word of a label in another
// form ("walk", "walks") or with a slip of spelling.
func nearWord(a, b *shape) bool {
	if a.kind != wordToken || b.kind != wordToken || len(b.text) < 3 || len(a.text) < 3 {
		return false
	}
	if a.stem == b.stem && stemTells(a.text, b.text, a.stem) {
		return true
	}
	if len(b.text) < 4 || a.common {
		return false
	}
	return oneSlip(a.text, b.text) || a.text[len(a.text)-1] == 's' && oneSlip(a.text[:len(a.text)-1], b.text) || len(b.text) >= 8 && twoSlips(a.text, b.text)
}

// shortSlip tells a slip in a short word, which counts beside words of a name
// that are right: "not yt".
func shortSlip(a, b *shape) bool {
	return a.kind == wordToken && len(b.text) == 3 && len(a.text) >= 2 && !a.common && oneSlip(a.text, b.text)
}

// stemTells tells whether a shared stem says enough. Of a short one it is too
// easily shared with another word: "same" is no form of "Sam".
func stemTells(a, b, stem string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return len(stem) > 3 || b == a || b == a+"s" || b == a+"ing"
}
