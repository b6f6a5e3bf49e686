package lint

import (
	"regexp"
	"slices"
	"strings"

	"onestep/dialogs"
)

// previewLetters is how much of a message a phone shows while it is locked
// (DOMAIN h).
const previewLetters = 40

// Whoever stands beside a phone reads its lock screen, so what comes without
// having been asked for begins with nothing about the person. What answers a
// message is left out: its reader has the phone in hand.
var previewRules = []Rule{
	{
		ID: "preview", About: "What comes first, unasked, begins neutrally: no words or numbers of the person's, and none about health, feelings, money, danger or services.", Threshold: "the first 40 letters, in every language", Source: "ours, for locked phones",
		Why: "A locked phone shows them to whoever is near.",
		check: func(b *book, add func(spot, string, ...any)) {
			first := make(map[string]bool)
			for _, l := range b.unasked() {
				if piece := telltale(l.text); piece != "" {
					add(b.find(l, piece), "%q can be read on a locked phone; begin with something that says nothing about them", piece)
				}
				first[l.context()] = true
			}
			for _, t := range b.edition.Translations() {
				if piece := telltale(t.Said); first[t.Context] && piece != "" {
					add(spot{file: t.Language + ".po", at: dialogs.Position{Line: t.Line, Column: 1}},
						"%s: %q can be read on a locked phone; begin with something that says nothing about them", t.Context, piece)
				}
			}
		},
	},
}

// context is where a line stands in a translation.
func (l *line) context() string {
	if l.role == phrase {
		return "phrases/" + l.step
	}
	return l.script.name + "/" + l.step
}

// unaskedPhrases may come without a word of the person's right before them: a
// worker has pressed, a timer has run out, or words of danger waited for a
// store that was away.
var unaskedPhrases = []string{"released", "released-stopped", "broken", "distress", "distress-duty", "distress-closed", "distress-stranger"}

// unasked are the lines that may come first: from the begin of a script that
// comes by itself to its first question, reminders, and what follows a question that ran out of time.
func (b *book) unasked() []*line {
	var list []*line
	listed := make(map[*line]bool)
	put := func(l *line) {
		if l != nil && !listed[l] {
			listed[l] = true
			list = append(list, l)
		}
	}
	for _, s := range b.scripts {
		for i := range s.lines {
			if s.lines[i].role == reminds {
				put(&s.lines[i])
			}
		}
		m := b.modelOf(s)
		var work []*state
		if b.begins(s) {
			work = append(work, m.states[0])
		}
		for _, st := range m.states {
			for _, w := range st.ways {
				if w.how == "timeout" {
					work = append(work, w.to)
				}
			}
		}
		for _, st := range reached(work, (*state).onward) {
			put(st.line)
		}
	}
	for i := range b.phrases {
		if slices.Contains(unaskedPhrases, b.phrases[i].step) {
			put(&b.phrases[i])
		}
	}
	return list
}

// onward are the states that follow without a word of the person's.
func (st *state) onward() (next []*state) {
	for _, w := range st.ways {
		if w.how == "" {
			next = append(next, w.to)
		}
	}
	return next
}

// begins tells whether a script can begin by itself: one that is only ever
// called comes after what its caller said.
func (b *book) begins(s *script) bool {
	called := false
	for _, other := range b.scripts {
		for _, st := range other.steps {
			switch {
			case st.Script != s.name:
			case st.Does == "call":
				called = true
			default:
				return true
			}
		}
	}
	return !called
}

// plainSlots are the names that say nothing about a person's life: people,
// times, and how often there is a check-in.
var plainSlots = []string{"worker", "next_checkin", "next_time", "paused_until", "reads", "every"}

// telltale is what the beginning of a message gives away, "" if nothing. A slot
// is taken for as short as a short name, so that more of what follows shows.
func telltale(text string) string {
	shown := text
	for _, m := range anySlot.FindAllStringSubmatchIndex(text, -1) {
		name := text[m[2]:m[3]]
		if len([]rune(anySlot.ReplaceAllString(text[:m[0]], "Jo"))) >= previewLetters {
			break
		}
		if !slices.Contains(plainSlots, name) {
			return text[m[0]:m[1]]
		}
	}
	shown = anySlot.ReplaceAllString(shown, "Jo")
	end := 0
	for i := range shown {
		if end++; end > previewLetters {
			shown = shown[:i]
			break
		}
	}
	return strings.TrimSpace(telltales.FindString(shown))
}

// telltales are words that give away why somebody is written to: in English and
// Welsh, from their beginnings. Extend with review.
var telltales = regexp.MustCompile(`(?i)(?:^|[^\pL\pN])(?:` +
	// danger and the lines that help with it
	`suicid|self[- ]harm|harm|danger|unsafe|abus|crisis|999|111|samaritans|emergency|violen|hunanladd|niwed|perygl|cam-?drin|argyfwng|y samariaid|trais|` +
	// health and care
	`depress|anxi|mental|illness|ill\b|sick|symptom|pain|medic|tablet|doctor|gp\b|nurse|clinic|hospital|nhs\b|health|wellbeing|therap|prescri|referr|link worker|` +
	`iselder|gorbryder|salwch|sâl\b|symptom|poen|meddyg|moddion|tabled|nyrs|clinig|ysbyty|gig\b|iechyd|lles|therapi|presgri|cyfeiri|gweithiwr cyswllt|` +
	// feelings and numbers about them
	`lonel|grie[fv]|bereave|mood|sad\b|low\b|worse|cop(?:e|ing)|struggl|tough|hard time|feel|score|unig\b|unigrwydd|galar|colled|hwyliau|trist|isel\b|gwaeth|ymdopi|teiml|sgôr|` +
	// money, home, drink
	`debt|benefits?\b|rent\b|hous(?:e|ing)|homeless|drink|drunk|alcohol|drug|dyled|budd-dal|rhent|digartref|yfed|meddw\b|cyffur)`)
