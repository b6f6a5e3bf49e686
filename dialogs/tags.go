package dialogs

import (
	"fmt"
	"slices"
	"strings"
)

// Family is one of the three groups of techniques whose mix was linked to good
// outcomes in community trials (Franklin et al. 2023, doi
// 10.1177/10497315231162611). "" where a tag belongs to none.
type Family string

// The families of techniques.
const (
	Together  Family = "together"  // co-operative language and relationship
	Strengths Family = "strengths" // strengths and resources
	Future    Family = "future"    // future-focused questions
)

// Tag is one word of the closed vocabulary that says what a line is for.
type Tag struct {
	Name string
	// Technique tags stand for a row of the technique catalogue, Fixed ones for
	// texts whose words are not a technique: how the chat is operated, what the
	// law wants said, where help is. A tag that is neither is a move of
	// motivational interviewing or the number of a mechanism.
	Technique, Fixed bool
	// Family of a technique.
	Family Family
	// Move is the move of motivational interviewing that a line with this tag
	// makes; a tag that is itself a move names itself. "" for mechanisms and
	// fixed texts.
	Move string
	// Mechanisms that a line with this tag works by, 1 to 9: see Mechanisms.
	Mechanisms []int
	About      string
}

// Mechanisms are the nine mechanisms of social prescribing in the words of the
// seed paper (Walker, Griffiths, Jiang 2023, doi 10.4236/ojpm.2023.132004),
// from 1; the first entry is empty.
var Mechanisms = [10]string{
	"",
	"asking, not selling answers",
	"motivational interviewing",
	"connection",
	"agency and autonomy",
	"active engagement",
	"telling their story",
	"solution building",
	"goals and action",
	"what matters to the person",
}

// Tags is the whole vocabulary, in the order in which it is explained. Which
// family and which mechanisms a technique stands for is our reading of the
// seed paper; a line may add mechanisms of its own (m1 to m9).
var Tags = slices.Concat([]Tag{
	{Name: "problem-free", Technique: true, Family: Together, Move: "open-question", Mechanisms: []int{3, 6}, About: "Meets the person, not the referral: what they like, what a good day holds."},
	{Name: "best-hopes", Technique: true, Family: Future, Move: "open-question", Mechanisms: []int{1, 7, 9}, About: "Asks what they hope will be different."},
	{Name: "tomorrow", Technique: true, Family: Future, Move: "open-question", Mechanisms: []int{1, 7}, About: "Asks for the first small sign of a somewhat better tomorrow."},
	{Name: "scale-future", Technique: true, Family: Future, Move: "closed-question", Mechanisms: []int{7, 9}, About: "The number from 0 to 10 whose 10 is their own hope."},
	{Name: "scale-confidence", Technique: true, Family: Future, Move: "closed-question", Mechanisms: []int{5, 8}, About: "How sure they are of one step, or of staying where they are."},
	{Name: "scale-willingness", Technique: true, Family: Future, Move: "closed-question", Mechanisms: []int{4, 5}, About: "How ready they feel to give it a go."},
	{Name: "scale-coping", Technique: true, Family: Strengths, Move: "closed-question", Mechanisms: []int{5, 7}, About: "How well they are getting by."},
	{Name: "exception", Technique: true, Family: Strengths, Move: "open-question", Mechanisms: []int{1, 7}, About: "Asks when it was a little easier, and what was different then."},
	{Name: "ears", Technique: true, Family: Strengths, Move: "open-question", Mechanisms: []int{1, 7}, About: "Elicits, amplifies or reinforces what is better, and starts over."},
	{Name: "coping", Technique: true, Family: Strengths, Move: "open-question", Mechanisms: []int{1, 7}, About: "Asks what helps them get through."},
	{Name: "affirmation", Technique: true, Family: Strengths, Move: "affirmation", Mechanisms: []int{2, 7}, About: "Names something they did, tied to their words."},
	{Name: "task-notice", Technique: true, Family: Future, Move: "autonomy", Mechanisms: []int{4, 5}, About: "Invites to look out for something, not to do it."},
	{Name: "task-try", Technique: true, Family: Strengths, Move: "open-question", Mechanisms: []int{5, 8}, About: "Asks what they could do again, or which small step they pick."},
	{Name: "presupposition", Technique: true, Family: Together, Move: "open-question", Mechanisms: []int{1, 7}, About: "A question that takes strength and change as given: what, when, how did you."},
	{Name: "relationship", Technique: true, Family: Strengths, Move: "open-question", Mechanisms: []int{6, 7}, About: "Asks what somebody they know would notice, or who is with them."},
	{Name: "open-question", Technique: true, Family: Together, Move: "open-question", Mechanisms: []int{1, 2}, About: "A question that a yes or a no cannot answer."},
	{Name: "reflection", Technique: true, Family: Together, Move: "reflection", Mechanisms: []int{2, 6}, About: "Gives their own words back, before the next question."},
	{Name: "summary", Technique: true, Family: Together, Move: "summary", Mechanisms: []int{2, 6}, About: "Two or three of their points, and whether that is right."},
	{Name: "change-talk", Technique: true, Family: Future, Move: "open-question", Mechanisms: []int{2, 5}, About: "Picks up a wish, a reason or a plan to change and asks on from it."},
	{Name: "sustain-talk", Technique: true, Family: Together, Move: "autonomy", Mechanisms: []int{2, 4, 5}, About: "Meets a yes-but: agrees with the hard part and leaves the choice to them."},
	{Name: "autonomy", Technique: true, Family: Together, Move: "autonomy", Mechanisms: []int{4}, About: "Says that it is their choice, or that to leave it out is fine."},
	{Name: "ask-offer-ask", Technique: true, Family: Together, Move: "information", Mechanisms: []int{1, 4}, About: "Asks leave, gives one fact of the service, asks what they make of it."},
	{Name: "ruler", Technique: true, Family: Strengths, Move: "open-question", Mechanisms: []int{1, 7}, About: "What makes it this number and not lower, or what one point more would be like."},
	{Name: "maintenance", Technique: true, Family: Future, Move: "open-question", Mechanisms: []int{4, 8}, About: "What they will keep doing, what would help them stay there, how to come back."},

	{Name: "closed-question", Move: "closed-question", Mechanisms: []int{4}, About: "A question for consent, a day, or one of several buttons."},
	{Name: "support", Move: "support", Mechanisms: []int{2, 3}, About: "Says that it sounds hard, or thanks for telling, without claiming to feel."},
	{Name: "structure", Move: "structure", Mechanisms: []int{3}, About: "Says hello, how long it takes, what comes next, when, or that it is over."},
	{Name: "information", Move: "information", Mechanisms: []int{3}, About: "One fact of the service: who was told, when messages are read."},

	{Name: "safety", Fixed: true, About: "Where help is when it is urgent. Its words are fixed."},
	{Name: "legal", Fixed: true, About: "Who reads, what is kept, what was agreed to."},
	{Name: "command", Fixed: true, About: "How the chat is operated: skip, back, pause, stop, a person; and questionnaires with official words."},
}, mechanismTags())

