package reply

import "slices"

// Where a reply names several answers, one is often the person's own and the
// others are what they turn away from: "I told him 4 but I'd say 7", "Tuesday is
// the chiropodist, so Thursday". The readers share what this file knows of it.

// clause is a stretch of a reply: from a mark or a word such as "but" to the next.
type clause struct {
	from, to int
	opener   wordID
	brk      uint8
	// past and quoted clauses say what was, or what somebody else says; a
	// doubtful one says what may be.
	past, quoted, doubtful bool
	// settled says of an answer that all is well with it: "sleep is fine".
	settled bool
	reason  bool
	named   []int
}

func (c *clause) away() bool { return c.past || c.quoted }

// own gives, of the words of a reply that name an answer, those that are the
// person's own present answer: all of them where that is not plain.
func own(words []symbol, named []int) []int {
	if len(named) < 2 {
		return named
	}
	if n := insteadOf(words, named); n != nil {
		return n
	}
	cs := clausesOf(words, named)
	var said []*clause
	for i := range cs {
		if c := &cs[i]; len(c.named) > 0 && !c.reason {
			said = append(said, c)
		}
	}
	if len(said) == 0 {
		return named
	}
	last := said[len(said)-1]
	earlier := said[:len(said)-1]
	switch {
	case len(earlier) == 0:
		return last.named
	case last.settles(words):
		return last.named
	case !last.away() && !last.doubtful && last.answers(words, cs) && !slices.ContainsFunc(earlier, func(c *clause) bool { return !c.away() && !(c.settled && contrasts.has(last.opener)) }):
		return last.named
	case !said[0].away() && !said[0].doubtful && !slices.ContainsFunc(said[1:], func(c *clause) bool { return !c.past || c.quoted }):
		return said[0].named
	}
	var all []int
	for _, c := range said {
		all = append(all, c.named...)
	}
	return all
}

// leftOpen tells that the one answer named is what was or what others say, and
// that a "but" goes on from there without another answer. With others, an
// answer that is fine is left open, too: "sleep is fine but the pain is bad".
func leftOpen(words []symbol, named int, others bool) bool {
	cs := clausesOf(words, []int{named})
	for i := range cs {
		if c := &cs[i]; len(c.named) > 0 {
			return (c.away() || c.settled && others) && i+1 < len(cs) && cs[i+1].opener == butID
		}
	}
	return false
}

// insteadOf finds the one answer that an "instead" stands behind.
func insteadOf(words []symbol, named []int) (out []int) {
	for _, w := range named {
		for k := w + 1; k <= w+2 && k < len(words) && words[k].brk == noBreak && words[k].id != numberID; k++ {
			if words[k].id == insteadID && (k+1 == len(words) || words[k+1].id != ofID) {
				out = append(out, w)
			}
		}
	}
	if len(out) != 1 {
		return nil
	}
	return out
}

var (
	insteadID = known.id("instead")
	nowID     = known.id("now")
	ofID      = known.id("of")
	becauseID = known.id("because")
	soID      = known.id("so")

	contrasts = wordsOf("but though although however except")
	// reasonVerbs stand behind an answer in a reason.
	reasonVerbs = wordsOf("is are and i we will would")
	// After "as" and "since" they begin a reason.
	subjects = wordsOf("i my we our he she it they there you")
	// ownStarts begin a clause of their own after a comma.
	ownStarts = wordsOf("did do managed ended only got i my we it now today really honestly truth between actually this me")
	// settling are the words between "so" and the answer that it leads to.
	settling = wordsOf("so overall feeling feel feels mood it will have to be has got i would am say go with for make that a an the on probably maybe think guess suppose best let lets us put me then please better tell you call going is this can we do shall just only now about reckon how at give must need down in more like next of really only definitely week month time round")
	// turnedRound are what "so" may not be followed by: "so is Tuesday".
	turnedRound = wordsOf("is are am was were would will can could does do did has have")
)

func wordsOf(list string) (s wordSet) {
	for w := range set(list) {
		s.add(known.id(w))
	}
	return s
}

// settles tells "so it will have to be Thursday".
func (c *clause) settles(words []symbol) bool {
	return settledAt(words, c.from) == c.named[0]
}

// settledAt gives the answer that the "so" at a word leads to, with nothing but
// small words between; -1: none.
func settledAt(words []symbol, so int) int {
	if words[so].id != soID || so+1 >= len(words) || turnedRound.has(words[so+1].id) {
		return -1
	}
	w := so + 1
	for w < len(words) && settling.has(words[w].id) {
		w++
	}
	if w == len(words) || words[w].id != numberID {
		return -1
	}
	return w
}

// answers tells that a clause is set against what stands before it: by a "but",
// by the end of a sentence, or by a subject of its own.
func (c *clause) answers(words []symbol, all []clause) bool {
	if c.brk == fullStop || contrasts.has(c.opener) || c.opener == soID && c.from+1 < len(words) && !turnedRound.has(words[c.from+1].id) || ownStarts.has(words[c.from].id) {
		return true
	}
	for w := c.from; w < c.to; w++ { // "very sure now"
		if words[w].id == nowID {
			return true
		}
	}
	for i := range all { // "but that is sorted now, my health"
		if b := &all[i]; b.to == c.from && len(b.named) == 0 && contrasts.has(b.opener) {
			return true
		}
	}
	return false
}

