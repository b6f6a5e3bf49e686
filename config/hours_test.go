package config

import (
	"testing"
	"time"
	_ "time/tzdata"
)

func never(time.Time) bool { return false }

func at(t *testing.T, zone, when string) time.Time {
	t.Helper()
	location, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	instant, err := time.ParseInLocation("2006-01-02 15:04", when, location)
	if err != nil {
		t.Fatal(err)
	}
	return instant
}

func weekdays() Days { return Days{false, true, true, true, true, true, false} }

func TestWords(t *testing.T) {
	t.Parallel()
	const mon, tue, wed, thu, fri, sat, sun = time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday
	all := Days{true, true, true, true, true, true, true}
	for want, h := range map[string]Hours{
		"Monday to Friday, 9 to 5":                             {weekdays(), 9 * 60, 17 * 60},
		"Monday to Friday, 8:30 to 4:15":                       {weekdays(), 8*60 + 30, 16*60 + 15},
		"every day, 8am to 8pm":                                {all, 8 * 60, 20 * 60},
		"every day, midnight to midnight":                      {all, 0, 24 * 60},
		"Tuesday, 9am to noon":                                 {Days{tue: true}, 9 * 60, 12 * 60},
		"Monday and Tuesday, 1pm to 5pm":                       {Days{mon: true, tue: true}, 13 * 60, 17 * 60},
		"Monday, Wednesday and Friday, 9am to 11:30am":         {Days{mon: true, wed: true, fri: true}, 9 * 60, 11*60 + 30},
		"Monday to Wednesday and Saturday, 10 to 2":            {Days{mon: true, tue: true, wed: true, sat: true}, 10 * 60, 14 * 60},
		"Thursday to Sunday, noon to 6pm":                      {Days{thu: true, fri: true, sat: true, sun: true}, 12 * 60, 18 * 60},
		"Monday, Tuesday, Thursday, Friday and Sunday, 9 to 1": {Days{mon: true, tue: true, thu: true, fri: true, sun: true}, 9 * 60, 13 * 60},
		"Saturday and Sunday, 6am to 3pm":                      {Days{sat: true, sun: true}, 6 * 60, 15 * 60},
		"Monday to Friday, 9 to 8:59":                          {weekdays(), 9 * 60, 20*60 + 59},
		"Monday to Friday, 12:15pm to 12:45pm":                 {weekdays(), 12*60 + 15, 12*60 + 45},
		"Monday to Thursday, Saturday and Sunday, 10 to 4":     {Days{mon: true, tue: true, wed: true, thu: true, sat: true, sun: true}, 10 * 60, 16 * 60},
	} {
		if got := h.Words(); got != want {
			t.Errorf("%q instead of %q", got, want)
		}
	}
}

