package lint

import (
	"fmt"
	"slices"
	"strings"

	"onestep/dialogs"
)

// limit is how many questions one run may ask at most.
type limit struct {
	questions int
	// apart scripts are entered by a choice of the person's; a caller does not
	// count their questions, since their own limit holds.
	apart bool
}

// limits of the dialogs by name; all are ours. A script that is not here has
// the limit of a check-in when it is one, else that of the longest dialog.
var limits = map[string]limit{
	"first": {8, true}, "weekly": {5, false}, "goal-set": {6, true}, "goal-follow-up": {4, false}, "pause": {1, false}, "return": {3, false},
	"closing": {7, true}, "midpoint": {7, true}, "checkin-day": {2, true}, "worker-reflection": {4, true},
	// What follows a number from 0 to 2: the coping question, the offer, and where to call.
	"low": {3, true},
}

const (
	checkinQuestions  = 5
	longestQuestions  = 8
	techniquesCheckin = 3
)

func limitOf(s *script) limit {
	if l, ok := limits[s.name]; ok {
		return l
	}
	if s.checkin {
		return limit{questions: checkinQuestions}
	}
	return limit{questions: longestQuestions}
}

var pathRules = []Rule{
	{
		ID: "questions", About: "A run asks few questions, on the longest way through it.", Threshold: "first 8, weekly 5, goal-set 6, goal-follow-up 4, pause 1, return 3, closing 7, midpoint 7, the worker's own 4, after a low number 3, other check-ins 5, other scripts 8", Source: "ours",
		Why: "Long check-ins are not finished, and not begun again.",
		check: scripts(func(b *book, s *script, add adder) {
			most := limitOf(s).questions
			way, n := longest(b.modelOf(s))
			if n > most {
				add("", "the longest way asks %d questions, at most %d: %s", n, most, strings.Join(way, ", "))
			}
		}),
	},
	{
		ID: "ends", About: "Every way ends, also for somebody who skips everything, and no step is a dead end.", Threshold: "every step", Source: "ours",
		Why: "Nobody may be stuck in a chat.",
		check: scripts(func(b *book, s *script, add adder) {
			m := b.modelOf(s)
			for _, hows := range [][]string{{"", "answer", "skip"}, {"", "skip"}} {
				for _, st := range m.stuck(hows) {
					if st.in != s {
						continue // found at its own script
					}
					if len(hows) == 2 {
						add(st.view().ID, "who skips from here on never comes to the end")
					} else {
						add(st.view().ID, "no answer from here on ever comes to the end")
					}
				}
			}
		}),
	},
	{
		ID: "reachable", About: "Every branch, answer and step can happen.", Threshold: "every way", Source: "ours",
		Why:   "A branch that nothing reaches was meant for somebody.",
		check: reachable,
	},
	{
		ID: "scale-follow-up", About: "A number is followed by an open question.", Threshold: "within the next 2 lines of the bot", Source: "ours, from solution-focused practice",
		Why: "The number is a door to talk; alone it is a form.",
		check: ways(func(b *book, m *model, st *state, add adder) {
			if st.does() != "ask" || st.view().Asks != "scale" || st.in != m.script {
				return
			}
			if via, ok := followed(b, st); !ok {
				add(st.view().ID, "after this number no open question comes within 2 lines (by way of %s)", via)
			}
		}),
	},
	{
		ID: "low-branch", About: "After a number from 0 to 2 or a drop: a coping question, the offer of a person, and no goal.", Threshold: "every way", Source: "ours",
		Why:   "Somebody who is low needs to be heard and to reach a person, not a target.",
		check: low,
	},
	{
		ID: "listening-path", About: "On every way through a script, answers are heard before more is asked.", Threshold: "1 listening turn for 2 free questions, where all are answered", Source: "as listening",
		Why: "The mean over branches hides the branch where nobody listens.",
		check: ways(func(b *book, m *model, st *state, add adder) {
			if st != m.states[0] {
				return
			}
			if way, n := m.unheard(b); n > 1 {
				add("", "a way asks %d free questions more than its listening turns make up for: %s", n, strings.Join(way, ", "))
			}
		}),
	},
	{
		ID: "techniques", About: "A check-in uses several techniques, on every way where its questions are answered.", Threshold: fmt.Sprintf("at least %d in a check-in", techniquesCheckin), Source: "ours, after Franklin 2023",
		Why: "One technique again and again is a form with kind words.",
		check: scripts(func(b *book, s *script, add adder) {
			if !s.checkin {
				return
			}
			if way, used := b.modelOf(s).poorest(techniquesCheckin); used != nil {
				add("", "a way uses %d techniques (%s), at least %d: %s", len(used), strings.Join(used, ", "), techniquesCheckin, strings.Join(way, ", "))
			}
		}),
	},
	{
		ID: "choice-first", About: "Before a person is asked for a step or a task, the script says that it is their choice.", Threshold: "on every way to a line tagged task-try or task-notice", Source: "ours",
		Why:   "A step that was not chosen is homework.",
		check: choiceFirst,
	},
}

