package reply

import (
	_ "embed" // for the scales
	"math"
	"slices"
	"strconv"
	"strings"
)

// Labels such as "Very happy", "Happy" and "Not happy" are steps of one scale, and
// "really happy" or "over the moon" is one of them although it is another's word.

//go:embed degrees.txt
var degreesText string

// degreeWord is a word or phrase of a scale.
type degreeWord struct {
	scale int
	words []shape
	// value is its step, from -1 to 1. A head is +1 or -1 and takes degrees.
	value float64
	head  bool
	// wholly: by itself it says all of it, as "certain" does and "sure" does not.
	wholly bool
	// alone: it makes no label a step of the scale, and only says one.
	alone bool
}

// degreeScales are the scales of degrees.txt.
type degreeScales struct {
	by     map[string][]degreeWord // by the stem of their first word
	oneWay []bool                  // by scale: a no says nothing
	every  []bool                  // by scale: all labels have to be steps of it
}

var scales = readDegrees(degreesText)

// readDegrees reads degrees.txt, which says at its top what its signs mean.
func readDegrees(text string) degreeScales {
	d := degreeScales{by: map[string][]degreeWord{}}
	lines := map[string][]string{}
	var name string
	read := func(line string, alone bool) {
		sign, phrases, _ := strings.Cut(line, " ")
		w := degreeWord{scale: len(d.oneWay) - 1, head: strings.Trim(sign, "+") == "" || strings.Trim(sign, "-") == "", wholly: len(sign) == 2 && sign[0] == sign[1], alone: alone}
		switch sign {
		case "+", "++":
			w.value = 1
		case "-", "--":
			w.value = -1
		default:
			v, err := strconv.ParseFloat(sign, 64)
			if err != nil {
				panic("degrees: " + line)
			}
			w.value = v
		}
		for phrase := range strings.SplitSeq(phrases, "|") {
			w.words = shapesOf(nameWords(phrase))
			first := w.words[0].index()
			d.by[first] = append(d.by[first], w)
		}
	}
	for line := range strings.SplitSeq(text, "\n") {
		switch before, after, _ := strings.Cut(line, " "); {
		case line == "" || line[0] == '#':
		case before == "=":
			name = after
			d.oneWay, d.every = append(d.oneWay, false), append(d.every, false)
		case line == "one way":
			d.oneWay[len(d.oneWay)-1] = true
		case line == "every label":
			d.every[len(d.every)-1] = true
		case before == "use", before == "phrases":
			from := strings.TrimPrefix(after, "of ")
			for _, l := range lines[from] {
				if before == "use" || l[0] != '+' && !strings.HasPrefix(l, "- ") && !strings.HasPrefix(l, "-- ") {
					read(l, from == "how much")
				}
			}
		default:
			lines[name] = append(lines[name], line)
			read(line, false)
		}
	}
	return d
}

// index is what phrases are found by.
func (s *shape) index() string {
	if s.number || s.stem == "" {
		return s.key
	}
	return s.stem
}

// degree is a step of a scale that some words say.
type degree struct {
	value    float64
	from, to int
}

// degrees finds what words say on each scale that has a ladder, or on all, the
// longest phrase first.
func (c *chooser) degrees(ladders []ladder) [][]degree {
	out := make([][]degree, len(scales.oneWay))
	for i := range c.shapes {
		for _, w := range scales.by[c.shapes[i].index()] {
			if ladders != nil && ladders[w.scale].many == 0 {
				continue
			}
			to := c.phraseEnd(i, w.words)
			if to == 0 || w.alone && c.clause == nil || to == i+1 && c.hardToSay(i) || c.word(i) == "as" && c.word(i-2) == "as" { // "as bad as I thought"
				continue
			}
			d := degree{w.value, i, to}
			if w.head {
				d = c.modified(d, scales.oneWay[w.scale], w.wholly)
			}
			if w.head && math.IsNaN(d.value) || c.clause != nil && !c.states(d, w) {
				continue
			}
			all := out[w.scale]
			switch last := len(all) - 1; {
			case last < 0 || all[last].to <= d.from:
				out[w.scale] = append(all, d)
			case d.from <= all[last].from && d.to-d.from > all[last].to-all[last].from:
				all[last] = d
			}
		}
	}
	return out
}

