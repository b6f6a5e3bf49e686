package reply

// YesNo reads whether a reply says yes or no, by its polarity: "not yet" and
// "not really" are no; a maybe, a question, or both at once is neither.
func YesNo(text string) Reading[bool] {
	f := fold(text)
	t := scan(f)
	v := voice{words: words(t), tokens: t}
	r := v.read()
	if v.to > v.from {
		r.Span = f.source(t[v.words[v.from].token].from, t[v.words[v.to-1].token].to)
	}
	return r
}

// stance is what one phrase says.
type stance uint8

const (
	saysYes  stance = iota // yes, aye, of course
	saysNo                 // no, nope, not yet
	weakYes                // I did, please, ok
	weakNo                 // I didn't, forgot
	doubts                 // maybe, partly, depends
	retracts               // no wait, actually: what follows counts
	turns                  // but: what follows does not
	passes                 // says nothing either way, though a word in it does
)

type stanceRule struct {
	id       RuleID
	stance   stance
	patterns []string
}

var yesNoRules = []stanceRule{
	{"yesno/no-signal", passes, []string{
		"yeah right", "no idea", "no (matter|pressure|rush|pain|sugar|change|reason|particular)", "for (sure|definite)", "ok (ish|so|i guess)", "(oh|ah|aw) (dear|god)", "{self} (am|feel|was) (all)? (ok|okay|fine|good|alright|great)", "(all|its all|it is all) good",
		"not (that|as far as) {self} know",
	}},
	{"yesno/yes", saysYes, []string{
		"(yes|yeah|yep|yup|yeh|yea|ye|yh|yah|yas|aye|y|yess|yus|yeppers|yesh|ys|yse|yeas|yer|jes|:yes|ie|ydw|oes)", "of course", "course", "(definitely|absolutely|certainly|indeed|totally|obviously|affirmative|surely|exactly|correct|agreed)", "(yes|sure) (please|thing)", "sure", "for (sure|definite)",
		"(no|not) a? (problem|probs|worries|bother|trouble|doubt|question|prob)", "np", "why not", "(can|could) not wait", "would not (mind|say no|miss it)", "(can|could) (not|hardly|never) say no", "without a doubt", "not half", "too right", "you bet", "{self} (do|would|will|have|am|can|did) indeed", "go (on then|for it|ahead|on)", "sounds (good|great|fine|lovely|ok|okay|like a plan|perfect|alright|nice|right|about right)",
		"(that is|is|be|that would be|it would be|would be) (fine|lovely|great|good|ok|okay|grand|perfect|right|correct|true|nice|brilliant|alright) (by|with|for)? (me|us)? (thanks|thank you|please)?", "(fine|good|ok|okay|alright) (by|with|for) me", "(i think|think|i guess|guess|i suppose|suppose|i believe|i expect|i would say|looks like it|i would think|i should think) so", "(i|i would) (love|like|be happy|be glad|be delighted) (to|that|it)", "happy (to|with that|to do|for you to)", "please do", "by all means",
		"100 (%|percent|per cent)?", "carry on", "(count|sign) me (in|up)", "(am|im) up for (it|that)", "{self} (agree|consent)", "go for it", "true", "(thats|that is) right", "okey dokey", "okie dokie", "alrighty", "it is|it has", "keen", "game", "rather like (that|to)",
	}},
	{"yesno/no", saysNo, []string{
		"(no|nope|nah|naw|nay|n|na|nup|noo|non|nar|neh|nop|nopes|negative|:no|nage|nac)", "not (really|yet|now|today|tonight|tomorrow|at the moment|this (time|week|morning|month|evening|afternoon)|currently|right now|for me|likely|keen|interested|happy|in the slightest|at all|on your life|ready|just yet|ever|so far|any more|often|particularly|exactly|especially|here|needed|necessary|much|possible|as yet|going to happen|if i can help it|a chance|a hope|in a million years|a bit of it|safe|private|ok|okay|fine|good|great|right|true|correct|quite yet|done|tempted|fussed|convinced)",
		"never", "(no|not a|fat) chance", "no (way|thanks|thank you|need|ta|fear|way jose|more|longer|point)", "rather (not|you did not|we did not)", "(do not|would not|will not|can not|have not|has not|did not|am not|is not|was not|could not|are not|were not|had not|does not|should not) (think so|think i|think it|think that|thanks)?", "{self} doubt it", "hardly", "prefer not", "(leave|give) it", "not (a|the) (good|right|great) (time|day|moment)",
		"please (do not|stop)", "nothing", "none", "neither", "under no circumstances", "count me out", "{self} disagree", "false", "incorrect", "wrong", "unlikely", "probably not", "afraid not", "no (i|it|we) (do|have|am|did|will|would|can|was|is|has)? not",
	}},
	{"yesno/weak-yes", weakYes, []string{
		"(ok|okay|okey|okies|k|kk|oki|alright|fine|please|right|deal|done|great|lovely|perfect|brilliant|cool|grand|champion|super|smashing|wonderful|excellent|fab|ace)", "{self} (just|really|sure|definitely|certainly|already)? (do|did|have|will|would|can|am|was|managed|went|got|finished|completed|started|called|rang|phoned|made|walked|want) !(not|never|forgotten|forgot|try|tried)", "(managed|did|done|finished|completed|got|went|been) (it|to|that|there|all|for|with|mine|my|ok|fine|and|twice|once|today|yesterday)", "(all|job|its|is|has been) done", "will do", "would be (great|nice|good|lovely|fine|helpful)", "would (love|like) (that|to|it)", "did",
	}},
	{"yesno/weak-no", weakNo, []string{
		"{self} (really|just|still)? (do|did|have|will|would|can|am|was|could) (not|never)", "{self}? (forgot|failed|refused|skipped|missed|declined|refuse|decline|could not|struggled to)", "{self}? (totally|completely|clean|just|plain|sorry) forgot", "(ran|run) out of time", "did not (get|manage|happen|do|go|have)", "too (busy|tired|ill|poorly|scared|anxious|much) (to|for)", "can not", "slipped my mind", "got (nothing|nowhere)",
	}},
	{"yesno/doubt", doubts, []string{
		"(maybe|mebbe|perhaps|possibly|probably|poss|partly|partially|nearly|almost|depends|depending|dunno|unsure|undecided|sometimes|occasionally|mostly|mainly|hopefully|somewhat|ish|eventually|later|soon|either|whatever|hmm|hmmm|hm|umm|um|erm|er|eh|meh|idk|dno|iffy|mixed|halfway|half)", "(sort|kind) of", "not (sure|certain|quite|completely|entirely|fully|totally|all|always|too sure|100|decided|bothered|necessarily|no|never|everything|every)", "(do not|does not|did not) (really|quite|actually|even)? (know|mind|understand|remember|get it|have a clue|recall)", "(a bit|a little|some|bits|parts|most|half|part) (of)? (it|that|them|both|the)?", "so so", "{self}? (will|would|am going to|going to|have|am)? (try|tried|trying|attempt)", "(hope|wish) (so|to|i)", "fingers crossed", "(might|may|could|could be|could do|might do|might be|may be|should)", "swings and roundabouts", "(yes|yeah) and no", "(no|nope) and yes", "(on|in) (the)? (one|a) (hand|way|sense)", "up to you", "if you (like|want|say so|think so|must|wish)", "no (idea|clue|preference|opinion|comment)", "only if", "let me think", "(have|need) (to|a) think", "(can|could) (i|you|we) (think|ask|let|get back)", "50 50", "ask me (again|later|tomorrow)", "will see", "{self} wonder", "neither here nor there", "(pass|skip|next)", "more or less", "yes ish", "on and off", "now and (then|again)", "who knows", "as if", "in (my|your) dreams",
	}},
	{"yesno/correction", retracts, []string{
		"(no|oh|oops|sorry|wait|ah|actually) (wait|sorry|actually|hang on|hold on|scrap that|i mean|i meant|i mean)", "(wait|scrap that|i mean|i meant|meant|hang on|hold on|oops|on second thoughts|change that|correction|changed my mind|actually|rather|make that|should be|typo)",
	}},
	{"yesno/but", turns, []string{"(but|although|though|except|only|however|because|since|so|as long as|provided|if|when|unless|until|after|before|and|just|while)"}},
}

