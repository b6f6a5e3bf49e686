package reply

// Whose number it is: one may be somebody else's, an hour or the age of a
// child, and one among several may be put in the words that give a score.

// othersGave are phrases that give a number to their subject.
var othersGave = newRulebook(scaleClasses, []rule{
	{"scale/of-things", []string{"(gave|gives|rated|marked) (it|him|her|us|them|that|hers|his|theirs) {about}? {about}? #"}},
	{"scale/of-things", []string{"(is|are|has got to be|will be|feels|scores) (always|already|nearly|easily|now|honestly)? (on|up to|down to)? {about}? {about}? #"}},
})

// scored are subjects of which a person says how they themselves are.
var scored = wordsOf(`i we it this that today tonight now week day days month year mood score number answer energy life rating things everything morning afternoon evening overall general which what
	feeling feelings wellbeing confidence level levels scale me myself all how where here there truth guess reality sleep appetite stress motivation anxiety pain health head mind body mental so then honest am is was
	physical emotional spirits self right nearest closest best lowest highest top bottom middle choice pick vote reply moment only one would if and or not weekend weekends monday tuesday wednesday thursday friday saturday sunday average currently present`)

// givenByOthers are the numbers of other people and things: "Strictly gave it a
// 10", "our Sue is 6 now".
func (s *scaleReader) givenByOthers() {
	othersGave.find(matcher{words: s.words, wall: numberID}, func(h hit) bool {
		own := subjects
		if h.rule == 1 {
			own = scored
		}
		if from, others := subjectOf(s.words, h.from, own); others && from < h.from || h.rule == 1 && s.runsOn(h.from) {
			s.roles[s.which[h.to-1]] |= things
		}
		return true
	})
}

var atID, byID = known.id("at"), known.id("by")

// runsOn tells that the subject of a verb begins right behind a number, without
// a mark, and is somebody: "I feel a 5 our Sue is 6".
func (s *scaleReader) runsOn(verb int) bool {
	from := verb
	for from > 0 && s.words[from].brk == noBreak && s.which[from-1] < 0 {
		from--
		if scored.has(s.words[from].id) {
			return false
		}
	}
	return from > 0 && from < verb && s.words[from].brk == noBreak && (whoseWords.has(s.words[from].id) || s.words[from].id == 0)
}

var whoseWords = wordsOf("my our his her their auntie uncle")

// level are words before "at" that place a person on the scale: behind others
// it tells the hour, as in "shops shut at 4".
var level = wordsOf(`am is are be been being still sat sitting stuck hovering hover mood me leaves it that myself score scored scoring scores feeling feel felt currently now staying stay stayed steady things holding hold put putting
	rate rated rating say maybe probably about around just only more up down back remain remaining settled somewhere roughly energy general level levels place placed pitch mark guess life overall week honestly out was were or and so well average
	averaging all not dropped drop fell went started peaked ended ending finished finishing moved running bumping coasting ticking cruising plodding top nearer best worst least most improved go going call living standing stand sit think reckon confidence sleep
	stress anxiety pain motivation appetite aiming but because as day days morning along hanging clinging limping on over low stable happy comfortable content ok okay fine flat bits pieces parked pegged solid consistent poor good bad better worse lower higher evens there`)

// hours are numbers behind an "at" that tells the time.
func (s *scaleReader) hours() {
	for n, w := range s.place {
		if s.q[n].form != bare || w == 0 {
			continue
		}
		for w--; w > 1 && s.words[w].brk == noBreak && aroundHour.has(s.words[w].id); w-- {
		}
		if n > 0 && s.place[n-1] == w-1 && s.roles[n-1]&(relative|then) != 0 {
			continue // "down 2 at 4"
		}
		if w > 0 && s.words[w].id == atID && s.words[w].brk == noBreak && s.words[w+1].brk == noBreak && !level.has(s.words[w-1].id) {
			s.roles[n] |= things
		}
	}
}

var aroundHour = wordsOf("about around nearly gone roughly")

// childrenAged are numbers that follow those whose ages they are.
var childrenAged = newRulebook(scaleClasses, []rule{{"scale/of-things", []string{
	"(kids|children|grandkids|grandchildren|grandsons|granddaughters|boys|girls|lads|lasses|sons|daughters|twins|bairns|weans|ones|nephews|nieces) (are|is)? (aged|ages|age|of|under)? # (and|or|to) #",
	"(kids|children|grandkids|grandchildren|grandsons|granddaughters|boys|girls|lads|lasses|sons|daughters|bairns|weans|ones|nephews|nieces) (are|is)? (aged|ages|age|of)? # # (and)? #?",
}}})

// children are the ages in "two kids, 3 and 5".
func (s *scaleReader) children() {
	childrenAged.find(matcher{words: s.words, limit: comma, wall: numberID}, func(h hit) bool {
		for _, n := range s.which[h.from:h.to] {
			if n >= 0 && s.q[n].form == bare {
				s.roles[n] |= things
			}
		}
		return true
	})
}