// states tells that words of a scale are what their clause says, and not part of
// another thing: "all" but not "all week", and no "could be better" either.
func (c *chooser) states(d degree, w degreeWord) bool {
	if w.head && d.from > 0 && supposers[c.tokens[d.from-1].text] || c.denies(d.from) {
		return false
	}
	if len(w.words) > 1 && c.leeway(w.words) > 0 {
		return true
	}
	from := d.from
	for from > 0 && strongDegrees[c.tokens[from-1].text] {
		from--
	}
	others := 3
	if !w.head {
		others = min(3, c.leeway(w.words))
	}
	end := max(d.to, c.ends[c.clause[from]])
	return c.plainAround(from, d.to, others) || (c.carriedOn(from) || c.ofThing(from)) && c.others[end]-c.others[d.to] <= others
}

// ofThing tells that what stands at a token is said of a thing that opens its
// clause: the "freezing" of "but the room was freezing".
func (c *chooser) ofThing(i int) bool {
	n, start := c.clause[i], 0
	if n > 0 {
		start = c.ends[n-1]
	}
	for i--; i > start && !saidOfThings[c.word(i)]; i-- {
		if !betweenDegrees[c.word(i)] {
			return false
		}
	}
	return i > start && c.others[i]-c.others[start] <= 1
}

var saidOfThings = set("is was are were")

// carriedOn tells that an "and" begins anew before a token: "I had built it up and
// it was fine".
func (c *chooser) carriedOn(i int) bool {
	subject := false
	for k := i - 1; k > 0 && k > i-6; k-- {
		switch w := c.word(k); {
		case w == "and":
			return subject
		case w == "it" || pronouns[w]:
			subject = true
		case !betweenDegrees[w]:
			return false
		}
	}
	return false
}

// How much the words around a head say of it.
const (
	plainly = .7
	fairly  = .5
	mildly  = .3
)

// modified gives a head the degree and the no that stand with it.
func (c *chooser) modified(d degree, oneWay, whole bool) degree {
	much, wholly, no := 0.0, false, false
	end := d.from
	for k := end - 1; k >= 0 && k >= end-6 && !no; k-- {
		w := c.tokens[k].text
		switch {
		case c.tokens[k].kind == markToken:
			k = -1
			continue
		case w == "no" && pronouns[c.word(k+1)]: // "no I am fine"
			k = -1
			continue
		case degreeDeniers[w]:
			no = true
		case strongDegrees[w]:
			much = firstOf(much, 1)
		case fairDegrees[w]:
			much = firstOf(much, fairly)
		case mildDegrees[w]:
			much = firstOf(much, mildly)
		case w == "at" && k+1 < len(c.tokens) && c.tokens[k+1].text == "all":
			wholly = true
		case !betweenDegrees[w]:
			k = -1
			continue
		}
		d.from = k
	}
	for d.from < end && betweenDegrees[c.tokens[d.from].text] {
		d.from++
	}
	d.to, much, wholly = c.trailing(d.to, much, wholly)
	switch {
	case much != 0:
	case whole && !no:
		much = 1
	default:
		much = plainly
	}
	switch {
	case !no:
	case oneWay:
		d.value = math.NaN()
		return d
	case wholly:
		much = -1
	case much == plainly: // which may be neither
		much = -.35
	default: // not very, not that
		much = -mildly
	}
	d.value *= much
	return d
}

// trailing reads the degree behind a head: "helped a bit", "not happy at all".
func (c *chooser) trailing(to int, much float64, wholly bool) (int, float64, bool) {
	for k := to; k < len(c.tokens) && k < to+4; k++ {
		switch w := c.tokens[k].text; {
		case w == "all" && c.tokens[k-1].text == "at", w == "whatsoever":
			return k + 1, much, true
		case mildDegrees[w]:
			return k + 1, firstOf(much, mildly), wholly
		case w == "enough":
			return k + 1, firstOf(much, fairly), wholly
		case w == "lot" || w == "loads" || w == "lots" || w == "enormously" || w == "massively" || w == "indeed" && much == 1:
			return k + 1, firstOf(much, 1), wholly
		case w != "a" && w != "me" && w != "at" && w != "it" && w != "quite" && w != "only" && w != "just" && w != "with":
			return to, much, wholly
		}
	}
	return to, much, wholly
}

func firstOf(a, b float64) float64 {
	if a != 0 {
		return a
	}
	return b
}

