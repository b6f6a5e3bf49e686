package reply

// Scale reads a score from 0 to 10. The whole message counts: every number in
// it is found, what its surroundings make of it is settled, and the score is
// what is left when exactly one is. Two that are joined as a range or a doubt
// give the middle, with AskBack, so that the person is told what was taken.
func Scale(text string) Reading[float64] {
	f := fold(text)
	t := fromWelsh(scan(f))
	s := scaleReader{tokens: t, q: scores(t)}
	r := s.read()
	if r.OK || s.to > s.from {
		r.Span = f.source(t[s.from].from, t[max(s.to, s.from+1)-1].to)
	}
	return r
}

type scaleReader struct {
	tokens []token
	q      []quantity
	words  []symbol
	which  []int // by word: which quantity it is, -1: none
	place  []int // by quantity: which word it is
	roles  []role
	ranged []bool // joined with the quantity behind it
	unsure bool   // a number may or may not have been taken back
	from   int    // tokens of the span read
	to     int
}

var (
	contextBook = roleBook(scaleContext)
	timeBook    = roleBook(scaleTimes)
	pastBook    = roleBook(scalePast)
	linkBook    = newRulebook(scaleClasses, linkRules())
)

func roleBook(list []roleRule) *rulebook {
	rules := make([]rule, len(list))
	for i, r := range list {
		rules[i] = rule{r.id, r.patterns}
	}
	return newRulebook(scaleClasses, rules)
}

func linkRules() []rule {
	rules := make([]rule, len(scaleLinks))
	for i, r := range scaleLinks {
		rules[i] = rule{r.id, r.patterns}
	}
	return rules
}

func (s *scaleReader) read() Reading[float64] {
	if len(s.tokens) == 0 {
		return Reading[float64]{Rule: "scale/nothing"}
	}
	s.words, s.which = counted(s.tokens, s.q)
	s.roles = make([]role, len(s.q))
	s.ranged = make([]bool, len(s.q))
	s.place = make([]int, len(s.q))
	for w, n := range s.which {
		if n >= 0 {
			s.place[n] = w
		}
	}
	for n := range s.q {
		s.alone(n)
	}
	s.context()
	s.givenByOthers()
	s.said()
	s.hours()
	s.children()
	s.times()
	s.nearing()
	s.links()
	s.spread()
	return s.settle()
}

func (s *scaleReader) none(id RuleID) Reading[float64] {
	return Reading[float64]{Rule: id, AskBack: true}
}

// alone judges a number by how it is written.
func (s *scaleReader) alone(n int) {
	q := s.q[n]
	switch {
	case q.form == other || q.form == ordinal:
		s.roles[n] |= things
	case q.open:
		s.roles[n] |= bounded
	case n+1 < len(s.q) && s.q[n+1].from == q.to && s.q[n+1].word && s.q[n+1].value >= 100:
		s.roles[n] |= things // "7 hundred"
	case s.ofTenThings(q):
		s.roles[n] |= doubted
	case s.spacedPoint(n):
		s.unsure = true
	case q.signed:
		s.roles[n] |= relative
	case q.form == bare && s.countsThings(q), q.value == 5 && q.from > 0 && s.tokens[q.from-1].text == "high" && q.word:
		s.roles[n] |= things
	case q.word && q.value == 0 && !q.phrase && q.form == bare && s.zeroOf(q):
		s.roles[n] |= things
	case q.form == bare && n+1 < len(s.q) && s.q[n+1].value == 10 && s.q[n+1].from == q.to+1 && s.unknownThing(q):
		s.unsure = true // "7 oyf 10": perhaps out of ten, so that 10 is no score
	case q.form == bare && !q.phrase && s.unknownThing(q):
		if len(s.words) == 2 && s.place[n] == 0 { // "7 Barbara"
			s.roles[n] |= doubted
		} else {
			s.roles[n] |= things
		}
	case q.value == 1 && q.form == bare && n > 0 && s.roles[n-1]&things != 0 && s.place[n] == len(s.words)-2 && s.words[s.place[n]+1].id == meID:
		s.roles[n] |= things // "3 kids, 2 jobs, 1 me"
	case q.form == bare && s.perhapsNamed(n):
		s.roles[n] |= doubted
	case q.value == 1 && q.form == bare && !q.phrase && (q.word || s.oneThing(q)) && !s.oneIsScore(q):
		s.roles[n] |= things
	}
}

