package store

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"sync"

	"github.com/klauspost/compress/s2"

	"onestep/bot"
)

// A record is what a conversation's hash holds sealed: the state, the marks of
// what was committed, and the journal's latest lines. A turn then writes its
// journal lines with its state and reads nothing more for them.
//
// A person at rest has one value, compressed as a whole. With the first turn of a
// dialog the lines of before move to a field of their own, which the turns of the
// dialog leave alone; its end brings them back. Lines that have grown long move to
// the journal's list as one block.
//
// The first byte of what was sealed says how it is written. Formats of a
// release are never changed; new ones get new numbers.
const (
	// formPlain: state, marks, turn of the older lines, latest lines.
	formPlain = 1
	// formPacked: the same, compressed by s2.
	formPacked = 2
	// formLines: lines, compressed by s2: older lines, and blocks of the
	// journal's list.
	formLines = 3
)

// longLines become a block: bytes of some twenty weekly check-ins.
const longLines = 8000

// fewLines are not worth a field of their own: bytes of one short check-in.
const fewLines = 200

// record is what is known of a conversation's record as it is in Redis at one
// version. Nothing in it is ever changed but by the one turn that takes it.
type record struct {
	marks marks
	// marked is set if the last of the marks is of the turn that wrote this.
	marked bool
	// fresh are the lines in the state's own field.
	fresh lines
	// older are those of the other field, written by the turn olderTurn, which
	// is 0 if there are none. They are sealed until they are needed.
	olderTurn   uint64
	olderSealed []byte
	older       lines
}

// unseal makes sure that the older lines can be read.
func (r *record) unseal(key *dataKey) (err error) {
	if r.olderSealed == nil {
		return nil
	}
	turn, plain, err := openLines(key, olderField, r.olderSealed)
	if err != nil {
		return err
	}
	if turn != r.olderTurn {
		return fmt.Errorf("older lines of %s: %w", key.conversation, ErrSealed)
	}
	r.older, r.olderSealed = plain, nil
	return nil
}

// written is what one turn writes of a record; nil older leaves them as they
// are, and empty ones go.
type written struct {
	state, older, block []byte
}

// next seals the record after a turn: r becomes that record. The block is for
// the journal's list, when it is time for one.
func (r *record) next(key *dataKey, turn uint64, c *bot.Conversation, journal []bot.Entry) (w written, err error) {
	rests := c.Patient != nil && c.Patient.Dialog.Session == nil
	if !rests && c.Patient != nil && r.olderTurn == 0 && r.fresh.size() > fewLines {
		r.older, r.olderTurn, r.fresh = r.fresh, turn, r.fresh.after()
		w.older = sealLines(key, olderField, turn, r.older)
	}
	r.fresh = r.fresh.add(journal)
	if rests || r.fresh.size() > longLines {
		if r.olderTurn > 0 {
			if err := r.unseal(key); err != nil {
				return w, err
			}
			r.fresh = r.older.join(r.fresh)
			r.older, r.olderTurn, w.older = lines{}, 0, []byte{}
		}
		if r.fresh.size() > longLines {
			w.block = sealLines(key, journalField, turn, r.fresh)
			r.fresh = r.fresh.after()
		}
	}
	room := scratches.Get().(*scratch)
	defer scratches.Put(room)
	body := appendState(append(room.plain[:0], formPlain), c)
	body = binary.AppendUvarint(r.marks.write(body), r.olderTurn<<1|flag(r.marked, 1))
	body = r.fresh.write(body)
	room.plain = body
	if rests {
		body = room.pack(formPacked, true, body[1:])
	}
	w.state = key.seal(stateField, version(turn), body)
	return w, nil
}

// scratch is where a turn writes what it seals, to be used again.
type scratch struct{ plain, packed []byte }

var scratches = sync.Pool{New: func() any { return new(scratch) }}

// openRecord opens what the two fields of a record hold.
func openRecord(key *dataKey, version string, state, older []byte) (c *bot.Conversation, r record, err error) {
	plain, err := key.open(stateField, version, state)
	if err != nil {
		return nil, r, err
	}
	body, err := unformed(key, plain, formPacked)
	if err != nil {
		return nil, r, err
	}
	b := column{b: body}
	if c, err = readState(&b); err != nil {
		return nil, r, err
	}
	r.marks = b.marks()
	turn := b.uvarint()
	r.olderTurn, r.marked = turn>>1, turn&1 == 1
	if err := b.error(); err != nil {
		return nil, r, err
	}
	if r.fresh, err = readLines(b.b); err != nil {
		return nil, r, err
	}
	if r.olderTurn > 0 {
		r.olderSealed = append([]byte{}, older...)
	}
	return c, r, nil
}

// sealLines seals lines behind the turn that writes them.
func sealLines(key *dataKey, field string, turn uint64, l lines) []byte {
	room := scratches.Get().(*scratch)
	defer scratches.Put(room)
	room.plain = l.write(room.plain[:0])
	packed := room.pack(formLines, field != olderField, room.plain)
	return append(binary.AppendUvarint(make([]byte, 0, len(packed)+40), turn), key.seal(field, version(turn), packed)...)
}

// openLines opens what sealLines made. It opens only as what its turn wrote.
func openLines(key *dataKey, field string, sealed []byte) (turn uint64, l lines, err error) {
	turn, n := binary.Uvarint(sealed)
	if n <= 0 {
		return 0, l, fmt.Errorf("journal of %s: %w", key.conversation, ErrSealed)
	}
	plain, err := key.open(field, version(turn), sealed[n:])
	if err != nil {
		return 0, l, err
	}
	body, err := unformed(key, plain, formLines)
	if err != nil {
		return 0, l, err
	}
	l, err = readLines(body)
	return turn, l, err
}

// unformed gives what is behind the form byte, unpacked if that is the packed
// form of its kind.
func unformed(key *dataKey, plain []byte, packed byte) ([]byte, error) {
	switch {
	case len(plain) > 0 && plain[0] == formPlain && packed == formPacked:
		return plain[1:], nil
	case len(plain) > 0 && plain[0] == packed:
		if body, err := unpack(plain[1:]); err == nil {
			return body, nil
		}
	}
	return nil, fmt.Errorf("a value of %s has an unknown form: %w", key.conversation, ErrSealed)
}

// dictionary is what records are likely to hold: trained by the library's own
// builder (hashes of 8 bytes) on records of 80 made-up people at rest, each at three ages, whose words
// were letters at random. What was compressed with it can only be read with it,
// so after a release it is never changed: a better one is a new file and new
// forms.
//
//go:embed dictionary
var dictionary []byte

var packing = s2.NewDict(dictionary)

// pack compresses b behind a form byte, better or in a third of the time. The
// result is only good until the next.
func (s *scratch) pack(form byte, better bool, b []byte) []byte {
	s.packed = slices.Grow(s.packed[:0], 1+s2.MaxEncodedLen(len(b)))
	out := s.packed[:cap(s.packed)]
	out[0] = form
	if better {
		return out[:1+len(packing.EncodeBetter(out[1:], b))]
	}
	return out[:1+len(packing.Encode(out[1:], b))]
}

// longestPacked bounds what unpacking gives: more than any record can be.
const longestPacked = 16 << 20

func unpack(b []byte) ([]byte, error) {
	if n, err := s2.DecodedLen(b); err != nil || n > longestPacked {
		return nil, errors.New("not what was packed")
	}
	return packing.Decode(nil, b)
}
