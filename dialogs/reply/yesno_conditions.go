package reply

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
	conditions       = wordsOf("if unless provided providing depending permitting")
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
	regretting       = wordsOf("would")
	theOrMy          = wordsOf("the my")
	negatable        = wordsOf("do did does have has had is am are was were can could would will should")
	soonWords        = wordsOf("now today tonight yet tomorrow just right this until till before at for next")
)