// context gives each number the roles that the words around it tell.
func (s *scaleReader) context() {
	contextBook.find(matcher{words: s.words, wall: numberID}, func(h hit) bool {
		r := scaleContext[h.rule]
		for w := h.from; w < h.to; w++ {
			n := s.which[w]
			if n < 0 || r.last && s.laterNumber(w+1, h.to) {
				continue
			}
			if r.role&(things|relative) != 0 && s.q[n].phrase || r.role == things && (s.q[n].form == ofTen || s.q[n].form == percent) {
				continue // "3/10 rough week" counts no weeks
			}
			s.roles[n] |= r.role
		}
		return true
	})
	for n := range s.roles { // "up to 7 now": moved there, not a bound or a step
		if s.roles[n]&stated != 0 {
			s.roles[n] &^= relative | things | anchor
		}
		if s.roles[n]&told != 0 && !(s.q[n].form == bare && s.countsThings(s.q[n])) {
			s.roles[n] &^= relative | things | anchor | bounded
		}
		if s.roles[n]&now != 0 {
			s.roles[n] &^= relative
			if s.movedSurely(n) {
				s.roles[n] &^= bounded
			}
		}
	}
}

// movedSurely tells "I am up to 7" and "up to 7 now" from a mere "up to 7".
func (s *scaleReader) movedSurely(n int) bool {
	w := s.place[n]
	return w > 2 || w+1 < len(s.words) && s.words[w+1].brk == noBreak && nowWords.has(s.words[w+1].id)
}

var nowWords = func() wordSet {
	var s wordSet
	for _, w := range []string{"now", "today", "this", "tonight"} {
		s.add(known.id(w))
	}
	return s
}()

func (s *scaleReader) laterNumber(from, to int) bool {
	for w := from; w < to; w++ {
		if s.which[w] >= 0 {
			return true
		}
	}
	return false
}

// settle decides what is left.
func (s *scaleReader) settle() Reading[float64] {
	var live []int
	out, broken := -1, -1
	for n, q := range s.q {
		r := s.roles[n]
		switch {
		case r&unfit != 0, r&then != 0 && r&now == 0:
		case q.form == fraction:
			broken = n
		case q.value < 0 || q.value > 10:
			out = n
		default:
			live = append(live, n)
		}
	}
	live = s.own(s.surer(s.current(live)))
	aspects := 0
	for _, r := range s.roles {
		if r&aspect != 0 {
			aspects++
		}
	}
	if aspects > 1 && len(live) > 0 {
		n, ok := s.overall(live)
		if !ok {
			return s.refuse("scale/several", live[0])
		}
		live = []int{n}
	}
	if len(live) > 0 && s.todayUnknown() {
		return s.refuse("scale/only-then", live[0])
	}
	if (s.unsure || s.byTheHandful()) && len(live) > 0 {
		return s.refuse("scale/several", live[0])
	}
	one, picked := s.onlySaid(live, out)
	switch {
	case picked:
		return s.take(one, one, s.q[one].value, s.name(one), true)
	case broken >= 0:
		return s.refuse("scale/other-fraction", broken)
	case len(live) == 0 && out >= 0:
		return s.refuse("scale/out-of-range", out)
	case len(live) == 0:
		if n := s.unchanged(); n >= 0 {
			return s.take(n, n, s.q[n].value, "scale/unchanged", true)
		}
		return s.noneLeft()
	case out >= 0 && s.joinedWith(out, live):
		return s.refuse("scale/out-of-range", out)
	case len(live) == 1 && leftOpen(s.words, s.place[live[0]], false):
		return s.refuse("scale/only-then", live[0])
	case s.pickedOne(live): // "6 or 7... go on then 7"
		return s.take(live[2], live[2], s.q[live[2]].value, "scale/corrected", false)
	case s.same(live):
		return s.take(live[0], live[0], s.q[live[0]].value, s.name(live[0]), s.q[live[0]].heard || s.roles[live[0]]&doubted != 0 || s.roles[live[0]]&(told|stated) == told)
	case len(live) == 2 && s.ranged[live[0]] && live[1] == live[0]+1:
		a, b := s.q[live[0]].value, s.q[live[1]].value
		return s.take(live[0], live[1], (a+b)/2, "scale/range", true)
	}
	return s.refuse("scale/several", live[0])
}

