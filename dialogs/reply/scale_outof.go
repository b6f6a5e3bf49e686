package reply

import "slices"

// outOfTen joins a score to the ten that it is out of where the words between
// them are misspelled or misheard: "seven ova ten", "6 our of 10". The person is
// told of it. The ten is never the score, then.
func outOfTen(t []token, q []quantity) []quantity {
	for n := range q {
		q[n].to = wayThere(t, q[n])
		q[n] = halfBetween(t, q[n])
	}
	for n := 0; n+1 < len(q); n++ {
		a, b := q[n], q[n+1]
		if a.form == bare && b.form == bare && b.value == 10 && a.value >= 0 && a.value <= 10 && meansOutOf(t[a.to:b.from]) && closes(t, b.to) {
			a.form, a.to, a.heard = ofTen, b.to, true
			q = slices.Delete(q, n, n+2)
			q = slices.Insert(q, n, a)
		}
	}
	return q
}

// meansOutOf tells words that stand for "out of" or "over".
func meansOutOf(t []token) bool {
	switch len(t) {
	case 1:
		return meantOver[t[0].text]
	case 2:
		return meantOut[t[0].text] && meantOf[t[1].text]
	case 3: // "oota" and the like are spelled out in two
		return t[0].text == "out" && t[1].text == "of" && meantOf[t[2].text]
	}
	return false
}

var (
	meantOver = set("ova ov ovr oer ove ovver ovar off outer out oota ooter outo slash oyt of")
	meantOut  = set("out our oot put otu ot ut oit iut pout about owt outta cut outt ouf oyt")
	meantOf   = set("of o ov off ae a f if the og od fo")
)

// closes tells that nothing is said behind a number that it could count.
func closes(t []token, i int) bool {
	return i == len(t) || t[i].kind != wordToken || t[i].id != 0 && !plural(t[i].text)
}

// wayThere is the end of "70% of the way there", which is still the number.
func wayThere(t []token, q quantity) int {
	i := q.to
	if q.form != percent || !spells(t, i, []string{"of", "the", "way"}) {
		return q.to
	}
	return i + 3
}

// halfBetween reads "5/6 somewhere round there" as between 5 and 6: a slash
// between neighbours, and words beside it that a fraction does not have. The
// person is told of it.
func halfBetween(t []token, q quantity) quantity {
	if q.form != fraction || q.value < 4 || q.to != q.from+3 || t[q.from+1].text != "/" || t[q.from+2].value != q.value+1 {
		return q
	}
	vague := t[q.from+2].suffix == "ish" || q.to < len(t) && besideRange[t[q.to].plainText()] || q.from > 0 && besideRange[t[q.from-1].plainText()]
	if q.from > 1 && articleAt(t, q.from-1) {
		vague = vague || besideRange[t[q.from-2].plainText()]
	}
	if vague && !(q.to < len(t) && t[q.to].plainText() == "of") {
		q.form, q.value, q.heard = bare, q.value+0.5, true
	}
	return q
}

var besideRange = set("somewhere around round roughly about ish thereabouts between hovering bout")
