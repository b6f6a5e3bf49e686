package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"onestep/dialogs"
)

// Limits of one message. Sources: the rubric of the domain (words, characters,
// crisis words: ours); 12 words a sentence on average, 20 at most: NHS content
// guidance as noted there.
const (
	maxWords         = 40
	maxCharacters    = 280
	maxCrisisWords   = 60
	maxCrisisLetters = 420
	maxSentence      = 20
	minButtons       = 2
	maxButtons       = 5 // the working days are five; four or fewer read best
)

var messageRules = []Rule{
	{
		ID: "one-question", About: "A message asks one question.", Threshold: "at most 1", Source: "ours",
		Why: "Two questions at once get one answer, and nobody knows to which.",
		check: lines(func(b *book, l *line, add adder) {
			if l.role == button || l.fixed {
				return
			}
			asked := 0
			for _, s := range sentences(ours(l.text)) {
				n := 0
				switch {
				case strings.HasSuffix(s, "?"):
					n = 1 + len(joined.FindAllString(s, -1))
				case tellMe.MatchString(s):
					n = 1
				}
				if asked += n; n > 0 && asked > 1 {
					add(s, "this is question %d of one message; ask one, and the other in a step of its own", asked)
					return
				}
			}
		}),
	},
	{
		ID: "unheard-question", About: "What is asked is listened to: questions stand in ask steps.", Threshold: "0", Source: "ours",
		Why: "A question that nothing listens to is no question; the answer would be lost.",
		check: lines(func(b *book, l *line, add adder) {
			if l.role != says && l.role != reminds && !(l.role == phrase && !strings.HasPrefix(l.step, "again-")) {
				return
			}
			for _, s := range sentences(ours(l.text)) {
				if strings.HasSuffix(s, "?") {
					add(s, "nothing listens to this question; make the step an ask, or say it without asking")
					return
				}
			}
		}),
	},
	{
		ID: "asks-something", About: "An ask step asks: its words hold a question or say what to send.", Threshold: "every question", Source: "ours",
		Why: "People do not know that an answer is awaited.",
		check: lines(func(b *book, l *line, add adder) {
			if l.role == asks && !strings.Contains(ours(l.text), "?") && !tellMe.MatchString(l.text) && !invites.MatchString(l.text) {
				add("", "the step waits for an answer, but its words ask nothing")
			}
		}),
	},
	{
		ID: "fits", About: "The words ask for what the step can take: a number, a day, a yes or no, one of the buttons.", Threshold: "every question", Source: "ours",
		Why:   "An answer that fits the words and not the step is asked back, and the person feels misread.",
		check: lines(fits),
	},
	{
		ID: "length", About: "A message is short.", Threshold: fmt.Sprintf("%d words and %d characters; %d words with numbers to call", maxWords, maxCharacters, maxCrisisWords), Source: "ours",
		Why: "Small screens, tired eyes: long messages are not read to the end.",
		check: lines(func(b *book, l *line, add adder) {
			words, letters, most, mostLetters := len(wordsOf(anySlot.ReplaceAllString(l.text, "x"))), len([]rune(l.text)), maxWords, maxCharacters
			if l.crisis() || l.role == phrase {
				most, mostLetters = maxCrisisWords, maxCrisisLetters
			}
			if words > most || letters > mostLetters {
				add("", "%d words and %d characters; at most %d and %d", words, letters, most, mostLetters)
			}
		}),
	},
	{
		ID: "sentence", About: "A sentence is short.", Threshold: fmt.Sprintf("at most %d words", maxSentence), Source: "NHS content guidance: reading age 9 to 11",
		Why: "About 1 adult in 7 reads at or below the level of an 11-year-old.",
		check: lines(func(b *book, l *line, add adder) {
			for _, s := range sentences(l.text) {
				if n := len(wordsOf(anySlot.ReplaceAllString(s, "x"))); n > maxSentence {
					add(s, "a sentence of %d words; at most %d", n, maxSentence)
				}
			}
		}),
	},
	{
		ID: "buttons", About: "A choice has few buttons.", Threshold: fmt.Sprintf("%d to %d", minButtons, maxButtons), Source: "ours",
		Why: "One button is no choice; many do not fit a small screen.",
		check: steps(func(b *book, s *script, st dialogs.StepView, add adder) {
			if n := len(st.Choices); st.Asks == "choice" && (n < minButtons || n > maxButtons) {
				add("", "%d buttons; %d to %d fit", n, minButtons, maxButtons)
			}
		}),
	},
	{
		ID: "quote-marks", About: "The person's own words stand in quotation marks.", Threshold: "every slot with free text", Source: "ours",
		Why: "Without marks their words read as the bot's, and \"to be left alone\" turns into an order.",
		check: lines(func(b *book, l *line, add adder) {
			rest := ours(l.text)
			for _, name := range b.quotes(l) {
				if strings.Contains(rest, "{"+name+"}") {
					add("{"+name+"}", "{%s} holds words that the person wrote; put it in quotation marks", name)
				}
			}
		}),
	},
	{
		ID: "untagged", About: "Each line that people read says what it is for.", Threshold: "every line", Source: "ours",
		Why: "A line without a purpose is small talk at best; the coverage of techniques is counted from tags.",
		check: lines(func(b *book, l *line, add adder) {
			if !l.bot() {
				return
			}
			mechanism := slices.ContainsFunc(l.tags, func(t dialogs.Tag) bool { return len(t.Mechanisms) > 0 })
			move := slices.ContainsFunc(l.tags, func(t dialogs.Tag) bool { return t.Move != "" })
			switch {
			case len(l.tags) == 0:
				add("", "the line has no tags; add what it is for, such as tags: [ears], or [command] for how the chat works")
			case !l.fixed && !slices.ContainsFunc(l.tags, func(t dialogs.Tag) bool { return t.Fixed }) && (!move || !mechanism):
				add("", "the tags name a mechanism and no technique or move; add one, such as open-question")
			}
		}),
	},
	{
		ID: "tag", About: "A tag says what the line does, as far as a program can see.", Threshold: "every tag", Source: "ours",
		Why:   "Coverage that is only claimed helps nobody.",
		check: lines(tagHolds),
	},
}

