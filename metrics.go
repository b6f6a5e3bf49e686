package main

import (
	"net/http"
	"regexp"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics counts what happens, as a bot.Meter. No label ever holds a word, a
// name or an id of anybody: a value that is not one of our own short words is
// counted as "other".
type metrics struct {
	registry                 *prometheus.Registry
	turns, sends             *prometheus.CounterVec
	turnSeconds, sendSeconds *prometheus.HistogramVec
}

// buckets reach from a turn on a local Redis to the longest attempt at a
// platform, in seconds.
var buckets = []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		turns: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "onestep_turns_total", Help: "Events taken through a turn, by kind of event and outcome.",
		}, []string{"kind", "outcome"}),
		sends: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "onestep_sends_total", Help: "Attempts to send a message, by platform and outcome.",
		}, []string{"platform", "outcome"}),
		turnSeconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "onestep_turn_seconds", Help: "How long a turn took, from load to commit.", Buckets: buckets,
		}, []string{"kind"}),
		sendSeconds: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "onestep_send_seconds", Help: "How long an attempt to send a message took.", Buckets: buckets,
		}, []string{"platform"}),
	}
	m.registry.MustRegister(m.turns, m.sends, m.turnSeconds, m.sendSeconds,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Turn counts one turn.
func (m *metrics) Turn(kind, outcome string, took time.Duration) {
	m.turns.WithLabelValues(own(kind), own(outcome)).Inc()
	m.turnSeconds.WithLabelValues(own(kind)).Observe(took.Seconds())
}

// Send counts one attempt to send.
func (m *metrics) Send(platform, outcome string, took time.Duration) {
	m.sends.WithLabelValues(own(platform), own(outcome)).Inc()
	m.sendSeconds.WithLabelValues(own(platform)).Observe(took.Seconds())
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

// ourWords is the shape of the words that the program itself uses for kinds,
// outcomes and platforms: no digits, as ids have, and no sentences.
var ourWords = regexp.MustCompile(`^[a-z]+([ -][a-z]+){0,3}$`)

const longestWord = 24

// own lets only words of our own pass as labels.
func own(label string) string {
	if len(label) > longestWord || !ourWords.MatchString(label) {
		return "other"
	}
	return label
}
