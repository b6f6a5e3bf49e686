package config

import (
	"log/slog"
	"net"
	"os"
	"strconv"
	"strings"
	"time"
)

// Defaults of what an operator need not set.
const (
	defaultHTTPAddr = "127.0.0.1:8080"
	defaultTelegram = "https://api.telegram.org"
	defaultSlack    = "https://slack.com/api/"
	// defaultShards keeps two or three replicas evenly busy; one shard alone
	// would do for a single team.
	defaultShards = 16
	// maxShards bounds what each replica has to poll.
	maxShards = 64
	// defaultSettle is about the pause that people leave between the short
	// messages of one thought on a phone; longestSettle is what somebody who
	// wrote one message can be made to wait.
	defaultSettle = 2 * time.Second
	longestSettle = 10 * time.Second
)

// settings checks every value by itself and turns it into its type.
func (v values) settings(faults *Faults) *Settings {
	s := &Settings{
		RedisURL: v.redis(faults),
		Shards:   v.shards(faults),
		Settle:   v.settle(faults),
		Scripts:  v.scripts(faults),
		HTTPAddr: v.address(faults),
		LogLevel: v.level(faults),
		Telegram: v.telegram(faults),
		Slack:    v.slack(faults),
	}
	if keyset, set := v["ONESTEP_ENCRYPTION_KEYSET"]; set {
		s.Keyset = NewSecret(keyset.value)
	}
	s.Notes = append(s.Notes, s.Telegram.notes()...)
	s.Notes = append(s.Notes, s.Slack.notes()...)
	return s
}

func (v values) or(name, otherwise string) text {
	if t, set := v[name]; set {
		return t
	}
	return text{value: otherwise, where: name}
}

func (v values) shards(faults *Faults) int {
	t := v.or("ONESTEP_SHARDS", strconv.Itoa(defaultShards))
	n, err := strconv.Atoi(t.value)
	if err != nil || n < 1 || n > maxShards {
		faults.add(t.where, "the number of shards must be from 1 to %d; leave it out for %d. It cannot be changed once there is data.", maxShards, defaultShards)
	}
	return n
}

func (v values) settle(faults *Faults) time.Duration {
	t := v.or("ONESTEP_SETTLE", defaultSettle.String())
	d, err := time.ParseDuration(t.value)
	if err != nil || d < 0 || d > longestSettle {
		faults.add(t.where, "the time that words wait for more must be from 0s to %s, such as %s; leave it out for that.", longestSettle, defaultSettle)
	}
	return d
}

func (v values) scripts(faults *Faults) string {
	t, set := v["ONESTEP_SCRIPTS"]
	if !set {
		return ""
	}
	if info, err := os.Stat(t.value); err != nil || !info.IsDir() {
		faults.add(t.where, "there is no folder %s with scripts; name one, or leave this out for the check-ins built in.", t.value)
	}
	return t.value
}

func (v values) address(faults *Faults) string {
	t := v.or("ONESTEP_HTTP_ADDR", defaultHTTPAddr)
	_, port, err := net.SplitHostPort(t.value)
	if n, bad := strconv.ParseUint(port, 10, 16); err != nil || bad != nil || n == 0 && port != "0" {
		faults.add(t.where, "%q is not an address to listen on; write it as 127.0.0.1:8080, or :8080 for every interface.", t.value)
	}
	return t.value
}

func (v values) level(faults *Faults) slog.Level {
	t := v.or("ONESTEP_LOG_LEVEL", "info")
	switch strings.ToLower(t.value) {
	case "debug":
		return slog.LevelDebug
	case "info":
	case "warn":
		return slog.LevelWarn
	case "error":
		return slog.LevelError
	default:
		faults.add(t.where, "%q is not a log level; use debug, info, warn or error.", t.value)
	}
	return slog.LevelInfo
}
