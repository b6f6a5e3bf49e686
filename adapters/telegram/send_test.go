package telegram

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
	"unicode/utf8"

	"onestep/adapters/adaptertest/telegramfake"
	"onestep/bot"
)

// TestFates is the table of send errors (PLATFORMS A15, BAS Client.cpp).
func TestFates(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code int
		text string
		want bot.Fate
	}{
		{400, "Bad Request: chat not found", bot.Gone},
		{400, "Bad Request: PEER_ID_INVALID", bot.Gone},
		{400, "Bad Request: message thread not found", bot.Gone},
		{400, "Bad Request: not enough rights to send text messages to the chat", bot.Gone},
		{400, "Bad Request: have no rights to send a message", bot.Gone},
		{400, "Bad Request: group chat was deactivated", bot.Gone},
		{400, "Bad Request: message is too long", bot.Ours},
		{400, "Bad Request: message text is empty", bot.Ours},
		{400, "Bad Request: can't parse entities: Unsupported start tag", bot.Ours},
		{400, "Bad Request: BUTTON_DATA_INVALID", bot.Ours},
		{400, "Bad Request: something new", bot.Ours},
		{413, "Request Entity Too Large", bot.Ours},
		{403, "Forbidden: bot was blocked by the user", bot.Gone},
		{403, "Forbidden: user is deactivated", bot.Gone},
		{403, "Forbidden: bot can't initiate conversation with a user", bot.Gone},
		{403, "Forbidden: bot was kicked from the supergroup chat", bot.Gone},
		{403, "Forbidden: bot is not a member of the channel chat", bot.Gone},
		{403, "Forbidden: the group chat was deleted", bot.Gone},
		{401, "Unauthorized", bot.Revoked},
		{404, "Not Found", bot.Revoked},
		{409, "Conflict: terminated by other getUpdates request", bot.Later},
		{429, "Too Many Requests: retry after 5", bot.Later},
		{500, "Internal Server Error: restart", bot.Unknown},
		{504, "Gateway Timeout", bot.Unknown},
	} {
		t.Run(c.text, func(t *testing.T) {
			t.Parallel()
			s := fake(t)
			a := to(t, s, Config{})
			s.Fail("sendMessage", telegramfake.Fault{Code: c.code, Text: c.text})
			e := sendErr(t, a, bot.Message{Chat: chatOf(s.Person(1).ID), Text: "hello"})
			if e.Fate != c.want {
				t.Errorf("fate %v, want %v", e.Fate, c.want)
			}
		})
	}
}

// TestPages has proxies answer instead of Telegram. What they say is never the
// doing of a person, and only what they passed on may have arrived.
func TestPages(t *testing.T) {
	t.Parallel()
	for status, want := range map[int]bot.Fate{
		302: bot.Later, 401: bot.Later, 403: bot.Later, 404: bot.Later, 407: bot.Later, 429: bot.Later,
		408: bot.Unknown, 502: bot.Unknown, 503: bot.Unknown, 504: bot.Unknown, 200: bot.Unknown,
	} {
		s := fake(t)
		a := to(t, s, Config{})
		s.Fail("sendMessage", telegramfake.Fault{Code: status, Page: "<html>no</html>"})
		if e := sendErr(t, a, bot.Message{Chat: chatOf(s.Person(1).ID), Text: "hello"}); e.Fate != want {
			t.Errorf("a page with status %d: fate %v, want %v", status, e.Fate, want)
		}
	}
}

func sendErr(t *testing.T, a *Adapter, m bot.Message) *bot.SendError {
	t.Helper()
	_, err := a.Send(t.Context(), m)
	var e *bot.SendError
	if !errors.As(err, &e) {
		t.Fatalf("Send gave %v, want a *bot.SendError", err)
	}
	return e
}

