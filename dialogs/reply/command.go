package reply

import (
	"slices"
	"strings"
)

// ReadCommand finds a wish that a person may utter at any time, by what the
// words mean and wherever they stand. "Stop messaging me" is a stop; giving up
// smoking, the bus stop and a helpful sister are not commands. All of a text is
// read, up to LongestText.
func ReadCommand(text string) Reading[Command] {
	found, best := Reading[Command]{Rule: "command/none"}, -1
	for p := range pieces(text) {
		r, rule := readCommand(p)
		if rule < 0 || best >= 0 && !commandRules[rule].before(commandRules[best]) {
			continue
		}
		r.Span.From += p.at
		r.Span.To += p.at
		found, best = r, rule
	}
	return found
}

// readCommand finds a wish in a piece of a text, and its rule; below 0 there is
// none.
func readCommand(p piece) (r Reading[Command], best int) {
	f := fold(p.text)
	t := spelledOut(fromWelsh(parted(scan(f))), f)
	w := wishView(t)
	var wishes, blocked, gone []hit
	m := matcher{words: w, limit: comma}
	denials := denied(w)
	span := func(h hit) Span { return f.source(t[w[h.from].token].from, t[w[h.to-1].token].to) }
	commandBook.find(m, func(h hit) bool {
		if commandRules[h.rule].wish == NoCommand {
			blocked = append(blocked, h)
		} else if takenAway(h, denials, w) {
			gone = append(gone, h)
		} else {
			wishes = append(wishes, h)
		}
		return true
	})
	wishes = slices.DeleteFunc(wishes, func(h hit) bool {
		return slices.ContainsFunc(gone, func(g hit) bool { return g.from < h.from && h.from < g.to })
	})
	best = -1
	var at hit
	for _, h := range wishes {
		stands := func(b hit) bool { return b.from < h.to && h.from < b.to }
		if (best < 0 || commandRules[h.rule].before(commandRules[best])) && p.counts(span(h)) && !slices.ContainsFunc(blocked, stands) {
			best, at = h.rule, h
		}
	}
	if best < 0 {
		return r, best
	}
	rule := commandRules[best]
	if rule.wish == Stop {
		if both, ok := onlyMeanwhile(m, at); ok {
			rule, at = pauseRules[0], both
		}
	}
	return Reading[Command]{Value: rule.wish, OK: true, Rule: rule.id, AskBack: rule.unsure, Span: span(at)}, best
}

// before says which wish wins where a text has several: one that is sure, and a
// refusal first.
func (r commandRule) before(other commandRule) bool {
	if r.unsure != other.unsure {
		return other.unsure
	}
	return rank[r.wish] < rank[other.wish]
}

var rank = map[Command]int{Pause: 0, Stop: 1, Human: 2, Help: 3, Skip: 4, Back: 5}

var commandBook = func() *rulebook {
	rules := make([]rule, len(commandRules))
	for i, r := range commandRules {
		rules[i] = rule{r.id, r.patterns}
	}
	return newRulebook(commandClasses, rules)
}()

// spelledOut puts "s t o p" together.
func spelledOut(t []token, f folded) []token {
	for i := range t {
		n := letters(f, t[i:])
		if n == 0 {
			continue
		}
		var run strings.Builder
		for _, l := range t[i : i+n] {
			if l.kind == wordToken {
				run.WriteString(f.text[l.from:l.to])
			}
		}
		if word := run.String(); orders[word] {
			w := token{text: word, id: known.ids[word], from: t[i].from, to: t[i+n-1].to, space: t[i].space}
			return append(append(slices.Clip(t[:i]), w), t[i+n:]...)
		}
		return t
	}
	return t
}

// orders are the wishes that people spell out.
var orders = set("stop pause help quit human")
