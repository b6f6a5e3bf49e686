package bot

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"onestep/dialogs"
)

// whyPrefix marks the button that asks why; behind it stands the case code.
const whyPrefix = "y:"

// whyEntries is how many journal lines are looked through for the last message
// that was sent first: some three check-ins.
const whyEntries = 200

// heldBy says each code of a reason in words.
var heldBy = map[string]string{
	heldQuiet:  "nothing is sent in the quiet hours of their day",
	heldOwn:    "they asked for nothing at that time of day",
	heldClosed: "nothing is sent on closed days",
	heldCap:    "they had been written to as often as a week allows",
	heldLate:   "I was not running at that time",
}

// notSent says in words why a planned script did not start, by what the journal
// has of it.
var notSent = map[string]string{
	"stale":    "it was too late for it by the time that it could be sent",
	"capped":   "they had been written to as often as one week allows, until the next was nearer",
	"spaced":   "they had left two check-ins without a reply, and get only every second one",
	"expired":  "another conversation was still going on for too long",
	"double":   "the one before was still open",
	offStopped: "they have stopped the messages",
	offPaused:  "they were on a break",
	offHeld:    "messages are on hold after an alert",
	offOther:   "they asked for something else first",
}

// lostBy says in words why a message did not arrive.
func lostBy(cause string) string {
	switch cause {
	case lostGone:
		return "they could not be reached"
	case lostRefused:
		return "it was refused"
	case lostOld:
		return "it could not be delivered for a day"
	}
	return "it could not be delivered to them"
}

// whySent tells a worker why one of their patients was last written to first, what
// was held back or left out and by what, and what comes next. The look is
// recorded in the patient's journal.
func (t *turn) whySent(code string) error {
	if code == "" {
		t.say(wordsWhyWhom)
		return nil
	}
	patient, recent, err := t.look(code, "why", whyEntries)
	if err != nil || patient == nil {
		return err
	}
	waiting, err := t.Store.Waiting(t.ctx, patient.ID)
	if err != nil {
		return err
	}
	t.say(t.of(patient).whyView(recent, waiting))
	return nil
}

// whyView answers, of the patient whose turn this would be, in a few plain
// sentences, from their journal and what of theirs waits in the outbox. It holds
// none of the person's words.
func (t *turn) whyView(recent []Entry, waiting []Envelope) string {
	zone := t.zone()
	lines := []string{t.conv.Patient.Case}
	off := map[string]bool{} // reasons of what was called off before it left, or did not arrive
	for _, e := range recent {
		if e.failed() && !off[e.Rule] {
			_, none := noneArrived(recent, e.Rule)
			off[e.Rule] = none || e.What == calledOff
		}
	}
	last := -1
	for i, e := range slices.Backward(recent) {
		if _, ok := parseReason(e.Rule); ok && (e.What == "said" || e.What == "asked") && !off[e.Rule] {
			last = i
			break
		}
	}
	if last < 0 {
		lines = append(lines, "I have not written to them first lately; what I sent were answers to what they wrote or pressed.")
	} else {
		lines = append(lines, t.sentFirst(recent[last:], waiting)...)
	}
	for _, e := range slices.Backward(recent[last+1:]) {
		cause, ok := notSent[e.Value]
		if !ok {
			cause, ok = notSent[e.Rule]
		}
		if e.What == calledOff && ok {
			reason, _ := parseReason(e.Rule)
			lines = append(lines, fmt.Sprintf("On %s I called off the %s before it had left: %s.", when(e.At, zone), reason.subject(), cause))
			break
		}
		if _, none := noneArrived(recent, e.Rule); e.What == undeliveredLine && none {
			reason, _ := parseReason(e.Rule)
			lines = append(lines, fmt.Sprintf("On %s I gave up the %s: %s.", when(e.At, zone), reason.subject(), lostBy(e.Value)))
			break
		}
		if last >= 0 && e.What == undeliveredLine && e.Rule == recent[last].Rule {
			lines = append(lines, fmt.Sprintf("A part of it did not arrive: %s.", lostBy(e.Value)))
			break
		}
		if e.What == "session" && ok {
			lines = append(lines, fmt.Sprintf("On %s I did not send the %s: %s.", when(e.At, zone), scriptWords(e.Name), cause))
			break
		}
	}
	if line := wentOnLine(t.conv.Patient.Alert, recent, zone); line != "" {
		lines = append(lines, line)
	}
	return strings.Join(append(lines, t.nextWords()), "\n")
}

// words are the reason in plain sentences, for a message sent, or only written so
// far, at an instant.
func (r Reason) words(verb string, at time.Time, zone *time.Location) []string {
	var lines []string
	switch r.Kind {
	case whySilence:
		lines = append(lines, fmt.Sprintf("The last message that I %s first was on %s, their time: a question of the %s had no reply, and this is what follows. There is one reminder at most.", verb, when(at, zone), scriptWords(r.Script)))
	default:
		lines = append(lines, fmt.Sprintf("The last message that I %s first was the %s, on %s, their time.", verb, scriptWords(r.Script), when(at, zone)))
		if plan, err := planOf(r.Rule, r.At); err == nil {
			lines = append(lines, "It follows what was agreed: "+ruleWords(plan)+".")
		}
	}
	if len(r.Held) > 0 {
		lines = append(lines, fmt.Sprintf("It was due on %s and waited: %s.", when(r.Due, zone), causes(r.Held)))
	}
	return lines
}

