package dialogs

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"onestep/dialogs/reply"
)

// named finds the choice that a text names to the letter: its label, value or
// a synonym, in the person's language, else in the scripts' own or by a label
// of any. That wins over a wish, since the button stands there to be read.
func (st *step) named(text, language string) (string, bool) {
	text = fold(text)
	for _, o := range st.optionsFor(language) {
		if fold(o.Value) == text || fold(o.Label) == text || slices.ContainsFunc(o.Also, func(a string) bool { return fold(a) == text }) {
			return o.Value, true
		}
	}
	for _, c := range st.choices {
		for _, label := range c.label.in {
			if fold(label.text[0]) == text {
				return c.value, true
			}
		}
	}
	return "", false
}

// read takes the words as an answer to the open question.
func (t *turn) read(st *step) {
	text := t.ev.Text
	switch st.asks {
	case askScale:
		r := reply.Scale(text)
		if !r.OK {
			t.unclear(string(r.Rule))
			return
		}
		if r.AskBack {
			t.took(number(r.Value))
		}
		t.answer(Value{Kind: Number, Number: r.Value}, string(r.Rule))
	case askYesNo:
		if r := reply.YesNo(text); r.OK {
			if r.AskBack {
				t.took(t.labelOf(st, map[bool]string{true: "yes", false: "no"}[r.Value]))
			}
			t.answer(Value{Kind: YesNo, Yes: r.Value}, string(r.Rule))
		} else {
			t.unclear(string(r.Rule))
		}
	case askChoice:
		if r := reply.Choose(text, st.optionsFor(t.ev.Language)); r.OK {
			if r.AskBack {
				t.took(t.labelOf(st, r.Value))
			}
			t.answer(Value{Kind: Text, Text: r.Value}, string(r.Rule))
		} else {
			t.unclear(string(r.Rule))
		}
	case askDate:
		today := t.ev.At.In(t.ev.Zone)
		if r := reply.Date(text, today); r.OK {
			v := Value{Kind: Date, Text: r.Value.Format(time.DateOnly)}
			if r.AskBack {
				day, _ := t.valueInWords(v)
				t.took(day)
			}
			t.answer(v, string(r.Rule))
		} else {
			t.unclear(string(r.Rule))
		}
	default:
		if words := strings.TrimSpace(text); words != "" {
			t.answer(Value{Kind: Text, Text: words}, "text")
		} else {
			t.unclear("text/empty")
		}
	}
}

// took tells the person what was made of words that could mean another answer.
func (t *turn) took(value string) {
	t.doubt = true
	more := map[string]string{"value": value}
	t.out = append(t.out, Say{Text: t.ed.Phrase("took", t.ev.Language, t.ev.About, more), Step: "phrases/took"})
}

// labelOf is what the button of a choice says in the person's language.
func (t *turn) labelOf(st *step, value string) string {
	for _, c := range t.buttons(st) {
		if c.Value == value {
			return c.Label
		}
	}
	return value
}

// optionsFor are what may be written for the buttons by a person of a language.
func (st *step) optionsFor(language string) []reply.Option {
	for _, tag := range []string{language, baseOf(language)} {
		if list, ok := st.options[tag]; ok {
			return list
		}
	}
	return st.options[""]
}

// optionsIn lists what may be written for the buttons in a language. The
// English words count beside a translation's, as many people speak both, where
// they name no other button there.
func (st *step) optionsIn(language string) []reply.Option {
	options := make([]reply.Option, len(st.choices))
	taken := make(map[string]string)
	for i, c := range st.choices {
		options[i] = reply.Option{Value: c.value, Label: c.label.template(language).text[0], Also: c.synonyms(language)}
		for _, name := range append([]string{options[i].Label}, options[i].Also...) {
			taken[fold(name)] = c.value
		}
	}
	for i, c := range st.choices {
		for _, name := range append([]string{c.label.source}, c.synonyms("")...) {
			if taken[fold(name)] == "" {
				taken[fold(name)] = c.value
				options[i].Also = append(options[i].Also, name)
			}
		}
	}
	return options
}

// pressed takes a button. What it carries is not to be trusted: it must name
// the open question and one of its buttons.
func (t *turn) pressed() {
	st, open := t.question(), t.s.Session.Open
	choice := t.ev.Choice
	known := t.ev.Token == open.Token && slices.ContainsFunc(t.buttons(st), func(c Choice) bool { return c.Value == choice })
	if !known {
		t.s.Undo = t.undo // the question that they pressed may be the last one
		t.keepWords()
		t.phrase("old-button")
		return
	}
	v := Value{Kind: keeps[st.asks]}
	switch st.asks {
	case askScale:
		v.Number, _ = strconv.ParseFloat(choice, 64) // one of our own eleven
	case askYesNo:
		v.Yes = choice == "yes"
	default:
		v.Text = choice
	}
	t.answer(v, "button")
}

