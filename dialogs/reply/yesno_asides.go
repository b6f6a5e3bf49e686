package reply

import "slices"

// People put much around an answer that is none: greetings, excuses for being
// late, "to be honest", "believe it or not". It is taken out before the answer is
// read, so that rules need not allow for it in every place.

var asideBook = newRulebook(yesNoClasses, []rule{
	{"aside/anywhere", []string{
		"^^ (hi|hello|hiya|hey|hey up|ey up|dear|morning|good (morning|afternoon|evening|day)|afternoon|evening) (there|sam|all|again|everyone|both|team|to you)?",
		"^^ alright (there|sam|all)",
		"^^ (so|really|very|i am|am|just)? sorry !(what|who|which|to|not|can|for|about|if|that|wait|hang|hold|meant|i mean|scrap|oops|about|but)",
		"(so|really|very|i am|am|just)? (sorry|apologies|soz) (for|about) (the|my|being|not|such|this)? (so|very|a)? (late|delay|slow|delayed|tardy|replying|getting back) (reply|response|answer|replying|getting back|text|in)? (to (you|your message))?",
		"(sorry|apologies|soz) {self}? (am|was|are)? (so|a bit|very)? (late|slow|only just|just) (in)? (replying|getting back|with (this|my reply)|to reply|answering|seen this|saw this|seeing this) (to you)?",
		"{self}? (have|had)? only just (seen|saw|got|noticed|read) (this|it|that|your (message|text|msg)|the message)",
		"(thanks|thank you|cheers) (so much|very much|ever so much|a lot)? (for|#) (asking|(your|the|this) (message|text|reminder|nudge|concern|note)|checking (in|up)?|getting in touch|texting|messaging|being in touch|your patience|reminding me|bearing with me)",
		"(not|can not|could not|will not) (going to)? lie",
		"(no|without a) (word of a)? lie",
		"(not|no) (wanting)? (being|to be|meaning to be|trying to be)? (funny|rude|horrible|nasty|awkward|difficult|offence|disrespect) (or anything)? (but)?",
		"(believe|like) it or not",
		"would you (believe|credit) (it|that)? &({self}|{yes}|no)",
		"(if {self} (am|are) (being)?|to be|being|in all|let us be|let me be|{self} will be|{self} have to be|gotta be) (completely|totally|perfectly|brutally|quite)? (honest|fair|frank|truthful|blunt|open|straight|honesty) (with (you|myself))? (but)?",
		"(if)? truth (be|is)? (told|known)",
		"to tell (you)? the truth",
		"hand on heart",
		"{self} (will|must|have to|have got to|got to|should|can|hate to|hate|am going to|ought to) (say|admit|confess|tell you|own up|hold my hands up) !(yes|no|{no}|{yes}|what|so|if|that)",
		"{self}? (am)? (very|so|really|ever so)? (happy|glad|pleased|delighted|proud|sorry|sad|ashamed|embarrassed|relieved|thrilled|chuffed|afraid) to (say|report|tell you|admit|announce|confess) (that)?",
		"^ (you know|guess|tell you) what",
		"(so)? (please)? do not (shout|laugh|judge|tell me off|be (cross|mad|angry|annoyed|disappointed)|hate me|have a go|kill me|faint|tell (her|him|them|anyone|sam) but|fall off your chair|get excited|hold your breath) (at|with|me|on|too|off)? (at|me|soon)? (but|and|please)?",
		"({yes}|no|{no}|ok|okay)? {self} know (that)? {self} (said|told you|promised|agreed) ({self} would|it|that|yes|no|different|otherwise) ..4 but",
		"({yes}|no|{no}|ok|okay)? {self} know (what)? you (mean|are (thinking|only|just|going|all)|will (say|think|be thinking)|would|only) ..6 but",
		"(lol|haha|hahaha|lmao|hehe|rofl|omg|x|xx|xxx)",
		"^^ (um|umm|ummm|er|erm|err|ermm|uh|hm|hmm|hmmm|oh|ooh|ah|aw|aww|oo) !(dear|god|no|yes|no|hell|come|go|well|my|please|ok|okay|sorry|wait|right|oops|huh)",
		"^^ so &({self}|{yes}|no|{no}|it|that|yesterday|did|went|been|got|made|had|gave|rang|walked|spoke|kept|stuck|managed|tried|could|not|never|still|they|she|he|was|finally)",
		"^^ well !(done|i never|worth|enough|put|said|good|better|pleased|chuffed|happy|able|aware|over|past|under|not|summed|remembered|worded|up)",
		"^^ (well|ok|okay|right|anyway) (so|well|right|then so|anyway|um|er|erm|now then) &(_)",
	}},
	// These stand behind an answer.
	{"aside/behind", []string{
		"{self} (am|are) afraid !(so|not)",
		"{self} (must|have to|should|might) (say|admit|add) (so)? $",
		"if (that|it|this) (is|makes|would be|helps) (ok|okay|alright|all right|sense|any sense|any good|fine|at all) (with (you|everyone))? ..1 $",
		"(or)? (so to speak|in (all)? fairness|mind you|innit|like|bless (her|him|them)|touch wood|god willing|please god) $",
		"sorry (about that|for that|again)? $",
		"(in the end|after all|this (week|time)|today|at last|for once) $",
		"^ hope (you|you are|everyone|all) ..5 $",
	}},
})

