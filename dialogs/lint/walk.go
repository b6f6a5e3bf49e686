package lint

import (
	"math/bits"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"onestep/dialogs"
)

// heaviest finds the way with the largest sum of weights from the begin of the
// model. A loop counts once. Moves that follow tells to leave out are left out.
func (m *model) heaviest(weight func(*state) int, follow func(move) bool) (way []*state, sum int) {
	type best struct {
		sum  int
		next *state
		said bool // the step itself counts; false where it is passed over
		done bool
	}
	memo := make(map[*state]*best, len(m.states))
	var walk func(*state) int
	walk = func(st *state) int {
		if b, ok := memo[st]; ok {
			return b.sum // a loop: what is known so far
		}
		b := &best{}
		memo[st] = b
		found := false
		for _, w := range st.ways {
			if !follow(w) {
				continue
			}
			if next, on := memo[w.to]; on && !next.done {
				continue
			}
			own := 0
			if !w.over {
				own = weight(st)
			}
			if sum := walk(w.to) + own; !found || sum > b.sum {
				found, b.sum, b.next, b.said = true, sum, w.to, !w.over
			}
		}
		if !found && !st.over() {
			b.sum, b.said = weight(st), true
		}
		b.done = true
		return b.sum
	}
	sum = walk(m.states[0])
	for st := m.states[0]; st != nil && len(way) <= len(m.states); st = memo[st].next {
		if memo[st].said && weight(st) != 0 {
			way = append(way, st)
		}
	}
	return way, sum
}

func names(way []*state) []string {
	list := make([]string, len(way))
	for i, st := range way {
		list[i] = st.name()
	}
	return list
}

// longest is the way that asks most. Scripts that a person enters by their own
// choice are counted by themselves.
func longest(m *model) ([]string, int) {
	way, n := m.heaviest(func(st *state) int {
		if st.does() != "ask" || st.line != nil && st.line.fixed && st.line.tagged("command") {
			return 0
		}
		for name, l := range limits {
			if l.apart && name != m.script.name && (st.in.name == name || strings.Contains(st.via+"/", name+"/")) {
				return 0
			}
		}
		return 1
	}, func(w move) bool { return w.how != "timeout" })
	return names(way), n
}

// answered follows people who answer: nothing is skipped, unclear or left.
func answered(w move) bool { return w.how == "" || w.how == "answer" }

// unheard is the way on which free questions outweigh listening turns most; a
// listening turn makes up for two questions.
func (m *model) unheard(b *book) ([]string, int) {
	way, n := m.heaviest(func(st *state) int {
		n := 0
		if st.does() == "ask" && st.view().Asks == "text" {
			n++
		}
		if st.line != nil && listens(b, st.line) {
			n -= 2
		}
		return n
	}, answered)
	return names(way), n
}

// reached are the states to which moves lead from some, those included.
func reached(from []*state, next func(*state) []*state) (all []*state) {
	seen := make(map[*state]bool)
	for work := slices.Clone(from); len(work) > 0; {
		st := work[len(work)-1]
		work = work[:len(work)-1]
		if !seen[st] {
			seen[st] = true
			all = append(all, st)
			work = append(work, next(st)...)
		}
	}
	return all
}

// stuck lists the states from which no moves of these kinds lead to the end.
func (m *model) stuck(hows []string) []*state {
	if m.cut {
		return nil
	}
	before := make(map[*state][]*state)
	var over []*state
	for _, st := range m.states {
		if st.over() {
			over = append(over, st)
		}
		for _, w := range st.ways {
			if slices.Contains(hows, w.how) {
				before[w.to] = append(before[w.to], st)
			}
		}
	}
	ends := make(map[*state]bool)
	for _, st := range reached(over, func(st *state) []*state { return before[st] }) {
		ends[st] = true
	}
	var list []*state
	said := make(map[string]bool)
	for _, st := range m.states {
		if !ends[st] && !said[st.name()] {
			said[st.name()] = true
			list = append(list, st)
		}
	}
	return list
}

// poorest finds a way of at least three answered free questions and numbers
// that uses fewer techniques than wanted; used is nil when there is none.
func (m *model) poorest(wanted int) (way, used []string) {
	type place struct {
		at    *state
		used  uint64
		asked int
	}
	seen := make(map[place]bool)
	var path []string
	var walk func(place) bool
	walk = func(p place) bool {
		if bits.OnesCount64(p.used) >= wanted || seen[p] {
			return false
		}
		seen[p] = true
		if p.at.over() {
			if p.asked < fewQuestions {
				return false
			}
			way, used = slices.Clone(path), []string{}
			for i, t := range dialogs.Tags {
				if p.used&(1<<i) != 0 {
					used = append(used, t.Name)
				}
			}
			return true
		}
		for _, w := range p.at.ways {
			if !answered(w) {
				continue
			}
			next := place{w.to, p.used, p.asked}
			depth := len(path)
			if l := p.at.line; l != nil && !w.over {
				for i, t := range dialogs.Tags {
					if t.Technique && l.tagged(t.Name) {
						next.used |= 1 << i
					}
				}
				if l.asks == "text" || l.asks == "scale" {
					next.asked = min(fewQuestions, p.asked+1)
					path = append(path, p.at.name())
				}
			}
			if walk(next) {
				return true
			}
			path = path[:depth]
		}
		return false
	}
	walk(place{at: m.states[0]})
	return way, used
}

