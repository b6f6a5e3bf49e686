package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"onestep/bot"
)

// broken is a store in which some records cannot be read or written, or none.
type broken struct {
	bot.Turns
	ids map[string]bool
	all bool
}

var errBroken = fmt.Errorf("this record is broken: %w", bot.ErrSealed)

func (b *broken) bad(id string) bool { return b.all || b.ids[id] }

func (b *broken) Find(ctx context.Context, c bot.Chat) (string, error) {
	if b.all {
		return "", errBroken
	}
	return b.Turns.Find(ctx, c)
}

func (b *broken) Load(ctx context.Context, id string) (*bot.Conversation, error) {
	if b.bad(id) {
		return nil, errBroken
	}
	return b.Turns.Load(ctx, id)
}

func (b *broken) Meet(ctx context.Context, c bot.Chat) (*bot.Conversation, error) {
	id, err := b.Find(ctx, c)
	if err != nil {
		return nil, err
	}
	return b.Load(ctx, id)
}

// breaks makes the records of these chats unreadable from now on.
func (w *world) breaks(chats ...bot.Chat) *broken {
	w.Helper()
	b := &broken{Turns: w.store, ids: map[string]bool{}, all: len(chats) == 0}
	for _, c := range chats {
		id, err := w.store.Find(w.ctx, c)
		if err != nil {
			w.Fatal(err)
		}
		b.ids[id] = true
	}
	w.bot.Store = b
	return b
}

// cannot is an update that is refused, and what follows from its danger.
func (w *world) cannot(c bot.Chat, id string) (got []sent, err error) {
	w.Helper()
	u := bot.Update{ID: id, Kind: bot.Wrote, Chat: c, Private: true, Sender: c.ID, Text: danger, At: w.now}
	if err := w.bot.Take(w.ctx, u); !errors.Is(err, errBroken) {
		w.Fatalf("take: %v", err)
	}
	before := w.platform.count()
	err = w.bot.Unkept(w.ctx, u)
	w.settle()
	return w.platform.since(before), err
}

// A record that cannot be opened: the words go out and the worker who has the
// person on their caseload is told, with the code, a clock and buttons; how
// often ever the update is tried.
func TestDangerOfSomebodyWhoseRecordIsBroken(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.breaks(patient)
	got, err := w.cannot(patient, "test:again")
	if err != nil {
		t.Fatal(err)
	}
	w.expect(got, patient, "I am telling Sam's team now.")
	for _, c := range []bot.Chat{worker, lead} {
		w.expect(got, c, code+": Wrote words that may mean danger. Their record cannot be stored just now")
		w.expect(got, c, "Their link worker is Sam, who knows whose code this is.")
	}
	if strings.Contains(texts(got), "end my life") || len(to(got, channel)) != 0 {
		t.Errorf("sent were:\n%s", texts(got))
	}
	if got, err := w.cannot(patient, "test:again"); err != nil || len(got) != 0 {
		t.Errorf("the repeat: %v\n%s", err, texts(got))
	}
	w.expect(w.waits(15*time.Minute), lead, "Nobody has pressed this alert yet. It needs a person now.\n"+code)
	w.expect(w.presses(worker, "I am on it"), lead, code+": Sam is on it.")
	w.expect(w.presses(lead, "Done"), worker, code+": Ada has closed this alert.")
	if got := w.waits(2 * time.Hour); len(got) != 0 {
		t.Errorf("after it was closed:\n%s", texts(got))
	}
	// Mended, the update takes its own road.
	w.bot.Store = w.store
	w.expect(w.update(bot.Update{ID: "test:again", Kind: bot.Wrote, Chat: patient, Text: danger}), worker, "show "+code)
}

// Two people of one team have an alert each.
func TestDangerOfTwoWhoseRecordsAreBroken(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	other := bot.Chat{Platform: "test", ID: "other"}
	invitation := w.writes(worker, "invite")
	w.writes(other, "start "+codeIn(w, invitation))
	second := strings.Fields(invitation[0].Text)[0]
	w.breaks(patient, other)
	for c, code := range map[bot.Chat]string{patient: code, other: second} {
		got, err := w.cannot(c, "test:of "+c.ID)
		if err != nil {
			t.Fatal(err)
		}
		w.expect(got, worker, code+": Wrote words that may mean danger.")
	}
	got := w.waits(15 * time.Minute)
	w.expect(got, lead, "Nobody has pressed this alert yet. It needs a person now.\n"+code)
	w.expect(got, lead, "Nobody has pressed this alert yet. It needs a person now.\n"+second)
}

