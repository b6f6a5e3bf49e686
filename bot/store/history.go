package store

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"onestep/bot"
)

// A server that never rewrites its append-only file keeps all that was ever
// written, in order. History reads it back: what a run of the program did is
// then known from the record itself, and not from the program's own word.

// Deed is one thing that was done to the store.
type Deed struct {
	Kind DeedKind
	// At is the server's second, zero unless it notes times
	// (aof-timestamp-enabled).
	At time.Time
	// Conversation and Version are of the turn that wrote: for all but
	// Committed, of the turn that the entry comes from.
	Conversation string
	Version      uint64
	// Operation is the mark of the operation of a Committed turn, as
	// OperationMark makes it; empty when there is none.
	Operation string
	// Outbox are the messages and letters of a Committed turn.
	Outbox []bot.Envelope
	// Entry is the id of the outbox entry, for all but Committed.
	Entry string
	// Unsure tells of an entry Taken that an earlier attempt may have arrived.
	Unsure bool
	// Holder has the conversation's shard, for Committed and Taken: who makes the
	// attempt.
	Holder string
	// Until is when the lease of an attempt runs out by the clock of who makes it,
	// for Taken.
	Until time.Time
	// Reason is why an entry was GivenUp.
	Reason string
}

// DeedKind says what was done.
type DeedKind int

// The kinds of deeds.
const (
	Committed DeedKind = iota // a turn
	Taken                     // an attempt at an entry began
	PutBack                   // it is to be tried again
	Delivered                 // it arrived
	GivenUp                   // it is dead
	CalledOff                 // a turn took it back; one in flight may still arrive
)

// OperationMark is how an operation stands in a Deed.
func OperationMark(operation string) string { return mark{hash: markOf(operation)}.String() }

// History reads an append-only file from its beginning and calls each with every
// deed, in order. Prefix is that of Options. A transaction that the file holds
// only the beginning of did not happen: the server was killed while it wrote.
func History(file io.Reader, prefix string, keyset *Keyset, each func(Deed) error) error {
	h := history{
		in: bufio.NewReaderSize(file, 1<<20), prefix: cmp.Or(prefix, "onestep:"), keyset: keyset,
		wrapped: map[string][]byte{}, opened: map[string]*dataKey{}, holders: map[string]string{},
	}
	var group [][]string
	inGroup := false
	for {
		words, err := h.next()
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("store: history: %w", err)
		}
		switch strings.ToUpper(words[0]) {
		case "MULTI":
			inGroup = true
			continue
		case "EXEC":
			inGroup = false
		default:
			group = append(group, words)
		}
		if inGroup {
			continue
		}
		deeds, err := h.deeds(group)
		if err != nil {
			return fmt.Errorf("store: history: %w", err)
		}
		for _, d := range deeds {
			if err := each(d); err != nil {
				return err
			}
		}
		group = nil
	}
}

type history struct {
	in      *bufio.Reader
	prefix  string
	keyset  *Keyset
	at      time.Time
	wrapped map[string][]byte // by conversation
	opened  map[string]*dataKey
	holders map[string]string // by hash tag, the shard
}

// next reads one command.
func (h *history) next() ([]string, error) {
	for {
		line, err := h.line()
		switch {
		case err != nil:
			return nil, err
		case strings.HasPrefix(line, "#TS:"):
			second, err := strconv.ParseInt(line[4:], 10, 64)
			if err != nil {
				return nil, errors.New("a time that is none")
			}
			h.at = time.Unix(second, 0).UTC()
			continue
		case !strings.HasPrefix(line, "*"):
			return nil, errors.New("this is no append-only file of plain commands")
		}
		n, err := strconv.Atoi(line[1:])
		if err != nil || n < 1 {
			return nil, errors.New("a command of no words")
		}
		words := make([]string, n)
		for i := range words {
			if words[i], err = h.word(); err != nil {
				return nil, err
			}
		}
		return words, nil
	}
}

func (h *history) line() (string, error) {
	line, err := h.in.ReadString('\n')
	return strings.TrimRight(line, "\r\n"), err
}

func (h *history) word() (string, error) {
	head, err := h.line()
	if err != nil {
		return "", err
	}
	n, err := strconv.Atoi(strings.TrimPrefix(head, "$"))
	if err != nil || n < 0 {
		return "", errors.New("a word without a length")
	}
	b := make([]byte, n+2)
	_, err = io.ReadFull(h.in, b)
	return string(b[:n]), err
}

