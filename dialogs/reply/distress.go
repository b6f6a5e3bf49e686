package reply

import (
	_ "embed" // for the rules
	"strconv"
	"strings"
)

//go:embed distress.rules
var distressSource string

// Distress tells whether a text may speak of danger, and which rule says so.
// It is a tripwire, not a judgement: it never grades, and every hit goes to a
// person (DOMAIN h). First-person talk of suicide or self-harm counts even if
// denied, joking or past; idiom and a past death of someone else do not.
func Distress(text string) (RuleID, bool) {
	f := fold(text)
	t := unspell(f, scan(f))
	w := words(t)
	for i := range w {
		w[i].id = sizeOf(t[w[i].token], w[i].id)
	}
	m := matcher{words: w, limit: comma}
	masked := make([]bool, len(w))
	distress.idioms.find(m, func(h hit) bool {
		for i := h.from; i < h.to; i++ {
			masked[i] = true
		}
		return true
	})
	found := RuleID("")
	distress.dangers.find(m, func(h hit) bool {
		r := &distress.rules[h.rule]
		for i := h.from; i < h.to && !r.unmasked; i++ {
			if masked[i] {
				return true
			}
		}
		if r.denied && (deniedBefore(w, h.from) || !distress.dangers.negates[h.pattern] && deniedInside(w, h)) || r.present && pastAround(w, h) {
			return true
		}
		found = r.id
		return false
	})
	return found, found != ""
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

// distressRule is one rule of distress.rules.
type distressRule struct {
	id            RuleID
	about         string
	owner, review string
	// denied rules do not fire behind a "no" or "not"; present rules do not
	// fire on what is said to be long past.
	// unmasked rules fire although an idiom covers the same words.
	denied, present, unmasked bool
	idiom                     bool
	patterns                  []string
}

type lexicon struct {
	rules      []distressRule
	idiomRules []distressRule
	dangers    *rulebook
	idioms     *rulebook
}

var distress = readLexicon(distressSource)

// readLexicon reads the rules from their text form; see its head for the
// grammar. A fault in it stops the program at start, as every test run shows.
func readLexicon(src string) lexicon {
	cl := classes{}
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
			cl[name] = append(cl[name], strings.Fields(list)...)
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
		case "-":
			cur.patterns = append(cur.patterns, rest)
		default:
			panic("distress.rules line " + strconv.Itoa(n+1) + ": what is " + key + "?")
		}
	}
	return lexicon{rules: rules, idiomRules: idioms, dangers: distressBook(cl, rules), idioms: distressBook(cl, idioms)}
}

func distressBook(cl classes, list []distressRule) *rulebook {
	rules := make([]rule, len(list))
	for i, r := range list {
		rules[i] = rule{r.id, r.patterns}
	}
	return newRulebook(cl, rules)
}