var yesNoClasses = classes{"self": {"i", "we"}}

var yesNoBook = func() *rulebook {
	rules := make([]rule, len(yesNoRules))
	for i, r := range yesNoRules {
		rules[i] = rule{r.id, r.patterns}
	}
	return newRulebook(yesNoClasses, rules)
}()

type voice struct {
	tokens   []token
	words    []symbol
	from, to int
}

// said is one phrase of the reply and what it says.
type said struct {
	stance   stance
	rule     RuleID
	from, to int
	question bool
}

func (v *voice) read() Reading[bool] {
	if len(v.words) == 0 {
		return Reading[bool]{Rule: "yesno/nothing", AskBack: len(v.tokens) > 0}
	}
	return v.decide(v.phrases())
}

// phrases finds what is said, the longest phrase first where two overlap.
func (v *voice) phrases() []said {
	var out []said
	m := matcher{words: v.words, limit: comma}
	best := hit{rule: -1}
	flush := func() {
		if best.rule >= 0 {
			r := yesNoRules[best.rule]
			out = append(out, said{r.stance, r.id, best.from, best.to, v.asked(best.to)})
		}
		best = hit{rule: -1}
	}
	yesNoBook.find(m, func(h hit) bool {
		switch {
		case best.rule < 0:
			best = h
		case h.from < best.to:
			if h.from == best.from && h.to > best.to {
				best = h
			}
		default:
			flush()
			best = h
		}
		return true
	})
	flush()
	return out
}