var (
	degreeDeniers  = set("not never no nor neither hardly barely without nothing scarcely")
	strongDegrees  = set("pure very really so extremely completely totally absolutely incredibly dead well strongly fully bloody super proper too much highly hugely massively ever most that 100 utterly entirely thoroughly immensely especially particularly terribly awfully awful severely far way miles lot loads lots all perfectly wholly deeply right seriously exceptionally exceedingly bloomin blooming mega ultra remarkably jolly severe overly damn")
	fairDegrees    = set("fairly quite pretty reasonably rather moderately somewhat mostly generally mainly largely kinda sufficiently relatively broadly")
	mildDegrees    = set("bit little slightly tad touch mildly wee tiny marginally smidge somewhat vaguely")
	betweenDegrees = set("a an the it is am was be been are feel feels feeling felt at i of with my me would say exactly what you call kind sort in do did much has have got get find found made being as go gone going went")
)

// graded reads a reply where labels are steps of one scale.
func (c *chooser) graded() (m mention, ok bool) {
	if c.wonders() {
		return m, false
	}
	ladders, fits := c.ladders()
	if !fits {
		return m, false
	}
	best := 1
	var found []mention
	good, bad := false, false
	for s, said := range c.degrees(ladders) {
		steps, many := ladders[s].steps, ladders[s].many
		if len(said) == 0 || many <= best {
			continue
		}
		best, found, good, bad = many, nil, false, false
		c.stepless = map[string]bool{}
		for n, step := range steps {
			if math.IsNaN(step) {
				c.stepless[c.options[n].Value] = true
			}
		}
		for _, d := range c.tempered(said) {
			if comparing[c.tokens[d.from].text] && (c.speaks(d.from-1) || c.speaks(d.to)) { // "more sleep"
				continue
			}
			good, bad = good || d.value > mildly, bad || d.value < -mildly
			found = append(found, mention{option: nearest(steps, d.value), from: d.from, to: d.to, rank: rankPart, rule: "choice/degree"})
		}
	}
	if found == nil || slices.ContainsFunc(found, func(m mention) bool { return m.option < 0 }) {
		return m, false
	}
	if n := c.mixedLabel(); good && bad && n >= 0 {
		last := found[len(found)-1]
		return mention{option: n, from: found[0].from, to: last.to, rule: "choice/degree"}, true
	}
	c.turned(found)
	found = slices.DeleteFunc(c.corrected(found), func(m mention) bool { return m.denied })
	if len(found) == 0 {
		return m, false
	}
	for _, f := range found[1:] {
		if f.option != found[0].option {
			return m, false
		}
	}
	return found[0], true
}

// mixedLabel is the option for good and bad at once, such as "Mixed"; -1: there is
// none.
func (c *chooser) mixedLabel() int {
	for n := range c.names {
		if name := &c.names[n]; name.rank == rankLabel && slices.ContainsFunc(name.words, func(w shape) bool { return mixing[w.text] }) {
			return name.option
		}
	}
	return -1
}

var mixing = set("mixed both mixture mix")

// tempered makes one step of a yes and of the more that it is not: "pretty sure
// I'll manage, not certain" is fairly sure.
func (c *chooser) tempered(d []degree) []degree {
	if len(d) != 2 || d[0].value <= 0 || d[1].value >= 0 || d[1].value < -.4 || d[1].from-d[0].to > 5 || !degreeDeniers[c.tokens[d[1].from].text] {
		return d
	}
	for _, t := range c.tokens[d[0].to:d[1].from] {
		if t.text == "now" || t.text == "or" || t.text == "then" || correctionWords[t.text] {
			return d
		}
	}
	return []degree{{min(d[0].value, fairly), d[0].from, d[0].to}}
}

// stepped takes the step that a reply says. Where a label was named, the step is
// that label's, or says more than the label: "really happy" for "Happy".
func (c *chooser) stepped(named Reading[string], m mention) Reading[string] {
	value := c.options[m.option].Value
	switch {
	case named.OK && named.Value == value:
		return named
	case named.OK && (m.from > c.from || m.to < c.to):
		return Reading[string]{Rule: "choice/several", AskBack: true}
	case named.Rule == "choice/several":
		return named
	}
	c.from, c.to = m.from, m.to
	return Reading[string]{Value: value, OK: true, Rule: m.rule, AskBack: true}
}
