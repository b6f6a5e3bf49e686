package drawing

import (
	"cmp"
	"math"
	"slices"
)

// place is a box, or a bend of an arrow that crosses a layer, on the page.
type place struct {
	box         int // -1: a bend
	layer, slot int
	x, width    float64 // x is the middle
	up, down    []int   // neighbours in the layers above and below
}

// plan is a drawing in layers from top to bottom, after Sugiyama, Tagawa and
// Toda (1981): layers by the longest way, few crossings by sorting each layer
// by the middle of its neighbours, then places as near to the neighbours as
// the widths allow.
type plan struct {
	places []place
	layers [][]int
	routes [][]int // of each arrow: its places from above to below
	turned []bool  // of each arrow: it leads upwards
}

const bendWidth = 16

// arrange lays boxes of these widths out. gap is the room between two places.
func arrange(arrows []arrow, widths []float64, gap float64) plan {
	p := plan{routes: make([][]int, len(arrows)), turned: make([]bool, len(arrows))}
	out := make([][]int, len(widths))
	for i, a := range arrows {
		if p.turned[i] = a.to <= a.from && upwards(arrows, a); p.turned[i] {
			out[a.to] = append(out[a.to], a.from)
		} else if a.from != a.to {
			out[a.from] = append(out[a.from], a.to)
		}
	}
	depth := layers(out)
	for i, w := range widths {
		p.places = append(p.places, place{box: i, layer: depth[i], width: w})
	}
	for i, a := range arrows {
		from, to := a.from, a.to
		if p.turned[i] {
			from, to = to, from
		}
		if from == to {
			continue
		}
		p.routes[i] = append(p.routes[i], from)
		for l := depth[from] + 1; l < depth[to]; l++ {
			p.places = append(p.places, place{box: -1, layer: l, width: bendWidth})
			p.routes[i] = append(p.routes[i], len(p.places)-1)
		}
		p.routes[i] = append(p.routes[i], to)
		for n := 1; n < len(p.routes[i]); n++ {
			above, below := p.routes[i][n-1], p.routes[i][n]
			p.places[above].down = append(p.places[above].down, below)
			p.places[below].up = append(p.places[below].up, above)
		}
	}
	p.layers = make([][]int, slices.Max(depth)+1)
	for i, pl := range p.places {
		p.layers[pl.layer] = append(p.layers[pl.layer], i)
	}
	p.sort()
	p.spread(gap)
	return p
}

// upwards tells whether an arrow closes a circle: its end leads to its begin.
func upwards(arrows []arrow, back arrow) bool {
	seen := map[int]bool{back.to: true}
	work := []int{back.to}
	for len(work) > 0 {
		at := work[len(work)-1]
		work = work[:len(work)-1]
		if at == back.from {
			return true
		}
		for _, a := range arrows {
			if a.from == at && !seen[a.to] {
				seen[a.to] = true
				work = append(work, a.to)
			}
		}
	}
	return false
}

// layers gives each box the length of the longest way to it. Arrows that close
// a circle have been turned, so ways end.
func layers(out [][]int) []int {
	depth := make([]int, len(out))
	for range out { // at most as often as there are boxes
		moved := false
		for from, list := range out {
			for _, to := range list {
				if depth[to] < depth[from]+1 {
					depth[to], moved = depth[from]+1, true
				}
			}
		}
		if !moved {
			break
		}
	}
	return depth
}

// sort orders each layer so that few arrows cross, and keeps the best order.
func (p *plan) sort() {
	number := func() {
		for _, layer := range p.layers {
			for slot, i := range layer {
				p.places[i].slot = slot
			}
		}
	}
	number()
	best, least := p.copyLayers(), p.crossings()
	for round := range 24 {
		down := round%2 == 0
		for n := range p.layers {
			l := n
			if !down {
				l = len(p.layers) - 1 - n
			}
			middle := make(map[int]float64)
			for _, i := range p.layers[l] {
				near := p.places[i].up
				if !down {
					near = p.places[i].down
				}
				middle[i] = float64(p.places[i].slot)
				if len(near) > 0 {
					sum := 0.0
					for _, o := range near {
						sum += (float64(p.places[o].slot) + 0.5) / float64(len(p.layers[p.places[o].layer]))
					}
					middle[i] = sum / float64(len(near)) * float64(len(p.layers[l]))
				}
			}
			slices.SortStableFunc(p.layers[l], func(a, b int) int { return cmp.Compare(middle[a], middle[b]) })
			for slot, i := range p.layers[l] {
				p.places[i].slot = slot
			}
		}
		if n := p.crossings(); n < least {
			best, least = p.copyLayers(), n
		}
	}
	p.layers = best
	number()
	p.swap()
}