// ways makes a rule of what holds for each state of each script's model.
func ways(check func(*book, *model, *state, adder)) func(*book, func(spot, string, ...any)) {
	return func(b *book, add func(spot, string, ...any)) {
		for _, s := range b.scripts {
			said := make(map[string]bool)
			m := b.modelOf(s)
			for _, st := range m.states {
				check(b, m, st, func(step, message string, args ...any) {
					if !said[step] { // one finding for a step, whatever is known there
						said[step] = true
						add(s.spot(step), message, args...)
					}
				})
			}
		}
	}
}

func reachable(b *book, add func(spot, string, ...any)) {
	visited, taken := make(map[string]bool), make(map[string]bool)
	cut := false
	for _, s := range b.scripts {
		m := b.modelOf(s)
		cut = cut || m.cut
		for _, st := range m.states {
			visited[st.name()] = true
			for _, w := range st.ways {
				if !w.over {
					taken[st.name()+" > "+w.to.name()] = true
				}
			}
		}
	}
	if cut {
		return // not everything was walked
	}
	for _, s := range b.scripts {
		for _, st := range s.steps {
			name := s.name + "/" + st.ID
			if !visited[name] {
				add(s.spot(st.ID), "nothing ever comes here: the conditions before it exclude it")
				continue
			}
			if st.Does != "branch" {
				continue
			}
			for i, e := range st.Edges {
				to := s.name + "/" + e.To
				switch {
				case e.If == "not when" || e.If == "unset":
				case e.To != "" && !taken[name+" > "+to] || covered(st.Edges[:i], e):
					add(s.spot(st.ID), "the branch %q can never be taken: a line above it takes all its cases", e.If)
				}
			}
		}
	}
}

// low looks at what follows a low number.
func low(b *book, add func(spot, string, ...any)) {
	for _, s := range b.scripts {
		m := b.modelOf(s)
		said := make(map[string]bool)
		for _, st := range m.states {
			if st.in != s || st.does() != "nudge" || said[st.view().ID] {
				continue
			}
			if t := st.view().Trigger; t != dialogs.LowScore && t != dialogs.Drop {
				continue
			}
			if problem := hardWay(b, st); problem != "" {
				said[st.view().ID] = true
				add(s.spot(st.view().ID), "after this %s", problem)
			}
		}
		for _, st := range s.steps {
			if st.Does != "ask" || st.Asks != "scale" || !b.weeklyNumber(s, st) || s.words(st.ID).fixed {
				continue
			}
			handled := slices.ContainsFunc(m.states, func(x *state) bool { return x.does() == "nudge" && x.view().Trigger == dialogs.LowScore })
			if !handled {
				add(s.spot(st.ID), "a number from 0 to 2 is treated like any other; branch to a script such as low, which nudges low-score, asks how they get by and offers a person")
			}
		}
	}
}

// weeklyNumber tells whether the answer goes into a series: the number that is
// followed over weeks.
func (b *book) weeklyNumber(s *script, ask dialogs.StepView) bool {
	if b.facts[ask.Keep].Kind == dialogs.Series {
		return true
	}
	for _, st := range s.steps {
		for _, set := range st.Sets {
			if strings.TrimSpace(set.Value) == ask.Keep && b.facts[set.Name].Kind == dialogs.Series && ask.Keep != "" {
				return true
			}
		}
	}
	return false
}

func choiceFirst(b *book, add func(spot, string, ...any)) {
	for _, s := range b.scripts {
		m := b.modelOf(s)
		// Walk without passing a line that leaves the choice to the person.
		reached := map[*state]bool{}
		work := []*state{m.states[0]}
		said := make(map[string]bool)
		for len(work) > 0 {
			st := work[len(work)-1]
			work = work[:len(work)-1]
			if reached[st] || st.over() {
				continue
			}
			reached[st] = true
			free := st.line != nil && (choice.in(st.line.text) != "" || st.line.tagged("autonomy"))
			if l := st.line; l != nil && !free && st.in == s && l.tagged("task-try", "task-notice") && !said[l.step] {
				said[l.step] = true
				add(s.spot(l.step), "somebody can come here without having read that it is their choice")
			}
			for _, w := range st.ways {
				if !free || w.over {
					work = append(work, w.to)
				}
			}
		}
	}
}
