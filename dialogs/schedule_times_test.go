package dialogs

import (
	"bufio"
	"os"
	"strings"
	"testing"
	"time"
)

// TestTimes plays testdata/times/times.txt, whose instants were worked out
// without this program.
func TestTimes(t *testing.T) {
	t.Parallel()
	file, err := os.Open("testdata/times/times.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	cases := 0
	lines := bufio.NewScanner(file)
	for n := 1; lines.Scan(); n++ {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cases++
		f := strings.Split(line, "|")
		if len(f) != 6 {
			t.Fatalf("line %d has %d columns", n, len(f))
		}
		for i := range f {
			f[i] = strings.TrimSpace(f[i])
		}
		want := strings.Fields(f[5])
		if got := starts(t, f, len(want)); strings.Join(got, "  ") != strings.Join(want, "  ") {
			t.Errorf("times.txt:%d: %s\n got %s\nwant %s", n, line, strings.Join(got, "  "), strings.Join(want, "  "))
		}
	}
	if cases < 250 {
		t.Errorf("%d cases are left of the table", cases)
	}
}

// starts are the first instants of a line's plan, and "none" where it ends.
func starts(t *testing.T, f []string, count int) []string {
	t.Helper()
	load := func(name string) *time.Location {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		return zone
	}
	before, after, moves := strings.Cut(f[0], " > ")
	zone := load(before)
	at := func(wall string) time.Time {
		at, err := time.ParseInLocation("2006-01-02T15:04", wall, zone)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	plan := Schedule{At: f[2], From: at(f[3])}
	if day, single := strings.CutPrefix(f[1], "ON="); single {
		plan.On = day
	} else {
		rule, err := ParseRule(f[1], f[2])
		if err != nil {
			t.Fatal(err)
		}
		if rule.Rule() != f[1] {
			t.Errorf("%s is written as %s", f[1], rule.Rule())
		}
		plan = rule.begin(Schedule{}, plan.From, zone, time.Time{})
	}
	now := at(f[4])
	next, ok := plan.Next(now, zone)
	if moves {
		old := zone
		zone = load(after)
		next, ok = plan.Moved(now, old, zone)
	}
	var list []string
	for range count {
		if !ok {
			return append(list, "none")
		}
		list = append(list, next.In(zone).Format("2006-01-02T15:04-07:00"))
		plan = plan.came(next, zone)
		next, ok = plan.Next(next, zone)
	}
	return list
}

func TestRulesThatAreNotUnderstood(t *testing.T) {
	t.Parallel()
	for _, rule := range []string{
		"", "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=2TU", "FREQ=WEEKLY;INTERVAL=0;BYDAY=MO",
		"FREQ=WEEKLY;INTERVAL=53;BYDAY=MO", "FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=MO", "FREQ=MONTHLY;BYDAY=5MO", "FREQ=MONTHLY;BYDAY=1MO,2TU",
		"FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=3", "FREQ=WEEKLY;BYDAY=MO;UNTIL=soon",
		"FREQ=WEEKLY;BYDAY=MO;COUNT=3", "FREQ=WEEKLY;BYDAY=",
	} {
		if s, err := ParseRule(rule, "10:00"); err == nil {
			t.Errorf("%q is taken as %+v", rule, s)
		}
	}
	if _, err := ParseRule("FREQ=WEEKLY;BYDAY=MO", "25:00"); err == nil {
		t.Error("25:00 is taken as a time of day")
	}
}

// Plans that follow other plans: every second week counts from the last start,
// and a week that had its chat has no second one.
func TestPlansThatFollowPlans(t *testing.T) {
	t.Parallel()
	const layout = "2006-01-02 15:04"
	weekly := "FREQ=WEEKLY;BYDAY=WE"
	for _, tt := range []struct {
		name, old, now, rule, at string
		want                     []string
	}{
		{"every second week from the last one, said two days later", weekly, "2026-03-06 12:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "10:00", []string{"2026-03-18 10:00", "2026-04-01 10:00"}},
		{"another day, said before this week's: this week", weekly, "2026-03-03 12:00", "FREQ=WEEKLY;BYDAY=TH", "18:00", []string{"2026-03-05 18:00", "2026-03-12 18:00"}},
		{"another day, said after this week's: next week", weekly, "2026-03-04 12:00", "FREQ=WEEKLY;BYDAY=TH", "18:00", []string{"2026-03-12 18:00", "2026-03-19 18:00"}},
		{"once a month from the last one", weekly, "2026-03-12 12:00", "FREQ=MONTHLY;BYDAY=2WE", "10:00", []string{"2026-04-08 10:00", "2026-05-13 10:00"}},
		{"back to every week", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "2026-03-05 12:00", weekly, "10:00", []string{"2026-03-11 10:00", "2026-03-18 10:00"}},
		{"later on the day that has had its start", weekly, "2026-03-04 11:00", weekly, "17:00", []string{"2026-03-11 17:00"}},
		{"earlier on a day to come", weekly, "2026-03-04 09:00", weekly, "09:30", []string{"2026-03-04 09:30", "2026-03-11 09:30"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			parse := func(rule, at string) Schedule {
				s, err := ParseRule(rule, at)
				if err != nil {
					t.Fatal(err)
				}
				return s
			}
			now, _ := time.Parse(layout, tt.now)
			old := parse(tt.old, "10:00").begin(Schedule{}, time.Date(2026, 2, 2, 12, 0, 0, 0, time.UTC), time.UTC, time.Time{})
			plan, at := parse(tt.rule, tt.at).begin(old, now, time.UTC, time.Time{}), now
			for _, want := range tt.want {
				next, ok := plan.Next(at, time.UTC)
				if !ok || next.Format(layout) != want {
					t.Fatalf("%s, want %s", next.Format(layout), want)
				}
				plan, at = plan.came(next, time.UTC), next
			}
		})
	}
}

// One start elsewhere takes the place of the planned one and no other's.
func TestOneStartElsewhere(t *testing.T) {
	t.Parallel()
	const layout = "2006-01-02 15:04"
	for _, tt := range []struct {
		name, now, day string
		want           []string
	}{
		{"a day later", "2026-03-02 12:00", "2026-03-05", []string{"2026-03-05 18:00", "2026-03-11 10:00"}},
		{"a day earlier", "2026-03-02 12:00", "2026-03-03", []string{"2026-03-03 18:00", "2026-03-11 10:00"}},
		{"the week after, beside the next one", "2026-03-02 12:00", "2026-03-10", []string{"2026-03-10 18:00", "2026-03-11 10:00"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			rule, err := ParseRule("FREQ=WEEKLY;BYDAY=WE", "10:00")
			if err != nil {
				t.Fatal(err)
			}
			now, _ := time.Parse(layout, tt.now)
			day, _ := time.Parse(time.DateOnly, tt.day)
			plan, ok := rule.begin(Schedule{}, now.AddDate(0, 0, -20), time.UTC, time.Time{}).move(day, "18:00", now, time.UTC, time.Time{})
			if !ok {
				t.Fatal("not moved")
			}
			at := now
			for _, want := range tt.want {
				next, ok := plan.Next(at, time.UTC)
				if !ok || next.Format(layout) != want {
					t.Fatalf("%s, want %s", next.Format(layout), want)
				}
				plan, at = plan.came(next, time.UTC), next
			}
		})
	}
}
