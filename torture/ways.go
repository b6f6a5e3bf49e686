package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// door stands before the replicas, as nginx would, when platforms come in over
// HTTP: it goes to one after the other, and has the weather's faults. What it
// delays is overtaken by what comes later.
type door struct {
	to    []string // addresses
	sky   *weather
	next  atomic.Int64
	url   string
	serve *http.Server
}

func openDoor(to []string, sky *weather) (*door, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	d := &door{to: to, sky: sky, url: "http://" + l.Addr().String()}
	d.serve = &http.Server{Handler: d}
	go d.serve.Serve(l)
	return d, nil
}

func (d *door) close() { d.serve.Close() }

// passing is how long a replica may take before the door gives up on it.
const passing = 10 * time.Second

// ServeHTTP passes a request on, or does not.
func (d *door) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		w.WriteHeader(http.StatusBadRequest)
		return
	}
	fault := d.sky.door()
	switch {
	case fault.drop:
		cut(w)
		return
	case fault.page:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusBadGateway)
		io.WriteString(w, "<html><body>502 Bad Gateway</body></html>")
		return
	}
	select {
	case <-time.After(fault.delay):
	case <-r.Context().Done():
		return // the platform has lost its patience, and comes again
	}
	first := int(d.next.Add(1))
	var other sync.WaitGroup
	defer other.Wait()
	if fault.twice {
		other.Go(func() {
			if answer, err := d.pass(r, body, first+1); err == nil {
				answer.Body.Close()
			}
		})
	}
	for i := range d.to {
		answer, err := d.pass(r, body, first+i)
		if err != nil {
			continue
		}
		defer answer.Body.Close()
		if answer.StatusCode == http.StatusServiceUnavailable && i < len(d.to)-1 {
			continue
		}
		if fault.lose {
			cut(w)
			return
		}
		for k, v := range answer.Header {
			w.Header()[k] = v
		}
		w.WriteHeader(answer.StatusCode)
		io.Copy(w, answer.Body)
		return
	}
	w.WriteHeader(http.StatusBadGateway)
}

func (d *door) pass(r *http.Request, body []byte, n int) (*http.Response, error) {
	ctx, stop := context.WithTimeout(r.Context(), passing)
	again, err := http.NewRequestWithContext(ctx, r.Method, "http://"+d.to[n%len(d.to)]+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		stop()
		return nil, err
	}
	again.Header = r.Header.Clone()
	answer, err := http.DefaultTransport.RoundTrip(again)
	if err != nil {
		stop()
		return nil, err
	}
	read, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	stop()
	answer.Body = io.NopCloser(bytes.NewReader(read))
	return answer, err
}

// cut breaks a connection without a word.
func cut(w http.ResponseWriter) {
	if c, _, err := http.NewResponseController(w).Hijack(); err == nil {
		c.Close()
	}
}

// webhookSecret is what Telegram shows at the door.
const webhookSecret = "made-up-webhook-secret_0123456789"

// changeWays has both platforms come in the other way: over HTTP through the
// door, or by polling and sockets. Slack's own settings change at once; Telegram's
// way is the program's setting, so its replicas are restarted, one by one.
func (w *world) changeWays() {
	over := w.blow(otherWays)
	defer over()
	http := !w.http.Load()
	w.http.Store(http)
	base := ""
	if http {
		base = w.door.url
	}
	var err error
	if !eventually(20*time.Second, func() bool { err = w.slack.PointTo(base); return err == nil }) {
		w.wrong("the stage: Slack cannot change its way: %v", err)
	}
	for _, r := range w.replicas {
		if running, free, ok := r.seize(); ok {
			if r.listens() {
				r.next(100*time.Millisecond, 0)
				if err := running.Stop(40 * time.Second); err != nil {
					w.wrong("asked to stop: %v", err)
				}
			}
			free()
		}
	}
}