// clausesOf cuts a reply into clauses and says what each is.
func clausesOf(words []symbol, named []int) []clause {
	view := slices.Clone(words)
	for w := range view {
		if view[w].id == numberID {
			view[w].id = otherID
		}
	}
	for _, w := range named {
		view[w].id = numberID
	}
	cs := []clause{{}}
	of := make([]int, len(view))
	for w := range view {
		if w > 0 && (view[w].brk != noBreak || opens(view, w)) {
			cs[len(cs)-1].to = w
			cs = append(cs, clause{from: w, brk: view[w].brk})
		}
		if w == cs[len(cs)-1].from && opens(view, w) {
			cs[len(cs)-1].opener = view[w].id
			cs[len(cs)-1].reason = view[w].id != soID && !contrasts.has(view[w].id)
		}
		of[w] = len(cs) - 1
	}
	cs[len(cs)-1].to = len(view)
	for _, w := range named {
		c := &cs[of[w]]
		c.named = append(c.named, w)
	}
	turnBook.find(matcher{words: view, wall: numberID}, func(h hit) bool {
		switch c := &cs[of[h.from]]; turnRules[h.rule].id {
		case "turn/past":
			c.past = true
		case "turn/quoted":
			c.quoted = true
		case "turn/settled":
			c.settled = true
		case "turn/doubtful":
			c.doubtful = true
		}
		return true
	})
	for i := 1; i < len(cs); i++ { // "he said Tuesday, Wednesday": his, too
		if c, before := &cs[i], &cs[i-1]; c.brk == comma && c.opener == 0 && !ownStarts.has(view[c.from].id) {
			c.past, c.quoted = c.past || before.past, c.quoted || before.quoted
		}
	}
	return cs
}

// opens tells whether a word begins a clause without a mark before it.
func opens(words []symbol, w int) bool {
	switch id := words[w].id; {
	case id == becauseID || id == soID || contrasts.has(id):
		return true
	case id == asID && w > 0 && w+2 < len(words) && words[w+1].id == numberID: // "as Monday is out"
		return reasonVerbs.has(words[w+2].id)
	case id == asID || id == sinceID:
		return w > 0 && w+1 < len(words) && (subjects.has(words[w+1].id) || words[w+1].id == onID)
	}
	return false
}

var asID, sinceID, onID = known.id("as"), known.id("since"), known.id("on")

var turnBook = newRulebook(turnClasses, turnRules)

var turnClasses = classes{words: map[string][]string{
	"self": {"i", "we"},
	"others": {"he", "she", "they", "everyone", "everybody", "people", "folk", "folks", "others", "wife", "husband", "mum", "mam", "dad", "mother", "father", "son", "daughter", "sister", "brother", "friend", "mate",
		"neighbour", "doctor", "nurse", "gp", "partner", "carer", "kids", "family", "friends", "you", "someone", "somebody", "children", "all"},
}}

var turnRules = []rule{
	{"turn/quoted", []string{
		"(tell|tells|telling|told) !(you|u|us) _",
		"{others} (all|both)? (keep|keeps|always|still|just|will|would|might|only|often)? (think|thinks|thinking|say|says|saying|said|reckon|reckons|reckoned|thought|believe|believes|put|puts|want|wants|wanted|call|calls|swear|swears|insist|insists|assume|assumes)",
		"{self}? would (usually|normally|always)? have (said|put|gone|picked|chosen|told|liked|loved|thought|preferred)",
		"(says|reckons|thinks|insists|swears|believes)",
		"would have been",
		"would (like|love) to (say|put|give|tell)",
		"(nearly|almost) (said|put|picked|chose|went)",
	}},
	{"turn/past", []string{
		"used to",
		"(was|were)",
		"(started|began|start|begin) (off|out|as|with|at|on)",
		"(at first|originally|initially|to (begin|start) with|formerly|previously)",
		"first (it|i|that)",
		"(normally|usually)",
		"(last|the other) (week|time|day|month|night|year)",
		"(yesterday|ago|before ($|but)|at the weekend|before now)",
		"(i|we) (thought|fancied|wanted|planned|meant|hoped|expected|intended|said|had|put)",
		"^ (thought|fancied|wanted|planned|meant|hoped|expected|intended) ",
		"did not (think|expect|know)",
	}},
	{"turn/settled", []string{
		"# (is|are)? (really|all|quite|pretty)? (fine|ok|okay|alright|all right|sorted|under control|no bother|no problem|not the problem|not the issue|not too bad|not bad)",
	}},
	{"turn/doubtful", []string{
		"(could|might|may|maybe|perhaps|possibly|wish|hope|hoping|or|not|never|either|neither|want|depends|sometimes|hopefully)",
		"if !(i am|i was|truth|truthful|being|you must)",
		"would have",
	}},
}

// subjectOf gives where the subject of the verb at a word begins: behind the
// last mark, or a word such as "but". It is not the person's own, nor that of a
// proposal, when none of the words in own is in it.
func subjectOf(words []symbol, verb int, own wordSet) (from int, others bool) {
	w := verb
	for w > 0 && words[w].brk == noBreak && !beforeSubject.has(words[w-1].id) {
		w--
		if own.has(words[w].id) {
			return w, false
		}
	}
	if w > 1 && words[w].brk == noBreak {
		switch before := words[w-2].id; words[w-1].id {
		case asID:
			return w, before != soonID // "as soon as the shop opens tomorrow"
		case andID:
			return w, before != iID && before != meID // "me and my sister are going"
		}
	}
	return w, true
}

var (
	soonID, iID = known.id("soon"), known.id("i")
	// beforeSubject are words that a clause may begin behind.
	beforeSubject = wordsOf("but and because as is was have got another")
)
