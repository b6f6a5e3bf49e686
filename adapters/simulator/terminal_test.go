package simulator

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onestep/bot"

	"github.com/rivo/uniseg"
)

var update = flag.Bool("update", false, "write the golden files anew")

// scene is three chats with everything that a pane can show.
func scene(t *testing.T) (*Adapter, []Pane, *time.Time) {
	t.Helper()
	now := monday
	a := New(Config{Now: func() time.Time { return now }, Run: "test"})
	names := map[string]string{"ada": "Ada", "sam": "Sam", "leah": "Leah"}
	return a, []Pane{
		{Title: "Patient", Seat: a.Private("ada"), Names: names},
		{Title: "Worker", Seat: a.Private("sam"), Names: names},
		{Title: "Team channel", Seat: a.In("#team", "leah"), Names: names, Closed: true},
	}, &now
}

func send(t *testing.T, a *Adapter, chat, text string, labels ...string) {
	t.Helper()
	m := at(chat, "1", text)
	for i, l := range labels {
		m.Buttons = append(m.Buttons, bot.Button{Label: l, Data: "token:" + string(rune('a'+i))})
	}
	if _, err := a.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
}

func play(t *testing.T, a *Adapter, panes []Pane, now *time.Time, term *Terminal) {
	t.Helper()
	ada, sam := panes[0], panes[1]
	must(t, term.Note("Everything here is made up, and forgotten at the end."))
	send(t, a, "ada", "Hello again. This is our weekly check-in. It takes about 3 minutes. You can skip any question.")
	send(t, a, "ada", "What has been better, even a little, since we last spoke?")
	*now = now.Add(11 * time.Minute)
	must(t, ada.Answer("Walked to the allotment twice.\nIt rained, and I went all the same."))
	send(t, a, "ada", `From 0 to 10, where are things today? 10 means "seeing my sister more".`,
		"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10")
	must(t, ada.Answer("2"))
	send(t, a, "sam", "Wren-417: gave a low number this week. Please act today. One question worth asking: How have you kept going?", "Done", "Snooze to tomorrow")
	send(t, a, "ada", "How long would you like to pause?", "1 week", "2 weeks", "4 weeks", "Until I say")
	*now = now.Add(3 * time.Hour)
	must(t, sam.Answer("1"))
	must(t, ada.Answer("c"))
	must(t, ada.Seat.Edit("m3", "Walked to the allotment three times."))
	ada.Seat.SendMedia("")
	must(t, ada.Answer("Żółć, 日本語, 👩‍🌾 and a_word_that_is_so_long_that_no_line_of_any_pane_would_ever_have_room_for_it \x1b[31mred"))
	send(t, a, "#team", "This week\n\nActive patients: fewer than 5\nCheck-ins answered: 1 of 1")
	ada.Seat.Leave()
	must(t, term.Show())
	must(t, term.Note("A week later: Monday 9 March."))
}

func TestTerminalLooks(t *testing.T) {
	t.Parallel()
	for name, colour := range map[string]bool{"plain": false, "colour": true} {
		a, panes, now := scene(t)
		var out bytes.Buffer
		play(t, a, panes, now, NewTerminal(&out, a, time.UTC, colour, panes...))
		golden(t, name+".txt", out.Bytes())
		if colour {
			continue
		}
		if bytes.ContainsRune(out.Bytes(), '\x1b') {
			t.Error("a person's words carry an escape into the terminal")
		}
		for line := range strings.SplitSeq(out.String(), "\n") {
			if w := uniseg.StringWidth(line); w > pageWidth {
				t.Errorf("%d columns: %q", w, line)
			}
		}
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		must(t, os.WriteFile(path, got, 0o644))
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (go test -update writes it anew):\n%s", path, got)
	}
}

