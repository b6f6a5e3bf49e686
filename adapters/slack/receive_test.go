package slack

import (
	"strings"
	"testing"
	"time"

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
