package bot

import (
	"testing"
	"time"
)

func TestQuietUntil(t *testing.T) {
	t.Parallel()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	const layout = "2006-01-02 15:04 -0700"
	night, noon := Quiet{Start: "20:00", End: "09:00"}, Quiet{Start: "12:00", End: "14:00"}
	for _, tt := range []struct {
		name     string
		quiet    Quiet
		at, want string
		zone     string // London where it is left out
	}{
		{"by day", night, "2026-03-02 12:00 +0000", "2026-03-02 12:00 +0000", ""},
		{"the first quiet minute", night, "2026-03-02 20:00 +0000", "2026-03-03 09:00 +0000", ""},
		{"the last quiet minute", night, "2026-03-02 08:59 +0000", "2026-03-02 09:00 +0000", ""},
		{"the end itself", night, "2026-03-02 09:00 +0000", "2026-03-02 09:00 +0000", ""},
		{"over the spring change", night, "2026-03-28 23:00 +0000", "2026-03-29 09:00 +0100", ""},
		{"over the autumn change", night, "2026-10-24 23:00 +0100", "2026-10-25 09:00 +0000", ""},
		{"over the new year", night, "2026-12-31 21:00 +0000", "2027-01-01 09:00 +0000", ""},
		{"the first quiet minute of summer", night, "2026-07-01 20:00 +0100", "2026-07-02 09:00 +0100", ""},
		{"the last minute of a summer's day", night, "2026-07-01 19:59 +0100", "2026-07-01 19:59 +0100", ""},
		{"far to the east, by day", night, "2026-03-02 09:30 +1300", "2026-03-02 09:30 +1300", "Pacific/Auckland"},
		{"far to the west, at night", night, "2026-03-02 20:30 -0800", "2026-03-03 09:00 -0800", "America/Los_Angeles"},
		{"until a time that the clocks skip", Quiet{Start: "22:00", End: "00:30"}, "2026-03-28 23:00 +0200", "2026-03-29 01:00 +0300", "Asia/Beirut"},
		{"until a time that the clocks show twice", Quiet{Start: "20:00", End: "01:30"}, "2026-10-24 23:00 +0100", "2026-10-25 01:30 +0100", ""},
		{"within one day", noon, "2026-03-02 13:00 +0000", "2026-03-02 14:00 +0000", ""},
		{"never quiet", Quiet{}, "2026-03-02 03:00 +0000", "2026-03-02 03:00 +0000", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			at, err := time.Parse(layout, tt.at)
			if err != nil {
				t.Fatal(err)
			}
			zone := london
			if tt.zone != "" {
				if zone, err = time.LoadLocation(tt.zone); err != nil {
					t.Fatal(err)
				}
			}
			if got := tt.quiet.Until(at, zone).In(zone).Format(layout); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
