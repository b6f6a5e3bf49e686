package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"onestep/dialogs"
)

// invite is what a one-time code stands for. It is kept under the code's hash.
type invite struct {
	Kind  inviteKind `json:"kind"`
	Team  string     `json:"team"`
	From  string     `json:"from"`           // the conversation that made it
	Name  string     `json:"name,omitempty"` // the worker's name
	Case  string     `json:"case,omitempty"`
	Until time.Time  `json:"until"`
}

type inviteKind string

const (
	inviteWorker  inviteKind = "worker"  // a lead adds a worker
	invitePatient inviteKind = "patient" // a worker invites a patient
	inviteLink    inviteKind = "link"    // a person adds another platform
)

// How long codes can be used. A patient may need a fortnight to find the
// courage; a link to a second platform is used at once by the person who asked.
const (
	patientInviteLife = 14 * 24 * time.Hour
	workerInviteLife  = 7 * 24 * time.Hour
	linkInviteLife    = time.Hour
)

// offer makes a code in this turn and gives the words that tell how to use it,
// a line for each platform.
func (t *turn) offer(i invite, life time.Duration, language string) string {
	i.Team, i.From, i.Until = t.conv.Team, t.conv.ID, t.at.Add(life)
	code := t.Store.NewCode(t.conv.ID)
	value, err := json.Marshal(i)
	if err != nil {
		panic("invite: " + err.Error()) // our own plain struct
	}
	// The stored life has slack, so that a late code is told to be late
	// instead of unknown.
	t.secrets = append(t.secrets, Secret{Code: code, Value: value, Until: i.Until.Add(30 * 24 * time.Hour)})
	var lines []string
	for _, platform := range sortedKeys(t.Links) {
		way := t.Scripts.Current().Phrase("link-way", language, t.host(), map[string]string{"code": code})
		if link := t.Links[platform]; link != nil && link.Link(code) != "" {
			way = link.Link(code)
		}
		lines = append(lines, title(platform)+": "+way)
	}
	return strings.Join(lines, "\n")
}

// start redeems a one-time code. The code is claimed for the conversation that
// sent it before the turn that uses it, so that nobody else can use it and the
// same person's repeat still can.
func (b *Bot) start(ctx context.Context, id string, u Update, code string) error {
	raw, err := b.Store.Kept(ctx, code)
	if err != nil {
		return err
	}
	if raw == nil {
		return b.refuse(ctx, id, u, "invite-expired")
	}
	var i invite
	if err := json.Unmarshal(raw, &i); err != nil {
		return fmt.Errorf("invite: %w", err)
	}
	if i.Kind == inviteLink && i.From == id {
		return b.refuse(ctx, id, u, "linked") // pressed twice, or on the first platform
	}
	now := b.Now()
	if now.After(i.Until) {
		return b.refuse(ctx, id, u, "invite-expired")
	}
	c, err := b.Store.Load(ctx, id)
	if err != nil {
		return err
	}
	if i.before(c) {
		return b.refuse(ctx, id, u, "invite-used")
	}
	hash := sha256.Sum256([]byte(code))
	name := "invite:" + hex.EncodeToString(hash[:16])
	if !i.fits(c) { // and it stays usable for the person it is for
		if !i.isOf(c) { // another code was quicker here, and giving this one back may have failed
			if err := b.Store.Unclaim(ctx, name, id); err != nil {
				return err
			}
		}
		return b.refuse(ctx, id, u, "known-here")
	}
	holder, err := b.Store.Claim(ctx, name, id, patientInviteLife+30*24*time.Hour)
	if err != nil {
		return err
	}
	if holder != id {
		return b.refuse(ctx, id, u, "invite-used")
	}
	use := b.redeem
	if i.Kind == inviteLink {
		use = b.link
	}
	used, err := use(ctx, id, u, i)
	if err == nil && !used { // another code was quicker in this chat, and this one is free again
		err = b.Store.Unclaim(ctx, name, id)
	}
	return err
}

// redeem uses the code of an invitation in a chat. used is false where the chat has
// become somebody's by another code meanwhile: of two in one instant the commit
// decides, and whoever comes second is told.
func (b *Bot) redeem(ctx context.Context, id string, u Update, i invite) (used bool, err error) {
	err = b.take(ctx, "start", id, u.ID, func(t *turn) error {
		t.meet(u)
		fits := i.fits(t.conv)
		used = fits || i.isOf(t.conv)
		switch {
		case i.before(t.conv): // removed in this very instant
			used = true
			t.say(t.phrase("invite-used", nil))
			return nil
		case !fits:
			t.say(t.phrase("known-here", nil))
			return nil
		case t.conv.Role == PatientRole:
			return t.patientUpdate(Update{Kind: Wrote, Text: "start"}) // the same link, pressed again
		case i.Kind == inviteWorker:
			team, ok := t.Bot.team(i.Team)
			if !ok {
				t.say(t.phrase("invite-expired", nil))
				return nil
			}
			t.appoint(team, i.Name, t.conv.Worker != nil && t.conv.Worker.Lead)
			t.say(fmt.Sprintf(wordsWorkerWelcome, i.Name, team.Name) + "\n\n" + t.workerHelp())
			return nil
		default:
			return t.enrol(i)
		}
	})
	return used, err
}

