package reply

import "strings"

// lookup finds the word that a spelling stands for: itself, itself with its
// drawn-out letters taken back ("noooo"), or a word one slip away ("suicde").
// It gives 0 for a word that no rule knows.
func lookup(w string) wordID {
	if id := known.ids[w]; id != 0 {
		return id
	}
	if short := squeeze(w, 2); short != w {
		if id := known.ids[short]; id != 0 {
			return id
		}
	}
	if short := squeeze(w, 1); short != w {
		if id := known.ids[short]; id != 0 && len(short) > 1 && drawn(w) {
			return id
		}
		if list, ok := aliases[short]; ok && len(list) == 1 && drawn(w) {
			return known.ids[list[0]]
		}
	}
	return slips.find(w)
}

// drawn tells whether a letter of w stands three times in a row.
func drawn(w string) bool { return squeeze(w, 2) != w }

// squeeze leaves at most n of the same letter in a row.
func squeeze(w string, n int) string {
	run := 0
	for i := range len(w) {
		if i > 0 && w[i] == w[i-1] {
			run++
		} else {
			run = 1
		}
		if run > n {
			return squeezeFrom(w, n)
		}
	}
	return w
}

func squeezeFrom(w string, n int) string {
	out := make([]byte, 0, len(w))
	run := 0
	for i := range len(w) {
		if i > 0 && w[i] == w[i-1] {
			run++
		} else {
			run = 1
		}
		if run <= n {
			out = append(out, w[i])
		}
	}
	return string(out)
}

// leet says which letters a sign may stand for, the likelier first.
var leet = map[byte]string{
	'0': "o", '1': "il", '3': "e", '4': "a", '5': "s", '7': "t", '8': "b", '9': "g",
	'@': "a", '$': "s", '!': "il", '|': "il", '+': "t", '*': "", '#': "",
}

func leetSymbol(b byte) bool {
	_, ok := leet[b]
	return ok && !isDigit(b)
}

// unleet reads a word with signs in the place of letters: k1ll, su!c!de, k*ll.
func unleet(raw string) (wordID, string) {
	if len(raw) < 3 || len(raw) > 24 {
		return 0, ""
	}
	if strings.ContainsAny(raw, "*#") {
		return unmask(raw)
	}
	for choice := range 2 {
		out := []byte(raw)
		for i, b := range out {
			if l := leet[b]; l != "" {
				out[i] = l[min(choice, len(l)-1)]
			}
		}
		w := strings.ReplaceAll(string(out), "'", "")
		if id := known.ids[w]; id != 0 {
			return id, w
		}
		if list, ok := aliases[w]; ok && len(list) == 1 {
			return known.ids[list[0]], list[0]
		}
		if id := slips.find(w); id != 0 {
			return id, w
		}
	}
	return 0, ""
}

// masked are the words that people hide behind stars.
var masked = interned("die dead kill killed killing suicide suicidal death harm self hurt hang cut cutting dying rape raped abuse abused overdose myself fuck shit")

func interned(words string) []string {
	list := strings.Fields(words)
	for _, w := range list {
		known.id(w)
	}
	return list
}

func unmask(raw string) (wordID, string) {
next:
	for _, w := range masked {
		if len(w) != len(raw) {
			continue
		}
		for i := range len(raw) {
			if raw[i] != w[i] && raw[i] != '*' && raw[i] != '#' {
				continue next
			}
		}
		return known.ids[w], w
	}
	return 0, ""
}

// slipIndex finds words one slip away: a letter missing, doubled, swapped or
// wrong. The first letter must be right, or swapped with the second.
type slipIndex struct{ by map[string][]wordID }

var slips = &slipIndex{by: map[string][]wordID{}}

// slipLength is the shortest word that is mended; shorter ones have too many
// neighbours that are words themselves.
const slipLength = 5

func (x *slipIndex) add(id wordID) {
	w := known.words[id]
	if len(w) < slipLength || notMended[w] {
		return
	}
	x.by[w] = append(x.by[w], id)
	for i := range len(w) {
		d := w[:i] + w[i+1:]
		x.by[d] = append(x.by[d], id)
	}
}

func (x *slipIndex) find(w string) wordID {
	if len(w) < slipLength-1 || len(w) > 20 || plain[w] {
		return 0
	}
	if id := x.pick(w, x.by[w]); id != 0 {
		return id
	}
	var buf [20]byte
	for i := range len(w) {
		d := append(buf[:0], w[:i]...)
		d = append(d, w[i+1:]...)
		if id := x.pick(w, x.by[string(d)]); id != 0 {
			return id
		}
	}
	return 0
}

func (x *slipIndex) pick(w string, ids []wordID) wordID {
	for _, id := range ids {
		if oneSlip(w, known.words[id]) {
			return id
		}
	}
	return 0
}

// oneSlip tells whether a and b differ by one letter missing, added, wrong or
// swapped with its neighbour, the first letter being right or swapped.
func oneSlip(a, b string) bool {
	if a == "" || b == "" {
		return false
	}
	if a[0] != b[0] {
		return len(a) == len(b) && len(a) > 1 && a[0] == b[1] && a[1] == b[0] && a[2:] == b[2:]
	}
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	x, y := a[i:], b[i:]
	switch len(a) - len(b) {
	case 0:
		return x == "" || x[1:] == y[1:] || len(x) > 1 && x[0] == y[1] && x[1] == y[0] && x[2:] == y[2:]
	case 1:
		return x[1:] == y
	case -1:
		return x == y[1:]
	}
	return false
}

// init indexes the words once every table of the package has named its own.
func init() {
	for id := range known.words {
		slips.add(wordID(id))
	}
}