// asked tells whether the clause around word i is a question.
func (v *voice) asked(to int) bool {
	for i := v.words[to-1].token + 1; i < len(v.tokens); i++ {
		switch v.tokens[i].text {
		case "?":
			return true
		case ".", "!", ",", "\n", ";":
			return false
		}
	}
	return false
}

func (v *voice) decide(list []said) Reading[bool] {
	for i := len(list) - 1; i > 0; i-- { // a correction: only what follows counts
		if list[i].stance == retracts && i+1 < len(list) && list[i+1].stance <= doubts {
			list = list[i+1:]
			break
		}
	}
	var lead *said
	for i := range list {
		s := &list[i]
		switch s.stance {
		case passes, retracts:
			continue
		case turns:
			if lead != nil {
				return v.take(lead)
			}
			continue
		case doubts:
			if lead != nil && v.brokenBefore(s.from) {
				continue
			}
			return v.none(s.rule, s)
		}
		if s.question {
			if lead == nil {
				return v.none("yesno/question", s)
			}
			continue
		}
		switch {
		case lead == nil:
			lead = s
		case polarity(lead.stance) == polarity(s.stance):
		case strong(lead.stance) && !strong(s.stance) && v.brokenBefore(s.from) && lead.stance == saysYes:
		case !strong(lead.stance) && strong(s.stance) && lead.to == s.from && lead.stance == weakYes: // ok no
			lead = s
		default:
			return v.none("yesno/both", s)
		}
	}
	if lead == nil {
		return v.none("yesno/no-polarity", nil)
	}
	return v.take(lead)
}

func polarity(s stance) bool { return s == saysYes || s == weakYes }
func strong(s stance) bool   { return s == saysYes || s == saysNo }

func (v *voice) brokenBefore(w int) bool { return v.words[w].brk != noBreak }

func (v *voice) take(s *said) Reading[bool] {
	v.from, v.to = s.from, s.to
	return Reading[bool]{Value: polarity(s.stance), OK: true, Rule: s.rule}
}

func (v *voice) none(id RuleID, s *said) Reading[bool] {
	if s != nil {
		v.from, v.to = s.from, s.to
	}
	return Reading[bool]{Rule: id, AskBack: true}
}
