package bot_test

import (
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// zoned is what a platform tells of somebody who writes nothing.
func (w *world) zoned(zone string, at time.Time) []sent {
	return w.update(bot.Update{Kind: bot.Zoned, Chat: patient, Zone: zone, ZoneAt: at})
}

// A platform tells of a move, and nobody writes: the next check-in is by the new
// clock. What another replica remembered from before, and what came late, puts
// nothing back.
func TestAMoveWithoutAWordMovesThePlan(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.begins("6")
	before := w.now
	w.waits(4 * day) // Friday
	if got := w.zoned("America/New_York", w.now); len(got) != 0 {
		t.Errorf("sent were:\n%s", texts(got))
	}
	// The other replica's memory is of before the move.
	w.update(bot.Update{Kind: bot.Wrote, Chat: patient, Text: "hello", Zone: "Europe/London", ZoneAt: before})
	w.zoned("Europe/London", before) // repeated by the platform, or late
	w.zoned("Nowhere/Town", w.now.Add(time.Second))
	w.zoned("", w.now.Add(time.Second))
	if z := w.conversation(patient).Zone; z != "America/New_York" {
		t.Fatalf("their zone is %s", z)
	}
	if s := w.days(w.first(10*day), hello); s != "03-09 14:00" {
		t.Errorf("check-ins: %s, in London; want Monday at 10:00 in New York", s)
	}
	for _, e := range w.journal(patient) {
		if e.What == "zone" && e.Value == "America/New_York" && e.By == "" {
			return
		}
	}
	t.Errorf("the journal has no move: %+v", w.journal(patient))
}

// Every member of a workspace has a profile that changes; nothing is kept of those
// whom nobody invited, and no turn is made of a new photograph.
func TestAProfileThatIsNoMoveChangesNothing(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.zoned("Europe/London", w.now)
	was := w.conversation(patient).Version
	w.zoned("Europe/London", w.now.Add(time.Minute))
	w.zoned("Europe/London", w.now)
	if now := w.conversation(patient).Version; now != was {
		t.Errorf("%d turns for nothing", now-was)
	}
	somebody := bot.Chat{Platform: "test", ID: "somebody"}
	w.update(bot.Update{Kind: bot.Zoned, Chat: somebody, Zone: "Asia/Tokyo", ZoneAt: w.now})
	if v := w.conversation(somebody).Version; v != 0 {
		t.Errorf("a record of somebody who never wrote, at version %d", v)
	}
}

// Where the platform tells no zone the worker does, and the person hears nothing.
func TestAWorkerSetsTheZoneOfSomebodyWhosePlatformTellsNone(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.begins("6")
	w.waits(4 * day)
	w.expect(w.writes(worker, "zone "+code), worker, code+": I go by Europe/London, where it is 10:00 now. For another, write: zone "+code+" Asia/Karachi")
	got := w.writes(worker, "zone "+code+" asia/karachi.")
	w.expect(got, worker, code+": I go by Asia/Karachi, where it is 15:00 now. Their check-ins come at the same time of day as before, by that clock. I have not written to them about it.")
	if len(to(got, patient)) != 0 {
		t.Errorf("sent were:\n%s", texts(got))
	}
	id, err := w.store.Find(w.ctx, worker)
	if err != nil {
		t.Fatal(err)
	}
	var read, moved bool
	for _, e := range w.journal(patient) {
		read = read || e.What == "read" && e.Name == "zone" && e.By == id
		moved = moved || e.What == "zone" && e.Value == "Asia/Karachi" && e.By == id
	}
	if !read || !moved {
		t.Errorf("look in the journal %t, move %t", read, moved)
	}
	if s := w.days(w.first(8*day), hello); s != "03-09 05:00" {
		t.Errorf("check-ins: %s, in London; want Monday at 10:00 in Karachi", s)
	}
	w.expect(w.writes(worker, "why "+code), worker, "Next is the check-in, on Monday 16 March at 10:00, their time.")
}

func TestAZoneThatCannotBeSetIsSaidSo(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	for words, want := range map[string]string{
		"zone":                             "Please write the code and then where they are, such as: zone Wren-417 Europe/London.",
		"zone Wren-000 Europe/London":      "That code is not on your caseload.",
		"zone " + code + " Karachi":        "I do not know a time zone called “Karachi”. Please write its part of the world and its city, such as Europe/London, Asia/Karachi or America/New_York.",
		"zone " + code + " EST":            "I do not know a time zone called “EST”.",
		"zone " + code + " Europe/Nowhere": "I do not know a time zone called “Europe/Nowhere”.",
		"zone " + code + " Europe/London":  "I go by Europe/London, where it is 10:00 now. For another, write: zone " + code,
		"help":                             "zone Wren-417 Asia/Karachi - the time zone they are in, where their app does not tell me",
	} {
		w.expect(w.writes(worker, words), worker, want)
	}
	for written, name := range map[string]string{
		"america/new york": "America/New_York", "AFRICA/DAR ES SALAAM": "Africa/Dar_es_Salaam", "america/port-au-prince": "America/Port-au-Prince",
	} {
		w.expect(w.writes(worker, "zone "+code+" "+written), worker, "I go by "+name+", where")
	}
	// From here on the platform tells it.
	w.zoned("Pacific/Apia", w.now)
	w.expect(w.writes(worker, "zone "+code+" Europe/London"), worker, "I go by Pacific/Apia, where it is 23:00 now. Test tells me that itself. If it is wrong, they can change it in their settings there.")
	if z := w.conversation(patient).Zone; z != "Pacific/Apia" {
		t.Errorf("their zone is %s", z)
	}
	w.expect(w.writes(lead, "zone "+code+" Europe/London"), lead, "That code is not on your caseload.")
}

// A worker's word counts until the person comes to a platform that tells the zone.
func TestAPlatformThatTellsTheZoneOverrulesTheWorker(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.writes(worker, "zone "+code+" Asia/Karachi")
	w.zoned("Europe/London", w.now.Add(-day*100))
	if z := w.conversation(patient).Zone; z != "Europe/London" {
		t.Errorf("their zone is %s", z)
	}
	if strings.Contains(texts(to(w.platform.since(0), patient)), "Karachi") {
		t.Error("the person was told")
	}
}

// A platform on which they cannot be reached any more tells nothing new, and nobody
// can change a setting there: the worker's word counts again.
func TestAPlatformThatIsGoneKeepsNoZone(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.zoned("Asia/Tokyo", w.now)
	w.update(bot.Update{Kind: bot.Left, Chat: patient})
	w.expect(w.writes(worker, "zone "+code+" Europe/London"), worker, code+": I go by Europe/London, where it is 10:00 now.")
	if z := w.conversation(patient).Zone; z != "Europe/London" {
		t.Errorf("their zone is %s", z)
	}
}
