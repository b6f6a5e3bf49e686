package slack

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"onestep/adapters/adaptertest"
	"onestep/adapters/adaptertest/slackfake"
	"onestep/bot"
)

func TestAMessageArrivesDecodedWithItsZone(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	a, _ := adapterAt(t, s, brisk())
	in := &tray{}
	receiving(t, a, in)
	ready(t, a, s)

	d := s.Person("U1").Writes("tea & <cake>")
	<-d.Over()
	if !d.Acked() || d.Attempts() != 1 {
		t.Fatalf("acked %v after %d attempts", d.Acked(), d.Attempts())
	}
	got := in.updates()
	if len(got) != 1 {
		t.Fatalf("%d updates", len(got))
	}
	u := got[0]
	if u.Text != "tea & <cake>" || u.Kind != bot.Wrote || !u.Private || u.Chat != private("U1") || u.Sender != "U1" ||
		u.Zone != "Europe/London" || !strings.HasPrefix(u.ID, "slack:Ev") || time.Since(u.At) > time.Minute {
		t.Errorf("got %+v", u)
	}
}

func TestAcknowledgedOnlyWhenTaken(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	a, _ := adapterAt(t, s, brisk())
	release := make(chan struct{})
	in := &tray{hook: func(bot.Update) error { <-release; return nil }}
	receiving(t, a, in)
	ready(t, a, s)

	d := s.Person("U1").Writes("hello")
	eventually(t, "the inbox is asked", func() bool { return in.attempts() == 1 })
	select {
	case <-d.Over():
		t.Fatal("acknowledged before the inbox said yes")
	case <-time.After(50 * time.Millisecond):
	}
	close(release)
	<-d.Over()
	if !d.Acked() || d.AckedIn() > 3*time.Second {
		t.Errorf("acked %v in %v", d.Acked(), d.AckedIn())
	}
}

func TestAPressThatIsNotTakenIsNotAcknowledged(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{AckWithin: 400 * time.Millisecond})
	p := brisk()
	p.patience = 200 * time.Millisecond
	a, _ := adapterAt(t, s, p)
	in := &tray{hook: func(bot.Update) error { return errJammed }}
	receiving(t, a, in)
	ready(t, a, s)
	ada := s.Person("U1")
	if _, err := a.Send(t.Context(), bot.Message{ID: "m1", Chat: private("U1"), Text: "Ready?", Buttons: []bot.Button{{Label: "Yes", Data: "t1.yes"}}}); err != nil {
		t.Fatal(err)
	}
	d, err := ada.Presses("Yes")
	if err != nil {
		t.Fatal(err)
	}
	<-d.Over()
	if d.Acked() || !d.Lost() {
		t.Error("a press that nobody took was acknowledged")
	}
	tries := in.attempts()
	if tries < 2 || a.Counts().Dropped != 1 {
		t.Errorf("%d tries, %+v", tries, a.Counts())
	}
	// They saw an error, so it must not count behind their back later.
	in.set(nil)
	ok := ada.Writes("hello")
	<-ok.Over()
	if got := in.updates(); len(got) != 1 || got[0].Kind != bot.Wrote {
		t.Errorf("taken later: %+v", got)
	}
	if m := ada.Messages()[0]; len(m.Buttons) != 1 || m.Note != "" {
		t.Errorf("the message was closed: %+v", m)
	}
}

func TestAPressTakenLateInItsTimeCounts(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	a, _ := adapterAt(t, s, brisk())
	fails := 0
	in := &tray{}
	in.set(func(bot.Update) error {
		in.mu.Lock()
		defer in.mu.Unlock()
		if fails++; fails <= 3 {
			return errJammed
		}
		return nil
	})
	receiving(t, a, in)
	ready(t, a, s)
	s.AddChannel("C0CREW")
	ada := s.Person("U1")
	for _, chat := range []string{"U1", "C0CREW"} {
		if _, err := a.Send(t.Context(), bot.Message{ID: "m-" + chat, Chat: private(chat), Text: "tea & cake?", Buttons: scale()}); err != nil {
			t.Fatal(err)
		}
	}
	for room, want := range map[string]bot.Chat{"DU1": private("U1"), "C0CREW": private("C0CREW")} {
		d, err := ada.PressesIn(room, "7")
		if err != nil {
			t.Fatal(err)
		}
		<-d.Over()
		if !d.Acked() || d.AckedIn() > 3*time.Second {
			t.Errorf("%s: acked %v in %v", room, d.Acked(), d.AckedIn())
		}
		eventually(t, "the buttons go and what was pressed is shown, not that it counts", func() bool {
			m := s.Messages(room)[0]
			return len(m.Buttons) == 0 && m.Note == "“7”" && m.Text == "tea & cake?"
		})
		got := in.updates()
		u := got[len(got)-1]
		if u.Kind != bot.Pressed || u.Chat != want || u.Data != "c0ffee.7" || u.Sender != "U1" || u.Private != (room == "DU1") {
			t.Errorf("%s: %+v", room, u)
		}
	}
	// An update of a message keeps its mark, so it can still be found.
	if _, found, err := a.Find(t.Context(), bot.Message{ID: "m-U1", Chat: private("U1"), Text: "tea & cake?", Since: time.Now()}); !found || err != nil {
		t.Errorf("found %v, %v", found, err)
	}
}

