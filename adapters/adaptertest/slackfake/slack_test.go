package slackfake

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

func open(t *testing.T, cfg Config) *Slack {
	t.Helper()
	s, err := Start(cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s
}

// call makes a Web API call with the bot token in the form.
func call(t *testing.T, s *Slack, method string, form url.Values) map[string]any {
	t.Helper()
	if form == nil {
		form = url.Values{}
	}
	if !form.Has("token") {
		form.Set("token", s.cfg.BotToken)
	}
	res, err := http.PostForm(s.APIURL()+method, form)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, res)
}

func read(t *testing.T, res *http.Response) map[string]any {
	t.Helper()
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatalf("%s: %s", err, raw)
	}
	return out
}

// app is a bare Socket Mode client that acknowledges only what it is told to.
type app struct {
	conn *websocket.Conn
	t    *testing.T
}

// ticket is a one-time address.
func ticket(t *testing.T, s *Slack) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.APIURL()+"apps.connections.open", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+s.cfg.AppToken)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	address, ok := read(t, res)["url"].(string)
	if !ok {
		t.Fatal("no address")
	}
	return address
}

func connect(t *testing.T, s *Slack) *app {
	t.Helper()
	conn, _, err := websocket.DefaultDialer.DialContext(t.Context(), ticket(t, s), nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return &app{conn, t}
}

func (a *app) next() map[string]any {
	a.t.Helper()
	_ = a.conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	var out map[string]any
	if err := a.conn.ReadJSON(&out); err != nil {
		a.t.Fatal(err)
	}
	return out
}

func (a *app) hello() *app {
	a.t.Helper()
	if m := a.next(); m["type"] != "hello" {
		a.t.Fatalf("got %v", m)
	}
	return a
}

func (a *app) ack(envelope map[string]any) {
	a.t.Helper()
	if err := a.conn.WriteJSON(map[string]any{"envelope_id": envelope["envelope_id"]}); err != nil {
		a.t.Fatal(err)
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	s := open(t, Config{})
	for token, want := range map[string]any{
		"": "not_authed", "xoxb-wrong": "invalid_auth", s.cfg.AppToken: "not_allowed_token_type", s.cfg.BotToken: nil,
	} {
		if got := call(t, s, "auth.test", url.Values{"token": {token}}); got["error"] != want || got["ok"] != (want == nil) {
			t.Errorf("%q: %v", token, got)
		}
	}
	// The app token counts in the header only.
	if got := call(t, s, "apps.connections.open", url.Values{"token": {s.cfg.AppToken}}); got["error"] != "not_authed" {
		t.Errorf("got %v", got)
	}
	s.Revoke()
	if got := call(t, s, "auth.test", nil); got["error"] != "token_revoked" {
		t.Errorf("got %v", got)
	}
}

func TestBlocksAreJudgedAsBySlack(t *testing.T) {
	t.Parallel()
	s := open(t, Config{})
	s.AddChannel("C1")
	section := func(n int) string {
		return `{"type":"section","text":{"type":"plain_text","text":"` + strings.Repeat("x", n) + `"}}`
	}
	button := func(id, label, value string) string {
		return fmt.Sprintf(`{"type":"button","action_id":%q,"text":{"type":"plain_text","text":%q},"value":%q}`, id, label, value)
	}
	actions := func(buttons ...string) string {
		return `{"type":"actions","elements":[` + strings.Join(buttons, ",") + `]}`
	}
	many := func(n int, f func(int) string) string {
		var all []string
		for i := range n {
			all = append(all, f(i))
		}
		return strings.Join(all, ",")
	}
	for name, c := range map[string]struct {
		blocks string
		want   any
	}{
		"a section":            {section(1), nil},
		"the longest section":  {section(3000), nil},
		"a longer one":         {section(3001), "invalid_blocks"},
		"an empty one":         {section(0), "invalid_blocks"},
		"50 blocks":            {many(50, func(int) string { return section(1) }), nil},
		"51 blocks":            {many(51, func(int) string { return section(1) }), "invalid_blocks"},
		"too much in all":      {many(5, func(int) string { return section(3000) }), "msg_blocks_too_long"},
		"a button":             {actions(button("a", "Yes", "v")), nil},
		"25 buttons":           {actions(many(25, func(i int) string { return button(fmt.Sprint(i), "x", "v") })), nil},
		"26 buttons":           {actions(many(26, func(i int) string { return button(fmt.Sprint(i), "x", "v") })), "invalid_blocks"},
		"no button":            {actions(), "invalid_blocks"},
		"a long label":         {actions(button("a", strings.Repeat("x", 76), "v")), "invalid_blocks"},
		"a long value":         {actions(button("a", "x", strings.Repeat("v", 2001))), "invalid_blocks"},
		"an action_id twice":   {actions(button("a", "x", "v"), button("a", "y", "v")), "invalid_blocks"},
		"no action_id":         {actions(button("", "x", "v")), "invalid_blocks"},
		"mrkdwn on a button":   {actions(`{"type":"button","action_id":"a","text":{"type":"mrkdwn","text":"x"}}`), "invalid_blocks"},
		"a block_id twice":     {`{"type":"divider","block_id":"b"},{"type":"divider","block_id":"b"}`, "invalid_blocks"},
		"small print":          {`{"type":"context","elements":[{"type":"plain_text","text":"x"}]}`, nil},
		"no small print":       {`{"type":"context","elements":[]}`, "invalid_blocks"},
		"a headline":           {`{"type":"header","text":{"type":"plain_text","text":"x"}}`, nil},
		"a headline in mrkdwn": {`{"type":"header","text":{"type":"mrkdwn","text":"x"}}`, "invalid_blocks"},
		"nothing known":        {`{"type":"hologram"}`, "invalid_blocks"},
		"no JSON":              {`{`, "invalid_blocks_format"},
	} {
		got := call(t, s, "chat.postMessage", url.Values{"channel": {"C1"}, "text": {"x"}, "blocks": {"[" + c.blocks + "]"}})
		if got["error"] != c.want {
			t.Errorf("%s: %v, want %v", name, got["error"], c.want)
		}
	}
}

func TestTextAndMetadataAreJudged(t *testing.T) {
	t.Parallel()
	s := open(t, Config{})
	s.AddChannel("C1")
	ts, _ := call(t, s, "chat.postMessage", url.Values{"channel": {"C1"}, "text": {"x"}})["ts"].(string)
	for name, c := range map[string]struct {
		method string
		form   url.Values
		want   any
	}{
		"nothing":              {"chat.postMessage", url.Values{}, "no_text"},
		"too long":             {"chat.postMessage", url.Values{"text": {strings.Repeat("x", 40001)}}, "msg_too_long"},
		"too long an update":   {"chat.update", url.Values{"ts": {ts}, "text": {strings.Repeat("x", 4001)}}, "msg_too_long"},
		"an update of nothing": {"chat.update", url.Values{"ts": {"1.000001"}, "text": {"x"}}, "message_not_found"},
		"an update by person":  {"chat.update", url.Values{"channel": {"U1"}, "ts": {ts}, "text": {"x"}}, "channel_not_found"},
		"metadata":             {"chat.postMessage", url.Values{"text": {"x"}, "metadata": {`{"event_type":"a","event_payload":{}}`}}, nil},
		"metadata in pieces":   {"chat.postMessage", url.Values{"text": {"x"}, "metadata": {`{"event_type":`}}, "invalid_metadata_format"},
		"metadata of nothing":  {"chat.postMessage", url.Values{"text": {"x"}, "metadata": {`{}`}}, "invalid_metadata_schema"},
		"nowhere":              {"chat.postMessage", url.Values{"channel": {"C404"}, "text": {"x"}}, "channel_not_found"},
		"no such method":       {"chat.shout", url.Values{}, "unknown_method"},
	} {
		if !c.form.Has("channel") {
			c.form.Set("channel", "C1")
		}
		if got := call(t, s, c.method, c.form); got["error"] != c.want {
			t.Errorf("%s: %v, want %v", name, got["error"], c.want)
		}
	}
}

func TestSocketsOpenOnceAndTenAtMost(t *testing.T) {
	t.Parallel()
	s := open(t, Config{})
	address := ticket(t, s)
	conn, _, err := websocket.DefaultDialer.DialContext(t.Context(), address, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, res, err := websocket.DefaultDialer.DialContext(t.Context(), address, nil); err == nil || res.StatusCode != http.StatusForbidden {
		t.Errorf("a ticket opened twice: %v", err)
	}
	for range 9 {
		connect(t, s).hello()
	}
	if m := connect(t, s).next(); m["reason"] != "too_many_websockets" {
		t.Errorf("the eleventh heard %v", m)
	}
}

func TestAnEventIsRepeatedAndThenGivenUp(t *testing.T) {
	t.Parallel()
	s := open(t, Config{AckWithin: 20 * time.Millisecond, Repeats: []time.Duration{0, 10 * time.Millisecond}})
	a := connect(t, s).hello()
	d := s.Person("U1").Writes("hello")
	var ids []any
	for attempt := range 3 {
		e := a.next()
		if e["type"] != "events_api" || e["retry_attempt"] != float64(attempt) || (e["retry_reason"] == "timeout") != (attempt > 0) {
			t.Errorf("attempt %d: %v", attempt, e)
		}
		payload, _ := e["payload"].(map[string]any)
		ids = append(ids, payload["event_id"])
	}
	<-d.Over()
	if !d.Lost() || d.Acked() || ids[0] != ids[1] || ids[1] != ids[2] || s.Lost() != 1 || s.Waiting() != 0 {
		t.Errorf("lost %v, ids %v", d.Lost(), ids)
	}
}

func TestALateAcknowledgementOfAnEventCounts(t *testing.T) {
	t.Parallel()
	s := open(t, Config{AckWithin: 20 * time.Millisecond})
	a := connect(t, s).hello()
	d := s.Person("U1").Writes("hello")
	first := a.next()
	a.next() // the repeat at once
	a.ack(first)
	<-d.Over()
	if !d.Acked() || d.Attempts() != 2 {
		t.Errorf("acked %v after %d", d.Acked(), d.Attempts())
	}
	s.Repeat()
	if again := a.next(); again["envelope_id"] == first["envelope_id"] {
		t.Error("a repeat has the envelope id of the first")
	}
}

func TestAPressIsNotRepeated(t *testing.T) {
	t.Parallel()
	s := open(t, Config{AckWithin: 20 * time.Millisecond, Repeats: []time.Duration{0}, Events: []string{}})
	s.AddChannel("C1")
	a := connect(t, s).hello()
	call(t, s, "chat.postMessage", url.Values{"channel": {"C1"}, "text": {"x"}, "blocks": {
		`[{"type":"section","text":{"type":"plain_text","text":"tea & cake"}},{"type":"actions","elements":[{"type":"button","action_id":"b0","value":"v","text":{"type":"plain_text","text":"a < b"}}]}]`}})
	d, err := s.Person("U1").PressesIn("C1", "a < b")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(a.next())
	if err != nil {
		t.Fatal(err)
	}
	// Slack hands back escaped what came bare.
	for _, want := range []string{`a \u0026lt; b`, `tea \u0026amp; cake`, `"block_actions"`, `"value":"v"`} {
		if !strings.Contains(string(raw), want) {
			t.Errorf("%s is not in %s", want, raw)
		}
	}
	<-d.Over()
	if !d.Lost() || d.Attempts() != 1 {
		t.Errorf("lost %v after %d", d.Lost(), d.Attempts())
	}
	if _, err := s.Person("U1").Presses("a < b"); err == nil {
		t.Error("pressed what is not there")
	}
	if m := s.Messages("C1")[0]; m.Text != "tea & cake" || m.Buttons[0] != (Button{"a < b", "v", "b0", m.Buttons[0].BlockID}) {
		t.Errorf("people see %+v", m)
	}
}

func TestAnyConnectionGetsAnEnvelope(t *testing.T) {
	t.Parallel()
	s := open(t, Config{})
	first, second := connect(t, s).hello(), connect(t, s).hello()
	s.Person("U1").Writes("one")
	s.Person("U1").Writes("two")
	first.ack(first.next())
	second.ack(second.next())
	s.Double(true)
	d := s.Person("U1").Writes("three")
	e := first.next()
	if same := second.next(); same["envelope_id"] != e["envelope_id"] {
		t.Error("the two copies differ")
	}
	second.ack(e)
	<-d.Over()
	s.Refresh("warning")
	if m := first.next(); m["type"] != "disconnect" || m["reason"] != "warning" {
		t.Errorf("got %v", m)
	}
}

func TestHistoryTellsMetadataOnRequest(t *testing.T) {
	t.Parallel()
	s := open(t, Config{})
	s.Person("U1").Writes("hello")
	call(t, s, "chat.postMessage", url.Values{"channel": {"U1"}, "text": {"x"}, "metadata": {`{"event_type":"a","event_payload":{"id":"b"}}`}})
	for ask, want := range map[string]bool{"0": false, "1": true} {
		got := call(t, s, "conversations.history", url.Values{"channel": {"DU1"}, "include_all_metadata": {ask}})
		all, _ := got["messages"].([]any)
		if len(all) != 2 {
			t.Fatalf("got %v", got)
		}
		newest, _ := all[0].(map[string]any)
		if _, there := newest["metadata"]; there != want || newest["bot_id"] != BotID {
			t.Errorf("asked %s: %v", ask, newest)
		}
	}
	page := call(t, s, "conversations.history", url.Values{"channel": {"DU1"}, "limit": {"1"}})
	next, _ := page["response_metadata"].(map[string]any)
	if page["has_more"] != true || next["next_cursor"] == nil {
		t.Errorf("got %v", page)
	}
	s.AddChannel("C1")
	if got := call(t, s, "conversations.history", url.Values{"channel": {"C1"}}); got["error"] != "missing_scope" {
		t.Errorf("a channel may be read: %v", got)
	}
}
