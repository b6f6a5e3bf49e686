package checkins_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"onestep/dialogs"
)

// The translations that ship are as the export writes them today, so that a
// translator's tool shows nothing but what a translator changed.
func TestTranslationsAreAsExported(t *testing.T) {
	t.Parallel()
	e := current(t)
	if !slices.Contains(e.Languages(), "cy") {
		t.Error("Welsh is not there")
	}
	for _, language := range e.Languages() {
		have := e.File(language + ".po")
		want, is, err := e.ExportTranslation(language, have)
		if err != nil {
			t.Fatal(err)
		}
		if string(want) != string(have) || is.New+is.Stale+is.Gone > 0 {
			t.Errorf("%s.po: %+v; run onestep translate export %s --scripts dialogs/checkins -o dialogs/checkins/%s.po", language, is, language, language)
		}
	}
}

// Welsh is Welsh: no line is its English again, and none holds a word that only
// English has.
func TestWelshIsWelsh(t *testing.T) {
	t.Parallel()
	onlyEnglish := regexp.MustCompile(`(?i)\b(the|you|your|what|which|thank|thanks|send|have|with|will|would|when|how|who|are|was|that|there|they|this|these|about|from|write|please|call|number|week|question|yes)\b`)
	slot := regexp.MustCompile(`\{[a-z0-9_]+\}`)
	n := 0
	for _, tr := range current(t).Translations() {
		if tr.Language != "cy" || strings.Contains(tr.Context, ".also.") || strings.HasSuffix(tr.Context, "-also") {
			continue
		}
		n++
		said := slot.ReplaceAllString(tr.Said, "")
		if word := onlyEnglish.FindString(said); word != "" {
			t.Errorf("%s: %q is English: %q", tr.Context, word, tr.Said)
		}
		if same := said == slot.ReplaceAllString(tr.English, ""); same && len(said) > len(", ") {
			t.Errorf("%s is not translated: %q", tr.Context, tr.Said)
		}
	}
	if n < 300 {
		t.Errorf("only %d lines are in Welsh", n)
	}
}

// The words of danger say in Welsh what they say in English: the same numbers,
// a computer speaks, and nobody is promised who is not there.
func TestDistressWordsInWelsh(t *testing.T) {
	t.Parallel()
	e := current(t)
	numbers := regexp.MustCompile(`\d[\d ]*\d|\d`)
	for nation := range dialogs.Signposts {
		about := dialogs.Host{Worker: "Sam", Reads: "R", Hours: "H", Nation: nation}
		for _, key := range []string{"distress", "distress-duty", "distress-closed", "distress-stranger", "held", "help", "human", "stopped", "stranger"} {
			english, welsh := e.Phrase(key, "en", about, nil), e.Phrase(key, "cy", about, nil)
			for _, n := range numbers.FindAllString(english, -1) {
				if !slices.Contains(numbers.FindAllString(welsh, -1), n) {
					t.Errorf("%s in %q: %s is lost: %s", key, nation, n, welsh)
				}
			}
			if strings.HasPrefix(key, "distress") && !strings.Contains(welsh, "Cyfrifiadur ydw i") {
				t.Errorf("%s does not say that it is a computer: %s", key, welsh)
			}
		}
	}
	if welsh := e.Phrase("distress", "cy", dialogs.Host{Nation: "wales"}, nil); !strings.Contains(welsh, "0808 164 0123") {
		t.Errorf("the Welsh line is not named in Wales: %s", welsh)
	}
}
