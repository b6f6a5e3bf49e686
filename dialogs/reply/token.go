package reply

import (
	"strconv"
	"strings"
)

// token is one word, number or mark of a folded text.
type token struct {
	text string
	id   wordID // 0: no pattern knows it
	kind tokenKind
	// value and suffix belong to a number: "6ish" is 6 with "ish".
	value  float64
	suffix string
	digits string // a number as written
	// from and to are bytes of the folded text.
	from, to int
	space    bool // white space stands before it
}

// plainText is the word that a token stands for, as patterns write it.
func (t token) plainText() string {
	if t.id == 0 {
		return t.text
	}
	return known.words[t.id]
}

type tokenKind uint8

const (
	wordToken tokenKind = iota
	numberToken
	markToken // punctuation, one character
	faceToken // an emoji or another symbol
)

// scanner cuts a folded text into tokens.
type scanner struct {
	s     string
	i     int
	space bool
	out   []token
}

func scan(f folded) []token {
	s := scanner{s: f.text, space: true, out: make([]token, 0, len(f.text)/4+4)}
	for s.i < len(s.s) {
		b := s.s[s.i]
		switch {
		case b == ' ':
			s.space = true
			s.i++
		case isDigit(b):
			s.number()
		case isLetter(b) && !s.symbol():
			s.word()
		case s.leetStart():
			s.word()
		case b == '.' && s.i+1 < len(s.s) && isDigit(s.s[s.i+1]) && !s.afterDigit() && (s.i == 0 || !isLetter(s.s[s.i-1])):
			s.number()
		case b < 0x80:
			s.mark()
		default:
			s.face()
		}
	}
	return dictated(s.out)
}

func (s *scanner) push(t token) {
	t.space = s.space
	s.space = false
	s.out = append(s.out, t)
}

func (s *scanner) mark() {
	t := token{text: s.s[s.i : s.i+1], kind: markToken, from: s.i, to: s.i + 1}
	s.push(t)
	s.i++
	if t.text == "\n" {
		s.space = true
	}
}

// symbol tells whether the character here is a symbol or an emoji rather than
// a letter.
func (s *scanner) symbol() bool {
	if s.s[s.i] < 0x80 {
		return false
	}
	r, _ := firstRune(s.s[s.i:])
	return !letterRune(r)
}

func (s *scanner) face() {
	r, n := firstRune(s.s[s.i:])
	text := s.s[s.i : s.i+n]
	if w, ok := faceWords[r]; ok {
		text = w
	}
	s.push(token{text: text, id: known.ids[text], kind: faceToken, from: s.i, to: s.i + n})
	s.i += n
}

func (s *scanner) afterDigit() bool { return s.i > 0 && isDigit(s.s[s.i-1]) }

// leetStart tells a symbol that stands for the first letter of a word: $uicide.
func (s *scanner) leetStart() bool {
	b := s.s[s.i]
	return (b == '$' || b == '@') && s.i+1 < len(s.s) && 'a' <= s.s[s.i+1] && s.s[s.i+1] <= 'z' && (s.space || s.i == 0)
}

