package reply

import (
	"os"
	"strings"
	"testing"
)

// Every plain sentence of danger that can be composed of the usual wishes,
// acts, people and means is seen, whoever speaks and however it is turned.
func TestPlainSentencesOfDanger(t *testing.T) {
	t.Parallel()
	for _, text := range composed(t, "danger") {
		if _, found := Distress(text); !found {
			t.Errorf("%q is not seen", text)
		}
	}
}

// Of plain sentences without danger none raises an alarm.
func TestPlainSentencesWithoutDanger(t *testing.T) {
	t.Parallel()
	for _, text := range composed(t, "plain") {
		if rule, found := Distress(text); found {
			t.Errorf("%q raises %s", text, rule)
		}
	}
}

// composed gives all sentences of a file: of each part of a line one
// alternative.
func composed(t *testing.T, name string) (out []string) {
	t.Helper()
	b, err := os.ReadFile("testdata/composed/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		sentences := []string{""}
		for part := range strings.SplitSeq(strings.TrimSpace(line), " / ") {
			var longer []string
			for _, s := range sentences {
				for word := range strings.SplitSeq(part, "|") {
					longer = append(longer, strings.TrimSpace(s+" "+strings.TrimPrefix(word, "-")))
				}
			}
			sentences = longer
		}
		out = append(out, sentences...)
	}
	if len(out) < 100 {
		t.Fatalf("%s: only %d sentences", name, len(out))
	}
	return out
}
