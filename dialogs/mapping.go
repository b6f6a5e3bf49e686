package dialogs

// mapping says where the steps of older editions of a script are in this one.
// A script that declares one, be it empty, takes the sessions under way along;
// without one they end on the words they began with.
//
// Entries are for every edition before this one, not for the last alone: a
// session may have begun two editions ago. A name that stands for a step today
// is therefore no entry, and entries are followed one after the other: with
// renamed: {a: b} of spring and {b: c} of summer, what stood at a goes to c.
type mapping struct {
	at               pos
	renamed, dropped map[string]target
}

// readMapping reads renamed and dropped once the steps are known.
func (r *reader) readMapping(o object) {
	renamed, dropped := o.get("renamed"), o.get("dropped")
	if !renamed.present() && !dropped.present() {
		return
	}
	m := &mapping{at: o.keyAt("renamed"), renamed: make(map[string]target), dropped: make(map[string]target)}
	if !renamed.present() {
		m.at = o.keyAt("dropped")
	}
	r.script.moves = m
	for _, list := range []struct {
		key  string
		node node
		into map[string]target
	}{{"renamed", renamed, m.renamed}, {"dropped", dropped, m.dropped}} {
		if !list.node.present() {
			continue
		}
		entries, ok := list.node.object(list.key, nil)
		if !ok {
			continue
		}
		for _, e := range entries.entries {
			_, stands := r.script.index[e.key]
			_, twice := m.renamed[e.key]
			switch {
			case stands:
				r.add(e.at, "%s: this script has a step %q; an entry is for a name that is no longer there", list.key, e.key)
			case twice || list.into[e.key].name != "":
				r.add(e.at, "%q stands twice in renamed and dropped", e.key)
			default:
				list.into[e.key] = target{name: e.text(list.key), at: e.pos}
			}
		}
	}
	r.checkMapping(m)
}

// checkMapping sees to it that every entry leads to a step, or to the end.
func (r *reader) checkMapping(m *mapping) {
	var ids []string
	for _, st := range r.script.steps {
		ids = append(ids, st.id)
	}
	for key, list := range map[string]map[string]target{"renamed": m.renamed, "dropped": m.dropped} {
		for name, to := range list {
			end := to.name == endName && key == "dropped"
			if _, fate := r.script.place(name); fate == Lost && !end {
				r.add(to.at, "%s: %q leads to no step%s", key, to.name, nearest(to.name, ids))
			}
		}
	}
}

// Fate is what becomes of a session that stands at a step of an older edition.
type Fate string

// The fates. Pinned sessions end on the words they began with.
const (
	Pinned  Fate = "pinned"
	Stays   Fate = "stays"   // on the step of the same name
	Renamed Fate = "renamed" // on the step that has another name now
	Dropped Fate = "dropped" // once the question is answered it goes on elsewhere
	Lost    Fate = "lost"    // the mapping does not say; the session stays pinned
)

// place finds the step that an older edition's step is now, or where to go on
// from one that is no more; the number past the last step is the end.
func (s *Script) place(id string) (step int, fate Fate) {
	fate = Stays
	for range 1 + len(s.moves.renamed) + len(s.moves.dropped) { // more is a circle
		if i, ok := s.index[id]; ok {
			return i, fate
		}
		if id == endName && fate == Dropped {
			return len(s.steps), fate
		}
		to, ok := s.moves.renamed[id]
		if ok && fate == Stays {
			fate = Renamed
		}
		if !ok {
			if to, ok = s.moves.dropped[id]; ok {
				fate = Dropped
			}
		}
		if !ok {
			break
		}
		id = to.name
	}
	return 0, Lost
}

// MovesAt is where the script declares that it takes sessions of older
// editions along; ok is false when it does not.
func (s *Script) MovesAt() (at Position, ok bool) {
	if s.moves == nil {
		return Position{}, false
	}
	return Position{s.moves.at.line, s.moves.at.column}, true
}
