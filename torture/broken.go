package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"onestep/launch"
	"onestep/torture/checker"
)

// breakage is one way to break the program, and what a run of it must show.
type breakage struct {
	file     string // from the top of the repository
	old, now string
	shows    []checker.Kind // one of these
	// What it takes to show: freezes so many times more often than usual, and so
	// many messages a second on Telegram, so that they wait in hand; 0 is the usual.
	freezes, rate float64
	// calm is set for what shows in fair weather, when people get further.
	calm bool
}

// breakages show that torture would notice.
var breakages = map[string]breakage{
	"dedupe": {
		file: "bot/store/marks.go", old: "func (m marks) has(operation string) bool {", now: "func (m marks) has(operation string) bool {\n\treturn false",
		shows: []checker.Kind{checker.Doubled},
	},
	"acknowledgement": {
		file: "watch.go", old: "err := w.Inbox.Take(ctx, u)", now: "go w.Inbox.Take(context.WithoutCancel(ctx), u)\n\tvar err error",
		shows: []checker.Kind{checker.Lost},
	},
	"order": {
		file: "bot/store/keys.go", old: "appendFixed(append(b, ':'), turn, 16, 13)", now: "appendFixed(append(b, ':'), 1<<48-turn, 16, 13)",
		shows: []checker.Kind{checker.Unordered},
	},
	"outcome": {
		file: "bot/delivery.go", old: "\tcase Unknown:\n\t\treturn d.unsure(ctx, l, wait)", now: "\tcase Unknown:\n\t\treturn d.delivered(l), nil",
		shows: []checker.Kind{checker.Lost},
	},
	"leave": {
		file: "bot/hold.go", old: "if hold.Fence != c.fence || hold.over(now) || passed(c.until, now) {", now: "if now.IsZero() && hold.Fence == 0 {",
		shows: []checker.Kind{checker.Doubled, checker.Unexplained}, freezes: 8, rate: 6,
	},
	"hours": { // quiet hours and the weekly cap hold nothing back
		file: "bot/planned.go", old: "func passes(at time.Time, rules []rule) (until time.Time, held []string) {", now: "func passes(at time.Time, rules []rule) (until time.Time, held []string) {\n\treturn at, nil",
		shows: []checker.Kind{checker.Late, checker.Often}, calm: true,
	},
	"note": { // of each tenth turn the first yes is taken for a no
		file: "bot/delivery.go", old: "func (d *Delivery) delivered(l Leased) Outcome {", now: "func (d *Delivery) delivered(l Leased) Outcome {\n\tif l.Attempt == 1 && l.ID[len(l.ID)-5] == '7' {\n\t\treturn Outcome{Retry: d.Wall(), Reason: \"later\"}\n\t}",
		shows: []checker.Kind{checker.Unexplained, checker.Doubled},
	},
}

// build makes the broken program in dir, from a copy of the one file; the tree is
// left alone. It is to be called from within the repository.
func (b breakage) build(dir string) (path string, err error) {
	top, err := moduleTop()
	if err != nil {
		return "", err
	}
	file := filepath.Join(top, b.file)
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	if strings.Count(string(text), b.old) != 1 {
		return "", fmt.Errorf("%s has changed: it does not hold %q once", b.file, b.old)
	}
	broken := filepath.Join(dir, filepath.Base(b.file))
	if err := os.WriteFile(broken, []byte(strings.Replace(string(text), b.old, b.now, 1)), 0o600); err != nil {
		return "", err
	}
	overlay, err := json.Marshal(map[string]any{"Replace": map[string]string{file: broken}})
	if err != nil {
		return "", err
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		return "", err
	}
	return launch.Build(filepath.Join(dir, "onestep"), "-overlay", list)
}

// moduleTop is the folder of go.mod, here or above.
func moduleTop() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", fmt.Errorf("run it from within the repository")
		}
		dir = up
	}
}

// shown tells whether a run has shown the breakage.
func (b breakage) shown(r result) bool {
	return slices.ContainsFunc(b.shows, func(k checker.Kind) bool { return r.Count(k) > 0 })
}