// before tells whether a worker's code was made before this person was removed:
// nobody comes back in by an old link, only by one that a lead makes anew.
func (i invite) before(c *Conversation) bool {
	return i.Kind == inviteWorker && c.Role == Stranger && i.Until.Add(-workerInviteLife).Before(c.Left)
}

// fits tells whether a code may be used in a chat. A chat that is somebody's
// stays theirs: its own record would go on where nobody could stop it, and two
// people would read one another's words.
func (i invite) fits(c *Conversation) bool {
	switch c.Role {
	case Stranger:
		return c.Joined == "" || i.Kind == inviteLink && c.Joined == i.From
	case PatientRole: // their own invitation, pressed again
		return i.Kind == invitePatient && c.Team == i.Team && c.Patient.Case == i.Case
	case WorkerRole: // who goes to another team
		return i.Kind == inviteWorker && c.Team != i.Team
	}
	return false
}

// isOf tells whether a worker may be of the team by this very code: it is never
// given back.
func (i invite) isOf(c *Conversation) bool {
	return i.Kind == inviteWorker && c.Role == WorkerRole
}

// enrol makes a stranger a patient and begins the first conversation.
func (t *turn) enrol(i invite) error {
	team, ok := t.Bot.team(i.Team)
	if !ok {
		t.say(t.phrase("invite-expired", nil))
		return nil
	}
	t.team = team
	c := t.conv
	c.Role, c.Team, c.Language = PatientRole, team.ID, team.Language
	if c.Zone == "" {
		c.Zone = team.Zone.String()
	}
	c.Patient = &Patient{Case: i.Case, WorkerID: i.From, Worker: i.Name, Enrolled: t.at}
	t.note(Entry{What: "enrolled", Name: i.Case})
	t.letter(i.From, letterEnrolled, enrolled{Case: i.Case, Name: i.Name})
	return t.step(dialogs.Event{Kind: dialogs.Began, Due: dialogs.Due{Script: "first", At: t.at, Expires: t.at.Add(staleAfter)}})
}

// link joins another platform's chat to the conversation of the person who
// made the code. The chat's own record says so first: what else is opened there in
// the same instant commits to it too, so one of them wins.
func (b *Bot) link(ctx context.Context, id string, u Update, i invite) (used bool, err error) {
	err = b.take(ctx, "link", id, "", func(t *turn) error {
		if used = i.fits(t.conv); !used || t.conv.Joined == i.From {
			t.nothing()
			return nil
		}
		t.conv.Joined = i.From
		return nil
	})
	if err == nil && !used {
		return false, b.refuse(ctx, id, u, "known-here")
	}
	if err == nil {
		err = b.Store.Move(ctx, u.Chat, i.From)
	}
	if err != nil {
		return used, err
	}
	return true, b.take(ctx, "link", i.From, u.ID, func(t *turn) error {
		t.meet(u)
		t.note(Entry{What: "linked", Name: u.Chat.Platform})
		t.say(t.phrase("linked", nil))
		return nil
	})
}

// refuse says why a code does nothing.
func (b *Bot) refuse(ctx context.Context, id string, u Update, phrase string) error {
	return b.take(ctx, "start", id, u.ID, func(t *turn) error {
		t.meet(u)
		t.say(t.phrase(phrase, nil))
		return nil
	})
}

// platformWish is a patient's or worker's wish to add another platform.
func platformWish(text string) bool {
	switch strings.Trim(strings.ToLower(strings.TrimSpace(unnamed(text))), "/.! ") {
	case "link", "add telegram", "add slack", "add another app":
		return true
	}
	return false
}

// offerLink tells a person how to add another platform.
func (t *turn) offerLink() error {
	t.say(t.phrase("link", map[string]string{"ways": t.offer(invite{Kind: inviteLink}, linkInviteLife, t.language())}))
	return nil
}

// phrase is one of the fixed texts said outside scripts.
func (t *turn) phrase(key string, more map[string]string) string {
	return t.Scripts.Current().Phrase(key, t.language(), t.host(), more)
}