var (
	tellMe  = regexp.MustCompile(`(?i)^(?:and |then |please )?(?:tell me|say (?:what|how|who|when|where|which))\b`)
	invites = regexp.MustCompile(`(?i)\b(?:please )?(?:send|pick|choose|write|tap|say|finish|answer)\b`)
	// joined finds a second question inside one sentence.
	joined = regexp.MustCompile(`(?i)\S+,? (?:and|but) (?:what|how|who|when|where|why|which|do you|did you|are you|can you|could you|would you|will you|is there|have you)\b`)
	closed = regexp.MustCompile(`(?i)^(?:and |so |then |but )?(?:do|did|does|are|is|was|were|can|could|would|have|has|had|will|should|shall|may)\b`)
	opened = regexp.MustCompile(`(?i)^(?:(?:and|so|then|but|first|now|looking back|if you like|in all|for you|this week|today),? )*(?:what|how|who|tell me|when|where|which)\b`)
	inner  = regexp.MustCompile(`(?i)(?:^|, |: |\bsay [^.?!]*[.,] )(?:what|how|who|when|where|which)\b`)
)

// questions lists the questions among the bot's own words.
func questions(text string) []string {
	var list []string
	for _, s := range sentences(ours(text)) {
		if strings.HasSuffix(s, "?") || tellMe.MatchString(s) {
			list = append(list, s)
		}
	}
	return list
}

func isOpen(question string) bool {
	return !closed.MatchString(question) && (opened.MatchString(question) || inner.MatchString(question))
}

