package walk

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

// answer is what this person would write to the open question.
func (w *walker) answer() string {
	kind := w.rules.asks(w.player.State())
	switch w.person {
	case Crisis:
		if w.IntN(12) == 0 {
			return danger(w)
		}
	case Hostile:
		if w.IntN(2) == 0 {
			return hostile(w)
		}
	case Elsewhere:
		if w.IntN(3) > 0 {
			return foreign(w, kind)
		}
	}
	switch kind {
	case "scale":
		return w.scale()
	case "yesno":
		return w.yesno()
	case "choice":
		return w.choice()
	case "date":
		return w.date()
	}
	return w.story()
}

func (w *walker) number() string {
	return pick(w, "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10")
}

func (w *walker) spelled() string {
	return pick(w, "nil", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
}

func (w *walker) scale() string {
	switch w.person {
	case Terse, Willing:
		return pick(w, w.number(), w.number(), w.number(), w.spelled(), "dunno", "half way")
	case Chatty:
		return pick(w,
			"Ooh, I'd say about a "+w.number()+" what with "+w.bother(),
			"well it was "+w.number()+" but since "+w.joy()+" I'd go up to "+w.number(),
			"Somewhere round "+w.spelled()+", love, "+w.joy(),
			w.number()+" out of 10 I suppose. "+w.story())
	case Ambivalent:
		return pick(w, w.number()+" or maybe "+w.number(), "yes it's a "+w.number()+" but I don't know that it means much", "hard to put a number on it", w.number()+" on a good day", "not quite "+w.spelled())
	}
	return pick(w, w.number(), w.spelled(), "about "+w.number(), "a "+w.number()+" I think", "lower than "+w.number(), "not sure")
}

func (w *walker) yesno() string {
	switch w.person {
	case Terse, Willing:
		return pick(w, "y", "n", "yes", "no", "ok", "ya", "nah", "yes please")
	case Chatty:
		return pick(w, "Oh yes that would be lovely, "+w.joy(), "no thank you dear, not with "+w.bother(), "yes do, only mornings mind")
	case Ambivalent:
		return pick(w, "yes but "+w.bother(), "yes, but I doubt it'd help", "maybe", "I suppose so", "in a way", "no, well, not yet")
	}
	return pick(w, "yes", "no", "yeah go on", "I'd rather not", "sort of", "no thanks", "aye")
}

func (w *walker) choice() string {
	choices := w.player.Asked().Choices
	label := "the first one"
	if len(choices) > 0 {
		label = choices[w.IntN(len(choices))].Label
	}
	switch w.person {
	case Terse, Willing:
		return pick(w, label, label, "1", "2", "last one")
	case Chatty:
		return "I think I'd go for " + label + " if that's alright, " + w.bother()
	case Ambivalent:
		return pick(w, label+" but I'm not sure", "either really", "none of them quite fit", label+" maybe, or something else")
	}
	return pick(w, label, label, "whichever", "the second")
}

func (w *walker) date() string {
	return pick(w, "Friday", "next tuesday", "tomorrow", "12 June", "the weekend", "soon", "Monday week", "not sure yet", "today", "in 3 days", "1st of next month")
}

// joy and bother are pieces of a life.
func (w *walker) joy() string {
	return pick(w, "my granddaughter rang", "the allotment is coming on", "I got to the library twice", "next door brought soup round", "the choir started again", "I slept right through", "our Ken fixed the gate") +
		pick(w, "", " on "+pick(w, "Sunday", "Thursday", "pension day"), " which was nice", " for a change")
}

func (w *walker) bother() string {
	return pick(w, "my knee playing up", "the bus being off again", "the damp in the back room", "waiting on the council", "all these forms", "the nights drawing in", "not much in the purse") +
		pick(w, "", " and all that", " since "+pick(w, "Easter", "the fall", "he went into the home"))
}

func (w *walker) story() string {
	switch w.person {
	case Terse:
		return pick(w, "walking", "nothing", "my dog", "dunno", "ok i guess", "tv", "same", "k", "👍", "idk", "getting out")
	case Chatty:
		s := "Well, where do I start. " + w.joy() + ", and then " + w.bother() + "."
		for range w.IntN(6) {
			s += " " + pick(w, "Mind you, "+w.joy()+".", "I said to her, "+w.bother()+" or not, you go.", "Anyway "+w.joy()+".\nThat was a treat.")
		}
		return s
	case Ambivalent:
		return pick(w, "I could go to the group, but "+w.bother(), "yes but it never lasts", "I want to see people and I don't", "part of me thinks "+w.joy()+" helped, part of me doesn't")
	case Late:
		return pick(w, "sorry only just seen this. "+w.joy(), "been away. "+w.bother(), "late again sorry")
	}
	return pick(w, w.joy(), w.bother(), "a walk round the park", "having a plan for the day", "Someone to have a brew with")
}

// aside is something that answers nothing.
func (w *walker) aside() string {
	switch w.person {
	case Hostile:
		return hostile(w)
	case Elsewhere:
		return foreign(w, "text")
	case Crisis:
		if w.IntN(4) == 0 {
			return danger(w)
		}
	}
	return pick(w, "thanks", "who am I talking to?", w.story(), "ok", "are you a robot", "7", "what time is it", "?", "👍", " ", "call me when you can", w.joy())
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
		"please stop all messages", "/stop",
	}
)

func danger(w *walker) string { return pick(w, dangers...) }
func stop(w *walker) string   { return pick(w, stops...) }

func hostile(w *walker) string {
	return pick(w, "this is rubbish", "what a waste of money", "you're a machine what do you know", "what's it to you", "mind your own business", "{worker} {best_hopes}", "{{.}} %s %d <b>x</b>",
		"none of your business you nosy tin can", "'; drop table patients; --", "AAAAAAAAAAAAAAAA", "ur useless", "why should I tell you anything", "I already told you that", "10/10 for stupid questions",
		"you lot never listen", "\u200b\u200b", "🖕", "yes no yes no", "5 6 7 8", w.bother()+" so what are YOU going to do about it", "blah blah blah")
}

// foreign are everyday words in Welsh, Polish, Urdu and Arabic.
func foreign(w *walker, kind string) string {
	switch kind {
	case "scale":
		return pick(w, "chwech", "tua saith", "pięć", "może siedem", "٧", "۵", "سات", "خمسة", "6")
	case "yesno":
		return pick(w, "ydw", "nac ydw", "oes", "tak", "nie", "ہاں", "نہیں", "نعم", "لا")
	case "date":
		return pick(w, "yfory", "jutro", "dydd Gwener", "piątek", "کل", "غدا")
	}
	return pick(w, "Dwi'n mwynhau cerdded ger y môr", "Mae'n anodd dweud", "Diolch yn fawr", "Lubię spacerować z psem", "Nie wiem, trudno powiedzieć", "Dziękuję", "مجھے باغبانی پسند ہے", "شکریہ", "أحب المشي في الصباح", "لا أعرف", "Nid wyf yn siarad llawer o Saesneg", "nie mówię dobrze po angielsku")
}
