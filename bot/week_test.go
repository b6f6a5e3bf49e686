package bot

import (
	"testing"
	"time"

	"onestep/dialogs"
)

// A reply that comes the week after counts in the week of its check-in, so that
// no week has more answers than check-ins.
func TestALateReplyCountsInTheWeekOfItsCheckIn(t *testing.T) {
	t.Parallel()
	sunday := time.Date(2026, 3, 8, 10, 0, 0, 0, time.UTC)
	tr := &turn{conv: &Conversation{Patient: &Patient{}}, at: sunday}
	session := &dialogs.Session{Frames: []dialogs.Frame{{Script: "weekly"}}, Began: sunday}
	tr.conv.Patient.Dialog = dialogs.State{Session: session}
	tr.count(dialogs.State{}, []dialogs.Effect{dialogs.Record{What: "session", Name: "weekly", Rule: "began"}})
	tr.at = sunday.AddDate(0, 0, 2)
	before, replied := tr.conv.Patient.Dialog, *session
	replied.Replied = true
	tr.conv.Patient.Dialog = dialogs.State{Session: &replied}
	tr.count(before, []dialogs.Effect{dialogs.Record{What: "session", Name: "weekly", Rule: "began"}})
	for _, w := range tr.conv.Patient.Weeks {
		want := map[string]Week{"2026-03-02": {Of: "2026-03-02", Sent: 1, Answered: 1}, "2026-03-09": {Of: "2026-03-09", Sent: 1}}[w.Of]
		if w != want {
			t.Errorf("got %+v, want %+v", w, want)
		}
	}
	for range 3 { // only the latest weeks are kept
		tr.at = tr.at.AddDate(0, 0, 7)
		tr.week(tr.at).Sent++
	}
	tr.week(sunday).Answered++
	if n := len(tr.conv.Patient.Weeks); n != keptWeeks || tr.conv.Patient.Weeks[0].Of != "2026-03-23" {
		t.Errorf("kept are %+v", tr.conv.Patient.Weeks)
	}
}