// followed tells whether an open question comes within two lines of the bot
// after a number, on every way of an answer. Fixed texts do not count: where
// help is when it is urgent may stand between.
func followed(b *book, scale *state) (via string, ok bool) {
	if scale.line == nil || scale.line.fixed {
		return "", true
	}
	type place struct {
		at    *state
		lines int
	}
	seen := make(map[place]bool)
	var walk func(st *state, lines int) bool
	walk = func(st *state, lines int) bool {
		if seen[place{st, lines}] {
			return true
		}
		seen[place{st, lines}] = true
		if st.over() {
			via = "the end"
			return false
		}
		for _, w := range st.ways {
			if !answered(w) {
				continue
			}
			n := lines
			if l := st.line; l != nil && !w.over && !l.fixed {
				if asked := questions(l.text); l.role == asks && len(asked) > 0 && isOpen(asked[len(asked)-1]) && l.asks != "scale" {
					continue
				}
				if n++; n > 1 {
					via = st.name()
					return false
				}
			}
			if !walk(w.to, n) {
				return false
			}
		}
		return true
	}
	for _, w := range scale.ways {
		if w.how == "answer" && !walk(w.to, 0) {
			return via, false
		}
	}
	return "", true
}

var person = regexp.MustCompile(`(?i)\b(?:call you|to call|ring you|talk (?:to|with) (?:a person|someone|somebody|\{worker\})|talk it over with|send PERSON|ask for a human|get in touch)\b|\{worker\} (?:to call|to ring|calls?)`)

// hardWay says what is wrong with what follows a low number or a drop; "" when
// nothing is.
func hardWay(b *book, from *state) string {
	type place struct {
		at             *state
		coping, person bool
	}
	seen := make(map[place]bool)
	problem := ""
	var walk func(place)
	walk = func(p place) {
		if problem != "" || seen[p] {
			return
		}
		seen[p] = true
		if p.at.over() {
			switch {
			case !p.coping:
				problem = "a way ends without a coping question (tagged coping)"
			case !p.person:
				problem = "a way ends without the offer of a person"
			}
			return
		}
		for _, w := range p.at.ways {
			if w.how == "timeout" {
				continue
			}
			next := place{w.to, p.coping, p.person}
			if l := p.at.line; l != nil && !w.over {
				if l.tagged("task-try", "task-notice", "scale-confidence", "scale-willingness", "change-talk", "m8") && !next.at.over() {
					problem = "a way goes on to a goal or a step (" + p.at.name() + ")"
					return
				}
				next.coping = next.coping || l.tagged("coping", "scale-coping")
				next.person = next.person || person.MatchString(l.text)
			}
			walk(next)
		}
	}
	walk(place{at: from})
	return problem
}

// markHard marks the lines that follow a low number or a drop, until the run
// is over.
func (b *book) markHard() {
	for _, s := range b.scripts {
		m := b.modelOf(s)
		var work []*state
		for _, st := range m.states {
			if st.does() == "nudge" && (st.view().Trigger == dialogs.LowScore || st.view().Trigger == dialogs.Drop) {
				work = append(work, st)
			}
		}
		seen := make(map[*state]bool)
		for len(work) > 0 {
			st := work[len(work)-1]
			work = work[:len(work)-1]
			if seen[st] {
				continue
			}
			seen[st] = true
			if st.line != nil {
				st.line.hard = true
			}
			for _, w := range st.ways {
				work = append(work, w.to)
			}
		}
	}
}

// covered tells whether the lines above a branch take all its cases, where all
// of them compare one number with constants.
func covered(above []dialogs.Edge, e dialogs.Edge) bool {
	if e.If == "otherwise" {
		return false
	}
	names := identifier.FindAllString(e.If, -1)
	slices.Sort(names)
	if names = slices.Compact(names); len(names) != 1 || !strings.ContainsAny(e.If, "<>=") || strings.ContainsAny(e.If, `"'`) {
		return false
	}
	c := newScope(&script{})
	for half := -2; half <= 22; half++ {
		w := world{"=" + names[0]: strconv.FormatFloat(float64(half)/2, 'f', -1, 64)}
		if c.eval(c.tree(e.If), w) != yes {
			continue
		}
		taken := slices.ContainsFunc(above, func(o dialogs.Edge) bool {
			return o.If != "otherwise" && c.eval(c.tree(o.If), w) == yes
		})
		if !taken {
			return false
		}
	}
	return true
}
