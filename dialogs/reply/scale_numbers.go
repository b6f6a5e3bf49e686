package reply

import (
	"slices"
	"strings"
)

// scores are the quantities of a text, with the phrases that name a point of
// the scale without a number: half way is 5, top marks 10, the bottom 0.
func scores(t []token) []quantity {
	q := outOfTen(t, quantities(t))
	if len(q) == 0 {
		if w, ok := loneNumber(t); ok {
			return []quantity{w}
		}
	}
	var out []quantity
	next := 0
	for i := 0; i < len(t); i++ {
		for next < len(q) && q[next].from <= i {
			if q[next].from == i {
				out = append(out, q[next])
				i = q[next].to
			}
			next++
		}
		if i >= len(t) {
			break
		}
		if p, ok := scalePoint(t, i); ok {
			out = append(out, p)
			i = p.to - 1
		}
	}
	return out
}

// loneNumbers are words that are numbers only when they are the whole reply:
// Roman numerals, and Welsh numbers that are English words too.
var loneNumbers = map[string]float64{
	"ii": 2, "iii": 3, "iv": 4, "vi": 6, "vii": 7, "viii": 8, "ix": 9,
	"o": 0, "dim": 0, "un": 1, "dwy": 2, "tri": 3, "tair": 3, "naw": 9, "pump": 5, "deg": 10, "hanner": 5,
}

// soundNumbers are words that dictation writes for a number.
var soundNumbers = map[string]float64{
	"won": 1, "to": 2, "too": 2, "for": 4, "fore": 4, "ate": 8,
}

var besideLone = set("tua o ddeg allan ffordd yn diolch heddiw rhif dwi dw i efallai fi plis os gwelwch dda a an about id say x please thanks today am it is um erm")

func loneNumber(t []token) (quantity, bool) {
	at := -1
	for i, w := range t {
		_, ok := loneNumbers[w.text]
		_, sounds := soundNumbers[w.text]
		switch {
		case w.kind != wordToken:
		case (ok || sounds) && at < 0:
			at = i
		case !besideLone[w.text]:
			return quantity{}, false
		}
	}
	if at < 0 {
		return quantity{}, false
	}
	v, ok := loneNumbers[t[at].text]
	if !ok {
		v = soundNumbers[t[at].text]
	}
	return quantity{value: v, from: at, to: at + 1, word: true, phrase: true, heard: !ok}, true
}

// point is a phrase that names a place on the scale.
type point struct {
	words []string
	value float64
	// sure phrases mean the scale wherever they stand; the others only when
	// nothing but small words stand around them.
	sure bool
}

var points = []point{
	{[]string{"half", "way"}, 5, true}, {[]string{"halfway"}, 5, true}, {[]string{"half-way"}, 5, true}, {[]string{"midway"}, 5, true}, {[]string{"mid", "way"}, 5, true},
	{[]string{"mid", "point"}, 5, true}, {[]string{"midpoint"}, 5, true}, {[]string{"middle", "of", "the", "scale"}, 5, true},
	{[]string{"middle"}, 5, false}, {[]string{"centre"}, 5, false}, {[]string{"half"}, 5, false},
	{[]string{"top", "marks"}, 10, true}, {[]string{"full", "marks"}, 10, true}, {[]string{"top", "of", "the", "scale"}, 10, true}, {[]string{"top", "score"}, 10, true}, {[]string{"maximum", "score"}, 10, true}, {[]string{"highest", "score"}, 10, true},
	{[]string{"top", "rung"}, 10, false}, {[]string{"top", "of", "the", "tree"}, 10, false}, {[]string{"top", "of", "the", "ladder"}, 10, false}, {[]string{"bottom", "rung"}, 0, false}, {[]string{"bottom", "of", "the", "ladder"}, 0, false},
	{[]string{"middle", "of", "the", "road"}, 5, false}, {[]string{"mid", "range"}, 5, false}, {[]string{"down", "the", "middle"}, 5, false}, {[]string{"half", "way", "mark"}, 5, true}, {[]string{"halfway", "mark"}, 5, true},
	{[]string{"as", "low", "as"}, 0, false}, {[]string{"as", "high", "as"}, 10, false}, {[]string{"could", "not", "be", "lower"}, 0, false}, {[]string{"could", "not", "be", "higher"}, 10, false}, {[]string{"can", "not", "get", "lower"}, 0, false}, {[]string{"can", "not", "get", "higher"}, 10, false},
	{[]string{"top"}, 10, false}, {[]string{"maximum"}, 10, false}, {[]string{"max"}, 10, false}, {[]string{"highest"}, 10, false}, {[]string{"top", "whack"}, 10, true},
	{[]string{"rock", "bottom"}, 0, true}, {[]string{"bottom", "of", "the", "scale"}, 0, true}, {[]string{"bottom", "marks"}, 0, true}, {[]string{"bottom", "score"}, 0, true},
	{[]string{"bottom"}, 0, false}, {[]string{"minimum"}, 0, false}, {[]string{"lowest"}, 0, false}, {[]string{"lowest", "score"}, 0, true},
}

