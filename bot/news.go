package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"onestep/dialogs"
)

// Somebody in a hold is answered with fixed words alone, so what they write,
// ask or send must reach whoever has their alert.

// newsEvery is how often those who have an alert hear that its person goes on
// writing: the time in which an alert is to be pressed. What comes meanwhile is
// told of at its end, a wish for a person at once.
const newsEvery = 15 * time.Minute

// goesOn tells those who have the open alert that its person has written again.
// Words of danger are none of it: they raise the alert anew.
func (t *turn) goesOn(was dialogs.State, kind dialogs.EventKind) {
	p := t.conv.Patient
	wrote := kind == dialogs.Replied || kind == dialogs.Edited || kind == dialogs.Media
	if !wrote || !was.Held || t.conv.Role != PatientRole || p.Alert == nil || p.Alert.Raised.Equal(t.at) {
		return
	}
	a := p.Alert
	asked := slices.ContainsFunc(t.raised, func(r Raised) bool { return r.Trigger == dialogs.AskedHuman })
	switch due := a.News.Add(newsEvery); {
	case asked:
		t.news(a, dialogs.AskedHuman)
	case t.at.Before(due) && !t.at.Before(a.News): // else the clock was set back
		t.timer(newsTimer+a.ID, due)
	default:
		t.news(a, "")
	}
}

// news tells everybody who has the alert, but for the worker whom this turn has
// told already. It tells of all that came before.
func (t *turn) news(a *Alert, trigger dialogs.Trigger) {
	a.News = t.at
	t.timer(newsTimer+a.ID, time.Time{})
	class := t.class
	t.class = Answer
	for _, to := range a.Told {
		if len(t.raised) == 0 || to != t.conv.Patient.WorkerID {
			t.letter(to, letterNews, news{ID: a.ID, Trigger: trigger})
		}
	}
	t.class = class
}

// newsDue is the end of the time in which more came.
func (t *turn) newsDue(id string) error {
	if a := t.openAlert(id); a != nil {
		t.news(a, "")
	}
	return nil
}

// alertNews is that news, for somebody who has the alert on their list.
func (t *turn) alertNews(n news) error {
	w := t.conv.Worker
	i := w.listed(n.ID)
	if i < 0 {
		t.nothing()
		return nil
	}
	t.why = "nudge"
	open, changed := w.Nudges[i], wordsWrote
	if n.Trigger != "" {
		changed = dialogs.Triggers[n.Trigger].Changed
	}
	lines := append([]string{fmt.Sprintf("%s: %s", open.Case, changed), wordsStillOpen}, t.more(open)...)
	buttons := nudgeButtons(open)
	if open.Seen {
		buttons = buttons[1:]
	}
	t.say(strings.Join(lines, "\n"), buttons...)
	return nil
}
