package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"onestep/dialogs"
)

// workerUpdate takes what a link worker or lead wrote or pressed.
func (t *turn) workerUpdate(u Update) error {
	if t.conv.Worker.Away && u.Kind != Left {
		t.isBack()
		if u.Kind == Joined {
			return nil
		}
	}
	switch u.Kind {
	case Pressed:
		if strings.HasPrefix(u.Data, answerPrefix) && t.conv.Patient != nil {
			token, choice := answerData(u.Data)
			return t.step(dialogs.Event{Kind: dialogs.Pressed, Token: token, Choice: choice})
		}
		if code, asks := strings.CutPrefix(u.Data, whyPrefix); asks {
			return t.whySent(code)
		}
		act, id, ok := strings.Cut(strings.TrimPrefix(u.Data, nudgePrefix), ":")
		if !ok || !strings.HasPrefix(u.Data, nudgePrefix) {
			t.say(wordsNudgeGone)
			return nil
		}
		return t.actOnNudge(act, id)
	case Left:
		return t.workerLeft(u.Chat)
	case Joined:
		t.nothing()
		return nil
	}
	if found, err := t.workerDanger(u); found || err != nil {
		return err
	}
	if u.Kind != Wrote {
		t.say(wordsWorkerOnlyWords)
		return nil
	}
	if platformWish(u.Text) {
		return t.offerLink()
	}
	if taken, err := t.reflected(u); taken || err != nil {
		return err
	}
	fields := strings.Fields(unnamed(u.Text))
	if len(fields) == 0 {
		t.say(t.workerHelp())
		return nil
	}
	rest := strings.Join(fields[1:], " ")
	switch strings.TrimPrefix(strings.ToLower(fields[0]), "/") {
	case "invite":
		return t.invitePatient()
	case "worker":
		return t.inviteWorker(rest)
	case "workers":
		return t.showWorkers()
	case "remove":
		return t.remove(rest)
	case "name":
		return t.rename(rest)
	case "caseload":
		return t.showCaseload()
	case "nudges":
		return t.showNudges()
	case "reflect":
		return t.reflect(rest)
	case "propose":
		return t.propose(rest)
	case "show":
		return t.show(rest)
	case "why":
		return t.whySent(rest)
	case "zone":
		return t.setZone(rest)
	default:
		t.say(t.workerHelp())
		return nil
	}
}

// appoint makes a conversation a worker's or a lead's.
func (t *turn) appoint(team Team, name string, lead bool) {
	t.team = team
	c := t.conv
	c.Role, c.Team, c.Language, c.Heir, c.Left = WorkerRole, team.ID, team.Language, "", time.Time{}
	if c.Zone == "" {
		c.Zone = team.Zone.String()
	}
	if c.Worker == nil {
		c.Worker = &Worker{}
	}
	if name != "" {
		c.Worker.Name = name
	}
	c.Worker.Lead = lead
	if crew, err := t.Store.Find(t.ctx, team.Channel); err == nil {
		t.letter(crew, letterJoined, struct{}{})
	}
	t.note(Entry{What: "appointed", Name: team.ID})
}

func (t *turn) workerHelp() string {
	if t.conv.Worker.Lead {
		return wordsWorkerHelp + "\n" + wordsLeadHelp
	}
	return wordsWorkerHelp
}

// invitePatient makes a case code and a one-time link for a patient.
func (t *turn) invitePatient() error {
	w := t.conv.Worker
	if w.Name == "" {
		t.say(wordsNeedName)
		return nil
	}
	code, err := t.newCase()
	if err != nil {
		return err
	}
	ways := t.offer(invite{Kind: invitePatient, Name: w.Name, Case: code}, patientInviteLife, workersLanguage)
	t.note(Entry{What: "invited", Name: code})
	t.say(fmt.Sprintf(wordsInvitation, code, ways))
	return nil
}

// inviteWorker makes a one-time link for a new worker; only leads may.
func (t *turn) inviteWorker(name string) error {
	switch {
	case !t.conv.Worker.Lead:
		t.say(wordsLeadsOnly)
	case name == "":
		t.say(wordsWorkerNeedsName)
	default:
		ways := t.offer(invite{Kind: inviteWorker, Name: name}, workerInviteLife, workersLanguage)
		t.say(fmt.Sprintf(wordsWorkerInvitation, name, ways))
	}
	return nil
}

// rename sets the name that patients see, those who are here already too.
func (t *turn) rename(name string) error {
	if name == "" {
		t.say(wordsNeedName)
		return nil
	}
	w := t.conv.Worker
	w.Name = name
	for _, code := range sortedKeys(w.Caseload) {
		t.letter(w.Caseload[code], letterNamed, named{Name: name})
	}
	t.say(fmt.Sprintf(wordsNamed, name))
	return nil
}

func (t *turn) showCaseload() error {
	codes := sortedKeys(t.conv.Worker.Caseload)
	if len(codes) == 0 {
		t.say(wordsNoCaseload)
		return nil
	}
	t.say(fmt.Sprintf(wordsCaseload, len(codes)) + "\n" + strings.Join(codes, "\n"))
	return nil
}

func (t *turn) showNudges() error {
	nudges := t.conv.Worker.Nudges
	if len(nudges) == 0 {
		t.say(wordsNoNudges)
		return nil
	}
	nudges = slices.Clone(nudges)
	slices.SortStableFunc(nudges, func(a, b Nudge) int {
		return int(dialogs.Triggers[a.Trigger].Priority - dialogs.Triggers[b.Trigger].Priority)
	})
	for _, n := range nudges {
		t.say(t.nudgeText(n), nudgeButtons(n)...)
	}
	return nil
}

// show is the worker's view of one of their own patients; the read is
// recorded in the patient's journal.
func (t *turn) show(code string) error {
	if code == "" {
		t.say(wordsShowWhom)
		return nil
	}
	if _, own := t.ownCase(code); !own {
		if n, ok := t.alertOn(code); ok {
			return t.showAlert(n)
		}
	}
	patient, recent, err := t.look(code, "show", shownEntries)
	if err != nil || patient == nil {
		return err
	}
	t.say(caseView(patient.Patient, recent, t.zone()), Button{Label: "Why then?", Data: whyPrefix + patient.Patient.Case})
	return nil
}

// workerLeft is a worker whose chat can no longer be reached: alerts that wait
// for them go on to others at once, and where they have no other chat the leads
// are told of the rest.
func (t *turn) workerLeft(c Chat) error {
	elsewhere := t.loses(c)
	t.unreached(!elsewhere)
	t.note(Entry{What: "left"})
	if elsewhere {
		return nil
	}
	return t.handOver()
}
