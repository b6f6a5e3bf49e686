package main

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// balancer stands before the replicas as nginx or Caddy would: one after the
// other, and the next one when a replica is away or says 503.
type balancer struct {
	server *httptest.Server
	next   atomic.Int64

	mu   sync.Mutex
	to   []string // addresses
	all  bool     // every request goes to all replicas at the same moment
	seen int
}

func newBalancer(t *testing.T) *balancer {
	t.Helper()
	b := &balancer{}
	b.server = httptest.NewServer(b)
	t.Cleanup(b.server.Close)
	return b
}

func (b *balancer) set(all bool, to ...string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.all, b.to = all, to
}

func (b *balancer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	b.mu.Lock()
	to, all := slices.Clone(b.to), b.all
	b.seen++
	b.mu.Unlock()
	if all {
		b.everybody(w, r, body, to)
		return
	}
	first := int(b.next.Add(1))
	for i := range to {
		resp, err := pass(r, body, to[(first+i)%len(to)])
		if err != nil {
			continue
		}
		if resp.StatusCode == http.StatusServiceUnavailable && i < len(to)-1 {
			resp.Body.Close()
			continue
		}
		relay(w, resp)
		return
	}
	w.WriteHeader(http.StatusBadGateway)
}

// everybody asks all replicas at once and gives the worst answer, so that what
// one of them did not take comes again to all.
func (b *balancer) everybody(w http.ResponseWriter, r *http.Request, body []byte, to []string) {
	answers := make([]*http.Response, len(to))
	var all sync.WaitGroup
	for i, addr := range to {
		all.Go(func() { answers[i], _ = pass(r, body, addr) })
	}
	all.Wait()
	var worst *http.Response
	for _, a := range answers {
		if a == nil {
			continue
		}
		if worst != nil && a.StatusCode <= worst.StatusCode {
			a.Body.Close()
			continue
		}
		if worst != nil {
			worst.Body.Close()
		}
		worst = a
	}
	if worst == nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	relay(w, worst)
}

func pass(r *http.Request, body []byte, addr string) (*http.Response, error) {
	again, err := http.NewRequestWithContext(r.Context(), r.Method, "http://"+addr+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	again.Header = r.Header.Clone()
	return http.DefaultTransport.RoundTrip(again)
}

func relay(w http.ResponseWriter, resp *http.Response) {
	defer resp.Body.Close()
	for k, v := range resp.Header {
		w.Header()[k] = v
	}
	w.WriteHeader(resp.StatusCode)
	_, _ = io.Copy(w, resp.Body)
}

const webhookSecret = "made-up-webhook-secret_0123456789"

// overHTTP makes both platforms come in over HTTP through a balancer.
func (s *site) overHTTP() *balancer {
	s.Helper()
	b := newBalancer(s.T)
	s.set("ONESTEP_TELEGRAM_WEBHOOK_URL", b.server.URL+"/telegram/webhook")
	s.set("ONESTEP_TELEGRAM_WEBHOOK_SECRET", webhookSecret)
	s.set("ONESTEP_SLACK_APP_TOKEN", "")
	s.set("ONESTEP_SLACK_SIGNING_SECRET", s.slack.SigningSecret())
	return b
}

// ask gets a path of the replica's HTTP; status 0 is no answer.
func (p *process) ask(path string) (status int, text string) {
	client := http.Client{Timeout: 2 * time.Second}
	resp, err := client.Get("http://" + p.http + path)
	if err != nil {
		return 0, ""
	}
	defer resp.Body.Close()
	body, _ := io.ReadAll(resp.Body)
	return resp.StatusCode, string(body)
}

func (p *process) post(path string, headers map[string]string, body string) int {
	r, err := http.NewRequest(http.MethodPost, "http://"+p.http+path, strings.NewReader(body))
	if err != nil {
		p.s.Fatal(err)
	}
	for k, v := range headers {
		r.Header.Set(k, v)
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0
	}
	resp.Body.Close()
	return resp.StatusCode
}

// metric reads one line of the metrics, by its name with labels; 0 if it is not
// there.
func (p *process) metric(name string) float64 {
	_, body := p.ask("/metrics")
	for line := range strings.Lines(body) {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			n, _ := strconv.ParseFloat(strings.TrimSpace(value), 64)
			return n
		}
	}
	return 0
}
