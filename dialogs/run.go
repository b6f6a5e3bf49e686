package dialogs

import (
	"errors"
	"math"
	"strings"
	"time"
)

// run goes from step to step, starting at number i of the running script,
// until a question waits or nothing is left to do.
func (t *turn) run(i int) {
	for t.s.Session != nil {
		script := t.scriptOf()
		if i >= len(script.steps) {
			if t.tracing {
				t.trace = append(t.trace, script.name+"/")
			}
			next, on := t.leave()
			if !on {
				return
			}
			if call := t.top().Step; t.tracing && call != "" {
				t.trace = append(t.trace, t.scriptOf().name+"/"+call)
			}
			i = next
			continue
		}
		if t.steps++; t.steps > maxSteps {
			t.looped()
			return
		}
		st := script.steps[i]
		t.top().Step = st.id
		if t.tracing {
			t.trace = append(t.trace, st.path)
		}
		goes, err := t.holds(st.when)
		if err == nil && goes {
			i, err = t.do(st, i)
		} else {
			i++
		}
		if err != nil {
			t.broken()
			return
		}
		if i == waiting {
			return
		}
	}
}

// waiting, as the number of the next step, means that the turn is over.
const waiting = -1

// do carries out one step and says where to go on. An error means that the
// script cannot go on: a value that no load could foresee.
func (t *turn) do(st *step, i int) (int, error) {
	switch st.does {
	case doSay:
		text, ok := t.fill(st.say)
		if !ok {
			return t.passed(st, i), nil
		}
		t.out = append(t.out, Say{Text: text, Step: st.path})
	case doAsk:
		text, ok := t.fill(st.say)
		if !ok {
			return t.passed(st, i), nil
		}
		t.s.Session.Open = &Question{Token: t.token()}
		t.ask(st, text)
		return waiting, nil
	case doBranch:
		for _, b := range st.branches {
			if yes, err := t.holds(b.when); yes || err != nil {
				return b.to.step, err
			}
		}
		return 0, errors.New("a branch without a way") // the loader sees to else
	case doSet, doRemember:
		if err := t.assign(st); err != nil {
			return 0, err
		}
	case doNudge:
		t.nudge(st.trigger)
	case doSchedule:
		done, err := t.plan(st)
		if err != nil {
			return 0, err
		}
		if !done {
			return t.passed(st, i), nil
		}
	case doCall:
		t.s.Session.Frames = append(t.s.Session.Frames, Frame{Script: st.script})
		return 0, nil
	case doPause:
		return st.to.step, t.pause(st)
	case doStop:
		t.stop("script")
		return waiting, nil
	case doEnd:
		return math.MaxInt, nil
	}
	return st.to.step, nil
}

// passed goes past a step that puts in a name which is not set.
func (t *turn) passed(st *step, i int) int {
	t.record(Record{What: "passed", Name: st.path})
	return i + 1
}

// ask sends a question with its buttons and starts its patience.
func (t *turn) ask(st *step, text string) {
	p := t.patience(st)
	t.s.Session.Questioned = true
	t.out = append(t.out, Ask{Text: text, Step: st.path, Token: t.s.Session.Open.Token, Choices: t.buttons(st), Wait: p.wait})
}

// show repeats the open question, if there is one.
func (t *turn) show() {
	if t.s.Session == nil || t.s.Session.Open == nil {
		return
	}
	st := t.question()
	text, ok := t.fill(st.say)
	if !ok {
		t.broken()
		return
	}
	t.ask(st, text)
}

// assign sets variables or facts. A value that is a name alone, and unset,
// sets nothing: silence is never a score.
func (t *turn) assign(st *step) error {
	for _, a := range st.assigns {
		if a.forget {
			if t.s.Facts.Has(a.name) {
				t.s.Facts = t.s.Facts.Without(a.name)
				t.record(Record{What: "fact", Name: a.name, Rule: "forget"})
			}
			continue
		}
		v, ok, err := t.value(a.value, a.kind)
		if err != nil {
			return err
		}
		switch {
		case !ok:
		case st.does == doSet:
			t.setVar(a.name, v)
		default:
			if a.kind == Series {
				old, _ := t.lookup(a.name)
				v = t.addPoint(old, v.Number)
			}
			t.s.Facts = t.s.Facts.With(a.name, v)
			t.record(Record{What: "fact", Name: a.name, Value: &v, Raw: t.ev.Text})
		}
	}
	return nil
}

// value evaluates an expression to a kind; a series takes a number. ok is false
// when the expression is the name of something unset.
func (t *turn) value(e *expression, k Kind) (v Value, ok bool, err error) {
	if e.bare != "" && e.bare != "missed" {
		v, ok := t.lookup(e.bare)
		if !ok || (v.Kind == Text || v.Kind == Date) && v.Text == "" {
			return Value{}, false, nil
		}
		v.Kind = k // the loader has seen that it fits
		return v, true, nil
	}
	out, err := t.eval(e)
	if err != nil {
		return Value{}, false, err
	}
	v.Kind = k
	switch k {
	case Number, Series:
		v.Number, ok = out.(float64)
	case YesNo:
		v.Yes, ok = out.(bool)
	default:
		v.Text, ok = out.(string)
		if ok && v.Text == "" {
			return Value{}, false, nil
		}
	}
	if !ok {
		return Value{}, false, errors.New("a value of another kind")
	}
	return v, true, nil
}

// weekdayOf reads a day's English name or its first three letters.
func weekdayOf(text string) (time.Weekday, bool) {
	text = fold(text)
	for day := time.Sunday; day <= time.Saturday; day++ {
		if name := strings.ToLower(day.String()); text == name || text == name[:3] {
			return day, true
		}
	}
	return time.Sunday, false
}
