package bot_test

import (
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

var colleague = bot.Chat{Platform: "test", ID: "colleague"}

// twoWorkers enrols a patient with Sam and has Jo beside him.
func (w *world) twoWorkers() (code string) {
	w.Helper()
	code = w.enrols()
	w.writes(colleague, "start "+codeIn(w, w.writes(lead, "worker Jo")))
	return code
}

// Sam has left. A lead says so and who takes over: Jo has the people, what is open
// with them and all that comes later; Sam has nothing, hears nothing and sees
// nothing.
func TestALeadRemovesAWorkerWhoHasLeft(t *testing.T) {
	w := newWorld(t)
	code := w.twoWorkers()
	late := codeIn(w, w.writes(worker, "invite")) // used when Sam is gone
	w.writes(patient, "can I talk to a real person please")
	w.expect(w.writes(lead, "workers"), lead, "Sam: 1 person, 1 open\nJo: 0 people, 0 open")
	w.expect(w.writes(lead, "remove sam"), lead, "Sam has this in hand: 1 person, 1 open. Who takes it over?")
	if c := w.conversation(worker); c.Role != bot.WorkerRole {
		t.Fatal("removed without an heir")
	}
	got := w.writes(lead, "remove sam to jo")
	w.expect(got, lead, "Sam is no longer a link worker here and gets no more messages from me. Jo takes over")
	w.expect(got, colleague, "On your caseload now: "+code+".")
	w.expect(got, colleague, "Open with them: 1.")
	w.expect(w.writes(colleague, "nudges"), colleague, code+": Asked to talk to a person.")
	w.presses(colleague, "Done")
	w.expect(w.writes(colleague, "show "+code), colleague, code)
	w.expect(w.writes(lead, "workers"), lead, "With you in your team:\nJo: 1 person, 0 open")
	before := w.platform.count()

	// The person reads Jo's name, and Jo hears of them.
	w.begins("6")
	w.expect(w.writes(patient, "I want to talk to a person"), patient, "Jo")
	w.expect(w.writes(patient, danger), colleague, code+": Wrote words that may mean danger.")
	w.presses(colleague, "Done")
	// Whoever uses Sam's invitation is Jo's.
	second := bot.Chat{Platform: "test", ID: "second"}
	w.expect(w.writes(second, "start "+late), colleague, "has started")
	w.expect(w.writes(second, "can I talk to a real person please"), colleague, "Asked to talk to a person")
	if p := w.conversation(second).Patient; p.Worker != "Jo" || p.WorkerID != w.conversation(colleague).ID {
		t.Errorf("the late one's worker is %q", p.Worker)
	}
	w.lives(15 * day)
	if got := to(w.platform.since(before), worker); len(got) != 0 {
		t.Errorf("who has left was sent:\n%s", texts(got))
	}
	for _, words := range []string{"caseload", "show " + code, "nudges"} {
		if got := texts(w.writes(worker, words)); strings.Contains(got, code) {
			t.Errorf("who has left reads:\n%s", got)
		}
	}
}

// Words of danger that lie with the leaver, pressed or not, are with the heir, who
// can close them.
func TestAnAlertOfALeaversGoesToTheHeir(t *testing.T) {
	for name, pressed := range map[string]bool{"nobody has pressed": false, "the leaver was on it": true} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			code := w.twoWorkers()
			w.writes(patient, danger)
			if pressed {
				w.presses(worker, "I am on it")
			}
			got := w.writes(lead, "remove Sam to Jo")
			w.expect(got, colleague, code+": Wrote words that may mean danger.")
			w.expect(got, lead, code+": Wrote words that may mean danger.")
			if a := w.conversation(patient).Patient.Alert; a == nil || a.Seen {
				t.Errorf("the alert is not open: %+v", a)
			}
			w.presses(colleague, "Done")
			if c := w.conversation(patient).Patient; c.Alert != nil || c.Dialog.Held {
				t.Error("the heir cannot end it")
			}
		})
	}
}

