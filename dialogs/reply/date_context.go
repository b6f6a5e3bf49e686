package reply

import (
	"maps"
	"slices"
)

// What the words around a day make of it. The patterns see each day that was
// found in the text as #.
var dateClasses = classes{phrases: map[string]string{
	"{orday}":  "((or|nor) {small}? #)",
	"{andday}": "((and|or) {small}? #)",
}, words: map[string][]string{
	"turning": {"so", "then", "but"},
	"small":   {"later", "on", "the", "this", "a", "be", "do", "make", "come", "it", "for", "about", "in", "at", "next", "free", "around", "here", "any"},
}}

var dateContext = []roleRule{
	// People put a step "back for now till Friday": that is theirs, and an answer.
	{id: "date/put-off", role: stated, patterns: []string{
		"(leave|leaving|left|put|push|postpone|save|hold|wait|hang|rather wait|happier) (it|that|this|me|us|off|on)? (off|over|back|for now)? (till|until|til|to) {small}? {small}? # !(at the latest|or)",
		"give (me|it|us) (till|until|til) {small}? {small}? # !(at the latest|or)",
	}},
	{id: "date/denied", role: negated, patterns: []string{
		"(not|never|except|excluding|bar|other than|apart from|instead of|rather than|anything but|any day but|any time but|every day but|but not|avoid|nor) {small}? {small}? {small}? # {orday}?",
		"not (keen|happy|great|good|ideal) (on|about|with|for) {small}? #",
		"than {small}? #",
		"# no $$",
		"# (i|we) (no can|can not|could not)",
		"# (is|are|gets|will be)? (a bit|bit|quite|pretty|really|too|very)? (tight|tricky|iffy|pushing it|hectic|manic|mad|rammed|packed|busy|awkward|difficult)",
		"(can not|could not|will not|am not|is not|would not|are not) (really|usually)? (do|make|manage|be|come|free|available|around|here|in|work|about|get there) {small}? {small}? # {orday}?",
		"(am|is|are|be|being|^) out (all day|all morning|all afternoon)? {small}? {small}? #",
		"(busy|away|working|unavailable|tied up|at work|in hospital|on holiday|at the hospital) (all day|all morning|all afternoon)? {small}? {small}? #",
		"{self} (am|are|will be) (away|busy|working|out|abroad|at work|in hospital|on holiday|not (here|around|free)) (all week)? (from|until|till|til|after) {small}? {small}? #",
		"# (and|or) {small}? # (is|are|was|were) (a bit|both)? (no good|not good|bad|out|no use|no|full|taken|busy|tricky|difficult|awkward)",
		"^ (no good|no can do) {small}? {small}? #",
		"# (is|was|are|will be|would be)? (no good|not good|bad|out|no use|a no|not (ok|possible|free|great|convenient|so|on|working|suitable|ideal|any)|full|taken|tricky|difficult|awkward|busy)",
		"# (does|do|will|would|can|could|did|is|am) (not|never) !it",
		"# (i am|im) (very|too|so|really|a bit|quite|just)? (busy|away|out|working|not|tired|ill|poorly|shattered|knackered|wiped|rough)",
		"on (shift|nights|earlies|lates|call|duty) {small}? {small}? #",
		"(scrap|forget|cancel|never mind|skip) {small}? #",
		"# (no longer|any more)",
		"(was|were) (going to|gonna) (say|saying|do|pick|be|have)? {small}? #",
		"(was|were) thinking (of|about)? (say|saying|doing)? {small}? # (but|though|only|until|however)",
		"# not $",
		"(because|as (i|my|we|she|he)|since (i|my|we)) ..8-{turning} #",
		"was # but",
	}},
	{id: "date/bounded", role: bounded, patterns: []string{
		"# so ..3 (before|after) (that|then|it|this)",
		"(after|before) (i|we) (am|are|get|have|was) (got|been)? (paid|discharged) ..3 #",
		"(by|before|after|until|till|til|from|since|starting|roughly|between|within|past|not before|not until|as of|no later than) {small}? #",
		"^ (about|round|latest) #",
		"around (the|this|a)? #",
		"(something|somewhere) (like|near) {small}? #",
		"# at a (push|pinch)",
		"# (after|before|following) (easter|christmas|xmas|ramadan|eid|new year|half term|payday|pay day|#)",
		"(round about|roundabout|approx|approximately|circa|give or take|towards|nearer|near) {small}? #",
		"(is|for|maybe|be|at|say) about #",
		"# (onwards|onward|at the latest|latest|at the earliest|earliest|at latest|at earliest|or (sooner|later|before|after|earlier|thereabouts|so|next|any|whenever|the next|another)|ish|and (after|beyond|on))",
		"((day|days|night|morning|week|weeks|evening) (before|after)|eve of) {small}? #",
		"# (till|until|til|to|through|thru) #",
	}},
	{id: "date/no-single-day", role: relative, patterns: []string{
		"(week|month|w c|wc|weekend) (of|commencing|beginning|starting|ending|after|before) (the)? #",
		"(commencing|w c|wc) (the)? #",
		"^ (a|one) # ($|would|is|suits)",
		"(any|some|alternate|whichever|every (second|third|other week)|every # week|the first|a random) #",
		"# (or|and) (the)? (next|following|any|every|both)",
	}},
	{id: "date/past", role: then, patterns: []string{
		"(went|was|were|did|been|had|saw|rang|got|started|happened|came|visited|called|finished|died|spoke|walked|managed) !going (it|there|on|to|ok|this|that|all|them|her|him|out|my|the|and|a)? (it|there|on|to|ok|this|that|all|them|group|shops|doctors|sister)? (on|last|this)? #",
		"# (before last|just past|came and)",
		"(was|were|is) (meant|supposed) to be {small}? {small}? #",
		"# (last|gone|just gone|past|just passed|went|was) !(week|year|of)",
		"last #",
		"last (went|did|saw|was|had) ..2 #",
	}},
}

