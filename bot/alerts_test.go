package bot_test

import (
	"fmt"
	"testing"
	"time"

	"onestep/bot"
)

// crowd enrols so many more patients.
func (w *world) crowd(n int) (chats []bot.Chat) {
	w.Helper()
	for i := range n {
		c := bot.Chat{Platform: "test", ID: fmt.Sprintf("patient %d", i)}
		w.writes(c, "start "+codeIn(w, w.writes(worker, "invite")))
		chats = append(chats, c)
	}
	return chats
}

// One person writes words of danger again and again, and one alert is told to many:
// the channel reads of fewer than five people either way.
func TestTheSummaryCountsPeopleAndNotTheirAlerts(t *testing.T) {
	w := newWorld(t)
	leads := []bot.Chat{lead}
	for i := range 4 {
		leads = append(leads, bot.Chat{Platform: "test", ID: fmt.Sprintf("lead %d", i)})
	}
	w.bot.Teams[0].Leads = leads
	if err := w.bot.Prepare(w.ctx); err != nil {
		t.Fatal(err)
	}
	w.enrols()
	others := w.crowd(11)
	for range 6 {
		w.writes(patient, danger)
		w.presses(worker, "I am on it")
		w.now = w.now.Add(time.Minute)
	}
	w.writes(others[0], danger) // nobody presses: five leads have it on their lists
	got := w.waits(7 * 24 * time.Hour)
	w.expect(got, channel, "\nPeople with an alert: fewer than 5, picked up in time: fewer than 5, open now: fewer than 5.")
}

// Who was picked up in time is read from the clock of each alert.
func TestAPersonIsPickedUpInTimeWhenEachOfTheirAlertsWas(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	others := w.crowd(11)
	for i, c := range others[:8] {
		w.writes(c, danger)
		if i == 0 {
			w.now = w.now.Add(20 * time.Minute)
			w.settle()
		}
		w.presses(worker, "Done")
	}
	w.writes(others[1], danger)
	w.now = w.now.Add(20 * time.Minute)
	w.settle()
	w.presses(worker, "Done")
	w.expect(w.waits(7*24*time.Hour), channel, "\nPeople with an alert: 8, picked up in time: 5 or more, open now: 0.")
	for i, want := range []bot.Alerts{{Of: "2026-03-02", Raised: 1}, {Of: "2026-03-02", Raised: 2, InTime: 1}, {Of: "2026-03-02", Raised: 1, InTime: 1}} {
		if got := w.conversation(others[i]).Patient.Alerts; len(got) != 1 || got[0] != want {
			t.Errorf("%d: %+v, want %+v", i, got, want)
		}
	}
}
