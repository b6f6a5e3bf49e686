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

func TestNext(t *testing.T) {
	t.Parallel()
	office := Hours{weekdays(), 9 * 60, 17 * 60}
	afternoons := Hours{Days{time.Tuesday: true}, 13*60 + 30, 17 * 60}
	nights := Hours{Days{time.Sunday: true}, 90, 6 * 60} // opens at 01:30, which a clock change may leave out
	for _, c := range []struct {
		hours  Hours
		region Region
		zone   string
		now    string
		next   string
	}{
		{office, EnglandAndWales, "Europe/London", "2026-11-23 09:00", "2026-11-23 09:00"}, // a Monday
		{office, EnglandAndWales, "Europe/London", "2026-11-23 16:59", "2026-11-23 16:59"},
		{office, EnglandAndWales, "Europe/London", "2026-11-23 08:59", "2026-11-23 09:00"},
		{office, EnglandAndWales, "Europe/London", "2026-11-23 17:00", "2026-11-24 09:00"},
		{office, EnglandAndWales, "Europe/London", "2026-11-27 17:00", "2026-11-30 09:00"}, // Friday evening
		{office, EnglandAndWales, "Europe/London", "2026-11-28 12:00", "2026-11-30 09:00"},
		{office, EnglandAndWales, "Europe/London", "2026-11-29 23:59", "2026-11-30 09:00"},
		{office, Scotland, "Europe/London", "2026-11-29 23:59", "2026-12-01 09:00"}, // St Andrew's Day
		// Christmas Eve 2026 is a Thursday; Boxing Day is a Saturday, given back on Monday.
		{office, EnglandAndWales, "Europe/London", "2026-12-24 18:00", "2026-12-29 09:00"},
		{office, EnglandAndWales, "Europe/London", "2026-12-25 10:00", "2026-12-29 09:00"},
		{office, NoHolidays, "Europe/London", "2026-12-25 10:00", "2026-12-25 10:00"},
		// Clocks go forward on 29 March 2026 and back on 25 October 2026.
		{office, EnglandAndWales, "Europe/London", "2026-03-27 17:30", "2026-03-30 09:00"},
		{office, EnglandAndWales, "Europe/London", "2026-10-23 17:30", "2026-10-26 09:00"},
		{office, EnglandAndWales, "Europe/London", "2026-03-29 00:30", "2026-03-30 09:00"},
		{office, EnglandAndWales, "Europe/London", "2026-10-25 23:30", "2026-10-26 09:00"},
		{nights, NoHolidays, "Europe/London", "2026-03-29 00:30", "2026-03-29 02:00"},
		{nights, NoHolidays, "Europe/London", "2026-10-25 01:00", "2026-10-25 01:30"},
		// Midnight itself is left out where clocks change then.
		{office, NoHolidays, "America/Havana", "2026-03-07 12:00", "2026-03-09 09:00"},
		{Hours{Days{time.Sunday: true}, 0, 6 * 60}, NoHolidays, "America/Havana", "2026-03-07 12:00", "2026-03-08 01:00"},
		{afternoons, EnglandAndWales, "Europe/London", "2026-11-24 17:00", "2026-12-01 13:30"},
		{afternoons, EnglandAndWales, "Europe/London", "2026-11-25 09:00", "2026-12-01 13:30"},
		// Mondays only: 25 May is a holiday and the next Monday is a week away.
		{Hours{Days{time.Monday: true}, 9 * 60, 12 * 60}, EnglandAndWales, "Europe/London", "2026-05-24 09:00", "2026-06-01 09:00"},
	} {
		now := at(t, c.zone, c.now)
		if got := c.hours.Next(now, c.region.Closed).Format("2006-01-02 15:04"); got != c.next {
			t.Errorf("%s: next %s instead of %s", c.now, got, c.next)
		}
	}
	if got := (Hours{}).Next(at(t, "UTC", "2026-11-23 09:00"), never); !got.IsZero() {
		t.Errorf("nobody ever reads, and the next time is %s", got)
	}
}

// A team is asked with an instant of any zone and answers in its own.
func TestTeamNext(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	team := Team{Zone: zone, Hours: Hours{weekdays(), 9 * 60, 17 * 60}, BankHolidays: EnglandAndWales, ClosedOn: []string{"2026-07-07"}}
	for when, want := range map[string]string{
		"2026-07-06T08:00:00Z": "2026-07-06 09:00", // now, in London
		"2026-07-06T07:59:00Z": "2026-07-06 09:00",
		"2026-07-06T16:00:00Z": "2026-07-08 09:00", // the 7th is a day of their own
		"2026-07-05T23:30:00Z": "2026-07-06 09:00", // past midnight in London
	} {
		now, err := time.Parse(time.RFC3339, when)
		if err != nil {
			t.Fatal(err)
		}
		if got := team.Next(now).Format("2006-01-02 15:04"); got != want {
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
