package reply

import (
	"slices"
	"strings"
)

// ReadCommand finds a wish that a person may utter at any time, by what the
// words mean and wherever they stand. "Stop messaging me" is a stop; giving up
// smoking, the bus stop and a helpful sister are not commands.
func ReadCommand(text string) Reading[Command] {
	f := fold(text)
	t := spelledOut(fromWelsh(parted(scan(f))), f)
	w := wishView(t)
	var wishes, blocked, gone []hit
	m := matcher{words: w, limit: comma}
	denials := denied(w)
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
	best := -1
	var at hit
	for _, h := range wishes {
		stands := func(b hit) bool { return b.from < h.to && h.from < b.to }
		if (best < 0 || commandRules[h.rule].before(commandRules[best])) && !slices.ContainsFunc(blocked, stands) {
			best, at = h.rule, h
		}
	}
	if best < 0 {
		return Reading[Command]{Rule: "command/none"}
	}
	r := commandRules[best]
	if r.wish == Stop && onlyMeanwhile(m, at) {
		r = pauseRules[0]
	}
	return Reading[Command]{Value: r.wish, OK: true, Rule: r.id, AskBack: r.unsure, Span: f.source(t[w[at.from].token].from, t[w[at.to-1].token].to)}
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