func TestReads(t *testing.T) {
	t.Parallel()
	office := Hours{weekdays(), 9 * 60, 17 * 60}
	afternoons := Hours{Days{time.Tuesday: true}, 13*60 + 30, 17 * 60}
	nights := Hours{Days{time.Sunday: true}, 90, 6 * 60} // opens at 01:30, which a clock change may leave out
	for _, c := range []struct {
		hours  Hours
		region Region
		zone   string
		now    string
		want   string
		next   string
	}{
		{office, EnglandAndWales, "Europe/London", "2026-11-23 09:00", "today", "2026-11-23 09:00"}, // a Monday
		{office, EnglandAndWales, "Europe/London", "2026-11-23 16:59", "today", "2026-11-23 16:59"},
		{office, EnglandAndWales, "Europe/London", "2026-11-23 08:59", "today at 9", "2026-11-23 09:00"},
		{office, EnglandAndWales, "Europe/London", "2026-11-23 17:00", "tomorrow at 9", "2026-11-24 09:00"},
		{office, EnglandAndWales, "Europe/London", "2026-11-27 17:00", "on Monday at 9", "2026-11-30 09:00"}, // Friday evening
		{office, EnglandAndWales, "Europe/London", "2026-11-28 12:00", "on Monday at 9", "2026-11-30 09:00"},
		{office, EnglandAndWales, "Europe/London", "2026-11-29 23:59", "tomorrow at 9", "2026-11-30 09:00"},
		{office, Scotland, "Europe/London", "2026-11-29 23:59", "on Tuesday at 9", "2026-12-01 09:00"}, // St Andrew's Day
		// Christmas Eve 2026 is a Thursday; Boxing Day is a Saturday, given back on Monday.
		{office, EnglandAndWales, "Europe/London", "2026-12-24 18:00", "on Tuesday at 9", "2026-12-29 09:00"},
		{office, EnglandAndWales, "Europe/London", "2026-12-25 10:00", "on Tuesday at 9", "2026-12-29 09:00"},
		{office, NoHolidays, "Europe/London", "2026-12-25 10:00", "today", "2026-12-25 10:00"},
		// Clocks go forward on 29 March 2026 and back on 25 October 2026.
		{office, EnglandAndWales, "Europe/London", "2026-03-27 17:30", "on Monday at 9", "2026-03-30 09:00"},
		{office, EnglandAndWales, "Europe/London", "2026-10-23 17:30", "on Monday at 9", "2026-10-26 09:00"},
		{office, EnglandAndWales, "Europe/London", "2026-03-29 00:30", "tomorrow at 9", "2026-03-30 09:00"},
		{office, EnglandAndWales, "Europe/London", "2026-10-25 23:30", "tomorrow at 9", "2026-10-26 09:00"},
		{nights, NoHolidays, "Europe/London", "2026-03-29 00:30", "today at 1:30am", "2026-03-29 02:00"},
		{nights, NoHolidays, "Europe/London", "2026-10-25 01:00", "today at 1:30am", "2026-10-25 01:30"},
		// Midnight itself is left out where clocks change then.
		{office, NoHolidays, "America/Havana", "2026-03-07 12:00", "on Monday at 9", "2026-03-09 09:00"},
		{Hours{Days{time.Sunday: true}, 0, 6 * 60}, NoHolidays, "America/Havana", "2026-03-07 12:00", "tomorrow at midnight", "2026-03-08 01:00"},
		{afternoons, EnglandAndWales, "Europe/London", "2026-11-24 17:00", "on Tuesday 1 December at 1:30pm", "2026-12-01 13:30"},
		{afternoons, EnglandAndWales, "Europe/London", "2026-11-25 09:00", "on Tuesday at 1:30pm", "2026-12-01 13:30"},
		// Mondays only: 25 May is a holiday and the next Monday is a week away.
		{Hours{Days{time.Monday: true}, 9 * 60, 12 * 60}, EnglandAndWales, "Europe/London", "2026-05-24 09:00", "on Monday 1 June at 9", "2026-06-01 09:00"},
	} {
		now := at(t, c.zone, c.now)
		if got := c.hours.Reads(now, c.region.Closed); got != c.want {
			t.Errorf("%s: %q instead of %q", c.now, got, c.want)
		}
		if got := c.hours.Next(now, c.region.Closed).Format("2006-01-02 15:04"); got != c.next {
			t.Errorf("%s: next %s instead of %s", c.now, got, c.next)
		}
	}
	if got := (Hours{}).Reads(at(t, "UTC", "2026-11-23 09:00"), never); got != "when the service opens again" {
		t.Errorf("nobody ever reads, and it says %q", got)
	}
}

// A team is asked with an instant of any zone and answers in its own.
func TestTeamReads(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	team := Team{Zone: zone, Hours: Hours{weekdays(), 9 * 60, 17 * 60}, BankHolidays: EnglandAndWales, ClosedOn: []string{"2026-07-07"}}
	for when, want := range map[string]string{
		"2026-07-06T08:00:00Z": "today", // 09:00 in London
		"2026-07-06T07:59:00Z": "today at 9",
		"2026-07-06T16:00:00Z": "on Wednesday at 9", // the 7th is a day of their own
		"2026-07-05T23:30:00Z": "today at 9",        // past midnight in London
	} {
		now, err := time.Parse(time.RFC3339, when)
		if err != nil {
			t.Fatal(err)
		}
		if got := team.Reads(now); got != want {
			t.Errorf("%s: %q instead of %q", when, got, want)
		}
	}
}

func TestParseClock(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]Clock{"0:00": 0, "09:00": 540, "9:05": 545, "23:59": 1439, "24:00": 1440} {
		if got, ok := parseClock(s); !ok || got != want {
			t.Errorf("%q: %d %v", s, got, ok)
		}
	}
	for _, s := range []string{"", "9", "9:0", "09:60", "24:01", "25:00", "-1:00", "+9:00", "009:00", "09:000", ":30", "9.30", "9:30pm"} {
		if got, ok := parseClock(s); ok {
			t.Errorf("%q is read as %d", s, got)
		}
	}
}
