package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"onestep/dialogs"
)

// Kinds of letters and what they carry. They are stored in the outbox: only add
// fields.
const (
	letterNudge      = "nudge"      // patient -> worker: a person should act
	letterClosed     = "closed"     // worker -> patient: a nudge is done
	letterEnrolled   = "enrolled"   // patient -> worker: the invitation was used
	letterJoined     = "joined"     // worker -> team: one more worker
	letterRead       = "read"       // worker -> patient: somebody read
	letterEscalated  = "escalated"  // worker -> lead or duty: an alert nobody pressed
	letterWithdrawn  = "withdrawn"  // patient -> worker: a nudge no longer holds
	letterSeen       = "seen"       // worker -> patient: somebody is on an alert
	letterTaken      = "taken"      // patient -> the others told: somebody is on an alert, or it is closed
	letterNews       = "news"       // patient -> those told of an alert: they have written again
	letterLost       = "lost"       // worker -> patient: an alert cannot reach them
	letterProposed   = "proposed"   // worker -> patient: a goal to offer, or no words to take it back
	letterProposal   = "proposal"   // patient -> worker: what became of that
	letterNamed      = "named"      // worker -> patient: what people call the worker now
	letterAway       = "away"       // worker -> leads: they cannot be reached
	letterRemoved    = "removed"    // lead -> worker: they have left
	letterParted     = "parted"     // leaver -> team: a worker has left
	letterRemoval    = "removal"    // leaver -> lead: what became of the removal
	letterHandover   = "handover"   // leaver -> heir: what they take over
	letterReassigned = "reassigned" // heir -> patient: who their worker is now
	letterInherited  = "inherited"  // patient -> heir: an alert that was told before, or that another is on
	letterZoned      = "zoned"      // worker -> patient: the time zone they are in
	letterUnposted   = "unposted"   // team -> leads: a message to the team's channel did not arrive
)

type nudged struct {
	ID      string          `json:"id"`
	Case    string          `json:"case"`
	Trigger dialogs.Trigger `json:"trigger"`
	Patient string          `json:"patient"`
	Raised  time.Time       `json:"raised"`
	Copy    bool            `json:"copy,omitempty"`
	About   About           `json:"about,omitempty"`
	Worker  string          `json:"worker,omitempty"` // the name of the patient's worker
	Left    string          `json:"left,omitempty"`   // who was on the alert and has gone
	On      bool            `json:"on,omitempty"`     // somebody is on the alert
}

type closed struct {
	ID         string          `json:"id"`
	Trigger    dialogs.Trigger `json:"trigger"`
	Name       string          `json:"name,omitempty"` // the worker's
	Raised     time.Time       `json:"raised"`         // of what they looked at
	At         time.Time       `json:"at"`
	FalseAlarm bool            `json:"false_alarm,omitempty"`
}

type seen struct {
	ID     string    `json:"id"`
	Name   string    `json:"name,omitempty"`
	Raised time.Time `json:"raised"`
	At     time.Time `json:"at"`
}

type taken struct {
	ID     string `json:"id"`
	Name   string `json:"name,omitempty"`
	Closed bool   `json:"closed,omitempty"`
}

func (n taken) name() string { return cmp.Or(n.Name, "A colleague") }

// news is what has come since the alert, empty for words.
type news struct {
	ID      string          `json:"id"`
	Trigger dialogs.Trigger `json:"trigger,omitempty"`
}

type lost struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"` // of whom it cannot reach
}

type enrolled struct {
	Case string `json:"case"`
	Name string `json:"name,omitempty"` // the worker's, as the invitation had it
	Was  string `json:"was,omitempty"`  // the conversation of whoever invited, when they have left
}

type named struct {
	Name string `json:"name"`
}

type zoned struct {
	Zone string `json:"zone"`
}

type read struct {
	What string `json:"what"`
}

