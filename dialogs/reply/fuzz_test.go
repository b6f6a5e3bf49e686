package reply

import (
	"testing"
	"time"
	"unicode/utf8"
)

// seed begins with the labelled replies to what a reader is asked, and with some of
// those to everything else, which people write as well.
func seed(f *testing.F, own string) {
	const some = 20
	for _, c := range Contexts {
		for i, s := range everySample(f, c) {
			if c == own || i%some == 0 {
				f.Add(s.Text)
			}
		}
	}
	f.Add("\xff\xfe7\x00 7 ７７７٧⑦½⁄")
}

// checkSpan fails when a span is no part of the text.
func checkSpan(t *testing.T, text string, s Span) {
	t.Helper()
	if s.From < 0 || s.To < s.From || s.To > len(text) {
		t.Fatalf("%q: span %d..%d", text, s.From, s.To)
	}
	if utf8.ValidString(text) && !utf8.ValidString(text[s.From:s.To]) {
		t.Fatalf("%q: the span cuts a character: %q", text, text[s.From:s.To])
	}
}

func FuzzScale(f *testing.F) {
	seed(f, "scale")
	f.Fuzz(func(t *testing.T, text string) {
		r := Scale(text)
		checkSpan(t, text, r.Span)
		if r.OK && !(r.Value >= 0 && r.Value <= 10) || !r.OK && r.Value != 0 || Why(r.Rule) == "" {
			t.Fatalf("%q: %+v", text, r)
		}
		if again := Scale(text); again != r {
			t.Fatalf("%q: %+v and then %+v", text, r, again)
		}
	})
}

func FuzzYesNo(f *testing.F) {
	seed(f, "yesno")
	f.Fuzz(func(t *testing.T, text string) {
		r := YesNo(text)
		checkSpan(t, text, r.Span)
		if !r.OK && r.Value || Why(r.Rule) == "" {
			t.Fatalf("%q: %+v", text, r)
		}
		if again := YesNo(text); again != r {
			t.Fatalf("%q: %+v and then %+v", text, r, again)
		}
	})
}

func FuzzChoose(f *testing.F) {
	seed(f, "choice")
	options := []Option{{"a", "1 week", []string{"seven days"}}, {"b", "Partly", nil}, {"c", "Not yet", nil}, {"d", "Sam's group", nil}, {"e", "", nil}}
	f.Fuzz(func(t *testing.T, text string) {
		r := Choose(text, options)
		checkSpan(t, text, r.Span)
		if r.OK != (len(r.Value) == 1 && "a" <= r.Value && r.Value <= "e") || Why(r.Rule) == "" {
			t.Fatalf("%q: %+v", text, r)
		}
		if again := Choose(text, options); again != r {
			t.Fatalf("%q: %+v and then %+v", text, r, again)
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range everySample(f, "date") {
		f.Add(s.Text, int64(0))
	}
	f.Fuzz(func(t *testing.T, text string, day int64) {
		today := LabelledDay.AddDate(0, 0, int(day%40000))
		r := Date(text, today)
		checkSpan(t, text, r.Span)
		if r.OK && (r.Value.Before(today) || r.Value.Hour() != 0 || r.Value.After(today.AddDate(0, 0, farthest))) || !r.OK && !r.Value.IsZero() || Why(r.Rule) == "" {
			t.Fatalf("%q on %s: %+v", text, today.Format(time.DateOnly), r)
		}
		if again := Date(text, today); again != r {
			t.Fatalf("%q: %+v and then %+v", text, r, again)
		}
	})
}

func FuzzReadCommand(f *testing.F) {
	seed(f, "command")
	f.Fuzz(func(t *testing.T, text string) {
		r := ReadCommand(text)
		checkSpan(t, text, r.Span)
		if r.OK == (r.Value == NoCommand) || Why(r.Rule) == "" {
			t.Fatalf("%q: %+v", text, r)
		}
		if again := ReadCommand(text); again != r {
			t.Fatalf("%q: %+v and then %+v", text, r, again)
		}
	})
}

func FuzzDistress(f *testing.F) {
	seed(f, "distress")
	f.Fuzz(func(t *testing.T, text string) {
		id, found := Distress(text)
		if found != (id != "") || found && Why(id) == "" {
			t.Fatalf("%q: %q, %v", text, id, found)
		}
		if again, _ := Distress(text); again != id {
			t.Fatalf("%q: %q and then %q", text, id, again)
		}
	})
}