// perhapsNamed tells a reply that is a number behind a word that no rule knows,
// which may be a name: "sue 6".
func (s *scaleReader) perhapsNamed(n int) bool {
	if len(s.words) != 2 || s.place[n] != 1 || s.words[1].brk != noBreak || s.words[0].id != 0 {
		return false
	}
	w := s.tokens[s.words[0].token].text
	return len(w) > 2 && !smallWord[w] && !adjective(w) && !beforeScore[w]
}

// beforeScore are words before a lone number that are no names.
var beforeScore = set("ugh bleh bah argh aargh eek yikes oof phew ouch blimey crikey bout ballpark cautious rhif grand decent average meh middling rough low poor grim crap shite sh1t pants dire alreet canny champion")

// surer leaves those that are the person's own where others may not be.
func (s *scaleReader) surer(live []int) []int {
	var sure []int
	for _, n := range live {
		if s.roles[n]&doubted == 0 {
			sure = append(sure, n)
		}
	}
	if len(sure) > 0 {
		return sure
	}
	return live
}

// onlySaid finds the one number that is put as a score, where the others stand
// in clauses of their own. The person is told of it.
func (s *scaleReader) onlySaid(live []int, out int) (one int, ok bool) {
	one = -1
	for _, n := range live {
		switch {
		case s.roles[n]&given == 0 && s.q[n].form != ofTen:
		case one >= 0 && s.q[n].value != s.q[one].value || s.ranged[n] || n > 0 && s.ranged[n-1]:
			return 0, false
		default:
			one = n
		}
	}
	if out >= 0 && s.joinedWith(out, live) {
		live = append(live, out)
	}
	if one < 0 || s.same(live) {
		return 0, false
	}
	for _, n := range live {
		if s.q[n].value != s.q[one].value && (s.q[n].form != bare || !s.parted(n, one) || s.open(n, one)) {
			return 0, false
		}
	}
	return one, true
}

// staysSo are words that make the score of before the one of now, and those
// that keep it from being so.
var staysSo = newRulebook(scaleClasses, []rule{
	{"scale/unchanged", []string{
		"(the)? same ($|again|now|today|as (now|ever)|this (week|time)|number|score|really|still|here)",
		"still (is|am|there|the same|about the same) $",
		"(no|nothing|not) (has|is|much|really|any)? (change|changed|changes|different)",
		"(stick|sticking|stay|staying|keep|keeping|leave|stuck|stayed) (with|at|to|it|on)? (it|that|there|the same|as is|at that) $",
		"(ditto|unchanged)",
	}},
	{"scale/only-then", []string{
		"(not|never|hardly|barely|neither|nowhere near|if|than|feel|feels) (quite|really|at all|been|feel|be)? (the)? (same|different)",
		"(want|wish|hope|hoping|hopefully|can not|could not|would|different today|different now)",
	}},
})

// unchanged finds the one score of before that is said to stand: "I said 6 last
// time, stick with that". The person is told of it. -1: none.
func (s *scaleReader) unchanged() int {
	if len(s.q) != 1 || s.roles[0]&then == 0 || s.roles[0]&unfit != 0 || s.q[0].form == fraction || s.q[0].value > 10 {
		return -1
	}
	stands := false
	staysSo.find(matcher{words: s.words[s.place[0]:]}, func(h hit) bool {
		stands = h.rule == 0
		return stands
	})
	if !stands {
		return -1
	}
	return 0
}

// unknownNow are words by which the score of today is not known.
var unknownNow = newRulebook(scaleClasses, []rule{{"scale/only-then", []string{
	"(today|now|tonight|this (week|time|morning)) (well|so|though|it|is|i|we|am|honestly|really|just|who)? (well|so|it|is|i|am|honestly|really|just)? (do not (really|even)? know|no (idea|clue)|not (so|too|very|really)? (sure|certain)|who knows|knows|can not (say|tell)|could not (say|tell)|hard to (say|tell)|anyones guess|god knows)",
}}})

// todayUnknown tells that the person gives the score of other days and says that
// they do not know the one of today.
func (s *scaleReader) todayUnknown() (unknown bool) {
	unknownNow.find(matcher{words: s.words, limit: comma, wall: numberID}, func(h hit) bool {
		unknown = true
		for n, w := range s.place {
			unknown = unknown && w < h.from && s.roles[n]&(given|stated) == 0
		}
		return !unknown
	})
	return unknown
}

// open tells that the words between two numbers leave it open which it is.
func (s *scaleReader) open(a, b int) bool {
	for w := s.place[min(a, b)] + 1; w < s.place[max(a, b)]; w++ {
		if openly.has(s.words[w].id) {
			return true
		}
	}
	return false
}

var openly = wordsOf("could might may maybe perhaps sometimes or possibly depends some other")

// parted tells that two numbers stand in clauses of their own.
func (s *scaleReader) parted(a, b int) bool {
	for w := s.place[min(a, b)] + 1; w <= s.place[max(a, b)]; w++ {
		if s.words[w].brk != noBreak || opens(s.words, w) || s.words[w].id == andID {
			return true
		}
	}
	return false
}
