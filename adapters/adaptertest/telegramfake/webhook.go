package telegramfake

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"time"
)

// webhookPatience is how long the server waits for an answer (BAS
// WebhookActor.cpp, create_connection).
const webhookPatience = 60 * time.Second

// hook is where updates are sent, since setWebhook.
type hook struct {
	url, secret string
	most        int // connections at once
	stop        context.CancelFunc
	busy        map[string]bool // queues with an update under way, or waiting for its next try
	failed      int64           // when it last could not hand one over, in seconds
	why         string
}

// Handed is one attempt to hand an update over to the webhook.
type Handed struct {
	Update int64
	Status int // 0: no answer
	Took   time.Duration
}

var secretShape = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)

// setWebhook as BAS process_set_webhook_query, but that plain HTTP and any port
// are good, as on a server of one's own.
func (s *Server) setWebhook(p map[string]string) (any, *refusal) {
	if p["url"] == "" {
		return s.deleteWebhook(p)
	}
	u, err := url.Parse(p["url"])
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, bad("bad webhook: invalid URL")
	}
	if secret, given := p["secret_token"]; given && !secretShape.MatchString(secret) {
		return nil, bad("secret token contains unallowed characters")
	}
	if no := s.setAllowed(p["allowed_updates"]); no != nil {
		return nil, no
	}
	most := int(number(p["max_connections"]))
	if most < 1 || most > 100 {
		most = 40
	}
	s.unhook()
	s.webhook = p["url"]
	s.hook = &hook{url: p["url"], secret: p["secret_token"], most: most}
	if truth(p["drop_pending_updates"]) {
		s.line.queue = nil
	}
	s.hand()
	s.line.wakeAll()
	return true, nil
}

func (s *Server) getWebhookInfo(map[string]string) (any, *refusal) {
	info := map[string]any{"url": s.webhook, "has_custom_certificate": false, "pending_update_count": len(s.line.queue)}
	if h := s.hook; h != nil {
		info["max_connections"] = h.most
		if h.failed != 0 {
			info["last_error_date"], info["last_error_message"] = h.failed, h.why
		}
	}
	if !slices.Equal(s.line.allowed, standard) {
		info["allowed_updates"] = s.line.allowed
	}
	return info, nil
}

// unhook ends the sending of updates. The lock is held.
func (s *Server) unhook() {
	if s.hook != nil && s.hook.stop != nil {
		s.hook.stop()
		s.hook.stop = nil
	}
}

// hand begins to send updates to the webhook, if there is one. The lock is held.
func (s *Server) hand() {
	if s.hook == nil || s.revoked {
		return
	}
	ctx, stop := context.WithCancel(context.Background())
	s.hook.stop, s.hook.busy = stop, map[string]bool{}
	go s.courier(ctx, s.hook)
}

// courier sends the first update of each queue, and the next of that queue when
// it was taken.
func (s *Server) courier(ctx context.Context, h *hook) {
	client := &http.Client{Timeout: webhookPatience, Transport: &http.Transport{MaxIdleConnsPerHost: h.most}}
	defer client.CloseIdleConnections()
	for {
		s.mu.Lock()
		for _, batch := range s.line.again {
			for _, q := range batch {
				q.repeat = true
				s.line.queue = append(s.line.queue, q)
			}
		}
		s.line.again = nil
		s.expire()
		for _, q := range s.line.queue {
			if key := q.key(); !h.busy[key] && len(h.busy) < h.most {
				h.busy[key] = true
				go s.bring(ctx, h, client, key, q)
			}
		}
		wake := s.line.wake
		s.mu.Unlock()
		select {
		case <-wake:
		case <-ctx.Done():
			return
		}
	}
}

// bring tries until the update is taken, expired, or the webhook has changed
// (BAS WebhookActor.cpp, on_update_error).
func (s *Server) bring(ctx context.Context, h *hook, client *http.Client, key string, q queued) {
	second := s.spacing / 3 // as fast as the other waits of this server
	delay, taken := second, false
	for fails := 0; ; fails++ {
		status, after := s.post(ctx, h, client, q)
		if ctx.Err() != nil {
			return
		}
		if taken = status/100 == 2; taken {
			break
		}
		wait := time.Duration(after) * second
		if after == 0 && fails > 0 {
			delay = min(delay*2, 60*second)
			wait = delay
		}
		s.mu.Lock()
		h.failed, h.why = s.now().Unix(), fmt.Sprintf("Wrong response from the webhook: %d %s", status, http.StatusText(status))
		expired := s.now().Add(wait).After(q.until)
		s.mu.Unlock()
		if expired {
			break
		}
		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if i := slices.IndexFunc(s.line.queue, func(o queued) bool { return o.id == q.id && o.repeat == q.repeat }); i >= 0 {
		s.line.queue = slices.Delete(s.line.queue, i, i+1)
	}
	if taken && !q.repeat {
		s.line.past = append(s.line.past, q)
	}
	delete(h.busy, key)
	s.line.wakeAll()
}

// post makes one attempt; status 0 means that no answer came.
func (s *Server) post(ctx context.Context, h *hook, client *http.Client, q queued) (status, after int) {
	began := time.Now()
	defer func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.handed = append(s.handed, Handed{q.id, status, time.Since(began)})
	}()
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, h.url, bytes.NewReader(q.body))
	if err != nil {
		return 0, 0
	}
	r.Header.Set("Content-Type", "application/json")
	if h.secret != "" {
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", h.secret)
	}
	resp, err := client.Do(r)
	if err != nil {
		return 0, 0
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	after, _ = strconv.Atoi(resp.Header.Get("Retry-After"))
	return resp.StatusCode, min(max(after, 0), 3600)
}

// key is the queue of an update: one for the messages of a chat, one for the
// presses of a person (BAS Client.cpp, add_new_message and add_new_callback_query).
func (q queued) key() string {
	var u map[string]json.RawMessage
	var v struct {
		Chat struct {
			ID int64 `json:"id"`
		} `json:"chat"`
		From struct {
			ID int64 `json:"id"`
		} `json:"from"`
	}
	_ = json.Unmarshal(q.body, &u)
	for kind, payload := range u {
		if kind == "update_id" {
			continue
		}
		_ = json.Unmarshal(payload, &v)
		if kind == "callback_query" {
			return fmt.Sprint("presses of ", v.From.ID)
		}
	}
	return fmt.Sprint("messages of ", v.Chat.ID)
}

// Handed lists the attempts to hand updates over to the webhook, oldest first.
func (s *Server) Handed() []Handed {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.handed)
}