// Open takes a letter into the conversation it is for. The envelope's id is the
// dedupe mark, so a letter that comes twice is taken once.
func (b *Bot) Open(ctx context.Context, e Envelope) error {
	l := e.Letter
	return b.take(ctx, "letter", l.To, e.ID, func(t *turn) error {
		if passed, err := t.passOn(l); passed || err != nil {
			return err
		}
		switch l.Kind {
		case letterNudge:
			return open(l, func(n nudged) error { return t.receiveNudge(n, false) })
		case letterEscalated:
			return open(l, func(n nudged) error { return t.receiveNudge(n, true) })
		case letterWithdrawn:
			return open(l, t.nudgeWithdrawn)
		case letterSeen:
			return open(l, func(s seen) error { return t.alertSeen(s, l.From) })
		case letterTaken:
			return open(l, t.alertTaken)
		case letterNews:
			return open(l, t.alertNews)
		case letterLost:
			return open(l, func(x lost) error { return t.alertLost(x, l.From) })
		case letterAway:
			return open(l, t.colleagueAway)
		case letterUnposted:
			if t.conv.Role != WorkerRole {
				t.nothing()
				return nil
			}
			t.why = "unposted"
			t.say(fmt.Sprintf(wordsUnposted, t.team.Name))
			return nil
		case letterClosed:
			return open(l, func(c closed) error { return t.nudgeClosed(c, l.From) })
		case letterProposed:
			return open(l, func(p proposed) error { return t.receiveProposal(p, l.From) })
		case letterProposal:
			return open(l, t.proposalTold)
		case letterEnrolled:
			return open(l, func(e enrolled) error { return t.admit(e, l.From) })
		case letterRemoved:
			return open(l, func(r removal) error { return t.parts(r, l.From) })
		case letterParted:
			return open(l, func(x lost) error {
				if t.conv.Crew != nil {
					t.conv.Crew.Workers = slices.DeleteFunc(t.conv.Crew.Workers, func(id string) bool { return id == x.ID })
				}
				return nil
			})
		case letterHandover:
			return open(l, func(h handover) error { return t.takesOver(h, l.From) })
		case letterRemoval:
			return open(l, func(r removed) error { return t.removalTold(r, l.From) })
		case letterInherited:
			return open(l, t.nudgeInherited)
		case letterReassigned:
			return open(l, t.reassign)
		case letterNamed:
			return open(l, func(n named) error { return t.workerNamed(n, l.From) })
		case letterZoned:
			return open(l, func(z zoned) error { return t.zoned(z, l.From) })
		case letterRead:
			return open(l, func(r read) error {
				t.note(Entry{What: "read", Name: r.What, By: l.From})
				return nil
			})
		case letterJoined:
			if t.conv.Crew != nil && !slices.Contains(t.conv.Crew.Workers, l.From) {
				t.conv.Crew.Workers = append(t.conv.Crew.Workers, l.From)
			}
			return nil
		}
		return fmt.Errorf("a letter of the unknown kind %q", l.Kind)
	})
}

// open hands on what a letter carries.
func open[T any](l *Letter, take func(T) error) error {
	var body T
	if err := json.Unmarshal(l.Body, &body); err != nil {
		return fmt.Errorf("letter %s: %w", l.Kind, err)
	}
	return take(body)
}

// admit adds a patient who used their invitation to a worker's caseload.
func (t *turn) admit(e enrolled, patient string) error {
	w := t.conv.Worker
	if w == nil {
		t.nothing()
		return nil
	}
	if w.Caseload == nil {
		w.Caseload = map[string]string{}
	}
	w.Caseload[e.Case] = patient
	if e.Was != "" {
		t.letter(patient, letterReassigned, reassigned{Was: e.Was, Worker: t.conv.ID, Name: w.Name})
	} else if e.Name != "" && w.Name != "" && e.Name != w.Name { // changed while the invitation was out
		t.letter(patient, letterNamed, named{Name: w.Name})
	}
	t.say(fmt.Sprintf(wordsEnrolled, e.Case))
	return nil
}

// workerNamed is the new name of a patient's worker.
func (t *turn) workerNamed(n named, from string) error {
	if t.conv.Role != PatientRole || t.conv.Patient.WorkerID != from {
		t.nothing()
		return nil
	}
	t.conv.Patient.Worker = n.Name
	return nil
}
