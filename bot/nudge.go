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

// always are the triggers that are never suppressed: somebody may be in danger,
// has asked, or has answered what the worker asked.
var always = map[dialogs.Trigger]bool{
	dialogs.Distress: true, dialogs.AskedHuman: true,
	dialogs.SaidYes: true, dialogs.OwnWords: true, dialogs.SaidNo: true, dialogs.LeftOpen: true, dialogs.NotAsked: true,
}

// eachAfterDone are the triggers of which the next one is told once the one before it
// has been seen to, also within the week: nobody has heard of it.
var eachAfterDone = []dialogs.Trigger{dialogs.CannotRead, dialogs.Undelivered, dialogs.Refused, dialogs.GivenUp, dialogs.ChangedNumber}

// nudge sends a patient's nudge to their worker.
func (t *turn) nudge(i int, n dialogs.Nudge) {
	p := t.conv.Patient
	if p == nil || t.conv.Role != PatientRole {
		return
	}
	if t.again(n.Trigger) {
		t.note(Entry{What: "nudge", Name: string(n.Trigger), Value: "suppressed"})
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
	id := t.nudgeID(i)
	if dialogs.Triggers[n.Trigger].Acknowledge > 0 {
		t.alert(id, n)
		return
	}
	t.note(Entry{What: "nudge", Name: string(n.Trigger), Value: id, Raw: n.Words, Rule: string(n.Rule)})
	t.raised = append(t.raised, Raised{ID: id, Trigger: n.Trigger})
	class := t.class
	t.class = Answer // work for a person never waits behind what was planned
	t.letter(p.WorkerID, letterNudge, nudged{ID: id, Case: p.Case, Trigger: n.Trigger, Patient: t.conv.ID, Raised: t.at})
	t.class = class
}

// nudgeID names the nudge of this turn's effect i.
func (t *turn) nudgeID(i int) string {
	return fmt.Sprintf("%.8s.%s.%d", t.conv.ID, base36(t.number()), i)
}

// item is the nudge as it stands on a worker's list.
func (n nudged) item() Nudge {
	return Nudge{ID: n.ID, Case: n.Case, Patient: n.Patient, Trigger: n.Trigger, Raised: n.Raised, Copy: n.Copy, About: n.About, Worker: n.Worker}
}

// listed is where a nudge stands on a worker's list, -1 if it does not.
func (w *Worker) listed(id string) int {
	if w == nil {
		return -1
	}
	return slices.IndexFunc(w.Nudges, func(n Nudge) bool { return n.ID == id })
}

// receiveNudge puts a nudge on a worker's list and tells them. An alert that
// comes again, since there is more or nobody has pressed, stands there once.
func (t *turn) receiveNudge(n nudged, escalated bool) error {
	c := t.conv
	rule := dialogs.Triggers[n.Trigger]
	if c.Role == PatientRole { // whom the settings name by mistake: see Prepare
		if rule.Acknowledge > 0 {
			t.letter(n.Patient, letterLost, lost{ID: n.ID})
		}
		return nil
	}
	if c.Worker == nil {
		c.Worker = &Worker{}
	}
	item := n.item()
	if i := c.Worker.listed(n.ID); i >= 0 {
		c.Worker.Nudges[i] = item
	} else {
		c.Worker.Nudges = append(c.Worker.Nudges, item)
	}
	if len(c.Chats) == 0 { // there is no chat to tell them in
		t.unreached(true)
		return t.handOver()
	}
	if rule.Digest {
		t.waitForDigest(n.ID)
		return nil
	}
	t.why = "nudge"
	prefix := ""
	switch {
	case n.Left != "":
		prefix = fmt.Sprintf(wordsHandedBack, n.Left) + "\n"
	case escalated && n.On:
		prefix = wordsOn + "\n"
	case escalated:
		prefix = wordsEscalated + "\n"
	}
	t.say(prefix+t.nudgeText(item), nudgeButtons(item)...)
	return nil
}

// nudgeInherited is an alert that was told before or that a colleague is on: its
// person is the heir's now. Nothing is said of it here.
func (t *turn) nudgeInherited(n nudged) error {
	w := t.conv.Worker
	if t.conv.Role != WorkerRole {
		t.nothing()
		return nil
	}
	item := n.item()
	if i := w.listed(n.ID); i >= 0 {
		item.Seen = w.Nudges[i].Seen
		w.Nudges[i] = item
		return nil
	}
	w.Nudges = append(w.Nudges, item)
	return nil
}

// nudgeText is what a worker reads: what changed, by when, a question worth
// asking, and where the person's words are, or for others who knows whose the code
// is. It carries none of their words.
func (t *turn) nudgeText(n Nudge) string {
	if n.About != aboutPatient {
		return strings.Join(append([]string{fmt.Sprintf(alertWords[n.About].told, n.Case)}, n.whose()...), "\n")
	}
	code, rule := n.Case, dialogs.Triggers[n.Trigger]
	within := rule.Within
	if within == dialogs.Today && !t.team.open(t.at) {
		within = "when you are next at work, " + t.reads(workersLanguage)
	}
	lines := []string{fmt.Sprintf("%s: %s", code, rule.Changed), fmt.Sprintf("Please act: %s.", within)}
	if rule.Priority == 1 {
		lines = append(lines, wordsProtocol)
	}
	if rule.Question != "" {
		lines = append(lines, fmt.Sprintf("A question you could ask: “%s”", rule.Question))
	}
	return strings.Join(append(lines, t.more(n)...), "\n")
}

// more says where there is more to read, or for others who knows whose the code
// is.
func (t *turn) more(n Nudge) []string {
	channel := slices.ContainsFunc(t.Teams, func(team Team) bool { return team.DutyChannel && slices.Contains(t.conv.Chats, team.Duty) })
	switch {
	case n.Copy && n.alert() && !channel:
		return append(n.whose(), fmt.Sprintf(wordsReadAlert, n.Case))
	case n.Copy:
		return n.whose()
	}
	return []string{fmt.Sprintf(wordsReadMore, n.Case)}
}

// whose is the line that says whom to ask about a code.
func (n Nudge) whose() []string {
	if n.Worker == "" {
		return nil
	}
	return []string{fmt.Sprintf(wordsTheirWorker, n.Worker)}
}

// Acts on a nudge, as they stand on its buttons.
const (
	nudgePrefix = "n:"
	actSeen     = "seen"
	actDone     = "done"
	actFalse    = "false"
	actSnooze   = "snooze"
)

// nudgeButtons are its buttons. Those of an alert say which of its raisings they
// were shown with, in milliseconds of base 36: a press on them knows of no newer
// words.
func nudgeButtons(n Nudge) []Button {
	id := n.ID
	if n.alert() {
		id += ":" + n.raising()
	}
	act := func(label, act string) Button { return Button{Label: label, Data: nudgePrefix + act + ":" + id} }
	if dialogs.Triggers[n.Trigger].Priority == 1 {
		return []Button{act("I am on it", actSeen), act("Done", actDone), act("False alarm", actFalse)}
	}
	return []Button{act("Done", actDone), act("Snooze", actSnooze)}
}

// alert tells whether somebody must press the nudge in time.
func (n Nudge) alert() bool { return dialogs.Triggers[n.Trigger].Acknowledge > 0 }

// raising names when its latest words came.
func (n Nudge) raising() string { return base36(uint64(n.Raised.UnixMilli())) }

// snoozeFor is how long a snoozed nudge is silent.
const snoozeFor = 24 * time.Hour

// actOnNudge is a button of a nudge, pressed by the worker it was sent to. What
// is not on their own list cannot be acted on; and a press on an alert that was
// raised anew since is none, since its presser has not seen the newer words: it is
// shown as it is now. A button from before buttons said so counts as such.
func (t *turn) actOnNudge(act, id string) error {
	w := t.conv.Worker
	id, raising, _ := strings.Cut(id, ":")
	i := w.listed(id)
	if i < 0 {
		t.say(wordsNudgeGone)
		return nil
	}
	n := &w.Nudges[i]
	if n.alert() && raising != n.raising() {
		t.say(wordsNewer+"\n"+t.nudgeText(*n), nudgeButtons(*n)...)
		return nil
	}
	rule := dialogs.Triggers[n.Trigger]
	if !n.Seen && n.alert() && act == actSeen {
		t.letter(n.Patient, letterSeen, seen{ID: id, Name: w.Name, Raised: n.Raised, At: t.at})
	}
	n.Seen = true
	switch act {
	case actSeen:
		t.say(fmt.Sprintf(alertWords[n.About].seen, n.Case), nudgeButtons(*n)[1:]...)
	case actSnooze:
		t.timer(snoozeTimer+id, t.at.Add(snoozeFor))
		t.say(fmt.Sprintf(wordsSnoozed, n.Case))
	case actDone, actFalse:
		t.timer(snoozeTimer+id, time.Time{})
		wrong := act == actFalse && rule.Acknowledge > 0
		t.letter(n.Patient, letterClosed, closed{
			ID: id, Trigger: n.Trigger, Name: w.Name, Raised: n.Raised, At: t.at, FalseAlarm: wrong,
		})
		if wrong {
			t.say(fmt.Sprintf(alertWords[n.About].wrong, n.Case))
		} else {
			t.say(fmt.Sprintf(wordsDone, n.Case, rule.Changed))
		}
		w.Nudges = slices.Delete(w.Nudges, i, i+1)
	}
	return nil
}

// nudgeClosed is the other side of a nudge that is done: it is written down, and
// an alert ends.
func (t *turn) nudgeClosed(c closed, by string) error {
	if !t.keeps() {
		t.nothing()
		return nil
	}
	how := " done"
	if c.FalseAlarm {
		how = " false alarm"
	}
	t.note(Entry{What: "nudge", Name: string(c.Trigger), Value: c.ID + how, By: by})
	switch {
	case c.Trigger == dialogs.Distress:
		return t.alertClosed(c, by)
	case slices.Contains(eachAfterDone, c.Trigger) && t.conv.Patient != nil:
		delete(t.conv.Patient.Nudged, c.Trigger)
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
			t.say(t.nudgeText(n), nudgeButtons(n)...)
		}
	}
	return nil
}
