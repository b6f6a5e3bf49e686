package reply

import "strings"

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
