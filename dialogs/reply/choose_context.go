package reply

import "slices"

// roles finds what the words around a mention make of it: "not tea", "anything
// but coffee", "tea? I wish".
func (c *chooser) roles(found []mention) {
	if len(found) == 0 {
		return
	}
	for i := range found {
		m := &found[i]
		m.denied = m.denied || c.denies(m.from) && !c.partial(*m) || i == 0 && c.none(*m) || c.echoed(*m)
	}
	for i := 0; i+1 < len(found); i++ { // "partly done" is partly
		a, b := &found[i], &found[i+1]
		if a.option < 0 || b.option < 0 || b.from-a.to > 2 || c.clause[a.from] != c.clause[b.from] {
			continue
		}
		if (a.rank == rankGroup || a.to == b.from) && c.partial(*b) { // "I did part of it"
			a.denied = true
		} else if b.to == b.from+1 && c.modifies(*a, *b) {
			b.denied = true
		}
	}
	view, which := c.view(found)
	chooseBook.find(matcher{words: view}, func(h hit) bool {
		first := true
		for w := h.from; w < h.to; w++ {
			if which[w] < 0 {
				continue
			}
			switch r := chooseRules[h.rule]; {
			case r.last && c.laterMention(which, w+1, h.to), r.rest && !c.laterMention(which, w+1, len(which)), r.first && (!first || c.joined(found, which[w])):
			case r.told:
				found[which[w]].told = true
			default:
				found[which[w]].denied = true
			}
			first = false
		}
		if chooseRules[h.rule].id == "choice/asked" && (h.from == 0 || view[h.from].brk != noBreak) { // to the end of the question
			for w := h.to; w < len(view) && view[w].brk == noBreak && !opens(view, w); w++ {
				if which[w] >= 0 {
					found[which[w]].denied = true
				}
			}
		}
		return true
	})
	for i := 1; i < len(found); i++ { // "not the phone. Or the computer"
		if found[i-1].denied && c.listed(found[i-1].to, found[i].from) {
			found[i].denied = true
		}
	}
}

// listed tells that nothing but an or and small words stands between two mentions,
// or an and alone: "I work Mondays and Tuesdays".
func (c *chooser) listed(from, to int) bool {
	if c.word(from) == "and" && (to == from+1 || to == from+2 && gistless[c.tokens[from+1].text]) {
		return true
	}
	or := false
	for _, t := range c.tokens[from:to] {
		switch {
		case t.text == "or" || t.text == "nor":
			or = true
		case t.kind != markToken && !gistless[t.text] && !emptyWord[t.text]:
			return false
		}
	}
	return or
}

// turned denies what the person turns away from where another option is their
// own answer, and what they leave open with a "but".
func (c *chooser) turned(found []mention) {
	view, which := c.view(found)
	var named []int
	option := -1
	several := false
	for w, n := range which {
		switch {
		case view[w].id == numberID:
			view[w].id = otherID
		case n >= 0 && !found[n].denied && found[n].option >= 0:
			view[w].id = numberID
			named = append(named, w)
			several = several || option >= 0 && option != found[n].option
			option = found[n].option
		}
	}
	if !several {
		if len(named) == 1 && leftOpen(view, named[0], c.rivals(found, which[named[0]])) {
			found[which[named[0]]].denied = true
		}
		return
	}
	mine := own(view, named)
	for _, w := range named {
		if !slices.Contains(mine, w) {
			found[which[w]].denied = true
		}
	}
}

// rivals tells whether a reply speaks of another option, too.
func (c *chooser) rivals(found []mention, n int) bool {
	return slices.ContainsFunc(found, func(m mention) bool { return m.option != found[n].option })
}

func (c *chooser) laterMention(which []int, from, to int) bool {
	for w := from; w < to; w++ {
		if which[w] >= 0 {
			return true
		}
	}
	return false
}

// joined tells whether an or or an and joins a mention to the one before it.
func (c *chooser) joined(found []mention, n int) bool {
	i := found[n].from - 1
	return n > 0 && i >= 0 && (c.tokens[i].text == "or" || c.tokens[i].text == "and") && i-found[n-1].to < 3
}

