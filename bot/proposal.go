package bot

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"onestep/dialogs"
	"onestep/dialogs/lint"
)

// A worker may propose a goal to one of their patients. The words wait in the
// patient's conversation for a free moment and are offered there by a script;
// what the patient says to them makes a goal, or does not, and the worker hears
// which it was. One proposal waits at a time.

// proposalTimer is due when the patient may be asked. It has no plan: it is set
// whenever a proposal waits and nothing else is going on.
const proposalTimer = scriptTimer + dialogs.ProposalScript

const (
	// longestProposal is how many letters a proposal may have: quoted between
	// our own words it still fits a small screen.
	longestProposal = 120
	// proposalLife is how long a proposal waits for a free moment. After that it
	// is too late, and the worker hears it.
	proposalLife = 14 * 24 * time.Hour
	// afterDialog keeps a proposal from following right behind a check-in, as if
	// it were one more question of it.
	afterDialog = time.Hour
	// proposalOff is what a worker writes in the place of the words to take a
	// proposal back.
	proposalOff = "off"
)

// proposed is what a worker sends: words, or none to take them back.
type proposed struct {
	Words string `json:"words,omitempty"`
}

// proposalNews is what the worker hears of it.
type proposalNews struct {
	Case string        `json:"case"`
	What proposalState `json:"what"`
	// Language is the name of the language that the patient reads, where it is
	// not the worker's.
	Language string `json:"language,omitempty"`
}

// proposalState is what became of the worker's words before the patient was
// asked; what the patient said is a nudge.
type proposalState string

const (
	proposalWaits       proposalState = "waits"
	proposalPaused      proposalState = "paused"
	proposalHeld        proposalState = "held"
	proposalOne         proposalState = "one"         // another waits already
	proposalStopped     proposalState = "stopped"     // the patient wants no messages
	proposalSince       proposalState = "since"       // and said so while it waited
	proposalDone        proposalState = "done"        // the check-ins are over
	proposalUnreachable proposalState = "unreachable" // no chat of theirs can be reached
	proposalBack        proposalState = "back"        // taken back
	proposalAsked       proposalState = "asked"       // too late to take back
	proposalNone        proposalState = "none"        // nothing to take back
)

// propose is a worker's command: a case code, and the words behind it.
func (t *turn) propose(rest string) error {
	if !t.Scripts.Current().TakesProposals() {
		t.say(t.workerHelp())
		return nil
	}
	code, words, _ := strings.Cut(rest, " ")
	words = strings.Trim(words, `"“”‘’ .`)
	if words == "" {
		t.say(wordsProposeHow)
		return nil
	}
	id, ok := t.ownCase(code)
	if !ok {
		t.say(wordsNotYours)
		return nil
	}
	if strings.EqualFold(words, proposalOff) {
		words = ""
	} else if fault := proposalFault(words); fault != "" {
		t.say(fault)
		return nil
	}
	t.letter(id, letterProposed, proposed{Words: words})
	return nil
}

// proposalFault says what keeps words from being an offer, "" for nothing.
func proposalFault(words string) string {
	told, tells := lint.Telling(words)
	switch {
	case utf8.RuneCountInString(words) > longestProposal:
		return fmt.Sprintf(wordsProposeLong, longestProposal)
	case strings.Contains(words, "?"):
		return wordsProposeQuestion
	case tells:
		return fmt.Sprintf(wordsProposeTelling, told)
	}
	return ""
}

// receiveProposal is the patient's side: the words wait, or there is a reason
// why they cannot. The patient is told nothing yet.
func (t *turn) receiveProposal(n proposed, by string) error {
	p := t.conv.Patient
	if p == nil || t.conv.Role != PatientRole {
		t.nothing()
		return nil
	}
	_, _, waits := p.Dialog.Proposal()
	what := t.proposalFate(n, waits)
	switch what {
	case proposalWaits, proposalPaused, proposalHeld:
		p.Dialog = p.Dialog.Propose(n.Words, t.at.In(t.zone()).Add(proposalLife))
		t.note(Entry{What: "proposal", Value: "waits", Raw: n.Words, By: by})
	case proposalBack:
		p.Dialog = p.Dialog.TakeBack()
		t.note(Entry{What: "proposal", Value: "taken back", By: by})
	}
	t.offers(false)
	t.tellProposer(what)
	return nil
}

