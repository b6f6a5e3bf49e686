package simulator

import (
	"bufio"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

func serveWeb(t *testing.T) (*Adapter, *httptest.Server) {
	t.Helper()
	a, panes, _ := scene(t)
	w := Web{
		Adapter: a, Panes: panes, Zone: time.UTC, Intro: "Made up.",
		Forward: func(context.Context) (string, error) { return "", errors.New("nothing is due any more") },
	}
	server := httptest.NewServer(w.Handler())
	t.Cleanup(server.Close)
	return a, server
}

func post(t *testing.T, server *httptest.Server, path, body string, header ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.URL+path, strings.NewReader(body))
	must(t, err)
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	if h := r.Header.Get("Host"); h != "" {
		r.Host = h
	}
	answer, err := server.Client().Do(r)
	must(t, err)
	defer answer.Body.Close()
	text := new(strings.Builder)
	_, err = bufio.NewReader(answer.Body).WriteTo(text)
	must(t, err)
	return answer.StatusCode, strings.TrimSpace(text.String())
}

func TestThePageActsForPeople(t *testing.T) {
	t.Parallel()
	a, server := serveWeb(t)
	send(t, a, "ada", "Is that OK?", "Yes", "No")
	for _, c := range []struct {
		path, body string
		code       int
		says       string
	}{
		{"/write", `{"pane":0,"text":"hello"}`, 204, ""},
		{"/press", `{"pane":0,"message":"m1","button":1}`, 204, ""},
		{"/write", `{"pane":0,"text":" "}`, 400, "There is nothing to send: type some words first."},
		{"/press", `{"pane":0,"message":"m1","button":2}`, 400, "There is no such button in this chat."},
		{"/press", `{"pane":1,"message":"m1","button":0}`, 400, "There is no such button in this chat."},
		{"/write", `{"pane":2,"text":"hello"}`, 403, "Nobody can write in this chat."},
		{"/write", `{"pane":3,"text":"hello"}`, 403, "Nobody can write in this chat."},
		{"/write", `{"pane":-1,"text":"hello"}`, 403, "Nobody can write in this chat."},
		{"/write", `{`, 400, "The page sent something unreadable: load it again."},
		{"/write", `{"text":"` + strings.Repeat("x", maxBody) + `"}`, 400, "The page sent something unreadable: load it again."},
		{"/forward", `{}`, 500, "Nothing is due any more."},
	} {
		if code, says := post(t, server, c.path, c.body); code != c.code || says != c.says {
			t.Errorf("%s %.60s: %d %q, want %d %q", c.path, c.body, code, says, c.code, c.says)
		}
	}
	got := a.Transcript("ada")[1:]
	if len(got) != 2 || got[0].Text != "hello" || got[1].Kind != Press || got[1].Text != "No" {
		t.Errorf("the chat holds %+v", got)
	}
}

func TestThePageIsForThisMachineAlone(t *testing.T) {
	t.Parallel()
	a, server := serveWeb(t)
	for name, header := range map[string][]string{
		"a foreign name for this machine": {"Host", "rebound.example"},
		"another page":                    {"Origin", "https://elsewhere.example"},
		"another site":                    {"Sec-Fetch-Site", "cross-site"},
	} {
		if code, _ := post(t, server, "/write", `{"pane":0,"text":"hello"}`, header...); code != http.StatusForbidden {
			t.Errorf("%s: %d, want 403", name, code)
		}
	}
	if posts, _ := a.Since(0); len(posts) != 0 {
		t.Errorf("posted all the same: %+v", posts)
	}
	for addr, want := range map[string]bool{
		"127.0.0.1:0": true, "localhost:0": true,
		"0.0.0.0:0": false, ":0": false, "192.0.2.1:0": false, "example.org:80": false, "8088": false, "": false,
	} {
		l, err := Listen(t.Context(), addr)
		if (err == nil) != want {
			t.Errorf("%q: %v", addr, err)
		}
		if err == nil {
			_ = l.Close()
		} else if !strings.Contains(err.Error(), "use one such as 127.0.0.1:8088") {
			t.Errorf("%q: %q does not say what to do next", addr, err)
		}
	}
}

func TestThePageCarriesItsPolicy(t *testing.T) {
	t.Parallel()
	_, server := serveWeb(t)
	answer, err := server.Client().Get(server.URL)
	must(t, err)
	defer answer.Body.Close()
	if p := answer.Header.Get("Content-Security-Policy"); !strings.HasPrefix(p, "default-src 'none'") || strings.Contains(p, "unsafe") {
		t.Errorf("policy %q", p)
	}
	// Nothing outside the page: with the policy it would not load anyway.
	for _, outside := range []string{"src=", "href=", "@import", "url(", "http"} {
		if strings.Contains(page, outside) {
			t.Errorf("the page holds %q", outside)
		}
	}
}

// told reads events until one of the wanted name, which it returns too.
func told(t *testing.T, in *bufio.Scanner, until string) []string {
	t.Helper()
	var events []string
	event := ""
	for in.Scan() {
		line := in.Text()
		switch {
		case line != "":
			event += line + "\n"
		default:
			events = append(events, event)
			if strings.HasPrefix(event, "event: "+until+"\n") {
				return events
			}
			event = ""
		}
	}
	t.Fatalf("the stream ended before %s: %v", until, in.Err())
	return nil
}

func open(t *testing.T, server *httptest.Server, last string) *bufio.Scanner {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+"/events", nil)
	must(t, err)
	r.Header.Set("Last-Event-ID", last)
	answer, err := server.Client().Do(r)
	must(t, err)
	t.Cleanup(func() { _ = answer.Body.Close() })
	return bufio.NewScanner(answer.Body)
}

func TestEventsTellThePastThenThePresent(t *testing.T) {
	t.Parallel()
	a, server := serveWeb(t)
	send(t, a, "ada", "Is that\nOK?", "Yes")
	must(t, a.Private("stranger").Write("in no pane"))

	stream := open(t, server, "")
	past := told(t, stream, "ready")
	if len(past) != 4 {
		t.Fatalf("past: %q", past)
	}
	for i, want := range []string{
		`"panes":[{"title":"Patient","person":"Ada","closed":false}`,
		"id: test:1\n" + `data: {"pane":0,"id":"m1","mine":false,"speaker":"onestep","text":"Is that\nOK?","buttons":["Yes"],"time":"Mon 2 Mar 10:00"}`,
		`data: "Mon 2 Mar 10:00"`,
	} {
		if !strings.Contains(past[i], want) {
			t.Errorf("event %d: %q lacks %q", i, past[i], want)
		}
	}
	must(t, a.Private("ada").Press("Yes"))
	if now := told(t, stream, "post"); len(now) != 1 || !strings.Contains(now[0], `"mine":true,"speaker":"Ada presses","text":"Yes"`) {
		t.Errorf("present: %q", now)
	}

	// A page that was cut off goes on; one of an earlier run begins anew.
	for last, want := range map[string]int{"test:1": 1, "test:3": 0, "test:99": 0, "earlier:3": 2, "test:x": 2, "": 2} {
		posts := 0
		for _, e := range told(t, open(t, server, last), "ready") {
			if strings.HasPrefix(e, "event: post\n") {
				posts++
			}
		}
		if posts != want {
			t.Errorf("after %q: %d posts, want %d", last, posts, want)
		}
	}
}
