package reply

import "strings"

// quantity is one number of a text, however it is written.
type quantity struct {
	value    float64
	form     form
	from, to int // tokens
	// open is set when more is meant than the number: 6+, 6 and a bit.
	open bool
	// starred is set when an asterisk marks it as a correction: *8.
	starred bool
	// signed is set by a plus or minus before it.
	signed bool
	// phrase is set for a phrase that names a point of the scale.
	phrase bool
	// heard is set for a word that may only sound like the number, or mean it:
	// the person is told.
	heard bool
	// word is set when it is written in letters, slip when misspelt too.
	word, slip bool
}

// form says how a number is written, which tells what it can mean.
type form uint8

const (
	bare     form = iota // 7, seven, 6.5, six and a half
	ofTen                // 7/10, 7 out of ten, 70/100: value is out of 10
	percent              // 70%: value is out of 10
	fraction             // 3/4, 4 out of 5
	ordinal              // 5th, second
	other                // 7:30, 5/3/26, £5, 3pm, 20mg
)

var numberWords = map[string]float64{
	"zero": 0, "nil": 0, "nought": 0, "naught": 0, "zilch": 0, "nowt": 0, "zeros": 0,
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"fower": 4, "twa": 2, "seeven": 7, "saith": 7, "wyth": 8, "chwech": 6, "pedwar": 4, "dau": 2, "ddeg": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
	"twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
}

// numberSlips are misspellings that are too short for the general mending.
var numberSlips = map[string]string{
	"siz": "six", "sixx": "six", "sxi": "six", "sx": "six", "tne": "ten", "tenn": "ten", "twoo": "two", "tw": "two", "oen": "one", "tre": "three", "thre": "three",
	"fo": "", "ero": "zero", "ziro": "zero", "zer": "zero", "nin": "nine", "fiv": "five", "svn": "seven", "svan": "seven", "eght": "eight", "eigt": "eight", "eigth": "eight", "ate": "",
}

var shortNumbers = []string{"zero", "four", "five", "nine"}

var ordinalWords = map[string]float64{
	"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
	"eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
	"nineteenth": 19, "twentieth": 20, "thirtieth": 30,
}

func init() {
	for w := range numberWords {
		known.id(w)
	}
	for w := range ordinalWords {
		known.id(w)
	}
	for _, w := range strings.Fields("half halves quarter quarters thirds point percent cent per out of and over hundred") {
		known.id(w)
	}
}

// numberWord gives the value of a word for a number, and whether it was misspelt.
func numberWord(t token) (value float64, ok, slip bool) {
	if t.kind != wordToken {
		return 0, false, false
	}
	if v, ok := numberWords[t.text]; ok {
		return v, true, false
	}
	if base, ok := strings.CutSuffix(t.text, "ish"); ok {
		if v, ok := numberWords[base]; ok {
			return v, true, false
		}
	}
	if w := numberSlips[t.text]; w != "" {
		return numberWords[w], true, true
	}
	if t.id != 0 {
		if v, ok := numberWords[known.words[t.id]]; ok {
			return v, true, true
		}
		return 0, false, false
	}
	if len(t.text) >= 3 && len(t.text) <= 5 && !plain[t.text] {
		for _, w := range shortNumbers {
			if oneSlip(t.text, w) {
				return numberWords[w], true, true
			}
		}
	}
	return 0, false, false
}

// quantities finds the numbers of a text, in order.
func quantities(tokens []token) []quantity {
	var out []quantity
	r := numberReader{tokens}
	for i := 0; i < len(tokens); {
		if len(tokens) > 1 && pluralNumber(tokens[i]) { // "at sixes and sevens"
			i++
			continue
		}
		q, ok := r.at(i)
		if !ok {
			i++
			continue
		}
		out = append(out, q)
		i = q.to
	}
	return out
}

func pluralNumber(t token) bool {
	_, ok := numberWords[strings.TrimSuffix(t.text, "s")]
	_, es := numberWords[strings.TrimSuffix(t.text, "es")]
	return t.kind == wordToken && numberWords[t.text] == 0 && (ok || es) && strings.HasSuffix(t.text, "s")
}

type numberReader struct{ t []token }

func (r numberReader) is(i int, words ...string) bool {
	for k, w := range words {
		if i+k >= len(r.t) || r.t[i+k].text != w {
			return false
		}
	}
	return true
}

// tight tells a mark that stands right behind the token before it.
func (r numberReader) tight(i int, mark string) bool {
	return r.is(i, mark) && !r.t[i].space
}

func (r numberReader) digits(i int) bool { return i < len(r.t) && r.t[i].kind == numberToken }

