package telegramfake

import (
	"fmt"
	"strings"
	"time"
)

// Fault is one way in which a request goes wrong. The zero value is none.
type Fault struct {
	// Drop breaks the connection instead of doing anything.
	Drop bool
	// Lose does what was asked and then breaks the connection.
	Lose bool
	// Delay does what was asked and answers that much later.
	Delay time.Duration
	// Code is the status of a refusal, with Text as Telegram's description, or
	// with Page as a proxy's page of HTML.
	Code int
	Text string
	Page string
	// RetryAfter is in seconds.
	RetryAfter int
	// MovedTo is the new id of the chat.
	MovedTo int64
}

// TooMany refuses with 429.
func TooMany(seconds int) Fault {
	return Fault{Code: 429, Text: fmt.Sprintf("Too Many Requests: retry after %d", seconds), RetryAfter: seconds}
}

// ServerError refuses with 500 as a server that is being restarted does.
func ServerError() Fault { return Fault{Code: 500, Text: "Internal Server Error: restart"} }

// BadGateway answers as the proxy in front of the server does.
func BadGateway() Fault {
	return Fault{Code: 502, Page: "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body>\r\n</html>\r\n"}
}

// Fail makes the next requests of a method go wrong, one fault each.
func (s *Server) Fail(method string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := strings.ToLower(method)
	s.faults[m] = append(s.faults[m], faults...)
}

// Repeat delivers every update that was confirmed so far n times more, with
// the same ids, as happens when a confirmation is lost.
func (s *Server) Repeat(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for range n {
		if len(s.line.past) == 0 {
			return
		}
		s.line.again = append(s.line.again, append([]queued(nil), s.line.past...))
	}
	s.line.wakeAll()
}

// JumpTo makes the next update have this id, also a lower one, as happens after
// a week without updates. It is false while updates wait.
func (s *Server) JumpTo(id int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.line.queue) > 0 {
		return false
	}
	s.line.next = id
	return true
}

// Inject queues an update as it is given, under the next id. Kind is the name
// of its field, such as "message"; payload anything that becomes JSON.
func (s *Server) Inject(kind string, payload any) int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.enqueue(kind, payload, day)
}
