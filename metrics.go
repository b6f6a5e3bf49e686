package main

import (
	"cmp"
	"context"
	"net/http"
	"regexp"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"onestep/bot"
	"onestep/bot/store"
)

// metrics counts what happens, as a bot.Meter. No label ever holds a word, a
// name or an id of anybody: a value that is not one of our own short words is
// counted as "other".
type metrics struct {
	registry                 *prometheus.Registry
	turns, sends             *prometheus.CounterVec
	turnSeconds, sendSeconds *prometheus.HistogramVec

	refused, rescued, oddities, calls *prometheus.CounterVec
	visits                            *prometheus.HistogramVec
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
		refused: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "onestep_refused_updates_total", Help: "Times that an update could not be stored and was left to be tried again, by platform.",
		}, []string{"platform"}),
		rescued: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "onestep_unkept_dangers_total", Help: "Words of danger that could not be stored, by platform and how far they came: kept by the team, bare or partly past the store.",
		}, []string{"platform", "how"}),
		oddities: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "onestep_oddities_total", Help: "Odd things at a platform's edge, such as forged or unreadable requests, by kind.",
		}, []string{"platform", "what"}),
		calls: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "onestep_calls_total", Help: "Requests to a platform, by method and how they ended: ok, a status, unsent or lost.",
		}, []string{"platform", "method", "end"}),
		visits: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "onestep_visit_seconds", Help: "How long a platform's request took, by where it came in and status: 200 taken, 401 not signed, 503 not taken.", Buckets: buckets,
		}, []string{"way", "code"}),
	}
	m.registry.MustRegister(m.turns, m.sends, m.turnSeconds, m.sendSeconds, m.refused, m.rescued, m.oddities, m.calls, m.visits,
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

// Refused counts one time that an update could not be stored.
func (m *metrics) Refused(platform string) { m.refused.WithLabelValues(own(platform)).Inc() }

// Rescued counts one try at words of danger that could not be stored.
func (m *metrics) Rescued(platform, how string) {
	m.rescued.WithLabelValues(own(platform), own(how)).Inc()
}

// watch shows how many updates are refused again and again.
func (m *metrics) watch(w *watched, platforms []string) {
	for _, platform := range platforms {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "onestep_stuck_updates", Help: "Updates that could not be stored for over a minute and are tried again, by platform.",
			ConstLabels: prometheus.Labels{"platform": own(platform)},
		}, func() float64 { return float64(w.stuck()[platform]) }))
	}
}

// held shows for how long platforms are left alone.
func (m *metrics) held(left func(platform string) time.Duration, platforms []string) {
	for _, platform := range platforms {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: "onestep_platform_held_seconds", Help: "For how long what is planned is still kept from a platform that asked to be left alone; 0: it is not. Answers go sooner.",
			ConstLabels: prometheus.Labels{"platform": own(platform)},
		}, func() float64 { return left(platform).Seconds() }))
	}
}

// shards shows how many shards this replica holds.
func (m *metrics) shards(held func() int) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "onestep_shards_held", Help: "Shards whose timers and delivery run in this replica.",
	}, func() float64 { return float64(held()) }))
}

// outbox shows how much waits to be sent, and how much was given up, as the store
// counts it when the metrics are read.
func (m *metrics) outbox(count func(context.Context, []bot.Room) (store.Backlog, error), platforms []string) {
	o := outboxGauges{
		count: count,
		lanes: prometheus.NewDesc("onestep_outbox_chats", "Chats with something to be sent, by platform and class of what is next: answer or planned; what goes between conversations has the platform letter.", []string{"platform", "class"}, nil),
		dead:  prometheus.NewDesc("onestep_dead_messages", "Messages given up in the last 30 days.", nil, nil),
	}
	for _, platform := range append([]string{""}, platforms...) {
		o.rooms = append(o.rooms, bot.Room{Platform: platform, Class: bot.Answer}, bot.Room{Platform: platform, Class: bot.Planned})
	}
	m.registry.MustRegister(o)
}

type outboxGauges struct {
	count       func(context.Context, []bot.Room) (store.Backlog, error)
	rooms       []bot.Room
	lanes, dead *prometheus.Desc
}

// Describe fulfils prometheus.Collector.
func (o outboxGauges) Describe(c chan<- *prometheus.Desc) { c <- o.lanes; c <- o.dead }

// Collect fulfils prometheus.Collector. While Redis is away the gauges are not
// there, and everything else is.
func (o outboxGauges) Collect(c chan<- prometheus.Metric) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	b, err := o.count(ctx, o.rooms)
	if err != nil {
		return
	}
	for i, r := range o.rooms {
		class := map[bot.Class]string{bot.Answer: "answer", bot.Planned: "planned"}[r.Class]
		c <- prometheus.MustNewConstMetric(o.lanes, prometheus.GaugeValue, float64(b.Lanes[i]), own(cmp.Or(r.Platform, "letter")), class)
	}
	c <- prometheus.MustNewConstMetric(o.dead, prometheus.GaugeValue, float64(b.Dead))
}

// visited counts the requests of one way in.
func (m *metrics) visited(way string, next http.Handler) http.Handler {
	return promhttp.InstrumentHandlerDuration(m.visits.MustCurryWith(prometheus.Labels{"way": way}), next)
}

// edge counts what an adapter meets at one platform.
type edge struct {
	*metrics
	platform string
}

// Noticed counts one oddity.
func (e edge) Noticed(what string) { e.oddities.WithLabelValues(own(e.platform), own(what)).Inc() }

// Called counts one request to the platform.
func (e edge) Called(method, end string, _ time.Duration) {
	if !ourMethods.MatchString(method) || !ourEnds.MatchString(end) {
		method, end = "other", "other"
	}
	e.calls.WithLabelValues(own(e.platform), method, end).Inc()
}

// The shapes of a method's name and of how a call ended.
var (
	ourMethods = regexp.MustCompile(`^[a-zA-Z]{1,40}$`)
	ourEnds    = regexp.MustCompile(`^([a-z]{1,10}|[0-9]{3})$`)
)

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