// swap exchanges neighbours as long as that takes crossings away.
func (p *plan) swap() {
	for range 8 {
		better := false
		for _, layer := range p.layers {
			for n := 1; n < len(layer); n++ {
				a, b := layer[n-1], layer[n]
				if p.between(b, a) < p.between(a, b) {
					layer[n-1], layer[n] = b, a
					p.places[a].slot, p.places[b].slot = n, n-1
					better = true
				}
			}
		}
		if !better {
			return
		}
	}
}

// between counts the crossings of the arrows of two places when a is left of b.
func (p *plan) between(a, b int) int {
	n := 0
	for _, near := range [2][2][]int{{p.places[a].up, p.places[b].up}, {p.places[a].down, p.places[b].down}} {
		for _, x := range near[0] {
			for _, y := range near[1] {
				if p.places[x].slot > p.places[y].slot {
					n++
				}
			}
		}
	}
	return n
}

func (p *plan) crossings() int {
	n := 0
	for _, layer := range p.layers {
		for i, a := range layer {
			for _, b := range layer[i+1:] {
				for _, x := range p.places[a].down {
					for _, y := range p.places[b].down {
						if p.places[x].slot > p.places[y].slot {
							n++
						}
					}
				}
			}
		}
	}
	return n
}

func (p *plan) copyLayers() [][]int {
	list := make([][]int, len(p.layers))
	for i, l := range p.layers {
		list[i] = slices.Clone(l)
	}
	return list
}

// spread gives each place its x: as near to its neighbours as the others of
// its layer let it.
func (p *plan) spread(gap float64) {
	for _, layer := range p.layers {
		x := 0.0
		for _, i := range layer {
			p.places[i].x = x + p.places[i].width/2
			x += p.places[i].width + gap
		}
	}
	for round := range 40 {
		for n := range p.layers {
			l := n
			if round%2 == 1 {
				l = len(p.layers) - 1 - n
			}
			layer := p.layers[l]
			want, weight := make([]float64, len(layer)), make([]float64, len(layer))
			for k, i := range layer {
				near := p.places[i].up
				if round%2 == 1 {
					near = p.places[i].down
				}
				if round >= 30 || len(near) == 0 {
					near = append(slices.Clone(p.places[i].up), p.places[i].down...)
				}
				want[k], weight[k] = p.places[i].x, 1
				if len(near) > 0 {
					want[k] = p.median(near)
				}
				if p.places[i].box < 0 {
					weight[k] = 4 // straight arrows read best
				}
			}
			p.settle(layer, want, weight, gap)
		}
	}
	left := math.Inf(1)
	for _, pl := range p.places {
		left = min(left, pl.x-pl.width/2)
	}
	for i := range p.places {
		p.places[i].x -= left
	}
}

func (p *plan) median(near []int) float64 {
	xs := make([]float64, len(near))
	for i, o := range near {
		xs[i] = p.places[o].x
	}
	slices.Sort(xs)
	return (xs[(len(xs)-1)/2] + xs[len(xs)/2]) / 2
}

// settle finds the places of a layer that are nearest to what is wanted (least
// squares) and keep order and distance: neighbours that would overlap are
// pooled and moved as one.
func (p *plan) settle(layer []int, want, weight []float64, gap float64) {
	type pool struct {
		sum, weight float64
		size        int
	}
	offset := make([]float64, len(layer))
	for k := 1; k < len(layer); k++ {
		offset[k] = offset[k-1] + p.places[layer[k-1]].width/2 + gap + p.places[layer[k]].width/2
	}
	var pools []pool
	for k := range layer {
		pools = append(pools, pool{(want[k] - offset[k]) * weight[k], weight[k], 1})
		for n := len(pools); n > 1 && pools[n-2].sum/pools[n-2].weight > pools[n-1].sum/pools[n-1].weight; n = len(pools) {
			last := pools[n-1]
			pools = pools[:n-1]
			pools[n-2].sum += last.sum
			pools[n-2].weight += last.weight
			pools[n-2].size += last.size
		}
	}
	k := 0
	for _, pl := range pools {
		for range pl.size {
			p.places[layer[k]].x = pl.sum/pl.weight + offset[k]
			k++
		}
	}
}
