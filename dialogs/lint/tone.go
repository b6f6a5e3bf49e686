package lint

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"onestep/dialogs"
)

// adder adds a finding at a piece of the words; "" is where they begin.
type adder func(piece, message string, args ...any)

// lines makes a rule of what holds for each text.
func lines(check func(*book, *line, adder)) func(*book, func(spot, string, ...any)) {
	return func(b *book, add func(spot, string, ...any)) {
		b.every(func(l *line) {
			check(b, l, func(piece, message string, args ...any) { add(b.find(l, piece), message, args...) })
		})
	}
}

// steps makes a rule of what holds for each step.
func steps(check func(*book, *script, dialogs.StepView, adder)) func(*book, func(spot, string, ...any)) {
	return func(b *book, add func(spot, string, ...any)) {
		for _, s := range b.scripts {
			for _, st := range s.steps {
				check(b, s, st, func(_, message string, args ...any) { add(s.spot(st.ID), message, args...) })
			}
		}
	}
}

// phrases makes a rule of a phrase list. Fixed texts are exempt.
func phrases(list []hit, message string) func(*book, func(spot, string, ...any)) {
	return lines(func(b *book, l *line, add adder) {
		if l.fixed || l.role == button { // a button is what the person says
			return
		}
		for _, s := range sentences(ours(l.text)) {
			for _, h := range list {
				if words := h.in(s); words != "" {
					add(words, message, words)
				}
			}
		}
	})
}

const miti = "MITI 4: persuading and confronting do not go with motivational interviewing"

var toneRules = []Rule{
	{
		ID: "advice", About: "The bot asks; it does not advise.", Threshold: "0", Source: miti,
		Why:   "Good questions are the help: people find answers that fit them, and act on their own more than on ours.",
		check: phrases(advice, "%q tells the person what to do; ask what they would like, or say what the team does"),
	},
	{
		ID: "blame", About: "Nothing is held against the person.", Threshold: "0", Source: miti,
		Why:   "Blame ends the talk, and often the trust.",
		check: phrases(blame, "%q holds something against the person; leave it out"),
	},
	{
		ID: "pressure", About: "Nobody is pushed.", Threshold: "0", Source: miti,
		Why:   "The plan is theirs; pressure, streaks and comparison make people leave.",
		check: phrases(pressure, "%q pushes; say that there is no rush, or leave it out"),
	},
	{
		ID: "minimising", About: "Hard things are not talked down, and no feeling is faked.", Threshold: "0", Source: "the rubric's list; ours",
		Why:   "A computer has no feelings, and a hard week is a hard week.",
		check: phrases(minimising, "%q makes light of it or claims a feeling; say what you heard instead"),
	},
	{
		ID: "diagnosis", About: "No words of clinics and systems for people.", Threshold: "0", Source: "the rubric's list; ours",
		Why:   "The bot does not know what somebody has, and nobody wants to be a case.",
		check: phrases(diagnosis, "%q is a word of the system; use the person's own words"),
	},
	{
		ID: "jargon", About: "No jargon.", Threshold: "0", Source: "NHS content guidance; the rubric's list",
		Why:   "Words of the trade shut people out.",
		check: phrases(jargon, "%q is jargon; use a plain word"),
	},
	{
		ID: "why-question", About: "No question starts with why.", Threshold: "0", Source: "the rubric; solution-focused practice",
		Why: "Why asks for a defence; what and how ask for a story.",
		check: lines(func(b *book, l *line, add adder) {
			if l.fixed {
				return
			}
			for _, s := range sentences(ours(l.text)) {
				if strings.HasSuffix(s, "?") && startsWhy.MatchString(s) {
					add(s, "a question to a person does not start with why; ask what or how")
				}
			}
		}),
	},
	{
		ID: "empty-praise", About: "Praise names what the person did.", Threshold: "0", Source: "ours, after a study of a bot whose canned praise was found hollow (jmir.org/2019/4/e12231)",
		Why: "Praise for nothing sounds like a machine, or like school.",
		check: lines(func(b *book, l *line, add adder) {
			if l.fixed || len(b.quotes(l)) > 0 || praise.unless.MatchString(ours(l.text)) {
				return // it stands beside what they did
			}
			for _, s := range sentences(ours(l.text)) {
				words := praise.in(s)
				if bare.MatchString(s) {
					words = s
				}
				if words != "" {
					add(words, "%q praises nothing in particular; name what they did, or quote it", words)
				}
			}
		}),
	},
	{
		ID: "exclamation", About: "Exclamation marks are rare, and absent in hard moments.", Threshold: "at most 1 in a message, 0 after a number from 0 to 2 or a drop", Source: "ours",
		Why: "Cheering at hard news hurts; piles of marks shout.",
		check: lines(func(b *book, l *line, add adder) {
			n, most := strings.Count(ours(l.text), "!"), 1
			if l.hard || l.fixed {
				most = 0
			}
			if n > most {
				add("!", "%s; at most %d here", marks(n), most)
			}
		}),
	},
	{
		ID: "emoji", About: "Emoji are rare, and absent in hard moments.", Threshold: "at most 1 in a message, 0 after a number from 0 to 2 or a drop", Source: "ours",
		Why: "Screen readers spell them out, and no meaning may hang on one.",
		check: lines(func(b *book, l *line, add adder) {
			n, most, first := 0, 1, ""
			for _, c := range l.text {
				if isEmoji(c) {
					n++
					if first == "" {
						first = string(c)
					}
				}
			}
			if l.hard || l.fixed {
				most = 0
			}
			if n > most {
				add(first, "%d emoji; at most %d here", n, most)
			}
		}),
	},
}

var startsWhy = regexp.MustCompile(`(?i)^(?:and |so |but |then )?why\b`)

func marks(n int) string {
	if n == 1 {
		return "an exclamation mark"
	}
	return fmt.Sprintf("%d exclamation marks", n)
}

// isEmoji tells pictures from letters: the symbol blocks that platforms draw
// in colour. Joiners and skin tones are parts of the picture before them.
func isEmoji(c rune) bool {
	switch {
	case c >= 0x1F3FB && c <= 0x1F3FF, c == 0xFE0F, c == 0x200D:
		return false
	case c >= 0x1F300 && c <= 0x1FAFF, c >= 0x2600 && c <= 0x27BF, c >= 0x1F1E6 && c <= 0x1F1FF, c >= 0x2B00 && c <= 0x2BFF:
		return unicode.Is(unicode.So, c) || unicode.Is(unicode.Sk, c) || c >= 0x1F000
	}
	return false
}
