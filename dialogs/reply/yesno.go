package reply

import (
	"slices"
	"strings"
)

// YesNo reads whether a reply says yes or no, by its polarity: "not yet" and
// "not really" are no; a maybe, a question, or both at once is neither.
func YesNo(text string) Reading[bool] {
	f := fold(text)
	t := fromWelsh(scan(f))
	v := voice{words: withoutAsides(unaddressed(willed(words(t)))), tokens: t}
	calm(v.words)
	r := v.read()
	for v.to > v.from && v.to < len(v.words) && unfinished.has(v.words[v.to-1].id) && !v.brokenBefore(v.to) {
		v.to++ // "I took the" dog is what was read
	}
	if v.to > v.from {
		r.Span = f.source(t[v.words[v.from].token].from, t[v.words[v.to-1].token].to)
	}
	return r
}

// unfinished are words that a phrase is not shown to end on.
var unfinished = wordsOf("the a an my our his her their your to")

// yesNoRules say what phrases mean. Where phrases overlap, the longest counts,
// and of equally long ones the first.
var yesNoRules = slices.Concat(reportedRules, askedRules, checkedRules, plainRules, doubtRules, hintRules, toldRules)

var yesNoBook = func() *rulebook {
	rules := make([]rule, len(yesNoRules))
	for i, r := range yesNoRules {
		rules[i] = rule{r.id, r.patterns}
	}
	return newRulebook(yesNoClasses, rules)
}()

// voice reads the polarity of one reply.
type voice struct {
	tokens   []token
	words    []symbol
	from, to int // words of the phrase that decided
}

// said is one phrase of the reply and what it says.
type said struct {
	stance
	rule     RuleID
	from, to int
	question bool
}

func (v *voice) read() Reading[bool] {
	if len(v.words) == 0 {
		return Reading[bool]{Rule: "yesno/nothing", AskBack: len(v.tokens) > 0}
	}
	r := v.decide(v.settled(v.opened(retracted(v.stressed(v.unsigned(v.phrases()))))))
	if r.OK && !r.AskBack {
		r.AskBack = r.Value && v.conditional(v.to) || v.beside(r)
	}
	return r
}

// phrases finds what is said, in order. Of overlapping phrases the longest
// counts, and of equally long ones the first.
func (v *voice) phrases() []said {
	best := make([]int, len(v.words)) // by word: the hit that covers it, from 1
	var hits []hit
	yesNoBook.find(matcher{words: v.words, limit: comma}, func(h hit) bool {
		if v.deniedBefore(h) || v.parted(h) {
			return true
		}
		for w := h.from; w < h.to; w++ {
			if b := best[w]; b > 0 && hits[b-1].to-hits[b-1].from >= h.to-h.from {
				return true
			}
		}
		hits = append(hits, h)
		for w := h.from; w < h.to; w++ {
			if b := best[w]; b > 0 { // the shorter one gives way as a whole
				clear(best[hits[b-1].from:hits[b-1].to])
			}
		}
		for w := h.from; w < h.to; w++ {
			best[w] = len(hits)
		}
		return true
	})
	var out []said
	for w := 0; w < len(best); w++ {
		if best[w] == 0 {
			continue
		}
		h := hits[best[w]-1]
		r := yesNoRules[h.rule]
		s := said{r.stance, r.id, h.from, h.to, v.asked(h.to)}
		if s.stance == hintsYes && yesWords.has(v.words[h.from].id) { // "yes I'm happy with that" is said, not meant
			s.stance = saysYes
		}
		out = append(out, s)
		w = h.to - 1
	}
	return out
}

// deniedBefore tells that a "not" stands right before what would be a yes or a
// doubt: "haven't got round to it", "didn't try it".
func (v *voice) deniedBefore(h hit) bool {
	stance := yesNoRules[h.rule].stance
	if stance.yes() || stance == doubts {
		for w := h.from; w > 0 && !v.brokenBefore(w) && !yesNoBook.negates[h.pattern]; w-- {
			if !v.words[w-1].idle {
				return denying.has(v.words[w-1].id)
			}
		}
	}
	return false
}

// parted tells that a phrase begins with the "it" that ends another: "did it,
// didn't cry".
func (v *voice) parted(h hit) bool {
	return h.from > 0 && h.to > h.from+1 && objects.has(v.words[h.from].id) && !v.brokenBefore(h.from) && v.brokenBefore(h.from+1)
}

var objects = wordsOf("it that this them one there")

var denying = wordsOf("not never")

// asked tells whether the clause that ends a phrase is a question.
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

