package store

import (
	"sync"
	"time"

	"onestep/bot"
)

// kept is one opened conversation, as it was in Redis at its version.
type kept struct {
	version string
	// moved is the mark of the last chat that was moved away from it: see Move.
	moved        string
	key          *dataKey
	conversation *bot.Conversation
	record       record
	// keys are those of its commits, nil before the first one.
	keys []any
	// due and urgent are what the last commit here said; the indexes are no later.
	due, urgent string
}

// handed is the conversation for a caller to own.
func (k *kept) handed(reply bot.ReplyTimer) *bot.Conversation {
	c := k.conversation
	c.Reply, c.Opened = reply, k
	return c
}

// opened keeps what was lately opened, so that the replies of one check-in
// neither read nor open nor decode the same conversation each. It may be behind
// Redis, when another replica has written since: a commit finds that out.
//
// Who takes a conversation has it alone, and gives it back by committing it;
// nothing is ever shared or copied. Whoever comes meanwhile reads from Redis.
//
// It has two generations. What is given back comes into the young one; when
// that is full or old, it becomes the old one, and the old one is forgotten.
type opened struct {
	mu         sync.Mutex
	young, old map[string]*kept
	born       time.Time // when young began
}

// Bounds of what is kept. A conversation takes some 8 KB of memory, so all of
// them take 256 MB in an hour in which everybody is asked; and its words lie
// there unencrypted, so it is kept for no longer than a person takes for the
// next answer.
const (
	openedSize = 16384 // of one generation
	openedLife = 5 * time.Minute
)

func (o *opened) take(id string) *kept {
	o.mu.Lock()
	defer o.mu.Unlock()
	k := o.young[id]
	if k == nil {
		k = o.old[id]
	}
	delete(o.young, id)
	delete(o.old, id)
	return k
}

func (o *opened) put(id string, k *kept) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if now := time.Now(); o.young == nil || len(o.young) >= openedSize || now.Sub(o.born) > openedLife {
		if now.Sub(o.born) > 2*openedLife {
			o.young = nil
		}
		o.old, o.young, o.born = o.young, make(map[string]*kept, len(o.young)), now
	}
	o.young[id] = k
}

func (o *opened) forget(id string) { o.take(id) }

// meetings remember which chat belongs to which conversation, and which mark of
// moved chats that conversation had before this was read. While it has the same
// mark, the chat is still its own: see Move.
type meetings struct {
	mu     sync.Mutex
	hashes map[bot.Chat]string
	of     map[string]meeting // by the hash of a chat
}

type meeting struct{ id, moved string }

// hash is a chat's keyed hash, if it was made lately.
func (m *meetings) hash(c bot.Chat) (string, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	hash, ok := m.hashes[c]
	return hash, ok
}

func (m *meetings) keepHash(c bot.Chat, hash string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.hashes == nil || len(m.hashes) >= 4*openedSize {
		m.hashes = map[bot.Chat]string{}
	}
	m.hashes[c] = hash
}

func (m *meetings) get(hash string) (meeting, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	found, ok := m.of[hash]
	return found, ok
}

func (m *meetings) put(hash string, with meeting) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.of == nil || len(m.of) >= 4*openedSize {
		m.of = map[string]meeting{}
	}
	m.of[hash] = with
}

func (m *meetings) forget(hash string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.of, hash)
}
