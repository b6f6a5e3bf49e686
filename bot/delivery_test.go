package bot_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

var errTest = errors.New("made up by the test")

func TestFates(t *testing.T) {
	for _, tt := range []struct {
		name string
		err  bot.SendError
		// what the patient's chat shows in all after an hour, and whether the
		// worker is told
		copies int
		told   string // what the worker reads, and a question that they could ask
	}{
		{"later is tried again", bot.SendError{Fate: bot.Later, After: 30 * time.Second}, 1, ""},
		{"unknown is repeated, honestly twice", bot.SendError{Fate: bot.Unknown}, 2, ""},
		{"gone stops, and the worker is told", bot.SendError{Fate: bot.Gone}, 0, "Messages no longer reach them.|What is the best way to reach you?"},
		{"ours stops, and the worker is told", bot.SendError{Fate: bot.Ours}, 0, "A message to them was refused, and I do not send it again. Others may still reach them.|What was the last that you had from me?"},
		{"elsewhere goes to the new chat", bot.SendError{Fate: bot.Elsewhere, MovedTo: bot.Chat{Platform: "test", ID: "new"}}, 1, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			w := newWorld(t)
			code := w.enrols()
			tt.err.Err = errTest
			before := w.platform.count()
			w.platform.fail[patient] = &tt.err
			w.writes(patient, "help") // one message fails, the question follows
			w.waits(time.Hour)
			copies, told := 0, ""
			for _, m := range w.platform.since(before) {
				if m.Chat != worker && len(m.Text) > 30 && m.Text[:30] == "I am a computer helper for Sam" {
					copies++
				}
				if m.Chat == worker {
					told += m.Text
				}
			}
			want := ""
			if changed, question, ok := strings.Cut(tt.told, "|"); ok {
				want = code + ": " + changed + "\nPlease act: within 3 working days.\nA question you could ask: “" + question + "”\nTo read more: show " + code
			}
			if copies != tt.copies || told != want {
				t.Errorf("%d copies, worker told: %q; want %d, %q\n%s", copies, told, tt.copies, want, texts(w.platform.since(before)))
			}
		})
	}
}

// The second message never overtakes the first, whatever becomes of the first.
func TestOrderWithinAChat(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	before := w.platform.count()
	w.platform.fail[patient] = &bot.SendError{Fate: bot.Later, After: time.Minute, Err: errTest}
	w.writes(patient, "help")
	if n := w.platform.count(); n != before {
		t.Fatalf("%d messages overtook the first:\n%s", n-before, texts(w.platform.since(before)))
	}
	got := w.waits(2 * time.Minute)
	if len(got) < 2 || !strings.Contains(got[0].Text, "STOP") || len(got[len(got)-1].Buttons) == 0 {
		t.Errorf("want the help and then the question, got:\n%s", texts(got))
	}
}

// A platform may be taken out of the settings while something waits for it: it is
// given up after a day, and the worker told, instead of lying there for ever.
func TestAPlatformWithoutAnAdapterAnyMore(t *testing.T) {
	w := newWorld(t)
	w.runner.Delivery.Known = []string{"old", "test"}
	code := w.enrols()
	w.begins("6")
	old := bot.Chat{Platform: "old", ID: "wren"}
	id, err := w.store.Find(w.ctx, patient)
	if err == nil {
		err = w.store.Move(w.ctx, old, id)
	}
	if err != nil {
		t.Fatal(err)
	}
	w.writes(old, "help")
	before := w.platform.count()
	w.waits(11 * day) // the check-in and its reminder come due within them
	w.expect(w.platform.since(before), worker, code)
	if n, err := w.store.Backlog(w.ctx, []bot.Room{{Platform: "old", Class: bot.Planned}, {Platform: "old", Class: bot.Answer}}); err != nil || n.Lanes[0]+n.Lanes[1] > 0 {
		t.Errorf("still waiting: %+v, %v", n, err)
	}
}

