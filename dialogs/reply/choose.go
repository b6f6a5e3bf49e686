package reply

import "slices"

// Choose reads which option a reply names: by its label or a synonym, by words
// that mean the same, by a word that only one label has, by number or place, or
// with a slip of spelling. Words count whole: "party" does not name "part". Two
// options, or none, give nothing.
func Choose(text string, options []Option) Reading[string] {
	f := fold(text)
	t := praising(parted(spelledWill(scan(f))))
	c := chooser{tokens: t, options: options}
	r := c.read()
	if c.to > c.from {
		r.Span = f.source(t[c.from].from, t[c.to-1].to)
	}
	return r
}

type chooser struct {
	tokens  []token
	options []Option
	shapes  []shape // by token
	names   []optionName
	// groupsIn are, by option, the groups that its label is in; numbered is how
	// many labels hold a number.
	groupsIn []labelGroups
	numbered int
	clause   []int   // by token, the number of its clause
	ends     []int   // by clause, the token behind it
	owners   []owner // by token, whose word it is
	others   []int   // by token, how many before it are neither small nor of labels
	from     int     // tokens of what was read
	to       int
	// turnedDown are the options that are named only to say no to them.
	turnedDown map[int]bool
	// stepless are the values of options without a step on the scale that the
	// other labels are steps of.
	stepless map[string]bool
	// kin are the words that speak of what an option is about; nil: not yet
	// looked for.
	kin []mention
	// guessed: a figure has no unit of its own, and the person is told.
	guessed bool
	// unheld: a length of time was said that no option has.
	unheld bool
	// rarest: an option is less often than all others.
	rarest bool
	// allPlaces: a reply says nothing but where in the list the options stand.
	allPlaces bool
}

// mention is one option found in the reply.
type mention struct {
	option   int // -1: a word that several labels share
	from, to int // tokens
	rule     RuleID
	rank     int
	denied   bool
	told     bool // it may be what was, and the person is told what was taken
	// lack is the mark of its kind, where a lack speaks of the option as well.
	lack byte
	// of are the options that share the word.
	of []int
}

func (c *chooser) read() Reading[string] {
	if len(c.tokens) == 0 || len(c.options) == 0 {
		return Reading[string]{Rule: "choice/nothing", AskBack: len(c.tokens) > 0}
	}
	c.shapes = shapesOf(c.tokens)
	c.names, c.groupsIn = namesOf(c.options)
	c.numbered = numberedLabels(c.names)
	c.part()
	if c.mocked() {
		return Reading[string]{Rule: "choice/denied", AskBack: true}
	}
	r := c.labelled()
	if m, ok := c.graded(); ok && r.Rule != "choice/number" && !(r.OK && r.Rule == "choice/measure") && !c.rarest {
		if h := c.hinted(false); c.stepless != nil && h.OK && c.stepless[h.Value] {
			return h
		}
		return c.stepped(r, m)
	}
	switch {
	case r.Rule == "choice/none-named":
		if h := c.partDone(); h.OK {
			return h
		}
		if c.unheld {
			return r
		}
		return c.hinted(false)
	case r.Rule == "choice/denied":
		if h := c.hinted(true); h.OK {
			return h
		}
	case r.OK && !r.AskBack && (c.doubted() || c.contested(r) || r.Rule != "choice/label" && r.Rule != "choice/number" && c.inquires()):
		r.AskBack = true
	}
	return r
}

// labelled reads an option from its name, its place or words that mean the same.
func (c *chooser) labelled() Reading[string] {
	found := c.covering(slices.Concat(c.named(), c.clocks(), c.placed()))
	found = c.covering(append(found, c.parts(found)...))
	if m := c.measured(); m != nil && !labels(found, m[0]) && (!names(found) || m[0].to-m[0].from > 1 || !slices.ContainsFunc(found, func(f mention) bool { return f.rule != "choice/word-of-label" })) {
		if i := m[0].from; !bounding[c.word(i-1)] && !bounding[c.word(i-2)] {
			c.roles(m)
		}
		return c.decide(m)
	}
	if c.unheld {
		found = slices.DeleteFunc(found, func(m mention) bool { return m.rank >= rankPart && c.lengthWord(m) })
	}
	if placed := c.counted(); len(placed) > 0 {
		if found = c.covering(append(placed, found...)); c.agreed(placed, found) {
			found = placed
		}
	}
	c.roles(found)
	c.turned(found)
	if !names(found) {
		if said := c.polarity(); len(said) > 0 {
			return c.decide(said)
		}
	}
	found = c.corrected(found)
	c.settle(found)
	return c.decide(found)
}

// lengthWord tells a mention of a unit of time alone: the "months" of "six months"
// is no "A couple of months".
func (c *chooser) lengthWord(m mention) bool {
	return m.to == m.from+1 && unitMinutes[c.tokens[m.from].text] > 0
}

// bounding are words that are part of a measure: "less than 6".
var bounding = set("less more over under below above than before after until till by")

// labels tells whether a label is named in the very words of a measure.
func labels(found []mention, m mention) bool {
	return slices.ContainsFunc(found, func(f mention) bool {
		return f.rule == "choice/label" && f.option == m.option && f.from <= m.from && f.to >= m.to
	})
}

