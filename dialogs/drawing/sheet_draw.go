package drawing

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"onestep/dialogs"
)

// draw writes the sheet as SVG.
func (sh *sheet) draw(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"297mm\" height=\"210mm\" role=\"img\" aria-label=\"%s\">\n", sh.width, sh.height, escape(sh.script.Name()+": "+sh.script.About()))
	b.WriteString(sheetStyle)
	fmt.Fprintf(&b, "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n<text x=\"%.0f\" y=\"%.0f\" class=\"title\">%s</text>\n<text x=\"%.0f\" y=\"%.0f\" class=\"w\">%s</text>\n",
		sheetMargin, sheetMargin+10, escape(sh.script.Name()), sheetMargin, sheetMargin+24, escape(sh.heading()))
	sh.drawLanes(&b)
	for i, e := range sh.entries {
		sh.drawEntry(&b, i, e)
	}
	b.WriteString(sh.legend() + "</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// heading is what the script is about, as far as one line of the sheet has room
// for it; the picture's description has it whole.
func (sh *sheet) heading() string {
	return cut(sh.script.About(), sh.width-2*sheetMargin, sheetLetter*1.02)
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

// piece is one entry of the legend; without a paint it is a line of words.
type piece struct {
	paint *paint
	words string
}

// legendLines are the pieces of the legend, line by line.
func (sh *sheet) legendLines() [][]piece {
	used := usedOf(func(tag string) bool {
		return slices.ContainsFunc(sh.steps, func(st dialogs.StepView) bool { return slices.Contains(st.Tags, tag) })
	})
	var pieces []piece
	for _, p := range paints {
		pieces = append(pieces, piece{&p, used.about(p)})
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