// picky is a store that refuses the turns that say something for one reason.
type picky struct {
	bot.Turns
	why string
}

func (p picky) Commit(ctx context.Context, c bot.Commit) error {
	if slices.ContainsFunc(c.Outbox, func(e bot.Envelope) bool { return e.Why == p.why }) {
		return errBroken
	}
	return p.Turns.Commit(ctx, c)
}

// A timer that fails comes again, and the clock of an alert goes on beside it.
func TestATimerThatFailsHoldsBackNoAlert(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.waits(6*24*time.Hour + 22*time.Hour + 55*time.Minute) // to five to nine on Monday
	w.breaks(patient)
	if _, err := w.cannot(patient, "test:again"); err != nil {
		t.Fatal(err)
	}
	w.now = w.now.Add(15 * time.Minute)
	w.bot.Store = picky{w.store, "weekly summary"}
	team, err := w.store.Find(w.ctx, channel)
	if err != nil {
		t.Fatal(err)
	}
	before := w.platform.count()
	if err := w.bot.Due(w.ctx, team); !errors.Is(err, errBroken) {
		t.Errorf("the summary: %v", err)
	}
	for n := 1; n > 0; { // delivery alone
		n = 0
		for shard := range w.store.Shards() {
			lease, _, err := w.store.Acquire(w.ctx, bot.Shard(shard), "test", time.Minute)
			if err != nil {
				t.Fatal(err)
			}
			sent, err := w.runner.Delivery.Round(w.ctx, lease)
			if err != nil {
				t.Fatal(err)
			}
			n += sent
		}
	}
	w.expect(w.platform.since(before), lead, "Nobody has pressed this alert yet. It needs a person now.\n"+code)

	before = w.platform.count()
	w.bot.Store = w.store
	w.settle()
	w.expect(w.platform.since(before), channel, "Harbour team, the week from")
}

// Where the caseload cannot be read either, the leads of all teams are told
// that it is somebody; only their own worker could tell who.
func TestDangerOfSomebodyWhomNoReadableCaseloadNames(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.breaks(patient, worker)
	got, err := w.cannot(patient, "test:again")
	if err != nil {
		t.Fatal(err)
	}
	w.expect(got, patient, "I am telling your link worker's team now.")
	w.expect(got, lead, "Somebody on Test: Wrote words that may mean danger.")
}

func TestDangerOfAStrangerWhoseRecordIsBrokenPromisesNobody(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	stranger := bot.Chat{Platform: "test", ID: "stranger"}
	w.breaks(stranger)
	got, err := w.cannot(stranger, "test:again")
	if err != nil {
		t.Fatal(err)
	}
	w.expect(got, stranger, "I cannot tell anyone else from here.")
	if len(got) != 1 {
		t.Errorf("sent were:\n%s", texts(got))
	}
}

// The same for the people of a team: never to themselves alone.
func TestDangerOfAWorkerWhoseRecordIsBroken(t *testing.T) {
	w := newWorld(t)
	w.enrols()
	w.breaks(worker)
	got, err := w.cannot(worker, "test:w")
	if err != nil {
		t.Fatal(err)
	}
	w.expect(got, worker, "If life is at risk call 999.")
	w.expect(got, lead, "A link worker, a colleague of yours, wrote words to me")
	if n := len(to(got, worker)); n != 1 {
		t.Errorf("the worker got %d messages", n)
	}
}

func TestDangerOfALeadAloneWhoseRecordIsBroken(t *testing.T) {
	w := newWorld(t)
	w.breaks(lead)
	got, err := w.cannot(lead, "test:l")
	if err != nil {
		t.Fatal(err)
	}
	w.expect(got, lead, "I cannot tell anyone else from here.")
	if len(got) != 1 {
		t.Errorf("sent were:\n%s", texts(got))
	}
}

// A lead who has blocked the bot does not hold up the rest, and words that do
// not arrive are not taken for a fault of the team's channel.
func TestWordsInATeamsNameThatDoNotArrive(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	w.breaks(patient)
	w.platform.fail[patient] = &bot.SendError{Fate: bot.Gone, Err: errTest}
	w.platform.fail[lead] = &bot.SendError{Fate: bot.Gone, Err: errTest}
	got, err := w.cannot(patient, "test:again")
	if err != nil {
		t.Fatal(err)
	}
	w.expect(got, worker, code+": Wrote words that may mean danger.")
	if strings.Contains(texts(got), "channel") {
		t.Errorf("sent were:\n%s", texts(got))
	}
	w.expect(w.waits(15*time.Minute), worker, "Nobody has pressed this alert yet.")
}

