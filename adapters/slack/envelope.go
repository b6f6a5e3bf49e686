package slack

import (
	"encoding/json"
	"strings"
	"time"

	"onestep/bot"
)

// envelope is one Socket Mode request, with the payload still as it came. The
// library parses it as well, but gives up on a whole message for one block it
// does not know; so what we need is read here, from the little we rely on.
type envelope struct {
	ID      string          `json:"envelope_id"`
	Type    string          `json:"type"`
	Payload json.RawMessage `json:"payload"`
}

// reading is what an envelope came to.
type reading struct {
	verdict verdict
	update  bot.Update
	door    string    // the channel a private message came through
	pressed *pressed  // the message whose button was pressed
	said    time.Time // by Slack's clock, zero when it does not tell
	// once is true for a press or a command: Slack sends it only once, and
	// shows the person an error when it is not acknowledged in time.
	once bool
}

type verdict int

const (
	take    verdict = iota // hand the update to the inbox
	ignore                 // none of our business: acknowledge
	foreign                // from another workspace: acknowledge, count
	garbled                // not understood: acknowledge, count
)

// us is what tells our workspace and our own messages apart. The organisation is
// empty for a workspace that stands alone.
type us struct{ team, self, organisation string }

// read turns an envelope into an update. now stands in where Slack tells no time.
func (u us) read(e envelope, now time.Time) reading {
	switch e.Type {
	case "events_api":
		return u.event(e, now)
	case "interactive":
		return u.interaction(e, now)
	case "slash_commands":
		return u.command(e, now)
	}
	return reading{verdict: ignore}
}

// eventPayload is the outer part of an Events API payload.
type eventPayload struct {
	Type     string          `json:"type"`
	TeamID   string          `json:"team_id"`
	EventID  string          `json:"event_id"`
	External bool            `json:"is_ext_shared_channel"`
	Event    json.RawMessage `json:"event"`
}

// message is a message event. For an edit, the new version stands in Message.
type message struct {
	Type        string            `json:"type"`
	Subtype     string            `json:"subtype"`
	BotID       string            `json:"bot_id"`
	User        string            `json:"user"`
	Text        string            `json:"text"`
	Channel     string            `json:"channel"`
	ChannelType string            `json:"channel_type"`
	TS          string            `json:"ts"`
	EventTS     string            `json:"event_ts"`
	Team        string            `json:"team"`
	UserTeam    string            `json:"user_team"`
	SourceTeam  string            `json:"source_team"`
	Files       []json.RawMessage `json:"files"`
	Blocks      json.RawMessage   `json:"blocks"`
	Message     *message          `json:"message"`
	Previous    *message          `json:"previous_message"`
	Edited      *struct {
		TS string `json:"ts"`
	} `json:"edited"`
}

func (u us) event(e envelope, now time.Time) reading {
	var p eventPayload
	var kind struct {
		Type string `json:"type"`
	}
	if json.Unmarshal(e.Payload, &p) != nil || json.Unmarshal(p.Event, &kind) != nil || kind.Type == "" {
		return reading{verdict: garbled}
	}
	switch kind.Type {
	case "message":
		var m message
		if json.Unmarshal(p.Event, &m) != nil || p.EventID == "" {
			return reading{verdict: garbled}
		}
		return u.message(p, m, now)
	case "user_change":
		var c struct {
			User profile `json:"user"`
		}
		if json.Unmarshal(p.Event, &c) != nil || p.EventID == "" {
			return reading{verdict: garbled}
		}
		return u.change(p, c.User, now)
	}
	return reading{verdict: ignore}
}

// profile is what a user_change event tells of a person, as far as we need it.
type profile struct {
	ID      string `json:"id"`
	TZ      string `json:"tz"`
	Updated int64  `json:"updated"` // seconds, by Slack's clock
}

// change reads that somebody's profile has changed, in whatever way. Every member
// of the workspace has one; whether it is somebody we know is not for us to tell.
func (u us) change(p eventPayload, who profile, now time.Time) reading {
	if u.strange(p.TeamID) || who.ID == "" || who.ID == u.self || who.TZ == "" {
		return reading{verdict: ignore}
	}
	return reading{update: bot.Update{
		ID: Platform + ":" + p.EventID, Kind: bot.Zoned, Private: true, At: now,
		Chat: bot.Chat{Platform: Platform, ID: who.ID}, Sender: who.ID,
		Zone: who.TZ, ZoneAt: changed(who.Updated),
	}}
}

