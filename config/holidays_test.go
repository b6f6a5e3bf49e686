package config

import (
	"strings"
	"testing"
	"time"
)

// The days that GOV.UK published (gov.uk/bank-holidays), without those
// proclaimed for a single occasion.
var published = map[Region]map[int]string{
	EnglandAndWales: {
		2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
		2023: "01-02 04-07 04-10 05-01 05-29 08-28 12-25 12-26",
		2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
		2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
		2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
		2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
	},
	Scotland: {
		2021: "01-01 01-04 04-02 05-03 05-31 08-02 11-30 12-27 12-28",
		2022: "01-03 01-04 04-15 05-02 05-30 08-01 11-30 12-26 12-27",
		2023: "01-02 01-03 04-07 05-01 05-29 08-07 11-30 12-25 12-26",
		2024: "01-01 01-02 03-29 05-06 05-27 08-05 12-02 12-25 12-26",
		2025: "01-01 01-02 04-18 05-05 05-26 08-04 12-01 12-25 12-26",
	},
	NorthernIreland: {
		2023: "01-02 03-17 04-07 04-10 05-01 05-29 07-12 08-28 12-25 12-26",
		2024: "01-01 03-18 03-29 04-01 05-06 05-27 07-12 08-26 12-25 12-26",
		2025: "01-01 03-17 04-18 04-21 05-05 05-26 07-14 08-25 12-25 12-26",
	},
	NoHolidays: {2026: ""},
}

func TestBankHolidays(t *testing.T) {
	t.Parallel()
	// In 2022 the spring holiday was moved to 2 June for a jubilee; the rules
	// give 30 May, and a team says the rest under `closed`.
	for region, years := range published {
		for year, want := range years {
			var got []string
			for day := time.Date(year, 1, 1, 12, 0, 0, 0, time.UTC); day.Year() == year; day = day.AddDate(0, 0, 1) {
				if region.Closed(day) {
					got = append(got, day.Format("01-02"))
				}
			}
			if strings.Join(got, " ") != want {
				t.Errorf("%s %d:\n got %s\nwant %s", region, year, strings.Join(got, " "), want)
			}
		}
	}
}

// Every bank holiday falls on a weekday, and each region has its number, in
// every year.
func TestBankHolidaysOfACentury(t *testing.T) {
	t.Parallel()
	for region, count := range map[Region]int{EnglandAndWales: 8, Scotland: 9, NorthernIreland: 10} {
		for year := 2000; year < 2100; year++ {
			days := map[time.Time]bool{}
			for _, day := range region.year(year) {
				days[day] = true
				if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday || day.Year() != year {
					t.Errorf("%s: %s", region, day.Format(time.DateOnly))
				}
			}
			if len(days) != count {
				t.Errorf("%s %d has %d bank holidays instead of %d", region, year, len(days), count)
			}
		}
	}
}

func TestEaster(t *testing.T) {
	t.Parallel()
	for _, want := range []string{"1961-04-02", "2000-04-23", "2008-03-23", "2011-04-24", "2019-04-21", "2024-03-31", "2026-04-05", "2038-04-25", "2076-04-19", "2285-03-22"} {
		year, err := time.Parse(time.DateOnly, want)
		if err != nil {
			t.Fatal(err)
		}
		if got := easterSunday(year.Year()).Format(time.DateOnly); got != want {
			t.Errorf("Easter of %d: %s instead of %s", year.Year(), got, want)
		}
	}
}

// Bank holidays that nobody has looked up are worse than none: people would be
// written to on a day that everybody has off.
func TestBankHolidaysAreReviewed(t *testing.T) {
	t.Parallel()
	if _, err := time.Parse(time.DateOnly, HolidaysReview); err != nil {
		t.Fatal(err)
	}
	if HolidaysStale(time.Now()) {
		t.Errorf("the bank holidays were to be compared with gov.uk/bank-holidays by %s", HolidaysReview)
	}
	if day := time.Date(2027, 5, 1, 23, 59, 0, 0, time.UTC); HolidaysStale(day) || !HolidaysStale(day.AddDate(0, 0, 1)) {
		t.Error("a review date is good until its day is over")
	}
}