// optionID stands for a mention in the patterns of chooseRules.
var optionID = known.id("#o")

// view is the reply with each mention as one word, #o, and which it is.
func (c *chooser) view(found []mention) (view []symbol, which []int) {
	next := 0
	brk := noBreak
	for i := 0; i < len(c.tokens); i++ {
		if next < len(found) && found[next].from == i {
			view, which = append(view, symbol{id: optionID, brk: brk, token: i}), append(which, next)
			brk = noBreak
			i = found[next].to - 1
			next++
			continue
		}
		switch c.tokens[i].kind {
		case markToken:
			brk = max(brk, breakOf(c.tokens, i))
		case faceToken:
		default:
			view, which = append(view, symbol{id: c.tokens[i].id, brk: brk, token: i}), append(which, -1)
			brk = noBreak
		}
	}
	return view, which
}

// chooseRule says which mentions of a phrase are not the choice.
type chooseRule struct {
	id          RuleID
	first, last bool // only the first, only the last
	// rest: only where another one is named behind the phrase.
	rest bool
	// told: they may be, and the person is told.
	told     bool
	patterns []string
}

var chooseBook = func() *rulebook {
	rules := make([]rule, len(chooseRules))
	for i, r := range chooseRules {
		rules[i] = rule{r.id, r.patterns}
	}
	return newRulebook(chooseClasses, rules)
}()

var chooseClasses = classes{words: map[string][]string{
	"someone": {"he", "she", "they", "mum", "mam", "dad", "mother", "father", "son", "daughter", "sister", "brother", "friend", "wife", "husband", "partner", "neighbour", "nurse", "doctor", "everyone", "mate", "carer",
		"everybody", "people", "folk", "folks", "others", "someone", "somebody", "nan", "gran", "missus", "hubby", "gp", "physio", "worker", "kids", "family", "lad", "lass"},
	"say":  {"say", "says", "said", "saying", "put", "puts", "think", "thinks", "thought", "reckon", "reckons", "pick", "picks", "picked", "choose", "chose", "want", "wants", "wanted", "prefer", "prefers", "suggested", "suggests", "suggest", "rather", "sooner"},
	"ago":  {"week", "time", "month", "year", "night", "summer", "winter"},
	"lead": {"and", "but", "so", "oh", "hi", "hello", "ok", "yes", "please", "well", "er", "um", "hmm", "erm", "sorry", "just", "wait"},
	"if":   {"if", "whether", "that"},
	"art":  {"the", "a", "an", "any", "that", "this", "my", "more", "of", "to", "do", "doing", "have", "having", "it", "on", "going", "go", "be", "for", "in", "with", "your", "being", "those", "some"},
}}