// number reads what begins with a digit: 7, 6.5, 6,5, 1,000, 5th, 10am, 1o.
func (s *scanner) number() {
	from := s.i
	digits := s.digitRun(from)
	end := digits
	if from < digits && digits+1 < len(s.s) && !(from > 1 && s.s[from-1] == '.' && isDigit(s.s[from-2])) && (s.s[digits] == '.' || s.s[digits] == ',') && isDigit(s.s[digits+1]) {
		after := s.digitRun(digits + 1)
		more := after+1 < len(s.s) && s.s[after] == s.s[digits] && isDigit(s.s[after+1])
		if !more {
			end = after
		}
	}
	if from == digits { // .5
		end = s.digitRun(from + 1)
	}
	run := end
	for run < len(s.s) && (isDigit(s.s[run]) || isLetter(s.s[run]) && !symbolAt(s.s, run)) {
		run++
	}
	tail := s.s[end:run]
	if tail == "" {
		s.pushNumber(from, end, end, "")
		return
	}
	if fixed, ok := zeros(s.s[from:run]); ok {
		s.push(token{text: fixed, kind: numberToken, value: parse(fixed), digits: fixed, from: from, to: run, id: numberID})
		s.i = run
		return
	}
	if id, ok := aliases[s.s[from:run]]; ok { // 2day, 2moro
		s.expand(id, from, run)
		return
	}
	if suffix, ok := numberSuffix(tail); ok {
		s.pushNumber(from, end, run, suffix)
		return
	}
	if cut := joined(tail); cut > 0 { // 6or7, 6to7
		s.pushNumber(from, end, end, "")
		s.push(token{text: tail[:cut], id: known.ids[tail[:cut]], from: end, to: end + cut})
		s.i = end + cut
		return
	}
	if id, text := unleet(s.s[from:run]); id != 0 {
		s.push(token{text: text, id: id, from: from, to: run})
		s.i = run
		return
	}
	if short, ok := numberAsWord[s.s[from:end]]; ok && afterShort[tail] { // 2die, 2b
		s.push(token{text: short, id: known.ids[short], from: from, to: end})
		s.i = end
		return
	}
	if _, ok := aliases[tail]; ok || known.ids[tail] != 0 && len(tail) > 1 { // 7out of 10
		s.pushNumber(from, end, end, "")
		return
	}
	s.pushNumber(from, end, run, tail)
}

// numberAsWord are numbers that stand for a word when a verb hangs on to them.
var (
	numberAsWord = map[string]string{"2": "to", "4": "for"}
	afterShort   = set("die be b kill go do see talk speak stop live end me u hear get have say tell")
)

func (s *scanner) digitRun(i int) int {
	for i < len(s.s) && isDigit(s.s[i]) {
		i++
	}
	return i
}

func (s *scanner) pushNumber(from, end, to int, suffix string) {
	digits := s.s[from:end]
	s.push(token{text: digits, id: numberWordID(digits), kind: numberToken, value: parse(digits), digits: digits, suffix: suffix, from: from, to: to})
	s.i = to
}