// dateLinks join two days, also over a comma or the end of a sentence.
var dateLinks = []roleRule{
	{id: "date/replaced", role: mistaken, patterns: []string{
		"(change|move|swap|switch|changed|moved|bring) (it|that|this|me)? (from)? # (to|for|into) #",
		"# (or (maybe)? {small}? #)? (or)? (no|nope|nah|sorry|soz|oops|actually|wait|correction|scrap|hang on|hold on|i mean|i meant|meant|make it|make that|or rather|well) ..4 #",
		"# rather !than ..4 #",
		"# (no|actually|oh|oh no)? (hang on|hold on|wait|scrap that) ... #",
		"said {small}? # (but|though)? (please|can we|could we|could you|can you|i will|now)? (make|change|let us|do|put|say) (it|that|me|say|go)? (it|to|for|down for)? {small}? #",
		"said {small}? # (but)? (i|it)? (meant|mean|should|wanted) ..3 #",
		"# or {small}? # ..3 (prefer|rather|preferably|sooner) {small}? #",
	}},
	{id: "date/denied", role: negated, patterns: []string{
		"# (but)? not (this|that|the|next) (one|week|coming|next|first)",
	}},
	{id: "date/several", role: bounded, patterns: []string{
		"yes {small}? # no {small}? #",
		"if (not|(i|we) (can|do|am|could) not) ..3 # ..3 #",
		"# ..4 (if not|failing that|or else|otherwise|alternatively) {small}? {small}? #",
		"# ..4 # (at a (push|pinch)|if (not|i must|need be|needs be|that fails)|failing that|otherwise|second choice|as (a)? (backup|back up|fallback|second choice))",
	}},
}

var (
	dateRoles    = slices.Concat(dateContext, dateTold)
	dateBook     = dateRules(dateRoles)
	dateLinkBook = dateRules(dateLinks)
	// onlyLeft are phrases for the one day that is left: "I'm full apart from Friday".
	onlyLeft = dateRules([]roleRule{{id: "date/weekday", patterns: []string{
		"(busy|full|booked|packed|rammed|working|away|tied up|unavailable|not (free|around|available)|no (time|good)|(can|could) not (do|make|manage|come)) ..4 #? (apart from|except|except for|bar|but|other than|save for) {small}? {small}? #",
	}}})
)

func dateRules(list []roleRule) *rulebook {
	rules := make([]rule, len(list))
	for i, r := range list {
		rules[i] = rule{r.id, r.patterns}
	}
	cl := classes{phrases: dateClasses.phrases, words: maps.Clone(toldClasses)}
	maps.Copy(cl.words, dateClasses.words)
	return newRulebook(cl, rules)
}