// With the store away nothing can be kept: what is left are the fixed words and
// a word to each lead and duty contact, without a name, a code or a button.
func TestBareIsWhatIsLeft(t *testing.T) {
	w := newWorld(t)
	w.bot.Teams[0].Duty = bot.Chat{Platform: "test", ID: "duty"}
	w.breaks()
	got, err := w.cannot(patient, "test:again")
	if !errors.Is(err, errBroken) || len(got) != 0 {
		t.Fatalf("%v\n%s", err, texts(got))
	}
	list := w.bot.Bare(bot.Update{ID: "test:again", Kind: bot.Wrote, Chat: patient, Text: danger})
	said := map[bot.Chat]string{}
	ids := map[string]bool{}
	for _, m := range list {
		said[m.Chat] = m.Text
		ids[m.ID] = true
		if len(m.Buttons) != 0 || strings.Contains(m.Text, "end my life") {
			t.Errorf("%+v", m)
		}
	}
	if len(list) != 3 || len(ids) != 3 {
		t.Errorf("%d messages, %d ids", len(list), len(ids))
	}
	if !strings.Contains(said[patient], "call 999") || !strings.Contains(said[patient], "I am telling your link worker's team now.") {
		t.Errorf("to the person: %q", said[patient])
	}
	for _, c := range []bot.Chat{lead, {Platform: "test", ID: "duty"}} {
		if !strings.Contains(said[c], "Somebody who writes to me on Test used words that may mean danger.") {
			t.Errorf("to %s: %q", c.ID, said[c])
		}
	}
	// A lead's own words do not go to themselves.
	for _, m := range w.bot.Bare(bot.Update{ID: "test:l", Chat: lead, Text: danger}) {
		if m.Chat == lead && strings.Contains(m.Text, "Somebody") {
			t.Error("a lead is told of their own words")
		}
	}
}

// gather counts how often the records of a team are read for its summary.
type gather struct {
	*broken
	team  string
	reads int
}

func (g *gather) Load(ctx context.Context, id string) (*bot.Conversation, error) {
	if id == g.team {
		g.reads++
	}
	return g.broken.Load(ctx, id)
}

// A summary that cannot be made, since a record is broken, is tried more and more
// seldom and the operator is told once; an alert of the team does not wait for it,
// and once the record is mended the summary comes, of the week it was due for.
func TestSummaryOfABrokenRecord(t *testing.T) {
	w := newWorld(t)
	code := w.enrols()
	var log strings.Builder
	w.bot.Log = slog.New(slog.NewTextHandler(&log, nil))
	w.waits(6*24*time.Hour + 22*time.Hour + 55*time.Minute) // to five to nine on Monday
	team, err := w.store.Find(w.ctx, channel)
	if err != nil {
		t.Fatal(err)
	}
	g := &gather{broken: w.breaks(patient), team: team}
	w.bot.Store = g
	if _, err := w.cannot(patient, "test:again"); err != nil {
		t.Fatal(err)
	}
	// until looks at what is due at every ten seconds, as the program does.
	until := func(d time.Duration) []sent {
		before := w.platform.count()
		for end := w.now.Add(d); w.now.Before(end); w.settle() {
			w.now = w.now.Add(10 * time.Second)
		}
		return w.platform.since(before)
	}
	g.reads = 0
	w.expect(until(16*time.Minute), lead, "Nobody has pressed this alert yet. It needs a person now.\n"+code)
	w.presses(lead, "Done")
	until(3 * time.Hour)
	// At 9:00, 9:01, 9:02, 9:04, ... 10:04, 11:04, and the turns of the alert.
	if g.reads > 16 {
		t.Errorf("the team was looked at %d times in three hours", g.reads)
	}
	if n := strings.Count(log.String(), "the weekly summary waits"); n != 1 {
		t.Errorf("the operator was told %d times:\n%s", n, log.String())
	}
	w.bot.Store = w.store
	w.expect(until(time.Hour), channel, "Harbour team, the week from Monday 2 March")
	if got := to(w.waits(7*24*time.Hour-5*time.Hour), channel); len(got) != 0 {
		t.Errorf("before the next summary came:\n%s", texts(got))
	}
	w.expect(w.waits(2*time.Hour), channel, "Harbour team, the week from Monday 9 March")
}
