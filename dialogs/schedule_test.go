package dialogs

import (
	"testing"
	"time"
)

func TestScheduleNext(t *testing.T) {
	t.Parallel()
	const layout = "2006-01-02 15:04 -0700"
	tests := []struct {
		name     string
		schedule Schedule
		zone     string
		after    string
		want     string // "" for none
	}{
		{"the same day, later", Schedule{Weekly: time.Monday, Every: 1, At: "10:00"}, "Europe/London", "2026-03-02 09:00 +0000", "2026-03-02 10:00 +0000"},
		{"strictly after", Schedule{Weekly: time.Monday, Every: 1, At: "10:00"}, "Europe/London", "2026-03-02 10:00 +0000", "2026-03-09 10:00 +0000"},
		{"spring forward keeps the wall clock", Schedule{Weekly: time.Monday, Every: 1, At: "10:00"}, "Europe/London", "2026-03-29 12:00 +0100", "2026-03-30 10:00 +0100"},
		{"autumn back keeps the wall clock", Schedule{Weekly: time.Monday, Every: 1, At: "10:00"}, "Europe/London", "2026-10-24 12:00 +0100", "2026-10-26 10:00 +0000"},
		{"the missing hour is taken at its end", Schedule{Weekly: time.Sunday, Every: 1, At: "01:30"}, "Europe/London", "2026-03-28 12:00 +0000", "2026-03-29 02:00 +0100"},
		{"the doubled hour is taken once, the first time", Schedule{Weekly: time.Sunday, Every: 1, At: "01:30"}, "Europe/London", "2026-10-24 12:00 +0100", "2026-10-25 01:30 +0100"},
		{"and not again", Schedule{Weekly: time.Sunday, Every: 1, At: "01:30"}, "Europe/London", "2026-10-25 01:30 +0100", "2026-11-01 01:30 +0000"},
		{"half-hour change", Schedule{Weekly: time.Sunday, Every: 1, At: "02:15"}, "Australia/Lord_Howe", "2026-10-03 12:00 +1030", "2026-10-04 02:30 +1100"},
		{"half-hour change back", Schedule{Weekly: time.Sunday, Every: 1, At: "01:45"}, "Australia/Lord_Howe", "2026-04-04 12:00 +1100", "2026-04-05 01:45 +1100"},
		{"fortnightly", Schedule{Weekly: time.Friday, Every: 2, At: "14:00", From: time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)}, "Europe/London", "2026-01-02 14:00 +0000", "2026-01-16 14:00 +0000"},
		{"far ahead stays in step", Schedule{Weekly: time.Friday, Every: 2, At: "14:00", From: time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)}, "Europe/London", "2027-01-02 14:00 +0000", "2027-01-15 14:00 +0000"},
		{"agreed after this week's time", Schedule{Weekly: time.Monday, Every: 1, At: "10:00", From: time.Date(2026, 3, 2, 11, 0, 0, 0, time.UTC)}, "Europe/London", "2026-03-02 11:00 +0000", "2026-03-09 10:00 +0000"},
		{"one date", Schedule{On: "2026-02-28", At: "10:00"}, "Asia/Kathmandu", "2026-02-01 00:00 +0545", "2026-02-28 10:00 +0545"},
		{"one date that is over", Schedule{On: "2026-02-28", At: "10:00"}, "Asia/Kathmandu", "2026-03-01 00:00 +0545", ""},
		{"leap day", Schedule{On: "2028-02-29", At: "10:00"}, "America/New_York", "2028-01-01 00:00 -0500", "2028-02-29 10:00 -0500"},
		{"west of the date line", Schedule{Weekly: time.Monday, Every: 1, At: "09:00"}, "Pacific/Apia", "2026-01-04 23:59 +1300", "2026-01-05 09:00 +1300"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			zone, err := time.LoadLocation(tt.zone)
			if err != nil {
				t.Fatal(err)
			}
			after, err := time.Parse(layout, tt.after)
			if err != nil {
				t.Fatal(err)
			}
			if tt.schedule.From.IsZero() {
				tt.schedule.From = after.AddDate(0, -1, 0)
			}
			got, ok := tt.schedule.Next(after, zone)
			if !ok {
				got = time.Time{}
			}
			if tt.want == "" {
				if ok {
					t.Fatalf("got %s, want none", got.Format(layout))
				}
				return
			}
			if s := got.In(zone).Format(layout); s != tt.want {
				t.Errorf("got %s, want %s", s, tt.want)
			}
		})
	}
}