func TestACommandComesAsWords(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	s.AddChannel("C0CREW")
	a, _ := adapterAt(t, s, brisk())
	in := &tray{}
	receiving(t, a, in)
	ready(t, a, s)
	ada := s.Person("U1")
	for i, types := range []func() *slackfake.Delivery{
		func() *slackfake.Delivery { return ada.Slash("/onestep", "stop") },
		func() *slackfake.Delivery { return ada.SlashIn("C0CREW", "/onestep", "stop") },
	} {
		d := types()
		<-d.Over()
		if !d.Acked() {
			t.Error("not acknowledged")
		}
		got := in.updates()
		if len(got) != i+1 || got[i].Kind != bot.Wrote || got[i].Text != "stop" || got[i].Chat != private("U1") || !got[i].Private {
			t.Errorf("got %+v", got)
		}
	}
}

func TestARepeatInHandIsOneUpdate(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{AckWithin: 30 * time.Millisecond, Repeats: []time.Duration{0, 0, 0}})
	a, _ := adapterAt(t, s, brisk())
	release := make(chan struct{})
	in := &tray{hook: func(bot.Update) error { <-release; return nil }}
	receiving(t, a, in)
	ready(t, a, s)
	s.Double(true)
	d := s.Person("U1").Writes("hello")
	eventually(t, "Slack repeats what is in hand", func() bool { return d.Attempts() >= 3 })
	close(release)
	<-d.Over()
	if !d.Acked() || in.attempts() != 1 {
		t.Errorf("acked %v, given to the inbox %d times", d.Acked(), in.attempts())
	}
}

func TestReconnectingLosesNothing(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{Repeats: []time.Duration{0, 20 * time.Millisecond, 100 * time.Millisecond, time.Second}})
	a, _ := adapterAt(t, s, brisk())
	in := &tray{}
	receiving(t, a, in)
	ready(t, a, s)
	ada, bob := s.Person("U1"), s.Person("U2")
	const n = 30
	for i := range n {
		switch i % 10 {
		case 2:
			s.Refresh("warning")
		case 5:
			s.Refresh("refresh_requested")
		case 8:
			s.CutSockets()
		}
		ada.Writes("a")
		bob.Writes("b")
	}
	eventually(t, "all is acknowledged", func() bool { return s.Waiting() == 0 })
	if s.Lost() != 0 {
		t.Errorf("%d lost", s.Lost())
	}
	ids := map[string]bool{}
	for _, u := range in.updates() {
		ids[u.ID] = true
	}
	if len(ids) != 2*n {
		t.Errorf("%d updates of %d", len(ids), 2*n)
	}
	ready(t, a, s)
}

func TestWhatCannotBeReadIsAcknowledgedAndCounted(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	a, log := adapterAt(t, s, brisk())
	in := &tray{}
	receiving(t, a, in)
	ready(t, a, s)
	for _, payload := range []string{
		`{"type":"event_callback","team_id":"T01HOME","event_id":"Ev1","event":{"type":"message","channel_type":"im","user":"U1","text":5}}`,
		`{"type":"event_callback","team_id":"T01HOME","event_id":"Ev2","event":{}}`,
		`"secretword"`,
	} {
		d := s.Deliver("events_api", []byte(payload))
		<-d.Over()
		if !d.Acked() || d.Attempts() != 1 {
			t.Errorf("acked %v after %d attempts: %s", d.Acked(), d.Attempts(), payload)
		}
	}
	for _, kind := range []string{"telepathy", "events_api"} { // types that nobody knows yet
		d := s.Deliver(kind, []byte(`{"type":"event_callback","event_id":"Ev3","event":{"type":"tomorrow_announced"}}`))
		select {
		case <-d.Over():
		case <-time.After(10 * time.Second):
			t.Fatalf("%s is not acknowledged", kind)
		}
		if !d.Acked() {
			t.Errorf("%s is not acknowledged", kind)
		}
	}
	if c := a.Counts(); c.Unreadable != 3 || len(in.updates()) != 0 {
		t.Errorf("%+v, %d updates", c, len(in.updates()))
	}
	if strings.Contains(log.String(), "secretword") || strings.Contains(log.String(), "telepathy") {
		t.Errorf("the log repeats what came:\n%s", log)
	}
	// A block that the library cannot read must not cost the person their words.
	d := s.Person("U1").WritesBroken("stop")
	<-d.Over()
	if got := in.updates(); !d.Acked() || len(got) != 1 || got[0].Text != "stop" {
		t.Errorf("acked %v, got %+v", d.Acked(), got)
	}
}

