package reply

// deniedBefore tells a plain denial right before a phrase, in its own clause:
// "no chest pain", "nobody has hit me".
func deniedBefore(w []symbol, from int) bool {
	for i := from - 1; i >= 0 && i >= from-4; i-- {
		if w[i+1].brk != noBreak {
			return false
		}
		if denyWords.has(w[i].id) {
			return true
		}
		if w[i].id == butID {
			return false
		}
	}
	return false
}

// deniedInside tells a denial among the words of a phrase: "he would never hurt
// me".
func deniedInside(w []symbol, h hit) bool {
	for i := h.from; i < h.to; i++ {
		if denyWords.has(w[i].id) {
			return true
		}
	}
	return false
}

// pastAround tells that the sentence around a phrase puts it long ago.
func pastAround(w []symbol, h hit) bool {
	from, to := h.from, h.to
	for from > 0 && w[from].brk < fullStop && h.from-from < 12 {
		from--
	}
	for to < len(w) && w[to].brk < fullStop && to-h.to < 12 {
		to++
	}
	past := false
	pastPhrases.find(matcher{words: w[from:to], limit: comma}, func(hit) bool {
		past = true
		return false
	})
	return past
}

var denyWords = func() wordSet {
	var s wordSet
	for _, w := range []string{"no", "not", "never", "nobody", "without", "none", "neither", "nor", "stopped"} {
		s.add(known.id(w))
	}
	return s
}()

var pastPhrases = newRulebook(classes{}, []rule{{"distress/past", []string{
	"(years|months|decades|ages|long time|long while|some time) (ago|back)", "in the # $", "used to", "when i was (a|#|young|little|small|ten|eight|seven|six|nine|twelve|fifteen|at)", "as a (child|kid|teenager|girl|boy|lad|baby)", "in my (past|childhood|teens|twenties|youth)",
	"in the (past|sixties|seventies|eighties|nineties)", "last (year|summer|winter|spring|autumn|christmas)", "(long|years|months) since", "growing up", "when we were (kids|children|little|small|young|lads|girls)", "a (long|few years) (time)? (ago|back)", "(all clear|cleared up|fine now|ok now|better now|over now|sorted now|gone now|well now|free now|safe now|discharged|recovered)",
	"(in|since|from|of|before|until|around|about|summer|january|february|march|april|may|june|july|august|september|october|november|december) #year", "back in", "my (late|ex) (husband|wife|partner|boyfriend|girlfriend)? (used|was|had|once)", "in my (old|last|first|previous) (marriage|relationship|job)", "(at school|at the time|back then|once upon|those days)",
}}})
