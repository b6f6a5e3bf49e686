// Package slack is the adapter to Slack: envelopes, over Socket Mode or over
// HTTP, become bot.Updates, bot.Messages become chat.postMessage calls. It
// decides nothing.
package slack

import (
	"context"
	"errors"
	"io"
	"log"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	slackapi "github.com/slack-go/slack"

	"onestep/bot"
)

// Platform is the name of this adapter in bot.Chat.
const Platform = "slack"

// ErrRefused marks an error that waiting does not mend: a token, a permission
// or the app's own settings are wrong. The error's text says what to do.
var ErrRefused = errors.New("slack refuses this app")

// Config is what the adapter needs to know.
type Config struct {
	BotToken string // xoxb-..., for the Web API
	// AppToken, xapp-..., scope connections:write, opens Socket Mode.
	AppToken string
	// SigningSecret opens the ways in over HTTP: see Handlers. One of the two is
	// needed. With both, both are open, since Slack uses the one that the app's
	// settings name; so an app can change over without a deaf moment.
	SigningSecret string
	// APIURL is where the Web API is, with a slash at its end. Default
	// https://slack.com/api/.
	APIURL string
	// Connections is how many Socket Mode connections stand at once, 2 to 10.
	// Default 2: one alone is deaf while Slack recycles it.
	Connections int
	Log         *slog.Logger
	// Now tells the time for updates that carry none, and how old a signature
	// is. Default time.Now.
	Now func() time.Time
	// Meter counts; nil: nobody counts.
	Meter Meter
	// Limits are how fast to send. Default UsualLimits.
	Limits *bot.Limits
}

// Meter counts oddities: "unreadable", "foreign", "dropped" (see Counts),
// "repeated", "events withheld", "forged" and "stale" (over HTTP). It must be
// safe for concurrent use.
type Meter interface{ Noticed(what string) }

type nobody struct{}

func (nobody) Noticed(string) {}

// Adapter is one Slack app in one workspace. It is safe for concurrent use.
type Adapter struct {
	cfg       Config
	log       *slog.Logger
	api       *slackapi.Client
	pace      pace
	doors     doors
	zones     zones
	throttles bot.Throttles

	mu           sync.Mutex
	team         string // our workspace, from auth.test
	organisation string // what our workspace is part of, or ""
	self         string // our own user id
	refused      error  // why Slack does not let us in, as a plain sentence
	links        []link
	lastAck      time.Time
	open         *receiver // takes what comes over HTTP; nil: nobody does
	away         error     // why Slack could not be asked when we last looked; over HTTP

	suspects sync.Map // faults of signatures that were logged

	unreadable, foreign, dropped atomic.Int64
}

var (
	_ bot.Adapter = (*Adapter)(nil)
	_ bot.Finder  = (*Adapter)(nil)
)

// pace holds every wait of the adapter, so that a test can shorten them.
type pace struct {
	call     time.Duration // one Web API call, with its reading
	patience time.Duration // a press or command must be taken within this; Slack gives 3 s
	take     time.Duration // one attempt to hand an update to the inbox
	held     time.Duration // how long an update is tried again
	again    time.Duration // first wait after a failed Take, doubling
	atMost   time.Duration // longest of these waits
	apart    time.Duration // between the starts of two connections
	redial   time.Duration // longest wait before a connection is tried again
	settle   time.Duration // for what was said before and comes by the other connection
	zone     time.Duration // how long an update waits for a time zone
	flush    time.Duration // for the last acknowledgements to leave at the end
	reply    time.Duration // an answer over HTTP; Slack gives 3 s
	look     time.Duration // between looks whether Slack still knows us, over HTTP
}

var usualPace = pace{
	call:     20 * time.Second,
	patience: 2500 * time.Millisecond,
	take:     10 * time.Second,
	held:     time.Hour,
	again:    100 * time.Millisecond,
	atMost:   5 * time.Second,
	apart:    5 * time.Second,
	redial:   30 * time.Second,
	settle:   50 * time.Millisecond,
	zone:     700 * time.Millisecond,
	flush:    300 * time.Millisecond,
	reply:    2700 * time.Millisecond,
	look:     30 * time.Second,
}

