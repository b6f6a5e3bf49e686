package reply

import "slices"

// hinted reads a reply that names no option and yet speaks of one alone: "cannot
// leave Bill on his own" for "Caring for someone". What is read so is told to
// the person. With other, an option has been turned down, and only what names
// another counts: "evenings are no good, get me before work".
func (c *chooser) hinted(other bool) Reading[string] {
	none := Reading[string]{Rule: "choice/none-named", AskBack: true}
	if c.wonders() {
		return none
	}
	found := c.covering(c.lacked(c.hints(), c.kindred()))
	c.roles(found)
	if other {
		found = slices.DeleteFunc(found, func(m mention) bool {
			return m.option < 0 || c.turnedDown[m.option] && m.lack == 0 && !c.groupsIn[m.option].need
		})
	}
	for i := range found {
		m := &found[i]
		switch {
		case m.option < 0:
		case m.lack != 0:
			m.denied = m.denied && c.ruledOut(*m, m.lack != '!')
		case c.groupsIn[m.option].need:
			m.denied = m.denied && c.ruledOut(*m, true)
		default:
			m.denied = m.denied || c.lacking(m.from)
		}
	}
	c.turned(found)
	r := c.decide(c.corrected(found))
	if !r.OK {
		if len(found) == 0 && !other {
			return c.elsewhere(none)
		}
		return none
	}
	same := slices.DeleteFunc(found, func(m mention) bool { return m.option < 0 || c.options[m.option].Value != r.Value })
	if c.adjoined(same) {
		return none
	}
	r.Rule, r.AskBack = "choice/hint", true
	return r
}

// lacked puts the words of a thing of which a lack speaks before the same words
// from elsewhere: "no money" is about the cost.
func (c *chooser) lacked(hints, kindred []mention) []mention {
	for i := range hints {
		h := &hints[i]
		for _, k := range kindred {
			if k.lack == '!' && k.option == h.option && k.from == h.from && k.to == h.to {
				h.lack = k.lack
			}
		}
	}
	return append(hints, kindred...)
}

// hints finds each word and phrase that speaks of an option, wherever it
// stands.
func (c *chooser) hints() (out []mention) {
	for i, t := range c.tokens {
		for _, p := range groups.by[c.shapes[i].key] {
			if !p.senses || !c.inGroup(p.group) || c.leeway(p.words) == 0 {
				continue
			}
			m := mention{from: i, to: c.spelled(i, p.words, false), rank: rankPart}
			if m.to == 0 || c.hedged(i, m.to) || c.verb(i, m.to) {
				continue
			}
			for n, in := range c.groupsIn {
				if m.option = n; slices.Contains(in.whole, p.group) || len(p.words) > 1 && slices.Contains(in.part, p.group) {
					out = append(out, m)
				}
			}
		}
		o := c.owners[i]
		if t.kind != wordToken || len(o.of) == 0 || o.light || o.rank == rankSlip || aroundChoice[t.text] || i > 0 && speakers[c.tokens[i-1].text] {
			continue
		}
		for _, n := range o.of {
			out = append(out, mention{option: n, from: i, to: i + 1, rank: rankPart})
		}
	}
	return out
}

// lacking tells that a no stands somewhere before a token in its clause.
func (c *chooser) lacking(i int) bool {
	for k := i - 1; k >= 0 && c.clause[k] == c.clause[i]; k-- {
		if t := c.tokens[k].text; negation[t] || t == "without" || t == "hardly" {
			return true
		}
	}
	return false
}

// ruledOut tells "not the money", which is no lack of it, and "no pain", since
// pain is nothing that people lack.
func (c *chooser) ruledOut(m mention, trouble bool) bool {
	i := m.from
	able := ableWords[c.word(i)] || m.lack == '!' && m.to > m.from+1
	for i--; i > 0 && (gistless[c.tokens[i].text] || betweenDenial[c.tokens[i].text] && c.tokens[i].text != "got" && c.tokens[i].text != "get" && (trouble || !lackWords[c.tokens[i].text])); i-- {
	}
	if i < 0 {
		return false
	}
	t := c.tokens[i].text
	if t == "but" && c.anything(i-1) { // "anywhere but home"
		return true
	}
	if t == "not" && able && mayNot[c.word(i-1)] { // "could not afford it"
		return false
	}
	return t == "not" || t == "nor" || trouble && (deniers[t] || t == "no")
}

