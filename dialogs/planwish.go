package dialogs

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"onestep/dialogs/reply"
)

// PlanWish is what a person wants to be different about when they are written
// to, as far as they said it. What they did not speak of stays as it is.
type PlanWish struct {
	// Days are the days of the week they want, Not those that do not suit.
	Days, Not Days
	// Either is set when they named days of which only one is wanted.
	Either bool
	// Clock is the hour and minute they want, in minutes since midnight, or -1.
	// With Half it is a time of 1:00 to 12:59 without a morning or an evening.
	Clock int
	Half  bool
	// Earliest and Latest bound when they want to be written to at all, in
	// minutes since midnight, or -1.
	Earliest, Latest int
	// Part is "morning", "afternoon" or "evening", and NotPart one that does
	// not suit.
	Part, NotPart string
	// Weeks or Months between two check-ins; 0 as before. Less and More ask for
	// another rhythm without saying which.
	Weeks, Months int
	Less, More    bool
	// OtherDay and OtherTime ask for a change without saying to what.
	OtherDay, OtherTime bool
	// On is a single day they named, zero when they named none.
	On time.Time
	// Once is set for one check-in alone, Always for all from now on. With
	// neither the words leave it open.
	Once, Always bool
	// Strong is set where the words ask ("can you", "please", "instead"): then
	// they are a wish wherever they stand. Otherwise they are one only where
	// they answer nothing else.
	Strong bool
	// About is set when they speak of the check-ins by name.
	About bool
}

// longestWish bounds the words that are looked at; a longer text tells a story.
const longestWish = 30

// ReadPlanWish reads a wish, in English or Welsh, to be written to at other times. Each word of the
// text has to be one that such a wish is made of, so that no story about
// Thursdays is taken for one.
func ReadPlanWish(text string, today time.Time) (PlanWish, bool) {
	words, _ := inEnglish(wishWords(text))
	r := planReader{today: today, text: text, words: words}
	r.w.Clock, r.w.Earliest, r.w.Latest = -1, -1, -1
	if len(r.words) == 0 || len(r.words) > longestWish || !r.read() {
		return PlanWish{}, false
	}
	return r.w, true
}

var wishWord = regexp.MustCompile(`\d{1,2}[:.]\d{2}|\d{1,2}(?:st|nd|rd|th)\b|\d+|[a-zà-ÿ]+(?:'[a-z]+)?|[,;.!?]|[^\s\-"()]`)

func wishWords(text string) []string {
	text = withoutAccents.Replace(strings.ToLower(strings.ReplaceAll(text, "’", "'")))
	words := wishWord.FindAllString(text, longestWish+1)
	for i, w := range words {
		words[i] = strings.TrimSuffix(w, "'s")
	}
	return words
}

// dayWords are the days as people write them; a plural means every one.
var dayWords = func() map[string]time.Weekday {
	m := map[string]time.Weekday{}
	for i, name := range english.days {
		name = strings.ToLower(name)
		m[name], m[name[:3]] = time.Weekday(i), time.Weekday(i)
	}
	for name, w := range map[string]time.Weekday{
		"tues": time.Tuesday, "weds": time.Wednesday, "wednesdy": time.Wednesday, "wensday": time.Wednesday, "thur": time.Thursday,
		"thurs": time.Thursday, "thurday": time.Thursday, "thrusday": time.Thursday, "teusday": time.Tuesday, "tuseday": time.Tuesday, "firday": time.Friday,
	} {
		m[name] = w
	}
	return m
}()

var countWords = map[string]int{
	"one": 1, "a": 1, "an": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "second": 2, "third": 3, "fourth": 4, "other": 2, "couple": 2,
}

var partWords = map[string]string{
	"morning": "morning", "mornings": "morning", "afternoon": "afternoon", "afternoons": "afternoon",
	"evening": "evening", "evenings": "evening", "eve": "evening", "night": "evening", "nights": "evening",
}

// asking are the words that make a wish of what stands beside them.
var asking = wordList(`please pls plz instead change move switch swap reschedule rearrange`)

// speaking are words for the check-ins.
var speaking = wordList(`checkin checkins check checks message messages chat chats text texts questions write send contact`)