func TestKeys(t *testing.T) {
	t.Parallel()
	for labels, want := range map[string]string{
		"Yes|No":                    "1|2",
		"0|1|2|10":                  "0|1|2|10",
		"1 week|2 weeks|4 weeks|No": "a|b|c|d",
		"Today|7":                   "a|b",
	} {
		a, panes, _ := scene(t)
		send(t, a, "ada", "Which?", strings.Split(labels, "|")...)
		var keys []string
		for _, c := range panes[0].open(a.Transcript("ada")) {
			keys = append(keys, c.key)
		}
		if got := strings.Join(keys, "|"); got != want {
			t.Errorf("%s: got %s, want %s", labels, got, want)
		}
	}
}

// Work that came in a row stands open all of it, whatever the person did since.
func TestWorkStaysOpen(t *testing.T) {
	t.Parallel()
	a, panes, _ := scene(t)
	sam := panes[1]
	sam.Lasting = true
	send(t, a, "sam", "old", "Done", "Snooze")
	must(t, sam.Answer("nudges"))
	send(t, a, "sam", "first", "I am on it", "Done")
	send(t, a, "sam", "(between)")
	send(t, a, "sam", "second", "Done", "Snooze")
	must(t, sam.Answer("caseload"))
	send(t, a, "sam", "You have 1 here.")
	for _, line := range []string{"2", "4", "5"} {
		must(t, sam.Answer(line))
	}
	var got []string
	for _, u := range a.queues["sam"][2:] {
		got = append(got, u.Text+u.Data)
	}
	if s := strings.Join(got, ", "); s != "token:b, token:b, 5" {
		t.Errorf("got %s", s)
	}
	var out bytes.Buffer
	must(t, NewTerminal(&out, a, time.UTC, false, sam).Show())
	if s := out.String(); !strings.Contains(s, "[1] I am on it  [2] Done") || !strings.Contains(s, "[3] Done  [4] Snooze") {
		t.Errorf("shows %s", s)
	}
}

func TestAnAnswerPressesOnlyTheOpenQuestion(t *testing.T) {
	t.Parallel()
	a, panes, _ := scene(t)
	send(t, a, "ada", "Is that OK?", "Yes", "No")
	send(t, a, "ada", "(Take your time.)")
	for _, line := range []string{"2", "2", "yes"} {
		must(t, panes[0].Answer(line))
	}
	var got []string
	for _, p := range a.Transcript("ada")[2:] {
		got = append(got, [...]string{"wrote ", "pressed "}[p.Kind]+p.Text)
	}
	if s := strings.Join(got, ", "); s != "pressed No, wrote 2, wrote yes" {
		t.Errorf("got %s", s)
	}
}

func TestColourIsForTerminalsOnly(t *testing.T) {
	t.Parallel()
	file, err := os.Create(filepath.Join(t.TempDir(), "log"))
	must(t, err)
	defer file.Close()
	device, err := os.Open(os.DevNull) // a character device, as a terminal is
	must(t, err)
	defer device.Close()
	env := func(name, value string) func(string) string {
		return func(n string) string {
			if n == name {
				return value
			}
			return ""
		}
	}
	for name, c := range map[string]struct{ got, want bool }{
		"no file":  {Colour(new(bytes.Buffer), env("", "")), false},
		"file":     {Colour(file, env("", "")), false},
		"device":   {Colour(device, env("TERM", "xterm")), true},
		"NO_COLOR": {Colour(device, env("NO_COLOR", "1")), false},
		"dumb":     {Colour(device, env("TERM", "dumb")), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: got %v", name, c.got)
		}
	}
}

func TestWrapKeepsEveryCharacter(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "a", "one two three four", "averyveryverylongword in between", "日本語日本語日本語",
		"👩‍🌾👩‍🌾👩‍🌾👩‍🌾👩‍🌾👩‍🌾", "first\n\nsecond", "well-known and/or half-time",
	} {
		lines := wrap(text, 8)
		squash := strings.NewReplacer(" ", "", "\n", "")
		if got, want := squash.Replace(strings.Join(lines, "")), squash.Replace(text); got != want {
			t.Errorf("%q became %q", want, got)
		}
		for _, line := range lines {
			if uniseg.StringWidth(line) > 8 {
				t.Errorf("%q is wider than 8", line)
			}
		}
	}
}
