package bot

import (
	"fmt"
	"slices"
	"strings"
)

// A worker who has left is removed by a lead, who says in the same words who takes
// over: nobody is ever without a worker. The leaver's own conversation hands
// everything on and keeps the heir's name, since letters to the leaver may be under
// way and invitations of theirs out: what comes later is passed on.

// removal is a lead's word that a worker has left.
type removal struct {
	Heir string `json:"heir"` // conversation
	Name string `json:"name"` // of the heir
}

// handover is what a leaver's heir takes over.
type handover struct {
	Name     string            `json:"name"` // the leaver's
	Caseload map[string]string `json:"caseload,omitempty"`
	Nudges   []nudged          `json:"nudges,omitempty"`
}

// reassigned tells a patient's conversation who is their worker now.
type reassigned struct {
	Was    string `json:"was"` // conversation of the worker before
	Worker string `json:"worker"`
	Name   string `json:"name"`
}

// passedOn are the letters to a worker that go to the heir when they have left.
var passedOn = map[string]bool{
	letterNudge: true, letterEscalated: true, letterWithdrawn: true, letterTaken: true,
	letterProposal: true, letterEnrolled: true, letterHandover: true,
}

// colleagues are the others of the team.
func (t *turn) colleagues() (list []*Conversation, err error) {
	id, err := t.Store.Find(t.ctx, t.team.Channel)
	if err != nil {
		return nil, err
	}
	crew, err := t.Store.Load(t.ctx, id)
	if err != nil || crew.Crew == nil {
		return nil, err
	}
	for _, id := range crew.Crew.Workers {
		if id == t.conv.ID {
			continue
		}
		c, err := t.Store.Load(t.ctx, id)
		if err != nil {
			return nil, err
		}
		if c.Role == WorkerRole && c.Team == t.conv.Team {
			list = append(list, c)
		}
	}
	return list, nil
}

// showWorkers lists the lead's colleagues, with how much each has in hand.
func (t *turn) showWorkers() error {
	if !t.conv.Worker.Lead {
		t.say(wordsLeadsAlone)
		return nil
	}
	list, err := t.colleagues()
	if err != nil {
		return err
	}
	lines := []string{wordsNoWorkers}
	if len(list) > 0 {
		lines = []string{wordsWorkers}
	}
	for _, c := range list {
		line := fmt.Sprintf("%s: %s", c.Worker.called(), inHand(c.Worker))
		if c.Worker.Away {
			line += ", cannot be reached"
		}
		lines = append(lines, line)
	}
	t.say(strings.Join(lines, "\n"))
	return nil
}

// inHand says how much a worker has on their lists.
func inHand(w *Worker) string {
	people := "1 person"
	if n := len(w.Caseload); n != 1 {
		people = fmt.Sprintf("%d people", n)
	}
	return fmt.Sprintf("%s, %d open", people, len(w.Nudges))
}

// remove takes somebody out of the team: "Sam to Jo", or "Sam to me". Without an
// heir it says what there is to take over.
func (t *turn) remove(rest string) error {
	if !t.conv.Worker.Lead {
		t.say(wordsLeadsAlone)
		return nil
	}
	list, err := t.colleagues()
	if err != nil {
		return err
	}
	name, heirName := rest, ""
	if i := strings.LastIndex(strings.ToLower(rest), " to "); i > 0 {
		name, heirName = rest[:i], strings.TrimSpace(rest[i+len(" to "):])
	}
	leaver := t.oneCalled(list, name)
	if leaver == nil {
		return nil
	}
	name = leaver.Worker.Name
	if heirName == "" {
		t.say(fmt.Sprintf(wordsRemoveTo, name, inHand(leaver.Worker), name, name))
		return nil
	}
	heir := t.conv
	if !strings.EqualFold(heirName, "me") {
		if heir = t.oneCalled(list, heirName); heir == nil {
			return nil
		}
	}
	switch {
	case heir.ID == leaver.ID:
		t.say(wordsRemoveSame)
	case slices.ContainsFunc(leaver.Chats, t.declared):
		t.say(fmt.Sprintf(wordsRemoveLead, name))
	case leaver.Worker.Own != nil:
		t.say(fmt.Sprintf(wordsRemoveAlert, name))
	case heir.Worker.Name == "": // only the lead's own can be
		t.say(wordsNeedName)
	default:
		crew, err := t.Store.Find(t.ctx, t.team.Channel)
		if err != nil {
			return err
		}
		t.letter(leaver.ID, letterRemoved, removal{Heir: heir.ID, Name: heir.Worker.Name})
		t.letter(crew, letterParted, lost{ID: leaver.ID})
		t.note(Entry{What: "removed", Value: leaver.ID})
		t.say(fmt.Sprintf(wordsRemoved, name, heir.Worker.Name))
	}
	return nil
}