// denying are words that turn what stands beside them round.
var denying = wordList(`not no never don't dont can't cant cannot won't wont isn't isnt aren't arent doesn't doesnt bad avoid except nothing`)

// beside are the words that may stand in a wish and say nothing of their own.
var beside = wordList(`i i'd i'm id im we you me my us our your it that this these those the a an to on at in ins by for of be is are was have having
	has do does doing get getting if possible possibly maybe perhaps ok okay yes yeah hi hello hey sorry thanks thank cheers so well just then now
	from time times day days one works work good better best easier suit suits suited suitable fine free busy any anything more longer would could can will
	should shall may think actually really much bit quite too again with kind x mate about around early late earlier later prefer rather want
	wants like love need make set keep have it'd it'll there let lets let's i've rather than happy hope only always regularly usually normally
	possible start starting week weeks month months next coming o'clock oclock am pm and or but ones both wait work better slot put us what how ask
	hear today tomorrow often frequently less apart between before after half past quarter`)

// besideNoDay are words behind which "sun", "sat" and "wed" are no days.
var besideNoDay = wordList(`the in a some more i we he she they you got`)

func wordList(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}

type planReader struct {
	today time.Time
	text  string
	words []string
	i     int
	w     PlanWish

	// Of the clause at hand.
	deny   bool // something is turned round
	denied bool // and it was found
	old    bool // what follows is how it was: "instead of", "from"
	days   Days
	parts  []string
	span   bool   // "between" two times
	than   string // "earlier" or "later", before "than"
	said   bool   // anything that a wish is made of

	apart bool // a span in which they do not want to be written to: the hours kept are one span, so it is none
	dated bool // a day of the calendar was named
	many  int  // days that were named one by one
	or    bool
}

func (r *planReader) at(n int) string {
	if r.i+n < 0 || r.i+n >= len(r.words) {
		return ""
	}
	return r.words[r.i+n]
}

// is tells whether the words from here on are these.
func (r *planReader) is(phrase string) bool {
	for n, w := range strings.Fields(phrase) {
		if r.at(n) != w {
			return false
		}
	}
	return true
}

func (r *planReader) read() bool {
	for r.i < len(r.words) {
		switch {
		case r.rhythm(), r.clock(), r.date(), r.day(), r.part(), r.other(), r.joint():
		case beside[r.at(0)] || asking[r.at(0)] || speaking[r.at(0)]:
			r.i++
		default:
			return false
		}
	}
	r.clause()
	if r.apart {
		return false
	}
	if r.w.On.IsZero() && r.dated {
		return false // a day of the calendar that is none, or past
	}
	r.w.Either = r.or && r.many > 1
	r.w.Days &^= r.w.Not
	if r.w.Part == r.w.NotPart {
		r.w.Part = ""
	}
	return r.said
}

// joint takes the words that say how the others belong together.
func (r *planReader) joint() bool {
	word := r.at(0)
	switch {
	case (r.is("so is") || r.is("so are") || r.is("and so is") || r.is("and so are")) && r.deny: // "Monday is bad and so is Tuesday"
		r.clause()
		r.deny = true
	case word == "but" && (r.at(-1) == "anything" || r.at(-2) == "any"): // "any day but Monday"
		r.deny = true
	case strings.ContainsAny(word, ",;.!?") || word == "but":
		r.clause()
	case word == "busy", r.is("at work"): // names what does not suit
		r.deny = !r.deny
	case denying[word]:
		if r.i == 0 && word == "no" && (r.at(1) == "," || r.at(1) == "." || r.at(1) == "") {
			break
		}
		r.deny = true
	case r.is("earlier than"), r.is("later than"):
		r.than = word
	case r.is("instead of"), r.is("rather than"):
		r.old, r.w.Strong = true, true
		r.i++
	case word == "from" && !r.is("from now"):
		r.old = true
	case word == "to" && r.old:
		r.old = false
	case word == "or":
		r.or = true
	case r.is("from now on"), r.is("all the time"), r.is("every time"), r.is("each time"):
		r.w.Always = true
		r.i += 2
	case r.is("this time"), r.is("this week"), r.is("next time"), r.is("next one"), r.is("next week"), r.is("just once"), r.is("one off"), r.is("only once"):
		r.w.Once = true
		r.i++
	case asking[word]:
		r.w.Strong = true
	case (word == "can" || word == "could" || word == "would") && slices.Contains([]string{"you", "we", "i", "it"}, r.at(1)):
		r.w.Strong = r.w.Strong || !r.is("would it") && !r.is("would i")
	case speaking[word]:
		r.w.About = true
		r.w.Strong = true
	default:
		return false
	}
	r.i++
	return true
}

