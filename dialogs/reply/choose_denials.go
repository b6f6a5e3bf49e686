package reply

import (
	"slices"
	"strings"
)

// none tells "no better": the first option named, with a no right before it.
func (c *chooser) none(m mention) bool {
	return m.from > 0 && c.tokens[m.from-1].text == "no" && c.tokens[m.from].text != "longer" && m.rule != "choice/number" && !slices.ContainsFunc(c.tokens[m.from:m.to], func(t token) bool { return negation[t.text] })
}

// echoed tells "done? not yet": asked first, and then answered.
func (c *chooser) echoed(m mention) bool {
	if c.refused(m) {
		return true
	}
	if m.to+1 >= len(c.tokens) || c.tokens[m.to].text != "?" || c.tokens[len(c.tokens)-1].text == "?" {
		return false
	}
	for _, t := range c.tokens[m.to:] {
		if t.kind == wordToken && !politeWords[t.text] {
			return true
		}
	}
	return false
}

// refusedIn is the most that a no behind a mark is put in, thanks and marks included.
const refusedIn = 12

// refused tells "email - never": behind a mark there is nothing but a no.
func (c *chooser) refused(m mention) bool {
	if m.to >= len(c.tokens) || len(c.tokens) > m.to+refusedIn || c.tokens[m.to].kind != markToken && c.tokens[m.to].text != ":no" || slices.ContainsFunc(c.tokens[m.from:m.to], func(t token) bool { return negation[t.text] }) {
		return false
	}
	no := false
	for _, t := range c.tokens[m.to:] {
		no = no || negation[t.text] || refusals[t.text]
		if t.kind == wordToken && !negation[t.text] && !refusals[t.text] && !refusing[t.text] {
			return false
		}
	}
	return no
}

var refusals = set("nah nope :no")

var refusing = set("way chance thanks thank you ta cheers ever again please love")

var politeWords = set("yes yeah yep aye indeed thankfully honestly please thanks thank you cheers ta x xx xxx love duck mate if ok okay possible is that")

// denies tells "not done", "nearly done", "could be better" and "anything but
// the group".
func (c *chooser) denies(i int) bool {
	being := true
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		t := c.tokens[k]
		switch {
		case t.kind == markToken:
			return false
		case t.text == "well" && k == i-1 && c.tokens[i].text == "done":
			return true // praise
		case t.text == "than" && (c.word(k-2) == "no" || c.word(k-2) == "not"): // "no longer than an hour"
			return false
		case deniers[t.text], t.text == "but" && c.anything(k-1):
			return true
		case supposers[t.text]:
			return being && k < i-1 && (t.text == "could" || t.text == "might" || t.text == "may" || c.scaled(i))
		case !betweenDenial[t.text]:
			return false
		}
		being = being && beings[t.text]
	}
	return false
}

// anything tells what a "but" takes one thing from: "any day but Friday".
func (c *chooser) anything(i int) bool {
	switch c.word(i) {
	case "anything", "any", "all", "everything", "anytime", "anyone", "anybody", "anywhere", "everyone", "everybody", "whenever", "whoever":
		return true
	case "them", "those", "these":
		return c.word(i-1) == "of" && c.anything(i-2)
	case "day", "time":
		w := c.word(i - 1)
		return w == "any" || w == "every" || w == "all"
	}
	return false
}

// scaled tells a word that says how something is: "would be better" is not
// better, but "it would be the bus" is the bus.
func (c *chooser) scaled(i int) bool {
	return c.tokens[i].text == "done" || slices.ContainsFunc(scales.by[c.shapes[i].index()], func(w degreeWord) bool { return w.head })
}

var (
	deniers       = set("not never except without nothing hardly barely than neither nor nearly almost half part avoid bar")
	supposers     = set("could might would should will may")
	beings        = set("be been have it get got")
	betweenDenial = set("the a an really keen on want to do it is quite got been be have fully all much exactly for in yet that i like fancy feel say any of go by via with on at in through over from my our me your")
)

// modifies tells whether one mention only says how far the next one goes.
func (c *chooser) modifies(m, next mention) bool {
	for k := m.to; k < next.from; k++ {
		if t := c.tokens[k]; t.kind == markToken || t.text == "or" || t.text == "and" || t.text == "then" {
			return false
		}
	}
	last := c.tokens[m.to-1].text
	return strings.HasSuffix(last, "ly") || last == "yet" || last == "half" || last == "almost" || m.rank == rankGroup && c.partial(m)
}

// partial tells a mention that says how much of it.
func (c *chooser) partial(m mention) bool {
	for _, t := range c.tokens[m.from:m.to] {
		if partWords[t.text] {
			return true
		}
	}
	return false
}

// partWords are in what says how much of it: "some of it done".
var partWords = set("some part half bit bits most")
