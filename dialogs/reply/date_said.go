package reply

// daySaid are the words that one answers with.
var daySaid = newRulebook(classes{words: toldClasses, phrases: dateClasses.phrases}, []rule{{"date/weekday", []string{
	"{self} (will|can|could|would|am|shall|am going to) (do|go|say|be free|free|off|try|make|come|ring|join|start|manage|be doing|doing|aim for|go for)? (it|that|this|there|for|her|him|them|along)? {onday}? {onday}? #",
	"(ask|try|text|message|ring|call) (me|again|me again)? (again)? {onday}? {onday}? #",
	"(make|let us|lets|let) (us|it|that)? (say|it|do|go for)? {onday}? {onday}? #",
	"# (is|would be|will be|sounds|looks|suits)? (much)? (better|best|good|fine|ok|me|ideal|easier|then) ",
	"(put|book|mark|write|pencil|stick) (me|it|that|us)? (down|in)? (for|as|on)? {onday}? #",
	"# instead",
	"so {onday}? {onday}? #",
}}})

// saidDays marks the days that are put in the words of an answer, and those in
// clauses of their own.
func saidDays(found []dayRead, words []symbol, which []int) {
	daySaid.find(matcher{words: words, wall: numberID}, func(h hit) bool {
		for _, n := range which[h.from:h.to] {
			if n >= 0 {
				found[n].said = true
			}
		}
		return true
	})
	parted, told := false, false // told: something is told, not only days named
	for w := range words {
		switch {
		case which[w] >= 0:
			found[which[w]].apart = parted && told
			parted = false
		case openly.has(words[w].id) || alsoWords.has(words[w].id), words[w].id == soID && w+1 < len(words) && turnedRound.has(words[w+1].id):
			return
		case !settling.has(words[w].id):
			told = true
		}
		parted = parted || words[w].brk != noBreak || opens(words, w)
	}
}

// alsoWords leave it open which of two days is meant.
var alsoWords = wordsOf("if also too either both neither")

// onlySaid finds the one day that is put in the words of an answer, where the
// others stand in clauses of their own. The person is told of it.
func onlySaid(found []dayRead) (one dayRead, ok bool) {
	for n, d := range found {
		switch {
		case d.denied || d.told:
		case d.fault != "" || n > 0 && !d.apart || d.said && ok && one.day != d.day:
			return dayRead{}, false
		case d.said:
			one, ok = d, true
		}
	}
	one.ok, one.ask = true, true
	return one, ok
}
