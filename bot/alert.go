package bot

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"onestep/dialogs"
)

// An alert is a nudge that somebody must press in time. The patient's side
// keeps it and has its clock: should no letter reach the worker, the alert goes
// on to the leads all the same. One hold has one alert; more words of danger
// raise it anew.

// tryAgain is how soon an alert is taken further when it could not be looked up
// whom to tell.
const tryAgain = time.Minute

// alert tells the worker and whoever is on duty, at once.
func (t *turn) alert(id string, n dialogs.Nudge) {
	p := t.conv.Patient
	if p.Alert == nil {
		p.Alert = &Alert{ID: id, Trigger: n.Trigger}
	}
	a := p.ownAlert()
	a.Raised, a.Seen, a.Lost = t.at, false, nil
	t.note(Entry{What: "nudge", Name: string(n.Trigger), Value: a.ID, Raw: n.Words, Rule: string(n.Rule)})
	a.tells(p.WorkerID)
	wait := dialogs.Triggers[n.Trigger].Acknowledge
	if t.team.Duty != (Chat{}) {
		if duty, err := t.Store.Find(t.ctx, t.team.Duty); err == nil {
			a.tells(duty)
		} else {
			wait = tryAgain // the words to the person go out; the rest soon after
		}
	}
	t.timer(alertTimer+a.ID, t.at.Add(wait))
	for _, to := range a.Told { // those told before as well: there is more
		t.tell(to, letterNudge)
	}
}

// tells adds somebody to those who are told, and says whether they were not.
func (a *Alert) tells(id string) bool {
	if slices.Contains(a.Told, id) {
		return false
	}
	a.Told = append(a.Told, id)
	return true
}

// tell sends the alert to one conversation, before everything that was planned.
func (t *turn) tell(to, kind string) {
	p := t.conv.Patient
	class := t.class
	t.class = Answer
	t.letter(to, kind, nudged{
		ID: p.Alert.ID, Case: p.Case, Trigger: p.Alert.Trigger, Patient: t.conv.ID, Raised: p.Alert.Raised, Copy: to != p.WorkerID,
	})
	t.class = class
}

// openAlert is the alert of that id, if it is still open, as a copy of this
// turn.
func (t *turn) openAlert(id string) *Alert {
	p := t.conv.Patient
	if p == nil || p.Alert == nil || p.Alert.ID != id {
		return nil
	}
	return p.ownAlert()
}

func (p *Patient) ownAlert() *Alert {
	a := *p.Alert
	a.Told, a.Lost = slices.Clip(a.Told), slices.Clip(a.Lost)
	p.Alert = &a
	return p.Alert
}

// escalate takes an alert that nobody has pressed in time to the leads and the
// duty contact; once more to everybody when they have it already. What is still
// unseen when the service opens is shown again then.
func (t *turn) escalate(id string) error {
	a := t.openAlert(id)
	if a == nil || a.Seen {
		return nil
	}
	told, err := t.tellMore(a)
	if told == 0 {
		for _, to := range a.Told {
			t.tell(to, letterEscalated)
		}
	}
	switch {
	case err != nil:
		t.timer(alertTimer+a.ID, t.at.Add(tryAgain))
	case !t.team.open(t.at):
		t.timer(alertTimer+a.ID, t.team.Next(t.at))
	}
	return nil
}

// tellMore tells the superiors who do not have the alert yet. An error means
// that some of them could not be looked up.
func (t *turn) tellMore(a *Alert) (told int, err error) {
	ids, err := t.superiors()
	for _, id := range ids {
		if a.tells(id) {
			t.tell(id, letterEscalated)
			told++
		}
	}
	t.note(Entry{What: "escalated", Name: a.ID, Value: fmt.Sprint(told)})
	return told, err
}

// alertLost is somebody who was told and cannot be reached: the alert goes on
// at once. When that leaves nobody, the operator reads it in the log.
func (t *turn) alertLost(id, by string) error {
	a := t.openAlert(id)
	if a == nil || a.Seen || slices.Contains(a.Lost, by) {
		t.nothing()
		return nil
	}
	a.Lost = append(a.Lost, by)
	_, err := t.tellMore(a)
	if err != nil {
		t.timer(alertTimer+a.ID, t.at.Add(tryAgain))
	}
	if !slices.ContainsFunc(a.Told, func(to string) bool { return !slices.Contains(a.Lost, to) }) {
		t.Log.Error("an alert has reached nobody: call the team's leads", "alert", a.ID, "team", t.conv.Team)
	}
	return nil
}

