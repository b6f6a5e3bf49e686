package slackfake

import (
	"encoding/json"
	"strings"
	"time"
)

// room is a channel, or a private chat with the app.
type room struct {
	id       string
	person   *Person // for a private chat
	member   bool
	archived bool
	posts    []*post
}

// post is one message as Slack stores it.
type post struct {
	TS       string          `json:"ts"`
	User     string          `json:"user"`
	BotID    string          `json:"bot_id,omitempty"`
	Text     string          `json:"text"`
	Blocks   json.RawMessage `json:"blocks,omitempty"`
	Metadata json.RawMessage `json:"metadata,omitempty"`
	Edited   *edited         `json:"edited,omitempty"`
	Files    []file          `json:"files,omitempty"`
	at       time.Time
	unheard  bool // the bot did not get the answer
}

type edited struct {
	User string `json:"user"`
	TS   string `json:"ts"`
}

type file struct {
	ID       string `json:"id"`
	Mimetype string `json:"mimetype"`
	Filetype string `json:"filetype"`
}

// Message is one message of the bot as people see it.
type Message struct {
	ID       string // channel:ts
	Text     string // the sections, escapes undone
	Note     string // the small print under them
	Notice   string // what a notification shows
	Buttons  []Button
	Metadata string // JSON
	Edited   bool
	At       time.Time
	// Unheard is set when the bot did not get the answer that it was sent, as
	// far as this side can tell.
	Unheard bool
}

// Button is one button as people see it, with what it carries.
type Button struct {
	Label, Value, ActionID, BlockID string
}

// Messages lists what the bot has said in a chat, a person's (U...) or a
// channel's (C...), oldest first.
func (s *Slack) Messages(chat string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.find(chat)
	if r == nil {
		return nil
	}
	var out []Message
	for _, p := range r.posts {
		if p.BotID != "" {
			out = append(out, p.seen(r.id))
		}
	}
	return out
}

// find is the room of a channel's or a person's id. The lock is held.
func (s *Slack) find(id string) *room {
	if p, ok := s.people[id]; ok {
		return s.rooms[p.door]
	}
	return s.rooms[id]
}

// seen is a post as people see it. Entities are shown as what they stand for.
func (p *post) seen(channel string) Message {
	m := Message{
		ID: channel + ":" + p.TS, Notice: unescape(p.Text), Metadata: string(p.Metadata),
		Edited: p.Edited != nil, At: p.at, Unheard: p.unheard,
	}
	var sections, notes []string
	for _, b := range p.layout() {
		switch b.Type {
		case "section":
			sections = append(sections, unescape(b.Text.Text))
		case "context":
			for _, e := range b.Elements {
				notes = append(notes, unescape(e.text()))
			}
		case "actions":
			for _, e := range b.Elements {
				m.Buttons = append(m.Buttons, Button{unescape(e.text()), e.Value, e.ActionID, b.BlockID})
			}
		}
	}
	m.Text, m.Note = strings.Join(sections, "\n"), strings.Join(notes, "\n")
	if len(sections) == 0 {
		m.Text = m.Notice
	}
	return m
}

// layout reads the blocks, which were checked when they came.
func (p *post) layout() []block {
	var out []block
	_ = json.Unmarshal(p.Blocks, &out)
	return out
}

var (
	escaper   = strings.NewReplacer("&amp;", "&amp;", "&lt;", "&lt;", "&gt;", "&gt;", "&", "&amp;", "<", "&lt;", ">", "&gt;")
	unescaper = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")
)

// store is how Slack keeps text of an app's: bare signs become entities, and
// entities stay.
func store(text string) string { return escaper.Replace(text) }

func unescape(text string) string { return unescaper.Replace(text) }
