package config

import (
	"fmt"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Fault is one thing that is wrong with the settings.
type Fault struct {
	// Where is the place to mend: "onestep.yaml:3:5" (line and column, both
	// counted from 1) or the name of an environment variable.
	Where string
	// Says is a plain sentence that ends with what to do. It never holds a
	// secret.
	Says string
}

// Faults is every fault that was found in one reading, as one error. The
// faults of the file come first, from its top to its end.
type Faults []Fault

// Error gives one line for each fault.
func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.Where + ": " + fault.Says
	}
	return strings.Join(lines, "\n")
}

func (f *Faults) add(where, format string, args ...any) {
	*f = append(*f, Fault{Where: where, Says: fmt.Sprintf(format, args...)})
}

// nearest gives the known word that looks most like the given one, or "" when
// none is close: at most two letters may be wrong, and fewer in short words.
func nearest(word string, known []string) string {
	best, least := "", 3
	if len(word) < 6 {
		least = 2
	}
	for _, k := range known {
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(k)); d < least {
			best, least = k, d
		}
	}
	return best
}

// orDidYouMean is the end of a sentence about an unknown word.
func orDidYouMean(word string, known []string) string {
	if near := nearest(word, known); near != "" {
		return fmt.Sprintf("did you mean %s?", near)
	}
	return "use one of " + strings.Join(known, ", ") + "."
}
