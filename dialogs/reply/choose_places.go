package reply

import "slices"

// Options are picked by where they stand, too: "2", "the first one", "4th one
// down", "the last of them", "the one at the bottom", "last but one". Such words
// are mentions like any label, so that what is said around them counts as well:
// "not the first one", "number 2, no, number 3".

// place is an option named by where it stands.
type place struct {
	option, to int
	// plain says that its words name a place by themselves, and that it may
	// stand in a longer reply: "the second one" but not "second".
	plain bool
}

// placeAt reads a place that begins at token i.
func (c *chooser) placeAt(i int) (p place, ok bool) {
	n := len(c.options)
	w := c.word(i)
	if optionWords[w] && !c.inLabel(&c.shapes[i]) {
		return c.numberedPlace(i)
	}
	switch {
	case w == "penultimate", w == "last" && c.said(i+1, "but one"), w == "second" && c.said(i+1, "last"), w == "next" && c.said(i+1, "to last"), w == "second" && c.said(i+1, "to last"):
		end := i + 1
		for placeWords[c.word(end)] || c.word(end) == "to" {
			end++
		}
		return place{n - 2, c.pastNoun(end), true}, n > 2
	case w == "one":
		if at := c.after(i+1, "at", "the"); at > 0 {
			if o, ok := c.edge(at); ok {
				return place{o, at + 1, true}, true
			}
		}
		if at := c.after(i+1, "in", "the"); at > 0 && c.word(at) == "middle" {
			return place{n / 2, at + 1, true}, n%2 == 1
		}
	}
	o, ok := c.ordinal(i)
	if !ok || o < 0 || o >= n || i > 0 && notBeforePlace[c.word(i-1)] {
		return p, false
	}
	end := c.pastNoun(i + 1)
	if c.word(end-1) == "choice" && slices.ContainsFunc(c.owners[end:min(end+4, len(c.owners))], func(o owner) bool { return len(o.of) > 0 }) { // "first choice bingo"
		return p, false
	}
	p = place{o, end, end > i+1}
	if !p.plain && (notPlaces[c.word(end)] || c.number(end)) { // "first time", "the first two"
		return p, false
	}
	p, ok = c.tail(p)
	return p, ok && (p.plain || !listEnds[w] && c.word(p.to) != "of")
}

// tail reads what may stand behind a place: "down", "of those", "on the list",
// "from the bottom".
func (c *chooser) tail(p place) (place, bool) {
	if alongWords[c.word(p.to)] {
		p.to++
		p.plain = true
	}
	at := p.to
	switch c.word(at) {
	case "from":
		if at++; c.word(at) == "the" {
			at++
		}
		switch c.word(at) {
		case "bottom", "end":
			p.option = len(c.options) - 1 - p.option
		case "top", "start":
		default:
			return p, true
		}
		p.to, p.plain = at+1, true
		return p, p.option >= 0
	case "of", "on", "in":
		of := c.word(at) == "of"
		if at++; c.word(at) == "the" || c.word(at) == "your" || c.word(at) == "that" || c.word(at) == "all" {
			at++
		}
		switch w := c.word(at); {
		case w == "list" || of && (manyWords[w] || c.number(at) && c.shapes[at].count == float64(len(c.options))):
			p.to, p.plain = c.pastNoun(at+1), true
		}
	}
	return p, true
}

// numberedPlace reads "option 2", "no. 3", "number b".
func (c *chooser) numberedPlace(i int) (p place, ok bool) {
	k := i + 1
	// A few signs stand between at most, so that a text of nothing else is not read
	// anew from each of them.
	for k < len(c.tokens) && k <= i+3 && (c.tokens[k].text == "." || c.tokens[k].text == "#" || c.tokens[k].text == ":") {
		k++
	}
	if k >= len(c.tokens) || c.word(i) == "no" && (c.tokens[k].kind != numberToken || k == i+1 && i > 0 && c.word(i-1) == "") { // "2, no 3"
		return p, false
	}
	n := 0
	switch w := c.word(k); {
	case c.number(k) && c.tokens[k].suffix == "" && c.shapes[k].count == float64(int(c.shapes[k].count)):
		n = int(c.shapes[k].count)
	case len(w) == 1 && 'a' <= w[0] && w[0] <= 'f':
		n = int(w[0]-'a') + 1
	}
	return place{n - 1, k + 1, true}, n > 0 && n <= len(c.options) && !(k+1 < len(c.tokens) && c.tokens[k+1].text == "of")
}

