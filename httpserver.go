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
)

// What a probe or a scraper may take. They are small and near, so anything
// slower is broken or malicious.
const (
	readTime     = 5 * time.Second
	writeTime    = 15 * time.Second
	idleTime     = time.Minute
	largestHead  = 16 << 10
	shutdownTime = 5 * time.Second
)

// serveHTTP answers on addr until stop is called: /healthz, /readyz and
// /metrics. stop lets requests in hand end. The checks of readiness are called
// at each request, must bound their own time, and give plain sentences.
func serveHTTP(addr string, checks map[string]func() error, m *metrics, log *slog.Logger) (stop func(), err error) {
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("cannot listen on %s (%w). Stop what uses that address, or set ONESTEP_HTTP_ADDR to another", addr, cause(err))
	}
	server := &http.Server{
		Handler:           routes(checks, m),
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
			log.Error("health and metrics are served no more", "err", err)
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

// cause is what the system said, without the address that we name ourselves.
func cause(err error) error {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Err
	}
	return err
}

// routes says what is served where.
func routes(checks map[string]func() error, m *metrics) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		plain(w, http.StatusOK, "alive\n")
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if faults := unready(checks); faults != "" {
			plain(w, http.StatusServiceUnavailable, faults)
			return
		}
		plain(w, http.StatusOK, "ready\n")
	})
	mux.Handle("GET /metrics", m.handler())
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
