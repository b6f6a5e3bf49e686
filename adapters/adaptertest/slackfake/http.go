package slackfake

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// SigningSecret is what requests over HTTP are signed with.
func (s *Slack) SigningSecret() string { return "0123456789abcdef-made-up-signing" }

// PointTo makes the app's settings say that everything is sent over HTTP: to
// base and /slack/events, /slack/interactions or /slack/commands. As the real
// settings do, it asks first whether somebody there answers a challenge. An empty
// base takes it back: everything goes over sockets.
func (s *Slack) PointTo(base string) error {
	if base == "" {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.base = ""
		return nil
	}
	s.mu.Lock()
	challenge := s.id("challenge-")
	s.mu.Unlock()
	body, err := json.Marshal(map[string]string{"token": "deprecated", "challenge": challenge, "type": "url_verification"})
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), s.cfg.AckWithin)
	defer cancel()
	resp, err := http.DefaultClient.Do(s.signed(ctx, base+"/slack/events", "application/json", body))
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 1<<10))
	if err != nil || resp.StatusCode != http.StatusOK || strings.TrimSpace(string(answer)) != challenge {
		return errors.New("the address did not answer with the challenge: " + resp.Status)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.base = base
	return nil
}

// Sign is the value of X-Slack-Signature for a body sent at an instant.
func (s *Slack) Sign(stamp string, body []byte) string {
	mac := hmac.New(sha256.New, []byte(s.SigningSecret()))
	fmt.Fprintf(mac, "v0:%s:%s", stamp, body)
	return "v0=" + hex.EncodeToString(mac.Sum(nil))
}

func (s *Slack) signed(ctx context.Context, to, kind string, body []byte) *http.Request {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to, bytes.NewReader(body))
	if err != nil {
		panic(err) // the test's own address
	}
	stamp := fmt.Sprint(s.cfg.Now().Unix())
	r.Header.Set("Content-Type", kind)
	r.Header.Set("X-Slack-Request-Timestamp", stamp)
	r.Header.Set("X-Slack-Signature", s.Sign(stamp, body))
	return r
}

// post makes one attempt over HTTP; n counts from 1. Only a 2xx within the time
// is an acknowledgement.
func (s *Slack) post(base string, at *attempt, n int) {
	const form = "application/x-www-form-urlencoded"
	path, kind, body := "/slack/events", "application/json", []byte(at.d.payload)
	switch at.d.kind {
	case "interactive":
		path, kind, body = "/slack/interactions", form, []byte(url.Values{"payload": {string(at.d.payload)}}.Encode())
	case "slash_commands":
		var fields map[string]string
		if err := json.Unmarshal(at.d.payload, &fields); err != nil {
			panic(err) // a command is a map of texts
		}
		values := url.Values{}
		for k, v := range fields {
			values.Set(k, v)
		}
		path, kind, body = "/slack/commands", form, []byte(values.Encode())
	}
	ctx, cancel := context.WithTimeout(context.Background(), s.cfg.AckWithin)
	defer cancel()
	r := s.signed(ctx, base+path, kind, body)
	if n > 1 {
		r.Header.Set("X-Slack-Retry-Num", fmt.Sprint(n-1))
		r.Header.Set("X-Slack-Retry-Reason", "http_error")
	}
	resp, err := s.client.Do(r)
	if err != nil {
		s.failed(at)
		return
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	if resp.StatusCode/100 != 2 {
		s.failed(at)
		return
	}
	s.acked(at.id)
}