var chooseRules = []chooseRule{
	{id: "choice/disliked", last: true, patterns: []string{
		"(hate|hates|hated|dislike|detest|loathe|despise|avoid|avoiding|refuse|dread) {art}? {art}? #o",
		"(can|could|do|did|will|would) not (really|ever|even|honestly)? (stand|abide|bear|face|like|want|fancy|drink|touch|do|manage|have|think|say|need|feel like|call it|go for|enjoy|care for) {art}? {art}? #o",
		"(do|please|could|would|can|will|just) not (put|pick|choose|tick|give|book|send|suggest|offer|count|answer|select|record|write) (me|us|it|that|this)? (as|for|with|in|on|down|to)? {art}? #o",
		"(far from|no way|nothing to do with|nowhere near|the opposite of|no need for|no need of|no need to|not need to|no point in|had enough of|finished with|done with) (is|was|it|am|i)? (is|was)? {art}? {art}? #o",
		"(wish|wished|if only) (it|i|that|we|there|this|they|he|she) ..3 #o",
		"(nearly|almost) (said|put|picked|chose|went|ticked) (for|with)? {art}? #o",
		"(can not|could not) {art}? #o",
		"(off|gone off|went off|allergic to|sick of|fed up of|fed up with|bored of|tired of|scared of|afraid of|frightened of|rubbish at|no good at|hopeless at|worried about|not keen on|not mad on|not into|not bothered about|not fussed about|too _ for) {art}? {art}? #o",
		"(instead of|rather than|over|as opposed to|other than|apart from|before) {art}? #o",
		"prefer {art}? #o to {art}? #o",
		"#o (easily|always|just|usually)? (beats|trumps|tops) {art}? {art}? #o",
		"#o (and|with)? {art}? #o {art}? (close|poor|distant)? second",
		"(unlike|not (so|as) much) {art}? {art}? #o",
		"(anything|any _|everything|all|anywhere|whatever|whenever|any) (but|except|bar|other than|apart from|besides) {art}? {art}? #o",
		"(neither|nor|without|except|bar|minus|less|not) {art}? {art}? #o",
		"(can|could|do|did|will|would) not (hear|use|answer|read|work|trust|afford|drive|cope with|get on with|understand|see) !so ..2 #o",
		"(no use|no good|not much use|useless|hopeless|dead) ..3 (by|in|at|after) {art}? #o",
		"(day|days|week|morning|night) (after|before) #o",
		"not (allowed|able to|up to|up for|a fan of|keen on) {art}? {art}? #o",
		"i (work|am at work|am working|am busy|am out|am away) (most|all|in|on)? {art}? #o",
		"(as a|thick as|deaf as a|daft as a|blind as a) #o",
		"(gave|given) up {art}? {art}? #o",
		"(tried|been to|went to) {art}? {art}? #o (and|but)? (i|it)? (hated|did not like|was not for|could not stand|rubbish|awful)",
		"(no|nope|nah) to {art}? {art}? #o",
		"(can|could) not be (doing|bothered|arsed|fussed|having) (with|by)? {art}? {art}? #o",
		"(never|rarely|seldom|hardly) (ever)? (check|use|look at|open|read|answer|do|go|get|have|pick up|take) (on|in|to|with|by)? {art}? {art}? #o",
		"thumbs down (for|to|on) {art}? #o",
		"(stop|quit) (sending|giving|asking|offering|putting) (me|us)? (about|for|in|on)? {art}? #o",
		"enough (with|about) {art}? {art}? #o",
		"(lost|out of place|uncomfortable|awkward|drown|drowning|swamped) (in|with|at|on|among) {art}? {art}? #o",
		"never (really)? (liked|wanted|fancied|enjoyed|took to|cared for|got on with|been one for|been good at|been into|been keen on) {art}? {art}? #o",
		"not (too|very|really|so|at all|that|all that)? sure (about|on|of) {art}? {art}? #o",
		"(not|no) (know|idea|clue|opinion) (about|on|of) {art}? {art}? #o",
		"(not|un) (really|quite|yet|fully|completely|entirely)? (decided|settled|sold|certain|convinced|made (my|our) mind up|made up my mind) (about|on|over|by) {art}? {art}? #o",
		"(undecided|unsure|unconvinced|two minds|on the fence|mixed feelings) (about|on|over) {art}? {art}? #o",
		"(will|let me|need to|have to|still|got to|must|should|like to) (have to|need to|be)? (think|thinking|have a think|mull|consider|considering|look into|find out|ask) (about|over|more about)? {art}? {art}? #o",
		"^ (but|and)? (i|we)? (very much|really|do|am|seriously)? (doubt|doubts|doubtful) (about|whether|if|that)? (it is|i will|it will be|it is going to be|i can do|about)? {art}? {art}? #o",
		"not (think|feel|believe|reckon|too sure|so sure|really sure|sure) {if}? {art}? {art}? #o (is|are|will|would|suits|can|could)",
		"never (really|ever)? (pick|choose|have|say|go for|use|do|want|had|did|used|picked|chose|said|needed|need|ask for) {art}? {art}? #o",
		"(no|not|never) (really|ever|been)? (any|much|very|so|too|that)? (good|great|use|clever|brilliant) (at|with|on|in) {art}? {art}? #o",
		"(not|never) (really|quite|yet|nearly|at all)? (ready|fit|well enough|fit enough|strong enough|brave enough|fit enough|prepared) (for|to) {art}? {art}? #o",
		"(do|does|did|please) not (make|force|let) (me|us) (do|have|go to|go on|use|take)? {art}? {art}? #o",
		"(fat|no|slim|not much) chance of {art}? {art}? #o",
		"^^ as if ..3 #o",
		"^^ like (i|we) would ..3 #o",
		"yeah right #o",
		"yes because (i|we) (just|really|so)? (love|like|want|fancy|need) {art}? #o",
		"(failing that|otherwise) {art}? {art}? #o",
		"can not get (a|an|the|to|on|in|into|any|to the|on the)? #o",
		"(can|could) (i|we|you) (please)? (swap|change|switch|move|come) (from|off|out of) {art}? #o",
		"(can|could) (i|we|you) (please)? (swap|switch) (my|the|this|that)? #o",
		"used to (really|always)? (love|like|enjoy|do|go|play|have|be|attend) {art}? {art}? #o",
	}},
	{id: "choice/asked", patterns: []string{
		"^ {lead}? {lead}? (what|why|who|whose|how|when|where|which) (is|was|are|were|do|does|did|can|could|will|would|should|happens|happened|runs|goes|kind|sort|if|time|day) ..7 #o",
		"^ {lead}? (what|why) #o",
		"^ {lead}? (would|will|should|might) {art}? #o (be|help|suit|work|do|make|get) !(ok|okay|alright|fine|possible|all right|allowed) ..3",
		"^ {lead}? (what|how) about ..4 #o (if|when|though|costs|on|in)",
		"^ (you|u) mean {art}? {art}? #o $",
		"^ {lead}? (is|was|are|will|does|has|have|did|would|do) (it|that|this|they|there|we|you|i) !(possible|ok|okay|alright|all right|fine|too late) (think|mean|know|reckon|have to|need to)? ..3 #o",
		"^^ {lead}? {lead}? (is|are|does) (the|a|an|your|there|it|that|this|they|any) !(ok|okay|alright|all right|possible|fine|too late|alrite) ..4 #o",
		"^^ {lead}? {lead}? (is|are) there ..8 #o",
		"^^ {lead}? {lead}? does #o",
		"^^ {lead}? {lead}? (is|are) #o (free|on|open|available|busy|full|far|indoors|outside|outdoors|hard|easy|expensive|suitable|dear|mixed|still|every|near|local|inside|in|allowed|permitted|safe|nice|good for|any good|worth it|compulsory|private|confidential)",
		"^^ {lead}? {lead}? (do|did|does) (you|they|people|we have to|i have to|i need|he|she|it) ..7 #o",
		"^^ {lead}? (is|are) {art}? #o (the|a|in|at|by|near|on|with) ..4 #o",
		"^^ {lead}? {lead}? how (much|many|long|far|often|old|late|big|do|does|is|are|will|would|can) ..5 #o",
		"^^ {lead}? {lead}? where (is|are|does|do|would|will) ..5 #o",
		"^^ {lead}? {lead}? (can|could|do|may) (i|we|you) (bring|need|have to|smoke|wear) ..5 #o",
		"{someone} (swears|swear|goes on|going on|go on|keeps on|keep on|keeps going on|raves|rave) (by|about) {art}? {art}? #o",
		"{someone} (has|have|had|already|just|also|got|was|is) (has|have|had|already|just|also|been|got|a|the)? #o",
		"{someone} (hates|likes|loves|has|did|does|goes to|went to) {art}? {art}? #o",
		"{someone} (else)? (would|might|may|will|always|just|all|both|also|usually|still)? (usually|always|still|just)? {say} {art}? {art}? (say|put|pick)? #o",
		"(someone|somebody|anyone|they) #o (me|us)",
		"#o for (the others|others|some|them|him|her|most|everyone else|other people|other folk) $",
		"^ {lead}? you (all|always|just|only)? put {art}? {art}? #o",
		"you (all|always|just|only)? (said|say|told|wrote|suggested|mentioned|sent) (me|us|to|that|about|it|was)? {art}? #o",
		"(told|tells|telling) (me|us) (to|that|about|it|is|was)? {art}? #o",
		"^^ {lead}? (should|shall|do|did|have|had|must) (i|we) (already|just)? (say|said|put|pick|picked|choose|chose|tick|ticked|go|gone|answer|answered|told|tell) (for|with|you|to)? {art}? #o",
		"^^ {lead}? (do|does|did|would|will) (most|other|many|some|all|lots of)? (people|folk|folks|others|patients|ones|everyone|everybody|anyone|anybody) ..4 #o",
		"^^ {lead}? (what|which) (_)? (was|is|were|are) (it|that|this|the|my|these|those) ..6 #o",
		"(tell|explain|describe) (to)? (me|us)? (a bit|some|any|all|a little)? (more|again)? (about|on)? {art}? #o",
		"#o (is|was|means|does|are|about|with|for|to|at|in)? (what|who|whom|how|where|which) $",
		"(i|we|he|she) (will|would|can|shall|might|may|could) #o (you|back|them)",
	}},
	{id: "choice/turned-down", first: true, patterns: []string{
		"#o (is|are|was|were|would be|will be|just)? (not|no good|no use|never|no) !(problem|#o|the #o|a #o|an #o|my #o)",
		"#o (is|are|was|were|would be|will be|just)? too !(#o|the #o|please|thanks) _",
		"#o (is|are|was|were|has|gets|keeps)? (being|got|getting|gone|going)? (broke|broken|dead|bust|busted|cracked|smashed|playing up|on the blink|out of credit|cut off|out of order|kaput|packed in)",
		"#o (is|are|was|were) (now)? (shut|closed|finished|cancelled|full up|fully booked)",
		"#o (has|have|had) (been)? (shut|closed|gone|finished|stopped|ended|packed up|folded|cancelled) !(up|down|off|on|worse|well|better|downhill|bad|my|me|us|mad|it)",
		"#o (haha|lol|ha)? (my (foot|arse|backside|eye)|over my dead body|lol no|as if) $",
		"#o yeah right $",
		"#o if not ($|then)",
		"#o what do (you|we) (think|reckon|say|suggest|advise|recommend)",
		"#o is (what|where|the one) !i ..3 {say}",
		"#o (is|are|was|were|would be)? (always|never|usually) (out of|broken|off|busy|late|full|flat|dead|cancelled)",
		"#o (is|are|was|were|would be) (really|so|just|quite|always)? (out|awful|terrible|bad|hard|difficult|horrible|useless|impossible|tricky|worst|the worst|dreadful|rubbish|hopeless|busy|full|hell|a nightmare)",
		"#o (is|are)? (hurts|gives me !(a lift|a reason|a boost|energy|hope|something|peace|joy|time)|(makes|make) me !(happy|smile|laugh|feel good|feel better|feel alive|proud|want to|get up|get out|calm|feel like me|feel useful)|upsets|does not|do not|did not|will not|would not|can not|is not|was not)",
		"#o (really|just|always)? (scares|scare|terrifies|terrify|frightens|frighten|overwhelms|overwhelm|puts|put|bores|bore|stresses|stress|winds|wind|panics|panic) (me|us)",
		"#o (has|have) never been (a|an|my|any|much of a)? (problem|bother|issue|trouble|worry)",
		"#o (is|s)? (only|just)? for (old|young|posh|rich|other|fit|thin|little|lonely|sad|weak|clever|daft)",
		"#o (sounds|looks|seems) (a bit|really|so|pretty|quite)? (awful|boring|hard|dull|horrible|dreadful|scary|terrible|daft|rubbish|painful|difficult|expensive|grim|like hard work|like hell)",
		"#o would (be|take) a miracle",
		"#o (i|we) (really|just|always|absolutely|will|would)? (hate|hated|dread|loathe|dislike|avoid|(can not|could not|do not|did not|never) (stand|bear|do|like|liked|face|manage|abide|enjoy|get on with))",
		"#o (is|was|might be|may be|could be|would be|will be|would be|seems|looks|sounds) (just|probably|a bit|a)? (too !(#o|the #o|please|thanks)|a waste|pointless|no help|no good|no use|beyond) _",
		"#o (really|always|just|has|have)? (let|lets|letting) (me|us) down",
		"#o (costs|cost|is dear|is expensive|works out dear)",
		"#o (just|really)? (drains|drained|exhausts|exhausted|annoys|annoyed|wears|wore|tires|tired) (me|us)",
		"#o i wish",
		"#o (is|was|would be) (very|really)? (the|my) (last (thing|one|resort|choice)|worst)",
		"#o (badly|poorly)",
		"#o (is|are|was|were|would be|will be) a (definite|definitely|complete|total|big|bit of a)? (no|nono|nightmare|non starter|nonstarter)",
		"(no|not) {art}? #o either",
		"#o (bar|except|apart from|but for|other than|excepting) (the|one|a|for|my|some|#|that)",
	}},
	{id: "choice/last-time", told: true, patterns: []string{
		"last {ago} ..3 #o",
		"#o last {ago}",
		"used to (say|be|put|feel|think|have) {art}? #o",
		"(i|we) (had|have)? (said|put|told you|answered|ticked|wrote) {art}? #o",
		"(normally|usually) ..3 (say|put|pick|choose|answer|go for|be) {art}? #o",
		"would have (said|put|picked|chosen|thought) {art}? #o",
		"^^ (and|but)? if {art}? {art}? #o ..6 #o",
		"{someone} {say} (me|us) (to)? (on|in|at|to|do|doing|have|having|go|go to|go for)? {art}? #o",
		"#o (maybe|perhaps)? (next time|some other time|another time|one day) (maybe|perhaps)? $",
		"#o (but|though|although) (i am)? not (really|too|very|so|at all|a hundred percent)? sure $",
		"#o (was|were) last {ago}",
		"#o is what (i|we) (had|did|said|put|chose|picked) (last|before)",
		"(done|did|had|tried|been to|have|do|got|go to) {art}? {art}? #o (here|now|on a _)? (already|before)",
		"no more (of)? {art}? #o",
		"(under|below) {art}? #o",
		"(thinking|wondering|wondered|thought|considering) (about|of)? {art}? {art}? #o",
		"(told|tells|telling|asked|asks) (me|us) to (put|say|pick|choose|do|try|have|go to|go for|go on) {art}? {art}? #o",
		"(struggled|struggle|struggling) (with|on|at) {art}? {art}? #o",
		"no (more|longer) {art}? #o",
		"#o and a (bit|half|quarter|day|few|couple)",
		"#o (is|are) (all|now|pretty much|mostly)? (sorted|fixed|solved|dealt with|under control)",
		"#o (sometimes|half the time|some days|some of the time|on and off) $",
		"#o when i am (better|well|fit|ready|stronger)",
		"(maybe|perhaps) #o (later|next time|one day)",
	}},
	{id: "choice/either-way", patterns: []string{
		"#o if not {art}? #o",
	}},
	{id: "choice/taken-back", first: true, patterns: []string{
		"(scrap|forget|ignore|scratch|cancel|delete|undo|disregard|forget about|never mind) (the|my)? #o",
		"(change|swap|switch|move) (it|that|this|mine|my answer)? (from)? #o (to|for|with|into) {art}? #o",
		"(pressed|hit|put|said|ticked|clicked|tapped|picked|chose|typed|wrote|sent) {art}? #o (by (mistake|accident)|in error|wrongly|accidentally)",
		"#o (last {ago}|before)? (was|is) (by|a|an|my|the)? (big|bad)? (mistake|accident|error|typo|wrong)",
	}},
	{id: "choice/gone-on", first: true, rest: true, patterns: []string{
		"(have|do|got|go to) {art}? {art}? #o (here|now)? already",
		"#o (last {ago}|before|previously|yesterday|at first|originally|by mistake) ($|but|and|so|now)",
		"#o (would|might|could|will) (be|have been) (really|so|very)? (nice|good|lovely|great|ideal|fun|brilliant|better|best|my first choice) but",
		"(would|do|i) (really|absolutely)? (love|like|prefer) {art}? {art}? #o but",
	}},
	{id: "choice/greeting", first: true, patterns: []string{
		"^^ (hi|hello|hiya|hey|and)? good #o",
	}},
}
