package reply

// partDoneBook is one thing done and another not: "rang them but didn't go". Who
// did a thing and did not like it has done it.
var partDoneBook = newRulebook(classes{words: map[string][]string{
	"did":   {"did", "done", "went", "managed", "made", "got", "rang", "phoned", "called", "sent", "emailed", "finished", "started", "walked", "cooked", "wrote", "spoke", "bought", "booked", "joined", "filled", "kept", "took", "had", "saw", "met", "stayed", "ate", "tidied", "cleaned", "completed"},
	"tried": {"try", "not", "think", "mean", "want", "plan", "intend", "ready", "used"},
	"felt":  {"like", "enjoy", "feel", "find", "think", "know", "understand", "care", "mind", "matter", "need", "want", "mean", "help", "work", "easy", "well", "great", "brilliantly", "properly", "sure", "good", "happy", "very", "really", "much", "too", "a", "so", "that", "sleep", "realise"},
}}, []rule{{"choice/part-done", []string{
	"{did} !{tried} ..7-{tried} (but|though|although|just|except|only) (i|we)? (still|just|then|so far)? (did not|not|never|could not|can not|have not|will not) (quite|actually|really|yet|manage to|managed to)? !{felt} _",
	"(did not|never|could not|have not) (quite|actually|really|manage to|get to)? !{felt} _ ..6 (but|though|although) (i|we)? (did|have|managed|went) (do|done)? !{tried} _",
}}})

// partDone takes what was done in part for the one option that is neither all
// nor none of it, and the person is told.
func (c *chooser) partDone() Reading[string] {
	part, ends := -1, 0
	for n, o := range c.options {
		switch e := extentOf(shapesOf(nameWords(o.Label))); {
		case e.of != byShare:
			return Reading[string]{}
		case e.from == e.to:
			ends++
		default:
			part = one(part, n)
		}
	}
	if part < 0 || ends < 2 || c.wonders() || !c.says(partDoneBook) {
		return Reading[string]{}
	}
	c.from, c.to = 0, len(c.tokens)
	return Reading[string]{Value: c.options[part].Value, OK: true, Rule: "choice/part-done", AskBack: true}
}
