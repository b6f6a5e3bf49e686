// Package transcript plays conversations that are written down in a file and
// tells where a script now answers otherwise. Anyone who can read a chat can
// write one:
//
//	# lines with # are remarks
//	clock: 2026-03-02 10:00 Europe/London
//	worker: Sam
//	fact: best_hopes = to walk to the shop
//	fact: scores = 2026-02-16 4, 2026-02-23 5
//
//	begin weekly
//	  says Hello again.
//	  asks From 0 to 10, where are things today?
//	    [0 to 10]
//	    waits 48h
//	patient: 7
//	  ...
//
// A line at the margin is what happens: "begin SCRIPT", "patient: WORDS",
// "press LABEL", "press-old LABEL", "edit: WORDS", "media: CAPTION",
// "propose: WORDS" (a worker's, which the script "proposal" then offers),
// "release" (a worker clears a hold), "wait 48h" (time passes, and what falls
// due happens) and "state" (shows what is kept). The indented lines below are
// everything that follows from it: messages, buttons, timers, nudges, plans
// and journal records.
package transcript

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"onestep/dialogs"
)

// Result is what playing one transcript showed.
type Result struct {
	// Mismatches are the places where the script answered otherwise.
	Mismatches []Mismatch
	// Updated is the file as it would be with today's answers.
	Updated []byte
	// Coverage is what was reached on the way.
	Coverage Coverage
}

// Mismatch is one place where a script answers otherwise than written.
type Mismatch struct {
	File      string
	Line      int // of the first line that differs
	Did       string
	Want, Got string // the first lines that differ; "" where one side has no more
}

// String says what differs, over four lines.
func (m Mismatch) String() string {
	show := func(s string) string {
		if s == "" {
			return "(nothing more)"
		}
		return s
	}
	return fmt.Sprintf("%s:%d: after %q\n  written: %s\n  now:     %s", m.File, m.Line, m.Did, show(m.Want), show(m.Got))
}

// line is one line of the file.
type line struct {
	number int
	text   string
}

// block is what happened and what was written below it.
type block struct {
	did    line
	expect []line
	after  []line // remarks and empty lines before the next block
}

// Run plays one transcript on the scripts of an edition. An error means that
// the file itself cannot be read, with its line.
func Run(e *dialogs.Edition, file string, source []byte) (Result, error) {
	head, blocks := parse(source)
	p := NewPlayer(e)
	var r Result
	p.Watch = r.Coverage.Note
	var out bytes.Buffer
	for _, l := range head {
		out.WriteString(l.text + "\n")
		if err := p.Head(l.text); err != nil {
			return r, fmt.Errorf("%s:%d: %w", file, l.number, err)
		}
	}
	for _, b := range blocks {
		follows, err := p.Do(b.did.text)
		if err != nil {
			return r, fmt.Errorf("%s:%d: %w", file, b.did.number, err)
		}
		out.WriteString(b.did.text + "\n")
		for _, l := range follows {
			out.WriteString(l + "\n")
		}
		for _, l := range b.after {
			out.WriteString(l.text + "\n")
		}
		if m, differs := compare(b, follows); differs {
			m.File = file
			r.Mismatches = append(r.Mismatches, m)
		}
	}
	r.Updated = out.Bytes()
	return r, nil
}

func compare(b block, got []string) (Mismatch, bool) {
	for i := range max(len(b.expect), len(got)) {
		m := Mismatch{Line: b.did.number, Did: b.did.text}
		if len(b.expect) > 0 {
			m.Line = b.expect[min(i, len(b.expect)-1)].number
		}
		if i < len(b.expect) {
			m.Want = strings.TrimRight(b.expect[i].text, " ")
		}
		if i < len(got) {
			m.Got = got[i]
		}
		if m.Want != m.Got {
			return m, true
		}
	}
	return Mismatch{}, false
}

// parse cuts a file into its head and its blocks.
func parse(source []byte) (head []line, blocks []block) {
	for i, text := range strings.Split(strings.TrimRight(string(source), "\n"), "\n") {
		l := line{i + 1, strings.TrimRight(text, " \r")}
		remark := l.text == "" || strings.HasPrefix(l.text, "#")
		switch n := len(blocks); {
		case remark && n == 0, n == 0 && isHeader(l.text):
			head = append(head, l)
		case remark:
			blocks[n-1].after = append(blocks[n-1].after, l)
		case strings.HasPrefix(l.text, " ") && n > 0:
			blocks[n-1].expect = append(blocks[n-1].expect, l)
		default:
			blocks = append(blocks, block{did: l})
		}
	}
	return head, blocks
}

var headers = []string{"clock", "language", "worker", "team", "nation", "hours", "reads", "fact", "missed", "plan"}

func isHeader(text string) bool {
	key, _, ok := strings.Cut(text, ":")
	return ok && slices.Contains(headers, key)
}

// Head reads a line of the head, such as "worker: Sam".
func (p *Player) Head(text string) error {
	if text == "" || strings.HasPrefix(text, "#") {
		return nil
	}
	key, value, _ := strings.Cut(text, ":")
	value = strings.TrimSpace(value)
	switch key {
	case "clock":
		return p.setClock(value)
	case "language":
		p.language = value
	case "worker":
		p.about.Worker = value
	case "nation":
		p.about.Nation = value
	case "team":
		p.about.Team = value
	case "hours":
		p.about.Hours, p.saysHours = value, true
	case "reads":
		p.about.Reads, p.saysReads = value, true
	case "missed":
		_, err := fmt.Sscan(value, &p.state.Missed)
		return err
	case "fact":
		return p.setFact(value)
	case "plan":
		return p.setPlan(value)
	}
	return nil
}

func (p *Player) setClock(value string) error {
	fields := strings.Fields(value)
	if len(fields) != 3 {
		return fmt.Errorf("clock: a date, a time and a zone, such as 2026-03-02 10:00 Europe/London")
	}
	zone, err := time.LoadLocation(fields[2])
	if err != nil {
		return fmt.Errorf("clock: unknown time zone %q", fields[2])
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", fields[0]+" "+fields[1], zone)
	if err != nil {
		return fmt.Errorf("clock: a date, a time and a zone, such as 2026-03-02 10:00 Europe/London")
	}
	p.at, p.zone = at, zone
	return nil
}

// Lines are the head of a transcript and what happens in it, without remarks
// and without what follows.
func Lines(source []byte) (head, did []string) {
	lines, blocks := parse(source)
	for _, l := range lines {
		if l.text != "" && !strings.HasPrefix(l.text, "#") {
			head = append(head, l.text)
		}
	}
	for _, b := range blocks {
		did = append(did, b.did.text)
	}
	return head, did
}
