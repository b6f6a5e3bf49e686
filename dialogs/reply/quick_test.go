package reply

import (
	"testing"
	"time"
)

var monday = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)

func TestScaleRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		text string
		want float64 // -1: none
	}{
		{"7", 7}, {"2 weeks ago I was a 5, now 8", 8}, {"up from 3 to 5", 5}, {"not a 10 lol", -1}, {"sevn", 7}, {"6 or 7", 6.5}, {"7, no 6", 6},
		{"I took 2 tablets", -1}, {"half way", 5}, {"top marks", 10}, {"1O", 10}, {"7/10", 7}, {"3/4", -1}, {"down 3", -1}, {"under 4", -1},
		{"last week 5 this week 6", 6}, {"7️⃣", 7}, {"six and a half", 6.5}, {"6½", 6.5}, {"٧", 7}, {"6 or 7 or 8", -1}, {"it was a 3 but its a 5", 5},
		{"8 now 5 last week", 8}, {"6, up from 4", 6}, {"75%", 7.5}, {"one", 1}, {"one of those days", -1}, {"between 6 and 7", 6.5}, {"I said 6 but I meant 7", 7}, {"my grandson is 5", -1},
	} {
		r := Scale(c.text)
		got := -1.0
		if r.OK {
			got = r.Value
		}
		if got != c.want {
			t.Errorf("%q: %v by %s, want %v", c.text, got, r.Rule, c.want)
		}
	}
}

func TestDateRules(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"tomorrow", "2026-03-03"}, {"Friday", "2026-03-06"}, {"next Friday", "2026-03-13"}, {"friday week", "2026-03-13"}, {"the 5th", "2026-03-05"}, {"5/3", "2026-03-05"}, {"5 March", "2026-03-05"},
		{"in 3 days", "2026-03-05"}, {"bank holiday monday", "2026-04-06"}, {"thirsday", "2026-03-05"}, {"31/2", ""}, {"next week", ""}, {"weekend", ""}, {"Monday", "2026-03-09"}, {"every tuesday", "2026-03-03"},
		{"Friday 5 March", ""}, {"Thursday 5th", "2026-03-05"}, {"Thursday, no Friday", "2026-03-06"}, {"mon or tues", ""}, {"not monday", ""}, {"14 feb", ""}, {"a week on friday", "2026-03-13"}, {"tomorrow morning", "2026-03-03"},
	} {
		r := Date(c.text, monday)
		got := ""
		if r.OK {
			got = r.Value.Format("2006-01-02")
		}
		if got != c.want {
			t.Errorf("%q: %q by %s, want %q", c.text, got, r.Rule, c.want)
		}
	}
}

func TestYesNoRules(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"yes": "yes", "no": "no", "not yet": "no", "not really": "no", "maybe": "", "yeah go on": "yes", "no problem": "yes", "👍": "yes", "yes?": "", "nope sorry": "no", "I did": "yes", "I didn't": "no", "sort of": "", "yes, but not on Monday": "yes", "no thanks": "no", "yes... no wait, no": "no",
	} {
		r := YesNo(text)
		got := ""
		if r.OK {
			got = map[bool]string{true: "yes", false: "no"}[r.Value]
		}
		if got != want {
			t.Errorf("%q: %q by %s, want %q", text, got, r.Rule, want)
		}
	}
}

func TestCommandRules(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]Command{
		"STOP": Stop, "please stop messaging me": Stop, "unsubscribe": Stop, "leave me alone": Stop, "no more texts": Stop, "I want to stop smoking": NoCommand, "the bus stop": NoCommand, "nonstop": NoCommand, "that was helpful": NoCommand, "my sister helped me": NoCommand,
		"I'd like to talk to someone": Human, "can a real person ring me": Human, "I talked to my neighbour": NoCommand, "help": Help, "skip": Skip, "back": Back, "my back hurts": NoCommand, "pause for 2 weeks": Pause,
	} {
		if r := ReadCommand(text); r.Value != want {
			t.Errorf("%q: %q by %s, want %q", text, r.Value, r.Rule, want)
		}
	}
}

func TestChooseRules(t *testing.T) {
	t.Parallel()
	opts := []Option{{Value: "done", Label: "Done"}, {Value: "partly", Label: "Partly"}, {Value: "not yet", Label: "Not yet"}, {Value: "no longer right", Label: "No longer right"}}
	for text, want := range map[string]string{
		"done": "done", "Partly": "partly", "party": "", "2": "partly", "the second one": "partly", "not done": "", "done or partly": "", "not yet sorry": "not yet", "partly done": "partly", "dnoe": "done", "5": "", "last": "no longer right",
	} {
		r := Choose(text, opts)
		if r.Value != want {
			t.Errorf("%q: %q by %s, want %q", text, r.Value, r.Rule, want)
		}
	}
}
