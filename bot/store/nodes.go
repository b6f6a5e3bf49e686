package store

import (
	"context"
	"errors"
	"sync"

	"github.com/redis/go-redis/v9"
)

// nodes keeps batches for each node of a cluster, so that one that is slow or
// away holds up nobody who lives on another. One Redis is one node.
type nodes struct {
	client redis.UniversalClient

	mu sync.Mutex
	of map[string]*batches // by the address of the node
}

func newNodes(client redis.UniversalClient) *nodes {
	return &nodes{client: client, of: make(map[string]*batches)}
}

// do is that of batches. Commands of one call may go to several nodes.
func (n *nodes) do(ctx context.Context, commands ...redis.Cmder) error {
	cluster, ok := n.client.(*redis.ClusterClient)
	if !ok {
		return n.at("").do(ctx, commands...)
	}
	var addrs []string
	byNode := make(map[string][]redis.Cmder)
	for _, c := range commands {
		master, err := cluster.MasterForKey(ctx, firstKey(c))
		if err != nil {
			return err
		}
		addr := master.Options().Addr
		if byNode[addr] == nil {
			addrs = append(addrs, addr)
		}
		byNode[addr] = append(byNode[addr], c)
	}
	if len(addrs) == 1 {
		return n.at(addrs[0]).do(ctx, commands...)
	}
	errs := make([]error, len(addrs))
	var all sync.WaitGroup
	for i, addr := range addrs {
		all.Go(func() { errs[i] = n.at(addr).do(ctx, byNode[addr]...) })
	}
	all.Wait()
	return errors.Join(errs...)
}

// inOrder is do for commands of which each must see no less than the one before:
// on several nodes they run one after the other. One Redis runs them in order anyway.
func (n *nodes) inOrder(ctx context.Context, commands ...redis.Cmder) error {
	if _, ok := n.client.(*redis.ClusterClient); !ok {
		return n.do(ctx, commands...)
	}
	for _, c := range commands {
		if err := n.do(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

func (n *nodes) at(addr string) *batches {
	n.mu.Lock()
	defer n.mu.Unlock()
	b := n.of[addr]
	if b == nil {
		b = &batches{client: n.client}
		n.of[addr] = b
	}
	return b
}

// firstKey is the first key of a command, which tells its slot.
func firstKey(c redis.Cmder) string {
	args, at := c.Args(), 1
	switch c.Name() {
	case "eval", "evalsha":
		at = 3
	case "ping", "wait", "asking", "info":
		return ""
	}
	if at >= len(args) {
		return ""
	}
	key, _ := args[at].(string)
	return key
}
