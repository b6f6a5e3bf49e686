package reply

import "slices"

// concluded gives the plain yes or no that a reply ends with behind a "so": it
// sums up whatever stands before it.
func (v *voice) concluded(list []said) *said {
	last := lastSaid(list)
	if last == nil || len(v.words)-last.to > 5 || last.to-last.from > 2 || !last.strong() || !v.ledBy(last, soOnly) {
		return nil
	}
	return last
}

// outcome gives what came of it in the end, which is told behind a "so" or a
// "then": "my lift let me down so I walked it", "got ready, then bottled it".
func (v *voice) outcome(list []said) *said {
	last := lastSaid(list)
	if last == nil || last.strong() || !v.ledBy(last, leadsOn) || last.yes() && !cameAbout[last.rule] {
		return nil
	}
	turned := false
	for _, s := range list {
		switch {
		case s.from >= last.from:
			return map[bool]*said{true: last}[turned]
		case s.stance.strong() || s.stance == doubts || s.stance == weakYes && !last.yes() && !v.ledBy(last, afterwards):
			return nil
		case s.stance <= weakNo || s.stance >= hintsYes:
			turned = turned || s.yes() != last.yes()
		}
	}
	return nil
}

// cameAbout are the rules for what was done.
var cameAbout = map[RuleID]bool{"yesno/weak-yes": true, "yesno/happened": true, "yesno/came-about": true}

// lastSaid gives the last thing said for a yes or a no.
func lastSaid(list []said) *said {
	for i := len(list) - 1; i >= 0; i-- {
		if s := &list[i]; s.stance != turns && s.stance != passes {
			if s.question || s.stance == doubts || s.stance == retracts {
				return nil
			}
			return s
		}
	}
	return nil
}

// ledBy tells that one of some words stands before a phrase or begins it, with
// nothing but small words between.
func (v *voice) ledBy(s *said, leading wordSet) bool {
	for w := s.from; w > 0 && (w == s.from || settling.has(v.words[w].id) || v.words[w].idle); w-- {
		if leading.has(v.words[w].id) {
			return true
		}
	}
	return false
}

var soOnly, afterwards, leadsOn = wordsOf("so"), wordsOf("then"), wordsOf("so then")

// weighed takes what is said, and tells the person of it where something that
// happened speaks against it. Behind a "but" that is the answer, unless the
// other is a plain one: "I wasn't keen but I went".
func (v *voice) weighed(lead *said, list []said) Reading[bool] {
	for i := range list {
		s := &list[i]
		if s.stance >= hintsYes && !s.question && lead.strong() && v.waves(lead, s) {
			r := v.take(&said{stance: hintsNo, rule: s.rule, from: s.from, to: s.to})
			r.AskBack = true
			return r
		}
		if s.stance < hintsYes || s.question || s.yes() == lead.yes() {
			continue
		}
		if lead.yes() && s.from >= lead.to && v.anyOf(reasons, lead.to, s.from) { // "would be lovely as I have no one to talk to"
			continue
		}
		turned := s.from >= lead.to && v.anyOf(contrasts, lead.to, s.to)
		bare := lead.to-lead.from == 1 && s.from >= lead.to || s.rule == "yesno/no-refusal" && v.endsOnNo(lead)
		if lead.strong() && !turned && !bare {
			continue
		}
		r := v.take(lead)
		if bare && lead.strong() && keptTo[s.rule] { // "no, I haven't changed my mind", "not given up on it, no"
			r = v.take(s)
		}
		switch {
		case lead.strong():
		case turned && lead.yes(): // "I went but it was shut"
			return v.none("yesno/both", s)
		case turned:
			r = v.take(s)
		case s.from >= lead.to: // "I got there and it was cancelled"
			return v.none("yesno/both", s)
		}
		r.AskBack = true
		return r
	}
	return v.take(lead)
}

