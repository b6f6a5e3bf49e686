package reply

import (
	"iter"
	"unicode/utf8"
)

// LongestText is how much of a text is searched for danger and for wishes, in
// bytes. It is the longest message that a platform delivers: 40,000 characters on
// Slack (4,096 on Telegram), each of up to four bytes. Nothing behind it is read.
const LongestText = 40_000 * utf8.UTFMax

// Figures of the pieces. Each piece but the last ends in the middle of something,
// so what touches its edge, where half the sense may be cut off, does not count
// there: the next piece has it whole. Together that holds for whatever is no
// longer than pieceOverlap-2*pieceEdge bytes, some eighty words.
const (
	pieceOverlap = 1024
	pieceEdge    = 256
)

// piece is a part of a long text that is read by itself, and where it begins.
type piece struct {
	text        string
	at          int
	first, last bool
}

// pieces gives a text in overlapping parts of MaxLength bytes, so that reading
// it takes time in proportion to its length. Most texts are one piece.
func pieces(text string) iter.Seq[piece] {
	return func(yield func(piece) bool) {
		text = cut(text, LongestText)
		for at := 0; ; {
			p := piece{text: cut(text[at:], MaxLength), at: at, first: at == 0}
			end := at + len(p.text)
			p.last = end == len(text)
			if !yield(p) || p.last {
				return
			}
			for at = end - pieceOverlap; !utf8.RuneStart(text[at]); {
				at--
			}
		}
	}
}

// counts tells whether what was read from such bytes of a piece counts: it
// touches no edge at which the piece was cut.
func (p piece) counts(s Span) bool {
	return (p.first || s.From >= pieceEdge) && (p.last || s.To <= len(p.text)-pieceEdge)
}
