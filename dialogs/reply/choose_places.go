package reply

import (
	"slices"
	"strings"
)

// counted reads an option by its number, letter or place in the list.
func (c *chooser) counted() []mention {
	if !c.mostlyPlaces() {
		return nil
	}
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
		if i+1 < len(c.tokens) && c.tokens[i+1].text == "of" || i > 0 && c.shapes[i].number && manyWords[c.tokens[i-1].text] { // 2 of them, all three
			return nil
		}
		if i == 1 && c.tokens[0].text == "-" && !t.space {
			return nil
		}
		if c.shapes[i].number && t.suffix == "" && c.numbered > 1 && !(i > 0 && optionWords[c.tokens[i-1].text]) {
			return nil // "3" where labels are 1 week, 2 weeks and 4 weeks
		}
		if o := c.owners[i].of; len(o) > 0 && o[0] != n-1 { // a label holds that number
			return nil
		}
		if n < 1 || n > len(c.options) {
			return nil
		}
		out = append(out, mention{option: n - 1, from: i, to: i + 1, rule: "choice/number", denied: c.denies(i)})
	}
	return out
}

// placedFirst reads "4 please, always loved a dance": the number of an option
// that a word behind it tells of as well.
func (c *chooser) placedFirst(found []mention) []mention {
	n := int(c.shapes[0].count)
	if !c.shapes[0].number || c.tokens[0].suffix != "" || float64(n) != c.shapes[0].count || n < 1 || n > len(c.options) || c.numbered > 0 || c.others[c.ends[0]] > c.others[1] || len(found) == 0 {
		return nil
	}
	for i, s := range c.shapes[1:] {
		if s.number && c.tokens[i+1].text != "one" {
			return nil
		}
	}
	for _, m := range found {
		if !slices.Contains(m.of, n-1) {
			return nil
		}
	}
	return []mention{{option: n - 1, from: 0, to: 1, rule: "choice/number"}}
}

// pointed reads "the third one, it is round the corner": an option by its place,
// before the reply goes on to say why.
func (c *chooser) pointed() []mention {
	at := func(i int) token {
		if i < len(c.tokens) {
			return c.tokens[i]
		}
		return token{kind: markToken}
	}
	i := 0
	for at(i).kind == wordToken && aroundChoice[at(i).text] && !optionWords[at(i).text] {
		i++
	}
	from, n := i, 0
	ordinal, isOrdinal := ordinalWords[at(i).text]
	switch t := at(i); {
	case isOrdinal || t.kind == numberToken && len(t.suffix) == 2 && t.suffix != "pm" && t.suffix != "am":
		n = int(ordinal)
		if !isOrdinal {
			n = int(t.value)
		}
		switch i++; {
		case at(i).text == "one" || optionWords[at(i).text]:
			i++
		case at(i).text == "of" && manyWords[at(i+1).text]:
			i += 2
		default:
			return nil
		}
	case t.kind == wordToken && optionWords[t.text] && t.text != "no":
		i++
		if at(i).kind == numberToken && at(i).suffix == "" {
			n = int(at(i).value)
		} else if v, ok := numberWords[at(i).text]; ok {
			n = int(v)
		}
		i++
	}
	if n < 1 || n > len(c.options) || at(i).kind != markToken && !givesReason[at(i).text] {
		return nil
	}
	return []mention{{option: n - 1, from: from, to: i, rule: "choice/number"}}
}

// givesReason are words that begin a reason, or end a request.
var givesReason = set("its it cos because cause coz as since for please pls i thanks ta")

var manyWords = set("all any these those them other first last")

var optionWords = set("option number choice no answer button #")

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

// polarity reads yes and no in any words, where options are a yes or a no:
// "Yes, finish today", "Not yet", "No thanks".
func (c *chooser) polarity() []mention {
	yes, no := -1, -1
	for i := range c.names {
		name := &c.names[i]
		if name.rank != rankLabel || i > 0 && c.names[i-1].option == name.option {
			continue
		}
		words, n := name.words, name.option
		switch {
		case words[0].text == "yes":
			yes = one(yes, n)
		case words[0].text == "no" && (len(words) == 1 || words[1].text != "longer"), words[0].text == "not" && len(words) > 1 && noLabels[words[1].text], words[0].text == "never":
			no = one(no, n)
		}
	}
	v := voice{words: words(c.tokens), tokens: c.tokens}
	r := v.read()
	n := no
	if r.Value {
		n = yes
	}
	if r.OK && n >= 0 && len(nameWords(c.options[n].Label)) > 1 && !c.bare(v.words[v.from].token, v.words[v.to-1].token+1) {
		return nil
	}
	if r.OK && !r.Value && n >= 0 && c.defers(n) {
		return nil
	}
	if !r.OK || n < 0 || yes < 0 && !strings.HasPrefix(string(r.Rule), "yesno/no") || slices.ContainsFunc(c.tokens, func(t token) bool { return noneWords[t.text] }) {
		return nil
	}
	return []mention{{option: n, from: 0, to: len(c.tokens), rule: "choice/yes-or-no"}}
}

// defers tells "not now", which is no plain no where one may also choose to
// wait: "Maybe later".
func (c *chooser) defers(no int) bool {
	waits := false
	for n := range c.options {
		for _, w := range nameWords(c.options[n].Label) {
			if n == no && deferring[w.text] {
				return false
			}
			waits = waits || n != no && waiting[w.text]
		}
	}
	return waits && slices.ContainsFunc(c.tokens, func(t token) bool { return deferring[t.text] })
}

var (
	deferring = set("now today tonight moment minute yet later week")
	waiting   = set("later tomorrow maybe another remind wait soon next")
)

// bare tells that the clause of a yes or no says nothing else: "no sorry" for
// "Not yet", but not "no, I changed it".
func (c *chooser) bare(from, to int) bool {
	if !c.plainAround(from, to, 0) {
		return false
	}
	for i := from; i < to; i++ {
		if t := c.tokens[i]; t.kind == wordToken && c.others[i+1] > c.others[i] && !plainAnswers.has(t.id) {
			return false
		}
	}
	return true
}

// plainAnswers are the words of a plain yes or no.
var plainAnswers = func() wordSet {
	var s wordSet
	for _, w := range append(yesNoClasses.words["yes"], append(yesNoClasses.words["no"], "no", "not", "never", "afraid", "chance", "course", "absolutely", "definitely", "certainly")...) {
		s.add(known.id(w))
	}
	return s
}()

// noneWords say no to all options.
var noneWords = set("none neither nothing nowt")

// noLabels are the words behind a not that make a label a no.
var noLabels = set("yet now today really thanks at me")

// one keeps the one option found; a second one spoils it for good.
func one(found, n int) int {
	if found == -1 {
		return n
	}
	return -2
}