// despite takes a plain word that is spoken against behind a mark. A "yeah" or
// "oh yes" right before a "forgot" only says that the question is remembered.
func (v *voice) despite(lead, s *said) Reading[bool] {
	recalls := v.words[lead.from].id != yesID || lead.from > 0 && recalling.has(v.words[lead.from-1].id)
	for w := lead.to; w < s.from; w++ {
		recalls = recalls && thatOne.has(v.words[w].id)
	}
	if lead.yes() && recalls {
		return v.none("yesno/both", s)
	}
	r := v.take(lead)
	r.AskBack = lead.yes()
	return r
}

var (
	yesID     = known.id("yes")
	recalling = wordsOf("oh ah ooh")
	thatOne   = wordsOf("that one about it so well")
)

// waves tells that a yes is one of the words with which an offer is waved away
// by who goes on that they can do without: "it's ok, my wife will remind me".
func (v *voice) waves(lead, s *said) bool {
	if !lead.yes() || s.from < lead.to || s.rule != "yesno/can-manage" && s.rule != "yesno/remembers" {
		return false
	}
	for _, w := range v.words[lead.from:lead.to] {
		if !waving.has(w.id) && !w.idle {
			return false
		}
	}
	return true
}

var waving = wordsOf("it is that all no a bother worries problem problems probs prob trouble hassle need fine ok okay alright right grand good thanks")

// keptTo are the rules for what is not given up: a bare "no" before it agrees,
// and one behind it where it is said that one would not give up.
var keptTo = map[RuleID]bool{"yesno/still-so": true, "yesno/no-refusal": true}

// endsOnNo tells that a reply ends on a mere "no", "no way" or "no chance".
func (v *voice) endsOnNo(s *said) bool {
	n := s.to - s.from
	return s.to == len(v.words) && (n == 1 || n == 2 && v.words[s.from].id == noID)
}

// anyOf tells that one of a set of words stands among some words.
func (v *voice) anyOf(set wordSet, from, to int) bool {
	return slices.ContainsFunc(v.words[from:to], func(w symbol) bool { return set.has(w.id) })
}

// hinted settles on what is meant where nothing plain is said. What a "but" or
// an "if" leaves open, and hints of both kinds, are asked back.
func (v *voice) hinted(list []said) Reading[bool] {
	var lead *said
	open := false
	for i := range list {
		s := &list[i]
		open = open || lead != nil && opening.has(v.words[s.from].id) && s.stance >= hintsYes // "had a wobble but did it"
		switch {
		case s.stance == turns && lead != nil:
			open = open || opening.has(v.words[s.from].id) && !v.thanksAt(s.to)
		case s.stance < hintsYes:
			continue
		case s.question && s.rule != "yesno/if-no-trouble": // "could you do that please?"
			return v.none("yesno/question", s)
		case lead == nil || open && s.stance != lead.stance:
			lead, open = s, false
		case s.stance != lead.stance && lead.rule == "yesno/if-no-trouble" && v.brokenBefore(s.from): // "if you would, I can't keep track"
			continue
		case s.rule == "yesno/remembers" && v.brokenBefore(s.from): // "you're alright, I'll remember"
			continue
		case s.stance != lead.stance:
			return v.none("yesno/both", s)
		default:
			open = false
		}
	}
	switch {
	case lead == nil:
		return v.none("yesno/no-polarity", nil)
	case open && lead.rule != "yesno/came-to-nothing": // "I was going to, but"
		return v.none("yesno/left-open", lead)
	}
	r := v.take(lead)
	r.AskBack = true // understood, not said: the person is told
	return r
}

// opening are the words after which an answer may still turn round.
var opening = wordsOf("but though although however except unless if depending provided until")

// thanksAt tells that only a thanks stands at a word: "too far for me but thanks".
func (v *voice) thanksAt(w int) bool {
	for ; w < len(v.words); w++ {
		if thankful.has(v.words[w].id) {
			return true
		}
		if v.words[w].id != known.ids["i"] && v.words[w].id != known.ids["but"] {
			return false
		}
	}
	return false
}

var thankful = wordsOf("thanks thank cheers ta thankyou kind appreciate nice lovely")

