package bot

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"onestep/dialogs"
)

// What is planned is told at its commit until when it may leave with no look at
// the person's hours: an hour at most, and never into hours that are quiet.
func TestPlannedMessagesKnowUntilWhenTheyMayLeave(t *testing.T) {
	t.Parallel()
	team := Team{Quiet: Quiet{Start: "20:00", End: "09:00"}}
	night := Team{Quiet: Quiet{Start: "02:00", End: "09:00"}, Closed: func(day time.Time) bool { return day.Day() == 6 }}
	london := func(day, hour, minute int) time.Time { // April 2026, in summer time
		return time.Date(2026, 4, day, hour-1, minute, 0, 0, time.UTC)
	}
	for _, c := range []struct {
		name     string
		team     Team
		own      dialogs.Awake
		at, want time.Time
	}{
		{"in the morning", team, dialogs.Awake{}, london(1, 10, 0), london(1, 11, 0)},
		{"in the evening", team, dialogs.Awake{}, london(1, 19, 40), london(1, 20, 0)},
		{"in the last second", team, dialogs.Awake{}, london(1, 20, 0).Add(-time.Second), london(1, 20, 0)},
		{"at night", team, dialogs.Awake{}, london(1, 23, 0), london(1, 23, 0)},
		{"before their own hours", team, dialogs.Awake{From: "09:00", To: "17:30"}, london(1, 17, 10), london(1, 17, 30)},
		{"in their own hours", team, dialogs.Awake{From: "09:00", To: "17:30"}, london(1, 18, 0), london(1, 18, 0)},
		{"before a closed day", night, dialogs.Awake{}, london(5, 23, 40), london(6, 0, 0)},
		{"before an open day", night, dialogs.Awake{}, london(4, 23, 40), london(5, 0, 40)},
		{"a team without quiet hours", Team{}, dialogs.Awake{}, london(1, 3, 0), london(1, 4, 0)},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			turn := &turn{
				Bot: &Bot{}, at: c.at, team: c.team, class: Planned,
				conv: &Conversation{ID: "wren", Zone: "Europe/London", Chats: []Chat{{Platform: "test", ID: "7"}}, Patient: &Patient{}},
			}
			turn.conv.Patient.Dialog.Awake = c.own
			turn.say("Hello")
			turn.letter("robin", "nudge", nil)
			turn.class = Answer
			turn.say("Yes")
			turn.leaves()
			if got := turn.outbox[0].Until; !got.Equal(c.want) {
				t.Errorf("it may leave until %s, want %s", got, c.want)
			}
			if !turn.outbox[1].Until.IsZero() || !turn.outbox[2].Until.IsZero() {
				t.Errorf("a letter and an answer have hours: %v", turn.outbox[1:])
			}
		})
	}
}

// oneReader is storage with one conversation, and counts who reads it.
type oneReader struct {
	Turns
	conversation Conversation
	reads        int
}

func (o *oneReader) Load(context.Context, string) (*Conversation, error) {
	o.reads++
	c := o.conversation
	return &c, nil
}

// Only what has waited past its time is looked at again, and what is held then
// takes no place of the platform's.
func TestHoursAreLookedAtBeforeAPlaceIsTaken(t *testing.T) {
	t.Parallel()
	night := time.Date(2026, 3, 2, 22, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name         string
		class        Class
		until        time.Time
		reads, asked int
		reason       string
	}{
		{"its time has passed", Planned, night, 1, 0, "quiet"},
		{"its time is not known", Planned, time.Time{}, 1, 0, "quiet"},
		{"its time has not passed", Planned, night.Add(time.Second), 0, 1, ""},
		{"an answer", Answer, time.Time{}, 0, 1, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			budget := &shared{}
			store := &oneReader{conversation: Conversation{Role: PatientRole, Team: "t", Patient: &Patient{}}}
			b := &Bot{
				Store: store, Now: func() time.Time { return night }, Log: slog.New(slog.DiscardHandler),
				Teams: []Team{{ID: "t", Quiet: Quiet{Start: "20:00", End: "09:00"}}},
			}
			p := pace(budget)
			d := &Delivery{Bot: b, Wall: time.Now, pacers: map[string]*pacer{"test": p}, outages: map[string]*outage{"test": {}}}
			l := Leased{Envelope: Envelope{ID: "wren.1.0", Class: c.class, Chat: Chat{Platform: "test", ID: "7"}, Until: c.until}}
			lent := c.class == Planned
			if lent {
				p.lent = 1
			}
			s, o, err := d.inTurn(t.Context(), l, lent)
			if err != nil || o.Reason != c.reason || store.reads != c.reads {
				t.Errorf("got %+v, %v with %d reads", o, err, store.reads)
			}
			if (s != nil) != (c.reason == "") {
				t.Errorf("it may leave: %v", s != nil)
			}
			if o.Reason == "quiet" && time.Until(o.Retry).Round(time.Hour) != 11*time.Hour {
				t.Errorf("it is tried again at %s", o.Retry)
			}
			budget.mu.Lock()
			asked := min(budget.asked, 1)
			budget.mu.Unlock()
			p.mu.Lock()
			defer p.mu.Unlock()
			if asked != c.asked || p.lent != 0 {
				t.Errorf("places were asked for %d times, want %d; %d are lent", asked, c.asked, p.lent)
			}
		})
	}
}
