package simulator

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"onestep/bot"
)

var monday = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

func newSim() *Adapter {
	return New(Config{Now: func() time.Time { return monday }, Run: "test"})
}

func at(chat, id, text string, buttons ...bot.Button) bot.Message {
	return bot.Message{ID: id, Chat: bot.Chat{Platform: Platform, ID: chat}, Text: text, Buttons: buttons}
}

// inbox keeps what it takes, and refuses as often as it is told to.
type inbox struct {
	mu     sync.Mutex
	refuse map[string]int // by chat id
	took   []bot.Update
	tries  []string // update ids, refused ones as well
}

func (in *inbox) Take(ctx context.Context, u bot.Update) error {
	in.mu.Lock()
	defer in.mu.Unlock()
	in.tries = append(in.tries, u.ID)
	if in.refuse[u.Chat.ID] > 0 {
		in.refuse[u.Chat.ID]--
		return errors.New("storage is away")
	}
	in.took = append(in.took, u)
	return nil
}

func TestActsBecomeUpdates(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, in := newSim(), &inbox{refuse: map[string]int{}}
		ada, lead := a.Private("ada"), a.In("#team", "leah")
		if _, err := a.Send(t.Context(), at("ada", "q1", "Is that OK?", bot.Button{Label: "Yes", Data: "tok:yes"}, bot.Button{Label: "No", Data: "tok:no"})); err != nil {
			t.Fatal(err)
		}
		must(t, ada.Write("hello"))
		must(t, ada.Press(" yes "))
		must(t, ada.Edit("m2", "hello there"))
		ada.SendMedia("my dog")
		ada.Leave()
		ada.Return()
		must(t, lead.Write("/summary"))

		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- a.Receive(ctx, in) }()
		must(t, a.Drained(ctx))
		stop()
		must(t, <-ended)

		want := map[string][]bot.Update{
			"ada": {
				{ID: "simulator:test-1", Kind: bot.Wrote, Text: "hello"},
				{ID: "simulator:test-2", Kind: bot.Pressed, Data: "tok:yes"},
				{ID: "simulator:test-3", Kind: bot.Edited, Text: "hello there"},
				{ID: "simulator:test-4", Kind: bot.Media, Text: "my dog"},
				{ID: "simulator:test-5", Kind: bot.Left},
				{ID: "simulator:test-6", Kind: bot.Joined},
			},
			"#team": {{ID: "simulator:test-7", Kind: bot.Wrote, Text: "/summary", Sender: "leah"}},
		}
		got := map[string][]bot.Update{}
		for _, u := range in.took {
			got[u.Chat.ID] = append(got[u.Chat.ID], u)
		}
		for chat, updates := range want {
			if len(got[chat]) != len(updates) {
				t.Fatalf("%s: got %d updates, want %d: %+v", chat, len(got[chat]), len(updates), got[chat])
			}
			for i, w := range updates {
				w.Chat, w.At = bot.Chat{Platform: Platform, ID: chat}, monday
				if w.Sender == "" {
					w.Sender, w.Private = "ada", true
				}
				if got[chat][i] != w {
					t.Errorf("%s %d:\n got %+v\nwant %+v", chat, i, got[chat][i], w)
				}
			}
		}
	})
}

func TestRefusedUpdatesComeAgainInOrder(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, in := newSim(), &inbox{refuse: map[string]int{"ada": 10}}
		must(t, a.Private("ada").Write("one"))
		must(t, a.Private("ada").Write("two"))
		must(t, a.Private("ben").Write("three"))
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- a.Receive(ctx, in) }()
		synctest.Wait()
		// Ben does not wait behind Ada's trouble.
		if len(in.took) != 1 || in.took[0].Text != "three" {
			t.Fatalf("took %+v before any retry, want Ben's words alone", in.took)
		}
		begin := time.Now()
		must(t, a.Drained(ctx))
		// 0.1+0.2+0.4+0.8+1.6+3.2+5+5+5+5 seconds: doubling, with a ceiling.
		if d := time.Since(begin); d != 26300*time.Millisecond {
			t.Errorf("ten retries took %v", d)
		}
		stop()
		must(t, <-ended)
		if len(in.took) != 3 || in.took[1].Text != "one" || in.took[2].Text != "two" {
			t.Errorf("took %+v, want one before two", in.took)
		}
		if n := strings.Count(strings.Join(in.tries, " "), "test-1"); n != 11 {
			t.Errorf("the first update was handed over %d times under its id, want 11", n)
		}
	})
}

