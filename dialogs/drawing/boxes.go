package drawing

import (
	"fmt"
	"slices"
	"strings"

	"onestep/dialogs"
)

// chart is a script as boxes and arrows.
type chart struct {
	script *dialogs.Script
	boxes  []*box
	arrows []arrow
	wait   string // where a question without a reply leads, in words; "" when nowhere
}

// box is a run of steps that always follow one another.
type box struct {
	id   string // of its first step
	rows []row
}

// row is one step, or one line of a branch.
type row struct {
	id, verb string
	words    string // what is said, or what is done
	tags     []string
	when     string
	ends     []string // answers after which the script ends; "" in it: always
	leads    []string // answers that lead to a hub, and its name
	paint    paint
}

// arrow is one way from box to box.
type arrow struct {
	from, to int
	label    string
	row      int  // of the box it leaves, where it leaves it
	dashed   bool // not the way of an answer: skipped, unclear, passed over
}

// paint is what a row is coloured by.
type paint struct {
	class        string // in Mermaid, DOT and the legend
	about        string
	fill, stroke string
}

var paints = []paint{
	{"together", "co-operative language and relationship", "#dbeafe", "#1d4ed8"},
	{"strengths", "strengths and resources", "#dcfce7", "#15803d"},
	{"future", "future-focused questions", "#fef3c7", "#b45309"},
	{"move", "other moves: support, structure, information, closed questions", "#f1f5f9", "#475569"},
	{"safety", "safety", "#fee2e2", "#b91c1c"},
	{"fixed", "legal and command texts", "#ede9fe", "#6d28d9"},
	{"logic", "no words: branches, facts, nudges, plans", "#ffffff", "#94a3b8"},
	{"call", "another script", "#fae8ff", "#a21caf"},
}

func painted(class string) paint {
	return paints[slices.IndexFunc(paints, func(p paint) bool { return p.class == class })]
}

// colour picks a row's colour: what it is for first.
func colour(st dialogs.StepView) paint {
	switch {
	case st.Does == "call":
		return painted("call")
	case st.Say == "":
		return painted("logic")
	}
	for _, name := range st.Tags {
		if t, _ := dialogs.TagNamed(name); t.Technique {
			return painted(string(t.Family))
		}
	}
	switch {
	case slices.Contains(st.Tags, "safety"):
		return painted("safety")
	case slices.Contains(st.Tags, "legal") || slices.Contains(st.Tags, "command"):
		return painted("fixed")
	}
	return painted("move")
}

// newChart gathers steps into boxes.
func newChart(s *dialogs.Script) *chart {
	steps := s.Steps()
	index := make(map[string]int)
	for i, st := range steps {
		index[st.ID] = i
	}
	c := &chart{script: s}
	ends := func(to string) bool { return to == "" || steps[index[to]].Does == "end" && steps[index[to]].When == "" }

	// Where a question without a reply leads is the same nearly everywhere, and
	// said once below the drawing.
	waits := make(map[string]bool)
	for _, st := range steps {
		for _, e := range st.Edges {
			if e.If == "timeout" {
				waits[e.To] = true
			}
		}
	}
	single := len(waits) == 1
	for to := range waits {
		if single {
			c.wait = to
			if ends(to) {
				c.wait = "the end"
			}
		}
	}

	type out struct {
		to, label string
		dashed    bool
	}
	outs := make([][]out, len(steps))
	stops := make([][]string, len(steps))
	into := make([]map[int]bool, len(steps)) // steps with an arrow to this one
	for i := range into {
		into[i] = make(map[int]bool)
	}
	for i, st := range steps {
		for n, e := range st.Edges {
			o := out{to: e.To, label: strings.TrimPrefix(e.If, "= ")}
			switch e.If {
			case "timeout":
				if single {
					continue
				}
				o.label, o.dashed = "no reply", true
			case "skip", "unclear":
				o.dashed = true
			case "not when", "unset":
				o.label, o.dashed = "else", true
			default:
				if st.Does == "branch" {
					o.label = fmt.Sprint(n + 1)
				}
			}
			if ends(e.To) {
				stops[i] = append(stops[i], o.label)
				continue
			}
			if at := slices.IndexFunc(outs[i], func(x out) bool { return x.to == o.to }); at >= 0 {
				same := &outs[i][at]
				if o.dashed && !same.dashed {
					continue // the same place as an answer leads to
				}
				same.label = strings.Trim(same.label+", "+o.label, ", ")
				continue
			}
			outs[i] = append(outs[i], o)
			into[index[e.To]][i] = true
		}
	}

	// A step joins the box of the one before when nothing else leads to it.
	at := make([]int, len(steps))
	for i := range at {
		at[i] = -1
	}
	start := func(i int) {
		at[i] = len(c.boxes)
		c.boxes = append(c.boxes, &box{id: steps[i].ID})
	}
	for i, st := range steps {
		if st.Does == "end" && st.When == "" {
			continue
		}
		if at[i] < 0 {
			start(i)
		}
		b := at[i]
		if st.Does == "branch" {
			continue
		}
		next := -1
		for _, o := range outs[i] {
			if !o.dashed {
				if next >= 0 {
					next = -2
					break
				}
				next = index[o.to]
			}
		}
		if next <= i || at[next] >= 0 || len(c.boxes[b].rows)+count(at, b) >= 5 {
			continue
		}
		inside := true
		for from := range into[next] {
			inside = inside && at[from] == b
		}
		if inside {
			at[next] = b
		}
	}
	for i, st := range steps {
		if at[i] < 0 {
			continue
		}
		r := rowOf(st)
		for _, label := range stops[i] {
			if !slices.Contains(r.ends, label) {
				r.ends = append(r.ends, label)
			}
		}
		c.boxes[at[i]].rows = append(c.boxes[at[i]].rows, r)
		for _, o := range outs[i] {
			to := at[index[o.to]]
			if to == at[i] && index[o.to] > i {
				continue
			}
			if same := slices.IndexFunc(c.arrows, func(a arrow) bool { return a.from == at[i] && a.to == to }); same >= 0 {
				a := &c.arrows[same]
				switch {
				case a.dashed && !o.dashed:
					a.dashed, a.label = false, o.label
				case a.dashed == o.dashed && o.label != "" && !strings.Contains(a.label, o.label):
					a.label = strings.Trim(a.label+", "+o.label, ", ")
				}
				continue
			}
			c.arrows = append(c.arrows, arrow{from: at[i], to: to, row: len(c.boxes[at[i]].rows) - 1, label: o.label, dashed: o.dashed})
		}
	}
	return c
}

