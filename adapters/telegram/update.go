package telegram

import (
	"strings"
	"time"
	"unicode"

	"onestep/bot"
)

// The parts of an update that we read. The library's own types drop topics and
// every kind of update newer than 2021, so these read the raw JSON.
type update struct {
	ID       int64     `json:"update_id"`
	Message  *message  `json:"message"`
	Edited   *message  `json:"edited_message"`
	Callback *callback `json:"callback_query"`
	Member   *member   `json:"my_chat_member"`
}

type message struct {
	ID       int64  `json:"message_id"`
	Thread   int64  `json:"message_thread_id"`
	InTopic  bool   `json:"is_topic_message"`
	From     *user  `json:"from"`
	Chat     chat   `json:"chat"`
	Date     int64  `json:"date"`
	EditDate int64  `json:"edit_date"`
	Text     string `json:"text"`
	Caption  string `json:"caption"`
	Album    string `json:"media_group_id"`

	MovesTo   int64 `json:"migrate_to_chat_id"`
	MovedFrom int64 `json:"migrate_from_chat_id"`

	service
}

// service are the messages that tell of an act, such as "pinned a message", and
// can stand in a private chat: nothing to answer. All else there without words is
// content, also of kinds that are newer than this list.
type service struct {
	Pinned         present `json:"pinned_message"`
	DeleteTimer    present `json:"message_auto_delete_timer_changed"`
	Background     present `json:"chat_background_set"`
	WriteAccess    present `json:"write_access_allowed"`
	Website        present `json:"connected_website"`
	Passport       present `json:"passport_data"`
	UsersShared    present `json:"users_shared"`
	ChatShared     present `json:"chat_shared"`
	Proximity      present `json:"proximity_alert_triggered"`
	Boost          present `json:"boost_added"`
	Payment        present `json:"successful_payment"`
	Refund         present `json:"refunded_payment"`
	WebApp         present `json:"web_app_data"`
	Gift           present `json:"gift"`
	UniqueGift     present `json:"unique_gift"`
	GiftUpgrade    present `json:"gift_upgrade_sent"`
	TasksDone      present `json:"checklist_tasks_done"`
	TasksAdded     present `json:"checklist_tasks_added"`
	TopicCreated   present `json:"forum_topic_created"`
	TopicEdited    present `json:"forum_topic_edited"`
	TopicClosed    present `json:"forum_topic_closed"`
	TopicReopened  present `json:"forum_topic_reopened"`
	CallScheduled  present `json:"video_chat_scheduled"`
	CallStarted    present `json:"video_chat_started"`
	CallEnded      present `json:"video_chat_ended"`
	CallInvitation present `json:"video_chat_participants_invited"`
}

// present is true for a field that is there, whatever is in it.
type present bool

// UnmarshalJSON fulfils json.Unmarshaler.
func (p *present) UnmarshalJSON(b []byte) error {
	*p = string(b) != "null"
	return nil
}

type user struct {
	ID    int64 `json:"id"`
	IsBot bool  `json:"is_bot"`
}

type chat struct {
	ID   int64  `json:"id"`
	Type string `json:"type"`
}

type callback struct {
	ID      string   `json:"id"`
	From    user     `json:"from"`
	Message *message `json:"message"`
	Data    string   `json:"data"`
}

type member struct {
	Chat chat   `json:"chat"`
	From user   `json:"from"`
	Date int64  `json:"date"`
	Old  status `json:"old_chat_member"`
	New  status `json:"new_chat_member"`
}

type status struct {
	Status   string `json:"status"`
	IsMember bool   `json:"is_member"` // for "restricted"
}

// in tells whether the bot may be in the chat with this status.
func (s status) in() bool {
	switch s.Status {
	case "creator", "administrator", "member":
		return true
	case "restricted":
		return s.IsMember
	}
	return false
}

// press is what the answer to a press needs. A message that is too old comes
// as a stub with date 0 and cannot be edited.
func (c *callback) press() press {
	p := press{query: c.ID}
	if m := c.Message; m != nil && m.Date != 0 {
		p.chat, p.message = m.Chat.ID, m.ID
	}
	return p
}

// translate puts an update into our words; ok is false for what is none of the
// bot's business.
func (a *Adapter) translate(u update) (out bot.Update, ok bool) {
	switch {
	case u.Message != nil:
		out, ok = a.wrote(u.Message)
	case u.Edited != nil:
		out, ok = a.edited(u.Edited)
	case u.Callback != nil:
		out, ok = a.pressed(u.Callback)
	case u.Member != nil:
		out, ok = a.membership(u.Member)
	}
	id := decimal(u.ID)
	if m := u.Message; m != nil && m.Album != "" && out.Kind == bot.Media && out.Text == "" {
		// Ten photos picked at once are ten updates. Those without words are one
		// thing that was sent, and answered once; words count by themselves.
		id = "album:" + m.Album
	}
	out.ID = Name + ":" + a.botID + ":" + id
	return out, ok
}

