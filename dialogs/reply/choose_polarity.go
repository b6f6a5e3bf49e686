package reply

import (
	"slices"
	"strings"
)

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
	if r.OK && !r.Value && n >= 0 && (c.defers(n) || c.halfNo(n)) {
		return nil
	}
	if !r.OK || n < 0 || yes < 0 && !strings.HasPrefix(string(r.Rule), "yesno/no") || slices.ContainsFunc(c.tokens, func(t token) bool { return noneWords[t.text] }) {
		return nil
	}
	return []mention{{option: n, from: 0, to: len(c.tokens), rule: "choice/yes-or-no"}}
}

// halfNo tells "not really", which is less than "Not at all".
func (c *chooser) halfNo(no int) bool {
	return strings.HasSuffix(strings.ToLower(c.options[no].Label), "at all") && slices.ContainsFunc(c.tokens, func(t token) bool { return halving[t.text] })
}

var halving = set("really much quite hardly exactly")

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
