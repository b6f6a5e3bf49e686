package bot

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"onestep/dialogs"
)

// patientUpdate takes what a patient did to their dialog.
func (t *turn) patientUpdate(u Update) error {
	ev := dialogs.Event{Text: u.Text}
	switch u.Kind {
	case Wrote:
		ev.Kind = dialogs.Replied
		if language, ok := t.Scripts.Current().LanguageNamed(u.Text); ok {
			t.conv.Language = language
		}
		if platformWish(u.Text) {
			return t.offerLink()
		}
		var waits bool
		var err error
		if ev.Text, waits, err = t.settles(u.Chat.Platform, u.Text); waits || err != nil {
			t.conv.Patient.Unreachable = false
			return err
		}
	case Pressed:
		ev.Kind = dialogs.Pressed
		ev.Token, ev.Choice = answerData(u.Data)
	case Edited:
		now, waits, err := t.resettles(u.Text)
		if waits || err != nil {
			t.conv.Patient.Unreachable = false
			return err
		}
		if ev.Kind = dialogs.Edited; now != "" {
			ev.Kind, ev.Text = dialogs.Replied, now
		}
	case Media:
		ev.Kind = dialogs.Media
	case Left:
		t.left(u.Chat)
		return nil
	default:
		t.conv.Patient.Unreachable = false
		t.returns()
		return nil
	}
	t.conv.Patient.Unreachable = false
	return t.step(ev)
}

// answerPrefix marks buttons that answer a question; behind it stand the
// question's token and the choice's value.
const answerPrefix = "a:"

func answerData(data string) (token, choice string) {
	token, choice, _ = strings.Cut(strings.TrimPrefix(data, answerPrefix), ":")
	return token, choice
}

// editions are the scripts to step with.
func (t *turn) editions() (dialogs.Editions, error) {
	eds := dialogs.Editions{Current: t.Scripts.Current()}
	if id := dialogs.DueEdition(t.conv.Patient.Dialog, eds.Current); id != "" {
		pinned, err := t.Scripts.Edition(t.ctx, id)
		if err != nil {
			return eds, err
		}
		eds.Pinned = pinned
	}
	return eds, nil
}

// event fills in what every event tells.
func (t *turn) event(ev dialogs.Event) dialogs.Event {
	ev.At, ev.Zone, ev.Turn, ev.Language, ev.About = t.at, t.zone(), t.number(), t.language(), t.host()
	ev.Sends = t.sends
	ev.Held = t.heldStarts()
	ev.Unseen = t.conv.Patient != nil && t.conv.Patient.Unseen
	if p := t.conv.Patient; p != nil && p.Pending != nil && t.conv.Role == PatientRole {
		ev.Waiting = p.Pending.Text
	}
	return ev
}

// step takes an event to the dialog and its effects into this turn.
func (t *turn) step(ev dialogs.Event) error {
	p := t.conv.Patient
	eds, err := t.editions()
	if err != nil {
		return err
	}
	ev = t.event(ev)
	was, before, undo := p.Dialog, p.Dialog, p.Undo
	state, effects, err := dialogs.Step(eds, before, ev)
	if err != nil {
		return err
	}
	answered, edited := answers(effects)
	if edited && undo != nil && before.Undo != nil {
		before, p.Weeks = before.Undo.Before, slices.Clone(undo.Weeks)
		t.raised = nil
		t.editing = undo.Nudged
	}
	if t.conv.Role != PatientRole {
		state.Lately = nil // a worker's own words: see reflection.go
	}
	p.Dialog = state
	t.meets(was)
	weeks := slices.Clone(p.Weeks)
	for i, effect := range effects {
		t.effect(i, effect)
	}
	t.count(before, effects)
	t.goesOn(was, ev.Kind)
	t.withdraw()
	t.settleNothing()
	switch {
	case state.Undo == nil:
		p.Undo = nil
	case answered:
		p.Undo = &Undo{Weeks: weeks, Nudged: t.raised}
	}
	t.timer(unpause, time.Time{})
	if until := state.PausedUntil; !until.IsZero() && !until.Equal(dialogs.Forever) {
		t.timer(unpause, until)
	}
	t.offers(before.Session != nil && state.Session == nil)
	if t.question() == nil || p.Showing != "" { // it is gone, or shown anew: what was held back for it is void
		t.timer(timeout, time.Time{})
		delete(p.Waits, timeout)
	}
	return t.callOff(was)
}

