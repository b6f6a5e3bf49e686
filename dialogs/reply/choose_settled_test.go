package reply

import (
	"strings"
	"testing"
)

// Where another option stands beside the one that is meant, as a reason, a contrast,
// an aside or a preference, it is not taken, and what is meant is.
func TestOneIsPlainlyMeant(t *testing.T) {
	t.Parallel()
	meant := func(frames []string, check func(options []Option, text, want string)) {
		swap := strings.NewReplacer("{one}", "{other}", "{other}", "{one}")
		for _, f := range frames {
			framed([]string{swap.Replace(f)}, check)
		}
	}
	meant([]string{
		"{one}, {other} is too far for me", "{one} cos I hate {other}", "{one} as I don't like {other}", "{one} since I don't get on with {other}", "{one}. I tried {other} and didn't like it", "{one} I think, {other} puts me off",
		"{one}, not so much {other}", "{one}, unlike {other}", "{one} beats {other}", "{one} is better than {other}", "I'd sooner {one} than {other}", "{one} more than {other}", "I've had enough of {other}, {one} please",
		"{one} for now, {other} once I'm stronger", "{one} to start with, maybe {other} later", "{one} even though {other} is closer", "{one}, {other} a close second", "{one} with {other} a close second", "mainly {one}, sometimes {other}", "{one}, {other} now and again",
		"out of {one} and {other}, {one}", "between {one} and {other} I'd say {one}", "{one} or {other}... {one}", "everyone says {other} but for me it's {one}", "I know {other} is popular but {one}", "{other} sounds nice but {one} is nearer", "{other} I can cope with, it's {one}",
		"{one} or {other}, probably {one}", "no doubt {one}", "couldn't do without {one}", "wouldn't say no to {one}", "can you put {one} down for me", "nothing beats {one}", "can't think of anything but {one}", "first choice {one}",
		"{one} was a big help this week", "{one} would be good", "{one}, nothing else", "{one}, that works for me", "{one} or whatever", "{one}, is that ok?", "{one}, what about you?",
	}, func(options []Option, text, want string) {
		if r := Choose(text, options); r.Value != want {
			t.Errorf("%q is read as %q by %s, want %s", text, r.Value, r.Rule, want)
		}
	})
	meant([]string{ // where the options are no troubles, what is said against one speaks for the other
		"{one}, not great with {other}", "{one} please, my eyes are bad with {other}", "{one}. By {other} I am done in", "{one}, I struggle with {other}", "{one}, can't be doing with {other}", "{one} please I get lost with {other}",
	}, func(options []Option, text, want string) {
		if r := Choose(text, options); r.Value != want && options[0].Value != "Pain" && options[0].Value != "Getting out more" {
			t.Errorf("%q is read as %q by %s, want %s", text, r.Value, r.Rule, want)
		}
	})
}

// What is asked, doubted, put off or passed on is no answer, wherever it stands.
func TestAsidesPickNothing(t *testing.T) {
	t.Parallel()
	framed([]string{
		"not sure yet, what is {one} like?", "would {one} be better do you think?", "hmm, how does {one} work?", "sorry but what do you mean by {one}", "not sure yet, would I have to do {one}?", "what about {one} if I can't get there?", "you mean {one}?", "who runs {one}?", "what happens with {one}?",
		"I'll have to think about {one}", "still thinking about {one}", "let me think about {one}", "not decided on {one} yet", "haven't made my mind up about {one}", "in two minds about {one}", "on the fence about {one}", "I was wondering about {one}", "no idea about {one}",
		"I doubt {one}", "I doubt it's {one}", "I'd never pick {one}", "not sure {one} is right for me", "{one} might be too much", "{one} let me down", "{one} would be a waste of time", "struggled with {one}", "never had {one}", "don't make me do {one}", "{one} ... nah", "{one} 👎", "{one} I think? not sure",
		"I was never any good at {one}", "not ready for {one} yet", "we have {one} here already", "my daughter keeps on about {one}", "he told me to put {one}",
		"{one} but also {other}", "{one}, {other} as well", "{one}. And {other}", "I like {one}, I like {other} too", "{one} and {other} equally", "{one}? {other}? you tell me", "either, {one} or {other} is fine", "toss up between {one} and {other}", "some days {one}, some days {other}", "{one} was good but {other} might be better",
		"all of it matters", "whoever is free",
	}, func(options []Option, text, _ string) {
		if r := Choose(text, options); r.OK && !r.AskBack {
			t.Errorf("%q is read as %q by %s and nobody is told", text, r.Value, r.Rule)
		}
	})
}