// aroundPoint are the small words that may stand around an unsure phrase.
var aroundPoint = set(`at the right in near about around im i am it is just slap bang dead smack feeling feel today now this week somewhere probably maybe say would think very really still
on of scale number score possible one please thanks lol tbh so id be put me to absolute pretty much honest honestly are things well hit ive have yeah yes sat sitting been as stuck end your straight goes can get gets go could any`)

// nearEnd are words that leave it open how far from an end of the scale one is.
var nearEnd = set("near nearly almost around about end towards close somewhere been have ive ever")

func init() {
	for _, p := range points {
		for _, w := range p.words {
			known.id(w)
		}
	}
	for w := range aroundPoint {
		known.id(w)
	}
}

func scalePoint(t []token, i int) (quantity, bool) {
	best := -1
	for _, k := range pointsFrom[t[i].plainText()] {
		if p := points[k]; (best < 0 || len(p.words) > len(points[best].words)) && spells(t, i, p.words) {
			best = k
		}
	}
	if best < 0 {
		return quantity{}, false
	}
	p := points[best]
	q := quantity{value: p.value, from: i, to: i + len(p.words), word: true, phrase: true, heard: p.words[0] == "half" && len(p.words) == 1}
	r := numberReader{t}
	if p.value == 5 && !r.up(q.to) && (r.is(q.to, "between") || r.is(q.to, "to") || r.is(q.to, "through") || r.is(q.to, "up") || r.is(q.to, "down") || r.is(q.to, "there") || r.is(q.to, "house") || r.is(q.to, "home")) {
		return quantity{}, false
	}
	if !p.sure && (!onlyAround(t, q) || p.value != 5 && slices.ContainsFunc(t, func(w token) bool { return nearEnd[w.text] })) {
		return quantity{}, false
	}
	return q, true
}

// up tells "half way up the scale".
func (r numberReader) up(i int) bool {
	return (r.is(i, "up") || r.is(i, "down")) && (r.is(i+1, "the") || r.is(i+1, "your")) && (r.is(i+2, "scale") || r.is(i+2, "ladder") || r.is(i+2, "line"))
}

// pointsFrom says by first word which points may begin there.
var pointsFrom = func() map[string][]int {
	by := map[string][]int{}
	for k, p := range points {
		by[p.words[0]] = append(by[p.words[0]], k)
	}
	return by
}()

func spells(t []token, i int, words []string) bool {
	for k, w := range words {
		if i+k >= len(t) || t[i+k].kind != wordToken || t[i+k].text != w && t[i+k].plainText() != w {
			return false
		}
	}
	return true
}

func onlyAround(t []token, q quantity) bool {
	for i, w := range t {
		if w.kind == wordToken && (i < q.from || i >= q.to) && !aroundPoint[w.text] {
			return false
		}
		if w.kind == numberToken {
			return false
		}
	}
	return true
}

// afterScore are the words in -s that follow a score without being counted.
var afterScore = set(`was this is has its yes thanks always perhaps cos cus ngl bab comma hinny pet duckie babe babes chuck flower petal sweetheart sweetie darling treacle boss chief guv sir madam buddy dude bro sis fella because less plus does vs as his hers us besides sometimes feels seems gets looks means helps keeps makes goes comes says lets needs
towards afterwards xs points marks unless across versus x's cheers regards mondays things was was bless minus nevertheless nonetheless guess yes ups whatevers boyo ken likes marra butt bach cariad lads's works sounds things's depends stays sums sometimes plus`)

