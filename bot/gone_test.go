package bot_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// toCheckIn enrols somebody and lives up to a moment before their Monday check-in.
func (w *world) toCheckIn() {
	w.Helper()
	w.enrols()
	w.begins("6")
	for end := w.now.Add(6*24*time.Hour + 23*time.Hour + 45*time.Minute); w.now.Before(end); {
		w.now = w.now.Add(min(3*time.Hour, end.Sub(w.now)))
		w.settle()
	}
}

// checkIns counts the weekly check-ins that began to reach somebody.
func checkIns(got []sent) (n int) {
	for _, m := range got {
		if strings.Contains(m.Text, "Hello again. This is our check-in") {
			n++
		}
	}
	return n
}

// A question that never arrived does not stay open for ever: its reminder shows
// it, or its time runs out, and the check-ins go on.
func TestAQuestionThatDidNotArriveKeepsNoCheckInBack(t *testing.T) {
	for name, harm := range map[string]func(w *world){
		"blocked for an hour": func(w *world) {
			w.platform.gone = map[bot.Chat]bool{patient: true}
			w.waits(time.Hour)
			w.platform.gone = nil // and no word of it
		},
		"away for fifty hours": func(w *world) {
			w.platform.down = map[bot.Chat]bool{patient: true}
			w.waits(50 * time.Hour)
			w.platform.down = nil
		},
		"refused once": func(w *world) {
			w.platform.during = func(m bot.Message) {
				if strings.Contains(m.Text, "What has been better") {
					w.platform.during = nil
					w.platform.fail[patient] = &bot.SendError{Fate: bot.Ours, Err: errTest}
				}
			}
			w.waits(time.Hour)
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.toCheckIn()
			harm(w)
			if q := w.conversation(patient).Patient; q.Dialog.Session == nil {
				t.Fatal("no question is open, so this proves nothing")
			}
			w.expect(w.waits(4*24*time.Hour), patient, "What has been better")
			if got := to(w.waits(10*24*time.Hour), patient); checkIns(got) == 0 {
				t.Errorf("within two weeks no check-in came:\n%s", texts(got))
			}
		})
	}
}

// Somebody who blocked the bot before the check-in and lets it in again is shown
// the question at once, and once: many apps have them say hello then.
func TestWhoComesBackIsShownTheQuestion(t *testing.T) {
	for name, hello := range map[string]string{"with a hello": "/start", "without a word": ""} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.toCheckIn()
			w.platform.gone = map[bot.Chat]bool{patient: true}
			w.update(bot.Update{Kind: bot.Left, Chat: patient})
			told := w.waits(2 * time.Hour)
			if n := len(to(told, patient)); n > 0 {
				t.Fatalf("%d messages reached somebody who had left", n)
			}
			w.platform.gone = nil
			before := w.platform.count()
			w.update(bot.Update{Kind: bot.Joined, Chat: patient})
			if hello != "" {
				w.writes(patient, hello)
			}
			w.waits(time.Hour)
			shown := 0
			for _, m := range w.platform.since(before) {
				if m.Chat == patient && strings.Contains(m.Text, "What has been better") {
					shown++
				}
			}
			if shown != 1 {
				t.Errorf("the question was shown %d times:\n%s", shown, texts(w.platform.since(before)))
			}
			if got := to(w.waits(14*24*time.Hour), patient); checkIns(got) == 0 {
				t.Errorf("within two weeks no check-in came:\n%s", texts(got))
			}
		})
	}
}

// twoApps is somebody with a second chat, which is the one used last.
func (w *world) twoApps() (second bot.Chat) {
	w.Helper()
	w.toCheckIn()
	second = bot.Chat{Platform: "test", ID: "second"}
	w.writes(second, "start "+codeIn(w, w.writes(patient, "link")))
	return second
}

