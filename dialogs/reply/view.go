package reply

// breaks says what stands between two tokens, for patterns.
func breakOf(t []token, i int) uint8 {
	switch t[i].text {
	case ",", ":", "(", ")", "\"", "\n", ">", "[", "]":
		return comma
	case "-", "~", "*":
		if t[i].space || i+1 == len(t) || t[i+1].space {
			return comma
		}
	case ".":
		if i > 0 && t[i-1].text == "." || i+1 < len(t) && t[i+1].text == "." {
			return comma // three dots are a pause, not an end
		}
		return fullStop
	case "!", "?", ";":
		return fullStop
	}
	return noBreak
}

// words gives the view of a text that patterns read: its words, with what
// stands between them.
func words(t []token) []symbol {
	out := make([]symbol, 0, len(t))
	brk := noBreak
	for i := range t {
		switch t[i].kind {
		case markToken:
			if t[i].text == "&" {
				out = append(out, symbol{id: known.ids["and"], brk: brk, token: i})
				brk = noBreak
				continue
			}
			brk = max(brk, breakOf(t, i))
		case faceToken:
			if t[i].id != 0 {
				out = append(out, symbol{id: t[i].id, brk: brk, token: i})
				brk = noBreak
			}
		default:
			out = append(out, symbol{id: t[i].id, brk: brk, token: i})
			brk = noBreak
		}
	}
	return out
}

// otherID stands, in the words that the scale reader sees, for a number that
// cannot be a score: a time, a date, an amount of money.
var otherID = known.id("#x")

// counted is the view with each number as one word: # if it may be a score.
// It also says which quantity each # is.
func counted(t []token, q []quantity) (out []symbol, which []int) {
	out = make([]symbol, 0, len(t))
	which = make([]int, 0, len(t))
	brk, next := noBreak, 0
	for i := 0; i < len(t); i++ {
		for next < len(q) && q[next].from < i {
			next++
		}
		if next < len(q) && q[next].from == i {
			id := numberID
			if q[next].form == other || q[next].form == ordinal {
				id = otherID
			}
			out = append(out, symbol{id: id, brk: brk, token: i})
			which = append(which, next)
			brk = noBreak
			i = q[next].to - 1
			continue
		}
		switch t[i].kind {
		case markToken:
			if t[i].text == "&" {
				out, which = append(out, symbol{id: known.ids["and"], brk: brk, token: i}), append(which, -1)
				brk = noBreak
				continue
			}
			brk = max(brk, breakOf(t, i))
		case wordToken:
			out, which = append(out, symbol{id: t[i].id, brk: brk, token: i}), append(which, -1)
			brk = noBreak
		}
	}
	return out, which
}