func (a *Adapter) wrote(m *message) (bot.Update, bool) {
	if m.MovesTo != 0 {
		return moved(m, m.Chat.ID, m.MovesTo), true
	}
	if m.MovedFrom != 0 {
		return moved(m, m.MovedFrom, m.Chat.ID), true
	}
	u, ok := a.said(m)
	if !ok {
		return u, false
	}
	switch {
	case m.Text != "":
		u.Kind = bot.Wrote
		text, command, ours := a.command(m.Text, u.Private)
		u.Text = a.words(text, u.Private)
		return u, u.Private || (command && ours)
	case m.Caption != "" || m.service == (service{}):
		u.Kind = bot.Media
		u.Text = a.words(m.Caption, u.Private)
		return u, u.Private
	}
	return u, false
}

func (a *Adapter) edited(m *message) (bot.Update, bool) {
	u, ok := a.said(m)
	u.Kind = bot.Edited
	u.Text = m.Text
	if u.Text == "" {
		u.Text = m.Caption
	}
	u.Text = a.words(u.Text, u.Private)
	if m.EditDate != 0 {
		u.At = time.Unix(m.EditDate, 0).UTC()
	}
	// A live location "edits" its message all the time, without words.
	return u, ok && u.Private && u.Text != ""
}

// said is what every message of a person has; ok is false for one of nobody or
// of a bot, which an anonymous administrator of a group is too.
func (a *Adapter) said(m *message) (bot.Update, bool) {
	if m.From == nil || m.From.IsBot {
		return bot.Update{}, false
	}
	return bot.Update{
		Chat:    place(m),
		Private: m.Chat.Type == "private",
		Sender:  decimal(m.From.ID),
		At:      time.Unix(m.Date, 0).UTC(),
	}, true
}

func (a *Adapter) pressed(c *callback) (bot.Update, bool) {
	if c.Message == nil || c.Data == "" || c.From.IsBot {
		return bot.Update{}, false
	}
	return bot.Update{
		Kind:    bot.Pressed,
		Chat:    place(c.Message),
		Private: c.Message.Chat.Type == "private",
		Sender:  decimal(c.From.ID),
		Data:    c.Data,
		At:      a.now(),
	}, true
}

func (a *Adapter) membership(m *member) (bot.Update, bool) {
	u := bot.Update{
		Kind:    bot.Left,
		Chat:    bot.Chat{Platform: Name, ID: decimal(m.Chat.ID)},
		Private: m.Chat.Type == "private",
		Sender:  decimal(m.From.ID),
		At:      time.Unix(m.Date, 0).UTC(),
	}
	if m.New.in() {
		u.Kind = bot.Joined
	}
	// Becoming an administrator is neither.
	return u, m.Old.in() != m.New.in()
}

func moved(m *message, from, to int64) bot.Update {
	return bot.Update{
		Kind:    bot.Moved,
		Chat:    bot.Chat{Platform: Name, ID: decimal(from)},
		MovedTo: bot.Chat{Platform: Name, ID: decimal(to)},
		At:      time.Unix(m.Date, 0).UTC(),
	}
}

// place is where a message stands. Only a topic of a forum is a place of its
// own; the thread that replies make in other groups is not.
func place(m *message) bot.Chat {
	c := bot.Chat{Platform: Name, ID: decimal(m.Chat.ID)}
	if m.InTopic && m.Thread != 0 && m.Chat.Type != "private" {
		c.Thread = decimal(m.Thread)
	}
	return c
}

// words are what was said without our own name at either end, in a private chat.
func (a *Adapter) words(text string, private bool) string {
	name := a.name()
	if !private || name == "" {
		return text
	}
	return bot.Unaddressed(text, "@"+name)
}

// command tells whether a text is a command and whether it is for this bot,
// and takes the bot's name off it: "/help@OnestepBot now" becomes "/help now".
// In a private chat every command is ours, whatever the bot was called when it
// was learnt. All other text comes back as it is.
func (a *Adapter) command(text string, private bool) (out string, command, ours bool) {
	if !strings.HasPrefix(text, "/") || len(text) < 2 {
		return text, false, false
	}
	head := text
	if i := strings.IndexFunc(text, unicode.IsSpace); i >= 0 {
		head = text[:i]
	}
	verb, to, named := strings.Cut(head, "@")
	if !named {
		return text, true, true
	}
	if !private && !strings.EqualFold(to, a.name()) {
		return text, true, false
	}
	return verb + text[len(head):], true, true
}