func mechanismTags() []Tag {
	var list []Tag
	for i, about := range Mechanisms {
		if i > 0 {
			list = append(list, Tag{Name: fmt.Sprintf("m%d", i), Mechanisms: []int{i}, About: "Mechanism: " + about + "."})
		}
	}
	return list
}

// TagNamed looks a tag up.
func TagNamed(name string) (Tag, bool) {
	i := slices.IndexFunc(Tags, func(t Tag) bool { return t.Name == name })
	if i < 0 {
		return Tag{}, false
	}
	return Tags[i], true
}

// TagNames lists the vocabulary in its order.
func TagNames() []string {
	names := make([]string, len(Tags))
	for i, t := range Tags {
		names[i] = t.Name
	}
	return names
}

// tags reads a list of tags; each stands once.
func (r *reader) tags(n node) []string {
	if !n.present() {
		return nil
	}
	var names []string
	list := n.list("tags")
	for _, item := range list {
		name := item.text("a tag")
		switch _, known := TagNamed(name); {
		case !known:
			item.fault("tags: unknown tag %q%s; docs/script-reference.md lists them", name, nearest(name, TagNames()))
		case slices.Contains(names, name):
			item.fault("tags: %q stands twice", name)
		default:
			names = append(names, name)
		}
	}
	if n.isList() && len(list) == 0 {
		n.fault("tags: at least one, such as tags: [ears]")
	}
	return names
}

// Waiver switches one lint rule off, for a step or for a whole script.
type Waiver struct {
	Off     string // the rule's id; lint knows which there are
	Because string // for whoever reads the script next
	Line    int
	Column  int
}

// waivers reads "lint: {off: RULE, because: WHY}" or a list of those.
func (r *reader) waivers(n node) []Waiver {
	if !n.present() {
		return nil
	}
	nodes := []node{n}
	if n.isList() {
		nodes = n.list("lint")
	}
	var list []Waiver
	for _, item := range nodes {
		o, ok := item.object("lint", lintKeys)
		if !ok {
			continue
		}
		w := Waiver{Off: o.get("off").text("off"), Because: strings.TrimSpace(o.get("because").text("because")), Line: item.line, Column: item.column}
		if w.Off == "" || w.Because == "" {
			item.fault("lint: {off: RULE, because: \"why it does not hold here\"}")
			continue
		}
		list = append(list, w)
	}
	return list
}
