package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"onestep/dialogs"
)

// A person's record may be broken, or the part of the store that it lies in may
// be away. What they write then waits at the platform, but words of danger must
// not wait for it. So their team keeps the alert in their place, with its clock;
// and when nothing at all can be kept, it is told as it is.

// Unkept takes words of danger whose own turn could not be committed. Once it is
// nil the fixed words and the alert are on their way as any others are, however
// often and on however many replicas the update is tried. The words go out in the
// team's language, since the person's own is in the record.
func (b *Bot) Unkept(ctx context.Context, u Update) error {
	w, err := b.whose(ctx, u.Chat)
	if err != nil {
		return err
	}
	teams := b.Teams
	if w.team != "" || w.stranger() {
		teams = slices.DeleteFunc(slices.Clone(b.Teams), func(t Team) bool { return w.team != "" && t.ID != w.team })[:1]
	}
	said := false
	var faults []error
	for _, team := range teams {
		crew, err := b.Store.Find(ctx, team.Channel)
		if err == nil {
			err = b.take(ctx, "unkept", crew, u.ID+".unkept", func(t *turn) error { return t.unkept(u, w, !said) })
		}
		if err == nil {
			said = true
		}
		faults = append(faults, err)
	}
	return errors.Join(faults...)
}

// whose is somebody as the records of others know them.
type whose struct {
	id     string // their conversation
	team   string // empty: not known
	worker string // the conversation of their worker
	name   string // their worker's
	code   string
	about  About
	all    bool // every team and caseload could be read
}

// stranger is true for somebody whom certainly no team knows.
func (w whose) stranger() bool { return w.team == "" && w.all }

// whose looks for a chat in the settings and in every caseload: their own record
// is what cannot be read.
func (b *Bot) whose(ctx context.Context, c Chat) (whose, error) {
	id, err := b.Store.Find(ctx, c)
	if err != nil {
		return whose{}, err
	}
	w := whose{id: id, about: aboutUnkept, all: true}
	if team, ok := b.leads(c); ok {
		w.team, w.code, w.about = team.ID, "A lead", aboutColleague
		return w, nil
	}
	for _, team := range b.Teams {
		crew, err := b.loaded(ctx, team.Channel)
		if err != nil || crew.Crew == nil {
			w.all = false
			continue
		}
		if slices.Contains(crew.Crew.Workers, id) {
			w.team, w.code, w.about = team.ID, "A link worker", aboutColleague
			return w, nil
		}
		for _, worker := range crew.Crew.Workers {
			x, err := b.Store.Load(ctx, worker)
			if err != nil || x.Worker == nil {
				w.all = false
				continue
			}
			for code, patient := range x.Worker.Caseload {
				if patient == id {
					w.team, w.worker, w.name, w.code = team.ID, worker, x.Worker.Name, code
					return w, nil
				}
			}
		}
	}
	w.code = fmt.Sprintf(wordsSomebody, title(c.Platform))
	return w, nil
}

func (b *Bot) loaded(ctx context.Context, c Chat) (*Conversation, error) {
	id, err := b.Store.Find(ctx, c)
	if err != nil {
		return nil, err
	}
	return b.Store.Load(ctx, id)
}

// unkept is the team's turn in place of the person's: the fixed words to them,
// if no other team's turn says them, and the alert.
func (t *turn) unkept(u Update, w whose, says bool) error {
	if t.conv.Role != TeamRole || t.conv.Crew == nil {
		return fmt.Errorf("the record of team %s is not one", t.team.ID)
	}
	told := false
	effects, rule, _ := dialogs.Danger(t.Scripts.Current(), t.dangerous(u, w), false)
	if !w.stranger() {
		n := dialogs.Nudge{Trigger: dialogs.Distress, Rule: rule}
		ids, err := t.above(w.id)
		if w.worker != "" {
			ids = append([]string{w.worker}, ids...)
		}
		told = t.raise(Alert{ID: fmt.Sprintf("u.%.8s", w.id), Trigger: n.Trigger, About: w.about, Case: w.code, Of: w.id, Worker: w.name}, n, ids, err)
	}
	if !says {
		return nil
	}
	effects, _, _ = dialogs.Danger(t.Scripts.Current(), t.dangerous(u, w), told)
	for _, text := range spoken(effects) {
		t.put(Envelope{Chat: u.Chat, Text: text})
	}
	return nil
}

// Bare is what is left to say of words of danger when Unkept has failed as well:
// the fixed words, and a word to every lead and duty contact of the settings. The
// caller sends it past the outbox and tries again what did not leave; nobody can
// press anything, so it has no clock.
func (b *Bot) Bare(u Update) []Message {
	t := &turn{Bot: b, conv: &Conversation{}, at: b.Now()}
	if len(b.Teams) == 1 {
		t.team = b.Teams[0]
	}
	if team, ok := b.leads(u.Chat); ok {
		t.team = team
	}
	var chats []Chat
	for _, team := range b.Teams {
		for _, c := range append(slices.Clone(team.Leads), team.Duty) {
			if c != (Chat{}) && c != u.Chat && !slices.Contains(chats, c) {
				chats = append(chats, c)
			}
		}
	}
	effects, _, _ := dialogs.Danger(t.Scripts.Current(), t.dangerous(u, whose{}), len(chats) > 0)
	var list []Message
	for _, text := range spoken(effects) {
		list = append(list, Message{Chat: u.Chat, Text: text})
	}
	for _, c := range chats {
		list = append(list, Message{Chat: c, Text: fmt.Sprintf(wordsBare, title(u.Chat.Platform))})
	}
	for i := range list {
		list[i].ID = fmt.Sprintf("%s.bare.%d", u.ID, i)
	}
	return list
}

// dangerous is the event of such words.
func (t *turn) dangerous(u Update, w whose) dialogs.Event {
	ev := t.event(dialogs.Event{Kind: dialogs.Replied, Text: u.Text})
	ev.About.Worker = w.name
	return ev
}

func spoken(effects []dialogs.Effect) (texts []string) {
	for _, e := range effects {
		if say, ok := e.(dialogs.Say); ok {
			texts = append(texts, say.Text)
		}
	}
	return texts
}