// oneCalled is the one colleague of that name; nil, and said so, where there is
// none or more than one.
func (t *turn) oneCalled(list []*Conversation, name string) *Conversation {
	var found []*Conversation
	for _, c := range list {
		if name = strings.TrimSpace(name); name != "" && strings.EqualFold(c.Worker.Name, name) {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 1:
		return found[0]
	case 0:
		t.say(wordsNoWorker)
	default:
		t.say(wordsManyWorkers)
	}
	return nil
}

// parts is the leaver's side: everything goes to the heir, and nothing comes to
// this chat any more. While words of their own wait for a colleague it is an error,
// and the letter comes again.
func (t *turn) parts(r removal, by string) error {
	c, w := t.conv, t.conv.Worker
	if c.Role != WorkerRole {
		t.nothing()
		return nil
	}
	if w.Own != nil {
		return fmt.Errorf("the leaver has an alert of their own open")
	}
	t.unreached(true)
	over := handover{Name: w.called(), Caseload: w.Caseload}
	for _, n := range w.Nudges {
		if !n.alert() { // alerts go on by themselves
			over.Nudges = append(over.Nudges, nudged{ID: n.ID, Case: n.Case, Trigger: n.Trigger, Patient: n.Patient, Raised: n.Raised})
		}
	}
	t.letter(r.Heir, letterHandover, over)
	for _, code := range sortedKeys(w.Caseload) {
		t.letter(w.Caseload[code], letterReassigned, reassigned{Was: c.ID, Worker: r.Heir, Name: r.Name})
	}
	c.Role, c.Team, c.Worker, c.Patient, c.Timers, c.Heir, c.Left = Stranger, "", nil, nil, nil, r.Heir, t.at
	t.note(Entry{What: "removed", By: by})
	return nil
}

// passOn sends a letter on to the heir of somebody who has left, and is false where
// there is nothing to pass on.
func (t *turn) passOn(l *Letter) (bool, error) {
	if t.conv.Heir == "" || !passedOn[l.Kind] {
		return false, nil
	}
	next := *l
	next.To = t.conv.Heir
	if l.Kind == letterEnrolled { // by an invitation of the leaver's
		return true, open(l, func(e enrolled) error {
			if e.Was == "" {
				e.Was = t.conv.ID
			}
			t.letter(next.To, l.Kind, e)
			t.outbox[len(t.outbox)-1].Letter.From = l.From
			return nil
		})
	}
	t.put(Envelope{Letter: &next})
	return true, nil
}

// takesOver is the heir's side.
func (t *turn) takesOver(h handover) error {
	w := t.conv.Worker
	if t.conv.Role != WorkerRole {
		return fmt.Errorf("who is to take over is no worker")
	}
	if w.Caseload == nil {
		w.Caseload = map[string]string{}
	}
	for code, patient := range h.Caseload {
		w.Caseload[code] = patient
	}
	for _, n := range h.Nudges {
		if !slices.ContainsFunc(w.Nudges, func(open Nudge) bool { return open.ID == n.ID }) {
			w.Nudges = append(w.Nudges, Nudge{ID: n.ID, Case: n.Case, Patient: n.Patient, Trigger: n.Trigger, Raised: n.Raised})
		}
	}
	lines := []string{fmt.Sprintf(wordsTakesOver, h.Name)}
	if codes := sortedKeys(h.Caseload); len(codes) > 0 {
		lines = append(lines, fmt.Sprintf(wordsTakenOver, strings.Join(codes, ", ")))
	}
	if len(h.Nudges) > 0 {
		lines = append(lines, fmt.Sprintf(wordsOpenThere, len(h.Nudges)))
	}
	t.why = "handover"
	t.say(strings.Join(lines, "\n"))
	return nil
}

// reassign is a patient's side: the new worker's name from now on, and the new
// worker has what is open of an alert.
func (t *turn) reassign(r reassigned) error {
	p := t.conv.Patient
	if t.conv.Role != PatientRole || p.WorkerID != r.Was {
		t.nothing()
		return nil
	}
	p.WorkerID, p.Worker = r.Worker, r.Name
	t.note(Entry{What: "reassigned", By: r.Was})
	if a := p.Alert; a != nil {
		a.tells(r.Worker)
		t.tell(a, r.Worker, letterNudge, "")
	}
	return nil
}
