package simulator

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

//go:embed page.html
var page string

// maxBody bounds a request of the page: far more than anybody types.
const maxBody = 64 << 10

// clockEvery is how often the page hears the time, when nothing else happens.
const clockEvery = time.Second

// Web is what the page shows and lets people do.
type Web struct {
	Adapter *Adapter
	Panes   []Pane
	// Zone is the time zone of the times shown.
	Zone *time.Location
	// Intro is a sentence or two at the top of the page.
	Intro string
	// Forward moves the clock to what happens next; nil where the clock goes
	// by itself. It says in plain words what it did. Its errors are shown.
	Forward func(context.Context) (string, error)
}

// Listen opens addr for the page. Whoever reaches the page can write as any of
// its people, so only addresses of this machine are accepted.
func Listen(ctx context.Context, addr string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, fmt.Errorf("the address %q is not HOST:PORT: use one such as 127.0.0.1:8088", addr)
	}
	if !loopback(host) {
		return nil, fmt.Errorf("the address %q can be reached from other machines, and anyone there could write as these people: use one such as 127.0.0.1:8088", addr)
	}
	return new(net.ListenConfig).Listen(ctx, "tcp", addr)
}

// loopback tells whether a host without port is this machine alone.
func loopback(host string) bool {
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Handler serves the page and what it calls. It answers only requests that
// were addressed to this machine and, where they change something, that come
// from the page itself.
func (w Web) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", w.page)
	mux.HandleFunc("GET /events", w.events)
	mux.HandleFunc("POST /write", w.write)
	mux.HandleFunc("POST /press", w.press)
	mux.HandleFunc("POST /forward", w.forward)
	guarded := http.NewCrossOriginProtection().Handler(mux)
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		// A foreign name that resolves to this machine is somebody else's page.
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if !loopback(host) {
			http.Error(out, "This page answers at 127.0.0.1 and localhost only.", http.StatusForbidden)
			return
		}
		guarded.ServeHTTP(out, r)
	})
}

func (w Web) page(out http.ResponseWriter, _ *http.Request) {
	h := out.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cache-Control", "no-store")
	_, _ = out.Write([]byte(page)) // a reader who has gone needs no answer
}

// policy allows the page's own style and script, by their hash, and nothing else.
var policy = "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; connect-src 'self'" +
	"; style-src " + hashOf("style") + "; script-src " + hashOf("script")

func hashOf(tag string) string {
	_, rest, _ := strings.Cut(page, "<"+tag+">")
	body, _, _ := strings.Cut(rest, "</"+tag+">")
	sum := sha256.Sum256([]byte(body))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// act is what the page asks for.
type act struct {
	Pane    int    `json:"pane"`
	Text    string `json:"text"`
	Message string `json:"message"`
	Button  int    `json:"button"`
}

func (w Web) write(out http.ResponseWriter, r *http.Request) {
	w.do(out, r, func(s Seat, a act) error { return s.Write(a.Text) })
}

func (w Web) press(out http.ResponseWriter, r *http.Request) {
	w.do(out, r, func(s Seat, a act) error { return s.PressOn(a.Message, a.Button) })
}

func (w Web) do(out http.ResponseWriter, r *http.Request, f func(Seat, act) error) {
	var a act
	if err := json.NewDecoder(http.MaxBytesReader(out, r.Body, maxBody)).Decode(&a); err != nil {
		http.Error(out, "The page sent something unreadable: load it again.", http.StatusBadRequest)
		return
	}
	if a.Pane < 0 || a.Pane >= len(w.Panes) || w.Panes[a.Pane].Closed {
		http.Error(out, "Nobody can write in this chat.", http.StatusForbidden)
		return
	}
	if err := f(w.Panes[a.Pane].Seat, a); err != nil {
		http.Error(out, sentence(err), http.StatusBadRequest)
		return
	}
	out.WriteHeader(http.StatusNoContent)
}

func (w Web) forward(out http.ResponseWriter, r *http.Request) {
	if w.Forward == nil {
		http.Error(out, "The clock goes by itself here.", http.StatusNotFound)
		return
	}
	said, err := w.Forward(r.Context())
	if err != nil {
		http.Error(out, sentence(err), http.StatusInternalServerError)
		return
	}
	out.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = out.Write([]byte(said))
}

func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + strings.TrimSuffix(text[1:], ".") + "."
}

// What the page gets to know, in events of these names.
type (
	// webHello comes first: what to show, and the run it belongs to.
	webHello struct {
		Run     string    `json:"run"`
		Intro   string    `json:"intro"`
		Forward bool      `json:"forward"`
		Panes   []webPane `json:"panes"`
	}
	webPane struct {
		Title  string `json:"title"`
		Person string `json:"person"`
		Closed bool   `json:"closed"`
	}
	webPost struct {
		Pane    int      `json:"pane"`
		ID      string   `json:"id"`
		Mine    bool     `json:"mine"`
		Speaker string   `json:"speaker"`
		Text    string   `json:"text"`
		Buttons []string `json:"buttons"`
		Time    string   `json:"time"`
	}
)

// events streams server-sent events: hello, a post for each post, ready once
// the past has been told, and the clock.
func (w Web) events(out http.ResponseWriter, r *http.Request) {
	stream := stream{out, http.NewResponseController(out)}
	out.Header().Set("Content-Type", "text/event-stream")
	out.Header().Set("Cache-Control", "no-store")

	// A page that was cut off goes on after what it has, in the same run only.
	seq := 0
	if run, n, ok := strings.Cut(r.Header.Get("Last-Event-ID"), ":"); ok && run == w.Adapter.run {
		seq, _ = strconv.Atoi(n)
	}
	if stream.send("hello", "", w.hello()) != nil {
		return
	}
	tick := time.NewTicker(clockEvery)
	defer tick.Stop()
	for ready, clock := false, ""; ; ready = true {
		posts, changed := w.Adapter.Since(seq)
		for _, post := range posts {
			seq = post.Seq
			for i, pane := range w.Panes {
				if pane.Seat.chat != post.Chat {
					continue
				}
				if stream.send("post", w.Adapter.run+":"+strconv.Itoa(seq), w.post(i, post)) != nil {
					return
				}
			}
		}
		if now := w.time(w.Adapter.now()); now != clock {
			clock = now
			if stream.send("clock", "", now) != nil {
				return
			}
		}
		if !ready && stream.send("ready", "", true) != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case <-changed:
		case <-tick.C:
		}
	}
}

func (w Web) hello() webHello {
	h := webHello{Run: w.Adapter.run, Intro: w.Intro, Forward: w.Forward != nil}
	for _, p := range w.Panes {
		h.Panes = append(h.Panes, webPane{p.Title, p.Names[p.Seat.person], p.Closed})
	}
	return h
}

func (w Web) post(i int, p Post) webPost {
	labels := []string{}
	for _, b := range p.Buttons {
		labels = append(labels, b.Label)
	}
	return webPost{i, p.ID, p.From != "", w.Panes[i].speaker(p), p.Text, labels, w.time(p.At)}
}

func (w Web) time(t time.Time) string { return t.In(w.Zone).Format(timeLayout) }

// stream writes server-sent events.
type stream struct {
	out     http.ResponseWriter
	control *http.ResponseController
}

func (s stream) send(event, id string, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	if id != "" {
		id = "id: " + id + "\n"
	}
	if _, err := fmt.Fprintf(s.out, "event: %s\n%sdata: %s\n\n", event, id, data); err != nil {
		return err
	}
	if err := s.control.Flush(); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return err
	}
	return nil
}