func (r numberReader) at(i int) (quantity, bool) {
	q := quantity{from: i}
	switch {
	case r.digits(i) && r.textSpeak(i):
		return q, false
	case r.digits(i):
		r.written(&q, i)
	case r.words(&q, i):
	default:
		return ordinalAt(r.t, i)
	}
	if q.form == bare {
		r.part(&q)
	}
	r.measure(&q)
	r.signs(&q)
	return q, true
}

func ordinalAt(t []token, i int) (quantity, bool) {
	if t[i].kind != wordToken {
		return quantity{}, false
	}
	w := t[i].text
	if _, ok := ordinalWords[w]; !ok && t[i].id != 0 {
		w = known.words[t[i].id]
	}
	v, ok := ordinalWords[w]
	return quantity{value: v, form: ordinal, from: i, to: i + 1, word: true}, ok
}

// textSpeak tells "2 be honest", "u 2" and a second "4 me": words, not numbers.
func (r numberReader) textSpeak(i int) bool {
	switch r.t[i].digits {
	case "2":
		return r.is(i+1, "be") || r.is(i+1, "b") || i > 0 && r.t[i-1].text == "you" && r.t[i-1].to-r.t[i-1].from == 1
	case "4":
		if !r.is(i+1, "me") && !r.is(i+1, "you") {
			return false
		}
		for _, t := range r.t[:i] {
			if t.kind == numberToken {
				return true
			}
		}
	}
	return false
}

// written reads a number in digits with what stands right behind it.
func (r numberReader) written(q *quantity, i int) {
	t := r.t[i]
	q.value, q.to = t.value, i+1
	switch t.suffix {
	case "", "ish", "x", "pt", "pts":
	case "st", "nd", "rd", "th":
		q.form = ordinal
	case "pc":
		q.form, q.value = percent, q.value/10
	default:
		q.form = other
		return
	}
	if clockLike(t.digits) {
		q.form = other
	}
	// 7:30, 5/3/26, 5.3.26, 2026-03-05
	for _, mark := range []string{":", "/", ".", "-"} {
		if !r.tight(q.to, mark) || !r.digits(q.to+1) || r.t[q.to+1].space {
			continue
		}
		three := r.tight(q.to+2, mark) && r.digits(q.to+3) && !r.t[q.to+3].space
		if mark == ":" || three {
			q.form = other
			q.to += 2
			if three {
				q.to += 2
			}
			return
		}
	}
}

// clockLike tells a time written with a point: 7.30, 10.00. Nobody writes the
// last nought of a score.
func clockLike(digits string) bool {
	i := strings.IndexAny(digits, ".,")
	if i < 0 || len(digits)-i != 3 {
		return false
	}
	switch digits[i+1:] {
	case "15", "45":
		return true
	}
	return strings.HasSuffix(digits, "0")
}

// words reads a number in words: seven, twenty five, a hundred, six point five.
func (r numberReader) words(q *quantity, i int) bool {
	v, ok, slip := numberWord(r.t[i])
	if !ok {
		return false
	}
	q.value, q.to, q.word, q.slip = v, i+1, true, slip
	if v >= 20 && v < 100 && q.to < len(r.t) {
		j := q.to
		if r.is(j, "-") && !r.t[j].space {
			j++
		}
		if j < len(r.t) {
			if u, ok, _ := numberWord(r.t[j]); ok && u > 0 && u < 10 {
				q.value, q.to = v+u, j+1
				return true
			}
		}
	}
	if v == 1 && r.is(q.to, "hundred") {
		q.value, q.to = 100, q.to+1
	}
	return true
}

// part adds a half, a quarter, or the digits behind the word "point".
func (r numberReader) part(q *quantity) {
	if r.is(q.to, "ish") {
		q.to++
	} else if r.tight(q.to, "-") && r.is(q.to+1, "ish") {
		q.to += 2
	}
	i := q.to
	if r.is(i, "point") && i+1 < len(r.t) {
		if r.digits(i+1) && r.t[i+1].value < 10 {
			q.value, q.to = q.value+r.t[i+1].value/10, i+2
		} else if v, ok, _ := numberWord(r.t[i+1]); ok && v < 10 {
			q.value, q.to = q.value+v/10, i+2
		}
		return
	}
	if r.digits(i) && r.is(i+1, "/") && r.digits(i+2) { // 6 1/2
		if v, ok := simpleFraction(r.t[i].value, r.t[i+2].value); ok && q.value == float64(int(q.value)) {
			q.value, q.to = q.value+v, i+3
		}
		return
	}
	j := i
	if r.is(j, "and") || r.is(j, "&") || r.is(j, "+") {
		j++
	} else if !r.is(j, "a", "half") && !r.is(j, "half") {
		return
	}
	if r.digits(j) && r.is(j+1, "/") && r.digits(j+2) { // 6 and 1/2
		if v, ok := simpleFraction(r.t[j].value, r.t[j+2].value); ok {
			q.value, q.to = q.value+v, j+3
		}
		return
	}
	if r.is(j, "three", "quarters") || r.is(j, "3", "quarters") {
		q.value, q.to = q.value+0.75, j+2
		return
	}
	if r.is(j, "a") || r.is(j, "an") {
		j++
	}
	switch {
	case r.is(j, "half") && !r.is(j+1, "hours") && !r.is(j+1, "hour") && !r.is(j+1, "way"):
		q.value, q.to = q.value+0.5, j+1
	case r.is(j, "quarter"):
		q.value, q.to = q.value+0.25, j+1
	case j > i+1 && (r.is(j, "bit") || r.is(j, "little")):
		q.open, q.to = true, j+1
	}
}

