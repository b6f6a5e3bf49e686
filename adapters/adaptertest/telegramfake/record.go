package telegramfake

import (
	"encoding/json"
	"slices"
	"time"
)

// The server's own record of what it was told and what it told, for checks of a
// whole run.

// Weather decides how each request fares for which no fault is armed; nil is
// fair. It is called with the server's lock held and must not call the server.
func (s *Server) Weather(decide func(method string, params map[string]string) Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.weather = decide
}

// given is an update as it was queued.
type given struct {
	id   int64
	body json.RawMessage
	at   time.Time
}

// Given is one update that a person caused.
type Given struct {
	ID        int64
	Kind      string // "message", "edited_message", "callback_query"...
	Chat      int64
	Text      string // what was written
	Data      string // what a pressed button carried
	At        time.Time
	Confirmed bool
	// Expired is set when it was dropped before the bot confirmed it.
	Expired bool
}

// Updates lists every update that there ever was, oldest first.
func (s *Server) Updates() []Given {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.expire()
	confirmed, waiting := map[int64]bool{}, map[int64]bool{}
	for _, q := range s.line.past {
		confirmed[q.id] = true
	}
	for _, q := range s.line.queue {
		waiting[q.id] = true
	}
	out := make([]Given, 0, len(s.line.all))
	for _, u := range s.line.all {
		g := u.read()
		g.Confirmed = confirmed[u.id]
		g.Expired = !g.Confirmed && !waiting[u.id]
		out = append(out, g)
	}
	return out
}

func (u given) read() Given {
	type message struct {
		Chat struct {
			ID int64 `json:"id"`
		} `json:"chat"`
		Text    string   `json:"text"`
		Data    string   `json:"data"`
		Message *message `json:"message"`
	}
	var body map[string]json.RawMessage
	g := Given{ID: u.id, At: u.at}
	_ = json.Unmarshal(u.body, &body) // it was written here
	for kind, raw := range body {
		if kind == "update_id" {
			continue
		}
		var m message
		_ = json.Unmarshal(raw, &m)
		g.Kind, g.Chat, g.Text, g.Data = kind, m.Chat.ID, m.Text, m.Data
		if m.Message != nil {
			g.Chat = m.Message.Chat.ID
		}
	}
	return g
}

// MessagesFrom lists what the bot has in a chat without the first skip ones.
func (s *Server) MessagesFrom(chat int64, skip int) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[chat]
	if c == nil || len(c.messages) <= skip {
		return nil
	}
	var out []Message
	for _, m := range c.messages[skip:] {
		copied := *m
		copied.Buttons = slices.Clone(m.Buttons)
		out = append(out, copied)
	}
	return out
}

// RepeatLast delivers the last n confirmed updates once more.
func (s *Server) RepeatLast(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if past := s.line.past; len(past) > 0 {
		s.line.again = append(s.line.again, slices.Clone(past[max(0, len(past)-n):]))
		s.line.wakeAll()
	}
}

// unheard notes that the answer to a message did not reach the bot.
func (s *Server) unheard(result any) {
	shown, ok := result.(map[string]any)
	if !ok {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.chats {
		// The message was sent a moment ago, so it is near the end.
		for _, m := range slices.Backward(c.messages) {
			if m.ID == shown["message_id"] {
				m.Unheard = true
				return
			}
			if id, _ := shown["message_id"].(int64); m.ID < id {
				break
			}
		}
	}
}
