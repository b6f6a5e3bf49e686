package drawing

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// panel is one part of a drawing: boxes that arrows join.
type panel struct {
	boxes         []*box
	arrows        []arrow
	heights       []float64 // of the boxes
	plan          plan
	tops, bottoms []float64 // of the layers, from the panel's top
	width, height float64
	x, y          float64 // on the page
}

func (c *chart) panel(part []int) *panel {
	p := &panel{}
	for _, i := range part {
		b := c.boxes[i]
		tall := 0.0
		for _, r := range b.rows {
			tall += rowHeight(r)
		}
		p.boxes, p.heights = append(p.boxes, b), append(p.heights, tall)
	}
	for _, a := range c.arrows {
		if from := slices.Index(part, a.from); from >= 0 {
			a.from, a.to = from, slices.Index(part, a.to)
			p.arrows = append(p.arrows, a)
		}
	}
	widths := make([]float64, len(p.boxes))
	for i := range widths {
		widths[i] = boxWidth
	}
	p.plan = arrange(p.arrows, widths, boxGap)
	for _, layer := range p.plan.layers {
		tall := 0.0
		for _, i := range layer {
			if b := p.plan.places[i].box; b >= 0 {
				tall = max(tall, p.heights[b])
			}
		}
		p.tops, p.bottoms = append(p.tops, p.height), append(p.bottoms, p.height+tall)
		p.height += tall + layerGap
	}
	p.height -= layerGap
	for _, pl := range p.plan.places {
		p.width = max(p.width, pl.x+pl.width/2)
	}
	return p
}

// page is the shape of a sheet of paper on its side, as wide to high.
const page = math.Sqrt2

// pack puts panels on a page: from left to right and from top to bottom, in
// their order, in columns where small ones fit below one another. Of several
// widths it takes the one that makes the largest drawing on a sheet.
func pack(panels []*panel, left, top float64) (right, bottom float64) {
	widest, all := 0.0, 0.0
	for _, p := range panels {
		widest, all = max(widest, p.width), all+p.width+2*boxGap
	}
	best, least := widest, math.Inf(1)
	for width := widest; width <= all; width += boxWidth / 2 {
		right, bottom = shelve(panels, left, top, width)
		if need := max(right, (bottom+180)*page); need < least {
			best, least = width, need
		}
	}
	return shelve(panels, left, top, best)
}

// shelve fills shelves of a width. A panel stands below the one before when
// there is room on the shelf.
func shelve(panels []*panel, left, top, width float64) (right, bottom float64) {
	x, y, shelf := left, top, 0.0 // shelf is the height of this one
	column, below := 0.0, top     // the width of the column, and how far it is filled
	for _, p := range panels {
		switch {
		case column > 0 && below+layerGap+p.height <= y+shelf && p.width <= column+boxWidth/2:
			p.x, p.y = x, below+layerGap
			below = p.y + p.height
			column = max(column, p.width)
		default:
			x += column
			if column > 0 {
				x += 2 * boxGap
			}
			if x > left && x+p.width > left+width {
				x, y, shelf = left, y+shelf+layerGap, 0
			}
			p.x, p.y, column, below = x, y, p.width, y+p.height
		}
		shelf = max(shelf, p.y+p.height-y)
		right, bottom = max(right, p.x+p.width), max(bottom, p.y+p.height)
	}
	return right, bottom
}

func (n *panel) draw(b *strings.Builder) {
	n.drawArrows(b)
	for i, box := range n.boxes {
		at := n.plan.places[i]
		drawBox(b, box, n.x+at.x-boxWidth/2, n.y+n.tops[at.layer], n.heights[i])
	}
}

// drawArrows draws the ways, each leaving and entering its boxes at a place of
// its own, in the order of where it leads.
func (n *panel) drawArrows(b *strings.Builder) {
	p, tops, bottoms := n.plan, n.tops, n.bottoms
	type port struct{ arrow, near int }
	leave, enter := make(map[int][]port), make(map[int][]port)
	for i, route := range p.routes {
		if len(route) > 1 {
			leave[route[0]] = append(leave[route[0]], port{i, route[1]})
			enter[route[len(route)-1]] = append(enter[route[len(route)-1]], port{i, route[len(route)-2]})
		}
	}
	x := func(ports map[int][]port, at, arrow int) float64 {
		list := ports[at]
		slices.SortStableFunc(list, func(a, b port) int { return cmp.Compare(p.places[a.near].x, p.places[b.near].x) })
		k := slices.IndexFunc(list, func(o port) bool { return o.arrow == arrow })
		step := min(50, (boxWidth-30)/float64(len(list)))
		return n.x + p.places[at].x + (float64(k)-float64(len(list)-1)/2)*step
	}
	var labels strings.Builder
	for i, route := range p.routes {
		if len(route) < 2 {
			continue
		}
		from, to := route[0], route[len(route)-1]
		x0, y0 := x(leave, from, i), n.y+tops[p.places[from].layer]+n.heights[p.places[from].box]
		x1, y1 := x(enter, to, i), n.y+tops[p.places[to].layer]
		var d strings.Builder
		fmt.Fprintf(&d, "M%.1f %.1f", x0, y0)
		px, py := x0, y0
		if low := n.y + bottoms[p.places[from].layer]; low > y0 {
			fmt.Fprintf(&d, "V%.1f", low)
			py = low
		}
		curve := func(nx, ny float64) {
			m := (py + ny) / 2
			fmt.Fprintf(&d, "C%.1f %.1f %.1f %.1f %.1f %.1f", px, m, nx, m, nx, ny)
			px, py = nx, ny
		}
		for _, bend := range route[1 : len(route)-1] {
			pl := p.places[bend]
			curve(n.x+pl.x, n.y+tops[pl.layer])
			py = n.y + bottoms[pl.layer]
			fmt.Fprintf(&d, "V%.1f", py)
		}
		curve(x1, y1)
		a := n.arrows[i]
		class := "a"
		if a.dashed {
			class = "d"
		}
		tip := "marker-end"
		if p.turned[i] {
			tip = "marker-start"
		}
		fmt.Fprintf(b, "<path d=\"%s\" class=\"%s\" %s=\"url(#tip)\"/>\n", d.String(), class, tip)
		if a.label != "" {
			fmt.Fprintf(&labels, "<text x=\"%.1f\" y=\"%.1f\" class=\"e halo\" text-anchor=\"middle\">%s</text>\n", x1, y1-10, escape(short(a.label, 18)))
		}
	}
	b.WriteString(labels.String())
}