// parse reads digits with at most one point or comma. A comma before exactly
// three digits parts thousands. What is too long to mean anything is huge.
func parse(digits string) float64 {
	if i := strings.IndexByte(digits, ','); i >= 0 {
		if len(digits)-i == 4 && digits[0] != '0' {
			digits = digits[:i] + digits[i+1:]
		} else {
			digits = digits[:i] + "." + digits[i+1:]
		}
	}
	if len(digits) > 15 {
		return 1e15
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil {
		return 1e15
	}
	return v
}

// zeros reads a number in which a letter slipped in for a digit: 1O, l0.
func zeros(s string) (string, bool) {
	if len(s) > 3 {
		return "", false
	}
	letters, digits := 0, 0
	out := []byte(s)
	for i, b := range out {
		switch {
		case isDigit(b):
			digits++
		case b == 'o':
			out[i] = '0'
			letters++
		case b == 'l' || b == 'i':
			out[i] = '1'
			letters++
		default:
			return "", false
		}
	}
	return string(out), letters > 0 && digits > 0
}

func numberSuffix(s string) (string, bool) {
	if strings.Trim(s, "x") == "" { // kisses
		return "", true
	}
	_, ok := suffixes[s]
	return s, ok
}

// joined finds the joining word of two numbers written without a space.
func joined(tail string) int {
	for _, w := range []string{"or", "to", "and", "n", "of"} {
		if strings.HasPrefix(tail, w) && len(tail) > len(w) && isDigit(tail[len(w)]) {
			return len(w)
		}
	}
	return 0
}

// word reads what begins with a letter, with apostrophes, digits and the
// symbols that people put in the place of letters.
func (s *scanner) word() {
	from := s.i
	end := from
	plain := true
	for end < len(s.s) {
		b := s.s[end]
		switch {
		case 'a' <= b && b <= 'z' || b == '\'' && end > from:
			end++
			continue
		case b >= 0x80 && !symbolAt(s.s, end):
			_, n := firstRune(s.s[end:])
			end += n
			continue
		case isDigit(b), b != '.' && b != '-' && leetSymbol(b) && s.inside(end):
			plain = false
			end++
			continue
		}
		break
	}
	for end > from && s.s[end-1] == '\'' {
		end--
	}
	raw := s.s[from:end]
	if plain {
		s.plainWord(raw, from, end)
		return
	}
	if fixed, ok := zeros(raw); ok {
		s.push(token{text: fixed, kind: numberToken, value: parse(fixed), digits: fixed, from: from, to: end, id: numberID})
		s.i = end
		return
	}
	if id, ok := aliases[raw]; ok {
		s.expand(id, from, end)
		return
	}
	if id, text := unleet(raw); id != 0 {
		s.push(token{text: text, id: id, from: from, to: end})
		s.i = end
		return
	}
	// No word we know: read its letters alone, and go on behind them.
	stop := from
	for stop < end && (isLetter(s.s[stop]) || s.s[stop] == '\'') {
		stop++
	}
	if stop == from {
		s.mark()
		return
	}
	if w := s.s[from:stop]; stop < end && isDigit(s.s[stop]) && (known.ids[w] == 0 && aliases[w] == nil || len(w) == 1) {
		s.push(token{text: raw, id: known.ids[raw], from: from, to: end}) // b12, covid19
		s.i = end
		return
	}
	s.plainWord(s.s[from:stop], from, stop)
}

// inside tells whether the symbol at i has letters or more symbols on both sides.
func (s *scanner) inside(i int) bool {
	j := i + 1
	for j < len(s.s) && leetSymbol(s.s[j]) {
		j++
	}
	return j < len(s.s) && (isDigit(s.s[j]) || 'a' <= s.s[j] && s.s[j] <= 'z')
}

// plainWord pushes a word of letters, its contraction opened: don't, do not.
func (s *scanner) plainWord(raw string, from, to int) {
	if list, ok := aliases[raw]; ok {
		s.expand(list, from, to)
		return
	}
	base := raw
	if i := strings.IndexByte(raw, '\''); i >= 0 {
		if head, tail, ok := contraction(raw); ok {
			s.push(token{text: head, id: lookup(head), from: from, to: to})
			if tail != "" {
				s.push(token{text: tail, id: known.ids[tail], from: from, to: to})
			}
			s.i = to
			return
		}
		base = strings.ReplaceAll(raw, "'", "")
		if list, ok := aliases[base]; ok {
			s.expand(list, from, to)
			return
		}
	}
	s.push(token{text: base, id: lookup(base), from: from, to: to})
	s.i = to
}

func (s *scanner) expand(words []string, from, to int) {
	for _, w := range words {
		t := token{text: w, id: known.ids[w], from: from, to: to}
		s.push(t)
	}
	s.i = to
}

// contraction opens what an apostrophe shortened.
func contraction(raw string) (head, tail string, ok bool) {
	if h, found := strings.CutSuffix(raw, "n't"); found && h != "" {
		switch h {
		case "ca":
			h = "can"
		case "wo":
			h = "will"
		case "sha":
			h = "shall"
		case "ai":
			h = "is"
		}
		return h, "not", true
	}
	i := strings.LastIndexByte(raw, '\'')
	h := raw[:i]
	if h == "" || strings.IndexByte(h, '\'') >= 0 {
		return "", "", false
	}
	switch raw[i+1:] {
	case "ll":
		return h, "will", true
	case "re":
		return h, "are", true
	case "ve":
		return h, "have", true
	case "m":
		return h, "am", true
	case "d":
		return h, "would", true
	case "s":
		if sIs[h] {
			return h, "is", true
		}
		return h, "", true
	case "n", "r": // Welsh: mae'n, lleisiau'r
		return h, "", true
	}
	return "", "", false
}