// withoutAsides drops what is said around an answer. A reply that is nothing else
// stays as it is.
func withoutAsides(w []symbol) []symbol {
	drop := make([]bool, len(w))
	left, end := len(w), 0
	asideBook.find(matcher{words: w, limit: noBreak}, func(h hit) bool {
		if h.from < end || asideBook.rules[h.rule].id == "aside/behind" && (h.from == 0 || w[h.from].brk != fullStop && owning.has(w[h.from-1].id)) {
			return true
		}
		end = h.to
		left -= h.to - h.from
		for i := h.from; i < h.to; i++ {
			drop[i] = true
		}
		return true
	})
	if left == 0 || left == len(w) {
		return w
	}
	out := make([]symbol, 0, left)
	brk := noBreak
	for i, s := range w {
		brk = max(brk, s.brk)
		if drop[i] {
			continue
		}
		s.brk, brk = brk, noBreak
		out = append(out, s)
	}
	return out
}

// owning words need what stands behind them: "not this week", "it is for today".
var owning = wordsOf("you i would do they not never no for on by until till is was only just maybe perhaps later another one since from of than the a next if")

// calm parts what stands behind a "but", and marks the words that may stand anywhere and say neither yes nor no. Behind
// a "not" a "really" tells.
func calm(w []symbol) {
	for i := range w {
		if i > 0 && w[i].brk == noBreak && contrasts.has(w[i-1].id) {
			w[i].brk = comma // a "but" begins a clause
		}
		if w[i].brk == noBreak && w[i].id == soID && i+1 < len(w) && openers.has(w[i+1].id) {
			w[i].brk = comma // and so does "so no"
		}
		w[i].idle = stressing.has(w[i].id) && !(i > 0 && w[i].id == reallyID && denying.has(w[i-1].id))
	}
}

var (
	reallyID  = known.id("really")
	stressing = wordsOf("bloody flipping flippin blooming bleeding blinking ruddy effing frigging flaming actually really honestly finally just literally basically personally genuinely simply truly sadly unfortunately luckily thankfully obviously eventually even")
)

// willed reads "Ill try" as "I will try".
func willed(w []symbol) []symbol {
	for i := 0; i+1 < len(w); i++ {
		opens := i == 0 || w[i].brk != noBreak || beforeWill.has(w[i-1].id)
		if w[i].id != illID || !opens || w[i+1].brk != noBreak || !willing.has(w[i+1].id) {
			continue
		}
		w = slices.Insert(w, i+1, symbol{id: willID, token: w[i].token})
		w[i].id = iID
	}
	return w
}

var (
	illID, willID = known.id("ill"), known.id("will")
	beforeWill    = wordsOf("and but so yes yeah yep aye no nah nope ok okay then because otherwise or think please sure well if")
	willing       = wordsOf("do go try give take have be pass leave let stick keep stay manage see think get make start finish ring call send ask tell come join need want wait never always just probably definitely not only still remember forget cope decline skip miss sit use accept also even happily gladly")
)

// unsigned lets a raised thumb behind words give way to them: people end a
// refusal with one, too. Where the words say nothing it is a hint.
func (v *voice) unsigned(list []said) []said {
	list = v.unworried(list)
	words, tells := 0, false
	for i := range v.words {
		if v.words[i].id != yesSignID && v.words[i].id != noSignID {
			words++
		}
	}
	for _, s := range list {
		tells = tells || !v.sign(s) && (s.stance <= doubts || s.stance >= hintsYes)
	}
	if words == 0 {
		return list
	}
	out := list[:0]
	for _, s := range list {
		if v.sign(s) {
			if tells {
				continue
			}
			s.stance = hintsYes
		}
		out = append(out, s)
	}
	return out
}

// unworried takes the "no worries" away that somebody puts behind what they do
// themselves: "I'll set the alarm on my phone, no worries".
func (v *voice) unworried(list []said) []said {
	n := len(list) - 1
	if n < 1 || list[n].rule != "yesno/yes" || v.words[list[n].from].id != noID || list[n].to != len(v.words) {
		return list
	}
	for _, s := range list[:n] {
		if s.rule == "yesno/can-manage" || s.rule == "yesno/gladly" { // "I'll remember" may be either
			return list[:n]
		}
	}
	return list
}

var noID = known.id("no")

func (v *voice) sign(s said) bool { return s.to == s.from+1 && v.words[s.from].id == yesSignID }

var yesSignID, noSignID = known.id(":yes"), known.id(":no")
