package reply

import (
	"slices"
	"strings"
)

// A yes that hangs on something is not a yes yet: "yes if it stops raining", "ok
// but not now". It is taken, and the person told. What is only put politely hangs
// on nothing: "yes if you like", "if it's no trouble".

// conditional tells that something which may not come to be follows the word at
// which a yes ends.
func (v *voice) conditional(from int) bool {
	for w := from; w < len(v.words); w++ {
		switch id := v.words[w].id; {
		case id == longID && v.wordAt(w-1, asOrSo) && v.wordAt(w+1, asOrSo):
			return !v.polite(w + 2)
		case v.wordAt(w-1, reporting): // "I asked if", "even if"
		case id == whenID:
			if v.still(w + 1) {
				return true
			}
		case conditions.has(id):
			return !v.polite(w + 1)
		case id == notID && !v.wordAt(w-1, negatable) && v.wordAt(w+1, soonWords):
			return true
		}
	}
	return false
}

// besideBook is what stands behind a yes that is a good while off, and behind a
// no that only says who or which it is: "yes in the summer", "no that's my sister".
var besideBook = newRulebook(yesNoClasses, []rule{
	{"yesno/another-time", []string{
		"(in|next|come|for|over|from|by|during|after|before|around|this) (the|about|around|early|late|next|this)? (new)? {season}",
		"in (a|the|about|another)? (few|couple of|couple|several|#|two|three|four|five|six|distant|near|not too distant) (more)? (weeks|months|years|future)",
		"next (year|month|term)",
		"^^ (one|some) (fine)? day $",
		"^^ ((all)? in (good|due|my own)? time|eventually|sometime|down the line|at some point|(very|pretty|quite|fairly|really)? soon) $",
		"^^ (on|some) (a|my)? (good|better|odd)? (days|day|times|mornings)",
		"later (on)? (in|this) (the)? (year|month|{season})",
		"(once|after) (i|we|my|the|this|he|she|they|it) ..2 (op|operation|surgery|treatment|holiday|holidays|hols|exams|chemo|am|are|is|get|gets|have|has|feel|finish|start|moved|settled|sorted|better|had)",
	}},
	{"yesno/heard", []string{
		// Hearsay, a nod that only says "I heard", and what is said in mockery.
		"^^ (apparently|supposedly|allegedly|theoretically|technically|in (theory|principle)|on paper|so (they|she|he|you|everyone|people) (say|says|said|tell|tells|keep|reckon))",
		"^^ ({self} (was|were|have been|am) (told|asked|waiting|told that)|(you|they|she|he) (said|say|told|asked|keep|already|mentioned))",
		"^^ (whatever|right|very (funny|clever|good)|i wish|if (only|you (ask|believe|say))|what about (it|that|him|her)|in (your|my) dreams|once in a blue moon) $",
	}},
	{"yesno/wrong", []string{
		"^^ (that|it|this|he|she|they|those) (is|are|was|were) (actually|just|only)? (my|his|her|our|their|your|the|a) ..1 {kin} !(is _|was|has|had|who|needs|needed|came|being|got)",
		"^^ {self} (am|are) (actually|just|only)? (the|his|her|their|a) {kin}",
		"^^ (that|it|this) is (the other|another|a different|last|next|on {weekday}|_ (replying|speaking|typing|here))",
		"^^ that was (the|my|on|last|next|a|years)? (other|another|different|week|month|year|time|{weekday}|ago|one)",
		"^^ (my|the|his|her) (name|surname) is",
	}},
})

// beside tells that what stands behind an answer makes it one to tell the
// person of. A deed is none that is a good while off.
func (v *voice) beside(r Reading[bool]) (yes bool) {
	if !r.Value && r.Rule != "yesno/no" {
		return false
	}
	if r.Value && v.stressesOther() {
		return true
	}
	done := v.anyOf(deeds, v.from, len(v.words))
	besideBook.find(matcher{words: v.words[v.to:], limit: comma}, func(h hit) bool {
		switch besideBook.rules[h.rule].id {
		case "yesno/another-time":
			yes = r.Value && !done
		case "yesno/heard":
			yes = r.Value
		case "yesno/wrong":
			yes = !r.Value
		}
		return !yes
	})
	return yes
}

// stressesOther tells a word of stress that belongs to another right behind it,
// as in "absolutely freezing".
func (v *voice) stressesOther() bool {
	w := v.to
	return w == v.from+1 && w < len(v.words) && stresses.has(v.words[v.from].id) && !v.brokenBefore(w) &&
		(w+1 == len(v.words) || v.brokenBefore(w+1)) && !agreed.has(v.words[w].id) && !v.words[w].idle
}

// agreed are words that may stand behind an "absolutely" that says yes.
var agreed = wordsOf(strings.Join(slices.Concat(yesNoClasses.words["polite"], yesNoClasses.words["fine"], yesNoClasses.words["yes"], yesNoClasses.words["weekday"]), " ") + " agree agreed interested keen up game in love loved delighted want need done did sorted no problem today tomorrow tonight again still now did managed finished tomorrow babe sir pal lad will would can have everything both all will bud boss miss")

// polite tells that what follows an "if" asks for leave and sets no condition.
func (v *voice) polite(w int) bool {
	if v.wordAt(w-2, regretting) { // "I would if I could"
		return false
	}
	if v.wordAt(w, askingLeave) {
		return true
	}
	if v.wordAt(w, thirdPersons) && v.wordAt(w+1, copulas) {
		w += 2
		for v.wordAt(w, degreesOfTrouble) {
			w++
		}
		return v.wordAt(w, agreeable)
	}
	return v.wordAt(w, selves) && (v.wordAt(w+1, mays) || v.wordAt(w+2, frank))
}

// still tells that a "when" speaks of what is to come: "when it is dry".
func (v *voice) still(w int) bool {
	for i := w; i < w+4; i++ {
		if v.wordAt(i, pastForms) {
			return false
		}
	}
	return v.wordAt(w, thirdPersons) || v.wordAt(w, selves) || v.wordAt(w, theOrMy)
}

func (v *voice) wordAt(w int, set wordSet) bool {
	return w >= 0 && w < len(v.words) && set.has(v.words[w].id)
}

var (
	longID, whenID = known.id("long"), known.id("when")

	asOrSo           = wordsOf("as so")
	conditions       = wordsOf("if unless provided providing depending permitting according")
	reporting        = wordsOf("ask asked asking even what as see saw wonder wondered know check checked sure tell told")
	askingLeave      = wordsOf("you possible poss needed necessary required so any anything only not possibly that")
	thirdPersons     = wordsOf("it that this there she he they")
	copulas          = wordsOf("is was would are does do")
	degreesOfTrouble = wordsOf("be really all too much any not no a an of still")
	agreeable        = wordsOf("ok okay alright right fine possible easier needed allowed convenient good useful helpful trouble bother mind late nuisance hassle problem inconvenient inconvenience imposition")
	selves           = wordsOf("i we")
	mays             = wordsOf("may might could must remember recall")
	frank            = wordsOf("honest honestly right mistaken allowed being frank truthful")
	pastForms        = wordsOf("was were did had got went came saw met asked told rang said")
	deeds            = wordsOf("was were did had got went came saw met rang done been managed started joined began signed loved enjoyed finished walked have has")
	regretting       = wordsOf("would")
	theOrMy          = wordsOf("the my")
	negatable        = wordsOf("do did does have has had is am are was were can could would will should")
	soonWords        = wordsOf("now today tonight yet tomorrow just right this until till before at for next")
)
