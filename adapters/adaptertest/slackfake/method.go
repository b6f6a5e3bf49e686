package slackfake

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
)

func (s *Slack) authTest(*http.Request) (reply, func()) {
	return reply{
		"url": "https://made-up.slack.com/", "team": "Made-up", "team_id": s.cfg.Team,
		"user": "onestep", "user_id": BotUser, "bot_id": BotID, "is_enterprise_install": false,
	}, nil
}

// openConnection gives an address that opens one socket, once.
func (s *Slack) openConnection(*http.Request) (reply, func()) {
	ticket := s.id("ticket")
	s.tickets[ticket] = true
	return reply{"url": "ws://" + s.addr + "/link?ticket=" + ticket + "&app_id=" + AppID}, nil
}

func (s *Slack) openConversation(r *http.Request) (reply, func()) {
	p, ok := s.people[r.Form.Get("users")]
	switch {
	case !ok:
		return no("user_not_found"), nil
	case p.gone:
		return no("user_disabled"), nil
	case p.team != s.cfg.Team:
		return no("invalid_user_combination"), nil
	}
	return reply{"channel": map[string]any{"id": p.door, "is_im": true, "user": p.id}}, nil
}

// target is the room that a call names, or the error code.
func (s *Slack) target(id string) (*room, string) {
	r := s.find(id)
	switch {
	case r == nil:
		return nil, "channel_not_found"
	case r.person != nil && r.person.gone:
		return nil, "user_disabled"
	case r.archived:
		return nil, "is_archived"
	case r.person == nil && !r.member:
		return nil, "not_in_channel"
	}
	return r, ""
}

const (
	maxPostText   = 40000
	maxUpdateText = 4000
	maxMetadata   = 16384
)

func (s *Slack) postMessage(r *http.Request) (reply, func()) {
	to, code := s.target(r.Form.Get("channel"))
	if code != "" {
		return no(code), nil
	}
	p := &post{TS: s.stamp(), User: BotUser, BotID: BotID, at: s.cfg.Now()}
	if bad := s.fill(p, r, maxPostText); bad != nil {
		return bad, nil
	}
	to.posts = append(to.posts, p)
	out := reply{"channel": to.id, "ts": p.TS, "message": p}
	return out, s.echo(to, p, nil)
}

func (s *Slack) updateMessage(r *http.Request) (reply, func()) {
	id := r.Form.Get("channel")
	if id == "" || id[0] == 'U' { // unlike posting, updating knows no people
		return no("channel_not_found"), nil
	}
	to, code := s.target(id)
	if code != "" {
		return no(code), nil
	}
	i := slices.IndexFunc(to.posts, func(p *post) bool { return p.TS == r.Form.Get("ts") })
	if i < 0 {
		return no("message_not_found"), nil
	}
	if to.posts[i].BotID == "" {
		return no("cant_update_message"), nil
	}
	was, now := to.posts[i], *to.posts[i]
	if bad := s.fill(&now, r, maxUpdateText); bad != nil {
		return bad, nil
	}
	now.Edited = &edited{User: BotID, TS: s.stamp()}
	to.posts[i] = &now
	return reply{"channel": to.id, "ts": now.TS, "text": now.Text}, s.echo(to, &now, was)
}

// fill puts what a call says into a post. What it does not say stays.
func (s *Slack) fill(p *post, r *http.Request, limit int) reply {
	f := r.PostForm
	if f.Get("text") == "" && f.Get("blocks") == "" {
		return no("no_text")
	}
	if length(f.Get("text")) > limit {
		return no("msg_too_long")
	}
	p.Text = store(f.Get("text"))
	if f.Has("blocks") {
		blocks, code, why := s.readBlocks(f.Get("blocks"))
		if code != "" {
			return no(code, why)
		}
		p.Blocks = blocks
	}
	if raw := f.Get("metadata"); raw != "" {
		var m struct {
			Type    string         `json:"event_type"`
			Payload map[string]any `json:"event_payload"`
		}
		switch {
		case len(raw) > maxMetadata:
			return no("metadata_too_large")
		case json.Unmarshal([]byte(raw), &m) != nil:
			return no("invalid_metadata_format")
		case m.Type == "" || m.Payload == nil:
			return no("invalid_metadata_schema")
		}
		p.Metadata = json.RawMessage(raw)
	}
	return nil
}

func (s *Slack) history(r *http.Request) (reply, func()) {
	in, code := s.target(r.Form.Get("channel"))
	if code != "" {
		return no(code), nil
	}
	scope := "im:history"
	if in.person == nil {
		scope = "channels:history"
	}
	if !s.granted(scope) {
		return no("missing_scope"), nil
	}
	limit, _ := strconv.Atoi(r.Form.Get("limit"))
	if limit <= 0 || limit > 999 {
		limit = 100
	}
	skip, _ := strconv.Atoi(r.Form.Get("cursor"))
	var page []post
	more := false
	for i := len(in.posts) - 1 - skip; i >= 0; i-- {
		if len(page) == limit {
			more = true
			break
		}
		p := *in.posts[i]
		if r.Form.Get("include_all_metadata") != "1" {
			p.Metadata = nil
		}
		page = append(page, p)
	}
	out := reply{"messages": page, "has_more": more}
	if more {
		out["response_metadata"] = map[string]any{"next_cursor": strconv.Itoa(skip + len(page))}
	}
	return out, nil
}

func (s *Slack) userInfo(r *http.Request) (reply, func()) {
	p, ok := s.people[r.Form.Get("user")]
	if !ok {
		return no("user_not_found"), nil
	}
	return reply{"user": p.profile()}, nil
}
