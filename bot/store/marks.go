package store

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"
	"time"
)

// marks are the operations that a conversation has lately committed: the dedupe
// marks of updates and letters. They are part of the record, so a commit that
// finds the version it expects also knows everything that was committed, and
// writes its own mark with its state: no mark is without its turn, and no turn
// without its mark. Oldest first; nothing in it is ever changed.
type marks []mark

type mark struct {
	hash uint64 // 48 bits of a hash: see markOf
	hour int64  // hours since 1970
}

// Bounds of the marks.
const (
	// hoursMarked is how long an operation is remembered. Platforms repeat an
	// update for up to a day; the contract says 48 hours, and hours are
	// counted whole.
	hoursMarked = 49
	// mostMarks bounds what a flood of messages can make of a record: 7 KB.
	// Nobody writes a thousand in two days.
	mostMarks = 1000
	hashBytes = 6
)

func (m mark) String() string { return strconv.FormatUint(m.hash, 36) }

// markOf gives the hash that stands for an operation. Of a thousand in one
// conversation two are the same with a chance below one in 500 million.
func markOf(operation string) uint64 {
	sum := sha256.Sum256([]byte(operation))
	return binary.LittleEndian.Uint64(sum[:]) & (1<<(8*hashBytes) - 1)
}

// has tells whether an operation was committed.
func (m marks) has(operation string) bool {
	hash := markOf(operation)
	for i := len(m) - 1; i >= 0; i-- {
		if m[i].hash == hash {
			return true
		}
	}
	return false
}

// add gives the marks with one more, or none more if the operation is empty,
// and without those that are old.
func (m marks) add(operation string, now time.Time) marks {
	hour := now.Unix() / 3600
	old := 0
	for old < len(m) && m[old].hour < hour-hoursMarked {
		old++
	}
	if m = m[old:]; operation == "" {
		return m
	}
	if len(m) >= mostMarks {
		m = m[len(m)-mostMarks+1:]
	}
	return append(m[:len(m):len(m)], mark{markOf(operation), hour})
}

// write writes marks behind dst: how many, and each one's hash and the hours
// since the one before.
func (m marks) write(dst []byte) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(m)))
	var hour int64
	for _, one := range m {
		var hash [8]byte
		binary.LittleEndian.PutUint64(hash[:], one.hash)
		dst = binary.AppendVarint(append(dst, hash[:hashBytes]...), one.hour-hour)
		hour = one.hour
	}
	return dst
}

func (c *column) marks() marks {
	n := c.count()
	if n == 0 {
		return nil
	}
	m := make(marks, n)
	var hour int64
	for i := range m {
		var hash [8]byte
		copy(hash[:hashBytes], c.fixed(hashBytes))
		hour += c.varint()
		m[i] = mark{binary.LittleEndian.Uint64(hash[:]), hour}
	}
	return m
}

// fixed reads n bytes.
func (c *column) fixed(n int) []byte {
	if n > len(c.b) {
		c.fail()
		return nil
	}
	part := c.b[:n:n]
	c.b = c.b[n:]
	return part
}
