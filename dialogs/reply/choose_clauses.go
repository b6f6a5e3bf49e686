package reply

// part cuts a reply into clauses. A mark ends one, and so does a word that
// begins a reason, a condition or another try: "tea because", "painting, I mean
// art". It also says of each word whose it is.
func (c *chooser) part() {
	c.clause = make([]int, len(c.tokens))
	c.owners = make([]owner, len(c.tokens))
	c.others = make([]int, len(c.tokens)+1)
	for i, w := range c.tokens {
		if i > 0 && (w.kind == markToken && !joiningMark[w.text] || w.text == "-" && w.space || beginsClause[w.text] && !(w.text == "as" && c.word(i-2) == "as") || correctionWords[w.text] || c.settlesOn(i)) {
			c.ends = append(c.ends, i)
		}
		c.clause[i] = len(c.ends)
		c.others[i+1] = c.others[i]
		if w.kind == markToken || w.kind == faceToken {
			continue
		}
		if !c.verb(i, i+1) {
			c.owners[i] = c.owner(&c.shapes[i])
		}
		if !aroundChoice[w.text] && !correctionWords[w.text] && !aroundChoice[w.plainText()] && (len(c.owners[i].of) == 0 || c.owners[i].rank == rankSlip) {
			c.others[i+1]++
		}
	}
	c.ends = append(c.ends, len(c.tokens))
	if c.labelledBy(func(w shape) bool { return dayParts[w.text] }) && c.others[len(c.tokens)] == c.weekdaysSaid() { // "Sunday aft"
		clear(c.others)
	}
}

// weekdaysSaid counts the weekdays in a reply.
func (c *chooser) weekdaysSaid() (n int) {
	for _, w := range c.tokens {
		if dayNames[w.text] != "" {
			n++
		}
	}
	return n
}

// settlesOn tells the "it is" of "but at my age it is the chair one".
func (c *chooser) settlesOn(i int) bool {
	start := 0
	if n := len(c.ends); n > 0 {
		start = c.ends[n-1]
	}
	opener := c.tokens[start].text
	return (opener == "but" || opener == "so") && c.tokens[i].text == "it" && i+1 < len(c.tokens) && settlers[c.tokens[i+1].text]
}

var settlers = set("is will has would")

var joiningMark = set("- / & # '")

var (
	beginsClause    = set("because but if since though although when while unless so as whereas except")
	correctionWords = set("no nope sorry actually wait meant mean scrap oops rather correction instead hang nah")
)

// corrected drops what a later mention replaces: "tea, no, coffee".
func (c *chooser) corrected(found []mention) []mention {
	for i := len(found) - 1; i > 0; i-- {
		if found[i].denied || found[i].option < 0 {
			continue
		}
		for k := found[i-1].to; k < found[i].from; k++ {
			w := c.tokens[k].text
			if correctionWords[w] && !c.joins(k, w, found[i], found[i-1]) {
				return found[i:]
			}
		}
	}
	return found
}

// joins tells a correcting word that is none here: "coffee, well no tea for
// me", "coffee rather than tea".
func (c *chooser) joins(k int, w string, m, before mention) bool {
	if k+1 < len(c.tokens) && (c.tokens[k+1].text == "than" || w == "instead" && c.tokens[k+1].text == "of") {
		return true
	}
	return w == "no" && k+1 == m.from && m.from-before.to > 2
}

// plainAround tells whether a mention is what its clause says: before it stand
// only small words and other words of labels, and behind it at most so many
// others.
func (c *chooser) plainAround(from, to, others int) bool {
	n, start := c.clause[from], 0
	if n > 0 {
		start = c.ends[n-1]
	}
	end := max(to, c.ends[n])
	return c.others[from] == c.others[start] && c.others[end]-c.others[to] <= others
}

// aroundChoice are words that say nothing about which option is meant.
var aroundChoice = set(`but the a an i it is that this one please thanks thank you would like love prefer want to go with for my me do will can we have be am think guess say suppose probably maybe just option choice number pick choose let us make
if at in on of so yes yeah yep aye ok okay lol hi hello x xx xxx best better ideally then and really well um hmm er erm definitely sounds good great fine suits works most there day time thing answer mine put take mean meant was did said only more rather sorry any perhaps possibly ta cheers still all as by up some kind sort are suit nicely could how about what lets looks look sound going gonna every wanna oh ooh
need shall may might had has been id i'd got get try fancy favourite first second nice lovely bit little quite very too much though now today again always each time times love mate duck hen pet hun darling dear honest honestly tbh opt might should feel feels feeling seems step part they them these those her his our your here from into or afraid sure course certainly unfortunately fortunately sadly thankfully luckily obviously hopefully finally eventually already yesterday being having doing yup yea ye ya yah absolutely indeed managed totally properly fully think about around round ish oclock usually mainly mostly lady man woman chap bloke person people folk place somewhere anywhere something stuff struggling struggle trouble bother bothering problem problems issue issues biggest main thank wee bit oor hiya hey ach och max aye really proper dead reckon decided deciding choosing chosen chose pick picked opting opt `)
