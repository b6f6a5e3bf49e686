package dialogs

// Standing is a step of older scripts at which a session can stand: an open or
// interrupted question, or a call that is under way; and what becomes of the
// session when the newer scripts are published. It holds for every session
// there, whatever the person has answered.
type Standing struct {
	Script, Step string
	Does         string   // "ask" or "call"
	At           Position // in the older script
	Fate         Fate
	// To is the step it stands on then, or goes on at; "" is the end of the
	// script, and what stays pinned has none.
	To string
	// Why says, for what is Lost, why it has no place, and Mend is where the
	// newer script can be mended.
	Why  Cause
	Name string // what is not set, for CauseUnset
	Mend Position
}

// Cause is why a session has no place in newer scripts though they take
// sessions along.
type Cause string

// The causes.
const (
	CauseGone  Cause = "gone"  // the step is not there, and no entry names it
	CauseKind  Cause = "kind"  // there is one, and it asks or calls something else
	CauseUnset Cause = "unset" // what the session goes on to uses what it may not have
)

// Compare tells for each step of the older edition at which a session can
// stand what becomes of it in the newer one, in the order of the older files.
func Compare(old, now *Edition) []Standing {
	r := &route{old, now}
	var list []Standing
	for _, s := range old.Scripts() {
		for i, st := range s.steps {
			if st.does == doAsk || st.does == doCall {
				list = append(list, r.standing(s, i))
			}
		}
	}
	return list
}

func (r *route) standing(s *Script, i int) Standing {
	st := s.steps[i]
	out := Standing{Script: s.name, Step: st.id, Does: string(st.does), At: Position{st.at.line, st.at.column}, Fate: Pinned}
	now := r.current.scripts[s.name]
	switch {
	case now == nil:
		return out
	case now.moves == nil && r.same(s, now):
		out.Fate, out.To = Stays, st.id
		return out
	case now.moves == nil:
		return out
	}
	to, fate := now.place(st.id)
	out.Fate = fate
	if to < len(now.steps) {
		out.To = now.steps[to].id
	}
	out.Mend, _ = now.MovesAt()
	lost := func(why Cause, name string) Standing {
		out.Fate, out.Why, out.Name, out.To = Lost, why, name, ""
		return out
	}
	if fate == Lost {
		return lost(CauseGone, "")
	}
	if to < len(now.steps) {
		out.Mend = Position{now.steps[to].at.line, now.steps[to].at.column}
	}
	if fate != Dropped && !fits(st, now.steps[to]) {
		return lost(CauseKind, "")
	}
	if name := now.lackAt(to, fate != Dropped, r.given(s, i, fate == Dropped), st, r.current.facts); name != "" {
		return lost(CauseUnset, name)
	}
	return out
}

// given is what is set in every session that stands at a step of the older
// script, or has just left it without an answer, as far as the newer one
// declares the same.
func (r *route) given(s *Script, i int, left bool) nameSet {
	st, now := s.steps[i], r.current.scripts[s.name]
	set := with(s.given[i], implied(st.when, true))
	known := make(nameSet, len(set))
	for name := range set {
		kind, isVar := s.vars[name]
		if !isVar {
			kind = r.old.facts[name].Kind
		}
		if left && name == st.keep && isVar {
			continue // a skip unsets it
		}
		if now.vars[name] == kind || !isVar && r.current.facts[name].Kind == kind {
			known[name] = true
		}
	}
	return known
}
