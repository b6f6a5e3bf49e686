package reply

// mockBook are clauses that take back whatever stands beside them, or that ask
// for an answer instead: "bingo, as if", "the walk, what do you think".
var mockBook = newRulebook(classes{}, []rule{{"choice/denied", []string{
	"^ (haha|lol|ha|yeah)? (as if|yeah right|i do not think (so)?|in my dreams|over my dead body|chance would be a fine thing|not likely) $",
	"said (no one|nobody) (ever)? $",
	"^ (you are|you have got to be|you must be|are you) (having a laugh|joking|kidding|pulling my leg) (me)? $",
	"^ (and|so|but)? what do (you|we|others|people) (think|reckon|say|suggest|advise|recommend) $",
}}})

// mocked tells that a clause of the reply takes back the option read.
func (c *chooser) mocked() (found bool) {
	view, _ := c.view(nil)
	mockBook.find(matcher{words: view}, func(hit) bool {
		found = true
		return false
	})
	return found
}