// ordinal reads the place that one word says: "second", "2nd", "last", "top".
func (c *chooser) ordinal(i int) (option int, ok bool) {
	w := c.word(i)
	if v, ok := ordinalWords[w]; ok {
		return int(v) - 1, true
	}
	if i < len(c.tokens) && c.tokens[i].kind == numberToken && ordinalEnds[c.tokens[i].suffix] {
		return int(c.tokens[i].value) - 1, true
	}
	switch w {
	case "middle":
		return len(c.options) / 2, len(c.options)%2 == 1
	case "latter":
		return 1, len(c.options) == 2
	case "former":
		return 0, len(c.options) == 2
	}
	return c.edge(i)
}

// edge reads the top or the bottom of the list.
func (c *chooser) edge(i int) (option int, ok bool) {
	switch c.word(i) {
	case "last", "final", "bottom", "end":
		return len(c.options) - 1, true
	case "top", "start", "beginning":
		return 0, true
	}
	return 0, false
}

// word is the text of a word, as replies are read; "" for anything else.
func (c *chooser) word(i int) string {
	if i < 0 || i >= len(c.tokens) || c.tokens[i].kind != wordToken && c.tokens[i].text != "#" {
		return ""
	}
	return c.tokens[i].text
}

func (c *chooser) number(i int) bool { return i < len(c.tokens) && c.shapes[i].number }

// pastNoun passes over the "one" of "the second one".
func (c *chooser) pastNoun(i int) int {
	if placeNouns[c.word(i)] || i < len(c.tokens) && c.tokens[i].text == "1" {
		return i + 1
	}
	return i
}

// after passes over words that stand at a token; 0 if they do not.
func (c *chooser) after(i int, words ...string) int {
	for _, w := range words {
		if c.word(i) != w {
			return 0
		}
		i++
	}
	return i
}

func (c *chooser) said(i int, words string) bool {
	for k := 0; k < len(words); i++ {
		w := c.word(i)
		if len(w) == 0 || len(words) < k+len(w) || words[k:k+len(w)] != w {
			return false
		}
		k += len(w) + 1
	}
	return true
}

var (
	optionWords = set("option number choice no answer button # num opt letter")
	placeNouns  = set("one option choice answer button item")
	placeWords  = set("last but one next to")
	// listEnds are places beside another word only: "end of the list".
	listEnds    = set("end start beginning")
	alongWords  = set("down along")
	ordinalEnds = set("st nd rd th")
	manyWords   = set("all any these those them other first last em list lot")
	// Behind a number or "first" these make it another thing: "first time",
	// "one minute", "2 of them".
	notPlaces = set("more other left less to thing things time times day days week weeks weekend night month months year years hour hours minute minutes min sec secs second moment person people class aid floor bus impression step steps bit bits name half part parts place places couple few pair mate man lady woman thought thoughts oclock")
	howMany   = set("have pick choose do tick select allowed take say put")
	asksLeave = set("can could may am is")
	// givesReason begin a reason without a mark: "3rd one its round the corner".
	givesReason = set("its it i as for cause we")
	// Before it these do: "just a second", "my first".
	notBeforePlace = set("a every each my another any")
)

// placed finds the places that are plain by themselves, where their clause says
// nothing else.
func (c *chooser) placed() (out []mention) {
	for i := 0; i < len(c.tokens); i++ {
		p, ok := c.placeAt(i)
		if !ok || !p.plain {
			continue
		}
		m := mention{option: p.option, from: i, to: p.to, rule: "choice/number", rank: rankAlso}
		if !c.plainAround(i, p.to, 0) && !(givesReason[c.word(p.to)] && c.plainAround(i, p.to, len(c.tokens))) {
			if !c.praised(i, p.to) {
				continue
			}
			m.told = true
		}
		out = append(out, m)
		i = p.to - 1
	}
	return out
}

