package dialogs_test

import (
	"testing"
	"time"
	_ "time/tzdata"

	"onestep/dialogs"
)

// The hours are said so that nobody takes 8 in the evening for the morning.
func TestHours(t *testing.T) {
	t.Parallel()
	const mon, tue, wed, thu, fri, sat, sun = time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday
	e := examples(t)
	weekdays := [7]bool{1: true, 2: true, 3: true, 4: true, 5: true}
	all := [7]bool{true, true, true, true, true, true, true}
	for want, h := range map[string]dialogs.Hours{
		"Monday to Friday, 9 to 5":                             {weekdays, 9 * 60, 17 * 60},
		"Monday to Friday, 8:30 to 4:15":                       {weekdays, 8*60 + 30, 16*60 + 15},
		"every day, 8am to 8pm":                                {all, 8 * 60, 20 * 60},
		"every day, midnight to midnight":                      {all, 0, 24 * 60},
		"Tuesday, 9am to noon":                                 {[7]bool{tue: true}, 9 * 60, 12 * 60},
		"Monday and Tuesday, 1pm to 5pm":                       {[7]bool{mon: true, tue: true}, 13 * 60, 17 * 60},
		"Monday, Wednesday and Friday, 9am to 11:30am":         {[7]bool{mon: true, wed: true, fri: true}, 9 * 60, 11*60 + 30},
		"Monday to Wednesday and Saturday, 10 to 2":            {[7]bool{mon: true, tue: true, wed: true, sat: true}, 10 * 60, 14 * 60},
		"Thursday to Sunday, noon to 6pm":                      {[7]bool{thu: true, fri: true, sat: true, sun: true}, 12 * 60, 18 * 60},
		"Monday, Tuesday, Thursday, Friday and Sunday, 9 to 1": {[7]bool{mon: true, tue: true, thu: true, fri: true, sun: true}, 9 * 60, 13 * 60},
		"Saturday and Sunday, 6am to 3pm":                      {[7]bool{sat: true, sun: true}, 6 * 60, 15 * 60},
		"Monday to Friday, 9 to 8:59":                          {weekdays, 9 * 60, 20*60 + 59},
		"Monday to Friday, 12:15pm to 12:45pm":                 {weekdays, 12*60 + 15, 12*60 + 45},
		"Monday to Thursday, Saturday and Sunday, 10 to 4":     {[7]bool{mon: true, tue: true, wed: true, thu: true, sat: true, sun: true}, 10 * 60, 16 * 60},
	} {
		if got := e.Hours(h, "en"); got != want {
			t.Errorf("%q instead of %q", got, want)
		}
	}
}

// When people next read is said by the day as the person knows it, through
// every change of clocks.
func TestReads(t *testing.T) {
	t.Parallel()
	e := examples(t)
	for _, c := range []struct{ zone, now, want, next string }{
		{"Europe/London", "2026-11-23 09:00", "today", "2026-11-23 09:00"},
		{"Europe/London", "2026-11-23 16:59", "today", "2026-11-23 16:59"},
		{"Europe/London", "2026-11-23 08:59", "today at 9", "2026-11-23 09:00"},
		{"Europe/London", "2026-11-23 17:00", "tomorrow at 9", "2026-11-24 09:00"},
		{"Europe/London", "2026-11-27 17:00", "on Monday at 9", "2026-11-30 09:00"},
		{"Europe/London", "2026-11-28 12:00", "on Monday at 9", "2026-11-30 09:00"},
		{"Europe/London", "2026-11-29 23:59", "tomorrow at 9", "2026-11-30 09:00"},
		{"Europe/London", "2026-11-29 23:59", "on Tuesday at 9", "2026-12-01 09:00"},
		{"Europe/London", "2026-12-24 18:00", "on Tuesday at 9", "2026-12-29 09:00"},
		{"Europe/London", "2026-12-25 10:00", "on Tuesday at 9", "2026-12-29 09:00"},
		{"Europe/London", "2026-12-25 10:00", "today", "2026-12-25 10:00"},
		{"Europe/London", "2026-03-27 17:30", "on Monday at 9", "2026-03-30 09:00"},
		{"Europe/London", "2026-10-23 17:30", "on Monday at 9", "2026-10-26 09:00"},
		{"Europe/London", "2026-03-29 00:30", "tomorrow at 9", "2026-03-30 09:00"},
		{"Europe/London", "2026-10-25 23:30", "tomorrow at 9", "2026-10-26 09:00"},
		{"Europe/London", "2026-03-29 00:30", "today at 2am", "2026-03-29 02:00"},
		{"Europe/London", "2026-10-25 01:00", "today at 1:30am", "2026-10-25 01:30"},
		{"America/Havana", "2026-03-07 12:00", "on Monday at 9", "2026-03-09 09:00"},
		{"America/Havana", "2026-03-07 12:00", "tomorrow at 1am", "2026-03-08 01:00"},
		{"Europe/London", "2026-11-24 17:00", "on Tuesday 1 December at 1:30pm", "2026-12-01 13:30"},
		{"Europe/London", "2026-11-25 09:00", "on Tuesday at 1:30pm", "2026-12-01 13:30"},
		{"Europe/London", "2026-05-24 09:00", "on Monday 1 June at 9", "2026-06-01 09:00"},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		at := func(text string) time.Time {
			when, err := time.ParseInLocation("2006-01-02 15:04", text, zone)
			if err != nil {
				t.Fatal(err)
			}
			return when
		}
		if got := e.Reads(at(c.now), at(c.next), "en"); got != c.want {
			t.Errorf("%s, next %s: %q instead of %q", c.now, c.next, got, c.want)
		}
	}
	if got := e.Reads(time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC), time.Time{}, "en"); got != "when the service opens again" {
		t.Errorf("nobody ever reads, and it says %q", got)
	}
}
