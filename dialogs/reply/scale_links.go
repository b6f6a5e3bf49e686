package reply

// links joins numbers: corrections, moves and ranges.
func (s *scaleReader) links() {
	linkBook.find(matcher{words: s.words, limit: fullStop, wall: numberID}, func(h hit) bool {
		first, last := -1, -1
		for w := h.from; w < h.to; w++ {
			if n := s.which[w]; n >= 0 {
				if first < 0 {
					first = n
				}
				last = n
			}
		}
		if first < 0 || first == last {
			return true
		}
		switch scaleLinks[h.rule].kind {
		case corrects:
			if i := s.q[last].from; i > 1 && s.tokens[i-1].text == "." && !s.tokens[i].space && s.tokens[i-2].text == "no" {
				return true // "5, no.1 son came": a number one, no correction
			}
			if q := s.q[last]; q.word && q.value == 1 && s.roles[last]&things != 0 && s.roles[first]&(unfit|then) == 0 && s.tokens[q.from-1].text == "no" && !s.wordAt(q.to) {
				s.unsure = true // "4, no one": nobody, or a 1
			}
			if s.roles[last]&(unfit|then) == 0 {
				for n := first; n < last; n++ {
					s.roles[n] |= mistaken
				}
			}
		case overtakes:
			s.roles[first] = s.roles[first]&^now | then
			s.roles[last] = s.roles[last]&^then | now
		case moves:
			s.roles[first] = s.roles[first]&^(relative|bounded) | now
			s.roles[last] |= then
		case wavers:
			s.roles[first] &^= then | wished
			s.ranged[first] = true
		case ranges:
			if s.farApart(first, last) || s.roles[first]&relative != 0 && s.roles[last]&now != 0 { // "dropped by 2 to a 5"
				return true
			}
			if s.roles[first]&negated != 0 && s.comma(first, last) {
				return true // "not 7, maybe 5" is no range
			}
			if s.roles[last]&now == 0 && s.clock(first, last) {
				s.roles[first] |= things
			}
			if s.oneToOne(first, last) || s.officeHours(first, last) || s.hoursBetween(first, last) {
				s.roles[first] |= things
				s.roles[last] |= things
			}
			if s.roles[first]&bounded == 0 {
				s.roles[last] &^= bounded // "7, nearly 8"
			}
			if w := s.place[last]; w > 1 && s.words[w-1].id == notID && s.words[w-2].id == ifID {
				s.roles[last] &^= negated // "7 if not 8"
			}
			s.ranged[first] = true
		}
		return true
	})
	for n := 0; n+1 < len(s.q); n++ {
		a, b := s.q[n], s.q[n+1]
		if b.from == a.to+1 && s.tokens[a.to].text == "-" && a.form <= percent && b.form <= percent {
			s.ranged[n] = true
		}
		if s.listed(n) && b.value == a.value+1 { // "four, five, somewhere between them"
			s.ranged[n] = true
		}
		if b.from == a.to && a.form == bare && b.form == bare && b.value == a.value+1 && len(s.q) == 2 { // "6ish 7ish"
			s.ranged[n] = true
		}
		if b.from <= a.to+1 && s.tokens[b.from].text == "nil" && a.form == bare { // the goals of a game
			s.roles[n] |= things
			s.roles[n+1] |= things
		}
		if a.value == 24 && b.value == 7 && b.from <= a.to+1 { // round the clock
			s.roles[n+1] |= things
		}
		if s.arrow(a, b) {
			s.roles[n] |= then
			s.roles[n+1] |= now
		}
		if b.starred && !a.starred {
			for m := range n + 1 {
				s.roles[m] |= mistaken
			}
		}
	}
}

// clock tells "ten to four", a time, from "four to five".
func (s *scaleReader) clock(a, b int) bool {
	x, y := s.q[a], s.q[b]
	return y.from == x.to+1 && s.tokens[x.to].text == "to" && x.value > y.value && (x.value == 5 || x.value == 10) && x.form == bare
}

// oneToOne tells "a one to one", which is no range.
func (s *scaleReader) oneToOne(a, b int) bool {
	x, y := s.q[a], s.q[b]
	return x.value == 1 && y.value == 1 && y.from == x.to+1 && s.tokens[x.to].text == "to"
}

// officeHours tells "9 to 5", a day at work.
func (s *scaleReader) officeHours(a, b int) bool {
	x, y := s.q[a], s.q[b]
	return y.from == x.to+1 && s.tokens[x.to].text == "to" && x.value == 9 && y.value == 5 && x.form == bare
}

