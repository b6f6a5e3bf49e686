package reply

import (
	"slices"
	"strings"
)

// Not every day named is an answer: people tell of their appointments, of those
// who visit, of what was, and ask what day it is. What is told of such a day
// keeps it from being the answer, unless another clause takes it up again: "my
// daughter comes Wednesday so I'll do it then".

// toldClasses are the words by which a day of something else is known.
var toldClasses = map[string][]string{
	// own words make a clause the person's own, or a proposal: nothing told.
	"own": {"i", "we", "me", "us", "it", "that", "what", "which", "when", "if", "best", "day", "days", "only", "free", "earliest", "soonest", "easiest", "answer", "choice", "preference", "favourite", "preferred",
		"plan", "date", "option", "slot", "pick", "suggestion", "suits", "good", "better", "ideal", "any", "all", "something", "how", "can", "could", "will", "would", "let", "make", "hopefully", "maybe", "so", "or",
		"ok", "okay", "hi", "hello", "hey", "hiya", "yes", "yeah", "no", "not", "sorry", "please", "thanks", "well", "right", "great", "love", "#", "do", "does", "did", "is", "are", "say", "think", "target", "aim", "on", "with", "probably"},
	"mine":  {"i", "we", "me", "us", "so", "then", "can", "could", "will", "would", "let", "if", "come"},
	"onday": {"on", "the", "this", "a", "for", "about", "due", "in", "booked", "set", "at", "now", "every", "not"},
	// happens are said of what is not the person: the s of the third person.
	"happens": {"comes", "goes", "visits", "arrives", "starts", "finishes", "opens", "closes", "ends", "begins", "meets", "works", "gets", "happens", "falls", "lands", "takes", "returns", "leaves", "moves", "breaks", "pays", "rings",
		"calls", "collects", "reopens", "runs", "has"},
	"be":    {"is", "are", "was", "were"},
	"self":  {"i", "we"},
	"joins": {"but", "and", "because", "as"},
	"event": {"appointment", "appointments", "appt", "op", "operation", "surgery", "scan", "xray", "mri", "results", "funeral", "wedding", "birthday", "bday", "anniversary", "party", "exam", "exams", "interview", "assessment", "tribunal", "court",
		"hearing", "physio", "physiotherapy", "chemo", "radiotherapy", "dialysis", "chiropodist", "dentist", "doctor", "doctors", "gp", "hospital", "clinic", "consultant", "holiday", "holidays", "hols", "pension", "rent", "wages", "benefit",
		"benefits", "giro", "payday", "christening", "injection", "jab", "bloods", "mot", "delivery", "bins", "recycling", "optician", "opticians", "midwife", "checkup", "biopsy", "treatment", "pip", "esa", "credit", "term", "test", "tests"},
	"whose":   {"my", "our", "the", "his", "her", "their", "your"},
	"article": {"a", "an", "the", "my", "our", "his", "her", "some", "another"},
	"someone": {"he", "she", "they", "wife", "husband", "partner", "mum", "mam", "dad", "mother", "father", "son", "daughter", "sister", "brother", "friend", "friends", "mate", "neighbour", "nurse", "carer", "carers", "cleaner", "family", "kids", "children",
		"grandkids", "grandchildren", "grandson", "granddaughter", "boyfriend", "girlfriend", "hubby", "missus", "doctor", "worker", "man", "plumber", "electrician", "engineer", "lad", "lass", "cousin", "auntie", "aunt", "uncle", "niece", "nephew", "nan", "gran", "everyone", "school", "schools", "bin", "bins", "recycling", "rubbish"},
	"visit": {"comes", "coming", "come", "visits", "visiting", "arrives", "arriving", "calls", "calling", "goes", "going", "go", "stays", "staying", "moves", "moving", "works", "working", "off", "away", "back", "due", "here", "home", "said", "says", "suggested", "wants", "wanted", "reckons", "reckoned", "start", "finish", "return", "break", "round", "over", "up", "down", "popping", "in"},
	"open":  {"free", "off", "gap", "space", "spare", "slot", "chance", "window", "nothing", "lift", "time", "plan", "day", "so", "then"},
	"years": {"year", "years", "month", "months", "weeks"},
	"did":   {"had", "did", "done", "went", "saw", "fell", "rang", "called", "phoned", "walked", "visited", "met", "tried", "lost", "managed"},
	"ahead": {"for", "off", "planned", "thought", "hoped", "to", "meant", "time", "free", "mind", "nothing", "will", "would", "can", "could", "not", "said", "so", "but", "then"},
}