// changed is when a profile was last changed, zero when Slack does not tell.
func changed(seconds int64) time.Time {
	if seconds <= 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// message reads what a person did in their private chat with us.
func (u us) message(p eventPayload, m message, now time.Time) reading {
	if m.ChannelType != "im" {
		return reading{verdict: ignore} // words in channels are not for us
	}
	said := m
	out := bot.Update{ID: Platform + ":" + p.EventID, Private: true}
	switch m.Subtype {
	case "", "me_message", "thread_broadcast":
		out.Kind = bot.Wrote
		if m.Text == "" || len(m.Files) > 0 {
			out.Kind = bot.Media // a shared message or a file and nothing typed
		}
	case "file_share":
		out.Kind = bot.Media
	case "message_changed":
		// Also sent when Slack itself adds a preview; only a person's edit
		// carries the mark and other words.
		if m.Message == nil || m.Message.Edited == nil || m.Previous != nil && m.Previous.Text == m.Message.Text {
			return reading{verdict: ignore}
		}
		said, out.Kind = *m.Message, bot.Edited
		said.EventTS = m.Message.Edited.TS
	default:
		return reading{verdict: ignore}
	}
	if said.User == "" || said.User == u.self || said.BotID != "" || m.BotID != "" {
		return reading{verdict: ignore} // a machine's words, perhaps our own
	}
	if p.External || u.strange(p.TeamID, m.Team, m.UserTeam, m.SourceTeam, said.Team, said.UserTeam, said.SourceTeam) {
		return reading{verdict: foreign}
	}
	out.Chat = bot.Chat{Platform: Platform, ID: said.User}
	out.Sender, out.Door = said.User, m.Channel
	out.Text = pictures(u.decode(said.Text), said.Blocks)
	when := firstTime(said.EventTS, said.TS, m.TS)
	out.At = orNow(when, now)
	return reading{update: out, said: when, door: m.Channel}
}

// strange is true when any of the teams named is not ours.
func (u us) strange(teams ...string) bool {
	for _, t := range teams {
		if t != "" && t != u.team {
			return true
		}
	}
	return false
}

// interaction is a block_actions payload, as far as we need it.
type interaction struct {
	Type      string `json:"type"`
	TriggerID string `json:"trigger_id"`
	Team      *struct {
		ID string `json:"id"`
	} `json:"team"`
	Enterprise *struct {
		ID string `json:"id"`
	} `json:"enterprise"`
	User struct {
		ID     string `json:"id"`
		TeamID string `json:"team_id"`
	} `json:"user"`
	Channel struct {
		ID string `json:"id"`
	} `json:"channel"`
	Container struct {
		ChannelID string `json:"channel_id"`
		MessageTS string `json:"message_ts"`
	} `json:"container"`
	Message struct {
		TS     string          `json:"ts"`
		Blocks json.RawMessage `json:"blocks"`
	} `json:"message"`
	Actions []struct {
		Type     string `json:"type"`
		Value    string `json:"value"`
		ActionTS string `json:"action_ts"`
		Text     struct {
			Text string `json:"text"`
		} `json:"text"`
	} `json:"actions"`
}

func (u us) interaction(e envelope, now time.Time) reading {
	var p interaction
	if json.Unmarshal(e.Payload, &p) != nil || p.Type == "" {
		return reading{verdict: garbled}
	}
	if p.Type != "block_actions" {
		return reading{verdict: ignore}
	}
	team := ""
	if p.Team != nil { // null for an app of a whole organisation
		team = p.Team.ID
	}
	channel := or(p.Container.ChannelID, p.Channel.ID)
	theirs := p.User.TeamID
	if u.organisation != "" && p.Enterprise != nil && p.Enterprise.ID == u.organisation && strings.HasPrefix(channel, "D") {
		// In an organisation Slack may name another of its workspaces as the
		// person's own, wherever they press. In a private chat they can only
		// answer for themselves; in a channel this stays as strict as it was.
		theirs = ""
	}
	if u.strange(team, theirs) {
		return reading{verdict: foreign}
	}
	id := or(p.TriggerID, e.ID)
	if p.User.ID == "" || channel == "" || id == "" || len(p.Actions) == 0 || p.Actions[0].Type != "button" {
		return reading{verdict: garbled}
	}
	act := p.Actions[0]
	when := firstTime(act.ActionTS)
	out := bot.Update{
		ID:     Platform + ":" + id,
		Kind:   bot.Pressed,
		Chat:   bot.Chat{Platform: Platform, ID: channel},
		Sender: p.User.ID,
		Data:   act.Value,
		At:     orNow(when, now),
	}
	if strings.HasPrefix(channel, "D") {
		out.Private, out.Chat.ID, out.Door = true, p.User.ID, channel
	}
	return reading{update: out, said: when, once: true, pressed: &pressed{
		channel: channel,
		ts:      or(p.Container.MessageTS, p.Message.TS),
		label:   unescape(act.Text.Text),
		blocks:  p.Message.Blocks,
	}}
}

// command reads a slash command. Only the person sees what they typed, wherever
// they typed it, so it belongs to their private chat and is answered there.
func (u us) command(e envelope, now time.Time) reading {
	var p struct {
		TeamID    string `json:"team_id"`
		UserID    string `json:"user_id"`
		Text      string `json:"text"`
		TriggerID string `json:"trigger_id"`
	}
	if json.Unmarshal(e.Payload, &p) != nil {
		return reading{verdict: garbled}
	}
	if u.strange(p.TeamID) {
		return reading{verdict: foreign}
	}
	id := or(p.TriggerID, e.ID)
	if p.UserID == "" || id == "" {
		return reading{verdict: garbled}
	}
	return reading{once: true, update: bot.Update{
		ID:      Platform + ":" + id,
		Kind:    bot.Wrote,
		Chat:    bot.Chat{Platform: Platform, ID: p.UserID},
		Private: true,
		Sender:  p.UserID,
		// A bare /onestep asks what there is to ask for.
		Text: or(strings.TrimSpace(u.decode(p.Text)), "/help"),
		At:   now,
	}}
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// firstTime is the first of these timestamps that is one, else zero.
func firstTime(stamps ...string) time.Time {
	for _, ts := range stamps {
		if at := instant(ts); !at.IsZero() {
			return at
		}
	}
	return time.Time{}
}

func orNow(at, now time.Time) time.Time {
	if at.IsZero() {
		return now
	}
	return at
}
