package slack

import (
	"regexp"
	"strings"
	"unicode/utf16"

	"onestep/bot"
)

var (
	escaper   = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")
	unescaper = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")
	// markup is what stands between angle brackets: a mention, a channel, a
	// command such as <!here>, or a link; then perhaps a label.
	markup = regexp.MustCompile(`<([@#!]|[a-zA-Z][a-zA-Z0-9+.-]*:)([^<>|]*)(?:\|([^<>]*))?>`)
)

// escape makes words safe to send: Slack reads & < > as its own signs, in plain
// text as well, and undoes the escape when it shows the text.
func escape(words string) string { return escaper.Replace(words) }

// unescape undoes escape, no more.
func unescape(text string) string { return unescaper.Replace(text) }

// decode gives the words of a person's private chat as they saw them, without our
// own name at either end.
func (u us) decode(text string) string {
	if u.self == "" {
		return decode(text)
	}
	// An older form of a mention has a label.
	own := markup.ReplaceAllStringFunc(text, func(m string) string {
		if p := markup.FindStringSubmatch(m); p[1] == "@" && p[2] == u.self {
			return "<@" + u.self + ">"
		}
		return m
	})
	return decode(bot.Unaddressed(own, "<@"+u.self+">"))
}

// decode gives the words that a person saw when they wrote them: links and
// mentions resolved to what stood there, entities undone.
func decode(text string) string {
	return unescape(markup.ReplaceAllStringFunc(text, func(m string) string {
		p := markup.FindStringSubmatch(m)
		sign, target, label := p[1], p[2], p[3]
		switch sign {
		case "@", "#":
			if label == "" {
				label = target
			}
			return sign + strings.TrimPrefix(label, sign)
		case "!":
			if label == "" {
				// <!here>, <!subteam^S1>, <!date^...>
				label, _, _ = strings.Cut(target, "^")
				return "@" + label
			}
			return label
		}
		address := target
		if sign != "mailto:" && sign != "tel:" {
			address = sign + target
		}
		// Slack makes a link of every address that is typed; the label is then
		// what the person wrote. Another label hides an address: show both.
		if label == "" {
			return address
		}
		if strings.Contains(address, label) {
			return label
		}
		return label + " (" + address + ")"
	}))
}

// size is the length of words as Slack counts them once they are escaped, in
// UTF-16 units, the strictest of the ways in which they may be counted.
func size(words string) int {
	n := 0
	for _, r := range words {
		n += weight(r)
	}
	return n
}

func weight(r rune) int {
	switch r {
	case '&':
		return len("&amp;")
	case '<', '>':
		return len("&lt;")
	}
	return max(utf16.RuneLen(r), 1)
}

// parts cuts words into pieces of at most limit, by size: at an empty line, else
// at a line's end, else between words, else between runes. White space at a cut
// is dropped, since each piece stands on its own.
func parts(words string, limit int) []string {
	var out []string
	for {
		words = strings.Trim(words, "\n")
		if size(words) <= limit {
			if strings.TrimSpace(words) != "" {
				out = append(out, words)
			}
			return out
		}
		end := fit(words, limit)
		head := words[:end]
		for _, gap := range []string{"\n\n", "\n", " "} {
			if i := strings.LastIndex(head, gap); i > 0 && strings.TrimSpace(head[:i]) != "" {
				head, end = head[:i], i+len(gap)
				break
			}
		}
		out = append(out, strings.TrimRight(head, "\n"))
		words = words[end:]
	}
}

// fit is how many bytes of words weigh at most limit.
func fit(words string, limit int) int {
	n := 0
	for i, r := range words {
		if n += weight(r); n > limit {
			return i
		}
	}
	return len(words)
}
