package reply

// A wish for an end that has an end itself is one for a rest: "stop these
// until I am home", "no more this week".

// onlyMeanwhile tells whether a stretch of time stands with a wish for an end:
// in it, right behind it, or, where it runs to a time to come, before it. It gives
// the wish with that.
func onlyMeanwhile(m matcher, h hit) (both hit, found bool) {
	both = h
	meanwhileBook.find(m, func(span hit) bool {
		switch from, to := span.from, span.to; {
		case meanwhileRules[span.rule].id == "lasts":
			for from > h.to && m.words[from].brk != fullStop && (m.words[from-1].idle || besideWish.has(m.words[from-1].id)) {
				from--
			}
			found = h.from < from && from <= h.to
		default:
			for to < h.from && m.words[to].brk != fullStop && (m.words[to].idle || besideWish.has(m.words[to].id)) {
				to++
			}
			found = to == h.from && m.words[to].brk != fullStop
		}
		if found {
			both.from, both.to = min(h.from, span.from), max(h.to, span.to)
		}
		return !found
	})
	for found && both.to < len(m.words) && m.words[both.to].brk == noBreak && unfinished.has(m.words[both.to-1].id) {
		both.to++
	}
	return both, found
}

// besideWish are words that say nothing between a wish and its time.
var besideWish = wordsOf("anything nothing please these this them it the any all of my your me us messages message texts text check ins updates reminders contact at least only just so can could you would i like to if then thanks now and to off again back")

var meanwhileBook = newRulebook(commandClasses, meanwhileRules)

var meanwhileRules = []rule{
	{"lasts", []string{"{span}"}},
	{"till", []string{
		"(until|till|til) ..4-{mail} &(^|please|can|could|no|do not|leave (me|us)|stop (these|them|sending|texting|messaging))",
		"(while|whilst) (i am|we are|i have|we have) ..4-{mail} &(^|please|can|could|no|do not)",
		"(for)? the next {count}? {weeks}",
		"(just|only)? for (now|the (moment|time being|minute)|a (bit|while|few {weeks}|couple of {weeks})|{count} {weeks}) &(^|can|could|please|no|do not|stop)",
	}},
}
