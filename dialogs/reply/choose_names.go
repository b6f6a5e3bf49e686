package reply

import "slices"

// optionName is one way to name an option, as the script says it.
type optionName struct {
	option int
	words  []shape
	rule   RuleID
	rank   int
	// denial is, of "Not yet" and "No longer right", what stands behind the no,
	// with up to a few words between.
	denial []shape
}

// How near a name is to what the script wrote.
const (
	rankLabel = iota
	rankAlso
	rankGroup
	rankPart
	rankSlip
	rankWeak  // where nothing nearer speaks of another
	rankRival // only speaks against others
)

// labelGroups are the groups of the thesaurus that a label is in as a whole, and
// those that one of its words is in.
type labelGroups struct {
	whole, part []int
	// need: a lack speaks of it, as "no bus" does of travel.
	need bool
}

// namesOf gives the names of all options, and the groups that their labels are
// in.
func namesOf(options []Option) (names []optionName, groupsIn []labelGroups) {
	groupsIn = make([]labelGroups, len(options))
	for n, o := range options {
		add := func(name string, rule RuleID, rank int) []shape {
			words := shapesOf(nameWords(name))
			if len(words) > 0 {
				names = append(names, optionName{n, words, rule, rank, denial(words)})
			}
			return words
		}
		label := add(o.Label, "choice/label", rankLabel)
		groupsIn[n] = groupsOf(label)
		if o.Value != o.Label {
			add(o.Value, "choice/label", rankLabel)
		}
		for _, name := range o.Also {
			add(name, "choice/synonym", rankAlso)
		}
	}
	return names, groupsIn
}

// denial is what stands behind the no of a name that begins with one.
func denial(words []shape) []shape {
	if len(words) < 2 || !negation[words[0].text] {
		return nil
	}
	rest := words[1:]
	for len(rest) > 1 && degrees[rest[0].text] {
		rest = rest[1:]
	}
	return rest
}

// degrees are words that "Not so well" can do without.
var degrees = set("longer so very really too that quite particularly all")

// negation are the words that begin a label such as "Not yet".
var negation = set("not no never none nothing nowt neither nowhere")

// parted makes two tokens of a number and the word that hangs on to it: 2wks. It
// leaves out what is only said along with an answer: the "down" of "put me down
// for tea", and "no question" behind one.
func parted(t []token) []token {
	out := make([]token, 0, len(t)+1)
	over := 0 // what is left out ends here
	for i, w := range t {
		if w.text == "down" && i > 1 && (i+1 == len(t) || putDown[t[i+1].text]) && slices.ContainsFunc(t[max(0, i-5):i], func(w token) bool { return w.text == "put" }) {
			continue
		}
		if c := len(out); c > 1 && w.text == "present" && i > 3 && t[i-2].text == "like" && t[i-3].text == "time" { // no time like the present
			out = append(out[:c-4], token{text: "now", id: known.id("now"), from: t[i-4].from, to: w.to})
			continue
		}
		if addressed(t, i) || i < 2 && len(t) > 2 && t[0].text == "why" && t[1].text == "not" && t[2].kind == wordToken { // "why not bowls"
			continue
		}
		if i+2 < len(t) && i > 0 && ownPhone(t[i:i+3]) && written(t[max(0, i-4):i]) {
			over = i + 3
		}
		if i < over {
			continue
		}
		if w.text == "why" && i > 0 && t[i-1].kind == markToken && i+1 < len(t) && t[i+1].text == "not" && !slices.ContainsFunc(t[i+2:], func(w token) bool { return w.kind == wordToken || w.kind == numberToken }) { // "seven days, why not"
			break
		}
		if w.text == "scratch" && i+1 < len(t) && t[i+1].text == "that" {
			w.text, w.id = "scrap", known.id("scrap")
		}
		if n := len(out); i > 0 && (w.text == "thoughts" || w.text == "thought") && t[i-1].text == "second" && i+1 < len(t) && (i < 2 || t[i-2].text == "on") {
			out[n-1] = token{text: "actually", id: known.id("actually"), from: t[i-1].from, to: w.to}
			continue
		}
		if n := len(out); n > 1 && beyondDoubt[w.text] && out[n-1].text == "no" && i == len(t)-1 && out[n-2].text != "have" && out[n-2].text != "got" {
			out = out[:n-1]
			continue
		}
		if long := shortUnits[w.suffix]; long != "" || len(aliases[w.suffix]) == 1 && !ordinalEnds[w.suffix] {
			if long == "" {
				long = aliases[w.suffix][0]
			}
			w.suffix = ""
			unit := token{text: long, id: known.ids[long], from: w.from, to: w.to}
			out = append(out, w, unit)
			continue
		}
		out = append(out, w)
	}
	return lengths(out)
}

