package telegram

import (
	"context"
	"errors"
	"testing"
	"time"

	"onestep/adapters/adaptertest/telegramfake"
	"onestep/bot"
)

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

// Edits count against Telegram's limit, so buttons are only taken away when there
// is a place for it.
func TestButtonsGoWhenThereIsAPlace(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		place pacing
		edits int
	}{
		"a place": {func(ctx context.Context, _ time.Duration) (context.Context, error) { return ctx, nil }, 1},
		"held": {func(context.Context, time.Duration) (context.Context, error) {
			return nil, errors.New("made up by the test")
		}, 0},
		"no place in time": {func(_ context.Context, most time.Duration) (context.Context, error) {
			time.Sleep(most)
			return nil, context.DeadlineExceeded
		}, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s, in := fake(t), &inbox{}
			a := to(t, s, Config{})
			a.Pace(c.place)
			stop := receive(t, a, in)
			p := s.Person(1)
			m := bot.Message{Chat: chatOf(1), Text: "Ready?", Buttons: []bot.Button{{Label: "Yes", Data: "y"}}}
			if _, err := a.Send(t.Context(), m); err != nil {
				t.Fatal(err)
			}
			if err := p.Presses("Yes"); err != nil {
				t.Fatal(err)
			}
			eventually(t, "the press is answered", func() bool { return len(s.Calls("answerCallbackQuery")) == 1 })
			p.Writes("and on")
			eventually(t, "the next is taken", func() bool { return len(in.texts()) == 2 })
			if err := stop(); err != nil { // which waits for what is to be done yet
				t.Fatal(err)
			}
			if n := len(s.Calls("editMessageReplyMarkup")); n != c.edits {
				t.Errorf("%d edits, want %d", n, c.edits)
			}
		})
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