// A platform that throttles the whole bot is left alone, for every chat.
func TestThrottledAsAWhole(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.platform.fail[patient] = &bot.SendError{Fate: bot.Later, After: time.Minute, Whole: true, WholeFor: time.Minute, Err: errTest}
	w.writes(patient, "help")
	if got := w.writes(lead, "help"); len(got) != 0 {
		t.Errorf("while the bot had to wait, sent were:\n%s", texts(got))
	}
	got := w.waits(2 * time.Minute)
	w.expect(got, lead, "You can write:")
	w.expect(got, patient, "I am a computer helper")
}

// Hours that a platform asks for are not believed of all: what was planned is tried
// again after a minute, and answers, of which one may be about a life, after ten
// seconds, in the chat that was told after half an hour.
func TestHoursAreNotBelievedOfAll(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.begins("6")
	w.waits(7*day - 15*time.Minute)
	seconds := func(n int) []sent {
		before := w.platform.count()
		for range n {
			w.now = w.now.Add(time.Second)
			w.settle()
		}
		return w.platform.since(before)
	}
	hours := 18053 * time.Second // Telegram has told one chat that
	w.platform.fail[lead] = &bot.SendError{Fate: bot.Later, After: hours, Whole: true, WholeFor: hours, Err: errTest}
	w.now = w.now.Add(15*time.Minute - 5*time.Second) // the check-in is due in five seconds
	w.writes(lead, "help")
	if got := w.writes(worker, "list"); len(got) != 0 {
		t.Errorf("while the bot had to wait, sent were:\n%s", texts(got))
	}
	if held := w.runner.Delivery.Held("test"); held < 50*time.Second || held > time.Minute {
		t.Errorf("held for %v, want a minute", held)
	}
	got := seconds(15)
	w.expect(got, worker, "Wren")
	if s := texts(got); strings.Contains(s, hello) {
		t.Errorf("what was planned left after seconds:\n%s", s)
	}
	w.expect(seconds(70), patient, hello)
	w.expect(w.waits(35*time.Minute), lead, "You can write:") // its own chat for half an hour
	if held := w.runner.Delivery.Held("test"); held != 0 {
		t.Errorf("still held for %v", held)
	}
}

// A message that has failed often waits long itself. When it then meets a
// throttled platform, everybody else waits only as long as the platform says.
func TestThrottledAsAWholeByAnOldMessage(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.platform.down = map[bot.Chat]bool{patient: true}
	w.writes(patient, "help")
	w.waits(3 * time.Hour)
	w.platform.down = nil
	w.platform.fail[patient] = &bot.SendError{Fate: bot.Later, After: 2 * time.Second, Whole: true, WholeFor: 2 * time.Second, Err: errTest}
	for end := w.now.Add(10 * time.Minute); w.platform.fail[patient] != nil; w.settle() {
		if w.now = w.now.Add(time.Second); w.now.After(end) {
			t.Fatal("the old message was not tried again")
		}
	}
	before := w.platform.count()
	w.writes(lead, "help")
	for range 4 {
		w.now = w.now.Add(time.Second)
		w.settle()
	}
	w.expect(w.platform.since(before), lead, "You can write:")
}

// How long the platform was left alone is not held against a message: when it
// then fails for a reason of its own, it waits as after its first failure.
func TestWhatAPausedPlatformHoldsBackIsNoAttempt(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	before := w.platform.count()
	w.platform.whole = &bot.SendError{Fate: bot.Later, After: 3 * time.Second, Whole: true, WholeFor: 3 * time.Second, Err: errTest}
	w.writes(patient, "help")
	for range 100 {
		w.now = w.now.Add(4 * time.Second)
		w.settle()
	}
	w.platform.whole = nil
	w.platform.fail[patient] = &bot.SendError{Fate: bot.Later, Err: errTest}
	w.now = w.now.Add(4 * time.Second)
	w.settle()
	if w.platform.fail[patient] != nil {
		w.Fatal("not tried when the pause was over")
	}
	w.now = w.now.Add(firstRetry)
	w.settle()
	w.expect(w.platform.since(before), patient, "I am a computer helper")
}

