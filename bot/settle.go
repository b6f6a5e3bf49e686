package bot

import (
	"slices"
	"strings"
	"time"

	"onestep/dialogs"
)

// Several short messages in a row are one answer. Words that answer a question
// for free text wait a moment for more; they are committed while they wait, and
// a timer takes them together. Nothing else waits: danger, wishes, corrections,
// buttons and other kinds of questions are answered at once.

// longestSettle bounds the wait of somebody who goes on writing, in settling
// times.
const longestSettle = 8

// Pending are words that wait for more. A turn replaces it and never changes it.
type Pending struct {
	Text  string
	Token string // of the question that they answer
	Since time.Time
}

// settles keeps words for a moment, if they may go on. It gives the words that
// are to be taken now otherwise.
func (t *turn) settles(platform, text string) (now string, waits bool, err error) {
	p := t.conv.Patient
	wait := t.Settle[platform]
	if wait <= 0 {
		return text, false, nil
	}
	eds, err := t.editions()
	if err != nil {
		return "", false, err
	}
	if !dialogs.Settles(eds, p.Dialog, t.event(dialogs.Event{Kind: dialogs.Replied, Text: text})) {
		return text, false, nil // what waits goes on waiting, if its question stands after this
	}
	next := Pending{Text: text, Token: t.question().Token, Since: t.at}
	if old := p.Pending; old != nil && old.Token == next.Token {
		next.Text, next.Since = old.Text+"\n"+text, old.Since
		whole := t.event(dialogs.Event{Kind: dialogs.Replied, Text: next.Text})
		whole.Waiting = "" // it is in the text
		if !dialogs.Settles(eds, p.Dialog, whole) {
			p.Pending = nil // only the whole tells what it is, and that is not to wait
			t.timer(settleTimer, time.Time{})
			return next.Text, false, nil
		}
	}
	p.Pending = &next
	until := t.at.Add(wait)
	if last := next.Since.Add(longestSettle * wait); until.After(last) {
		until = last
	}
	t.timer(settleTimer, until)
	return "", true, nil
}

// resettles puts a changed message in its place among the words that wait. It gives
// the words that are to be taken now otherwise; "" when nothing waits, or the change is
// to be taken as such.
//
// Nobody tells which of them it was: the one most like it. When none is, all stay and
// it comes behind them, unless it is another value for the last answer. Danger that
// begins in one is heard whichever it was.
func (t *turn) resettles(text string) (now string, waits bool, err error) {
	p := t.conv.Patient
	q := t.question()
	if p.Pending == nil || q == nil || q.Token != p.Pending.Token {
		return "", false, nil
	}
	eds, err := t.editions()
	if err != nil {
		return "", false, err
	}
	settles := func(kind dialogs.EventKind, words string) bool {
		ev := t.event(dialogs.Event{Kind: kind, Text: words})
		ev.Waiting = "" // what of it still stands is in the words
		return dialogs.Settles(eds, p.Dialog, ev)
	}
	next := *p.Pending
	lines := strings.Split(next.Text, "\n")
	which := mostAlike(lines, text)
	alone := dialogs.Replied
	if which < 0 {
		alone = dialogs.Edited
	}
	if !settles(alone, text) {
		return "", false, nil
	}
	for i, line := range slices.Backward(lines) {
		whole := strings.Join(slices.Concat(lines[:i:i], []string{text}, lines[i+1:]), "\n")
		if i == which {
			next.Text = whole
		}
		if settles(dialogs.Replied, whole) {
			continue
		}
		if i != which { // only with the others is it what is not to wait
			t.note(Entry{What: "note", Raw: line})
		}
		p.Pending = nil
		t.timer(settleTimer, time.Time{})
		return whole, false, nil
	}
	if which < 0 {
		next.Text += "\n" + text
	}
	p.Pending = &next
	return "", true, nil
}

// mostAlike is the line that a changed message was most likely before, -1 if it is
// none of several. The last of equals is the one.
func mostAlike(lines []string, text string) int {
	which, most := -1, 0
	for i, line := range lines {
		if n := alike(line, text); n >= most && 2*n >= min(len(line), len(text)) {
			which, most = i, n
		}
	}
	return which
}

// alike is how many bytes two texts begin and end with in common.
func alike(a, b string) (n int) {
	most := min(len(a), len(b))
	for n < most && a[n] == b[n] {
		n++
	}
	for end := 1; n < most && a[len(a)-end] == b[len(b)-end]; end++ {
		n++
	}
	return n
}

// settled takes the words that waited.
func (t *turn) settled() error {
	p := t.conv.Patient
	if p == nil || p.Pending == nil {
		return nil
	}
	text := p.Pending.Text
	p.Pending = nil
	t.class, t.why = Answer, "reply"
	return t.step(dialogs.Event{Kind: dialogs.Replied, Text: text})
}

// settleNothing keeps words as a note when the question that they would have
// answered is gone: skipped, stopped, or held after words of danger.
func (t *turn) settleNothing() {
	p := t.conv.Patient
	if p.Pending == nil {
		return
	}
	if q := t.question(); q != nil && q.Token == p.Pending.Token && !p.Dialog.Held {
		return
	}
	if t.conv.Role == PatientRole {
		t.note(Entry{What: "note", Raw: p.Pending.Text})
	}
	if !p.Dialog.Held {
		p.Dialog = p.Dialog.Wrote(p.Pending.Since, p.Pending.Text)
	}
	p.Pending = nil
	t.timer(settleTimer, time.Time{})
}
