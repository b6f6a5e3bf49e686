package store

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"time"

	"onestep/bot"
	"onestep/dialogs"
)

// The state of a conversation is written in two ways. What is large and changes
// with every reply of a patient (facts, session, and the same before the last
// answer) is written by hand here: it takes a tenth of the time and less than
// half of the bytes. All else is CBOR, where new fields need no care.
//
//	length and CBOR of the conversation without the dialog's state
//	the dialog's state, only of a patient: see writeDialog

// appendState writes a conversation behind dst.
func appendState(dst []byte, conversation *bot.Conversation) ([]byte, error) {
	c := *conversation
	c.ID = "" // it is the name of the key
	var dialog dialogs.State
	if c.Patient != nil {
		p := *c.Patient
		dialog, p.Dialog = p.Dialog, dialogs.State{}
		c.Patient = &p
	}
	plain, err := encode(c)
	if err != nil {
		return nil, err
	}
	dst = append(binary.AppendUvarint(dst, uint64(len(plain))), plain...)
	if c.Patient == nil {
		return dst, nil
	}
	return appendDialog(dst, &dialog)
}

// readState reads what appendState wrote.
func readState(r *column) (*bot.Conversation, error) {
	c := new(bot.Conversation)
	if err := decode(r.bytes(), c); err != nil {
		return nil, err
	}
	if c.Patient != nil {
		dialog, err := r.dialog()
		if err != nil {
			return nil, err
		}
		c.Patient.Dialog = dialog
	}
	return c, nil
}

// What a dialog's state has, as bits of its flags.
const (
	hasSession = 1 << iota
	hasUndo
	undoDoubts
	restSame // the rest is that of the state after the answer
)

// appendDialog writes: flags, facts, session, the rest as CBOR; then, if the
// last answer can be taken back, its value and the state before it: flags,
// facts that were other ones, names of those that were not there, session, rest.
func appendDialog(dst []byte, s *dialogs.State) ([]byte, error) {
	rest, err := encode(restOf(s))
	if err != nil {
		return nil, err
	}
	flags := flag(s.Session != nil, hasSession) | flag(s.Undo != nil, hasUndo) | flag(s.Undo != nil && s.Undo.Doubt, undoDoubts)
	dst = binary.AppendUvarint(dst, flags)
	dst = appendFacts(dst, s.Facts)
	dst = appendSession(dst, s.Session)
	dst = append(binary.AppendUvarint(dst, uint64(len(rest))), rest...)
	if s.Undo == nil {
		return dst, nil
	}
	before := &s.Undo.Before
	restBefore, err := encode(restOf(before))
	if err != nil {
		return nil, err
	}
	same := bytes.Equal(rest, restBefore)
	dst = appendValue(dst, s.Undo.Value)
	dst = binary.AppendUvarint(dst, flag(before.Session != nil, hasSession)|flag(same, restSame))
	dst = appendFactsBefore(dst, before.Facts, s.Facts)
	dst = appendSession(dst, before.Session)
	if !same {
		dst = append(binary.AppendUvarint(dst, uint64(len(restBefore))), restBefore...)
	}
	return dst, nil
}

// restOf is what of a dialog's state is CBOR. The state before the last answer
// cannot be taken back further.
func restOf(s *dialogs.State) dialogs.State {
	rest := *s
	rest.Facts, rest.Session, rest.Undo = nil, nil, nil
	return rest
}

func (c *column) dialog() (s dialogs.State, err error) {
	flags := c.uvarint()
	facts, session, rest := c.facts(), c.session(flags&hasSession != 0), c.bytes()
	if err := decode(rest, &s); err != nil {
		return s, err
	}
	s.Facts, s.Session = facts, session
	if flags&hasUndo == 0 {
		return s, c.error()
	}
	u := &dialogs.Undo{Value: c.value(), Doubt: flags&undoDoubts != 0}
	flags = c.uvarint()
	facts, session = c.factsBefore(facts), c.session(flags&hasSession != 0)
	if flags&restSame == 0 {
		rest = c.bytes()
	}
	if err := decode(rest, &u.Before); err != nil {
		return s, err
	}
	u.Before.Facts, u.Before.Session = facts, session
	s.Undo = u
	return s, c.error()
}

func (c *column) error() error {
	if c.bad {
		return fmt.Errorf("a state has an unknown form: %w", ErrSealed)
	}
	return nil
}

func appendFacts(dst []byte, facts map[string]dialogs.Value) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(facts)))
	for name, v := range facts {
		dst = appendValue(appendName(dst, name), v)
	}
	return dst
}

func (c *column) facts() map[string]dialogs.Value {
	n := c.count()
	if n == 0 {
		return nil
	}
	facts := make(map[string]dialogs.Value, n)
	for range n {
		name := c.name(true)
		facts[name] = c.value()
	}
	return facts
}

