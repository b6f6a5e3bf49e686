package reply

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// MaxLength is how much of a text is read at once, in bytes. An answer is looked
// for in that much of a text; danger and wishes in all of it, see pieces.go.
const MaxLength = 4096

// folded is a text in the one plain form that all readers read: lower case,
// without accents, every digit 0-9, every dash "-", every apostrophe "'".
type folded struct {
	text string
	// at holds, for each byte of text, where it came from in the source.
	at []uint16
	// end is the length of the source that was read.
	end int
}

// source gives the bytes of the source that text[from:to] came from.
func (f folded) source(from, to int) Span {
	if from >= len(f.at) {
		return Span{f.end, f.end}
	}
	s := Span{From: int(f.at[from]), To: f.end}
	if to < len(f.at) {
		s.To = int(f.at[to])
	}
	return s
}

type folder struct {
	buf []byte
	at  []uint16
	pos uint16
}

func (f *folder) byte(b byte) {
	f.buf = append(f.buf, b)
	f.at = append(f.at, f.pos)
}

func (f *folder) rune(r rune) {
	n := len(f.buf)
	f.buf = utf8.AppendRune(f.buf, r)
	for range len(f.buf) - n {
		f.at = append(f.at, f.pos)
	}
}

// fold brings a text into its plain form, in one pass.
func fold(text string) folded {
	text = cut(text, MaxLength)
	f := folder{buf: make([]byte, 0, len(text)+8), at: make([]uint16, 0, len(text)+8)}
	for i := 0; i < len(text); {
		f.pos = uint16(i)
		if b := text[i]; b < utf8.RuneSelf {
			f.ascii(b)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(text[i:])
		f.wide(r, text[i:i+size])
		i += size
	}
	return folded{string(f.buf), f.at, len(text)}
}

// cut shortens a text to so many bytes without cutting a character in two.
func cut(text string, most int) string {
	if len(text) <= most {
		return text
	}
	n := most
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

func (f *folder) ascii(b byte) {
	switch {
	case 'A' <= b && b <= 'Z':
		f.byte(b + 'a' - 'A')
	case b == '`':
		f.byte('\'')
	case b == '\\':
		f.byte('/')
	case b == '\n' || b == '\r':
		f.byte('\n')
	case b < ' ' || b == 0x7f:
		f.byte(' ')
	default:
		f.byte(b)
	}
}

func (f *folder) wide(r rune, raw string) {
	switch {
	case invisible(r):
	case r == '’' || r == '‘' || r == 'ʼ' || r == '´' || r == '′':
		f.byte('\'')
	case unicode.Is(unicode.Pd, r) || r == '−':
		f.byte('-')
	case r == '٫':
		f.byte('.')
	case r == '→' || r == '➡' || r == '⇒':
		f.byte('>')
	case r == '🔟':
		f.byte('1')
		f.byte('0')
	case 0x2776 <= r && r <= 0x2793: // negative and sans-serif circled 1 to 10
		if n := (r-0x2776)%10 + 1; n == 10 {
			f.byte('1')
			f.byte('0')
		} else {
			f.byte(byte('0' + n))
		}
	case r == utf8.RuneError:
		f.byte(' ')
	default:
		if d, ok := digit(r); ok {
			f.byte('0' + d)
			return
		}
		f.parts(r, raw)
	}
}

// parts writes a character as what it is made of: é is an e, ⑦ a 7, ½ is 1/2.
func (f *folder) parts(r rune, raw string) {
	d := norm.NFKD.PropertiesString(raw).Decomposition()
	if len(d) == 0 {
		f.plain(r)
		return
	}
	fraction := unicode.Is(unicode.No, r) && len(f.buf) > 0 && isDigit(f.buf[len(f.buf)-1])
	if fraction && hasSlash(d) {
		f.byte(' ')
	}
	for len(d) > 0 {
		p, n := utf8.DecodeRune(d)
		d = d[n:]
		if v, ok := digit(p); ok {
			f.byte('0' + v)
		} else {
			f.plain(p)
		}
	}
}

func (f *folder) plain(r rune) {
	switch {
	case r == '⁄' || r == '∕':
		f.byte('/')
	case r < utf8.RuneSelf:
		f.ascii(byte(r))
	case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Me, r):
	case r == 'ø':
		f.byte('o')
	case r == 'ł':
		f.byte('l')
	case unicode.IsSpace(r):
		f.byte(' ')
	default:
		f.rune(unicode.ToLower(r))
	}
}

func hasSlash(d []byte) bool {
	for _, r := range string(d) {
		if r == '⁄' {
			return true
		}
	}
	return false
}

// invisible tells characters that show nothing by themselves: joiners, marks
// that turn a digit into a keycap, skin tones, soft hyphens.
func invisible(r rune) bool {
	switch {
	case r == 0xAD, r == 0x20E3, r == 0xFEFF,
		0x200B <= r && r <= 0x200F, 0x202A <= r && r <= 0x202E,
		0x2060 <= r && r <= 0x2069, 0xFE00 <= r && r <= 0xFE0F,
		0x1F3FB <= r && r <= 0x1F3FF:
		return true
	}
	return false
}

// digit gives the value of a decimal digit of any script. Unicode lays each
// script's ten digits side by side, and a range holds whole sets of ten.
func digit(r rune) (byte, bool) {
	if !unicode.Is(unicode.Nd, r) {
		return 0, false
	}
	for _, s := range unicode.Nd.R16 {
		if rune(s.Lo) <= r && r <= rune(s.Hi) {
			return byte((r - rune(s.Lo)) % 10), true
		}
	}
	for _, s := range unicode.Nd.R32 {
		if rune(s.Lo) <= r && r <= rune(s.Hi) {
			return byte((r - rune(s.Lo)) % 10), true
		}
	}
	return 0, false
}

func isDigit(b byte) bool  { return '0' <= b && b <= '9' }
func isLetter(b byte) bool { return 'a' <= b && b <= 'z' || b >= utf8.RuneSelf }
