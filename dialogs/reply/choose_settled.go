package reply

import "slices"

// mostNamed is the most options named that are weighed against each other, which
// keeps a text of nothing but options linear.
const mostNamed = 12

// settle denies, where a reply names several options, those beside the one that
// is plainly meant: "letter please, my eyes are bad with the phone". Whoever
// reads between the lines tells the person what was taken.
func (c *chooser) settle(found []mention) {
	var live []*mention
	several := func() bool {
		return slices.ContainsFunc(live, func(m *mention) bool { return m.option != live[0].option })
	}
	for i := range found {
		if m := &found[i]; m.option >= 0 && !m.denied {
			live = append(live, m)
		}
	}
	if !several() || len(live) > mostNamed {
		return
	}
	live = slices.DeleteFunc(live, func(m *mention) bool { // "the bus stop" is no bus
		m.denied = compounds[c.tokens[m.to-1].text+" "+c.word(m.to)]
		return m.denied
	})
	if !several() {
		return
	}
	one := c.picked(live)
	told := one == nil
	if one == nil {
		one = c.reasoned(live, c.troubles())
	}
	if one == nil {
		one = c.mainly(live)
	}
	if one == nil {
		one = c.conceded(live)
	}
	if one == nil {
		return
	}
	for _, m := range live {
		m.denied = m.option != one.option || !told && m != one
		m.told = m.told || told
	}
}

// picked tells "text or email... email" and "out of tea and bowls, bowls": the
// last one is one of those that were listed before it.
func (c *chooser) picked(live []*mention) *mention {
	n := len(live) - 1
	last, before := live[n], live[n-1]
	if n < 2 || c.clause[before.from] == c.clause[last.from] && !c.any(before.to, last.from, pickWords) || c.any(before.to, last.from, joinsOption) || c.against(before.to, c.ends[c.clause[last.from]], last) {
		return nil
	}
	listed := slices.ContainsFunc(live[:n], func(m *mention) bool { return m.option == last.option })
	if !listed || !c.any(live[0].to, before.from, joinsOption) {
		return nil
	}
	return last
}

// reasoned tells "mornings. By the afternoon I am done in": what is picked in
// plain words, and each other option is spoken against behind it. Of troubles that
// says that they are there, and they have to be put off or come second.
func (c *chooser) reasoned(live []*mention, troubles bool) *mention {
	one, aside := live[0], c.timed() || c.setApart(live[0])
	if c.others[one.from] > 0 || c.any(0, one.from, againstWords) || c.any(0, one.from, leavesOpen) {
		return nil
	}
	for _, m := range live[1:] {
		if m.option == one.option {
			continue
		}
		from, to := one.to, c.ends[c.clause[m.from]]
		if !c.goesFrom(one.to, m.from) || joinsOption[c.joint(m.from)] || joinsOption[c.word(one.to)] || c.any(from, m.from, leavesOpen) || c.any(m.to, to, leavesOpen) || c.word(to-1) == "too" || c.said(to-2, "as well") || c.leadsTo(one.to, m.from) {
			return nil
		}
		said := (aside || !troubles && c.statement(one.to, to)) && c.turn(one, m) < 0 && (c.others[to] > c.others[m.to] || c.others[m.from] > c.others[one.to])
		if !said && !c.any(from, to, putsOff) && (troubles || !c.against(from, to, m)) {
			return nil
		}
	}
	return one
}

// statement tells a sentence of its own, without praise: "town is heaving".
func (c *chooser) statement(from, to int) bool {
	verb := false
	for i := from; i < to; i++ {
		w := c.tokens[i].text
		if praises[w] || supposers[w] {
			return false
		}
		verb = verb || saysIs[w] || subjects.has(c.tokens[i].id) || statingVerbs[w]
	}
	return verb
}

// timed tells that the options are times, so that what is said of another one is
// what the person does then: "Tuesday. Monday the nurse comes".
func (c *chooser) timed() bool {
	return c.labelledBy(func(w shape) bool { return dayNames[w.text] != "" || dayParts[w.text] })
}

// labelledBy tells that each label has such a word.
func (c *chooser) labelledBy(is func(shape) bool) bool {
	return !slices.ContainsFunc(c.names, func(n optionName) bool { return n.rank == rankLabel && !slices.ContainsFunc(n.words, is) })
}

// setApart tells "family first, always" and "stop for now": all others come behind.
func (c *chooser) setApart(m *mention) bool {
	return apart[c.word(m.to)] || c.said(m.to, "for now") || c.said(m.to, "to start") || c.said(m.to, "to begin") || c.said(m.to, "every time") || c.said(m.to, "above all")
}

// leadsTo tells a "so" that an option follows from: "the bus, my legs are bad so the
// taxi", but not "so can't take calls".
func (c *chooser) leadsTo(from, to int) bool {
	for i := from; i < to; i++ {
		if c.tokens[i].text == "so" && !c.any(i, to, negation) {
			return true
		}
	}
	return false
}

// goesFrom tells that something stands between two options that ends what is said
// of the first: a mark, a reason, or any other word.
func (c *chooser) goesFrom(from, to int) bool {
	for i := from; i < to; i++ {
		if t := c.tokens[i]; t.kind == markToken && !joiningMark[t.text] || beginsClause[t.text] || subjects.has(t.id) || c.others[i+1] > c.others[i] {
			return true
		}
	}
	return false
}

// joint is the word before an option, its article left out.
func (c *chooser) joint(i int) string {
	for i--; i > 0 && gistless[c.tokens[i].text]; i-- {
	}
	if i < 0 {
		return ""
	}
	return c.tokens[i].text
}

