package reply

import "slices"

// A wish may be denied, only thought of, or somebody else's: "no need to ring
// me", "I nearly stopped these", "she wants a break". It is none, then.

// denied gives what takes a wish away that begins within it.
func denied(w []symbol) (all []hit) {
	deniedBook.find(matcher{words: w}, func(h hit) bool {
		all = append(all, h)
		return true
	})
	return all
}

// takenAway tells whether a wish begins within a denial that stands before it.
// One that itself begins with "not" is a wish: "not have any more of these".
func takenAway(h hit, denials []hit, w []symbol) bool {
	if negations.has(w[h.from].id) {
		return false
	}
	return slices.ContainsFunc(denials, func(d hit) bool {
		reach := d.to
		if deniedRules[d.rule].id == "denied" && reach < len(w) && w[reach].brk == noBreak {
			reach++ // right behind it: "do not | stop"
		}
		return d.from < h.from && h.from < reach
	})
}

var negations = wordsOf("not never no")

var deniedBook = newRulebook(commandClasses, deniedRules)

var deniedRules = []rule{
	{"denied", []string{
		"(not|never|hardly) (really|even)? (want|need|wish|like|going|looking|have|trying|asking|planning|ready|meant|mean|require|gonna|fancy|wanting|needing|asked|about|after)? (you|it|them|these|this|anyone|anybody|someone|somebody|sam|the {mail}|these {mail})? ((to|for|a|any|an|about|of) (be|have|get|take)? (a|any|my|the)? (quick)?)?",
		"(no|not any|without) (need|wish|reason|desire|intention|plans|plan|point) (for|to|of)? (you|it|them|anyone|anybody|someone|somebody|sam|a|any)? (to|in)? (be|have|get|take)? (a|any)?",
		"(would|will) not (be)?",
		"(was|were|had been) (just|only|nearly)? (going|about|planning|tempted|meaning) to ..2",
		"(thought|think|thinking|thoughts|talked|dreamt) (about|of) ..2",
		"(nearly|almost) ..1",
		"used to (want|like|wish|need)? (to)?",
	}},
	{"told", []string{
		"{others} (just|also|all|always|still|never)? (is|are|was|were|has|have|had|will|would|wants|want|needs|need|said|says|does|do|did|kept|keeps|put|puts|gave|gives|told|asked|showed|explained|rang|called|can|could) (not|never|just|really|to)? (me|us|him|her|them|to me)? (a|how|what|it|that|to|the)?",
		"({others} (say|says|said|saying)|tells me|told me|keeps saying|advised|suggested) (that)? (i|we)? (to|should|must|need to|ought to|have to)? _",
		"(ask|asks|asked|asking|wondered) (me)? (did|do|if|whether|about|was|am|are|to) (i|we|you)? _",
		"(told|showed|explained|shown) (to)? (me|us) (how|what|it|that)",
		"(i|we) (was|were|managed|went|got|had|have been|had been|have got) (able)? to _",
		"^ ((was|were|been|have been|finally) able|went|managed|finally (managed|got)) to _",
		"(i|we) (know|knew|remember|see|was told|were told|have been told|was shown|have learnt|learned) (now|exactly)? (how|what|who)",
		"(nice|good|lovely|great|glad|lucky|helps|helped|grateful|happy|blessed|is|was) (that)? (i|to|it)? (have|had|having|talk|talking|speak) (someone|somebody|people|to (people|someone|somebody))",
		"(i|we) (have|had|got|have got|found|do have) (got)? (plenty of|lots of|a few)? (someone|somebody|people|folk|friends|others|family|neighbours) (i can|to|who) (talk|speak|chat)",
		"(thanks|thank you|cheers|ta|grateful|appreciate|appreciated) for (the|your|all|that|all your|all the)? _",
	}},
}
