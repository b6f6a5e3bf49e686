package dialogs

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"onestep/dialogs/reply"
)

// Danger may be spread over several short messages, none of which says it: "I
// just want", "to die". So what the person wrote in the last minutes is kept for
// the next message, whatever stands between them.

// Written is a message that the person wrote lately and that can be a part of
// danger, or the end of a longer one.
type Written struct {
	At   time.Time
	Text string
}

// Figures of what is kept of late messages: who breaks up a sentence goes on
// within minutes, and what runs over to the next message stands at the end.
const (
	latelyFor  = 5 * time.Minute
	latelyMost = 2
	latelySize = 160 // bytes of each message
)

// Wrote is the state of somebody who wrote words that no step takes: a host that
// lets words wait and then only notes them says so.
func (s State) Wrote(at time.Time, text string) State {
	s.Lately = s.lately(at)
	if text = ending(text); reply.PartOfDanger(text) { // "skip" takes no words' place
		s.Lately = append(s.Lately, Written{At: at.UTC(), Text: text})
	}
	s.Lately = s.Lately[max(0, len(s.Lately)-latelyMost):]
	return s
}

// lately are the messages that still count, as a copy.
func (s State) lately(at time.Time) []Written {
	return slices.DeleteFunc(slices.Clone(s.Lately), func(w Written) bool { return at.Sub(w.At) > latelyFor })
}

// ending is the end of a text, from a whole character on.
func ending(text string) string {
	if len(text) <= latelySize {
		return text
	}
	from := len(text) - latelySize
	for !utf8.RuneStart(text[from]) {
		from++
	}
	return strings.Clone(text[from:])
}

// danger looks for danger in words that came with this event: by themselves, then
// with each of the messages before them, as whoever breaks off often writes something
// else between ("hang on"), and with all of those. It gives all words from the first
// that belongs to it.
func (t *turn) danger(text string) (words string, rule reply.RuleID, found bool) {
	if rule, found = reply.Distress(text); found {
		return text, rule, true
	}
	var all []string
	if t.ev.Kind != Edited { // what was changed may be one of them
		for _, w := range t.s.lately(t.ev.At) {
			all = append(all, w.Text)
		}
	}
	if before := ending(t.ev.Waiting); before != "" {
		if i := strings.LastIndex(before, "\n"); i >= 0 { // the last of several
			all, before = append(all, before[:i]), before[i+1:]
		}
		all = append(all, before)
	}
	all = append(all, text)
	all = all[max(0, len(all)-latelyMost-1):]
	last := len(all) - 1
	for i := last - 1; i >= 0; i-- {
		if rule, found = reply.DistressAcross([]string{all[i], text}); !found && i < last-1 {
			rule, found = reply.DistressAcross(all[i:])
		}
		if found {
			return strings.Join(all[i:], "\n"), rule, true
		}
	}
	return text, "", false
}

// rememberWritten keeps the words of this event for the next ones. Words of
// danger have been seen, and what came before them with them.
func (t *turn) rememberWritten(given State) {
	switch ev := &t.ev; {
	case t.endangered:
		t.s.Lately = nil
	case (ev.Kind == Replied || ev.Kind == Media) && strings.TrimSpace(ev.Text) != "":
		t.s.Lately = given.Wrote(ev.At, ev.Text).Lately
	default:
		t.s.Lately = given.lately(ev.At)
	}
	if len(t.s.Lately) == 0 {
		t.s.Lately = nil
	}
	if t.s.Undo != nil { // a correction forgets no words
		undo := *t.s.Undo
		undo.Before.Lately = t.s.Lately
		t.s.Undo = &undo
	}
}
