package reply

// Choose reads which option a reply names: by label, synonym, number or
// ordinal, or with one slip of spelling. Words count whole: "party" does not
// name "part". Two options, or none, give nothing.
func Choose(text string, options []Option) Reading[string] {
	f := fold(text)
	t := parted(scan(f))
	c := chooser{tokens: t, options: options}
	r := c.read()
	if c.to > c.from {
		r.Span = f.source(t[c.from].from, t[c.to-1].to)
	}
	return r
}

type chooser struct {
	tokens   []token
	options  []Option
	from, to int
}

// mention is one option found in the reply.
type mention struct {
	option   int
	from, to int // tokens
	rule     RuleID
	denied   bool
}

func (c *chooser) read() Reading[string] {
	if len(c.tokens) == 0 || len(c.options) == 0 {
		return Reading[string]{Rule: "choice/nothing", AskBack: len(c.tokens) > 0}
	}
	found := c.longest(c.named())
	if len(found) == 0 {
		found = c.partly()
	}
	if len(found) == 0 {
		found = c.counted()
	}
	if len(found) == 0 {
		found = c.meant()
	}
	if len(found) == 0 {
		found = c.polarity()
	}
	return c.decide(found)
}

func (c *chooser) decide(found []mention) Reading[string] {
	if len(found) > 0 && c.none(found[0]) {
		found[0].denied = true
	}
	found = c.corrected(found)
	var one *mention
	denied := false
	for i := range found {
		m := &found[i]
		switch {
		case m.denied:
			denied = true
		case one == nil:
			one = m
		case one.option != m.option:
			c.from, c.to = one.from, m.to
			return Reading[string]{Rule: "choice/several", AskBack: true}
		}
	}
	if one == nil {
		id := RuleID("choice/none-named")
		if denied {
			id = "choice/denied"
		}
		return Reading[string]{Rule: id, AskBack: true}
	}
	if c.alternative(one) {
		return Reading[string]{Rule: "choice/several", AskBack: true}
	}
	c.from, c.to = one.from, one.to
	return Reading[string]{Value: c.options[one.option].Value, OK: true, Rule: one.rule}
}

// alternative tells "2 or 4 weeks": a number joined to the one option named.
func (c *chooser) alternative(m *mention) bool {
	i := m.from - 2
	if i < 0 || m.rule == "choice/number" {
		return false
	}
	_, number := countOf(c.tokens[i])
	switch c.tokens[i+1].text {
	case "or", "to", "and", "-", "/":
		return number
	}
	return false
}

// longest drops a mention inside a longer one: "yet" inside "not yet".
func (c *chooser) longest(found []mention) []mention {
	var out []mention
	for i, m := range found {
		keep := true
		for j, o := range found {
			if i != j && o.from <= m.from && m.to <= o.to && (o.to-o.from > m.to-m.from || j < i && o.option == m.option) {
				keep = false
				break
			}
		}
		if keep {
			out = append(out, m)
		}
	}
	for i := 1; i < len(out); i++ {
		for j := i; j > 0 && out[j].from < out[j-1].from; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	for i := 0; i+1 < len(out); i++ { // "partly done" is partly
		if out[i].to == out[i+1].from && out[i+1].to == out[i+1].from+1 && c.modifies(out[i]) {
			out[i+1].denied = true
		}
	}
	return out
}
