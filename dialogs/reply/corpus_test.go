package reply

import (
	"fmt"
	"hash/fnv"
	"os"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
)

// The corpus is made-up replies with the reading that a careful person gives
// them. It is kept in two halves: rules are tuned on testdata/tune, and
// testdata/measure is only ever measured. Which half a reply belongs to is
// decided by the FNV-1a hash of its context and text: even is tune.

// sample is one labelled reply.
type sample struct {
	context, text string
	want          string // none: nothing is to be taken
	ask           bool   // the value is to be told to the person
}

var contexts = []string{"scale", "yesno", "date", "choice", "command", "distress"}

func corpus(t testing.TB, half, context string) []sample {
	t.Helper()
	name := "testdata/" + half + "/" + context + ".tsv"
	out := labelled(t, name)
	for _, s := range out {
		h := fnv.New32a()
		h.Write([]byte(s.context + "\t" + s.text))
		if belongs := map[bool]string{true: "tune", false: "measure"}[h.Sum32()%2 == 0]; belongs != half {
			t.Errorf("%s: %q belongs to %s", name, s.text, belongs)
		}
	}
	return out
}

// labelled reads a file of labelled replies.
func labelled(t testing.TB, name string) []sample {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	var out []sample
	for n, line := range strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")[1:] {
		f := strings.Split(line, "\t")
		if len(f) != 4 {
			t.Fatalf("%s:%d: %d columns, want 4", name, n+2, len(f))
		}
		out = append(out, sample{f[0], f[1], f[2], f[3] == "ask"})
	}
	return out
}

// everySample gives all labelled replies of a context.
func everySample(t testing.TB, context string) []sample {
	t.Helper()
	all := append(corpus(t, "tune", context), corpus(t, "measure", context)...)
	if context != "date" {
		all = append(all, labelled(t, "testdata/rules/"+context+".tsv")...)
	}
	return all
}

// read gives what the reader of a context makes of a text, as the corpus
// writes it.
func read(s sample) (value string, rule RuleID, ask bool) {
	kind, list, _ := strings.Cut(s.context, ":")
	value = "none"
	switch kind {
	case "scale":
		r := Scale(s.text)
		if r.OK {
			value = strconv.FormatFloat(r.Value, 'f', -1, 64)
		}
		return value, r.Rule, r.AskBack
	case "yesno":
		r := YesNo(s.text)
		if r.OK {
			value = map[bool]string{true: "yes", false: "no"}[r.Value]
		}
		return value, r.Rule, r.AskBack
	case "date":
		r := Date(s.text, monday)
		if r.OK {
			value = r.Value.Format("2006-01-02")
		}
		return value, r.Rule, r.AskBack
	case "choice":
		var options []Option
		for _, l := range strings.Split(list, ",") {
			options = append(options, Option{Value: l, Label: l})
		}
		r := Choose(s.text, options)
		if r.OK {
			value = r.Value
		}
		return value, r.Rule, r.AskBack
	case "command":
		r := ReadCommand(s.text)
		if r.OK && r.Value != Skip && r.Value != Back {
			value = string(r.Value)
		}
		return value, r.Rule, r.AskBack
	}
	rule, found := Distress(s.text)
	if found {
		value = "yes"
	}
	return value, rule, false
}

// score counts how replies of one context were read.
type score struct {
	right, asked, refused, wrong int
	alarms, quiet, danger        int // distress only
}

func (s *score) add(want, got string, ask bool) {
	switch {
	case got == want:
		s.right++
	case got != "none":
		s.wrong++
	case ask:
		s.asked++
	default:
		s.refused++
	}
}

func (s score) all() int { return s.right + s.asked + s.refused + s.wrong }

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
	return "none"
}

func TestCorpus(t *testing.T) {
	t.Parallel()
	for _, half := range []string{"tune", "measure"} {
		var b strings.Builder
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', tabwriter.AlignRight)
		fmt.Fprintf(w, "%s\treplies\tright\tasked back\trefused\tsilently wrong\tfirst number\t\n", half)
		for _, c := range contexts {
			var s, base score
			var alarms, near, caught, danger int
			for _, x := range corpus(t, half, c) {
				got, rule, ask := read(x)
				s.add(x.want, got, ask)
				base.add(x.want, firstNumber(x.text), true)
				if x.want == "none" {
					near++
					if got != "none" {
						alarms++
					}
				} else {
					danger++
					if got != "none" {
						caught++
					}
				}
				switch {
				case half == "measure": // only the totals
				case got != x.want:
					t.Logf("%-12.12s %-55q want %-12s got %-12s %s", c, x.text, x.want, got, rule)
				case got != "none" && c == "scale" && ask != x.ask:
					t.Errorf("%q: told the person: %v, want %v", x.text, ask, x.ask)
				}
			}
			first := "-"
			if c == "scale" {
				first = fmt.Sprintf("%.1f %%", 100*float64(base.right)/float64(base.all()))
			}
			if c == "distress" {
				fmt.Fprintf(w, "%s\t%d\trecall %.3f\tfalse alarms %.3f\t\t\t%s\t\n", c, s.all(), float64(caught)/float64(danger), float64(alarms)/float64(near), first)
				if half == "measure" && (float64(caught) < 0.97*float64(danger) || float64(alarms) > 0.08*float64(near)) {
					t.Errorf("distress: caught %d of %d, %d false alarms in %d", caught, danger, alarms, near)
				}
				continue
			}
			fmt.Fprintf(w, "%s\t%d\t%.1f %%\t%d\t%d\t%.1f %%\t%s\t\n", c, s.all(), 100*float64(s.right)/float64(s.all()), s.asked, s.refused, 100*float64(s.wrong)/float64(s.all()), first)
			if half == "measure" && (float64(s.right) < 0.97*float64(s.all()) || float64(s.wrong) > 0.01*float64(s.all())) {
				t.Errorf("%s: %d of %d right, %d silently wrong", c, s.right, s.all(), s.wrong)
			}
		}
		w.Flush()
		t.Log("\n" + b.String())
	}
}
