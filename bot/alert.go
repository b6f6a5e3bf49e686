package bot

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"onestep/dialogs"
)

// An alert is a nudge that somebody must press in time. The side of whoever
// wrote the words keeps it and has its clock: should no letter reach anybody, the
// alert goes on to the leads all the same. One hold has one alert; more words of
// danger raise it anew.

// Figures of alerts.
const (
	// tryAgain is how soon an alert is taken further when it could not be looked
	// up whom to tell.
	tryAgain = time.Minute
	// mostRounds is how often an alert that nobody presses goes on, each time
	// after the time of its acknowledgement: to the leads, and once more to
	// everybody. Then the operator reads it in the log, and everybody is shown it
	// again: after showAgain, after twice that, and so on.
	mostRounds = 2
	showAgain  = time.Hour
	// leadsAfter is from when on an alert that somebody is on, and that is still
	// not closed, is shown to the leads as well.
	leadsAfter = 24 * time.Hour
)

// kept is the alert that this turn's conversation keeps, nil if there is none. A
// patient and a worker keep one, of their own words; a team those of people whose
// own record cannot be stored, by id.
func (t *turn) kept(id string) *Alert {
	switch {
	case t.conv.Role == PatientRole && t.conv.Patient != nil:
		return t.conv.Patient.Alert
	case t.conv.Role == WorkerRole && t.conv.Worker != nil:
		return t.conv.Worker.Own
	case t.conv.Role == TeamRole && t.conv.Crew != nil:
		return t.conv.Crew.Alerts[id]
	}
	return nil
}

// keeps tells whether this turn's conversation may keep alerts.
func (t *turn) keeps() bool {
	return t.conv.Patient != nil || t.conv.Worker != nil || t.conv.Crew != nil
}

// keep replaces what kept gives; nil ends it.
func (t *turn) keep(id string, a *Alert) {
	switch t.conv.Role {
	case PatientRole:
		t.conv.Patient.Alert = a
	case WorkerRole:
		t.conv.Worker.Own = a
	case TeamRole:
		crew := t.conv.Crew
		if crew.Alerts == nil {
			crew.Alerts = map[string]*Alert{}
		}
		if crew.Alerts[id] = a; a == nil {
			delete(crew.Alerts, id)
		}
	}
}

// alert tells the worker and whoever is on duty, at once.
func (t *turn) alert(id string, n dialogs.Nudge) {
	told := []string{t.conv.Patient.WorkerID}
	var err error
	if t.team.Duty != (Chat{}) {
		var duty string
		if duty, err = t.Store.Find(t.ctx, t.team.Duty); err == nil {
			told = append(told, duty)
		}
	}
	t.raise(Alert{ID: id, Trigger: n.Trigger}, n, told, err)
}

// alertColleagues is the alert of a worker's own words. It never rests with
// themselves alone, and says whether there is anybody to tell.
func (t *turn) alertColleagues(id string, n dialogs.Nudge) bool {
	told, err := t.above("")
	return t.raise(Alert{ID: id, Trigger: n.Trigger, About: aboutColleague, Case: t.conv.Worker.called()}, n, told, err)
}

