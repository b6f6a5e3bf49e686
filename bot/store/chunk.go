package store

import (
	"encoding/binary"
	"errors"
	"slices"
	"time"

	"onestep/bot"
)

// A chunk is a run of journal entries as bytes, close together and in three
// columns, so that weeks that went alike look alike to compression:
//
//	number of entries
//	heads: for each entry its flags, What, and those of Name, Rule and By it has
//	times: for the first entry and each that does not follow the one before
//	       in the same or the next turn, its turn and second; for others of
//	       another turn the seconds since the entry before
//	words: for each entry those of Value, Raw and Was it has
//
// Numbers are varints, texts have their length before them. Times are whole
// seconds.

// What an entry has, as bits of its flags. New fields get new bits at the end.
const (
	hasName = 1 << iota
	hasRule
	hasBy
	hasValue
	hasRaw
	rawIsValue
	nextTurn // the turn after that of the entry before, at the same second or later
	isAsked
	hasWas
	jumps // to another turn or second in any other way
)

// errChunk: the bytes are no chunk. They were sealed, so this is our fault.
var errChunk = errors.New("a part of the journal has an unknown form")

// appendChunk writes entries as one chunk behind dst. None write nothing.
func appendChunk(dst []byte, entries []bot.Entry) []byte {
	if len(entries) == 0 {
		return dst
	}
	var heads, times, words []byte
	var turn uint64
	var second int64
	for count, e := range entries {
		at := e.At.Unix()
		next := flag(count > 0 && e.Turn == turn+1 && at >= second, nextTurn)
		jump := flag(count == 0 || next == 0 && (e.Turn != turn || at != second), jumps)
		flags := flag(e.Name != "", hasName) | flag(e.Rule != "", hasRule) | flag(e.By != "", hasBy) |
			flag(e.Value != "", hasValue) | flag(e.Raw != "" && e.Raw != e.Value, hasRaw) |
			flag(e.Raw != "" && e.Raw == e.Value, rawIsValue) | next | jump |
			flag(e.Asked, isAsked) | flag(e.Was != "", hasWas)
		heads = appendName(binary.AppendUvarint(heads, flags), e.What)
		if flags&hasName != 0 {
			heads = appendName(heads, e.Name)
		}
		if flags&hasRule != 0 {
			heads = appendName(heads, e.Rule)
		}
		if flags&hasBy != 0 {
			heads = appendName(heads, e.By)
		}
		switch {
		case next != 0:
			times = binary.AppendUvarint(times, uint64(at-second))
		case jump != 0:
			times = binary.AppendVarint(binary.AppendUvarint(times, e.Turn), at)
		}
		turn, second = e.Turn, at
		if flags&hasValue != 0 {
			words = appendText(words, e.Value)
		}
		if flags&hasRaw != 0 {
			words = appendText(words, e.Raw)
		}
		if flags&hasWas != 0 {
			words = appendText(words, e.Was)
		}
	}
	return joinChunk(dst, uint64(len(entries)), heads, times, words)
}

func flag(is bool, bit uint64) uint64 {
	if is {
		return bit
	}
	return 0
}

func appendText(dst []byte, s string) []byte {
	return append(binary.AppendUvarint(dst, uint64(len(s))), s...)
}

// readChunks gives the entries of all chunks in b, in order.
func readChunks(b []byte) ([]bot.Entry, error) {
	var all []bot.Entry
	for r := (column{b: b}); len(r.b) > 0; {
		n := r.uvarint()
		heads, times, words := column{b: r.bytes()}, column{b: r.bytes()}, column{b: r.bytes()}
		if n > uint64(len(heads.b)) {
			return nil, errChunk
		}
		all = slices.Grow(all, int(n))
		var turn uint64
		var second int64
		for range n {
			flags := heads.uvarint()
			e := bot.Entry{What: heads.name(true), Asked: flags&isAsked != 0}
			e.Name, e.Rule, e.By = heads.name(flags&hasName != 0), heads.name(flags&hasRule != 0), heads.name(flags&hasBy != 0)
			switch {
			case flags&nextTurn != 0:
				turn++
				second += int64(times.uvarint())
			case flags&jumps != 0:
				turn, second = times.uvarint(), times.varint()
			}
			e.Turn, e.At = turn, time.Unix(second, 0).UTC()
			e.Value, e.Raw = words.text(flags&hasValue != 0), words.text(flags&hasRaw != 0)
			if flags&rawIsValue != 0 {
				e.Raw = e.Value
			}
			e.Was = words.text(flags&hasWas != 0)
			all = append(all, e)
		}
		if r.bad || heads.bad || times.bad || words.bad {
			return nil, errChunk
		}
	}
	return all, nil
}

// column reads from the front of b. What is not there reads as nothing, and
// makes the column bad.
type column struct {
	b   []byte
	bad bool
}

func (c *column) fail() { c.b, c.bad = nil, true }

func (c *column) uvarint() uint64 {
	v, n := binary.Uvarint(c.b)
	if n <= 0 {
		c.fail()
		return 0
	}
	c.b = c.b[n:]
	return v
}

func (c *column) varint() int64 {
	v, n := binary.Varint(c.b)
	if n <= 0 {
		c.fail()
		return 0
	}
	c.b = c.b[n:]
	return v
}

func (c *column) bytes() []byte {
	n := c.uvarint()
	if n > uint64(len(c.b)) {
		c.fail()
		return nil
	}
	part := c.b[:n]
	c.b = c.b[n:]
	return part
}

// text reads a text if there is one.
func (c *column) text(is bool) string {
	if !is {
		return ""
	}
	return string(c.bytes())
}

// mergeChunks makes one chunk of many.
func mergeChunks(b []byte) ([]byte, error) {
	entries, err := readChunks(b)
	if err != nil {
		return nil, err
	}
	return appendChunk(nil, entries), nil
}

func joinChunk(dst []byte, entries uint64, columns ...[]byte) []byte {
	dst = binary.AppendUvarint(dst, entries)
	for _, column := range columns {
		dst = append(binary.AppendUvarint(dst, uint64(len(column))), column...)
	}
	return dst
}