// givenTo are words that make of "me" no answer to who it is.
var givenTo = set("for to with by of from about give tell ask call ring see text help let send bring like than")

// putDown are words behind "put bowls down".
var putDown = set("for as please then thanks")

// ownPhone tells the "on my mobile" of "a message on my mobile", which is only
// where it is read.
func ownPhone(t []token) bool {
	return (t[0].text == "on" || t[0].text == "to" || t[0].text == "by") && (t[1].text == "my" || t[1].text == "the" || t[1].text == "me") && (t[2].text == "phone" || t[2].text == "mobile" || t[2].text == "smartphone")
}

// written tells words of which the last to speak is one of a thing to read.
func written(t []token) bool {
	return slices.ContainsFunc(t, func(w token) bool { return writtenWords[w.text] }) && !slices.ContainsFunc(t, func(w token) bool { return spokenWords[w.text] })
}

var (
	writtenWords = set("text texts txt message messages msg msgs sms whatsapp email emails read app")
	spokenWords  = set("leave left voice voicemail call ring or and not")
)

// addressed tells the "dear" that is said to somebody: "all of these dear", "dear
// me". Behind a word such as "is" it is a price.
func addressed(t []token, i int) bool {
	switch {
	case i+1 < len(t) && t[i].text == "dear" && t[i+1].text == "me":
		return true
	case i == 0 || i+1 < len(t) && t[i+1].kind == wordToken || pricing[t[i-1].text]:
		return false
	case t[i].text == "dear":
		return true
	}
	return fondWords[t[i].text] && !belongings[t[i-1].text] && t[i-1].text != "the" && t[i-1].kind != markToken
}

var (
	fondWords = set("pet duck petal flower")
	pricing   = set("is are was were be too so very bit got get quite how not rather really pretty gets getting more that far dead bloody well it as little")
)

// shortUnits are units that hang on to a number by one letter.
var shortUnits = map[string]string{"m": "minutes", "h": "hour"}

var beyondDoubt = set("question contest doubt")

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

// named finds options of which a whole name, or a phrase that means the same,
// stands in the reply.
func (c *chooser) named() (out []mention) {
	for i := range c.tokens {
		for n := range c.names {
			name := &c.names[n]
			m := mention{option: name.option, from: i, rule: name.rule, rank: name.rank}
			if m.to = c.denied(i, name.denial, false); m.to > 0 && !(name.lack() && c.tokens[i].text == "not" && !c.lacks(i, m.to)) {
				out = append(out, m)
			}
			if m.to = c.spelled(i, name.words, false); m.to > 0 {
				if !c.verb(i, m.to) && !c.hedged(i, m.to) {
					out = append(out, m)
				}
			} else if m.to = c.spelled(i, name.words, true); m.to > 0 && c.plainAround(i, m.to, 1) {
				m.rule, m.rank = "choice/typo", rankSlip
				out = append(out, m)
			}
		}
		out = c.alike(i, out)
	}
	return out
}

// lack tells a label such as "No money".
func (n *optionName) lack() bool {
	return n.words[0].text == "no" && !degrees[n.words[1].text]
}

// lacks tells "did not have the money", which "not the money" is not.
func (c *chooser) lacks(from, to int) bool {
	return slices.ContainsFunc(c.tokens[from:to], func(t token) bool { return lackWords[t.text] })
}

var lackWords = set("have got get need want any enough much send give use")