// names tells whether any mention names one option.
func names(found []mention) bool {
	return slices.ContainsFunc(found, func(m mention) bool { return m.option >= 0 })
}

func (c *chooser) decide(found []mention) Reading[string] {
	var one *mention
	denied := map[int]bool{}
	for i := range found {
		m := &found[i]
		switch {
		case m.option < 0:
		case m.denied:
			denied[m.option] = true
		case one == nil:
			one = m
		case one.option != m.option:
			c.from, c.to = one.from, m.to
			return Reading[string]{Rule: "choice/several", AskBack: true}
		}
	}
	if one == nil && len(denied) > 0 {
		one = c.left(found, denied)
	}
	if one == nil {
		id := RuleID("choice/none-named")
		if len(denied) > 0 {
			id, c.turnedDown = "choice/denied", denied
		}
		return Reading[string]{Rule: id, AskBack: true}
	}
	for _, m := range found { // "better and worse"
		if m.option < 0 && !m.denied && !slices.Contains(m.of, one.option) && (m.rank == rankRival && c.clause[m.from] == c.clause[one.from] || c.linked(m, *one)) {
			return Reading[string]{Rule: "choice/several", AskBack: true}
		}
	}
	if c.alternative(one, found) {
		return Reading[string]{Rule: "choice/several", AskBack: true}
	}
	c.from, c.to = one.from, one.to
	return Reading[string]{Value: c.options[one.option].Value, OK: true, Rule: one.rule, AskBack: one.told}
}

// left finds the one option that a shared word leaves: "a group, not the art".
func (c *chooser) left(found []mention, denied map[int]bool) *mention {
	for _, m := range found {
		if m.option >= 0 || m.denied || m.rank == rankRival {
			continue
		}
		var rest []int
		for _, n := range m.of {
			if !denied[n] {
				rest = append(rest, n)
			}
		}
		if len(rest) == 1 {
			m.option = rest[0]
			return &m
		}
	}
	return nil
}

// alternative tells "2 or 4 weeks" and "tea or whatever": something is joined
// to the one option named.
func (c *chooser) alternative(m *mention, found []mention) bool {
	if m.rule == "choice/number" {
		return false
	}
	again := func(o mention) bool { // "my sister or my mum" for Family
		return o.option == m.option && !o.denied && o.from > m.to && c.others[o.from] == c.others[m.to]
	}
	if m.to+1 < len(c.tokens) && c.tokens[m.to].text == "or" && !slices.ContainsFunc(found, again) && !orSo[c.tokens[m.to+1].text] && !c.orElse(m.to+1) && c.clause[m.to+1] == c.clause[m.from] {
		return true
	}
	i := m.from - 2
	if i < 0 || c.clause[i] != c.clause[m.from] {
		return false
	}
	_, number := countOf(c.tokens[i])
	switch c.tokens[i+1].text {
	case "or":
		return true
	case "to", "and", "-", "/":
		return number && c.shapes[m.from].number // "2 to 4 weeks", but no "no one to mind him"
	}
	return false
}

// orElse tells what follows an "or" that is no other answer: "or I will forget",
// "or somewhere like that".
func (c *chooser) orElse(i int) bool {
	if c.word(i) == "else" || pronouns[c.word(i)] {
		return true
	}
	return looseWords[c.word(i)] && (c.word(i+1) == "like" || c.word(i+1) == "similar" || c.word(i+1) == "")
}

var (
	pronouns   = set("i we he she it they")
	looseWords = set("whatever wherever whoever somewhere something someone anything thereabouts similar such")
)

// orSo are words behind an "or" that name nothing else: "a hymn or two".
var orSo = set("so two three thereabouts")

// covering keeps, of mentions that overlap, the longest, and of those the one
// whose name is nearest to the label, in the order of the text.
func (c *chooser) covering(found []mention) []mention {
	slices.SortStableFunc(found, func(a, b mention) int {
		if d := (b.to - b.from) - (a.to - a.from); d != 0 {
			return d
		}
		return 2*(a.rank-b.rank) + c.yesFirst(a) - c.yesFirst(b)
	})
	var out []mention
next:
	for _, m := range found {
		for i := range out {
			o := &out[i]
			if m.from >= o.to || o.from >= m.to {
				continue
			}
			if m.from == o.from && m.to == o.to && m.rank == o.rank && m.option != o.option { // two options have that name
				o.of = append(o.of, o.option, m.option)
				o.option = -1
			}
			continue next
		}
		out = append(out, m)
	}
	slices.SortFunc(out, func(a, b mention) int { return a.from - b.from })
	return out
}

func (c *chooser) yesFirst(m mention) int {
	if slices.ContainsFunc(c.tokens[m.from:m.to], func(t token) bool { return negation[t.text] }) {
		return 0
	}
	return 1
}

// linked tells whether an and or an or stands between two mentions.
func (c *chooser) linked(a, b mention) bool {
	if b.from < a.from {
		a, b = b, a
	}
	linked := false
	for i := a.to; i < b.from; i++ {
		switch c.tokens[i].text {
		case "but", "so", "because":
			return false
		case "and", "or":
			linked = true
		}
	}
	return linked
}
