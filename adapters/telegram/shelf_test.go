package telegram

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"onestep/adapters/adaptertest"
	"onestep/adapters/adaptertest/telegramfake"
	"onestep/bot"
)

// memory is a shelf that can be away.
type memory struct {
	mu   sync.Mutex
	away bool
	list []bot.Shelved
}

var errAway = errors.New("away")

func (m *memory) Put(_ context.Context, list []bot.Shelved) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return errAway
	}
	for _, u := range list {
		if !slices.ContainsFunc(m.list, func(o bot.Shelved) bool { return o.ID == u.ID }) {
			m.list = append(m.list, u)
		}
	}
	return nil
}

func (m *memory) All(context.Context) ([]bot.Shelved, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return nil, errAway
	}
	return slices.Clone(m.list), nil
}

func (m *memory) Drop(_ context.Context, ids []string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.away {
		return errAway
	}
	m.list = slices.DeleteFunc(m.list, func(u bot.Shelved) bool { return slices.Contains(ids, u.ID) })
	return nil
}

func (m *memory) set(away bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.away = away
}

func (m *memory) size() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.list)
}

// broken is an inbox that refuses one chat until it is mended, and is shown what
// waits behind.
type broken struct {
	inbox
	chat   string
	behind map[string]int
	mended bool
}

func breaks(chat string) *broken {
	b := &broken{chat: chat, behind: map[string]int{}}
	b.take = func(_ context.Context, u bot.Update) error {
		b.mu.Lock()
		defer b.mu.Unlock()
		if u.Chat.ID == chat && !b.mended {
			return errors.New("this conversation cannot be read")
		}
		return nil
	}
	return b
}

func (b *broken) Behind(_ context.Context, u bot.Update) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.behind[u.Text]++
}

func (b *broken) shown(text string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.behind[text]
}

func (b *broken) mend() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.mended = true
}

// of are the texts taken of one chat, in order.
func (b *broken) of(chat string) (texts []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, u := range b.taken {
		if u.Chat.ID == chat {
			texts = append(texts, u.Text)
		}
	}
	return texts
}

// One person's record cannot be read, and far more people write than Telegram
// shows at once: all of them are heard. What the one person wrote outlives a
// restart and is taken in order once the record is mended.
func TestOneWhoCannotBeStoredMakesNobodyDeaf(t *testing.T) {
	t.Parallel()
	s, shelf, n := fake(t), &memory{}, &notes{}
	in := breaks("13")
	a := to(t, s, Config{Shelf: shelf, Log: n.log()})
	stop := receive(t, a, in)
	s.Person(13).Writes("first")
	s.Person(13).Writes("second")
	for i := range 230 {
		s.Person(int64(100 + i)).Writes(fmt.Sprint("good ", i))
	}
	eventually(t, "everybody else is heard", func() bool { return len(in.texts()) == 230 })
	eventually(t, "nothing is left at Telegram", func() bool { return s.Waiting() == 0 })
	s.Person(13).Writes("third") // in nobody's way, so it stays at Telegram
	s.Person(500).Writes("the next")
	eventually(t, "they go on", func() bool { return slices.Contains(in.texts(), "the next") })
	eventually(t, "what waits behind it is looked at", func() bool { return in.shown("second") > 0 && in.shown("third") > 0 })
	if in.shown("first") != 0 || in.shown("the next") != 0 {
		t.Error("what is tried itself counts as behind")
	}
	if err := a.Ready(); err != nil {
		t.Errorf("not ready: %v", err)
	}
	if err := stop(); err != nil {
		t.Fatal(err)
	}
	if shelf.size() != 2 || s.Waiting() == 0 {
		t.Errorf("%d are on the shelf and %d at Telegram", shelf.size(), s.Waiting())
	}

	receive(t, to(t, s, Config{Shelf: shelf}), in)
	s.Person(13).Writes("fourth")
	eventually(t, "it goes on with what was set aside", func() bool { return in.shown("fourth") > 0 })
	in.mend()
	eventually(t, "all is confirmed and the shelf is empty", func() bool { return s.Waiting() == 0 && shelf.size() == 0 })
	if got := in.of("13"); !slices.Equal(got, []string{"first", "second", "third", "fourth"}) {
		t.Errorf("taken %q", got)
	}
	if strings.Contains(n.text(), "first") || strings.Contains(n.text(), "level=ERROR") {
		t.Errorf("the log:\n%s", n.text())
	}
}

// What is refused for long is set aside although it is in nobody's way: Telegram
// keeps it for a day only.
func TestWhatIsRefusedForLongIsSetAside(t *testing.T) {
	t.Parallel()
	s, shelf, in := fake(t), &memory{}, breaks("13")
	a := to(t, s, Config{Shelf: shelf})
	a.waits.stuck = 100 * time.Millisecond
	receive(t, a, in)
	s.Person(13).Writes("first")
	eventually(t, "it is set aside", func() bool { return shelf.size() == 1 && s.Waiting() == 0 })
	in.mend()
	eventually(t, "it is taken", func() bool { return shelf.size() == 0 && len(in.of("13")) == 1 })
}