// appendFactsBefore writes how facts were when they were not as they are now.
func appendFactsBefore(dst []byte, before, now map[string]dialogs.Value) []byte {
	others, missing := 0, 0
	for name, v := range before {
		if is, ok := now[name]; !ok || !sameValue(is, v) {
			others++
		}
	}
	for name := range now {
		if _, ok := before[name]; !ok {
			missing++
		}
	}
	dst = binary.AppendUvarint(dst, uint64(others))
	if others > 0 {
		for name, v := range before {
			if is, ok := now[name]; !ok || !sameValue(is, v) {
				dst = appendValue(appendName(dst, name), v)
			}
		}
	}
	dst = binary.AppendUvarint(dst, uint64(missing))
	if missing > 0 {
		for name := range now {
			if _, ok := before[name]; !ok {
				dst = appendName(dst, name)
			}
		}
	}
	return dst
}

func (c *column) factsBefore(now map[string]dialogs.Value) map[string]dialogs.Value {
	before := make(map[string]dialogs.Value, len(now))
	for name, v := range now {
		before[name] = v
	}
	for name, v := range c.facts() {
		before[name] = v
	}
	for range c.count() {
		delete(before, c.name(true))
	}
	if len(before) == 0 {
		return nil
	}
	return before
}

func sameValue(a, b dialogs.Value) bool {
	return a.Kind == b.Kind && a.Number == b.Number && a.Text == b.Text && a.Yes == b.Yes && slices.Equal(a.Series, b.Series)
}

func appendSession(dst []byte, s *dialogs.Session) []byte {
	if s == nil {
		return dst
	}
	dst = appendText(dst, s.Edition)
	dst = binary.AppendUvarint(dst, flag(s.Open != nil, 1)|flag(s.Open != nil && s.Open.Repaired, 2)|
		flag(s.Replied, 4)|flag(s.Reminded, 8)|flag(s.Questioned, 16))
	dst = appendTime(dst, s.Began)
	if s.Open != nil {
		dst = appendText(dst, s.Open.Token)
	}
	dst = binary.AppendUvarint(dst, uint64(len(s.Frames)))
	for _, f := range s.Frames {
		dst = appendName(appendName(dst, f.Script), f.Step)
		dst = appendFacts(dst, f.Vars)
		dst = binary.AppendUvarint(dst, flag(f.Resume != nil, 1)|flag(f.Resume != nil && f.Resume.Repaired, 2))
		if f.Resume != nil {
			dst = appendText(dst, f.Resume.Token)
		}
	}
	dst = binary.AppendUvarint(dst, uint64(len(s.Asked)))
	for _, p := range s.Asked {
		dst = appendName(appendName(binary.AppendVarint(dst, int64(p.Depth)), p.Script), p.Step)
	}
	return dst
}

func (c *column) session(is bool) *dialogs.Session {
	if !is {
		return nil
	}
	s := &dialogs.Session{Edition: c.text(true)}
	flags := c.uvarint()
	s.Replied, s.Reminded, s.Questioned = flags&4 != 0, flags&8 != 0, flags&16 != 0
	s.Began = c.time()
	s.Open = c.question(flags)
	if n := c.count(); n > 0 {
		s.Frames = make([]dialogs.Frame, n)
		for i := range s.Frames {
			f := &s.Frames[i]
			f.Script, f.Step, f.Vars = c.name(true), c.name(true), c.facts()
			f.Resume = c.question(c.uvarint())
		}
	}
	if n := c.count(); n > 0 {
		s.Asked = make([]dialogs.Place, n)
		for i := range s.Asked {
			s.Asked[i] = dialogs.Place{Depth: int(c.varint()), Script: c.name(true), Step: c.name(true)}
		}
	}
	return s
}

func (c *column) question(flags uint64) *dialogs.Question {
	if flags&1 == 0 {
		return nil
	}
	return &dialogs.Question{Token: c.text(true), Repaired: flags&2 != 0}
}

// count reads how many things follow; more than there are bytes cannot be.
func (c *column) count() int {
	n := c.uvarint()
	if n > uint64(len(c.b)) {
		c.fail()
		return 0
	}
	return int(n)
}

// kinds of values, by the number that stands for them. Zero is a kind that is
// written out.
var kinds = [...]dialogs.Kind{1: dialogs.Text, 2: dialogs.Number, 3: dialogs.YesNo, 4: dialogs.Date, 5: dialogs.Series}

// What a value has, above the number of its kind.
const (
	valueNumber = 8 << iota
	valueText
	valueDay // text that is a date
	valueYes
	valueSeries
)

