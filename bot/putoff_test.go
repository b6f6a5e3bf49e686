package bot_test

import (
	"testing"
	"time"
)

// A check-in that a closed day holds back is the one that a put-off or another
// time means: it comes once, and the next week's stays.
func TestAPutOffMeansTheCheckInThatIsHeld(t *testing.T) {
	for wish, want := range map[string]string{
		"can we do thursday instead this time please": "03-12 10:00 03-16 10:00",
		"thursdays please":                            "03-12 10:00",
		"mondays at 9am please":                       "03-16 09:00", // the held one gives way
	} {
		t.Run(wish, func(t *testing.T) {
			w := newWorld(t)
			w.bot.Teams[0].Closed = func(d time.Time) bool { return d.Format(time.DateOnly) == "2026-03-09" }
			w.enrols()
			w.begins("6")
			w.waits(25 * time.Hour)
			w.writes(patient, "no") // the set questions
			w.waits(time.Hour)
			w.waits(6 * day) // the closed Monday, 12:00
			w.writes(patient, wish)
			w.expect(w.presses(patient, "Yes"), patient, "Thank you. I have noted that.")
			got := w.first(4 * day)
			for w.conversation(patient).Patient.Dialog.Session != nil {
				w.writes(patient, "skip")
			}
			if days := w.days(append(got, w.first(5*day)...), hello); days != want {
				t.Errorf("check-ins on %q, want %q", days, want)
			}
		})
	}
}

// A check-in that falls due while a change of plan waits for its yes is the week's:
// after a no it comes, or it gets the day that is picked, and comes once.
func TestACheckInThatFallsDueBeforeANoIsNotLost(t *testing.T) {
	for name, c := range map[string]struct {
		then []string
		want string
	}{
		"it stays as it is":      {[]string{"no", "skip"}, "03-09 12:00 03-16 10:00"},
		"the same day is picked": {[]string{"no", "monday", "10am"}, "03-09 12:00 03-16 10:00"},
		"a later time that day":  {[]string{"no", "monday", "2pm"}, "03-09 14:00 03-16 14:00"},
		"another day is picked":  {[]string{"no", "thursday", "10am"}, "03-12 10:00"},
		"it is right":            {[]string{"yes"}, "03-11 10:00"},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.enrols()
			w.begins("6")
			w.waits(25 * time.Hour)
			w.writes(patient, "no") // the set questions
			w.waits(5*day + 6*time.Hour)
			w.writes(patient, "wednesdays please") // Sunday
			w.waits(time.Date(2026, 3, 9, 12, 0, 0, 0, time.UTC).Sub(w.now))
			var got []planned
			for _, words := range c.then {
				for _, m := range to(w.writes(patient, words), patient) {
					got = append(got, planned{w.now, m.Text})
				}
			}
			for range 8 {
				got = append(got, w.first(day)...)
				for w.conversation(patient).Patient.Dialog.Session != nil {
					w.writes(patient, "skip")
				}
			}
			if days := w.days(got, hello); days != c.want {
				t.Errorf("check-ins on %q, want %q; they got %v", days, c.want, got)
			}
		})
	}
}
