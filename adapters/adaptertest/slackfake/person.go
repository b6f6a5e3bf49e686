package slackfake

import (
	"encoding/json"
	"slices"
)

// Person is somebody with a private chat with the app. People are made up.
type Person struct {
	s    *Slack
	id   string
	team string
	door string // their private channel with the app
	zone string
	gone bool

	changed int // how often the profile was
}

// Person gives the person with this id (U...), who is made when new.
func (s *Slack) Person(id string) *Person { return s.person(id, s.cfg.Team) }

// External gives a person of another workspace, who shares a channel with ours.
func (s *Slack) External(id, team string) *Person { return s.person(id, team) }

func (s *Slack) person(id, team string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	p, ok := s.people[id]
	if !ok {
		p = &Person{s: s, id: id, team: team, door: "D" + id, zone: "Europe/London"}
		s.people[id] = p
		s.rooms[p.door] = &room{id: p.door, person: p, member: true}
	}
	return p
}

// ID is the person's user id.
func (p *Person) ID() string { return p.id }

// Messages lists what the bot has told this person.
func (p *Person) Messages() []Message { return p.s.Messages(p.id) }

// Writes sends words to the bot. Slack escapes them on the way.
func (p *Person) Writes(words string) *Delivery { return p.WritesRaw(typing(words), words) }

// WritesRaw sends text in Slack's own form, such as a link; words is how it
// stands in the rich text beside it.
func (p *Person) WritesRaw(text, words string) *Delivery {
	m := p.say(text, nil)
	m["blocks"] = richText(words)
	return p.event(m)
}

// WritesBroken sends words beside a block that libraries cannot read.
func (p *Person) WritesBroken(words string) *Delivery {
	m := p.say(typing(words), nil)
	m["blocks"] = []any{map[string]any{"type": "section", "text": "not an object"}}
	return p.event(m)
}

// SendsFile sends a picture with words under it.
func (p *Person) SendsFile(caption string) *Delivery {
	m := p.say(typing(caption), []file{{ID: "F1", Mimetype: "image/jpeg", Filetype: "jpg"}})
	m["subtype"], m["blocks"] = "file_share", richText(caption)
	return p.event(m)
}

// say keeps a message of the person's and gives the event that tells of it.
func (p *Person) say(text string, files []file) map[string]any {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	m := &post{TS: s.stamp(), User: p.id, Text: text, Files: files, at: s.cfg.Now()}
	r := s.rooms[p.door]
	r.posts = append(r.posts, m)
	out := map[string]any{
		"type": "message", "user": p.id, "ts": m.TS, "event_ts": m.TS, "text": m.Text, "team": p.team,
		"channel": r.id, "channel_type": "im", "client_msg_id": s.id("msg-"),
	}
	if files != nil {
		out["files"] = files
	}
	return p.from(out)
}

// from marks an event of a person of another workspace.
func (p *Person) from(event map[string]any) map[string]any {
	if p.team != p.s.cfg.Team {
		event["user_team"], event["source_team"] = p.team, p.team
	}
	return event
}

// Edits changes the words of the person's newest message.
func (p *Person) Edits(words string) (*Delivery, error) {
	s := p.s
	s.mu.Lock()
	r := s.rooms[p.door]
	i := -1
	for j, m := range r.posts {
		if m.User == p.id {
			i = j
		}
	}
	if i < 0 {
		s.mu.Unlock()
		return nil, errNobody
	}
	was := *r.posts[i]
	now := was
	now.Text, now.Edited = typing(words), &edited{User: p.id, TS: s.stamp()}
	r.posts[i] = &now
	version := p.version(&now)
	version["blocks"] = richText(words)
	event := p.from(map[string]any{
		"type": "message", "subtype": "message_changed", "hidden": true, "channel": r.id, "channel_type": "im",
		"ts": now.Edited.TS, "event_ts": now.Edited.TS,
		"message": version, "previous_message": p.version(&was),
	})
	s.mu.Unlock()
	return p.event(event), nil
}

func (p *Person) version(m *post) map[string]any {
	out := map[string]any{"type": "message", "user": p.id, "text": m.Text, "ts": m.TS, "team": p.team}
	if m.Edited != nil {
		out["edited"] = m.Edited
	}
	return out
}

// Moves sets another time zone in the person's profile.
func (p *Person) Moves(zone string) *Delivery {
	p.s.mu.Lock()
	p.zone = zone
	p.changed++
	p.s.mu.Unlock()
	return p.tell("user_change", map[string]any{"type": "user_change", "user": p.profile(), "event_ts": "1"})
}

// Leaves deactivates the person's account.
func (p *Person) Leaves() {
	p.s.mu.Lock()
	p.gone = true
	p.s.mu.Unlock()
}

// profile is what users.info tells.
func (p *Person) profile() map[string]any {
	return map[string]any{
		"id": p.id, "team_id": p.team, "name": "made-up", "deleted": p.gone, "is_bot": false,
		"is_stranger": p.team != p.s.cfg.Team, "tz": p.zone, "tz_label": "Made-up Time", "tz_offset": 0,
		"updated": 1_700_000_000 + 60*p.changed,
	}
}

// event tells the app of a message of the person's.
func (p *Person) event(m map[string]any) *Delivery { return p.tell("message.im", m) }

// tell sends an event, if the app has subscribed to it.
func (p *Person) tell(subscription string, event map[string]any) *Delivery {
	s := p.s
	d := &Delivery{s: s, kind: "events_api", over: make(chan struct{})}
	d.payload = s.wrap(event, p.team != s.cfg.Team)
	if !slices.Contains(s.cfg.Events, subscription) {
		d.lost = true
		close(d.over)
		return d
	}
	s.begin(d)
	return d
}

// wrap puts an event into the payload that carries it.
func (s *Slack) wrap(event map[string]any, external bool) json.RawMessage {
	s.mu.Lock()
	id := s.id("Ev")
	s.mu.Unlock()
	raw, err := json.Marshal(map[string]any{
		"token": "deprecated", "team_id": s.cfg.Team, "api_app_id": AppID, "type": "event_callback",
		"event_id": id, "event_time": s.cfg.Now().Unix(), "is_ext_shared_channel": external,
		"authorizations": []any{map[string]any{"team_id": s.cfg.Team, "user_id": BotUser, "is_bot": true}},
		"event":          event,
	})
	if err != nil {
		panic(err) // a map of plain values
	}
	return raw
}
