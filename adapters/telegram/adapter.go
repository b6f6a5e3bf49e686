// Package telegram speaks to the Telegram Bot API: an update becomes a
// bot.Update, a bot.Message becomes a sendMessage. It decides nothing.
//
// It polls with getUpdates, or takes what Telegram sends to a webhook, and
// confirms an update only after the inbox has taken it. Facts about Telegram stand where they are used, with the place
// they come from: "BAS" is the official server, github.com/tdlib/telegram-bot-api.
package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"onestep/bot"
)

// Name is what Chat.Platform carries for Telegram.
const Name = "telegram"

// DefaultURL is where Telegram itself serves the Bot API.
const DefaultURL = "https://api.telegram.org"

// ErrToken is the cause when Telegram does not know the token. Nothing but a
// new token helps.
var ErrToken = errors.New("the Telegram token is not valid: ask @BotFather for the token and set ONESTEP_TELEGRAM_TOKEN")

// Config is what the adapter needs to know.
type Config struct {
	// Token is the bot's token from @BotFather. It is in no log and no error.
	Token string
	// APIURL is where the methods are, under /bot<token>/; empty: DefaultURL.
	APIURL string
	// Log gets what operators should know; nil: nothing is logged.
	Log *slog.Logger
	// Now is the clock that dates what Telegram does not date (a press);
	// nil: time.Now.
	Now func() time.Time
	// WebhookURL is the public address to which Telegram is to send updates;
	// empty: long polling. WebhookSecret is what Telegram shows there, 1 to 256
	// of A-Z a-z 0-9 _ -. What comes there must reach Handlers.
	WebhookURL, WebhookSecret string
	// Shelf keeps what the inbox refuses, so that Telegram shows what others
	// write; nil: it stays at Telegram alone.
	Shelf bot.Shelf
	// Poller lets one replica poll at a time, or set the webhook; nil: this is
	// the only one.
	Poller Poller
	// Meter counts; nil: nobody counts.
	Meter Meter
	// Limits are how fast to send; nil: UsualLimits.
	Limits *bot.Limits
}

// Meter counts what passes the edge. It must be safe for concurrent use.
type Meter interface {
	// Called reports one request: the method, how it ended ("ok", a status
	// such as "429", "unsent" when it never left, "lost" when no answer came)
	// and how long it took.
	Called(method, end string, took time.Duration)
	// Noticed counts one oddity: "conflict", "quarantined", "passed over",
	// "forged" (a webhook call without our secret) or "undelivered" (Telegram
	// could not reach our webhook).
	Noticed(what string)
}

// Adapter is the bot's place on Telegram. It fulfils bot.Adapter and
// bot.Linker.
type Adapter struct {
	client *client
	log    *slog.Logger
	now    func() time.Time
	poller Poller
	shelf  bot.Shelf
	meter  Meter
	limits bot.Limits
	botID  string
	waits  waits

	webhookURL, secret string // empty: long polling
	porch              porch

	errands   errands
	place     atomic.Pointer[pacing] // see Pace
	throttles bot.Throttles

	mu      sync.Mutex
	botName string // its @name, empty until Telegram told it
	trouble string // why Telegram cannot be reached, a sentence; empty: it can
}

// waits are how long things take. Only tests change them.
type waits struct {
	poll     time.Duration // one long poll; the server caps it at 50 s
	patience time.Duration // for the slowest chat of a batch, before others are asked for
	first    time.Duration // after a first failure; doubles up to most
	most     time.Duration // between tries at Telegram
	near     time.Duration // between tries at our own store, which bothers nobody else
	stuck    time.Duration // until what the inbox refuses is set aside, also when it is in nobody's way
	deaf     time.Duration // until it is an alarm that Telegram shows nothing new
	conflict time.Duration // after a 409; the server spaces its answers by 3 s
	standby  time.Duration // between looks whether Telegram is there, while another replica polls
	look     time.Duration // between looks whether the webhook stands
	reply    time.Duration // for an answer to the webhook; Telegram hangs up after 60 s (BAS WebhookActor.cpp)
	grace    time.Duration // for updates in hand when we are told to stop
}

var usual = waits{
	poll:     50 * time.Second,
	patience: 3 * time.Second,
	first:    500 * time.Millisecond,
	most:     30 * time.Second,
	near:     2 * time.Second,
	stuck:    time.Minute,
	deaf:     10 * time.Second,
	conflict: 3 * time.Second,
	standby:  time.Minute,
	look:     15 * time.Second,
	reply:    10 * time.Second,
	grace:    10 * time.Second,
}

// tokenShape is the bot's id, a colon and a secret.
var tokenShape = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)

