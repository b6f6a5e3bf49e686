package redistest

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// Sentinels are a master, its replicas, and three sentinels that put a replica
// in the place of a master that has been away for DownAfter.
type Sentinels struct {
	t testing.TB
	// Servers has first the one that begins as the master.
	Servers   []*Server
	Sentinels []*Server
}

// DownAfter is how long a master is away before sentinels take it for dead.
const DownAfter = 800 * time.Millisecond

// masterName is what the sentinels call the master.
const masterName = "onestep"

// StartSentinels starts a master, so many replicas and three sentinels, that
// end with the test. The arguments are those of each redis-server.
func StartSentinels(t testing.TB, replicas int, args ...string) *Sentinels {
	t.Helper()
	s := &Sentinels{t: t, Servers: []*Server{Start(t, args...)}}
	master := s.Servers[0]
	for range replicas {
		of := append([]string{"--replicaof", master.ReplicaOf()}, args...)
		s.Servers = append(s.Servers, Start(t, of...))
	}
	eventually(t, "the replicas have joined", func() bool {
		return strings.Count(info(master, "replication"), "state=online") == replicas
	})
	for range 3 {
		s.Sentinels = append(s.Sentinels, start(t, &Server{sentinel: fmt.Sprintf(
			"sentinel monitor %[1]s 127.0.0.1 %[2]d 2\n"+
				"sentinel down-after-milliseconds %[1]s %[3]d\n"+
				"sentinel failover-timeout %[1]s 6000\n"+
				"sentinel parallel-syncs %[1]s 2\n", masterName, master.port, DownAfter.Milliseconds())}))
	}
	for _, one := range s.Sentinels {
		c := redis.NewSentinelClient(&redis.Options{Addr: one.Addr()})
		eventually(t, "the sentinels know one another", func() bool {
			m, err := c.Master(context.Background(), masterName).Result()
			return err == nil && m["num-other-sentinels"] == "2" && m["num-slaves"] == fmt.Sprint(replicas)
		})
		c.Close()
	}
	return s
}

// sentinelArgs writes the settings of a sentinel, which it changes itself, and
// gives its arguments.
func (s *Server) sentinelArgs() ([]string, error) {
	path := filepath.Join(s.dir, "sentinel.conf")
	if _, err := os.Stat(path); os.IsNotExist(err) {
		if err := os.WriteFile(path, []byte(s.sentinel), 0o600); err != nil {
			return nil, err
		}
	}
	return []string{
		path, "--sentinel", "--port", fmt.Sprint(s.port), "--bind", "127.0.0.1", "--dir", s.dir,
		"--logfile", filepath.Join(s.dir, "log"), "--daemonize", "no",
	}, nil
}

// URL is the address as a setting has it; query is such as "?replicas=1".
func (s *Sentinels) URL(query string) string {
	var hosts []string
	for _, one := range s.Sentinels {
		hosts = append(hosts, one.Addr())
	}
	return "redis+sentinel://" + strings.Join(hosts, ",") + "/" + masterName + "/0" + query
}

// Client is a raw client that follows the master, closed when the test ends.
func (s *Sentinels) Client(t testing.TB) *redis.Client {
	o := &redis.FailoverOptions{MasterName: masterName}
	for _, one := range s.Sentinels {
		o.SentinelAddrs = append(o.SentinelAddrs, one.Addr())
	}
	c := redis.NewFailoverClient(o)
	t.Cleanup(func() { c.Close() })
	return c
}

// Master is the server that the sentinels name; nil while they name none of
// ours or disagree.
func (s *Sentinels) Master() *Server {
	var master *Server
	for _, one := range s.Sentinels {
		c := redis.NewSentinelClient(&redis.Options{Addr: one.Addr()})
		got, err := c.GetMasterAddrByName(context.Background(), masterName).Result()
		c.Close()
		if err != nil || len(got) != 2 {
			return nil
		}
		for _, server := range s.Servers {
			if got[1] == fmt.Sprint(server.port) {
				if master != nil && master != server {
					return nil
				}
				master = server
			}
		}
	}
	return master
}

// TakenOver waits until the sentinels name another master, and gives it.
func (s *Sentinels) TakenOver(from *Server) (master *Server) {
	s.t.Helper()
	eventually(s.t, "the sentinels name another master", func() bool {
		master = s.Master()
		return master != nil && master != from
	})
	return master
}

// Behind puts a proxy between the first master and each replica, and waits until
// they have joined through it.
func (s *Sentinels) Behind() []*Proxy {
	s.t.Helper()
	master := s.Servers[0]
	var proxies []*Proxy
	for _, replica := range s.Servers[1:] {
		proxy := NewProxy(s.t, master.Addr())
		_, port, err := net.SplitHostPort(proxy.Addr())
		if err == nil {
			c := redis.NewClient(&redis.Options{Addr: replica.Addr()})
			err = c.Do(context.Background(), "replicaof", "127.0.0.1", port).Err()
			c.Close()
		}
		if err != nil {
			s.t.Fatal(err)
		}
		eventually(s.t, "a replica has joined through its proxy", func() bool {
			text := info(replica, "replication")
			return strings.Contains(text, "master_port:"+port+"\r\n") && strings.Contains(text, "master_link_status:up")
		})
		proxies = append(proxies, proxy)
	}
	eventually(s.t, "the master knows them", func() bool {
		return strings.Count(info(master, "replication"), "state=online") == len(proxies)
	})
	return proxies
}

// Stop ends all servers before the test does.
func (s *Sentinels) Stop() {
	for _, one := range append(s.Sentinels, s.Servers...) {
		one.Kill()
	}
}

// eventually polls until something holds: processes have no other way to tell.
func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(30 * time.Second); !holds(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("not within 30 s: " + what)
		}
	}
}

// info is a section of INFO, empty if the server does not answer.
func info(s *Server, section string) string {
	c := redis.NewClient(&redis.Options{Addr: s.Addr(), MaxRetries: -1})
	defer c.Close()
	text, _ := c.Info(context.Background(), section).Result()
	return text
}
