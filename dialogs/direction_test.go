package dialogs_test

import (
	"strings"
	"testing"
	"time"

	"onestep/dialogs"
)

const visit = `vars: {who: text, n: number, on: date}
steps:
  - {id: a, ask: text, say: "Who helps you, besides {worker}?", keep: who, skip: end}
  - {id: b, set: {n: "7", on: '"2026-03-06"'}}
  - {id: c, say: "You picked {n}: “{who}”. See you on {on}."}
`

// arabic is the visit in Arabic, hebrew in Hebrew.
var (
	arabic = map[string]string{
		"x/a": "من يساعدك إلى جانب {worker}؟", "x/c": "اخترت {n}: “{who}”. نراك {on}.",
		"phrases/days":   "الأحد، الاثنين، الثلاثاء، الأربعاء، الخميس، الجمعة، السبت",
		"phrases/months": "يناير، فبراير، مارس، أبريل، مايو، يونيو، يوليو، أغسطس، سبتمبر، أكتوبر، نوفمبر، ديسمبر",
		"phrases/date":   "يوم {weekday} {day} {month}",
	}
	hebrew = map[string]string{
		"x/a": "מי עוזר לך, חוץ מ{worker}?", "x/c": "בחרת {n}: “{who}”. נתראה {on}.",
		"phrases/days":   "ראשון, שני, שלישי, רביעי, חמישי, שישי, שבת",
		"phrases/months": "ינואר, פברואר, מרץ, אפריל, מאי, יוני, יולי, אוגוסט, ספטמבר, אוקטובר, נובמבר, דצמבר",
		"phrases/date":   "יום {weekday} {day} ב{month}",
	}
)

// What is put into a line of the other direction stands between marks of
// isolation, so that it drags nothing along; what runs with the line is put in
// as it is. What is kept has no marks.
func TestDirections(t *testing.T) {
	t.Parallel()
	files := map[string]string{"x.yaml": "script: x\nformat: 1\nlanguage: en\nabout: A visit.\n" + visit}
	for tag, words := range map[string]map[string]string{"ar": arabic, "he": hebrew, "ur-PK": nil, "az-Arab": nil, "cy": nil, "az": nil} {
		files[tag+".po"] = translation(t, map[string]string{"x.yaml": files["x.yaml"]}, tag, func(context, english string) string {
			if said, ok := words[context]; ok {
				return said
			}
			return english
		})
	}
	e, err := dialogs.Load(folder(t, files))
	if err != nil {
		t.Fatal(err)
	}
	const f, p = "\u2068", "\u2069"
	for _, c := range []struct{ language, worker, who, asks, says string }{
		{"en", "Sam", "my sister", "Who helps you, besides Sam?", "You picked 7: “my sister”. See you on Friday 6 March."},
		{"en", "סמי", "أختي 5", "Who helps you, besides " + f + "סמי" + p + "?", "You picked 7: “" + f + "أختي 5" + p + "”. See you on Friday 6 March."},
		{"en", "Zoë", "“ok” – yes…", "Who helps you, besides Zoë?", "You picked 7: ““ok” – yes…”. See you on Friday 6 March."},
		{"en", "Sam", "a\u202eb", "Who helps you, besides Sam?", "You picked 7: “" + f + "a\u202eb" + p + "”. See you on Friday 6 March."},
		{"cy", "Sam", "Łucja", "Who helps you, besides Sam?", "You picked 7: “Łucja”. See you on Friday 6 March."},
		{"az", "Sam", "x", "Who helps you, besides Sam?", "You picked 7: “x”. See you on Friday 6 March."},
		{"ar", "Sam", "my sister", "من يساعدك إلى جانب " + f + "Sam" + p + "؟", "اخترت " + f + "7" + p + ": “" + f + "my sister" + p + "”. نراك " + f + "يوم " + f + "الجمعة" + p + " " + f + "6" + p + " " + f + "مارس" + p + p + "."},
		{"he-IL", "Sam", "אחותי", "מי עוזר לך, חוץ מ" + f + "Sam" + p + "?", "בחרת " + f + "7" + p + ": “" + f + "אחותי" + p + "”. נתראה " + f + "יום " + f + "שישי" + p + " " + f + "6" + p + " ב" + f + "מרץ" + p + p + "."},
		{"ur-PK", "Sam", "x", "Who helps you, besides " + f + "Sam" + p + "?", ""},
		{"az-Arab", "Sam", "x", "Who helps you, besides " + f + "Sam" + p + "?", ""},
	} {
		ev := dialogs.Event{At: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), Zone: time.UTC, Turn: 1, Language: c.language, About: dialogs.Host{Worker: c.worker}}
		began := ev
		began.Kind, began.Due = dialogs.Began, dialogs.Due{Script: "x"}
		s, effects := mustStep(t, dialogs.Editions{Current: e}, dialogs.State{}, began)
		if got := said(effects); got != c.asks {
			t.Errorf("%s: asks %+q, want %+q", c.language, got, c.asks)
		}
		ev.Text = c.who
		_, effects = mustStep(t, dialogs.Editions{Current: e}, s, ev)
		if got := said(effects); c.says != "" && got != c.says {
			t.Errorf("%s: says\n%+q, want\n%+q", c.language, got, c.says)
		}
		for _, effect := range effects {
			if r, ok := effect.(dialogs.Record); ok && r.Value != nil && strings.ContainsAny(r.Value.Text, f+p) {
				t.Errorf("%s: what is kept has marks: %+q", c.language, r.Value.Text)
			}
		}
	}
}
