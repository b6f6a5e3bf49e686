package dialogs

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"onestep/dialogs/reply"
)

// Limits, each with its reason.
const (
	maxSteps  = 50  // steps in one turn; more means a script that runs in circles
	maxAsked  = 50  // questions that back can go to; nobody goes back further
	maxQuoted = 160 // letters of a person's words put into ours, so that a message stays readable
)

var zeroTime time.Time

// turn is one event on its way through the dialog. Its state is a copy of the
// caller's whose maps are shared until something writes to them.
type turn struct {
	eds   Editions
	ed    *Edition // of the running session
	ev    Event
	s     State
	out   []Effect
	wish  reply.Reading[reply.Command]
	steps int
	tools *evaluator // borrowed for this turn
	day   string     // the person's date, once asked for

	ownSchedules bool

	undo   *Undo  // of the last answer, if it was the last event
	before State  // where an answer of this turn can be taken back to
	doubt  bool   // the person is told how the answer was taken
	was    *Value // what the answer of this turn corrects

	endangered bool // words of danger came

	tracing bool
	trace   []string // steps taken, script/step
}

func newTurn(eds Editions, s State, ev Event) *turn {
	t := &turn{eds: eds, ed: eds.Current, ev: ev, out: make([]Effect, 0, 8), undo: s.Undo}
	if s.Session != nil && eds.Pinned != nil && s.Session.Edition != eds.Current.id {
		t.ed = eds.Pinned
	}
	s.Undo = nil
	t.begun(s)
	return t
}

// begun makes a state the one that this turn goes on from, without touching
// what the caller holds of it.
func (t *turn) begun(s State) {
	t.s, t.before = s, s
	t.ownSchedules = false
	if s.Session != nil {
		session := *s.Session
		session.Frames = slices.Clone(session.Frames)
		if session.Open != nil {
			open := *session.Open
			session.Open = &open
		}
		t.s.Session = &session
	}
	t.s.Waiting = slices.Clip(t.s.Waiting)
}

// lost tells whether the edition that the session began with is not at hand,
// or its frames name what that edition does not have.
func (t *turn) lost() bool {
	if t.ed.id != t.s.Session.Edition || len(t.s.Session.Frames) == 0 {
		return true
	}
	for _, f := range t.s.Session.Frames {
		script := t.ed.scripts[f.Script]
		if script == nil {
			return true
		}
		if _, ok := script.index[f.Step]; !ok {
			return true
		}
	}
	return false
}

func (t *turn) record(r Record) { t.out = append(t.out, r) }

// nudge asks the worker to act, with the person's last words for their eyes.
func (t *turn) nudge(trigger Trigger) {
	t.out = append(t.out, Nudge{Trigger: trigger, Changed: Triggers[trigger].Changed, Words: t.ev.Text})
}

// say says a phrase.
func (t *turn) say(key string, safe bool) {
	ed := t.ed
	if safe {
		ed = t.eds.Current // safety words are always the newest
	}
	t.out = append(t.out, Say{Text: ed.phrase(key, t.ev.Language, t.ev.About, nil, t.eds.Current), Step: "phrases/" + key, Safety: safe})
}

// phrase says a phrase, and the open question again if there is one.
func (t *turn) phrase(key string) {
	t.say(t.fresh(key), false)
	if !t.s.Held && !t.s.Stopped {
		t.show()
	}
}

// rather is the first phrase where the edition has it, else the second one.
func (t *turn) rather(key, otherwise string) string {
	if t.ed.phrases[key] != nil {
		return key
	}
	return otherwise
}

// top is the running frame.
func (t *turn) top() *Frame {
	frames := t.s.Session.Frames
	return &frames[len(frames)-1]
}

// scriptOf is the script of the running frame.
func (t *turn) scriptOf() *Script { return t.ed.scripts[t.top().Script] }

// question is the step of the open question.
func (t *turn) question() *step {
	s := t.scriptOf()
	st := s.steps[s.index[t.top().Step]]
	if st.does != doAsk {
		return nil
	}
	return st
}

// token names a question: the turn, and the place in the turn. At most 16
// characters.
func (t *turn) token() string {
	return strconv.FormatUint(t.ev.Turn, 36) + "." + strconv.FormatInt(int64(len(t.out)), 36)
}

// missed is how many check-ins in a row had no reply, this one included. One
// that asked nothing, or whose questions reached nobody, could have none.
func (t *turn) missed() int {
	n := t.s.Missed
	if s := t.s.Session; s != nil && s.Questioned && !s.Replied && !t.ev.Unseen && t.isCheckin() {
		n++
	}
	return n
}

