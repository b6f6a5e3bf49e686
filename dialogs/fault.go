package dialogs

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Fault is one thing that is wrong with a file of an edition.
type Fault struct {
	File         string
	Line, Column int // from 1; 0 where the file as a whole is at fault
	Message      string
}

// Faults is everything that is wrong with an edition, in the order of the
// files. Load returns it as its error.
type Faults []Fault

// Error prints one "file:line:column: message" a line.
func (f Faults) Error() string {
	var b strings.Builder
	for i, fault := range f {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(fault.File)
		if fault.Line > 0 {
			fmt.Fprintf(&b, ":%d:%d", fault.Line, fault.Column)
		}
		b.WriteString(": " + fault.Message)
	}
	return b.String()
}

// faults collects during a load.
type faults struct{ list Faults }

func (f *faults) add(p pos, format string, args ...any) {
	f.list = append(f.list, Fault{File: p.file, Line: p.line, Column: p.column, Message: fmt.Sprintf(format, args...)})
}

// err is the sorted list as an error, nil when there are none.
func (f *faults) err() error {
	if len(f.list) == 0 {
		return nil
	}
	slices.SortStableFunc(f.list, func(a, b Fault) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	return slices.Compact(f.list)
}

// pos is a place in a file.
type pos struct {
	file         string
	line, column int
}

// oneOf lists names for a message: "a, b or c".
func oneOf(names []string) string {
	switch len(names) {
	case 0:
		return "nothing"
	case 1:
		return names[0]
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// nearest is the name that was probably meant, as " (did you mean x?)", or "".
func nearest(name string, names []string) string {
	best, at := "", 3
	for _, n := range names {
		if d := levenshtein.ComputeDistance(name, n); d < at {
			best, at = n, d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf(" (did you mean %s?)", best)
}
