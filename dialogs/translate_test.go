package dialogs_test

import (
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
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

// welsh are the words of the example scripts in Welsh; what is not here is the
// English with a mark in front.
var welsh = map[string]string{
	"x/a": "Pa un, {worker}?", "x/a.again": "Pa?", "x/a.choice.one": "Un", "x/a.also.one": "cyntaf, y cynta", "x/a.choice.two": "Dau", "x/c": "Ar {d}.",
	"phrases/days":   "Sul, Llun, Mawrth, Mercher, Iau, Gwener, Sadwrn",
	"phrases/months": "Ionawr, Chwefror, Mawrth, Ebrill, Mai, Mehefin, Gorffennaf, Awst, Medi, Hydref, Tachwedd, Rhagfyr",
	"phrases/date":   "ddydd {weekday} {day} {month}",
	"phrases/yes":    "Ydw",
}

// poQuote writes a text as a PO file has it.
func poQuote(s string) string {
	return `"` + strings.NewReplacer("\\", `\\`, `"`, `\"`, "\n", `\n`).Replace(s) + `"`
}

var poText = regexp.MustCompile(`(?m)^msgctxt "([^"]*)"\nmsgid ((?:".*"\n)+)msgstr ""$`)

// translation is the exported file of a folder with every text filled in by
// say.
func translation(t *testing.T, files map[string]string, language string, say func(context, english string) string) string {
	t.Helper()
	e, err := dialogs.LoadOriginals(folder(t, files))
	if err != nil {
		t.Fatal(err)
	}
	file, _, err := e.ExportTranslation(language, nil)
	if err != nil {
		t.Fatal(err)
	}
	return poText.ReplaceAllStringFunc(string(file), func(entry string) string {
		m := poText.FindStringSubmatch(entry)
		english := ""
		for line := range strings.Lines(m[2]) {
			part, err := strconv.Unquote(strings.TrimSpace(line))
			if err != nil {
				t.Fatal(err)
			}
			english += part
		}
		return strings.TrimSuffix(entry, `""`) + poQuote(say(m[1], english))
	})
}

func inWelsh(context, english string) string {
	if said, ok := welsh[context]; ok {
		return said
	}
	return "cy: " + english
}

func welshFolder(t *testing.T) map[string]string {
	t.Helper()
	phrases, err := os.ReadFile("testdata/scripts/phrases.yaml")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"x.yaml": translated, "phrases.yaml": string(phrases)}
	files["cy.po"] = translation(t, files, "cy", inWelsh)
	return files
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
		"cy":    {"Pa un, Sam? [Un] [Dau]", "Ar ddydd Gwener 6 Mawrth."},
		"cy-GB": {"Pa un, Sam? [Un] [Dau]", "Ar ddydd Gwener 6 Mawrth."},
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

// A language that lacks anything does not load, and each fault has its line.
func TestIncompleteLanguage(t *testing.T) {
	t.Parallel()
	files := welshFolder(t)
	line := func(text string) int {
		before, _, ok := strings.Cut(files["cy.po"], text)
		if !ok {
			t.Fatalf("%q is not in the translation", text)
		}
		return 1 + strings.Count(before, "\n")
	}
	for name, c := range map[string]struct {
		file, old, new string
		line           string // a line of the translation as it was, that the fault stands at
		want           string
	}{
		"a missing text":     {"cy.po", "msgctxt \"x/c\"\nmsgid \"On {d}.\"\nmsgstr \"Ar {d}.\"\n", "", "", `cy.po: x/c is missing: it says "On {d}." in English`},
		"an empty text":      {"cy.po", `msgstr "Pa?"`, `msgstr ""`, `msgstr "Pa?"`, "x/a.again is not translated: msgstr is empty"},
		"a fuzzy text":       {"cy.po", `msgctxt "x/c"`, "#, fuzzy\nmsgctxt \"x/c\"", `msgctxt "x/c"`, "x/c is marked fuzzy"},
		"a missing name":     {"cy.po", "Ar {d}.", "Ar.", `msgstr "Ar {d}."`, "x/c: {d} is lost"},
		"another name":       {"cy.po", "Ar {d}.", "Ar {d} {w}.", `msgstr "Ar {d}."`, "x/c: {w} is not in the English, which puts in {d}"},
		"no name":            {"cy.po", "Ar {d}.", "Ar {d} {Os}.", `msgstr "Ar {d}."`, "x/c: {Os} is not a name to put in"},
		"a changed original": {"x.yaml", "again: Which?", "again: Which one?", `msgid "Which?"`, `x/a.again: the English has changed and now says "Which one?"`},
		"a text too many":    {"x.yaml", "    again: Which?\n", "", `msgctxt "x/a.again"`, `there is no text "x/a.again" to translate`},
		"a text twice":       {"cy.po", "msgctxt \"x/c\"\n", "msgctxt \"x/a\"\n", `msgctxt "x/c"`, "x/a is here twice"},
		"a lost number":      {"cy.po", "cy: AGAIN. Which number from 0 to 10?", "cy: 0?", `msgstr "cy: AGAIN. Which number`, "phrases/again-scale: the number 10 is lost"},
		"a new number":       {"cy.po", `"Pa?"`, `"Pa 1?"`, `msgstr "Pa?"`, "x/a.again: the number 1 is not in the English"},
		"a lost help line":   {"cy.po", `msgstr "cy: 111, option 2"`, `msgstr "cy: 111"`, `msgstr "cy: 111, option 2"`, "signposts/england.crisis: the number 2 is lost"},
		"two buttons":        {"cy.po", `msgstr "Dau"`, `msgstr "Cyntaf"`, `msgstr "Dau"`, `x/a.choice.two: "Cyntaf" names two buttons`},
		"untranslated also":  {"cy.po", `msgstr "cyntaf, y cynta"`, `msgstr ""`, `msgstr "cyntaf, y cynta"`, "x/a.also.one is not translated"},
		"six days":           {"cy.po", "Sul, Llun", "Llun", `msgstr "Sul`, "phrases/days: 7 names with commas between them, not 6"},
		"another language":   {"cy.po", `"Language: cy\n"`, `"Language: pl\n"`, "# ", "the header says Language: pl"},
		"an open quotation":  {"cy.po", `msgstr "Pa?"`, `msgstr "Pa?`, `msgstr "Pa?"`, "the quotation marks do not fit"},
		"a stray text":       {"cy.po", `msgctxt "x/c"`, "\"and\"\n\nmsgctxt \"x/c\"", "", "this text belongs to nothing"},
		"no translation":     {"cy.po", `msgstr "Pa?"`, ``, `msgid "Which?"`, "this text has no msgstr"},
		"something else":     {"cy.po", `msgstr "Pa?"`, `Pa?`, `msgstr "Pa?"`, "this is no line of a PO file"},
		"not in English":     {"x.yaml", "language: en", "language: cy", "", "phrases and scripts are written in English"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			changed := maps.Clone(files)
			if !strings.Contains(changed[c.file], c.old) && c.file != "x.yaml" {
				t.Fatalf("%q is not in %s", c.old, c.file)
			}
			if name == "not in English" {
				changed["phrases.yaml"] = strings.Replace(changed["phrases.yaml"], c.old, c.new, 1)
			}
			changed[c.file] = strings.Replace(changed[c.file], c.old, c.new, 1)
			want := c.want
			if c.line != "" {
				want = fmt.Sprintf("cy.po:%d:1: %s", line(c.line)+strings.Count(c.new[:strings.Index(c.new+"m", "m")], "\n"), c.want)
			}
			if _, err := dialogs.Load(folder(t, changed)); err == nil || !strings.Contains(err.Error(), want) {
				t.Fatalf("want %q in:\n%v", want, err)
			}
		})
	}
	misnamed := maps.Clone(files)
	misnamed["weekly.cy.po"] = files["cy.po"]
	if _, err := dialogs.Load(folder(t, misnamed)); err == nil || !strings.Contains(err.Error(), "weekly.cy.po: a translation is one file for each language") {
		t.Errorf("a file of another name: %v", err)
	}
}

// A text that has another name now, or that is said in two places, brings its
// words along, to be looked at.
func TestExportBringsWordsAlong(t *testing.T) {
	t.Parallel()
	files := welshFolder(t)
	old := []byte(files["cy.po"])
	files["x.yaml"] = strings.Replace(files["x.yaml"], "id: c,", "id: on,", 1)
	e, err := dialogs.LoadOriginals(folder(t, files))
	if err != nil {
		t.Fatal(err)
	}
	file, is, err := e.ExportTranslation("cy", old)
	if err != nil || is.New != 0 || is.Stale != 1 || is.Gone != 1 {
		t.Fatalf("%+v, %v", is, err)
	}
	if want := "#, fuzzy\nmsgctxt \"x/on\"\nmsgid \"On {d}.\"\nmsgstr \"Ar {d}.\"\n"; !strings.Contains(string(file), want) {
		t.Errorf("want %q in:\n%s", want, file)
	}
	if _, err := e.WithTranslation("cy", file); err == nil || !strings.Contains(err.Error(), "x/on is marked fuzzy") {
		t.Errorf("it is not to be looked at: %v", err)
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