// alike finds the phrases at token i that mean what a label says. Nothing but
// small words may stand before them.
func (c *chooser) alike(i int, out []mention) []mention {
	m := mention{from: i, rule: "choice/synonym"}
	for _, p := range groups.by[c.shapes[i].key] {
		if !c.inGroup(p.group) {
			continue
		}
		m.to = c.spelled(i, p.words, false)
		if m.to == 0 || c.hedged(i, m.to) || c.verb(i, m.to) || !c.plainAround(i, m.to, c.leeway(p.words)) {
			continue
		}
		for n, in := range c.groupsIn {
			m.option = n
			switch {
			case slices.Contains(in.whole, p.group):
				m.rank = rankGroup
			case len(p.words) > 1 && slices.Contains(in.part, p.group):
				m.rank = rankPart
			default:
				continue
			}
			out = append(out, m)
		}
	}
	if !negation[c.tokens[i].text] {
		return out
	}
	m.rank = rankGroup
	for n, in := range c.groupsIn {
		for _, g := range in.whole {
			for _, rest := range groups.denials[g] {
				if m.to = c.denied(i, rest, true); m.to > 0 {
					m.option = n
					out = append(out, m)
				}
			}
		}
	}
	return out
}

func (c *chooser) inGroup(group int) bool {
	for _, in := range c.groupsIn {
		if slices.Contains(in.whole, group) || slices.Contains(in.part, group) {
			return true
		}
	}
	return false
}

// leeway is how many words may stand behind a phrase in its clause: none behind
// one that is made of small words.
func (c *chooser) leeway(words []shape) int {
	for i := range words {
		if w := words[i].text; didWords[w] || !aroundChoice[w] && !saysNone[w] && !(w == "no" && i+1 < len(words) && words[i+1].text == "one") {
			return len(c.tokens)
		}
	}
	return 0
}

// saysNone are words that need one behind them: "nothing" is an answer, and
// "nothing stopped me" another.
var saysNone = set("none nothing nobody nowt neither")

// spelled tells where the words, standing at token i, end; 0 if they do not.
// Articles and the like may stand between them. With slip, one of them is
// misspelt or stands in another form.
func (c *chooser) spelled(i int, words []shape, slip bool) int {
	slips, skips := 0, 0
	for n := 0; n < len(words); {
		w := &words[n]
		if n > 0 && i < len(c.tokens) && c.tokens[i].kind == markToken && c.tokens[i].text != "\n" {
			i++
			continue
		}
		if i >= len(c.tokens) {
			return 0
		}
		t := &c.shapes[i]
		switch {
		case len(words) == 1 && (t.text == "a" || t.text == "an") && t.text != w.text:
			return 0 // "a week" is one week, but "a bit" is not one
		case sameWord(t, w):
		case n > 0 && w.text == "it" && pointing[t.text]: // "let that one go"
			if placeNouns[c.word(i+1)] || c.word(i+1) == "step" || c.word(i+1) == "thing" {
				i++
			}
		case i+1 < len(c.tokens) && len(w.text) == len(t.text)+len(c.tokens[i+1].text) && w.text == t.text+c.tokens[i+1].text: // on line
			i++
		case n+1 < len(words) && len(t.text) == len(w.text)+len(words[n+1].text) && t.text == w.text+words[n+1].text: // easyread
			n++
		case slip && slips == 0 && (nearWord(t, w) || len(words) > 1 && shortSlip(t, w)):
			slips++
		case n > 0 && skips < 2 && betweenName[t.text] && !(t.text == "it" && (w.text == "in" || w.text == "round")): // "pop it in the post"
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

// pointing words stand for the "it" of a phrase.
var pointing = set("that this")

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

// betweenName are words that may stand between the words of a name.
var betweenName = set("the a an it this that my your just bit little of single flipping flippin flaming blooming bloomin bloody blessed ruddy blinking bleeding sodding blasted damn")

// denied tells where a no at token i, with the words up to four others behind
// it, ends; 0 if there is none. A loose phrase bears no "really" between.
func (c *chooser) denied(i int, words []shape, loose bool) int {
	if words == nil || !negation[c.tokens[i].text] {
		return 0
	}
	for k := i + 1; k < len(c.tokens) && k <= i+5; k++ {
		if c.clause[k] != c.clause[i] && c.tokens[k].text != "rather" || c.tokens[k].text == "and" || c.tokens[k].text == "or" {
			return 0
		}
		if end := c.spelled(k, words, false); end > 0 && !(c.tokens[k].text == "all" && c.word(k-1) == "after") { // "not for me after all"
			return end
		}
		if c.tokens[i].text == "no" && c.tokens[k].text != "longer" { // an answer, not a no to what follows
			return 0
		}
		if p, ok := c.placeAt(k); ok && p.plain { // "not the second one"
			return 0
		}
		if loose && hedges[c.tokens[k].text] { // "not really done"
			return 0
		}
	}
	return 0
}
