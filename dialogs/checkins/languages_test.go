package checkins_test

import (
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"onestep/dialogs"
	"onestep/dialogs/checkins"
)

// greek stands for a language that shares no letter with English: what shows a
// letter of the English alphabet was not translated.
const greek = "el"

var poText = regexp.MustCompile(`(?m)^(msgctxt ".*"\nmsgid (?:".*"\n)+)msgstr ""\n`)
var slotOrLetters = regexp.MustCompile(`\{[a-z0-9_]+[|}]|\\.|[A-Za-z]+`)

// strange are the check-ins with a made-up translation: every letter another
// one.
func strange(t *testing.T) *dialogs.Edition {
	t.Helper()
	files := fstest.MapFS{}
	names, err := fs.Glob(checkins.Files, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		source, err := checkins.Files.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: source}
	}
	e, err := dialogs.LoadOriginals(files)
	if err != nil {
		t.Fatal(err)
	}
	file, _, err := e.ExportTranslation(greek, nil)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	translated := poText.ReplaceAllStringFunc(string(file), func(entry string) string {
		m := poText.FindStringSubmatch(entry)
		_, text, _ := strings.Cut(m[1], "\nmsgid ")
		if n++; strings.Contains(m[1], ".also.") || strings.Contains(m[1], `-also"`) {
			text = `"` + strings.Map(func(r rune) rune { return r - '0' + 'Α' }, strconv.Itoa(1000+n)) + "\"\n" // never the name of two buttons
		}
		return m[1] + "msgstr " + slotOrLetters.ReplaceAllStringFunc(text, func(s string) string {
			if s[0] == '{' || s[0] == '\\' {
				return s
			}
			return strings.Map(func(r rune) rune { return 'α' + (r|32-'a')%24 }, s)
		})
	})
	files[greek+".po"] = &fstest.MapFile{Data: []byte(translated)}
	if e, err = dialogs.Load(files); err != nil {
		t.Fatal(err)
	}
	return e
}

var english = regexp.MustCompile(`[A-Za-z]+`)

// texts are what a person reads of the effects of a step.
func texts(effects []dialogs.Effect) map[string]string {
	read := map[string]string{}
	for _, effect := range effects {
		switch e := effect.(type) {
		case dialogs.Say:
			read[e.Step] = e.Text
		case dialogs.Ask:
			read[e.Step] = e.Text
			for _, c := range e.Choices {
				read[e.Step] += "\n[" + c.Label + "]"
			}
		}
	}
	return read
}

// Nobody reads two languages in one message, whatever they do: people walk all
// check-ins at random in a language without English letters.
func TestNeverTwoLanguages(t *testing.T) {
	t.Parallel()
	e := strange(t)
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range e.Scripts() {
		names = append(names, s.Name())
	}
	nations := slices.Sorted(maps.Keys(dialogs.Signposts))
	said := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		var s dialogs.State
		var ask dialogs.Ask
		at := time.Date(2026, 3, 2, 10, 0, 0, 0, zone)
		nation := rapid.SampledFrom(nations).Draw(t, "nation")
		for turn := range 60 {
			ev := dialogs.Event{At: at, Zone: zone, Turn: uint64(turn + 1), Language: greek}
			ev.About = dialogs.Host{
				Worker: "Ζωή", Team: "Λιμάνι", Nation: nation, Closed: rapid.Bool().Draw(t, "closed"), Duty: rapid.Bool().Draw(t, "duty"),
				Hours: e.Hours(dialogs.Hours{Days: [7]bool{1: true, 2: true, 3: turn%2 == 0, 5: true}, From: 8 * 60, To: 17 * 60}, greek),
				Reads: e.Reads(at, at.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "hours"))*time.Hour), greek),
			}
			open := s.Session != nil && s.Session.Open != nil
			switch {
			case !open && rapid.IntRange(0, 3).Draw(t, "what") > 0:
				script := rapid.SampledFrom(names).Draw(t, "script")
				ev.Kind, ev.Due = dialogs.Began, dialogs.Due{Script: script, At: at, Expires: at.Add(24 * time.Hour)}
			case open && len(ask.Choices) > 0 && rapid.IntRange(0, 3).Draw(t, "what") > 0:
				ev.Kind, ev.Token = dialogs.Pressed, s.Session.Open.Token
				ev.Choice = rapid.SampledFrom(ask.Choices).Draw(t, "choice").Value
			case open && rapid.IntRange(0, 9).Draw(t, "what") == 0:
				ev.Kind, ev.Token = dialogs.TimedOut, s.Session.Open.Token
			default:
				ev.Kind = dialogs.Replied
				ev.Text = rapid.SampledFrom([]string{"Καλά είμαι", "Ένας περίπατος", "5", "0", "7-8", "skip", "help", "person", "back", "stop", "start", "pause", "i meant 3", "2026-03-20", "I want to die", "move it to Thursday"}).Draw(t, "text")
				if open && len(ask.Choices) == 0 && ev.Text[0] < 0x80 && rapid.Bool().Draw(t, "answers") {
					ev.Text = "Με τη Μαρία"
				}
			}
			if s.Held {
				ev = dialogs.Event{Kind: dialogs.FalseAlarm, At: ev.At, Zone: ev.Zone, Turn: ev.Turn, Language: greek, About: ev.About}
			}
			next, effects, err := dialogs.Step(dialogs.Editions{Current: e}, s, ev)
			if err != nil {
				t.Fatal(err)
			}
			for step, text := range texts(effects) {
				said[step] = true
				if step == "phrases/language-help" {
					text = strings.Replace(text, "English", "", 1) // a language is named in itself
				}
				// A person's own words may be in any language.
				if found := english.FindString(strings.ReplaceAll(text, ev.Text, "")); found != "" && !quotes(s, text, found) {
					t.Fatalf("%s: %q is not in the person's language: %q", step, found, text)
				}
			}
			for _, effect := range effects {
				if a, ok := effect.(dialogs.Ask); ok {
					ask = a
				}
			}
			s, at = next, at.Add(time.Duration(rapid.IntRange(1, 60).Draw(t, "minutes"))*time.Minute)
		}
	})
	if len(said) < 150 {
		t.Errorf("only %d texts were met on the way", len(said))
	}
}

// quotes tells whether a word is the person's own, kept from an earlier answer.
func quotes(s dialogs.State, text, word string) bool {
	for _, v := range s.Facts.All() {
		if v.Text != "" && strings.Contains(v.Text, word) && strings.Contains(text, v.Text) {
			return true
		}
	}
	if s.Session != nil {
		for _, f := range s.Session.Frames {
			for _, v := range f.Vars.All() {
				if v.Text != "" && strings.Contains(v.Text, word) && strings.Contains(text, v.Text) {
					return true
				}
			}
		}
	}
	return false
}

// No phrase and no help line is left in English either, in any nation.
func TestPhrasesInOneLanguage(t *testing.T) {
	t.Parallel()
	e := strange(t)
	for nation := range dialogs.Signposts {
		for _, about := range []dialogs.Host{{Nation: nation}, {Worker: "Ζωή", Team: "Λιμάνι", Hours: "9", Reads: "10", Nation: nation}} {
			for _, p := range e.PhraseViews() {
				text := e.Phrase(p.Key, greek, about, nil)
				if found := english.FindString(text); found != "" || text == "" {
					t.Errorf("%s in %q: %q is not translated: %q", p.Key, nation, found, text)
				}
			}
		}
	}
}
