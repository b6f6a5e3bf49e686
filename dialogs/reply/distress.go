package reply

import (
	"embed"
	"slices"
	"strconv"
	"strings"
)

//go:embed distress/*.rules
var distressFiles embed.FS

// distressSources are the files of rules, in the order in which they are read:
// what they share first.
var distressSources = []string{"words", "suicide", "acts", "farewell", "wishes", "harm", "body", "signs", "home", "oblique", "families", "scenes", "settled", "welsh", "idioms"}

// Distress tells whether a text may speak of danger, and which rule says so; the
// last of them is the wording as a whole, see wording.go.
// It is a tripwire, not a judgement: it never grades, and every hit goes to a
// person (DOMAIN h). First-person talk of suicide or self-harm counts even if
// denied, joking or past; idiom and a past death of someone else do not.
//
// All of a text is read, up to LongestText.
func Distress(text string) (RuleID, bool) {
	for p := range pieces(text) {
		h := hear(p)
		if id, found := h.ruled(0, anywhere); found {
			return id, true
		}
		if wording().sees(h.forms()) {
			return wordingRule, true
		}
	}
	return "", false
}

// DistressAcross tells whether danger is spread over messages that came one after
// the other, oldest first: a rule sees it in a phrase that begins in an earlier
// one and ends in the last. The classifier takes no part, since words of different
// messages that only stand near each other would weigh as one sentence.
func DistressAcross(texts []string) (RuleID, bool) {
	all := strings.Join(texts, "\n")
	seam := len(all) - len(texts[len(texts)-1])
	for p := range pieces(all) {
		over := func(s Span) bool { return p.at+s.From < seam && p.at+s.To > seam }
		h, at := hear(p), 0
		for at < len(h.words) && p.at+h.span(at, at+1).From < seam {
			at++
		}
		if id, found := h.ruled(at, over); found {
			return id, true
		}
	}
	return "", false
}

// PartOfDanger tells whether a text can be a part of danger that is spread over
// messages: a phrase of danger begins with one of its words, or needs it.
func PartOfDanger(text string) bool {
	for p := range pieces(text) {
		for _, w := range hear(p).words {
			if distress.dangers.wants(w.id) {
				return true
			}
		}
	}
	return false
}

func anywhere(Span) bool { return true }

// heard is a piece of a text as both the rules and the classifier of distress
// read it.
type heard struct {
	piece  piece
	folded folded
	tokens []token
	words  []symbol
	// idioms are, by word, those that cover it.
	idioms []idiomSet
}

func hear(p piece) heard {
	f := fold(p.text)
	t := mended(withoutFillers(unspell(f, scan(f))))
	h := heard{piece: p, folded: f, tokens: t, words: symbolsOf(t)}
	h.idioms = make([]idiomSet, len(h.words))
	distress.idioms.find(matcher{words: h.words, limit: comma, clause: true}, func(hit hit) bool {
		for i := hit.from; i < hit.to; i++ {
			h.idioms[i] |= 1 << hit.rule
		}
		return true
	})
	return h
}

// ruled tells which rule sees danger in a part of a text that counts.
func (h heard) ruled(seam int, counts func(Span) bool) (found RuleID, ok bool) {
	w := h.words
	distress.dangers.find(matcher{words: w, limit: comma, seam: seam}, func(hit hit) bool {
		r := &distress.rules[hit.rule]
		for i := hit.from; i < hit.to; i++ {
			if h.idioms[i]&r.idioms != 0 {
				return true
			}
		}
		if s := h.span(hit.from, hit.to); !h.piece.counts(s) || !counts(s) {
			return true
		}
		if r.denied && (deniedBefore(w, hit.from) || !distress.dangers.negates[hit.pattern] && deniedInside(w, hit)) || r.present && pastAround(w, hit) {
			return true
		}
		found = r.id
		return false
	})
	return found, found != ""
}