var dateTold = []roleRule{
	{id: "date/told", role: things, patterns: []string{
		"(^|that|{joins}) (i|we) (am|are|have|have got|got|get|am having|are having|see|am seeing|attend|pick up) (at|in|with)? {article} ..3-{open} #",
		"(^|{joins}) (got|seeing|having) {article} ..3-{open} #",
		"(^|{joins}|{self} am) (moving (house|home|in|out|flat|flats)|flying|off to|getting (married|discharged|paid|the keys|(my|the) (hair|eyes|teeth|boiler|car))|going (on holiday|away|abroad|in for|into hospital|in to hospital|under)|back (at|to) (work|school|college)|starting (chemo|radiotherapy|treatment|nights|earlies|lates|work|back|college|school|(a|my|the) new)|finishing (nights|chemo|work|treatment)) ..3-{mine} #",
		"(^|that|{joins}) (i|we) (have|have got|see|am seeing|am having) {event} {onday}? {onday}? #",
		"(^|{joins}) (i|we) (get|am getting) paid {onday}? {onday}? #",
		"(^|{joins}) (i|we) (work|play|finish (work|nights|days|earlies|lates|shifts|school|college|my)|get (back|home)|fly|come (back|home)) ..3-{mine} # {andday}?",
		"(be|{be}|been) _ {years} ..2 #",
		"(happy|roll on|bring on|hurry up|thank (god|goodness|heavens|christ) (it is)?) #",
		"# (blues|feeling|vibes|again already)",
		"used to ..4 #",
		"(group|class|club|choir|session|sessions|lunch|walk|it) (is|has|have|was)? (moved|changed|switched) (it|them)? (to|from) {onday}? #",
		"{someone} (rings|calls|phones|visits|sees) (me|us) {onday}? #",
		"(waiting|wait) (on|for) (the|my|some|his|her)? {event} {onday}? #",
		"# (it|that|this) (is|was|will be|would be|would have been) ..3 {years}",
		"(due|court|release|wedding|op) date {be} {onday}? {onday}? #",
		"and (that|it|this) (is|will be) {onday}? {onday}? #",
		"(forgot|forgotten|remember|remembered) ..4-{mine} #",
		"(let you know|tell you|get back to you|find out|i will know|know more|see (how|what)|hear back|know when) ..4-{mine} #",
		"(see how|know when) i ..3-{mine} #",
		"see what #",
		"# there is",
		"(at|in) (college|school|uni|university|nursery|(the)? day centre) {small}? {small}? #",
		"# since (he|she|we|i|they|my|the) !(am|are|will|can|could|have)",
		"# {be} when (i|we|my) !(am (free|off|home|about|around|in|available|not)|can|could|would|will|have|is off|do)",
		"# {be} {whose} !(best|day|only|earliest|next|first|last|one|favourite|preferred|preference|choice|easiest|free|most|ideal|better|pick|answer|quietest|quiet|weekday|turn|suggestion)",
		"# {be} {event}",
		"# (i|we) (always|usually)? (work|am working|volunteer|babysit|mind|look after)",
		"# (i|we|i am|we are) (have|have got|got|go|get|see|at|visit|play|babysit) (to)? {article} !(free|gap|space|day off|day free|whole)",
	}},
	{id: "date/past", role: then, patterns: []string{
		"^ (i|we)? (have)? (just|already)? {did} ..3-{ahead} (on|last|this)? #",
		"^ (i|we)? (have)? (did not|never|have not) ..3-{ahead} #",
		"^ (on|last)? # (i|we|he|she|they|{whose} _) ({did}|died|broke|hurt|slipped|collapsed|passed|came|missed) !(planned|thought|hoped|meant|in mind|to|nothing|a gap|off|free|better)",
		"# so (i|we) (never|did not|could not|missed|was|were)",
	}},
	{id: "date/asked", role: bounded, patterns: []string{
		"(what|(^^|so|but|and) which) (day|date|time|is|was) ..3-{own} (is|are|was)? (it|that)? {onday}? #",
		"(^^|so|but) (which|why) (is it|is|not|does it have to be)? {onday}? #",
		"(when|where|who) (is|are|was|does|do|did) ..3 #",
		"^ (is|was) (not)? (it|that|this) (still|already|not|only)? {onday}? #",
		"^ (are|do|does|did) (you|they|he|she|we|the) ..5 #",
		"^ does it ..4 #",
		"^ is {onday}? # ($|(a|an|the|still|on|open|bank))",
	}},
	{id: "date/bounded", role: bounded, patterns: []string{
		"(after|before|until|till|since|once|when|from) {article} ..2-{own} {event} (which|that)? (is)? {onday}? {onday}? #",
		"(after|before|until|till|once|when) (pay|pension|giro|benefit) day {onday}? {onday}? #",
		"(once|until|till|since) (i|we) ..7 #",
		"(when|after|before) (i|we) (am|are|get|have|come|go) (got|come|been)? (back|home|away|out|done|finished|settled|on holiday) ..4 #",
	}},
}

