package walk

import (
	"math/rand/v2"

	"onestep/dialogs"
)

// Person is a kind of person who writes to the bot.
type Person string

// People are all kinds.
var People = []Person{Terse, Chatty, Ambivalent, Late, Crisis, Elsewhere, Hostile, Willing}

// The kinds of people.
const (
	Terse      Person = "terse"
	Chatty     Person = "chatty"
	Ambivalent Person = "ambivalent" // yes, but
	Late       Person = "late"
	Crisis     Person = "in crisis"
	Elsewhere  Person = "writing in another language"
	Hostile    Person = "hostile"
	Willing    Person = "willing"
)

// strays is how many of 100 events with an open question are anything but an
// answer; silence how many times nothing comes for long; presses how often a
// button is used where there are any.
func (p Person) strays() int {
	switch p {
	case Hostile:
		return 35
	case Crisis, Ambivalent:
		return 20
	case Willing:
		return 4
	}
	return 12
}

func (p Person) silence() int {
	switch p {
	case Late:
		return 40
	case Willing:
		return 2
	}
	return 6
}

func (p Person) presses() int {
	switch p {
	case Terse:
		return 70
	case Chatty:
		return 15
	}
	return 45
}

// Voice is what one person writes, drawn at random.
type Voice struct {
	*rand.Rand
	Person Person
}

// Answer is what they write to a question of a kind ("scale", "yesno", "choice",
// "date", "text"), with its buttons.
func (v *Voice) Answer(kind string, choices []dialogs.Choice) string {
	switch v.Person {
	case Crisis:
		if v.IntN(12) == 0 {
			return v.Danger()
		}
	case Hostile:
		if v.IntN(2) == 0 {
			return v.hostile()
		}
	case Elsewhere:
		if v.IntN(3) > 0 {
			return v.foreign(kind)
		}
	}
	switch kind {
	case "scale":
		return v.scale()
	case "yesno":
		return v.yesno()
	case "choice":
		return v.choice(choices)
	case "date":
		return v.date()
	}
	return v.story()
}

