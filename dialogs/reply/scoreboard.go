package reply

import (
	"embed"
	"fmt"
	"io/fs"
	"path"
	"strconv"
	"strings"
	"time"
)

// Labelled holds the replies that come with the package, each with the reading
// that a careful person gives it: folders of one file a context; see
// testdata/README.md.
//
//go:embed testdata/*/*.tsv
var Labelled embed.FS

// Contexts are the contexts that labelled replies are read in, in the order of
// a scoreboard.
var Contexts = []string{"scale", "yesno", "date", "choice", "command", "distress"}

// LabelledDay is the day on which the labelled replies are read, a Monday.
var LabelledDay = time.Date(2026, time.March, 2, 0, 0, 0, 0, time.UTC)

// Sample is one labelled reply.
type Sample struct {
	// Context is what was asked: one of Contexts, with labels: choice:A,B.
	Context, Text string
	// Want is the reading, "none" if nothing is to be taken; for distress yes
	// or none.
	Want string
	// Told is set when the value is to be taken and the person told.
	Told bool
}

// Samples reads one file of labelled replies.
func Samples(files fs.FS, name string) ([]Sample, error) {
	b, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, err
	}
	var out []Sample
	for n, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n") {
		f := strings.Split(strings.TrimSuffix(line, "\r"), "\t")
		if n == 0 && f[0] == "context" {
			continue
		}
		if len(f) != 4 {
			return nil, fmt.Errorf("%s line %d has %d columns; write context, text, value and ask_back, with a tab between them", name, n+1, len(f))
		}
		if kind, _, _ := strings.Cut(f[0], ":"); kind != strings.TrimSuffix(path.Base(name), ".tsv") {
			return nil, fmt.Errorf("%s line %d is of the context %s; keep each context in a file of its own", name, n+1, f[0])
		}
		out = append(out, Sample{f[0], f[1], f[2], f[3] == "ask"})
	}
	return out, nil
}

// Read gives what the reader of a sample's context makes of its text, written
// as labels are, the rule, and whether the person is asked back or told.
func (s Sample) Read() (value string, rule RuleID, ask bool) {
	kind, list, _ := strings.Cut(s.Context, ":")
	switch kind {
	case "scale":
		return labelOf(Scale(s.Text), func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) })
	case "yesno":
		return labelOf(YesNo(s.Text), func(v bool) string { return map[bool]string{true: "yes", false: "no"}[v] })
	case "date":
		return labelOf(Date(s.Text, LabelledDay), func(v time.Time) string { return v.Format(time.DateOnly) })
	case "choice":
		var options []Option
		for l := range strings.SplitSeq(list, ",") {
			options = append(options, Option{Value: l, Label: l})
		}
		return labelOf(Choose(s.Text, options), func(v string) string { return v })
	case "command":
		return labelOf(ReadCommand(s.Text), func(v Command) string {
			if v == Skip || v == Back { // moves within a dialog
				return none
			}
			return string(v)
		})
	}
	if rule, found := Distress(s.Text); found {
		return "yes", rule, false
	}
	return none, "", false
}

// none is the label of a reply of which nothing is to be taken.
const none = "none"

func labelOf[T any](r Reading[T], write func(T) string) (string, RuleID, bool) {
	if !r.OK {
		return none, r.Rule, r.AskBack
	}
	return write(r.Value), r.Rule, r.AskBack
}

// Score counts how the replies of one context were read.
type Score struct {
	Context string `json:"context"`
	Replies int    `json:"replies"`
	// Right are read as labelled. Of the others, a value that is not the
	// labelled one is silently wrong, unless the person is told how the reply
	// was taken and can correct it; where none was taken, the question was asked
	// back or the reply refused.
	Right         int `json:"right"`
	AskedBack     int `json:"asked_back"`
	Refused       int `json:"refused"`
	WrongTold     int `json:"wrong_told"`
	SilentlyWrong int `json:"silently_wrong"`
	// FirstNumber is how many the first number in the text gets right; scale
	// only.
	FirstNumber int `json:"first_number,omitempty"`
	// Of distress: replies of danger, those seen, near misses, and alarms on
	// them.
	Dangers     int `json:"dangers,omitempty"`
	Seen        int `json:"seen,omitempty"`
	NearMisses  int `json:"near_misses,omitempty"`
	FalseAlarms int `json:"false_alarms,omitempty"`
}

// Recall is the share of dangers that were seen.
func (s Score) Recall() float64 { return share(s.Seen, s.Dangers) }

// AlarmRate is the share of near misses that raised an alarm.
func (s Score) AlarmRate() float64 { return share(s.FalseAlarms, s.NearMisses) }

// Share is a count of the replies as a share of all.
func (s Score) Share(count int) float64 { return share(count, s.Replies) }

func share(part, all int) float64 {
	if all == 0 {
		return 0
	}
	return float64(part) / float64(all)
}

// ScoreOf reads labelled replies of one context and counts.
func ScoreOf(context string, samples []Sample) Score {
	s := Score{Context: context, Replies: len(samples)}
	for _, x := range samples {
		got, _, ask := x.Read()
		switch {
		case got == x.Want:
			s.Right++
		case got != none && ask:
			s.WrongTold++
		case got != none:
			s.SilentlyWrong++
		case ask:
			s.AskedBack++
		default:
			s.Refused++
		}
		switch {
		case context == "scale" && firstNumber(x.Text) == x.Want:
			s.FirstNumber++
		case context != "distress":
		case x.Want == none:
			s.NearMisses++
			s.FalseAlarms += count(got != none)
		default:
			s.Dangers++
			s.Seen += count(got != none)
		}
	}
	return s
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// Scores reads all labelled replies of one folder, in the order of Contexts.
// A context without a file is left out.
func Scores(files fs.FS, folder string) ([]Score, error) {
	var out []Score
	for _, c := range Contexts {
		name := path.Join(folder, c+".tsv")
		if _, err := fs.Stat(files, name); err != nil {
			continue
		}
		samples, err := Samples(files, name)
		if err != nil {
			return nil, err
		}
		out = append(out, ScoreOf(c, samples))
	}
	return out, nil
}

// firstNumber is the baseline: the first number in the text is the score.
func firstNumber(text string) string {
	for i := range text {
		j := i
		for j < len(text) && isDigit(text[j]) {
			j++
		}
		if j > i {
			return text[i:j]
		}
	}
	return none
}
