package bot_test

import (
	"context"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

const knownHere = "You already talk with me in this app, so this link changes nothing here."

// Somebody shares the link to their second app, and another patient opens it:
// each keeps their own conversation, and their own STOP.
func TestAPatientWhoOpensAnothersLinkStaysThemselves(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	other := bot.Chat{Platform: "test", ID: "other"}
	w.writes(other, "start "+codeIn(w, w.writes(worker, "invite")))
	before := w.conversation(other).ID
	code := codeIn(w, w.writes(patient, "link"))
	w.expect(w.writes(other, "start "+code), other, knownHere)
	if w.conversation(other).ID != before {
		t.Fatal("the other patient's chat belongs to somebody else")
	}
	w.expect(w.writes(other, "stop"), other, "I have stopped")
	if !w.conversation(other).Patient.Dialog.Stopped || w.conversation(patient).Patient.Dialog.Stopped {
		t.Error("the stop was not theirs alone")
	}
	// The link still works for whom it is.
	second := bot.Chat{Platform: "test", ID: "second"}
	w.expect(w.writes(second, "start "+code), second, "This app now belongs to our chat too.")
}

// A worker opens a patient's link, to help them with it: alerts and the worker's
// own commands still work in their chat.
func TestAWorkerWhoOpensAPatientsLinkStaysAWorker(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.expect(w.writes(worker, "start "+codeIn(w, w.writes(patient, "link"))), worker, knownHere)
	w.expect(w.writes(patient, danger), worker, code+": Wrote words that may mean danger.")
	w.expect(w.presses(worker, "Done"), worker, "Done, and noted: "+code)
}

// The same of a lead: neither that link nor the next start makes the patient a
// lead.
func TestALeadWhoOpensAPatientsLinkStaysALead(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.expect(w.writes(lead, "start "+codeIn(w, w.writes(patient, "link"))), lead, knownHere)
	if err := w.bot.Prepare(w.ctx); err != nil {
		t.Fatal(err)
	}
	if p, l := w.conversation(patient), w.conversation(lead); p.Role != bot.PatientRole || l.Worker == nil || !l.Worker.Lead {
		t.Errorf("the patient is a %s, the lead %+v", p.Role, l.Worker)
	}
	w.expect(w.writes(patient, "stop"), patient, "I have stopped")
}

// An invitation that somebody else opens is not used up by that.
func TestAnInvitationOpenedInTheWrongChatStillWorks(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	invitation := codeIn(w, w.writes(worker, "invite"))
	for _, c := range []bot.Chat{worker, patient, lead} {
		w.expect(w.writes(c, "start "+invitation), c, knownHere)
	}
	other := bot.Chat{Platform: "test", ID: "other"}
	w.expect(w.writes(other, "start "+invitation), other, "I am a computer helper for Sam's team.")

	colleague := codeIn(w, w.writes(lead, "worker Kim"))
	for _, c := range []bot.Chat{worker, patient, lead} {
		w.expect(w.writes(c, "start "+colleague), c, knownHere)
	}
	if l, k := w.conversation(lead).Worker, w.conversation(worker).Worker; l.Name != "Ada" || !l.Lead || k.Name != "Sam" {
		t.Errorf("the lead is %+v, the worker %+v", l, k)
	}
	w.expect(w.writes(bot.Chat{Platform: "test", ID: "kim"}, "start "+colleague), bot.Chat{Platform: "test", ID: "kim"}, "Hello Kim.")
}

// The settings name a patient's chat as a lead's, by mistake: the patient stays
// one and reads nothing of others, and the operator is told.
func TestSettingsThatNameAPatientMakeNoLeadOfThem(t *testing.T) {
	w := newWorld(t)
	var log strings.Builder
	w.bot.Log = slog.New(slog.NewTextHandler(&log, nil))
	w.enrols()
	other := bot.Chat{Platform: "test", ID: "other"}
	w.writes(other, "start "+codeIn(w, w.writes(worker, "invite")))
	w.bot.Teams[0].Leads = []bot.Chat{patient}
	if err := w.bot.Prepare(w.ctx); err != nil {
		t.Fatal(err)
	}
	if p := w.conversation(patient); p.Role != bot.PatientRole || !strings.Contains(log.String(), "is a patient's chat") {
		t.Errorf("role %s; the log: %s", p.Role, log.String())
	}
	w.writes(other, danger)
	if got := to(w.waits(time.Hour), patient); len(got) != 0 {
		t.Errorf("of another's alert the patient read:\n%s", texts(got))
	}
	if !strings.Contains(log.String(), "nobody has pressed an alert") {
		t.Errorf("the operator was not called: %s", log.String())
	}
}

// Two links are opened in one chat at once, and Redis fails at giving the slower one
// back: the person that one is for can use it all the same, once it is taken again.
func TestACodeThatLostIsGivenBackInTheEnd(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	slow, quick := codeIn(w, w.writes(worker, "invite")), codeIn(w, w.writes(worker, "invite"))
	app, other := bot.Chat{Platform: "test", ID: "app"}, bot.Chat{Platform: "test", ID: "other"}
	w.bot.Store = &slowClaim{Turns: w.bot.Store, then: func() { w.only(app, "start "+quick) }}
	u := bot.Update{ID: "test:slow", Kind: bot.Wrote, Private: true, Chat: app, Sender: app.ID, Text: "start " + slow, At: w.now}
	if err := w.bot.Take(w.ctx, u); !errors.Is(err, errTest) {
		t.Fatalf("giving back did not fail, so this proves nothing: %v", err)
	}
	if err := w.bot.Take(w.ctx, u); err != nil {
		t.Fatal(err)
	}
	w.settle()
	w.expect(w.writes(other, "start "+slow), other, "I am a computer helper for Sam's team.")
}

// slowClaim lets something happen behind its first claim, and fails once at giving
// back.
type slowClaim struct {
	bot.Turns
	then   func()
	failed bool
}

func (s *slowClaim) Claim(ctx context.Context, name, owner string, life time.Duration) (string, error) {
	holder, err := s.Turns.Claim(ctx, name, owner, life)
	if then := s.then; then != nil {
		s.then = nil
		then()
	}
	return holder, err
}

func (s *slowClaim) Unclaim(ctx context.Context, name, owner string) error {
	if !s.failed {
		s.failed = true
		return errTest
	}
	return s.Turns.Unclaim(ctx, name, owner)
}
