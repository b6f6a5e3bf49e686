package store

import (
	"sync"
	"time"

	"onestep/bot"
)

// Cache keeps what was lately opened, so that the replies of one check-in do
// not open and decode the same conversation each. It is never believed: Load
// reads version and wrapped key from Redis each time, and what is kept counts
// only if both are the same.
//
// It has two generations. What is used comes into the young one; when that is
// full or old, it becomes the old one, and the old one is forgotten.
type cache struct {
	mu         sync.Mutex
	young, old map[string]*kept
	born       time.Time // when young began
}

// Bounds of the cache. A conversation takes some 8 KB of memory, and its words
// lie there unencrypted, so it is kept for no longer than a person takes for
// the next answer.
const (
	cacheSize = 8192 // of one generation
	cacheLife = 5 * time.Minute
)

// kept is one opened conversation. Nothing in it is ever changed.
type kept struct {
	version      string
	key          *dataKey
	conversation *bot.Conversation
	tail         tail
}

func (c *cache) get(id string) *kept {
	c.mu.Lock()
	defer c.mu.Unlock()
	if k := c.young[id]; k != nil {
		return k
	}
	k := c.old[id]
	if k != nil {
		c.keep(id, k)
	}
	return k
}

func (c *cache) put(id string, k *kept) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.keep(id, k)
}

func (c *cache) forget(id string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.young, id)
	delete(c.old, id)
}

func (c *cache) keep(id string, k *kept) {
	if now := time.Now(); c.young == nil || len(c.young) >= cacheSize || now.Sub(c.born) > cacheLife {
		if now.Sub(c.born) > 2*cacheLife {
			c.young = nil
		}
		c.old, c.young, c.born = c.young, map[string]*kept{}, now
	}
	c.young[id] = k
}

// pointers remembers which chats were moved to which conversation. It is a
// guess of what Redis says, and saves a second question when it is right.
type pointers struct {
	mu sync.Mutex
	to map[string]string // hash of a chat -> conversation
}

// get gives the conversation last seen, or the hash itself: the one that a
// chat has before it is moved.
func (p *pointers) get(hash string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if id, ok := p.to[hash]; ok {
		return id
	}
	return hash
}

func (p *pointers) put(hash, id string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.to == nil || len(p.to) >= cacheSize {
		p.to = map[string]string{}
	}
	if id == hash {
		delete(p.to, hash)
		return
	}
	p.to[hash] = id
}
