package store

import (
	"encoding/binary"
	"slices"
	"time"
)

// fields writes the fields of values, or reads them, in one and the same order:
// each is named once, in a function that does for both. A section is a run of
// fields behind its length, so what an older release wrote reads as zero where a
// newer one has more fields at the end of a section, and an older one skips what
// it does not know. So fields are never moved or taken out, and new ones come to
// the end of their section.
//
// There is no reflection in it, which takes a third of the time of CBOR and
// fewer bytes.
type fields struct {
	column // what is still to be read
	dst    []byte
	reads  bool
}

// section is where one begins: what is behind it, or where it is written.
type section struct {
	behind []byte
	at     int
}

func (f *fields) begin() section {
	if !f.reads {
		f.dst = append(f.dst, 0) // its length, when that is known
		return section{at: len(f.dst)}
	}
	n := f.count()
	s := section{behind: f.b[n:]}
	f.b = f.b[:n]
	return s
}

func (f *fields) end(s section) {
	if f.reads {
		f.b = s.behind
		return
	}
	n := uint64(len(f.dst) - s.at)
	if n < 0x80 {
		f.dst[s.at-1] = byte(n)
		return
	}
	var length [binary.MaxVarintLen64]byte
	f.dst = slices.Replace(f.dst, s.at-1, s.at, binary.AppendUvarint(length[:0], n)...)
}

// skips tells whether a field is not there to be read.
func (f *fields) skips() bool { return len(f.b) == 0 }

func (f *fields) text(s *string) {
	switch {
	case !f.reads:
		f.dst = appendText(f.dst, *s)
	case !f.skips():
		*s = f.column.text(true)
	}
}

// name is a text that is likely to be in the vocabulary.
func name[T ~string](f *fields, s *T) {
	switch {
	case !f.reads:
		f.dst = appendName(f.dst, string(*s))
	case !f.skips():
		*s = T(f.column.name(true))
	}
}

func whole[T ~int | ~uint8](f *fields, n *T) {
	switch {
	case !f.reads:
		f.dst = binary.AppendVarint(f.dst, int64(*n))
	case !f.skips():
		*n = T(f.varint())
	}
}

func (f *fields) bool(b *bool) {
	switch {
	case !f.reads:
		f.dst = append(f.dst, byte(flag(*b, 1)))
	case !f.skips():
		*b = f.uvarint() == 1
	}
}

// time keeps milliseconds, and comes back in UTC.
func (f *fields) time(t *time.Time) {
	switch {
	case !f.reads:
		f.dst = appendTime(f.dst, *t)
	case !f.skips():
		*t = f.column.time()
	}
}

// day is a text that is likely to be a date, as YYYY-MM-DD: its day doubled plus
// one, or twice the length of a text.
func (f *fields) day(s *string) {
	switch {
	case !f.reads:
		if day, ok := dayOf(*s); ok {
			f.dst = binary.AppendUvarint(f.dst, uint64(day)<<1|1)
		} else {
			f.dst = append(binary.AppendUvarint(f.dst, uint64(len(*s))<<1), *s...)
		}
	case !f.skips():
		code := f.uvarint()
		if code&1 == 1 {
			*s = dayText(int64(code >> 1))
		} else {
			*s = string(f.fixed(int(min(code>>1, uint64(len(f.b)+1)))))
		}
	}
}

// pointer is a value that may be missing.
func pointer[T any](f *fields, p **T, each func(*fields, *T)) {
	is := *p != nil
	if f.bool(&is); !is {
		return
	}
	if f.reads {
		*p = new(T)
	}
	each(f, *p)
}

func list[T any](f *fields, l *[]T, each func(*fields, *T)) {
	n := f.length(len(*l))
	if f.reads && n > 0 {
		*l = make([]T, n)
	}
	for i := range *l {
		each(f, &(*l)[i])
	}
}

func (f *fields) texts(l *[]string) { list(f, l, (*fields).text) }

// table is a map by names. What is written is in their order, so that what is
// the same is written the same.
func table[K ~string, V any](f *fields, m *map[K]V, each func(*fields, *V)) {
	n := f.length(len(*m))
	if n == 0 {
		return
	}
	if f.reads {
		*m = make(map[K]V, n)
		for range n {
			var k K
			var v V
			name(f, &k)
			each(f, &v)
			(*m)[k] = v
		}
		return
	}
	var room [8]K
	names := room[:0]
	for k := range *m {
		names = append(names, k)
	}
	slices.Sort(names)
	for _, k := range names {
		v := (*m)[k]
		name(f, &k)
		each(f, &v)
	}
}

// length is how many things follow.
func (f *fields) length(n int) int {
	switch {
	case !f.reads:
		f.dst = binary.AppendUvarint(f.dst, uint64(n))
		return n
	case f.skips():
		return 0
	}
	return f.count()
}
