package reply

import "slices"

// parts finds options by a word that only their label has, or a word that
// means the same: "walking please" for "Walking group". The word has to be what
// its clause says.
func (c *chooser) parts(found []mention) []mention {
	if m := c.beginning(); m != nil && len(found) == 0 {
		return m
	}
	taken := make([]bool, len(c.tokens))
	for _, m := range found {
		for i := m.from; i < m.to; i++ {
			taken[i] = true
		}
	}
	var out []mention
	for i, t := range c.tokens {
		if taken[i] || t.kind != wordToken && t.kind != numberToken {
			continue
		}
		o := c.owners[i]
		if len(o.of) == 0 {
			continue
		}
		m := mention{option: -1, from: i, to: i + 1, rule: "choice/word-of-label", rank: o.rank, of: o.of}
		others := 3
		if o.rank == rankSlip && len(t.text) > 7 { // "my nieghbour Betty"
			others = 1
		}
		if o.light && !(t.text == "mate" && i > 0 && belongings[c.tokens[i-1].text]) || o.rank == rankSlip && others > 1 || c.counting(i) {
			others = 0
		}
		if negation[t.text] && c.word(i+1) == "else" && names(found) { // "the group, nothing else"
			continue
		}
		if t.text == "every" && (c.word(i+1) == "other" || ordinalWords[c.word(i+1)] > 0 || c.number(i+1) || c.word(i+1) != "" && !c.inLabel(&c.shapes[i+1]) && !aroundChoice[c.word(i+1)]) { // "every other day", "every payday"
			continue
		}
		if comparing[t.text] && (c.speaks(i-1) || c.speaks(i+1)) { // "more sleep"
			continue
		}
		if c.word(i-1) == "too" && !c.inLabel(&c.shapes[i]) { // "too hard" is not "A bit harder"
			continue
		}
		if len(o.of) == 1 {
			m.option = o.of[0]
		}
		if i > 0 && (speakers[c.tokens[i-1].text] || c.tokens[i-1].text == "how") { // "I walk badly", "how often"
			continue
		}
		if c.shapes[i].number && c.numbered < 2 { // "one" for "One to one", or the first
			continue
		}
		if c.plainAround(i, i+1, others) && (!o.light || !names(found)) {
			out = append(out, m)
		} else if !o.light && o.rank < rankSlip && !c.saidOf(i, found, out) { // too little to be taken, enough to doubt another
			m.option, m.rank = -1, rankRival
			out = append(out, m)
		}
	}
	return out
}

// saidOf tells a word that only says something of the option before it: "the group
// was a big help", where "Nothing helped" is another.
func (c *chooser) saidOf(i int, found, out []mention) bool {
	for k := i - 1; k > 0 && k > i-8 && c.clause[k] == c.clause[i]; k-- {
		if w := c.tokens[k].text; saysIs[w] || w == "with" && k > i-3 { // "a taxi with this leg"
			at := func(m mention) bool { return m.option >= 0 && c.clause[m.from] == c.clause[i] && m.to <= k }
			return slices.ContainsFunc(found, at) || slices.ContainsFunc(out, at)
		}
	}
	return false
}

var saysIs = set("is was are were be been has had")

// counting tells the "some" of "some people are rude", which is not some of it.
func (c *chooser) counting(i int) bool {
	if !countingWords[c.tokens[i].text] {
		return false
	}
	return i+2 >= len(c.tokens) || c.tokens[i+1].text != "of" || c.tokens[i+2].text == "your"
}

var countingWords = set("some all none most any half")

// numberedLabels is how many labels hold a number.
func numberedLabels(names []optionName) int {
	n, last := 0, -1
	for _, name := range names {
		if name.rank == rankLabel && name.option != last && slices.ContainsFunc(name.words, func(w shape) bool { return w.number }) {
			n, last = n+1, name.option
		}
	}
	return n
}

