package bot_test

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"onestep/bot"
	"onestep/bot/store"
	"onestep/bot/store/redistest"
	"onestep/dialogs"
	"onestep/dialogs/checkins"
)

// world is a whole onestep on a real Redis, with a clock that the test moves
// and a platform that the test is.
type world struct {
	*testing.T
	ctx      context.Context
	store    *store.Store
	bot      *bot.Bot
	runner   *bot.Runner
	platform *platform
	now      time.Time
	updates  int
	leases   []bot.Lease // as of leased, on the clock of Redis
	leased   time.Time
}

// The people and places of these tests, all made up.
var (
	lead    = bot.Chat{Platform: "test", ID: "lead"}
	worker  = bot.Chat{Platform: "test", ID: "worker"}
	patient = bot.Chat{Platform: "test", ID: "patient"}
	duty    = bot.Chat{Platform: "test", ID: "duty"}
	channel = bot.Chat{Platform: "test", ID: "-100"}
)

func newWorld(t *testing.T) *world {
	t.Helper()
	t.Parallel()
	w := &world{T: t, ctx: t.Context(), platform: &platform{fail: map[bot.Chat]*bot.SendError{}}}
	// A Monday in service hours.
	w.now = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	keyset, err := store.NewKeyset()
	if err != nil {
		t.Fatal(err)
	}
	w.store, err = store.Open(w.ctx, store.Options{URL: redistest.Start(t).URL(), Keyset: keyset, Shards: 2, Now: w.clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.store.Close() })
	edition, err := checkins.Current()
	if err != nil {
		t.Fatal(err)
	}
	library, err := bot.NewLibrary(w.ctx, w.store, edition)
	if err != nil {
		t.Fatal(err)
	}
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	w.bot = &bot.Bot{
		Store: w.store, Scripts: library, Now: w.clock, Random: rand.Reader,
		Log: slog.New(slog.DiscardHandler), Meter: noMeter{}, Links: map[string]bot.Linker{"test": nil},
		Teams: []bot.Team{{
			ID: "harbour", Name: "Harbour team", Zone: london, Language: "en", Channel: channel,
			Leads: []bot.Chat{lead}, Hours: dialogs.Hours{Days: [7]bool{1: true, 2: true, 3: true, 4: true, 5: true}, From: 9 * 60, To: 17 * 60},
			Quiet:      bot.Quiet{Start: "20:00", End: "09:00"},
			SummaryDay: time.Monday, SummaryTime: "09:00",
		}},
	}
	w.runner = &bot.Runner{
		Bot: w.bot, Agenda: w.store, Leases: w.store, Holder: "test", Rate: 1,
		Delivery: &bot.Delivery{Bot: w.bot, Outbox: w.store, Adapters: map[string]bot.Adapter{"test": w.platform}, Wall: w.clock},
	}
	w.bot.Paused = w.runner.Delivery.Paused
	if err := w.bot.Prepare(w.ctx); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) clock() time.Time { return w.now }

// writes sends a person's words and lets everything they cause happen.
func (w *world) writes(c bot.Chat, text string) []sent {
	w.Helper()
	return w.update(bot.Update{Kind: bot.Wrote, Chat: c, Text: text})
}

// presses presses the button with that label on the latest message that has it.
func (w *world) presses(c bot.Chat, label string) []sent {
	w.Helper()
	shown := to(w.platform.since(0), c)
	for _, m := range slices.Backward(shown) {
		for _, b := range m.Buttons {
			if b.Label == label {
				return w.update(bot.Update{Kind: bot.Pressed, Chat: c, Data: b.Data})
			}
		}
	}
	w.Fatalf("%s was shown no button %q; they got:\n%s", c.ID, label, texts(shown))
	return nil
}

func (w *world) update(u bot.Update) []sent {
	w.Helper()
	w.updates++
	if u.ID == "" {
		u.ID = fmt.Sprintf("test:%d", w.updates)
	}
	u.Private, u.Sender, u.At = u.Chat != channel, u.Chat.ID, w.now
	if u.Zone != "" && u.ZoneAt.IsZero() {
		u.ZoneAt = w.now
	}
	before := w.platform.count()
	if err := w.bot.Take(w.ctx, u); err != nil {
		w.Fatalf("take: %v", err)
	}
	w.settle()
	return w.platform.since(before)
}

// settle runs timers and delivery until nothing is left to do at this instant.
func (w *world) settle() {
	w.Helper()
	for busy := true; busy; {
		busy = false
		for _, lease := range w.shards() {
			did, err := w.runner.Round(w.ctx, lease)
			if err != nil {
				w.Fatalf("round: %v", err)
			}
			busy = busy || did
		}
	}
}

// shards is a lease of each shard. They are taken anew while they are still good,
// and not at each look: a test of a month looks a thousand times.
func (w *world) shards() []bot.Lease {
	w.Helper()
	if time.Since(w.leased) < 20*time.Second {
		return w.leases
	}
	w.leased, w.leases = time.Now(), nil
	for n := range w.store.Shards() {
		lease, ok, err := w.store.Acquire(w.ctx, bot.Shard(n), "test", time.Minute)
		if err != nil || !ok {
			w.Fatalf("lease: %v %v", ok, err)
		}
		w.leases = append(w.leases, lease)
	}
	return w.leases
}