func TestRealRefusals(t *testing.T) {
	t.Parallel()
	s := fake(t)
	a := to(t, s, Config{})
	owner := s.Person(1)
	group := s.Group(-4001, "Team", owner)
	forum := s.Group(-1002223334446, "Forum", owner, 12)
	blocks, deletes, stranger := s.Person(2), s.Person(3), s.Stranger(4)
	blocks.Blocks()
	deletes.Deletes()
	for name, c := range map[string]bot.Chat{
		"blocked": chatOf(blocks.ID), "deleted": chatOf(deletes.ID), "never started": chatOf(stranger.ID),
		"no such topic": {Platform: Name, ID: decimal(forum.ID), Thread: "13"},
	} {
		if e := sendErr(t, a, bot.Message{Chat: c, Text: "hello"}); e.Fate != bot.Gone {
			t.Errorf("%s: %v", name, e)
		}
	}
	topic := bot.Chat{Platform: Name, ID: decimal(forum.ID), Thread: "12"}
	if _, err := a.Send(t.Context(), bot.Message{Chat: topic, Text: "hello"}); err != nil {
		t.Error(err)
	}
	if m := s.Messages(forum.ID); len(m) != 1 || m[0].Thread != 12 {
		t.Errorf("the topic shows %v", m)
	}
	moved := group.Migrates(owner)
	e := sendErr(t, a, bot.Message{Chat: chatOf(group.ID), Text: "hello"})
	if e.Fate != bot.Elsewhere || e.MovedTo != chatOf(moved.ID) {
		t.Errorf("after the move: %v to %v", e, e.MovedTo)
	}
	if _, err := a.Send(t.Context(), bot.Message{Chat: e.MovedTo, Text: "hello"}); err != nil {
		t.Error(err)
	}
	moved.Removes(owner)
	if e := sendErr(t, a, bot.Message{Chat: e.MovedTo, Text: "hello"}); e.Fate != bot.Gone {
		t.Errorf("after the removal: %v", e)
	}
}