// subject names what was to be sent.
func (r Reason) subject() string {
	if r.Kind == whySilence {
		return "reminder of the " + scriptWords(r.Script)
	}
	return scriptWords(r.Script)
}

// causes says what holds a message back, all of it.
func causes(held []string) string {
	var words []string
	for _, code := range held {
		if cause, ok := heldBy[code]; ok {
			words = append(words, cause)
		}
	}
	return strings.Join(words, "; ")
}

// planOf reads the rule of a reason.
func planOf(rule, at string) (dialogs.Schedule, error) {
	if day, ok := strings.CutPrefix(rule, "ON="); ok {
		return dialogs.Schedule{On: day, At: at}, nil
	}
	return dialogs.ParseRule(rule, at)
}

// nextWords say what is planned, or why nothing is.
func (t *turn) nextWords() string {
	p, zone := t.conv.Patient, t.zone()
	switch d := p.Dialog; {
	case d.Stopped:
		return "Nothing is planned: they have stopped the messages, and only they can start them again."
	case d.Held:
		return "Nothing is sent first until the alert is marked done."
	case d.PausedUntil.Equal(dialogs.Forever):
		return "Nothing is planned. " + breakWords(d, zone)
	case d.PausedUntil.After(t.at):
		return breakWords(d, zone)
	}
	name, at, left := "", time.Time{}, ""
	for timer, due := range t.conv.Timers {
		script, ok := strings.CutPrefix(timer, scriptTimer)
		if !ok {
			continue
		}
		if w := p.Waits[timer]; len(w.Held) == 0 && t.spaced(script) && !p.Passed {
			left = fmt.Sprintf("The %s of %s is left out: %s. ", scriptWords(script), when(due, zone), notSent["spaced"])
			due, _ = p.Dialog.Schedules[script].Next(due, zone)
		}
		if at.IsZero() || due.Before(at) || due.Equal(at) && script < name {
			name, at = script, due
		}
	}
	if at.IsZero() {
		return left + "Nothing is planned."
	}
	sent, held := passes(at, t.hours(p.Dialog.Awake, at))
	words := left + fmt.Sprintf("Next is the %s, on %s, their time.", scriptWords(name), when(sent, zone))
	switch w := p.Waits[scriptTimer+name]; {
	case len(w.Held) > 0:
		words += fmt.Sprintf(" It was due on %s and waits: %s.", when(w.Due, zone), causes(w.Held))
	case len(held) > 0:
		words += fmt.Sprintf(" It is due on %s, but %s.", when(at, zone), causes(held))
	}
	return words
}

// breakWords say of somebody on a break until when, and whose wish it is: one
// that begins with check-ins left without a reply is the bot's own.
func breakWords(d dialogs.State, zone *time.Location) string {
	switch {
	case !d.PausedUntil.Equal(dialogs.Forever):
		return fmt.Sprintf("They are on a break until %s.", d.PausedUntil.In(zone).Format("Monday 2 January"))
	case d.Missed > 0:
		return "I went quiet since they left my messages without a reply. They can write START at any time."
	}
	return "They are on a break until they write START."
}

// scriptWords names a script to a worker.
func scriptWords(script string) string {
	switch script {
	case "weekly":
		return "check-in"
	case "first":
		return "first conversation"
	case "goal-follow-up":
		return "question about their step"
	case dialogs.ProposalScript:
		return "question about what you proposed"
	case "wellbeing":
		return "four set questions"
	case "coping":
		return "short check after a hard week"
	case "aftercare":
		return "message four weeks after the end"
	}
	return "conversation " + script
}

func when(at time.Time, zone *time.Location) string {
	return at.In(zone).Format("Monday 2 January at 15:04")
}

// ruleWords says a plan as people do: "every 2 weeks on Monday and Thursday at 10:00".
func ruleWords(s dialogs.Schedule) string {
	var on string
	switch {
	case s.Every > 0:
		var names []string
		for _, day := range s.WeekDays() {
			names = append(names, day.String())
		}
		on = "every week on "
		if s.Every > 1 {
			on = "every " + strconv.Itoa(s.Every) + " weeks on "
		}
		on += strings.Join(names, " and ")
	case s.Months > 0:
		on = "once a month"
		if s.Months > 1 {
			on = "every " + strconv.Itoa(s.Months) + " months"
		}
		nth := map[int]string{-1: "last", 1: "1st", 2: "2nd", 3: "3rd", 4: "4th"}
		switch {
		case s.Nth != 0:
			on += " on the " + nth[s.Nth] + " " + s.Weekly.String()
		case s.Day < 0:
			on += " on its last day"
		default:
			on += " on day " + strconv.Itoa(s.Day)
		}
	default:
		day, err := time.Parse(time.DateOnly, s.On)
		if err != nil {
			return "one message at " + s.At
		}
		on = "once on " + day.Format("Monday 2 January")
	}
	return on + " at " + s.At
}
