package slackfake

import (
	"encoding/json"
	"net/http"
	"strings"
)

// reply is the answer of a method, without "ok".
type reply map[string]any

// no is a refusal with Slack's error code.
func no(code string, hints ...string) reply {
	r := reply{"error": code}
	if len(hints) > 0 {
		r["response_metadata"] = map[string]any{"messages": hints}
	}
	return r
}

// method is one Web API method; the lock is held while it runs. echo is what
// the workspace tells its apps afterwards.
type method struct {
	scope string
	app   bool // takes the app token, in the header only
	do    func(s *Slack, r *http.Request) (answer reply, echo func())
}

var methods = map[string]method{
	"auth.test":             {do: (*Slack).authTest},
	"apps.connections.open": {app: true, do: (*Slack).openConnection},
	"chat.postMessage":      {scope: "chat:write", do: (*Slack).postMessage},
	"chat.update":           {scope: "chat:write", do: (*Slack).updateMessage},
	"conversations.open":    {scope: "im:write", do: (*Slack).openConversation},
	"conversations.history": {do: (*Slack).history},
	"users.info":            {scope: "users:read", do: (*Slack).userInfo},
}

// api answers one Web API call.
func (s *Slack) api(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("method")
	r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
	if err := r.ParseForm(); err != nil {
		answer(w, map[string]any{"ok": false, "error": "request_timeout"})
		return
	}
	s.mu.Lock()
	s.calls[name]++
	f, fast := s.limit(name, r.Form.Get("channel"))
	if !fast {
		f = s.fault(name, r)
	}
	s.mu.Unlock()
	if f.before(w) {
		return
	}
	out, echo := s.call(name, r)
	if echo != nil {
		echo()
	}
	if out["error"] == nil && f.after(w, r) {
		s.unheard(name, out)
		return
	}
	out["ok"] = out["error"] == nil
	if answer(w, out) != nil || r.Context().Err() != nil {
		s.unheard(name, out)
	}
}

// call checks who calls and does what they ask.
func (s *Slack) call(name string, r *http.Request) (reply, func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := methods[name]
	if !ok {
		return no("unknown_method"), nil
	}
	if code := s.auth(m, r); code != "" {
		return no(code), nil
	}
	if m.scope != "" && !s.granted(m.scope) {
		out := no("missing_scope")
		out["needed"], out["provided"] = m.scope, strings.Join(s.cfg.Scopes, ",")
		return out, nil
	}
	return m.do(s, r)
}

// auth judges the token, which travels in the header or in the form.
func (s *Slack) auth(m method, r *http.Request) string {
	token, inHeader := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !inHeader && !m.app {
		token = r.PostForm.Get("token")
	}
	want, other := s.cfg.BotToken, s.cfg.AppToken
	if m.app {
		want, other = other, want
	}
	switch {
	case token == "":
		return "not_authed"
	case token == other:
		return "not_allowed_token_type"
	case token != want:
		return "invalid_auth"
	case s.revoked:
		return "token_revoked"
	}
	return ""
}

func answer(w http.ResponseWriter, v map[string]any) error {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	return json.NewEncoder(w).Encode(v)
}
