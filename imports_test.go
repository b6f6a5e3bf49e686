package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// direction is one rule about who may know whom. The patterns are anchored.
type direction struct {
	of      string // these packages...
	but     string // ...except these...
	through bool   // ...neither directly nor (when set) through others...
	never   string // ...import these...
	save    string // ...save these.
	because string
}

const (
	slackLibrary    = `github\.com/slack-go/.*`
	telegramLibrary = `github\.com/go-telegram-bot-api/.*`
	redisLibrary    = `github\.com/(redis|go-redis)/.*`
)

var directions = []direction{
	{
		of: `onestep/dialogs(/.*)?`, through: true,
		never:   `net|net/.*|crypto/tls|` + redisLibrary + `|` + slackLibrary + `|` + telegramLibrary,
		because: "the dialogs are a pure core: a step calls nobody, so that it can run twice and change nothing",
	},
	{
		of: `onestep/dialogs(/.*)?`, through: true, never: `onestep|onestep/.*`, save: `onestep/dialogs(/.*)?`,
		because: "imports run adapters -> bot -> dialogs; the dialogs know nothing of who hosts them",
	},
	{
		of: `onestep/dialogs(/reply)?`, never: `os|os/.*|log|log/.*|math/rand.*|crypto/rand|syscall|unsafe`,
		because: "a step reads no file and no environment, writes no log and draws no lots: all of that is its host's",
	},
	{
		of: `onestep/bot`, through: true, never: `net/http|` + redisLibrary + `|` + slackLibrary + `|` + telegramLibrary,
		because: "technology stands at the edge: a turn must not know by what it is stored or over what it speaks",
	},
	{
		of: `onestep/bot`, never: `onestep/.*|[^/]+\..*`, save: `onestep/dialogs(/.*)?`,
		because: "bot stands on the dialogs and the standard library alone; it owns the contracts that the store and the adapters fulfil",
	},
	{
		of: `onestep/bot/store(/.*)?`, through: true, never: `onestep/adapters(/.*)?|` + slackLibrary + `|` + telegramLibrary,
		because: "the store knows no platform",
	},
	{
		of: `onestep/adapters/slack(/.*)?`, through: true, never: `onestep/(adapters|bot)/.*`, save: `onestep/adapters/slack(/.*)?`,
		because: "an adapter translates for one platform; it knows no other adapter and no store",
	},
	{
		of: `onestep/adapters/telegram(/.*)?`, through: true, never: `onestep/(adapters|bot)/.*`, save: `onestep/adapters/telegram(/.*)?`,
		because: "an adapter translates for one platform; it knows no other adapter and no store",
	},
	{
		of: `onestep/adapters/simulator(/.*)?`, through: true, never: `onestep/(adapters|bot)/.*`, save: `onestep/adapters/simulator(/.*)?`,
		because: "an adapter translates for one platform; it knows no other adapter and no store",
	},
	{
		of: `onestep/.*`, but: `onestep/bot/store(/.*)?`, never: redisLibrary,
		because: "only bot/store knows Redis",
	},
	{
		of: `onestep/.*`, but: `onestep/adapters/slack(/.*)?`, never: slackLibrary,
		because: "only adapters/slack knows Slack's library",
	},
	{
		of: `onestep/.*`, but: `onestep/adapters/telegram(/.*)?`, never: telegramLibrary,
		because: "only adapters/telegram knows Telegram's library, whose errors hold the token",
	},
	{
		of: `onestep/.*`, never: `onestep/config`,
		because: "main hands settings out in pieces; who takes them all could do anything, and would not say what it needs",
	},
	{
		of: `onestep(/(dialogs|bot|config|adapters/(slack|telegram|simulator))(/.*)?)?`, but: `onestep/bot/store/redistest`, through: true,
		never:   `onestep/(torture|launch)(/.*)?|onestep/bot/store/redistest|testing`,
		because: "what is made to break and to watch the program is not shipped with it",
	},
	{
		of: `onestep/torture/checker`, through: true, never: `onestep/(torture|launch|adapters|config)(/.*)?|os/exec`,
		because: "the checker judges a record; it starts nothing and asks nobody",
	},
}

// listed is what `go list` tells of a package, its tests left out.
type listed struct {
	ImportPath string
	Imports    []string // directly
	Deps       []string // directly and through others
}

