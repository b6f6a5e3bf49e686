package walk

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"onestep/dialogs"
	"onestep/dialogs/transcript"
)

// WeeklyCap is how often the bot may write first in any seven days: the
// check-in and its one reminder, a question about a step on the day they chose,
// the short check they asked for after a hard week with its reminder, and the
// set questions in the week of the first conversation.
const WeeklyCap = 5

// longestMessage is what every platform carries in one piece, in letters.
const longestMessage = 3000

// rules hold each turn of one walk against what is promised.
type rules struct {
	edition  *dialogs.Edition
	language string
	steps    map[string]dialogs.StepView
	openings map[string]string // how each line of a script begins in the scripts' own language
	broken   []string
	last     string // the last message, and how often it came in a row
	row      int
	wrote    []string // what the person wrote, which is quoted back
	session  int      // how many there were
	contacts contacts
	moves    bool // dialogs under way must move to the newest scripts
	moved    int  // how many did
	planned  bool // whatever began was planned by the scripts, so that the cap holds
}

// contacts counts how often the bot wrote first.
type contacts struct {
	at   []time.Time
	most int
}

func (c *contacts) add(at time.Time) {
	c.at = slices.DeleteFunc(append(c.at, at), func(t time.Time) bool { return at.Sub(t) >= 7*24*time.Hour })
	c.most = max(c.most, len(c.at))
}

func newRules(e *dialogs.Edition, language string) *rules {
	r := &rules{language: language}
	r.published(e)
	return r
}

func (r *rules) published(e *dialogs.Edition) {
	r.edition = e
	if r.steps == nil {
		r.steps, r.openings = make(map[string]dialogs.StepView), make(map[string]string)
	}
	for _, s := range e.Scripts() {
		for _, st := range s.Steps() {
			path := s.Name() + "/" + st.ID
			r.steps[path] = st
			if opening, _, _ := strings.Cut(st.Say, "{"); utf8.RuneCountInString(opening) > 15 && s.Language() != r.language {
				r.openings[path] = opening
			}
		}
	}
}

// standing is the step of the open question, and asks its kind; "" when none is
// open.
func standing(s dialogs.State) string {
	if s.Session == nil || s.Session.Open == nil || len(s.Session.Frames) == 0 {
		return ""
	}
	f := s.Session.Frames[len(s.Session.Frames)-1]
	return f.Script + "/" + f.Step
}

func (r *rules) asks(s dialogs.State) string { return r.steps[standing(s)].Asks }

func (r *rules) breaks(format string, args ...any) {
	r.broken = append(r.broken, fmt.Sprintf(format, args...))
}

// journal is every What of a record.
var journal = []string{"answer", "fact", "note", "edit", "media", "press", "wish", "session", "passed", "distress"}

// check holds one turn against every promise.
func (r *rules) check(t transcript.Turn) {
	ev := t.Event
	acts := slices.Contains([]dialogs.EventKind{dialogs.Replied, dialogs.Pressed, dialogs.Edited, dialogs.Media}, ev.Kind)
	if ev.Text != "" {
		r.wrote = append(r.wrote, ev.Text)
	}
	if b, a := t.Before.Session, t.After.Session; a != nil && (b == nil || !a.Began.Equal(b.Began)) {
		r.session++
	}
	if ev.Kind == dialogs.Began && !r.planned {
		r.last = "" // the walk makes scripts come due more often than any plan
	}
	asks, safety, spoke := 0, "", false
	for i, effect := range t.Effects {
		switch e := effect.(type) {
		case dialogs.Ask:
			spoke = true
			if asks++; i < len(t.Effects) && laterMessage(t.Effects[i+1:]) {
				r.breaks("a message stands behind the question %s", e.Step)
			}
			r.question(t, e)
			r.message(e.Step, e.Text, wished(t))
		case dialogs.Say:
			spoke = true
			if e.Safety {
				safety = e.Step
			}
			r.message(e.Step, e.Text, wished(t))
		case dialogs.Record:
			if !slices.Contains(journal, e.What) {
				r.breaks("the journal has no %q", e.What)
			}
			if e.What == "session" && e.Rule == "moved" {
				r.moved++
			}
			if e.What == "answer" && e.Value != nil && !acts {
				r.breaks("silence became an answer")
			}
		case dialogs.Nudge:
			if rule, ok := dialogs.Triggers[e.Trigger]; !ok || e.Changed != rule.Changed {
				r.breaks("a nudge %q that nobody knows", e.Trigger)
			}
			if e.Trigger == dialogs.Broken {
				r.breaks("a dialog broke")
			}
		case dialogs.Plan:
			if e.Schedule != nil {
				if _, ok := e.Schedule.Next(ev.At, ev.Zone); !ok && e.Schedule.Repeats() {
					r.breaks("the plan for %s never comes", e.Script)
				}
			}
		default:
			r.breaks("an effect %T that nobody knows", e)
		}
	}
	if asks > 1 {
		r.breaks("%d questions in one turn", asks)
	}
	if s := t.After.Session; s != nil && s.Open == nil {
		r.breaks("a dialog without a question was left open")
	}
	if s := t.After.Session; r.moves && s != nil && s.Edition != r.edition.ID() && !t.After.Held {
		r.breaks("the dialog stayed on the older scripts")
	}
	r.stops(t, acts, spoke)
	r.danger(t, acts, safety)
	if spoke && !acts && ev.Kind != dialogs.Released && ev.Kind != dialogs.FalseAlarm {
		if r.contacts.add(ev.At); r.contacts.most > WeeklyCap && r.planned {
			r.breaks("the bot wrote first %d times in 7 days", r.contacts.most)
		}
	}
}

