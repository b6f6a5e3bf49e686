package slackfake

import (
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// maxSockets is how many connections one app may hold.
const maxSockets = 10

// socket is one Socket Mode connection.
type socket struct {
	conn *websocket.Conn
	mu   sync.Mutex // gorilla allows one writer
	end  chan struct{}
	once sync.Once
}

func (c *socket) write(v any) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	_ = c.conn.SetWriteDeadline(time.Now().Add(5 * time.Second))
	return c.conn.WriteJSON(v)
}

func (c *socket) close() {
	c.once.Do(func() {
		close(c.end)
		_ = c.conn.Close()
	})
}

// link opens a socket with a ticket of apps.connections.open.
func (s *Slack) link(w http.ResponseWriter, r *http.Request) {
	ticket := r.URL.Query().Get("ticket")
	s.mu.Lock()
	ok := s.tickets[ticket]
	delete(s.tickets, ticket)
	s.mu.Unlock()
	if !ok {
		http.Error(w, "ticket unknown or used", http.StatusForbidden)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	conn, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	c := &socket{conn: conn, end: make(chan struct{})}
	s.mu.Lock()
	full := len(s.sockets) >= maxSockets
	if !full {
		s.sockets = append(s.sockets, c)
	}
	n := len(s.sockets)
	s.mu.Unlock()
	if full {
		_ = c.write(map[string]any{"type": "disconnect", "reason": "too_many_websockets"})
		c.close()
		return
	}
	defer s.unlink(c)
	if c.write(map[string]any{
		"type": "hello", "num_connections": n,
		"connection_info": map[string]any{"app_id": AppID},
		"debug_info":      map[string]any{"host": "applink-made-up", "build_number": 1, "approximate_connection_time": 18060},
	}) != nil {
		return
	}
	go s.ping(c)
	s.hear(c)
}

// hear reads acknowledgements until the connection breaks.
func (s *Slack) hear(c *socket) {
	for {
		_, frame, err := c.conn.ReadMessage()
		if err != nil {
			return
		}
		var ack struct {
			EnvelopeID string `json:"envelope_id"`
		}
		if json.Unmarshal(frame, &ack) == nil {
			s.acked(ack.EnvelopeID)
		}
	}
}

func (s *Slack) ping(c *socket) {
	for {
		c.mu.Lock()
		err := c.conn.WriteControl(websocket.PingMessage, []byte("Ping from made-up"), time.Now().Add(time.Second))
		c.mu.Unlock()
		if err != nil {
			return
		}
		select {
		case <-c.end:
			return
		case <-time.After(s.cfg.Ping):
		}
	}
}

// unlink forgets a socket; what it carried unacknowledged counts as failed.
func (s *Slack) unlink(c *socket) {
	c.close()
	s.mu.Lock()
	for i, other := range s.sockets {
		if other == c {
			s.sockets = append(s.sockets[:i:i], s.sockets[i+1:]...)
			break
		}
	}
	var orphans []*attempt
	for _, d := range s.open {
		for _, at := range d.attempts {
			if at.via == c && !at.over {
				orphans = append(orphans, at)
			}
		}
	}
	s.mu.Unlock()
	for _, at := range orphans {
		s.failed(at)
	}
}

// Connections counts the sockets that stand.
func (s *Slack) Connections() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.sockets)
}

// CutSockets breaks every socket without a word.
func (s *Slack) CutSockets() {
	for _, c := range s.standing() {
		c.close()
	}
}

// Refresh recycles one socket as Slack does every few hours: reason is
// "warning" (it is closed some seconds later) or "refresh_requested" (now).
func (s *Slack) Refresh(reason string) {
	all := s.standing()
	if len(all) == 0 {
		return
	}
	c := all[0]
	_ = c.write(map[string]any{"type": "disconnect", "reason": reason, "debug_info": map[string]any{"host": "applink-made-up"}})
	if reason != "warning" {
		c.close()
		return
	}
	s.after(10*time.Second, c.close)
}

func (s *Slack) standing() []*socket {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*socket(nil), s.sockets...)
}
