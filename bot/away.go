package bot

import (
	"fmt"
	"slices"
	"strings"

	"onestep/dialogs"
)

// A worker who cannot be reached, as one who has left, would leave people waiting
// who were promised a person. So the leads are told what is open with them: once,
// and of what comes new until the worker writes again. Alerts go on by themselves.

// away is what leads are told of a worker who cannot be reached.
type away struct {
	Name string    `json:"name"`
	Open []waiting `json:"open,omitempty"`
}

// waiting is one nudge that is open with them.
type waiting struct {
	Case    string          `json:"case"`
	Trigger dialogs.Trigger `json:"trigger"`
}

// line is a nudge in one line.
func (w waiting) line() string {
	rule := dialogs.Triggers[w.Trigger]
	return fmt.Sprintf("%s: %s Please act: %s.", w.Case, rule.Changed, rule.Within)
}

// handOver tells the leads what is open with this worker and was not told them
// before.
func (t *turn) handOver() error {
	if t.conv.Role != WorkerRole {
		return nil
	}
	w := t.conv.Worker
	news := away{Name: t.awayName()}
	for i := range w.Nudges {
		n := &w.Nudges[i]
		if n.Told || n.Copy || n.alert() {
			continue
		}
		n.Told = true
		news.Open = append(news.Open, waiting{Case: n.Case, Trigger: n.Trigger})
	}
	if w.Away && len(news.Open) == 0 {
		return nil
	}
	w.Away = true
	ids, err := t.found(t.team.Leads)
	if err == nil && len(ids) == 0 {
		ids, err = t.superiors()
	}
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		t.Log.Error("a link worker cannot be reached, and there is nobody to hand over to: call the team", "team", t.conv.Team, "open", len(news.Open))
	}
	class := t.class
	t.class = Answer
	for _, id := range ids {
		t.letter(id, letterAway, news)
	}
	t.class = class
	return nil
}

// awayName names the worker to the leads.
func (t *turn) awayName() string {
	if t.conv.Worker.Name == "" && slices.Contains(t.conv.Chats, t.team.Duty) {
		return "The duty contact"
	}
	return t.conv.Worker.called()
}

// colleagueAway is the news for a lead.
func (t *turn) colleagueAway(a away) error {
	if t.conv.Role != WorkerRole {
		t.nothing()
		return nil
	}
	words := []string{fmt.Sprintf(wordsAwayAlone, a.Name)}
	if len(a.Open) > 0 {
		words = []string{fmt.Sprintf(wordsAway, a.Name)}
		for _, w := range a.Open {
			words = append(words, w.line())
		}
	}
	t.why = "away"
	words = append(words, wordsAwayUntil)
	if t.conv.Worker.Lead {
		words = append(words, wordsAwayLeft)
	}
	t.say(strings.Join(words, "\n"))
	return nil
}

// isBack is a worker who was away: what did not arrive is on their list.
func (t *turn) isBack() {
	w := t.conv.Worker
	w.Away = false
	for i := range w.Nudges {
		w.Nudges[i].Told = false
	}
	if len(w.Nudges) > 0 {
		t.say(wordsMissed)
	}
}