// pressedLabel is what stands on the button of the open question that was pressed;
// empty for any other event. The press says these words.
func (t *turn) pressedLabel() string {
	s := t.s.Session
	if t.ev.Kind != Pressed || s == nil || s.Open == nil || s.Open.Token != t.ev.Token || t.lost() {
		return ""
	}
	for _, c := range t.buttons(t.question()) {
		if c.Value == t.ev.Choice {
			return c.Label
		}
	}
	return ""
}

// buttons are those of a question in the person's language.
func (t *turn) buttons(st *step) []Choice {
	if list, ok := st.labels[t.ev.Language]; ok {
		return list
	}
	base, _, _ := strings.Cut(t.ev.Language, "-")
	if list, ok := st.labels[base]; ok {
		return list
	}
	return st.labels[t.scriptOf().language]
}

// answer keeps the value and goes on.
func (t *turn) answer(v Value, rule string) {
	st := t.question()
	t.recordAnswer(st, &v, rule)
	switch {
	case st.keep == "":
	case st.keepFact:
		t.s.Facts = t.s.Facts.With(st.keep, v)
	default:
		t.setVar(st.keep, v)
	}
	to := st.to
	switch {
	case st.asks == askYesNo && v.Yes:
		to = st.yes
	case st.asks == askYesNo:
		to = st.no
	case st.asks == askChoice:
		for _, c := range st.choices {
			if c.value == v.Text {
				to = c.to
			}
		}
	}
	u := Undo{Before: t.before, Value: v, Doubt: t.doubt}
	t.goOn(st, to)
	if slices.Contains(correctable, st.asks) || st.asks == askText && t.s.Session != nil {
		t.s.Undo = &u
	}
}

// recordAnswer writes what came back to a question; a nil value is a reply
// that gave none, and the raw words are kept all the same.
func (t *turn) recordAnswer(st *step, v *Value, rule string) {
	name := st.keep
	if name == "" {
		name = st.path
	}
	raw := t.ev.Text
	if t.ev.Kind == Pressed {
		raw = t.ev.Choice
	}
	r := Record{What: "answer", Name: name, Value: v, Raw: raw, Rule: rule, Asked: t.s.Session.Open.Repaired, Told: t.doubt}
	if t.was != nil {
		r.What, r.Was = "edit", t.was
	}
	t.record(r)
}

// closeQuestion ends the open question, so that back can find it.
func (t *turn) closeQuestion(st *step) {
	s := t.s.Session
	place := Place{Depth: len(s.Frames) - 1, Script: t.top().Script, Step: st.id}
	if n := len(s.Asked); n >= maxAsked {
		s.Asked = s.Asked[n-maxAsked+1:]
	}
	s.Asked = append(slices.Clip(s.Asked), place)
	s.Open = nil
}

// unclear repairs a question once, and then goes on without an answer.
func (t *turn) unclear(rule string) {
	st := t.question()
	t.recordAnswer(st, nil, rule)
	if t.repair(st) {
		return
	}
	t.leaveQuestion(st, st.unclear)
}

// skip goes on without an answer. A required question is asked once more.
func (t *turn) skip(rule string) {
	st := t.question()
	if rule == "" {
		rule = "skip"
	}
	t.recordAnswer(st, nil, rule)
	if st.required && t.repair(st) {
		return
	}
	t.leaveQuestion(st, st.skip)
}

// repair asks the question again in its other words, if that was not done.
func (t *turn) repair(st *step) bool {
	open := t.s.Session.Open
	if open.Repaired {
		return false
	}
	open.Repaired = true
	text, ok := "", false
	if st.again != nil {
		text, ok = t.fill(st.again)
	}
	if !ok {
		text = t.ed.Phrase("again-"+string(st.asks), t.ev.Language, t.ev.About, nil)
	}
	t.ask(st, text)
	return true
}

// leaveQuestion goes on without a value. What an earlier answer of this run
// had set is taken back: a skip keeps nothing. Facts are given back by back.
func (t *turn) leaveQuestion(st *step, to target) {
	if st.keep != "" && !st.keepFact {
		t.clearVar(st.keep)
	}
	t.goOn(st, to)
}

// goOn ends the open question and goes on from there. What that puts an answer
// into is kept with the question's place: the fact that it asks for, and series.
func (t *turn) goOn(st *step, to target) {
	before := t.before.Facts
	t.closeQuestion(st)
	place := t.s.Session.Asked[len(t.s.Session.Asked)-1]
	t.run(t.onward(st, to.step))
	if t.s.Session == nil || len(t.s.Session.Asked) == 0 {
		return
	}
	last := &t.s.Session.Asked[len(t.s.Session.Asked)-1] // of this turn's own list
	if last.Depth != place.Depth || last.Script != place.Script || last.Step != place.Step {
		return // the script that asked has ended
	}
	for name, was := range t.s.Facts.Changed(before) {
		now, _ := t.s.Facts.Get(name)
		if now.Kind == Series || name == st.keep && st.keepFact {
			last.Was = append(last.Was, Was{name, was})
		}
	}
}
