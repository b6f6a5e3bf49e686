package lint

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"onestep/dialogs"
)

// model is every state that a run of a script can be in, and the ways between
// them: a step, together with what is known there. Called scripts are walked
// through in place. It is larger than what can happen (facts come from other
// days, and numbers are not calculated with), never smaller.
type model struct {
	script *script
	states []*state // states[0] is the begin
	cut    bool     // there were more than maxStates; rules then look at what is here
}

// state is one step with what is known there.
type state struct {
	in   *script
	step int    // past the last one: the run is over
	line *line  // what it says, nil when it says nothing
	via  string // the steps that called this script, for messages
	ways []move
}

// move is one way on. How is "answer", "skip", "unclear", "timeout", or "" for
// a step that does not ask.
type move struct {
	to   *state
	how  string
	over bool // the step was passed over: its words were not said
}

// maxStates bounds the model of one script; the largest check-in needs a tenth.
const maxStates = 60000

type frame struct {
	script *script
	step   int // the calling step
}

type builder struct {
	*model
	book   *book
	scopes map[string]*scope
	seen   map[string]*state
	live   map[string][]map[string]bool // by script and step
	todo   []func()
}

// modelOf builds the model of a script, once.
func (b *book) modelOf(s *script) *model {
	if m, ok := b.models[s.name]; ok {
		return m
	}
	build := &builder{model: &model{script: s}, book: b, scopes: make(map[string]*scope), seen: make(map[string]*state), live: make(map[string][]map[string]bool)}
	w := world{}
	build.begin(s, w)
	build.at(nil, s, 0, w)
	for len(build.todo) > 0 && len(build.states) < maxStates {
		next := build.todo[len(build.todo)-1]
		build.todo = build.todo[:len(build.todo)-1]
		next()
	}
	build.cut = len(build.todo) > 0
	b.models[s.name] = build.model
	return build.model
}

func (b *builder) scope(s *script) *scope {
	c, ok := b.scopes[s.name]
	if !ok {
		c = newScope(s)
		b.scopes[s.name] = c
	}
	return c
}

// begin makes the variables of a run unset, but for those that are filled
// before it starts.
func (b *builder) begin(s *script, w world) {
	for name := range s.vars {
		if !slices.Contains(s.given, name) {
			b.scope(s).unset(name, w)
		}
	}
}

// liveFrom lists, for each step of a script, the names and conditions that are
// looked at from there on. What is known of anything else makes no difference
// and is dropped, or the model would grow with every question.
func (b *builder) liveFrom(s *script) []map[string]bool {
	if live, ok := b.live[s.name]; ok {
		return live
	}
	live := make([]map[string]bool, len(s.steps)+1)
	for i := range live {
		live[i] = make(map[string]bool)
	}
	b.live[s.name] = live
	for i, st := range s.steps {
		b.reads(s, st, live[i])
	}
	for grew := true; grew; {
		grew = false
		for i := len(s.steps) - 1; i >= 0; i-- {
			before := len(live[i])
			for _, e := range s.steps[i].Edges {
				maps.Copy(live[i], live[s.place(e.To)])
			}
			grew = grew || len(live[i]) > before
		}
	}
	return live
}

// reads notes what one step looks at.
func (b *builder) reads(s *script, st dialogs.StepView, into map[string]bool) {
	note := func(source string) {
		if source != "" {
			atoms(b.scope(s).tree(source), into)
		}
	}
	note(st.When)
	for _, e := range st.Edges {
		if st.Does == "branch" && e.If != "otherwise" && e.If != "not when" && e.If != "unset" {
			note(e.If)
		}
		if e.If == "unset" {
			for _, m := range anySlot.FindAllStringSubmatch(st.Say, -1) {
				into[m[1]] = true
			}
		}
	}
	for _, set := range st.Sets {
		note(set.Value)
	}
	if called := b.book.byName[st.Script]; st.Does == "call" && called != nil {
		for name := range b.liveFrom(called)[0] {
			if _, isVar := called.vars[name]; !isVar {
				into[name] = true
			}
		}
	}
}

// at finds or makes the state of a step.
func (b *builder) at(stack []frame, s *script, step int, w world) *state {
	for step >= len(s.steps) && len(stack) > 0 { // the called script is over
		top := stack[len(stack)-1]
		w = maps.Clone(w)
		maps.DeleteFunc(w, func(k, _ string) bool { return strings.HasPrefix(k, s.name+": ") })
		stack, s = stack[:len(stack)-1], top.script
		step = b.edgeTo(s, s.steps[top.step], "")
	}
	b.drop(stack, s, step, w)
	key := s.name + "#" + strconv.Itoa(step)
	via := ""
	for _, f := range stack {
		key += "<" + f.script.name + "#" + strconv.Itoa(f.step)
		via += f.script.name + "/" + f.script.steps[f.step].ID + " "
	}
	if step < len(s.steps) {
		key += "\n" + w.key()
	}
	if st, ok := b.seen[key]; ok {
		return st
	}
	st := &state{in: s, step: step, via: strings.TrimSpace(via)}
	b.seen[key] = st
	b.states = append(b.states, st)
	if step < len(s.steps) {
		st.line = s.words(s.steps[step].ID)
		b.todo = append(b.todo, func() { b.expand(st, stack, w) })
	}
	return st
}

// drop forgets what nothing looks at any more.
func (b *builder) drop(stack []frame, s *script, step int, w world) {
	frames := append(slices.Clone(stack), frame{s, step})
	maps.DeleteFunc(w, func(k, _ string) bool {
		owner, atom, isVar := strings.Cut(k, ": ")
		if !isVar {
			atom = k
		}
		atom = strings.TrimPrefix(strings.TrimPrefix(atom, "="), "known.")
		return !slices.ContainsFunc(frames, func(f frame) bool {
			return (!isVar || f.script.name == owner) && b.liveFrom(f.script)[f.step][atom]
		})
	})
}

