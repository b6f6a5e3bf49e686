package telegramfake

import (
	"fmt"
	"slices"
	"strings"
)

// Person is somebody with a Telegram account, made up. In and InTopic give the
// same person in a group; all other methods act where they are.
type Person struct {
	ID int64

	s      *Server
	at     int64 // chat
	thread int64
	own    *int64 // the id of their newest message there
}

// Person gives the person with this id, who has once pressed Start, so that
// the bot may write to them. The same id is the same person.
func (s *Server) Person(id int64) *Person {
	p := s.Stranger(id)
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.chats[id]; c.why == neverStarted {
		c.why = ""
	}
	return p
}

// neverStarted is why the bot may not write to somebody it knows from a group.
const neverStarted = "bot can't initiate conversation with a user"

// Stranger is a person who never started the bot. Their first words start it.
func (s *Server) Stranger(id int64) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p := s.people[id]; p != nil {
		return p
	}
	p := &Person{ID: id, s: s, at: id, own: new(int64)}
	s.people[id] = p
	s.chats[id] = &chat{id: id, kind: "private", person: p, why: neverStarted}
	return p
}

func (p *Person) show() map[string]any {
	return map[string]any{
		"id": p.ID, "is_bot": false, "language_code": "en",
		"first_name": fmt.Sprintf("Firstname%d", p.ID), "last_name": fmt.Sprintf("Lastname%d", p.ID),
		"username": fmt.Sprintf("handle_of_%d", p.ID),
	}
}

// Names lists what may stand in no log: first name, last name, handle.
func (p *Person) Names() []string {
	u := p.show()
	return []string{u["first_name"].(string), u["last_name"].(string), u["username"].(string)}
}

// In is the person in a group.
func (p *Person) In(g *Group) *Person { return p.InTopic(g, 0) }

// InTopic is the person in a topic of a forum.
func (p *Person) InTopic(g *Group, thread int64) *Person {
	q := *p
	q.at, q.thread, q.own = g.ID, thread, new(int64)
	return &q
}

// message begins a message of the person's.
func (p *Person) message(c *chat) map[string]any {
	s := p.s
	s.ids++
	*p.own = s.ids
	if c.why == neverStarted {
		c.why = ""
	}
	m := map[string]any{"message_id": s.ids, "from": p.show(), "chat": c.show(), "date": s.now().Unix()}
	if p.thread != 0 {
		m["message_thread_id"], m["is_topic_message"] = p.thread, true
	}
	return m
}

// entities marks a command at the beginning, as the apps do.
func entities(text string) []map[string]any {
	if !strings.HasPrefix(text, "/") {
		return nil
	}
	head := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == '\n' })[0]
	return []map[string]any{{"type": "bot_command", "offset": 0, "length": len(head)}}
}

// Writes sends a text. In a group, privacy mode keeps all but commands from
// the bot; the id of the update is 0 then.
func (p *Person) Writes(text string) int64 {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.chats[p.at]
	m := p.message(c)
	m["text"] = text
	if e := entities(text); e != nil {
		m["entities"] = e
	} else if c.kind != "private" {
		return 0
	}
	return p.s.enqueue("message", m, day)
}

// Start opens the bot by a link with a code, or without one.
func (p *Person) Start(code string) int64 { return p.Writes(strings.TrimSpace("/start " + code)) }

// Edits changes the person's newest message.
func (p *Person) Edits(text string) int64 {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	id := *p.own
	m := p.message(p.s.chats[p.at])
	m["message_id"], *p.own = id, id
	m["text"], m["edit_date"] = text, p.s.now().Unix()
	return p.s.enqueue("edited_message", m, day)
}

// SendsPhoto sends a picture, with a caption or without.
func (p *Person) SendsPhoto(caption string) int64 {
	return p.sends(caption, "photo", []any{
		map[string]any{"file_id": "AgACfake1", "file_unique_id": "AQADfake1", "width": 90, "height": 67, "file_size": 1204},
		map[string]any{"file_id": "AgACfake2", "file_unique_id": "AQADfake2", "width": 800, "height": 600, "file_size": 64021},
	})
}

// SendsVoice sends a voice note.
func (p *Person) SendsVoice() int64 {
	return p.sends("", "voice", map[string]any{"file_id": "AwACfake", "file_unique_id": "AgADfake", "duration": 4, "mime_type": "audio/ogg"})
}

func (p *Person) sends(caption, kind string, content any) int64 {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	c := p.s.chats[p.at]
	m := p.message(c)
	m[kind] = content
	if caption != "" {
		m["caption"] = caption
	}
	if c.kind != "private" {
		return 0
	}
	return p.s.enqueue("message", m, day)
}

// Presses taps the newest button with this label where the person is. It is an
// error when there is none.
func (p *Person) Presses(label string) error {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[p.at]
	for _, m := range slices.Backward(c.messages) {
		for _, row := range m.Buttons {
			for _, b := range row {
				if b.Text == label {
					s.press(p, c, m, b.Data)
					return nil
				}
			}
		}
	}
	return fmt.Errorf("no message in chat %d has a button %q", p.at, label)
}

// Forges sends a press with data of the person's own making, as a changed app
// can, on the bot's newest message there.
func (p *Person) Forges(data string) error {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.chats[p.at]
	if len(c.messages) == 0 {
		return fmt.Errorf("the bot has no message in chat %d", p.at)
	}
	s.press(p, c, c.messages[len(c.messages)-1], data)
	return nil
}

func (s *Server) press(p *Person, c *chat, m *Message, data string) {
	s.ids++
	id := fmt.Sprintf("43%017d", s.ids)
	s.presses[id] = &pressed{until: s.now().Add(pressLives)}
	s.enqueue("callback_query", map[string]any{
		"id": id, "from": p.show(), "message": s.show(c, m), "chat_instance": "-5555", "data": data,
	}, pressLives)
}

// Blocks blocks the bot.
func (p *Person) Blocks() {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.s.member(p, p.s.chats[p.ID], "member", "kicked", "bot was blocked by the user")
}

// Unblocks takes a block back.
func (p *Person) Unblocks() {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.s.member(p, p.s.chats[p.ID], "kicked", "member", "")
}

// Deletes deletes the person's account, of which a bot is not told.
func (p *Person) Deletes() {
	p.s.mu.Lock()
	defer p.s.mu.Unlock()
	p.s.chats[p.ID].why = "user is deactivated"
}

// member changes what the bot is in a chat.
func (s *Server) member(by *Person, c *chat, old, now, why string) {
	c.why = why
	me, _ := s.getMe(nil)
	s.enqueue("my_chat_member", map[string]any{
		"chat": c.show(), "from": by.show(), "date": s.now().Unix(),
		"old_chat_member": map[string]any{"user": me, "status": old},
		"new_chat_member": map[string]any{"user": me, "status": now, "until_date": 0},
	}, day)
}