// clause ends a clause: "Fridays are no good" turns round what stands before.
func (r *planReader) clause() {
	r.apart = r.apart || r.span && r.deny
	if r.deny && !r.denied {
		r.w.Days &^= r.days
		r.w.Not |= r.days
		for _, part := range r.parts {
			r.w.NotPart = part
		}
	}
	r.deny, r.denied, r.old, r.days, r.parts, r.span, r.than = false, false, false, 0, nil, false, ""
}

// day takes a day of the week.
func (r *planReader) day() bool {
	word := r.at(0)
	w, ok := dayWords[word]
	plural := false
	if !ok {
		w, ok = dayWords[strings.TrimSuffix(word, "s")]
		plural = ok
	}
	if word == "weekends" || word == "weekend" {
		r.take(Days(0).With(time.Saturday).With(time.Sunday))
		r.i++
		return true
	}
	if !ok || len(word) == len("sun") && besideNoDay[r.at(-1)] {
		return false
	}
	if plural && !r.deny {
		r.w.Always = true
	}
	if r.at(-1) == "this" || r.at(-1) == "next" {
		r.w.Once = true
	}
	r.take(Days(0).With(w))
	r.i++
	return true
}

// take notes days, wanted or not.
func (r *planReader) take(d Days) {
	r.said = true
	switch {
	case r.old:
	case r.deny:
		r.w.Not |= d
		r.denied = true
	default:
		r.w.Days |= d
		r.days |= d
		r.many++
	}
}

// part takes a part of the day.
func (r *planReader) part() bool {
	part, ok := partWords[r.at(0)]
	if !ok {
		return false
	}
	r.said = true
	switch {
	case r.old:
	case r.deny:
		r.w.NotPart, r.denied = part, true
	default:
		r.w.Part = part
		r.parts = append(r.parts, part)
		if strings.HasSuffix(r.at(0), "s") {
			r.w.Always = true
		}
	}
	r.i++
	return true
}

// date takes a day of the calendar, which the reader of dates reads.
func (r *planReader) date() bool {
	word := r.at(0)
	_, month := monthWords[word]
	if !ordinal(word) && !month && word != "tomorrow" && !(r.dated && isNumber(word)) && !(isNumber(word) && monthWords[r.at(1)] > 0) {
		return false
	}
	if read := reply.Date(r.text, r.today); read.OK {
		r.w.On, r.w.Once = read.Value, true
	}
	r.dated, r.said = true, true
	r.i++
	return true
}

var monthWords = func() map[string]int {
	m := map[string]int{}
	for i, name := range english.months {
		name = strings.ToLower(name)
		if name != "may" { // also a word of asking
			m[name], m[name[:3]] = i+1, i+1
		}
	}
	return m
}()

func isNumber(word string) bool { _, err := strconv.Atoi(word); return err == nil }

// other takes the wish for another day or time that names none.
func (r *planReader) other() bool {
	n := 1
	switch r.at(0) {
	case "another", "different":
	case "change", "move", "switch", "swap", "other":
		for n < 4 && slices.Contains([]string{"the", "my", "our", "check", "checkin", "in", "chat", "to", "a", "different", "another"}, r.at(n)) {
			n++
		}
	default:
		return false
	}
	switch r.at(n) {
	case "day", "days":
		r.w.OtherDay = true
	case "time", "times":
		r.w.OtherTime = true
	default:
		if r.at(0) == "another" || r.at(0) == "different" {
			r.i++
			return true
		}
		return false
	}
	if r.at(n+1) == "and" || r.at(n+1) == "or" {
		switch r.at(n + 2) {
		case "day", "days":
			r.w.OtherDay = true
		case "time", "times":
			r.w.OtherTime = true
		}
	}
	r.w.Strong = r.w.Strong || r.at(0) != "other"
	r.said = true
	r.i += n + 1
	return true
}
