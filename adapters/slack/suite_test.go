package slack

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"onestep/adapters/adaptertest"
	"onestep/adapters/adaptertest/slackfake"
	"onestep/bot"
)

func TestSuite(t *testing.T) {
	t.Parallel()
	adaptertest.Run(t, func(t *testing.T) adaptertest.Stage { return newStage(t) })
}

func newStage(t *testing.T) *stage {
	// Slack's waits between repeats are minutes; here they are short and many.
	repeats := make([]time.Duration, 400)
	for i := range repeats {
		repeats[i] = 25 * time.Millisecond
	}
	m := manifest(t)
	return &stage{t: t, slack: home(t, slackfake.Config{
		Repeats: repeats, Scopes: m.OAuth.Scopes.Bot, Events: m.Settings.Subscriptions.Bot,
	})}
}

// stage is Slack as the shared suite sees it.
type stage struct {
	t     *testing.T
	slack *slackfake.Slack
}

func (s *stage) Adapter(t *testing.T, log *slog.Logger) bot.Adapter {
	t.Helper()
	botToken, appToken := s.slack.Tokens()
	a, err := New(Config{BotToken: botToken, AppToken: appToken, APIURL: s.slack.APIURL(), Log: log})
	if err != nil {
		t.Fatal(err)
	}
	a.pace = patient()
	a.dial()
	return a
}

// patient is a brisk pace for the suite's people, who say a dozen things in one
// instant: on a busy machine one of them can come late.
func patient() pace {
	p := brisk()
	p.settle = 200 * time.Millisecond
	return p
}

func (s *stage) Secrets() []string {
	botToken, appToken := s.slack.Tokens()
	return []string{botToken, appToken, "ticket="}
}

func (s *stage) Person(n int) adaptertest.Person {
	return person{s, s.slack.Person(fmt.Sprintf("U%d", n)), func() {
		t := s.t
		t.Helper()
		eventually(t, "a connection", func() bool { return s.slack.Connections() > 0 })
	}}
}

func (s *stage) Nowhere() bot.Chat { return private("U404") }

func (s *stage) Sent(c bot.Chat) []adaptertest.Sent {
	var out []adaptertest.Sent
	for _, m := range s.slack.Messages(c.ID) {
		var labels []string
		for _, b := range m.Buttons {
			labels = append(labels, b.Label)
		}
		out = append(out, adaptertest.Sent{Text: m.Text, Buttons: labels})
	}
	return out
}

func (s *stage) Attempts() int { return s.slack.Calls("chat.postMessage") }
func (s *stage) Waiting() int  { return s.slack.Waiting() }
func (s *stage) Repeat()       { s.slack.Repeat() }
func (s *stage) Revoke()       { s.slack.Revoke() }

func (s *stage) Fail(f adaptertest.Fault) bool {
	fault, ok := map[adaptertest.Fault]slackfake.Fault{
		adaptertest.Throttled:   {Status: 429, RetryAfter: int(adaptertest.ThrottledFor / time.Second)},
		adaptertest.ServerError: {Error: "internal_error"},
		adaptertest.Proxy502:    {Status: 502},
		adaptertest.Dropped:     {DropBefore: true},
		adaptertest.LostReply:   {DropAfter: true},
		adaptertest.Slow:        {Hang: true},
		adaptertest.Blocked:     {Error: "user_disabled"},
		adaptertest.Refused:     {Error: "invalid_blocks"},
	}[f]
	if ok {
		s.slack.Break("chat.postMessage", fault)
	}
	return ok
}

func (s *stage) Outage(down bool) {
	if err := s.slack.Outage(down); err != nil {
		s.t.Error(err)
	}
}

// person is somebody of the made-up workspace. Slack gives up what is said while
// nobody listens and repeats it when it pleases, so they begin to speak when
// there is a connection; what happens without one has tests of its own.
type person struct {
	s     *stage
	p     *slackfake.Person
	heard func() // waits until somebody listens
}

func (p person) Chat() bot.Chat { return private(p.p.ID()) }

func (p person) Writes(text string) {
	p.heard()
	p.p.Writes(text)
}

func (p person) Presses(t *testing.T, label string) {
	t.Helper()
	p.heard()
	if _, err := p.p.Presses(label); err != nil {
		t.Fatal(err)
	}
}

func (p person) Edits(text string) {
	if _, err := p.p.Edits(text); err != nil {
		p.s.t.Error(err)
	}
}

func (p person) SendsPhoto(caption string) {
	p.heard()
	p.p.SendsFile(caption)
}

// Slack tells an app nothing when a person hides or mutes it.
func (p person) Leaves() bool  { return false }
func (p person) Returns() bool { return false }
