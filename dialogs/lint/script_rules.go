package lint

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"onestep/dialogs"
)

// Figures of the rubric that hold for a script over all its branches.
const (
	minOpenShare      = 0.50 // MITI 3.1.1: 50% of questions open; 70% is the aim
	minPresupposition = 0.60 // of open questions; direction from the literature, figure ours
	minQuoted         = 0.50 // of reflections and affirmations; ours
	minSolution       = 3.0  // solution words for each problem word; ratio ours
	maxGrade          = 6.0  // of any script
	maxMeanGrade      = 5.0  // of the library
	fewQuestions      = 3    // shares of fewer questions say nothing
)

var scriptRules = []Rule{
	{
		ID: "open-share", About: "Most questions are open. Numbers, days, consent and outcome buttons are left out.", Threshold: "70% is the aim, below 50% fails", Source: "MITI 3.1.1 (PMC5590191)",
		Why: "Closed questions get short answers and put the bot in charge.",
		check: scripts(func(b *book, s *script, add adder) {
			open, all := s.share(func(l *line) (of, is bool) {
				q, counted := countedQuestion(l)
				return counted, isOpen(q)
			})
			if all >= fewQuestions && float64(open) < minOpenShare*float64(all) {
				add("", "%d of %d questions are open; at least half, better 7 of 10", open, all)
			}
		}),
	},
	{
		ID: "presupposition", About: "Open questions take strength and change as given: what helped, how did you, what will, who noticed, what else.", Threshold: "at least 60% of open questions", Source: "direction: McGee, uvic thesis 1828/8884; figure ours",
		Why: "\"What has been better?\" finds more than \"Has anything been better?\"",
		check: scripts(func(b *book, s *script, add adder) {
			with, open := s.share(func(l *line) (of, is bool) {
				q, counted := countedQuestion(l)
				return counted && isOpen(q), marker.MatchString(q)
			})
			if open >= fewQuestions && float64(with) < minPresupposition*float64(open) {
				add("", "%d of %d open questions take strength or change as given; at least 6 of 10", with, open)
			}
		}),
	},
	{
		ID: "listening", About: "Listening comes with asking: reflections, affirmations, summaries.", Threshold: "1 for each question is the aim, below 1 for 2 fails", Source: "MITI 4 (PMC9461167): 1:1 fair; allowance for chat ours",
		Why: "Question after question is an interrogation.",
		check: scripts(func(b *book, s *script, add adder) {
			listen, ask := 0, 0
			for i := range s.lines {
				l := &s.lines[i]
				if listens(b, l) {
					listen++
				}
				if l.role == asks && l.asks == "text" {
					ask++
				}
			}
			if ask >= 2 && 2*listen < ask {
				add("", "%d listening turns beside %d questions; at least half as many", listen, ask)
			}
		}),
	},
	{
		ID: "quotes", About: "Reflections and affirmations hold the person's own words.", Threshold: "at least 50%", Source: "ours, after MITI 4 on complex reflections",
		Why: "A reflection without their words shows that nobody listened.",
		check: scripts(func(b *book, s *script, add adder) {
			quoted, all := s.share(func(l *line) (of, is bool) {
				return l.bot() && l.tagged("reflection", "affirmation"), len(b.quotes(l)) > 0
			})
			if all > 0 && 2*quoted < all {
				add("", "%d of %d reflections and affirmations hold the person's words; at least half", quoted, all)
			}
		}),
	},
	{
		ID: "solution-words", About: "The bot talks of what works more than of what is wrong.", Threshold: "3 solution words for each problem word", Source: "direction: Smock Jordan 2013 (doi 10.1521/jsyt.2013.32.3.46); ratio ours",
		Why: "Clients answer in kind: problem talk brings problem talk.",
		check: scripts(func(b *book, s *script, add adder) {
			solution, problem, worst := 0, 0, ""
			for i := range s.lines {
				l := &s.lines[i]
				if l.fixed || l.role == button {
					continue
				}
				text := ours(l.text)
				solution += len(solutionWords.FindAllString(text, -1))
				if found := problemWords.FindAllString(stopWord.ReplaceAllString(text, ""), -1); len(found) > 0 {
					problem += len(found)
					worst += ", " + strings.Join(found, ", ")
				}
			}
			if problem >= 2 && float64(solution) < minSolution*float64(problem) {
				add("", "%d solution words beside %d problem words (%s); at least %d", solution, problem, strings.ToLower(worst[2:]), int(minSolution)*problem)
			}
		}),
	},
	{
		ID: "readability", About: "The words of a script can be read at the age of 9 to 11.", Threshold: fmt.Sprintf("Flesch-Kincaid grade at most %.0f", maxGrade), Source: "NHS content guidance; Kincaid 1975; mapping of grades ours",
		Why: "What is hard to read is left unread, and shames people.",
		check: scripts(func(b *book, s *script, add adder) {
			r := readScript(s)
			if r.words >= 15 && r.grade() > maxGrade {
				add("", "Flesch-Kincaid grade %.1f; at most %.0f. Shorter sentences and shorter words help", r.grade(), maxGrade)
			}
		}),
	},
	{
		ID: "autonomy", About: "Each script says at least once that it is the person's choice.", Threshold: "1 in a script that asks", Source: "MITI 4: emphasising autonomy; count ours",
		Why: "The plan is theirs; people keep to what they chose.",
		check: scripts(func(b *book, s *script, add adder) {
			asking := false
			for i := range s.lines {
				l := &s.lines[i]
				asking = asking || l.role == asks
				if l.role != button && choice.in(l.text) != "" {
					return
				}
			}
			if asking {
				add("", "no line says that it is their choice; such as: if you like, it is up to you, you can skip this")
			}
		}),
	},
	{
		ID: "skip", About: "Every question can be skipped.", Threshold: "every question; agreement may be asked twice", Source: "ours",
		Why: "A question that cannot be left is pressure.",
		check: steps(func(b *book, s *script, st dialogs.StepView, add adder) {
			switch {
			case st.Does != "ask":
			case st.Required && !slices.Contains(st.Tags, "legal"):
				add("", "required: a skip ends the chat; only an agreement (tagged legal) may do that")
			case slices.ContainsFunc(st.Edges, func(e dialogs.Edge) bool { return e.If == "skip" && e.To == st.ID }):
				add("", "a skip asks the same question again")
			}
		}),
	},
}

