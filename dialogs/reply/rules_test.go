package reply

import (
	"slices"
	"testing"
)

// testdata/rules holds replies that rules were written for, one by one: all of
// them are read right.
func TestRules(t *testing.T) {
	t.Parallel()
	for _, c := range Contexts {
		for _, s := range labelled(t, "testdata/rules/"+c+".tsv") {
			got, rule, ask := s.Read()
			if got != s.Want {
				t.Errorf("%s %q: %s by %s, want %s", s.Context, s.Text, got, rule, s.Want)
			}
			if c == "scale" && got != "none" && ask != s.Told {
				t.Errorf("%q: told the person: %v, want %v", s.Text, ask, s.Told)
			}
		}
	}
}

// Every reading names a rule that can say what it does, and the part of the
// text that it read.
func TestReadingsExplainThemselves(t *testing.T) {
	t.Parallel()
	for _, c := range Contexts {
		for _, s := range everySample(t, c) {
			_, rule, _ := s.Read()
			if rule != "" && Why(rule) == "" || rule == "" && c != "distress" {
				t.Errorf("%s %q: rule %q has no explanation", s.Context, s.Text, rule)
			}
		}
	}
	if Why("scale/none-such") != "" {
		t.Error("a rule that does not exist has an explanation")
	}
}

// A value of a choice comes back as the script wrote it, and synonyms count.
func TestChooseValue(t *testing.T) {
	t.Parallel()
	options := []Option{{Value: "d", Label: "Done", Also: []string{"finished", "all sorted"}}, {Value: "n", Label: "Not yet"}}
	for text, want := range map[string]Reading[string]{
		"I finished":    {Value: "d", OK: true, Rule: "choice/synonym", Span: Span{2, 10}},
		"all sorted!":   {Value: "d", OK: true, Rule: "choice/synonym", Span: Span{0, 10}},
		"not finished":  {Rule: "choice/denied", AskBack: true},
		"":              {Rule: "choice/nothing"},
		"Done, not yet": {Rule: "choice/several", AskBack: true, Span: Span{0, 13}},
	} {
		if got := Choose(text, options); got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
	if got := Choose("done", nil); got.OK {
		t.Errorf("without options: %+v", got)
	}
}

// The span is in bytes of the text as it was sent.
func TestSpans(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"J’ai dit… 7️⃣ 😊": "7️⃣", "last week 5 now ６": "６", "Sevn today": "Sevn", "about 6 or 7 I'd say": "6 or 7", "ÉÉÉ 6½ ok": "6½",
	} {
		r := Scale(text)
		if got := text[r.Span.From:r.Span.To]; got != want {
			t.Errorf("%q: read %q by %s, want %q", text, got, r.Rule, want)
		}
	}
}

// An answer is looked for in the first MaxLength bytes of a text, which is cut
// between characters.
func TestLongTextIsCut(t *testing.T) {
	t.Parallel()
	long := "7 today " + string(slices.Repeat([]rune{'é'}, MaxLength))
	if r := Scale(long); !r.OK || r.Value != 7 {
		t.Errorf("the beginning of a long text: %+v", r)
	}
}