// turned takes what was said before a "but", unless the contrary is said as
// plainly behind it.
func (v *voice) turned(lead *said, list []said, at int) Reading[bool] {
	rest := list[at+1:]
	wish := lead.yes() && slices.ContainsFunc(list[:at], func(s said) bool { return s.rule == "yesno/wish" })
	switch word := v.words[list[at].from].id; {
	case wish && contrasts.has(word):
		return v.wished(lead, rest)
	case wish && reasons.has(word): // "that would be lovely as I have no one to talk to"
		return v.take(lead)
	}
	if !lead.strong() && v.wordAt(list[at].to, asksWho) { // "ok but who is this"
		return v.none("yesno/question", &list[at])
	}
	for i := range rest {
		s := &rest[i]
		if s.stance == weakNo && lead.stance == weakYes && !s.question { // "I went but I didn't go in"
			return v.none("yesno/both", s)
		}
		if lead.yes() && !s.question && (s.stance == weakNo || s.rule == "yesno/did-not") && s.from == list[at].to && v.wholly(s) { // "yes but I haven't"
			return v.none("yesno/both", s)
		}
		if s.stance == weakYes && !lead.yes() && !s.question && s.from == list[at].to && v.bareDid(s) { // "no but I did"
			return v.none("yesno/both", s)
		}
		if s.stance == doubts && lead.yes() && s.from == list[at].to && v.words[list[at].from].id == butID { // "yes but not all of it"
			r := v.take(lead)
			r.AskBack = true
			return r
		}
		if s.stance.strong() && s.rule != "yesno/not-now" && s.yes() != lead.yes() && !s.question {
			if !lead.strong() { // "ok but I'd rather you didn't"
				return v.take(s)
			}
			if s.yes() && v.something(list[at].to) { // "no but I did ring her"
				r := v.take(lead)
				r.AskBack = true
				return r
			}
			return v.none("yesno/both", s)
		}
	}
	return v.weighed(lead, list)
}

// something tells "I did ring her", which need not be what was asked, from "I
// did" and "I did it".
func (v *voice) something(w int) bool {
	return v.wordAt(w, selves) && v.wordAt(w+1, wordsDid) && w+2 < len(v.words) && !v.brokenBefore(w+2) && !asAsked.has(v.words[w+2].id)
}

// bareDid tells a mere "I did" or "I did it".
func (v *voice) bareDid(s *said) bool {
	for w := s.from; w < len(v.words) && !v.brokenBefore(max(w, s.from+1)); w++ {
		if id := v.words[w].id; !selves.has(id) && !wordsDid.has(id) && !asAsked.has(id) && !v.words[w].idle {
			return false
		}
	}
	return true
}

var wordsDid = wordsOf("did have managed")

var asksWho = wordsOf("who whos why")

// wholly tells that a denial is of all that was asked: nothing but small words
// stands behind its verb. "I didn't do it", but not "I didn't enjoy it".
func (v *voice) wholly(s *said) bool {
	w := s.from
	for w < s.to && !denying.has(v.words[w].id) {
		w++
	}
	if w == s.to {
		return false // "nobody was there"
	}
	for w++; w < len(v.words) && !v.brokenBefore(w); w++ {
		if !asAsked.has(v.words[w].id) && !v.words[w].idle {
			return w > s.from && contrasts.has(v.words[w].id) // "I haven't though"
		}
	}
	return true
}

var asAsked = wordsOf("do done did it that go gone went manage managed make made get got there round to yet in the end this time week after all sorry able been be them her him so quite actually come i am afraid x xx")

// wished takes a wish, unless a "but" goes on with what keeps the person from
// it: that is how people decline. After a plain yes it is asked back.
func (v *voice) wished(lead *said, rest []said) Reading[bool] {
	for i := range rest {
		switch s := &rest[i]; {
		case s.question || s.stance == turns || s.stance == passes:
			continue
		case s.stance == doubts || !s.yes() && lead.rule == "yesno/yes":
			return v.none("yesno/left-open", s)
		case s.yes():
			return v.take(lead)
		default:
			r := v.take(s)
			r.AskBack = true
			return r
		}
	}
	return v.take(lead)
}

var reasons = wordsOf("because as since cause")
