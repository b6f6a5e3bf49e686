package store

import (
	"bytes"
	"compress/flate"
	_ "embed"
	"encoding/binary"
	"fmt"
	"io"
	"slices"
	"sync"

	"onestep/bot"
)

// A record is what a conversation's hash holds sealed: the state, and the tail
// of the journal. A turn then writes its journal lines with its state, reads
// nothing more for it, and a person at rest is one key in Redis. A tail that
// has grown long moves to the journal's list as one block.
//
// The first byte of what was sealed says how it is written. Formats are never
// changed; new ones get new numbers.
const (
	// 0x80 and above begin the CBOR of a state without a tail, or of the
	// entries of a block: what was written before there were records.
	oldForm = 0x80
	// formPlain: length of the state, state, length of the tail's packed part,
	// packed part, chunks of the tail. The packed part is deflated chunks.
	formPlain = 1
	// formPacked: the same without a packed part, deflated as a whole.
	formPacked = 2
	// formBlock: chunks, deflated. In the journal's list, and the packed part.
	formBlock = 3
)

// Bounds of the tail, in bytes of chunks.
const (
	// longTail becomes a block: some thirteen weekly check-ins.
	longTail = 3000
	// packTail is packed while a dialog runs: each of its turns writes all of
	// the record anew.
	packTail = 1000
)

// tail is the latest part of the journal. Its bytes are never changed, since
// others may be reading them.
type tail struct {
	packed, chunks []byte
}

// merged is the whole tail as one chunk.
func (t tail) merged() ([]byte, error) {
	all := t.chunks
	if len(t.packed) > 0 {
		first, err := inflate(t.packed[1:])
		if err != nil {
			return nil, err
		}
		all = append(first, all...)
	}
	return mergeChunks(all)
}

// entries gives the journal lines of the tail.
func (t tail) entries() ([]bot.Entry, error) {
	chunk, err := t.merged()
	if err != nil {
		return nil, err
	}
	return readChunks(chunk)
}

// grow adds the lines of one turn, and tells what goes to the list, if anything
// does. When the conversation rests, its tail is one chunk.
func (t tail) grow(lines []bot.Entry, rests bool) (next tail, block []byte, err error) {
	next = tail{t.packed, appendChunk(slices.Clip(t.chunks), lines)}
	if rests || len(next.chunks) > longTail {
		whole, err := next.merged()
		if err != nil || len(whole) > longTail {
			return tail{}, deflate(formBlock, whole), err
		}
		return tail{chunks: whole}, nil, nil
	}
	if len(next.packed) == 0 && len(next.chunks) > packTail {
		return tail{packed: deflate(formBlock, next.chunks)}, nil, nil
	}
	return next, nil, nil
}

// record seals the record of this turn, and a block of the journal when it is
// time for one.
func (w *writing) record() (sealed, block []byte, err error) {
	c := *w.commit.Conversation
	c.ID = "" // it is the name of the key
	state, err := encode(c)
	if err != nil {
		return nil, nil, err
	}
	rests := c.Patient != nil && c.Patient.Dialog.Session == nil
	if w.tail, block, err = w.tail.grow(w.commit.Journal, rests); err != nil {
		return nil, nil, err
	}
	if block != nil {
		block = append(binary.AppendUvarint(nil, w.turn), w.key.seal(journalField, version(w.turn), block)...)
	}
	body := make([]byte, 0, 8+len(state)+len(w.tail.packed)+len(w.tail.chunks))
	body = append(body, formPlain)
	body = append(binary.AppendUvarint(body, uint64(len(state))), state...)
	body = append(binary.AppendUvarint(body, uint64(len(w.tail.packed))), w.tail.packed...)
	body = append(body, w.tail.chunks...)
	if rests {
		body = deflate(formPacked, body[1:])
	}
	return w.key.seal(stateField, version(w.turn), body), block, nil
}

// openRecord gives state and tail of a sealed record.
func openRecord(key *dataKey, version string, sealed []byte) (state []byte, t tail, err error) {
	plain, err := key.open(stateField, version, sealed)
	if err != nil {
		return nil, t, err
	}
	if len(plain) > 0 && plain[0] >= oldForm {
		return plain, t, nil
	}
	body, err := unformed(key, plain, formPacked)
	if err != nil {
		return nil, t, err
	}
	r := column{b: body}
	state, t.packed, t.chunks = r.bytes(), r.bytes(), r.b
	if r.bad || len(t.packed) > 0 && t.packed[0] != formBlock {
		return nil, t, fmt.Errorf("record of %s: %w", key.conversation, ErrSealed)
	}
	return state, t, nil
}

// openBlock gives the entries of one block of the journal's list. A block opens
// only as the block of its turn.
func openBlock(key *dataKey, block []byte) ([]bot.Entry, error) {
	turn, n := binary.Uvarint(block)
	if n <= 0 {
		return nil, fmt.Errorf("journal of %s: %w", key.conversation, ErrSealed)
	}
	plain, err := key.open(journalField, version(turn), block[n:])
	if err != nil {
		return nil, err
	}
	if len(plain) > 0 && plain[0] >= oldForm {
		var entries []bot.Entry
		return entries, decode(plain, &entries)
	}
	chunks, err := unformed(key, plain, formBlock)
	if err != nil {
		return nil, err
	}
	return readChunks(chunks)
}

// unformed gives what is behind the form byte, inflated if that is the packed
// form of its kind.
func unformed(key *dataKey, plain []byte, packed byte) ([]byte, error) {
	switch {
	case len(plain) > 0 && plain[0] == formPlain:
		return plain[1:], nil
	case len(plain) > 0 && plain[0] == packed:
		return inflate(plain[1:])
	}
	return nil, fmt.Errorf("a value of %s has an unknown form: %w", key.conversation, ErrSealed)
}

// dictionary is what records are likely to hold: the fields of a state and the
// lines of a check-in, of a made-up patient and without their words. What was
// deflated with it can only be inflated with it, so it is never changed: a
// better one is a new file and new forms.
//
//go:embed dictionary
var dictionary []byte

// Writers of deflate have most of a megabyte each and take long to make, so a
// few are kept; a sync.Pool would lose them at every garbage collection.
var deflaters = make(chan *flate.Writer, 8)

func newDeflater() *flate.Writer {
	w, err := flate.NewWriterDict(io.Discard, deflateLevel, dictionary)
	must(err) // the level is a valid one
	return w
}

var inflaters = sync.Pool{New: func() any { return flate.NewReaderDict(bytes.NewReader(nil), dictionary) }}

// deflateLevel: more makes records hardly smaller and takes longer.
const deflateLevel = 5

// deflate compresses b behind a form byte.
func deflate(form byte, b []byte) []byte {
	var w *flate.Writer
	select {
	case w = <-deflaters:
	default:
		w = newDeflater()
	}
	out := bytes.NewBuffer(make([]byte, 0, 64+len(b)/2))
	out.WriteByte(form)
	w.Reset(out)
	_, err := w.Write(b)
	must(err) // a buffer takes everything
	must(w.Close())
	select {
	case deflaters <- w:
	default:
	}
	return out.Bytes()
}

func inflate(b []byte) ([]byte, error) {
	r := inflaters.Get().(io.Reader)
	defer inflaters.Put(r)
	must(r.(flate.Resetter).Reset(bytes.NewReader(b), dictionary)) // never fails
	var out bytes.Buffer
	out.Grow(4 * len(b))
	if _, err := out.ReadFrom(r); err != nil {
		return nil, fmt.Errorf("inflate: %w", err)
	}
	return out.Bytes(), nil
}