// deeds tells what the commands of one transaction did.
func (h *history) deeds(group [][]string) ([]Deed, error) {
	turns := map[string]*Deed{} // by conversation
	turn := func(id string) *Deed {
		if turns[id] == nil {
			turns[id] = &Deed{Kind: Committed, At: h.at, Conversation: id}
		}
		return turns[id]
	}
	var out []Deed
	var values [][2]string        // entry id, sealed
	states := map[string][]byte{} // sealed, by conversation
	ended := map[string]DeedKind{}
	reasons := map[string]string{} // by entry
	for _, words := range group {
		if len(words) < 3 {
			continue
		}
		name, fields := strings.ToUpper(words[0]), words[2:]
		kind, id := h.key(words[1])
		switch {
		case name == "HSET" && kind == "c":
			for i := 0; i+1 < len(fields); i += 2 {
				switch fields[i] {
				case "v":
					n, err := numbered(fields[i+1])
					if err != nil {
						return nil, errors.New("a version that is none")
					}
					turn(id).Version, turn(id).Holder = n, h.holders[tagOf(words[1])]
				case "k":
					h.wrapped[id] = []byte(fields[i+1])
					delete(h.opened, id)
				case "s":
					states[id] = []byte(fields[i+1])
				}
			}
		case name == "SET" && kind == "own":
			_, h.holders[tagOf(words[1])], _ = strings.Cut(fields[0], " ")
		case name == "HSET" && kind == "val":
			for i := 0; i+1 < len(fields); i += 2 {
				values = append(values, [2]string{fields[i], fields[i+1]})
			}
		case name == "HSET" && kind == "try":
			try := strings.Fields(fields[1])
			if len(try) < 4 {
				return nil, errors.New("an attempt that is none")
			}
			d := Deed{Kind: PutBack, At: h.at, Entry: fields[0], Unsure: try[2] == "1"}
			if try[1] == "1" {
				d.Kind, d.Holder = Taken, h.holders[tagOf(words[1])]
			}
			out = append(out, d)
			var dead Dead
			dead.read(fields[1])
			reasons[fields[0]] = dead.Reason
		case name == "ZADD" && kind == "rdy" && len(out) > 0 && out[len(out)-1].Kind == Taken && strings.HasPrefix(fields[0], "-"):
			score, err := strconv.ParseInt(fields[0], 10, 64) // of a lane in flight: see band.go
			if err != nil {
				return nil, errors.New("a lane in flight without an end")
			}
			out[len(out)-1].Until = time.UnixMilli(score + bandWidth).UTC()
		case name == "ZREM" && kind == "out":
			ended[lastOf(fields[0])] = Delivered
		case name == "ZADD" && kind == "dead":
			ended[lastOf(fields[len(fields)-1])] = GivenUp
		}
	}
	for id, d := range turns { // a turn's own commands, and not those of a settling
		for entry := range ended {
			if of, _ := turnOf(entry); of == id && d.Version > 0 {
				ended[entry] = CalledOff
			}
		}
	}
	out = slices.DeleteFunc(out, func(d Deed) bool { _, over := ended[d.Entry]; return over && d.Kind == PutBack })
	for entry, kind := range ended {
		d := Deed{Kind: kind, At: h.at, Entry: entry}
		if kind == GivenUp {
			d.Reason = reasons[entry]
		}
		out = append(out, d)
	}
	for i := range out {
		out[i].Conversation, out[i].Version = turnOf(out[i].Entry)
	}
	for _, v := range values {
		e, err := h.open(v[0], []byte(v[1]))
		if err != nil {
			return nil, err
		}
		id, _ := turnOf(v[0])
		turn(id).Outbox = append(turn(id).Outbox, e)
	}
	for id, d := range turns {
		if d.Version == 0 {
			continue
		}
		var err error
		if d.Operation, err = h.operation(id, d.Version, states[id]); err != nil {
			return nil, err
		}
		out = append(out, *d)
	}
	return out, nil
}

// key takes a key apart: what it holds, and of which conversation.
func (h *history) key(key string) (kind, id string) {
	rest, ok := strings.CutPrefix(key, h.prefix)
	if !ok {
		return "", ""
	}
	_, rest, _ = strings.Cut(rest, "}:")
	kind, id, _ = strings.Cut(rest, ":")
	return kind, id
}

// tagOf is the hash tag of a key.
func tagOf(key string) string {
	_, rest, _ := strings.Cut(key, "{")
	tag, _, _ := strings.Cut(rest, "}")
	return tag
}

// turnOf reads from an entry's id which turn wrote it.
func turnOf(entry string) (conversation string, version uint64) {
	rest := entry[:max(0, strings.LastIndexByte(entry, '.'))]
	i := strings.LastIndexByte(rest, '.')
	if i < 0 {
		return "", 0
	}
	version, _ = strconv.ParseUint(rest[i+1:], 10, 64)
	return rest[:i], version
}

// lastOf is the entry's id in a member of an outbox: see member.
func lastOf(member string) string { return member[strings.LastIndexByte(member, ':')+1:] }

// operation is the mark that a turn left in its record.
func (h *history) operation(id string, turn uint64, state []byte) (string, error) {
	key, err := h.dataKey(id)
	if err != nil {
		return "", err
	}
	_, record, err := openRecord(key, version(turn), state, nil)
	if err != nil || !record.marked {
		return "", err
	}
	return record.marks[len(record.marks)-1].String(), nil
}

func (h *history) dataKey(id string) (*dataKey, error) {
	if key := h.opened[id]; key != nil {
		return key, nil
	}
	key, err := h.keyset.openDataKey(id, h.wrapped[id])
	if err == nil {
		h.opened[id] = key
	}
	return key, err
}

func (h *history) open(entry string, sealed []byte) (bot.Envelope, error) {
	id, _ := turnOf(entry)
	key, err := h.dataKey(id)
	if err != nil {
		return bot.Envelope{}, err
	}
	plain, err := key.open(outboxField, entry, sealed)
	if err != nil {
		return bot.Envelope{}, err
	}
	return readEnvelope(entry, plain)
}
