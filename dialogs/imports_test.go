package dialogs_test

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// The core is pure: nothing it stands on can reach a network, a program or a
// platform, so that no step ever does.
func TestImports(t *testing.T) {
	t.Parallel()
	out, err := exec.Command("go", "list", "-deps", ".", "./checkins").Output()
	if err != nil {
		t.Fatal(err)
	}
	for dep := range strings.FieldsSeq(string(out)) {
		if slices.Contains([]string{"net", "net/http", "os/exec", "plugin"}, dep) || strings.Contains(dep, "redis") ||
			strings.Contains(dep, "slack") || strings.Contains(dep, "telegram") || strings.HasPrefix(dep, "onestep/bot") {
			t.Errorf("dialogs must not depend on %s", dep)
		}
	}
}
