package slack

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"time"
)

// signatureLife is how old a request of Slack's may be, or how far ahead its
// clock: Slack's own advice. What is repeated within it, the inbox knows.
const signatureLife = 5 * time.Minute

// Faults of a signature, as they are counted.
const (
	forged = "forged"
	stale  = "stale"
)

// verify tells whether Slack has signed exactly this body a moment ago; it is ""
// then. The signature is of the bytes as they came, so nothing may read them as
// a form or as JSON before.
func (a *Adapter) verify(h http.Header, body []byte) (fault string) {
	stamp := h.Get("X-Slack-Request-Timestamp")
	mac := hmac.New(sha256.New, []byte(a.cfg.SigningSecret))
	mac.Write([]byte("v0:" + stamp + ":"))
	mac.Write(body)
	want := "v0=" + hex.EncodeToString(mac.Sum(nil))
	if !hmac.Equal([]byte(want), []byte(h.Get("X-Slack-Signature"))) {
		return forged
	}
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return forged
	}
	if age := a.cfg.Now().Sub(time.Unix(seconds, 0)); age > signatureLife || age < -signatureLife {
		return stale
	}
	return ""
}

// suspect counts a request that was turned away, and logs the first of a kind:
// anybody can send any number.
func (a *Adapter) suspect(fault string) {
	a.cfg.Meter.Noticed(fault)
	if _, told := a.suspects.LoadOrStore(fault, true); told {
		return
	}
	if fault == stale {
		a.log.Warn("a request that Slack has signed was too old or from the future and was turned away; is this machine's clock right?")
		return
	}
	a.log.Warn("a request that Slack has not signed was turned away; if it was Slack, ONESTEP_SLACK_SIGNING_SECRET is not the app's signing secret")
}
