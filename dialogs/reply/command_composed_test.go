package reply

import (
	"strings"
	"testing"
)

// wishes puts every wish of one kind together with every way of asking for it,
// every opening and every end. Parts are written with | between them.
func wishes(t *testing.T, want Command, parts ...string) {
	t.Helper()
	texts := []string{""}
	for _, part := range parts {
		var longer []string
		for _, before := range texts {
			for one := range strings.SplitSeq(part, "|") {
				longer = append(longer, strings.TrimSpace(before+" "+one))
			}
		}
		texts = longer
	}
	for _, text := range texts {
		if r := ReadCommand(text); r.Value != want {
			t.Errorf("%q is read as %q by %s, want %q", text, r.Value, r.Rule, want)
		}
	}
}

const (
	openings = "|good morning|sorry but|thanks but|to be honest|my daughter set this up but"
	ends     = "|please|many thanks|. Jean|because they stress me out"
)

// An end is wished for in every grammar of asking.
func TestEndsAreWishedFor(t *testing.T) {
	t.Parallel()
	wishes(t, Stop, openings,
		"please|can you|could you please|i want you to|i'd be grateful if you would|would it be possible to|can someone|its time to|is there any way to",
		"stop these messages|cancel the check ins|take me off your list|remove my number|turn these off|leave me alone|put an end to these texts", ends)
	wishes(t, Stop, openings,
		"i dont want|i no longer want|i have no use for|ive had enough of|im fed up with|i can do without|i cant be doing with|i wont be needing",
		"these messages|the texts any more|all these texts|your messages any longer", ends)
	wishes(t, Stop, openings,
		"i dont want to|i no longer wish to|id rather not|i have no wish to",
		"get these messages|be contacted again|be on this list|carry on with this|hear from you again", ends)
}

// What comes to the phone is to come no more, or to be over altogether.
func TestMessagesAreToComeNoMore(t *testing.T) {
	t.Parallel()
	wishes(t, Stop, openings,
		"can you make|please get|how do i make|could you have",
		"this stop|these stop|the messages stop|them all stop", "coming|coming to my phone|coming through|being sent", "|please")
	wishes(t, Stop, openings+"|not just a break,",
		"i want|i would like|i need", "it|the whole thing|this|all of it", "to end altogether|stopped for good|to finish completely|ended", "|please")
}

// A person is asked for by name and by what they are.
func TestAPersonIsAskedForByName(t *testing.T) {
	t.Parallel()
	wishes(t, Human, openings,
		"i need to speak to|can i talk to|id like a word with|how do i get hold of",
		"Sarah my link worker|Dave from the surgery|Priya who is my support worker|Helen who set this up|the one who came to see me", "|please")
}

// An end with an end to it is a rest.
func TestAnEndForAWhileIsAPause(t *testing.T) {
	t.Parallel()
	wishes(t, Pause, openings,
		"please|can you|could we|id like to|is it ok to|shall we",
		"pause this|stop the messages|leave it|put this on hold|hold off|give it a rest|have a break from this|turn the messages off",
		"for a week|for ten days|until monday|till im home|while im in hospital|over the school holidays|until things calm down|just now", "|please|thanks")
}

// A person is asked for in every frame, by all that they are called.
func TestAPersonIsAskedFor(t *testing.T) {
	t.Parallel()
	wishes(t, Human, openings,
		"i want to|can i|id rather|please can i|is it possible to|i was hoping to|when can i",
		"talk to|have a word with|get hold of|be put through to|arrange a call with",
		"someone|a real person|my link worker|one of the team|the lady from the surgery|Mrs Khan", "|please|today")
}

// How this is used is asked for in every frame.
func TestHelpIsAskedFor(t *testing.T) {
	t.Parallel()
	wishes(t, Help, openings,
		"how do i|how can i|can you tell me how to|i dont know how to|how am i supposed to|no idea how to|i forgot how to",
		"use this|answer these|reply to these messages|work this|send a reply", "|please|. im 82|on my phone")
	wishes(t, Help, openings,
		"what can i|what words can i|what am i meant to|tell me what i can|remind me what to|whats the words i can|i dont know what to",
		"say|type|put|write", "|please|here")
}

// What is denied, told, thought of, or said of others and other things is no wish.
func TestWhatIsNoWish(t *testing.T) {
	t.Parallel()
	wishes(t, NoCommand, "|well|6|my knee is bad,", "i dont want to|no need to|i was going to|i nearly|please dont|i used to want to",
		"stop these messages|cancel the check ins|unsubscribe|take a break from this|be taken off the list", "|thanks|lol")
	wishes(t, NoCommand, "|yes|to be honest", "i want to stop|i had to stop|fed up with|i no longer need|the doctor took me off|how do i stop|i need a break from",
		"smoking|the tablets|the gym|the choir|my physio|the milk", "|lol|at the moment|for a few weeks")
	wishes(t, NoCommand, "|hi", "my son|the council|she|my neighbour",
		"told me to stop smoking|wants a break|put me on hold|is ringing me later|showed me how to use it|is lost without him|said i should talk to someone|asked for help", "|thanks|until monday")
	wishes(t, NoCommand, "|not bad", "unsubscribed from netflix|no need to ring me|you dont have to ring me|i dont need a call|i can talk to my wife|i will speak to my worker on tuesday|i know how it works|how do i use my inhaler|what should i eat|dont leave me alone|take me off the waiting list|i feel stuck|no break from it", "|thanks|lol")
}

// What is to be finished or got off is a thing of its own where it is named;
// the messages, named or not, are stopped.
func TestFinishedThingsStopNothing(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"I want these finished by Easter, the curtains I mean", "I want this finished, the jumper I'm knitting", "get it off my chest", "I need to get this off my chest"} {
		if r := ReadCommand(text); r.OK {
			t.Errorf("%q is read as %v by %s", text, r.Value, r.Rule)
		}
	}
	for _, text := range []string{"I want this finished", "I want these gone", "I want these finished by Easter", "want these gone, the messages", "I want this finished, the texts I mean", "get it off my phone"} {
		if r := ReadCommand(text); r.Value != Stop {
			t.Errorf("%q is read as %v by %s", text, r.Value, r.Rule)
		}
	}
}
