package reply

import "strings"

// meant finds what a reply that names no option says in other words: "a
// fortnight" for "2 weeks", "gone off the idea" for "No longer right". The
// words belong to labels that scripts commonly have; scripts name more.
func (c *chooser) meant() []mention {
	var out []mention
	for n, o := range c.options {
		for _, phrase := range otherWords[plainLabel(o.Label)] {
			for i := range c.tokens {
				if end := c.spelled(i, phrase, false); end > 0 {
					out = append(out, mention{n, i, end, "choice/synonym", c.denies(i)})
				}
			}
		}
	}
	return c.longest(out)
}

// plainLabel is a label in the form that otherWords is kept by.
func plainLabel(label string) string {
	var words []string
	for _, w := range nameWords(label) {
		words = append(words, w.text)
	}
	return strings.Join(words, " ")
}

// otherWords are other ways to say a label, by the label as replies are read.
var otherWords = func() map[string][][]token {
	by := map[string][][]token{}
	for line := range strings.SplitSeq(strings.TrimSpace(`
done: finished|completed|complete|achieved|managed it|i managed|i did|did it|all sorted|ticked off|nailed it|got it done|did that
partly: half|half way|halfway|some of it|a bit of it|bits of it|most of it|did some|did a bit|did most|made a start|started it|part of it|got some of it
not yet: nope|nah|have not|did not|not done|not started|still to do|forgot|never got round|have not got round|did not manage|could not manage|next week maybe
no longer right: gone off|changed my mind|not for me|do not want|not right any more|not what i want|does not fit|not my thing|no longer want|things have changed
keep: same|stay the same|leave as it is|leave it as it is|as it is|carry on with it|stick with it
shrink: smaller|easier|littler|cut it down|less of it|make it small|too big
change: something else|something different|different|another one|swap|a new one
drop: let it go|scrap|bin it|forget it|give it up|leave it out|get rid
1 week: 7 days|seven days
2 weeks: fortnight|14 days|couple of weeks
4 weeks: a month|one month|28 days
until i say: until further notice|no end date
morning: mornings|before lunch|before noon|breakfast time
afternoon: afternoons|after lunch|after dinner
evening: evenings|after tea|after work
better: improved|improving|on the up|up a bit
worse: gone down|gone downhill|down a bit|not as good
the same: no change|no different|unchanged|about as before
same: no change|no different|unchanged|about as before
about the same: no change|no different|unchanged|same as before|same as ever|as before
weekly: every week|once a week|each week
every week: weekly|once a week|each week
fortnightly: every two weeks|every fortnight|once a fortnight|every other week
every two weeks: fortnightly|every fortnight|every other week
monthly: every month|once a month|each month
later: not now|another time|some other time
not now: later|another time|some other time
alone: on my own|by myself|just me
on my own: alone|by myself|just me
call: ring|phone|on the phone
phone: ring|call
phone call: ring|call|on the phone
text: message|sms|by message
visit: come round|in person|face to face|home visit
fresh start: start again|start over|from scratch|begin again|anew|new start
start fresh: start again|start over|from scratch|begin again|anew|new start
pick up where we were: carry on|where we left off|continue|resume|where i was
`), "\n") {
		label, list, _ := strings.Cut(line, ": ")
		for phrase := range strings.SplitSeq(list, "|") {
			by[plainLabel(label)] = append(by[plainLabel(label)], nameWords(phrase))
		}
	}
	return by
}()