// isCheckin tells whether the session counts as a check-in.
func (t *turn) isCheckin() bool {
	s := t.s.Session
	if len(s.Frames) == 0 {
		return false
	}
	script := t.ed.scripts[s.Frames[0].Script]
	return script != nil && script.checkin
}

// paused tells whether a pause is in force.
func (t *turn) paused() bool { return t.s.PausedUntil.After(t.ev.At) }

// today is the person's date.
func (t *turn) today() string {
	if t.day == "" {
		t.day = dateOf(t.ev.At, t.ev.Zone)
	}
	return t.day
}

// kind is the kind of a variable of the running script or of a fact.
func (t *turn) kind(name string) Kind {
	if k, ok := t.scriptOf().vars[name]; ok {
		return k
	}
	return t.ed.facts[name].Kind
}

// lookup finds a variable or a fact. A fact that is kept under another kind
// than the edition declares counts as unset.
func (t *turn) lookup(name string) (Value, bool) {
	if name == "next_checkin" {
		at, ok := t.nextCheckin()
		if !ok {
			return Value{}, false
		}
		return Value{Kind: Date, Text: dateOf(at, t.ev.Zone)}, true
	}
	if _, isVar := t.scriptOf().vars[name]; isVar {
		return t.top().Vars.Get(name)
	}
	v, ok := t.s.Facts.Get(name)
	if ok && v.Kind != t.ed.facts[name].Kind {
		return Value{}, false
	}
	return v, ok
}

// setVar sets a variable of this run.
func (t *turn) setVar(name string, v Value) {
	f := t.top()
	f.Vars = f.Vars.With(name, v)
}

// clearVar unsets a variable of this run.
func (t *turn) clearVar(name string) {
	f := t.top()
	f.Vars = f.Vars.Without(name)
}

// addPoint adds today's number to a series. A day has one number: a second one
// replaces the first, so that an answer given again is not counted twice.
func (t *turn) addPoint(series Value, n float64) Value {
	day := t.today()
	points := make([]Point, 0, len(series.Series)+1)
	for _, p := range series.Series {
		if p.On != day {
			points = append(points, p)
		}
	}
	return Value{Kind: Series, Series: append(points, Point{On: day, Number: n})}
}

// fill puts the values into a text in the person's language.
func (t *turn) fill(w *words) (string, bool) {
	return w.template(t.ev.Language).fill(t.word)
}

// word is a name's value as people read it.
func (t *turn) word(name string) (string, bool) {
	if v, ok := t.eds.Current.helpLine(name, t.ev.Language, t.ev.About.Nation); ok {
		return v, true // the newest, whatever the session began with
	}
	if v := t.ed.hostWord(name, t.ev.Language, t.ev.About); v != "" {
		return v, true
	}
	switch name {
	case "next_time":
		at, ok := t.nextCheckin()
		if !ok {
			return "", false
		}
		local := at.In(t.ev.Zone)
		return t.timeInWords(local.Hour()*60 + local.Minute()), true
	case "paused_until":
		if !t.paused() || t.s.PausedUntil.Equal(Forever) {
			return "", false
		}
		return t.ed.calendar(t.ev.Language).date(t.s.PausedUntil.In(t.ev.Zone)), true
	}
	v, ok := t.lookup(name)
	if !ok {
		return "", false
	}
	return t.valueInWords(v)
}

func (t *turn) valueInWords(v Value) (string, bool) {
	switch v.Kind {
	case Number:
		return number(v.Number), true
	case YesNo:
		if v.Yes {
			return t.ed.Phrase("yes", t.ev.Language, t.ev.About, nil), true
		}
		return t.ed.Phrase("no", t.ev.Language, t.ev.About, nil), true
	case Date:
		day, err := time.Parse(time.DateOnly, v.Text)
		if err != nil {
			return "", false
		}
		return t.ed.calendar(t.ev.Language).date(day), true
	}
	return quote(v.Text), true
}

// quote is a person's text as we repeat it: whole, or its first words.
func quote(s string) string {
	if len(s) <= maxQuoted || utf8.RuneCountInString(s) <= maxQuoted {
		return s
	}
	runes := []rune(s)[:maxQuoted]
	cut := string(runes)
	if i := strings.LastIndexAny(cut, " \n\t"); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " \n\t,;:.") + "..."
}