// New makes an adapter without calling Slack. An error means that the settings
// cannot be right; its text says which.
func New(cfg Config) (*Adapter, error) {
	if cfg.BotToken == "" {
		return nil, errors.New("the Slack bot token is missing: set ONESTEP_SLACK_BOT_TOKEN to the Bot User OAuth Token, which begins with xoxb-")
	}
	if cfg.AppToken == "" && cfg.SigningSecret == "" {
		return nil, errors.New("the Slack app token is missing: set ONESTEP_SLACK_APP_TOKEN to an app-level token with connections:write, which begins with xapp-, or ONESTEP_SLACK_SIGNING_SECRET for events over HTTP")
	}
	if strings.HasPrefix(cfg.BotToken, "xapp-") || strings.HasPrefix(cfg.AppToken, "xoxb-") {
		return nil, errors.New("the Slack tokens are in each other's place: ONESTEP_SLACK_BOT_TOKEN begins with xoxb-, ONESTEP_SLACK_APP_TOKEN with xapp-")
	}
	if cfg.APIURL == "" {
		cfg.APIURL = slackapi.APIURL
	}
	if !strings.HasSuffix(cfg.APIURL, "/") {
		cfg.APIURL += "/" // the library glues the method's name to it
	}
	if cfg.Connections == 0 {
		cfg.Connections = 2
	}
	if cfg.Connections < 1 || cfg.Connections > 10 {
		return nil, errors.New("Slack allows 1 to 10 Socket Mode connections")
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Meter == nil {
		cfg.Meter = nobody{}
	}
	a := &Adapter{cfg: cfg, log: cfg.Log.With("platform", Platform), pace: usualPace}
	if cfg.AppToken != "" {
		a.links = make([]link, cfg.Connections)
	}
	a.dial()
	return a, nil
}

// dial builds the library's client: no retries, no debugging, and a limit on
// every call. The library's own log stays silent, since its errors are raw.
func (a *Adapter) dial() {
	a.api = slackapi.New(a.cfg.BotToken,
		slackapi.OptionAPIURL(a.cfg.APIURL),
		slackapi.OptionAppLevelToken(a.cfg.AppToken),
		slackapi.OptionHTTPClient(&http.Client{
			Timeout:   a.pace.call,
			Transport: guarded{http.DefaultTransport},
			// Slack's API redirects nobody; following one could carry a token away.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		}),
		slackapi.OptionLog(log.New(io.Discard, "", 0)),
	)
}

// guarded makes no call for a message that may be in other hands by now, and posts
// none that has no place under Slack's limits; nor does it open a chat without one.
// Other methods have limits of their own.
type guarded struct{ http.RoundTripper }

func (g guarded) RoundTrip(r *http.Request) (*http.Response, error) {
	end, err := func(error) {}, bot.StillOurs(r.Context())
	switch {
	case err != nil:
	case strings.HasSuffix(r.URL.Path, "/"+openMethod):
		end, err = bot.BeginCall(r.Context(), openMethod)
	case strings.HasSuffix(r.URL.Path, "/chat.postMessage"):
		end, err = bot.Begin(r.Context())
		r = r.WithContext(r.Context()) // a copy: the caller's stays as it is
		r.Body, r.GetBody = bot.InTime(r.Context(), r.Body, r.GetBody)
	}
	if err != nil {
		if r.Body != nil {
			_ = r.Body.Close()
		}
		return nil, err
	}
	resp, err := g.RoundTripper.RoundTrip(r)
	end(err)
	return resp, err
}

// Platform is "slack".
func (a *Adapter) Platform() string { return Platform }

// Check asks Slack once whether the tokens are good. An error is a plain
// sentence that tells a person what to change, and Is ErrRefused. A Slack that
// cannot be reached is no error here, since that passes: Ready tells of it.
func (a *Adapter) Check(ctx context.Context) error {
	err := a.identify(ctx)
	if err == nil && a.cfg.AppToken != "" {
		if _, _, err = a.api.StartSocketModeContext(ctx); err != nil {
			err = a.explain(err, "app token", "ONESTEP_SLACK_APP_TOKEN", "xapp-")
			if a.cfg.SigningSecret != "" { // Socket Mode may be off by intention
				a.log.Warn("Socket Mode cannot be used; events are taken over HTTP", "cause", err.Error())
				return nil
			}
			a.note(err)
		}
	}
	if err != nil && !errors.Is(err, ErrRefused) {
		a.log.Warn("Slack could not be asked whether the tokens are good", "cause", err.Error())
		return nil
	}
	return err
}

// identify learns who we are and in which workspace.
func (a *Adapter) identify(ctx context.Context) error {
	who, err := a.api.AuthTestContext(ctx)
	if err == nil && (who.TeamID == "" || who.UserID == "") {
		err = errEmpty
	}
	if err != nil {
		err = a.explain(err, "bot token", "ONESTEP_SLACK_BOT_TOKEN", "xoxb-")
		a.note(err)
		return err
	}
	a.mu.Lock()
	a.team, a.self, a.organisation, a.refused = who.TeamID, who.UserID, who.EnterpriseID, nil
	a.away = nil
	a.mu.Unlock()
	return nil
}

// note keeps a refusal for Ready.
func (a *Adapter) note(err error) {
	if !errors.Is(err, ErrRefused) {
		return
	}
	a.mu.Lock()
	a.refused = err
	a.mu.Unlock()
}

// trust forgets a refusal: Slack has done what we asked.
func (a *Adapter) trust() {
	a.mu.Lock()
	a.refused = nil
	a.mu.Unlock()
}

// Ready is nil while Slack knows us and at least one connection stands, or, over
// HTTP, while Slack knew us when we last looked and we take what comes.
func (a *Adapter) Ready() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.refused != nil {
		return a.refused
	}
	if a.team == "" {
		return errors.New("Slack has not answered yet; onestep keeps trying")
	}
	if a.cfg.SigningSecret != "" {
		if a.open == nil {
			return errors.New("nothing is taken from Slack yet")
		}
		return a.away
	}
	why := "not connected yet"
	for _, l := range a.links {
		if l.up {
			return nil
		}
		if l.why != "" {
			why = l.why
		}
	}
	return errors.New("no connection to Slack stands (" + why + "); onestep keeps trying")
}

// Counts are how many envelopes were set aside since the start.
type Counts struct {
	Unreadable int64 // acknowledged, though we could make nothing of them
	Foreign    int64 // from people of another workspace
	Dropped    int64 // not acknowledged: the inbox did not take them in time
}

// setAside counts what was set aside.
func (a *Adapter) setAside(count *atomic.Int64, what string) {
	count.Add(1)
	a.cfg.Meter.Noticed(what)
}

// Counts tells what was set aside.
func (a *Adapter) Counts() Counts {
	return Counts{a.unreadable.Load(), a.foreign.Load(), a.dropped.Load()}
}
