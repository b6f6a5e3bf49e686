package dialogs

import (
	"bytes"
	"slices"
)

// A session is pinned to the edition it began with. Where the scripts of today
// declare a mapping it moves to them: at its next event when each step that it
// stands on has a place there, and once its question is answered when that
// question has been dropped. Whatever it may come upon must be there, down to
// each variable that a line puts in; else it stays pinned.

// route is the way from one edition to a newer one.
type route struct{ old, current *Edition }

// route is nil where there is nowhere to move to.
func (t *turn) route() *route {
	s := t.s.Session
	if s == nil || t.eds.Pinned == nil || s.Edition != t.eds.Pinned.id || s.Edition == t.eds.Current.id || t.ed == t.eds.Current {
		return nil
	}
	return &route{t.eds.Pinned, t.eds.Current}
}

// takesAlong tells whether the scripts of a call stack take sessions along: at
// least one declares a mapping, and each other one is as it was.
func (r *route) takesAlong(frames []Frame) bool {
	declared := false
	for _, f := range frames {
		old, now := r.old.scripts[f.Script], r.current.scripts[f.Script]
		switch {
		case old == nil || now == nil:
			return false
		case now.moves != nil:
			declared = true
		case !r.same(old, now):
			return false
		}
	}
	return declared
}

// same tells whether a script is to the letter what it was.
func (r *route) same(old, now *Script) bool {
	return bytes.Equal(r.old.files[old.file], r.current.files[now.file])
}

// place is where a step of a script is today.
func (r *route) place(script, id string) (step int, fate Fate) {
	now := r.current.scripts[script]
	if now.moves != nil {
		return now.place(id)
	}
	if i, ok := now.index[id]; ok {
		return i, Stays
	}
	return 0, Lost
}

// fits tells whether a session that stands at the one step can stand at the
// other: a question of the same kind, or a call of the same script.
func fits(old, now *step) bool {
	return old.does == now.does && old.asks == now.asks && old.script == now.script && (now.does == doAsk || now.does == doCall)
}

// frame moves one script of the call stack to the step it is at today. The
// facts are what is known of the person.
func (r *route) frame(f Frame, facts Values) (Frame, bool) {
	old, now := r.old.scripts[f.Script], r.current.scripts[f.Script]
	was, known := old.index[f.Step]
	i, fate := r.place(f.Script, f.Step)
	if !known || fate != Stays && fate != Renamed || !fits(old.steps[was], now.steps[i]) {
		return f, false
	}
	f.Step, f.Vars = now.steps[i].id, now.carried(f.Vars)
	return f, r.holds(now, i, true, f.Vars, facts, old.steps[was])
}

// carried are the variables that this script declares as well.
func (s *Script) carried(vars Values) Values {
	return vars.Only(func(name string, v Value) bool { return s.vars[name] == v.Kind })
}

// holds tells whether nothing from the step on uses what is not set. Where a
// question stands open, its words must be sayable again.
func (r *route) holds(s *Script, i int, stands bool, vars, facts Values, was *step) bool {
	given := make(nameSet, vars.Len()+facts.Len())
	for name := range vars.All() {
		given[name] = true
	}
	for name, v := range facts.All() {
		if r.current.facts[name].Kind == v.Kind {
			given[name] = true
		}
	}
	return s.lackAt(i, stands, given, was, r.current.facts) == ""
}

// lackAt names something that is used from the step on and not set, "" if
// there is nothing.
func (s *Script) lackAt(i int, stands bool, given nameSet, was *step, facts map[string]Fact) string {
	if stands && was.say != nil && s.steps[i].say != nil {
		for _, name := range s.steps[i].say.own.names {
			// What the older question put in was set when it was asked.
			if !given[name] && !slices.Contains(hostWords[:alwaysKnown], name) && !slices.Contains(was.say.own.names, name) {
				return name
			}
		}
	}
	kinds := make(map[string]Kind, len(facts))
	for name, f := range facts {
		kinds[name] = f.Kind
	}
	from := i
	if !stands {
		from = -1
	}
	for _, l := range s.lacks(s.follow(i, given, stands), from, kinds) {
		return l.name
	}
	return ""
}

// history moves the questions that back can go to. One that was dropped, or
// cannot be asked again with what is known, is none of them any more.
func (r *route) history(asked []Place, frames []Frame, facts Values) ([]Place, bool) {
	var moved []Place
	for _, p := range asked {
		old, now := r.old.scripts[p.Script], r.current.scripts[p.Script]
		if old == nil || now == nil || p.Depth >= len(frames) || frames[p.Depth].Script != p.Script {
			continue // a place that back could not open before either
		}
		was, known := old.index[p.Step]
		i, fate := r.place(p.Script, p.Step)
		switch {
		case fate == Dropped && known:
			continue
		case !known || fate == Lost || !fits(old.steps[was], now.steps[i]):
			return nil, false
		case !r.holds(now, i, true, frames[p.Depth].Vars, facts, old.steps[was]):
			continue
		}
		p.Step = now.steps[i].id
		moved = append(moved, p)
	}
	return moved, true
}

// move takes the session to the current edition, if it has a place there.
func (t *turn) move() {
	r := t.route()
	if r == nil || t.lost() || !r.takesAlong(t.s.Session.Frames) {
		return
	}
	s := *t.s.Session
	s.Frames = slices.Clone(s.Frames)
	for i, f := range s.Frames {
		var ok bool
		if s.Frames[i], ok = r.frame(f, t.s.Facts); !ok {
			return
		}
	}
	var ok bool
	if s.Asked, ok = r.history(s.Asked, s.Frames, t.s.Facts); ok {
		t.moved(s)
		t.begun(t.s)
	}
}

// onward says where to go on once the running script is done with a step: in
// the current edition, when that has dropped the step, else as the script says.
func (t *turn) onward(st *step, to int) int {
	r := t.route()
	if r == nil || !r.takesAlong(t.s.Session.Frames) {
		return to
	}
	s := *t.s.Session
	top := len(s.Frames) - 1
	i, fate := r.place(s.Frames[top].Script, st.id)
	if fate != Dropped {
		return to
	}
	s.Frames = slices.Clone(s.Frames)
	for d, f := range s.Frames[:top] {
		var ok bool
		if s.Frames[d], ok = r.frame(f, t.s.Facts); !ok {
			return to
		}
	}
	f, now := &s.Frames[top], r.current.scripts[s.Frames[top].Script]
	f.Vars = now.carried(f.Vars)
	var ok bool
	if s.Asked, ok = r.history(s.Asked, s.Frames, t.s.Facts); !ok || !r.holds(now, i, false, f.Vars, t.s.Facts, st) {
		return to
	}
	t.moved(s)
	return i
}

func (t *turn) moved(s Session) {
	s.Edition = t.eds.Current.id
	t.s.Session, t.ed = &s, t.eds.Current
	t.record(Record{What: "session", Name: s.Frames[0].Script, Rule: "moved"})
}
