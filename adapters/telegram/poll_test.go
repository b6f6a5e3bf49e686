package telegram

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"onestep/adapters/adaptertest/telegramfake"
	"onestep/bot"
)

// inbox takes all updates, or those that take lets through.
type inbox struct {
	take func(context.Context, bot.Update) error

	mu    sync.Mutex
	taken []bot.Update
}

func (in *inbox) Take(ctx context.Context, u bot.Update) error {
	if in.take != nil {
		if err := in.take(ctx, u); err != nil {
			return err
		}
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	in.taken = append(in.taken, u)
	return nil
}

// texts lists the texts taken so far.
func (in *inbox) texts() []string {
	in.mu.Lock()
	defer in.mu.Unlock()
	var out []string
	for _, u := range in.taken {
		out = append(out, u.Text)
	}
	return out
}

func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(15 * time.Second); !ok(); time.Sleep(2 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("this did not happen: %s", what)
		}
	}
}

// receive lets the adapter receive; stop ends that and gives its result.
func receive(t *testing.T, a *Adapter, in bot.Inbox) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	result := make(chan error, 1)
	go func() { result <- a.Receive(ctx, in) }()
	stop = sync.OnceValue(func() error {
		cancel()
		select {
		case err := <-result:
			return err
		case <-time.After(15 * time.Second):
			return errors.New("Receive did not return")
		}
	})
	t.Cleanup(func() { _ = stop() })
	return stop
}

// notes is a log and a meter to look into.
type notes struct {
	mu      sync.Mutex
	buf     bytes.Buffer
	noticed map[string]int
	called  map[string]int
}

func (n *notes) Write(b []byte) (int, error) {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.buf.Write(b)
}

func (n *notes) log() *slog.Logger {
	return slog.New(slog.NewTextHandler(n, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

func (n *notes) text() string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.buf.String()
}

func (n *notes) Called(method, end string, took time.Duration) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.called == nil {
		n.called = map[string]int{}
	}
	n.called[method+" "+end]++
}

func (n *notes) Noticed(what string) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.noticed == nil {
		n.noticed = map[string]int{}
	}
	n.noticed[what]++
}

func (n *notes) count(m func() map[string]int, key string) int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return m()[key]
}

func (n *notes) oddities(what string) int {
	return n.count(func() map[string]int { return n.noticed }, what)
}

func (n *notes) calls(what string) int {
	return n.count(func() map[string]int { return n.called }, what)
}

