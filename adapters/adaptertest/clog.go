package adaptertest

import (
	"sync"

	"onestep/bot"
)

// Clog is a part of a store that is slow to refuse: the first try of each
// person who lives there is refused at once, and each later one hangs.
type Clog struct {
	mu      sync.Mutex
	tried   map[string]bool
	hanging int
	places  int
	full    chan struct{}
	freed   chan struct{}
}

// NewClog gives a Clog that is full when as many tries hang as there are places.
func NewClog(places int) *Clog {
	return &Clog{tried: map[string]bool{}, places: places, full: make(chan struct{}), freed: make(chan struct{})}
}

// Take refuses whoever writes "away", who lives there, and nobody else.
func (c *Clog) Take(u bot.Update) error {
	if u.Text != "away" {
		return nil
	}
	if c.hangs(u.Chat.ID) {
		<-c.freed
	}
	return errRefused
}

func (c *Clog) hangs(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.tried[id] {
		c.tried[id] = true
		return false
	}
	if c.hanging++; c.hanging == c.places {
		close(c.full)
	}
	return true
}

// Full ends when all places hang.
func (c *Clog) Full() <-chan struct{} { return c.full }

// Hanging counts the tries that hang.
func (c *Clog) Hanging() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.hanging
}

// Free lets go of what hangs. It must be called once, before the test ends.
func (c *Clog) Free() { close(c.freed) }
