package drawing

import (
	"fmt"
	"io"
	"strings"

	"onestep/dialogs"
)

// short is a text of at most n letters on one line.
func short(text string, n int) string {
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= n {
		return string(runes)
	}
	return strings.TrimRight(string(runes[:n-1]), " ,.;:") + "…"
}

// lines is what a row says in text formats.
func (r row) lines() []string {
	list := []string{r.verb + ": " + r.id}
	if r.when != "" {
		list = append(list, "when "+short(r.when, 60))
	}
	if r.words != "" {
		for _, l := range strings.Split(r.words, "\n") {
			if l = short(l, 70); l != "" && len(list) < 8 {
				list = append(list, l)
			}
		}
	}
	if len(r.tags) > 0 {
		list = append(list, "("+strings.Join(r.tags, ", ")+")")
	}
	for _, e := range r.ends {
		list = append(list, strings.TrimSpace(e+" ■ end"))
	}
	return list
}

// class is the colour of a box: its first row that says something.
func (b *box) class() string {
	for _, r := range b.rows {
		if r.paint.class != "logic" {
			return r.paint.class
		}
	}
	return "logic"
}

// Mermaid writes a flowchart for mermaid.js, as wikis and code hosts show it.
func Mermaid(w io.Writer, s *dialogs.Script) error {
	c := newChart(s)
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: %s\n---\nflowchart TD\n", s.Name())
	for i, box := range c.boxes {
		var lines []string
		for _, r := range box.rows {
			lines = append(lines, r.lines()...)
		}
		fmt.Fprintf(&b, "  s%d[\"%s\"]:::%s\n", i, mermaidText(strings.Join(lines, "\n")), box.class())
	}
	for _, a := range c.arrows {
		line := "-->"
		if a.dashed {
			line = "-.->"
		}
		if a.label != "" {
			line += "|\"" + mermaidText(a.label) + "\"|"
		}
		fmt.Fprintf(&b, "  s%d %s s%d\n", a.from, line, a.to)
	}
	b.WriteString("  subgraph legend\n")
	for _, p := range paints {
		fmt.Fprintf(&b, "    legend-%s[\"%s\"]:::%s\n", p.class, mermaidText(p.about), p.class)
	}
	if c.wait != "" {
		fmt.Fprintf(&b, "    legend-wait[\"no reply in time: %s\"]:::logic\n", mermaidText(c.wait))
	}
	b.WriteString("  end\n")
	for _, p := range paints {
		fmt.Fprintf(&b, "  classDef %s fill:%s,stroke:%s,color:#0f172a,text-align:left\n", p.class, p.fill, p.stroke)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

var mermaidEscapes = strings.NewReplacer("&", "#amp;", "\"", "#quot;", "<", "#lt;", ">", "#gt;", "#", "#35;", "\n", "<br/>", "`", "'", "|", "#124;")

func mermaidText(text string) string { return mermaidEscapes.Replace(text) }

// DOT writes a digraph for Graphviz.
func DOT(w io.Writer, s *dialogs.Script) error {
	c := newChart(s)
	var b strings.Builder
	fmt.Fprintf(&b, "digraph %s {\n  label=%s labelloc=t rankdir=TB\n  node [shape=box style=\"rounded,filled\" fontname=\"sans-serif\" fontsize=10]\n  edge [fontname=\"sans-serif\" fontsize=9]\n",
		dotText(s.Name(), ""), dotText(s.Name()+": "+s.About(), ""))
	for i, box := range c.boxes {
		var lines []string
		for _, r := range box.rows {
			lines = append(lines, r.lines()...)
		}
		fill := painted(box.class())
		fmt.Fprintf(&b, "  s%d [label=%s fillcolor=%q color=%q]\n", i, dotText(strings.Join(lines, "\n")+"\n", `\l`), fill.fill, fill.stroke)
	}
	for _, a := range c.arrows {
		style := "solid"
		if a.dashed {
			style = "dashed"
		}
		fmt.Fprintf(&b, "  s%d -> s%d [label=%s style=%s]\n", a.from, a.to, dotText(a.label, ""), style)
	}
	b.WriteString("  subgraph cluster_legend {\n    label=\"legend\"\n")
	for _, p := range paints {
		fmt.Fprintf(&b, "    legend_%s [label=%s fillcolor=%q color=%q]\n", p.class, dotText(p.about, ""), p.fill, p.stroke)
	}
	if c.wait != "" {
		fmt.Fprintf(&b, "    legend_wait [label=%s shape=plain style=\"\"]\n", dotText("no reply in time: "+c.wait, ""))
	}
	b.WriteString("  }\n}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// dotText quotes a text; newline is what a line break becomes.
func dotText(text, newline string) string {
	if newline == "" {
		newline = `\n`
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", newline).Replace(text) + `"`
}