// waits lets time pass in steps small enough for every timer to run on time.
func (w *world) waits(d time.Duration) []sent {
	w.Helper()
	before := w.platform.count()
	for end := w.now.Add(d); w.now.Before(end); {
		w.now = w.now.Add(min(15*time.Minute, end.Sub(w.now)))
		w.settle()
	}
	return w.platform.since(before)
}

// passesDays is waits for a long time, in which nobody minds the hour.
func (w *world) passesDays(days int) []sent {
	w.Helper()
	before := w.platform.count()
	for range 6 * days {
		w.now = w.now.Add(4 * time.Hour)
		w.settle()
	}
	return w.platform.since(before)
}

// closedUntil is a time in which nobody of the team reads.
func (w *world) closedUntil(opens time.Time) {
	team := &w.bot.Teams[0]
	team.Next = func(now time.Time) time.Time {
		if now.Before(opens) {
			return opens.In(team.Zone)
		}
		return now
	}
}

// hasDuty gives the team a duty contact.
func (w *world) hasDuty() {
	w.Helper()
	w.bot.Teams[0].Duty = duty
	if err := w.bot.Prepare(w.ctx); err != nil {
		w.Fatal(err)
	}
}

// settles makes free answers wait for more.
func (w *world) settles(d time.Duration) { w.bot.Settle = map[string]time.Duration{"test": d} }

// journal is what is written down of a chat's conversation.
func (w *world) journal(c bot.Chat) []bot.Entry {
	w.Helper()
	id, err := w.store.Find(w.ctx, c)
	if err != nil {
		w.Fatal(err)
	}
	entries, err := w.store.Recent(w.ctx, id, 200)
	if err != nil {
		w.Fatal(err)
	}
	return entries
}

// conversation is what is kept of a chat's conversation.
func (w *world) conversation(c bot.Chat) *bot.Conversation {
	w.Helper()
	id, err := w.store.Find(w.ctx, c)
	if err != nil {
		w.Fatal(err)
	}
	conv, err := w.store.Load(w.ctx, id)
	if err != nil {
		w.Fatal(err)
	}
	return conv
}

// enrols has the lead add a worker, the worker invite a patient, and the
// patient press the link. It returns the case code.
func (w *world) enrols() (code string) {
	w.Helper()
	w.writes(lead, "name Ada")
	w.writes(worker, "start "+codeIn(w, w.writes(lead, "worker Sam")))
	invitation := w.writes(worker, "invite")
	w.writes(patient, "start "+codeIn(w, invitation))
	return strings.Fields(invitation[0].Text)[0]
}

// codeIn finds the one-time code in what was sent.
func codeIn(w *world, got []sent) string {
	w.Helper()
	for _, m := range got {
		fields := strings.Fields(m.Text)
		for i, f := range fields {
			if f == "start" && i+1 < len(fields) {
				return fields[i+1]
			}
		}
	}
	w.Fatalf("no code in:\n%s", texts(got))
	return ""
}

// expect checks that one of the messages holds the words.
func (w *world) expect(got []sent, c bot.Chat, words string) {
	w.Helper()
	for _, m := range got {
		if m.Chat == c && strings.Contains(m.Text, words) {
			return
		}
	}
	w.Errorf("%s was not told %q; sent were:\n%s", c.ID, words, texts(got))
}

// sent is one message that reached a chat.
type sent struct {
	Chat    bot.Chat
	Text    string
	Buttons []bot.Button
}

// to keeps what one chat got.
func to(all []sent, c bot.Chat) []sent {
	return slices.DeleteFunc(slices.Clone(all), func(m sent) bool { return m.Chat != c })
}

func texts(all []sent) string {
	var b strings.Builder
	for _, m := range all {
		fmt.Fprintf(&b, "%s < %s", m.Chat.ID, m.Text)
		for _, button := range m.Buttons {
			fmt.Fprintf(&b, " [%s]", button.Label)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// platform takes messages, or fails on demand.
type platform struct {
	mu    sync.Mutex
	sent  []sent
	tried int                         // calls, answered or not
	whole *bot.SendError              // for every message of everybody
	fail  map[bot.Chat]*bot.SendError // for the next message
	down  map[bot.Chat]bool           // for every message
	gone  map[bot.Chat]bool           // likewise: these have blocked us

	during func(bot.Message) // what happens while a message is on its way
}

func (p *platform) Platform() string                         { return "test" }
func (p *platform) Ready() error                             { return nil }
func (p *platform) Receive(context.Context, bot.Inbox) error { return errors.ErrUnsupported }

func (p *platform) Send(_ context.Context, m bot.Message) (string, error) {
	if p.during != nil {
		p.during(m)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.tried++
	if p.whole != nil {
		return "", p.whole
	}
	if p.down[m.Chat] {
		return "", &bot.SendError{Fate: bot.Later, Err: errTest}
	}
	if p.gone[m.Chat] {
		return "", &bot.SendError{Fate: bot.Gone, Err: errTest}
	}
	if err := p.fail[m.Chat]; err != nil {
		if err.Fate == bot.Unknown { // it did arrive; only the answer was lost
			p.sent = append(p.sent, sent{m.Chat, m.Text, m.Buttons})
		}
		delete(p.fail, m.Chat)
		return "", err
	}
	p.sent = append(p.sent, sent{m.Chat, m.Text, m.Buttons})
	return fmt.Sprint(len(p.sent)), nil
}

func (p *platform) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.sent)
}

func (p *platform) since(n int) []sent {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.sent[n:])
}

type noMeter struct{}

func (noMeter) Turn(string, string, time.Duration) {}
func (noMeter) Send(string, string, time.Duration) {}