// When nothing can be set aside nothing is lost, nobody new is heard, and that
// is an alarm, once.
func TestADeafPollerIsAnAlarm(t *testing.T) {
	t.Parallel()
	s, shelf, n := fake(t), &memory{away: true}, &notes{}
	in := breaks("13")
	a := to(t, s, Config{Shelf: shelf, Log: n.log()})
	receive(t, a, in)
	s.Person(13).Writes("first")
	for i := range 120 {
		s.Person(int64(100 + i)).Writes(fmt.Sprint(i))
	}
	eventually(t, "it says so", func() bool { return a.Ready() != nil && strings.Contains(a.Ready().Error(), "not heard") })
	if len(in.texts()) != 99 || s.Waiting() != 121 {
		t.Errorf("%d are taken, %d wait at Telegram", len(in.texts()), s.Waiting())
	}
	time.Sleep(2 * quick.deaf) // for a second alarm to come
	if k := strings.Count(n.text(), "level=ERROR"); k != 1 {
		t.Errorf("told %d times", k)
	}
	shelf.set(false)
	eventually(t, "everybody is heard", func() bool { return len(in.texts()) == 120 && s.Waiting() == 0 })
	eventually(t, "ready", func() bool { return a.Ready() == nil })
	in.mend()
	eventually(t, "it is taken", func() bool { return shelf.size() == 0 && len(in.of("13")) == 1 })
}

// Back to a webhook with something on the shelf: it is taken.
func TestWhatWasSetAsideIsTakenWithAWebhookToo(t *testing.T) {
	t.Parallel()
	s, in := fake(t), &inbox{}
	shelf := &memory{list: []bot.Shelved{{ID: "7", Raw: []byte(wrote(7, "set aside"))}}}
	receive(t, hooked(t, s, newGate(t), Config{Shelf: shelf}), in)
	eventually(t, "it is taken", func() bool { return slices.Equal(in.texts(), []string{"set aside"}) && shelf.size() == 0 })
}

// What a replica that stood still sets aside too late is found by the one that polls.
func TestWhatIsSetAsideTooLateIsFound(t *testing.T) {
	t.Parallel()
	s, in, shelf := fake(t), &inbox{}, &memory{}
	a := to(t, s, Config{Shelf: shelf})
	a.waits.stuck = 50 * time.Millisecond
	receive(t, a, in)
	s.Person(13).Writes("first")
	eventually(t, "it polls", func() bool { return len(in.texts()) == 1 })
	if err := shelf.Put(t.Context(), []bot.Shelved{{ID: "7", Raw: []byte(wrote(7, "late"))}}); err != nil {
		t.Fatal(err)
	}
	eventually(t, "it is taken", func() bool { return slices.Contains(in.texts(), "late") && shelf.size() == 0 })
}

// Many live in a part of the store that is slow to refuse. Whoever lives
// elsewhere finds a place at once.
func TestASlowPartOfTheStoreKeepsNobodyElseWaiting(t *testing.T) {
	t.Parallel()
	for _, way := range []string{"polling", "webhook"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			clog := adaptertest.NewClog(atOnce / 2)
			in := &inbox{take: func(_ context.Context, u bot.Update) error { return clog.Take(u) }}
			s := fake(t)
			g := newGate(t)
			a := to(t, s, Config{})
			if way == "webhook" {
				a = hooked(t, s, g, Config{})
			}
			a.waits.grace = 10 * time.Millisecond
			receive(t, a, in)
			defer clog.Free()
			for i := range 2 * atOnce {
				s.Person(int64(100 + i)).Writes("away")
			}
			<-clog.Full()
			for i := range 20 {
				s.Person(int64(1000 + i)).Writes("well")
			}
			eventually(t, "the others are served", func() bool { return len(in.texts()) == 20 })
			if n := clog.Hanging(); n > atOnce/2 {
				t.Errorf("%d repeats at once", n)
			}
		})
	}
}

// Telegram's word on when to ask again holds for who we are, too.
func TestGetMeWaitsAsTold(t *testing.T) {
	t.Parallel()
	s := fake(t)
	a := to(t, s, Config{})
	a.news("not asked yet")
	a.mu.Lock()
	a.botName = ""
	a.mu.Unlock()
	before := len(s.Calls("getMe"))
	s.Fail("getMe", telegramfake.TooMany(1))
	began := time.Now()
	receive(t, a, &inbox{})
	eventually(t, "ready", func() bool { return a.Ready() == nil })
	if n := len(s.Calls("getMe")) - before; n != 2 || time.Since(began) < time.Second {
		t.Errorf("asked %d times in %v", n, time.Since(began))
	}
}

// A turn that panics ends nothing: the others are served, by either way in, and
// the log says where it was, without a word of what was written.
func TestAPanicOfTheInboxStopsNobody(t *testing.T) {
	t.Parallel()
	for _, way := range []string{"polling", "webhook"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			s, g, n := fake(t), newGate(t), &notes{}
			var tried atomic.Int32
			in := &inbox{take: func(_ context.Context, u bot.Update) error {
				if u.Text == "quincebramble" {
					tried.Add(1)
					panic(u.Text)
				}
				return nil
			}}
			a := to(t, s, Config{Log: n.log()})
			if way == "webhook" {
				a = hooked(t, s, g, Config{Log: n.log()})
			}
			a.waits.most = a.waits.near
			receive(t, a, in)
			s.Person(13).Writes("quincebramble")
			eventually(t, "it panics more often than there are places", func() bool { return tried.Load() > atOnce })
			s.Person(14).Writes("hello")
			eventually(t, "somebody else is served", func() bool { return slices.Equal(in.texts(), []string{"hello"}) })
			if s.Waiting() == 0 {
				t.Error("what panicked is confirmed")
			}
			if said := n.text(); strings.Contains(said, "quincebramble") || !strings.Contains(said, "panicked") || !strings.Contains(said, "shelf_test.go") {
				t.Errorf("the log:\n%s", said)
			}
		})
	}
}
