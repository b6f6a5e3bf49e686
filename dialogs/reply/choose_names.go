package reply

import "strings"

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
