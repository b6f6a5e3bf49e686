package dialogs_test

import (
	"strings"
	"testing"
	"time"

	"onestep/dialogs"
)

// A word that goes with a number takes the form that its language counts by.
func TestCountedWords(t *testing.T) {
	t.Parallel()
	files := map[string]string{"x.yaml": `script: x
format: 1
language: en
about: A test.
vars: {n: number}
steps:
  - {id: a, ask: scale, say: "From 0 to 10, how many?", keep: n, skip: end}
  - {id: b, say: "For {n} {n|week|weeks}."}
`}
	for tag, words := range map[string]string{
		"pl": "{n|tydzień|tygodnie|tygodni}", "cy": "{n|sero|un|dau|ychydig|chwech|eraill}", "ja": "{n|週間}", "ar": "{n|z|o|t|f|m|x}",
	} {
		files[tag+".po"] = translation(t, map[string]string{"x.yaml": files["x.yaml"]}, tag, func(context, english string) string {
			if context == "x/b" {
				return "{n} " + words
			}
			return english
		})
	}
	e, err := dialogs.Load(folder(t, files))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ language, number, want string }{
		{"en", "1", "For 1 week."}, {"en", "0", "For 0 weeks."}, {"en", "5", "For 5 weeks."}, {"en", "5.5", "For 5.5 weeks."},
		{"pl", "1", "1 tydzień"}, {"pl", "2", "2 tygodnie"}, {"pl", "5", "5 tygodni"}, {"pl", "2.5", "2.5 tygodni"},
		{"cy", "0", "0 sero"}, {"cy", "1", "1 un"}, {"cy", "2", "2 dau"}, {"cy", "3", "3 ychydig"}, {"cy", "6", "6 chwech"}, {"cy-GB", "4", "4 eraill"},
		{"ja", "3", "3 週間"}, {"ar", "2", "\u20682\u2069 t"}, {"ar", "3", "\u20683\u2069 f"}, {"ar", "10", "\u206810\u2069 f"},
	} {
		ev := dialogs.Event{At: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), Zone: time.UTC, Turn: 1, Language: c.language}
		began := ev
		began.Kind, began.Due = dialogs.Began, dialogs.Due{Script: "x"}
		s, _ := mustStep(t, dialogs.Editions{Current: e}, dialogs.State{}, began)
		ev.Text = c.number
		_, effects := mustStep(t, dialogs.Editions{Current: e}, s, ev)
		if got := said(effects); got != c.want {
			t.Errorf("%s in %s: %q, want %q", c.number, c.language, got, c.want)
		}
	}
	for name, c := range map[string]struct{ file, old, new, want string }{
		"two forms in Polish":    {"pl.po", "{n|tydzień|tygodnie|tygodni}", "{n|tydzień|tygodnie}", "{n|tydzień|tygodnie} has another number of words than this language counts by, which is 3"},
		"three forms in English": {"x.yaml", "{n|week|weeks}", "{n|week|weeks|weekses}", "such as {n|week|weeks}"},
		"a word for no number":   {"x.yaml", "{n|week|weeks}", "{worker|week|weeks}", "{worker|...} goes with a number"},
	} {
		broken := map[string]string{"x.yaml": files["x.yaml"], "pl.po": files["pl.po"]}
		broken[c.file] = strings.Replace(broken[c.file], c.old, c.new, 1)
		if _, err := dialogs.Load(folder(t, broken)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: want %q in:\n%v", name, c.want, err)
		}
	}
}
