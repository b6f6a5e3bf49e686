package bot_test

import (
	"strings"
	"testing"
	"time"
)

// From words of danger until a worker presses that it is done nothing is sent
// first. Then the check-ins go on at their next due day: what fell due meanwhile is
// neither made up for nor sent with the next.
func TestCheckInsGoOnAfterDanger(t *testing.T) {
	const (
		silent = "03-09 10:00 03-16 10:00" // after two without a reply the third is passed over, as ever
		weekly = silent + " 03-23 10:00"
	)
	for name, c := range map[string]struct {
		danger, done time.Duration // since the first conversation, a Monday at 10
		press, want  string
	}{
		"between two check-ins":            {2 * day, 3 * day, "Done", silent},
		"over one that fell due":           {2 * day, 9 * day, "Done", "03-16 10:00 03-23 10:00"},
		"over two that fell due":           {2 * day, 16 * day, "Done", "03-23 10:00"},
		"in the morning of one":            {7*day - 2*time.Hour, 7*day - time.Hour, "Done", silent},
		"done an hour after one fell due":  {6 * day, 7*day + time.Hour, "Done", "03-16 10:00 03-23 10:00"},
		"while the check-in is open":       {7*day + time.Hour, 8 * day, "Done", weekly},
		"open, and over the next":          {7*day + time.Hour, 15 * day, "Done", "03-09 10:00 03-23 10:00"},
		"a false alarm over one":           {2 * day, 9 * day, "False alarm", "03-16 10:00 03-23 10:00"},
		"a false alarm while it is open":   {7*day + time.Hour, 7*day + 2*time.Hour, "False alarm", weekly},
		"pressed on, and done over one":    {2 * day, 9 * day, "I am on it, Done", "03-16 10:00 03-23 10:00"},
		"in the night before, and at nine": {6*day + 15*time.Hour, 6*day + 23*time.Hour, "Done", silent},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			code := w.enrols()
			w.begins("6")
			before := w.platform.count()
			got := w.first(c.danger)
			w.writes(patient, danger)
			held := w.platform.count()
			w.waits(c.done - c.danger)
			if sent := to(w.platform.since(held), patient); len(sent) != 0 {
				t.Errorf("on hold they got:\n%s", texts(sent))
			}
			for label := range strings.SplitSeq(c.press, ", ") {
				w.presses(worker, label)
			}
			got = append(got, w.first(23*day-c.done)...)
			if s := w.days(got, hello); s != c.want {
				t.Errorf("check-ins: %s, want %s", s, c.want)
			}
			if n := strings.Count(texts(to(w.platform.since(before), patient)), hello); n != len(strings.Fields(c.want))/2 {
				t.Errorf("%d check-ins in all, want %s", n, c.want)
			}
			w.expect(w.writes(worker, "why "+code), worker, "The last message that I sent first was")
		})
	}
}