// retracted keeps what stands behind a retraction: "yes... no wait, no". A
// "no sorry" with nothing to take back is a plain no.
func retracted(list []said) []said {
	for i := len(list) - 1; i >= 0; i-- {
		if list[i].stance != retracts {
			continue
		}
		later := false
		for _, s := range list[i+1:] {
			later = later || s.stance <= weakNo
		}
		if later && i > 0 {
			return list[i+1:]
		}
		if list[i].rule == "yesno/no-wait" && !later {
			list[i].stance = saysNo
			return list[i:]
		}
	}
	return list
}

// opened takes the "no yeah" and "yeah no" away that people begin with: what
// follows tells. Alone they stay both.
func (v *voice) opened(list []said) []said {
	n, both := 0, false
	for n < len(list) && list[n].from == n && list[n].to == n+1 && openers.has(v.words[n].id) && (n == 0 || !v.brokenBefore(n)) {
		both = both || list[n].yes() != list[0].yes()
		n++
	}
	for _, s := range list[n:] {
		if both && s.stance <= weakNo {
			return list[n:]
		}
	}
	if n == 1 && len(list) > 1 && drawls.has(v.words[0].id) && list[1].from == 1 && list[1].to > 2 && list[1].stance.strong() && !v.brokenBefore(1) {
		return list[1:] // "yeah no thanks"
	}
	return list
}

// stressed takes words of stress away that stand right before what they
// stress: "it totally slipped my mind".
func (v *voice) stressed(list []said) []said {
	return slices.DeleteFunc(list, func(s said) bool {
		return s.to < len(v.words) && s.to == s.from+1 && stresses.has(v.words[s.from].id) && !v.brokenBefore(s.to) &&
			slices.ContainsFunc(list, func(n said) bool {
				return n.from == s.to && n.stance <= doubts || n.from == s.to && n.stance >= hintsYes
			})
	})
}

var stresses = wordsOf("totally completely absolutely definitely certainly obviously surely really naturally")

// drawls are words that people begin an answer of either kind with.
var drawls = wordsOf("yeah aye nah")

// settled keeps what stands behind a "but" where the words before it say what
// was thought, planned or said by others, or are no plain answer: "I thought I
// could not, but I did", "not been well but yes".
func (v *voice) settled(list []said) []said {
	for i := len(list) - 2; i > 0; i-- {
		s, next := list[i], list[i+1]
		if s.stance != turns || v.words[s.from].id != butID || next.stance > weakNo || next.question || !v.atOnce(s.to, next.from) {
			continue
		}
		unsure := true // only doubts are turned away from
		weak := true   // what is turned away from is no plain answer
		for _, b := range list[:i] {
			weak = weak && b.stance != saysYes && b.stance != saysNo && b.stance != weakYes
			unsure = unsure && b.stance >= doubts && b.stance < hintsYes
		}
		if unsure && next.stance <= weakNo { // "don't know how but I managed it"
			return list[i+1:]
		}
		if weak && (next.stance == saysYes || next.rule == "yesno/no" || next.rule == "yesno/not-now") || v.turnsFrom(s.from) && next.stance.yes() != list[0].stance.yes() {
			return list[i+1:]
		}
	}
	return list
}

// turnsFrom tells that what stands before a "but" is what was or what others say.
func (v *voice) turnsFrom(but int) bool {
	for _, c := range clausesOf(v.words[:but+1], nil) {
		if c.away() {
			return true
		}
	}
	return false
}

// atOnce tells that only small words stand between two words.
func (v *voice) atOnce(from, to int) bool {
	for w := from; w < to; w++ {
		if !settling.has(v.words[w].id) && !v.words[w].idle {
			return false
		}
	}
	return true
}

// openers are the words of "no yeah".
var (
	yesWords = wordsOf(strings.Join(yesNoClasses.words["yes"], " "))
	openers  = wordsOf(strings.Join(slices.Concat(yesNoClasses.words["yes"], yesNoClasses.words["no"], []string{"no"}), " "))
)

