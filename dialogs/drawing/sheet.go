package drawing

import (
	"fmt"
	"io"
	"math"
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

// wide is about how wide words are in the widest of the faces, in pixels.
func wide(words string, size float64) float64 {
	sum := 0.0
	for _, r := range words {
		switch {
		case strings.ContainsRune("ijl.,:;'|!()[]{}ftrI \u2019", r):
			sum += 0.37
		case strings.ContainsRune("mwMW@%&→…■", r):
			sum += 0.93
		case r >= 'A' && r <= 'Z' || r == '_' || r == '=' || r == '<' || r == '>':
			sum += 0.7
		default:
			sum += 0.6
		}
	}
	return sum * size
}

// fit breaks words into lines that are no wider than the room.
func fit(words string, room, size float64) []string {
	var lines []string
	current := ""
	for _, w := range strings.Fields(words) {
		if next := strings.TrimSpace(current + " " + w); current == "" || wide(next, size) <= room {
			current = next
			continue
		}
		lines = append(lines, current)
		current = w
	}
	return append(lines, current)
}

// cut is as much of the words as the room has, on one line.
func cut(words string, room, size float64) string {
	runes := []rune(strings.Join(strings.Fields(words), " "))
	if wide(string(runes), size) <= room {
		return string(runes)
	}
	for len(runes) > 0 && wide(string(runes)+"…", size) > room {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ") + "…"
}

// fill puts the entries into columns on the smallest page of the shape of a
// sheet of paper that holds them. The letters become smaller by the scale.
func (sh *sheet) fill() (scale float64) {
	for scale = 0.7; scale < 6; scale += 0.01 {
		sh.width, sh.height = sheetWidth*scale, sheetHeight*scale
		for sh.columns = 2; sh.columns < 12; sh.columns++ {
			sh.column = (sh.width - 2*sheetMargin) / float64(sh.columns)
			if sh.column >= narrowest && sh.column <= widest && sh.flow() {
				return scale
			}
		}
	}
	return scale
}

// flow fills the columns one after the other, and tells whether that is enough.
func (sh *sheet) flow() bool {
	sh.list()
	sh.top = sheetMargin + 32
	bottom := sh.height - sheetMargin - sh.legendHeight()
	column, y, fits := 0, sh.top, true
	for i := range sh.entries {
		e := &sh.entries[i]
		if y > sh.top && y+e.height() > bottom {
			column, y = column+1, sh.top
		}
		e.column, e.y = column, y
		y += e.height() + sheetGap
		fits = fits && column < sh.columns && e.y+e.height() <= bottom
	}
	return fits
}

// left is where the boxes of a column begin.
func (sh *sheet) left(column int) float64 { return sheetMargin + gutter + float64(column)*sh.column }

// SVG of a sheet.
func (sh *sheet) draw(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"297mm\" height=\"210mm\" role=\"img\" aria-label=\"%s\">\n", sh.width, sh.height, escape(sh.script.Name()+": "+sh.script.About()))
	b.WriteString(sheetStyle)
	fmt.Fprintf(&b, "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n<text x=\"%.0f\" y=\"%.0f\" class=\"title\">%s</text>\n<text x=\"%.0f\" y=\"%.0f\" class=\"w\">%s</text>\n",
		sheetMargin, sheetMargin+10, escape(sh.script.Name()), sheetMargin, sheetMargin+24, escape(sh.script.About()))
	sh.drawLanes(&b)
	for i, e := range sh.entries {
		sh.drawEntry(&b, i, e)
	}
	b.WriteString(sh.legend() + "</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func (sh *sheet) drawEntry(b *strings.Builder, i int, e entry) {
	x, width := sh.left(e.column), sh.column-gutter
	fmt.Fprintf(b, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\" fill=\"%s\" stroke=\"#cbd5e1\" stroke-width=\"0.6\"/>\n", x, e.y, width, e.height(), e.paint.fill)
	fmt.Fprintf(b, "<rect x=\"%.1f\" y=\"%.1f\" width=\"13\" height=\"%.1f\" rx=\"2\" fill=\"%s\"/>\n<text x=\"%.1f\" y=\"%.1f\" class=\"n\">%d</text>\n", x-13, e.y, min(e.height(), 11), e.paint.stroke, x-6.5, e.y+8.2, e.number)
	for n, l := range e.lines {
		fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%.1f\" xml:space=\"preserve\">", x+4, e.y+float64(n+1)*sheetLine-1)
		for _, piece := range l {
			fmt.Fprintf(b, "<tspan class=\"%s\">%s</tspan>", piece.class, escape(piece.words))
		}
		b.WriteString("</text>\n")
	}
	if e.falls && i+1 < len(sh.entries) {
		if next := sh.entries[i+1]; next.column == e.column {
			fmt.Fprintf(b, "<path d=\"M%.1f %.1fV%.1f\" class=\"a\" marker-end=\"url(#tip)\"/>\n", x+width/2, e.y+e.height(), next.y+0.5)
		} else {
			fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%.1f\" class=\"e\" text-anchor=\"end\">→%d</text>\n", x+width-3, e.y+e.height()-3, next.number)
		}
	}
}