// wished tells whether the person asked for just what they got: a question once
// more, or to be told again that all has stopped.
func wished(t transcript.Turn) bool {
	return slices.ContainsFunc(t.Effects, func(e dialogs.Effect) bool {
		r, ok := e.(dialogs.Record)
		return ok && r.What == "wish"
	})
}

func laterMessage(effects []dialogs.Effect) bool {
	return slices.ContainsFunc(effects, func(e dialogs.Effect) bool {
		switch e.(type) {
		case dialogs.Say, dialogs.Ask:
			return true
		}
		return false
	})
}

// question holds an ask: it is the open one, and can be answered.
func (r *rules) question(t transcript.Turn, e dialogs.Ask) {
	s := t.After.Session
	switch {
	case s == nil || s.Open == nil || s.Open.Token != e.Token:
		r.breaks("the question %s is shown and not open", e.Step)
	case e.Token == "" || len(e.Token) > 16:
		r.breaks("the question %s has the token %q", e.Step, e.Token)
	case e.Wait < 0:
		r.breaks("the question %s waits %s", e.Step, e.Wait)
	case t.After.Held || t.After.Stopped:
		r.breaks("the question %s is asked during a hold or a stop", e.Step)
	}
	for _, c := range e.Choices {
		if c.Label == "" || c.Value == "" || len(e.Token)+len(c.Value) > 60 {
			r.breaks("the question %s has the button %q with %q", e.Step, c.Label, c.Value)
		}
	}
}

// message holds a text: it says something, in one language, without a hole, and
// not for the third time in a row where nobody asked for that.
func (r *rules) message(step, text string, wished bool) {
	if strings.TrimSpace(text) == "" || utf8.RuneCountInString(text) > longestMessage {
		r.breaks("%s says %d letters", step, utf8.RuneCountInString(text))
	}
	own := text // without what the person wrote
	for _, words := range r.wrote {
		own = strings.ReplaceAll(own, strings.TrimSpace(words), "")
	}
	for _, hole := range []string{"{", "}", "“”", "<nil>", "%!", "NaN"} {
		if strings.Contains(own, hole) && strings.Contains(text, hole) && !r.quotes(hole) {
			r.breaks("%s says %q", step, hole)
		}
	}
	if opening := r.openings[step]; r.language != "" && opening != "" && strings.HasPrefix(text, opening) {
		r.breaks("%s says English in a dialog in %s", step, r.language)
	}
	if text != r.last {
		r.last, r.row = text, 0
	}
	if r.row++; r.row >= 3 && !wished && !slices.Contains(mayRepeat, step) {
		r.breaks("%s says the same %d times in a row", step, r.row)
	}
}

func (r *rules) quotes(hole string) bool {
	return slices.ContainsFunc(r.wrote, func(w string) bool { return strings.Contains(w, hole) })
}

// mayRepeat are fixed words of safety: they answer every message, however many
// come.
var mayRepeat = []string{"phrases/distress", "phrases/distress-closed", "phrases/distress-duty", "phrases/held"}

// stops holds what a stop promises.
func (r *rules) stops(t transcript.Turn, acts, spoke bool) {
	ev, before, after := t.Event, t.Before, t.After
	said := ev.Kind == dialogs.Replied || ev.Kind == dialogs.Edited || ev.Kind == dialogs.Media
	if said && slices.Contains(stops, ev.Text) && (!after.Stopped || after.Session != nil || len(after.Waiting) > 0) {
		r.breaks("%q did not stop", ev.Text)
	}
	// The end of a false alarm closes what the safety words had opened.
	if before.Stopped && !acts && spoke && ev.Kind != dialogs.FalseAlarm {
		r.breaks("something was said after a stop")
	}
	if before.Stopped && !after.Stopped && ev.Kind != dialogs.Replied {
		r.breaks("something else than the person ended a stop")
	}
	if ev.Kind == dialogs.Began && before.PausedUntil.After(ev.At) && spoke {
		r.breaks("something planned was said during a pause")
	}
}

// danger holds what words of danger promise.
func (r *rules) danger(t transcript.Turn, acts bool, safety string) {
	ev, before, after := t.Event, t.Before, t.After
	said := ev.Kind == dialogs.Replied || ev.Kind == dialogs.Edited || ev.Kind == dialogs.Media
	if said && slices.Contains(dangers, ev.Text) && (!strings.HasPrefix(safety, "phrases/distress") || !after.Held) {
		r.breaks("%q was not met with the fixed words and a hold", ev.Text)
	}
	if before.Held && !after.Held && ev.Kind != dialogs.Released && ev.Kind != dialogs.FalseAlarm {
		r.breaks("something else than a worker ended a hold")
	}
	if !after.Held {
		return
	}
	for _, e := range t.Effects {
		switch e := e.(type) {
		case dialogs.Ask:
			r.breaks("a question during a hold")
		case dialogs.Say:
			if before.Held && !acts {
				r.breaks("%s was said during a hold, unasked", e.Step)
			}
			if before.Held && !strings.HasPrefix(e.Step, "phrases/distress") && !slices.Contains([]string{"phrases/held", "phrases/stopped", "phrases/stop-done"}, e.Step) {
				r.breaks("%s was said during a hold", e.Step)
			}
		}
	}
}
