package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"onestep/dialogs/reply"
)

type readCommand struct {
	As      string `required:"" placeholder:"scale" help:"What was asked: scale, yesno, date, command, free, or choice:A,B with the labels."`
	Today   day    `placeholder:"2026-03-02" help:"The day on which it was written, for dates. Default: today."`
	Locale  locale `default:"en-GB" help:"How dates and numbers are written: en-GB or cy-GB, which are alike. Welsh is read in either."`
	Explain bool   `help:"Also show which part of the reply was read, and why."`
}

func (readCommand) Help() string {
	return `Reads one reply a line from standard input, as a patient's answer would be read, and prints one JSON object a line: the value or null, the rule that gave or refused it, whether the question would be asked back, and whether the words may mean danger. The value of free words is the wish they utter (stop, pause, human, help), or null: words stand as they are. In a chat danger comes first and such a wish next, whatever was asked: read a reply with --as command, too, to see whether it is one.

Example:

    echo "up from 3 to 5" | onestep read --as scale
    echo "friday week" | onestep read --as date --today 2026-03-02 --explain`
}

// day is a day on the command line.
type day struct{ time.Time }

// UnmarshalText reads a day written year first, from 1900 to 9998.
func (d *day) UnmarshalText(text []byte) error {
	at, err := time.Parse(time.DateOnly, string(text))
	if err != nil || at.Year() < 1900 || at.Year() > 9998 {
		return fmt.Errorf("%q is not a day; write year, month and day as in 2026-03-02", text)
	}
	d.Time = at
	return nil
}

// locale is a way of writing dates and numbers.
type locale string

// UnmarshalText takes en-GB and cy-GB, in any usual spelling.
func (l *locale) UnmarshalText(text []byte) error {
	switch strings.ToLower(strings.ReplaceAll(string(text), "_", "-")) {
	case "en-gb", "en", "cy-gb", "cy":
		*l = locale(text)
		return nil
	}
	return fmt.Errorf("%q is not known; replies are read as people in Britain write them, 5/3 being 5 March: use en-GB or cy-GB", text)
}

// heard is what is printed of one reply. The names are fixed: others read them.
type heard struct {
	Value    any          `json:"value"`
	Rule     reply.RuleID `json:"rule"`
	AskBack  bool         `json:"ask_back"`
	Distress bool         `json:"distress"`
	// The rest is shown by --explain alone: the part of the reply that was
	// read, with what it is counted from, what its rule does, and the rule that
	// saw danger.
	Read         string       `json:"read,omitempty"`
	Why          string       `json:"why,omitempty"`
	DistressRule reply.RuleID `json:"distress_rule,omitempty"`
	DistressWhy  string       `json:"distress_why,omitempty"`
}

// longestReply is more than any platform lets a person write at once, in bytes.
const longestReply = 1 << 20

// Validate refuses what cannot be asked.
func (c readCommand) Validate() error {
	_, err := c.reader()
	return err
}

func (c readCommand) Run(w world) error {
	read, err := c.reader()
	if err != nil {
		return err
	}
	out := json.NewEncoder(w.Out)
	out.SetEscapeHTML(false)
	in := bufio.NewScanner(w.In)
	in.Buffer(nil, longestReply)
	for in.Scan() {
		h := read(in.Text())
		danger, found := reply.Distress(in.Text())
		h.Distress = found
		if c.Explain {
			h.Why = reply.Why(h.Rule)
			h.DistressRule, h.DistressWhy = danger, reply.Why(danger)
		} else {
			h.Read = ""
		}
		if err := out.Encode(h); err != nil {
			return err
		}
	}
	if err := in.Err(); err != nil {
		return fmt.Errorf("a reply could not be read (%w); each is one line of at most %d bytes", err, longestReply)
	}
	return nil
}

// reader gives what reads one reply in the asked context.
func (c readCommand) reader() (func(text string) heard, error) {
	today := c.Today.Time
	if today.IsZero() {
		today = time.Now()
	}
	kind, labels, isChoice := strings.Cut(c.As, ":")
	switch {
	case kind == "choice" && isChoice && labels != "":
		var options []reply.Option
		seen := map[string]bool{}
		for label := range strings.SplitSeq(labels, ",") {
			label = strings.TrimSpace(label)
			if label == "" || seen[label] {
				return nil, fmt.Errorf("--as %s has a label that is empty or stands twice; write each once: choice:Done,Not yet", c.As)
			}
			seen[label] = true
			options = append(options, reply.Option{Value: label, Label: label})
		}
		return func(text string) heard { return hear(text, reply.Choose(text, options), same) }, nil
	case isChoice:
	case kind == "scale":
		return func(text string) heard { return hear(text, reply.Scale(text), same) }, nil
	case kind == "yesno":
		return func(text string) heard {
			return hear(text, reply.YesNo(text), func(yes bool) any {
				if yes {
					return "yes"
				}
				return "no"
			})
		}, nil
	case kind == "date":
		return func(text string) heard {
			return hear(text, reply.Date(text, today), func(day time.Time) any { return day.Format(time.DateOnly) })
		}, nil
	case kind == "command", kind == "free":
		return func(text string) heard {
			return hear(text, reply.ReadCommand(text), func(wish reply.Command) any {
				switch wish {
				case reply.Stop, reply.Pause, reply.Human, reply.Help:
					return wish
				}
				return nil // skip and back are moves within a dialog
			})
		}, nil
	}
	return nil, fmt.Errorf("--as %s is not known; use scale, yesno, date, command, free, or choice:A,B with the labels", c.As)
}

// hear puts a reading into the printed form.
func hear[T any](text string, r reply.Reading[T], value func(T) any) heard {
	h := heard{Rule: r.Rule, AskBack: r.AskBack, Read: wordsRead(text, r.Upon, r.Span)}
	if r.OK {
		h.Value = value(r.Value)
	}
	return h
}

// wordsRead are the words that gave a value, behind those that they are counted
// from: "this Friday, the one after", "Tuesday … the day after".
func wordsRead(text string, upon, span reply.Span) string {
	words := text[span.From:span.To]
	switch {
	case upon.To == 0 || upon.To > span.From:
		return words
	case strings.Trim(text[upon.To:span.From], " ,.;:-") == "":
		return text[upon.From:span.To]
	}
	return text[upon.From:upon.To] + " … " + words
}

func same[T any](value T) any { return value }