func simpleFraction(n, of float64) (float64, bool) {
	if n < of && n > 0 && (of == 2 || of == 3 || of == 4) {
		return n / of, true
	}
	return 0, false
}

// measure reads what a number is out of: 7/10, 7 out of ten, 70%.
func (r numberReader) measure(q *quantity) {
	if q.form != bare {
		return
	}
	i := q.to
	switch {
	case r.is(i, "%"):
		q.form, q.value, q.to = percent, q.value/10, i+1
		return
	case r.is(i, "percent"):
		q.form, q.value, q.to = percent, q.value/10, i+1
		return
	case r.is(i, "per", "cent"):
		q.form, q.value, q.to = percent, q.value/10, i+2
		return
	case r.is(i, "/"), r.is(i, "of"), r.is(i, "over"), r.is(i, "in") && (i+2 == len(r.t) || i+2 < len(r.t) && r.t[i+2].kind == markToken):
		i++
	case r.is(i, "halves"): // "a week of two halves"
		q.form, q.to = other, i+1
		return
	case r.is(i, "thirds"), r.is(i, "quarters"), r.is(i, "fifths"), r.is(i, "sixths"), r.is(i, "eighths"):
		q.form, q.to = fraction, i+1
		return
	case r.is(i, "tenths"):
		q.form, q.to = ofTen, i+1
		return
	case r.is(i, "out") && r.digits(i+1):
		i++
	case r.is(i, "out", "of", "a", "possible"), r.is(i, "out", "of", "a", "maximum"):
		i += 4
	case r.is(i, "out", "of", "the"), r.is(i, "stars", "out", "of"), r.is(i, "points", "out", "of"), r.is(i, "marks", "out", "of"):
		i += 3
	case r.is(i, "out", "of"), r.is(i, "allan", "o"):
		i += 2
	case r.is(i, "o", "ddeg"):
		i++
	default:
		return
	}
	slash := i == q.to+1 && r.is(q.to, "/")
	loose := i == q.to+1 && !slash && !r.is(q.to, "out")
	if i >= len(r.t) {
		return
	}
	var of float64
	end := i + 1
	if r.digits(i) {
		of = r.t[i].value
	} else {
		if r.is(i, "a") {
			i++
			end++
		}
		if i >= len(r.t) {
			return
		}
		v, ok, _ := numberWord(r.t[i])
		if !ok {
			return
		}
		of = v
		if v == 1 && r.is(end, "hundred") {
			of, end = 100, end+1
		}
	}
	switch {
	case of == 10:
		q.form, q.to = ofTen, end
	case of == 100:
		q.form, q.value, q.to = ofTen, q.value/10, end
	case of == 7 && q.value == 24: // round the clock
		q.form, q.to = other, end
	case loose: // "2 of 3 friends", "over 5"
	default:
		q.form, q.to = fraction, end
	}
}

// signs reads what stands right before and behind: £5, -3, +2, 6+, *8.
func (r numberReader) signs(q *quantity) {
	if i := q.from - 1; i >= 0 && !r.t[q.from].space {
		switch r.t[i].text {
		case "£", "$", "€":
			q.form = other
		case "*":
			q.starred = true
		case "/":
			if i == 0 || r.t[i-1].kind != numberToken {
				q.form = other // "/10"
			}
		case "+":
			q.signed = true
		case "<", ">":
			q.open = i == 0 || r.t[i-1].kind != numberToken && r.t[i-1].text != "-"
		case "-":
			if r.t[i].space && (i == 0 || r.t[i-1].kind != numberToken) {
				q.signed = true
			}
		}
	}
	for q.to < len(r.t) && !r.t[q.to].space && (r.t[q.to].text == "+" || r.t[q.to].text == "*") {
		if r.t[q.to].text == "+" {
			if r.digits(q.to + 1) {
				return
			}
			q.open = true
		} else {
			q.starred = true
		}
		q.to++
	}
	if r.is(q.to, "p", "m") || r.is(q.to, "am") && r.digits(q.from) || r.is(q.to, "pm") {
		if !r.is(q.to, "am", "i") {
			q.form = other
		}
	}
}