// fits looks at the words of a question beside what the step can take.
func fits(b *book, l *line, add adder) {
	if l.role != asks || l.fixed {
		return // official words are what they are
	}
	text := ours(l.text)
	asked := questions(l.text)
	last := ""
	if len(asked) > 0 {
		last = asked[len(asked)-1]
	}
	switch l.asks {
	case "yesno":
		if last != "" && !closed.MatchString(last) && isOpen(last) {
			add(last, "a yes or a no cannot answer this; ask: text takes free words")
		}
	case "scale":
		if !regexp.MustCompile(`(?i)\b(?:0 to 10|10|number|scale)\b`).MatchString(text) {
			add("", "a number from 0 to 10 is awaited, but the words do not say so")
		}
	case "date":
		if !regexp.MustCompile(`(?i)\b(?:day|date|when)\b`).MatchString(text) {
			add("", "a day is awaited, but the words do not ask for one")
		}
	case "text":
		if last != "" && closed.MatchString(last) && !regexp.MustCompile(`(?i)^(?:and |so )?(?:can|could|would|will) you (?:tell|say|write|put)\b`).MatchString(last) {
			add(last, "a yes or a no answers this; ask what, how or who, or make it ask: yesno")
		}
	case "choice":
		st := l.script.steps[l.script.index[l.step]]
		if last == "" || !closed.MatchString(last) || regexp.MustCompile(`(?i)\bor\b`).MatchString(last) {
			return
		}
		yes := slices.ContainsFunc(st.Choices, func(c dialogs.Choice) bool {
			return regexp.MustCompile(`(?i)^(?:yes|no|not|all of it|some of it)\b`).MatchString(c.Label)
		})
		if !yes {
			add(last, "a yes or a no answers this, but no button says either")
		}
	}
}

// marker is a sign that a question takes strength or change as given.
var marker = regexp.MustCompile(`(?i)\b(?:what(?:'s| is| has| have| was| will| would| could| did| helped| helps| makes| tells| stopped| keeps| went)\b|how (?:did|have|are|will|do) you|who (?:noticed|might|would|will|helped|could)|when (?:was|did|will|would|is|are)|what else|what are you hoping|what do you|what small|what smaller|which|what matters)`)

// tagHolds checks what a tag claims, where words can show it.
func tagHolds(b *book, l *line, add adder) {
	for _, tag := range l.tags {
		if problem := claim(b, l, tag); problem != "" && !(l.role == repairs || l.role == button) {
			add("", "tagged %s, but %s", tag.Name, problem)
		}
	}
}

func claim(b *book, l *line, tag dialogs.Tag) string {
	asked := questions(l.text)
	open := slices.ContainsFunc(asked, isOpen)
	switch tag.Name {
	case "scale-future", "scale-confidence", "scale-willingness", "scale-coping":
		if l.asks != "scale" {
			return "the step is no ask: scale"
		}
	case "reflection":
		if len(b.quotes(l)) == 0 && !anySlot.MatchString(l.text) {
			return "it puts in nothing that the person said"
		}
	case "summary":
		if !anySlot.MatchString(l.text) {
			return "it puts in nothing that the person said"
		}
	case "autonomy":
		if choice.in(l.text) == "" && !(l.asks == "choice") {
			return "nothing in it says that it is their choice"
		}
	case "support", "structure", "information", "affirmation", "task-notice", "sustain-talk", "ask-offer-ask", "maintenance":
	case "closed-question":
		if l.role != asks {
			return "it asks nothing"
		}
	case "open-question", "problem-free", "best-hopes", "tomorrow", "exception", "ears", "coping", "presupposition", "ruler", "relationship", "task-try", "change-talk":
		if tag.Name == "ears" && l.tagged("reflection", "affirmation") {
			return ""
		}
		if !open {
			return "it holds no open question (what, how, who, when)"
		}
		if tag.Name == "presupposition" && !slices.ContainsFunc(asked, marker.MatchString) {
			return "its question takes no strength or change as given (what helped, how did you, what will)"
		}
	}
	return ""
}