// While a platform cannot be reached it is asked now and then, by one message for
// all; a quarter of a minute after it is back at the latest, everything leaves.
func TestPlatformThatCannotBeReached(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.platform.whole = &bot.SendError{Fate: bot.Later, Whole: true, Err: errTest}
	w.writes(patient, "help")
	w.writes(lead, "help")
	asked := w.platform.tried
	for range 900 {
		w.now = w.now.Add(time.Second)
		w.settle()
	}
	// 1, 2, 4 and 8 seconds, then every 15; two chats wait.
	if n := w.platform.tried - asked; n < 900/15 || n > 2*(4+900/15) {
		t.Errorf("it was asked %d times in a quarter of an hour", n)
	}
	before := w.platform.count()
	w.platform.whole = nil
	for range 15 {
		w.now = w.now.Add(time.Second)
		w.settle()
	}
	got := w.platform.since(before)
	w.expect(got, patient, "I am a computer helper")
	w.expect(got, lead, "You can write:")
	// It was reached: a later outage begins with a short wait again.
	w.platform.whole = &bot.SendError{Fate: bot.Later, Whole: true, Err: errTest}
	w.writes(worker, "help")
	w.platform.whole = nil
	before, w.now = w.platform.count(), w.now.Add(firstRetry)
	w.settle()
	w.expect(w.platform.since(before), worker, "You can write:")
}

// firstRetry is how long after its first failure a message is tried again.
const firstRetry = time.Second

// What could not be sent for a day is given up, and the worker is told.
func TestTooOldToBeOfUse(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.platform.down = map[bot.Chat]bool{patient: true}
	w.writes(patient, "help")
	w.expect(w.waits(26*time.Hour), worker, code+": A message to them could not be delivered for a day, and I gave it up. Later ones may reach them.")
}

// Behind a platform that is away a message may not be tried once. It is as old all
// the same when the platform is back: no check-in comes days late.
func TestTooOldWithoutBeingTried(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.begins("6")
	w.waits(7*day - 15*time.Minute)
	// It asks to be left alone just before the check-in is due, and before that is
	// over everything stands still for days.
	w.now = w.now.Add(15*time.Minute - 10*time.Second)
	w.platform.fail[lead] = &bot.SendError{Fate: bot.Later, Whole: true, WholeFor: time.Minute, Err: errTest}
	w.writes(lead, "help")
	w.now = w.now.Add(20 * time.Second)
	w.settle()
	w.now = w.now.Add(72 * time.Hour)
	before := w.platform.count()
	got := w.first(day)
	if s := w.days(got, hello); s != "" {
		t.Errorf("what was due on Monday came: %s", s)
	}
	w.expect(w.platform.since(before), worker, code+": A message to them could not be delivered for a day, and I gave it up. Later ones may reach them.")
	if s := w.days(w.first(14*day), hello); s == "" {
		t.Error("no check-in came after it")
	}
}

// A reminder counts from the moment the question arrived, not from when it was
// put into the outbox.
func TestReplyTimerStartsAtDelivery(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.begins("6")
	w.waits(7*24*time.Hour - 15*time.Minute)
	w.platform.fail[patient] = &bot.SendError{Fate: bot.Later, After: 5 * time.Hour, Err: errTest}
	w.waits(15 * time.Minute)
	w.expect(w.waits(5*time.Hour+30*time.Minute), patient, "What has been better")
	if got := w.waits(48*time.Hour - 45*time.Minute); len(got) != 0 {
		t.Errorf("too early:\n%s", texts(got))
	}
	w.expect(w.waits(time.Hour), patient, "No rush.")
}

// The team's channel cannot tell that it cannot be reached: the leads are told.
func TestChannelThatCannotBeReached(t *testing.T) {
	for name, err := range map[string]*bot.SendError{"gone": {Fate: bot.Gone}, "ours": {Fate: bot.Ours}} {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			w.enrols()
			err.Err = errTest
			w.platform.fail[channel] = err
			w.expect(w.waits(7*24*time.Hour), lead, "A message to the channel of Harbour team could not be delivered. Please see that I am in that channel")
		})
	}
}