// edgeTo is the number of the step that an edge leads to.
func (b *builder) edgeTo(s *script, st dialogs.StepView, label string) int {
	for _, e := range st.Edges {
		if e.If == label {
			return s.place(e.To)
		}
	}
	return len(s.steps)
}

// place is the number of a step; "" is the end.
func (s *script) place(id string) int {
	if id == "" {
		return len(s.steps)
	}
	return s.index[id]
}

// expand adds the ways on from a state.
func (b *builder) expand(from *state, stack []frame, w world) {
	s, st := from.in, from.in.steps[from.step]
	c := b.scope(s)
	way := func(to int, how string, over bool, w world) {
		next := move{to: b.at(stack, s, to, w), how: how, over: over}
		if !slices.Contains(from.ways, next) {
			from.ways = append(from.ways, next)
		}
	}
	over := func(w world) { way(from.step+1, "", true, w) }
	if st.When != "" {
		tree := c.tree(st.When)
		switch c.eval(tree, w) {
		case no:
			over(maps.Clone(w))
			return
		case unknown:
			without := maps.Clone(w)
			c.assume(tree, no, without)
			over(without)
			w = maps.Clone(w)
			c.assume(tree, yes, w)
		}
	}
	if from.line != nil && slices.ContainsFunc(st.Edges, func(e dialogs.Edge) bool { return e.If == "unset" }) {
		w = maps.Clone(w)
		for _, m := range anySlot.FindAllStringSubmatch(from.line.text, -1) {
			name := m[1]
			if _, isFact := b.book.facts[name]; !isFact && name != "next_checkin" && name != "paused_until" {
				continue
			}
			switch w[c.key("known."+name)] {
			case no:
				over(maps.Clone(w))
				return
			case unknown:
				without := maps.Clone(w)
				without[c.key("known."+name)] = no
				over(without)
				w[c.key("known."+name)] = yes
			}
		}
	}
	b.act(from, stack, st, c, w, way)
}

func (b *builder) act(from *state, stack []frame, st dialogs.StepView, c *scope, w world, way func(int, string, bool, world)) {
	s := from.in
	switch st.Does {
	case "branch":
		rest := maps.Clone(w)
		for _, e := range st.Edges {
			if e.If == "otherwise" || e.If == "not when" || e.If == "unset" {
				if e.If == "otherwise" {
					way(s.place(e.To), "", false, maps.Clone(rest))
				}
				continue
			}
			tree := c.tree(e.If)
			value := c.eval(tree, rest)
			if value == no {
				continue
			}
			taken := maps.Clone(rest)
			c.assume(tree, yes, taken)
			way(s.place(e.To), "", false, taken)
			if value == yes {
				return
			}
			c.assume(tree, no, rest)
		}
	case "ask":
		b.answers(from, st, c, w, way)
		if slices.ContainsFunc(st.Edges, func(e dialogs.Edge) bool { return e.If == "timeout" }) {
			return
		}
		for i := len(stack) - 1; i >= 0; i-- { // the caller's timeout stands
			caller := stack[i]
			for _, asking := range caller.script.steps {
				for _, e := range asking.Edges {
					if asking.Does == "ask" && e.If == "timeout" {
						left := maps.Clone(w)
						maps.DeleteFunc(left, func(k, _ string) bool { return strings.HasPrefix(k, s.name+": ") })
						from.ways = append(from.ways, move{to: b.at(stack[:i], caller.script, caller.script.place(e.To), left), how: "timeout"})
						return
					}
				}
			}
		}
	case "call":
		if called := b.book.byName[st.Script]; called != nil && len(stack) < 8 {
			inside := maps.Clone(w)
			b.begin(called, inside)
			next := b.at(append(slices.Clone(stack), frame{s, from.step}), called, 0, inside)
			from.ways = append(from.ways, move{to: next})
		}
	case "end", "stop":
		way(len(s.steps), "", false, maps.Clone(w))
	default:
		next := maps.Clone(w)
		for _, set := range st.Sets {
			c.set(set.Name, set.Value, set.Forget, next)
		}
		way(b.edgeTo(s, st, ""), "", false, next)
	}
}

// answers adds the ways that lead on from a question.
func (b *builder) answers(from *state, st dialogs.StepView, c *scope, w world, way func(int, string, bool, world)) {
	for _, e := range st.Edges {
		next := maps.Clone(w)
		how := "answer"
		switch {
		case e.If == "skip" || e.If == "unclear":
			how = e.If
			if _, isVar := c.vars[st.Keep]; isVar {
				c.unset(st.Keep, next)
			}
		case e.If == "timeout":
			how = e.If
		case e.If == "not when" || e.If == "unset":
			continue
		case st.Keep == "":
		case e.If == "yes":
			c.let(st.Keep, yes, next)
		case e.If == "no":
			c.let(st.Keep, no, next)
		case strings.HasPrefix(e.If, "= "):
			c.let(st.Keep, strings.TrimPrefix(e.If, "= "), next)
		default:
			c.let(st.Keep, "", next)
		}
		way(from.in.place(e.To), how, false, next)
	}
}

// over tells whether the run is over.
func (s *state) over() bool { return s.step >= len(s.in.steps) }

// name is where the state is, as people write it.
func (s *state) name() string {
	if s.over() {
		return s.in.name + "/end"
	}
	return s.in.name + "/" + s.in.steps[s.step].ID
}

// does is the step's verb, "" at the end.
func (s *state) does() string {
	if s.over() {
		return ""
	}
	return s.in.steps[s.step].Does
}

// view is the step; the state is not the end.
func (s *state) view() dialogs.StepView { return s.in.steps[s.step] }