// hoursBetween tells "between 8 and 1", when somebody is to come.
func (s *scaleReader) hoursBetween(a, b int) bool {
	w := s.place[a]
	return w > 0 && s.words[w-1].id == betweenID && s.q[a].form == bare && s.q[b].form == bare && s.q[a].value-s.q[b].value > 3
}

// listed tells that two bare numbers with a comma between are all that is said of
// the score: nothing but small words, or where it lies, stands behind them.
func (s *scaleReader) listed(n int) bool {
	a, b := s.q[n], s.q[n+1]
	if n > 0 || a.form != bare || b.form != bare || (s.roles[n]|s.roles[n+1])&^(then|now|given|doubted) != 0 || b.from != a.to+1 || s.tokens[a.to].text != "," {
		return false
	}
	return len(s.q) == 2 && b.to == len(s.tokens) || lying[s.tokens[b.to].plainText()] || s.tokens[b.to].text == "," && b.to+1 < len(s.tokens) && lying[s.tokens[b.to+1].plainText()]
}

var lying = set("somewhere ish something between around roughly there thereabouts")

// farApart tells "could be 2 could be 9", which says no more than that it varies.
func (s *scaleReader) farApart(a, b int) bool {
	d := s.q[b].value - s.q[a].value
	if d <= 3 && d >= -3 {
		return false
	}
	for w := s.place[a] + 1; w < s.place[b]; w++ {
		if mayBe.has(s.words[w].id) {
			return true
		}
	}
	return false
}

var mayBe = wordsOf("could might may")

// comma tells whether a comma stands between two numbers.
func (s *scaleReader) comma(a, b int) bool {
	for w := s.place[a] + 1; w <= s.place[b]; w++ {
		if s.words[w].brk != noBreak {
			return true
		}
	}
	return false
}

// dashed tells a dash with spaces around it between a number and the next.
func (s *scaleReader) dashed(n int) bool {
	i := s.q[n].to
	return i+1 < len(s.tokens) && s.tokens[i].text == "-" && s.tokens[i].space && s.tokens[i+1].space
}

var betweenID, ifID, notID = known.id("between"), known.id("if"), known.id("not")

var andID = known.id("and")

// arrow tells 3 -> 5 and 3 > 5.
func (s *scaleReader) arrow(a, b quantity) bool {
	i := a.to
	for i < b.from && s.tokens[i].text == "-" {
		i++
	}
	return i < b.from && s.tokens[i].text == ">" && (i+1 == b.from || s.tokens[i+1].text == ">" && i+2 == b.from)
}

// wholeScale tells the two ends of the scale, named before or behind the score.
func (s *scaleReader) wholeScale(n int) bool {
	a, b := s.q[n], s.q[n+1]
	return len(s.q) > 2 && a.value <= 1 && b.value == 10 && a.form == bare && b.form == bare && b.from == a.to+1 && (s.tokens[a.to].text == "to" || s.tokens[a.to].text == "-")
}

// spread gives both ends of a range what its words make of one of them.
func (s *scaleReader) spread() {
	const shared = negated | bounded | things | wished | then | mistaken | anchor
	for n := 0; n+1 < len(s.q); n++ {
		if s.ranged[n] && s.roles[n+1]&now == 0 && s.q[n].value <= 1 && s.q[n+1].value == 10 { // "0 to 10"
			s.roles[n] |= anchor
		}
		if s.wholeScale(n) { // "from 0 to 10, I'd say 4"
			s.roles[n] |= anchor
			s.roles[n+1] |= anchor
		}
		if s.ranged[n] && s.dashed(n) && (s.roles[n]^s.roles[n+1])&things != 0 && (s.roles[n]|s.roles[n+1])&given != 0 {
			s.ranged[n] = false // "I'd say 6 - 3 days of rain"
		}
		if s.ranged[n] {
			s.roles[n+1] |= s.roles[n] & shared
		}
		if s.q[n].to == s.q[n+1].from { // "my oxygen is 9 4"
			s.roles[n+1] |= s.roles[n] & things
		}
	}
	for n := 1; n < len(s.q); n++ { // "3 buses there and 2 back", "5 and 7"
		if w := s.place[n]; s.roles[n-1]&things != 0 && w > 0 && s.words[w-1].id == andID && s.words[w].brk == noBreak && s.roles[n]&now == 0 && s.near(s.place[n-1]+1, w-1) {
			s.roles[n] |= things
		}
	}
	for n := len(s.q) - 2; n >= 0; n-- {
		if s.ranged[n] {
			s.roles[n] |= s.roles[n+1] & (things | wished | then | anchor | bounded)
		}
	}
}