func appendValue(dst []byte, v dialogs.Value) []byte {
	kind := max(slices.Index(kinds[:], v.Kind), 0)
	day, isDay := dayOf(v.Text)
	isText := v.Text != "" && !isDay
	number := v.Number != 0 || math.Signbit(v.Number)
	dst = binary.AppendUvarint(dst, uint64(kind)|flag(number, valueNumber)|flag(isText, valueText)|
		flag(isDay, valueDay)|flag(v.Yes, valueYes)|flag(len(v.Series) > 0, valueSeries))
	if kind == 0 {
		dst = appendText(dst, string(v.Kind))
	}
	if number {
		dst = appendNumber(dst, v.Number)
	}
	if isText {
		dst = appendName(dst, v.Text)
	}
	if isDay {
		dst = binary.AppendVarint(dst, day)
	}
	if len(v.Series) > 0 {
		dst = appendSeries(dst, v.Series)
	}
	return dst
}

func (c *column) value() (v dialogs.Value) {
	flags := c.uvarint()
	if kind := flags & 7; kind == 0 {
		v.Kind = dialogs.Kind(c.text(true))
	} else if kind < uint64(len(kinds)) {
		v.Kind = kinds[kind]
	} else {
		c.fail()
	}
	if flags&valueNumber != 0 {
		v.Number = c.number()
	}
	v.Text = c.name(flags&valueText != 0)
	if flags&valueDay != 0 {
		v.Text = dayText(c.varint())
	}
	v.Yes = flags&valueYes != 0
	if flags&valueSeries != 0 {
		v.Series = c.series()
	}
	return v
}

// appendSeries writes for each point the days since the point before, doubled,
// or 1 and its text if that is no date; and its number.
func appendSeries(dst []byte, points []dialogs.Point) []byte {
	dst = binary.AppendUvarint(dst, uint64(len(points)))
	var last int64
	for _, p := range points {
		if day, ok := dayOf(p.On); ok {
			dst, last = binary.AppendVarint(dst, (day-last)<<1), day
		} else {
			dst = appendText(binary.AppendVarint(dst, 1), p.On)
		}
		dst = appendNumber(dst, p.Number)
	}
	return dst
}

func (c *column) series() []dialogs.Point {
	points := make([]dialogs.Point, c.count())
	var last int64
	for i := range points {
		if gap := c.varint(); gap&1 == 0 {
			last += gap >> 1
			points[i].On = dayText(last)
		} else {
			points[i].On = c.text(true)
		}
		points[i].Number = c.number()
	}
	return points
}

// appendNumber writes a number in halves if it is a small one of these, doubled;
// else 1 and its bits.
func appendNumber(dst []byte, n float64) []byte {
	if halves := n * 2; halves == math.Trunc(halves) && math.Abs(halves) < 1<<40 && !(n == 0 && math.Signbit(n)) {
		return binary.AppendVarint(dst, int64(halves)<<1)
	}
	return binary.LittleEndian.AppendUint64(binary.AppendVarint(dst, 1), math.Float64bits(n))
}

func (c *column) number() float64 {
	if halves := c.varint(); halves&1 == 0 {
		return float64(halves>>1) / 2
	}
	if len(c.b) < 8 {
		c.fail()
		return 0
	}
	n := math.Float64frombits(binary.LittleEndian.Uint64(c.b))
	c.b = c.b[8:]
	return n
}

// appendTime writes an instant to the millisecond, 0 for none.
func appendTime(dst []byte, t time.Time) []byte {
	ms := t.Round(time.Millisecond).UnixMilli()
	switch {
	case t.IsZero():
		ms = 0
	case ms >= 0:
		ms++
	}
	return binary.AppendVarint(dst, ms)
}

func (c *column) time() time.Time {
	ms := c.varint()
	switch {
	case ms == 0:
		return time.Time{}
	case ms > 0:
		ms--
	}
	return time.UnixMilli(ms).UTC()
}

// dayOf numbers the day of a date as YYYY-MM-DD, from 1970 on. It is false for
// any other text.
func dayOf(text string) (int64, bool) {
	if len(text) != 10 || text[4] != '-' || text[7] != '-' {
		return 0, false
	}
	var parts [3]int
	for i, at := range [...][2]int{{0, 4}, {5, 7}, {8, 10}} {
		for _, digit := range []byte(text[at[0]:at[1]]) {
			if digit < '0' || digit > '9' {
				return 0, false
			}
			parts[i] = parts[i]*10 + int(digit-'0')
		}
	}
	day := time.Date(parts[0], time.Month(parts[1]), parts[2], 0, 0, 0, 0, time.UTC)
	if parts[0] < 1970 || int(day.Month()) != parts[1] || day.Day() != parts[2] {
		return 0, false
	}
	return day.Unix() / 86400, true
}

func dayText(day int64) string { return time.Unix(day*86400, 0).UTC().Format(time.DateOnly) }
