// Package telegramfake is a small Telegram on loopback: the Bot API server as
// far as onestep uses it, and made-up people who write to the bot. It checks
// what the real server checks, keeps updates until they are confirmed, and
// fails on demand. The bot under test may be another process; only the people
// and the faults are played from the test.
//
// Its behaviour follows github.com/tdlib/telegram-bot-api (here: BAS). What it
// does not know it refuses, rather than pretend.
package telegramfake

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"mime"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Config is what a test may choose. The zero value is good.
type Config struct {
	// Token is the bot's; empty: a made-up one.
	Token string
	// Username is the bot's name; empty: OnestepTestBot.
	Username string
	// Now is the clock of dates and expiries; nil: time.Now.
	Now func() time.Time
	// Spacing is by how much the server spaces polls with the same offset and
	// answers of conflict; 0: the real 3 s.
	Spacing time.Duration
}

// Server is one Telegram with one bot. Its methods are safe for concurrent use.
type Server struct {
	URL      string // such as http://127.0.0.1:9001; the methods are under /bot<token>/
	Token    string
	Username string
	BotID    int64

	now     func() time.Time
	spacing time.Duration
	address string

	mu       sync.Mutex
	http     *http.Server // nil during an outage
	revoked  bool
	webhook  string
	hook     *hook // nil: nothing is sent there
	handed   []Handed
	calls    []Call
	faults   map[string][]Fault // by method in small letters
	weather  func(method string, params map[string]string) Fault
	chats    map[int64]*chat
	people   map[int64]*Person
	presses  map[string]*pressed
	commands json.RawMessage
	limiter  *limiter // nil: no limits
	ids      int64    // of messages and presses
	line     line
}

// Call is one request that carried the right token, whatever became of it.
type Call struct {
	Method string // in small letters
	Params map[string]string
	At     time.Time
}