func (c *chooser) any(from, to int, words map[string]bool) bool {
	for i := max(from, 0); i < to; i++ {
		if words[c.tokens[i].text] {
			return true
		}
	}
	return false
}

// against tells that words around an option speak against it, or put it off.
func (c *chooser) against(from, to int, m *mention) bool {
	for i := from; i < to; i++ {
		if i >= m.from && i < m.to {
			continue
		}
		w := c.tokens[i].text
		if againstWords[w] || negation[w] || deniers[w] || c.badly(i) || w == "too" && i+1 < to {
			return true
		}
	}
	return false
}

// troubles tells that most options are troubles, of which people have several.
func (c *chooser) troubles() bool {
	n := 0
	for i := range c.options {
		in, _ := kindsOf(c.options[i].Label)
		if c.groupsIn[i].need || slices.ContainsFunc(in, func(k int) bool { return kinds.marks[k] != 0 }) {
			n++
		}
	}
	return 2*n > len(c.options)
}

// mainly tells "mostly text, phone now and again": all others are the lesser part.
func (c *chooser) mainly(live []*mention) *mention {
	var one *mention
	for _, m := range live {
		switch {
		case c.lesser(m):
		case one != nil && one.option != m.option:
			return nil
		default:
			one = m
		}
	}
	return one
}

// lesser tells "sometimes the phone" and "phone now and again".
func (c *chooser) lesser(m *mention) bool {
	if lesserWords[c.word(m.to)] || c.said(m.to, "now and") || c.said(m.to, "at a push") || c.said(m.to, "at a pinch") {
		return true
	}
	if c.word(m.to) == "if" && c.joint(m.from) == "or" { // "video, or phone if it is down"
		return true
	}
	for i := m.from - 1; i >= 0 && i >= m.from-3 && c.clause[i] == c.clause[m.from] && !joinsOption[c.tokens[i].text]; i-- {
		if lesserWords[c.tokens[i].text] {
			return true
		}
	}
	return false
}

// conceded tells "bingo sounds nice but bowls is nearer" and "bingo I can manage,
// it's the bowls": what is said of the first is set aside.
func (c *chooser) conceded(live []*mention) *mention {
	n := len(live) - 1
	last, before := live[n], live[n-1]
	if before.option == last.option || c.clause[before.from] == c.clause[last.from] {
		return nil
	}
	i, end := c.turn(before, last), c.ends[c.clause[last.from]]
	if i < 0 || c.any(before.to, end, joinsOption) || c.any(i, end, leavesOpen) || c.any(i, end, supposing) || c.word(end-1) == "too" || c.against(i+1, end, last) || c.any(0, i, dayParts) && c.any(i, end, dayParts) && !c.timed() {
		return nil
	}
	return last
}

// turn finds the word that sets an option against what was said before it, which
// has to be something; -1: there is none.
func (c *chooser) turn(before, last *mention) int {
	said := false
	for i := range c.tokens[:last.from] {
		t := c.tokens[i]
		if i < before.to {
			said = said || i < before.from && t.kind == wordToken && !politeWords[t.text] && !gistless[t.text]
			continue
		}
		said = said || t.kind == wordToken && t.text != "but" && !politeWords[t.text]
		switch t.text {
		case "but":
			if said {
				return i
			}
		case "it":
			if c.said(i, "it is") && c.others[i] > c.others[before.to] && c.others[last.from] == c.others[i] && c.clause[i] == c.clause[last.from] {
				return i
			}
		}
	}
	return -1
}

var (
	// joinsOption join one option to another.
	joinsOption = set("and or & plus also nor both either equally then")
	// leavesOpen leave it open which option is meant, or when.
	leavesOpen = set("if unless otherwise else instead then also both either equally sometimes depends depending likewise ?")
	supposing  = set("might may could")
	pickWords  = set("i say pick choose go take prefer definitely")
	// lesserWords make an option the lesser part.
	lesserWords = set("sometimes occasionally odd seldom rarely")
	dayParts    = set("morning mornings afternoon afternoons evening evenings night nights lunchtime weekend weekends weekday weekdays teatime noon midday day")
	// praises are words of who may want it, too.
	praises      = set("good nice lovely great fun love loves loved like likes enjoy enjoys enjoyed brilliant best better well works suits helps help helped fine ok okay alright important matters welcome want need fancy keen ideal perfect interested")
	statingVerbs = set("makes make takes take gets get comes come goes")
	apart        = set("mostly mainly first always definitely obviously")
	// compounds are things that are named by an option's word.
	compounds = map[string]bool{"bus stop": true, "bus pass": true, "bus station": true, "bus driver": true, "bus fare": true, "bus timetable": true, "car park": true, "car boot": true, "taxi driver": true, "taxi rank": true, "walking stick": true, "walking sticks": true, "walking frame": true, "phone bill": true, "phone number": true, "letter box": true, "tea time": true, "work experience": true}
	// putsOff are words for what comes later or second.
	putsOff = set("once when until later eventually though although despite second backup")
	// againstWords speak against an option.
	againstWords = set(`against hate hates hated dislike dislikes loathe detest worse worst bad badly awful terrible rubbish hopeless useless hard harder difficult far expensive dear costs cost costly hurt hurts sore
tired knackered shattered exhausted done asleep busy working nervous scared anxious afraid frightened terrified shy panic overwhelmed overwhelming struggle struggles struggled struggling lost loud noisy crowded packed full closed shut cancelled broken off dread
wary miss ignore forget lose annoys annoying scares puts stresses tires drains gone early late long limited less unreliable slow trouble awkward impossible daunting boring`)
)