// Nobody is removed by mistake, and nobody who may not be.
func TestWhoIsNotRemoved(t *testing.T) {
	w := newWorld(t)
	w.twoWorkers()
	second := bot.Chat{Platform: "test", ID: "second lead"}
	w.bot.Teams[0].Leads = append(w.bot.Teams[0].Leads, second)
	w.writes(second, "name Eve")
	duty := bot.Chat{Platform: "test", ID: "duty"}
	w.writes(duty, "start "+codeIn(w, w.writes(lead, "worker Kit")))
	w.bot.Teams = append(w.bot.Teams, bot.Team{ID: "quay", Duty: duty})
	for _, c := range []struct {
		from  bot.Chat
		words string
		told  string
	}{
		{worker, "remove Jo to me", "Only a lead can do that."},
		{worker, "workers", "Only a lead can do that."},
		{lead, "remove", "Nobody else in your team is called that"},
		{lead, "remove Kim to Jo", "Nobody else in your team is called that"},
		{lead, "remove Sam to Kim", "Nobody else in your team is called that"},
		{lead, "remove Ada to Jo", "Nobody else in your team is called that"},
		{lead, "remove Sam to Sam", "They cannot take over from themselves."},
		{lead, "remove Eve to me", "Eve is a lead or the duty contact by the settings."},
		{lead, "remove Kit to me", "Kit is a lead or the duty contact by the settings."}, // of another team
	} {
		w.expect(w.writes(c.from, c.words), c.from, c.told)
	}
	w.writes(worker, danger)
	w.expect(w.writes(lead, "remove Sam to me"), lead, "nobody has closed that yet")
	w.writes(colleague, "name Sam")
	w.expect(w.writes(lead, "remove Sam to me"), lead, "More than one is called that here.")
	for _, c := range []bot.Chat{worker, colleague, second, duty} {
		if w.conversation(c).Role != bot.WorkerRole {
			t.Errorf("%s was removed", c.ID)
		}
	}
}

// The lead who hears that somebody cannot be reached is told what to do if they left.
func TestWhoCannotBeReachedMayHaveLeft(t *testing.T) {
	w := newWorld(t)
	w.twoWorkers()
	w.expect(w.asksTheGoneWorker(), lead, "If they have left the team, write remove and their name.")
}

// The link that they came in by opens nothing for whoever was removed, nor does one
// that was out for them.
func TestALeaverDoesNotComeBackByAnOldLink(t *testing.T) {
	w := newWorld(t)
	w.writes(lead, "name Ada")
	used, other := codeIn(w, w.writes(lead, "worker Sam")), codeIn(w, w.writes(lead, "worker Sam"))
	w.writes(worker, "start "+used)
	w.now = w.now.Add(time.Minute)
	w.writes(lead, "remove Sam to me")
	for _, code := range []string{used, other} {
		w.expect(w.writes(worker, "start "+code), worker, "This link has been used already.")
		if c := w.conversation(worker); c.Role != bot.Stranger {
			t.Errorf("who was removed is a %s", c.Role)
		}
	}
	w.writes(worker, "start "+codeIn(w, w.writes(lead, "worker Sam")))
	if c := w.conversation(worker); c.Role != bot.WorkerRole || !c.Left.IsZero() {
		t.Errorf("the new link: %q, left %v", c.Role, c.Left)
	}
}

// Who has left may come back: a lead invites them like anybody new.
func TestALeaverWhoComesBack(t *testing.T) {
	w := newWorld(t)
	w.twoWorkers()
	w.writes(lead, "remove Sam to me")
	w.expect(w.writes(worker, "start "+codeIn(w, w.writes(lead, "worker Sam"))), worker, "Hello Sam. You are now a link worker")
	got := w.writes(lead, "remove Jo to Sam")
	w.expect(got, worker, "Jo is no longer a link worker here, and you take over.")
	w.now = w.now.Add(time.Hour)
	w.expect(w.writes(lead, "workers"), lead, "With you in your team:\nSam: 0 people, 0 open")
}

// What waits for the leaver, as while their app is away, does not come when it is
// back: it may hold a person's words.
func TestWhatWaitsForALeaverIsCalledOff(t *testing.T) {
	w := newWorld(t)
	code := w.twoWorkers()
	w.begins("6")
	w.platform.down = map[bot.Chat]bool{worker: true}
	w.writes(worker, "show "+code)
	w.writes(patient, "can I talk to a real person please")
	w.expect(w.writes(lead, "remove Sam to Jo"), colleague, "Open with them: 1.")
	w.platform.down = nil
	before := w.platform.count()
	w.waits(time.Hour)
	if got := to(w.platform.since(before), worker); len(got) != 0 {
		t.Errorf("who has left was sent:\n%s", texts(got))
	}
}

// Words of danger of the leaver's own come before the removal does: they stay, the
// lead is told, ends the alert and then removes them.
func TestALeaverWhoWritesWordsOfDangerMeanwhileStays(t *testing.T) {
	w := newWorld(t)
	w.twoWorkers()
	w.only(lead, "remove Sam to Jo")
	w.only(worker, danger)
	before := w.platform.count()
	w.settle()
	w.expect(w.platform.since(before), lead, "nobody has closed that yet")
	w.presses(lead, "Done")
	if c := w.conversation(worker); c.Role != bot.WorkerRole || c.Worker.Own != nil {
		t.Fatalf("the alert is open: %+v", c.Worker)
	}
	w.expect(w.writes(lead, "workers"), lead, "Sam: 1 person, 0 open")
	w.expect(w.writes(lead, "remove Sam to Jo"), lead, "Sam is no longer a link worker here")
}

