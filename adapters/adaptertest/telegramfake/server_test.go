package telegramfake

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// answer is an answer of the Bot API.
type answer struct {
	OK          bool            `json:"ok"`
	Result      json.RawMessage `json:"result"`
	Code        int             `json:"error_code"`
	Description string          `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		MovedTo    int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// clock stands still until it is moved.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) add(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

func start(t *testing.T) (*Server, *clock) {
	t.Helper()
	c := &clock{now: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)}
	s, err := Start(Config{Now: c.Now, Spacing: 60 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return s, c
}

// call makes one request with parameters as name, value, name, value...
func call(t *testing.T, s *Server, method string, params ...string) answer {
	t.Helper()
	form := url.Values{}
	for i := 0; i < len(params); i += 2 {
		form.Set(params[i], params[i+1])
	}
	a, err := post(t.Context(), s.URL+"/bot"+s.Token+"/"+method, "application/x-www-form-urlencoded", form.Encode())
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func post(ctx context.Context, address, kind, body string) (a answer, err error) {
	r, err := http.NewRequestWithContext(ctx, "POST", address, strings.NewReader(body))
	if err != nil {
		return a, err
	}
	r.Header.Set("Content-Type", kind)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return a, err
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(&a); err != nil {
		return a, err
	}
	if a.OK != (resp.StatusCode == 200) || a.Code != 0 && a.Code != resp.StatusCode {
		return a, errors.New("the status does not fit the answer")
	}
	return a, nil
}

func TestTokens(t *testing.T) {
	t.Parallel()
	s, _ := start(t)
	for path, code := range map[string]int{
		"/bot" + s.Token + "/getMe": 0, "/bot" + s.Token + "/GETME": 0, "/bot" + s.Token + "x/getMe": 401, "/bot1:x/getMe": 401,
		"/botnonsense/getMe": 404, "/": 404, "/bot" + s.Token + "/fly": 404,
	} {
		a, err := post(t.Context(), s.URL+path, "", "")
		if err != nil || a.Code != code {
			t.Errorf("%s: %d, %v, want %d", path, a.Code, err, code)
		}
	}
	s.Revoke()
	if a := call(t, s, "getMe"); a.Code != 401 {
		t.Errorf("after the token was revoked: %d", a.Code)
	}
}

func TestWaysToAsk(t *testing.T) {
	t.Parallel()
	s, _ := start(t)
	p := s.Person(7)
	address := s.URL + "/bot" + s.Token + "/sendMessage"
	multi := "--x\r\nContent-Disposition: form-data; name=\"chat_id\"\r\n\r\n7\r\n--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhello\r\n--x--\r\n"
	for _, c := range [][3]string{
		{address, "application/x-www-form-urlencoded", "chat_id=7&text=hello&entities=null"},
		{address, "application/json", `{"chat_id":7,"text":"hello","reply_markup":{"inline_keyboard":[]}}`},
		{address, "multipart/form-data; boundary=x", multi},
		{address + "?chat_id=7&text=hello", "", ""},
	} {
		if a, err := post(t.Context(), c[0], c[1], c[2]); err != nil || !a.OK {
			t.Errorf("%s: %s, %v", c[1], a.Description, err)
		}
	}
	if n := len(s.Messages(p.ID)); n != 4 {
		t.Errorf("%d messages arrived, want 4", n)
	}
}

func TestPresses(t *testing.T) {
	t.Parallel()
	s, c := start(t)
	p := s.Person(7)
	if p.Presses("Yes") == nil {
		t.Error("a button that is not there was pressed")
	}
	ask := func() { // two presses, answered one late and one twice
		call(t, s, "sendMessage", "chat_id", "7", "text", "?", "reply_markup", `{"inline_keyboard":[[{"text":"Yes","callback_data":"y"}]]}`)
		if err := p.Presses("Yes"); err != nil {
			t.Fatal(err)
		}
	}
	query := func() string {
		var us []struct {
			Callback struct{ ID, Data string } `json:"callback_query"`
		}
		if err := json.Unmarshal(call(t, s, "getUpdates", "offset", "-1").Result, &us); err != nil || len(us) != 1 || us[0].Callback.Data != "y" {
			t.Fatalf("%v, %v", us, err)
		}
		return us[0].Callback.ID
	}
	ask()
	id := query()
	for i, ok := range []bool{true, false} {
		if a := call(t, s, "answerCallbackQuery", "callback_query_id", id); a.OK != ok {
			t.Errorf("answer %d: %v %s", i+1, a.OK, a.Description)
		}
	}
	ask()
	id = query()
	c.add(150 * time.Second)
	if a := call(t, s, "answerCallbackQuery", "callback_query_id", id); a.OK || !strings.Contains(a.Description, "query is too old") {
		t.Errorf("a late answer: %s", a.Description)
	}
	if n := s.Unanswered(); n != 1 {
		t.Errorf("%d unanswered, want 1", n)
	}
	// Taking the buttons off, twice.
	m := s.Messages(7)[1]
	for i, want := range []string{"", "message is not modified"} {
		a := call(t, s, "editMessageReplyMarkup", "chat_id", "7", "message_id", jsonOf(m.ID), "reply_markup", `{"inline_keyboard":[]}`)
		if a.OK != (want == "") || !strings.Contains(a.Description, want) {
			t.Errorf("edit %d: %s", i+1, a.Description)
		}
	}
	if got := s.Messages(7)[1].Labels(); len(got) != 0 {
		t.Errorf("buttons %q stand", got)
	}
	if a := call(t, s, "editMessageText", "chat_id", "7", "message_id", jsonOf(m.ID), "text", "thanks"); !a.OK || s.Messages(7)[1].Text != "thanks" {
		t.Errorf("editing the text: %s", a.Description)
	}
	if a := call(t, s, "editMessageText", "chat_id", "7", "message_id", "999", "text", "thanks"); !strings.Contains(a.Description, "message to edit not found") {
		t.Errorf("editing nothing: %s", a.Description)
	}
}

func jsonOf(v any) string { b, _ := json.Marshal(v); return string(b) }

func TestWhatIsRefused(t *testing.T) {
	t.Parallel()
	s, _ := start(t)
	p := s.Person(7)
	key := func(label, data string) string {
		return jsonOf(map[string]any{"inline_keyboard": []any{[]any{map[string]string{"text": label, "callback_data": data}}}})
	}
	row := func(n, rows int) string {
		var out [][]map[string]string
		for range rows {
			out = append(out, slices.Repeat([]map[string]string{{"text": "x", "callback_data": "y"}}, n))
		}
		return jsonOf(map[string]any{"inline_keyboard": out})
	}
	for _, c := range []struct {
		about, want string
		params      []string
	}{
		{"plain", "", []string{"chat_id", "7", "text", "hello"}},
		{"no chat", "chat_id is empty", []string{"text", "hello"}},
		{"unknown chat", "chat not found", []string{"chat_id", "8", "text", "hello"}},
		{"no text", "message text is empty", []string{"chat_id", "7"}},
		{"blank", "message text is empty", []string{"chat_id", "7", "text", " \n"}},
		{"4096", "", []string{"chat_id", "7", "text", strings.Repeat("x", 4096)}},
		{"4097", "message is too long", []string{"chat_id", "7", "text", strings.Repeat("x", 4097)}},
		{"4096 units of emoji", "", []string{"chat_id", "7", "text", strings.Repeat("🙂", 2048)}},
		{"4098 units of emoji", "message is too long", []string{"chat_id", "7", "text", strings.Repeat("🙂", 2049)}},
		{"no UTF-8", "must be encoded in UTF-8", []string{"chat_id", "7", "text", "a\xff"}},
		{"markup", "unsupported parse_mode", []string{"chat_id", "7", "text", "<b>x</b>", "parse_mode", "HTML"}},
		{"no such topic", "message thread not found", []string{"chat_id", "7", "text", "x", "message_thread_id", "3"}},
		{"64 bytes", "", []string{"chat_id", "7", "text", "x", "reply_markup", key("a", strings.Repeat("é", 32))}},
		{"65 bytes", "BUTTON_DATA_INVALID", []string{"chat_id", "7", "text", "x", "reply_markup", key("a", strings.Repeat("x", 65))}},
		{"no label", "text must be non-empty", []string{"chat_id", "7", "text", "x", "reply_markup", key(" ", "x")}},
		{"no data", "text buttons are unallowed", []string{"chat_id", "7", "text", "x", "reply_markup", key("a", "")}},
		{"null keyboard", `"inline_keyboard" must be of type Array`, []string{"chat_id", "7", "text", "x", "reply_markup", `{"inline_keyboard":null}`}},
		{"null row", "expected an Array", []string{"chat_id", "7", "text", "x", "reply_markup", `{"inline_keyboard":[null]}`}},
		{"no object", "object expected", []string{"chat_id", "7", "text", "x", "reply_markup", `[]`}},
		{"nine in a row", "too long", []string{"chat_id", "7", "text", "x", "reply_markup", row(9, 1)}},
		{"100 buttons", "", []string{"chat_id", "7", "text", "x", "reply_markup", row(5, 20)}},
		{"104 buttons", "too long", []string{"chat_id", "7", "text", "x", "reply_markup", row(8, 13)}},
	} {
		a := call(t, s, "sendMessage", c.params...)
		if a.OK != (c.want == "") || !strings.Contains(a.Description, c.want) {
			t.Errorf("%s: %v %q, want %q", c.about, a.OK, a.Description, c.want)
		}
	}
	p.Blocks()
	if a := call(t, s, "sendMessage", "chat_id", "7", "text", "x"); a.Code != 403 {
		t.Errorf("blocked: %d", a.Code)
	}
	p.Unblocks()
	if a := call(t, s, "sendChatAction", "chat_id", "7", "action", "typing"); !a.OK {
		t.Errorf("unblocked: %s", a.Description)
	}
	if a := call(t, s, "sendMessage", "chat_id", jsonOf(s.Stranger(9).ID), "text", "x"); a.Code != 403 || !strings.Contains(a.Description, "can't initiate") {
		t.Errorf("a stranger: %s", a.Description)
	}
	for commands, ok := range map[string]bool{
		`[{"command":"help","description":"What I can do"}]`: true, `[{"command":"Help","description":"x"}]`: false,
		`[{"command":"help","description":""}]`: false, `null`: false,
	} {
		if a := call(t, s, "setMyCommands", "commands", commands); a.OK != ok {
			t.Errorf("commands %s: %v %s", commands, a.OK, a.Description)
		}
	}
}

func TestGroups(t *testing.T) {
	t.Parallel()
	s, _ := start(t)
	p := s.Person(7)
	g := s.Group(-4001, "Team", p)
	if p.In(g).Writes("hello all") != 0 || p.In(g).SendsPhoto("x") != 0 {
		t.Error("privacy mode lets talk through")
	}
	if p.In(g).Writes("/help@OnestepTestBot") == 0 {
		t.Error("a command does not come through")
	}
	moved := g.Migrates(p)
	a := call(t, s, "sendMessage", "chat_id", "-4001", "text", "x")
	if a.Code != 400 || a.Parameters.MovedTo != moved.ID || moved.ID >= supergroups {
		t.Errorf("the old id: %d %s, to %d", a.Code, a.Description, a.Parameters.MovedTo)
	}
	if a := call(t, s, "sendMessage", "chat_id", jsonOf(moved.ID), "text", "x"); !a.OK {
		t.Errorf("the new id: %s", a.Description)
	}
}

func TestFaults(t *testing.T) {
	t.Parallel()
	s, _ := start(t)
	s.Person(7)
	s.Fail("SendMessage", TooMany(9), ServerError())
	if a := call(t, s, "sendMessage", "chat_id", "7", "text", "x"); a.Code != 429 || a.Parameters.RetryAfter != 9 {
		t.Errorf("too many: %+v", a)
	}
	if a := call(t, s, "sendMessage", "chat_id", "7", "text", "x"); a.Code != 500 {
		t.Errorf("server error: %+v", a)
	}
	address := s.URL + "/bot" + s.Token + "/sendMessage?chat_id=7&text=x"
	for i, f := range []Fault{{Drop: true}, BadGateway(), {Lose: true}} {
		s.Fail("sendMessage", f)
		if a, err := post(t.Context(), address, "", ""); err == nil {
			t.Errorf("fault %d: got %+v", i, a)
		}
		if n := len(s.Messages(7)); n != i/2 {
			t.Errorf("fault %d: %d messages arrived", i, n)
		}
	}
	if m, ok := s.Await(7, 0, func(m Message) bool { return m.Text == "x" }); !ok || m.ID == 0 {
		t.Error("the message whose answer was lost is not there")
	}
	if n := len(s.Calls("sendmessage")); n != 5 {
		t.Errorf("%d calls, want 5", n)
	}
	if err := s.Outage(true); err != nil {
		t.Fatal(err)
	}
	if _, err := post(t.Context(), address, "", ""); err == nil || errors.Is(err, io.EOF) {
		t.Errorf("during an outage: %v", err)
	}
	if err := s.Outage(false); err != nil {
		t.Fatal(err)
	}
	if a := call(t, s, "getMe"); !a.OK {
		t.Errorf("after the outage: %s", a.Description)
	}
}
