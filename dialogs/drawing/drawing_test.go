package drawing

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"math"
	"slices"
	"strings"
	"testing"

	"onestep/dialogs"
	"onestep/dialogs/checkins"
)

func scripts(t *testing.T) []*dialogs.Script {
	t.Helper()
	e, err := checkins.Current()
	if err != nil {
		t.Fatal(err)
	}
	return e.Scripts()
}

// Every check-in is drawn in every format: each step is there, the output is
// the same each time, and SVG is XML.
func TestFormats(t *testing.T) {
	t.Parallel()
	for name, draw := range map[string]func(io.Writer, *dialogs.Script) error{"mermaid": Mermaid, "dot": DOT, "svg": SVG} {
		for _, s := range scripts(t) {
			var a, b bytes.Buffer
			if err := errors.Join(draw(&a, s), draw(&b, s)); err != nil {
				t.Fatal(err)
			}
			if a.String() != b.String() {
				t.Errorf("%s of %s differs from one time to the next", name, s.Name())
			}
			for _, st := range s.Steps() {
				if st.Does != "end" && !strings.Contains(a.String(), st.ID) {
					t.Errorf("%s of %s lacks the step %s", name, s.Name(), st.ID)
				}
				for _, tag := range st.Tags {
					if !strings.Contains(a.String(), tag) {
						t.Errorf("%s of %s lacks the tag %s", name, s.Name(), tag)
					}
				}
			}
			for _, p := range paints {
				if !strings.Contains(a.String(), p.about) || !strings.Contains(a.String(), p.fill) {
					t.Errorf("%s of %s has no legend for %s", name, s.Name(), p.class)
				}
			}
			if name != "svg" {
				continue
			}
			for d := xml.NewDecoder(&a); ; {
				if _, err := d.Token(); err == io.EOF {
					break
				} else if err != nil {
					t.Fatalf("the SVG of %s is no XML: %v", s.Name(), err)
				}
			}
		}
	}
}

// Boxes and panels never overlap, and arrows lead downwards.
func TestPlaces(t *testing.T) {
	t.Parallel()
	for _, s := range scripts(t) {
		c := newChart(s)
		c.cutAtHubs()
		var panels []*panel
		for _, part := range c.parts() {
			panels = append(panels, c.panel(part))
		}
		right, bottom := pack(panels, margin, margin)
		type rectangle struct{ x, y, w, h float64 }
		var all []rectangle
		for _, p := range panels {
			for i := range p.boxes {
				at := p.plan.places[i]
				all = append(all, rectangle{p.x + at.x - boxWidth/2, p.y + p.tops[at.layer], boxWidth, p.heights[i]})
			}
			for i, a := range p.arrows {
				if down := p.plan.places[a.from].layer < p.plan.places[a.to].layer; down == p.plan.turned[i] {
					t.Errorf("%s: an arrow from %s to %s goes the wrong way", s.Name(), p.boxes[a.from].id, p.boxes[a.to].id)
				}
			}
		}
		for i, a := range all {
			if a.x < margin-0.01 || a.x+a.w > right+0.01 || a.y+a.h > bottom+0.01 || math.IsNaN(a.x) {
				t.Errorf("%s: a box is off the page: %+v", s.Name(), a)
			}
			for _, b := range all[i+1:] {
				if a.x+a.w > b.x+0.01 && b.x+b.w > a.x+0.01 && a.y+a.h > b.y+0.01 && b.y+b.h > a.y+0.01 {
					t.Errorf("%s: two boxes overlap: %+v %+v", s.Name(), a, b)
				}
			}
		}
	}
}

// Every way of the script is in the chart: as an arrow, inside a box, or as an
// end that is written in the box.
func TestEveryWayIsDrawn(t *testing.T) {
	t.Parallel()
	for _, s := range scripts(t) {
		c := newChart(s)
		of := make(map[string]int)
		for i, b := range c.boxes {
			for _, r := range b.rows {
				of[r.id] = i
			}
		}
		for _, st := range s.Steps() {
			from, ok := of[st.ID]
			if !ok {
				continue // an end
			}
			for _, e := range st.Edges {
				to, isBox := of[e.To]
				if !isBox || e.If == "timeout" || from == to {
					continue
				}
				if !slices.ContainsFunc(c.arrows, func(a arrow) bool { return a.from == from && a.to == to }) {
					t.Errorf("%s: no arrow from %s to %s (%s)", s.Name(), st.ID, e.To, e.If)
				}
			}
		}
	}
}

// A circle of questions is drawn with one arrow that leads up.
func TestCircle(t *testing.T) {
	t.Parallel()
	p := arrange([]arrow{{from: 0, to: 1}, {from: 1, to: 2}, {from: 2, to: 0}}, []float64{10, 10, 10}, 5)
	if !slices.Equal(p.turned, []bool{false, false, true}) || len(p.layers) != 3 {
		t.Errorf("turned %v in %d layers", p.turned, len(p.layers))
	}
}

func TestWords(t *testing.T) {
	t.Parallel()
	if got := short("one two three", 8); got != "one two…" {
		t.Errorf("short: %q", got)
	}
	if got := wrap("one two three", 7); !slices.Equal(got, []string{"one two", "three"}) {
		t.Errorf("wrap: %q", got)
	}
	if got := mermaidText("\"a\" <b> #1\nc"); got != "#quot;a#quot; #lt;b#gt; #35;1<br/>c" {
		t.Errorf("mermaid: %q", got)
	}
	if got := dotText("a\\b\n\"c\"", `\l`); got != `"a\\b\l\"c\""` {
		t.Errorf("dot: %q", got)
	}
}