// span gives the bytes of the piece that the words from..to came from.
func (h heard) span(from, to int) Span {
	if from == to {
		to = min(from+1, len(h.words)) // of a phrase that takes no word
	}
	return h.folded.source(h.tokens[h.words[from].token].from, h.tokens[h.words[to-1].token].to)
}

// symbolsOf is a text as the rules of distress see it.
func symbolsOf(t []token) []symbol {
	w := words(t)
	for i := range w {
		w[i].id = sizeOf(t[w[i].token], w[i].id)
		w[i].idle = distress.idle.has(w[i].id)
		w[i].clause = opensClause(w, i)
		if w[i].brk == noBreak && i > 0 && (w[i].clause || w[i-1].clause || w[i-1].id == becauseID) {
			w[i].brk = comma
		}
		switch x := t[w[i].token]; {
		case w[i].id == wiID:
			w[i].id = withID
		case w[i].id == theID && x.to-x.from == len("da") && i > 0 && w[i-1].id == myID:
			w[i].id = dadID // otherwise "da" is "the"
		case i+1 == len(w):
		case (w[i].id == meID || w[i].id == maID) && (distress.owned.has(w[i+1].id) || w[i].id == maID && w[i+1].id == theID):
			w[i].id = myID // "me mam", "ma tablets"
		case w[i].id == noID && distress.undone.has(w[i+1].id):
			w[i].id = notID // "no wanting to wake"
		}
	}
	return w
}

// opensClause tells whether a word begins a clause of its own: "but", and "and"
// or "because" before "I" or "he".
func opensClause(w []symbol, i int) bool {
	switch w[i].id {
	case butID:
		return true
	case andID, becauseID:
		for i++; i < len(w) && w[i].id == thenID; i++ {
		}
		return i < len(w) && clauseSubjects.has(w[i].id)
	}
	return false
}

// manyPills is from how many on a number of tablets is read as too many. It is
// a tripwire's figure, not a dose: no usual prescription takes so many at once.
const manyPills = 8

// sizeOf tells a year and a large number from other numbers.
func sizeOf(t token, id wordID) wordID {
	switch {
	case t.kind != numberToken || t.digits == "999" || t.digits == "112":
	case len(t.digits) == 4 && 1940 <= t.value && t.value < 2100:
		return yearID
	case t.value >= manyPills:
		return manyID
	}
	return id
}

// withoutFillers leaves out "to be honest", "kind of" and "sort of", which say
// nothing, from a reply. "What kind of" and "some sort of" do.
func withoutFillers(t []token) []token {
	out := t[:0]
	for _, x := range t {
		out = append(out, x)
		n := len(out)
		switch {
		case n > 2 && x.text == "honest" && out[n-2].text == "be" && out[n-3].text == "to":
			out = out[:n-3]
		case n > 2 && x.text == "of" && (out[n-2].text == "kind" || out[n-2].text == "sort") && !beforeKind[out[n-3].text]:
			out = out[:n-2]
		}
	}
	return out
}

// beforeKind are words before which "kind of" asks for or names a kind.
var beforeKind = set("what some any this that a the all every these no which my your different one")

var (
	wiID, withID, theID, dadID = known.id("wi"), known.id("with"), known.id("the"), known.id("dad")

	meID, maID, myID, thenID = known.id("me"), known.id("ma"), known.id("my"), known.id("then")

	// clauseSubjects are whom a clause of its own speaks of.
	clauseSubjects = wordsOf("i we he she they my")
)

// distressRule is one rule of the files of distress.
type distressRule struct {
	id            RuleID
	about         string
	owner, review string
	// denied rules do not fire behind a "no" or "not"; present rules do not
	// fire on what is said to be long past.
	denied, present bool
	idiom           bool
	// only names the rules that an idiom keeps quiet; nil: all of them.
	only []string
	// idioms are those that keep a rule quiet where they cover its words.
	idioms   idiomSet
	unmasked bool
	patterns []string
}

// idiomSet is a set of idioms, a bit for each in their order.
type idiomSet uint32