// alertSeen is somebody's press: the clock stops, it is written down by whom,
// and the others who were told hear of it.
func (t *turn) alertSeen(s seen, by string) error {
	if t.conv.Patient == nil {
		t.nothing()
		return nil
	}
	t.note(Entry{What: "nudge", Name: string(dialogs.Distress), Value: s.ID + " seen", By: by})
	a := t.openAlert(s.ID)
	if a == nil || s.Raised.Before(a.Raised) { // newer words, which they have not seen
		return nil
	}
	a.Seen = true
	t.timer(alertTimer+a.ID, time.Time{})
	t.tellOthers(a, by, taken{ID: a.ID, Name: s.Name, InTime: inTime(a, s.At)})
	return nil
}

// alertClosed ends an alert, and with it the hold, since a person has looked.
// Words that came after what they looked at keep both.
func (t *turn) alertClosed(c closed, by string) error {
	p := t.conv.Patient
	if p.Alert != nil && (p.Alert.ID != c.ID || c.Raised.Before(p.Alert.Raised)) {
		return nil
	}
	if a := p.Alert; a != nil {
		t.timer(alertTimer+a.ID, time.Time{})
		t.tellOthers(a, by, taken{ID: a.ID, Name: c.Name, Closed: true, InTime: !a.Seen && inTime(a, c.At)})
		p.Alert = nil
	}
	if c.FalseAlarm {
		return t.step(dialogs.Event{Kind: dialogs.FalseAlarm})
	}
	return t.step(dialogs.Event{Kind: dialogs.Released})
}

func inTime(a *Alert, pressed time.Time) bool {
	return pressed.Sub(a.Raised) <= dialogs.Triggers[a.Trigger].Acknowledge
}

func (t *turn) tellOthers(a *Alert, by string, news taken) {
	for _, to := range a.Told {
		if to != by {
			t.letter(to, letterTaken, news)
		}
	}
}

// alertTaken is the news, for somebody who has an alert on their list, that
// another has pressed it.
func (t *turn) alertTaken(n taken) error {
	w := t.conv.Worker
	i := -1
	if w != nil {
		i = slices.IndexFunc(w.Nudges, func(open Nudge) bool { return open.ID == n.ID })
	}
	if i < 0 {
		t.nothing()
		return nil
	}
	if n.InTime && !w.Nudges[i].Seen && !w.Nudges[i].Copy {
		t.alerts().InTime++
	}
	t.why = "nudge"
	if n.Closed {
		t.say(fmt.Sprintf(wordsTakenClosed, w.Nudges[i].Case, n.name()))
		w.Nudges = slices.Delete(w.Nudges, i, i+1)
		return nil
	}
	w.Nudges[i].Seen = true
	t.say(fmt.Sprintf(wordsTaken, w.Nudges[i].Case, n.name()))
	return nil
}

// unreached tells the patients' side of every alert that waits for this worker,
// who cannot be reached.
func (t *turn) unreached() {
	for _, n := range t.conv.Worker.Nudges {
		if !n.Seen && dialogs.Triggers[n.Trigger].Acknowledge > 0 {
			t.letter(n.Patient, letterLost, lost{ID: n.ID})
		}
	}
}

// superiors are the conversations of the team's leads and duty contact, without
// the person of this turn. With an error come those who could be looked up.
func (t *turn) superiors() (ids []string, err error) {
	chats := slices.Clone(t.team.Leads)
	if t.team.Duty != (Chat{}) {
		chats = append(chats, t.team.Duty)
	}
	for _, chat := range chats {
		id, e := t.Store.Find(t.ctx, chat)
		if e != nil {
			err = errors.Join(err, e)
			continue
		}
		if id != t.conv.ID && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, err
}

// alerts is this week's count of the worker's P1 nudges.
func (t *turn) alerts() *Alerts {
	w := t.conv.Worker
	of := monday(t.at, t.zone())
	if n := len(w.Alerts); n == 0 || w.Alerts[n-1].Of != of {
		w.Alerts = append(w.Alerts, Alerts{Of: of})
		w.Alerts = w.Alerts[max(0, len(w.Alerts)-2):]
	}
	return &w.Alerts[len(w.Alerts)-1]
}
