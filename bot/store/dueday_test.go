package store

import (
	"testing"
	"time"
)

func TestTheSamePlanHasTheSameReasonEveryWeek(t *testing.T) {
	t.Parallel()
	want := "why=plan rule=FREQ=WEEKLY;BYDAY=TU at=10:00 due=T10:00:00+01:00 zone=Europe/London"
	for _, c := range []struct {
		at, rule, want string
	}{
		{"2026-05-12T09:00:00Z", "why=plan rule=FREQ=WEEKLY;BYDAY=TU at=10:00 due=2026-05-12T10:00:00+01:00 zone=Europe/London", want},
		{"2026-05-19T11:30:00Z", "why=plan rule=FREQ=WEEKLY;BYDAY=TU at=10:00 due=2026-05-19T10:00:00+01:00 zone=Europe/London", want},
		// Sent on another day than that on which it was due.
		{"2026-05-20T09:00:00Z", "why=plan due=2026-05-19T10:00:00+01:00", "why=plan due=2026-05-19T10:00:00+01:00"},
		// The day is that of where the person is.
		{"2026-05-18T21:00:00Z", "why=plan due=2026-05-19T10:00:00+13:00", "why=plan due=T10:00:00+13:00"},
		{"2026-01-06T10:00:00Z", "why=plan due=2026-01-06T10:00:00Z", "why=plan due=T10:00:00Z"},
		{"2026-01-06T10:00:00Z", "button", "button"},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if short, _ := withoutDay(c.rule, at); short != c.want {
			t.Errorf("%s: %q, want %q", c.at, short, c.want)
		}
	}
}
