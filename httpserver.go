package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"onestep/bot"
)

// What a probe, a scraper or a platform behind a balancer may take. They are
// small and near, so anything slower is broken or malicious. The longest answer
// is to Telegram's webhook, ten seconds.
const (
	readTime     = 5 * time.Second
	writeTime    = 15 * time.Second
	idleTime     = time.Minute
	largestHead  = 16 << 10
	shutdownTime = 5 * time.Second
)

// front is what is served to the outside.
type front struct {
	// checks of readiness are called at each request, must bound their own
	// time, and give plain sentences.
	checks map[string]func() error
	// hints are what an operator should look at, although this replica is
	// ready; nil: none. They must not make it unready: one person's trouble is
	// no reason to send nobody here.
	hints func() []string
	// ways are where platforms come in, by path.
	ways  map[string]http.Handler
	meter *metrics
}

// caller is an adapter whose platform can come to it over HTTP.
type caller interface {
	// Handlers are what the platform calls, by path.
	Handlers() map[string]http.Handler
}

// serveHTTP answers on addr until stop is called. stop lets requests in hand end.
func serveHTTP(addr string, f front, log *slog.Logger) (stop func(), err error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s (%w). Stop what uses that address, or set ONESTEP_HTTP_ADDR to another", addr, cause(err))
	}
	server := &http.Server{
		Handler:           guarded(f.routes(), log),
		ReadHeaderTimeout: readTime,
		ReadTimeout:       readTime,
		WriteTimeout:      writeTime,
		IdleTimeout:       idleTime,
		MaxHeaderBytes:    largestHead,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	var served sync.WaitGroup
	served.Go(func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("nothing is served over HTTP any more", "err", err)
		}
	})
	log.Info("health and metrics", "address", listener.Addr().String())
	return func() {
		ctx, cancel := context.WithTimeout(context.Background(), shutdownTime)
		defer cancel()
		if server.Shutdown(ctx) != nil {
			server.Close()
		}
		served.Wait()
	}, nil
}

// guarded answers 500 for a request that panics. What a server logs of that by
// itself has the panic's value, which could carry words.
func guarded(next http.Handler, log *slog.Logger) http.Handler {
	serve := func(w http.ResponseWriter, r *http.Request) (err error) {
		defer bot.Recover(log, &err)
		next.ServeHTTP(w, r)
		return nil
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if serve(w, r) != nil {
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
}

// cause is what the system said, without the address that we name ourselves.
func cause(err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Err
	}
	return err
}

// routes says what is served where.
func (f front) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		plain(w, http.StatusOK, "alive\n")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		status, text := http.StatusOK, "ready\n"
		if faults := unready(f.checks); faults != "" {
			status, text = http.StatusServiceUnavailable, faults
		}
		if f.hints != nil {
			for _, hint := range f.hints() {
				text += "please look: " + hint + "\n"
			}
		}
		plain(w, status, text)
	})
	mux.Handle("GET /metrics", f.meter.handler())
	for path, handler := range f.ways {
		mux.Handle(path, f.meter.visited(path, handler))
	}
	return mux
}

// unready makes all checks at once and gives one line for each that fails, in
// the order of their names.
func unready(checks map[string]func() error) string {
	names := slices.Sorted(maps.Keys(checks))
	results := make([]error, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() { results[i] = checks[name]() })
	}
	all.Wait()
	var lines strings.Builder
	for i, err := range results {
		if err != nil {
			fmt.Fprintf(&lines, "%s: %s\n", names[i], err)
		}
	}
	return lines.String()
}

func plain(w http.ResponseWriter, status int, text string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	fmt.Fprint(w, text)
}
