package drawing

import (
	"fmt"
	"slices"
	"strings"

	"onestep/dialogs"
)

// A script that is too large for a drawing of boxes and arrows to be read on
// one page is drawn as a sheet: its steps in columns, in the order of the file,
// each with a number. Where a step leads is said by number; what follows below
// needs no word, and a jump within a column has a line in its gutter.

// Sizes of a sheet, in pixels of A4 on its side at 96 to the inch. Letters of 8
// pixels are 6 points high, as small as print for adults should be.
const (
	sheetWidth, sheetHeight = 1123.0, 794.0
	sheetMargin             = 20.0
	sheetLetter             = 8.0
	sheetLine               = 9.2
	sheetGap                = 3.6 // between two steps
	gutter                  = 22.0
	narrowest, widest       = 180.0, 300.0 // columns
	lanes                   = 4            // of lines in a gutter
	mostWords               = 4            // lines of what is said
)

// entry is one step of a sheet.
type entry struct {
	number int
	lines  []line
	paint  paint
	jumps  []jump // ways to other entries than the next
	falls  bool   // it leads to the next entry
	column int
	y      float64
}

// line is one line of an entry, in pieces of different looks.
type line []text

// jump is a way to another entry, counted from 0.
type jump struct {
	to     int
	dashed bool
}

func (e entry) height() float64 { return float64(len(e.lines))*sheetLine + 3 }

// sheet is a script in columns.
type sheet struct {
	script        *dialogs.Script
	steps         []dialogs.StepView
	entries       []entry
	wait          string
	columns       int
	column        float64 // its width
	width, height float64
	top           float64
}

// newSheet numbers the steps and writes down where each leads.
func newSheet(s *dialogs.Script) *sheet {
	return &sheet{script: s, steps: s.Steps(), wait: newChart(s).wait}
}

// list makes the entries for columns of the sheet's width.
func (sh *sheet) list() {
	steps := sh.steps
	sh.entries = nil
	number, plain := make(map[string]int), func(st dialogs.StepView) bool { return st.Does == "end" && st.When == "" }
	ends := make(map[string]bool)
	for _, st := range steps {
		if plain(st) {
			ends[st.ID] = true
			continue
		}
		number[st.ID] = len(number)
	}
	ends[""] = true
	for _, st := range steps {
		if plain(st) {
			continue
		}
		e := entry{number: number[st.ID] + 1, paint: colour(st)}
		ways, order := make(map[string][]string), []string{}
		for n, edge := range st.Edges {
			label := strings.TrimPrefix(edge.If, "= ")
			switch {
			case edge.If == "timeout" && sh.wait != "":
				continue
			case edge.If == "timeout":
				label = "no reply"
			case edge.If == "not when", edge.If == "unset":
				label = "else"
			case st.Does == "branch":
				label = fmt.Sprint(n + 1)
			}
			where := "■"
			if !ends[edge.To] {
				where = fmt.Sprint(number[edge.To] + 1)
				if number[edge.To] == number[st.ID]+1 {
					where = "↓"
					e.falls = true
				} else if st.Does != "branch" || len(e.jumps) < lanes {
					e.jumps = append(e.jumps, jump{number[edge.To], label != "" && (label == "skip" || label == "unclear" || label == "else" || label == "no reply")})
				}
			}
			if !slices.Contains(order, where) {
				order = append(order, where)
			}
			ways[where] = append(ways[where], label)
		}
		e.lines = sh.write(st, ways, order)
		sh.entries = append(sh.entries, e)
	}
}

// write sets the lines of a step.
func (sh *sheet) write(st dialogs.StepView, ways map[string][]string, order []string) []line {
	room := sh.column - gutter - 10
	r := rowOf(st)
	head := line{{r.verb + " ", "k"}, {st.ID, "id"}}
	inline := st.Does != "say" && st.Does != "ask" && st.Does != "branch"
	used := wide(r.verb+" "+st.ID, sheetLetter*1.08)
	more := func(words, class string) bool { // behind the name, where there is room
		if words == "" || used+wide("  "+words, sheetLetter) > room {
			return words == ""
		}
		head = append(head, text{"  " + words, class})
		used += wide("  "+words, sheetLetter)
		return true
	}
	when, logic, tags := "", "", strings.Join(st.Tags, ", ")
	if r.when != "" {
		when = "when " + r.when
	}
	if inline {
		logic = strings.ReplaceAll(r.words, "\n", "; ")
		if when != "" {
			logic, when = logic+" "+when, ""
		}
	}
	if more(logic, "c") {
		logic = ""
	}
	if more(tags, "t") {
		tags = ""
	}
	if more(when, "c") {
		when = ""
	}
	lines := []line{head}
	add := func(words, class string, most int) {
		broken := fit(words, room, sheetLetter)
		for n, l := range broken {
			if n == most-1 && len(broken) > most {
				lines = append(lines, line{{cut(strings.Join(broken[n:], " "), room, sheetLetter), class}})
				return
			}
			lines = append(lines, line{{l, class}})
		}
	}
	if when != "" {
		add(when, "c", 2)
	}
	if logic != "" {
		add(logic, "c", 3)
	}
	switch {
	case st.Does == "branch":
		for n, edge := range st.Edges {
			where := ""
			for w, labels := range ways {
				if slices.Contains(labels, fmt.Sprint(n+1)) {
					where = w
				}
			}
			lead := arrowTo(where)
			condition := cut(strings.TrimPrefix(edge.If, "= "), room-wide(lead+"  ", sheetLetter), sheetLetter)
			lines = append(lines, line{{condition + "  ", "c"}, {lead, "e"}})
		}
		return lines
	case r.words != "" && (st.Does == "say" || st.Does == "ask"):
		add(strings.Join(strings.Fields(r.words), " "), "w", mostWords)
	}
	if tags != "" {
		add(tags, "t", 2)
	}
	var leads []string
	for _, where := range order {
		label := strings.Trim(strings.Join(ways[where], ", "), ", ")
		if where == "↓" && !slices.ContainsFunc(ways[where], func(l string) bool { return !slices.Contains([]string{"", "skip", "unclear", "else"}, l) }) {
			continue // what follows below needs no word
		}
		leads = append(leads, strings.TrimSpace(label+" "+arrowTo(where)))
	}
	if len(leads) > 0 {
		add(strings.Join(leads, " · "), "e", 4)
	}
	return lines
}

func arrowTo(where string) string {
	if where == "■" || where == "↓" {
		return where
	}
	return "→" + where
}
