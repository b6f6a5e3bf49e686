package telegramfake

// Group is a chat of several people.
type Group struct {
	ID    int64
	Title string

	s *Server
}

// supergroups have ids below this.
const supergroups = -1_000_000_000_000

// Group makes a group to which by adds the bot. An id above -1000000000000 is
// a basic group, one below a supergroup; with topics it is a forum.
func (s *Server) Group(id int64, title string, by *Person, topics ...int64) *Group {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := &Group{ID: id, Title: title, s: s}
	c := &chat{id: id, kind: "group", title: title, topics: topics, forum: len(topics) > 0}
	if id < supergroups {
		c.kind = "supergroup"
	}
	s.chats[id] = c
	s.member(by, c, "left", "member", "")
	return g
}

// Removes takes the bot out of the group.
func (g *Group) Removes(by *Person) {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	c := g.s.chats[g.ID]
	g.s.member(by, c, "member", "kicked", "bot was kicked from the "+c.kind+" chat")
}

// Migrates makes a basic group a supergroup: both chats tell it with a service
// message, and messages to the old id are refused with the new one.
func (g *Group) Migrates(by *Person) *Group {
	s := g.s
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.chats[g.ID]
	fresh := &chat{id: supergroups + g.ID, kind: "supergroup", title: g.Title}
	s.chats[fresh.id] = fresh
	old.movedTo = fresh.id
	from := by.In(g).message(old)
	from["migrate_to_chat_id"] = fresh.id
	s.enqueue("message", from, day)
	to := map[string]any{
		"message_id": int64(1), "date": s.now().Unix(), "chat": fresh.show(), "migrate_from_chat_id": old.id,
		"from":        map[string]any{"id": 1087968824, "is_bot": true, "first_name": "Group", "username": "GroupAnonymousBot"},
		"sender_chat": fresh.show(),
	}
	s.enqueue("message", to, day)
	return &Group{ID: fresh.id, Title: g.Title, s: s}
}
