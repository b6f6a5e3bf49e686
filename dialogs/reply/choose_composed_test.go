package reply

import (
	"fmt"
	"strings"
	"testing"
)

// Questions as scripts put them; the frames below are put around the labels of each.
var composedQuestions = [][]string{
	{"Walking group", "Lunch club", "Art class", "Singing"},
	{"Text", "Phone call", "Email", "Letter"},
	{"Bus", "Taxi", "Lift from someone", "Walk"},
	{"My partner", "A friend", "A neighbour"},
	{"Pain", "Money", "Weather", "Nerves"},
	{"At home", "Library", "Cafe", "Health centre"},
	{"Getting out more", "Sleeping better", "Help with bills"},
	{"Bingo", "Knitting", "Bowls", "Choir", "Gardening"},
	{"My knees", "My back", "My breathing"},
	{"Inside", "Outside", "By the sea"},
}

func lowered(label string) string { return strings.ToLower(label[:1]) + label[1:] }

// framed puts each frame around each pair of labels that stand side by side.
func framed(frames []string, check func(options []Option, text, other string)) {
	for _, labels := range composedQuestions {
		var options []Option
		for _, l := range labels {
			options = append(options, Option{Value: l, Label: l})
		}
		for n, l := range labels {
			next := labels[(n+1)%len(labels)]
			for _, f := range frames {
				check(options, strings.NewReplacer("{one}", lowered(l), "{other}", lowered(next)).Replace(f), next)
			}
		}
	}
}

// An option is picked by where it stands, with whatever small words around it.
func TestPlacesPick(t *testing.T) {
	t.Parallel()
	places := [][]string{
		{"the first", "first one", "1st", "number 1", "no. 1", "option 1", "1", "the top one", "first of them", "the first of those", "first on the list", "the one at the top", "the very first one"},
		{"the second", "2nd one", "number two", "2", "option b", "second one down", "2nd down", "the second of those", "second from the top", "the second one on your list"},
		{"the third", "3rd", "number 3", "3", "3rd one down", "the third of those", "third one along", "option c"},
	}
	last := []string{"last one", "the last of them", "the bottom one", "the one at the bottom", "the one at the end", "the last on the list"}
	ways := []string{"%s", "I'll go for %s", "put me down for %s", "erm %s please", "%s cos its easiest", "%s, it suits me best", "%s if that's ok", "%s thanks love", "definitely %s"}
	for _, labels := range composedQuestions {
		var options []Option
		for _, l := range labels {
			options = append(options, Option{Value: l, Label: l})
		}
		for n, said := range append(places, last) {
			want := labels[min(n, len(labels)-1)]
			if n == len(places) {
				want = labels[len(labels)-1]
			}
			for _, place := range said {
				for _, way := range ways {
					text := fmt.Sprintf(way, place)
					if r := Choose(text, options); !r.OK || r.Value != want {
						t.Errorf("%q of %v is read as %q by %s, want %s", text, labels, r.Value, r.Rule, want)
					}
				}
			}
		}
	}
	for _, text := range []string{"first time I hear of it", "one minute", "just a second", "2 secs", "2 of them", "the first two", "not the first one", "anything but number 2", "1 or 2", "is the first one free?", "what's the second one?"} {
		if r := Choose(text, []Option{{Value: "bingo", Label: "Bingo"}, {Value: "bowls", Label: "Bowls"}, {Value: "choir", Label: "Choir"}}); r.OK {
			t.Errorf("%q is read as %q by %s", text, r.Value, r.Rule)
		}
	}
}

// What is turned down, asked about or wished for is never taken for a pick.
func TestNoPickWhereNoneIsMade(t *testing.T) {
	t.Parallel()
	framed([]string{
		"not {one}", "anything but {one}", "definitely not {one}", "don't put {one}", "{one} is no good for me", "{one} isn't for me", "I'd rather not have {one}", "{one} is the last thing I want", "nothing to do with {one}",
		"no way {one}", "it wasn't {one}", "I wish it was {one}", "if only it was {one}", "wish I could say {one}", "I nearly said {one}",
		"what is {one}?", "is {one} free?", "did I say {one}?", "have I said {one}", "should I say {one}?", "tell me about {one}", "what do you mean by {one}?", "do most people say {one}?", "how long is {one}?",
		"{one}, as if", "yeah right, {one}", "{one}, I don't think", "fat chance of {one}", "like I'd ever say {one}", "{one}, said no one ever", "never liked {one}", "not sure about {one}", "I don't know about {one}", "I gave up {one}",
		"{one} is shut", "I can't get {one}", "{one}, what do you think?", "shall I say {one}?", "everyone else will pick {one}", "maybe {one} later", "{one} when I'm better",
		"{one} has never been a problem", "{one} sounds boring", "{one} is only for old folk", "no to {one}", "thumbs down for {one}", "stop sending me {one}", "{one} would be a miracle", "tried {one} and hated it", "{one} scares me", "I'd be lost in {one}",
		"{one} but I can't", "{one} but it's full", "{one} depends on the day", "it depends, {one} sometimes", "I'd pick {one} if it wasn't so far", "in an ideal world {one}", "done {one} already", "{one}, no thanks", "{one} is sorted now", "my mate swears by {one}",
		"my mum would say {one}", "they told me {one}", "you said {one}", "he wants {one}", "everyone says {one}",
	}, func(options []Option, text, _ string) {
		if r := Choose(text, options); r.OK && !r.AskBack {
			t.Errorf("%q is read as %q by %s", text, r.Value, r.Rule)
		}
	})
	framed([]string{"{one} or {other}", "{one} and {other}", "{one} with {other} too", "{one} if not {other}", "if {one} is full then {other}", "either {one} or {other}", "torn between {one} and {other}", "maybe {one} maybe {other}", "not {one} or {other}", "neither {one} nor {other}"}, func(options []Option, text, _ string) {
		if r := Choose(text, options); r.OK && !r.AskBack {
			t.Errorf("%q is read as %q by %s", text, r.Value, r.Rule)
		}
	})
}

// Who changes their mind means what they say last, or what is set right.
func TestChangedMinds(t *testing.T) {
	t.Parallel()
	framed([]string{
		"{one}, no {other}", "{one}... actually {other}", "{one} - sorry, {other}", "{one} on second thoughts {other}", "{one} scratch that {other}", "not {one}, {other}", "not {one} but {other}", "{one} last time, {other} this time", "{one} last time but {other} now",
		"used to be {one}, now {other}", "I said {one} but I meant {other}", "{one} is no good so {other}", "scrap {one}, {other}", "forget {one}, {other}", "change {one} to {other} please", "{one} would be nice but {other}", "I'd love {one} but {other}", "{other} not {one}", "{other}, not {one}",
		"{other}, failing that {one}", "{other} ideally, otherwise {one}", "{other} rather than {one}", "{other}, pressed {one} by mistake",
	}, func(options []Option, text, want string) {
		r := Choose(text, options)
		if r.Value != want {
			t.Errorf("%q is read as %q by %s, want %s", text, r.Value, r.Rule, want)
		}
	})
}
