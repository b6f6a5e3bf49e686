package dialogs

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"onestep/dialogs/reply"
)

// TestReadPlanWish plays testdata/planwishes.txt: what people write, and what
// of it is taken.
func TestReadPlanWish(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/planwishes/planwishes.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	today := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) // a Monday
	lines := bufio.NewScanner(file)
	cases := 0
	for n := 1; lines.Scan(); n++ {
		text, want, ok := strings.Cut(lines.Text(), "|")
		if !ok || strings.HasPrefix(text, "#") {
			continue
		}
		cases++
		w, ok := ReadPlanWish(strings.TrimSpace(text), today)
		if got := wished(w, ok); got != strings.TrimSpace(want) {
			t.Errorf("%d: %s\n got %s\nwant %s", n, text, got, want)
		}
		// Other wishes come first, so none may be seen in these words.
		if r := reply.ReadCommand(text); ok && r.OK {
			t.Errorf("%d: %s is taken as the wish %s", n, text, r.Value)
		}
	}
	if cases < 100 {
		t.Errorf("%d cases are left of the table", cases)
	}
}

// wished writes a wish in short.
func wished(w PlanWish, ok bool) string {
	if !ok {
		return "none"
	}
	var s []string
	add := func(is bool, format string, args ...any) {
		if is {
			s = append(s, fmt.Sprintf(format, args...))
		}
	}
	codes := func(d Days) string {
		var list []string
		for _, w := range d.list() {
			list = append(list, dayCodes[w])
		}
		return strings.Join(list, ",")
	}
	add(w.Days != 0, "%s", codes(w.Days))
	add(w.Either, "either")
	add(w.Not != 0, "not %s", codes(w.Not))
	add(w.Clock >= 0, "%02d:%02d", w.Clock/60, w.Clock%60)
	add(w.Half, "half?")
	add(w.Earliest >= 0, "from %02d:%02d", w.Earliest/60, w.Earliest%60)
	add(w.Latest >= 0, "until %02d:%02d", w.Latest/60, w.Latest%60)
	add(w.Part != "", "%s", w.Part)
	add(w.NotPart != "", "not %s", w.NotPart)
	add(w.Weeks > 0, "every %dw", w.Weeks)
	add(w.Months > 0, "every %dm", w.Months)
	add(w.Less, "less")
	add(w.More, "more")
	add(w.OtherDay, "day?")
	add(w.OtherTime, "time?")
	add(!w.On.IsZero(), "%s", w.On.Format(time.DateOnly))
	add(w.Once, "once")
	add(w.Always, "always")
	add(w.Strong, "!")
	return strings.Join(s, " ")
}

func TestPausedUntil(t *testing.T) {
	t.Parallel()
	today := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) // a Monday
	for text, want := range map[string]string{
		"pause until 6 January":             "2027-01-06",
		"please pause till next Monday":     "2026-11-30",
		"no messages until Friday":          "2026-11-27",
		"stop until the 1st of December":    "2026-12-01",
		"pause for three weeks":             "2026-12-14",
		"can I have a break for 10 days":    "2026-12-03",
		"a break for a fortnight please":    "2026-12-07",
		"pause for a month":                 "2026-12-23",
		"take a couple of weeks off":        "2026-12-07",
		"pause":                             "",
		"pause until after Christmas":       "", // some day after
		"pause until I am better":           "",
		"pause for a few weeks":             "",
		"pause until 6 or 7 January":        "",
		"pause until last Friday":           "",
		"pause for 2 or 3 weeks":            "", // one of two: it is asked
		"pause for a week or two":           "",
		"pause for 2-3 weeks":               "",
		"pause for more than 4 weeks":       "",
		"pause, not 2 weeks, longer":        "",
		"pause for 2 weeks or so":           "2026-12-07",
		"pause for 60 months":               "", // an end that far is none
		"I am away for now, pause please":   "",
		"pause it for the next two weeks":   "2026-12-07",
		"hold off till 24/12":               "2026-12-24",
		"leave me alone for 2 weeks please": "2026-12-07",
		"saib tan 6 Ionawr":                 "2027-01-06",
		"saib tan ddydd Gwener plîs":        "2026-11-27",
		"seibiant am bythefnos plîs":        "2026-12-07",
		"saib am dair wythnos":              "2026-12-14",
		"hoffwn i saib am fis":              "2026-12-23",
		"saib":                              "",
		"saib nes bydda i'n well":           "",
	} {
		got := ""
		if day, ok := pausedUntil(text, today); ok {
			got = day.Format(time.DateOnly)
		}
		if got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