// share counts the lines that a rule is about, and those of them that are as it
// wants.
func (s *script) share(sort func(*line) (of, is bool)) (are, all int) {
	for i := range s.lines {
		if of, is := sort(&s.lines[i]); of {
			all++
			if is {
				are++
			}
		}
	}
	return are, all
}

// scripts makes a rule of what holds for each script.
func scripts(check func(*book, *script, adder)) func(*book, func(spot, string, ...any)) {
	return func(b *book, add func(spot, string, ...any)) {
		for _, s := range b.scripts {
			check(b, s, func(step, message string, args ...any) { add(s.spot(step), message, args...) })
		}
	}
}

// consent are closed questions that ask leave, offer, or check back.
var consent = regexp.MustCompile(`(?i)\b(?:is it ok|ok to|ok for you|would you like|do you want|shall (?:i|we)|may i|can i|did i get|is that right|have i got|is this (?:a|your)|are you (?:happy|ok|ready)|do you agree|is it still|would it help)\b`)

// countedQuestion is the question of an ask that the shares count: not
// numbers, days, outcome buttons or consent.
func countedQuestion(l *line) (string, bool) {
	asked := questions(l.text)
	if l.role != asks || len(asked) == 0 || l.fixed {
		return "", false
	}
	q := asked[len(asked)-1]
	switch l.asks {
	case "text":
		return q, true
	case "yesno":
		return q, !consent.MatchString(q)
	}
	return "", false
}

// listens tells whether a line is a listening turn.
func listens(b *book, l *line) bool {
	return l.bot() && (l.tagged("reflection", "affirmation", "summary", "support") || len(b.quotes(l)) > 0)
}

var (
	solutionWords = regexp.MustCompile(`(?i)\b(?:better|help(?:s|ed|ing)?|works?|worked|hop(?:e|es|ed|ing)|able|manag(?:e|es|ed)|easier|good|notic(?:e|es|ed|ing)|keep(?:s|ing)?|kept|steps?|next|strengths?|strong|proud|enjoy(?:s|ed)?|who|how did|thank(?:s| you)|like|fine|matters?|steady)\b`)
	problemWords  = regexp.MustCompile(`(?i)\b(?:problems?|wrong|worse|worst|bad|badly|difficult(?:y|ies)?|struggl(?:e|es|ed|ing)|fail(?:s|ed|ure)?|stop(?:s|ped)?|can't|cannot|issues?|causes?|why)\b`)
	// stopWord is the command, and what the person is free to do: no problem talk.
	stopWord = regexp.MustCompile(`\bSTOP\b|\b[Yy]ou can stop\b|\bstopped it (?:going|being|getting) (?:lower|worse)\b|\bno problem\b|\bNo problem\b`)
)

func readScript(s *script) reading {
	var r reading
	for i := range s.lines {
		if l := &s.lines[i]; l.role != button {
			r = r.and(read(l.text))
		}
	}
	return r
}
