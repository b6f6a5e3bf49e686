package reply

import (
	"strings"
)

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

// parted makes two tokens of a number and the word that hangs on to it: 2wks.
func parted(t []token) []token {
	out := make([]token, 0, len(t)+1)
	for _, w := range t {
		if long, ok := aliases[w.suffix]; ok && len(long) == 1 {
			w.suffix = ""
			unit := token{text: long[0], from: w.from, to: w.to}
			out = append(out, w, unit)
			continue
		}
		out = append(out, w)
	}
	return out
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

// none tells "no better": the first option named, with a no right before it.
func (c *chooser) none(m mention) bool {
	return m.from > 0 && c.tokens[m.from-1].text == "no" && c.tokens[m.from].text != "not" && m.rule != "choice/number"
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

// named finds options whose whole label or synonym stands in the reply.
func (c *chooser) named() []mention {
	var out []mention
	for n, o := range c.options {
		for k, name := range append([]string{o.Label, o.Value}, o.Also...) {
			words := nameWords(name)
			if len(words) == 0 {
				continue
			}
			id := RuleID("choice/label")
			if k > 1 {
				id = "choice/synonym"
			}
			for i := range c.tokens {
				if end := c.spelled(i, words, false); end > 0 {
					out = append(out, mention{n, i, end, id, c.denies(i)})
				} else if end := c.spelled(i, words, true); end > 0 && c.mostly(i, end) {
					out = append(out, mention{n, i, end, "choice/typo", c.denies(i)})
				}
			}
		}
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

// spelled tells where the words, standing at token i, end; 0 if they do not.
func (c *chooser) spelled(i int, words []token, slip bool) int {
	slips := 0
	for _, w := range words {
		for i < len(c.tokens) && c.tokens[i].kind == markToken && c.tokens[i].text != "\n" && slips >= 0 && w.from != words[0].from {
			i++
		}
		if i >= len(c.tokens) {
			return 0
		}
		switch {
		case len(words) == 1 && (c.tokens[i].text == "a" || c.tokens[i].text == "an") && c.tokens[i].text != w.text:
			return 0 // "a week" is one week, but "a bit" is not one
		case sameWord(c.tokens[i], w):
		case slip && slips == 0 && nearWord(c.tokens[i], w):
			slips++
		default:
			return 0
		}
		i++
	}
	if slip && slips == 0 {
		return 0
	}
	return i
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

func nearWord(a, b token) bool {
	if a.kind != wordToken || b.kind != wordToken || len(b.text) < 4 || len(a.text) < 3 || plain[a.text] {
		return false
	}
	return oneSlip(a.text, b.text) || len(b.text) >= 5 && stem(a.text) == stem(b.text)
}

func stem(w string) string {
	for _, end := range []string{"ing", "ly", "ed", "es", "s", "er", "e"} {
		if s, ok := strings.CutSuffix(w, end); ok && len(s) >= 3 {
			return squeeze(s, 1)
		}
	}
	return squeeze(w, 1)
}

// countOf gives the value of a number in digits or words.
func countOf(t token) (float64, bool) {
	if t.kind == numberToken {
		return t.value, true
	}
	v, ok := numberWords[t.text]
	return v, ok
}

// mostly tells that nothing but small words stand beside tokens from..to.
func (c *chooser) mostly(from, to int) bool {
	for i, t := range c.tokens {
		if i >= from && i < to || t.kind != wordToken && t.kind != numberToken {
			continue
		}
		if !aroundChoice[t.text] {
			return false
		}
	}
	return true
}

// aroundChoice are words that say nothing about which option is meant.
var aroundChoice = set(`the a an i it is that this one please thanks thank you would like love prefer want to go with for my me do will can we have be am think guess say suppose probably maybe just option choice number pick choose let us make
if at in on of so yes yeah ok okay lol hi hello x xx xxx best better ideally then and really well um hmm definitely sounds good great fine suits works most there day time thing answer mine put take mean meant was did said i'd only more rather sorry any perhaps possibly ta cheers still all as by up some kind sort are would suit suits me works fine nicely could how about what lets looks look sound going gonna rather every in wanna erm oh ooh`)

// denies tells "not done", "nearly done", "could be better" and "anything but
// the group".
func (c *chooser) denies(i int) bool {
	being := true
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		t := c.tokens[k]
		switch {
		case t.kind == markToken:
			return false
		case deniers[t.text], t.text == "but" && k > 0 && anyThing[c.tokens[k-1].text]:
			return true
		case supposers[t.text]:
			return being && k < i-1
		case !betweenDenial[t.text]:
			return false
		}
		being = being && beings[t.text]
	}
	return false
}

var (
	deniers       = set("not never except without nothing hardly barely than neither nor nearly almost half part avoid bar")
	supposers     = set("could might would should will may")
	beings        = set("be been have it get got")
	anyThing      = set("anything any all day time everything")
	betweenDenial = set("the a an really keen on want to do it is quite got been be have fully all much exactly for in yet that i like fancy feel say any of go")
)

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

func (c *chooser) modifies(m mention) bool {
	last := c.tokens[m.to-1].text
	return strings.HasSuffix(last, "ly") || last == "yet" || last == "half" || last == "almost"
}

// partly finds the one option that a word of the reply belongs to, when the
// reply says little else: "walking please" for "Walking group".
func (c *chooser) partly() []mention {
	if m := c.beginning(); m != nil {
		return m
	}
	option, at := -1, -1
	for i, t := range c.tokens {
		if t.kind != wordToken || aroundChoice[t.text] && !c.inLabel(t) {
			continue
		}
		if option >= 0 && aroundChoice[t.text] {
			continue
		}
		n := c.onlyLabelWith(t)
		if n < 0 || option >= 0 && option != n {
			return nil
		}
		option, at = n, i
	}
	if option < 0 {
		return nil
	}
	return []mention{{option, at, at + 1, "choice/word-of-label", c.denies(at)}}
}

// beginning finds the one option whose label begins with the whole reply, at
// least two words of it: "no longer" for "No longer right".
func (c *chooser) beginning() []mention {
	var said []token
	for _, t := range c.tokens {
		if t.kind == wordToken || t.kind == numberToken {
			said = append(said, t)
		}
	}
	if len(said) < 2 {
		return nil
	}
	found := -1
	for n, o := range c.options {
		words := nameWords(o.Label)
		if len(words) <= len(said) {
			continue
		}
		same := true
		for i, t := range said {
			same = same && sameWord(t, words[i])
		}
		if same && found >= 0 {
			return nil
		}
		if same {
			found = n
		}
	}
	if found < 0 {
		return nil
	}
	return []mention{{found, 0, len(c.tokens), "choice/word-of-label", false}}
}

func (c *chooser) inLabel(t token) bool { return c.onlyLabelWith(t) >= 0 }

func (c *chooser) onlyLabelWith(t token) int {
	found := -1
	for n, o := range c.options {
		for _, name := range append([]string{o.Label}, o.Also...) {
			for _, w := range nameWords(name) {
				if w.kind != wordToken || emptyWord[w.text] || !sameWord(t, w) && !nearWord(t, w) {
					continue
				}
				if found >= 0 && found != n {
					return -1
				}
				found = n
			}
		}
	}
	return found
}

var emptyWord = set("the a an i it is that this one to for my me do will can we have be am if at in on of so and or not no yes with by up all as you your say until")

// counted reads an option by its number, letter or place in the list.
func (c *chooser) counted() []mention {
	var out []mention
	for i := 0; i < len(c.tokens); i++ {
		t := c.tokens[i]
		n, ok := 0, false
		switch {
		case t.kind == numberToken && (t.suffix == "" || t.suffix == "st" || t.suffix == "nd" || t.suffix == "rd" || t.suffix == "th"):
			n, ok = int(t.value), t.value == float64(int(t.value))
		case t.kind == wordToken:
			n, ok = c.place(i)
		}
		if !ok {
			continue
		}
		if i == 1 && c.tokens[0].text == "-" && !t.space {
			return nil
		}
		if n < 1 || n > len(c.options) || !c.mostlyPlaces() {
			return nil
		}
		out = append(out, mention{n - 1, i, i + 1, "choice/number", c.denies(i)})
	}
	return out
}

// place reads "second", "last", "two", "b" as a place in the list.
func (c *chooser) place(i int) (int, bool) {
	w := c.tokens[i].text
	if v, ok := ordinalWords[w]; ok {
		return int(v), true
	}
	switch w {
	case "last", "latter", "bottom":
		return len(c.options), true
	case "former", "top":
		return 1, true
	case "middle":
		return (len(c.options) + 1) / 2, len(c.options)%2 == 1
	case "one":
		if i > 0 && (c.tokens[i-1].kind == wordToken && c.tokens[i-1].text != "option" && c.tokens[i-1].text != "number" && c.tokens[i-1].text != "choice") || i > 0 && c.tokens[i-1].kind == numberToken {
			return 0, false
		}
		return 1, true
	}
	if v, ok := numberWords[w]; ok {
		return int(v), true
	}
	if len(w) == 1 && 'a' <= w[0] && w[0] <= 'f' && (w != "a" || len(c.tokens) == 1 || i > 0 && c.tokens[i-1].text == "option") {
		return int(w[0]-'a') + 1, true
	}
	return 0, false
}

// mostlyPlaces tells that the reply is a number and small words.
func (c *chooser) mostlyPlaces() bool {
	for i, t := range c.tokens {
		if t.kind != wordToken || aroundChoice[t.text] || deniers[t.text] || t.text == "no" || t.text == "or" || t.text == "actually" || t.text == "wait" {
			continue
		}
		if _, ok := c.place(i); !ok {
			return false
		}
	}
	return true
}

// polarity reads yes and no in any words, where they are options.
func (c *chooser) polarity() []mention {
	yes, no := -1, -1
	for n, o := range c.options {
		switch strings.ToLower(o.Label) {
		case "yes", "yes please":
			yes = n
		case "no", "no thanks", "no thank you":
			no = n
		}
	}
	if yes < 0 || no < 0 {
		return nil
	}
	v := voice{words: words(c.tokens), tokens: c.tokens}
	r := v.read()
	if !r.OK {
		return nil
	}
	n := no
	if r.Value {
		n = yes
	}
	return []mention{{n, 0, len(c.tokens), "choice/yes-or-no", false}}
}

// corrected drops what a later mention replaces: "tea, no, coffee".
func (c *chooser) corrected(found []mention) []mention {
	for i := len(found) - 1; i > 0; i-- {
		if found[i].denied {
			continue
		}
		for k := found[i-1].to; k < found[i].from; k++ {
			w := c.tokens[k].text
			if correctionWords[w] && !(w == "no" && k+1 == found[i].from && found[i].from-found[i-1].to > 2) {
				return found[i:]
			}
		}
	}
	return found
}

var correctionWords = set("no nope sorry actually wait meant mean scrap oops rather correction instead hang nah")
