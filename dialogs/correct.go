package dialogs

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"onestep/dialogs/reply"
)

// A correction puts another value in the place of the last answer: "No, I meant
// 7", right behind it. The dialog goes back to the state before that answer and
// takes the new one from there, so that everything that followed from the old
// one (facts, points, plans, ways) follows from the new one instead.

// Undo is what a correction of the last answer goes back to. Any other event
// in between drops it.
type Undo struct {
	// Before is the state in which the question was open.
	Before State
	// Value is what was taken, and Doubt is set when the person was told so,
	// since the reader had to choose: then a plain number corrects it too.
	Value Value
	Doubt bool
}

// correctable are the questions whose answers are values of a kind. Words are
// kept as they are written, and only other words correct them: see reworded.
var correctable = []asked{askScale, askYesNo, askChoice, askDate}

// slipped are words with which people own up to a slip.
const slipped = `(?:(?:oh|ah|ok|no|nope|nah|sorry|soz|oops|whoops|wait|actually|hang on|hold on|my mistake|my bad|typo|scrap that)[\s,.!;:-]+)`

// longestCorrection bounds what is looked at; a longer text tells something.
const longestCorrection = 80

var (
	// meant are words that can only correct. What stands behind them is the
	// value.
	meant = regexp.MustCompile(`^` + slipped + `*` +
		`(?:i\s+(?:really\s+)?(?:meant|mean)(?:\s+to\s+(?:say|put|type|press|send|write|pick|choose))?|(?:it|that|this)\s+should(?:\s+have)?\s+(?:be|been|say|said)|should(?:\s+have)?\s+(?:be|been)|` +
		`(?:please\s+)?(?:can you\s+|could you\s+)?(?:change|correct)\s+(?:that|it|this|my\s+(?:last\s+)?(?:answer|number|score|reply))\s+to|correction|cywir(?:o|iad)(?:\s+i)?|make\s+(?:that|it))[\s,:;-]+(.+)$`)
	// slips are words that correct a number when nothing else stands there:
	// "sorry, 7", "7 sorry", "*7".
	slipBefore = regexp.MustCompile(`^(?:(?:oh|ah|no|nope|nah|sorry|soz|oops|whoops|wait|actually|rather|typo|hang on|hold on|my mistake|my bad|scrap that)[\s,.!;:-]+)+(.+)$|^\*\s?(.+)$`)
	slipBehind = regexp.MustCompile(`^(.+?)[\s,]*(?:\*|\s(?:sorry|i meant|i mean))$`)
)

// besideNumber are the words that may stand beside a corrected number.
var besideNumber = []string{
	"a", "an", "the", "it", "it's", "its", "is", "was", "my", "number", "score", "answer", "please", "pls", "sorry", "not",
	"out", "of", "instead", "than", "rather", "thanks", "be", "zero", "one", "two", "three", "four", "five", "six", "seven",
	"eight", "nine", "ten", "no", "i", "meant",
}

// correct takes words that correct the last answer. It is false when they do not.
func (t *turn) correct() bool {
	u, st, v, rule := t.correction()
	if u == nil {
		return false
	}
	t.rewind(u)
	t.heard()
	if t.eds.Current.phrases["corrected"] != nil {
		more := map[string]string{"value": t.inWords(st, v)}
		if st.asks == askText {
			more["value"] = "“" + more["value"] + "”"
		}
		t.out = append(t.out, Say{Text: t.eds.Current.Phrase("corrected", t.ev.Language, t.ev.About, more), Step: "phrases/corrected"})
	}
	t.was = &u.Value
	t.answer(v, rule)
	return true
}

// correction is what the words of this turn correct, and by what; nil if they do
// not. Behind words that wait they belong to those.
func (t *turn) correction() (u *Undo, st *step, v Value, rule string) {
	u, st = t.lastAnswer()
	if u == nil || t.ev.Waiting != "" {
		return nil, nil, Value{}, ""
	}
	ok := false
	switch {
	case st.asks == askText:
		v, rule, ok = t.reworded(u)
	case slices.Contains(correctable, st.asks):
		v, rule, ok = t.corrected(u, st)
	}
	if !ok {
		return nil, nil, Value{}, ""
	}
	return u, st, v, rule
}

// undoes tells whether there is a last answer that can be taken back.
func (t *turn) undoes() bool {
	u, _ := t.undone()
	return u != nil
}

// takeBack opens the question of the last answer again, as if that had not been
// given. It is false when something else has happened since.
func (t *turn) takeBack() bool {
	u, st := t.undone()
	if u == nil {
		return false
	}
	t.rewind(u)
	t.heard()
	name := st.keep
	if name == "" {
		name = st.path
	}
	t.record(Record{What: "edit", Name: name, Was: &u.Value, Rule: string(t.wish.Rule)})
	t.s.Session.Open = &Question{Token: t.token()}
	t.show()
	return true
}

// giveBack makes the facts that an answer went into what they were before it.
func (t *turn) giveBack(place Place) {
	for _, was := range place.Was {
		r := Record{What: "fact", Name: was.Name, Value: was.Value, Rule: "back"}
		if now, ok := t.s.Facts.Get(was.Name); ok {
			r.Was = &now
		}
		if was.Value == nil {
			t.s.Facts = t.s.Facts.Without(was.Name)
		} else {
			t.s.Facts = t.s.Facts.With(was.Name, *was.Value)
		}
		t.record(r)
	}
}

