package reply

import "slices"

// elsewhere reads a trouble that none of the labels is about as the one label
// for what is not on the list: "it rained" as "Something else".
func (c *chooser) elsewhere(none Reading[string]) Reading[string] {
	option, troubles := -1, 0
	for n, o := range c.options {
		if in, _ := kindsOf(o.Label); slices.ContainsFunc(in, func(k int) bool { return kinds.marks[k] != 0 }) {
			troubles++
		}
		if slices.Contains(c.groupsIn[n].whole, elseGroup) {
			option = one(option, n)
		}
	}
	if option < 0 || troubles < 2 {
		return none
	}
	for i := range c.tokens {
		for _, w := range kinds.said[c.shapes[i].index()] {
			to := c.phraseEnd(i, w.words)
			if to == 0 || kinds.marks[w.kind] == 0 || len(w.words) == 1 && !c.noun(i) || c.lacking(i) {
				continue
			}
			c.from, c.to = i, to
			return Reading[string]{Value: c.options[option].Value, OK: true, Rule: "choice/hint", AskBack: true}
		}
	}
	return none
}

// elseGroup is the group of labels such as "Something else".
var elseGroup = groups.of[gist(shapesOf(nameWords("none of these")))][0]