// Start opens a server on a free port of loopback.
func Start(c Config) (*Server, error) {
	if c.Token == "" {
		c.Token = "7000000001:AAF-made-up-token-for-tests_only-000"
	}
	if c.Username == "" {
		c.Username = "OnestepTestBot"
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Spacing == 0 {
		c.Spacing = 3 * time.Second
	}
	id, err := strconv.ParseInt(strings.Split(c.Token, ":")[0], 10, 64)
	if err != nil {
		return nil, errors.New("a token begins with the bot's id and a colon")
	}
	s := &Server{
		Token: c.Token, Username: c.Username, BotID: id,
		now: c.Now, spacing: c.Spacing, address: "127.0.0.1:0",
		faults: map[string][]Fault{}, chats: map[int64]*chat{}, people: map[int64]*Person{}, presses: map[string]*pressed{},
	}
	s.line.init()
	if err := s.open(); err != nil {
		return nil, err
	}
	s.URL = "http://" + s.address
	return s, nil
}

func (s *Server) open() error {
	l, err := net.Listen("tcp", s.address)
	if err != nil {
		return err
	}
	s.address = l.Addr().String()
	h := &http.Server{Handler: http.HandlerFunc(s.serve), ErrorLog: log.New(io.Discard, "", 0)}
	s.mu.Lock()
	s.http = h
	s.hand()
	s.mu.Unlock()
	go h.Serve(l)
	return nil
}

// Close ends the server and cuts every connection.
func (s *Server) Close() {
	s.mu.Lock()
	h := s.http
	s.http = nil
	s.unhook()
	s.mu.Unlock()
	if h != nil {
		h.Close()
	}
}

// Outage refuses connections while down is true, and cuts those that stand.
func (s *Server) Outage(down bool) error {
	if down {
		s.Close()
		return nil
	}
	// Somebody may hold the port for a moment.
	var err error
	for range 50 {
		if err = s.open(); err == nil {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}

// Revoke makes the token invalid for good, as @BotFather does.
func (s *Server) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = true
	s.unhook()
	s.line.wakeAll()
}

// SetWebhook makes the server send updates elsewhere, so that getUpdates is
// refused; the updates wait. deleteWebhook ends that.
func (s *Server) SetWebhook(url string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unhook()
	s.webhook, s.hook = url, nil
	s.line.wakeAll()
}

// Calls lists the requests of one method, oldest first; an empty method means
// all.
func (s *Server) Calls(method string) []Call {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Call
	for _, c := range s.calls {
		if method == "" || strings.EqualFold(c.Method, method) {
			c.Params = maps.Clone(c.Params)
			out = append(out, c)
		}
	}
	return out
}

// refusal is an answer that is not ok.
type refusal struct {
	code       int
	text       string
	retryAfter int
	movedTo    int64
}

func bad(text string) *refusal       { return &refusal{code: 400, text: "Bad Request: " + text} }
func forbidden(text string) *refusal { return &refusal{code: 403, text: "Forbidden: " + text} }

func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	rest, ok := strings.CutPrefix(r.URL.Path, "/bot")
	token, method, ok2 := strings.Cut(rest, "/")
	method = strings.ToLower(method)
	params, err := parameters(r)
	s.mu.Lock()
	revoked := s.revoked
	var fault Fault
	if ok && ok2 && token == s.Token {
		s.calls = append(s.calls, Call{method, params, s.now()})
		if q := s.faults[method]; len(q) > 0 {
			fault, s.faults[method] = q[0], q[1:]
		} else if s.weather != nil {
			fault = s.weather(method, params)
		}
	}
	s.mu.Unlock()
	switch {
	case !ok || !ok2 || !strings.Contains(token, ":"):
		refuse(w, &refusal{code: 404, text: "Not Found"})
	case token != s.Token || revoked:
		refuse(w, &refusal{code: 401, text: "Unauthorized"})
	case err != nil:
		refuse(w, bad(err.Error()))
	case fault.Drop:
		cutOff(w)
	case fault.Page != "":
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(fault.Code)
		io.WriteString(w, fault.Page)
	case fault.Code != 0:
		refuse(w, &refusal{code: fault.Code, text: fault.Text, retryAfter: fault.RetryAfter, movedTo: fault.MovedTo})
	default:
		result, no := s.do(r.Context(), method, params)
		if fault.Lose {
			s.unheard(result)
			cutOff(w)
			return
		}
		select {
		case <-time.After(fault.Delay):
		case <-r.Context().Done():
			s.unheard(result)
			return
		}
		if no != nil {
			refuse(w, no)
			return
		}
		if reply(w, 200, map[string]any{"ok": true, "result": result}) != nil || r.Context().Err() != nil {
			s.unheard(result)
		}
	}
}

func (s *Server) do(ctx context.Context, method string, p map[string]string) (any, *refusal) {
	if method == "getupdates" {
		return s.getUpdates(ctx, p)
	}
	do, ok := map[string]func(map[string]string) (any, *refusal){
		"getme":                  s.getMe,
		"setwebhook":             s.setWebhook,
		"getwebhookinfo":         s.getWebhookInfo,
		"deletewebhook":          s.deleteWebhook,
		"sendmessage":            s.sendMessage,
		"editmessagetext":        s.editMessageText,
		"editmessagereplymarkup": s.editMessageReplyMarkup,
		"answercallbackquery":    s.answerCallbackQuery,
		"setmycommands":          s.setMyCommands,
		"sendchataction":         s.sendChatAction,
	}[method]
	if !ok {
		return nil, &refusal{code: 404, text: "Not Found: method not found"}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.limiter != nil && (method == "sendmessage" || method == "editmessagetext") {
		if no := s.limiter.check(number(p["chat_id"]), s.now()); no != nil {
			return nil, no
		}
	}
	return do(p)
}

func (s *Server) getMe(map[string]string) (any, *refusal) {
	return map[string]any{
		"id": s.BotID, "is_bot": true, "first_name": "Onestep test", "username": s.Username,
		"can_join_groups": true, "can_read_all_group_messages": false, "supports_inline_queries": false,
	}, nil
}

func (s *Server) deleteWebhook(p map[string]string) (any, *refusal) {
	s.unhook()
	s.webhook, s.hook = "", nil
	if truth(p["drop_pending_updates"]) {
		s.line.queue = nil
	}
	return true, nil
}

// parameters reads a request as BAS does: from the address, a form or JSON.
func parameters(r *http.Request) (map[string]string, error) {
	out := map[string]string{}
	for k, v := range r.URL.Query() {
		out[k] = v[0]
	}
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	switch kind {
	case "application/json":
		var body map[string]any
		d := json.NewDecoder(r.Body)
		d.UseNumber()
		if err := d.Decode(&body); err != nil {
			return nil, errors.New("can't parse request JSON object")
		}
		for k, v := range body {
			if text, ok := v.(string); ok {
				out[k] = text
			} else {
				b, _ := json.Marshal(v)
				out[k] = string(b)
			}
		}
	case "multipart/form-data":
		if err := r.ParseMultipartForm(1 << 20); err != nil {
			return nil, errors.New("can't parse the form")
		}
	default:
		if err := r.ParseForm(); err != nil {
			return nil, errors.New("can't parse the form")
		}
	}
	for k, v := range r.PostForm {
		out[k] = v[0]
	}
	return out, nil
}

func reply(w http.ResponseWriter, status int, body any) error {
	b, err := json.Marshal(body)
	if err != nil {
		panic(fmt.Sprintf("telegramfake: an answer cannot be written: %v", err))
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, err = w.Write(b)
	return err
}

func refuse(w http.ResponseWriter, no *refusal) {
	body := map[string]any{"ok": false, "error_code": no.code, "description": no.text}
	more := map[string]any{}
	if no.retryAfter != 0 {
		more["retry_after"] = no.retryAfter
		w.Header().Set("Retry-After", strconv.Itoa(no.retryAfter))
	}
	if no.movedTo != 0 {
		more["migrate_to_chat_id"] = no.movedTo
	}
	if len(more) > 0 {
		body["parameters"] = more
	}
	reply(w, no.code, body)
}

// cutOff breaks the connection without an answer.
func cutOff(w http.ResponseWriter) {
	if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
		c.Close()
	}
}

func truth(s string) bool { return slices.Contains([]string{"true", "True", "1", "yes"}, s) }

func number(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}
