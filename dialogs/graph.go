package dialogs

import "slices"

// Where "go: end" leads, unless a step has that name, and the context of the
// reminder's words in a translation, which no step can have.
const (
	endName    = "end"
	remindName = "remind"
)

// resolve turns the names of steps into numbers.
func (r *reader) resolve() {
	s := r.script
	ids := make([]string, len(s.steps))
	for i, st := range s.steps {
		ids[i] = st.id
	}
	to := func(t *target, next int) {
		switch {
		case t.name == "":
			t.step = next
		default:
			i, ok := s.index[t.name]
			if !ok && t.name == endName {
				i, ok = len(s.steps), true
			}
			if !ok {
				r.add(t.at, "unknown step %q%s", t.name, nearest(t.name, ids))
				i = next
			}
			t.step = i
		}
	}
	if s.timeout != nil {
		to(&s.timeout.to, len(s.steps))
	}
	for i, st := range s.steps {
		to(&st.to, i+1)
		next := st.to.step
		if st.required {
			next = len(s.steps) // a skip ends the script
		}
		to(&st.skip, next)
		to(&st.unclear, st.skip.step)
		to(&st.yes, st.to.step)
		to(&st.no, st.to.step)
		if st.timeout != nil {
			to(&st.timeout.to, len(s.steps))
		}
		for j := range st.choices {
			to(&st.choices[j].to, st.to.step)
		}
		for j := range st.branches {
			to(&st.branches[j].to, len(s.steps))
		}
	}
}

// way is one way on from a step.
type way struct {
	to    int
	label string
	// answered is set on the ways that an answer opens, over on the way past a
	// step whose condition is false.
	answered, over bool
	when           *expression // the condition of a branch line
}

// ways lists where a step can lead. Ways to the same step with the same
// meaning are listed once.
func (s *Script) ways(i int) []way {
	st := s.steps[i]
	var ways []way
	add := func(w way) {
		if !slices.ContainsFunc(ways, func(o way) bool { return o.to == w.to && o.label == w.label }) {
			ways = append(ways, w)
		}
	}
	switch st.does {
	case doBranch:
		for _, b := range st.branches {
			label := "otherwise"
			if b.when != nil {
				label = b.when.source
			}
			add(way{to: b.to.step, label: label, when: b.when})
		}
	case doEnd, doStop:
		add(way{to: len(s.steps)})
	case doAsk:
		switch st.asks {
		case askYesNo:
			add(way{to: st.yes.step, label: "yes", answered: true})
			add(way{to: st.no.step, label: "no", answered: true})
		case askChoice:
			for _, c := range st.choices {
				add(way{to: c.to.step, label: "= " + c.value, answered: true})
			}
		default:
			add(way{to: st.to.step, answered: true})
		}
		add(way{to: st.skip.step, label: "skip"})
		add(way{to: st.unclear.step, label: "unclear"})
		if t := s.timeoutOf(st); t != nil {
			add(way{to: t.to.step, label: "timeout"})
		}
	default:
		add(way{to: st.to.step})
	}
	if st.when != nil {
		add(way{to: i + 1, label: "not when", over: true})
	} else if s.mayPass(st) {
		add(way{to: i + 1, label: "unset", over: true})
	}
	return ways
}

// mayPass tells whether a step's words put in a name that may have no value
// when it runs: a fact, or the date of a plan. Variables are checked at load,
// and the host's other words always have one.
func (s *Script) mayPass(st *step) bool {
	return st.say != nil && slices.ContainsFunc(st.say.own.names, func(name string) bool {
		_, isVar := s.vars[name]
		return !isVar && !slices.Contains(hostWords[:alwaysKnown], name)
	})
}

// timeoutOf is the timeout of a question: its own or the script's.
func (s *Script) timeoutOf(st *step) *timeout {
	if st.timeout != nil {
		return st.timeout
	}
	return s.timeout
}

// check looks at the script as a graph.
func (s *Script) check(f *faults, all map[string]*Script) {
	reached := make([]bool, len(s.steps))
	var reach func(i int)
	reach = func(i int) {
		if i >= len(s.steps) || reached[i] {
			return
		}
		reached[i] = true
		for _, w := range s.ways(i) {
			reach(w.to)
		}
		// A call can be left by the caller's timeout.
		if s.steps[i].does == doCall && s.timeout != nil {
			reach(s.timeout.to.step)
		}
	}
	if len(s.steps) > 0 {
		reach(0)
	}
	for i, st := range s.steps {
		if !reached[i] {
			f.add(st.at, "nothing reaches the step %q", st.id)
		}
	}
	s.checkLoops(f, all)
	for _, st := range s.steps {
		if (st.does == doCall || st.does == doSchedule) && all[st.script] == nil {
			f.add(st.at, "%s: unknown script %q%s", st.does, st.script, nearest(st.script, scriptNames(all)))
		}
	}
}

// checkLoops finds circles of steps without a question.
func (s *Script) checkLoops(f *faults, all map[string]*Script) {
	const (
		unseen = iota
		onPath
		done
	)
	state := make([]int, len(s.steps))
	var walk func(i int)
	walk = func(i int) {
		st := s.steps[i]
		state[i] = onPath
		if !s.waits(st, all) {
			for _, w := range s.ways(i) {
				switch {
				case w.to >= len(s.steps) || s.waits(s.steps[w.to], all):
				case state[w.to] == onPath:
					f.add(s.steps[w.to].at, "a loop without a question: the step %q comes back to itself", s.steps[w.to].id)
				case state[w.to] == unseen:
					walk(w.to)
				}
			}
		}
		state[i] = done
	}
	for i := range s.steps {
		if state[i] == unseen {
			walk(i)
		}
	}
}

// waits tells whether a step waits for the person: it asks, or calls a script
// that does.
func (s *Script) waits(st *step, all map[string]*Script) bool {
	if st.does == doAsk {
		return true
	}
	called := all[st.script]
	if st.does != doCall || called == nil {
		return false
	}
	return slices.ContainsFunc(called.steps, func(c *step) bool { return c.does == doAsk })
}

// checkCalls finds scripts that call each other in a circle.
func checkCalls(f *faults, all map[string]*Script) {
	var walk func(s *Script, path []string)
	walk = func(s *Script, path []string) {
		for _, st := range s.steps {
			if st.does != doCall || all[st.script] == nil {
				continue
			}
			if i := slices.Index(path, st.script); i >= 0 {
				if i == 0 {
					f.add(st.at, "scripts call each other in a circle: %s", joinPath(append(slices.Clone(path), st.script)))
				}
				continue
			}
			walk(all[st.script], append(slices.Clone(path), st.script))
		}
	}
	for _, name := range scriptNames(all) {
		walk(all[name], []string{name})
	}
}

func joinPath(path []string) string {
	text := path[0]
	for _, p := range path[1:] {
		text += " calls " + p
	}
	return text
}