// raise opens an alert, or raises the open one anew, and starts its clock. It
// says whether there is anybody to tell. An error means that not everybody could
// be looked up: the words to the person go out, and the rest follows soon after.
func (t *turn) raise(fresh Alert, n dialogs.Nudge, told []string, err error) bool {
	var waits bool        // nobody has pressed the words before
	var running time.Time // the clock of words that nobody has pressed yet goes on
	if open := t.kept(fresh.ID); open != nil {
		fresh.ID, fresh.Told = open.ID, slices.Clone(open.Told)
		if waits = !open.Seen; waits {
			fresh.By = open.By
			running = t.conv.Timers[alertTimer+open.ID]
		}
	}
	a := &fresh
	a.Raised = t.at
	t.keep(a.ID, a)
	if week := t.alerts(t.at); week != nil && !waits {
		week.Raised++
	}
	t.note(Entry{What: "nudge", Name: string(n.Trigger), Value: a.ID, Raw: n.Words, Rule: string(n.Rule)})
	for _, to := range told {
		a.tells(to)
	}
	wait := dialogs.Triggers[n.Trigger].Acknowledge
	if err != nil {
		wait = tryAgain
	}
	due := t.at.Add(wait)
	if !running.IsZero() && running.Before(due) {
		due = running
	}
	t.timer(alertTimer+a.ID, due)
	t.timer(newsTimer+a.ID, time.Time{}) // this tells of it
	// Those told before as well: there is more.
	for _, to := range a.Told {
		t.tell(a, to, letterNudge, "")
	}
	if len(a.Told) == 0 {
		t.Log.Error("words of danger have nobody to go to: call the team", "alert", a.ID, "team", t.conv.Team, "err", err)
	}
	return len(a.Told) > 0
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
// left names who was on it and has gone.
func (t *turn) tell(a *Alert, to, kind, left string) {
	n := nudged{ID: a.ID, Trigger: a.Trigger, Patient: t.conv.ID, Raised: a.Raised, Case: a.Case, About: a.About, Worker: a.Worker, Copy: true, Left: left, On: a.Seen}
	if p := t.conv.Patient; t.conv.Role == PatientRole {
		n.Case, n.Worker, n.Copy = p.Case, p.Worker, to != p.WorkerID
	}
	class := t.class
	t.class = Answer
	t.letter(to, kind, n)
	t.class = class
}

// called is a worker's name for their colleagues.
func (w *Worker) called() string {
	switch {
	case w.Name != "":
		return w.Name
	case w.Lead:
		return "A lead"
	}
	return "A link worker"
}

// openAlert is the alert of that id, if it is still open.
func (t *turn) openAlert(id string) *Alert {
	if a := t.kept(id); a != nil && a.ID == id {
		return a
	}
	return nil
}

// escalate takes an alert that nobody has pressed in time to the leads and the
// duty contact; once more to everybody when they have it already.
func (t *turn) escalate(id string) error {
	a := t.openAlert(id)
	switch {
	case a == nil:
		return nil
	case a.Seen || a.Rounds >= mostRounds:
		return t.showOpen(a)
	}
	told, err := t.tellMore(a)
	if told == 0 {
		for _, to := range a.Told {
			t.tell(a, to, letterEscalated, "")
		}
		told = len(a.Told)
	}
	t.wentOn(a, onUnpressed, told)
	if err != nil {
		t.timer(alertTimer+a.ID, t.at.Add(tryAgain))
		return nil
	}
	if a.Rounds++; a.Rounds < mostRounds {
		t.timer(alertTimer+a.ID, t.at.Add(dialogs.Triggers[a.Trigger].Acknowledge))
		return nil
	}
	t.unpressed(a)
	t.timer(alertTimer+a.ID, t.shownNext(a))
	return nil
}

// shownNext is when an alert that is not closed is shown again: at the next opening
// of the service, and before that while nobody has pressed it.
func (t *turn) shownNext(a *Alert) time.Time {
	opening := t.team.opening(t.at)
	if a.Seen {
		return opening
	}
	again := t.at.Add(showAgain << min(max(a.Rounds-mostRounds, 0), 7)) // days at most
	if again.Before(opening) {
		return again
	}
	return opening
}

// showOpen shows an alert that is not closed: whoever was on it may have forgotten,
// and its person is left waiting. Who cannot be looked up now hears the next time.
func (t *turn) showOpen(a *Alert) error {
	if !a.Seen {
		a.Rounds++
		t.unpressed(a)
	}
	if !a.Seen || t.at.Sub(a.Raised) >= leadsAfter {
		ids, err := t.above(a.Of)
		if err != nil {
			t.Log.Error("not everybody above could be told of an open alert", "alert", a.ID, "err", err)
		}
		for _, id := range ids {
			a.tells(id)
		}
	}
	for _, to := range a.Told {
		t.tell(a, to, letterEscalated, "")
	}
	t.wentOn(a, onOpen, len(a.Told))
	t.timer(alertTimer+a.ID, t.shownNext(a))
	return nil
}

func (t *turn) unpressed(a *Alert) {
	t.Log.Error("nobody has pressed an alert: call the team's leads", "alert", a.ID, "team", t.conv.Team)
}

// keepsClock gives an open alert its clock if it has none, as one that was pressed in
// a release in which a press ended it: else it would never be shown again.
func (t *turn) keepsClock() {
	if t.conv.Role != PatientRole && t.conv.Role != WorkerRole {
		return
	}
	a := t.kept("")
	if a == nil {
		return
	}
	if _, runs := t.conv.Timers[alertTimer+a.ID]; !runs {
		t.timer(alertTimer+a.ID, t.shownNext(a))
	}
}

// tellMore tells those who are to have the alert and do not have it yet. An
// error means that some of them could not be looked up.
func (t *turn) tellMore(a *Alert) (told int, err error) {
	ids, err := t.above(a.Of)
	for _, id := range ids {
		if a.tells(id) {
			t.tell(a, id, letterEscalated, "")
			told++
		}
	}
	return told, err
}

// alertLost is somebody who was told and cannot be reached: the alert goes on
// at once, also when they had pressed that they are on it. When that leaves nobody,
// the operator reads it in the log.
func (t *turn) alertLost(x lost, by string) error {
	a := t.openAlert(x.ID)
	if a == nil {
		t.nothing()
		return nil
	}
	theirs := a.Seen && (a.By == by || a.By == "") // not known of presses in releases before
	known := slices.Contains(a.Lost, by)
	if known && !theirs {
		t.nothing()
		return nil
	}
	if !known {
		a.Lost = append(a.Lost, by)
	}
	var err error
	switch {
	case theirs:
		err = t.handBack(a, x.Name)
	case a.Seen: // another is on it
		return nil
	default:
		var told int
		told, err = t.tellMore(a)
		t.wentOn(a, onLost, told)
	}
	if err != nil {
		t.timer(alertTimer+a.ID, t.at.Add(tryAgain))
	}
	if !slices.ContainsFunc(a.Told, func(to string) bool { return !slices.Contains(a.Lost, to) }) {
		t.Log.Error("an alert has reached nobody: call the team's leads", "alert", a.ID, "team", t.conv.Team)
	}
	return nil
}

// handBack opens an alert again that somebody was on who cannot be reached any
// more: all others have it anew, with its buttons, and its clock runs. An error
// means that some of them could not be looked up.
func (t *turn) handBack(a *Alert, name string) error {
	a.Seen, a.Rounds = false, 0
	ids, err := t.above(a.Of)
	for _, id := range ids {
		a.tells(id)
	}
	told := 0
	for _, to := range a.Told {
		if !slices.Contains(a.Lost, to) {
			t.tell(a, to, letterEscalated, name)
			told++
		}
	}
	t.timer(alertTimer+a.ID, t.at.Add(dialogs.Triggers[a.Trigger].Acknowledge))
	t.wentOn(a, onHandedBack, told)
	return err
}

// alertSeen is somebody's press: it goes on to nobody else, it is written down by
// whom, and the others who were told hear of it. Until it is closed it is shown again
// when the service opens.
func (t *turn) alertSeen(s seen, by string) error {
	if !t.keeps() {
		t.nothing()
		return nil
	}
	t.note(Entry{What: "nudge", Name: string(dialogs.Distress), Value: s.ID + " seen", By: by})
	a := t.openAlert(s.ID)
	if a == nil || s.Raised.Before(a.Raised) { // newer words, which they have not seen
		return nil
	}
	t.pickedUp(a, s.At)
	a.Seen, a.By = true, by
	t.timer(alertTimer+a.ID, t.team.opening(t.at))
	t.tellOthers(a, by, taken{ID: a.ID, Name: s.Name})
	return nil
}

// alertClosed ends an alert, and with it the hold, since a person has looked.
// Words that came after what they looked at keep both.
func (t *turn) alertClosed(c closed, by string) error {
	a := t.kept(c.ID)
	if a != nil && (a.ID != c.ID || c.Raised.Before(a.Raised)) {
		return nil
	}
	if a != nil {
		t.timer(alertTimer+a.ID, time.Time{})
		t.timer(newsTimer+a.ID, time.Time{})
		t.pickedUp(a, c.At)
		t.tellOthers(a, by, taken{ID: a.ID, Name: c.Name, Closed: true})
		t.keep(a.ID, nil)
	}
	switch {
	case t.conv.Role == WorkerRole && c.FalseAlarm && a != nil:
		t.say(wordsOwnFalseAlarm)
		return nil
	case t.conv.Role != PatientRole: // nothing was held
		return nil
	case c.FalseAlarm:
		return t.step(dialogs.Event{Kind: dialogs.FalseAlarm})
	}
	return t.step(dialogs.Event{Kind: dialogs.Released})
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
	i := w.listed(n.ID)
	if i < 0 {
		t.nothing()
		return nil
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

// unreached tells the other side of every alert that waits for this worker, who
// cannot be reached. gone is set when that is so in all their chats: then what they
// are on needs somebody else as well.
func (t *turn) unreached(gone bool) {
	class := t.class
	t.class = Answer
	for i := range t.conv.Worker.Nudges {
		if n := &t.conv.Worker.Nudges[i]; n.alert() && (gone || !n.Seen) {
			n.Seen = false
			t.letter(n.Patient, letterLost, lost{ID: n.ID, Name: t.conv.Worker.called()})
		}
	}
	t.class = class
}

// superiors are the conversations of the team's leads and duty contact, without
// the person of this turn. With an error come those who could be looked up.
func (t *turn) superiors() (ids []string, err error) {
	chats := slices.Clone(t.team.Leads)
	if t.team.Duty != (Chat{}) {
		chats = append(chats, t.team.Duty)
	}
	return t.found(chats)
}

// found are the conversations of chats, without the one of this turn. With an
// error come those that could be looked up.
func (t *turn) found(chats []Chat) (ids []string, err error) {
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

// above are the superiors of the team, without whom the alert is of. A worker's
// own words go to the other workers where there is no superior but themselves.
func (t *turn) above(of string) (ids []string, err error) {
	ids, err = t.superiors()
	ids = slices.DeleteFunc(ids, func(id string) bool { return id == of })
	if len(ids) > 0 || err != nil || t.conv.Role != WorkerRole {
		return ids, err
	}
	id, err := t.Store.Find(t.ctx, t.team.Channel)
	if err != nil {
		return nil, err
	}
	crew, err := t.Store.Load(t.ctx, id)
	if err != nil || crew.Crew == nil {
		return nil, err
	}
	return slices.DeleteFunc(slices.Clone(crew.Crew.Workers), func(id string) bool { return id == t.conv.ID }), nil
}

// alerts is the count of the patient's alerts in the week of an instant, nil in
// any other conversation and for a week that is no longer kept.
func (t *turn) alerts(at time.Time) *Alerts {
	p := t.conv.Patient
	if t.conv.Role != PatientRole {
		return nil
	}
	of := monday(at, t.zone())
	i := slices.IndexFunc(p.Alerts, func(a Alerts) bool { return a.Of == of })
	if i < 0 && (len(p.Alerts) == 0 || p.Alerts[len(p.Alerts)-1].Of < of) {
		p.Alerts = append(p.Alerts, Alerts{Of: of})
		p.Alerts = p.Alerts[max(0, len(p.Alerts)-keptWeeks):]
		i = len(p.Alerts) - 1
	}
	if i < 0 {
		return nil
	}
	return &p.Alerts[i]
}

// pickedUp counts the first press on an alert, if it came in time.
func (t *turn) pickedUp(a *Alert, pressed time.Time) {
	if a.Seen || a.By != "" || pressed.Sub(a.Raised) > dialogs.Triggers[a.Trigger].Acknowledge {
		return
	}
	if week := t.alerts(a.Raised); week != nil {
		week.InTime++
	}
}
