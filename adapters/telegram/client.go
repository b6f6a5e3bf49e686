package telegram

// The one road to Telegram. The library knows neither contexts nor limits and
// prints the token with every transport error (its bot.go:100), so each call
// gets an HTTP client of its own that mends this.

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"onestep/bot"
)

// Limits of one request.
const (
	shortCall = 10 * time.Second // getMe, deleteWebhook, answers to presses
	sendCall  = 25 * time.Second // sendMessage: the server may hold it 3 s and more under load
	pollSlack = 15 * time.Second // what a long poll may take beyond its own time
	maxAnswer = 16 << 20         // bytes; the server stops a batch of updates at 4 MiB (BAS JsonUpdates)
)

// client makes requests to one host with one token.
type client struct {
	token    string
	endpoint string // a format with places for token and method, as the library wants it
	host     string
	base     *http.Client
	meter    Meter
}

func newClient(token string, base *url.URL, m Meter) *client {
	dialer := &net.Dialer{Timeout: 5 * time.Second, KeepAlive: 15 * time.Second}
	return &client{
		token:    token,
		endpoint: strings.ReplaceAll(strings.TrimRight(base.String(), "/"), "%", "%%") + "/bot%s/%s",
		host:     base.Host,
		meter:    m,
		base: &http.Client{
			// HTTP/1.1 on purpose: over HTTP/2 a poll and all sends would share
			// one connection, and hang together when it dies without a word.
			Transport: &http.Transport{
				Proxy:               http.ProxyFromEnvironment,
				DialContext:         dialer.DialContext,
				TLSHandshakeTimeout: 5 * time.Second,
				MaxIdleConnsPerHost: 16,
				IdleConnTimeout:     60 * time.Second,
			},
			// The Bot API never redirects, and nobody else gets the token.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// failure is a request without success. It carries neither token nor address
// nor anything that a person wrote.
type failure struct {
	method string
	status int           // of HTTP; 0: no answer came
	code   int           // Telegram's own error code; 0: the answer was not Telegram's
	text   string        // Telegram's description in small letters
	after  time.Duration // the wait that was asked for
	moved  int64         // the chat's new id
	taken  bool          // the request may have reached Telegram
	cause  error         // of the transport or of reading the answer
}

func (f *failure) Error() string {
	switch {
	case f.code != 0:
		return fmt.Sprintf("%s: Telegram says %d %s", f.method, f.code, f.text)
	case f.status != 0:
		return fmt.Sprintf("%s: status %d and no answer of Telegram's", f.method, f.status)
	}
	return fmt.Sprintf("%s: %v", f.method, f.cause)
}

func (f *failure) Unwrap() error { return f.cause }

// call makes one request and never repeats it. It reads the result into into
// unless that is nil. Every error is a *failure.
func (c *client) call(ctx context.Context, method string, params tgbotapi.Params, limit time.Duration, into any) error {
	ctx, done := context.WithTimeout(ctx, limit)
	defer done()
	began := time.Now()
	x := &exchange{ctx: ctx, base: c.base, host: c.host}
	api := &tgbotapi.BotAPI{Token: c.token, Client: x}
	api.SetAPIEndpoint(c.endpoint)
	resp, err := api.MakeRequest(method, params)
	if err == nil && into != nil {
		err = json.Unmarshal(resp.Result, into)
	}
	if err == nil {
		c.meter.Called(method, "ok", time.Since(began))
		return nil
	}
	f := &failure{method: method, status: x.status, after: x.after, taken: x.taken.Load()}
	var theirs *tgbotapi.Error
	if errors.As(err, &theirs) && theirs.Code != 0 {
		f.code = theirs.Code
		f.text = plain(strings.ReplaceAll(theirs.Message, c.token, "(token)"))
		f.moved = theirs.MigrateToChatID
		if theirs.RetryAfter > 0 {
			f.after = time.Duration(theirs.RetryAfter) * time.Second
		}
	} else {
		f.cause = c.bare(err)
	}
	c.meter.Called(method, f.end(), time.Since(began))
	return f
}

// end is how the request ended, for the metrics.
func (f *failure) end() string {
	switch {
	case f.status != 0:
		return strconv.Itoa(f.status)
	case f.taken:
		return "lost"
	}
	return "unsent"
}

// bare takes the address, which holds the token, off a transport error.
func (c *client) bare(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	if strings.Contains(err.Error(), c.token) {
		return errors.New(strings.ReplaceAll(err.Error(), c.token, "(token)"))
	}
	return err
}

// quoted is what Telegram quotes of our own request.
var quoted = regexp.MustCompile(`"[^"]*"|'[^']*'|` + "`[^`]*`")

// plain makes a description safe to log: small letters, nothing quoted, short.
func plain(s string) string {
	s = quoted.ReplaceAllString(strings.ToLower(s), `"…"`)
	for _, p := range []string{"bad request: ", "forbidden: "} {
		s = strings.TrimPrefix(s, p)
	}
	if r := []rune(s); len(r) > 160 {
		s = string(r[:160]) + "…"
	}
	return s
}

// exchange is the library's HTTP client for one call.
type exchange struct {
	ctx    context.Context
	base   *http.Client
	host   string
	taken  atomic.Bool
	status int
	after  time.Duration
}

// Do fulfils tgbotapi.HTTPClient.
func (x *exchange) Do(r *http.Request) (*http.Response, error) {
	if r.URL.Host != x.host {
		return nil, errors.New("the request would go to another host than the configured one")
	}
	// From the moment there is a connection, bytes may have gone out. The
	// transport takes a second connection only if nothing went out on the first.
	ctx := httptrace.WithClientTrace(x.ctx, &httptrace.ClientTrace{
		GetConn: func(string) { x.taken.Store(false) },
		GotConn: func(httptrace.GotConnInfo) { x.taken.Store(true) },
	})
	end, err := bot.Begin(x.ctx)
	if err != nil {
		return nil, err
	}
	r = r.WithContext(ctx)
	r.Body, r.GetBody = bot.InTime(ctx, r.Body, r.GetBody)
	resp, err := x.base.Do(r)
	end(err)
	if err != nil {
		if errors.Is(err, bot.ErrLate) {
			x.taken.Store(false) // there was a connection, and nothing of the text went out
		}
		return nil, err
	}
	x.status = resp.StatusCode
	if s, err := strconv.Atoi(resp.Header.Get("Retry-After")); err == nil && s > 0 {
		x.after = time.Duration(s) * time.Second
	}
	resp.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(resp.Body, maxAnswer), resp.Body}
	return resp, nil
}

// refusedToken tells a token that Telegram does not accept.
func refusedToken(err error) bool { return hasCode(err, http.StatusUnauthorized) }

// missing tells a method or a token that does not exist.
func missing(err error) bool { return hasCode(err, http.StatusNotFound) }

func hasCode(err error, code int) bool {
	var f *failure
	return errors.As(err, &f) && f.code == code
}
