package telegram

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// maxText is the longest text of one message in UTF-16 units (Bot API,
// sendMessage: 1-4096 characters).
const maxText = 4096

// cut takes a text apart into pieces of at most limit UTF-16 units, at the end
// of a paragraph, else of a line, a sentence, a word, and only else within a
// word, but never within a character as people see it. Nothing but white space
// at the cuts is lost. A blank text has no pieces.
func cut(text string, limit int) []string {
	text = strings.TrimFunc(valid(text), unicode.IsSpace)
	var parts []string
	for text != "" {
		head := text[:fitting(text, limit)]
		if len(head) < len(text) {
			head = head[:border(head, text)]
		}
		parts = append(parts, strings.TrimRightFunc(head, unicode.IsSpace))
		text = strings.TrimLeftFunc(text[len(head):], unicode.IsSpace)
	}
	return parts
}

// valid replaces bytes that are no UTF-8; Telegram refuses such a text whole.
func valid(s string) string { return strings.ToValidUTF8(s, "\uFFFD") }

// blank tells a text that Telegram would call empty.
func blank(s string) bool { return strings.TrimFunc(s, unicode.IsSpace) == "" }

// units counts UTF-16 units, as Telegram does.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// fitting is how many bytes of the text make at most limit units.
func fitting(text string, limit int) int {
	n := 0
	for i, r := range text {
		n += utf16.RuneLen(r)
		if n > limit {
			return i
		}
	}
	return len(text)
}

// border is where best to end head, which has more of text behind it. A border
// in the first half would waste a message, so a lesser one further on wins.
func border(head, text string) int {
	half := len(head) / 2
	for _, mark := range []string{"\n\n", "\n", ". "} {
		if i := strings.LastIndex(head, mark); i >= half {
			return i + len(mark)
		}
	}
	next, _ := utf8.DecodeRuneInString(text[len(head):])
	if unicode.IsSpace(next) {
		return len(head)
	}
	if i := strings.LastIndexByte(head, ' '); i >= half {
		return i + 1
	}
	// Within a word: go back to where a character as people see it begins.
	for i := len(head); i > half; {
		if !clings(next, head[:i]) {
			return i
		}
		r, size := utf8.DecodeLastRuneInString(head[:i])
		next, i = r, i-size
	}
	return len(head)
}

// clings tells a character that is drawn together with what stands before it:
// an accent, a skin tone, a joined emoji.
func clings(r rune, before string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	return unicode.In(r, unicode.M) || r == '\u200d' || last == '\u200d' || (r >= 0x1F3FB && r <= 0x1F3FF)
}