// praised tells "the second one sounds doable" and "could manage the last one":
// something is said of the place, or done with it, that is no denial in any of
// its words. The person is told what was taken.
func (c *chooser) praised(from, to int) bool {
	n, start := c.clause[from], 0
	if n > 0 {
		start = c.ends[n-1]
	}
	if c.ends[n]-start > 20 { // which also keeps a text of nothing but places linear
		return false
	}
	for i := start; i < c.ends[n]; i++ {
		w := c.tokens[i].text
		if i >= from && i < to {
			continue
		}
		if deniers[w] || negation[w] || againstPlace[w] || w != "down" && c.badly(i) {
			return false
		}
		if c.others[i+1] > c.others[i] && i < from && !manages[w] {
			return false
		}
	}
	return c.others[c.ends[n]] == c.others[to] || saysOf[c.word(to)] && c.others[c.ends[n]]-c.others[to] <= 3
}

// badly tells a word of a scale that speaks against a thing.
func (c *chooser) badly(i int) bool {
	return slices.ContainsFunc(scales.by[c.shapes[i].index()], func(w degreeWord) bool { return len(w.words) == 1 && w.value < 0 })
}

var (
	againstPlace = set("too beyond question was were wrong pointless silly daft boring scary wish impossible used if ? already done last")
	manages      = set("manage handle cope tackle face attempt aim leaning tempted favour lean towards toward give")
	saysOf       = set("sounds sound looks look seems seem feels is would will might could should suits appeals works fits suit appeal")
)

// counted finds the places that are none by themselves, "2", "second", "b": they
// have to be all that a reply says, or what it says before it goes on to a reason.
func (c *chooser) counted() (out []mention) {
	said := 0
places:
	for said < len(c.tokens) {
		p, ok := c.placeAt(said)
		if !ok {
			p, ok = c.figurePlace(said)
		}
		switch {
		case ok && p.option >= 0 && p.option < len(c.options):
			out = append(out, mention{option: p.option, from: said, to: p.to, rule: "choice/number"})
			said = p.to
		case ok || !c.small(said):
			break places
		default:
			said++
		}
	}
	end := 0 // of the last clause that is all places and small words
	for _, e := range c.ends {
		if e <= said {
			end = e
		}
	}
	c.allPlaces = len(out) > 0 && end == len(c.tokens)
	return slices.DeleteFunc(out, func(m mention) bool { return m.to > end })
}

// small tells a word that says nothing about which place is meant.
func (c *chooser) small(i int) bool {
	t := c.tokens[i]
	if t.kind == wordToken && t.text != "one" && c.number(i) || t.kind == numberToken {
		return false
	}
	return t.kind != wordToken || aroundChoice[t.text] || deniers[t.text] || correctionWords[t.text] || t.text == "no" || t.text == "or"
}

// figurePlace reads "2", "two" and "b" as a place in the list.
func (c *chooser) figurePlace(i int) (p place, ok bool) {
	w := c.word(i)
	switch {
	case c.number(i) && i > 0 && howMany[c.word(i-1)] && asksLeave[c.word(0)]: // "can I pick two"
		return p, false
	case c.number(i):
		n := c.shapes[i].count
		if n != float64(int(n)) || c.tokens[i].suffix != "" || notPlaces[c.word(i+1)] || c.word(i+1) == "of" || manyWords[c.word(i-1)] || c.numbered > 1 ||
			w == "one" && (c.word(i-1) != "" || i > 0 && c.tokens[i-1].kind == numberToken) ||
			i == 1 && c.tokens[0].text == "-" && !c.tokens[1].space {
			return p, false
		}
		if o := c.owners[i].of; len(o) > 0 && o[0] != int(n)-1 { // a label holds that number
			return p, false
		}
		return place{int(n) - 1, i + 1, false}, true
	case len(w) == 1 && 'a' <= w[0] && w[0] <= 'f' && (w != "a" || len(c.tokens) == 1):
		return place{int(w[0] - 'a'), i + 1, false}, true
	}
	return p, false
}

// agreed tells that places are all that a reply says ("lovely, the second"), or
// that it begins with a place, and that all that is named
// behind it the option has as well: "4 please, always loved a dance".
func (c *chooser) agreed(placed, found []mention) bool {
	return c.allPlaces || len(placed) == 1 && !slices.ContainsFunc(found, func(m mention) bool {
		return m.option >= 0 && m.option != placed[0].option || m.option < 0 && m.rank != rankRival && !slices.Contains(m.of, placed[0].option)
	})
}