func (v *Voice) number() string {
	return pick(v, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10")
}

func (v *Voice) spelled() string {
	return pick(v, "nil", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
}

func (v *Voice) scale() string {
	switch v.Person {
	case Terse, Willing:
		return pick(v, v.number(), v.number(), v.number(), v.spelled(), "dunno", "half way")
	case Chatty:
		return pick(v,
			"Ooh, I'd say about a "+v.number()+" what with "+v.bother(),
			"well it was "+v.number()+" but since "+v.joy()+" I'd go up to "+v.number(),
			"Somewhere round "+v.spelled()+", love, "+v.joy(),
			v.number()+" out of 10 I suppose. "+v.story())
	case Ambivalent:
		return pick(v, v.number()+" or maybe "+v.number(), "yes it's a "+v.number()+" but I don't know that it means much", "hard to put a number on it", v.number()+" on a good day", "not quite "+v.spelled())
	}
	return pick(v, v.number(), v.spelled(), "about "+v.number(), "a "+v.number()+" I think", "lower than "+v.number(), "not sure")
}

func (v *Voice) yesno() string {
	switch v.Person {
	case Terse, Willing:
		return pick(v, "y", "n", "yes", "no", "ok", "ya", "nah", "yes please")
	case Chatty:
		return pick(v, "Oh yes that would be lovely, "+v.joy(), "no thank you dear, not with "+v.bother(), "yes do, only mornings mind")
	case Ambivalent:
		return pick(v, "yes but "+v.bother(), "yes, but I doubt it'd help", "maybe", "I suppose so", "in a way", "no, well, not yet")
	}
	return pick(v, "yes", "no", "yeah go on", "I'd rather not", "sort of", "no thanks", "aye")
}

func (v *Voice) choice(choices []dialogs.Choice) string {
	label := "the first one"
	if len(choices) > 0 {
		label = choices[v.IntN(len(choices))].Label
	}
	switch v.Person {
	case Terse, Willing:
		return pick(v, label, label, "1", "2", "last one")
	case Chatty:
		return "I think I'd go for " + label + " if that's alright, " + v.bother()
	case Ambivalent:
		return pick(v, label+" but I'm not sure", "either really", "none of them quite fit", label+" maybe, or something else")
	}
	return pick(v, label, label, "whichever", "the second")
}

func (v *Voice) date() string {
	return pick(v, "Friday", "next tuesday", "tomorrow", "12 June", "the weekend", "soon", "Monday week", "not sure yet", "today", "in 3 days", "1st of next month")
}

// joy and bother are pieces of a life.
func (v *Voice) joy() string {
	return pick(v, "my granddaughter rang", "the allotment is coming on", "I got to the library twice", "next door brought soup round", "the choir started again", "I slept right through", "our Ken fixed the gate") +
		pick(v, "", " on "+pick(v, "Sunday", "Thursday", "pension day"), " which was nice", " for a change")
}

func (v *Voice) bother() string {
	return pick(v, "my knee playing up", "the bus being off again", "the damp in the back room", "waiting on the council", "all these forms", "the nights drawing in", "not much in the purse") +
		pick(v, "", " and all that", " since "+pick(v, "Easter", "the fall", "he went into the home"))
}

func (v *Voice) story() string {
	switch v.Person {
	case Terse:
		return pick(v, "walking", "nothing", "my dog", "dunno", "ok i guess", "tv", "same", "k", "👍", "idk", "getting out")
	case Chatty:
		s := "Well, where do I start. " + v.joy() + ", and then " + v.bother() + "."
		for range v.IntN(6) {
			s += " " + pick(v, "Mind you, "+v.joy()+".", "I said to her, "+v.bother()+" or not, you go.", "Anyway "+v.joy()+".\nThat was a treat.")
		}
		return s
	case Ambivalent:
		return pick(v, "I could go to the group, but "+v.bother(), "yes but it never lasts", "I want to see people and I don't", "part of me thinks "+v.joy()+" helped, part of me doesn't")
	case Late:
		return pick(v, "sorry only just seen this. "+v.joy(), "been away. "+v.bother(), "late again sorry")
	}
	return pick(v, v.joy(), v.bother(), "a walk round the park", "having a plan for the day", "Someone to have a brew with")
}

// Aside is something that answers nothing.
func (v *Voice) Aside() string {
	switch v.Person {
	case Hostile:
		return v.hostile()
	case Elsewhere:
		return v.foreign("text")
	case Crisis:
		if v.IntN(4) == 0 {
			return v.Danger()
		}
	}
	return pick(v, "thanks", "who am I talking to?", v.story(), "ok", "are you a robot", "7", "what time is it", "?", "👍", " ", "call me when you can", v.joy())
}

// dangers are what the distress rule must meet in every state, and stops what
// must stop in every state.
var (
	dangers = []string{
		"I want to die", "i just want to kill myself", "I don't want to wake up tomorrow", "They'd all be better off without me", "I've taken all my tablets",
		"I can't keep myself safe tonight", "he hits me when he's had a drink", "I've been cutting myself again", "I'm going to end it all", "been planning how to end my life",
	}
	stops = []string{
		"stop", "STOP", "Stop.", "please stop messaging me", "unsubscribe", "leave me alone", "stop sending me these messages", "no more messages please",
		"I want to stop this", "please stop all messages", "/stop",
	}
)

// Danger are words of danger, and Stop is a wish to stop.
func (v *Voice) Danger() string { return pick(v, dangers...) }
func (v *Voice) Stop() string   { return pick(v, stops...) }

// Skip is a wish to leave a question out, and Back one to go to the one before.
func (v *Voice) Skip() string {
	return pick(v, "skip", "SKIP", "pass", "skip this one please", "next question")
}
func (v *Voice) Back() string {
	return pick(v, "back", "go back", "BACK", "can I go back one")
}

// Wish is another thing that can be said at any question.
func (v *Voice) Wish() string {
	return pick(v, "help", "HELP", "what is this?", "can I talk to a person", "PERSON", "I want to speak to someone real", "pause", "can we have a break please", "start", "/start")
}

func pick(v interface{ IntN(n int) int }, list ...string) string { return list[v.IntN(len(list))] }

func (v *Voice) hostile() string {
	return pick(v, "this is rubbish", "what a waste of money", "you're a machine what do you know", "what's it to you", "mind your own business", "{worker} {best_hopes}", "{{.}} %s %d <b>x</b>",
		"none of your business you nosy tin can", "'; drop table patients; --", "AAAAAAAAAAAAAAAA", "ur useless", "why should I tell you anything", "I already told you that", "10/10 for stupid questions",
		"you lot never listen", "\u200b\u200b", "🖕", "yes no yes no", "5 6 7 8", v.bother()+" so what are YOU going to do about it", "blah blah blah")
}

// foreign are everyday words in Welsh, Polish, Urdu and Arabic.
func (v *Voice) foreign(kind string) string {
	switch kind {
	case "scale":
		return pick(v, "chwech", "tua saith", "pięć", "może siedem", "٧", "۵", "سات", "خمسة", "6")
	case "yesno":
		return pick(v, "ydw", "nac ydw", "oes", "tak", "nie", "ہاں", "نہیں", "نعم", "لا")
	case "date":
		return pick(v, "yfory", "jutro", "dydd Gwener", "piątek", "کل", "غدا")
	}
	return pick(v, "Dwi'n mwynhau cerdded ger y môr", "Mae'n anodd dweud", "Diolch yn fawr", "Lubię spacerować z psem", "Nie wiem, trudno powiedzieć", "Dziękuję", "مجھے باغبانی پسند ہے", "شکریہ", "أحب المشي في الصباح", "لا أعرف", "Nid wyf yn siarad llawer o Saesneg", "nie mówię dobrze po angielsku")
}
