package slack

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"time"
)

// Where onestep takes what Slack sends over HTTP. The public addresses may have
// other paths, if the balancer in front rewrites them.
const (
	EventsPath       = "/slack/events"
	InteractionsPath = "/slack/interactions"
	CommandsPath     = "/slack/commands"
)

// largestRequest is many times what the longest message with all its blocks
// comes to.
const largestRequest = 1 << 20

// Handlers are what Slack calls, by path: nothing without a signing secret. They
// may be called at any time, and take envelopes while Receive runs.
func (a *Adapter) Handlers() map[string]http.Handler {
	if a.cfg.SigningSecret == "" {
		return nil
	}
	const form = "application/x-www-form-urlencoded"
	return map[string]http.Handler{
		EventsPath:       a.entrance("application/json", a.events),
		InteractionsPath: a.entrance(form, a.interactions),
		CommandsPath:     a.entrance(form, a.commands),
	}
}

// visit answers one request whose signature is good.
type visit func(w http.ResponseWriter, r *http.Request, body []byte)

// entrance checks what is the same for every request: only what Slack itself has
// signed comes further. A refusal tells nothing about its reason.
func (a *Adapter) entrance(kind string, then visit) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.Header().Set("Allow", http.MethodPost)
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largestRequest))
		if err != nil {
			status := http.StatusBadRequest
			if _, large := errors.AsType[*http.MaxBytesError](err); large {
				status = http.StatusRequestEntityTooLarge
			}
			w.WriteHeader(status)
			return
		}
		if fault := a.verify(r.Header, body); fault != "" {
			a.suspect(fault)
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		if got, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || got != kind {
			w.WriteHeader(http.StatusUnsupportedMediaType)
			return
		}
		if r.Header.Get("X-Slack-Retry-Num") != "" {
			a.cfg.Meter.Noticed("repeated")
		}
		then(w, r, body)
	})
}

// events takes one request of the Events API.
func (a *Adapter) events(w http.ResponseWriter, r *http.Request, body []byte) {
	var outer struct {
		Type      string `json:"type"`
		Challenge string `json:"challenge"`
	}
	if !json.Valid(body) {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	_ = json.Unmarshal(body, &outer) // what is no object is counted as unreadable
	switch outer.Type {
	case "url_verification": // somebody has just typed our address into the app's settings
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		_, _ = io.WriteString(w, outer.Challenge)
	case "app_rate_limited": // over 30,000 events an hour; Slack keeps some from us
		a.cfg.Meter.Noticed("events withheld")
		a.log.Warn("Slack withholds events, because there are too many in this hour")
	default:
		a.take(w, r, envelope{Type: "events_api", Payload: body})
	}
}

// interactions takes a press of a button.
func (a *Adapter) interactions(w http.ResponseWriter, r *http.Request, body []byte) {
	form, err := url.ParseQuery(string(body))
	if err != nil || !json.Valid([]byte(form.Get("payload"))) {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	a.take(w, r, envelope{Type: "interactive", Payload: json.RawMessage(form.Get("payload"))})
}

// commands takes a slash command. What a socket brings as JSON comes as a form
// here, with the same names.
func (a *Adapter) commands(w http.ResponseWriter, r *http.Request, body []byte) {
	form, err := url.ParseQuery(string(body))
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	if form.Get("ssl_check") != "" { // Slack looks at our certificate now and then
		return
	}
	fields := make(map[string]string, len(form))
	for name := range form {
		fields[name] = form.Get(name)
	}
	payload, err := json.Marshal(fields)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	a.take(w, r, envelope{Type: "slash_commands", Payload: payload})
}

// take hands an envelope over and says yes when all it causes is committed.
// Slack waits for three seconds. After a no it sends an event again, also to
// another replica; the person who pressed or commanded sees an error.
func (a *Adapter) take(w http.ResponseWriter, r *http.Request, e envelope) {
	a.mu.Lock()
	in := a.open
	a.mu.Unlock()
	if in == nil {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	taken := make(chan struct{}, 2)
	if !in.handle(e, func() { taken <- struct{}{} }) {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	enough := time.NewTimer(a.pace.reply)
	defer enough.Stop()
	select {
	case <-taken:
		return
	case <-enough.C:
	case <-in.over:
	case <-r.Context().Done():
	}
	select {
	case <-taken: // at the same moment
	default:
		w.WriteHeader(http.StatusServiceUnavailable)
	}
}

// watch asks Slack now and then whether it still knows us, since over HTTP no
// connection tells. It returns only when Slack has turned us out.
func (r *receiver) watch() error {
	a := r.a
	for pause(r.ctx, a.pace.look) {
		err := a.identify(r.ctx)
		if r.ctx.Err() != nil {
			break
		}
		if errors.Is(err, ErrRefused) {
			return err
		}
		a.mu.Lock()
		a.away = err
		a.mu.Unlock()
	}
	return nil
}
