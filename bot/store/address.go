package store

import (
	"cmp"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"
)

// address is where the Redis is. Exactly one of the first three is set.
type address struct {
	one      *redis.Options
	sentinel *redis.FailoverOptions
	cluster  *redis.ClusterOptions
	// replicas is how many must have a write before it counts as kept.
	replicas int
}

// errAddress says how addresses look. The cause is left out: it can quote the
// address with its password.
var errAddress = errors.New("store: the Redis address cannot be read; it looks like redis://127.0.0.1:6379/0, " +
	"redis+sentinel://HOST:26379,HOST:26379/NAME/0 or redis+cluster://HOST:6379,HOST:6379")

// parseAddress reads
//
//	redis://[[USER]:PASSWORD@]HOST[:6379][/DB], rediss:// over TLS, unix://[[USER]:PASSWORD@]/PATH[?db=DB]
//	redis+sentinel://[[USER]:PASSWORD@]HOST[:26379],…/NAME[/DB][?sentinel_username=…&sentinel_password=…]
//	redis+cluster://[[USER]:PASSWORD@]HOST[:6379],…
//
// and the last two as rediss+… over TLS. The user is that of the Redis, not of
// the sentinels. Every form takes ?replicas=N: a write counts as kept when N
// replicas have it. Where another Redis takes over from one that dies, that is
// 1 unless it is said, and else 0.
func parseAddress(text string) (address, error) {
	scheme, rest, found := strings.Cut(text, "://")
	if !found {
		return address{}, errAddress
	}
	var a address
	var err error
	switch scheme {
	case "redis+sentinel", "rediss+sentinel":
		a, err = parseSentinel(rest)
	case "redis+cluster", "rediss+cluster":
		a, err = parseCluster(rest)
	default:
		return parseOne(text)
	}
	if err == nil && strings.HasPrefix(scheme, "rediss") {
		a.secure()
	}
	return a, err
}

func parseOne(text string) (a address, err error) {
	u, err := url.Parse(text)
	if err != nil || strings.Contains(u.Host, ",") {
		return a, errAddress
	}
	query := u.Query()
	if a.replicas, err = replicasOf(query, 0); err != nil {
		return a, err
	}
	if query.Has("replicas") {
		query.Del("replicas") // the library does not know it
		u.RawQuery = query.Encode()
		text = u.String()
	}
	if a.one, err = redis.ParseURL(text); err != nil {
		return a, errAddress
	}
	return a, nil
}

func parseSentinel(rest string) (address, error) {
	hosts, u, err := severalHosts(rest, "26379")
	if err != nil {
		return address{}, err
	}
	name, db, _ := strings.Cut(strings.Trim(u.Path, "/"), "/")
	number, err := strconv.Atoi(cmp.Or(db, "0"))
	if name == "" || err != nil || number < 0 {
		return address{}, errAddress
	}
	query := u.Query()
	replicas, err := replicasOf(query, 1)
	if err != nil {
		return address{}, err
	}
	o := &redis.FailoverOptions{MasterName: name, DB: number, SentinelAddrs: hosts}
	o.Username, o.Password = who(u)
	o.SentinelUsername, o.SentinelPassword = query.Get("sentinel_username"), query.Get("sentinel_password")
	return address{sentinel: o, replicas: replicas}, nil
}

func parseCluster(rest string) (address, error) {
	hosts, u, err := severalHosts(rest, "6379")
	if err != nil {
		return address{}, err
	}
	if strings.Trim(u.Path, "/0") != "" {
		return address{}, errAddress // a cluster has database 0 alone
	}
	replicas, err := replicasOf(u.Query(), 1)
	if err != nil {
		return address{}, err
	}
	o := &redis.ClusterOptions{Addrs: hosts}
	o.Username, o.Password = who(u)
	return address{cluster: o, replicas: replicas}, nil
}

// severalHosts takes the hosts, which net/url does not know several of, out of
// an address and gives the rest as the address of the first.
func severalHosts(rest, port string) (hosts []string, u *url.URL, err error) {
	end := strings.IndexAny(rest, "/?")
	if end < 0 {
		end = len(rest)
	}
	at := strings.LastIndexByte(rest[:end], '@') + 1
	for _, host := range strings.Split(rest[at:end], ",") {
		one, err := url.Parse("redis://" + host)
		if err != nil || one.Hostname() == "" {
			return nil, nil, errAddress
		}
		hosts = append(hosts, net.JoinHostPort(one.Hostname(), cmp.Or(one.Port(), port)))
	}
	if u, err = url.Parse("redis://" + rest[:at] + hosts[0] + rest[end:]); err != nil {
		return nil, nil, errAddress
	}
	return hosts, u, nil
}

func who(u *url.URL) (user, password string) {
	password, _ = u.User.Password()
	return u.User.Username(), password
}

// replicasOf reads ?replicas=N.
func replicasOf(query url.Values, otherwise int) (int, error) {
	text := query.Get("replicas")
	if text == "" {
		return otherwise, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("store: ?replicas=%s in the Redis address is not a number of 0 or more", text)
	}
	return n, nil
}

// secure asks for TLS. The name in a certificate is that of the host spoken to,
// which the client fills in for each.
func (a *address) secure() {
	if a.sentinel != nil {
		a.sentinel.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	} else {
		a.cluster.TLSConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
}