// overall finds the number that sums up several: "sleep 3, mood 6, so 5 overall".
func (s *scaleReader) overall(live []int) (one int, ok bool) {
	n := live[len(live)-1]
	w := s.place[n]
	behind := w+1 < len(s.words) && s.words[w+1].brk == noBreak && s.words[w+1].id == overallID
	for k := w - 1; k >= 0 && k > w-5 && s.which[k] < 0 && !behind; k-- {
		behind = s.words[k].id == overallID
	}
	return n, behind && s.roles[n]&aspect == 0
}

// current leaves only today's numbers where some are said to be today's.
func (s *scaleReader) current(live []int) []int {
	var today []int
	for _, n := range live {
		if s.roles[n]&now != 0 || n > 0 && s.ranged[n-1] && s.roles[n-1]&now != 0 || s.ranged[n] && n+1 < len(s.q) && s.roles[n+1]&now != 0 {
			today = append(today, n)
		}
	}
	if len(today) > 0 {
		return today
	}
	return live
}

// own leaves the person's own number where they turn away from others.
func (s *scaleReader) own(live []int) []int {
	if s.same(live) || len(live) == 2 && s.ranged[live[0]] && live[1] == live[0]+1 {
		return live
	}
	var named []int
	for _, n := range live {
		named = append(named, s.place[n])
	}
	var mine []int
	for _, w := range own(s.words, named) {
		mine = append(mine, s.which[w])
	}
	return mine
}

// pickedOne tells that a third number is one end of the range before it.
func (s *scaleReader) pickedOne(live []int) bool {
	if len(live) != 3 || !s.ranged[live[0]] || s.ranged[live[1]] || live[1] != live[0]+1 {
		return false
	}
	a, b, v := s.q[live[0]].value, s.q[live[1]].value, s.q[live[2]].value
	return v == a || v == b || v == (a+b)/2
}

func (s *scaleReader) same(live []int) bool {
	for _, n := range live {
		if s.q[n].value != s.q[live[0]].value {
			return false
		}
	}
	return true
}

func (s *scaleReader) joinedWith(out int, live []int) bool {
	for _, n := range live {
		if n+1 == out && s.ranged[n] || out+1 == n && s.ranged[out] {
			return true
		}
	}
	return s.q[out].form != bare || s.q[out].value <= nearlyScale && !s.ofOthers(out)
}

// ofOthers tells that the clause of a number speaks of something else: "the
// heating is stuck on 18".
func (s *scaleReader) ofOthers(n int) bool {
	from, others := subjectOf(s.words, s.place[n], scored)
	return others && s.place[n]-from > 1
}

// nearlyScale is up to where a number beyond the scale may have been meant as
// a score; larger ones, such as an age, are about something else.
const nearlyScale = 20

func (s *scaleReader) take(a, b int, v float64, id RuleID, ask bool) Reading[float64] {
	s.from, s.to = s.q[a].from, s.q[b].to
	return Reading[float64]{Value: v, OK: true, Rule: id, AskBack: ask}
}

func (s *scaleReader) refuse(id RuleID, n int) Reading[float64] {
	s.from, s.to = s.q[n].from, s.q[n].to
	return s.none(id)
}

// name says which rule read a single number.
func (s *scaleReader) name(n int) RuleID {
	for m := range n {
		if s.roles[m]&mistaken != 0 {
			return "scale/corrected"
		}
		if s.roles[m]&then != 0 {
			return "scale/now-not-then"
		}
	}
	if n+1 < len(s.q) && s.roles[n+1]&then != 0 {
		return "scale/now-not-then"
	}
	switch q := s.q[n]; {
	case q.form == ofTen:
		return "scale/out-of"
	case q.form == percent:
		return "scale/percent"
	case q.word:
		return "scale/word"
	}
	return "scale/number"
}

// noneLeft says why no number was taken.
func (s *scaleReader) noneLeft() Reading[float64] {
	for n := range s.q {
		for _, r := range scaleContext {
			if s.roles[n]&r.role&unfit != 0 {
				return s.refuse(r.id, n)
			}
		}
		if s.roles[n]&then != 0 {
			return s.refuse("scale/only-then", n)
		}
		if s.roles[n]&things != 0 {
			return s.refuse("scale/of-things", n)
		}
	}
	return s.none("scale/no-number")
}
