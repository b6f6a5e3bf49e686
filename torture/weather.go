package main

import (
	"maps"
	"math/rand/v2"
	"sync"
	"time"

	"onestep/adapters/adaptertest/slackfake"
	"onestep/adapters/adaptertest/telegramfake"
)

// weather makes both platforms and the door fail in every way they know, each
// call by lot, with a storm of refusals now and then. Shares are of all calls.
type weather struct {
	mu     sync.Mutex
	random *rand.Rand
	fair   bool
	storm  time.Time        // everything is refused until then
	met    map[string]int   // faults that came, by kind
	first  map[string][]int // by kind of call, the lots of the first ones
}

// newWeather is fair until it breaks.
func newWeather(seed uint64) *weather {
	// However short a run is, each fault comes once.
	first := map[string][]int{
		"sendmessage": {0, 12, 27, 37, 47, 55}, "chat.postMessage": {0, 12, 27, 32, 37, 42, 52, 57, 65}, "door": {0, 15, 35, 45, 85},
	}
	return &weather{random: rand.New(rand.NewPCG(seed, 77)), fair: true, met: map[string]int{}, first: first}
}

// breaks begins the faults.
func (w *weather) breaks() { w.turn(false) }

// clears ends them.
func (w *weather) clears() { w.turn(true) }

func (w *weather) turn(fair bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fair = fair
}

// brew starts a storm.
func (w *weather) brew(length time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.storm = time.Now().Add(length)
}

// faults tells which came how often.
func (w *weather) faults() map[string]int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return maps.Clone(w.met)
}

// The kinds of faults.
const (
	refused429  = "refused with 429"
	failed5xx   = "refused with 5xx"
	htmlPage    = "answered with a page of HTML"
	saidNo      = "refused by the platform's own error"
	dropBefore  = "dropped before acceptance"
	dropAfter   = "dropped after acceptance"
	lateAnswer  = "accepted and answered late"
	noID        = "accepted and answered without an id"
	lateUpdate  = "update told late, behind later ones"
	twiceUpdate = "update told to two replicas at once"
	lostUpdate  = "update dropped on its way in"
	lostTaking  = "update taken, and the answer lost"
)

// everyFault lists the kinds.
var everyFault = []string{refused429, failed5xx, htmlPage, saidNo, dropBefore, dropAfter, lateAnswer, noID, lateUpdate, twiceUpdate, lostUpdate, lostTaking}

// as counts a fault that comes.
func as[F any](w *weather, kind string, f F) F {
	w.met[kind]++
	return f
}

// lot draws a number below 1000 for a kind of call, or one above when the weather
// is fair, and says how long a storm still lasts. The caller holds mu.
func (w *weather) lot(call string) (n int, storm time.Duration) {
	if w.fair {
		return 1000, 0
	}
	if storm = time.Until(w.storm); storm > 0 {
		return w.random.IntN(1000), storm
	}
	if first := w.first[call]; len(first) > 0 {
		w.first[call] = first[1:]
		return first[0], 0
	}
	return w.random.IntN(1000), 0
}

func (w *weather) upTo(most time.Duration) time.Duration {
	return time.Duration(w.random.Int64N(int64(most)))
}

// seconds rounds up, as platforms do.
func seconds(d time.Duration) int { return int(d/time.Second) + 1 }

// telegram is how a call to Telegram fares.
func (w *weather) telegram(method string, _ map[string]string) telegramfake.Fault {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, storm := w.lot(method)
	if storm > 0 && (method == "sendmessage" || n < 300) {
		return as(w, refused429, telegramfake.TooMany(seconds(storm)))
	}
	switch {
	case n < 12:
		return as(w, dropBefore, telegramfake.Fault{Drop: true})
	case n < 27:
		return as(w, dropAfter, telegramfake.Fault{Lose: true})
	case n < 37:
		return as(w, failed5xx, telegramfake.ServerError())
	case n < 47:
		return as(w, htmlPage, telegramfake.BadGateway())
	case n < 55 && method != "getupdates":
		return as(w, refused429, telegramfake.TooMany(seconds(w.upTo(3*time.Second))))
	case n < 95:
		return as(w, lateAnswer, telegramfake.Fault{Delay: w.upTo(1500 * time.Millisecond)})
	}
	return telegramfake.Fault{}
}

// slack is how a call to Slack fares.
func (w *weather) slack(method, _ string) slackfake.Fault {
	w.mu.Lock()
	defer w.mu.Unlock()
	n, storm := w.lot(method)
	if storm > 0 && (method == "chat.postMessage" || n < 300) {
		return as(w, refused429, slackfake.Fault{Status: 429, RetryAfter: seconds(storm)})
	}
	switch {
	case n < 12:
		return as(w, dropBefore, slackfake.Fault{DropBefore: true})
	case n < 27:
		return as(w, dropAfter, slackfake.Fault{DropAfter: true})
	case n < 32 && method == "chat.postMessage":
		return as(w, noID, slackfake.Fault{NoTS: true})
	case n < 37:
		return as(w, htmlPage, slackfake.Fault{Status: 502})
	case n < 42:
		return as(w, failed5xx, slackfake.Fault{Status: 503})
	case n < 47:
		return as(w, saidNo, slackfake.Fault{Error: "internal_error"})
	case n < 52:
		return as(w, saidNo, slackfake.Fault{Error: "ratelimited"})
	case n < 57:
		return as(w, saidNo, slackfake.Fault{Empty: true})
	case n < 65:
		return as(w, refused429, slackfake.Fault{Status: 429, RetryAfter: seconds(w.upTo(3 * time.Second))})
	case n < 105:
		return as(w, lateAnswer, slackfake.Fault{Delay: w.upTo(1500 * time.Millisecond)})
	}
	return slackfake.Fault{}
}

// late is how long something that a person did on Slack is on its way: mostly no
// time at all.
func (w *weather) late() time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n, _ := w.lot("late"); n >= 80 {
		return 0
	}
	return as(w, lateUpdate, w.upTo(5*time.Second))
}

// knock is how a request from a platform to the replicas fares.
type knock struct {
	drop, lose, page, twice bool
	delay                   time.Duration
}

func (w *weather) door() knock {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch n, _ := w.lot("door"); {
	case n < 15:
		return as(w, lostUpdate, knock{drop: true})
	case n < 35:
		return as(w, lostTaking, knock{lose: true})
	case n < 45:
		return as(w, htmlPage, knock{page: true})
	case n < 85:
		return as(w, twiceUpdate, knock{twice: true})
	case n < 185:
		return as(w, lateUpdate, knock{delay: w.upTo(2 * time.Second)})
	}
	return knock{}
}
