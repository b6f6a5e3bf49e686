package slack

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestDecode(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"seven":                 "seven",
		"a &amp; b &lt;3 &gt;":  "a & b <3 >",
		"&amp;lt;":              "&lt;", // once, not twice
		"<https://example.org>": "https://example.org",
		"<http://example.org|example.org> is good": "example.org is good",
		"<https://example.org/?a=1&amp;b=2>":       "https://example.org/?a=1&b=2",
		"<https://example.org|the park>":           "the park (https://example.org)",
		"<mailto:sam@example.org|sam@example.org>": "sam@example.org",
		"<tel:+441632960000|+44 1632 960000>":      "+44 1632 960000 (+441632960000)",
		"<@U123>":                                  "@U123",
		"<@U123|sam>":                              "@sam",
		"<#C1|walks> and <#C2>":                    "#walks and #C2",
		"<#C1|>":                                   "#C1",
		"<!here> <!channel> <!everyone>":           "@here @channel @everyone",
		"<!subteam^S1|@crew>":                      "@crew",
		"<!date^1767225600^{date}|1 January>":      "1 January",
		"a < b and c > d":                          "a < b and c > d", // not Slack's: left alone
		"<hello>":                                  "<hello>",
		"5 <6> 7":                                  "5 <6> 7",
		"":                                         "",
		"*7*":                                      "*7*",
		":smile:":                                  ":smile:",
	} {
		if got := decode(in); got != want {
			t.Errorf("decode(%q) = %q, want %q", in, got, want)
		}
	}
}

// Whoever is used to channels addresses the bot; its name says nothing.
func TestTheBotsOwnNameSaysNothing(t *testing.T) {
	t.Parallel()
	u := us{team: "T01HOME", self: "U0BOT"}
	for in, want := range map[string]string{
		"<@U0BOT> stop":                  "stop",
		"<@U0BOT|onestep>: stop":         "stop",
		"stop <@U0BOT>":                  "stop",
		"<@U0BOT> I want to die":         "I want to die",
		"I want to die, <@U0BOT>.":       "I want to die.",
		"<@U0BOT> -5":                    "-5",
		"<@U0BOT>":                       "@U0BOT",
		"<@U0BOT> <@U1> helped":          "@U1 helped",
		"<@U1> stop":                     "@U1 stop",
		"  seven, as I told <@U1>  ":     "  seven, as I told @U1  ",
		"a &lt;@U0BOT&gt; of my own":     "a <@U0BOT> of my own",
		"can I stop &amp; go, <@U0BOT>?": "can I stop & go?",
	} {
		if got := u.decode(in); got != want {
			t.Errorf("decode(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestWhatIsEscapedComesBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.String().Draw(t, "words")
		sent := escape(words)
		if strings.ContainsAny(strings.NewReplacer("&amp;", "", "&lt;", "", "&gt;", "").Replace(sent), "<>&") {
			t.Fatalf("a bare sign is left in %q", sent)
		}
		if got := decode(sent); got != words {
			t.Fatalf("%q came back as %q", words, got)
		}
	})
}

func TestParts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		words string
		limit int
		want  []string
	}{
		{"short", 10, []string{"short"}},
		{"one\n\ntwo\nthree", 10, []string{"one", "two\nthree"}},
		{"one two\nthree four", 12, []string{"one two", "three four"}},
		{"one two three", 9, []string{"one two", "three"}},
		{"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"🌳🌳🌳", 4, []string{"🌳🌳", "🌳"}},  // two units each, never cut in half
		{"&&&", 10, []string{"&&", "&"}}, // five each once escaped
		{"\n\nedge\n\n", 10, []string{"edge"}},
	} {
		got := parts(c.words, c.limit)
		if strings.Join(got, "|") != strings.Join(c.want, "|") {
			t.Errorf("parts(%q, %d) = %q, want %q", c.words, c.limit, got, c.want)
		}
	}
}

func TestPartsLoseNoWords(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.StringOf(rapid.RuneFrom([]rune("ab &<\n🌳"))).Draw(t, "words")
		limit := rapid.IntRange(5, 40).Draw(t, "limit")
		got := parts(words, limit)
		for _, p := range got {
			if n := size(p); n == 0 || n > limit {
				t.Fatalf("a part of %d, limit %d", n, limit)
			}
		}
		bare := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if bare(strings.Join(got, "")) != bare(words) {
			t.Fatalf("%q became %q", words, got)
		}
	})
}
