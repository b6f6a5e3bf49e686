package bot

import (
	"fmt"
	"slices"
	"strings"
	"time"
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

// removed tells the lead what became of it.
type removed struct {
	Name string `json:"name"`          // the leaver's
	Heir string `json:"heir"`          // the name
	Not  string `json:"not,omitempty"` // why they stay
}

// Why somebody stays.
const (
	notAlert = "alert" // words of danger of their own are open
	notHeir  = "heir"  // whoever was to take over is no worker of the team any more
)

// handover is what a leaver's heir takes over.
type handover struct {
	Name     string            `json:"name"` // the leaver's
	Team     string            `json:"team,omitempty"`
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
	letterNudge: true, letterEscalated: true, letterWithdrawn: true, letterTaken: true, letterNews: true,
	letterProposal: true, letterEnrolled: true, letterHandover: true, letterInherited: true,
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
		holder, err := t.Store.Claim(t.ctx, removing(t.team.ID), leaver.ID, removalLife)
		if err != nil {
			return err
		}
		if holder != leaver.ID {
			t.say(wordsRemoveLater)
			return nil
		}
		t.letter(leaver.ID, letterRemoved, removal{Heir: heir.ID, Name: heir.Worker.Name})
	}
	return nil
}

// removing is what whoever is being removed from a team holds until their heir has
// everything: one removal at a time, so that no two cross.
func removing(team string) string { return "removing:" + team }

// removalLife ends that where a letter has come to nothing.
const removalLife = time.Hour

// removalTold is the lead's side: what became of it.
func (t *turn) removalTold(r removed, leaver string) error {
	if t.conv.Role != WorkerRole {
		t.nothing()
		return nil
	}
	t.why = "removal"
	switch r.Not {
	case "":
		t.note(Entry{What: "removed", Value: leaver})
		t.say(fmt.Sprintf(wordsRemoved, r.Name, r.Heir))
	case notAlert:
		t.say(fmt.Sprintf(wordsRemoveAlert, r.Name))
	case notHeir:
		t.say(fmt.Sprintf(wordsRemoveHeir, r.Heir, r.Name))
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
// this chat any more, not even what waits already. Who has words of danger of their
// own open stays, and the lead is told to see to those first.
func (t *turn) parts(r removal, by string) error {
	c, w := t.conv, t.conv.Worker
	if c.Role != WorkerRole {
		t.nothing()
		return nil
	}
	heir, err := t.Store.Load(t.ctx, r.Heir)
	if err != nil {
		return err
	}
	told := removed{Name: w.called(), Heir: r.Name}
	switch {
	case w.Own != nil:
		told.Not = notAlert
	case heir.Role != WorkerRole || heir.Team != c.Team:
		told.Not = notHeir
	}
	if told.Not != "" {
		t.letter(by, letterRemoval, told)
		return t.Store.Unclaim(t.ctx, removing(c.Team), c.ID)
	}
	crew, err := t.Store.Find(t.ctx, t.team.Channel)
	if err != nil {
		return err
	}
	waiting, err := t.Store.Waiting(t.ctx, c.ID)
	if err != nil {
		return err
	}
	for _, e := range waiting {
		if e.Letter == nil {
			t.off = append(t.off, e.ID)
		}
	}
	t.unreached(true)
	over := handover{Name: w.called(), Team: c.Team, Caseload: w.Caseload}
	for _, n := range w.Nudges {
		if !n.alert() { // alerts go on by themselves
			over.Nudges = append(over.Nudges, nudged{ID: n.ID, Case: n.Case, Trigger: n.Trigger, Patient: n.Patient, Raised: n.Raised})
		}
	}
	t.letter(r.Heir, letterHandover, over)
	t.letter(crew, letterParted, lost{ID: c.ID})
	t.letter(by, letterRemoval, told)
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

// takesOver is the heir's side. The people learn from the heir whose they are now:
// also when everything came on through somebody who has left since.
func (t *turn) takesOver(h handover, leaver string) error {
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
	codes := sortedKeys(h.Caseload)
	if len(codes) > 0 {
		lines = append(lines, fmt.Sprintf(wordsTakenOver, strings.Join(codes, ", ")))
	}
	if len(h.Nudges) > 0 {
		lines = append(lines, fmt.Sprintf(wordsOpenThere, len(h.Nudges)))
	}
	t.why = "handover"
	t.say(strings.Join(lines, "\n"))
	for _, code := range codes {
		t.letter(h.Caseload[code], letterReassigned, reassigned{Was: leaver, Worker: t.conv.ID, Name: w.Name})
	}
	return t.Store.Unclaim(t.ctx, removing(h.Team), leaver)
}

// reassign is a patient's side: the new worker's name from now on, and the new
// worker has what is open of an alert. News of the worker before may come later
// than news of who took over from them: it says nothing while the worker that is
// known is one still.
func (t *turn) reassign(r reassigned) error {
	p := t.conv.Patient
	if t.conv.Role != PatientRole {
		t.nothing()
		return nil
	}
	if p.WorkerID != r.Was {
		now, err := t.Store.Load(t.ctx, p.WorkerID)
		if err != nil {
			return err
		}
		if now.Role == WorkerRole {
			t.nothing()
			return nil
		}
	}
	was, name := p.WorkerID, p.Worker
	p.WorkerID, p.Worker = r.Worker, r.Name
	t.note(Entry{What: "reassigned", By: was})
	if p.Alert == nil {
		return nil
	}
	return t.inherits(p.Alert, []string{was, r.Was}, name)
}

// inherits puts the person's new worker in the place of those before, on an open
// alert. What they had pressed is open again. Who was told already, or finds a
// colleague on it, has it on their list and is not called anew.
func (t *turn) inherits(a *Alert, before []string, name string) error {
	worker := t.conv.Patient.WorkerID
	left := func(id string) bool { return slices.Contains(before, id) && id != worker }
	a.Told = slices.DeleteFunc(a.Told, left)
	a.Lost = slices.DeleteFunc(a.Lost, left)
	fresh := a.tells(worker)
	if a.Seen && left(a.By) { // before the leaver's own letter of it
		if err := t.handBack(a, name); err != nil {
			t.timer(alertTimer+a.ID, t.at.Add(tryAgain))
		}
		return nil
	}
	kind := letterNudge
	if !fresh || a.Seen {
		kind = letterInherited
	}
	t.tell(a, worker, kind, "")
	if a.Seen && fresh {
		by, err := t.Store.Load(t.ctx, a.By)
		if err != nil {
			return err
		}
		news := taken{ID: a.ID}
		if by.Worker != nil {
			news.Name = by.Worker.Name
		}
		t.letter(worker, letterTaken, news)
	}
	return nil
}
