package reply

// marker is a word or phrase that puts a number in time.
type marker struct {
	role     role
	from, to int  // words
	forward  bool // speaks only for the number behind it: "was"
}

// times gives numbers the time that is said for them. A time word speaks for
// one number of its own clause: "last week 5, this week 6".
func (s *scaleReader) times() {
	marks := s.markers()
	var run []int // numbers that run on behind the time of another
	for i, m := range marks {
		if m.role == 0 { // a mere comparison: "like last week"
			continue
		}
		left, right := s.neighbour(m, -1), s.neighbour(m, 1)
		switch {
		case m.forward:
			left = -1
		case left >= 0 && right >= 0 && i > 0 && marks[i-1].forward && s.roles[left]&m.role != 0: // "was a 3 last time"
			right = -1
		case left >= 0 && right >= 0:
			switch {
			case s.timed(left) || i > 0 && marks[i-1].to <= s.place[left] && s.near(marks[i-1].to, s.place[left]) || s.bareNow(m, marks, right):
				left = -1
			case m.role == then && (s.saidNow(left) || i+1 < len(marks) && marks[i+1].forward && marks[i+1].to <= s.place[right]):
				left = -1 // "I feel a 6 last week 2", "6 last week it was 2"
			default:
				run = append(run, right)
				right = -1
			}
		case left < 0 && right < 0:
			right = s.leads(m)
		}
		for _, n := range []int{left, right} {
			if n >= 0 {
				s.give(n, m)
			}
		}
	}
	for _, n := range run { // "6 last week 4": either may be the one of then
		s.unsure = s.unsure || s.roles[n]&(now|then|given|stated) == 0 && s.lastWord(n)
	}
}

// nearing takes a number that today is only nearer to than to the one of
// before: "it was 7, nearer 6 now".
func (s *scaleReader) nearing() {
	before := false
	for n, r := range s.roles {
		w := s.place[n] - 1
		for w > 0 && smallBefore.has(s.words[w].id) && s.words[w+1].brk == noBreak {
			w--
		}
		if w >= 0 && nearerWords.has(s.words[w].id) && r&bounded != 0 && (r&now != 0 || before) {
			s.roles[n] = r&^bounded | now | told
		}
		before = before || r&then != 0
	}
}

var (
	smallBefore = wordsOf("to a an about")
	nearerWords = wordsOf("nearer closer")
)

// saidNow tells a number that is put as the score of the present: "I'm a 6".
func (s *scaleReader) saidNow(n int) bool {
	for w := s.place[n] - 1; w >= 0 && s.words[w+1].brk == noBreak; w-- {
		if saidBefore.has(s.words[w].id) {
			return false
		}
	}
	return s.roles[n]&(given|stated) != 0
}

// saidBefore are verbs that may tell of another day.
var saidBefore = wordsOf("felt put said gave scored got had been rated")

// lastWord tells that nothing is said behind a number.
func (s *scaleReader) lastWord(n int) bool {
	w := s.place[n] + 1
	return w == len(s.words) || s.words[w].brk != noBreak
}

// give sets a number's time. What is said to be now beats a mere "was".
func (s *scaleReader) give(n int, m marker) {
	switch {
	case m.role == now:
		s.roles[n] = s.roles[n]&^then | now
	case s.roles[n]&now == 0:
		s.roles[n] |= then
	}
}

func (s *scaleReader) timed(n int) bool { return s.roles[n]&(then|now|wished) != 0 }

// bareNow tells "5 now 6" from "8 now 5 last week": the second number has no
// time word of its own behind it.
func (s *scaleReader) bareNow(m marker, marks []marker, right int) bool {
	if m.role != now || s.roles[right]&then != 0 {
		return false
	}
	for _, o := range marks {
		if o.from >= m.to && (o.to <= s.place[right] || o.from > s.place[right] && s.near(s.place[right]+1, o.from)) {
			return false
		}
	}
	return true
}

// near tells that no number and no comma lies between two words.
func (s *scaleReader) near(from, to int) bool {
	if to-from > 5 {
		return false
	}
	for w := from; w < to; w++ {
		if s.which[w] >= 0 || s.words[w].brk != noBreak && w > from {
			return false
		}
	}
	return to >= len(s.words) || s.words[to].brk == noBreak
}

func (s *scaleReader) markers() []marker {
	var marks []marker
	add := func(role role, h hit, forward bool) {
		for _, m := range marks {
			if h.from < m.to && m.from < h.to {
				return
			}
		}
		marks = append(marks, marker{role, h.from, h.to, forward})
	}
	timeBook.find(matcher{words: s.words}, func(h hit) bool {
		add(scaleTimes[h.rule].role, h, false)
		return true
	})
	pastBook.find(matcher{words: s.words}, func(h hit) bool {
		add(scalePast[h.rule].role, h, true)
		return true
	})
	for i := 1; i < len(marks); i++ { // in the order of the text
		for j := i; j > 0 && marks[j].from < marks[j-1].from; j-- {
			marks[j], marks[j-1] = marks[j-1], marks[j]
		}
	}
	return marks
}

// neighbour finds the number nearest to a marker in its clause, within five
// words; -1: none.
func (s *scaleReader) neighbour(m marker, step int) int {
	w := m.to
	if step < 0 {
		w = m.from - 1
	}
	reach := 6
	if step < 0 {
		reach = 3 // what stands behind a number speaks for it only when near
	}
	for range reach {
		if w < 0 || w >= len(s.words) {
			return -1
		}
		if step > 0 && s.words[w].brk != noBreak || step < 0 && s.words[w+1].brk != noBreak {
			return -1
		}
		if n := s.which[w]; n >= 0 {
			if s.roles[n]&things != 0 {
				return -1
			}
			return n
		}
		if step > 0 && s.words[w].id == andID && w+1 < len(s.words) && (subjects.has(s.words[w+1].id) || s.words[w+1].id == overallID) {
			return -1 // "had 2 good days and I'd say 7"
		}
		if contrasts.has(s.words[w].id) || s.words[w].id == becauseID || step < 0 && s.words[w].id == soID || step > 0 && settledAt(s.words, w) >= 0 {
			return -1
		}
		w += step
	}
	return -1
}

var butID, overallID = known.id("but"), known.id("overall")

// leads finds the number behind the comma of a clause that is only a time:
// "Last week, 5".
func (s *scaleReader) leads(m marker) int {
	if m.from > 0 && s.words[m.from].brk == noBreak || m.to >= len(s.words) || s.words[m.to].brk != comma {
		return -1
	}
	return s.which[m.to]
}