// decide settles on one polarity, or none. The first plain word leads; what
// follows a "but" or a new clause cannot turn it round.
func (v *voice) decide(list []said) Reading[bool] {
	var lead *said
	if last := v.concluded(list); last != nil {
		return v.take(last)
	}
	if last := v.outcome(list); last != nil {
		r := v.take(last)
		r.AskBack = true
		return r
	}
	if n := slices.IndexFunc(list, func(s said) bool { return s.rule == "yesno/counts" }); n >= 0 {
		return v.none("yesno/counts", &list[n])
	}
	for i := range list {
		s := &list[i]
		switch {
		case s.rule == "yesno/blame" && s.from == 0: // "no thanks to the group"
			return v.take(&said{stance: saysNo, rule: s.rule, from: s.from, to: s.to})
		case s.rule == "yesno/blame" && !slices.ContainsFunc(list[:i], func(b said) bool { return b.yes() }):
			return v.none("yesno/both", s)
		case s.stance >= retracts && s.stance != turns:
			continue
		case s.stance == turns:
			if lead != nil {
				return v.turned(lead, list, i)
			}
			continue
		case lead != nil && (s.rule == "yesno/indifferent" || s.rule == "yesno/plan"): // ok if you must, yes I am going to
			continue
		case s.rule == "yesno/another-time" && lead != nil && !lead.yes():
			return v.take(lead)
		case s.rule == "yesno/think-first" && !saysPlainly(list[i+1:]): // "yes... actually can I think about it"
			return v.none(s.rule, s)
		case s.stance == doubts && lead != nil && lead.strong() && shares.has(v.words[s.from].id) && !v.brokenBefore(s.from) && v.breaks(lead.to, s.from):
			continue // "no, I slept through most of the week"
		case s.stance == doubts && lead != nil && lead.yes() && s.rule == "yesno/doubt" && v.brokenBefore(s.from): // "yes, sort of"
			r := v.take(lead)
			r.AskBack = true
			return r
		case s.stance == doubts && lead != nil && (v.brokenBefore(s.from) || s.rule == "yesno/some" && lead.strong()):
			return v.take(lead)
		case s.rule == "yesno/some" && lead != nil: // ok I suppose
			continue
		case s.rule == "yesno/ask-later" && answersLater(list[i+1:]): // "ask me next week, I've not done it yet"
			continue
		case s.rule == "yesno/indifferent" && saysPlainly(list[i+1:]): // "hmm no", "up to you but yes"
			continue
		case s.stance == doubts:
			return v.none(s.rule, s)
		case s.question && lead != nil && lead.rule != "yesno/heard":
			return v.take(lead)
		case s.question && s.rule != "yesno/why-not":
			return v.none("yesno/question", s)
		case lead == nil:
			lead = s
		case lead.yes() == s.yes():
		case lead.strong() && !s.strong() && (v.brokenBefore(s.from) && lead.yes() || v.words[s.from].brk == fullStop):
			return v.despite(lead, s)
		case !lead.strong() && s.strong() && lead.yes() && lead.to == s.from && v.words[s.from].brk != fullStop: // ok no
			lead = s
		default:
			return v.none("yesno/both", s)
		}
	}
	switch {
	case lead == nil:
		return v.hinted(list)
	case !lead.strong() && v.asksFirst(list): // "Can you say it again? I haven't got my glasses"
		return v.none("yesno/question", lead)
	case lead.rule == "yesno/heard" && (v.asked(lead.to) || v.asked(len(v.words))): // "yes I see, what if I say no?"
		return v.none("yesno/question", lead)
	case v.exclaims(lead, list):
		return v.none("yesno/exclaimed", lead)
	}
	return v.weighed(lead, list)
}

// asksFirst tells that a reply begins with a question of the person's.
func (v *voice) asksFirst(list []said) bool {
	return list[0].from == 0 && list[0].stance == passes && list[0].question
}

// saysPlainly tells that the next thing said is a plain yes or no.
func saysPlainly(rest []said) bool {
	for _, s := range rest {
		if s.stance != turns && s.stance != passes {
			return s.stance.strong() && !s.question
		}
	}
	return false
}

// answersLater tells that a yes or a no comes later, plain or not.
func answersLater(rest []said) bool {
	return slices.ContainsFunc(rest, func(s said) bool { return s.stance <= weakNo && !s.question })
}

func (s stance) yes() bool    { return s == saysYes || s == weakYes || s == hintsYes }
func (s stance) strong() bool { return s == saysYes || s == saysNo }

func (v *voice) brokenBefore(w int) bool { return v.words[w].brk != noBreak }

// breaks tells that a mark stands between two words.
func (v *voice) breaks(from, to int) bool {
	return slices.ContainsFunc(v.words[from:to], func(w symbol) bool { return w.brk != noBreak })
}

// shares are words for a part of something, which need not be what was asked of.
var shares = wordsOf("some most half part bits bit a lot one all")

func (v *voice) take(s *said) Reading[bool] {
	v.from, v.to = s.from, s.to
	return Reading[bool]{Value: s.yes(), OK: true, Rule: s.rule}
}

func (v *voice) none(id RuleID, s *said) Reading[bool] {
	if s != nil {
		v.from, v.to = s.from, s.to
	}
	return Reading[bool]{Rule: id, AskBack: true}
}
