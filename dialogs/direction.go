package dialogs

import (
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/bidi"
)

// A name or a value in a line of the other direction would drag its neighbours
// along: "10" behind an Arabic name jumps to its other side. Unicode's marks of
// isolation (UAX 9) keep it apart; they are not seen.
const (
	isolate    = "\u2068" // what follows has the direction of its own first letter
	endIsolate = "\u2069"
)

// rightToLeft are the scripts that are written so (Unicode 16, in use today).
var rightToLeft = map[string]bool{
	"Adlm": true, "Arab": true, "Hebr": true, "Mand": true, "Nkoo": true, "Rohg": true, "Syrc": true, "Thaa": true,
}

// isRightToLeft tells whether a language is written from right to left, by its
// usual script or by the one that its tag names.
func isRightToLeft(tag string) bool {
	t, err := language.Parse(tag)
	if err != nil {
		return false
	}
	script, _ := t.Script()
	return rightToLeft[script.String()]
}

// isolated is a value as it is put into a line: as it is where all of it runs
// with the line, else between the marks.
func isolated(value string, rtl bool) string {
	if !rtl && !runsLeft(value) {
		return value
	}
	return isolate + value + endIsolate
}

// runsLeft tells whether a text has letters that are written from right to
// left, or signs that turn the direction.
func runsLeft(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < 0xd6 { // every such letter begins with a byte from here on
			continue
		}
		for _, r := range s[i:] {
			p, _ := bidi.LookupRune(r)
			switch p.Class() {
			case bidi.R, bidi.AL, bidi.AN, bidi.LRO, bidi.RLO, bidi.LRE, bidi.RLE, bidi.PDF, bidi.LRI, bidi.RLI, bidi.FSI, bidi.PDI:
				return true
			}
		}
		return false
	}
	return false
}