// countsThings tells "2 tablets" and "3 hot meals": a number before a plural.
func (s *scaleReader) countsThings(q quantity) bool {
	i := q.to
	if !s.wordAt(i) {
		return false
	}
	if plural(s.tokens[i].text) {
		return true
	}
	return s.wordAt(i+1) && !smallWord[s.tokens[i].text] && plural(s.tokens[i+1].text)
}

func (s *scaleReader) wordAt(i int) bool {
	return i < len(s.tokens) && s.tokens[i].kind == wordToken
}

func plural(w string) bool {
	n := len(w)
	return n >= 4 && w[n-1] == 's' && w[n-2] != 's' && w[n-2] != 'u' && w[n-2] != 'i' && !afterScore[w]
}

// smallWord are words after which a plural is not what a number counts.
var smallWord = set(`and but or so because as if when while with without i it is was my the a an this that these those for to at on in by from than then today now am are been feeling feel still again maybe probably though
not no of out all some many most few his her our your their what who how why which has have had can will would could lots loads despite since until after before about around ok fine please tired happy low sad up down getting doing going he she they we you me him them us more very really quite too also only just even mostly mainly thanks due think thinks better worse good bad great`)

// oneIsScore tells the score "one" from the word "one".
func (s *scaleReader) oneIsScore(q quantity) bool {
	i := q.from - 1
	if i >= 0 && (s.tokens[i].kind == numberToken && !s.tokens[q.from].space || s.tokens[i].suffix != "") {
		return false
	}
	if i >= 0 && s.tokens[i].kind == wordToken && !beforeOne[s.tokens[i].text] {
		return false
	}
	if !s.wordAt(q.to) {
		return true
	}
	return afterOne[s.tokens[q.to].text]
}

// oneThing tells "1 visitor" from the score 1: a word behind it in its clause
// that is none of those that follow a score.
func (s *scaleReader) oneThing(q quantity) bool {
	return s.wordAt(q.to) && !afterOne[s.tokens[q.to].text] && !smallWord[s.tokens[q.to].text] && s.tokens[q.to].id == 0
}

// unknownThing tells "10 pin" from a score: a word right behind the number that
// no rule knows is almost always what it counts. And who
// says "I am a 7" counts nothing.
func (s *scaleReader) unknownThing(q quantity) bool {
	if !s.wordAt(q.to) || s.tokens[q.to].id != 0 || smallWord[s.tokens[q.to].text] || afterScore[s.tokens[q.to].text] {
		return false
	}
	for i := q.from - 1; i >= 0 && i > q.from-4 && s.wordAt(i); i-- {
		if saysScore[s.tokens[i].text] {
			return false
		}
	}
	w := s.tokens[q.to].text
	return len(w) > 2 && !adjective(w)
}

// adjective tells by its end a word that says how one is, or how it was.
func adjective(w string) bool {
	for _, tail := range []string{"ed", "ing", "ly", "ful", "less", "y", "ish"} {
		if strings.HasSuffix(w, tail) {
			return true
		}
	}
	return false
}

// saysScore are words before a number that is said of oneself.
var saysScore = set("say am im give be score rate feel feeling call it probably about still mood today maybe lowkey solid")

// zeroOf tells "zero energy" from the score "zero".
func (s *scaleReader) zeroOf(q quantity) bool {
	return s.wordAt(q.to) && !afterOne[s.tokens[q.to].text] && !smallWord[s.tokens[q.to].text]
}

var (
	beforeOne = set(`honest tbh suppose reckon mood hovering hover round roughly moment scale scoring myself guess general whole balance all truthfully realistically feel felt generally number answer rating level wait sorry meant mean actually solid put hmm um ok okay honestly overall feeling on week then so scrap hang rather a is am be about at say just only around maybe probably still give it and or to now today like was not well think than definitely but my score under over below above down up`)
	afterOne  = set(`sounds generally mate x xx xxx tonight overall same hoping want from not could like hun atm ish atm hope wish cos as since was is thank cheers really honestly today now this maybe i please lol tbh and but because out or at so again really probably thanks sorry for it im if think feeling still to points marks`)
)
