package redistest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// Cluster is a Redis Cluster.
type Cluster struct {
	t testing.TB
	// Servers has first the masters, in the order of their slots, then the
	// replicas of the first, of the second, and so on.
	Servers []*Server
	nodes   []*redis.Client
}

// slots is how many a cluster has.
const slots = 16384

// StartCluster starts so many masters with so many replicas each, that end
// with the test. The arguments are those of each redis-server.
func StartCluster(t testing.TB, masters, replicas int, args ...string) *Cluster {
	t.Helper()
	ctx := context.Background()
	c := &Cluster{t: t}
	var buses []int
	for range masters * (1 + replicas) {
		bus := freePort(t)
		buses = append(buses, bus)
		c.Servers = append(c.Servers, Start(t, append([]string{
			"--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf",
			"--cluster-port", fmt.Sprint(bus), "--cluster-node-timeout", "1500",
		}, args...)...))
		c.nodes = append(c.nodes, c.Servers[len(c.nodes)].Client())
	}
	first := c.node(0)
	for i, server := range c.Servers {
		if i < masters {
			c.must(c.node(i).ClusterAddSlotsRange(ctx, i*slots/masters, (i+1)*slots/masters-1).Err())
		}
		// Before they meet, so that no two have the same.
		c.must(c.node(i).Do(ctx, "cluster", "set-config-epoch", i+1).Err())
		if i > 0 {
			c.must(first.Do(ctx, "cluster", "meet", "127.0.0.1", server.port, buses[i]).Err())
		}
	}
	eventually(t, "all nodes know one another", func() bool {
		for i := range c.Servers {
			if nodes := c.node(i).ClusterNodes(ctx).Val(); strings.Count(nodes, "connected") != len(c.Servers) || strings.Contains(nodes, "handshake") {
				return false
			}
		}
		return true
	})
	for i := masters; i < len(c.Servers); i++ {
		master := c.id((i - masters) / replicas)
		eventually(t, "a replica has joined", func() bool { return c.node(i).ClusterReplicate(ctx, master).Err() == nil })
	}
	eventually(t, "the cluster is well", func() bool {
		for i, server := range c.Servers {
			if !strings.Contains(c.node(i).ClusterInfo(ctx).Val(), "cluster_state:ok") {
				return false
			}
			if i < masters && strings.Count(info(server, "replication"), "state=online") != replicas {
				return false
			}
		}
		return true
	})
	return c
}

// URL is the address as a setting has it; query is such as "?replicas=1".
func (c *Cluster) URL(query string) string {
	return "redis+cluster://" + strings.Join(c.addrs(), ",") + query
}

// Client is a raw client, closed when the test ends.
func (c *Cluster) Client(t testing.TB) *redis.ClusterClient {
	client := redis.NewClusterClient(&redis.ClusterOptions{Addrs: c.addrs()})
	t.Cleanup(func() { client.Close() })
	return client
}

func (c *Cluster) addrs() (all []string) {
	for _, s := range c.Servers {
		all = append(all, s.Addr())
	}
	return all
}

// Announce makes a node name another address as its own, such as that of a
// proxy before it.
func (c *Cluster) Announce(i int, addr string) {
	c.t.Helper()
	_, port, err := net.SplitHostPort(addr)
	c.must(err)
	c.must(c.node(i).ConfigSet(context.Background(), "cluster-announce-port", port).Err())
}

// Slot is the slot of a key.
func (c *Cluster) Slot(key string) int {
	n, err := c.node(0).ClusterKeySlot(context.Background(), key).Result()
	c.must(err)
	return int(n)
}

// Owner is the number of the master that has a slot.
func (c *Cluster) Owner(slot int) int {
	var ranges []redis.ClusterSlot
	err := errors.New("no server has run yet")
	for i := 0; err != nil && i < len(c.Servers); i++ { // one may be away
		ranges, err = c.node(i).ClusterSlots(context.Background()).Result()
	}
	c.must(err)
	for _, r := range ranges {
		if slot < r.Start || slot > r.End {
			continue
		}
		for i, server := range c.Servers {
			if r.Nodes[0].Addr == server.Addr() {
				return i
			}
		}
	}
	c.t.Fatalf("nobody has slot %d", slot)
	return 0
}

// TakenOver waits until another server has a slot.
func (c *Cluster) TakenOver(slot, from int) {
	c.t.Helper()
	eventually(c.t, "another has taken the slot over", func() bool { return c.Owner(slot) != from })
}

// Stop ends all servers before the test does.
func (c *Cluster) Stop() {
	for _, s := range c.Servers {
		s.Kill()
	}
}

// Move moves a slot to a master as redis-cli does, some keys at a time, with a
// pause after each move in which the slot is here and there.
func (c *Cluster) Move(slot, to, keys int, pause time.Duration) {
	c.t.Helper()
	ctx := context.Background()
	from := c.Owner(slot)
	if from == to {
		return
	}
	source, target := c.node(from), c.node(to)
	c.must(target.Do(ctx, "cluster", "setslot", slot, "importing", c.id(from)).Err())
	c.must(source.Do(ctx, "cluster", "setslot", slot, "migrating", c.id(to)).Err())
	time.Sleep(pause)
	for {
		some, err := source.ClusterGetKeysInSlot(ctx, slot, keys).Result()
		c.must(err)
		if len(some) == 0 {
			break
		}
		command := []any{"migrate", "127.0.0.1", c.Servers[to].port, "", 0, 5000, "keys"}
		for _, key := range some {
			command = append(command, key)
		}
		c.must(source.Do(ctx, command...).Err())
		time.Sleep(pause)
	}
	c.must(target.Do(ctx, "cluster", "setslot", slot, "node", c.id(to)).Err())
	c.must(source.Do(ctx, "cluster", "setslot", slot, "node", c.id(to)).Err())
}

func (c *Cluster) id(i int) string {
	id, err := c.node(i).Do(context.Background(), "cluster", "myid").Text()
	c.must(err)
	return id
}

// node is the client of one node.
func (c *Cluster) node(i int) *redis.Client { return c.nodes[i] }

func (c *Cluster) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}