// dateOthers are phrases whose subject is somebody or something else, and which
// then tell of a day of theirs.
var dateOthers = dateRules([]roleRule{
	{id: "date/told", patterns: []string{
		"{happens} ..4-{mine} # {andday}?",
		"(is|are|will be) (ringing|phoning|calling|seeing|visiting) (me|us) ..2-{mine} #",
		"({be}|will be|should be|must be) {onday}? {onday}? #",
	}},
	{id: "date/told", patterns: []string{
		"(shut|closed|shutting|closing) (on|for|all day)? {onday}? #",
	}},
	{id: "date/told", patterns: []string{
		"(is|are|will be|has)? (round|over|up|down|here|visiting|popping|staying|home|back|due|working|away|calling) (round|over|in|to see (me|us))? {onday}? {onday}? # {andday}?",
	}},
	{id: "date/told", patterns: []string{
		"{event} (day|{be}|falls|will be|should be|got|has|have|been|moved|changed|to|goes|go|in|comes|starts)? (moved|changed|is|in|been|to)? (to)? {onday}? {onday}? #",
		"(bin|pay|pension|giro|market|benefit|sports|wash|shopping|wedding) day ({be}|falls) {onday}? {onday}? #",
		"{someone} (is|are|has|have|will|will be)? {visit} ..4-{mine} # !((is|would be|will be) (ok|fine|good|alright|best|great|free)|suits|works)",
		"{someone} (is|are|will be)? (coming|comes|come) (round|over)? (to see|for)? (me|us) {onday}? #",
	}},
})

// others tells the days in phrases with a subject that is not the person's own.
func (r dateReader) others(found []dayRead, words []symbol, which []int) {
	dateOthers.find(matcher{words: words, wall: numberID}, func(h hit) bool {
		if h.from > 0 && afterOrBefore.has(words[h.from-1].id) && briefEvents.has(words[h.from].id) && h.to-h.from <= 3 { // "after physio tomorrow"
			return true
		}
		from, yes := subjectOf(words, h.from, ownWords)
		if h.rule == 2 && (from == h.from || !r.named(words[from:h.from])) {
			return true
		}
		if yes && (from < h.from || h.rule > 0) {
			apply(dateTold[0], found, which[h.from:h.to])
		}
		return true
	})
}

// named tells a subject that begins with a word that no rule knows, as names do:
// "Dave's round on Thursday", "our Kev is up".
func (r dateReader) named(subject []symbol) bool {
	for len(subject) > 0 && beforeName.has(subject[0].id) {
		subject = subject[1:]
	}
	return len(subject) > 0 && subject[0].id == 0 && !strings.HasSuffix(r.t[subject[0].token].text, "ing")
}

var (
	afterOrBefore = wordsOf("after before following")
	briefEvents   = wordsOf("physio physiotherapy dentist chiropodist doctor doctors gp clinic bloods injection jab dialysis interview optician opticians")
)

var beforeName = wordsOf("our my the auntie uncle")

var ownWords = wordsOf(strings.Join(toldClasses["own"], " "))

// dateResumed are phrases that take up a day told of.
var dateResumed = newRulebook(classes{words: toldClasses}, []rule{
	{"date/denied", []string{
		"(not|no|never|nothing|busy|away|tired|am out|is out|be out) ..5 (then|that day|same day)",
		"(not|no|never|nothing|busy|away|tired|out) ..5 (on|for) {whose} {event}",
	}},
	{"date/told", []string{
		"(so|it|that|go|come|do|try|ring|call|ask|start|along|round|in|them|her|him|me|one|free) then ($|when|while|if|as|because|please|after|before|too|instead|and)",
		"(will|can|could|shall) (ask|tell|see|speak to|mention it to) ..4 (there|then)",
		"(tag|go|come|pop|nip) along",
		"(we|us|both|all) ..5 together",
		"(we|us) (will|can|could|are going to|shall) ..2 (do|try) (it|that|this)",
		"(we|us) (will|can|could|are going to|shall) ..2 (walk|have a go|go for a walk|go to it|go along)",
		"(will|can|could|going to|gonna|to) (help|take|drive|walk|show) (me|us)",
		"(taking|driving|giving) (me|us) (a lift)? ($|along|there|with|to (it|the group|group))",
		"(will|ill|can|could) be there",
		"(go|going|try|do|start|make|come|attend|join|with|so) (to|with|at|for)? (this|that|the) (coming|next)? one (coming)? $",
		"(will|can|could|shall|would|am going to) (go|come|pop|nip|get|head|try|do|join|ask|speak|sign) ..5 (then|that|with (her|him|them)|this (week|weeks) (one)?) $",
		"(that|it) (is|will be) (the one|the day|then|when)",
		"(will|can|could) (join|meet) (them|him|her|in)",
		"(so|do it|go|on|make it|come|ask|can|could|will|it) (that|the same|same) day",
		"(do|do it|go|it|make it|come) (on|for) {whose} {event} $",
	}},
})

// resumed tells that a day told of is the answer after all.
func resumed(words []symbol) (yes bool) {
	dateResumed.find(matcher{words: words, wall: numberID}, func(h hit) bool {
		yes = h.rule == 1
		return yes
	})
	return yes
}

// takeUp makes the one day told of the answer, where no other is and the text
// comes back to it.
func takeUp(found []dayRead, words []symbol) {
	told := slices.IndexFunc(found, func(d dayRead) bool { return d.told && !d.denied })
	if told < 0 || !resumed(words) {
		return
	}
	for _, d := range found {
		if !d.denied && (!d.told || d.day != found[told].day) {
			return
		}
	}
	found[told].told = false
}
