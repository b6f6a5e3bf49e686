// Package safety holds the hazard log to its word: each control that is said to
// be proved has a proof, and the page that people read is made from the data.
package safety

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-yaml"
)

var update = flag.Bool("update", false, "write hazards.md anew from hazards.yaml")

type hazardLog struct {
	Owner   string   `yaml:"owner"`
	Review  string   `yaml:"review"`
	Hazards []hazard `yaml:"hazards"`
}

type hazard struct {
	ID       string    `yaml:"id"`
	Hazard   string    `yaml:"hazard"`
	Causes   []string  `yaml:"causes"`
	Status   string    `yaml:"status"`
	Controls []control `yaml:"controls"`
}

type control struct {
	What string `yaml:"what"`
	Test string `yaml:"test"`
	By   string `yaml:"by"`
}

func read(t *testing.T) hazardLog {
	t.Helper()
	source, err := os.ReadFile("hazards.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var log hazardLog
	if err := yaml.UnmarshalWithOptions(source, &log, yaml.Strict()); err != nil {
		t.Fatal(err)
	}
	return log
}

func TestEveryControlHasItsProof(t *testing.T) {
	t.Parallel()
	log := read(t)
	if log.Owner == "" || log.Review < time.Now().Format(time.DateOnly) {
		t.Errorf("the hazard log was to be reviewed by %s by: %s", log.Review, log.Owner)
	}
	seen := map[string]bool{}
	for _, h := range log.Hazards {
		if h.ID == "" || h.Hazard == "" || len(h.Causes) == 0 || len(h.Controls) == 0 || seen[h.ID] {
			t.Errorf("hazard %q is not whole, or there twice", h.ID)
		}
		seen[h.ID] = true
		people := false
		for _, c := range h.Controls {
			people = people || c.By != ""
			if c.What == "" || (c.Test == "") == (c.By == "") {
				t.Errorf("%s: a control says what it is, and either what proves it or who does it: %+v", h.ID, c)
			}
			if c.Test != "" {
				if err := proof(c.Test); err != nil {
					t.Errorf("%s: %v", h.ID, err)
				}
			}
		}
		switch h.Status {
		case "controlled":
			if people {
				t.Errorf("%s: what people have to do is shared, not controlled", h.ID)
			}
		case "shared", "open":
		default:
			t.Errorf("%s: the status is controlled, shared or open, not %q", h.ID, h.Status)
		}
	}
}

func TestAProofThatIsNotThereIsSeen(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"bot/no_such_test.go#TestX", "bot/safety_test.go#TestNoSuchThing", "bot/nudge.go#receiveNudge", "dialogs/testdata/no-such.txt", "README.md",
	} {
		if proof(name) == nil {
			t.Errorf("%q was taken for a proof", name)
		}
	}
}

// proof looks for a test (file_test.go#TestName) or a transcript.
func proof(name string) error {
	file, test, isTest := strings.Cut(name, "#")
	path := filepath.Join("..", "..", filepath.FromSlash(file))
	if !isTest {
		content, err := os.ReadFile(path)
		if err != nil || filepath.Base(filepath.Dir(path)) != "testdata" || len(content) == 0 {
			return fmt.Errorf("there is no transcript %s", name)
		}
		return nil
	}
	parsed, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
	if err != nil || !strings.HasSuffix(file, "_test.go") || !strings.HasPrefix(test, "Test") {
		return fmt.Errorf("there is no test %s", name)
	}
	for _, d := range parsed.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == test {
			return nil
		}
	}
	return fmt.Errorf("there is no test %s", name)
}

func TestThePageIsMadeFromTheData(t *testing.T) {
	t.Parallel()
	want := page(read(t))
	if *update {
		if err := os.WriteFile("hazards.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("hazards.md")
	if err != nil || string(got) != want {
		t.Errorf("hazards.md is not what hazards.yaml says (%v); write it with: go test ./docs/safety -update", err)
	}
}

func page(log hazardLog) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Hazard log\n\nMade from hazards.yaml; edit that, then run `go test ./docs/safety -update`. Owner: %s. Review by %s.\n", log.Owner, log.Review)
	b.WriteString("\n*Controlled*: in the program, and proved by the tests named. *Shared*: the provider has a part in it. *Open*: known and not solved.\n" +
		"How likely and how severe a hazard is, the provider's clinical safety officer judges for the place of use (DCB0160); this page has no figures for it.\n")
	b.WriteString("\n| hazard | status |\n| --- | --- |\n")
	for _, h := range log.Hazards {
		fmt.Fprintf(&b, "| [%s](#%s) | %s |\n", h.Hazard, h.ID, h.Status)
	}
	for _, h := range log.Hazards {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n\nCauses: %s. Status: %s.\n\n", h.ID, h.Hazard, strings.Join(h.Causes, "; "), h.Status)
		for _, c := range h.Controls {
			if c.By != "" {
				fmt.Fprintf(&b, "- %s *By %s.*\n", c.What, c.By)
			} else {
				fmt.Fprintf(&b, "- %s `%s`\n", c.What, c.Test)
			}
		}
	}
	return b.String()
}