func TestPeopleOfOtherWorkspacesAreRefused(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	s.AddChannel("C0SHARED")
	a, _ := adapterAt(t, s, brisk())
	in := &tray{}
	receiving(t, a, in)
	ready(t, a, s)
	if _, err := a.Send(t.Context(), bot.Message{ID: "m", Chat: private("C0SHARED"), Text: "Ready?", Buttons: scale()}); err != nil {
		t.Fatal(err)
	}
	eve := s.External("U9", "T09AWAY")
	press, err := eve.PressesIn("C0SHARED", "7")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range []*slackfake.Delivery{eve.Writes("hello"), eve.SlashIn("C0SHARED", "/onestep", "help"), press} {
		<-d.Over()
		if !d.Acked() {
			t.Error("not acknowledged: Slack would repeat it")
		}
	}
	if c := a.Counts(); c.Foreign != 3 || len(in.updates()) != 0 {
		t.Errorf("%+v, %d updates", c, len(in.updates()))
	}
}

func TestAPanicOfTheInboxStopsNobody(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{AckWithin: 100 * time.Millisecond, Repeats: []time.Duration{0}})
	a, log := adapterAt(t, s, brisk())
	in := &tray{hook: func(u bot.Update) error {
		if u.Text == "secretword" {
			panic(u.Text)
		}
		return nil
	}}
	receiving(t, a, in)
	ready(t, a, s)
	bad := s.Person("U1").Writes("secretword")
	<-bad.Over()
	good := s.Person("U1").Writes("hello")
	<-good.Over()
	if bad.Acked() || bad.Attempts() != 2 || !good.Acked() {
		t.Errorf("bad acked %v after %d, good acked %v", bad.Acked(), bad.Attempts(), good.Acked())
	}
	if strings.Contains(log.String(), "secretword") || !strings.Contains(log.String(), "panicked") {
		t.Errorf("log:\n%s", log)
	}
}

func TestOwnMessagesComeBackAndAreIgnored(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	a, _ := adapterAt(t, s, brisk())
	in := &tray{}
	receiving(t, a, in)
	ready(t, a, s)
	s.Person("U1")
	for _, id := range []string{"m1", "m2", "m3"} {
		if _, err := a.Send(t.Context(), bot.Message{ID: id, Chat: private("U1"), Text: "hello"}); err != nil {
			t.Fatal(err)
		}
	}
	d := s.Person("U1").Writes("hello")
	<-d.Over()
	if got := in.updates(); len(got) != 1 {
		t.Errorf("%d updates", len(got))
	}
}

func TestAFullHandTakesNoMore(t *testing.T) {
	t.Parallel()
	block := make(chan struct{})
	o := newOrder(0, func(*item) { <-block })
	for i := range maxHeld {
		if !o.add(&item{update: bot.Update{ID: string(rune(0x4e00 + i)), Chat: private("U1")}}) {
			t.Fatalf("item %d was turned away", i)
		}
	}
	if o.add(&item{update: bot.Update{ID: "one more", Chat: private("U2")}}) {
		t.Error("a full hand took one more")
	}
	if !o.add(&item{update: bot.Update{ID: string(rune(0x4e00)), Chat: private("U1")}}) {
		t.Error("a repeat of what is in hand needs no room")
	}
	close(block)
	o.close()
	if o.add(&item{update: bot.Update{ID: "late", Chat: private("U1")}}) {
		t.Error("taken after the end")
	}
}

// Many live in a part of the store that is slow to refuse. Whoever lives
// elsewhere finds a place at once.
func TestASlowPartOfTheStoreKeepsNobodyElseWaiting(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	a, _ := adapterAt(t, s, brisk())
	clog := adaptertest.NewClog(maxTakes / 2)
	defer clog.Free()
	in := &tray{hook: clog.Take}
	receiving(t, a, in)
	ready(t, a, s)
	for i := range 2 * maxTakes {
		s.Person(fmt.Sprint("UA", i)).Writes("away")
	}
	<-clog.Full()
	for i := range 20 {
		s.Person(fmt.Sprint("UB", i)).Writes("well")
	}
	eventually(t, "the others are served", func() bool { return len(in.updates()) == 20 })
	if n := clog.Hanging(); n > maxTakes/2 {
		t.Errorf("%d repeats at once", n)
	}
}