type lexicon struct {
	rules      []distressRule
	idiomRules []distressRule
	dangers    *rulebook
	idioms     *rulebook
	// idle are the words that may stand between any two words of a pattern.
	idle wordSet
	// owned are words before which "me" is how "my" is said.
	owned wordSet
	// undone are words before which "no" is how "not" is said.
	undone wordSet
}

var distress = func() lexicon {
	var all strings.Builder
	for _, name := range distressSources {
		text, err := distressFiles.ReadFile("distress/" + name + ".rules")
		if err != nil {
			panic(err)
		}
		all.Write(text)
	}
	return readLexicon(all.String())
}()

// readLexicon reads the rules from their text form; see its head for the
// grammar. A fault in it stops the program at start, as every test run shows.
func readLexicon(src string) lexicon {
	cl := classes{words: map[string][]string{}, phrases: map[string]string{}}
	var rules, idioms []distressRule
	var owner, review string
	var cur *distressRule
	for n, line := range strings.Split(src, "\n") {
		line, _, _ = strings.Cut(line, "//")
		line = strings.TrimSpace(line)
		key, rest, _ := strings.Cut(line, " ")
		rest = strings.TrimSpace(rest)
		switch key {
		case "":
		case "owner":
			owner = rest
		case "review":
			review = rest
		case "class":
			name, list, _ := strings.Cut(rest, " ")
			cl.words[name] = append(cl.words[name], strings.Fields(list)...)
		case "phrase":
			name, body, _ := strings.Cut(rest, " ")
			cl.phrases["{"+name+"}"] = "(" + strings.TrimSpace(body) + ")"
		case "rule", "idiom":
			name, about, _ := strings.Cut(rest, " ")
			r := distressRule{id: RuleID("distress/" + name), about: strings.TrimSpace(about), owner: owner, review: review, idiom: key == "idiom"}
			if r.idiom {
				idioms = append(idioms, r)
				cur = &idioms[len(idioms)-1]
			} else {
				rules = append(rules, r)
				cur = &rules[len(rules)-1]
			}
		case "unless":
			for _, w := range strings.Fields(rest) {
				cur.denied = cur.denied || w == "denied"
				cur.present = cur.present || w == "past"
			}
		case "even":
			cur.unmasked = true
		case "only":
			cur.only = strings.Fields(rest)
		case "-":
			cur.patterns = append(cur.patterns, bothWays(rest))
		default:
			panic("the rules of distress, line " + strconv.Itoa(n+1) + " of all: what is " + key + "?")
		}
	}
	for i := range rules {
		for n, idiom := range idioms {
			short := strings.TrimPrefix(string(rules[i].id), "distress/")
			if !rules[i].unmasked && (idiom.only == nil || slices.Contains(idiom.only, short)) {
				rules[i].idioms |= 1 << n
			}
		}
	}
	out := lexicon{rules: rules, idiomRules: idioms, dangers: distressBook(cl, rules), idioms: distressBook(cl, idioms)}
	for name, set := range map[string]*wordSet{"idle": &out.idle, "owned": &out.owned, "undone": &out.undone} {
		for _, w := range cl.words[name] {
			set.add(known.id(w))
		}
	}
	return out
}

// bothWays writes out "A <6> B": A and B in either order, with up to six words
// between them, and "A <...> B": over the ends of sentences too.
func bothWays(src string) string {
	a, rest, found := strings.Cut(src, " <")
	if !found {
		return src
	}
	n, b, _ := strings.Cut(rest, "> ")
	gap := " .." + n + " "
	if n == "..." {
		gap = " ... "
	}
	return "((" + a + ")" + gap + "(" + b + ")|(" + b + ")" + gap + "(" + a + "))"
}

func distressBook(cl classes, list []distressRule) *rulebook {
	rules := make([]rule, len(list))
	for i, r := range list {
		rules[i] = rule{r.id, r.patterns}
	}
	return newRulebook(cl, rules)
}
