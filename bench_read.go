package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"strings"
	"text/tabwriter"

	"onestep/dialogs/reply"
)

type benchRead struct {
	JSON   bool   `name:"json" help:"Print one JSON object."`
	Folder string `arg:"" optional:"" type:"path" help:"A folder of labelled replies, or of such folders. Default: those that come with onestep."`
}

func (benchRead) Help() string {
	return `Reads labelled replies as patients' answers are read, and counts for each context how many are read right, asked back, refused, taken wrong and told to the person, who can correct it, and silently wrong. For words of danger it counts how many are seen, and how many near misses raise a false alarm. Beside the scale stands what the first number in the text would get right.

A folder holds scale.tsv, yesno.tsv, date.tsv, choice.tsv, command.tsv and distress.tsv, or some of them: four columns with a tab between them, context, text, value ("none" if nothing is to be taken) and ask_back. Dates are read on Monday 2 March 2026.

Example:

    onestep bench read
    onestep bench read --json ./our-replies`
}

// readResult is what bench read tells.
type readResult struct {
	Bench  string      `json:"bench"`
	Splits []readSplit `json:"splits"`
}

// readSplit is the scoreboard of one folder.
type readSplit struct {
	Split  string        `json:"split"`
	Scores []reply.Score `json:"scores"`
}

// ownSplits are the folders that come with onestep and are measured: what
// rules are tuned on, what is only ever measured, what was written by somebody
// who had not seen the rules and is tuned on by now, and what nobody has tuned on
// yet. "rules" is read right by construction.
var ownSplits = []string{"tune", "measure", "held", "seen", "unseen"}

func (c benchRead) Run(w world) error {
	result := readResult{Bench: "read"}
	var err error
	if c.Folder == "" {
		result.Splits, err = readSplits(reply.Labelled, "testdata", ownSplits)
	} else {
		result.Splits, err = readFolder(c.Folder)
	}
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(w.Out, result)
	}
	for i, s := range result.Splits {
		if i > 0 {
			fmt.Fprintln(w.Out)
		}
		if err := s.print(w.Out); err != nil {
			return err
		}
	}
	return nil
}

// print writes a scoreboard for people.
func (s readSplit) print(out io.Writer) error {
	t := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintf(t, "%s\treplies\tright\tasked back\trefused\twrong, told\tsilently wrong\tfirst number\t\n", s.Split)
	danger := ""
	for _, r := range s.Scores {
		if r.Context == "distress" {
			danger = fmt.Sprintf("distress: seen %s of %d, false alarms on %s of %d near misses\n", percent(r.Recall()), r.Dangers, percent(r.AlarmRate()), r.NearMisses)
			continue
		}
		first := "-"
		if r.Context == "scale" {
			first = percent(r.Share(r.FirstNumber))
		}
		fmt.Fprintf(t, "%s\t%d", r.Context, r.Replies)
		for _, n := range []int{r.Right, r.AskedBack, r.Refused, r.WrongTold, r.SilentlyWrong} {
			fmt.Fprintf(t, "\t%s", percent(r.Share(n)))
		}
		fmt.Fprintf(t, "\t%s\t\n", first)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	_, err := io.WriteString(out, danger)
	return err
}

func percent(share float64) string { return fmt.Sprintf("%.1f %%", 100*share) }

// readFolder scores the labelled replies of a folder, or of each folder in it.
func readFolder(folder string) ([]readSplit, error) {
	files := os.DirFS(folder)
	entries, err := fs.ReadDir(files, ".")
	if err != nil {
		return nil, fmt.Errorf("the folder %s cannot be read; name one that holds labelled replies", folder)
	}
	names := []string{"."}
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	out, err := readSplits(files, ".", names)
	if err == nil && len(out) == 0 {
		err = fmt.Errorf("the folder %s holds no labelled replies: no scale.tsv, distress.tsv or the like, nor a folder with them", folder)
	}
	for i := range out {
		if out[i].Split == "." {
			out[i].Split = path.Base(strings.ReplaceAll(folder, string(os.PathSeparator), "/"))
		}
	}
	return out, err
}

// readSplits scores the folders of those names that hold labelled replies.
func readSplits(files fs.FS, under string, names []string) (out []readSplit, err error) {
	for _, name := range names {
		scores, err := reply.Scores(files, path.Join(under, name))
		if errors.Is(err, fs.ErrNotExist) || err == nil && len(scores) == 0 {
			continue
		}
		if err != nil {
			return nil, err
		}
		out = append(out, readSplit{name, scores})
	}
	return out, nil
}
