package lint

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"onestep/dialogs"
)

// What a program can see of a translation without knowing its language. That
// it is there, whole and of today's English, the loader has seen to.
const (
	longerBy   = 1.5 // times the letters of the English; other languages need more, but not twice as many
	longerPlus = 20  // letters more for short texts
)

var translationRules = []Rule{
	{
		ID: "translated-question", About: "A translation asks as often as the English does.", Threshold: "the same number of question marks", Source: "ours",
		Why: "A question that is lost is never answered, and two at once are answered by half.",
		check: translations(func(t dialogs.Translation, add func(string, ...any)) {
			if got, want := asked(t.Said), asked(t.English); got != want {
				add("%s asks %d times, the English %d times", t.Context, got, want)
			}
		}),
	},
	{
		ID: "translated-quotes", About: "The person's own words stand in quotation marks in a translation too.", Threshold: "every name that the English quotes", Source: "ours",
		Why: "Without marks their words read as the bot's.",
		check: translations(func(t dialogs.Translation, add func(string, ...any)) {
			rest := ours(t.Said)
			for _, m := range anySlot.FindAllString(t.English, -1) {
				if !strings.Contains(ours(t.English), m) && strings.Contains(rest, m) {
					add("%s: %s stands in quotation marks in the English", t.Context, m)
				}
			}
		}),
	},
	{
		ID: "translated-length", About: "A translation is about as short as the English.", Threshold: fmt.Sprintf("at most %.1f times its letters and %d more", longerBy, longerPlus), Source: "ours",
		Why: "Small screens, tired eyes: long messages are not read to the end.",
		check: translations(func(t dialogs.Translation, add func(string, ...any)) {
			letters, most := utf8.RuneCountInString(t.Said), int(longerBy*float64(utf8.RuneCountInString(t.English)))+longerPlus
			listed := strings.Contains(t.Context, ".also.") || strings.HasSuffix(t.Context, "-also") || strings.HasPrefix(t.Context, "signposts/") // may hold more
			if !listed && letters > most {
				add("%s has %d letters; at most %d", t.Context, letters, most)
			}
		}),
	},
	{
		ID: "choice-words", About: "What a button stands for is not put into words.", Threshold: "every name kept by a choice", Source: "ours",
		Why: "It is a word of the script in English, and nobody is to read two languages in one message.",
		check: lines(func(b *book, l *line, add adder) {
			for _, m := range anySlot.FindAllStringSubmatch(l.text, -1) {
				if l.script != nil && b.keptByChoice(l.script, m[1]) {
					add("{"+m[1]+"}", "{%s} holds the value of a button; branch on it and say each in words", m[1])
				}
			}
		}),
	},
}

// asked counts the question marks of the scripts that have their own.
func asked(text string) int {
	return strings.Count(text, "?") + strings.Count(text, "؟") + strings.Count(text, "？") + strings.Count(text, "\u037e") // Greek
}

// keptByChoice tells whether a name holds the value of a button.
func (b *book) keptByChoice(s *script, name string) bool {
	keeps := func(s *script) bool {
		return slices.ContainsFunc(s.steps, func(st dialogs.StepView) bool { return st.Asks == "choice" && st.Keep == name })
	}
	if _, isFact := b.facts[name]; isFact {
		return slices.ContainsFunc(b.scripts, keeps)
	}
	return keeps(s)
}

// translations makes a rule of what holds for each translated text.
func translations(check func(dialogs.Translation, func(string, ...any))) func(*book, func(spot, string, ...any)) {
	return func(b *book, add func(spot, string, ...any)) {
		for _, t := range b.edition.Translations() {
			at := spot{file: t.Language + ".po", at: dialogs.Position{Line: t.Line, Column: 1}}
			check(t, func(message string, args ...any) { add(at, message, args...) })
		}
	}
}