// New checks the settings and asks Telegram once, for at most three seconds,
// who the bot is. It fails on settings that cannot work and on a token that
// Telegram refuses (ErrToken). When Telegram does not answer it does not fail:
// Receive goes on asking.
func New(ctx context.Context, c Config) (*Adapter, error) {
	if !tokenShape.MatchString(c.Token) {
		return nil, fmt.Errorf("%w (a token looks like 123456:letters-and-digits)", ErrToken)
	}
	if c.APIURL == "" {
		c.APIURL = DefaultURL
	}
	base, err := url.Parse(c.APIURL)
	if err != nil || base.Host == "" || (base.Scheme != "https" && base.Scheme != "http") || base.User != nil || base.RawQuery != "" {
		return nil, errors.New("ONESTEP_TELEGRAM_API_URL is not an address such as https://api.telegram.org")
	}
	if c.WebhookURL != "" && c.WebhookSecret == "" {
		return nil, errors.New("a Telegram webhook needs a secret: set ONESTEP_TELEGRAM_WEBHOOK_SECRET")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Meter == nil {
		c.Meter = nobody{}
	}
	if c.Poller == nil {
		c.Poller = always{}
	}
	if c.Shelf == nil {
		c.Shelf = nowhere{}
	}
	limits := UsualLimits()
	if c.Limits != nil {
		limits = *c.Limits
	}
	id, _, _ := strings.Cut(c.Token, ":")
	a := &Adapter{
		client: newClient(c.Token, base, c.Meter),
		log:    c.Log.With("platform", Name),
		now:    c.Now,
		poller: c.Poller,
		shelf:  c.Shelf,
		meter:  c.Meter,
		limits: limits,
		botID:  id,
		waits:  usual,

		webhookURL: c.WebhookURL,
		secret:     c.WebhookSecret,

		trouble: "Telegram has not answered yet.",
	}
	a.errands.init()
	a.porch.init(a.log)
	ctx, done := context.WithTimeout(ctx, 3*time.Second)
	defer done()
	if err := a.Check(ctx); err != nil {
		return nil, err
	}
	return a, nil
}

// Check is ErrToken when Telegram refuses the token. When Telegram does not
// answer that is no error: Receive goes on asking.
func (a *Adapter) Check(ctx context.Context) error {
	if a.name() != "" {
		return nil
	}
	if err := a.meet(ctx); errors.Is(err, ErrToken) {
		return err
	}
	return nil
}

// Platform is "telegram".
func (a *Adapter) Platform() string { return Name }

// Link is the address that starts a chat with the code. It is empty until
// Telegram has told the bot's name.
func (a *Adapter) Link(code string) string {
	name := a.name()
	if name == "" {
		return ""
	}
	return "https://t.me/" + name + "?start=" + url.QueryEscape(code)
}

// Ready is nil while Telegram answers and shows what is new: the last poll worked, or the last look
// at the webhook, or the one while another replica does that. It does not tell
// whether Telegram reaches us: a balancer that asked it would then send nobody
// to us, and it could never get better.
func (a *Adapter) Ready() error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.trouble == "" {
		return nil
	}
	return errors.New(a.trouble)
}

// meet asks Telegram who the bot is.
func (a *Adapter) meet(ctx context.Context) error {
	var me struct {
		Username string `json:"username"`
	}
	err := a.client.call(ctx, "getMe", nil, shortCall, &me)
	// The server answers 404 to a token that it cannot even take apart.
	if refusedToken(err) || missing(err) {
		a.ails("Telegram refuses the token.", err)
		return fmt.Errorf("%w (%w)", ErrToken, err)
	}
	if err != nil {
		a.ails("Telegram cannot be reached.", err)
		return err
	}
	a.mu.Lock()
	a.botName = me.Username
	a.mu.Unlock()
	a.well()
	return nil
}

func (a *Adapter) name() string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.botName
}

// ails notes why Telegram cannot be reached, and logs it when it is news.
func (a *Adapter) ails(sentence string, err error) {
	if a.news(sentence) {
		a.log.Warn(sentence, "cause", err)
	}
}

// deaf notes that Telegram shows nothing new, and calls the operator once.
func (a *Adapter) deaf() {
	const sentence = "An update can be neither stored nor set aside, and Telegram shows only the hundred that begin with it: whoever else writes is not heard. See to Redis."
	if a.news(sentence) {
		a.log.Error(sentence)
	}
}

// news notes what Ready says, and tells whether it said something else before.
func (a *Adapter) news(sentence string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	before := a.trouble
	a.trouble = sentence
	return before != sentence
}

// well notes that Telegram answers.
func (a *Adapter) well() {
	if a.news("") {
		a.log.Info("Telegram answers.")
	}
}

type nobody struct{}

func (nobody) Called(string, string, time.Duration) {}
func (nobody) Noticed(string)                       {}

var (
	_ bot.Adapter = (*Adapter)(nil)
	_ bot.Linker  = (*Adapter)(nil)
)
