package store

import (
	"encoding/binary"
	"errors"
	"slices"
	"time"

	"onestep/bot"
)

// lines are a run of journal entries as bytes, close together and in three
// columns, so that weeks that went alike look alike to compression, and a turn
// adds its entries by adding to the columns:
//
//	heads: for each entry its flags, What, and those of Name, Rule and By it has
//	times: for each entry that does not follow the one before in the same or
//	       the next turn, its turn and second; for others of another turn the
//	       seconds since the entry before
//	words: for each entry those of Value, Raw and Was it has
//
// Numbers are varints, texts have their length before them. Times are whole
// seconds. Written out, the three stand behind one another, each behind its
// length, and before them the turn and second that the first entry follows.
//
// Adding to lines may write behind the end of columns that an older copy has
// too, so of all copies only the latest is ever added to.
type lines struct {
	heads, times, words []byte
	// Turn and second of the last entry, and of the one before the first.
	turn, before uint64
	second, from int64
}

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
	jumps  // to another turn or second in any other way
	hasDay // taken out of Rule: see withoutDay
	isTold
)

// errLines: the bytes are no lines. They were sealed, so this is our fault.
var errLines = errors.New("a part of the journal has an unknown form")

// size is how many bytes the entries take.
func (l lines) size() int { return len(l.heads) + len(l.times) + len(l.words) }

// after are no lines yet, to follow these.
func (l lines) after() lines {
	return lines{turn: l.turn, before: l.turn, second: l.second, from: l.second}
}

// add writes entries behind the others.
func (l lines) add(entries []bot.Entry) lines {
	for i := range entries {
		e := &entries[i]
		at := e.At.Unix()
		next := flag(e.Turn == l.turn+1 && at >= l.second, nextTurn)
		rule, dayless := withoutDay(e.Rule, time.Unix(at, 0))
		jump := flag(next == 0 && (e.Turn != l.turn || at != l.second), jumps)
		flags := flag(e.Name != "", hasName) | flag(e.Rule != "", hasRule) | flag(e.By != "", hasBy) |
			flag(e.Value != "", hasValue) | flag(e.Raw != "" && e.Raw != e.Value, hasRaw) |
			flag(e.Raw != "" && e.Raw == e.Value, rawIsValue) | next | jump |
			flag(e.Asked, isAsked) | flag(e.Was != "", hasWas) | flag(dayless, hasDay) | flag(e.Told, isTold)
		l.heads = appendName(binary.AppendUvarint(l.heads, flags), e.What)
		if flags&hasName != 0 {
			l.heads = appendName(l.heads, e.Name)
		}
		if flags&hasRule != 0 {
			l.heads = appendName(l.heads, rule)
		}
		if flags&hasBy != 0 {
			l.heads = appendName(l.heads, e.By)
		}
		switch {
		case next != 0:
			l.times = binary.AppendUvarint(l.times, uint64(at-l.second))
		case jump != 0:
			l.times = binary.AppendVarint(binary.AppendUvarint(l.times, e.Turn), at)
		}
		l.turn, l.second = e.Turn, at
		if flags&hasValue != 0 {
			l.words = appendText(l.words, e.Value)
		}
		if flags&hasRaw != 0 {
			l.words = appendText(l.words, e.Raw)
		}
		if flags&hasWas != 0 {
			l.words = appendText(l.words, e.Was)
		}
	}
	return l
}

// join adds lines that were made to come after these.
func (l lines) join(next lines) lines {
	l.heads = append(l.heads, next.heads...)
	l.times = append(l.times, next.times...)
	l.words = append(l.words, next.words...)
	l.turn, l.second = next.turn, next.second
	return l
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

// write writes lines out behind dst.
func (l lines) write(dst []byte) []byte {
	dst = binary.AppendVarint(binary.AppendUvarint(dst, l.before), l.from)
	dst = binary.AppendVarint(binary.AppendUvarint(dst, l.turn), l.second)
	for _, part := range [...][]byte{l.heads, l.times, l.words} {
		dst = append(binary.AppendUvarint(dst, uint64(len(part))), part...)
	}
	return dst
}

// readLines reads what write wrote. The result shares b.
func readLines(b []byte) (l lines, err error) {
	r := column{b: b}
	l.before, l.from = r.uvarint(), r.varint()
	l.turn, l.second = r.uvarint(), r.varint()
	l.heads, l.times, l.words = r.bytes(), r.bytes(), r.bytes()
	if r.bad || len(r.b) > 0 {
		return lines{}, errLines
	}
	return l, nil
}

// entries reads the lines, behind those of all.
func (l lines) entries(all []bot.Entry) ([]bot.Entry, error) {
	heads, times, words := column{b: l.heads}, column{b: l.times}, column{b: l.words}
	turn, second := l.before, l.from
	all = slices.Grow(all, len(l.heads)/4)
	for len(heads.b) > 0 {
		flags := heads.uvarint()
		e := bot.Entry{What: heads.name(true), Asked: flags&isAsked != 0, Told: flags&isTold != 0}
		e.Name, e.Rule, e.By = heads.name(flags&hasName != 0), heads.name(flags&hasRule != 0), heads.name(flags&hasBy != 0)
		switch {
		case flags&nextTurn != 0:
			turn++
			second += int64(times.uvarint())
		case flags&jumps != 0:
			turn, second = times.uvarint(), times.varint()
		}
		e.Turn, e.At = turn, time.Unix(second, 0).UTC()
		if flags&hasDay != 0 {
			e.Rule = withDay(e.Rule, e.At)
		}
		e.Value, e.Raw = words.text(flags&hasValue != 0), words.text(flags&hasRaw != 0)
		if flags&rawIsValue != 0 {
			e.Raw = e.Value
		}
		e.Was = words.text(flags&hasWas != 0)
		all = append(all, e)
	}
	if heads.bad || times.bad || words.bad || turn != l.turn || second != l.second {
		return nil, errLines
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
	part := c.b[:n:n]
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
