package slack

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"onestep/adapters/adaptertest/slackfake"
	"onestep/bot"
)

func TestSettingsThatCannotBeRight(t *testing.T) {
	t.Parallel()
	for say, cfg := range map[string]Config{
		"ONESTEP_SLACK_BOT_TOKEN": {AppToken: "xapp-1"},
		"ONESTEP_SLACK_APP_TOKEN": {BotToken: "xoxb-1"},
		"each other's place":      {BotToken: "xapp-1", AppToken: "xoxb-1"},
		"1 to 10":                 {BotToken: "xoxb-1", AppToken: "xapp-1", Connections: 11},
	} {
		if _, err := New(cfg); err == nil || !strings.Contains(err.Error(), say) {
			t.Errorf("%q is not in %v", say, err)
		}
	}
	a, err := New(Config{BotToken: "xoxb-1", AppToken: "xapp-1", APIURL: "http://127.0.0.1:1/api"})
	if err != nil || a.cfg.APIURL != "http://127.0.0.1:1/api/" || a.Ready() == nil || a.Platform() != "slack" {
		t.Errorf("%v %q", err, a.cfg.APIURL)
	}
}

func TestCheckSaysWhatToDo(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	botToken, appToken := s.Tokens()
	for name, c := range map[string]struct {
		cfg    Config
		method string
		fault  slackfake.Fault
		says   string // "" is no error
	}{
		"all is well":          {cfg: Config{BotToken: botToken, AppToken: appToken}},
		"a wrong bot token":    {cfg: Config{BotToken: "xoxb-wrong", AppToken: appToken}, says: "set ONESTEP_SLACK_BOT_TOKEN"},
		"a wrong app token":    {cfg: Config{BotToken: botToken, AppToken: "xapp-wrong"}, says: "set ONESTEP_SLACK_APP_TOKEN"},
		"the bot token twice":  {cfg: Config{BotToken: botToken, AppToken: botToken}, says: "xapp-"},
		"a revoked token":      {cfg: Config{BotToken: botToken, AppToken: appToken}, method: "auth.test", fault: slackfake.Fault{Error: "token_revoked"}, says: "install the app"},
		"without permission":   {cfg: Config{BotToken: botToken, AppToken: appToken}, method: "apps.connections.open", fault: slackfake.Fault{Error: "missing_scope"}, says: "connections:write"},
		"Slack is down":        {cfg: Config{BotToken: botToken, AppToken: appToken}, method: "auth.test", fault: slackfake.Fault{Status: 503}},
		"Slack is slow":        {cfg: Config{BotToken: botToken, AppToken: appToken}, method: "auth.test", fault: slackfake.Fault{Hang: true}},
		"Slack says nothing":   {cfg: Config{BotToken: botToken, AppToken: appToken}, method: "auth.test", fault: slackfake.Fault{Empty: true}},
		"too many connections": {cfg: Config{BotToken: botToken, AppToken: appToken}, method: "apps.connections.open", fault: slackfake.Fault{Status: 429, RetryAfter: 60}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := s
			if c.method != "" {
				s = home(t, slackfake.Config{})
				s.Break(c.method, c.fault)
			}
			c.cfg.APIURL = s.APIURL()
			a, err := New(c.cfg)
			if name == "the bot token twice" {
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Errorf("got %v", err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			a.pace.call = 300 * time.Millisecond
			a.dial()
			err = a.Check(t.Context())
			if c.says == "" {
				if err != nil {
					t.Errorf("got %v", err)
				}
				return
			}
			if !errors.Is(err, ErrRefused) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%q is not in %v", c.says, err)
			}
			if strings.Contains(err.Error(), botToken) || strings.Contains(err.Error(), "wrong") {
				t.Errorf("a token in %v", err)
			}
			if r := a.Ready(); r == nil || r.Error() != err.Error() {
				t.Errorf("Ready says %v", r)
			}
			if c.method != "" {
				return // the fault is over
			}
			if err := a.Receive(t.Context(), &tray{}); !errors.Is(err, ErrRefused) || err.Error() != a.Ready().Error() {
				t.Errorf("Receive returned %v", err)
			}
		})
	}
}

func TestSlackMayBeDownAtTheStart(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	if err := s.Outage(true); err != nil {
		t.Fatal(err)
	}
	a, _ := adapterAt(t, s, brisk())
	if err := a.Check(t.Context()); err != nil {
		t.Errorf("an outage is a refusal: %v", err)
	}
	receiving(t, a, &tray{})
	if a.Ready() == nil {
		t.Error("ready without Slack")
	}
	if err := s.Outage(false); err != nil {
		t.Fatal(err)
	}
	ready(t, a, s)
}

func TestReadyFollowsTheConnections(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	p := brisk()
	p.redial = 20 * time.Millisecond
	a, _ := adapterAt(t, s, p)
	stop := receiving(t, a, &tray{})
	ready(t, a, s)
	s.Refresh("refresh_requested")
	if err := a.Ready(); err != nil {
		t.Errorf("one connection of two is recycled: %v", err)
	}
	ready(t, a, s)
	s.Break("apps.connections.open", slackfake.Fault{Error: "link_disabled"}, slackfake.Fault{Status: 503}, slackfake.Fault{Status: 404})
	s.CutSockets()
	ready(t, a, s)
	if err := stop(); err != nil {
		t.Errorf("stopped with %v", err)
	}
	if a.Ready() == nil || s.Connections() != 0 && a.Ready() == nil {
		t.Error("ready after the end")
	}
}

