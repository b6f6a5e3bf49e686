package slackfake

import (
	"fmt"
	"net/http"
	"time"
)

// Fault is one way in which a call goes wrong: exactly one of the ways is set. The
// zero Fault lets a call pass, when a later one is meant.
type Fault struct {
	// Channel limits the fault to calls that name it; "" is any.
	Channel string

	Status     int           // answer with this HTTP status and a page of HTML
	RetryAfter int           // with Status 429: the header, in seconds
	Error      string        // answer 200, ok false and this code
	Empty      bool          // answer {"ok":false} and nothing else
	NoTS       bool          // do it, and answer ok without saying what was done
	DropBefore bool          // read the request, do nothing, break the connection
	DropAfter  bool          // do it, then break the connection
	Hang       bool          // do it, then say nothing until the caller leaves
	Delay      time.Duration // do it, then answer that much later
}

// Break arms faults for the next calls of a method, one each, in this order.
func (s *Slack) Break(method string, faults ...Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults[method] = append(s.faults[method], faults...)
}

// fault takes the fault that this call meets. The lock is held.
func (s *Slack) fault(method string, r *http.Request) Fault {
	for i, f := range s.faults[method] {
		if f.Channel == "" || f.Channel == r.Form.Get("channel") {
			s.faults[method] = append(s.faults[method][:i:i], s.faults[method][i+1:]...)
			return f
		}
	}
	if s.weather != nil {
		return s.weather(method, r.Form.Get("channel"))
	}
	return Fault{}
}

// Weather decides how each call fares for which no fault is armed; nil is fair.
// It is called with the workspace's lock held and must not call the workspace.
func (s *Slack) Weather(decide func(method, channel string) Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.weather = decide
}

// before plays the faults that leave nothing done. It returns true when the
// call is over.
func (f Fault) before(w http.ResponseWriter) bool {
	switch {
	case f.Status != 0:
		if f.RetryAfter > 0 {
			w.Header().Set("Retry-After", fmt.Sprint(f.RetryAfter))
		}
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(f.Status)
		fmt.Fprintf(w, "<html><body>%s</body></html>", http.StatusText(f.Status))
	case f.Error != "":
		answer(w, map[string]any{"ok": false, "error": f.Error})
	case f.Empty:
		answer(w, map[string]any{"ok": false})
	case f.DropBefore:
		drop(w)
	default:
		return false
	}
	return true
}

// after plays the faults that hide what was done.
func (f Fault) after(w http.ResponseWriter, r *http.Request) bool {
	switch {
	case f.NoTS:
		answer(w, map[string]any{"ok": true})
	case f.DropAfter:
		drop(w)
	case f.Hang:
		<-r.Context().Done()
	case f.Delay > 0:
		select {
		case <-time.After(f.Delay):
			return false
		case <-r.Context().Done():
		}
	default:
		return false
	}
	return true
}

// drop breaks the connection without an answer.
func drop(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err == nil {
		_ = conn.Close()
	}
}