func anchored(pattern string) *regexp.Regexp { return regexp.MustCompile(`^(?:` + pattern + `)$`) }

// against gives one sentence for each import that breaks the rule, and how
// many packages the rule is about.
func (d direction) against(packages []listed) (broken []string, about int) {
	of, but, never, save := anchored(d.of), anchored(d.but), anchored(d.never), anchored(d.save)
	for _, p := range packages {
		if !of.MatchString(p.ImportPath) || d.but != "" && but.MatchString(p.ImportPath) {
			continue
		}
		about++
		imports := p.Imports
		if d.through {
			imports = p.Deps
		}
		for _, i := range imports {
			if never.MatchString(i) && (d.save == "" || !save.MatchString(i)) {
				broken = append(broken, p.ImportPath+" imports "+i+", but "+d.because)
			}
		}
	}
	return broken, about
}

// Imports run the way an inbound message travels. Nothing imports main: the
// compiler sees to that.
func TestImportDirections(t *testing.T) {
	t.Parallel()
	out, err := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,Deps", "./...").Output()
	if err != nil {
		if failed, ok := errors.AsType[*exec.ExitError](err); ok {
			t.Fatalf("go list: %s", failed.Stderr)
		}
		t.Fatalf("go list: %v", err)
	}
	var packages []listed
	for from := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := from.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
	for _, d := range directions {
		broken, about := d.against(packages)
		for _, sentence := range broken {
			t.Error(sentence)
		}
		if about == 0 {
			t.Errorf("no package is called %s any more; mend this rule", d.of)
		}
	}
}

// Each rule must be able to fail.
func TestImportDirectionsAreSeen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ of, imports string }{
		{"onestep/dialogs", "net/http"},
		{"onestep/dialogs/reply", "github.com/redis/go-redis/v9"},
		{"onestep/dialogs/checkins", "onestep/bot"},
		{"onestep/dialogs", "os"},
		{"onestep/dialogs/reply", "math/rand/v2"},
		{"onestep/bot", "github.com/redis/go-redis/v9"},
		{"onestep/bot", "onestep/bot/store"},
		{"onestep/bot", "onestep/config"},
		{"onestep/bot", "github.com/expr-lang/expr"},
		{"onestep/bot/store", "onestep/adapters/slack"},
		{"onestep/adapters/slack", "onestep/adapters/telegram"},
		{"onestep/adapters/telegram", "onestep/bot/store"},
		{"onestep/adapters/simulator", "onestep/adapters/adaptertest"},
		{"onestep/adapters/telegram", "github.com/go-redis/redis_rate/v10"},
		{"onestep/adapters/telegram", "github.com/slack-go/slack"},
		{"onestep/bot/store", "github.com/go-telegram-bot-api/telegram-bot-api/v5"},
		{"onestep/adapters/slack", "onestep/config"},
		{"onestep", "onestep/torture/checker"},
		{"onestep/bot", "onestep/launch"},
		{"onestep/torture/checker", "onestep/adapters/adaptertest/telegramfake"},
	} {
		p := []listed{{ImportPath: c.of, Imports: []string{c.imports}, Deps: []string{c.imports}}}
		if !slices.ContainsFunc(directions, func(d direction) bool { broken, _ := d.against(p); return len(broken) > 0 }) {
			t.Errorf("%s may import %s", c.of, c.imports)
		}
	}
	for _, c := range []struct{ of, imports string }{
		{"onestep", "onestep/config"},
		{"onestep/torture", "onestep/launch"},
		{"onestep/bot", "onestep/dialogs/reply"},
		{"onestep/bot", "log/slog"},
		{"onestep/bot/store", "github.com/redis/go-redis/v9"},
		{"onestep/adapters/slack", "onestep/bot"},
		{"onestep/adapters/slack", "github.com/slack-go/slack"},
		{"onestep/dialogs/checkins", "embed"},
	} {
		p := []listed{{ImportPath: c.of, Imports: []string{c.imports}, Deps: []string{c.imports}}}
		for _, d := range directions {
			if broken, _ := d.against(p); len(broken) > 0 {
				t.Errorf("refused: %s", broken)
			}
		}
	}
}
