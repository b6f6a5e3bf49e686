package reply

// mockBook are clauses that take back whatever stands beside them, or that ask
// for an answer instead: "bingo, as if", "the walk, what do you think".
var mockBook = newRulebook(classes{}, []rule{{"choice/denied", []string{
	"^ (haha|lol|ha|yeah)? (as if|yeah right|i do not think (so)?|in my dreams|over my dead body|chance would be a fine thing|not likely) $",
	"^ (that is|it is|so)? (easy|easier) (for you|for him|for her|for them)? (to say|said|for some|does it)", // what is easier said than done is nowhere near easy
	"hard (luck|lines|cheese)",
	"said (no one|nobody) (ever)? $",
	"never say never",
	"^ (you are|you have got to be|you must be|are you) (having a laugh|joking|kidding|pulling my leg) (me)? $",
	"(hard|difficult|tricky|tough|impossible|not easy|could not|can not) (to)? (really)? (say|tell|know|judge) (really)? (if|whether) ..6",
	"^ (and|so|but)? what do (you|we|others|people) (think|reckon|say|suggest|advise|recommend) $",
}}})

// doubtBook is what leaves a pick open, so that the person is told: "the bus but
// I can't", "it depends", "bowls in an ideal world".
var doubtBook = newRulebook(classes{words: map[string][]string{
	"who": {"i", "we", "they", "it", "there", "she", "he", "that"},
}}, []rule{{"choice/last-time", []string{
	"(but|only|though|although) {who} (can not|could not|will not|would not|is not|are not|am not|do not have|does not|did not)",
	"(but|only|though|although) {who} (is|are|was) (full|shut|closed|gone|miles|off|cancelled|too)",
	"depends",
	"^ no (thanks|thank you|ta) $",
	"if {who} (was|were|had|could)",
	"in an ideal world",
	"^ (but)? (i am|am)? not (really|too|very|so|totally|entirely|completely|100|a hundred percent|at all|that)? (sure|certain) (though|yet|tbh|really)? $",
}}})

// doubted tells that a reply leaves its pick open.
func (c *chooser) doubted() bool { return c.says(doubtBook) }

// mocked tells that a clause of the reply takes back the option read.
func (c *chooser) mocked() bool { return c.says(mockBook) }

// says tells that a phrase of a book stands in the reply.
func (c *chooser) says(book *rulebook) (found bool) {
	view, _ := c.view(nil)
	book.find(matcher{words: view}, func(hit) bool {
		found = true
		return false
	})
	return found
}