// hubFrom is how many arrows make a box a hub.
const hubFrom = 3

// cutAtHubs takes the arrows to boxes that many lead to, and writes where they
// lead into the row that they leave. What is left falls into parts that can
// stand side by side.
func (c *chart) cutAtHubs() {
	into := make(map[int]int)
	for _, a := range c.arrows {
		into[a.to]++
	}
	c.arrows = slices.DeleteFunc(c.arrows, func(a arrow) bool {
		if into[a.to] < hubFrom && a.from != a.to {
			return false
		}
		r := &c.boxes[a.from].rows[a.row]
		r.leads = append(r.leads, strings.TrimSpace(a.label+" → "+c.boxes[a.to].id))
		return true
	})
}

// parts are the boxes that arrows join, in the order of the script.
func (c *chart) parts() [][]int {
	of := make([]int, len(c.boxes))
	for i := range of {
		of[i] = i
	}
	for moved := true; moved; {
		moved = false
		for _, a := range c.arrows {
			if low := min(of[a.from], of[a.to]); of[a.from] != low || of[a.to] != low {
				of[a.from], of[a.to], moved = low, low, true
			}
		}
	}
	var parts [][]int
	for first := range of {
		var part []int
		for i, o := range of {
			if o == first {
				part = append(part, i)
			}
		}
		if len(part) > 0 {
			parts = append(parts, part)
		}
	}
	return parts
}

func count(at []int, b int) int {
	n := 0
	for _, x := range at {
		if x == b {
			n++
		}
	}
	return n
}

// rowOf says what a step does in few words.
func rowOf(st dialogs.StepView) row {
	r := row{id: st.ID, verb: st.Does, tags: st.Tags, when: st.When, paint: colour(st)}
	switch st.Does {
	case "ask":
		r.verb = "ask " + st.Asks
		r.words = st.Say
		if len(st.Choices) > 0 {
			var labels []string
			for _, c := range st.Choices {
				labels = append(labels, c.Label)
			}
			r.words += " [" + strings.Join(labels, " | ") + "]"
		}
	case "say":
		r.words = st.Say
	case "branch":
		for i, e := range st.Edges {
			if e.If != "not when" && e.If != "unset" {
				r.words += fmt.Sprintf("%d %s\n", i+1, e.If)
			}
		}
		r.words = strings.TrimSpace(r.words)
	case "call", "schedule":
		r.words = st.Script
	case "nudge":
		r.words = string(st.Trigger)
	case "set", "remember":
		for _, set := range st.Sets {
			value := set.Value
			if set.Forget {
				value = "forget"
			}
			r.words += set.Name + " = " + value + "\n"
		}
		r.words = strings.TrimSpace(r.words)
	}
	return r
}
