package reply

import "strings"

// "Brilliant" alone is a yes. In front of what goes on about something else it
// may greet the offer or mock the day: "Brilliant, the bus is late". So may an
// "ok" that only takes a breath. What stands behind tells, where it says yes or
// no in any way; else the person is asked again.

// exclaims tells that the one yes of a reply is such a word.
func (v *voice) exclaims(lead *said, list []said) bool {
	if lead.from > 0 || lead.to != 1 || lead.to+1 >= len(v.words) || !exclaimed.has(v.words[0].id) || !v.brokenBefore(lead.to) {
		return false
	}
	for _, s := range list {
		if s.from >= lead.to && (s.stance <= doubts || s.stance >= hintsYes) {
			return false
		}
	}
	return v.ofElse(lead.to)
}

// ofElse tells that a clause has a subject, and that it is neither the person nor
// the offer: "the lift", "it", "boiler's", "another form".
func (v *voice) ofElse(w int) bool {
	if v.wordAt(w, elseOpens) {
		return true
	}
	if v.wordAt(w, ofOffer) {
		return false
	}
	for i := w + 1; i <= w+2 && i < len(v.words) && !v.brokenBefore(i); i++ {
		if v.wordAt(i, finiteVerbs) {
			return true
		}
	}
	return false
}

var (
	exclaimed   = wordsOf(strings.Join(yesNoClasses.words["nice"], " ") + " fine good nice fantastic marvellous terrific charming amazing awesome splendid")
	elseOpens   = wordsOf("the a an my our his her their another more no nobody it he she they there everyone everybody someone somebody now just all these those")
	ofOffer     = wordsOf("i we me us you that this would will can could shall do does did and so then thanks thank ta cheers please when what who where how if as because but")
	finiteVerbs = wordsOf("is are was were has have had does did will would can could")
)
