package reply

import (
	"slices"
	"strings"
	"testing"
)

// A slip in a short word hides no danger, and words and names that lie as near
// are what they are.
func TestSlipsInShortWordsOfDanger(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"i wsnt to die", "better off dwad", "going to klil myself", "he hrts me", "he hts me", "end my lfie", "sick of beimg alive", "i camt go on", "dony want to be here any more",
		"I don't want to wkae up", "a roope round my neck", "i cant do this aynmore", "I'm not sfe at home", "tkae my own life", "hasve taken an overdose",
	} {
		if _, found := Distress(text); !found {
			t.Errorf("%q is not seen", text)
		}
	}
	for _, text := range []string{
		"dean and i want to dye the curtains", "the deaf club is on tuesday", "deal me in", "hunting for my glasses myself", "i love living here", "kilts and hats", "his hat", "that jumper hangs well", "wake me at 8",
	} {
		if rule, found := Distress(text); found {
			t.Errorf("%q is taken for %s", text, rule)
		}
	}
}

// The list holds only words that would be mended without it, and none twice.
func TestNearWordsAreNear(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, w := range strings.Fields(nearText) {
		near := func(core string) bool { return w != core && oneSlip(w, core) }
		if seen[w] || !slices.ContainsFunc(coreWords, near) && !slices.ContainsFunc(coreShort, near) {
			t.Errorf("%s is there twice, or near no core word", w)
		}
		seen[w] = true
	}
}

// The pass costs no words: what is mended names the bytes that were written.
func TestMendedKeepsPlaces(t *testing.T) {
	t.Parallel()
	f := fold("i dony want to lvie")
	got := mended(scan(f))
	var words []string
	for i, x := range got {
		words = append(words, x.text)
		if i > 0 && x.from < got[i-1].from {
			t.Errorf("%s stands before %s", x.text, got[i-1].text)
		}
	}
	if strings.Join(words, " ") != "i do not want to live" || got[2].from != got[1].from || got[5].to != len("i dony want to lvie") {
		t.Errorf("%v %+v", words, got)
	}
}
