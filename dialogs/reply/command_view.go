package reply

// A wish stands among courtesies: "good morning, could you please stop these,
// many thanks". They say nothing of it, so that a phrase may step over them
// wherever they are, and begins and ends as if they were not there.

// wishView is the view of a text that wishes are read in.
func wishView(t []token) []symbol {
	w := unaddressed(words(t))
	for i := range w {
		if courteous.has(w[i].id) {
			w[i].idle = true
		}
		switch id := w[i].id; {
		case id == whitID: // Scots, and here no Whit Monday
			w[i].id = whatID
		case id == yeID:
			w[i].id = youID
		case id == gonnaeID && i+1 < len(w) && wouldYou.has(w[i+1].id): // "gonnae ring me"
			w[i].idle = true
		case id == noID && i+1 < len(w) && w[i+1].id == wantingID: // "no wanting these"
			w[i].id = notID
		}
		if i > 0 && w[i].brk == noBreak && newClause(w, i) {
			w[i].brk = comma
		}
	}
	courtesyBook.find(matcher{words: w, limit: comma}, func(h hit) bool {
		for i := h.from; i < h.to; i++ {
			w[i].idle = true
			if courtesyRules[h.rule].id == "unsaid" {
				w[i].id = 0
			}
		}
		return true
	})
	for i := 1; i < len(w) && w[i-1].idle; i++ {
		w[i].brk = noBreak
	}
	return w
}

// newClause tells whether a word begins a clause though no mark stands before
// it: "but", "because", and what has a subject or an order behind "so" and "and".
func newClause(w []symbol, i int) bool {
	switch w[i].id {
	case becauseID, butID:
		return true
	case soID, andID, asID, sinceID:
		return i+1 < len(w) && clauseHeads.has(w[i+1].id)
	}
	switch w[i-1].id {
	case butID:
		return true
	case soID, andID:
		return clauseHeads.has(w[i].id)
	}
	return false
}

var (
	whitID, whatID      = known.id("whit"), known.id("what")
	yeID, youID         = known.id("ye"), known.id("you")
	gonnaeID, wantingID = known.id("gonnae"), known.id("wanting")

	// wouldYou are words before which "gonnae" asks somebody: "gonnae ring me".
	wouldYou = wordsOf("no not stop phone ring call bell get gie give send text message ask tell let leave contact put")

	courteous   = wordsOf("maybe perhaps possibly please kindly just really honestly actually simply definitely basically thanks cheers sorry x xx xxx lol haha hi hello hiya hey ffs ok okay oh um erm right well regards onestep bloody flipping flippin flaming fucking fuckin fecking feckin effing chuffing sodding freaking frigging")
	clauseHeads = wordsOf("i we you can could would will please it they he she do let stop no not how what is")
)

var courtesyBook = newRulebook(classes{}, courtesyRules)

var courtesyRules = []rule{{"unsaid", []string{
	"(on earth|in gods name|in the world|the (hell|heck|devil|fuck)) &(is|are|does|do|am|did)",
	"(no|not) offence (to you|to anyone|meant|intended)? (but)?",
	"(to be honest|in all honesty|being honest|to be fair|if i am honest|with respect|with all due respect|if you please)",
}}, {"courtesy", []string{
	"(hi|hello|hiya|hey|morning) (there|again|all|team|sam)",
	"good (morning|evening|afternoon|day)",
	"dear (sir|madam|sam|all|team)",
	"^ (morning|evening|afternoon|look|listen|so|nah|aye|yeah|yes|ah|and|but) ",
	"^ (i (think|guess|suppose|reckon)|as i (said|say|told you)|like i said|i am afraid|it is just|it is)",
	"^ (it is|this is) (only)? _ here",
	"(thank you|thanks|cheers) (so|ever so|very)? (much|a lot|again|anyway|in advance|for (everything|asking|this|that|the offer|all|your|the|all your) ..1)?",
	"many thanks",
	"(much appreciated|kind regards|best wishes|all the best|yours sincerely|god bless|bless you|good bye|goodbye|bye|take care)",
	"please and thank you",
	"if (possible|(that is|it is|this is) (ok|okay|alright|all right|possible|not too much trouble)|you can|you could|you would|you do not mind|i may|i can|you would not mind)",
	"when you (can|get (a|the) (minute|chance|moment|second)|have (a|got a) (minute|chance|moment))",
	"(as soon as (possible|you can)|at your earliest convenience|urgently)",
}}}