// owner says whose word a word of the reply is.
type owner struct {
	of   []int // the options whose labels have it
	rank int
	// light words, such as "take", say little by themselves.
	light bool
}

// owner finds the options whose labels have a word in the same form; if none
// has, in the same sense; and if none has, with a slip of spelling.
func (c *chooser) owner(t *shape) (o owner) {
	if emptyWord[t.text] {
		return o
	}
	o.light = lightWord[t.text] || lightWord[t.stem] || len(t.text) < 3 || aroundChoice[t.text] && (t.number || !c.inLabel(t))
	for _, same := range []struct {
		rank int
		is   func(t, w *shape) bool
	}{{rankPart, sameForm}, {rankPart, sameSense}, {rankSlip, nearWord}} {
		for n := range c.names {
			name := &c.names[n]
			for k := range name.words {
				if w := &name.words[k]; emptyWord[w.text] || !same.is(t, w) {
					continue
				}
				o.light = o.light || comparing[name.words[k].text] && name.compares()
				if n := len(o.of); n == 0 || o.of[n-1] != name.option {
					o.of = append(o.of, name.option)
				}
				break
			}
		}
		if len(o.of) > 0 {
			o.rank = same.rank
			return o
		}
	}
	return o
}

// speaks tells a word of a label that says something by itself.
func (c *chooser) speaks(i int) bool {
	return i >= 0 && i < len(c.owners) && len(c.owners[i].of) > 0 && !c.owners[i].light
}

// compares tells that a name says more than how much: "less" is not what "Drinking
// less" is about.
func (n *optionName) compares() bool {
	return slices.ContainsFunc(n.words, func(w shape) bool {
		return !comparing[w.text] && !emptyWord[w.text] && !lightWord[w.text] && !mildDegrees[w.text] && !strongDegrees[w.text]
	})
}

// inLabel tells whether a label has the very word.
func (c *chooser) inLabel(t *shape) bool {
	for i := range c.names {
		for k := range c.names[i].words {
			if c.names[i].words[k].key == t.key {
				return true
			}
		}
	}
	return false
}

var comparing = set("more less fewer better")

// belongings tell a mate who is spoken of, "with a mate", from one spoken to.
var belongings = set("a my me our best old good")

// speakers make a verb of the word behind them.
var speakers = set("i we he she they you who")

var (
	emptyWord = set("would could should the a an i it is that this to for my me do will can we have be am if at in on of so and or not no yes with by up all as you your say until was are sort kind")
	lightWord = set("new take taking keep going go out make get have try see right good time day now next left way well still like talk see come first last before after at with much bit little lot lots loads very quite")
)

// beginning finds the one option whose label begins with the whole reply, at
// least two words of it or how much: "no longer" for "No longer right", "very" for
// "Very sure".
func (c *chooser) beginning() []mention {
	var said []*shape
	for i := range c.shapes {
		if t := &c.shapes[i]; t.kind == wordToken || t.kind == numberToken {
			said = append(said, t)
		}
	}
	if len(said) > 1 && said[0].text == "did" && said[1].text == "not" { // who did not go says nothing of how it went
		return nil
	}
	if len(said) == 0 || len(said) == 1 && !strongDegrees[said[0].text] && !fairDegrees[said[0].text] {
		return nil
	}
	found := -1
	for _, name := range c.names {
		words := name.words
		same := 0
		for same < len(said) && same < len(words) && sameWord(said[same], &words[same]) {
			same++
		}
		// All that was said, or two of the three words of a label and one that
		// is no word we know: "no longer rite".
		if name.rank != rankLabel || same < len(said) && (same < 2 || len(said) != len(words) || same != len(words)-1 || said[same].common) || same == len(words) {
			continue
		}
		if found >= 0 && found != name.option {
			return nil
		}
		found = name.option
	}
	if found < 0 {
		return nil
	}
	return []mention{{option: found, from: 0, to: len(c.tokens), rule: "choice/word-of-label", rank: rankPart}}
}
