package bot

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"onestep/dialogs"
	"onestep/dialogs/reply"
)

// A link worker may have a check-in of their own: now, or each month if they
// like. It takes the same road as a patient's, in the worker's own
// conversation, and is theirs alone: no lead and no summary sees it, it nudges
// nobody, and what they write is neither noted in the journal nor kept once the
// dialog is over.

// reflectionScript is the name of that script; an edition may go without it.
const reflectionScript = "worker-reflection"

// reflectionRule is when the monthly one begins, in the worker's own zone:
// away from the week's beginning and the day's first hour.
const (
	reflectionRule = "FREQ=MONTHLY;BYDAY=1TU"
	reflectionTime = "10:00"
)

// reflect is the worker's wish for it, with what they wrote behind the word.
func (t *turn) reflect(rest string) error {
	if _, ok := t.Scripts.Current().Script(reflectionScript); !ok {
		t.say(t.workerHelp())
		return nil
	}
	switch strings.ToLower(rest) {
	case "":
		return t.reflectNow()
	case "monthly":
		return t.reflectMonthly()
	case "off":
		t.planReflection(nil)
		t.say(wordsReflectionOff)
		return t.endReflection("stopped", offStopped)
	default:
		t.say(wordsReflectionHow)
	}
	return nil
}

func (t *turn) reflectNow() error {
	p := t.ownDialog()
	if t.question() != nil {
		return t.step(dialogs.Event{Kind: dialogs.Replied, Text: "start"}) // shows it again
	}
	p.Dialog = dialogs.State{Schedules: p.Dialog.Schedules}
	t.why = "asked for"
	return t.step(dialogs.Event{Kind: dialogs.Began, Due: dialogs.Due{Script: reflectionScript, At: t.at, Expires: t.at.Add(staleAfter)}})
}

func (t *turn) reflectMonthly() error {
	plan, err := dialogs.ParseRule(reflectionRule, reflectionTime)
	if err != nil {
		return fmt.Errorf("the plan of reflections: %w", err)
	}
	plan.From = t.at
	next, ok := plan.Next(t.at, t.zone())
	if !ok {
		return fmt.Errorf("the plan of reflections never comes")
	}
	t.ownDialog()
	t.planReflection(&plan)
	t.nextStart(reflectionScript)
	t.say(fmt.Sprintf(wordsReflectionMonthly, next.In(t.zone()).Format("Monday 2 January")))
	return nil
}

// ownDialog is the worker's own dialog, made when it is first wanted.
func (t *turn) ownDialog() *Patient {
	if t.conv.Patient == nil {
		t.conv.Patient = &Patient{Enrolled: t.at}
	}
	t.conv.Patient.Worker = t.conv.Worker.Name
	return t.conv.Patient
}

// planReflection sets the plan, or removes it.
func (t *turn) planReflection(plan *dialogs.Schedule) {
	p := t.conv.Patient
	if p == nil {
		return
	}
	p.Dialog.Schedules = maps.Clone(p.Dialog.Schedules)
	if plan == nil {
		delete(p.Dialog.Schedules, reflectionScript)
		t.timer(scriptTimer+reflectionScript, time.Time{})
		return
	}
	if p.Dialog.Schedules == nil {
		p.Dialog.Schedules = map[string]dialogs.Schedule{}
	}
	p.Dialog.Schedules[reflectionScript] = *plan
}

// endReflection ends the open dialog without a word, and with it all that was
// written in it and what of it has not left, for a cause of calling off.
func (t *turn) endReflection(rule, cause string) error {
	p := t.conv.Patient
	if p == nil {
		return nil
	}
	if p.Dialog.Session != nil {
		t.note(Entry{What: "session", Name: reflectionScript, Rule: rule})
	}
	p.Dialog = dialogs.State{Schedules: p.Dialog.Schedules}
	p.Undo, p.Pending, p.Unseen = nil, nil, false
	t.timer(timeout, time.Time{})
	t.timer(settleTimer, time.Time{})
	return t.callOffAll(cause, nil)
}

// reflected takes words as an answer to the open question of the worker's own
// dialog. It is false when there is none, or they are a command to the bot.
func (t *turn) reflected(u Update) (bool, error) {
	if t.question() == nil || t.commands(u.Text) {
		return false, nil
	}
	if wish := reply.ReadCommand(u.Text); wish.OK {
		switch wish.Value {
		case reply.Stop:
			t.planReflection(nil)
			t.say(wordsReflectionOff)
			return true, t.endReflection("stopped", offStopped)
		case reply.Pause:
			t.say(wordsReflectionLater)
			return true, t.endReflection("paused", offPaused)
		case reply.Help, reply.Human:
			t.say(wordsReflectionHelp)
			return true, nil
		}
	}
	text, waits, err := t.settles(u.Chat.Platform, u.Text)
	if waits || err != nil {
		return true, err
	}
	if text != u.Text { // several messages may be words of danger only together
		u.Text = text
		if found, err := t.workerDanger(u); found || err != nil {
			return true, err
		}
	}
	return true, t.step(dialogs.Event{Kind: dialogs.Replied, Text: text})
}

// workerDanger is the distress rule for a worker: it ends their own dialog, so
// that nothing is asked behind the fixed words.
func (t *turn) workerDanger(u Update) (bool, error) {
	found, err := t.danger(u)
	if found && err == nil {
		err = t.endReflection("distress", offHeld)
	}
	return found, err
}

// commands tells whether words are a command while a question is open: the
// whole message is one, so that an answer may begin with such a word.
func (t *turn) commands(text string) bool {
	fields := strings.Fields(strings.ToLower(unnamed(text)))
	switch {
	case len(fields) == 0:
		return true
	case strings.HasPrefix(fields[0], "/"):
		return !strings.EqualFold(fields[0], "/stop") && !strings.EqualFold(fields[0], "/start")
	case len(fields) == 1:
		return slices.Contains([]string{"invite", "caseload", "nudges", "reflect", "link", "workers"}, fields[0])
	case len(fields) == 2 && fields[0] == "reflect":
		return fields[1] == "monthly" || fields[1] == "off"
	case len(fields) == 2 && slices.Contains([]string{"show", "why", "zone"}, fields[0]), len(fields) > 2 && slices.Contains([]string{"propose", "zone"}, fields[0]):
		return slices.ContainsFunc(sortedKeys(t.conv.Worker.Caseload), func(code string) bool { return strings.EqualFold(code, fields[1]) })
	}
	return false
}
