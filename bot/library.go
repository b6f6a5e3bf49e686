package bot

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"

	"onestep/dialogs"
)

// EditionStore keeps script versions by content hash, so that a session ends
// on the words it began with, whatever has been edited since and whichever
// replica goes on with it.
type EditionStore interface {
	SaveEdition(ctx context.Context, id string, source []byte) error
	// Edition gives a stored source, or nil when there is none.
	Edition(ctx context.Context, id string) ([]byte, error)
}

// Library is the Scripts of the program: the current edition, and older ones
// from the store as sessions need them.
type Library struct {
	store   EditionStore
	current atomic.Pointer[dialogs.Edition]
	mu      sync.Mutex
	older   map[string]*dialogs.Edition
}

// NewLibrary saves the current edition and offers it.
func NewLibrary(ctx context.Context, store EditionStore, current *dialogs.Edition) (*Library, error) {
	l := &Library{store: store, older: map[string]*dialogs.Edition{}}
	return l, l.Publish(ctx, current)
}

// Publish makes an edition the current one. It is saved first: no session may
// begin with words that another replica could not find.
func (l *Library) Publish(ctx context.Context, e *dialogs.Edition) error {
	if err := l.store.SaveEdition(ctx, e.ID(), e.Source()); err != nil {
		return fmt.Errorf("save the scripts: %w", err)
	}
	if old := l.current.Swap(e); old != nil {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.older[old.ID()] = old
	}
	return nil
}

// Current is the newest edition.
func (l *Library) Current() *dialogs.Edition { return l.current.Load() }

// Edition finds an edition by its content hash.
func (l *Library) Edition(ctx context.Context, id string) (*dialogs.Edition, error) {
	if e := l.current.Load(); e.ID() == id {
		return e, nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if e := l.older[id]; e != nil {
		return e, nil
	}
	source, err := l.store.Edition(ctx, id)
	if err != nil {
		return nil, fmt.Errorf("scripts %s: %w", id, err)
	}
	if source == nil {
		return nil, fmt.Errorf("scripts %s are not in the store", id)
	}
	e, err := dialogs.Open(source)
	if err != nil {
		return nil, fmt.Errorf("scripts %s: %w", id, err)
	}
	l.older[id] = e
	return e, nil
}
