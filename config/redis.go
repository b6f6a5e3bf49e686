package config

import (
	"net/url"
	"strings"
)

const defaultRedisURL = "redis://127.0.0.1:6379/0"

// redis checks that an address is of a form of docs/redis.md and names its
// places; the store reads the rest.
func (v values) redis(faults *Faults) Secret {
	t := v.or("ONESTEP_REDIS_URL", defaultRedisURL)
	if t.value == "" {
		return NewSecret(t.value)
	}
	scheme, rest, _ := strings.Cut(t.value, "://")
	places, rest := rest, ""
	if end := strings.IndexAny(places, "/?"); end >= 0 {
		places, rest = places[:end], places[end:]
	}
	several := false
	switch scheme {
	case "redis+sentinel", "rediss+sentinel", "redis+cluster", "rediss+cluster":
		several = true
	case "redis", "rediss", "unix":
	default:
		faults.add(t.where, "this is not the address of a Redis; write it as redis://127.0.0.1:6379/0 (rediss:// for TLS, unix:// for a socket, redis+sentinel:// or redis+cluster:// for several).")
		return NewSecret(t.value)
	}
	hosts := []string{places}
	if several {
		hosts = strings.Split(places, ",") // net/url knows no more than one
	}
	for _, host := range hosts {
		u, err := url.Parse("redis://" + host + rest)
		switch {
		case err != nil || strings.Contains(u.Host, ","):
			faults.add(t.where, "this is not the address of a Redis; write it as redis://127.0.0.1:6379/0. In a password, / ? # @ are written %%2F %%3F %%23 %%40.")
		case scheme == "unix" && u.Path == "" || scheme != "unix" && u.Hostname() == "":
			faults.add(t.where, "the address names no Redis host; write it as redis://127.0.0.1:6379/0.")
		case strings.HasSuffix(scheme, "sentinel") && strings.Trim(u.Path, "/") == "":
			faults.add(t.where, "the address names sentinels and not the master they watch; write it as redis+sentinel://HOST:26379,HOST:26379/NAME/0.")
		default:
			continue
		}
		break
	}
	return NewSecret(t.value)
}