// drawLanes draws jumps within a column in its gutter, each in a lane that is
// free along its way. What finds none is said by number all the same.
func (sh *sheet) drawLanes(b *strings.Builder) {
	type lane struct{ from, to float64 }
	used := make(map[[2]int][]lane) // by column and lane
	for i, e := range sh.entries {
		for _, j := range e.jumps {
			to := sh.entries[j.to]
			if to.column != e.column || math.Abs(float64(j.to-i)) > 9 {
				continue
			}
			from, until := e.y+5+3, to.y+5
			if j.to == i {
				continue
			}
			low, high := min(from, until), max(from, until)
			for n := range lanes {
				key := [2]int{e.column, n}
				if slices.ContainsFunc(used[key], func(l lane) bool { return l.from < high+2 && low < l.to+2 }) {
					continue
				}
				used[key] = append(used[key], lane{low, high})
				x := sh.left(e.column) - 13
				class := "a"
				if j.dashed {
					class = "d"
				}
				fmt.Fprintf(b, "<path d=\"M%.1f %.1fH%.1fV%.1fH%.1f\" class=\"%s\" marker-end=\"url(#tip)\"/>\n", x, from, x-2.5-float64(n)*2, until, x, class)
				break
			}
		}
	}
}

// legendLines are the pieces of the legend, each with its colour.
func (sh *sheet) legendLines() [][]struct {
	paint *paint
	words string
} {
	type piece = struct {
		paint *paint
		words string
	}
	used := make(map[string][]string)
	for _, t := range dialogs.Tags {
		if !slices.ContainsFunc(sh.steps, func(st dialogs.StepView) bool { return slices.Contains(st.Tags, t.Name) }) {
			continue
		}
		class := "move"
		switch {
		case t.Technique:
			class = string(t.Family)
		case t.Name == "safety":
			class = "safety"
		case t.Fixed:
			class = "fixed"
		case t.Move == "":
			class = "mechanism"
		}
		used[class] = append(used[class], t.Name)
	}
	var pieces []piece
	for _, p := range paints {
		words := p.about
		if tags := used[p.class]; len(tags) > 0 {
			words += ": " + strings.Join(tags, ", ")
		}
		pieces = append(pieces, piece{&p, words})
	}
	about := "Numbers name steps; →12 leads there, ↓ to the one below, ■ is the end. Lines in the gutter: ways within a column, dashed where a question is skipped or unclear or a step passed over."
	if sh.wait != "" {
		about += " A question without a reply in time leads to " + sh.wait + "."
	}
	for _, name := range used["mechanism"] {
		t, _ := dialogs.TagNamed(name)
		about += " " + name + ": " + dialogs.Mechanisms[t.Mechanisms[0]] + "."
	}
	for _, l := range fit(about, sh.width-2*sheetMargin, sheetLetter*1.02) {
		pieces = append(pieces, piece{nil, l})
	}
	var lines [][]piece
	room := 0.0
	for _, p := range pieces {
		need := wide(p.words, sheetLetter) + 24
		if p.paint == nil || len(lines) == 0 || need > room {
			lines, room = append(lines, nil), sh.width-2*sheetMargin
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], p)
		room -= need
	}
	return lines
}

func (sh *sheet) legendHeight() float64 { return float64(len(sh.legendLines()))*(sheetLine+1.5) + 8 }

func (sh *sheet) legend() string {
	var b strings.Builder
	y := sh.height - sheetMargin - sh.legendHeight() + 16
	for _, l := range sh.legendLines() {
		x := sheetMargin
		for _, p := range l {
			if p.paint != nil {
				fmt.Fprintf(&b, "<rect x=\"%.1f\" y=\"%.1f\" width=\"9\" height=\"7.5\" fill=\"%s\" stroke=\"%s\"/>\n", x, y-7, p.paint.fill, p.paint.stroke)
				x += 12
			}
			fmt.Fprintf(&b, "<text x=\"%.1f\" y=\"%.1f\" class=\"w\">%s</text>\n", x, y, escape(p.words))
			x += wide(p.words, sheetLetter) + 12
		}
		y += sheetLine + 1.5
	}
	return b.String()
}

const sheetStyle = `<style>
@page { size: A4 landscape; margin: 0 }
text { font-family: "DejaVu Sans", Verdana, Helvetica, Arial, sans-serif; font-size: 8px; fill: #0f172a }
.title { font-size: 13px; font-weight: bold }
.id { font-weight: bold }
.k { fill: #475569 }
.w { fill: #0f172a }
.c { fill: #475569 }
.t { font-style: italic; fill: #334155 }
.e { font-weight: bold; fill: #1e3a8a }
.n { font-size: 7px; font-weight: bold; fill: #ffffff; text-anchor: middle }
.a { fill: none; stroke: #475569; stroke-width: 0.8 }
.d { fill: none; stroke: #94a3b8; stroke-width: 0.8; stroke-dasharray: 2.5 1.5 }
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="4.5" markerHeight="4.5" orient="auto"><path d="M0 0L8 4L0 8z" fill="#475569"/></marker></defs>
`
