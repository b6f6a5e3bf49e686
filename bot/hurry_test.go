package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// A burst of check-ins comes due, and while it is taken, words that waited for
// more settle and the clock of an alert runs out: both are in the very next batch,
// and so is the person's answer and the word to the lead.
func TestWhatAnswersAndProtectsDoesNotWaitBehindABurst(t *testing.T) {
	w := newWorld(t)
	w.freeText()
	w.writes(worker, danger) // the alert of a worker has a clock like any other
	w.waits(14*time.Minute + 58*time.Second)
	const crowd = 600 // three batches of each shard
	for n := range crowd {
		chat := bot.Chat{Platform: "test", ID: fmt.Sprint("somebody-", n)}
		id, err := w.store.Find(w.ctx, chat)
		if err != nil {
			t.Fatal(err)
		}
		c := bot.Conversation{
			ID: id, Role: bot.PatientRole, Team: "harbour", Chats: []bot.Chat{chat}, Patient: &bot.Patient{Case: fmt.Sprint("Wren-", n)},
			Timers: map[string]time.Time{"script:weekly": w.now},
		}
		if err := w.store.Commit(w.ctx, bot.Commit{Conversation: &c, Due: w.now}); err != nil {
			t.Fatal(err)
		}
	}
	w.now = w.now.Add(time.Millisecond)
	w.updates++
	if err := w.bot.Take(w.ctx, bot.Update{
		ID: "test:words", Kind: bot.Wrote, Chat: patient, Private: true, Sender: patient.ID, Text: "Sitting in the allotment", At: w.now,
	}); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(3 * time.Second)
	before := w.platform.count()
	var leases []bot.Lease
	taken := 0
	for n := range w.store.Shards() {
		lease, ok, err := w.store.Acquire(w.ctx, bot.Shard(n), "test", time.Minute)
		if err != nil || !ok {
			t.Fatalf("lease: %v %v", ok, err)
		}
		due, err := w.runner.Due(w.ctx, lease) // once
		if err != nil {
			t.Fatal(err)
		}
		taken += due
		leases = append(leases, lease)
	}
	for idle := 0; idle < len(leases); leases = append(leases[1:], leases[0]) { // letters go from shard to shard
		some, err := w.runner.Delivery.Round(w.ctx, leases[0])
		if err != nil {
			t.Fatal(err)
		}
		if idle++; some > 0 {
			idle = 0
		}
	}
	if taken > 250 {
		t.Fatalf("%d were taken at once, so this shows nothing of an order", taken)
	}
	got := w.platform.since(before)
	people := append(to(got, patient), to(got, lead)...)
	if len(to(got, patient)) == 0 || !strings.Contains(texts(people), "Sitting in the allotment") {
		t.Errorf("the words that settled are not answered in the first batch:\n%s", texts(people))
	}
	w.expect(people, lead, "Nobody has pressed this alert yet.")
}