func TestStopKeepsWhatWasNotTaken(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, in := newSim(), &inbox{refuse: map[string]int{"ada": 1000}}
		must(t, a.Private("ada").Write("hello"))
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- a.Receive(ctx, in) }()
		synctest.Wait()
		stop()
		must(t, <-ended)

		in.refuse = nil
		ctx, stop = context.WithCancel(t.Context())
		go func() { ended <- a.Receive(ctx, in) }()
		must(t, a.Drained(ctx))
		stop()
		must(t, <-ended)
		if len(in.took) != 1 || in.took[0].ID != "simulator:test-1" {
			t.Errorf("took %+v, want the first update under its own id", in.took)
		}
	})
}

// slow is an inbox that is in the middle of a turn when everything stops.
type slow struct{ begun, done chan struct{} }

func (s slow) Take(ctx context.Context, u bot.Update) error {
	close(s.begun)
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-s.done:
		return nil
	}
}

func TestStopWaitsForTheUpdateInHand(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a, in := newSim(), slow{make(chan struct{}), make(chan struct{})}
		must(t, a.Private("ada").Write("hello"))
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- a.Receive(ctx, in) }()
		<-in.begun
		stop()
		synctest.Wait()
		select {
		case <-ended:
			t.Fatal("Receive ended while a turn was running")
		default:
		}
		close(in.done)
		must(t, <-ended)
		must(t, a.Drained(t.Context()))
	})
}

func TestSendRefusesWhatNoPlatformTakes(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", maxData+1)
	for name, m := range map[string]bot.Message{
		"no text":          at("ada", "1", " \n"),
		"no chat":          at("", "1", "hello"),
		"another platform": {ID: "1", Chat: bot.Chat{Platform: "telegram", ID: "1"}, Text: "hello"},
		"no label":         at("ada", "1", "hello", bot.Button{Data: "x"}),
		"no data":          at("ada", "1", "hello", bot.Button{Label: "Yes"}),
		"long data":        at("ada", "1", "hello", bot.Button{Label: "Yes", Data: long}),
	} {
		a := newSim()
		_, err := a.Send(t.Context(), m)
		var se *bot.SendError
		if !errors.As(err, &se) || se.Fate != bot.Ours {
			t.Errorf("%s: got %v, want fate ours", name, err)
		}
		if posts, _ := a.Since(0); len(posts) != 0 {
			t.Errorf("%s: was posted all the same", name)
		}
	}
}

func TestNobodyIsReachedAfterLeaving(t *testing.T) {
	t.Parallel()
	a := newSim()
	a.Private("ada").Leave()
	a.Private("ada") // sitting down is not coming back
	_, err := a.Send(t.Context(), at("ada", "1", "hello"))
	var se *bot.SendError
	if !errors.As(err, &se) || se.Fate != bot.Gone {
		t.Fatalf("got %v, want fate gone", err)
	}
	a.Private("ada").Return()
	if _, err := a.Send(t.Context(), at("ada", "1", "hello")); err != nil {
		t.Errorf("after the return: %v", err)
	}
}

func TestASeatSaysWhatIsWrong(t *testing.T) {
	t.Parallel()
	a := newSim()
	ada := a.Private("ada")
	if _, err := a.Send(t.Context(), at("ada", "1", "OK?", bot.Button{Label: "Yes", Data: "y"})); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ got, want error }{
		"empty words":         {ada.Write("  "), ErrNoWords},
		"unknown label":       {ada.Press("Maybe"), ErrNoButton},
		"unknown place":       {ada.PressOn("m1", 1), ErrNoButton},
		"unknown message":     {ada.PressOn("m9", 0), ErrNoButton},
		"another's chat":      {a.Private("ben").PressOn("m1", 0), ErrNoButton},
		"the bot's message":   {ada.Edit("m1", "mine now"), ErrNoMessage},
		"an edit to nothing":  {ada.Edit("m1", " "), ErrNoWords},
		"an answer of spaces": {Pane{Seat: ada}.Answer("  "), ErrNoWords},
	} {
		if !errors.Is(c.got, c.want) {
			t.Errorf("%s: got %v, want %v", name, c.got, c.want)
		}
	}
	if posts, _ := a.Since(0); len(posts) != 1 {
		t.Errorf("%d posts, want the question alone", len(posts))
	}
}

func TestSinceWakesWhoeverWaits(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		a := newSim()
		_, changed := a.Since(0)
		go func() { _ = a.Private("ada").Write("hello") }()
		<-changed
		posts, _ := a.Since(0)
		if len(posts) != 1 || posts[0].Text != "hello" || posts[0].From != "ada" || posts[0].Seq != 1 {
			t.Errorf("got %+v", posts)
		}
		if posts, _ := a.Since(7); len(posts) != 0 {
			t.Errorf("past the end: %+v", posts)
		}
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
