package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestGraph(t *testing.T) {
	t.Parallel()
	for format, begin := range map[string]string{"mermaid": "---\ntitle: weekly\n---\nflowchart TD\n", "dot": "digraph \"weekly\" {\n", "svg": "<svg "} {
		code, out, err := onestep(t, "", "graph", "weekly", "--format", format)
		if code != done || err != "" || !strings.HasPrefix(out, begin) {
			t.Errorf("%s: exit code %d, err %q, out %.80q", format, code, err, out)
		}
	}
	code, out, _ := onestep(t, "", "graph", filepath.Join(copyCheckins(t, "", "", ""), "low.yaml"))
	if code != done || !strings.Contains(out, "title: low") {
		t.Errorf("a file: exit code %d, out %.80q", code, out)
	}
	if code, _, err := onestep(t, "", "graph", "weakly"); code != failed || !strings.Contains(err, "weekly") {
		t.Errorf("an unknown script: exit code %d, err %q", code, err)
	}
}
