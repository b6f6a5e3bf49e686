package main

import (
	"math/rand/v2"
	"sync"
	"time"

	"onestep/adapters/adaptertest/slackfake"
	"onestep/adapters/adaptertest/telegramfake"
)

// weather makes both platforms fail in every way they know, each call by lot,
// with a storm of refusals now and then. Shares are of all calls.
type weather struct {
	mu     sync.Mutex
	random *rand.Rand
	fair   bool
	storm  time.Time // everything is refused until then
}

func newWeather(seed uint64) *weather {
	return &weather{random: rand.New(rand.NewPCG(seed, 77))}
}

// clear ends all faults.
func (w *weather) clear() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.fair = true
}

// brew starts a storm.
func (w *weather) brew(length time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.storm = time.Now().Add(length)
}

// lot draws a number below 1000, or one above when the weather is fair, and
// says how long a storm still lasts.
func (w *weather) lot() (n int, storm time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.fair {
		return 1000, 0
	}
	return w.random.IntN(1000), time.Until(w.storm)
}

func (w *weather) upTo(most time.Duration) time.Duration {
	w.mu.Lock()
	defer w.mu.Unlock()
	return time.Duration(w.random.Int64N(int64(most)))
}

// seconds rounds up, as platforms do.
func seconds(d time.Duration) int { return int(d/time.Second) + 1 }

// telegram is how a call to Telegram fares.
func (w *weather) telegram(method string, _ map[string]string) telegramfake.Fault {
	n, storm := w.lot()
	if storm > 0 && (method == "sendmessage" || n < 300) {
		return telegramfake.TooMany(seconds(storm))
	}
	switch {
	case n < 12:
		return telegramfake.Fault{Drop: true}
	case n < 27:
		return telegramfake.Fault{Lose: true}
	case n < 37:
		return telegramfake.ServerError()
	case n < 47:
		return telegramfake.BadGateway()
	case n < 55 && method != "getupdates":
		return telegramfake.TooMany(seconds(w.upTo(3 * time.Second)))
	case n < 95 && method != "getupdates":
		return telegramfake.Fault{Delay: w.upTo(1500 * time.Millisecond)}
	}
	return telegramfake.Fault{}
}

// slack is how a call to Slack fares. Presses are not slowed down here: they
// come over the sockets.
func (w *weather) slack(method, _ string) slackfake.Fault {
	n, storm := w.lot()
	if storm > 0 && (method == "chat.postMessage" || n < 300) {
		return slackfake.Fault{Status: 429, RetryAfter: seconds(storm)}
	}
	switch {
	case n < 12:
		return slackfake.Fault{DropBefore: true}
	case n < 27:
		return slackfake.Fault{DropAfter: true}
	case n < 32 && method == "chat.postMessage":
		return slackfake.Fault{NoTS: true}
	case n < 37:
		return slackfake.Fault{Status: 502}
	case n < 42:
		return slackfake.Fault{Status: 503}
	case n < 47:
		return slackfake.Fault{Error: "internal_error"}
	case n < 52:
		return slackfake.Fault{Error: "ratelimited"}
	case n < 57:
		return slackfake.Fault{Empty: true}
	case n < 65:
		return slackfake.Fault{Status: 429, RetryAfter: seconds(w.upTo(3 * time.Second))}
	case n < 105:
		return slackfake.Fault{Delay: w.upTo(1500 * time.Millisecond)}
	}
	return slackfake.Fault{}
}
