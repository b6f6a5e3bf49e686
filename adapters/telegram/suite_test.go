package telegram

import (
	"log/slog"
	"strconv"
	"strings"
	"testing"
	"time"

	"onestep/adapters/adaptertest"
	"onestep/adapters/adaptertest/telegramfake"
	"onestep/bot"
)

func TestAdapter(t *testing.T) {
	t.Parallel()
	adaptertest.Run(t, func(t *testing.T) adaptertest.Stage { return &stage{t, fake(t)} })
}

// quick are waits for tests: as in production, some hundred times shorter.
var quick = waits{
	poll:     5 * time.Second,
	patience: 30 * time.Millisecond,
	first:    2 * time.Millisecond,
	most:     50 * time.Millisecond,
	near:     50 * time.Millisecond,
	stuck:    time.Minute,
	deaf:     300 * time.Millisecond,
	conflict: 10 * time.Millisecond,
	standby:  20 * time.Millisecond,
	look:     20 * time.Millisecond,
	reply:    time.Second,
	grace:    5 * time.Second,
}

func fake(t *testing.T) *telegramfake.Server {
	t.Helper()
	s, err := telegramfake.Start(telegramfake.Config{Spacing: 30 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// to builds an adapter that speaks to the fake, with quick waits.
func to(t *testing.T, s *telegramfake.Server, c Config) *Adapter {
	t.Helper()
	c.Token, c.APIURL = s.Token, s.URL
	a, err := New(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	a.waits = quick
	return a
}

type stage struct {
	t *testing.T
	s *telegramfake.Server
}

func (s *stage) Adapter(t *testing.T, log *slog.Logger) bot.Adapter {
	return to(t, s.s, Config{Log: log})
}

func (s *stage) Secrets() []string {
	_, secret, _ := strings.Cut(s.s.Token, ":")
	out := []string{s.s.Token, secret}
	for n := range 5 {
		out = append(out, s.s.Person(int64(1001+n)).Names()...)
	}
	return out
}

func (s *stage) Person(n int) adaptertest.Person { return person{s.s.Person(int64(1000 + n))} }
func (s *stage) Nowhere() bot.Chat               { return chatOf(666) }

func (s *stage) Sent(c bot.Chat) []adaptertest.Sent {
	var out []adaptertest.Sent
	id, _ := strconv.ParseInt(c.ID, 10, 64)
	for _, m := range s.s.Messages(id) {
		out = append(out, adaptertest.Sent{Text: m.Text, Buttons: m.Labels()})
	}
	return out
}

func (s *stage) Attempts() int { return len(s.s.Calls("sendMessage")) }
func (s *stage) Waiting() int  { return s.s.Waiting() }
func (s *stage) Repeat()       { s.s.Repeat(1) }
func (s *stage) Revoke()       { s.s.Revoke() }

func (s *stage) Outage(down bool) {
	if err := s.s.Outage(down); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) Fail(f adaptertest.Fault) bool {
	fault, ok := map[adaptertest.Fault]telegramfake.Fault{
		adaptertest.Throttled:   telegramfake.TooMany(int(adaptertest.ThrottledFor / time.Second)),
		adaptertest.ServerError: telegramfake.ServerError(),
		adaptertest.Proxy502:    telegramfake.BadGateway(),
		adaptertest.Dropped:     {Drop: true},
		adaptertest.LostReply:   {Lose: true},
		adaptertest.Slow:        {Delay: time.Minute},
		adaptertest.Blocked:     {Code: 403, Text: "Forbidden: bot was blocked by the user"},
		adaptertest.Refused:     {Code: 400, Text: "Bad Request: BUTTON_DATA_INVALID"},
		adaptertest.MovedChat:   {Code: 400, Text: "Bad Request: group chat was upgraded to a supergroup chat", MovedTo: -1001234567890},
	}[f]
	s.s.Fail("sendMessage", fault)
	return ok
}

func chatOf(id int64) bot.Chat { return bot.Chat{Platform: Name, ID: decimal(id)} }

type person struct{ p *telegramfake.Person }

func (p person) Chat() bot.Chat            { return chatOf(p.p.ID) }
func (p person) Writes(text string)        { p.p.Writes(text) }
func (p person) Edits(text string)         { p.p.Edits(text) }
func (p person) SendsPhoto(caption string) { p.p.SendsPhoto(caption) }
func (p person) Leaves() bool              { p.p.Blocks(); return true }
func (p person) Returns() bool             { p.p.Unblocks(); return true }

func (p person) Presses(t *testing.T, label string) {
	t.Helper()
	if err := p.p.Presses(label); err != nil {
		t.Fatal(err)
	}
}