// Whoever blocks both their apps cannot be reached, and their worker is told, in
// whatever order and way it becomes known.
func TestWhoLeavesBothAppsIsToldOf(t *testing.T) {
	for name, leave := range map[string]func(w *world, second bot.Chat){
		"both are told of":          func(w *world, second bot.Chat) { w.leaves(second); w.leaves(patient) },
		"one twice, and the other":  func(w *world, second bot.Chat) { w.leaves(second); w.leaves(second); w.leaves(patient) },
		"one is told of, one found": func(w *world, second bot.Chat) { w.leaves(second) },
		"both are found":            func(*world, bot.Chat) {},
	} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			second := w.twoApps()
			w.platform.gone = map[bot.Chat]bool{patient: true, second: true}
			before := w.platform.count()
			leave(w, second)
			w.waits(24 * time.Hour)
			nudges := 0
			for _, m := range w.platform.since(before) {
				if m.Chat == worker && strings.Contains(m.Text, "reach") {
					nudges++
				}
			}
			if nudges != 1 || !w.conversation(patient).Patient.Unreachable {
				t.Errorf("unreachable: %v; the worker was told %d times:\n%s", w.conversation(patient).Patient.Unreachable, nudges, texts(w.platform.since(before)))
			}
			if waiting := w.outbox(patient); len(waiting) > 0 {
				t.Errorf("it goes round and round: %v", waiting)
			}
			// Writing from one of them is enough.
			w.platform.gone = map[bot.Chat]bool{second: true}
			w.writes(patient, "hello, I am back")
			if c := w.conversation(patient); c.Patient.Unreachable || c.Chats[0] != patient || !slices.Equal(c.Gone, []bot.Chat{second}) {
				t.Errorf("back in one: unreachable %v, chats %v, gone %v", c.Patient.Unreachable, c.Chats, c.Gone)
			}
		})
	}
}

func (w *world) leaves(c bot.Chat) {
	w.Helper()
	w.update(bot.Update{Kind: bot.Left, Chat: c})
}

// What did not arrive in one app arrives in the other, whole and in order, and its
// question is as open as ever: a reply is read, and a reminder comes.
func TestWhatDidNotArriveInOneAppArrivesInTheOther(t *testing.T) {
	w := newWorld(t)
	second := w.twoApps()
	w.platform.gone = map[bot.Chat]bool{second: true}
	got := to(w.waits(time.Hour), patient)
	var came []string
	for _, m := range got {
		came = append(came, m.Text)
	}
	if len(came) < 2 || !strings.Contains(came[0], "Hello again") || w.missing(came[1:], "What has been better") {
		t.Fatalf("in the other app:\n%s", texts(got))
	}
	if w.conversation(patient).Patient.Unreachable {
		t.Error("they can be reached")
	}
	w.expect(w.waits(49*time.Hour), patient, "No rush")
	w.expect(w.writes(patient, "I saw a neighbour"), patient, "0 to 10")
}

// A worker's message goes to their other app as well.
func TestAWorkersMessageGoesToTheirOtherApp(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	second := bot.Chat{Platform: "test", ID: "second"}
	w.writes(second, "start "+codeIn(w, w.writes(worker, "link")))
	w.platform.gone = map[bot.Chat]bool{second: true}
	w.expect(w.writes(patient, "can I talk to a real person please"), worker, "Asked to talk to a person")
}

// Of somebody who is erased while a message is on its way nothing is written any more,
// whatever becomes of that message.
func TestWhoIsErasedStaysErased(t *testing.T) {
	for name, fate := range map[string]bot.Fate{"they have blocked the bot": bot.Gone, "the message is refused": bot.Ours} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.enrols()
			id := w.conversation(patient).ID
			w.platform.during = func(m bot.Message) {
				if m.Chat != patient {
					return
				}
				w.platform.during = nil
				if _, err := w.store.Erase(w.ctx, id); err != nil {
					t.Error(err)
				}
				w.platform.fail[patient] = &bot.SendError{Fate: fate, Err: errTest}
			}
			w.writes(patient, "help")
			if w.platform.during != nil {
				t.Fatal("nothing was sent, so this proves nothing")
			}
			c, err := w.store.Load(w.ctx, id)
			if err != nil || c.Version != 0 {
				t.Errorf("there is a record again, of version %d, %v", c.Version, err)
			}
			if lines, err := w.store.Recent(w.ctx, id, 10); err != nil || len(lines) != 0 {
				t.Errorf("written down: %+v, %v", lines, err)
			}
		})
	}
}
