package bot

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// unnamed is Unaddressed for the product's own name, as people type it where it is
// no mention. Only commands are read so: in other words it may be what they speak of.
func unnamed(text string) string {
	return Unaddressed(Unaddressed(text, "@onestep"), "onestep")
}

// Unaddressed takes the bot's own name, as the platform writes a mention, off both
// ends of what somebody wrote in their private chat: who is used to channels writes
// "@onestep, stop" or "stop @onestep!" and means "stop" and "stop!". Capitals do not
// matter. Words that are nothing but the name stay as they are.
func Unaddressed(text, mention string) string {
	rest, n := strings.TrimSpace(text), len(mention)
	if n == 0 || len(rest) <= n {
		return text
	}
	before := rest
	if strings.EqualFold(rest[:n], mention) && !startsInWord(rest[n:]) {
		rest = strings.TrimLeftFunc(rest[n:], beside)
	}
	bare := strings.TrimRight(rest, " .!?")
	if at := len(bare) - n; at > 0 && strings.EqualFold(bare[at:], mention) && !endsInWord(bare[:at]) {
		rest = strings.TrimRightFunc(bare[:at], beside) + strings.TrimSpace(rest[len(bare):])
	}
	if rest == before || strings.Trim(rest, " .!?") == "" {
		return text
	}
	return rest
}

// beside is true for what stands between a name and the words. A dash may be the
// sign of a number, and stays.
func beside(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",:;", r) }

func startsInWord(s string) bool {
	r, n := utf8.DecodeRuneInString(s)
	return n > 0 && inWord(r)
}

func endsInWord(s string) bool {
	r, n := utf8.DecodeLastRuneInString(s)
	return n > 0 && inWord(r)
}

func inWord(r rune) bool { return r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r) }
