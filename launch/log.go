package launch

import (
	"bytes"
	"strings"
	"sync"
)

// Log collects what replicas write. Safe for concurrent use.
type Log struct {
	// Keep bounds what is kept, in bytes; 0 is all. What is older goes.
	Keep int

	mu sync.Mutex
	b  bytes.Buffer
}

// Write adds to the log.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.Keep > 0 && l.b.Len() > 2*l.Keep {
		l.b.Next(l.b.Len() - l.Keep)
	}
	return l.b.Write(p)
}

// All is the whole log.
func (l *Log) All() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// Tail is the end of the log: its last n lines.
func (l *Log) Tail(n int) string {
	lines := strings.Split(l.All(), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}
