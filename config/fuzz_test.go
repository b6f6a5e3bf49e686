package config

import (
	"strings"
	"testing"
)

// Whatever stands in the file: no panic, and each fault has a place and a
// sentence.
func FuzzFile(f *testing.F) {
	f.Add("teams:" + goodTeam)
	f.Add("teams:\n  - &a {id: x, hours: *a}\n<<: *a\n? [x]\n: |\n  y\n")
	f.Add("teams: [{id: !!str x, leads: [[]], quiet: {from: ~}, summary: 1, closed: x}]\n---\nx: 1\n")
	f.Fuzz(func(t *testing.T, content string) {
		var faults Faults
		doc := document{path: "onestep.yaml", faults: &faults}
		doc.read([]byte(content), environment{})
		for _, fault := range faults {
			if !strings.HasPrefix(fault.Where, "onestep.yaml") || !strings.HasSuffix(fault.Says, ".") && !strings.HasSuffix(fault.Says, "?") && !strings.HasSuffix(fault.Says, ")") {
				t.Errorf("%q", fault)
			}
		}
	})
}