func TestWhatGoesOut(t *testing.T) {
	t.Parallel()
	s := fake(t)
	a := to(t, s, Config{})
	p := s.Person(1)
	m := bot.Message{Chat: chatOf(p.ID), Text: "0 to 10? <b>&amp;"}
	for i := range 11 {
		m.Buttons = append(m.Buttons, bot.Button{Label: fmt.Sprint(i), Data: fmt.Sprint("q:", i)})
	}
	id, err := a.Send(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	got := s.Messages(p.ID)[0]
	if id != decimal(got.ID) || len(got.Buttons) != 2 || len(got.Buttons[0]) != 6 || got.Buttons[1][4].Data != "q:10" {
		t.Errorf("id %s for %+v", id, got)
	}
	params := s.Calls("sendMessage")[0].Params
	for _, p := range []string{"parse_mode", "entities", "allow_paid_broadcast", "message_thread_id"} {
		if v, ok := params[p]; ok {
			t.Errorf("the request has %s = %q", p, v)
		}
	}
}

func TestRows(t *testing.T) {
	t.Parallel()
	for labels, want := range map[string][]int{
		"0,1,2,3,4,5,6,7,8,9,10":                        {6, 5},
		"Yes,No":                                        {2},
		"Done,Snooze,Later":                             {3},
		"Done,Snooze,Later,Not me":                      {2, 2},
		"About the same,A bit better":                   {2},
		"Morning,Afternoon":                             {2},
		"I did it and it went well,I did not get to it": {1, 1},
		"Mon,Tue,Wed,Thu,Fri,Sat,Sun":                   {3, 2, 2},
		"Ok":                                            {1},
	} {
		var bs []bot.Button
		for l := range strings.SplitSeq(labels, ",") {
			bs = append(bs, bot.Button{Label: l, Data: "x"})
		}
		if got := rows(bs); !slices.Equal(got, want) {
			t.Errorf("%s: rows of %v, want %v", labels, got, want)
		}
	}
}

func TestKeyboardsRefused(t *testing.T) {
	t.Parallel()
	many := make([]bot.Button, 101)
	for i := range many {
		many[i] = bot.Button{Label: "x", Data: "y"}
	}
	for name, bs := range map[string][]bot.Button{
		"no label": {{Label: " ", Data: "x"}}, "no data": {{Label: "x"}},
		"65 bytes": {{Label: "x", Data: strings.Repeat("x", 65)}}, "66 bytes in 33 letters": {{Label: "x", Data: strings.Repeat("é", 33)}},
		"101 buttons": many,
	} {
		if k, err := keyboard(bs); err == nil {
			t.Errorf("%s: made %s", name, k)
		}
	}
	if _, err := keyboard([]bot.Button{{Label: "x", Data: strings.Repeat("é", 32)}}); err != nil {
		t.Errorf("64 bytes: %v", err)
	}
}

func TestParts(t *testing.T) {
	t.Parallel()
	s := fake(t)
	a := to(t, s, Config{})
	p := s.Person(1)
	long := bot.Message{Chat: chatOf(p.ID), Text: strings.Repeat("word ", 2000), Buttons: []bot.Button{{Label: "Ok", Data: "x"}}}
	for name, c := range map[string]struct {
		fault telegramfake.Fault
		fate  bot.Fate
	}{
		"throttled after a part": {telegramfake.TooMany(7), bot.Later},
		"blocked after a part":   {telegramfake.Fault{Code: 403, Text: "Forbidden: bot was blocked by the user"}, bot.Gone},
		"lost after a part":      {telegramfake.Fault{Lose: true}, bot.Unknown},
	} {
		s.Fail("sendMessage", telegramfake.Fault{}, c.fault)
		e := sendErr(t, a, long)
		if e.Fate != c.fate || e.Parts != 1 || !strings.Contains(e.Error(), "part 2 of 3") {
			t.Errorf("%s: %v, %d parts", name, e, e.Parts)
		}
		if c.fault.RetryAfter != 0 && e.After != 7*time.Second {
			t.Errorf("%s: wait %v", name, e.After)
		}
	}
	// The first part is there already; the rest is one message, and then its end fails.
	before := len(s.Messages(p.ID))
	long.Parts = 1
	s.Fail("sendMessage", telegramfake.Fault{}, telegramfake.TooMany(7))
	if e := sendErr(t, a, long); e.Parts != 2 {
		t.Errorf("%d parts, %v", e.Parts, e)
	}
	long.Parts = 2
	if _, err := a.Send(t.Context(), long); err != nil {
		t.Error(err)
	}
	if got := s.Messages(p.ID)[before:]; len(got) != 2 || len(got[1].Buttons) != 1 {
		t.Errorf("after the first part came %d messages", len(got))
	}
	if e := sendErr(t, a, bot.Message{Chat: chatOf(p.ID), Text: strings.Repeat("word ", 20000)}); e.Fate != bot.Ours {
		t.Errorf("twenty-five parts: %v", e)
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	family := "👩‍👩‍👧‍👦"
	for _, c := range []struct {
		text  string
		limit int
		want  []string
	}{
		{"", 10, nil},
		{" \n\t", 10, nil},
		{"short", 10, []string{"short"}},
		{"  indented at first", 80, []string{"indented at first"}},
		{"one two three", 8, []string{"one two", "three"}},
		{"one two three", 7, []string{"one two", "three"}},
		{"first par\n\nsecond", 12, []string{"first par", "second"}},
		{"a line\nanother one", 10, []string{"a line", "another", "one"}},
		{"End. Next is long", 9, []string{"End. Next", "is long"}},
		{"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"🙂🙂🙂", 4, []string{"🙂🙂", "🙂"}},
		{"🙂🙂🙂", 5, []string{"🙂🙂", "🙂"}},
		{"aaaaaaae\u0301b", 8, []string{"aaaaaaa", "e\u0301b"}},
		{family + family, 15, []string{family, family}},
		{"👍🏽👍🏽👍🏽", 7, []string{"👍🏽", "👍🏽", "👍🏽"}},
		{"\u00e9\u0301\u0301\u0301", 2, []string{"\u00e9\u0301", "\u0301\u0301"}},
		{"bad\xffbyte", 20, []string{"bad\uFFFDbyte"}},
	} {
		got := cut(c.text, c.limit)
		if !slices.Equal(got, c.want) {
			t.Errorf("cut(%q, %d) = %q, want %q", c.text, c.limit, got, c.want)
		}
	}
}

func FuzzCut(f *testing.F) {
	f.Add("one two\n\nthree 👩‍👩‍👧 e\u0301 🇬🇧🇬🇧", 9)
	f.Add(strings.Repeat("\u0301", 30), 5)
	f.Fuzz(func(t *testing.T, text string, limit int) {
		if limit < 2 || limit > 5000 {
			return
		}
		parts := cut(text, limit)
		squeeze := func(s string) string { return strings.Join(strings.Fields(valid(s)), "") }
		var all strings.Builder
		for _, p := range parts {
			if units(p) > limit || blank(p) || !utf8.ValidString(p) {
				t.Fatalf("a part of %d units: %q", units(p), p)
			}
			all.WriteString(squeeze(p))
		}
		if all.String() != squeeze(text) {
			t.Fatalf("%q became %q", text, parts)
		}
	})
}

// Where the way to Telegram is closed, for the company's proxy as for us, the whole
// bot waits and no message is held to be at fault.
func TestAProxyThatIsAway(t *testing.T) {
	t.Parallel()
	s := fake(t)
	a := to(t, s, Config{})
	away, err := url.Parse("http://127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	a.client.base.Transport.(*http.Transport).Proxy = http.ProxyURL(away)
	if e := sendErr(t, a, bot.Message{Chat: chatOf(s.Person(1).ID), Text: "hello"}); e.Fate != bot.Later || !e.Whole {
		t.Errorf("fate %v, whole %v", e.Fate, e.Whole)
	}
}

func TestTheWholeBotWaits(t *testing.T) {
	t.Parallel()
	s := fake(t)
	a := to(t, s, Config{})
	for i, want := range []bool{false, false, false, true} {
		wait := 3 * time.Second
		if want {
			wait = 18053 * time.Second // one chat has been told that (PLATFORMS A2)
		}
		s.Fail("sendMessage", telegramfake.TooMany(int(wait/time.Second)))
		id := max(int64(i), 1) // the first chat twice: still one chat
		e := sendErr(t, a, bot.Message{Chat: chatOf(s.Person(id).ID), Text: "hello"})
		if e.Fate != bot.Later || e.After != wait || e.Whole != want || want && e.WholeFor != 3*time.Second {
			t.Errorf("throttled for the %d. time: %v after %v, whole %v for %v", i+1, e.Fate, e.After, e.Whole, e.WholeFor)
		}
	}
}

// TestOneHostOnly shows that nobody but the configured host is ever asked.
func TestOneHostOnly(t *testing.T) {
	t.Parallel()
	var strayed atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { strayed.Add(1) }))
	t.Cleanup(other.Close)
	s := fake(t)
	a := to(t, s, Config{})
	redirects := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+r.URL.Path, http.StatusTemporaryRedirect)
	}))
	t.Cleanup(redirects.Close)
	b, err := New(t.Context(), Config{Token: s.Token, APIURL: redirects.URL})
	if err != nil {
		t.Fatal(err)
	}
	if e := sendErr(t, b, bot.Message{Chat: chatOf(1), Text: "hello"}); e.Fate != bot.Later {
		t.Errorf("redirected: %v", e)
	}
	x := &exchange{ctx: t.Context(), base: a.client.base, host: a.client.host}
	r, _ := http.NewRequest("POST", other.URL+"/bot"+s.Token+"/getMe", nil)
	if _, err := x.Do(r); err == nil {
		t.Error("a request to another host was made")
	}
	if n := strayed.Load(); n != 0 {
		t.Errorf("%d requests went to another host", n)
	}
}

