package store

import (
	"bytes"
	"compress/flate"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/redis/go-redis/v9"
)

// editionFormat is the first byte of a stored edition: deflate follows.
const editionFormat = 1

// SaveEdition keeps the source of an edition under its content hash. What is
// there stays as it is. Scripts hold no word of a person and are not sealed.
func (s *Store) SaveEdition(ctx context.Context, id string, source []byte) error {
	ctx, cancel := patience(ctx)
	defer cancel()
	if !validID(id) {
		return errors.New("store: save edition: it needs an id of letters, digits, dots, dashes and underscores")
	}
	var packed bytes.Buffer
	packed.WriteByte(editionFormat)
	w, err := flate.NewWriter(&packed, flate.BestCompression)
	must(err) // the level is a valid one
	_, err = w.Write(source)
	must(errors.Join(err, w.Close())) // a buffer takes everything
	if err := s.writes.SetNX(ctx, s.keys.edition(id), packed.Bytes(), 0).Err(); err != nil {
		return fmt.Errorf("store: save edition %s: %w", id, err)
	}
	return nil
}

// Edition reads the source of an edition, nil when there is none.
func (s *Store) Edition(ctx context.Context, id string) ([]byte, error) {
	ctx, cancel := patience(ctx)
	defer cancel()
	packed, err := s.reads.Get(ctx, s.keys.edition(id)).Bytes()
	if errors.Is(err, redis.Nil) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("store: edition %s: %w", id, err)
	}
	if len(packed) == 0 || packed[0] != editionFormat {
		return nil, fmt.Errorf("store: edition %s has an unknown format", id)
	}
	source, err := io.ReadAll(flate.NewReader(bytes.NewReader(packed[1:])))
	if err != nil {
		return nil, fmt.Errorf("store: edition %s: %w", id, err)
	}
	return source, nil
}
