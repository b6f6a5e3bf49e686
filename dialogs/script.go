package dialogs

import (
	"time"

	"onestep/dialogs/reply"
)

// Script is one compiled dialog. It never changes.
type Script struct {
	name     string
	about    string
	language string
	file     string
	checkin  bool
	remind   *remind
	timeout  *timeout
	vars     map[string]Kind
	filled   []string
	lint     []Waiver
	steps    []*step
	index    map[string]int
	moves    *mapping  // nil: sessions under way keep their words
	given    []nameSet // what is set at each step, on every way to it
	at       pos
}

// Name is what calls, schedules and events know the script by.
func (s *Script) Name() string { return s.name }

// About says what the script is for, to its authors.
func (s *Script) About() string { return s.about }

// Checkin tells whether an unanswered run counts as a missed check-in.
func (s *Script) Checkin() bool { return s.checkin }

// Language is the tag of the language that the script itself is written in.
func (s *Script) Language() string { return s.language }

// remind is the one reminder of a session.
type remind struct {
	after time.Duration
	say   *words
	tags  []string
}

// timeout is what becomes of a question without a reply. Without a step to go
// to, the script ends.
type timeout struct {
	after time.Duration
	to    target
}

// target is where to go: a step's number, next, or the end.
type target struct {
	name string // as written; "" is the next step
	step int    // number of the step; past the last one ends the script
	at   pos
}

// step is one compiled step. Which fields are used depends on what it does.
type step struct {
	id   string
	path string // script/id, as messages and the journal name it
	at   pos
	does verb
	when *expression
	to   target // where it goes on

	say  *words   // say, ask
	tags []string // say, ask
	lint []Waiver

	asks     asked
	keep     string
	keepFact bool
	choices  []choice
	labels   map[string][]Choice       // buttons by language
	options  map[string][]reply.Option // what may be written for them, by language
	again    *words
	unclear  target
	skip     target
	yes, no  target
	timeout  *timeout
	required bool

	branches []branch
	assigns  []assign // set, remember
	trigger  Trigger
	script   string // schedule, call
	schedule planned
	weeks    *expression // pause
	until    *expression // pause
}

// choice is one answer of a choice question.
type choice struct {
	value string
	label *words
	also  *words // what else people may write for it, with commas; nil for nothing
	to    target
	goes  bool // has its own go
	at    pos
}

// branch is one line of a branch step; the last one has no condition.
type branch struct {
	when *expression
	to   target
}

// assign is one line of set or remember.
type assign struct {
	name   string
	kind   Kind
	forget bool
	value  *expression
	at     pos
}

// planned is a schedule step: expressions until it runs.
type planned struct {
	off   bool
	every int
	// One of the first four says the day.
	weekly, rule, on, instead, at *expression
}

// Edge is one way on from a step, for drawings and checks.
type Edge struct {
	To string // the step's id; "" is the end of the script
	// If says when it is taken: "", "skip", "unclear", "timeout", "yes", "no",
	// "otherwise", "not when", "= VALUE" or a condition.
	If string
}

// StepView is what a step is to readers of a script: lint, graph, tests.
type StepView struct {
	ID      string
	Does    string // the key of the step: "say", "ask", ...
	Asks    string // the kind of an ask
	When    string // its condition as written
	Say     string // its words in the script's own language
	Again   string // its own repair, "" where the phrase of its kind is said
	Choices []Choice
	Script  string // of a call or a schedule
	Trigger Trigger
	Keep    string // what an ask keeps its answer in
	// Required is set on an ask whose skip ends the script.
	Required bool
	// Sets are the lines of set and remember, in their order.
	Sets []Setting
	// Every is a weekly schedule's weeks between two starts; 0 otherwise. Once is
	// set on a schedule of a single day.
	Every   int
	Once    bool
	Tags    []string
	Waivers []Waiver
	Edges   []Edge
	Line    int
	Column  int
	// SayAt and AgainAt are where the words begin; zero without words.
	SayAt, AgainAt Position
}

// Setting is one line of set or remember.
type Setting struct {
	Name   string
	Value  string // the expression as written; "" when it forgets
	Forget bool
}

// Position is a place in a file, from 1.
type Position struct{ Line, Column int }

// Steps describes the steps in the order of the file.
func (s *Script) Steps() []StepView {
	views := make([]StepView, len(s.steps))
	for i, st := range s.steps {
		v := StepView{ID: st.id, Does: string(st.does), Asks: string(st.asks), Script: st.script, Trigger: st.trigger, Keep: st.keep, Required: st.required, Tags: st.tags, Waivers: st.lint, Line: st.at.line, Column: st.at.column}
		if st.when != nil {
			v.When = st.when.source
		}
		if st.say != nil {
			v.Say, v.SayAt = st.say.source, Position{st.say.at.line, st.say.at.column}
		}
		if st.again != nil {
			v.Again, v.AgainAt = st.again.source, Position{st.again.at.line, st.again.at.column}
		}
		for _, c := range st.choices {
			v.Choices = append(v.Choices, Choice{Label: c.label.source, Value: c.value})
		}
		for _, a := range st.assigns {
			set := Setting{Name: a.name, Forget: a.forget}
			if a.value != nil {
				set.Value = a.value.source
			}
			v.Sets = append(v.Sets, set)
		}
		v.Once = st.schedule.on != nil
		if st.schedule.weekly != nil {
			v.Every = st.schedule.every
		}
		for _, w := range s.ways(i) {
			e := Edge{If: w.label}
			if w.to < len(s.steps) {
				e.To = s.steps[w.to].id
			}
			v.Edges = append(v.Edges, e)
		}
		views[i] = v
	}
	return views
}

// Reminder is the text of the script's one reminder, "" when it has none.
func (s *Script) Reminder() string {
	if s.remind == nil {
		return ""
	}
	return s.remind.say.source
}

// ReminderView describes the reminder as a step whose id is "remind"; ok is
// false when the script has none.
func (s *Script) ReminderView() (v StepView, ok bool) {
	if s.remind == nil {
		return StepView{}, false
	}
	at := s.remind.say.at
	return StepView{ID: remindName, Does: string(doSay), Say: s.remind.say.source, Tags: s.remind.tags,
		Line: at.line, Column: at.column, SayAt: Position{at.line, at.column}}, true
}

// Vars are the variables of a run with their kinds. The caller must not change
// the map.
func (s *Script) Vars() map[string]Kind { return s.vars }

// Given are the variables that are filled before the script starts, as by a
// wish that the person uttered. The caller must not change the list.
func (s *Script) Given() []string { return s.filled }

// File is the name of the script's file in its folder.
func (s *Script) File() string { return s.file }

// Waivers are the lint rules that are off for the script as a whole.
func (s *Script) Waivers() []Waiver { return s.lint }
