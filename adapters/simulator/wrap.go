package simulator

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// wrap breaks text into lines of at most width terminal columns, at the places
// where Unicode allows a break. Line breaks of the text stay. Characters that
// steer a terminal are dropped: what a person types can never move its cursor.
func wrap(text string, width int) []string {
	var lines []string
	for par := range strings.SplitSeq(printable(text), "\n") {
		lines = append(lines, wrapLine(par, width)...)
	}
	return lines
}

func wrapLine(text string, width int) []string {
	var lines []string
	line, state := "", -1
	flush := func() {
		lines = append(lines, strings.TrimRight(line, " "))
		line = ""
	}
	for text != "" {
		var word string
		word, text, _, state = uniseg.FirstLineSegmentInString(text, state)
		if line != "" && columns(line+word) > width {
			flush()
		}
		if columns(word) > width {
			word = hardBreak(word, width, func(piece string) { lines = append(lines, piece) })
		}
		line += word
	}
	if line != "" || len(lines) == 0 {
		flush()
	}
	return lines
}

// hardBreak cuts a word that fits on no line, between characters as people
// see them, gives away full lines and returns the rest.
func hardBreak(word string, width int, full func(string)) string {
	piece, state := "", -1
	for word != "" {
		var char string
		char, word, _, state = uniseg.FirstGraphemeClusterInString(word, state)
		if piece != "" && columns(piece+char) > width {
			full(piece)
			piece = ""
		}
		piece += char
	}
	return piece
}

// columns is how wide text stands in a terminal, trailing spaces aside.
func columns(text string) int { return uniseg.StringWidth(strings.TrimRight(text, " ")) }

// printable keeps line breaks and turns all other control characters to spaces.
func printable(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		if r != '\n' && unicode.IsControl(r) {
			return ' '
		}
		return r
	}, text)
}
