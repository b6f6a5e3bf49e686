package main

import (
	"bytes"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"

	"onestep/bot/store"
)

// onestep runs the program with these arguments.
func onestep(t *testing.T, in string, args ...string) (code int, out, err string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(args, world{Context: t.Context(), In: strings.NewReader(in), Out: &stdout, Err: &stderr})
	return code, stdout.String(), stderr.String()
}

func TestCommandLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		args     string
		code     int
		out, err string // patterns
	}{
		{"", done, `(?s)^Usage: onestep <command>.*Commands:.*version`, `^$`},
		{"--help", done, `^Usage: onestep <command>`, `^$`},
		{"version", done, `^onestep .*, go1\.\d+.*\n$`, `^$`},
		{"vresion", notUnderstood, `^$`, `^onestep: unexpected argument vresion, did you mean "version"\?\nRun .onestep --help. to see what there is\.\n$`},
		{"version --loud", notUnderstood, `^$`, `^onestep: unknown flag --loud\n`},
		{"read --as foo", notUnderstood, `^$`, `foo`},
		{"read --as choice:", notUnderstood, `^$`, `choice:`},
		{"chat weekly --today x", notUnderstood, `^$`, `"x" is not a day: write it as 2026-03-02`},
		{"chat weekly --zone Nowhere", notUnderstood, `^$`, `"Nowhere" is not a time zone`},
		{"demo --auto --web 127.0.0.1:0", notUnderstood, `^$`, `choose --auto or --web`},
		{"keyset new /nowhere/at/all", failed, `^$`, `^onestep: the keyset cannot be written: open /nowhere/at/all: no such file or directory\n$`},
	} {
		code, out, err := onestep(t, "", strings.Fields(c.args)...)
		if code != c.code || !regexp.MustCompile(c.out).MatchString(out) || !regexp.MustCompile(c.err).MatchString(err) {
			t.Errorf("onestep %s: exit code %d, out %q, err %q", c.args, code, out, err)
		}
	}
}

// Every command explains itself with an example that begins with its own name.
func TestHelpHasAnExample(t *testing.T) {
	t.Parallel()
	for path := range leaves(reflect.TypeFor[commands](), "onestep") {
		code, out, _ := onestep(t, "", append(strings.Fields(path)[1:], "--help")...)
		_, example, found := strings.Cut(out, "Example:")
		if code != done || !found || !strings.Contains(example, path) {
			t.Errorf("%s --help has no example:\n%s", path, out)
		}
	}
}

// leaves gives the commands that have no commands under them.
func leaves(of reflect.Type, path string) map[string]bool {
	found := map[string]bool{}
	for field := range of.Fields() {
		if _, isCommand := field.Tag.Lookup("cmd"); !isCommand {
			continue
		}
		name := path + " " + strings.ToLower(field.Name)
		under := leaves(field.Type, name)
		if len(under) == 0 {
			under[name] = true
		}
		for leaf := range under {
			found[leaf] = true
		}
	}
	return found
}

func TestKeysetNew(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "keyset")
	code, out, stderr := onestep(t, "", "keyset", "new", path)
	if code != done || out != "" || !strings.Contains(stderr, "Keep a copy") {
		t.Fatalf("exit code %d, out %q, err %q", code, out, stderr)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.ParseKeyset(string(content)); err != nil {
		t.Error(err)
	}
	if strings.Contains(stderr, strings.TrimSpace(string(content))) {
		t.Error("the keyset is shown")
	}

	code, _, stderr = onestep(t, "", "keyset", "new", path)
	if again, _ := os.ReadFile(path); code != failed || !bytes.Equal(again, content) || !strings.Contains(stderr, "is there already") {
		t.Errorf("a keyset is written over: exit code %d, err %q", code, stderr)
	}

	code, printed, _ := onestep(t, "", "keyset", "new")
	if _, err := store.ParseKeyset(printed); code != done || err != nil || strings.Count(printed, "\n") != 1 {
		t.Errorf("exit code %d, %v", code, err)
	}
	if printed == string(content) {
		t.Error("two keysets are the same")
	}
}