func (t *turn) proposalFate(n proposed, waits bool) proposalState {
	p := t.conv.Patient
	switch d := p.Dialog; {
	case n.Words == "" && !waits:
		return proposalNone
	case n.Words == "" && d.Proposing():
		return proposalAsked
	case n.Words == "":
		return proposalBack
	case d.Stopped:
		return proposalStopped
	case p.finished():
		return proposalDone
	case p.Unreachable:
		return proposalUnreachable
	case waits || d.Proposing():
		return proposalOne
	case d.Held:
		return proposalHeld
	case d.PausedUntil.After(t.at):
		return proposalPaused
	}
	return proposalWaits
}

func (t *turn) tellProposer(what proposalState) {
	news := proposalNews{Case: t.conv.Patient.Case, What: what}
	if language := t.language(); language != workersLanguage {
		news.Language = t.Scripts.Current().Phrase("language", language, t.host(), nil)
	}
	class := t.class
	t.class = Answer
	t.letter(t.conv.Patient.WorkerID, letterProposal, news)
	t.class = class
}

// offers sets when a waiting proposal is asked about, or that it is not: during
// a dialog, a pause, a hold. It is looked at after every step, and ended tells
// that the step has ended a dialog. What holds back everything planned (quiet
// hours, closed days, the weekly cap) holds it back as well, once it is due.
func (t *turn) offers(ended bool) {
	p := t.conv.Patient
	if t.conv.Role != PatientRole {
		return
	}
	_, from, waits := p.Dialog.Proposal()
	if waits && p.Dialog.Stopped {
		p.Dialog = p.Dialog.TakeBack()
		t.note(Entry{What: "proposal", Value: "stopped"})
		t.tellProposer(proposalSince)
		waits = false
	}
	if !waits || p.Dialog.Session != nil || t.silenced() {
		t.timer(proposalTimer, time.Time{})
		delete(p.Waits, proposalTimer)
		return
	}
	if !t.conv.Timers[proposalTimer].IsZero() {
		return
	}
	at := t.at
	if ended {
		at = at.Add(afterDialog)
	}
	if from != "" {
		once := dialogs.Schedule{On: from, At: "10:00"}
		if clock, ok := p.Dialog.Facts.Get("checkin_time"); ok {
			once.At = clock.Text
		}
		if day, ok := once.Next(t.at, t.zone()); ok && day.After(at) {
			at = day
		}
	}
	t.timer(proposalTimer, at)
}

// proposalTold tells a worker what became of their words.
func (t *turn) proposalTold(n proposalNews) error {
	if t.conv.Worker == nil {
		t.nothing()
		return nil
	}
	t.why = "proposal"
	words := fmt.Sprintf(wordsProposal[n.What], n.Case)
	switch n.What {
	case proposalWaits, proposalPaused, proposalHeld:
		if n.Language != "" {
			words += "\n" + fmt.Sprintf(wordsProposalLanguage, n.Language)
		}
		words += "\n" + fmt.Sprintf(wordsProposalOff, n.Case)
	}
	t.say(words)
	return nil
}

// goalWords are what a worker reads of a goal that the patient agreed to, and of
// a proposal that waits.
func goalWords(p *Patient) (lines []string) {
	if goal, ok := p.Dialog.Facts.Get("agreed_goal"); ok {
		whose := "you proposed it, and they said yes"
		if p.Dialog.Facts.Text("agreed_goal_from") == "own words" {
			whose = "their own words, after you proposed something"
		}
		if day, err := time.Parse(time.DateOnly, p.Dialog.Facts.Text("agreed_goal_on")); err == nil {
			whose += ", " + day.Format("Monday 2 January")
		}
		lines = append(lines, fmt.Sprintf("Their goal: “%s” (%s)", goal.Text, whose))
		if why, ok := p.Dialog.Facts.Get("agreed_goal_why"); ok {
			lines = append(lines, fmt.Sprintf("What would be good about it: “%s”", why.Text))
		}
	}
	if words, _, ok := p.Dialog.Proposal(); ok {
		lines = append(lines, fmt.Sprintf("Not answered yet, as you proposed it: “%s”", words))
	}
	return lines
}