// Two removals at once do not cross: the second waits, and nobody is the other's heir.
func TestOneRemovalAtATime(t *testing.T) {
	for _, second := range []string{"remove Jo to Sam", "remove Jo to me"} {
		t.Run(second, func(t *testing.T) {
			w := newWorld(t)
			code := w.twoWorkers()
			w.only(lead, "remove Sam to Jo")
			w.only(lead, second)
			before := w.platform.count()
			w.settle()
			w.expect(w.platform.since(before), lead, "Please try again in a minute.")
			if c := w.conversation(colleague); c.Role != bot.WorkerRole || len(c.Worker.Caseload) != 1 {
				t.Errorf("the heir has %+v", c.Worker)
			}
			w.expect(w.writes(lead, "remove Jo to me"), lead, "On your caseload now: "+code)
			if p := w.conversation(patient).Patient; p.Worker != "Ada" || p.WorkerID != w.conversation(lead).ID {
				t.Errorf("the person's worker is %s", p.Worker)
			}
		})
	}
}

// Whoever was to take over has gone to another team meanwhile: the leaver stays.
func TestAnHeirWhoIsNoLongerOfTheTeam(t *testing.T) {
	w := newWorld(t)
	w.twoWorkers()
	other := w.bot.Teams[0]
	boss := bot.Chat{Platform: "test", ID: "boss"}
	other.ID, other.Name, other.Leads, other.Channel = "quay", "Quay team", []bot.Chat{boss}, bot.Chat{Platform: "test", ID: "quay channel"}
	w.bot.Teams = append(w.bot.Teams, other)
	w.writes(boss, "name Eve")
	code := codeIn(w, w.writes(boss, "worker Jo"))
	w.only(lead, "remove Sam to Jo")
	w.only(colleague, "start "+code)
	before := w.platform.count()
	w.settle()
	w.expect(w.platform.since(before), lead, "Jo is no longer a link worker of your team, so Sam is still here.")
	w.expect(w.writes(lead, "remove Sam to me"), lead, "Sam is no longer a link worker here")
}

// alerts counts the messages to a chat that name the alert of a code.
func alerts(got []sent, c bot.Chat, code string) (n int) {
	for _, m := range to(got, c) {
		n += strings.Count(m.Text, code+": Wrote words that may mean danger.")
	}
	return n
}

// The heir reads each alert once, and as the person's own worker.
func TestTheHeirReadsAnAlertOnce(t *testing.T) {
	for heir, chat := range map[string]bot.Chat{"Jo": colleague, "me": lead} {
		t.Run(heir, func(t *testing.T) {
			w := newWorld(t)
			code := w.twoWorkers()
			w.writes(patient, danger)
			got := w.writes(lead, "remove Sam to "+heir)
			for what, got := range map[string][]sent{
				"removed": got, "more words": w.writes(patient, danger), "nobody presses": w.waits(15 * time.Minute),
			} {
				if n := alerts(got, chat, code); n != 1 {
					t.Errorf("%s: told %d times:\n%s", what, n, texts(to(got, chat)))
				}
			}
			n := w.conversation(chat).Worker.Nudges
			if len(n) != 1 || n[0].Copy {
				t.Errorf("on the list: %+v", n)
			}
		})
	}
}

// A colleague is on the alert: the heir reads that, and is not called to it; who is
// on it and takes over is not asked anew.
func TestAnHeirWhoFindsSomebodyOnTheAlert(t *testing.T) {
	for heir, chat := range map[string]bot.Chat{"Jo": colleague, "me": lead} {
		t.Run(heir, func(t *testing.T) {
			w := newWorld(t)
			code := w.twoWorkers()
			w.writes(patient, danger)
			w.waits(16 * time.Minute)
			w.presses(lead, "I am on it")
			got := w.writes(lead, "remove Sam to "+heir)
			if n := alerts(got, chat, code); n != 0 {
				t.Errorf("called to it:\n%s", texts(to(got, chat)))
			}
			if heir == "Jo" {
				w.expect(got, chat, code+": Ada is on it.")
			}
			if a := w.conversation(patient).Patient.Alert; a == nil || !a.Seen {
				t.Errorf("the alert: %+v", a)
			}
			if n := w.conversation(chat).Worker.Nudges; len(n) != 1 || !n[0].Seen || n[0].Copy {
				t.Errorf("on the list: %+v", n)
			}
		})
	}
}
