package reply

import "slices"

// elsewhere reads a trouble, or a thing to do, that none of the labels is about as
// the one label for what is not on the list: "it rained" as "Something else".
func (c *chooser) elsewhere(none Reading[string]) Reading[string] {
	option, things, troubles := -1, 0, 0
	for n, o := range c.options {
		in, _ := kindsOf(o.Label)
		if slices.ContainsFunc(in, trouble) {
			troubles++
		}
		if slices.ContainsFunc(in, thing) {
			things++
		}
		if slices.Contains(c.groupsIn[n].whole, elseGroup) {
			option = one(option, n)
		}
	}
	if option < 0 {
		return none
	}
	for i := range c.tokens {
		for _, w := range kinds.said[c.shapes[i].index()] {
			to := c.phraseEnd(i, w.words)
			listed := trouble(w.kind) && troubles > 1 || thing(w.kind) && things > 1
			if to == 0 || !listed || len(w.words) == 1 && !c.noun(i) || c.lacking(i) {
				continue
			}
			c.from, c.to = i, to
			return Reading[string]{Value: c.options[option].Value, OK: true, Rule: "choice/hint", AskBack: true}
		}
	}
	return none
}

// trouble tells a kind that troubles people, and thing one of the first part of
// the kinds, the things to do.
func trouble(kind int) bool { return kinds.marks[kind] == '!' || kinds.marks[kind] == '?' }
func thing(kind int) bool   { return kinds.part[kind] == kinds.part[0] }

// elseGroup is the group of labels such as "Something else".
var elseGroup = groups.of[gist(shapesOf(nameWords("none of these")))][0]