// undone is the last answer and its question, if it is a value that can be taken
// back.
func (t *turn) undone() (*Undo, *step) {
	u, st := t.lastAnswer()
	if u == nil || !slices.Contains(correctable, st.asks) {
		return nil, nil
	}
	return u, st
}

// lastAnswer is the last answer and its question: nothing came in between, and the
// edition that it belongs to is at hand.
func (t *turn) lastAnswer() (*Undo, *step) {
	u := t.undo
	if u == nil || u.Before.Session == nil || len(u.Before.Session.Frames) == 0 {
		return nil, nil
	}
	ed, frames := t.editionOf(u), u.Before.Session.Frames
	if ed == nil {
		return nil, nil
	}
	f := frames[len(frames)-1]
	script := ed.scripts[f.Script]
	if script == nil {
		return nil, nil
	}
	i, ok := script.index[f.Step]
	if !ok {
		return nil, nil
	}
	return u, script.steps[i]
}

func (t *turn) editionOf(u *Undo) *Edition {
	for _, ed := range []*Edition{t.eds.Pinned, t.eds.Current} {
		if ed != nil && ed.id == u.Before.Session.Edition {
			return ed
		}
	}
	return nil
}

// corrected reads the new value, and only where the words can mean nothing
// else: the open question comes first wherever they could be its answer.
func (t *turn) corrected(u *Undo, st *step) (v Value, rule string, ok bool) {
	text := strings.ToLower(strings.TrimSpace(strings.ReplaceAll(t.ev.Text, "’", "'")))
	text = strings.TrimRight(text, ".! ")
	if len(text) > longestCorrection {
		return Value{}, "", false
	}
	open := t.openAsks()
	if open == askChoice {
		if _, named := t.question().named(t.ev.Text, t.ev.Language); named {
			return Value{}, "", false
		}
	}
	if m := meant.FindStringSubmatch(text); m != nil {
		v, ok = t.plainly(st, m[1])
		return v, "correct/meant", ok
	}
	if st.asks != askScale || open == askScale || open == askDate || open == askChoice {
		return Value{}, "", false
	}
	if m := slipBefore.FindStringSubmatch(text); m != nil {
		if v, ok = t.plainly(st, m[1]+m[2]); ok {
			return v, "correct/slip", true
		}
	}
	if m := slipBehind.FindStringSubmatch(text); m != nil {
		v, ok = t.plainly(st, m[1])
		return v, "correct/slip", ok
	}
	if u.Doubt {
		v, ok = t.plainly(st, text)
		return v, "correct/after-took", ok
	}
	return Value{}, "", false
}

// plainly reads a value that is all there is in the words, without a doubt.
func (t *turn) plainly(st *step, text string) (Value, bool) {
	words := len(strings.Fields(text))
	switch st.asks {
	case askScale:
		n, ok := bareNumber(text)
		return Value{Kind: Number, Number: n}, ok
	case askYesNo:
		r := reply.YesNo(text)
		return Value{Kind: YesNo, Yes: r.Value}, r.OK && !r.AskBack && words <= 3
	case askChoice:
		if value, ok := st.named(text, t.ev.Language); ok {
			return Value{Kind: Text, Text: value}, true
		}
		r := reply.Choose(text, st.optionsFor(t.ev.Language))
		return Value{Kind: Text, Text: r.Value}, r.OK && !r.AskBack && words <= 6
	case askDate:
		r := reply.Date(text, t.ev.At.In(t.ev.Zone))
		return Value{Kind: Date, Text: r.Value.Format("2006-01-02")}, r.OK && !r.AskBack && words <= 6
	}
	return Value{}, false
}

// bareNumber reads a number from 0 to 10 that is all there is in the words.
func bareNumber(text string) (n float64, ok bool) {
	r := reply.Scale(text)
	return r.Value, r.OK && !r.AskBack && besideOnly(text[:r.Span.From]+" "+text[r.Span.To:])
}

// besideOnly tells whether nothing tells a story here.
func besideOnly(text string) bool {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(" \t\n,.;:!-()/*", r) }) {
		if !slices.Contains(besideNumber, word) && strings.Trim(word, "0123456789") != "" {
			return false
		}
	}
	return true
}

// rewind goes back to the state before the last answer, plans included.
func (t *turn) rewind(u *Undo) {
	plans := t.s.Schedules
	t.ed = t.editionOf(u)
	t.begun(u.Before)
	t.move()
	names := slices.Sorted(maps.Keys(plans))
	for name := range u.Before.Schedules {
		if _, ok := plans[name]; !ok {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		old, was := u.Before.Schedules[name]
		switch now, is := plans[name]; {
		case !was:
			t.out = append(t.out, Plan{Script: name})
		case !is || now != old:
			t.out = append(t.out, Plan{Script: name, Schedule: &old})
		}
	}
}

// inWords is a value as the person would say it.
func (t *turn) inWords(st *step, v Value) string {
	if st.asks == askChoice {
		for _, o := range st.optionsFor(t.ev.Language) {
			if o.Value == v.Text {
				return o.Label
			}
		}
	}
	text, _ := t.valueInWords(v)
	return text
}
