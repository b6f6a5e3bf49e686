package telegram

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"
)

// WebhookPath is where onestep takes Telegram's updates. The public address may
// have another path, if the balancer in front rewrites it.
const WebhookPath = "/telegram/webhook"

// Figures of one request of Telegram's.
const (
	// largestUpdate is many times what the longest message with all its
	// entities comes to.
	largestUpdate = 1 << 20
	// comeBack is when a refused update should come again. Telegram keeps to
	// it; without it, its waits grow to two minutes (BAS WebhookActor.cpp,
	// on_update_error), which a person would feel long after a short outage.
	comeBack = 2 * time.Second
)

// secretHeader carries the secret that was given with setWebhook.
const secretHeader = "X-Telegram-Bot-Api-Secret-Token"

// Handlers are what Telegram calls, by path: nothing with long polling. They
// may be called at any time, and take updates while Receive runs.
func (a *Adapter) Handlers() map[string]http.Handler {
	if a.webhookURL == "" {
		return nil
	}
	return map[string]http.Handler{WebhookPath: http.HandlerFunc(a.hear)}
}

// hear takes one update: 200 says that all it causes is committed. Any other
// answer makes Telegram send it again, and no other update of that chat before
// it. No answer has a body: Telegram would take one for a call of a method.
func (a *Adapter) hear(w http.ResponseWriter, r *http.Request) {
	status := a.heard(r, w)
	switch status {
	case http.StatusMethodNotAllowed:
		w.Header().Set("Allow", http.MethodPost)
	case http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", strconv.Itoa(int(comeBack/time.Second)))
	}
	w.WriteHeader(status)
}

func (a *Adapter) heard(r *http.Request, w http.ResponseWriter) (status int) {
	if r.Method != http.MethodPost {
		return http.StatusMethodNotAllowed
	}
	if !a.knows(r.Header.Get(secretHeader)) {
		a.meter.Noticed("forged")
		return http.StatusUnauthorized
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return http.StatusUnsupportedMediaType
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largestUpdate))
	if err != nil {
		if _, large := errors.AsType[*http.MaxBytesError](err); large {
			return http.StatusRequestEntityTooLarge
		}
		return http.StatusBadRequest
	}
	var head struct {
		ID *int64 `json:"update_id"`
	}
	if err := json.Unmarshal(raw, &head); err != nil || head.ID == nil {
		a.quarantine(0, raw, err)
		return http.StatusBadRequest
	}
	if !a.porch.take(r.Context(), a, *head.ID, raw) {
		return http.StatusServiceUnavailable
	}
	return http.StatusOK
}

// knows compares secrets in a time that tells nothing, not even their length.
func (a *Adapter) knows(secret string) bool {
	want, got := sha256.Sum256([]byte(a.secret)), sha256.Sum256([]byte(secret))
	return subtle.ConstantTimeCompare(want[:], got[:]) == 1
}
