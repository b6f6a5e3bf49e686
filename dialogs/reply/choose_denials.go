package reply

import "strings"

// none tells "no better": the first option named, with a no right before it.
func (c *chooser) none(m mention) bool {
	return m.from > 0 && c.tokens[m.from-1].text == "no" && c.tokens[m.from].text != "not" && m.rule != "choice/number"
}

// denies tells "not done", "nearly done", "could be better" and "anything but
// the group".
func (c *chooser) denies(i int) bool {
	being := true
	for k := i - 1; k >= 0 && k >= i-4; k-- {
		t := c.tokens[k]
		switch {
		case t.kind == markToken:
			return false
		case t.text == "well" && k == i-1 && c.tokens[i].text == "done":
			return true // praise
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

func (c *chooser) modifies(m mention) bool {
	last := c.tokens[m.to-1].text
	return strings.HasSuffix(last, "ly") || last == "yet" || last == "half" || last == "almost"
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
