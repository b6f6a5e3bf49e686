package reply

// Who dictates a reply has its marks written as words: "comma I will do it on
// Saturday full stop". Between words of a sentence they are what they say: "it
// came to a full stop", "I said stop, full stop".

// dictated puts marks for the words of them.
func dictated(t []token) []token {
	for i := range t {
		if t[i].id == commaID && !articleAt(t, i-1) || t[i].id == stopID && spokenMark(t, i) != "" || t[i].id == markID && spokenMark(t, i) != "" {
			return marked(t)
		}
	}
	return t
}

func marked(t []token) []token {
	out := t[:0:0]
	for i, w := range t {
		switch mark := spokenMark(t, i); {
		case w.id == commaID && !articleAt(t, i-1):
			out = append(out, token{text: ",", kind: markToken, from: w.from, to: w.to, space: w.space})
		case mark != "":
			last := &out[len(out)-1]
			*last = token{text: mark, kind: markToken, from: last.from, to: w.to, space: last.space}
		default:
			out = append(out, w)
		}
	}
	return out
}

// spokenMark gives the mark that ends with the word at i: "question mark", and
// "full stop" where that ends the text.
func spokenMark(t []token, i int) string {
	switch {
	case i == 0 || articleAt(t, i-2):
		return ""
	case t[i].id == stopID && t[i-1].id == fullID && i == len(t)-1 && i > 1 && t[i-2].kind != markToken && !insisting[t[i-2].plainText()]:
		return "."
	case t[i].id == markID && t[i-1].id == questionID:
		return "?"
	case t[i].id == markID && t[i-1].id == exclamationID:
		return "!"
	}
	return ""
}

func articleAt(t []token, i int) bool { return i >= 0 && beforeMark[t[i].plainText()] }

var (
	commaID, stopID, fullID           = known.id("comma"), known.id("stop"), known.id("full")
	markID, questionID, exclamationID = known.id("mark"), known.id("question"), known.id("exclamation")

	beforeMark = set("a an the oxford big")
	// insisting are words that a "full stop" stresses.
	insisting = set("stop stopped no not more never over done anymore it me messages texts")
)
