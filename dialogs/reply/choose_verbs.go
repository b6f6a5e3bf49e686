package reply

// verb tells the "am" of "I am" from the one of the clock, and the title of "Mrs
// Khan" from the wife, and what only goes with the next word.
func (c *chooser) verb(i, end int) bool {
	if end != i+1 {
		return false
	}
	if c.hardToSay(i) {
		return true
	}
	switch before, behind := c.word(i-1), c.word(end); c.tokens[i].text {
	case "am":
		return before == "i"
	case "me": // "typing this for me"
		return givenTo[before]
	case "you": // "thank you"
		return askedOf[before]
	case "back": // "get back into work"
		return goBack[before] || behind == "into" || behind == "to"
	case "works": // "that works for me"
		return !c.inLabel(&c.shapes[i])
	case "mrs":
		return before != "the" && before != "my" && behind != "" && !aroundChoice[behind]
	case "less", "more", "fewer": // "less walking"
		return behind != "" && !aroundChoice[behind] && behind != "often" && behind != "frequently"
	case "other", "another": // "the other side of town"
		return behind != "" && !aroundChoice[behind] && !gistless[behind] && !placeNouns[behind] && behind != "reason" && behind != "reasons"
	}
	return false
}

var goBack = set("get getting got go going gone went come came coming be been bring put give ring call phone pay paid text hear")

// hardToSay tells the "hard" of "hard to say" and "a tough question": it is the
// answer that is hard.
func (c *chooser) hardToSay(i int) bool {
	if !hardWords[c.word(i)] {
		return false
	}
	if c.word(i) == "easy" { // "took it easy"
		k := i - 1
		if c.said(k-1, "nice and") {
			k -= 2
		}
		if (c.word(k) == "it" || c.word(k) == "things") && takes[c.word(k-1)] {
			return true
		}
	}
	switch c.word(i + 1) {
	case "to":
		k := i + 2
		if c.word(k) == "really" || c.word(k) == "actually" {
			k++
		}
		return answering[c.word(k)] || c.word(k) == "put" && (c.word(k+1) == "into" || c.word(k+1) == "in" || c.word(k+1) == "a" || c.word(k+2) == "into" || c.word(k+2) == "in")
	case "question", "one", "1":
		return true
	case "saying", "telling", "knowing":
		return true
	}
	return false
}

var (
	takes     = set("take taking took takes")
	hardWords = set("hard difficult tricky tough awkward easy impossible")
	answering = set("say tell know judge answer explain describe gauge measure remember rate decide choose pick call pinpoint compare")
)

// askedOf are words that make of "you" no answer, either.
var askedOf = set("thank do did can could will would are if what see")