// effect turns one effect of a step into what this turn commits.
func (t *turn) effect(i int, effect dialogs.Effect) {
	switch e := effect.(type) {
	case dialogs.Say:
		class := t.class
		if e.Safety {
			t.class = Answer
		}
		t.say(e.Text)
		t.class = class
		t.note(Entry{What: "said", Name: e.Step, Rule: t.because(e.Safety)})
	case dialogs.Ask:
		if len(t.conv.Chats) == 0 {
			return
		}
		t.conv.Patient.Showing = e.Token + "." + base36(t.number())
		env := Envelope{Chat: t.conv.Chats[0], Text: e.Text, Token: t.conv.Patient.Showing, Wait: e.Wait}
		for _, c := range e.Choices {
			env.Buttons = append(env.Buttons, Button{Label: c.Label, Data: answerPrefix + e.Token + ":" + c.Value})
		}
		t.put(env)
		t.note(Entry{What: "asked", Name: e.Step, Rule: t.because(false)})
	case dialogs.Record:
		if t.conv.Role != PatientRole && e.What != "session" {
			return // a worker's own words: see reflection.go
		}
		t.note(Entry{What: e.What, Name: e.Name, Value: written(e.Value), Raw: e.Raw, Rule: e.Rule, Asked: e.Asked, Told: e.Told, Was: written(e.Was)})
	case dialogs.Nudge:
		t.nudge(i, e)
	case dialogs.Plan:
		if e.Keeps {
			return
		}
		name := scriptTimer + e.Script
		t.timer(name, time.Time{})
		delete(t.conv.Patient.Waits, name)
		if e.Schedule != nil {
			if next, ok := e.Schedule.Next(t.at, t.zone()); ok {
				t.timer(name, next)
			}
		}
	}
}

// written puts a value into words for the journal.
func written(v *dialogs.Value) string {
	if v == nil {
		return ""
	}
	switch v.Kind {
	case dialogs.Number:
		return strconv.FormatFloat(v.Number, 'f', -1, 64)
	case dialogs.YesNo:
		if v.Yes {
			return "yes"
		}
		return "no"
	case dialogs.Series:
		if n := len(v.Series); n > 0 {
			return strconv.FormatFloat(v.Series[n-1].Number, 'f', -1, 64)
		}
		return ""
	default:
		return v.Text
	}
}

// host is what scripts may quote of the people around the patient.
func (t *turn) host() dialogs.Host {
	h := dialogs.Host{
		Team: t.team.Name, Hours: t.Scripts.Current().Hours(t.team.Hours, t.language()), Reads: t.reads(t.language()),
		Nation: t.nation(), Closed: !t.team.open(t.at), Duty: t.team.Duty != (Chat{}),
		From: t.team.Quiet.End, To: t.team.Quiet.Start,
	}
	switch {
	case t.conv.Patient != nil:
		h.Worker = t.conv.Patient.Worker
	case t.conv.Worker != nil:
		h.Worker = t.conv.Worker.Name
	}
	return h
}

// reads says when somebody of the team next reads, "" for people without one.
func (t *turn) reads(language string) string {
	if t.team.ID == "" {
		return ""
	}
	next := t.at
	if t.team.Next != nil {
		next = t.team.Next(t.at)
	}
	zone := t.team.Zone
	if zone == nil {
		zone = time.UTC
	}
	return t.Scripts.Current().Reads(t.at.In(zone), next, language)
}

// nation is where the person's team works. Of somebody without a team it is
// only known when all teams are in one nation.
func (t *turn) nation() string {
	if t.team.ID != "" || len(t.Teams) == 0 {
		return t.team.Nation
	}
	for _, team := range t.Teams {
		if team.Nation != t.Teams[0].Nation {
			return ""
		}
	}
	return t.Teams[0].Nation
}

// left is a chat that can no longer be reached: another of the person's chats
// takes its place, or the worker is told.
func (t *turn) left(c Chat) {
	t.note(Entry{What: "left"})
	if p := t.conv.Patient; !t.loses(c) && !p.Unreachable {
		p.Unreachable = true
		t.nudge(0, dialogs.Nudge{Trigger: dialogs.Undelivered, Changed: dialogs.Triggers[dialogs.Undelivered].Changed})
	}
}
