package bot

import (
	"context"
	"slices"
	"strings"
)

// Take takes one update through one turn: see Inbox.
func (b *Bot) Take(ctx context.Context, u Update) error {
	if u.Kind == Moved {
		return b.moved(ctx, u)
	}
	if !u.Private && u.Kind != Pressed {
		// A channel only listens; people write in their own chats.
		return nil
	}
	if code, ok := startCode(u); ok {
		id, err := b.Store.Find(ctx, u.Chat)
		if err != nil {
			return err
		}
		return b.start(ctx, id, u, code)
	}
	return b.takeFrom(ctx, kinds[u.Kind], u.Chat, u.ID, func(t *turn) error {
		if !u.Private && t.conv.Role != WorkerRole { // only a duty channel has buttons
			t.nothing()
			return nil
		}
		if u.Kind == Zoned {
			if t.conv.Version == 0 || !t.hearsZone(u) {
				t.nothing()
			}
			return nil
		}
		t.meet(u)
		switch t.conv.Role {
		case PatientRole:
			return t.patientUpdate(u)
		case WorkerRole:
			return t.workerUpdate(u)
		default:
			return t.strangerUpdate(u)
		}
	})
}

// kinds names updates in logs, metrics and reasons.
var kinds = map[UpdateKind]string{
	Wrote: "reply", Pressed: "button", Edited: "edit", Media: "media",
	Left: "left", Joined: "joined", Moved: "moved", Zoned: "zone",
}

// startCode finds the one-time code of an update: "/start CODE" as a deep link
// sends it, or "start CODE" typed where there are no deep links. Codes are long,
// so "start again" is not one.
func startCode(u Update) (string, bool) {
	if u.Kind != Wrote {
		return "", false
	}
	fields := strings.Fields(u.Text)
	if len(fields) != 2 || strings.TrimPrefix(strings.ToLower(fields[0]), "/") != "start" {
		return "", false
	}
	return fields[1], len(fields[1]) >= minCode
}

// minCode is less than the length of 128 bits in base64url, the least that a
// code holds, and more than any word that people put behind "start".
const minCode = 20

// meet notes who writes from where: the chat used last comes first, a lead is
// known by the settings, and a platform that tells the time zone is believed.
func (t *turn) meet(u Update) {
	c := t.conv
	if u.Kind != Left {
		c.Gone = slices.DeleteFunc(c.Gone, func(g Chat) bool { return g == u.Chat })
	}
	switch {
	case len(c.Chats) == 0:
		c.Chats = []Chat{u.Chat}
	case c.Chats[0] != u.Chat && u.Kind != Left:
		chats := []Chat{u.Chat}
		for _, old := range c.Chats {
			if old != u.Chat {
				chats = append(chats, old)
			}
		}
		c.Chats = chats
	}
	if u.Door != "" && c.Doors[u.Chat.ID] != u.Door {
		if c.Doors == nil {
			c.Doors = map[string]string{}
		}
		c.Doors[u.Chat.ID] = u.Door
	}
	switch team, ok := t.leading(); {
	case ok && (c.Role == Stranger || c.Role == WorkerRole && !c.Worker.Lead):
		t.appoint(team, "", true)
	case !ok && c.Role == WorkerRole && c.Worker.Lead: // the settings name them no longer
		c.Worker.Lead = false
		t.note(Entry{What: "lead", Value: "no"})
	}
	t.hearsZone(u)
}

// leading is the team that the settings say one of this conversation's chats leads.
func (t *turn) leading() (Team, bool) {
	for _, c := range t.conv.Chats {
		if team, ok := t.leads(c); ok {
			return team, true
		}
	}
	return Team{}, false
}

// moved follows a chat to its new id. All three signs of a move come here, in
// any order and any number.
func (b *Bot) moved(ctx context.Context, u Update) error {
	id, err := b.Store.Find(ctx, u.Chat)
	if err != nil {
		return err
	}
	if err := b.Store.Move(ctx, u.MovedTo, id); err != nil {
		return err
	}
	return b.take(ctx, "moved", id, u.ID, func(t *turn) error {
		if t.conv.Version == 0 {
			t.nothing()
			return nil
		}
		for _, chats := range [][]Chat{t.conv.Chats, t.conv.Gone} {
			for i, c := range chats {
				if c == u.Chat {
					chats[i] = u.MovedTo
				}
			}
		}
		return nil
	})
}
