package reply

import (
	"testing"
	"time"
)

func TestDate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"tomorrow if that's ok", "2026-03-03"}, {"not tomorrow but the day after", "2026-03-04"}, {"tomorrow or friday", ""}, {"tomorrow or day after", ""}, {"tomorrow or the day after", ""}, {"friday or whenever", ""}, {"friday not this week", ""}, {"friday, not next week", ""}, {"friday morning or afternoon", "2026-03-06"}, {"friday if that's ok", "2026-03-06"}, {"tomorrow week", "2026-03-10"},
		{"Monday", "2026-03-09"}, {"this monday", ""}, {"this coming monday", "2026-03-09"}, {"Monday 2nd", "2026-03-02"}, {"monday this week", "2026-03-02"},
		{"Friday", "2026-03-06"}, {"next Friday", "2026-03-13"}, {"friday week", "2026-03-13"}, {"friday a week", "2026-03-13"}, {"friday fortnight", "2026-03-20"}, {"two weeks on friday", "2026-03-20"}, {"next week, friday", "2026-03-13"},
		{"by friday", ""}, {"friday onwards", ""}, {"friday or sooner", ""}, {"the day after friday", ""}, {"any friday", ""}, {"this friday or next", ""}, {"friday, if not saturday", ""}, {"friday at the latest", ""},
		{"not thurs, fri", "2026-03-06"}, {"friday rather than thursday", "2026-03-06"}, {"thursday is out, friday ok", "2026-03-06"}, {"I said thursday but I meant friday", "2026-03-06"}, {"move it from thursday to friday", "2026-03-06"}, {"im busy friday", ""},
		{"i went on friday", ""}, {"it was friday", ""}, {"last thursday", ""}, {"thursday gone", ""}, {"3 days ago", ""},
		{"5/3", "2026-03-05"}, {"05.03.26", "2026-03-05"}, {"14 03 2026", "2026-03-14"}, {"2026-03-14", "2026-03-14"}, {"3/15", ""}, {"31/2", ""}, {"29 feb", ""}, {"29/2/2028", "2028-02-29"}, {"14 feb", ""}, {"1 march", ""}, {"20 june next year", "2027-06-20"},
		{"the 5th", "2026-03-05"}, {"the 2nd", "2026-04-02"}, {"twenty-first of March", "2026-03-21"}, {"1st of next month", "2026-04-01"},
		{"Thursday 5th", "2026-03-05"}, {"Friday 5 March", ""}, {"10th March, Tuesday", "2026-03-10"}, {"Tuesday 11th March", ""},
		{"in 3 days", "2026-03-05"}, {"in 3 or 4 days", ""}, {"in about 10 days", ""}, {"a week or so", ""}, {"a fortnight's time", "2026-03-16"}, {"a month today", "2026-04-02"}, {"one day", ""},
		{"every tues and thurs", "2026-03-03"}, {"fridays", "2026-03-06"}, {"every other tuesday", "2026-03-03"}, {"every day", "2026-03-03"}, {"every second friday", ""},
		{"last friday of march", "2026-03-27"}, {"last day of the month", "2026-03-31"}, {"first monday in april", "2026-04-06"}, {"the first friday", ""},
		{"bank holiday monday", "2026-04-06"}, {"next bank holiday", "2026-04-03"}, {"may bank holiday", ""}, {"late may bank holiday", "2026-05-25"}, {"august bank holiday", "2026-08-31"}, {"good friday", "2026-04-03"}, {"mothering sunday", "2026-03-15"}, {"father's day", "2026-06-21"}, {"easter", ""},
		{"week commencing 9th march", ""}, {"w/c 9 march", ""}, {"next week", ""}, {"the weekend", ""}, {"midweek", ""}, {"end of the month", ""}, {"soon", ""},
		{"the sun is out", ""}, {"i sat down", ""}, {"i may go", ""}, {"march on", ""}, {"at half past 3", ""}, {"yfory", "2026-03-03"}, {"fory", "2026-03-03"}, {"drennydd", "2026-03-04"}, {"nos wener", "2026-03-06"}, {"dydd gwener nesaf", "2026-03-13"}, {"5 mawrth", "2026-03-05"}, {"dydd mawrth", "2026-03-03"}, {"10 o ebrill", "2026-04-10"}, {"wythnos i heddiw", "2026-03-09"}, {"wythnos i ddydd gwener", "2026-03-13"}, {"mewn 3 diwrnod", "2026-03-05"}, {"mewn pythefnos", "2026-03-16"}, {"cyn dydd gwener", ""}, {"wythnos nesaf", ""}, {"ddoe", ""}, {"bob dydd mawrth", "2026-03-03"}, {"dydd gwener", "2026-03-06"},
	} {
		r := Date(c.text, LabelledDay)
		got := ""
		if r.OK {
			got = r.Value.Format(time.DateOnly)
		}
		if got != c.want {
			t.Errorf("%q: %q by %s, want %q", c.text, got, r.Rule, c.want)
		}
	}
}

// A day is today's in the person's own zone, at its midnight.
func TestDateIsMidnightThere(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("there", -5*3600)
	late := time.Date(2026, 3, 2, 23, 30, 0, 0, zone)
	want := time.Date(2026, 3, 3, 0, 0, 0, 0, zone)
	if r := Date("tomorrow", late); !r.OK || !r.Value.Equal(want) || r.Value.Location() != zone {
		t.Errorf("tomorrow is %v by %s, want %v", r.Value, r.Rule, want)
	}
}

// Near the turn of the year a date without a year is the next one.
func TestDateOverNewYear(t *testing.T) {
	t.Parallel()
	december := time.Date(2026, 12, 28, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]string{"2 january": "2027-01-02", "new year's day": "2027-01-01", "28/12": "2026-12-28", "the 3rd": "2027-01-03", "bank holiday": "2027-01-01"} {
		if r := Date(text, december); !r.OK || r.Value.Format(time.DateOnly) != want {
			t.Errorf("%q: %v by %s, want %s", text, r.Value, r.Rule, want)
		}
	}
}

// Easter and the bank holidays are those that gov.uk lists.
func TestHolidays(t *testing.T) {
	t.Parallel()
	for y, want := range map[int]string{2024: "2024-03-31", 2025: "2025-04-20", 2026: "2026-04-05", 2027: "2027-03-28", 2030: "2030-04-21"} {
		if got := easter(y).utc().Format(time.DateOnly); got != want {
			t.Errorf("Easter %d is %s, want %s", y, got, want)
		}
	}
	for y, want := range map[int][]string{
		2026: {"2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28"},
		2027: {"2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27", "2027-12-28"},
		2028: {"2028-01-03", "2028-04-14", "2028-04-17", "2028-05-01", "2028-05-29", "2028-08-28", "2028-12-25", "2028-12-26"},
	} {
		got := bankHolidays(y)
		for i, w := range want {
			if i >= len(got) || got[i].utc().Format(time.DateOnly) != w {
				t.Errorf("bank holidays of %d: %v, want %v", y, got, want)
				break
			}
		}
	}
}
