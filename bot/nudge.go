package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"onestep/dialogs"
)

// suppressFor keeps the same trigger from nudging again about the same person
// (DOMAIN g: 7 days; an hour less, so that a weekly check-in counts each week).
const suppressFor = 7*24*time.Hour - time.Hour

// always are the triggers that are never suppressed: somebody may be in danger
// or has asked.
var always = map[dialogs.Trigger]bool{dialogs.Distress: true, dialogs.AskedHuman: true}

// nudge sends a patient's nudge to their worker.
func (t *turn) nudge(i int, n dialogs.Nudge) {
	p := t.conv.Patient
	if p == nil {
		return
	}
	if last, ok := p.Nudged[n.Trigger]; ok && !always[n.Trigger] && t.at.Sub(last) < suppressFor {
		t.note(Entry{What: "nudge", Name: string(n.Trigger), Value: "suppressed"})
		return
	}
	if p.Nudged == nil {
		p.Nudged = map[dialogs.Trigger]time.Time{}
	}
	p.Nudged[n.Trigger] = t.at
	id := fmt.Sprintf("%.8s.%s.%d", t.conv.ID, base36(t.number()), i)
	t.note(Entry{What: "nudge", Name: string(n.Trigger), Value: id, Raw: n.Words, Rule: string(n.Rule)})
	class := t.class
	t.class = Answer // work for a person never waits behind what was planned
	t.letter(p.WorkerID, letterNudge, nudged{ID: id, Case: p.Case, Trigger: n.Trigger, Patient: t.conv.ID, Raised: t.at})
	t.class = class
}

// receiveNudge puts a nudge on a worker's list and tells them. One that reaches
// somebody who is no worker goes to the team's leads and duty contact instead.
func (t *turn) receiveNudge(n nudged, escalated bool) error {
	c := t.conv
	if c.Worker == nil {
		c.Worker = &Worker{}
	}
	rule := dialogs.Triggers[n.Trigger]
	c.Worker.Nudges = append(c.Worker.Nudges, Nudge{ID: n.ID, Case: n.Case, Patient: n.Patient, Trigger: n.Trigger, Raised: n.Raised})
	if rule.Acknowledge > 0 && !escalated {
		t.timer(alertTimer+n.ID, n.Raised.Add(rule.Acknowledge))
		t.alerts().Raised++
	}
	t.why = "nudge"
	prefix := ""
	if escalated {
		prefix = wordsEscalated + "\n"
	}
	t.say(prefix+nudgeText(n.Case, n.Trigger), nudgeButtons(n.ID, rule)...)
	return nil
}

// nudgeText is what a worker reads: what changed, by when, a question worth
// asking, and where the person's words are. It carries none of their words.
func nudgeText(code string, trigger dialogs.Trigger) string {
	rule := dialogs.Triggers[trigger]
	lines := []string{fmt.Sprintf("%s: %s", code, rule.Changed), fmt.Sprintf("Please act: %s.", rule.Within)}
	if rule.Priority == 1 {
		lines = append(lines, wordsProtocol)
	}
	if rule.Question != "" {
		lines = append(lines, fmt.Sprintf("A question you could ask: “%s”", rule.Question))
	}
	lines = append(lines, fmt.Sprintf("To read more: show %s", code))
	return strings.Join(lines, "\n")
}

// Acts on a nudge, as they stand on its buttons.
const (
	nudgePrefix = "n:"
	actSeen     = "seen"
	actDone     = "done"
	actSnooze   = "snooze"
)

func nudgeButtons(id string, rule dialogs.Rule) []Button {
	act := func(label, act string) Button { return Button{Label: label, Data: nudgePrefix + act + ":" + id} }
	if rule.Priority == 1 {
		return []Button{act("I am on it", actSeen), act("Done", actDone)}
	}
	return []Button{act("Done", actDone), act("Snooze", actSnooze)}
}

// snoozeFor is how long a snoozed nudge is silent.
const snoozeFor = 24 * time.Hour

// actOnNudge is a button of a nudge, pressed by the worker it was sent to. What
// is not on their own list cannot be acted on.
func (t *turn) actOnNudge(act, id string) error {
	w := t.conv.Worker
	i := slices.IndexFunc(w.Nudges, func(n Nudge) bool { return n.ID == id })
	if i < 0 {
		t.say(wordsNudgeGone)
		return nil
	}
	n := &w.Nudges[i]
	rule := dialogs.Triggers[n.Trigger]
	if !n.Seen && rule.Acknowledge > 0 {
		t.timer(alertTimer+id, time.Time{})
		if t.at.Sub(n.Raised) <= rule.Acknowledge {
			t.alerts().InTime++
		}
	}
	n.Seen = true
	switch act {
	case actSeen:
		t.say(fmt.Sprintf(wordsSeen, n.Case), nudgeButtons(id, rule)[1])
	case actSnooze:
		t.timer(snoozeTimer+id, t.at.Add(snoozeFor))
		t.say(fmt.Sprintf(wordsSnoozed, n.Case))
	case actDone:
		t.timer(snoozeTimer+id, time.Time{})
		t.letter(n.Patient, letterClosed, closed{ID: id, Trigger: n.Trigger})
		t.say(fmt.Sprintf(wordsDone, n.Case))
		w.Nudges = slices.Delete(w.Nudges, i, i+1)
	}
	return nil
}

// nudgeClosed is the patient's side of a nudge that is done: it is written
// down, and after distress the hold ends, since a person has looked.
func (t *turn) nudgeClosed(c closed, by string) error {
	if t.conv.Patient == nil {
		t.nothing()
		return nil
	}
	t.note(Entry{What: "nudge", Name: string(c.Trigger), Value: c.ID + " done", By: by})
	if c.Trigger == dialogs.Distress {
		return t.step(dialogs.Event{Kind: dialogs.Released})
	}
	return nil
}

// remindNudge shows a snoozed nudge again.
func (t *turn) remindNudge(id string) error {
	if t.conv.Worker == nil {
		return nil
	}
	for _, n := range t.conv.Worker.Nudges {
		if n.ID == id {
			t.why = "nudge"
			t.say(nudgeText(n.Case, n.Trigger), nudgeButtons(n.ID, dialogs.Triggers[n.Trigger])...)
		}
	}
	return nil
}

// escalate tells leads and the duty contact about an alert that nobody has
// pressed in time.
func (t *turn) escalate(id string) error {
	if t.conv.Worker == nil {
		return nil
	}
	t.class = Answer
	for _, n := range t.conv.Worker.Nudges {
		if n.ID != id || n.Seen {
			continue
		}
		leads, err := t.superiors()
		if err != nil {
			return err
		}
		for _, lead := range leads {
			t.letter(lead, letterEscalated, nudged{ID: n.ID, Case: n.Case, Trigger: n.Trigger, Patient: n.Patient, Raised: n.Raised})
		}
		t.note(Entry{What: "escalated", Name: n.ID})
		if len(leads) == 0 { // the worker is the only lead: tell them again
			t.say(wordsEscalated+"\n"+nudgeText(n.Case, n.Trigger), nudgeButtons(n.ID, dialogs.Triggers[n.Trigger])...)
		}
	}
	return nil
}

// superiors are the conversations of the team's leads and duty contact, without
// the person of this turn.
func (t *turn) superiors() ([]string, error) {
	chats := slices.Clone(t.team.Leads)
	if t.team.Duty != (Chat{}) {
		chats = append(chats, t.team.Duty)
	}
	var ids []string
	for _, chat := range chats {
		id, err := t.Store.Find(t.ctx, chat)
		if err != nil {
			return nil, err
		}
		if id != t.conv.ID && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids, nil
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
