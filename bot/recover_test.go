package bot_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"onestep/bot"
	"onestep/dialogs"
)

// poison makes steps panic for a while, with words in the panic.
type poison struct {
	bot.Scripts
	on bool
}

func (p *poison) Current() *dialogs.Edition {
	if p.on {
		panic("quincebramble")
	}
	return p.Scripts.Current()
}

// A step that panics is an error of that turn: an update is not acknowledged, a
// timer stays due, and once the program is mended both are taken. The log has no
// word of it.
func TestAStepThatPanicsEndsNothing(t *testing.T) {
	w := newWorld(t)
	log := &notebook{}
	w.bot.Log = slog.New(slog.NewTextHandler(log, nil))
	w.enrols()
	w.begins("6")
	p := &poison{Scripts: w.bot.Scripts, on: true}
	w.bot.Scripts = p

	u := bot.Update{ID: "test:poison", Kind: bot.Wrote, Chat: patient, Sender: patient.ID, Private: true, Text: "stop", At: w.now}
	if err := w.bot.Take(w.ctx, u); !errors.Is(err, bot.ErrPanicked) {
		t.Errorf("an update that panics: %v", err)
	}
	c := w.conversation(patient)
	w.now = w.now.Add(7*24*time.Hour + time.Minute)
	if err := w.bot.Due(w.ctx, c.ID); !errors.Is(err, bot.ErrPanicked) {
		t.Errorf("a timer that panics: %v", err)
	}
	if said := log.String(); strings.Contains(said, "quincebramble") || !strings.Contains(said, "panicked") || !strings.Contains(said, "recover_test.go") {
		t.Errorf("the log does not say where, or says too much:\n%s", said)
	}

	p.on = false
	w.settle()
	w.expect(w.platform.since(0), patient, "What has been better")
	if err := w.bot.Take(w.ctx, u); err != nil {
		t.Error(err)
	}
	if !w.conversation(patient).Patient.Dialog.Stopped {
		t.Error("the update is not taken once the program is mended")
	}
}

// An adapter that panics is an attempt of unknown outcome, and others are sent to:
// when it sends, and when it is asked whether a message has arrived.
func TestAnAdapterThatPanicsEndsNothing(t *testing.T) {
	for _, c := range []struct{ name, at string }{{"sends", "send"}, {"is asked", "find"}} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld(t)
			w.enrols()
			trip := &tripwire{platform: w.platform, chat: patient, at: c.at}
			w.runner.Delivery.Adapters["test"] = trip
			w.platform.fail[patient] = &bot.SendError{Fate: bot.Unknown, Err: errTest} // to be asked for
			w.writes(patient, "help")
			w.expect(w.writes(lead, "help"), lead, "")
			w.waits(10 * time.Minute)
			if trip.tripped == 0 {
				t.Fatal("nothing panicked, so this proves nothing")
			}
			trip.at = ""
			w.expect(w.waits(10*time.Minute), patient, "I am a computer helper")
		})
	}
}

// What panics for a whole day is given up then, and the worker is told.
func TestWhatPanicsForADayIsGivenUp(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.runner.Delivery.Adapters["test"] = &tripwire{platform: w.platform, chat: patient, at: "find"}
	w.platform.fail[patient] = &bot.SendError{Fate: bot.Unknown, Err: errTest}
	w.writes(patient, "help")
	w.expect(w.lives(26*time.Hour), worker, code)
	if waiting := w.outbox(patient); len(waiting) != 0 {
		t.Errorf("there still waits: %v", waiting)
	}
}

// tripwire panics at whatever goes to one chat, when that is sent or asked for.
type tripwire struct {
	*platform
	chat    bot.Chat
	at      string
	tripped int
}

func (a *tripwire) Send(ctx context.Context, m bot.Message) (string, error) {
	a.trips(m, "send")
	return a.platform.Send(ctx, m)
}

// Find knows of nothing that has arrived.
func (a *tripwire) Find(_ context.Context, m bot.Message) (string, bool, error) {
	a.trips(m, "find")
	return "", false, nil
}

func (a *tripwire) trips(m bot.Message, at string) {
	if m.Chat == a.chat && a.at == at {
		a.tripped++
		panic("quincebramble")
	}
}
