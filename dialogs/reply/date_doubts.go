package reply

// beyondThisWeek gives the words that leave this week out: "not this week", "can't
// do it this week".
func (r dateReader) beyondThisWeek() stretch {
	denied := -1 // the last word that denies
	for i := range r.t {
		switch {
		case r.any(i, "not", "no"):
			denied = i
		case r.t[i].kind == markToken:
			denied = -1
		case r.any(i, "this") && r.any(i+1, "week") && denied >= 0 && i-denied <= 4 && !r.any(i+2, "s", "'", "but"):
			return stretch{denied, i + 2}
		}
	}
	return stretch{}
}

// boundThenSaid tells that a day which is only a bound is then said as the
// answer: "by Friday at the latest, put Friday".
func boundThenSaid(found []dayRead) bool {
	if found[0].fault != "date/bounded" {
		return false
	}
	for _, d := range found[1:] {
		if d.said && d.fault == "" && !d.denied && !d.told && d.day == found[0].day {
			return true
		}
	}
	return false
}

// unsure tells that behind a day the person says that they do not know the day:
// "today... honestly not sure when".
func (r dateReader) unsure(from int) bool {
	for i := from; i < len(r.t); i++ {
		end := 0
		switch {
		case r.any(i, "no") && r.any(i+1, "idea", "clue"), r.any(i, "not") && r.any(i+1, "sure", "certain", "decided", "know"):
			end = i + 2
		default:
			continue
		}
		for r.any(end, "yet", "really", "to", "be", "honest", "now", "though", "of", "exactly", "love", "sorry", "lol", "x") {
			end++
		}
		if end == len(r.t) || r.t[end].kind != wordToken || r.any(end, "when", "which", "what") && !r.any(end+1, "time") {
			return true
		}
	}
	return false
}

// doing tells that a "now" says when it is done: "doing it now", "right now, got
// the phone in my hand".
func (r dateReader) doing(i int) bool {
	if r.any(i-1, "right") {
		if i == 1 && (i+1 < len(r.t) && r.t[i+1].kind == markToken || i+2 < len(r.t) && r.t[i+2].kind == markToken || r.any(i+1, "if", "while", "before", "because", "as", "and", "please", "actually", "then", "i")) {
			return true
		}
		i--
	}
	return r.any(i-1, "it", "them", "her", "him") && r.any(i-2, "do", "doing", "start", "starting", "on", "ring", "ringing", "call", "calling", "phone", "phoning", "text", "texting", "email", "emailing")
}
