package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestRead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ args, in, want string }{
		{"--as scale", "up from 3 to 5\nnot a 10 lol\n", `"value":5,` + "\n" + `"value":null,`},
		{"--as scale", "6 or 7", `"value":6.5,`},
		{"--as yesno", "yes please\nnot really", `"value":"yes",` + "\n" + `"value":"no",`},
		{"--as date --today 2026-03-02", "friday week", `"value":"2026-03-13",`},
		{"--as command", "please stop messaging me\nyou have been helpful", `"value":"stop",` + "\n" + `"value":null,`},
		{"--as free", "I want to end my life", `"distress":true`},
		{"--as choice:Tea,Coffee", "the second", `"value":"Coffee",`},
	} {
		t.Run(tt.args+" "+tt.in, func(t *testing.T) {
			t.Parallel()
			var out, errs bytes.Buffer
			code := run(append([]string{"read"}, strings.Fields(tt.args)...), world{
				Context: t.Context(), In: strings.NewReader(tt.in), Out: &out, Err: &errs,
			})
			if code != done {
				t.Fatalf("exit code %d: %s", code, errs.String())
			}
			lines := strings.Split(strings.TrimSpace(out.String()), "\n")
			for i, want := range strings.Split(tt.want, "\n") {
				if i >= len(lines) || !strings.Contains(lines[i], want) {
					t.Errorf("line %d is not with %s:\n%s", i+1, want, out.String())
				}
			}
		})
	}
}

// --explain tells the part of the reply that was read, what its rule does, and the
// rule that saw danger; without it none of that is there.
func TestReadExplains(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ as, in, want string }{
		{"scale", "2 weeks ago I was a 5, now 8", `"read":"8"`},
		{"scale", "about seven I think", `"read":"seven"`},
		{"yesno", "yes please, that would help", `"read":"yes please"`},
		{"date", "I will do it on friday week then", `"read":"friday week"`},
		{"choice:Tea,Coffee", "the second one please", `"read":"second one"`},
		{"date", "not this Friday, the one after", `"read":"this Friday, the one after"`},
		{"date", "I can't do tomorrow so the day after please", `"read":"tomorrow … the day after"`},
		{"date", "it meets every Thursday, I'll start next week", `"read":"every Thursday … next week"`},
		{"date", "next month, on the 9th", `"read":"next month … the 9th"`},
		{"date", "not this week at all. thursday", `"read":"not this week … thursday"`},
		{"date", "next week sometime, say Wednesday", `"read":"next week … Wednesday"`},
		{"date", "not this thursday but the one after, Thursday", `"read":"this thursday … the one after, Thursday"`},
		{"date", "in half an hour when she is gone", `"read":"in half an hour"`},
		{"date", "she comes Tuesday so I'll do it then", `"read":"Tuesday"`},
		{"yesno", "I took the dog out and felt better", `"read":"I took the dog"`},
		{"command", "thank you, please stop messaging me", `"read":"please stop messaging"`},
		{"command", "hiya, dont send me anything till the funeral is over love", `"read":"dont send me anything till the funeral`},
		{"command", "just for now can you not text me, its hard", `"read":"just for now can you not text me"`},
		{"scale", "I want to end my life", `"distress_rule":"distress/`},
		{"scale", "I want to end my life", `"distress_why":"`},
	} {
		t.Run(tt.as+" "+tt.want, func(t *testing.T) {
			t.Parallel()
			for _, explain := range []bool{true, false} {
				args := []string{"read", "--as", tt.as, "--today", "2026-03-02"}
				if explain {
					args = append(args, "--explain")
				}
				var out, errs bytes.Buffer
				if code := run(args, world{Context: t.Context(), In: strings.NewReader(tt.in), Out: &out, Err: &errs}); code != done {
					t.Fatalf("exit code %d: %s", code, errs.String())
				}
				if strings.Contains(out.String(), tt.want) != explain {
					t.Errorf("--explain %v, and it prints %s", explain, out.String())
				}
			}
		})
	}
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	for _, as := range []string{"mood", "choice:", "scale:A"} {
		var out, errs bytes.Buffer
		code := run([]string{"read", "--as", as}, world{Context: t.Context(), In: strings.NewReader("x"), Out: &out, Err: &errs})
		if code != notUnderstood || !strings.Contains(errs.String(), "use scale, yesno, date, command, free, or choice:A,B") {
			t.Errorf("--as %s: exit code %d, %s", as, code, errs.String())
		}
	}
}

// What cannot be meant is refused in a sentence that says what to write.
func TestReadRefusesOddSettings(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		"--as date --today 02/03/2026":  "\"02/03/2026\" is not a day; write year, month and day as in 2026-03-02",
		"--as date --today 2026-02-30":  "\"2026-02-30\" is not a day",
		"--as date --today 12026-01-01": "is not a day",
		"--as scale --locale en-US":     "\"en-US\" is not known; replies are read as people in Britain write them",
		"--as choice:Done,Done":         "a label that is empty or stands twice",
		"--as choice:Done,":             "a label that is empty or stands twice",
		"--as scale --todya 2026-03-02": "did you mean \"--today\"?",
		"--as scale 7":                  "unexpected argument 7",
		"--today 2026-03-02":            "--as",
	} {
		var out, errs bytes.Buffer
		code := run(append([]string{"read"}, strings.Fields(args)...), world{Context: t.Context(), In: strings.NewReader("x"), Out: &out, Err: &errs})
		if code == done || out.Len() > 0 || !strings.Contains(errs.String(), want) {
			t.Errorf("%s: exit code %d, %s%s", args, code, out.String(), errs.String())
		}
	}
}

// The locales of Britain are read alike, however they are spelled.
func TestReadLocales(t *testing.T) {
	t.Parallel()
	for _, locale := range []string{"en-GB", "en_GB", "EN-gb", "cy-GB", "cy"} {
		var out, errs bytes.Buffer
		code := run([]string{"read", "--as", "date", "--today", "2026-03-02", "--locale", locale}, world{Context: t.Context(), In: strings.NewReader("5/3\n10 o ebrill\n"), Out: &out, Err: &errs})
		if code != done || !strings.Contains(out.String(), "2026-03-05") || !strings.Contains(out.String(), "2026-04-10") {
			t.Errorf("--locale %s: exit code %d, %s%s", locale, code, out.String(), errs.String())
		}
	}
}
