package dialogs_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/dialogs"
)

const translated = `  - id: a
    ask: choice
    say: "Which one, {worker}?"
    again: Which?
    keep: w
    choices: [{value: one, label: One, also: [first]}, {value: two, label: Two}]
  - {id: b, set: {d: '"2026-03-06"'}}
  - {id: c, say: "On {d}."}
`

const welsh = `msgid ""
msgstr ""
"Language: cy\n"
"Content-Type: text/plain; charset=UTF-8\n"

msgctxt "a"
msgid "Which one, {worker}?"
msgstr "Pa un, {worker}?"

msgctxt "a.again"
msgid "Which?"
msgstr "Pa?"

msgctxt "a.choice.one"
msgid "One"
msgstr "Un"

msgctxt "a.choice.two"
msgid "Two"
msgstr "Dau"

msgctxt "c"
msgid "On {d}."
msgstr "Ar {d}."
`

// welshPhrases translates the example phrases by a "cy: " in front, and the
// names of days and months.
func welshPhrases(t *testing.T, phrases string) string {
	t.Helper()
	var b strings.Builder
	for _, m := range regexp.MustCompile(`(?m)^  "?([a-z-]+)"?: "(.*)"$`).FindAllStringSubmatch(phrases, -1) {
		text := "cy: " + m[2]
		switch m[1] {
		case "days":
			text = "Sul, Llun, Mawrth, Mercher, Iau, Gwener, Sadwrn"
		case "yes":
			text = "Ydw"
		}
		fmt.Fprintf(&b, "msgctxt %q\nmsgid %q\nmsgstr %q\n\n", m[1], m[2], text)
	}
	return b.String()
}

func welshFolder(t *testing.T) map[string]string {
	t.Helper()
	source, err := os.ReadFile("testdata/scripts/phrases.yaml")
	if err != nil {
		t.Fatal(err)
	}
	phrases := string(source) + "  days: \"Sunday, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday\"\n"
	return map[string]string{
		"x.yaml": translated, "x.cy.po": welsh, "phrases.yaml": phrases, "phrases.cy.po": welshPhrases(t, phrases),
	}
}

// A person reads one language, also on buttons, in phrases and in dates.
func TestLanguages(t *testing.T) {
	t.Parallel()
	e, err := dialogs.Load(folder(t, welshFolder(t)))
	if err != nil {
		t.Fatal(err)
	}
	ev := dialogs.Event{At: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), Zone: time.UTC, Turn: 1, About: dialogs.Host{Worker: "Sam"}}
	for language, want := range map[string][2]string{
		"cy":    {"Pa un, Sam? [Un] [Dau]", "Ar Gwener 6 March."},
		"cy-GB": {"Pa un, Sam? [Un] [Dau]", "Ar Gwener 6 March."},
		"en":    {"Which one, Sam? [One] [Two]", "On Friday 6 March."},
		"pl":    {"Which one, Sam? [One] [Two]", "On Friday 6 March."},
		"":      {"Which one, Sam? [One] [Two]", "On Friday 6 March."},
	} {
		ev.Language = language
		began := ev
		began.Kind, began.Due = dialogs.Began, dialogs.Due{Script: "x"}
		s, effects := mustStep(t, dialogs.Editions{Current: e}, dialogs.State{}, began)
		ask, _ := effects[len(effects)-1].(dialogs.Ask)
		got := ask.Text
		for _, c := range ask.Choices {
			got += " [" + c.Label + "]"
		}
		if got != want[0] {
			t.Errorf("%q: asked %q, want %q", language, got, want[0])
		}
		reply := ev
		reply.Text = ask.Choices[1].Label
		_, effects = mustStep(t, dialogs.Editions{Current: e}, s, reply)
		if got := said(effects); got != want[1] {
			t.Errorf("%q: said %q, want %q", language, got, want[1])
		}
	}
	if got := e.Phrase("yes", "cy", dialogs.Host{}, nil); got != "Ydw" {
		t.Errorf("yes is %q", got)
	}
}

// A language that lacks anything does not load.
func TestIncompleteLanguage(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		file, old, new string
		want           string
	}{
		"a missing text":     {"x.cy.po", "msgctxt \"c\"\nmsgid \"On {d}.\"\nmsgstr \"Ar {d}.\"\n", "", "x.cy.po:1:1: c is not translated"},
		"an empty text":      {"x.cy.po", `msgstr "Pa?"`, `msgstr ""`, "x.cy.po:10:1: a.again: msgstr is empty"},
		"a missing name":     {"x.cy.po", "Ar {d}.", "Ar.", "x.cy.po:22:1: c: the translation puts in other names than the original (d)"},
		"another name":       {"x.cy.po", "Ar {d}.", "Ar {w}.", "x.cy.po:22:1: c: the translation puts in other names"},
		"a changed original": {"x.yaml", "again: Which?", "again: Which one?", `x.cy.po:10:1: a.again: the original has changed and now says "Which one?"`},
		"a text too many":    {"x.yaml", "    again: Which?\n", "", `x.cy.po:10:1: there is no text "a.again" to translate`},
		"a missing file":     {"phrases.cy.po", "", "", `phrases.cy.po: this file is missing: the language "cy" is in other files`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := maps.Clone(welshFolder(t))
			if c.old == "" {
				delete(files, c.file)
			} else {
				if !strings.Contains(files[c.file], c.old) {
					t.Fatalf("%q is not in %s", c.old, c.file)
				}
				files[c.file] = strings.Replace(files[c.file], c.old, c.new, 1)
			}
			if _, err := dialogs.Load(folder(t, files)); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("want %q in:\n%v", c.want, err)
			}
		})
	}
}

// A phrase always has words, also for people of whom the host knows nothing.
func TestPhrases(t *testing.T) {
	t.Parallel()
	e := examples(t)
	for _, c := range []struct {
		key   string
		about dialogs.Host
		more  map[string]string
		want  string
	}{
		{"held", dialogs.Host{Worker: "Sam", Reads: "today"}, nil, "HELD. Sam reads this today."},
		{"held", dialogs.Host{}, nil, "HELD. your link worker reads this when they are next at work."},
		{"took", dialogs.Host{}, map[string]string{"value": "5.5"}, "TOOK 5.5. Send BACK if that is not right."},
		{"no-such-key", dialogs.Host{}, nil, ""},
		{"held", dialogs.Host{Worker: "Sam", Reads: "today", Nation: "wales"}, nil, "HELD. Sam reads this today."},
	} {
		if got := e.Phrase(c.key, "en", c.about, c.more); got != c.want {
			t.Errorf("%s: %q, want %q", c.key, got, c.want)
		}
	}
	ev := dialogs.Event{Text: "I want to die", Language: "en"}
	effects, rule, found := dialogs.Danger(e, ev, true)
	if !found || rule == "" || len(effects) != 1 {
		t.Fatalf("Danger gave %v, %q, %v", effects, rule, found)
	}
	if say, ok := effects[0].(dialogs.Say); !ok || !say.Safety || say.Text == "" {
		t.Errorf("Danger should say the fixed words, got %v", effects)
	}
	if effects, _, found := dialogs.Danger(e, dialogs.Event{Text: "a nice day"}, true); found || effects != nil {
		t.Errorf("no danger in that, got %v", effects)
	}
	names := []string{}
	for _, s := range e.Scripts() {
		names = append(names, s.Name())
	}
	if !slices.IsSorted(names) {
		t.Errorf("scripts out of order: %v", names)
	}
}
