package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"onestep/dialogs"
)

// shownEntries is how many journal lines the worker's view looks through.
const shownEntries = 60

// shownAnswers is how many of the person's latest answers the view shows: one
// screen of a phone.
const shownAnswers = 6

// caseView tells a worker where one of their patients stands, in the patient's
// own words: numbers as words first, then the latest answers, newest last.
func caseView(p *Patient, recent []Entry, zone *time.Location) string {
	lines := []string{p.Case}
	if p.Dialog.Held {
		lines = append(lines, "Messages are on hold until the alert is marked done.")
	}
	switch d := p.Dialog; {
	case d.Stopped:
		lines = append(lines, "They have stopped the messages.")
	case d.Held:
	case !d.PausedUntil.IsZero():
		lines = append(lines, breakWords(d, zone))
	case p.finished():
		lines = append(lines, "They have had the last check-in.")
	case p.Unreachable:
		lines = append(lines, "Messages do not reach them.")
	}
	if hopes, ok := p.Dialog.Facts.Get("best_hopes"); ok {
		lines = append(lines, fmt.Sprintf("Best hopes: “%s”", hopes.Text))
	}
	if scores, ok := p.Dialog.Facts.Get("scores"); ok && len(scores.Series) > 0 {
		var numbers []string
		points := scores.Series[max(0, len(scores.Series)-8):]
		for _, point := range points {
			numbers = append(numbers, strconv.FormatFloat(point.Number, 'f', -1, 64))
		}
		lines = append(lines, "Weekly numbers, latest last: "+strings.Join(numbers, ", "))
	}
	if step, ok := p.Dialog.Facts.Get("step"); ok {
		lines = append(lines, fmt.Sprintf("Their step: “%s”", step.Text))
	}
	lines = append(lines, goalWords(p)...)
	if words := latestWords(p, recent); len(words) > 0 {
		lines = append(append(lines, "Their latest words:"), saidWhen(words, zone)...)
	}
	return strings.Join(lines, "\n")
}

// saidWhen is a line for each entry, with its time.
func saidWhen(words []Entry, zone *time.Location) (lines []string) {
	for _, e := range words {
		lines = append(lines, e.At.In(zone).Format("Mon 2 Jan 15:04")+": "+e.quoted())
	}
	return lines
}

// latestWords are the last entries that hold words worth reading, each reply once.
// Those that an open alert was raised by are among them, however much came since.
func latestWords(p *Patient, recent []Entry) []Entry {
	words := slices.DeleteFunc(slices.Clone(recent), func(e Entry) bool { return !tells(e) })
	words = slices.CompactFunc(words, func(a, b Entry) bool { return a.Turn == b.Turn && a.Raw == b.Raw })
	old := max(0, len(words)-shownAnswers)
	raised := slices.DeleteFunc(slices.Clone(words[:old]), func(e Entry) bool {
		return e.What != "nudge" || p.Alert == nil || e.Value != p.Alert.ID
	})
	return append(raised, words[old:]...)
}

// quoted is what stands for an entry in a view: the words, or that there were none.
func (e Entry) quoted() string {
	if e.Raw == "" {
		return "sent something that I cannot read"
	}
	return "“" + e.Raw + "”"
}

// storyWords is from how many words on an answer tells something without its
// question. A bare "2" or "yes" does not.
const storyWords = 3

// tells picks the entries that hold words worth reading, those that raised a nudge
// among them. A fact is an answer kept twice, and what a button carries is no word
// of theirs.
func tells(e Entry) bool {
	switch e.What {
	case "note":
		return e.Raw != ""
	case "edit":
		return e.Raw != "" && e.Rule != "button" // both are to be seen where one was changed
	case "media":
		return true
	case "nudge":
		return e.Name == string(dialogs.Distress) && e.Raw != "" || len(strings.Fields(e.Raw)) >= storyWords
	case "answer":
		return e.Raw != "" && e.Rule != "button" && (e.Rule == "text" || len(strings.Fields(e.Raw)) >= storyWords)
	}
	return false
}