func TestNothingSecretInErrors(t *testing.T) {
	t.Parallel()
	s := fake(t)
	a := to(t, s, Config{})
	p := s.Person(1)
	errs := []error{}
	note := func(f telegramfake.Fault) {
		s.Fail("sendMessage", f)
		_, err := a.Send(t.Context(), bot.Message{Chat: chatOf(p.ID), Text: "quincebramble"})
		errs = append(errs, err)
	}
	note(telegramfake.Fault{Drop: true})
	note(telegramfake.Fault{Lose: true})
	note(telegramfake.BadGateway())
	note(telegramfake.Fault{Code: 400, Text: `Bad Request: wrong text "quincebramble" in ` + s.Token + ` there`})
	if err := s.Outage(true); err != nil {
		t.Fatal(err)
	}
	note(telegramfake.Fault{})
	a.client.token = "dial" // stands in a transport's error, as a token might
	note(telegramfake.Fault{})
	_, secret, _ := strings.Cut(s.Token, ":")
	for i, err := range errs {
		if err == nil {
			t.Fatalf("%d: no error", i)
		}
		text := fmt.Sprintf("%v %+v %s", err, err, errors.Unwrap(err))
		for _, bad := range []string{secret, "quincebramble", "http://", "/bot"} {
			if strings.Contains(text, bad) {
				t.Errorf("%d: %q stands in %q", i, bad, text)
			}
		}
	}
	if strings.Contains(errs[5].Error(), "dial") {
		t.Errorf("the token stands in %q", errs[5])
	}
}
