package drawing

import (
	"encoding/xml"
	"fmt"
	"io"
	"slices"
	"strings"

	"onestep/dialogs"
)

// Sizes of the page in pixels. A letter of the sans-serif faces that browsers
// have is about 0.55 of its size wide.
const (
	boxWidth   = 206.0
	boxGap     = 12.0
	layerGap   = 28.0
	padding    = 3.0
	margin     = 24.0
	lineHeight = 13.0
	perLine    = 30 // letters
	maxLines   = 4  // of a row's words
	maxLogic   = 8
)

// text is one line of a row.
type text struct {
	words, class string
}

// SVG draws a script on a page of its own; no other program is needed. Boxes
// and arrows that would be too small to read on one sheet of A4 are drawn in
// numbered columns instead.
func SVG(w io.Writer, s *dialogs.Script) error {
	c := newChart(s)
	c.cutAtHubs()
	var panels []*panel
	for _, part := range c.parts() {
		panels = append(panels, c.panel(part))
	}
	right, bottom := pack(panels, margin, margin+44)
	legend, legendHeight := c.legend(max(right, 900), bottom+margin)
	width, height := max(right, 900)+margin, bottom+margin+legendHeight
	if letter := 11 * min(sheetWidth/width, sheetHeight/height); letter < sheetLetter {
		sh := newSheet(s)
		sh.fill()
		return sh.draw(w)
	}

	var b strings.Builder
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %.0f %.0f\" width=\"%.0f\" height=\"%.0f\" role=\"img\" aria-label=\"%s\">\n", width, height, width, height, escape(s.Name()+": "+s.About()))
	b.WriteString(style)
	fmt.Fprintf(&b, "<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n<text x=\"%.0f\" y=\"%.0f\" class=\"title\">%s</text>\n<text x=\"%.0f\" y=\"%.0f\" class=\"w\">%s</text>\n",
		margin, margin+10, escape(s.Name()), margin, margin+28, escape(s.About()))
	for _, p := range panels {
		p.draw(&b)
	}
	b.WriteString(legend + "</svg>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

const style = `<style>
text { font-family: "DejaVu Sans", Verdana, Helvetica, Arial, sans-serif; fill: #0f172a }
.title { font-size: 20px; font-weight: bold }
.id { font-size: 10.5px; font-weight: bold }
.w { font-size: 11px }
.c { font-size: 10px; fill: #475569 }
.t { font-size: 10px; font-style: italic; fill: #334155 }
.e { font-size: 10.5px; fill: #334155 }
.halo { stroke: #ffffff; stroke-width: 3px; paint-order: stroke }
.a { fill: none; stroke: #475569; stroke-width: 1.2 }
.d { fill: none; stroke: #94a3b8; stroke-width: 1; stroke-dasharray: 4 3 }
</style>
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="#475569"/></marker></defs>
`

// texts are the lines of a row.
func (r row) texts() []text {
	list := []text{{r.verb + " · " + r.id, "id"}}
	if r.when != "" {
		list = append(list, text{short("when "+r.when, perLine), "c"})
	}
	class, most := "w", maxLines
	if r.paint.class == "logic" {
		class, most = "c", maxLogic
	}
	var words []string
	for _, part := range strings.Split(r.words, "\n") {
		if r.paint.class == "logic" {
			words = append(words, short(part, perLine+2))
		} else {
			words = append(words, wrap(part, perLine)...)
		}
	}
	for n, l := range words {
		if n == most-1 && len(words) > most {
			list = append(list, text{short(l, perLine-2) + " …", class})
			break
		}
		if l != "" {
			list = append(list, text{l, class})
		}
	}
	if len(r.tags) > 0 {
		for _, l := range wrap(strings.Join(r.tags, ", "), perLine+2) {
			list = append(list, text{l, "t"})
		}
	}
	if len(r.ends) > 0 {
		label := strings.Trim(strings.Join(r.ends, ", "), ", ")
		list = append(list, text{strings.TrimSpace("■ end " + label), "e"})
	}
	for _, lead := range r.leads {
		list = append(list, text{lead, "e"})
	}
	return list
}

func rowHeight(r row) float64 { return float64(len(r.texts()))*lineHeight + 2*padding }

// wrap breaks a text into lines of at most n letters.
func wrap(words string, n int) []string {
	var lines []string
	line := ""
	for _, w := range strings.Fields(words) {
		if line != "" && len([]rune(line))+1+len([]rune(w)) > n {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimSpace(line + " " + short(w, n))
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

func drawBox(b *strings.Builder, box *box, x, y, height float64) {
	for n, r := range box.rows {
		h := rowHeight(r)
		fmt.Fprintf(b, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.0f\" height=\"%.1f\" fill=\"%s\"", x, y, boxWidth, h, r.paint.fill)
		if n == 0 || n == len(box.rows)-1 {
			b.WriteString(" rx=\"4\"")
		}
		fmt.Fprintf(b, "/>\n<rect x=\"%.1f\" y=\"%.1f\" width=\"4\" height=\"%.1f\" fill=\"%s\"/>\n", x, y, h, r.paint.stroke)
		for i, t := range r.texts() {
			fmt.Fprintf(b, "<text x=\"%.1f\" y=\"%.1f\" class=\"%s\">%s</text>\n", x+10, y+padding+float64(i+1)*lineHeight-4, t.class, escape(t.words))
		}
		if y += h; n < len(box.rows)-1 {
			fmt.Fprintf(b, "<path d=\"M%.1f %.1fh%.0f\" stroke=\"#cbd5e1\"/>\n", x, y, boxWidth)
		}
	}
	fmt.Fprintf(b, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.0f\" height=\"%.1f\" rx=\"4\" fill=\"none\" stroke=\"#64748b\"/>\n", x, y-height, boxWidth, height)
}

// legend says what colours and lines mean, with the tags that are used.
func (c *chart) legend(width, y float64) (svg string, height float64) {
	used := usedOf(func(tag string) bool {
		return slices.ContainsFunc(c.boxes, func(b *box) bool {
			return slices.ContainsFunc(b.rows, func(r row) bool { return slices.Contains(r.tags, tag) })
		})
	})
	var b strings.Builder
	at := y
	line := func(fill, stroke, words string) {
		for n, l := range wrap(words, int(width/6)) {
			if n == 0 && fill != "" {
				fmt.Fprintf(&b, "<rect x=\"%.0f\" y=\"%.1f\" width=\"14\" height=\"11\" fill=\"%s\" stroke=\"%s\"/>\n", margin, at-9, fill, stroke)
			}
			fmt.Fprintf(&b, "<text x=\"%.0f\" y=\"%.1f\" class=\"w\">%s</text>\n", margin+22, at, escape(l))
			at += 16
		}
	}
	for _, p := range paints {
		line(p.fill, p.stroke, used.about(p))
	}
	about := "Full line: the way of an answer; a number is the line of a branch. Dashed: a question skipped or unclear, or a step passed over. ■ end: the script ends there."
	if c.wait != "" {
		about += " A question without a reply in time leads to " + c.wait + "."
	}
	line("", "", about)
	if m := used["mechanism"]; len(m) > 0 {
		var list []string
		for _, name := range m {
			t, _ := dialogs.TagNamed(name)
			list = append(list, name+" "+dialogs.Mechanisms[t.Mechanisms[0]])
		}
		line("", "", strings.Join(list, ", ")+".")
	}
	return b.String(), at - y
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder never fails
	return b.String()
}
