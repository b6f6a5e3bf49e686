package transcript

import (
	"slices"
	"strings"

	"onestep/dialogs"
	"onestep/dialogs/reply"
)

// Coverage is what has been reached of an edition: its steps, and its branches,
// which are the ways on from each step. The zero value has seen nothing. It is
// not safe for concurrent use.
type Coverage struct {
	steps map[string]bool
	ways  map[string]bool // "script/a > script/b", and "script/a: skip" and the like
}

// Note adds one turn.
func (c *Coverage) Note(t Turn) {
	if c.steps == nil {
		c.steps, c.ways = make(map[string]bool), make(map[string]bool)
	}
	last := standing(t.Before)
	if label := t.left(); last != "" && label != "" {
		c.ways[last+": "+label] = true
	}
	for _, s := range t.Steps {
		c.steps[s] = true
		if last != "" {
			c.ways[last+" > "+s] = true
		}
		last = s
	}
}

// Went tells whether a question (script/step) was left so: by "skip", "unclear",
// "timeout", "yes", "no" or "= VALUE".
func (c *Coverage) Went(question, how string) bool { return c.ways[question+": "+how] }

// Add takes in what another has seen.
func (c *Coverage) Add(o *Coverage) {
	if c.steps == nil {
		c.steps, c.ways = make(map[string]bool), make(map[string]bool)
	}
	for s := range o.steps {
		c.steps[s] = true
	}
	for w := range o.ways {
		c.ways[w] = true
	}
}

// standing is the step of the open question, as script/step.
func standing(s dialogs.State) string {
	if s.Session == nil || s.Session.Open == nil || len(s.Session.Frames) == 0 {
		return ""
	}
	f := s.Session.Frames[len(s.Session.Frames)-1]
	return f.Script + "/" + f.Step
}

// left says how the open question was left, in the words of dialogs.Edge; ""
// when it was not, or by an answer that leads nowhere of its own.
func (t Turn) left() string {
	for _, e := range t.Effects {
		r, ok := e.(dialogs.Record)
		if !ok || r.What != "answer" {
			continue
		}
		switch {
		case r.Rule == "timeout":
			return "timeout"
		case r.Value == nil && t.After.Session != nil && standing(t.After) == standing(t.Before) && t.After.Session.Open.Token == t.Before.Session.Open.Token:
			return "" // asked once more
		case r.Value == nil && (t.Event.Kind == dialogs.Replied) && isSkip(t.Event.Text):
			return "skip"
		case r.Value == nil:
			return "unclear"
		case r.Value.Kind == dialogs.YesNo && r.Value.Yes:
			return "yes"
		case r.Value.Kind == dialogs.YesNo:
			return "no"
		case r.Value.Kind == dialogs.Text:
			return "= " + r.Value.Text
		}
	}
	return ""
}

func isSkip(text string) bool {
	wish := reply.ReadCommand(text)
	return wish.OK && wish.Value == reply.Skip
}

// Reached is how much of an edition was reached.
type Reached struct {
	Steps, AllSteps       int
	Branches, AllBranches int
	// Missing are the steps and branches that were not: "weekly/low",
	// "weekly/today: skip", "weekly/which > weekly/low".
	Missing []string
}

// Complete tells whether nothing is missing.
func (r Reached) Complete() bool { return len(r.Missing) == 0 }

// Of holds what was seen against an edition. A guard that only stands in case a
// line moves (when: known.x, where every way has x) is no branch, nor is a name
// that may be unset, nor what cannot happen: the end of a script that is always
// left before, and an unclear reply to a question for free text.
func (c *Coverage) Of(e *dialogs.Edition) Reached {
	var r Reached
	count := func(name string, reached bool, all, some *int) {
		*all++
		if reached {
			*some++
		} else {
			r.Missing = append(r.Missing, name)
		}
	}
	for _, s := range e.Scripts() {
		for _, st := range s.Steps() {
			path := s.Name() + "/" + st.ID
			count(path, c.steps[path], &r.AllSteps, &r.Steps)
			var seen []string
			for _, edge := range st.Edges {
				name, reached := c.branch(s.Name(), path, st, edge)
				if name == "" || slices.Contains(seen, name) {
					continue
				}
				seen = append(seen, name)
				count(name, reached, &r.AllBranches, &r.Branches)
			}
		}
	}
	return r
}

// branch names an edge, and tells whether it was taken; "" for what is none.
func (c *Coverage) branch(script, path string, st dialogs.StepView, edge dialogs.Edge) (name string, reached bool) {
	way := path + " > " + script + "/" + edge.To
	switch {
	case edge.If == "unset", edge.If == "not when" && strings.HasPrefix(st.When, "known."), st.Does == "stop":
		return "", true
	case st.Does == "ask" && edge.If == "unclear" && st.Asks == "text":
		return "", true
	case st.Does == "ask" && edge.If != "" && edge.If != "not when":
		label := path + ": " + edge.If
		return label, c.ways[label]
	}
	return way, c.ways[way]
}
