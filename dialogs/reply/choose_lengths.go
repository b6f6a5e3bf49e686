package reply

// lengths makes one number and one unit of a length of time that is said in
// several words: "three quarters of an hour" is 45 minutes, "an hour and a half"
// 90, "twenty five minutes" 25. So a longer length is never read by its last
// words, and labels and replies are put in the same way. "Half an hour" stays as
// it is, since people shorten it to "half".
func lengths(t []token) []token {
	var out []token
	done := 0
	for i := 0; i < len(t); i++ {
		l := length{t: t, at: i}
		amount, unit := l.read()
		if unit < 0 {
			continue
		}
		u, whole := t[unit], token{kind: numberToken, value: amount, from: t[i].from, to: t[l.at-1].to, space: t[i].space}
		if unitMinutes[u.text] == 60 {
			whole.value, u = amount*60, token{text: "minutes", id: known.id("minutes"), from: u.from, to: u.to}
		}
		u.space = true
		out = append(append(out, t[done:i]...), whole, u)
		if half := whole.value == 30 && u.text == "minutes"; half { // 1/2 hour
			n := len(out)
			out[n-2] = token{text: "half", id: known.id("half"), from: whole.from, to: whole.to, space: whole.space}
			out[n-1] = token{text: "hour", id: known.id("hour"), from: u.from, to: u.to, space: true}
		}
		done, i = l.at, l.at-1
	}
	if done == 0 {
		return t
	}
	return append(out, t[done:]...)
}

// length reads one length of time from its place on.
type length struct {
	t  []token
	at int
}

// read gives the amount and the token of its unit; -1 where no length that needs
// several words begins here.
func (l *length) read() (amount float64, unit int) {
	start := l.at
	if part, ok := l.part(); ok { // quarter of an hour
		l.pass("of")
		l.pass("a", "an", "one", "1")
		if unit = l.unit(); unit >= 0 {
			return part, unit
		}
	}
	l.at = start
	n, counted := l.whole()
	if counted && n >= 20 && l.ones() > 0 { // twenty five minutes
		n += l.ones()
		l.at++
		if unit = l.unit(); unit >= 0 {
			return n, unit
		}
		return 0, -1
	}
	joined := l.pass("and", "&")
	if part, ok := l.part(); ok && counted { // 2 and a half weeks
		if unit = l.unit(); unit >= 0 {
			return n + part, unit
		}
		return 0, -1
	}
	if joined {
		return 0, -1
	}
	if !counted {
		n = 1
	}
	if unit = l.unit(); unit < 0 {
		return 0, -1
	}
	joined = l.pass("and", "&")
	more := l.at
	if part, ok := l.part(); ok && joined && unitMinutes[l.word()] == 0 { // an hour and a half
		return n + part, unit
	}
	if l.at = more; unitMinutes[l.t[unit].text] != 60 {
		return 0, -1
	}
	minutes, ok := l.whole() // an hour and ten minutes
	if last := l.unit(); ok && minutes < 60 && last >= 0 && unitMinutes[l.t[last].text] == 1 {
		return n + minutes/60, unit
	}
	return 0, -1
}

// part reads a half, quarters and other fractions.
func (l *length) part() (float64, bool) {
	start := l.at
	n, counted := l.whole()
	if counted && l.pass("/") {
		if of, ok := l.whole(); ok && of > n {
			return n / of, true
		}
		l.at = start
		return 0, false
	}
	if !counted {
		n = 1
	}
	switch {
	case l.pass("quarter", "quarters"):
		return n / 4, n < 4
	case (!counted || n == 1) && (l.word() == "half" && l.at > 0 && (l.t[l.at-1].text == "and" || l.t[l.at-1].text == "a" && l.at > 1 && l.t[l.at-2].text == "and")):
		l.at++
		return .5, true
	case l.pass("arf", "alf", "harf"):
		return .5, true
	}
	l.at = start
	return 0, false
}

// whole reads a number, or the "an" of "an hour".
func (l *length) whole() (float64, bool) {
	if l.pass("a", "an") {
		return 1, true
	}
	if l.at < len(l.t) {
		if n, ok := countOf(l.t[l.at]); ok && l.t[l.at].suffix == "" {
			l.at++
			return n, true
		}
	}
	return 0, false
}

// ones is the five of twenty five; 0: there is none.
func (l *length) ones() float64 {
	if !tens[l.t[l.at-1].text] || l.at >= len(l.t) {
		return 0
	}
	if n, ok := countOf(l.t[l.at]); ok && l.t[l.at].kind == wordToken && n < 10 {
		return n
	}
	return 0
}

func (l *length) unit() int {
	if unitMinutes[l.word()] == 0 {
		return -1
	}
	l.at++
	return l.at - 1
}

func (l *length) pass(words ...string) bool {
	for _, w := range words {
		if l.word() == w {
			l.at++
			return true
		}
	}
	return false
}

func (l *length) word() string {
	if l.at >= len(l.t) {
		return ""
	}
	return l.t[l.at].text
}
