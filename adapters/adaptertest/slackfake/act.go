package slackfake

import (
	"encoding/json"
	"slices"
	"strings"
)

// typed escapes what a person types: Slack escapes all three signs.
var typed = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// typing is how Slack sends what a person types.
func typing(words string) string { return named(typed.Replace(words)) }

// Presses taps the newest button with this label in the person's private chat.
func (p *Person) Presses(label string) (*Delivery, error) { return p.PressesIn(p.door, label) }

// PressesIn taps the newest button with this label in a channel.
func (p *Person) PressesIn(channel, label string) (*Delivery, error) {
	payload, err := p.press(channel, label)
	if err != nil {
		return nil, err
	}
	return p.s.Deliver("interactive", payload), nil
}

func (p *Person) press(channel, label string) (json.RawMessage, error) {
	s := p.s
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.rooms[channel]
	if r == nil {
		return nil, errNobody
	}
	for _, m := range slices.Backward(r.posts) {
		for _, b := range m.layout() {
			for _, e := range b.Elements {
				if b.Type == "actions" && unescape(e.text()) == label {
					return json.Marshal(p.pressed(r, m, b, e))
				}
			}
		}
	}
	return nil, errNobody
}

// pressed is the payload of a press. The lock is held.
func (p *Person) pressed(r *room, m *post, b block, e element) map[string]any {
	s := p.s
	name := "made-up"
	if r.person != nil {
		name = "directmessage"
	}
	return map[string]any{
		"type": "block_actions", "api_app_id": AppID, "token": "deprecated",
		"trigger_id":   s.id("1700000000.") + ".trigger",
		"team":         map[string]any{"id": s.cfg.Team, "domain": "made-up"},
		"user":         map[string]any{"id": p.id, "username": "made-up", "name": "made-up", "team_id": p.team},
		"channel":      map[string]any{"id": r.id, "name": name},
		"container":    map[string]any{"type": "message", "message_ts": m.TS, "channel_id": r.id, "is_ephemeral": false},
		"message":      m,
		"state":        map[string]any{"values": map[string]any{}},
		"response_url": "http://" + s.addr + "/response/" + s.id("r"),
		"actions": []any{map[string]any{
			"type": "button", "block_id": b.BlockID, "action_id": e.ActionID, "value": e.Value,
			"text": e.object(), "action_ts": s.stamp(),
		}},
	}
}

// Slash types a command, such as "/onestep" and "help", in the private chat.
func (p *Person) Slash(command, words string) *Delivery { return p.SlashIn(p.door, command, words) }

// SlashIn types a command in a channel.
func (p *Person) SlashIn(channel, command, words string) *Delivery {
	s := p.s
	s.mu.Lock()
	name := "made-up"
	if strings.HasPrefix(channel, "D") {
		name = "directmessage"
	}
	payload, err := json.Marshal(map[string]any{
		"token": "deprecated", "team_id": p.team, "team_domain": "made-up", "channel_id": channel, "channel_name": name,
		"user_id": p.id, "user_name": "made-up", "command": command, "text": words, "api_app_id": AppID,
		"is_enterprise_install": "false", "trigger_id": s.id("1700000001.") + ".trigger",
		"response_url": "http://" + s.addr + "/response/" + s.id("r"),
	})
	granted := s.granted("commands")
	s.mu.Unlock()
	if err != nil {
		panic(err) // a map of plain values
	}
	if !granted {
		d := &Delivery{s: s, lost: true, over: make(chan struct{})}
		close(d.over)
		return d
	}
	return s.Deliver("slash_commands", payload)
}

// echo tells the app of its own message, as Slack does in private chats. The
// lock is held now, and not when the returned function runs.
func (s *Slack) echo(r *room, now, was *post) func() {
	if r.person == nil || !slices.Contains(s.cfg.Events, "message.im") {
		return nil
	}
	event := map[string]any{
		"type": "message", "user": BotUser, "bot_id": BotID, "app_id": AppID, "team": s.cfg.Team, "text": now.Text,
		"blocks": now.Blocks, "ts": now.TS, "event_ts": now.TS, "channel": r.id, "channel_type": "im",
	}
	if was != nil {
		event = map[string]any{
			"type": "message", "subtype": "message_changed", "hidden": true, "channel": r.id, "channel_type": "im",
			"ts": now.Edited.TS, "event_ts": now.Edited.TS, "message": now, "previous_message": was,
		}
	}
	return func() {
		s.begin(&Delivery{s: s, kind: "events_api", payload: s.wrap(event, false), echo: true, over: make(chan struct{})})
	}
}