func TestBadSettings(t *testing.T) {
	t.Parallel()
	s := fake(t)
	for name, c := range map[string]struct {
		Config
		token bool // the token is to blame
	}{
		"no token":     {Config{APIURL: s.URL}, true},
		"half a token": {Config{Token: "123", APIURL: s.URL}, true},
		"a quote":      {Config{Token: `123:abc"d`, APIURL: s.URL}, true},
		"another bot":  {Config{Token: "7000000009:SECRETxyz", APIURL: s.URL}, true},
		"no host":      {Config{Token: s.Token, APIURL: "api.telegram.org"}, false},
		"ftp":          {Config{Token: s.Token, APIURL: "ftp://api.telegram.org"}, false},
		"a password":   {Config{Token: s.Token, APIURL: "https://me:pass@api.telegram.org"}, false},
	} {
		_, err := New(t.Context(), c.Config)
		if err == nil || errors.Is(err, ErrToken) != c.token {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, secret := range []string{"SECRETxyz", "abc", "pass@"} {
			if strings.Contains(err.Error(), secret) {
				t.Errorf("%s: %q stands in %v", name, secret, err)
			}
		}
	}
	s.Revoke()
	if _, err := New(t.Context(), Config{Token: s.Token, APIURL: s.URL + "/"}); !errors.Is(err, ErrToken) || !strings.Contains(err.Error(), "@BotFather") {
		t.Errorf("a revoked token: %v", err)
	}
}

func TestDownAtStart(t *testing.T) {
	t.Parallel()
	s := fake(t)
	if err := s.Outage(true); err != nil {
		t.Fatal(err)
	}
	a := to(t, s, Config{})
	if a.Ready() == nil || a.Link("x") != "" {
		t.Errorf("ready %v, link %q without a word from Telegram", a.Ready(), a.Link("x"))
	}
	in := &inbox{}
	receive(t, a, in)
	if err := s.Outage(false); err != nil {
		t.Fatal(err)
	}
	s.Person(1).Start("c0de")
	eventually(t, "the start arrives", func() bool { return slices.Equal(in.texts(), []string{"/start c0de"}) })
	eventually(t, "ready", func() bool { return a.Ready() == nil })
	if got := a.Link("a-B_9"); got != "https://t.me/OnestepTestBot?start=a-B_9" {
		t.Errorf("link %q", got)
	}
}

func TestPollAsksForWhatItWants(t *testing.T) {
	t.Parallel()
	s := fake(t)
	s.SetWebhook("https://example.org/old")
	s.Person(1).Writes("before")
	in := &inbox{}
	a := to(t, s, Config{})
	stop := receive(t, a, in)
	eventually(t, "what waited arrives", func() bool { return len(in.texts()) == 1 })
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	for _, c := range s.Calls("deleteWebhook") {
		if c.Params["drop_pending_updates"] != "" {
			t.Error("pending updates are dropped at the start")
		}
	}
	polls := s.Calls("getUpdates")
	for _, c := range polls {
		if c.Params["allowed_updates"] != allowed {
			t.Errorf("a poll allows %q", c.Params["allowed_updates"])
		}
	}
	if last := polls[len(polls)-1].Params["offset"]; last != "880000002" {
		t.Errorf("the last poll confirms what is below %q", last)
	}
	if n := s.Waiting(); n != 0 {
		t.Errorf("%d updates wait", n)
	}
}

func TestWebhookSetLater(t *testing.T) {
	t.Parallel()
	s := fake(t)
	n := &notes{}
	in := &inbox{}
	a := to(t, s, Config{Meter: n, Log: n.log()})
	receive(t, a, in)
	eventually(t, "polling", func() bool { return len(s.Calls("getUpdates")) > 0 })
	s.SetWebhook("https://example.org/else")
	eventually(t, "the conflict is noticed", func() bool { return n.oddities("conflict") > 0 })
	s.Person(1).Writes("after")
	eventually(t, "updates come again", func() bool { return len(in.texts()) == 1 })
	eventually(t, "ready", func() bool { return a.Ready() == nil })
}

func TestTwoPollersWithoutLease(t *testing.T) {
	t.Parallel()
	s := fake(t)
	n := &notes{}
	one, two := &inbox{}, &inbox{}
	receive(t, to(t, s, Config{Meter: n, Log: n.log()}), one)
	receive(t, to(t, s, Config{Meter: n, Log: n.log()}), two)
	eventually(t, "a conflict is noticed", func() bool { return n.oddities("conflict") > 1 })
	for i := range 10 {
		s.Person(int64(i + 1)).Writes(fmt.Sprint(i))
	}
	eventually(t, "each update comes to one of them", func() bool {
		seen := map[string]bool{}
		for _, x := range append(one.texts(), two.texts()...) {
			seen[x] = true
		}
		return len(seen) == 10 && s.Waiting() == 0
	})
}

// lease is a Poller of several replicas on a clock of their own.
type lease struct {
	mu     sync.Mutex
	holder string
	down   bool
}

type leaseOf struct {
	l    *lease
	name string
}

func (o leaseOf) Hold(context.Context) (time.Duration, bool, error) {
	o.l.mu.Lock()
	defer o.l.mu.Unlock()
	if o.l.down {
		return 0, false, errors.New("no connection")
	}
	if o.l.holder == "" {
		o.l.holder = o.name
	}
	return 60 * time.Millisecond, o.l.holder == o.name, nil
}

func (o leaseOf) Release(context.Context) error {
	o.l.mu.Lock()
	defer o.l.mu.Unlock()
	if o.l.holder == o.name {
		o.l.holder = ""
	}
	return nil
}

func (l *lease) set(holder string, down bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.holder, l.down = holder, down
}

func TestLease(t *testing.T) {
	t.Parallel()
	s := fake(t)
	l := &lease{}
	n := &notes{}
	one, two := &inbox{}, &inbox{}
	stop := receive(t, to(t, s, Config{Poller: leaseOf{l, "one"}, Meter: n, Log: n.log()}), one)
	eventually(t, "the first polls", func() bool { return len(s.Calls("getUpdates")) > 0 })
	second := to(t, s, Config{Poller: leaseOf{l, "two"}, Meter: n, Log: n.log()})
	receive(t, second, two)
	s.Person(1).Writes("a")
	eventually(t, "the first takes it", func() bool { return len(one.texts()) == 1 })
	if second.Ready() != nil {
		t.Errorf("the one that stands by is not ready: %v", second.Ready())
	}
	// It looks now and then whether Telegram is there.
	if err := s.Outage(true); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the one that stands by sees the outage", func() bool { return second.Ready() != nil })
	if err := s.Outage(false); err != nil {
		t.Fatal(err)
	}
	eventually(t, "and its end", func() bool { return second.Ready() == nil })

	if err := stop(); err != nil {
		t.Fatal(err)
	}
	s.Person(1).Writes("b")
	eventually(t, "the second takes over", func() bool { return slices.Equal(two.texts(), []string{"b"}) })
	// The lease goes to a third: polling stops until it is free again.
	l.set("three", false)
	eventually(t, "polling has ended", func() bool { return strings.Contains(n.text(), "Another replica has taken over") })
	s.Person(1).Writes("c")
	if len(two.texts()) != 1 {
		t.Error("it polls without the lease")
	}
	l.set("", false)
	eventually(t, "it polls again", func() bool { return len(two.texts()) == 2 })
	// The store of leases is down: the lease runs out, and polling with it.
	l.set("two", true)
	eventually(t, "polling has ended", func() bool { return strings.Contains(n.text(), "could not be renewed") })
	s.Person(1).Writes("d")
	l.set("", false)
	eventually(t, "it polls again", func() bool { return len(two.texts()) == 3 })
	if n.oddities("conflict") != 0 {
		t.Errorf("%d conflicts under a lease", n.oddities("conflict"))
	}
}

func TestThrottledPoll(t *testing.T) {
	t.Parallel()
	s := fake(t)
	s.Fail("getUpdates", telegramfake.TooMany(1))
	s.Person(1).Writes("a")
	in := &inbox{}
	receive(t, to(t, s, Config{}), in)
	eventually(t, "the update comes", func() bool { return len(in.texts()) == 1 })
	polls := s.Calls("getUpdates")
	if len(polls) < 2 || polls[1].At.Sub(polls[0].At) < time.Second {
		t.Errorf("%d polls, not a second apart", len(polls))
	}
}

func TestFaultyPolls(t *testing.T) {
	t.Parallel()
	s := fake(t)
	s.Fail("getMe", telegramfake.BadGateway())
	s.Fail("deleteWebhook", telegramfake.ServerError(), telegramfake.Fault{Drop: true})
	s.Fail("getUpdates", telegramfake.ServerError(), telegramfake.BadGateway(), telegramfake.Fault{Drop: true}, telegramfake.Fault{Lose: true},
		telegramfake.Fault{Code: 200, Page: `{"ok":true,"result":{"not":"a list"}}`}, telegramfake.Fault{Code: 200, Page: `{"ok":true,"result":[{"no":"id"}]}`})
	s.Person(1).Writes("a")
	in := &inbox{}
	a := to(t, s, Config{})
	receive(t, a, in)
	eventually(t, "the update comes", func() bool { return len(in.texts()) == 1 })
	eventually(t, "ready", func() bool { return a.Ready() == nil })
	eventually(t, "it is confirmed", func() bool { return s.Waiting() == 0 })
}

func TestQuarantine(t *testing.T) {
	t.Parallel()
	s := fake(t)
	n := &notes{}
	p := s.Person(1)
	p.Writes("before")
	s.Inject("message", "quincebramble is no message")
	s.Inject("message", map[string]any{"message_id": 5, "date": 1772445600, "text": "quincebramble",
		"chat": map[string]any{"id": "a thousand", "type": "private"}})
	p.Writes("after")
	in := &inbox{}
	receive(t, to(t, s, Config{Log: n.log(), Meter: n}), in)
	eventually(t, "the good ones arrive", func() bool { return slices.Equal(in.texts(), []string{"before", "after"}) })
	eventually(t, "all is confirmed", func() bool { return s.Waiting() == 0 })
	if k := n.oddities("quarantined"); k != 2 {
		t.Errorf("%d quarantined, want 2", k)
	}
	text := n.text()
	if strings.Contains(text, "quincebramble") || strings.Contains(text, "thousand") {
		t.Errorf("the log holds words: %s", text)
	}
	if k := strings.Count(text, "passed over"); k != 2 {
		t.Errorf("logged %d times: %s", k, text)
	}
}

func TestIDsStartAnew(t *testing.T) {
	t.Parallel()
	s := fake(t)
	in := &inbox{}
	receive(t, to(t, s, Config{}), in)
	p := s.Person(1)
	p.Writes("high")
	eventually(t, "the first arrives", func() bool { return len(in.texts()) == 1 })
	eventually(t, "and is confirmed", func() bool { return s.Waiting() == 0 })
	for i, id := range []int64{4711, 900_000_000, 12} {
		if !s.JumpTo(id) {
			t.Fatal("updates wait")
		}
		p.Writes("one")
		p.Writes("two")
		eventually(t, "both arrive", func() bool { return len(in.texts()) == 3+2*i })
		eventually(t, "both are confirmed", func() bool { return s.Waiting() == 0 })
	}
}

func TestAStuckChatHoldsUpNobody(t *testing.T) {
	t.Parallel()
	s := fake(t)
	n := &notes{}
	var mu sync.Mutex
	mended := false
	in := &inbox{take: func(_ context.Context, u bot.Update) error {
		mu.Lock()
		defer mu.Unlock()
		if u.Chat.ID == "13" && !mended {
			return errors.New("this conversation cannot be read")
		}
		return nil
	}}
	receive(t, to(t, s, Config{Log: n.log()}), in)
	s.Person(13).Writes("stuck")
	eventually(t, "one is stuck", func() bool { return strings.Contains(n.text(), "not taken") })
	for i := range 60 {
		s.Person(int64(100 + i%7)).Writes(fmt.Sprint(i))
	}
	eventually(t, "the others go on", func() bool { return len(in.texts()) == 60 })
	if w := s.Waiting(); w != 61 {
		t.Errorf("%d updates wait for confirmation, want all 61: the first of them is not committed", w)
	}
	mu.Lock()
	mended = true
	mu.Unlock()
	eventually(t, "all is confirmed", func() bool { return s.Waiting() == 0 })
	if got := in.texts(); len(got) != 61 {
		t.Errorf("%d updates taken, want 61: each once", len(got))
	}
}

func TestManyUpdates(t *testing.T) {
	t.Parallel()
	s := fake(t)
	for i := range 350 {
		s.Person(int64(100 + i%9)).Writes(fmt.Sprint(i))
	}
	in := &inbox{}
	receive(t, to(t, s, Config{}), in)
	eventually(t, "all arrive", func() bool { return len(in.texts()) == 350 && s.Waiting() == 0 })
	last := map[string]int{}
	for _, u := range in.taken {
		var i int
		fmt.Sscan(u.Text, &i)
		if before, ok := last[u.Chat.ID]; ok && i != before+9 {
			t.Errorf("chat %s: %d after %d", u.Chat.ID, i, before)
		}
		last[u.Chat.ID] = i
	}
}

func TestPressIsAnsweredAtOnce(t *testing.T) {
	t.Parallel()
	s := fake(t)
	goOn := make(chan struct{})
	in := &inbox{take: func(context.Context, bot.Update) error { <-goOn; return nil }}
	a := to(t, s, Config{})
	receive(t, a, in)
	p := s.Person(1)
	m := bot.Message{Chat: chatOf(1), Text: "Ready?", Buttons: []bot.Button{{Label: "Yes", Data: "y"}, {Label: "No", Data: "n"}}}
	if _, err := a.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if err := p.Presses("Yes"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the press is answered", func() bool { return len(s.Calls("answerCallbackQuery")) == 1 && s.Unanswered() == 0 })
	if got := s.Messages(1)[0].Labels(); len(got) != 2 {
		t.Errorf("the buttons are gone before the press is committed: %q", got)
	}
	close(goOn)
	eventually(t, "the buttons go", func() bool { return len(s.Messages(1)[0].Labels()) == 0 })
	if text := s.Messages(1)[0].Text; text != "Ready?" {
		t.Errorf("the message became %q", text)
	}
}

// TestFavoursHoldNothingUp shows that a press is taken although its answer and
// the removal of the buttons go wrong.
func TestFavoursHoldNothingUp(t *testing.T) {
	t.Parallel()
	s := fake(t)
	n := &notes{}
	in := &inbox{}
	a := to(t, s, Config{Log: n.log()})
	stop := receive(t, a, in)
	p := s.Person(1)
	m := bot.Message{Chat: chatOf(1), Text: "Ready?", Buttons: []bot.Button{{Label: "Yes", Data: "y"}}}
	if _, err := a.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	s.Fail("answerCallbackQuery", telegramfake.Fault{Delay: 300 * time.Millisecond})
	s.Fail("editMessageReplyMarkup", telegramfake.TooMany(30))
	began := time.Now()
	if err := p.Presses("Yes"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the press is taken", func() bool { return len(in.texts()) == 1 })
	if took := time.Since(began); took > 250*time.Millisecond {
		t.Errorf("it took %v", took)
	}
	p.Writes("and on")
	eventually(t, "the next is taken", func() bool { return len(in.texts()) == 2 })
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if k := len(s.Calls("editMessageReplyMarkup")); k != 1 {
		t.Errorf("%d tries to remove the buttons, want 1", k)
	}
}

func TestGroups(t *testing.T) {
	t.Parallel()
	s := fake(t)
	in := &inbox{}
	receive(t, to(t, s, Config{}), in)
	p := s.Person(1)
	g := s.Group(-4001, "Team", p)
	p.In(g).Writes("hello everyone")
	p.In(g).Writes("/summary@OnestepTestBot")
	g.Migrates(p)
	eventually(t, "all arrive", func() bool { return len(in.texts()) == 4 })
	in.mu.Lock()
	defer in.mu.Unlock()
	for i, want := range []bot.UpdateKind{bot.Joined, bot.Wrote, bot.Moved, bot.Moved} {
		u := in.taken[i]
		if i == 3 { // the two signals of a move are of two chats: either may be first
			continue
		}
		if u.Kind != want || u.Private {
			t.Errorf("%d. update: %+v", i+1, u)
		}
	}
	for _, u := range in.taken[2:] {
		if u.Kind != bot.Moved || u.Chat != chatOf(-4001) || u.MovedTo != chatOf(-1000000004001) {
			t.Errorf("the move came as %+v", u)
		}
	}
}

// TestGrace shows that a stop does not wait for ever for an inbox that hangs.
func TestGrace(t *testing.T) {
	t.Parallel()
	s := fake(t)
	inHand := make(chan struct{})
	in := &inbox{take: func(ctx context.Context, _ bot.Update) error { close(inHand); <-ctx.Done(); return ctx.Err() }}
	a := to(t, s, Config{})
	a.waits.grace = 50 * time.Millisecond
	stop := receive(t, a, in)
	s.Person(1).Writes("a")
	<-inHand
	if err := stop(); err != nil {
		t.Errorf("Receive gave %v", err)
	}
	if s.Waiting() != 1 {
		t.Error("an update that was not taken is confirmed")
	}
}

func TestMeter(t *testing.T) {
	t.Parallel()
	s := fake(t)
	n := &notes{}
	a := to(t, s, Config{Meter: n})
	m := bot.Message{Chat: chatOf(s.Person(1).ID), Text: "hello"}
	s.Fail("sendMessage", telegramfake.Fault{}, telegramfake.TooMany(1), telegramfake.Fault{Drop: true})
	for range 3 {
		a.Send(t.Context(), m)
	}
	if err := s.Outage(true); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a request that never left is counted", func() bool {
		a.Send(t.Context(), m)
		return n.calls("sendMessage unsent") > 0
	})
	for _, end := range []string{"getMe ok", "sendMessage ok", "sendMessage 429", "sendMessage lost"} {
		if n.calls(end) == 0 {
			t.Errorf("%q is not counted", end)
		}
	}
}
