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
