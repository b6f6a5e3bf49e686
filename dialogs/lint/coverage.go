package lint

import (
	"fmt"
	"io"
	"strings"

	"onestep/dialogs"
)

// Coverage tells which scripts use which technique and which mechanism.
type Coverage struct {
	Scripts    []string
	Techniques map[string]map[string]int // technique, script: how many lines
	Mechanisms [10]map[string]int        // from 1; script: how many lines
	// Pairs counts the lines of each technique by mechanism.
	Pairs map[string][10]int
}

// Cover counts the tags of an edition.
func Cover(e *dialogs.Edition) Coverage {
	c := Coverage{Techniques: make(map[string]map[string]int), Pairs: make(map[string][10]int)}
	for i := range c.Mechanisms {
		c.Mechanisms[i] = make(map[string]int)
	}
	for _, t := range dialogs.Tags {
		if t.Technique {
			c.Techniques[t.Name] = make(map[string]int)
		}
	}
	for _, s := range e.Scripts() {
		c.Scripts = append(c.Scripts, s.Name())
		views := s.Steps()
		if r, ok := s.ReminderView(); ok {
			views = append(views, r)
		}
		for _, st := range views {
			var mechanisms [10]bool
			var techniques []string
			for _, name := range st.Tags {
				tag, _ := dialogs.TagNamed(name)
				for _, m := range tag.Mechanisms {
					mechanisms[m] = true
				}
				if tag.Technique {
					techniques = append(techniques, name)
				}
			}
			for m, on := range mechanisms {
				if on {
					c.Mechanisms[m][s.Name()]++
				}
			}
			for _, t := range techniques {
				c.Techniques[t][s.Name()]++
				pairs := c.Pairs[t]
				for m, on := range mechanisms {
					if on {
						pairs[m]++
					}
				}
				c.Pairs[t] = pairs
			}
		}
	}
	return c
}

// Text prints techniques by mechanisms, then by scripts, the gaps by name, and
// a closing line. Figures are lines that carry both.
func (c Coverage) Text(w io.Writer) error {
	var b strings.Builder
	b.WriteString("Lines by technique and mechanism (a dot is none)\n\n")
	fmt.Fprintf(&b, "%-20s%-10s", "technique", "family")
	for m := 1; m <= 9; m++ {
		fmt.Fprintf(&b, "%5s", fmt.Sprintf("m%d", m))
	}
	b.WriteString("   scripts\n")
	var missing []string
	techniques, all := 0, 0
	for _, t := range dialogs.Tags {
		if !t.Technique {
			continue
		}
		all++
		fmt.Fprintf(&b, "%-20s%-10s", t.Name, t.Family)
		for m := 1; m <= 9; m++ {
			fmt.Fprintf(&b, "%5s", dot(c.Pairs[t.Name][m]))
		}
		fmt.Fprintf(&b, "   %s\n", orNone(c.where(c.Techniques[t.Name])))
		if len(c.Techniques[t.Name]) > 0 {
			techniques++
		} else {
			missing = append(missing, fmt.Sprintf("no line uses the technique %s. %s", t.Name, t.About))
		}
	}
	b.WriteString("\nLines by mechanism and script\n\n")
	mechanisms := 0
	for m := 1; m <= 9; m++ {
		fmt.Fprintf(&b, "m%d %-32s %s\n", m, dialogs.Mechanisms[m], orNone(c.where(c.Mechanisms[m])))
		if len(c.Mechanisms[m]) > 0 {
			mechanisms++
		} else {
			missing = append(missing, fmt.Sprintf("no line works by mechanism %d, %s", m, dialogs.Mechanisms[m]))
		}
	}
	b.WriteString("\n")
	for _, gap := range missing {
		fmt.Fprintf(&b, "Gap: %s\n", gap)
	}
	fmt.Fprintf(&b, "mechanisms %d/9, techniques %d/%d\n", mechanisms, techniques, all)
	_, err := io.WriteString(w, b.String())
	return err
}

// where lists scripts with their counts, in the order of their names.
func (c Coverage) where(counts map[string]int) string {
	var list []string
	for _, s := range c.Scripts {
		if n := counts[s]; n > 0 {
			list = append(list, fmt.Sprintf("%s %d", s, n))
		}
	}
	return strings.Join(list, ", ")
}

func dot(n int) string {
	if n == 0 {
		return "."
	}
	return fmt.Sprint(n)
}

func orNone(text string) string {
	if text == "" {
		return "none"
	}
	return text
}