// adjoined tells that something is joined to what was read: "knitting and
// craft".
func (c *chooser) adjoined(same []mention) bool {
	joins := func(i, next, step int) bool {
		if i < 0 || i >= len(c.tokens) || c.tokens[i].text != "and" && c.tokens[i].text != "or" && c.tokens[i].text != "&" {
			return false
		}
		if step > 0 && (c.orElse(next) || c.said(next, "the like") || c.said(next, "so on") || c.said(next, "all that") || c.word(next) == "that" || c.word(next) == "such" || c.word(next) == "stuff") {
			return false // "knitting and the like"
		}
		if step > 0 && c.tokens[i].text == "or" && orSo[c.word(next)] { // "a week or two"
			return false
		}
		for next >= 0 && next < len(c.tokens) && (gistless[c.tokens[next].text] || comparing[c.tokens[next].text]) && !goesOn[c.tokens[next].text] && !subjects.has(c.tokens[next].id) {
			next += step
		}
		return next < 0 || next >= len(c.tokens) || !subjects.has(c.tokens[next].id) && !goesOn[c.tokens[next].text] && !slices.ContainsFunc(same, func(m mention) bool { return m.from <= next && next < m.to })
	}
	before := c.from - 1
	for before > 0 && gistless[c.tokens[before].text] {
		before--
	}
	return before > 0 && before < c.from-1 && c.tokens[before].text == "or" || joins(c.from-1, c.from-2, -1) || joins(c.to, c.to+1, 1)
}

// wonders tells a reply that asks, or that leaves the answer open. "Could she
// come to the house" wishes for something.
func (c *chooser) wonders() bool {
	if len(c.tokens) == 0 {
		return true
	}
	if mayAsk[c.word(0)] && (subjects.has(c.tokens[min(1, len(c.tokens)-1)].id) || c.word(1) == "somebody" || c.word(1) == "someone") && askedFor[c.word(2)] {
		return false
	}
	if slices.ContainsFunc(c.tokens, func(t token) bool { return t.text == "?" }) {
		return true
	}
	if len(c.tokens) < 2 {
		return askers[c.tokens[0].text]
	}
	next := c.tokens[1]
	switch first := c.tokens[0].text; {
	case first == "when" || first == "where" || first == "which" || first == "how" || first == "who": // "when I get up"
		return askers[next.text] || manyOf[next.text]
	case first == "did" && next.text == "it", first == "what" && (next.text == "i" || next.text == "we"): // "did it easily", "what I did before"
		return false
	case askers[first]:
		return first == "what" && next.text != "if" || first == "why" || subjects.has(next.id) || gistless[next.text] || next.text == "that" || next.text == "this"
	}
	return false
}

// inquires tells "what step was it": a question without its mark.
func (c *chooser) inquires() bool {
	switch c.word(0) {
	case "what", "which", "who", "whose", "why":
		for i := 1; i < 4; i++ {
			switch c.word(i) {
			case "is", "was", "are", "were", "did", "do", "does":
				return true
			}
		}
	}
	return false
}

var (
	mayNot = set("can could did do does")
	// ableWords are verbs whose lack is a trouble.
	ableWords = set("afford pay sleep cope manage drive breathe")
	mayAsk    = set("can could would will")
	askedFor  = set("do ask sort find phone contact talk speak see come ring call text send post email write visit pop make get start meet keep drop leave book have try phone message put swap take give not drive pick fetch bring shorten change")
)

var manyOf = set("much many long far often do about")

var askers = set("what why when who where which how is are was were will has did does do can could would should may")

// goesOn are words behind an "and" that join no other thing.
var goesOn = set("need want would will can could am is was do did have had hope keep try learn that then so me her his him them their us nothing no not only just all back into to from with at for")