// context gives each day found what the words around it make of it.
func (r dateReader) context(found []dayRead) {
	words, which := r.around(found)
	dateLinkBook.find(matcher{words: words, limit: fullStop, wall: numberID}, func(h hit) bool {
		apply(dateLinks[h.rule], found, which[h.from:h.to])
		return true
	})
	dateBook.find(matcher{words: words, wall: numberID}, func(h hit) bool {
		apply(dateRoles[h.rule], found, which[h.from:h.to])
		return true
	})
	onlyLeft.find(matcher{words: words, wall: numberID}, func(h hit) bool {
		found[which[h.to-1]].denied = false
		return true
	})
	for n := 1; n < len(found); n++ { // "Thursday *Friday"
		if r.is(found[n].from-1, "*") {
			found[n-1].denied = true
		}
	}
	r.others(found, words, which)
	spreadTold(found, words, which)
	takeUp(found, words)
	saidDays(found, words, which)
	r.turned(found, words, which)
}

// spreadTold tells of a run of days what is told of its first: "carers come mon,
// wed and fri".
func spreadTold(found []dayRead, words []symbol, which []int) {
	for w := range words {
		if which[w] < 0 || !found[which[w]].told || found[which[w]].denied {
			continue
		}
		end := runOfDays(words, which, w)
		for k := w + 1; k < end; k++ {
			if n := which[k]; n >= 0 {
				found[n].told = true
			}
		}
	}
}

// runOfDays gives where a run of days ends that begins at a word: days with
// nothing between, and with commas only where an "and" joins the last.
func runOfDays(words []symbol, which []int, w int) int {
	end, joined := w+1, false
	for k := w + 1; k < len(words) && words[k].brk <= comma; k++ {
		switch {
		case which[k] >= 0 && (words[k].brk == noBreak || joined):
			end = k + 1
		case which[k] >= 0:
		case words[k].id == andID && words[k].brk == noBreak:
			joined = true
			if k+1 < len(words) && which[k+1] >= 0 && words[k+1].brk == noBreak {
				end = k + 2
			}
			return end
		default:
			return end
		}
	}
	return end
}

// turned leaves the person's own day where they turn away from others.
func (r dateReader) turned(found []dayRead, words []symbol, which []int) {
	var named []int
	for w, n := range which {
		if n >= 0 && !found[n].denied && !found[n].told {
			named = append(named, w)
		}
	}
	if len(named) == 1 && leftOpen(words, named[0], false) {
		found[which[named[0]]].denied = true
	}
	last := map[civil]int{} // "Tuesday is full so not Tuesday"
	for n, d := range found {
		if d.denied && d.fault == "" {
			last[d.day] = n
		}
	}
	mine := own(words, named)
	for _, w := range named {
		if n := which[w]; !slices.Contains(mine, w) || last[found[n].day] > n {
			found[n].denied = true
		}
	}
}

// apply gives the days of a phrase its role; the last one takes back those
// before it. A bound that hangs on a day already taken back binds nothing.
func apply(rule roleRule, found []dayRead, which []int) {
	denies := rule.role == negated || rule.role == mistaken
	for _, n := range which {
		if n >= 0 && found[n].denied && !denies {
			return
		}
	}
	if rule.role == mistaken {
		which = which[:slices.IndexFunc(which, func(n int) bool { return n == slices.Max(which) })]
	}
	for _, n := range which {
		switch {
		case n < 0:
			continue
		case denies:
			found[n].denied = true
		case rule.role == stated:
			found[n].putOff = true
		case rule.role == bounded && found[n].putOff:
			continue
		case rule.role == things:
			found[n].told = true
		case found[n].fault == "":
			found[n].fault = rule.id
		}
	}
}

// around is the text as the patterns see it: each day one word.
func (r dateReader) around(found []dayRead) (out []symbol, which []int) {
	brk, next := noBreak, 0
	for i := 0; i < len(r.t); i++ {
		for next < len(found) && found[next].from < i {
			next++
		}
		switch {
		case next < len(found) && found[next].from == i:
			out, which = append(out, symbol{id: numberID, brk: brk, token: i}), append(which, next)
			brk = noBreak
			i = max(found[next].to, i+1) - 1
		case r.t[i].kind == markToken:
			brk = max(brk, breakOf(r.t, i))
		case r.t[i].kind == numberToken:
			out, which = append(out, symbol{id: otherID, brk: brk, token: i}), append(which, -1)
			brk = noBreak
		case r.t[i].kind == wordToken:
			out, which = append(out, symbol{id: r.t[i].id, brk: brk, token: i}), append(which, -1)
			brk = noBreak
		}
	}
	return out, which
}
