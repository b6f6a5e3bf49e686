package slackfake

import "encoding/json"

// The workspace's own record of what it was told and what it told, for checks of
// a whole run.

// Given is one thing that a person did, as it was told to the app.
type Given struct {
	// ID is what stays the same over all attempts: the event's id, or the
	// trigger's.
	ID       string
	Kind     string // events_api, interactive, slash_commands
	Event    string // of events_api: message, user_change...
	User     string
	Text     string // what was written
	Value    string // what a pressed button carried
	Acked    bool
	Lost     bool
	Attempts int
}

// Told lists what people did, oldest first, without the bot's own messages.
func (s *Slack) Told() []Given {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Given
	for _, d := range s.deliveries {
		if d.echo {
			continue
		}
		g := d.read()
		g.Acked, g.Lost, g.Attempts = d.acked, d.lost, len(d.attempts)
		out = append(out, g)
	}
	return out
}

// ID is what stays the same over all attempts: see Given.
func (d *Delivery) ID() string { return d.read().ID }

func (d *Delivery) read() Given {
	var p struct {
		EventID   string `json:"event_id"`
		TriggerID string `json:"trigger_id"`
		UserID    string `json:"user_id"`
		Text      string `json:"text"`
		Event     struct {
			Type    string          `json:"type"`
			User    json.RawMessage `json:"user"` // an object in user_change
			Text    string          `json:"text"`
			Message *struct {
				User string `json:"user"`
				Text string `json:"text"`
			} `json:"message"`
		} `json:"event"`
		User struct {
			ID string `json:"id"`
		} `json:"user"`
		Actions []struct {
			Value string `json:"value"`
		} `json:"actions"`
	}
	_ = json.Unmarshal(d.payload, &p) // it was written here
	g := Given{ID: p.EventID + p.TriggerID, Kind: d.kind, Event: p.Event.Type, User: p.UserID + p.User.ID, Text: p.Text + p.Event.Text}
	_ = json.Unmarshal(p.Event.User, &g.User)
	if m := p.Event.Message; m != nil {
		g.User, g.Text = m.User, m.Text
	}
	if len(p.Actions) > 0 {
		g.Value = p.Actions[0].Value
	}
	g.Text = unescape(g.Text)
	return g
}

// MessagesFrom lists what the bot has said in a chat without the first skip
// messages.
func (s *Slack) MessagesFrom(chat string, skip int) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.find(chat)
	if r == nil {
		return nil
	}
	var out []Message
	for _, p := range r.posts {
		if p.BotID == "" {
			continue
		}
		if skip--; skip < 0 {
			out = append(out, p.seen(r.id))
		}
	}
	return out
}

// RepeatLast delivers the last n acknowledged things once more.
func (s *Slack) RepeatLast(n int) {
	s.mu.Lock()
	var last []*Delivery
	for i := len(s.deliveries) - 1; i >= 0 && len(last) < n; i-- {
		if d := s.deliveries[i]; !d.echo && d.acked {
			last = append(last, d)
		}
	}
	s.mu.Unlock()
	for _, d := range last {
		d.Again()
	}
}

// unheard notes that the answer to a message did not reach the bot.
func (s *Slack) unheard(method string, answer reply) {
	if method != "chat.postMessage" {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if p, ok := answer["message"].(*post); ok {
		p.unheard = true
	}
}
