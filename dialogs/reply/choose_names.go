package reply

import "slices"

// optionName is one way to name an option.
type optionName struct {
	option int
	words  []token
	rule   RuleID
	rank   int
	// negated is set for "Not yet" and "No longer right": words are what
	// stands behind the no, with up to a few others between.
	negated bool
}

// How near a name is to what the script wrote.
const (
	rankLabel = iota
	rankAlso
	rankGroup
	rankPart
	rankSlip
)

// namesOf gives the names of all options: what the script says, and what means
// the same.
func namesOf(options []Option) []optionName {
	var out []optionName
	for n, o := range options {
		add := func(words []token, rule RuleID, rank int) {
			if len(words) == 0 {
				return
			}
			out = append(out, optionName{n, words, rule, rank, false})
			if len(words) > 1 && negation[words[0].text] && (rank < rankGroup || words[0].text == "not") {
				rest := words[1:]
				for len(rest) > 1 && degrees[rest[0].text] {
					rest = rest[1:]
				}
				out = append(out, optionName{n, rest, rule, rank, true})
			}
		}
		label := nameWords(o.Label)
		add(label, "choice/label", rankLabel)
		add(nameWords(o.Value), "choice/label", rankLabel)
		for _, name := range o.Also {
			add(nameWords(name), "choice/synonym", rankAlso)
		}
		for _, g := range groupsOf[gist(label)] {
			for _, phrase := range groups[g] {
				add(phrase, "choice/synonym", rankGroup)
			}
		}
	}
	return out
}

// degrees are words that "Not so well" can do without.
var degrees = set("longer so very really too that quite particularly all")

// negation are the words that begin a label such as "Not yet".
var negation = set("not no never none nothing nowt neither nowhere")

// parted makes two tokens of a number and the word that hangs on to it: 2wks.
func parted(t []token) []token {
	out := make([]token, 0, len(t)+1)
	for _, w := range t {
		if long, ok := aliases[w.suffix]; ok && len(long) == 1 {
			w.suffix = ""
			unit := token{text: long[0], id: known.ids[long[0]], from: w.from, to: w.to}
			out = append(out, w, unit)
			continue
		}
		out = append(out, w)
	}
	return out
}

// nameWords are the words of a label as replies are read.
func nameWords(name string) []token {
	var out []token
	for _, t := range parted(scan(fold(name))) {
		if t.kind == wordToken || t.kind == numberToken {
			out = append(out, t)
		}
	}
	return out
}

// named finds options of which a whole name stands in the reply.
func (c *chooser) named() []mention {
	var out []mention
	for _, name := range c.names {
		smallWords := true
		for _, w := range name.words {
			smallWords = smallWords && aroundChoice[w.text]
		}
		for i := range c.tokens {
			if name.negated {
				if end := c.negated(i, name); end > 0 {
					out = append(out, mention{option: name.option, from: i, to: end, rule: name.rule, rank: name.rank})
				}
				continue
			}
			if end := c.spelled(i, name.words, false); end > 0 {
				others := len(c.tokens)
				if smallWords && !slices.ContainsFunc(name.words, func(w token) bool { return didWords[w.text] }) {
					others = 0
				}
				if name.rank > rankAlso && !c.plainAround(i, end, others) || c.hedged(i, end) || end == i+1 && c.verb(i) {
					continue
				}
				out = append(out, mention{option: name.option, from: i, to: end, rule: name.rule, rank: name.rank})
			} else if end := c.spelled(i, name.words, true); end > 0 && name.rank <= rankAlso && c.plainAround(i, end, 1) {
				out = append(out, mention{option: name.option, from: i, to: end, rule: "choice/typo", rank: rankSlip})
			}
		}
	}
	return out
}

// spelled tells where the words, standing at token i, end; 0 if they do not.
// Articles and the like may stand between them. With slip, one of them is
// misspelt or stands in another form.
func (c *chooser) spelled(i int, words []token, slip bool) int {
	slips, skips := 0, 0
	for n := 0; n < len(words); {
		w := words[n]
		if n > 0 && i < len(c.tokens) && c.tokens[i].kind == markToken && c.tokens[i].text != "\n" {
			i++
			continue
		}
		if i >= len(c.tokens) {
			return 0
		}
		t := c.tokens[i]
		switch {
		case len(words) == 1 && (t.text == "a" || t.text == "an") && t.text != w.text:
			return 0 // "a week" is one week, but "a bit" is not one
		case sameWord(t, w):
		case i+1 < len(c.tokens) && len(w.text) == len(t.text)+len(c.tokens[i+1].text) && w.text == t.text+c.tokens[i+1].text: // on line
			i++
		case slip && slips == 0 && (nearWord(t, w) || len(words) > 1 && shortSlip(t, w)):
			slips++
		case n > 0 && skips < 2 && betweenName[t.text]:
			skips++
			i++
			continue
		default:
			return 0
		}
		i++
		n++
	}
	if slip && slips == 0 {
		return 0
	}
	return i
}

// didWords make a phrase of small words one that says something.
var didWords = set("did managed")

// hedged tells "haven't quite", which is no plain "haven't".
func (c *chooser) hedged(from, to int) bool {
	if to >= len(c.tokens) || to-from < 2 {
		return false
	}
	switch c.tokens[to-1].text {
	case "not":
		return notPlain[c.tokens[to].text]
	case "did": // "I did try"
		return c.tokens[to].kind == wordToken && !politeWords[c.tokens[to].text]
	}
	return false
}

var (
	hedges   = set("quite really fully completely entirely totally all properly exactly")
	notPlain = set("quite really fully completely entirely totally all properly exactly like want enjoy work help feel think know understand say mean care mind matter need")
)

// verb tells the "am" of "I am" from the one of the clock.
func (c *chooser) verb(i int) bool {
	return c.tokens[i].text == "am" && i > 0 && c.tokens[i-1].text == "i"
}

// betweenName are words that may stand between the words of a name.
var betweenName = set("the a an it this that my your just bit little of single")

// negated tells where a no at token i, with the words up to four others
// behind it, ends; 0 if there is none.
func (c *chooser) negated(i int, name optionName) int {
	if !negation[c.tokens[i].text] {
		return 0
	}
	for k := i + 1; k < len(c.tokens) && k <= i+5; k++ {
		if c.clause[k] != c.clause[i] && c.tokens[k].text != "rather" || c.tokens[k].text == "and" || c.tokens[k].text == "or" {
			return 0
		}
		if end := c.spelled(k, name.words, false); end > 0 {
			return end
		}
		if c.tokens[i].text == "no" && c.tokens[k].text != "longer" { // an answer, not a no to what follows
			return 0
		}
		if name.rank == rankGroup && hedges[c.tokens[k].text] { // "not really done"
			return 0
		}
	}
	return 0
}

func sameWord(a, b token) bool {
	if a.text == b.text {
		return true
	}
	va, oka := countOf(a)
	vb, okb := countOf(b)
	if oka && okb {
		return va == vb && a.suffix == b.suffix
	}
	if v, ok := countOf(b); ok && v == 1 && (a.text == "a" || a.text == "an") {
		return true
	}
	if b.text == "until" && (a.text == "till" || a.text == "til") {
		return true
	}
	if full, ok := dayNames[a.text]; ok && full == b.text {
		return true
	}
	return len(a.text) > 3 && squeeze(a.text, 1) == squeeze(b.text, 1)
}

// countOf gives the value of a number in digits or words.
func countOf(t token) (float64, bool) {
	if t.kind == numberToken {
		return t.value, true
	}
	v, ok := numberWords[t.text]
	return v, ok
}