func TestStoppingBeforeSlackWasThere(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	if err := s.Outage(true); err != nil {
		t.Fatal(err)
	}
	a, _ := adapterAt(t, s, brisk())
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Millisecond)
	defer cancel()
	if err := a.Receive(ctx, &tray{}); err != nil {
		t.Errorf("returned %v", err)
	}
}

func TestTheZoneIsAskedOnceAndFollowsMoves(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	a, _ := adapterAt(t, s, brisk())
	in := &tray{}
	receiving(t, a, in)
	ready(t, a, s)
	ada := s.Person("U1")
	say := func() string {
		d := ada.Writes("hello")
		<-d.Over()
		got := in.updates()
		return got[len(got)-1].Zone
	}
	if z := say() + " " + say(); z != "Europe/London Europe/London" || s.Calls("users.info") != 1 {
		t.Errorf("%s after %d calls", z, s.Calls("users.info"))
	}
	<-ada.Moves("Europe/Madrid").Over()
	if z := say(); z != "Europe/Madrid" {
		t.Errorf("after the move: %s", z)
	}
}

// A move is told at once, with no word of the person's, on whichever replica it
// arrives; what the other one has remembered is marked as older.
func TestAMoveIsToldAtOnceAndARememberedZoneIsOlder(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	ada := s.Person("U1")
	behind, _ := adapterAt(t, s, brisk())
	before := &tray{}
	stop := receiving(t, behind, before)
	ready(t, behind, s)
	<-ada.Writes("hello").Over() // its zone is remembered here
	stop()

	hears, _ := adapterAt(t, s, brisk())
	in2 := &tray{}
	stop = receiving(t, hears, in2)
	ready(t, hears, s)
	<-ada.Moves("Europe/Madrid").Over()
	told := in2.updates()
	if len(told) != 1 || told[0].Kind != bot.Zoned || told[0].Zone != "Europe/Madrid" || told[0].Chat != private("U1") || !told[0].Private || told[0].Text != "" {
		t.Fatalf("told %+v", told)
	}
	<-ada.Writes("hello").Over() // what was told is remembered
	if got := in2.updates()[1]; got.Zone != "Europe/Madrid" || !got.ZoneAt.Equal(told[0].ZoneAt) || s.Calls("users.info") != 1 {
		t.Errorf("%+v after %d calls", got, s.Calls("users.info"))
	}
	stop()

	receiving(t, behind, before)
	ready(t, behind, s)
	<-ada.Writes("hello").Over()
	if got := before.updates(); len(got) != 2 || got[1].Zone != "Europe/London" || !got[1].ZoneAt.Before(told[0].ZoneAt) {
		t.Errorf("from memory: %+v", got)
	}
}

// All members of the workspace have profiles: those that nobody takes are not held
// for long, and Slack repeats them.
func TestAChangeThatIsNotTakenIsNotHeld(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	p := brisk()
	p.take = 30 * time.Millisecond
	a, _ := adapterAt(t, s, p)
	in := &tray{hook: func(bot.Update) error { return errJammed }}
	receiving(t, a, in)
	ready(t, a, s)
	s.Person("U1").Moves("Europe/Madrid")
	eventually(t, "the change is given up", func() bool { return a.Counts().Dropped > 0 })
}

func TestNothingOfTheProfileButAZoneIsTold(t *testing.T) {
	t.Parallel()
	for name, user := range map[string]string{
		"no zone": `{"id":"U1","updated":1700000000}`, "nobody": `{"tz":"Europe/London"}`, "ourselves": `{"id":"UBOT","tz":"Europe/London"}`,
	} {
		got := us{team: "T1", self: "UBOT"}.read(envelope{Type: "events_api", Payload: json.RawMessage(
			`{"team_id":"T1","event_id":"Ev1","event":{"type":"user_change","user":` + user + `}}`)}, time.Now())
		if got.verdict != ignore {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestAZoneThatDoesNotComeHoldsNobodyUp(t *testing.T) {
	t.Parallel()
	s := home(t, slackfake.Config{})
	p := brisk()
	p.zone = 20 * time.Millisecond
	a, _ := adapterAt(t, s, p)
	in := &tray{}
	receiving(t, a, in)
	ready(t, a, s)
	s.Break("users.info", slackfake.Fault{Hang: true})
	for range 3 {
		d := s.Person("U1").Writes("hello")
		<-d.Over()
		if !d.Acked() || d.AckedIn() > 2*time.Second {
			t.Errorf("acked %v in %v", d.Acked(), d.AckedIn())
		}
	}
	if n := s.Calls("users.info"); n != 1 {
		t.Errorf("asked %d times during the outage", n)
	}
	for _, u := range in.updates() {
		if u.Zone != "" {
			t.Errorf("zone %q", u.Zone)
		}
	}
}

// Debugging logs what people write, and retries of the library double messages.
func TestNothingDangerousIsSwitchedOn(t *testing.T) {
	t.Parallel()
	a, err := New(Config{BotToken: "xoxb-1", AppToken: "xapp-1"})
	if err != nil {
		t.Fatal(err)
	}
	if a.api.Debug() {
		t.Error("debugging is on")
	}
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no files", err)
	}
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") {
			continue
		}
		src, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"OptionDebug", "OptionRetry", "SocketmodeHandler", "AllBuiltinRetryHandlers", ".PostMessage(", ".Ack("} {
			if strings.Contains(string(src), bad) {
				t.Errorf("%s uses %s", f, bad)
			}
		}
	}
}

var _ bot.Inbox = (*tray)(nil)
