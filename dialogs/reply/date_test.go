package reply

import (
	"strings"
	"testing"
	"time"
)

func TestDate(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, want string }{
		{"tomorrow if that's ok", "2026-03-03"}, {"not tomorrow but the day after", "2026-03-04"}, {"tomorrow or friday", ""}, {"tomorrow or day after", ""}, {"tomorrow or the day after", ""}, {"friday or whenever", ""}, {"friday not this week", ""}, {"friday, not next week", ""}, {"friday morning or afternoon", "2026-03-06"}, {"friday if that's ok", "2026-03-06"}, {"tomorrow week", "2026-03-10"},
		{"Monday", "2026-03-09"}, {"this monday", ""}, {"this coming monday", "2026-03-09"}, {"Monday 2nd", "2026-03-02"}, {"monday this week", "2026-03-02"},
		{"Friday", "2026-03-06"}, {"next Friday", "2026-03-13"}, {"friday week", "2026-03-13"}, {"friday a week", "2026-03-13"}, {"friday fortnight", "2026-03-20"}, {"two weeks on friday", "2026-03-20"}, {"next week, friday", "2026-03-13"},
		{"by friday", ""}, {"friday onwards", ""}, {"friday or sooner", ""}, {"the day after friday", "2026-03-07"}, {"any friday", ""}, {"this friday or next", ""}, {"friday, if not saturday", ""}, {"friday at the latest", ""},
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
	for n, years := range map[nation]map[int]string{
		englandAndWales: {
			2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
			2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
			2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
			2033: "01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27",
		},
		scotland: {
			2022: "01-03 01-04 04-15 05-02 05-30 08-01 11-30 12-26 12-27",
			2024: "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26",
			2026: "01-01 01-02 04-03 05-04 05-25 08-03 11-30 12-25 12-28",
			2027: "01-01 01-04 03-26 05-03 05-31 08-02 11-30 12-27 12-28",
		},
		northernIreland: {
			2024: "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26",
			2025: "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26",
		},
	} {
		for y, want := range years {
			var got []string
			for _, b := range bankHolidays(y, n) {
				got = append(got, b.day.utc().Format("01-02"))
			}
			if strings.Join(got, " ") != want {
				t.Errorf("bank holidays of %d in %d: %v, want %s", y, n, got, want)
			}
		}
	}
}

// A bank holiday that is the same in all of the United Kingdom is taken. Where the
// nations have different days, or some have none, the person is told which was taken.
func TestBankHolidaysOfTheNations(t *testing.T) {
	t.Parallel()
	const told = true
	for _, c := range []struct {
		text, today, want string
		told              bool
	}{
		// The same everywhere.
		{"the bank holiday", "2026-04-20", "2026-05-04", false},
		{"bank holiday monday", "2026-05-10", "2026-05-25", false},
		{"the day after the bank holiday", "2026-04-20", "2026-05-05", false},
		{"the tuesday after the bank holiday", "2026-04-20", "2026-05-05", false},
		{"early may bank holiday", "2026-03-02", "2026-05-04", false},
		{"spring bank holiday", "2026-03-02", "2026-05-25", false},
		{"good friday bank holiday", "2026-06-30", "2027-03-26", false},
		{"christmas day bank holiday", "2026-06-30", "2026-12-25", false},
		{"boxing day bank holiday", "2026-06-30", "2026-12-28", false},
		{"new year's day bank holiday", "2027-11-01", "2028-01-03", false},
		{"bank holiday", "2026-12-28", "2027-01-01", false},
		// Easter Monday is none in Scotland.
		{"bank holiday monday", "2026-04-03", "2026-04-06", told},
		{"easter monday bank holiday", "2026-06-30", "2027-03-29", told},
		{"the tuesday after the bank holiday", "2026-04-03", "2026-04-07", told},
		{"not the bank holiday, the tuesday after", "2026-04-03", "2026-04-07", told},
		// St Patrick's is one in Northern Ireland alone.
		{"next bank holiday", "2026-03-02", "2026-04-03", told},
		{"the day after the bank holiday", "2026-03-02", "2026-04-04", told},
		{"st patrick's day bank holiday", "2026-03-02", "2026-03-17", told},
		{"march bank holiday", "2026-03-02", "2026-03-17", told},
		{"july bank holiday", "2026-03-02", "2026-07-13", told},
		// August has the first Monday in Scotland, the last elsewhere.
		{"august bank holiday", "2026-06-30", "2026-08-31", told},
		{"the summer bank holiday", "2026-06-30", "2026-08-31", told},
		{"early august bank holiday", "2026-06-30", "2026-08-03", told},
		{"after august bank holiday, the tuesday", "2026-06-30", "", told},
		{"bank holiday", "2026-08-10", "2026-08-31", told},
		// St Andrew's and 2 January are Scotland's.
		{"bank holiday", "2026-11-25", "2026-12-25", told},
		{"st andrew's bank holiday", "2026-11-25", "2026-11-30", told},
		{"november bank holiday", "2026-06-30", "2026-11-30", told},
		{"january bank holiday", "2026-12-10", "2027-01-01", told},
		{"new year bank holiday", "2026-12-10", "2027-01-01", told},
		{"bank holiday", "2027-01-01", "2027-03-26", told},
		// Whose it is, or the date, is said.
		{"the scottish august bank holiday", "2026-06-30", "2026-08-03", false},
		{"the northern irish bank holiday", "2026-06-30", "2026-07-13", false},
		{"bank holiday monday 3 august", "2026-06-30", "2026-08-03", false},
		{"august bank holiday, the 31st of august", "2026-06-30", "2026-08-31", false},
		// One of two, or none.
		{"may bank holiday", "2026-03-02", "", told},
		{"christmas bank holiday", "2026-06-30", "", told},
		{"easter bank holiday", "2026-03-02", "", told},
		{"st david's day bank holiday", "2026-03-02", "", told},
	} {
		today, err := time.Parse(time.DateOnly, c.today)
		if err != nil {
			t.Fatal(err)
		}
		r := Date(c.text, today)
		got := ""
		if r.OK {
			got = r.Value.Format(time.DateOnly)
		}
		if got != c.want || r.AskBack != c.told {
			t.Errorf("%q on %s: %q by %s, told %v; want %q, %v", c.text, c.today, got, r.Rule, r.AskBack, c.want, c.told)
		}
	}
}
